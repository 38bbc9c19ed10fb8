//! What the messages and compressed buffers of an Arrow file say of their size: the reader takes memory for it before it looks at them.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use arrow_ipc::{RecordBatch, root_as_footer, root_as_message};

use super::stream::RATIO_FREE;

/// Longest header of a message, and longest table of contents.
const HEADER: usize = 64 << 20;

/// What an Arrow file claims. A file that cannot be understood claims nothing; its reader says what is wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Claims {
    /// A buffer grows beyond the ratio times its size.
    pub(super) swells: bool,
    /// A message says that it goes on beyond the end of the file; before it stand so many bytes of a stream, none of a file.
    pub(super) whole: Option<u64>,
}

/// Looks at all messages. The file is rewound.
pub(super) fn claims(file: &mut File, ratio: u64) -> Claims {
    let mut claims = Claims::default();
    if let Ok(metadata) = file.metadata() {
        let mut check = Check { file, ratio, size: metadata.len(), claims: Claims::default() };
        // Nothing: it ends, or cannot be understood.
        let _ = check.all();
        claims = check.claims;
    }
    // A file that cannot be rewound cannot be read either, which its reader will find.
    let _ = file.rewind();
    claims
}

struct Check<'f> {
    file: &'f mut File,
    ratio: u64,
    size: u64,
    claims: Claims,
}

impl Check<'_> {
    fn all(&mut self) -> Option<()> {
        // Even five bytes can be the length of two gigabytes that are to follow.
        let mut start = Vec::new();
        (&mut *self.file).take(6).read_to_end(&mut start).ok()?;
        if start == b"ARROW1" { self.blocks() } else { self.messages() }
    }

    /// A file: its table of contents says where the batches are.
    fn blocks(&mut self) -> Option<()> {
        self.file.seek(SeekFrom::End(-10)).ok()?;
        let length = usize::try_from(self.int()?).ok().filter(|length| *length <= HEADER)?;
        self.file.seek(SeekFrom::End(-10 - i64::try_from(length).ok()?)).ok()?;
        let footer = self.bytes(length)?;
        let footer = root_as_footer(&footer).ok()?;
        let lists = [footer.dictionaries(), footer.recordBatches()];
        for block in lists.into_iter().flatten().flatten() {
            let body = self.within(Some(block.offset()), block.metaDataLength().into());
            if body.and_then(|body| self.within(i64::try_from(body).ok(), block.bodyLength())).is_none() {
                self.claims.whole = Some(0);
                return None;
            }
            self.file.seek(SeekFrom::Start(u64::try_from(block.offset()).ok()?)).ok()?;
            self.message(body, 0)?;
        }
        Some(())
    }

    /// A stream: one message after the other.
    fn messages(&mut self) -> Option<()> {
        let mut next = 0;
        loop {
            self.file.seek(SeekFrom::Start(next)).ok()?;
            let end = self.message(None, next)?;
            if end <= next {
                return None;
            }
            next = end;
        }
    }

    /// The end of so many bytes from `at`, if it is within the file.
    fn within(&self, at: Option<i64>, length: i64) -> Option<u64> {
        let length = u64::try_from(length).ok()?;
        u64::try_from(at?).ok()?.checked_add(length).filter(|end| *end <= self.size)
    }

    /// The message here, whose body is at `body` or follows: where it ends. Before it are `whole` bytes.
    fn message(&mut self, body: Option<u64>, whole: u64) -> Option<u64> {
        let mut length = self.int()?;
        if length == -1 {
            length = self.int()?;
        }
        let length = usize::try_from(length).ok().filter(|length| *length > 0)?;
        let here = self.file.stream_position().ok()?;
        if here.saturating_add(length as u64) > self.size {
            self.claims.whole = Some(whole);
            return None;
        }
        let header = self.bytes(Some(length).filter(|length| *length <= HEADER)?)?;
        let message = root_as_message(&header).ok()?;
        let body = body.or_else(|| self.file.stream_position().ok())?;
        let Some(end) = self.within(i64::try_from(body).ok(), message.bodyLength()) else {
            self.claims.whole = Some(whole);
            return None;
        };
        let batch = message.header_as_record_batch().or_else(|| message.header_as_dictionary_batch().and_then(|d| d.data()));
        self.claims.swells |= batch.is_some_and(|batch| self.batch(&batch, body));
        Some(end)
    }

    fn batch(&mut self, batch: &RecordBatch<'_>, body: u64) -> bool {
        let Some(buffers) = batch.compression().and(batch.buffers()) else { return false };
        buffers.iter().any(|buffer| {
            let (at, packed) = (u64::try_from(buffer.offset()).unwrap_or(0), u64::try_from(buffer.length()).unwrap_or(0));
            let mut size = [0_u8; 8];
            let read = self.file.seek(SeekFrom::Start(body.saturating_add(at))).and_then(|_| self.file.read_exact(&mut size));
            // -1 is a buffer that was left as it is.
            packed > 8
                && read.is_ok()
                && u64::try_from(i64::from_le_bytes(size)).unwrap_or(0) > packed.saturating_mul(self.ratio).max(RATIO_FREE)
        })
    }

    fn int(&mut self) -> Option<i32> {
        let mut bytes = [0_u8; 4];
        self.file.read_exact(&mut bytes).ok()?;
        Some(i32::from_le_bytes(bytes))
    }

    fn bytes(&mut self, count: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        (&mut *self.file).take(count as u64).read_to_end(&mut bytes).ok()?;
        (bytes.len() == count).then_some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_length_beyond_the_end_is_seen_in_the_shortest_file() {
        // 0x7a0adf7b bytes of header are to follow: found by fuzzing, for the reader would take memory for them.
        for bytes in [&b"\x7b\xdf\x0a\x7a\x3a"[..], b"\x7b\xdf\x0a\x7a", b"\xff\xff\xff\xff\x7b\xdf\x0a\x7a"] {
            let mut file = tempfile::tempfile().expect("a file");
            file.write_all(bytes).expect("a few bytes");
            file.rewind().expect("the start");
            assert_eq!(claims(&mut file, 1000).whole, Some(0), "{bytes:?}");
        }
    }
}
