//! WARC: the records of a crawl. Common Crawl's WET files hold `conversion` records with the text of each page; WARC files
//! hold `response` records with the page itself.
//!
//! The id is the page's address; the WARC headers (`WARC-Date`, `WARC-Record-ID`) can be kept by name. Requests, metadata, pages that
//! are no text and answers other than 2xx are passed over and counted. After a broken record the next one is looked for.

use super::stream::{Line, Stream};
use super::{ReadOptions, RecordReader};
use crate::corpus::error::RejectKind;
use crate::corpus::record::{Document, Payload, Place, Reject};

/// Longest block of header lines.
const HEADERS: usize = 1 << 16;

/// Gives conversion, response and resource records.
pub(super) struct WarcReader {
    stream: Stream,
    limit: usize,
    keep: Vec<String>,
    id: Option<String>,
    buffer: Vec<u8>,
    /// A line that may start a record, read while looking for one.
    ahead: bool,
}

/// Header names (lower case) and values.
struct Headers(Vec<(String, String)>);

impl Headers {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    fn add(&mut self, line: &[u8]) {
        let line = String::from_utf8_lossy(line);
        if let Some((name, value)) = line.split_once(':') {
            self.0.push((name.trim().to_ascii_lowercase(), value.trim().to_string()));
        } else if let Some((_, value)) = self.0.last_mut() {
            // A folded line.
            value.push(' ');
            value.push_str(line.trim());
        }
    }
}

impl WarcReader {
    pub(super) fn new(stream: Stream, options: &ReadOptions) -> WarcReader {
        let fields = &options.fields;
        WarcReader {
            stream,
            limit: options.max_document,
            keep: fields.keep.clone(),
            id: fields.id.clone(),
            buffer: Vec::new(),
            ahead: false,
        }
    }

    /// Goes on to the next version line; `false` at the end. What is passed over is lost, its beginning is in `lost`.
    fn version(&mut self, lost: &mut Vec<u8>) -> Result<bool, Reject> {
        loop {
            if !std::mem::take(&mut self.ahead) {
                match self.stream.line_into(&mut self.buffer, HEADERS)? {
                    Line::End => return Ok(false),
                    Line::TooLong(_) | Line::Whole => {}
                }
            }
            if self.buffer.starts_with(b"WARC/") {
                return Ok(true);
            }
            if !self.buffer.trim_ascii().is_empty() && lost.len() < HEADERS {
                lost.extend_from_slice(&self.buffer);
            }
        }
    }

    fn headers(&mut self) -> Result<Headers, Reject> {
        let mut headers = Headers(Vec::new());
        let mut length = 0;
        loop {
            let line = self.stream.line_into(&mut self.buffer, HEADERS)?;
            length += self.buffer.len();
            let line_end = self.buffer.trim_ascii().is_empty();
            if line == Line::End || line_end || length > HEADERS {
                return Ok(headers);
            }
            headers.add(&self.buffer);
        }
    }

    fn payload(&mut self, headers: &Headers, length: u64) -> Result<Payload, Reject> {
        let kind = headers.get("warc-type").unwrap_or_default().to_ascii_lowercase();
        let media = headers.get("content-type").unwrap_or_default().to_ascii_lowercase();
        let wanted = match kind.as_str() {
            "conversion" => media.is_empty() || media.starts_with("text/"),
            "resource" => media.starts_with("text/"),
            "response" => media.starts_with("application/http") && !headers.get("warc-target-uri").is_some_and(|u| u.starts_with("dns:")),
            _ => false,
        };
        let start = self.stream.offset;
        let mut block = Vec::new();
        let found = self.stream.take_into(&mut block, length, if wanted { self.limit } else { 0 })?;
        if found < length {
            let message = format!("the record at byte {start} ends early: {found} of {length} bytes; the file was cut");
            return Err(Reject::new(RejectKind::Warc, message, block));
        }
        if !wanted {
            return Ok(Payload::Skip("no_page"));
        }
        if length > self.limit as u64 {
            return Ok(Payload::Bad(Reject::too_long(block, length, self.limit)));
        }
        let id_names: Vec<&str> = self.id.as_deref().into_iter().chain(["warc-target-uri", "warc-record-id"]).collect();
        let id = id_names.into_iter().find_map(|name| headers.get(name)).map(|id| id.trim_matches(['<', '>']).to_string());
        let keep: Vec<Option<String>> = self.keep.iter().map(|name| headers.get(name).map(String::from)).collect();
        if kind == "response" {
            return Ok(self.response(block, id, keep));
        }
        let charset = charset(&media);
        if media.starts_with("text/html") {
            return Ok(Payload::Html { bytes: block, charset, id, keep });
        }
        Ok(text(block, charset.as_deref(), id, keep))
    }

