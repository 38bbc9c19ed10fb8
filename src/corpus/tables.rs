//! The tables of a run: their columns, and the rows of a scored document.
//!
//! The first columns are those of [`PARAGRAPH_COLUMNS`] and [`STANCE_COLUMNS`]; a run adds the language, each part of alarm, each
//! family of sarcasm cues, the user's own categories, and the kept fields.

use crate::report::{
    self, Evidence, PARAGRAPH_COLUMNS, Paragraph, Report, STANCE_COLUMNS, paragraph_cells, paragraph_rows, stance_cells, stance_rows,
};
use crate::segment::Span;

use super::error::CorpusError;
use super::record::scalar;
pub use crate::report::{Cell, Column, ColumnKind};

/// The parts of alarm that have a column `alarm_PART`.
pub const ALARM_PARTS: [&str; 12] =
    ["threat", "urgency", "catastrophe", "fear", "violence", "decline", "brink", "scale", "plague", "action", "reassurance", "tone"];
/// The families of sarcasm cues that have a column `sarcasm_FAMILY`.
pub const SARCASM_CUES: [&str; 15] = [
    "distancing",
    "reported",
    "hyperbole",
    "interjection",
    "tag",
    "rhetorical",
    "certainty",
    "litotes",
    "explicit",
    "scare_quotes",
    "mock_honour",
    "praise",
    "incongruity",
    "clash",
    "typography",
];

/// Which table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TableKind {
    /// A line a document: the whole report (JSONL alone).
    Reports,
    /// A row a paragraph.
    Paragraphs,
    /// A row for each paragraph, holder and figure.
    Stances,
    /// A row a document.
    Documents,
    /// A row for each piece of evidence.
    Cues,
}

impl TableKind {
    /// What stands in the file's name before the extension; the main table has none.
    pub fn name(self) -> &'static str {
        match self {
            TableKind::Reports => "reports",
            TableKind::Paragraphs => "paragraphs",
            TableKind::Stances => "stances",
            TableKind::Documents => "documents",
            TableKind::Cues => "cues",
        }
    }
}

/// One table: its kind and its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The kind.
    pub kind: TableKind,
    /// Its columns; none for [`TableKind::Reports`].
    pub columns: Vec<Column>,
}

pub(super) const DOCUMENT_COLUMNS: &[(&str, &str, &str)] = &[
    ("id", "string", "the document"),
    ("language", "string", "ISO 639-1; only en is scored"),
    ("bytes", "uint32", "length of its text (UTF-8)"),
    ("paragraphs", "uint32", "number of paragraphs"),
    ("words", "uint32", "number of words"),
    ("sentences", "uint32", "number of sentences"),
    ("sentiment", "float32", "-1 to 1, mean over paragraphs by their words"),
    ("positive", "float32", "positive part, 0 to 1, mean likewise"),
    ("negative", "float32", "negative part, 0 to 1, mean likewise"),
    ("sentiment_hits", "uint32", "terms that counted; 0 is no evidence"),
    ("sarcasm", "float32", "0 to 1, mean likewise"),
    ("sarcasm_most", "float32", "of the paragraph with the most"),
    ("sarcasm_hits", "uint32", "cues"),
    ("alarm", "float32", "0 to 1, mean likewise"),
    ("alarm_most", "float32", "of the paragraph with the most"),
    ("alarm_hits", "uint32", "cues"),
    ("figures", "uint32", "number of figures"),
];

pub(super) const CUE_COLUMNS: &[(&str, &str, &str)] = &[
    ("id", "string", "the document"),
    ("paragraph", "uint32", "position in the document, from 0"),
    ("score", "string", "sentiment, sarcasm, alarm or stance"),
    ("cue", "string", "category or rule"),
    ("term", "string", "the lexicon's term, or what the rule found"),
    ("start", "uint32", "first byte (UTF-8) in the document"),
    ("end", "uint32", "one past the last byte"),
    ("weight", "float32", "in the lexicon or of the rule"),
    ("contribution", "float32", "what it added to the score"),
    ("holder", "string", "of a stance"),
    ("figure", "string", "of a stance"),
];

/// A document and what is known of it.
pub(crate) struct Scored<'d> {
    pub(crate) id: &'d str,
    pub(crate) language: &'d str,
    pub(crate) bytes: usize,
    pub(crate) keep: &'d [Option<String>],
    /// Whether the kept values are JSON.
    pub(crate) json: bool,
    /// The report without paragraphs of a document that was not scored.
    pub(crate) blank: &'d Report,
    /// Nothing where the language has no lexicon.
    pub(crate) report: Option<&'d Report>,
    /// The paragraphs of a document that was not scored.
    pub(crate) unscored: &'d [Span],
}

