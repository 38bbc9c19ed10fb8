//! Whole archives: from files, folders and streams of any supported format to tidy tables, with all cores and fixed memory.
//!
//! [`inputs`](find_inputs) finds what to read; a reader thread cuts it into raw records; workers parse and score them, each with one
//! reused [`Scratch`](crate::Scratch); one ordered writer appends to the tables, so that the output is the same for any number of
//! workers. A [journal](Journal) remembers how far the output is safe, so that a run can go on after a kill at any moment.
//!
//! [`generate`] makes seeded texts to measure on.
//!
//! | module | what |
//! | --- | --- |
//! | `inputs` | files, folders, globs, standard input; format and compression of each |
//! | `read/` | one reader a format, all of one shape: [`RecordReader`] |
//! | `record` | raw records, documents, what was wrong with a record |
//! | `tables` | the columns of every table and their cells |
//! | `write/` | one writer a format; a spool that only grows, made into the output at the end |
//! | `run` | the threads |
//! | `results` | rows of tables that were written, read back |
//! | `rows` | documents in memory to Arrow batches, for callers with their own reader and threads |
//! | `journal`, `tally`, `language`, `compare` | what the names say |

#[cfg(feature = "corpus")]
mod compare;
#[cfg(feature = "corpus")]
mod error;
pub mod generate;
#[cfg(feature = "corpus")]
mod inputs;
#[cfg(feature = "corpus")]
mod journal;
#[cfg(feature = "corpus")]
mod language;
#[cfg(feature = "corpus")]
mod read;
#[cfg(feature = "corpus")]
mod record;
#[cfg(feature = "corpus")]
mod results;
#[cfg(all(feature = "corpus", feature = "parquet"))]
mod rows;
#[cfg(feature = "corpus")]
mod run;
#[cfg(feature = "corpus")]
mod tables;
#[cfg(feature = "corpus")]
mod tally;
#[cfg(feature = "corpus")]
mod write;

#[cfg(feature = "corpus")]
pub use compare::{CompareOptions, Comparison, CueDifference, FigureDifference, Interval, MeanDifference, Side, compare};
#[cfg(feature = "corpus")]
pub use error::{CorpusError, RejectKind};
#[cfg(feature = "corpus")]
pub use inputs::{Compression, FindOptions, Format, Source, find_inputs, find_source, source_of};
#[cfg(feature = "corpus")]
pub use journal::{Journal, Position};
#[cfg(feature = "corpus")]
pub use language::{Language, detect as detect_language};
#[cfg(feature = "corpus")]
pub use read::{ReadOptions, RecordReader, open as open_source, read_slice};
#[cfg(feature = "corpus")]
pub use record::{Document, Fields, Payload, Place, RawRecord, Reject, named_figures, prepare};
#[cfg(feature = "corpus")]
pub use results::{Value, read_table, table_provenance};
#[cfg(all(feature = "corpus", feature = "parquet"))]
pub use rows::{RowScorer, report_batch};
#[cfg(feature = "corpus")]
pub use run::{Job, Outcome, Progress, run};
#[cfg(feature = "corpus")]
pub use tables::{ALARM_PARTS, Cell, Column, ColumnKind, SARCASM_CUES, Table, TableKind, Tables};
#[cfg(feature = "corpus")]
pub use tally::{Distribution, Tally};
#[cfg(feature = "corpus")]
pub use write::{OutputFormat, Outputs, sibling};
