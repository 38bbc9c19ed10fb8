//! The readers of all formats: the first byte chooses one, the rest is the file. No input may panic, hang, or give a record over the limit.
#![no_main]

use libfuzzer_sys::fuzz_target;
use philippic::corpus::{Fields, Format, Payload, ReadOptions, prepare, read_slice};

const FORMATS: [Format; 10] = [
    Format::Detect,
    Format::Text,
    Format::Jsonl,
    Format::Json,
    Format::Csv,
    Format::Tsv,
    Format::Parquet,
    Format::Arrow,
    Format::Html,
    Format::Warc,
];
const LIMIT: usize = 4096;

fuzz_target!(|data: &[u8]| {
    let Some((choice, bytes)) = data.split_first() else { return };
    let format = FORMATS[usize::from(*choice) % FORMATS.len()];
    let fields = Fields { keep: vec!["date".into(), "a.b".into()], ..Fields::default() };
    let options = ReadOptions { fields, max_document: LIMIT, ..ReadOptions::default() };
    let Ok(mut reader) = read_slice(bytes, format, &options) else { return };
    while let Ok(Some((_, payload))) = reader.next_record() {
        assert!(matches!(payload, Payload::Bad(_)) || payload.len() <= LIMIT + 256);
        let _ = prepare(payload, &options.fields);
    }
});
