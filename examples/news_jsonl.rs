//! News that was never written, a document a line: `cargo run --release --example news_jsonl -- BYTES > news.jsonl`.
//!
//! Comes in: how many bytes of output, at least. Goes out: JSON Lines with `id`, `date`, `outlet` and a `text` of some 3 kB in paragraphs, the same
//! bytes every time. The texts are those of `philippic bench`; the figures of docs/batch.md are measured on them.

use std::io::{BufWriter, Write};

use philippic::corpus::generate::Text;

const OUTLETS: [&str; 4] = ["Gazette", "Herald", "Post", "Tribune"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let bytes: usize = std::env::args().nth(1).ok_or("how many bytes?")?.parse()?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let (mut written, mut documents) = (0, 0);
    for seed in 0.. {
        let text = Text::EnglishNews.generate(1_000_000, seed);
        let mut document = String::new();
        for paragraph in text.split_inclusive("\n\n") {
            document.push_str(paragraph);
            if document.len() >= 3000 {
                let date = format!("2026-{:02}-{:02}", documents / 28 % 12 + 1, documents % 28 + 1);
                let record = serde_json::json!({
                    "id": format!("n{documents}"), "date": date, "outlet": OUTLETS[documents % 4], "text": document.trim_end(),
                });
                let line = format!("{record}\n");
                out.write_all(line.as_bytes())?;
                (written, documents) = (written + line.len(), documents + 1);
                document.clear();
            }
        }
        if written >= bytes {
            break;
        }
    }
    Ok(out.flush()?)
}
