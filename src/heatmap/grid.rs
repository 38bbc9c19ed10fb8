//! The layout that all outputs share: rows, columns, and a cell where they meet.

use serde::Serialize;

use super::scales::Scale;

/// A score that every paragraph has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ScoreKind {
    /// -1..1.
    Sentiment,
    /// 0..1.
    Sarcasm,
    /// 0..1.
    Alarm,
}

impl ScoreKind {
    /// All of them in the order in which they are shown.
    pub const ALL: [ScoreKind; 3] = [ScoreKind::Sentiment, ScoreKind::Sarcasm, ScoreKind::Alarm];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            ScoreKind::Sentiment => "sentiment",
            ScoreKind::Sarcasm => "sarcasm",
            ScoreKind::Alarm => "alarm",
        }
    }

    /// Its domain.
    pub fn scale(self) -> Scale {
        if self == ScoreKind::Sentiment { Scale::Diverging } else { Scale::Sequential }
    }
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnKind {
    /// A score of the rows.
    Score(ScoreKind),
    /// The stance toward a figure over all holders.
    Figure,
    /// A score at a time: the columns are periods.
    Period(ScoreKind),
}

/// A column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    /// What it holds.
    pub kind: ColumnKind,
    /// Its whole name, as shown.
    pub name: String,
    /// A name for a narrow column: a figure's last name.
    pub short: String,
    /// The domain of its values.
    pub scale: Scale,
}

/// What stands in a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Cell {
    /// Nothing to score: the figure is not mentioned, the period has no documents.
    #[default]
    Absent,
    /// Something to score and no evidence, which is not the same as neutral.
    NoEvidence,
    /// A score.
    Score {
        /// In the column's domain.
        value: f32,
        /// Pieces of evidence.
        hits: u32,
    },
}

impl Cell {
    /// A score, unless it rests on nothing.
    pub fn new(value: f32, hits: u32) -> Cell {
        if hits == 0 { Cell::NoEvidence } else { Cell::Score { value, hits } }
    }

    /// The value, if there is evidence.
    pub fn value(self) -> Option<f32> {
        if let Cell::Score { value, .. } = self { Some(value) } else { None }
    }
}

/// A row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// What stands before the label: the paragraph's number, the count of documents.
    pub number: String,
    /// First words, a document's name, a month, an outlet.
    pub label: String,
    /// Where the row leads, relative to the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// A cell for each column.
    pub cells: Vec<Cell>,
}

/// Rows and columns of cells, with all that stands around them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Grid {
    /// What is shown.
    pub title: String,
    /// Its size: "10 paragraphs, 742 words".
    pub facts: String,
    /// Head of the row numbers: "¶".
    pub number_head: &'static str,
    /// Head of the row labels.
    pub label_head: String,
    /// What an [`Cell::Absent`] is: "not mentioned".
    pub absent: &'static str,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
    /// How to read it, in a sentence or two.
    pub caption: String,
    /// The program that made it, with its version.
    pub maker: String,
}

impl Grid {
    /// The scales that are in use, in order.
    pub fn scales(&self) -> Vec<Scale> {
        let mut scales: Vec<Scale> = self.columns.iter().map(|c| c.scale).collect();
        scales.sort();
        scales.dedup();
        scales
    }

    /// What the legend calls a scale: the names of its columns.
    pub fn scale_name(&self, scale: Scale) -> String {
        let mut names: Vec<&str> = Vec::new();
        for column in self.columns.iter().filter(|c| c.scale == scale) {
            let name = match column.kind {
                ColumnKind::Score(kind) | ColumnKind::Period(kind) => kind.name(),
                ColumnKind::Figure => "stance",
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(", ")
    }
}

/// "philippic 0.1.0"
pub(crate) fn maker(version: &str) -> String {
    format!("philippic {}", super::text::one_line(version))
}
