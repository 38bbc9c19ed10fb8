//! Readers: bytes of one format in, raw records out. Each file here is one format and has the shape of [`RecordReader`].
//!
//! A reader holds one record at a time, gives up on one that passes the limit without holding it, and finds its way
//! to the next record after a bad one. What cannot be read on ends the source with a [`Reject`] that says so.

#[cfg(feature = "parquet")]
mod columnar;
mod csv;
pub(crate) mod html;
#[cfg(feature = "parquet")]
mod ipc;
mod json;
mod jsonl;
mod stream;
mod text;
mod warc;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::error::RejectKind;
use super::inputs::{Format, Source};
use super::record::{Fields, Payload, Place, Reject};
use stream::Stream;

/// How sources are read.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadOptions {
    /// Which fields of a record are read.
    pub fields: Fields,
    /// Longest record in bytes.
    pub max_document: usize,
    /// How many times its size compressed data may grow to.
    pub max_ratio: u64,
    /// Encoding (a WHATWG label) of JSON and CSV input; UTF-8 and UTF-16 with a byte order mark need none.
    pub encoding: Option<String>,
}

impl Default for ReadOptions {
    fn default() -> ReadOptions {
        ReadOptions { fields: Fields::default(), max_document: 8 << 20, max_ratio: 500, encoding: None }
    }
}

/// Cuts a source into raw records.
pub trait RecordReader {
    /// The next record and its place; nothing at the end.
    ///
    /// # Errors
    /// A [`Reject`] where the source cannot be read on; there is nothing after it.
    fn next_record(&mut self) -> Result<Option<(Place, Payload)>, Reject>;
}

/// Opens a source; `read` counts its bytes as they are taken from the disk.
///
/// # Errors
/// A [`Reject`] that stands for the whole source.
pub fn open(source: &Source, options: &ReadOptions, read: Arc<AtomicU64>) -> Result<Box<dyn RecordReader + Send>, Reject> {
    let path = std::path::Path::new(&source.name);
    // A pipe must not be opened twice.
    let regular = !source.is_stdin() && path.metadata().map_err(|e| unreadable(&e))?.is_file();
    if regular && matches!(source.format, Format::Parquet | Format::Arrow | Format::Detect) {
        let file = std::fs::File::open(&source.name).map_err(|e| unreadable(&e))?;
        if let Some(reader) = seekable(file, source.format, options, source.bytes, &read)? {
            return Ok(reader);
        }
    }
    let stream = Stream::open(source, options, read)?;
    over(stream, source.format, options)
}

/// Reads bytes in memory as `format`: for tests and fuzzing.
///
/// # Errors
/// As [`open`].
pub fn read_slice(bytes: &[u8], format: Format, options: &ReadOptions) -> Result<Box<dyn RecordReader + Send>, Reject> {
    over(Stream::of_bytes(bytes.to_vec(), options)?, format, options)
}

/// The reader of a format over a stream.
fn over(mut stream: Stream, format: Format, options: &ReadOptions) -> Result<Box<dyn RecordReader + Send>, Reject> {
    let format = if format == Format::Detect { detect(&mut stream)? } else { format };
    if matches!(format, Format::Jsonl | Format::Json | Format::Csv | Format::Tsv) {
        stream.decode(options.encoding.as_deref())?;
    }
    Ok(match format {
        Format::Text => Box::new(text::TextReader::new(stream, options, false)),
        Format::Html => Box::new(text::TextReader::new(stream, options, true)),
        Format::Jsonl => Box::new(jsonl::JsonlReader::new(stream, options)),
        Format::Json | Format::Detect => Box::new(json::JsonReader::new(stream, options)),
        Format::Csv => Box::new(csv::CsvReader::new(stream, options, None)),
        Format::Tsv => Box::new(csv::CsvReader::new(stream, options, Some(b'\t'))),
        Format::Warc => Box::new(warc::WarcReader::new(stream, options)),
        Format::Parquet | Format::Arrow => {
            let file = stream.spool()?;
            let read = Arc::default();
            match seekable(file, format, options, None, &read)? {
                Some(reader) => reader,
                None => return Err(Reject::new(RejectKind::Page, format!("is not {}", format.name()), Vec::new())),
            }
        }
    })
}

/// The format that the first bytes show; text if none.
fn detect(stream: &mut Stream) -> Result<Format, Reject> {
    let start = stream.peek()?;
    let after_mark = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let text = after_mark.trim_ascii_start();
    let lower = text[..text.len().min(64)].to_ascii_lowercase();
    Ok(if start.starts_with(b"PAR1") {
        Format::Parquet
    } else if start.starts_with(b"ARROW1") || start.starts_with(b"\xff\xff\xff\xff") {
        Format::Arrow
    } else if start.starts_with(b"WARC/") {
        Format::Warc
    } else if lower.starts_with(b"<!doctype html") || lower.starts_with(b"<html") {
        Format::Html
    } else if text.starts_with(b"{") {
        // One object a line, or objects laid out over lines.
        let line = memchr::memchr(b'\n', text).map_or(text, |end| &text[..end]);
        if line.trim_ascii_end().ends_with(b"}") || line.len() == text.len() { Format::Jsonl } else { Format::Json }
    } else if text.starts_with(b"[") && text[1..].trim_ascii_start().starts_with(b"{") {
        Format::Json
    } else {
        Format::Text
    })
}

/// Parquet and Arrow files are read in place.
#[cfg(feature = "parquet")]
fn seekable(
    file: std::fs::File,
    format: Format,
    options: &ReadOptions,
    bytes: Option<u64>,
    read: &Arc<AtomicU64>,
) -> Result<Option<Box<dyn RecordReader + Send>>, Reject> {
    columnar::open(file, format, options, bytes, read)
}

#[cfg(not(feature = "parquet"))]
fn seekable(
    _file: std::fs::File,
    format: Format,
    _options: &ReadOptions,
    _bytes: Option<u64>,
    _read: &Arc<AtomicU64>,
) -> Result<Option<Box<dyn RecordReader + Send>>, Reject> {
    match format {
        Format::Detect => Ok(None),
        _ => Err(Reject::new(RejectKind::Page, "this build reads no Parquet or Arrow; build it with the feature `parquet`", Vec::new())),
    }
}

pub(crate) fn unreadable(error: &std::io::Error) -> Reject {
    Reject::new(RejectKind::Unreadable, format!("cannot be read ({error}); check that it is still there"), Vec::new())
}
