//! Rows of a table that a run wrote (CSV, Parquet, Arrow, JSON rows), a row at a time; also of one that another tool made of it.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use super::error::CorpusError;
use super::tables::{CUE_COLUMNS, DOCUMENT_COLUMNS};
use super::write::OutputFormat;
use crate::report::{self, Report};

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Missing.
    Null,
    /// Text, and what is neither text nor a number as it is shown: a date.
    Text(String),
    /// A count or a score.
    Number(f64),
}

impl Value {
    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The value as text; empty for a missing one.
    pub fn text(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Null => String::new(),
        }
    }
}

/// The columns of numbers; a cell of another column of CSV is text, whatever it looks like.
fn is_number(column: &str) -> bool {
    let lists = [report::PARAGRAPH_COLUMNS, report::STANCE_COLUMNS, DOCUMENT_COLUMNS, CUE_COLUMNS];
    let known = lists.into_iter().flatten().find(|(name, ..)| *name == column).map(|(_, kind, _)| *kind != "string");
    known.unwrap_or_else(|| ["alarm_", "sarcasm_", "custom_"].iter().any(|part| column.starts_with(part)))
}

fn bad(path: &Path, message: impl Into<String>) -> CorpusError {
    CorpusError::Table { path: path.to_path_buf(), message: message.into() }
}

/// Scores are single precision: what is read as text is the same number that Parquet holds.
fn number(cell: &str) -> Value {
    let score = || cell.parse::<f32>().map(f64::from).ok();
    let value = if cell.contains(['.', 'e']) { score() } else { cell.parse().ok() };
    value.map_or(Value::Null, Value::Number)
}

/// Whether a file is JSON Lines of whole reports.
pub(crate) fn holds_reports(path: &Path) -> Result<bool, CorpusError> {
    let file = File::open(path).map_err(CorpusError::io(path))?;
    if OutputFormat::of_name(path) != Some(OutputFormat::Jsonl) {
        return Ok(false);
    }
    let mut line = String::new();
    BufReader::new(file).read_line(&mut line).map_err(CorpusError::io(path))?;
    Ok(serde_json::from_str::<serde_json::Value>(&line).is_ok_and(|first| first.get("paragraphs").is_some()))
}

/// Hands each report to `each`.
pub(crate) fn reports(path: &Path, mut each: impl FnMut(Report)) -> Result<(), CorpusError> {
    let file = File::open(path).map_err(CorpusError::io(path))?;
    for (n, line) in BufReader::new(file).lines().enumerate() {
        let line = line.map_err(CorpusError::io(path))?;
        if line.trim().is_empty() {
            continue;
        }
        let report = serde_json::from_str(&line).map_err(|e| bad(path, format!("line {}: not a report of philippic: {e}", n + 1)))?;
        each(report);
    }
    Ok(())
}

/// Hands the asked-for cells of each row to `each`; the first `required` columns must be there, of the others cells are missing.
///
/// # Errors
/// [`CorpusError::Table`] for a file that is no table or lacks a column, [`CorpusError::Io`].
pub fn read_table(path: &Path, columns: &[&str], required: usize, mut each: impl FnMut(&[Value])) -> Result<(), CorpusError> {
    let check = |there: &[&str]| match columns[..required.min(columns.len())].iter().find(|name| !there.contains(name)) {
        Some(name) => {
            let there = there.iter().take(30).copied().collect::<Vec<_>>().join(", ");
            Err(bad(path, format!("no column {name:?} among {there}; give a table that `philippic batch` wrote")))
        }
        None => Ok(()),
    };
    match OutputFormat::of_name(path) {
        Some(OutputFormat::Csv) => {
            let mut reader = csv::Reader::from_path(path).map_err(|e| bad(path, e.to_string()))?;
            let header = reader.headers().map_err(|e| bad(path, e.to_string()))?.clone();
            check(&header.iter().collect::<Vec<_>>())?;
            let at: Vec<Option<usize>> = columns.iter().map(|name| header.iter().position(|h| h == *name)).collect();
            let mut record = csv::StringRecord::new();
            let mut row = Vec::new();
            while reader.read_record(&mut record).map_err(|e| bad(path, e.to_string()))? {
                row.clear();
                for (at, name) in at.iter().zip(columns) {
                    let cell = at.and_then(|i| record.get(i)).unwrap_or("");
                    row.push(match cell {
                        "" => Value::Null,
                        cell if is_number(name) => number(cell),
                        cell => Value::Text(cell.to_string()),
                    });
                }
                each(&row);
            }
            Ok(())
        }
        Some(OutputFormat::Jsonl) => {
            let file = File::open(path).map_err(CorpusError::io(path))?;
            for (n, line) in BufReader::new(file).lines().enumerate() {
                let line = line.map_err(CorpusError::io(path))?;
                let object: serde_json::Value =
                    serde_json::from_str(&line).map_err(|e| bad(path, format!("line {}: not JSON: {e}", n + 1)))?;
                if n == 0 {
                    check(&object.as_object().map(|o| o.keys().map(String::as_str).collect::<Vec<_>>()).unwrap_or_default())?;
                }
                let cell = |name: &&str| match object.get(*name) {
                    Some(serde_json::Value::String(text)) => Value::Text(text.clone()),
                    Some(serde_json::Value::Null) | None => Value::Null,
                    Some(value) if is_number(name) => number(&value.to_string()),
                    Some(value) => Value::Text(value.to_string()),
                };
                each(&columns.iter().map(cell).collect::<Vec<_>>());
            }
            Ok(())
        }
        #[cfg(feature = "parquet")]
        Some(OutputFormat::Parquet | OutputFormat::Arrow) => columnar::read(path, columns, &check, &mut each),
        _ => Err(bad(path, "not a .parquet, .arrow, .csv or .jsonl file; give an output of `philippic batch`")),
    }
}

