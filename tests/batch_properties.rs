//! Whatever the bytes, readers end, do not panic, and hold no record over the limit.
#![cfg(feature = "corpus")]
#![allow(clippy::unwrap_used)] // a panic is how a test fails

#[path = "support/news.rs"]
mod news;

use philippic::corpus::{Fields, Format, Payload, ReadOptions, prepare, read_slice};
use proptest::prelude::*;

const FORMATS: [Format; 10] = [
    Format::Detect,
    Format::Text,
    Format::Jsonl,
    Format::Json,
    Format::Csv,
    Format::Tsv,
    Format::Html,
    Format::Warc,
    Format::Parquet,
    Format::Arrow,
];
const LIMIT: usize = 2000;

/// Reads all records and makes documents of them: how many there were.
fn read(bytes: &[u8], format: Format) -> usize {
    let fields = Fields { keep: vec!["date".into(), "a.b".into()], ..Fields::default() };
    let options = ReadOptions { fields, max_document: LIMIT, ..ReadOptions::default() };
    let Ok(mut reader) = read_slice(bytes, format, &options) else { return 0 };
    let mut records = 0;
    while let Ok(Some((_, payload))) = reader.next_record() {
        records += 1;
        // Every record takes at least a byte of its source; tables and archives say more of themselves.
        assert!(records <= bytes.len() + 1, "endless");
        if !matches!(payload, Payload::Bad(_)) {
            assert!(payload.len() <= LIMIT + 200, "{} bytes", payload.len());
        }
        let _ = prepare(payload, &options.fields);
    }
    records
}

/// As Parquet and as Arrow, plain and with compressed buffers, file and stream.
#[cfg(feature = "parquet")]
fn tables(articles: &[news::Article]) -> Vec<Vec<u8>> {
    use arrow_array::{ArrayRef, RecordBatch, StringArray};
    use arrow_ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};
    let column = |get: fn(&news::Article) -> &str| -> ArrayRef {
        std::sync::Arc::new(articles.iter().map(|a| Some(get(a))).collect::<StringArray>())
    };
    let batch = RecordBatch::try_from_iter([("id", column(|a| &a.id)), ("text", column(|a| &a.text))]).unwrap();
    let mut parquet = parquet::arrow::ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    parquet.write(&batch).unwrap();
    let packed = IpcWriteOptions::default().try_with_compression(Some(arrow_ipc::CompressionType::ZSTD)).unwrap();
    let mut file = FileWriter::try_new_with_options(Vec::new(), &batch.schema(), packed.clone()).unwrap();
    file.write(&batch).unwrap();
    file.finish().unwrap();
    let mut stream = StreamWriter::try_new_with_options(Vec::new(), &batch.schema(), packed).unwrap();
    stream.write(&batch).unwrap();
    stream.finish().unwrap();
    vec![parquet.into_inner().unwrap(), file.into_inner().unwrap(), stream.into_inner().unwrap()]
}

#[cfg(feature = "parquet")]
#[test]
fn arrow_buffers_that_claim_too_much_are_refused() {
    // The size stands before the compressed bytes, which begin as zstd does.
    let magic = [0x28, 0xb5, 0x2f, 0xfd];
    for mut bytes in tables(&news::articles(200)).split_off(1) {
        assert!(read(&bytes, Format::Arrow) == 200);
        let at = bytes.windows(4).position(|w| w == magic).unwrap() - 8;
        bytes[at..at + 8].copy_from_slice(&(1_u64 << 45).to_le_bytes());
        let refused = read_slice(&bytes, Format::Arrow, &ReadOptions::default()).err().unwrap();
        assert!(refused.message.contains("a buffer grows beyond 500 times its size"), "{}", refused.message);
    }
}

#[cfg(feature = "parquet")]
#[test]
fn arrow_messages_that_claim_more_than_the_file_take_no_memory() {
    // A stream whose second message, of 2 GB by its length, is not there: what came before is kept, and its lack is said.
    let stream = &tables(&news::articles(20))[2];
    let sound = &stream[..stream.len() - 8];
    let huge = [sound, &[0xff; 4], &i32::MAX.to_le_bytes(), &[0; 20]].concat();
    let mut reader = read_slice(&huge, Format::Arrow, &ReadOptions::default()).unwrap();
    let (mut good, mut bad) = (0, Vec::new());
    while let Ok(Some((_, payload))) = reader.next_record() {
        match payload {
            Payload::Bad(reject) => bad.push(reject.message),
            _ => good += 1,
        }
    }
    assert_eq!((good, bad.len()), (20, 1), "{bad:?}");
    assert!(bad[0].contains("beyond the file"), "{bad:?}");
    let first = [&i32::MAX.to_le_bytes()[..], &[7; 40]].concat();
    let refused = read_slice(&first, Format::Arrow, &ReadOptions::default()).err().unwrap();
    assert!(refused.message.contains("not an Arrow file"), "{}", refused.message);
}

