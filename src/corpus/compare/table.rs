//! Rows of a table that a run wrote, in any of its formats, a row at a time.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use crate::corpus::error::CorpusError;
use crate::corpus::write::OutputFormat;
use crate::report::Report;

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Null,
    Text(String),
    Number(f64),
}

impl Value {
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn text(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Null => String::new(),
        }
    }
}

/// Columns of text among those that are asked for.
const TEXT: [&str; 6] = ["id", "figure", "holder", "score", "cue", "term"];

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
pub(super) fn holds_reports(path: &Path) -> Result<bool, CorpusError> {
    let file = File::open(path).map_err(CorpusError::io(path))?;
    if OutputFormat::of_name(path) != Some(OutputFormat::Jsonl) {
        return Ok(false);
    }
    let mut line = String::new();
    BufReader::new(file).read_line(&mut line).map_err(CorpusError::io(path))?;
    Ok(serde_json::from_str::<serde_json::Value>(&line).is_ok_and(|first| first.get("paragraphs").is_some()))
}

/// Hands each report to `each`.
pub(super) fn reports(path: &Path, mut each: impl FnMut(Report)) -> Result<(), CorpusError> {
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

/// Hands the asked-for cells of each row to `each`; the first `required` columns must be there.
pub(super) fn read_table(path: &Path, columns: &[&str], required: usize, mut each: impl FnMut(&[Value])) -> Result<(), CorpusError> {
    let check = |has: &dyn Fn(&str) -> bool| match columns[..required].iter().find(|name| !has(name)) {
        Some(name) => Err(bad(path, format!("no column {name:?}; give the table of paragraphs that `philippic batch` wrote"))),
        None => Ok(()),
    };
    match OutputFormat::of_name(path) {
        Some(OutputFormat::Csv) => {
            let mut reader = csv::Reader::from_path(path).map_err(|e| bad(path, e.to_string()))?;
            let header = reader.headers().map_err(|e| bad(path, e.to_string()))?.clone();
            check(&|name| header.iter().any(|h| h == name))?;
            let at: Vec<Option<usize>> = columns.iter().map(|name| header.iter().position(|h| h == *name)).collect();
            let mut record = csv::StringRecord::new();
            let mut row = Vec::new();
            while reader.read_record(&mut record).map_err(|e| bad(path, e.to_string()))? {
                row.clear();
                for (at, name) in at.iter().zip(columns) {
                    let cell = at.and_then(|i| record.get(i)).unwrap_or("");
                    row.push(if TEXT.contains(name) {
                        Value::Text(cell.to_string())
                    } else {
                        number(cell)
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
                    check(&|name| object.get(name).is_some())?;
                }
                let cell = |name: &&str| match object.get(*name) {
                    Some(serde_json::Value::String(text)) => Value::Text(text.clone()),
                    Some(value) => number(&value.to_string()),
                    None => Value::Null,
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

#[cfg(feature = "parquet")]
mod columnar {
    use super::{BufReader, CorpusError, File, OutputFormat, Path, Value, bad};

    use arrow_array::cast::AsArray;
    use arrow_array::types::{Float32Type, UInt32Type};
    use arrow_array::{Array, RecordBatch};
    use arrow_schema::{DataType, Schema};
    use parquet::arrow::ProjectionMask;
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    pub(super) fn read(
        path: &Path,
        columns: &[&str],
        check: &dyn Fn(&dyn Fn(&str) -> bool) -> Result<(), CorpusError>,
        each: &mut dyn FnMut(&[Value]),
    ) -> Result<(), CorpusError> {
        let file = File::open(path).map_err(CorpusError::io(path))?;
        if OutputFormat::of_name(path) == Some(OutputFormat::Arrow) {
            let reader = arrow_ipc::reader::FileReader::try_new(BufReader::new(file), None).map_err(|e| bad(path, e.to_string()))?;
            let schema = reader.schema();
            check(&|name| schema.index_of(name).is_ok())?;
            for batch in reader {
                rows(&batch.map_err(|e| bad(path, e.to_string()))?, columns, each);
            }
            return Ok(());
        }
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| bad(path, e.to_string()))?;
        let schema = builder.schema().clone();
        check(&|name| schema.index_of(name).is_ok())?;
        let mask = ProjectionMask::roots(builder.parquet_schema(), wanted(&schema, columns));
        let reader = builder.with_projection(mask).build().map_err(|e| bad(path, e.to_string()))?;
        for batch in reader {
            rows(&batch.map_err(|e| bad(path, e.to_string()))?, columns, each);
        }
        Ok(())
    }

    fn wanted(schema: &Schema, columns: &[&str]) -> Vec<usize> {
        columns.iter().filter_map(|name| schema.index_of(name).ok()).collect()
    }

    fn rows(batch: &RecordBatch, columns: &[&str], each: &mut dyn FnMut(&[Value])) {
        let arrays: Vec<_> = columns.iter().map(|name| batch.column_by_name(name)).collect();
        let mut row = Vec::with_capacity(columns.len());
        for i in 0..batch.num_rows() {
            row.clear();
            for array in &arrays {
                row.push(match array {
                    Some(array) if array.is_valid(i) => match array.data_type() {
                        DataType::Utf8 => Value::Text(array.as_string::<i32>().value(i).to_string()),
                        DataType::UInt32 => Value::Number(f64::from(array.as_primitive::<UInt32Type>().value(i))),
                        DataType::Float32 => Value::Number(f64::from(array.as_primitive::<Float32Type>().value(i))),
                        _ => Value::Null,
                    },
                    _ => Value::Null,
                });
            }
            each(&row);
        }
    }
}
