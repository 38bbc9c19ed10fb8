//! A decompressed stream that counts lines and bytes, and whose lines have a limit.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::{ReadOptions, unreadable};
use crate::corpus::error::RejectKind;
use crate::corpus::inputs::{Compression, Source};
use crate::corpus::record::{RAW_KEPT, Reject};

/// Bytes read at once.
const BUFFER: usize = 1 << 18;
/// Data may grow to so much whatever their ratio.
pub(super) const RATIO_FREE: u64 = 64 << 20;
/// Memory that an xz or zstd stream may ask for.
const DECODER_MEMORY: u64 = 1 << 27;

/// The decompressed bytes of a source.
pub(super) struct Stream {
    inner: Box<dyn BufRead + Send>,
    compression: Option<Compression>,
    /// Lines read.
    pub(super) line: u64,
    /// Bytes read.
    pub(super) offset: u64,
}

/// What [`Stream::line_into`] found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A line, with its line end if it has one.
    Whole,
    /// A line over the limit, passed over: the buffer holds its beginning, here is its length.
    TooLong(u64),
    /// Nothing is left.
    End,
}

impl Stream {
    /// Opens a file or standard input and decompresses it as its first bytes show.
    pub(super) fn open(source: &Source, options: &ReadOptions, read: Arc<AtomicU64>) -> Result<Stream, Reject> {
        let raw: Box<dyn Read + Send> = if source.is_stdin() {
            Box::new(io::stdin())
        } else {
            let file = File::open(&source.name).map_err(|e| unreadable(&e))?;
            if file.metadata().is_ok_and(|m| m.is_dir()) {
                return Err(Reject::new(RejectKind::Unreadable, "is a directory now; it was a file before", Vec::new()));
            }
            Box::new(file)
        };
        Stream::over(raw, options, read)
    }

    /// Over bytes in memory.
    pub(super) fn of_bytes(bytes: Vec<u8>, options: &ReadOptions) -> Result<Stream, Reject> {
        Stream::over(Box::new(Cursor::new(bytes)), options, Arc::default())
    }

    fn over(raw: Box<dyn Read + Send>, options: &ReadOptions, read: Arc<AtomicU64>) -> Result<Stream, Reject> {
        let here = Arc::new(AtomicU64::new(0));
        let counted = Counted { inner: raw, here: here.clone(), all: read };
        let mut raw = BufReader::with_capacity(BUFFER, counted);
        let compression = Compression::of_bytes(raw.fill_buf().map_err(|e| unreadable(&e))?);
        let broken = |error: io::Error| Reject::new(RejectKind::Compressed, format!("cannot be decompressed: {error}"), Vec::new());
        let plain: Box<dyn Read + Send> = match compression {
            None => return Ok(Stream { inner: Box::new(raw), compression, line: 0, offset: 0 }),
            Some(Compression::Gzip) => Box::new(flate2::bufread::MultiGzDecoder::new(raw)),
            Some(Compression::Bzip2) => Box::new(bzip2::bufread::MultiBzDecoder::new(raw)),
            Some(Compression::Zstd) => {
                let mut decoder = zstd::stream::read::Decoder::with_buffer(raw).map_err(broken)?;
                decoder.window_log_max(DECODER_MEMORY.ilog2()).map_err(broken)?;
                Box::new(decoder)
            }
            Some(Compression::Xz) => {
                let stream = liblzma::stream::Stream::new_auto_decoder(DECODER_MEMORY, liblzma::stream::CONCATENATED)
                    .map_err(|e| broken(e.into()))?;
                Box::new(liblzma::bufread::XzDecoder::new_stream(raw, stream))
            }
        };
        let bounded = Bounded { inner: plain, compressed: here, out: 0, ratio: options.max_ratio };
        Ok(Stream { inner: Box::new(BufReader::with_capacity(BUFFER, bounded)), compression, line: 0, offset: 0 })
    }

    /// The next bytes, without taking them; empty at the end.
    pub(super) fn peek(&mut self) -> Result<&[u8], Reject> {
        // Interrupted calls are tried again. The borrow checker does not see that the loop returns its borrow.
        loop {
            match self.inner.fill_buf() {
                Ok(_) => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(failure(&error, self.compression, self.offset)),
            }
        }
        let (compression, offset) = (self.compression, self.offset);
        self.inner.fill_buf().map_err(|error| failure(&error, compression, offset))
    }

    /// Takes bytes that [`peek`](Stream::peek) showed.
    pub(super) fn consume(&mut self, count: usize) {
        self.inner.consume(count);
        self.offset += count as u64;
    }

    /// Reads a line into `line` (cleared first), which holds at most `limit` bytes.
    pub(super) fn line_into(&mut self, line: &mut Vec<u8>, limit: usize) -> Result<Line, Reject> {
        line.clear();
        let mut length = 0_u64;
        loop {
            if let Err(mut reject) = self.peek() {
                // The beginning of the line that was lost.
                line.truncate(RAW_KEPT);
                reject.raw = std::mem::take(line);
                return Err(reject);
            }
            let available = self.peek()?;
            if available.is_empty() {
                break;
            }
            let (used, ended) = match memchr::memchr(b'\n', available) {
                Some(at) => (at + 1, true),
                None => (available.len(), false),
            };
            if length + used as u64 <= limit as u64 {
                line.extend_from_slice(&available[..used]);
            } else if line.len() > RAW_KEPT {
                line.truncate(RAW_KEPT);
                line.shrink_to_fit();
            } else {
                let room = RAW_KEPT.saturating_sub(line.len()).min(used);
                line.extend_from_slice(&available[..room]);
            }
            length += used as u64;
            self.consume(used);
            if ended {
                break;
            }
        }
        if length == 0 {
            return Ok(Line::End);
        }
        self.line += 1;
        Ok(if length > limit as u64 { Line::TooLong(length) } else { Line::Whole })
    }

