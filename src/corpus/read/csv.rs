//! CSV and TSV with a header line.
//!
//! Records are cut here, as RFC 4180 and the `csv` crate have it, and parsed in the workers. A record that runs over lines and has
//! another number of columns than the header, or that passes the limit, began with a stray quote: its first line is
//! rejected and reading goes on with the second.

use std::collections::VecDeque;
use std::sync::Arc;

use super::stream::{Line, Stream};
use super::{ReadOptions, RecordReader};
use crate::corpus::error::RejectKind;
use crate::corpus::record::{CsvLayout, Payload, Place, Reject, columns, csv_fields};

/// Gives each record with the layout of the file.
pub(super) struct CsvReader {
    stream: Stream,
    limit: usize,
    delimiter: Option<u8>,
    layout: Option<Arc<CsvLayout>>,
    /// Lines to read again after a stray quote, with their places.
    again: VecDeque<(Place, Vec<u8>)>,
}

/// A line, or what was wrong with it.
enum Next {
    Line(Place, Vec<u8>),
    TooLong(Place, Reject),
    End,
}

impl CsvReader {
    pub(super) fn new(stream: Stream, options: &ReadOptions, delimiter: Option<u8>) -> CsvReader {
        CsvReader { stream, limit: options.max_document, delimiter, layout: None, again: VecDeque::new() }
    }

    fn line(&mut self) -> Result<Next, Reject> {
        if let Some((place, line)) = self.again.pop_front() {
            return Ok(Next::Line(place, line));
        }
        let mut line = Vec::new();
        let start = self.stream.offset;
        let read = self.stream.line_into(&mut line, self.limit)?;
        let place = Place::line(self.stream.line, start);
        Ok(match read {
            Line::End => Next::End,
            Line::TooLong(length) => Next::TooLong(place, Reject::too_long(line, length, self.limit)),
            Line::Whole => Next::Line(place, line),
        })
    }

    /// The lines of the next record, blank lines passed over; the state after it.
    fn record(&mut self, delimiter: u8) -> Result<Option<Cut>, Reject> {
        let (place, first) = loop {
            match self.line()? {
                Next::End => return Ok(None),
                Next::TooLong(place, reject) => return Ok(Some(Cut::TooLong(place, reject))),
                Next::Line(place, line) if !line.trim_ascii().is_empty() => break (place, line),
                Next::Line(..) => {}
            }
        };
        let mut scan = Scan::new(delimiter);
        scan.feed(&first);
        let mut length = first.len();
        let mut lines = vec![(place, first)];
        while scan.quoted {
            match self.line()? {
                Next::Line(place, line) if length + line.len() <= self.limit => {
                    scan.feed(&line);
                    length += line.len();
                    lines.push((place, line));
                }
                Next::Line(place, line) => {
                    lines.push((place, line));
                    return Ok(Some(Cut::Open(lines)));
                }
                // The long line is lost to the next record too, so that it is passed over with this one.
                Next::TooLong(..) | Next::End => return Ok(Some(Cut::Open(lines))),
            }
        }
        Ok(Some(Cut::Whole(lines, scan.fields, scan.torn)))
    }

    fn head(&mut self) -> Result<Option<Reject>, Reject> {
        let delimiter = match self.delimiter {
            Some(delimiter) => delimiter,
            None => {
                let start = self.stream.peek()?;
                guess(memchr::memchr(b'\n', start).map_or(start, |end| &start[..end]))
            }
        };
        let (raw, fields) = match self.record(delimiter)? {
            None => return Ok(None),
            Some(Cut::TooLong(_, reject)) => return Err(reject),
            Some(Cut::Open(lines)) => {
                let raw = lines.into_iter().next().map(|(_, line)| line).unwrap_or_default();
                return Err(Reject::new(RejectKind::StrayQuote, "a quote in the header line is not closed; correct it", raw));
            }
            Some(Cut::Whole(lines, fields, _)) => (lines.into_iter().flat_map(|(_, line)| line).collect::<Vec<u8>>(), fields),
        };
        let text = String::from_utf8_lossy(&raw);
        let mut header: Vec<String> = csv_fields(&text, delimiter).iter().map(|name| name.trim().to_string()).collect();
        header.resize(fields.max(1), String::new());
        self.layout = Some(Arc::new(CsvLayout { delimiter, header }));
        Ok(None)
    }
}

