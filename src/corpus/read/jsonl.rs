//! JSON Lines: an object a line. Empty lines are passed over.

use super::stream::{Line, Stream};
use super::{ReadOptions, RecordReader};
use crate::corpus::record::{Payload, Place, Reject};

/// Gives each line as a record.
pub(super) struct JsonlReader {
    stream: Stream,
    limit: usize,
    buffer: Vec<u8>,
}

impl JsonlReader {
    pub(super) fn new(stream: Stream, options: &ReadOptions) -> JsonlReader {
        JsonlReader { stream, limit: options.max_document, buffer: Vec::new() }
    }
}

impl RecordReader for JsonlReader {
    fn next_record(&mut self) -> Result<Option<(Place, Payload)>, Reject> {
        loop {
            let start = self.stream.offset;
            let line = self.stream.line_into(&mut self.buffer, self.limit)?;
            let place = Place::line(self.stream.line, start);
            match line {
                Line::End => return Ok(None),
                Line::TooLong(length) => {
                    let reject = Reject::too_long(std::mem::take(&mut self.buffer), length, self.limit);
                    return Ok(Some((place, Payload::Bad(reject))));
                }
                Line::Whole => {
                    let line = self.buffer.trim_ascii();
                    if !line.is_empty() {
                        return Ok(Some((place, Payload::Json(line.to_vec()))));
                    }
                }
            }
        }
    }
}
