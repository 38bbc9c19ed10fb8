//! Columns and cells: what CSV, JSON rows, Parquet and Arrow have in common.

use super::tables::{ParagraphRow, StanceRow};

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Type of its cells.
    pub kind: ColumnKind,
    /// Whether cells can be missing.
    pub nullable: bool,
    /// Unit and meaning.
    pub unit: String,
}

/// Type of the cells of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// UTF-8 text.
    Text,
    /// A count or an offset.
    Count,
    /// A score.
    Score,
}

impl ColumnKind {
    /// The name in the column tables: `string`, `uint32`, `float32`.
    pub fn name(self) -> &'static str {
        match self {
            ColumnKind::Text => "string",
            ColumnKind::Count => "uint32",
            ColumnKind::Score => "float32",
        }
    }
}

/// One value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Of a [`ColumnKind::Text`] column.
    Text(&'a str),
    /// Of a [`ColumnKind::Count`] column.
    Count(u32),
    /// Of a [`ColumnKind::Score`] column.
    Score(f32),
    /// Missing.
    Null,
}

impl<'a> From<Option<&'a str>> for Cell<'a> {
    fn from(text: Option<&'a str>) -> Cell<'a> {
        text.map_or(Cell::Null, Cell::Text)
    }
}

/// The columns of a column table such as [`PARAGRAPH_COLUMNS`](super::PARAGRAPH_COLUMNS).
pub fn columns(table: &[(&str, &str, &str)]) -> Vec<Column> {
    let column = |&(name, kind, unit): &(&str, &str, &str)| Column {
        name: name.to_string(),
        kind: match kind {
            "uint32" => ColumnKind::Count,
            "float32" => ColumnKind::Score,
            _ => ColumnKind::Text,
        },
        nullable: false,
        unit: unit.to_string(),
    };
    table.iter().map(column).collect()
}

/// A row of the paragraph table, in the order of its columns.
pub fn paragraph_cells<'r>(row: &ParagraphRow<'r>) -> [Cell<'r>; 14] {
    [
        Cell::Text(row.id),
        Cell::Count(row.paragraph),
        Cell::Count(row.start),
        Cell::Count(row.end),
        Cell::Count(row.words),
        Cell::Count(row.sentences),
        Cell::Score(row.sentiment),
        Cell::Score(row.positive),
        Cell::Score(row.negative),
        Cell::Count(row.sentiment_hits),
        Cell::Score(row.sarcasm),
        Cell::Count(row.sarcasm_hits),
        Cell::Score(row.alarm),
        Cell::Count(row.alarm_hits),
    ]
}

/// A row of the stance table, in the order of its columns.
pub fn stance_cells<'r>(row: &StanceRow<'r>) -> [Cell<'r>; 7] {
    [
        Cell::Text(row.id),
        Cell::Count(row.paragraph),
        Cell::Text(row.holder),
        Cell::Text(row.figure),
        Cell::Score(row.stance),
        Cell::Count(row.mentions),
        Cell::Count(row.hits),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::{PARAGRAPH_COLUMNS, STANCE_COLUMNS};
    use super::*;

    #[test]
    fn cells_follow_the_column_tables() {
        let kind = |cell: &Cell<'_>| match cell {
            Cell::Count(_) => ColumnKind::Count,
            Cell::Score(_) => ColumnKind::Score,
            Cell::Text(_) | Cell::Null => ColumnKind::Text,
        };
        let kinds = |table| columns(table).iter().map(|c| c.kind).collect::<Vec<_>>();
        let paragraph = ParagraphRow {
            id: "",
            paragraph: 0,
            start: 0,
            end: 0,
            words: 0,
            sentences: 0,
            sentiment: 0.0,
            positive: 0.0,
            negative: 0.0,
            sentiment_hits: 0,
            sarcasm: 0.0,
            sarcasm_hits: 0,
            alarm: 0.0,
            alarm_hits: 0,
        };
        assert_eq!(paragraph_cells(&paragraph).iter().map(kind).collect::<Vec<_>>(), kinds(PARAGRAPH_COLUMNS));
        let stance = StanceRow { id: "", paragraph: 0, holder: "", figure: "", stance: 0.0, mentions: 0, hits: 0 };
        assert_eq!(stance_cells(&stance).iter().map(kind).collect::<Vec<_>>(), kinds(STANCE_COLUMNS));
    }
}
