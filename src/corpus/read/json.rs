//! JSON that is not cut by lines: an array of objects, or objects one after another, however they are laid out.
//!
//! Only brackets and strings are followed; the worker parses each element. A broken element is rejected and the next one found by
//! the brackets.

use super::stream::Stream;
use super::{ReadOptions, RecordReader};
use crate::corpus::record::{Payload, Place, Reject};

/// Gives the elements of the outermost array, or the values of the stream.
pub(super) struct JsonReader {
    stream: Stream,
    limit: usize,
    /// Inside the outermost array.
    inside: bool,
    line: u64,
}

impl JsonReader {
    pub(super) fn new(stream: Stream, options: &ReadOptions) -> JsonReader {
        JsonReader { stream, limit: options.max_document, inside: false, line: 1 }
    }

    /// Passes over white space and commas; the next byte.
    fn skip(&mut self) -> Result<Option<u8>, Reject> {
        loop {
            let available = self.stream.peek()?;
            if available.is_empty() {
                return Ok(None);
            }
            let blank = available.iter().take_while(|b| b.is_ascii_whitespace() || **b == b',').count();
            let lines = memchr::memchr_iter(b'\n', &available[..blank]).count();
            let next = available.get(blank).copied();
            self.line += lines as u64;
            self.stream.consume(blank);
            if next.is_some() {
                return Ok(next);
            }
        }
    }

    /// Takes one value into `out`, which stops growing past the limit; its length.
    fn value(&mut self, out: &mut Vec<u8>) -> Result<u64, Reject> {
        let mut scan = Scan::default();
        let mut length = 0_u64;
        loop {
            let available = self.stream.peek()?;
            if available.is_empty() {
                return Ok(length);
            }
            let (used, ended) = scan.feed(available);
            let room = self.limit.saturating_sub(out.len()).min(used);
            out.extend_from_slice(&available[..room]);
            self.line += memchr::memchr_iter(b'\n', &available[..used]).count() as u64;
            self.stream.consume(used);
            length += used as u64;
            if ended {
                return Ok(length);
            }
        }
    }
}

impl RecordReader for JsonReader {
    fn next_record(&mut self) -> Result<Option<(Place, Payload)>, Reject> {
        loop {
            let Some(next) = self.skip()? else { return Ok(None) };
            if next == b'[' && !self.inside {
                self.inside = true;
                self.stream.consume(1);
                continue;
            }
            if next == b']' {
                // The end of the array, or a bracket too many.
                self.inside = false;
                self.stream.consume(1);
                continue;
            }
            let place = Place { line: Some(self.line), byte: Some(self.stream.offset), row: None };
            let mut out = Vec::new();
            let length = self.value(&mut out)?;
            let payload =
                if length > self.limit as u64 { Payload::Bad(Reject::too_long(out, length, self.limit)) } else { Payload::Json(out) };
            return Ok(Some((place, payload)));
        }
    }
}

/// Follows strings and brackets through a value.
#[derive(Default)]
struct Scan {
    depth: u32,
    string: bool,
    escaped: bool,
    begun: bool,
}

impl Scan {
    /// How many bytes belong to the value, and whether it ends there.
    fn feed(&mut self, bytes: &[u8]) -> (usize, bool) {
        for (i, &byte) in bytes.iter().enumerate() {
            if self.string {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => {
                        self.string = false;
                        if self.depth == 0 {
                            return (i + 1, true);
                        }
                    }
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => self.string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    if self.depth <= 1 {
                        // A closing bracket ends a scalar without being part of it, unless it is all there is.
                        let part = self.depth == 1 || !self.begun;
                        return (i + usize::from(part), true);
                    }
                    self.depth -= 1;
                }
                b',' | b' ' | b'\n' | b'\r' | b'\t' if self.depth == 0 && self.begun => return (i, true),
                _ => {}
            }
            self.begun = true;
        }
        (bytes.len(), false)
    }
}