/// The tables of a run and how their rows are made.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    keep: Vec<String>,
    custom: Vec<String>,
}

impl Tables {
    /// `keep` are the columns of the kept fields, `custom` the user's own lexicon categories.
    ///
    /// # Errors
    /// [`CorpusError::Column`] where a kept field has the name of another column.
    pub fn new(keep: Vec<String>, custom: &[String]) -> Result<Tables, CorpusError> {
        let tables = Tables { keep, custom: custom.to_vec() };
        for kind in [TableKind::Paragraphs, TableKind::Stances, TableKind::Documents, TableKind::Cues] {
            let columns = tables.columns(kind);
            for (i, column) in columns.iter().enumerate() {
                if columns[..i].iter().any(|c| c.name == column.name) {
                    return Err(CorpusError::Column(column.name.clone()));
                }
            }
        }
        Ok(tables)
    }

    /// The columns of a table.
    pub fn columns(&self, kind: TableKind) -> Vec<Column> {
        let column = |name: String, kind, unit: &str| Column { name, kind, nullable: true, unit: unit.to_string() };
        let mut columns = report::columns(match kind {
            TableKind::Reports => return Vec::new(),
            TableKind::Paragraphs => PARAGRAPH_COLUMNS,
            TableKind::Stances => STANCE_COLUMNS,
            TableKind::Documents => DOCUMENT_COLUMNS,
            TableKind::Cues => CUE_COLUMNS,
        });
        // What a document in another language lacks.
        let always = ["id", "paragraph", "start", "end", "language", "bytes", "paragraphs"];
        columns.iter_mut().for_each(|c| c.nullable = !always.contains(&c.name.as_str()));
        if kind == TableKind::Paragraphs {
            columns.push(Column { nullable: false, ..column("language".into(), ColumnKind::Text, "ISO 639-1; only en is scored") });
            columns.extend(ALARM_PARTS.iter().map(|part| column(format!("alarm_{part}"), ColumnKind::Score, "part of alarm, 0 to 1")));
            columns.extend(
                SARCASM_CUES.iter().map(|cue| column(format!("sarcasm_{cue}"), ColumnKind::Score, "cue family of sarcasm, 0 to 1")),
            );
            columns.extend(self.custom.iter().map(|c| column(format!("custom_{c}"), ColumnKind::Score, "weight per 100 words")));
        }
        columns.extend(self.keep.iter().map(|name| column(name.clone(), ColumnKind::Text, "copied from the input")));
        columns
    }

    /// Names of the kept fields in the output.
    pub fn keep(&self) -> &[String] {
        &self.keep
    }

    /// The table with its columns.
    pub fn table(&self, kind: TableKind) -> Table {
        Table { kind, columns: self.columns(kind) }
    }