/// What made a table, as its Parquet or Arrow file says.
pub fn table_provenance(path: &Path) -> Option<report::Provenance> {
    #[cfg(feature = "parquet")]
    return columnar::provenance(path);
    #[cfg(not(feature = "parquet"))]
    {
        let _ = path;
        None
    }
}

#[cfg(feature = "parquet")]
mod columnar {
    use super::{BufReader, CorpusError, File, OutputFormat, Path, Value, bad};

    use arrow_array::cast::AsArray;
    use arrow_array::types::Float64Type;
    use arrow_array::{Array, ArrayRef, RecordBatch};
    use arrow_cast::display::{ArrayFormatter, FormatOptions};
    use arrow_schema::{DataType, Schema};
    use parquet::arrow::ProjectionMask;
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    pub(super) fn read(
        path: &Path,
        columns: &[&str],
        check: &dyn Fn(&[&str]) -> Result<(), CorpusError>,
        each: &mut dyn FnMut(&[Value]),
    ) -> Result<(), CorpusError> {
        let file = File::open(path).map_err(CorpusError::io(path))?;
        let broken = |message: &dyn std::fmt::Display| bad(path, format!("cannot be read: {message}"));
        let names = |schema: &Schema| schema.fields().iter().map(|f| f.name().clone()).collect::<Vec<_>>();
        let check = |schema: &Schema| check(&names(schema).iter().map(String::as_str).collect::<Vec<_>>());
        if OutputFormat::of_name(path) == Some(OutputFormat::Arrow) {
            let reader = arrow_ipc::reader::FileReader::try_new(BufReader::new(file), None).map_err(|e| broken(&e))?;
            check(&reader.schema())?;
            for batch in reader {
                rows(&batch.map_err(|e| broken(&e))?, columns, each).map_err(|e| broken(&e))?;
            }
            return Ok(());
        }
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| broken(&e))?;
        let schema = builder.schema().clone();
        check(&schema)?;
        let wanted = columns.iter().filter_map(|name| schema.index_of(name).ok());
        let mask = ProjectionMask::roots(builder.parquet_schema(), wanted);
        for batch in builder.with_projection(mask).build().map_err(|e| broken(&e))? {
            rows(&batch.map_err(|e| broken(&e))?, columns, each).map_err(|e| broken(&e))?;
        }
        Ok(())
    }

    pub(super) fn provenance(path: &Path) -> Option<crate::report::Provenance> {
        let file = File::open(path).ok()?;
        let schema = match OutputFormat::of_name(path)? {
            OutputFormat::Arrow => arrow_ipc::reader::FileReader::try_new(BufReader::new(file), None).ok()?.schema(),
            OutputFormat::Parquet => ParquetRecordBatchReaderBuilder::try_new(file).ok()?.schema().clone(),
            _ => return None,
        };
        serde_json::from_str(schema.metadata().get("philippic.provenance")?).ok()
    }

    /// A column whose cells are looked at one by one.
    enum Cells {
        None,
        Numbers(ArrayRef),
        Others(ArrayRef),
    }

    fn rows(batch: &RecordBatch, columns: &[&str], each: &mut dyn FnMut(&[Value])) -> Result<(), arrow_schema::ArrowError> {
        let cells = |name: &&str| {
            let Some(array) = batch.column_by_name(name) else { return Ok(Cells::None) };
            Ok(match array.data_type() {
                kind if kind.is_numeric() => Cells::Numbers(arrow_cast::cast(array, &DataType::Float64)?),
                _ => Cells::Others(array.clone()),
            })
        };
        let cells = columns.iter().map(cells).collect::<Result<Vec<Cells>, arrow_schema::ArrowError>>()?;
        let options = FormatOptions::default();
        let formatters = cells.iter().map(|cells| match cells {
            Cells::Others(array) => ArrayFormatter::try_new(array.as_ref(), &options).map(Some),
            _ => Ok(None),
        });
        let formatters = formatters.collect::<Result<Vec<_>, _>>()?;
        let mut row = Vec::with_capacity(columns.len());
        for i in 0..batch.num_rows() {
            row.clear();
            for (cells, formatter) in cells.iter().zip(&formatters) {
                row.push(match (cells, formatter) {
                    (Cells::Numbers(array), _) if array.is_valid(i) => Value::Number(array.as_primitive::<Float64Type>().value(i)),
                    (Cells::Others(array), Some(formatter)) if array.is_valid(i) => {
                        Value::Text(formatter.value(i).try_to_string().unwrap_or_default())
                    }
                    _ => Value::Null,
                });
            }
            each(&row);
        }
        Ok(())
    }
}
