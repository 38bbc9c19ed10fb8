//! Writers: tables in one of the formats.
//!
//! While a run goes on, each table is a *spool* beside its output (`OUT.partial`) that only grows, so that a journal can say how much of
//! it is safe. For JSON Lines and CSV the spool is the output and is renamed at the end. For Parquet and Arrow, whose files end in a
//! table of contents, it is a row of finished row groups, copied behind each other without decoding when all is there.

#[cfg(feature = "parquet")]
mod columnar;
mod lines;
pub(super) mod spool;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::CorpusError;
use super::tables::{Scored, Table, TableKind, Tables};

pub(crate) use spool::Spool;

/// Form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OutputFormat {
    /// JSON Lines.
    Jsonl,
    /// CSV with a header line.
    Csv,
    /// Parquet, compressed with zstd.
    Parquet,
    /// An Arrow IPC file (Feather 2).
    Arrow,
}

impl OutputFormat {
    /// The format that a name asks for.
    pub fn of_name(name: &Path) -> Option<OutputFormat> {
        Some(match name.extension()?.to_string_lossy().to_ascii_lowercase().as_str() {
            "jsonl" | "ndjson" => OutputFormat::Jsonl,
            "csv" => OutputFormat::Csv,
            "parquet" | "pq" => OutputFormat::Parquet,
            "arrow" | "feather" | "ipc" => OutputFormat::Arrow,
            _ => return None,
        })
    }

    /// The usual extension.
    pub fn extension(self) -> &'static str {
        match self {
            OutputFormat::Jsonl => "jsonl",
            OutputFormat::Csv => "csv",
            OutputFormat::Parquet => "parquet",
            OutputFormat::Arrow => "arrow",
        }
    }

    /// Whether it is written in row groups.
    pub(crate) fn is_columnar(self) -> bool {
        matches!(self, OutputFormat::Parquet | OutputFormat::Arrow)
    }
}

/// The files of a run.
#[derive(Clone, Debug)]
pub struct Outputs {
    /// The main output.
    pub path: PathBuf,
    /// Its form.
    pub format: OutputFormat,
    /// Its tables; the first has the main output's name.
    pub tables: Vec<Table>,
    /// The rejects file, where it is not to stand beside the main output.
    pub rejects: Option<PathBuf>,
}

impl Outputs {
    /// Whether the output is standard output: one table of lines, without a journal.
    pub fn is_stdout(&self) -> bool {
        self.path == Path::new("-")
    }

    /// Path of a table: `scores.parquet`, `scores.stances.parquet`.
    pub fn table_path(&self, index: usize) -> PathBuf {
        let name = self.tables.get(index).map_or("", |t| t.kind.name());
        if index == 0 { self.path.clone() } else { sibling(&self.path, name) }
    }

    /// The rejects file: `scores.parquet.rejects.jsonl`; none beside standard output unless one was named.
    pub fn rejects(&self) -> Option<PathBuf> {
        self.rejects.clone().or_else(|| (!self.is_stdout()).then(|| with_suffix(&self.path, ".rejects.jsonl")))
    }

    /// The journal: `scores.parquet.journal`.
    pub fn journal(&self) -> PathBuf {
        with_suffix(&self.path, ".journal")
    }

    /// The spool of a table: `scores.parquet.partial`.
    pub fn spool(&self, index: usize) -> PathBuf {
        with_suffix(&self.table_path(index), ".partial")
    }

    /// What can be read of a table after an interruption: the spool itself, for row groups `scores.sofar.parquet`.
    pub fn so_far(&self, index: usize) -> PathBuf {
        if self.format.is_columnar() { sibling(&self.table_path(index), "sofar") } else { self.spool(index) }
    }
}

/// Path of a table beside the main output: `scores.parquet` and `stances` give `scores.stances.parquet`.
pub fn sibling(path: &Path, part: &str) -> PathBuf {
    let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let name = match path.extension() {
        Some(extension) => format!("{stem}.{part}.{}", extension.to_string_lossy()),
        None => format!("{stem}.{part}"),
    };
    path.with_file_name(name)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(suffix);
    PathBuf::from(name)
}

/// Rows of one table from one worker.
pub(crate) enum Part {
    /// Lines as they stand in the output.
    Bytes(Vec<u8>),
    /// A batch.
    #[cfg(feature = "parquet")]
    Batch(arrow_array::RecordBatch),
}

/// Collects the rows of some documents for each table.
pub(crate) struct Encoder {
    tables: Tables,
    list: Vec<(TableKind, Encoding)>,
}

enum Encoding {
    Csv(lines::CsvRows),
    Json(lines::JsonRows),
    #[cfg(feature = "parquet")]
    Batch(Box<crate::report::arrow::TableBuilder>),
}

impl Encoder {
    pub(crate) fn new(tables: &Tables, outputs: &Outputs) -> Result<Encoder, CorpusError> {
        let encoding = |table: &Table| {
            Ok((
                table.kind,
                match outputs.format {
                    OutputFormat::Csv => Encoding::Csv(lines::CsvRows::default()),
                    OutputFormat::Jsonl => Encoding::Json(lines::JsonRows::new(&table.columns)),
                    #[cfg(feature = "parquet")]
                    OutputFormat::Parquet | OutputFormat::Arrow => {
                        Encoding::Batch(Box::new(crate::report::arrow::TableBuilder::new(&table.columns)))
                    }
                    #[cfg(not(feature = "parquet"))]
                    OutputFormat::Parquet | OutputFormat::Arrow => {
                        return Err(CorpusError::Encode {
                            path: outputs.path.clone(),
                            message: "this build writes no Parquet or Arrow; build it with the feature `parquet`".into(),
                        });
                    }
                },
            ))
        };
        Ok(Encoder { tables: tables.clone(), list: outputs.tables.iter().map(encoding).collect::<Result<_, CorpusError>>()? })
    }

    /// Adds a document to every table.
    pub(crate) fn push(&mut self, scored: &Scored<'_>) {
        for (kind, encoding) in &mut self.list {
            match encoding {
                Encoding::Csv(rows) => self.tables.rows(*kind, scored, |row| rows.push(row)),
                Encoding::Json(rows) if *kind == TableKind::Reports => rows.report(scored, self.tables.keep()),
                Encoding::Json(rows) => self.tables.rows(*kind, scored, |row| rows.push(row)),
                #[cfg(feature = "parquet")]
                Encoding::Batch(rows) => self.tables.rows(*kind, scored, |row| rows.push(row)),
            }
        }
    }

    /// What was collected, by table; the encoder is empty again.
    pub(crate) fn take(&mut self) -> Result<Vec<Part>, String> {
        let part = |(_, encoding): &mut (TableKind, Encoding)| {
            Ok(match encoding {
                Encoding::Csv(rows) => Part::Bytes(rows.take()),
                Encoding::Json(rows) => Part::Bytes(rows.take()),
                #[cfg(feature = "parquet")]
                Encoding::Batch(rows) => Part::Batch(rows.finish().map_err(|e| e.to_string())?),
            })
        };
        self.list.iter_mut().map(part).collect()
    }
}
