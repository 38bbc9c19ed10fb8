//! The spool of one table: it only grows, can be cut back to a length that is known to be safe, and becomes the output.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{BufWriter, Seek, SeekFrom, Stdout, Write};
use std::path::{Path, PathBuf};

use super::{OutputFormat, Part, Table, TableKind, lines};
use crate::corpus::error::CorpusError;

/// Where a table goes while it grows.
enum Sink {
    File(BufWriter<File>),
    Stdout(BufWriter<Stdout>),
}

impl Sink {
    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Sink::File(file) => file,
            Sink::Stdout(stdout) => stdout,
        }
    }
}

const BUFFER: usize = 1 << 17;

/// A table while it grows.
pub(crate) struct Spool {
    path: PathBuf,
    sink: Sink,
    length: u64,
    #[cfg(feature = "parquet")]
    format: OutputFormat,
    #[cfg(feature = "parquet")]
    pending: Vec<arrow_array::RecordBatch>,
    rows: usize,
    #[cfg(feature = "parquet")]
    table: Table,
}

impl Spool {
    /// Opens the spool at `path`: anew, or cut back to `keep` bytes. It is locked while it is open; `stale`, a journal that is true no
    /// longer, is removed before anything is cut.
    pub(crate) fn open(
        path: &Path,
        table: &Table,
        format: OutputFormat,
        keep: Option<u64>,
        stale: Option<&Path>,
    ) -> Result<Spool, CorpusError> {
        let io = || CorpusError::io(path);
        let mut file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(path).map_err(io())?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(CorpusError::Busy(path.to_path_buf())),
            // A file system without locks.
            Err(TryLockError::Error(_)) => {}
        }
        if let Some(stale) = stale {
            // It may not be there.
            let _ = std::fs::remove_file(stale);
        }
        let length = keep.unwrap_or(0);
        if file.metadata().map_err(io())?.len() < length {
            return Err(CorpusError::Journal { path: path.to_path_buf(), what: "it is shorter than its journal says".into() });
        }
        file.set_len(length).map_err(io())?;
        file.seek(SeekFrom::End(0)).map_err(io())?;
        Spool::over(path, Sink::File(BufWriter::with_capacity(BUFFER, file)), length, table, format)
    }

    /// Standard output, which can neither be cut back nor finished.
    pub(crate) fn stdout(table: &Table, format: OutputFormat) -> Result<Spool, CorpusError> {
        let sink = Sink::Stdout(BufWriter::with_capacity(BUFFER, std::io::stdout()));
        Spool::over(Path::new("standard output"), sink, 0, table, format)
    }

    fn over(path: &Path, sink: Sink, length: u64, table: &Table, format: OutputFormat) -> Result<Spool, CorpusError> {
        let mut spool = Spool {
            path: path.to_path_buf(),
            sink,
            length,
            #[cfg(feature = "parquet")]
            format,
            #[cfg(feature = "parquet")]
            pending: Vec::new(),
            rows: 0,
            #[cfg(feature = "parquet")]
            table: table.clone(),
        };
        if length == 0 && format == OutputFormat::Csv && table.kind != TableKind::Reports {
            spool.bytes(&lines::csv_header(&table.columns))?;
        }
        Ok(spool)
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), CorpusError> {
        self.sink.writer().write_all(bytes).map_err(CorpusError::io(&self.path))?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Adds rows; those of a row group wait in memory.
    pub(crate) fn append(&mut self, part: Part) -> Result<(), CorpusError> {
        match part {
            Part::Bytes(bytes) => self.bytes(&bytes),
            #[cfg(feature = "parquet")]
            Part::Batch(batch) => {
                self.rows += batch.num_rows();
                self.pending.push(batch);
                Ok(())
            }
        }
    }

    /// Rows that wait for their row group.
    pub(crate) fn waiting(&self) -> usize {
        self.rows
    }

    /// Writes the waiting rows as a row group.
    pub(crate) fn cut(&mut self) -> Result<(), CorpusError> {
        #[cfg(feature = "parquet")]
        if self.rows > 0 {
            let segment = super::columnar::segment(&self.table, self.format, &self.pending)
                .map_err(|message| CorpusError::Encode { path: self.path.clone(), message })?;
            self.bytes(&(segment.len() as u64).to_le_bytes())?;
            self.bytes(&segment)?;
            self.pending.clear();
        }
        self.rows = 0;
        Ok(())
    }

    /// Hands all that was written to the system, to the disk if `durable`; the length that is safe now.
    pub(crate) fn commit(&mut self, durable: bool) -> Result<u64, CorpusError> {
        self.sink.writer().flush().map_err(CorpusError::io(&self.path))?;
        if let (true, Sink::File(file)) = (durable, &self.sink) {
            file.get_ref().sync_data().map_err(CorpusError::io(&self.path))?;
        }
        Ok(self.length)
    }
}

/// Makes the output of a finished spool; the spool is gone afterwards. A spool that is gone already was finished before.
pub(crate) fn finish(
    spool: &Path,
    out: &Path,
    table: &Table,
    format: OutputFormat,
    metadata: &[(String, String)],
) -> Result<(), CorpusError> {
    if !spool.exists() {
        return Ok(());
    }
    if !format.is_columnar() {
        return std::fs::rename(spool, out).map_err(CorpusError::io(out));
    }
    assemble(spool, out, table, format, metadata)?;
    std::fs::remove_file(spool).map_err(CorpusError::io(spool))
}

/// Writes what a spool holds as a file that can be opened, under a temporary name first.
pub(crate) fn assemble(
    spool: &Path,
    out: &Path,
    table: &Table,
    format: OutputFormat,
    metadata: &[(String, String)],
) -> Result<(), CorpusError> {
    #[cfg(feature = "parquet")]
    {
        let temporary = super::with_suffix(out, ".new");
        super::columnar::assemble(spool, &temporary, table, format, metadata)?;
        std::fs::rename(&temporary, out).map_err(CorpusError::io(out))
    }
    #[cfg(not(feature = "parquet"))]
    {
        let _ = (spool, table, format, metadata);
        Err(CorpusError::Encode { path: out.to_path_buf(), message: "built without the feature `parquet`".into() })
    }
}
