//! Whether a byte costs the same in every text: `cargo run --release --example flat_cost [BYTES]` (10 MB unless told).
//!
//! Nanoseconds a byte of words, of tokens, and of a whole analysis, on texts that strain them, beside news; then the slowest stage of each.

use std::time::Instant;

use philippic::corpus::generate::Text;
use philippic::{Analyzer, Scratch, Stage, segment};

const ROUNDS: usize = 3;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let bytes: usize = std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(10_000_000);
    let only = std::env::args().nth(2);
    let analyzer = Analyzer::english();
    let mut texts: Vec<(String, String)> = vec![("news".into(), Text::EnglishNews.generate(bytes, 1))];
    for kind in [Text::GiantLine, Text::GiantWord, Text::QuoteMarks, Text::CombiningMarks] {
        texts.push((kind.name().into(), kind.generate(bytes, 1)));
    }
    texts.push(("million tiny lines".into(), Text::TinyLines.generate(bytes * 3 / 10, 1)));
    for (name, unit) in UNITS {
        texts.push((name.to_string(), unit.repeat(bytes / unit.len())));
    }
    println!(
        "{:<26}{:>9}{:>8}{:>9}{:>8}{:>10}{:>8}  slowest stages",
        "ns a byte", "words", "x news", "tokens", "x news", "analysis", "x news"
    );
    let mut news: Option<[f64; 3]> = None;
    for (name, text) in texts.iter().filter(|(name, _)| name == "news" || only.as_ref().is_none_or(|o| o == name)) {
        let mut tokens = Vec::new();
        let words = best(|| segment::words(text).count()) / text.len() as f64;
        let cut = best(|| {
            tokens.clear();
            segment::tokens(text, &mut tokens);
            tokens.len()
        }) / text.len() as f64;
        let mut stages = [(0.0, ""); Stage::ALL.len()];
        let whole = best(|| {
            let mut clock = Instant::now();
            let report = analyzer.analyze_in_stages(text, &mut Scratch::default(), |stage| {
                let now = Instant::now();
                stages[stage as usize] = ((now - clock).as_secs_f64() * 1e9 / text.len() as f64, stage.name());
                clock = now;
            });
            report.map_or(0, |r| r.paragraphs.len())
        }) / text.len() as f64;
        let cost = [words, cut, whole];
        let [w, t, a] = *news.get_or_insert(cost);
        stages.sort_by(|a, b| b.0.total_cmp(&a.0));
        let slowest: Vec<String> = stages.iter().take(3).map(|(ns, name)| format!("{name} {ns:.1}")).collect();
        println!(
            "{name:<26}{words:>9.2}{:>8.2}{cut:>9.2}{:>8.2}{whole:>10.1}{:>8.2}  {}",
            words / w,
            cut / t,
            whole / a,
            slowest.join(", ")
        );
    }
}

/// What is repeated without a sentence end: each aims at a search that might start anew at every place.
const UNITS: [(&str, &str); 18] = [
    ("open quotes", "“ "),
    ("close quotes", "” "),
    ("straight quotes", "\" a "),
    ("apostrophes", "'a "),
    ("nested quotes", "“‘a’ "),
    ("open brackets", "( "),
    ("commas", "a, "),
    ("negations", "not good "),
    ("intensifiers", "very bad, "),
    ("praise", "so great "),
    ("alarm", "disaster looms "),
    ("attributions", "\"I\" said "),
    ("said that", "he said that "),
    ("names", "John Smith accused Jane Roe of lies, "),
    ("pronouns", "he told him "),
    ("titles", "President Smith, the president, "),
    ("prepositions", "of the man in "),
    ("addresses", "a@b:c/d "),
];

/// Nanoseconds of the fastest of a few rounds; a round of many seconds is not run again.
fn best(mut run: impl FnMut() -> usize) -> f64 {
    let mut best = f64::MAX;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        std::hint::black_box(run());
        best = best.min(start.elapsed().as_secs_f64());
        if best > 5.0 {
            break;
        }
    }
    best * 1e9
}
