//! What the compressed buffers of an Arrow file say of their size: the reader takes memory for it before it looks at them.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use arrow_ipc::{RecordBatch, root_as_footer, root_as_message};

use super::stream::RATIO_FREE;

/// Longest header of a message, and longest table of contents.
const HEADER: usize = 64 << 20;

/// Whether a buffer grows beyond `ratio` times its size. A file that cannot be understood does not; its reader says what is wrong.
pub(super) fn swells(file: &mut File, ratio: u64) -> bool {
    let found = Check { file, ratio }.all().unwrap_or(false);
    // A file that cannot be rewound cannot be read either, which its reader will find.
    let _ = file.rewind();
    found
}

struct Check<'f> {
    file: &'f mut File,
    ratio: u64,
}

impl Check<'_> {
    fn all(&mut self) -> Option<bool> {
        let mut start = [0_u8; 6];
        self.file.read_exact(&mut start).ok()?;
        if start == *b"ARROW1" { self.blocks() } else { self.messages() }
    }

    /// A file: its table of contents says where the batches are.
    fn blocks(&mut self) -> Option<bool> {
        self.file.seek(SeekFrom::End(-10)).ok()?;
        let length = usize::try_from(self.int()?).ok().filter(|length| *length <= HEADER)?;
        self.file.seek(SeekFrom::End(-10 - i64::try_from(length).ok()?)).ok()?;
        let footer = self.bytes(length)?;
        let footer = root_as_footer(&footer).ok()?;
        let lists = [footer.dictionaries(), footer.recordBatches()];
        for block in lists.into_iter().flatten().flatten() {
            let at = u64::try_from(block.offset()).ok()?;
            self.file.seek(SeekFrom::Start(at)).ok()?;
            let body = at.checked_add(u64::try_from(block.metaDataLength()).ok()?)?;
            if self.message(Some(body))?.0 {
                return Some(true);
            }
        }
        Some(false)
    }

    /// A stream: one message after the other.
    fn messages(&mut self) -> Option<bool> {
        let mut next = 0;
        loop {
            self.file.seek(SeekFrom::Start(next)).ok()?;
            let (swells, end) = self.message(None)?;
            if swells || end <= next {
                return Some(swells);
            }
            next = end;
        }
    }

    /// The message here, whose body is at `body` or follows: whether it swells, and where it ends.
    fn message(&mut self, body: Option<u64>) -> Option<(bool, u64)> {
        let mut length = self.int()?;
        if length == -1 {
            length = self.int()?;
        }
        let header = self.bytes(usize::try_from(length).ok().filter(|length| *length <= HEADER)?)?;
        let message = root_as_message(&header).ok()?;
        let body = body.or_else(|| self.file.stream_position().ok())?;
        let end = body.checked_add(u64::try_from(message.bodyLength()).ok()?)?;
        let batch = message.header_as_record_batch().or_else(|| message.header_as_dictionary_batch().and_then(|d| d.data()));
        Some((batch.is_some_and(|batch| self.batch(&batch, body)), end))
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
