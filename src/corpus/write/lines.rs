//! Rows as lines: CSV and JSON.

use std::io::Write;

use serde_json::json;

use crate::corpus::tables::{Cell, Column, Scored};

/// CSV rows (RFC 4180, `\n` line ends) in memory.
#[derive(Default)]
pub(super) struct CsvRows {
    out: Vec<u8>,
}

impl CsvRows {
    pub(super) fn push(&mut self, row: &[Cell<'_>]) {
        for (i, cell) in row.iter().enumerate() {
            if i > 0 {
                self.out.push(b',');
            }
            match cell {
                Cell::Text(text) => quoted(&mut self.out, text),
                cell => number(&mut self.out, cell, ""),
            }
        }
        self.out.push(b'\n');
    }

    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.out)
    }
}

/// The header line.
pub(super) fn csv_header(columns: &[Column]) -> Vec<u8> {
    let names: Vec<Cell<'_>> = columns.iter().map(|c| Cell::Text(&c.name)).collect();
    let mut rows = CsvRows::default();
    rows.push(&names);
    rows.out
}

fn quoted(out: &mut Vec<u8>, text: &str) {
    if text.bytes().any(|b| matches!(b, b',' | b'"' | b'\n' | b'\r')) {
        out.push(b'"');
        for part in text.split_inclusive('"') {
            out.extend_from_slice(part.as_bytes());
            if part.ends_with('"') {
                out.push(b'"');
            }
        }
        out.push(b'"');
    } else {
        out.extend_from_slice(text.as_bytes());
    }
}

/// Writing to memory cannot fail.
fn number(out: &mut Vec<u8>, cell: &Cell<'_>, null: &str) {
    let _ = match cell {
        Cell::Count(count) => write!(out, "{count}"),
        Cell::Score(score) if score.is_finite() => write!(out, "{score:?}"),
        _ => out.write_all(null.as_bytes()),
    };
}

/// JSON objects, one a line, in memory.
pub(super) struct JsonRows {
    /// `"name":` of each column.
    keys: Vec<String>,
    out: Vec<u8>,
}

impl JsonRows {
    pub(super) fn new(columns: &[Column]) -> JsonRows {
        JsonRows { keys: columns.iter().map(|c| format!("{}:", json!(c.name))).collect(), out: Vec::new() }
    }

    pub(super) fn push(&mut self, row: &[Cell<'_>]) {
        let mut before = b'{';
        for (key, cell) in self.keys.iter().zip(row) {
            self.out.push(before);
            before = b',';
            self.out.extend_from_slice(key.as_bytes());
            match cell {
                Cell::Text(text) => string(&mut self.out, text),
                cell => number(&mut self.out, cell, "null"),
            }
        }
        self.out.extend_from_slice(b"}\n");
    }

    /// The whole report of a document, with the kept fields as `fields`.
    pub(super) fn report(&mut self, scored: &Scored<'_>, keep: &[String]) {
        // Reports hold nothing that JSON cannot.
        let _ = serde_json::to_writer(&mut self.out, scored.report.unwrap_or(scored.blank));
        if !keep.is_empty() && self.out.last() == Some(&b'}') {
            self.out.pop();
            self.out.extend_from_slice(b",\"fields\":");
            let mut before = b'{';
            for (name, value) in keep.iter().zip(scored.keep) {
                self.out.push(before);
                before = b',';
                string(&mut self.out, name);
                self.out.push(b':');
                match value {
                    // What came as JSON goes out as JSON.
                    Some(value) if scored.json => self.out.extend_from_slice(value.as_bytes()),
                    Some(value) => string(&mut self.out, value),
                    None => self.out.extend_from_slice(b"null"),
                }
            }
            self.out.extend_from_slice(b"}}");
        }
        self.out.push(b'\n');
    }

    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.out)
    }
}

fn string(out: &mut Vec<u8>, text: &str) {
    let _ = serde_json::to_writer(out, text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_quotes_what_must_be() {
        let mut rows = CsvRows::default();
        rows.push(&[
            Cell::Text("a,\"b\""),
            Cell::Text("c\nd"),
            Cell::Text("é"),
            Cell::Count(7),
            Cell::Score(-0.5),
            Cell::Score(0.0),
            Cell::Null,
        ]);
        assert_eq!(String::from_utf8(rows.take()).unwrap(), "\"a,\"\"b\"\"\",\"c\nd\",é,7,-0.5,0.0,\n");
    }
}