    /// Reads up to `count` bytes into `out`, which holds at most `limit`; how many there were.
    pub(super) fn take_into(&mut self, out: &mut Vec<u8>, count: u64, limit: usize) -> Result<u64, Reject> {
        out.clear();
        let mut done = 0;
        while done < count {
            let available = self.peek()?;
            if available.is_empty() {
                break;
            }
            let used = usize::try_from(count - done).unwrap_or(usize::MAX).min(available.len());
            let room = limit.saturating_sub(out.len()).min(used);
            out.extend_from_slice(&available[..room]);
            self.consume(used);
            done += used as u64;
        }
        Ok(done)
    }

    /// From here on, UTF-8: takes a byte order mark away, decodes UTF-16 that has one, or `label`.
    pub(super) fn decode(&mut self, label: Option<&str>) -> Result<(), Reject> {
        let start = self.peek()?;
        let (encoding, mark) = match Encoding::for_bom(start) {
            Some((encoding, mark)) => (encoding, mark),
            None => match label.map(|l| Encoding::for_label(l.as_bytes()).ok_or(l)) {
                Some(Ok(encoding)) => (encoding, 0),
                Some(Err(label)) => {
                    return Err(Reject::new(
                        RejectKind::Unreadable,
                        format!("unknown encoding {label:?}; use a name such as utf-8"),
                        Vec::new(),
                    ));
                }
                None => (UTF_8, 0),
            },
        };
        self.consume(mark);
        if encoding != UTF_8 {
            let inner = std::mem::replace(&mut self.inner, Box::new(io::empty()));
            let wide = encoding == UTF_16LE || encoding == UTF_16BE;
            let decoder = encoding.new_decoder_without_bom_handling();
            let recoded = Recoded { inner, decoder, done: false, least: if wide { 16 } else { 8 } };
            self.inner = Box::new(BufReader::with_capacity(BUFFER, recoded));
        }
        Ok(())
    }

    /// Spools the rest to a temporary file, for formats that are read from their end.
    pub(super) fn spool(&mut self) -> Result<File, Reject> {
        let spool = |error: io::Error| Reject::new(RejectKind::Unreadable, format!("no room for a temporary copy ({error})"), Vec::new());
        let mut file = tempfile::tempfile().map_err(spool)?;
        loop {
            let available = self.peek()?;
            if available.is_empty() {
                break;
            }
            file.write_all(available).map_err(spool)?;
            let used = available.len();
            self.consume(used);
        }
        file.rewind().map_err(spool)?;
        Ok(file)
    }
}

/// Counts what is taken from the disk.
struct Counted {
    inner: Box<dyn Read + Send>,
    here: Arc<AtomicU64>,
    all: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        self.here.fetch_add(count as u64, Ordering::Relaxed);
        self.all.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// Stops data that grow beyond all measure.
struct Bounded {
    inner: Box<dyn Read + Send>,
    compressed: Arc<AtomicU64>,
    out: u64,
    ratio: u64,
}

/// Says that the limit was met; recognised by its type.
#[derive(Debug, thiserror::Error)]
#[error("grew beyond {0} times its size")]
struct Bomb(u64);

impl Read for Bounded {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        self.out += count as u64;
        let limit = self.compressed.load(Ordering::Relaxed).saturating_mul(self.ratio).max(RATIO_FREE);
        if self.out > limit {
            return Err(io::Error::other(Bomb(self.ratio)));
        }
        Ok(count)
    }
}

/// Decodes to UTF-8.
struct Recoded {
    inner: Box<dyn BufRead + Send>,
    decoder: Decoder,
    done: bool,
    least: usize,
}

impl Read for Recoded {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.len() < self.least {
            return Err(io::Error::other("buffer too small"));
        }
        while !self.done {
            let input = self.inner.fill_buf()?;
            let last = input.is_empty();
            let (result, used, written, _) = self.decoder.decode_to_utf8(input, out, last);
            self.inner.consume(used);
            self.done = last && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

/// What a failed read means.
fn failure(error: &io::Error, compression: Option<Compression>, offset: u64) -> Reject {
    let inner = error.get_ref();
    if let Some(Bomb(ratio)) = inner.and_then(|e| e.downcast_ref()) {
        let message = format!("grows beyond {ratio} times its size ({offset} bytes so far); raise --max-ratio if that is right");
        return Reject::new(RejectKind::Bomb, message, Vec::new());
    }
    match compression {
        Some(compression) => {
            let what = if error.kind() == io::ErrorKind::UnexpectedEof { "ends early".to_string() } else { format!("is broken ({error})") };
            let message = format!("the {} data {what} after {offset} bytes of text; what came before is kept", compression.name());
            Reject::new(RejectKind::Compressed, message, Vec::new())
        }
        None => unreadable(error),
    }
}
