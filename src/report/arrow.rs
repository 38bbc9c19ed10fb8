//! The tables as Arrow record batches; Parquet files are made of these.
//!
//! Each field carries its unit in the metadata key `unit`.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{Float32Builder, StringBuilder, UInt32Builder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};

use super::Report;
use super::cells::{Cell, Column, ColumnKind, columns, paragraph_cells, stance_cells};
use super::tables::{PARAGRAPH_COLUMNS, STANCE_COLUMNS, paragraph_rows, stance_rows};

/// The Arrow schema of a table.
pub fn schema(columns: &[Column]) -> SchemaRef {
    let field = |column: &Column| {
        let kind = match column.kind {
            ColumnKind::Text => DataType::Utf8,
            ColumnKind::Count => DataType::UInt32,
            ColumnKind::Score => DataType::Float32,
        };
        let metadata = HashMap::from([("unit".to_string(), column.unit.clone())]);
        Field::new(&column.name, kind, column.nullable).with_metadata(metadata)
    };
    Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()))
}

/// The paragraph tables of reports as one batch.
///
/// # Errors
/// Arrow's, which valid reports do not cause.
pub fn paragraph_batch<'r>(reports: impl IntoIterator<Item = &'r Report>) -> Result<RecordBatch, ArrowError> {
    let mut table = TableBuilder::new(&columns(PARAGRAPH_COLUMNS));
    for report in reports {
        paragraph_rows(report).for_each(|row| table.push(&paragraph_cells(&row)));
    }
    table.finish()
}

/// The stance tables of reports as one batch.
///
/// # Errors
/// As [`paragraph_batch`].
pub fn stance_batch<'r>(reports: impl IntoIterator<Item = &'r Report>) -> Result<RecordBatch, ArrowError> {
    let mut table = TableBuilder::new(&columns(STANCE_COLUMNS));
    for report in reports {
        stance_rows(report).for_each(|row| table.push(&stance_cells(&row)));
    }
    table.finish()
}

/// Rows in, a record batch out.
pub struct TableBuilder {
    schema: SchemaRef,
    columns: Vec<Builder>,
    rows: usize,
}

enum Builder {
    Text(StringBuilder),
    Count(UInt32Builder),
    Score(Float32Builder),
}

impl TableBuilder {
    /// An empty table.
    pub fn new(columns: &[Column]) -> TableBuilder {
        let builder = |column: &Column| match column.kind {
            ColumnKind::Text => Builder::Text(StringBuilder::new()),
            ColumnKind::Count => Builder::Count(UInt32Builder::new()),
            ColumnKind::Score => Builder::Score(Float32Builder::new()),
        };
        TableBuilder { schema: schema(columns), columns: columns.iter().map(builder).collect(), rows: 0 }
    }

    /// Adds a row; a cell of another type than its column is missing.
    pub fn push(&mut self, cells: &[Cell<'_>]) {
        for (i, column) in self.columns.iter_mut().enumerate() {
            match (column, cells.get(i).copied().unwrap_or(Cell::Null)) {
                (Builder::Text(builder), Cell::Text(text)) => builder.append_value(text),
                (Builder::Text(builder), _) => builder.append_null(),
                (Builder::Count(builder), Cell::Count(count)) => builder.append_value(count),
                (Builder::Count(builder), _) => builder.append_null(),
                (Builder::Score(builder), Cell::Score(score)) => builder.append_value(score),
                (Builder::Score(builder), _) => builder.append_null(),
            }
        }
        self.rows += 1;
    }

    /// Rows so far.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The batch; the builder is empty again.
    ///
    /// # Errors
    /// Arrow's, for a missing cell in a column that may not miss any.
    pub fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        self.rows = 0;
        let arrays = self.columns.iter_mut().map(|column| -> ArrayRef {
            match column {
                Builder::Text(builder) => Arc::new(builder.finish()),
                Builder::Count(builder) => Arc::new(builder.finish()),
                Builder::Score(builder) => Arc::new(builder.finish()),
            }
        });
        RecordBatch::try_new(self.schema.clone(), arrays.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;

    #[test]
    fn batches_have_a_row_for_each_row() {
        let mut report = Analyzer::english().analyze("Mayor Ann Poe lied, said John Doe.\n\nRain fell.\n").unwrap();
        report.id = Some("a".into());
        let batch = paragraph_batch([&report, &report]).unwrap();
        assert_eq!((batch.num_rows(), batch.num_columns()), (4, PARAGRAPH_COLUMNS.len()));
        assert_eq!(stance_batch([&report]).unwrap().num_rows(), stance_rows(&report).count());
        assert_eq!(batch.schema().field(6).metadata()["unit"], "-1 to 1");
    }
}
