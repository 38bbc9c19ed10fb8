//! How far the output of a run is safe. The journal is one small file, replaced as a whole, so that it is never half written.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::CorpusError;
use super::tally::Tally;

/// Where reading goes on: the source, and the records of it that are done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Number of the source.
    pub source: usize,
    /// Records done.
    pub record: u64,
}

/// What is known of an unfinished run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journal {
    /// Version of this form.
    pub journal: u32,
    /// Hash of everything that decides the output's bytes but the input: version, lexicons, options, columns.
    pub settings: String,
    /// Hash of the sources: names, sizes, times of change.
    pub inputs: String,
    /// Where reading goes on.
    pub position: Position,
    /// Safe bytes of each spool.
    pub lengths: Vec<u64>,
    /// Safe bytes of the rejects file.
    pub rejects: u64,
    /// Counts up to here.
    pub tally: Tally,
    /// All is read; outputs are being put in place.
    pub finishing: bool,
}

/// Version of the form above.
pub(crate) const VERSION: u32 = 1;

impl Journal {
    /// Reads a journal; nothing if there is none.
    pub(crate) fn read(path: &Path) -> Result<Option<Journal>, CorpusError> {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(CorpusError::Io { path: path.to_path_buf(), error }),
        };
        let bad = |what: &str| CorpusError::Journal { path: path.to_path_buf(), what: what.to_string() };
        let journal: Journal = serde_json::from_slice(&bytes).map_err(|_| bad("it is not a journal of this version"))?;
        if journal.journal != VERSION {
            return Err(bad("it is a journal of another version"));
        }
        Ok(Some(journal))
    }

    /// Puts this journal in the place of the one before.
    pub(crate) fn write(&self, path: &Path, durable: bool) -> Result<(), CorpusError> {
        let mut temporary = path.as_os_str().to_os_string();
        temporary.push(".new");
        let write = || -> std::io::Result<()> {
            let mut file = File::create(&temporary)?;
            serde_json::to_writer(&mut file, self)?;
            file.write_all(b"\n")?;
            if durable {
                file.sync_all()?;
            }
            std::fs::rename(&temporary, path)
        };
        write().map_err(CorpusError::io(path))
    }
}