/// A record as its lines.
enum Cut {
    /// And its number of fields, and whether text follows a closing quote.
    Whole(Vec<(Place, Vec<u8>)>, usize, bool),
    /// A quote is open at the end of the file or at the limit.
    Open(Vec<(Place, Vec<u8>)>),
    TooLong(Place, Reject),
}

impl RecordReader for CsvReader {
    fn next_record(&mut self) -> Result<Option<(Place, Payload)>, Reject> {
        if self.layout.is_none() {
            self.head()?;
        }
        let Some(layout) = self.layout.clone() else { return Ok(None) };
        let want = layout.header.len();
        let (lines, reason) = match self.record(layout.delimiter)? {
            None => return Ok(None),
            Some(Cut::TooLong(place, reject)) => return Ok(Some((place, Payload::Bad(reject)))),
            Some(Cut::Open(lines)) => (lines, "a quote opens here and is not closed; correct the line".to_string()),
            Some(Cut::Whole(lines, fields, torn)) if lines.len() > 1 && (torn || fields != want) => {
                let why = if fields != want { columns(fields, want) } else { "text follows the closing quote; correct the line".into() };
                (lines, format!("a quote opens here and closes lines later: {why}"))
            }
            Some(Cut::Whole(lines, ..)) => {
                let place = lines.first().map(|(place, _)| *place).unwrap_or_default();
                let raw = match lines.len() {
                    1 => lines.into_iter().next().map(|(_, line)| line).unwrap_or_default(),
                    _ => lines.into_iter().flat_map(|(_, line)| line).collect(),
                };
                return Ok(Some((place, Payload::Csv { raw, layout })));
            }
        };
        let mut lines = lines.into_iter();
        let (place, first) = lines.next().unwrap_or_default();
        // What follows is read again, before what was already waiting.
        for line in lines.rev() {
            self.again.push_front(line);
        }
        Ok(Some((place, Payload::Bad(Reject::new(RejectKind::StrayQuote, reason, first)))))
    }
}

/// The separator of a header line: the most frequent of the usual ones.
fn guess(line: &[u8]) -> u8 {
    let count = |d: u8| memchr::memchr_iter(d, line).count();
    let mut best = b',';
    for candidate in [b';', b'\t', b'|'] {
        if count(candidate) > count(best) {
            best = candidate;
        }
    }
    best
}

/// Follows quotes as the `csv` crate does.
struct Scan {
    delimiter: u8,
    quoted: bool,
    /// At the first byte of a field.
    fresh: bool,
    /// After a quote inside a quoted field: its end, or the first half of two.
    half: bool,
    /// Text followed a closing quote.
    torn: bool,
    fields: usize,
}

impl Scan {
    fn new(delimiter: u8) -> Scan {
        Scan { delimiter, quoted: false, fresh: true, half: false, torn: false, fields: 1 }
    }

    /// Takes a whole line.
    fn feed(&mut self, line: &[u8]) {
        for &byte in line {
            if self.half {
                self.half = false;
                if byte == b'"' {
                    continue;
                }
                self.quoted = false;
                self.torn |= byte != self.delimiter && !matches!(byte, b'\r' | b'\n');
            }
            if self.quoted {
                self.half = byte == b'"';
            } else if byte == self.delimiter {
                self.fields += 1;
                self.fresh = true;
            } else if byte == b'"' && self.fresh {
                self.quoted = true;
                self.fresh = false;
            } else {
                self.fresh = false;
            }
        }
        // The line end was the byte after it, or the file ends.
        if self.half {
            self.half = false;
            self.quoted = false;
        }
    }
}