    /// Hands the rows of a document to `row`.
    pub(crate) fn rows(&self, kind: TableKind, scored: &Scored<'_>, mut row: impl FnMut(&[Cell<'_>])) {
        // In tables a JSON string stands without its quotes.
        let plain: Vec<Option<String>> =
            if scored.json { scored.keep.iter().map(|v| v.as_deref().and_then(scalar)).collect() } else { Vec::new() };
        let keep: Vec<Cell<'_>> = if scored.json { &plain } else { scored.keep }.iter().map(|value| Cell::from(value.as_deref())).collect();
        let mut cells: Vec<Cell<'_>> = Vec::with_capacity(64);
        match (kind, scored.report) {
            (TableKind::Reports, _) => {}
            (TableKind::Paragraphs, None) => {
                let width = self.columns_of_scores();
                for (index, span) in scored.unscored.iter().enumerate() {
                    cells.clear();
                    cells.extend([Cell::Text(scored.id), Cell::Count(index as u32), Cell::Count(span.start), Cell::Count(span.end)]);
                    cells.resize(PARAGRAPH_COLUMNS.len(), Cell::Null);
                    cells.push(Cell::Text(scored.language));
                    cells.resize(cells.len() + width, Cell::Null);
                    cells.extend_from_slice(&keep);
                    row(&cells);
                }
            }
            (TableKind::Paragraphs, Some(report)) => {
                for (base, paragraph) in paragraph_rows(report).zip(&report.paragraphs) {
                    cells.clear();
                    cells.extend(paragraph_cells(&base));
                    cells.push(Cell::Text(scored.language));
                    let part = |name: &&str| Cell::Score(paragraph.alarm.parts.get(*name).copied().unwrap_or(0.0));
                    cells.extend(ALARM_PARTS.iter().map(part));
                    let cue = |name: &&str| Cell::Score(paragraph.sarcasm.cues.get(*name).copied().unwrap_or(0.0));
                    cells.extend(SARCASM_CUES.iter().map(cue));
                    let custom = |name: &String| Cell::Score(paragraph.custom.get(name).map_or(0.0, |c| c.score));
                    cells.extend(self.custom.iter().map(custom));
                    cells.extend_from_slice(&keep);
                    row(&cells);
                }
            }
            (TableKind::Stances, Some(report)) => {
                for base in stance_rows(report) {
                    cells.clear();
                    cells.extend(stance_cells(&base));
                    cells.extend_from_slice(&keep);
                    row(&cells);
                }
            }
            (TableKind::Documents, report) => {
                cells.extend([Cell::Text(scored.id), Cell::Text(scored.language), Cell::Count(scored.bytes as u32)]);
                match report {
                    Some(report) => totals(report, &mut cells),
                    None => {
                        cells.push(Cell::Count(scored.unscored.len() as u32));
                        cells.resize(DOCUMENT_COLUMNS.len(), Cell::Null);
                    }
                }
                cells.extend_from_slice(&keep);
                row(&cells);
            }
            (TableKind::Cues, Some(report)) => {
                for paragraph in &report.paragraphs {
                    each_cue(paragraph, |score, evidence, holder, figure| {
                        let base = [
                            Cell::Text(scored.id),
                            Cell::Count(paragraph.index),
                            Cell::Text(score),
                            Cell::Text(&evidence.cue),
                            Cell::Text(&evidence.term),
                            Cell::Count(evidence.start),
                            Cell::Count(evidence.end),
                            Cell::Score(evidence.weight),
                            Cell::Score(evidence.contribution),
                            Cell::from(holder),
                            Cell::from(figure),
                        ];
                        let cells: Vec<Cell<'_>> = base.into_iter().chain(keep.iter().copied()).collect();
                        row(&cells);
                    });
                }
            }
            (TableKind::Stances | TableKind::Cues, None) => {}
        }
    }

    /// Columns of the paragraph table between the language and the kept fields.
    fn columns_of_scores(&self) -> usize {
        ALARM_PARTS.len() + SARCASM_CUES.len() + self.custom.len()
    }
}

fn each_cue<'r>(paragraph: &'r Paragraph, mut each: impl FnMut(&'static str, &'r Evidence, Option<&'r str>, Option<&'r str>)) {
    paragraph.sentiment.evidence.iter().for_each(|e| each("sentiment", e, None, None));
    paragraph.sarcasm.evidence.iter().for_each(|e| each("sarcasm", e, None, None));
    paragraph.alarm.evidence.iter().for_each(|e| each("alarm", e, None, None));
    for stance in &paragraph.stances {
        stance.evidence.iter().for_each(|e| each("stance", e, Some(&stance.holder), Some(&stance.figure)));
    }
}

/// The document's totals after id, language and bytes.
fn totals(report: &Report, cells: &mut Vec<Cell<'_>>) {
    let paragraphs = &report.paragraphs;
    let words: u32 = paragraphs.iter().map(|p| p.words).sum();
    let mean = |score: fn(&Paragraph) -> f32| {
        let sum: f64 = paragraphs.iter().map(|p| f64::from(score(p)) * f64::from(p.words)).sum();
        Cell::Score((sum / f64::from(words.max(1))) as f32)
    };
    let most = |score: fn(&Paragraph) -> f32| Cell::Score(paragraphs.iter().map(score).fold(0.0, f32::max));
    let sum = |count: fn(&Paragraph) -> u32| Cell::Count(paragraphs.iter().map(count).fold(0, u32::saturating_add));
    cells.extend([
        Cell::Count(paragraphs.len() as u32),
        Cell::Count(words),
        sum(|p| p.sentences),
        mean(|p| p.sentiment.score),
        mean(|p| p.sentiment.positive),
        mean(|p| p.sentiment.negative),
        sum(|p| p.sentiment.hits),
        mean(|p| p.sarcasm.score),
        most(|p| p.sarcasm.score),
        sum(|p| p.sarcasm.hits),
        mean(|p| p.alarm.score),
        most(|p| p.alarm.score),
        sum(|p| p.alarm.hits),
        Cell::Count(report.figures.len() as u32),
    ]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_of_the_scorers_has_a_column() {
        let families = |score: &str| -> Vec<&str> { crate::rule_names().iter().filter_map(|name| name.strip_prefix(score)).collect() };
        assert_eq!(ALARM_PARTS.to_vec(), families("alarm."));
        assert_eq!(SARCASM_CUES.to_vec(), families("sarcasm."));
    }
}
