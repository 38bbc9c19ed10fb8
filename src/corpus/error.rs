//! What can go wrong: with a run as a whole ([`CorpusError`]), and with one record ([`RejectKind`]).

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Why a run did not start or could not go on. One line: where, what, and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// A named input is not there.
    #[error("{0}: no such file or folder; check the path")]
    Missing(String),
    /// A pattern or folder gave no file.
    #[error("{0}: no file in it can be read as text; say --input-format, or see --dry-run")]
    Nothing(String),
    /// A pattern that is none.
    #[error("{pattern}: not a pattern ({message}); quote * and ? from the shell")]
    Pattern {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        message: String,
    },
    /// Reading or writing a file of the run itself failed.
    #[error("{}: {error}{}", .path.display(), hint(.error))]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        error: std::io::Error,
    },
    /// An output is there already.
    #[error("{}: is there already; --overwrite to replace it, or choose another name", .0.display())]
    Exists(PathBuf),
    /// An unfinished run is there already.
    #[error("{}: an unfinished run is there; --resume to go on, --overwrite to start again", .0.display())]
    Unfinished(PathBuf),
    /// Another process writes the output.
    #[error("{}: another run is writing it; wait for it, or choose another name", .0.display())]
    Busy(PathBuf),
    /// A journal does not fit the run.
    #[error("{}: cannot go on, {what}; start again with --overwrite", .path.display())]
    Journal {
        /// The journal.
        path: PathBuf,
        /// What does not fit.
        what: String,
    },
    /// The name does not say the output's format.
    #[error("{0}: cannot tell the output's format from its name; use .jsonl, .csv, .parquet or .arrow, or say --output-format")]
    OutputFormat(String),
    /// Two columns of one name.
    #[error("--keep {0}: the tables have a column of that name; write --keep {0}=OTHER_NAME")]
    Column(String),
    /// Encoding of a table failed.
    #[error("{}: cannot write the table: {message}", .path.display())]
    Encode {
        /// The output.
        path: PathBuf,
        /// What the encoder said.
        message: String,
    },
    /// A table to compare cannot be read.
    #[error("{}: {message}", .path.display())]
    Table {
        /// The table.
        path: PathBuf,
        /// What is wrong with it and what to do.
        message: String,
    },
    /// A thread of the run ended too early.
    #[error("a worker stopped unexpectedly; please report this, with the input if you can")]
    Worker,
}

impl CorpusError {
    /// For `map_err` beside an I/O call on `path`.
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> CorpusError {
        let path = path.into();
        move |error| CorpusError::Io { path, error }
    }
}

fn hint(error: &std::io::Error) -> &'static str {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => "; make room and run again with --resume",
        std::io::ErrorKind::PermissionDenied => "; check its permissions",
        std::io::ErrorKind::NotFound => "; check that its folder is there",
        _ => "",
    }
}

/// What was wrong with a record; the name in the rejects file and in summaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RejectKind {
    /// Not JSON.
    Json,
    /// No text field.
    NoText,
    /// The text field holds no text.
    NotText,
    /// Bytes that are not UTF-8.
    Utf8,
    /// Longer than the limit.
    TooLong,
    /// Another number of columns than the header.
    Columns,
    /// A quote that is never closed, or closed lines later.
    StrayQuote,
    /// Compressed data that end early or are broken; what came before is kept.
    Compressed,
    /// Data that swell beyond the limit when decompressed.
    Bomb,
    /// A Parquet or Arrow page that cannot be decoded.
    Page,
    /// A WARC record that is none.
    Warc,
    /// A page in which no text was found.
    Html,
    /// A file that is no text in any encoding.
    Binary,
    /// A file that cannot be read (any more).
    Unreadable,
    /// The field of the figures names none.
    Figures,
    /// The scorer failed.
    Analysis,
}

impl RejectKind {
    /// The name in the rejects file.
    pub fn name(self) -> &'static str {
        match self {
            RejectKind::Json => "json",
            RejectKind::NoText => "no_text",
            RejectKind::NotText => "not_text",
            RejectKind::Utf8 => "utf8",
            RejectKind::TooLong => "too_long",
            RejectKind::Columns => "columns",
            RejectKind::StrayQuote => "stray_quote",
            RejectKind::Compressed => "compressed",
            RejectKind::Bomb => "bomb",
            RejectKind::Page => "page",
            RejectKind::Warc => "warc",
            RejectKind::Html => "html",
            RejectKind::Binary => "binary",
            RejectKind::Unreadable => "unreadable",
            RejectKind::Figures => "figures",
            RejectKind::Analysis => "analysis",
        }
    }
}
