//! Raw records as readers cut them, and documents as workers make them.
//!
//! Readers only find where a record starts and ends, which must be done in order; parsing it is the work of [`prepare`], which
//! runs in the workers.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::error::RejectKind;
use super::read::html;
use crate::KnownFigure;
use crate::input;

/// Where a record stands in its source. Lines and rows count from 1, bytes from 0 in the decompressed data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The line where it starts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Its first byte.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byte: Option<u64>,
    /// Its row in a table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u64>,
}

impl Place {
    pub(crate) fn line(line: u64, byte: u64) -> Place {
        Place { line: Some(line), byte: Some(byte), row: None }
    }

    pub(crate) fn byte(byte: u64) -> Place {
        Place { byte: Some(byte), ..Place::default() }
    }

    #[cfg(feature = "parquet")]
    pub(crate) fn row(row: u64) -> Place {
        Place { row: Some(row), ..Place::default() }
    }
}

/// One record of a source, not parsed yet.
#[derive(Debug)]
pub struct RawRecord {
    /// Number of the source.
    pub source: u32,
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub payload: Payload,
}

/// What a reader found.
#[derive(Debug)]
pub enum Payload {
    /// A JSON value.
    Json(Vec<u8>),
    /// One record of a CSV file and the names of its columns.
    Csv {
        /// The bytes with their quotes.
        raw: Vec<u8>,
        /// The layout of the file.
        layout: Arc<CsvLayout>,
    },
    /// A file of text in any encoding.
    Bytes(Vec<u8>),
    /// A web page.
    Html {
        /// The page.
        bytes: Vec<u8>,
        /// The encoding that was declared outside of it.
        charset: Option<String>,
        /// Its name, if it has one.
        id: Option<String>,
        /// Values of `--keep`.
        keep: Vec<Option<String>>,
    },
    /// A document that needs no parsing.
    Ready(Document),
    /// A record that is no document and is not meant to be one, by kind.
    Skip(&'static str),
    /// What cannot be a document.
    Bad(Reject),
}

impl Payload {
    /// Bytes that the record holds in memory, roughly.
    pub fn len(&self) -> usize {
        match self {
            Payload::Json(bytes) | Payload::Csv { raw: bytes, .. } | Payload::Bytes(bytes) | Payload::Html { bytes, .. } => bytes.len(),
            Payload::Ready(document) => document.text.len() + document.keep.iter().flatten().map(String::len).sum::<usize>(),
            Payload::Bad(reject) => reject.raw.len(),
            Payload::Skip(_) => 0,
        }
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// How a CSV file is laid out.
#[derive(Debug, PartialEq, Eq)]
pub struct CsvLayout {
    /// Between fields.
    pub delimiter: u8,
    /// Names of the columns.
    pub header: Vec<String>,
}

/// A document to score.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its id; without one, the program makes one of the source and the place.
    pub id: Option<String>,
    /// Its text.
    pub text: String,
    /// Values of the kept fields, in their order: JSON in JSON input, else plain text.
    pub keep: Vec<Option<String>>,
    /// Whether the kept values are JSON.
    pub json: bool,
    /// The encoding that was guessed, where it was not UTF-8.
    pub guessed: Option<&'static str>,
    /// Figures that the record names, to look for in this document besides those that are found.
    pub figures: Vec<KnownFigure>,
}

/// Why a record is no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// The kind.
    pub kind: RejectKind,
    /// What is wrong and what to do, in one line.
    pub message: String,
    /// The record, or its beginning.
    pub raw: Vec<u8>,
    /// Length of the record where `raw` is only its beginning.
    pub length: Option<u64>,
}

/// At most so much of a bad record is kept.
pub(crate) const RAW_KEPT: usize = 1 << 16;

impl Reject {
    pub(crate) fn new(kind: RejectKind, message: impl Into<String>, raw: impl Into<Vec<u8>>) -> Reject {
        let mut raw: Vec<u8> = raw.into();
        let length = (raw.len() > RAW_KEPT).then_some(raw.len() as u64);
        raw.truncate(RAW_KEPT);
        Reject { kind, message: message.into(), raw, length }
    }

    /// A record over the limit: its beginning and its whole length.
    pub(crate) fn too_long(mut start: Vec<u8>, length: u64, limit: usize) -> Reject {
        start.truncate(RAW_KEPT);
        start.shrink_to_fit();
        let message = format!("{length} bytes, and the limit is {limit}; raise --max-document if it is text");
        Reject { kind: RejectKind::TooLong, message, raw: start, length: Some(length) }
    }
}

/// Which fields of a record are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Fields {
    /// The text; without one, the first of `TEXT_FIELDS` that is there.
    pub text: Option<String>,
    /// The id; without one, the first of `ID_FIELDS` that is there.
    pub id: Option<String>,
    /// Fields to copy.
    pub keep: Vec<String>,
    /// The last of `keep` is not copied: it names the figures of the document.
    pub figures_last: bool,
}