    /// The page in an HTTP answer.
    fn response(&self, block: Vec<u8>, id: Option<String>, keep: Vec<Option<String>>) -> Payload {
        let Some(end) = head_end(&block) else {
            return Payload::Bad(Reject::new(RejectKind::Warc, "an HTTP answer without the end of its header", block));
        };
        let (head, body) = block.split_at(end);
        let mut lines = head.split(|&b| b == b'\n');
        let status = String::from_utf8_lossy(lines.next().unwrap_or_default()).into_owned();
        if !status.split_whitespace().nth(1).is_some_and(|code| code.starts_with('2')) {
            return Payload::Skip("http_status");
        }
        let mut headers = Headers(Vec::new());
        lines.map(<[u8]>::trim_ascii).filter(|line| !line.is_empty()).for_each(|line| headers.add(line));
        let media = headers.get("content-type").unwrap_or("text/html").to_ascii_lowercase();
        let page = media.starts_with("text/html") || media.starts_with("application/xhtml");
        if !page && !media.starts_with("text/plain") {
            return Payload::Skip("media_type");
        }
        let chunked = headers.get("transfer-encoding").is_some_and(|t| t.to_ascii_lowercase().contains("chunked"));
        // Archives often keep the header but store the body without its chunks.
        let body = if chunked { unchunk(body).unwrap_or_else(|| body.to_vec()) } else { body.to_vec() };
        let body = if body.starts_with(b"\x1f\x8b") {
            let mut plain = Vec::new();
            let limit = self.limit as u64 + 1;
            let read = std::io::Read::read_to_end(
                &mut std::io::Read::take(flate2::bufread::MultiGzDecoder::new(body.as_slice()), limit),
                &mut plain,
            );
            if read.is_err() {
                return Payload::Bad(Reject::new(RejectKind::Compressed, "the gzip body of an HTTP answer is broken", body));
            }
            if plain.len() as u64 == limit {
                return Payload::Bad(Reject::too_long(plain, limit, self.limit));
            }
            plain
        } else {
            body
        };
        let charset = charset(&media);
        if page { Payload::Html { bytes: body, charset, id, keep } } else { text(body, charset.as_deref(), id, keep) }
    }
}

impl RecordReader for WarcReader {
    fn next_record(&mut self) -> Result<Option<(Place, Payload)>, Reject> {
        let start = self.stream.offset;
        let mut lost = Vec::new();
        let found = self.version(&mut lost)?;
        if !lost.is_empty() {
            // The version line that was found waits for the next call.
            self.ahead = found;
            let message = "no WARC record starts here; went on to the next one".to_string();
            return Ok(Some((Place::byte(start), Payload::Bad(Reject::new(RejectKind::Warc, message, lost)))));
        }
        if !found {
            return Ok(None);
        }
        let start = self.stream.offset.saturating_sub(self.buffer.len() as u64);
        let headers = self.headers()?;
        let Some(length) = headers.get("content-length").and_then(|l| l.parse().ok()) else {
            let raw = headers.0.iter().map(|(n, v)| format!("{n}: {v}\n")).collect::<String>();
            let reject = Reject::new(RejectKind::Warc, "a record without Content-Length", raw);
            return Ok(Some((Place::byte(start), Payload::Bad(reject))));
        };
        let payload = self.payload(&headers, length)?;
        Ok(Some((Place::byte(start), payload)))
    }
}

fn text(bytes: Vec<u8>, charset: Option<&str>, id: Option<String>, keep: Vec<Option<String>>) -> Payload {
    let known = charset.filter(|c| encoding_rs::Encoding::for_label(c.as_bytes()).is_some());
    let raw = bytes[..bytes.len().min(crate::corpus::record::RAW_KEPT)].to_vec();
    match crate::input::decode(bytes, known) {
        Ok(decoded) => Payload::Ready(Document {
            id,
            text: decoded.text,
            keep,
            json: false,
            guessed: decoded.notice.map(|_| decoded.encoding),
            figures: Vec::new(),
        }),
        Err(error) => Payload::Bad(Reject::new(RejectKind::Binary, error.to_string(), raw)),
    }
}

/// One past the empty line after HTTP headers.
fn head_end(block: &[u8]) -> Option<usize> {
    let crlf = memchr::memmem::find(block, b"\r\n\r\n").map(|at| at + 4);
    let lf = memchr::memmem::find(block, b"\n\n").map(|at| at + 2);
    match (crlf, lf) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// `text/html; charset=utf-8`.
fn charset(media: &str) -> Option<String> {
    let (_, rest) = media.split_once("charset=")?;
    let name = rest.split(';').next().unwrap_or_default().trim().trim_matches(['"', '\'']);
    (!name.is_empty()).then(|| name.to_string())
}

/// The body of a chunked answer; nothing where it is not chunked.
fn unchunk(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    loop {
        let end = memchr::memchr(b'\n', body)?;
        let size = std::str::from_utf8(&body[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        body = &body[end + 1..];
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(body.get(..size)?);
        body = &body[size..];
        body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n"))?;
    }
}
