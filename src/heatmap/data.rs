//! Grids as data: what is drawn, for those who draw it themselves.

use serde::Serialize;

use super::HeatmapError;
use super::grid::{Cell, ColumnKind, Grid};

/// The value of `schema` in the JSON.
pub const SCHEMA: &str = "philippic-heatmap/1";

#[derive(Serialize)]
struct Document<'g> {
    schema: &'static str,
    grids: &'g [&'g Grid],
}

/// The grids as JSON: columns with their scales, rows with their cells.
///
/// # Errors
/// [`HeatmapError::Data`], which no data can cause.
pub fn json(grids: &[&Grid]) -> Result<String, HeatmapError> {
    let json = serde_json::to_string_pretty(&Document { schema: SCHEMA, grids }).map_err(|e| HeatmapError::Data(e.to_string()))?;
    Ok(json + "\n")
}

/// Columns of the CSV: name and meaning.
pub const CSV_COLUMNS: &[(&str, &str)] = &[
    ("title", "what is shown: the document, the corpus"),
    ("number", "number of the row: the paragraph, from 1; how many documents"),
    ("label", "label of the row: first words, a document, a month, a group"),
    ("kind", "score, figure or period"),
    ("column", "the score, the figure's name, the period"),
    ("value", "0 to 1, or -1 to 1; empty without evidence"),
    ("hits", "pieces of evidence; 0 is no evidence, empty is nothing to score"),
];

/// The grids as CSV, a line for each cell.
///
/// # Errors
/// [`HeatmapError::Data`], which no data can cause.
pub fn csv(grids: &[&Grid]) -> Result<String, HeatmapError> {
    let fail = |e: &dyn std::fmt::Display| HeatmapError::Data(e.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(CSV_COLUMNS.iter().map(|(name, _)| name)).map_err(|e| fail(&e))?;
    for grid in grids {
        for row in &grid.rows {
            for (cell, column) in row.cells.iter().zip(&grid.columns) {
                let kind = match column.kind {
                    ColumnKind::Score(_) => "score",
                    ColumnKind::Figure => "figure",
                    ColumnKind::Period(_) => "period",
                };
                let (value, hits) = match cell {
                    Cell::Absent => (String::new(), String::new()),
                    Cell::NoEvidence => (String::new(), "0".to_string()),
                    Cell::Score { value, hits } => (value.to_string(), hits.to_string()),
                };
                let record = [&grid.title, &row.number, &row.label, kind, &column.name, &value, &hits];
                writer.write_record(record).map_err(|e| fail(&e))?;
            }
        }
    }
    let bytes = writer.into_inner().map_err(|e| fail(&e))?;
    String::from_utf8(bytes).map_err(|e| fail(&e))
}