/// Names of text fields where none was given.
pub(crate) const TEXT_FIELDS: [&str; 6] = ["text", "content", "body", "article", "maintext", "raw_content"];
/// Names of id fields where none was given.
pub(crate) const ID_FIELDS: [&str; 4] = ["id", "doc_id", "url", "uri"];

impl Fields {
    pub(crate) fn text_names(&self) -> Vec<&str> {
        self.text.as_deref().map_or_else(|| TEXT_FIELDS.to_vec(), |name| vec![name])
    }

    pub(crate) fn id_names(&self) -> Vec<&str> {
        self.id.as_deref().map_or_else(|| ID_FIELDS.to_vec(), |name| vec![name])
    }
}

/// Makes a document of a raw record.
///
/// # Errors
/// A [`Reject`] that holds the record. Never panics, whatever the bytes.
pub fn prepare(payload: Payload, fields: &Fields) -> Result<Document, Reject> {
    let mut document = parse(payload, fields)?;
    if fields.figures_last
        && let Some(raw) = document.keep.pop().flatten()
    {
        document.figures = named_figures(&raw).map_err(|message| Reject::new(RejectKind::Figures, message, raw))?;
    }
    Ok(document)
}

/// Figures as a record names them: names separated by `;`, or as JSON a name, an object as in a `--figures` file, or an array of both. A
/// list of names as Arrow prints it (`[Ann Poe, Jane Roe]`) is read too.
///
/// # Errors
/// A line that says what was expected.
pub fn named_figures(raw: &str) -> Result<Vec<KnownFigure>, String> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Entry {
        Name(String),
        Figure(KnownFigure),
    }
    let raw = raw.trim();
    let entries = match raw.as_bytes().first() {
        None => Ok(Vec::new()),
        _ if raw == "null" => Ok(Vec::new()),
        Some(b'[') => {
            serde_json::from_str(raw).or_else(|error| printed_list(raw).map(|names| names.map(Entry::Name).collect()).ok_or(error))
        }
        Some(b'{') => serde_json::from_str(raw).map(|figure| vec![Entry::Figure(figure)]),
        Some(b'"') => return named_figures(&serde_json::from_str::<String>(raw).map_err(|error| format!("figures: {error}"))?),
        Some(_) => Ok(raw.split(';').map(|name| Entry::Name(name.to_string())).collect()),
    };
    let entries: Vec<Entry> =
        entries.map_err(|_| "figures: not names, nor objects with name and, where wanted, aliases, gender, roles".to_string())?;
    let figures = entries.into_iter().map(|entry| match entry {
        Entry::Name(name) => KnownFigure { name: name.trim().to_string(), ..KnownFigure::default() },
        Entry::Figure(figure) => figure,
    });
    Ok(figures.filter(|figure| !figure.name.trim().is_empty()).collect())
}

/// The names of a list as Arrow prints it: without quotation marks, between commas.
fn printed_list(raw: &str) -> Option<impl Iterator<Item = String>> {
    let inner = raw.strip_prefix('[')?.strip_suffix(']')?;
    let names = inner.split(',').map(str::trim);
    let named = |name: &str| name.chars().any(char::is_alphabetic) && !name.contains(['"', '{', '}', '[', ']']);
    names.clone().all(named).then(|| names.map(str::to_string))
}

fn parse(payload: Payload, fields: &Fields) -> Result<Document, Reject> {
    match payload {
        Payload::Json(bytes) => json(&bytes, fields),
        Payload::Csv { raw, layout } => csv_record(&raw, &layout, fields),
        Payload::Bytes(bytes) => plain(bytes, fields),
        Payload::Html { bytes, charset, id, keep } => html::document(bytes, charset.as_deref(), id, keep),
        Payload::Ready(document) => Ok(document),
        Payload::Bad(reject) => Err(reject),
        Payload::Skip(what) => Err(Reject::new(RejectKind::Warc, what, Vec::new())),
    }
}

fn plain(bytes: Vec<u8>, fields: &Fields) -> Result<Document, Reject> {
    let kept = bytes[..bytes.len().min(RAW_KEPT)].to_vec();
    match input::decode(bytes, None) {
        Ok(decoded) => {
            let guessed = (decoded.notice.is_some()).then_some(decoded.encoding);
            Ok(Document { id: None, text: decoded.text, keep: vec![None; fields.keep.len()], json: false, guessed, figures: Vec::new() })
        }
        Err(error) => Err(Reject::new(RejectKind::Binary, error.to_string(), kept)),
    }
}

