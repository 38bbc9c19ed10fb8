//! A file is a document: plain text, Markdown, a web page.

use super::stream::Stream;
use super::{ReadOptions, RecordReader};
use crate::corpus::record::{Payload, Place, Reject};

/// Gives the whole stream as one record.
pub(super) struct TextReader {
    stream: Stream,
    limit: usize,
    html: bool,
    keep: usize,
    done: bool,
}

impl TextReader {
    pub(super) fn new(stream: Stream, options: &ReadOptions, html: bool) -> TextReader {
        TextReader { stream, limit: options.max_document, html, keep: options.fields.keep.len(), done: false }
    }
}

impl RecordReader for TextReader {
    fn next_record(&mut self) -> Result<Option<(Place, Payload)>, Reject> {
        if std::mem::replace(&mut self.done, true) {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        let length = self.stream.take_into(&mut bytes, u64::MAX, self.limit)?;
        if length > self.limit as u64 {
            return Ok(Some((Place::default(), Payload::Bad(Reject::too_long(bytes, length, self.limit)))));
        }
        let payload =
            if self.html { Payload::Html { bytes, charset: None, id: None, keep: vec![None; self.keep] } } else { Payload::Bytes(bytes) };
        Ok(Some((Place::default(), payload)))
    }
}