/// A sound file with some bytes changed, cut out or doubled.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let articles = news::articles(6);
    let page = format!("<html><body><article><p>{}</p><div><p>x</div></article>", articles[0].text);
    let mut sound: Vec<Vec<u8>> = Vec::new();
    #[cfg(feature = "parquet")]
    sound.extend(tables(&articles));
    sound.extend([
        news::jsonl(&articles).into(),
        format!("[{}]", news::jsonl(&articles).trim_end().replace('\n', ",")).into(),
        news::csv(&articles, ',').into(),
        news::wet(&articles),
        news::warc(&[("https://a.example/", &page)]),
        page.into(),
    ]);
    let edits = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..8);
    (prop::sample::select(sound), edits).prop_map(|(mut bytes, edits)| {
        for (at, byte, kind) in edits {
            let at = at.index(bytes.len().max(1));
            match kind {
                0 if !bytes.is_empty() => bytes[at] = byte,
                1 => bytes.truncate(at),
                2 => bytes.insert(at.min(bytes.len()), b"\"{[<\n,\r\0"[byte as usize % 8]),
                _ => {
                    let tail = bytes[at.min(bytes.len())..].to_vec();
                    bytes.extend(tail);
                }
            }
            bytes.truncate(20_000);
        }
        bytes
    })
}

proptest! {
    // A regression becomes a row of a table, not a file.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        FORMATS.iter().for_each(|format| { read(&bytes, *format); });
    }

    #[test]
    fn brackets_and_quotes(text in "[\\[\\]{}\",:a\\\\ \n\r\t;|1-]{0,200}") {
        for format in [Format::Jsonl, Format::Json, Format::Csv, Format::Tsv] {
            read(text.as_bytes(), format);
        }
    }

    #[test]
    fn tags(text in "(<[/]?(p|div|table|td|svg|a|script|template|select)[ a=\"'>/]{0,4}>?|x|&amp|\n){0,80}") {
        read(text.as_bytes(), Format::Html);
    }

    #[test]
    fn damaged_files(bytes in damaged()) {
        FORMATS.iter().for_each(|format| { read(&bytes, *format); });
    }

    #[test]
    fn csv_of_any_cells_is_read_back(
        rows in prop::collection::vec(("[a\", \n\r;é]{0,8}", "[a\", \n\r;é]{0,12}"), 0..8),
        all in any::<bool>(),
        crlf in any::<bool>(),
    ) {
        let style = if all { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
        let end = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let mut writer = csv::WriterBuilder::new().quote_style(style).terminator(end).from_writer(Vec::new());
        writer.write_record(["id", "text"]).unwrap();
        rows.iter().for_each(|(id, text)| writer.write_record([id, text]).unwrap());
        let bytes = writer.into_inner().unwrap();
        let options = ReadOptions::default();
        let mut reader = read_slice(&bytes, Format::Csv, &options).unwrap();
        let mut found = Vec::new();
        while let Ok(Some((_, payload))) = reader.next_record() {
            let document = prepare(payload, &options.fields).unwrap();
            found.push((document.id.unwrap_or_default(), document.text));
        }
        prop_assert_eq!(found, rows);
    }
}

#[test]
fn deep_and_wide_input_comes_to_its_end() {
    for (name, text, format) in [
        ("brackets", "[".repeat(1_000_000), Format::Json),
        ("objects", "{\"a\":".repeat(300_000), Format::Json),
        ("line", format!("{{\"text\": {}", "[".repeat(900_000)), Format::Jsonl),
        ("divs", "<div>".repeat(200_000), Format::Html),
        ("fonts", "<b><i>".repeat(100_000), Format::Html),
        ("paragraphs", "<p>x".repeat(10_000), Format::Html),
        ("tables", "<table><tr><td>".repeat(20_000), Format::Html),
        ("quotes", "\"\n".repeat(100_000), Format::Csv),
        ("columns", ",".repeat(500_000), Format::Csv),
    ] {
        let options = ReadOptions { max_document: 1 << 20, ..ReadOptions::default() };
        let Ok(mut reader) = read_slice(text.as_bytes(), format, &options) else { continue };
        while let Ok(Some((_, payload))) = reader.next_record() {
            let _ = prepare(payload, &options.fields);
        }
        println!("{name}: read");
    }
}