fn json(bytes: &[u8], fields: &Fields) -> Result<Document, Reject> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Err(Reject::new(RejectKind::Utf8, not_utf8(error.valid_up_to()), bytes)),
    };
    let record: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_str(text).map_err(|error| {
        let what = if text.trim_start().starts_with('{') || error.is_syntax() || error.is_eof() {
            format!("not JSON: {error}")
        } else {
            "not a JSON object; a record is an object with a text field".to_string()
        };
        Reject::new(RejectKind::Json, what, bytes)
    })?;
    let (name, raw) = fields.text_names().into_iter().find_map(|name| Some((name, lookup(&record, name)?))).ok_or_else(|| {
        let there: Vec<&str> = record.keys().take(12).map(AsRef::as_ref).collect();
        Reject::new(RejectKind::NoText, no_text(fields, &there), bytes)
    })?;
    let text = match raw.as_bytes().first() {
        Some(b'"') => serde_json::from_str::<String>(&raw).ok(),
        Some(b'[') => serde_json::from_str::<Vec<String>>(&raw).ok().map(|paragraphs| paragraphs.join("\n\n")),
        _ => None,
    };
    let text = text.ok_or_else(|| {
        let start: String = raw.chars().take(40).collect();
        Reject::new(RejectKind::NotText, format!("field {name:?} is not a string but {start}"), bytes)
    })?;
    let id = fields.id_names().into_iter().find_map(|name| lookup(&record, name)).and_then(|raw| scalar(&raw));
    let keep = fields.keep.iter().map(|name| lookup(&record, name).map(Cow::into_owned).filter(|raw| raw != "null")).collect();
    Ok(Document { id, text, keep, json: true, guessed: None, figures: Vec::new() })
}

/// A field by its name, or by a path with dots where no field has that name.
fn lookup<'a>(record: &BTreeMap<Cow<'_, str>, &'a RawValue>, name: &str) -> Option<Cow<'a, str>> {
    if let Some(raw) = record.get(name) {
        return Some(Cow::Borrowed(raw.get()));
    }
    let (head, rest) = name.split_once('.')?;
    let inner: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_str(record.get(head)?.get()).ok()?;
    lookup(&inner, rest)
}

/// A string without its quotes, another value as it is written; null is none.
pub(crate) fn scalar(raw: &str) -> Option<String> {
    match raw.as_bytes().first()? {
        b'"' => serde_json::from_str(raw).ok(),
        _ if raw == "null" => None,
        _ => Some(raw.to_string()),
    }
}

fn csv_record(raw: &[u8], layout: &CsvLayout, fields: &Fields) -> Result<Document, Reject> {
    let text = std::str::from_utf8(raw).map_err(|error| Reject::new(RejectKind::Utf8, not_utf8(error.valid_up_to()), raw))?;
    let record = csv_fields(text, layout.delimiter);
    if record.len() != layout.header.len() {
        return Err(Reject::new(RejectKind::Columns, columns(record.len(), layout.header.len()), raw));
    }
    let field = |name: &str| layout.header.iter().position(|h| h == name).and_then(|i| record.get(i)).map(AsRef::as_ref);
    let text: &str = fields.text_names().into_iter().find_map(field).ok_or_else(|| {
        let there: Vec<&str> = layout.header.iter().take(12).map(String::as_str).collect();
        Reject::new(RejectKind::NoText, no_text(fields, &there), raw)
    })?;
    let id = fields.id_names().into_iter().find_map(field).filter(|id| !id.is_empty()).map(String::from);
    let keep = fields.keep.iter().map(|name| field(name).map(String::from)).collect();
    Ok(Document { id, text: text.to_string(), keep, json: false, guessed: None, figures: Vec::new() })
}

/// The fields of one record, as RFC 4180 and the `csv` crate have them: text behind a closing quote belongs to its field.
pub(crate) fn csv_fields(record: &str, delimiter: u8) -> Vec<Cow<'_, str>> {
    let line = record.strip_suffix('\n').unwrap_or(record);
    let line = line.strip_suffix('\r').unwrap_or(line);
    let bytes = line.as_bytes();
    let mut fields = Vec::new();
    let mut at = 0;
    loop {
        let plain_end = |from: usize| memchr::memchr(delimiter, &bytes[from..]).map_or(bytes.len(), |end| from + end);
        let end;
        if bytes.get(at) == Some(&b'"') {
            let mut field = String::new();
            let mut open = true;
            at += 1;
            while let Some(quote) = memchr::memchr(b'"', &bytes[at..]) {
                field.push_str(&line[at..at + quote]);
                at += quote + 1;
                open = bytes.get(at) == Some(&b'"');
                if !open {
                    break;
                }
                field.push('"');
                at += 1;
            }
            end = if open { bytes.len() } else { plain_end(at) };
            field.push_str(&line[at..end]);
            fields.push(Cow::Owned(field));
        } else {
            end = plain_end(at);
            fields.push(Cow::Borrowed(&line[at..end]));
        }
        if end == bytes.len() {
            return fields;
        }
        at = end + 1;
    }
}

pub(crate) fn columns(found: usize, want: usize) -> String {
    format!("{found} columns, but the header has {want}; look for a stray quote or separator")
}

pub(crate) fn not_utf8(at: usize) -> String {
    format!("not UTF-8 at byte {at}")
}

pub(crate) fn no_text(fields: &Fields, there: &[&str]) -> String {
    let wanted = match &fields.text {
        Some(name) => format!("no field {name:?}"),
        None => "no text field".to_string(),
    };
    format!("{wanted}; --text-field can be one of: {}", there.join(", "))
}
