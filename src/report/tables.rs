//! The tidy forms of a report: one row per paragraph, and one row per (paragraph, holder, figure).
//! Column names, types and units stand in [`PARAGRAPH_COLUMNS`] and [`STANCE_COLUMNS`]; CSV, Parquet and Arrow all follow them. A user's
//! own lexicon categories add columns to the paragraph table, [`CUSTOM_COLUMNS`] for each.

use serde::Serialize;

use super::{Paragraph, Report};

/// Columns of the paragraph table: name, type, unit and meaning.
pub const PARAGRAPH_COLUMNS: &[(&str, &str, &str)] = &[
    ("id", "string", "the document"),
    ("paragraph", "uint32", "position in the document, from 0"),
    ("start", "uint32", "first byte (UTF-8) in the document"),
    ("end", "uint32", "one past the last byte"),
    ("words", "uint32", "number of words"),
    ("sentences", "uint32", "number of sentences"),
    ("sentiment", "float32", "-1 to 1"),
    ("positive", "float32", "positive part, 0 to 1"),
    ("negative", "float32", "negative part, 0 to 1"),
    ("sentiment_hits", "uint32", "terms that counted; 0 is no evidence"),
    ("sarcasm", "float32", "0 to 1"),
    ("sarcasm_hits", "uint32", "cues"),
    ("alarm", "float32", "0 to 1"),
    ("alarm_hits", "uint32", "cues"),
];

/// Columns that each category of a user's own adds to the paragraph table: what stands behind the category's name, type, meaning.
pub const CUSTOM_COLUMNS: &[(&str, &str, &str)] = &[
    ("", "float32", "sum of the weights of its terms per 100 words"),
    ("_hits", "uint32", "terms; 0 is no evidence"),
    ("_share", "float32", "share of the words that its terms cover, 0 to 1"),
    ("_mean", "float32", "mean weight of its terms, -1 to 1"),
];

/// Columns of the stance table: name, type, unit and meaning.
pub const STANCE_COLUMNS: &[(&str, &str, &str)] = &[
    ("id", "string", "the document"),
    ("paragraph", "uint32", "position in the document, from 0"),
    ("holder", "string", "a figure, @author, @unknown, or the words that name the source"),
    ("figure", "string", "the figure's name"),
    ("stance", "float32", "-1 to 1"),
    ("mentions", "uint32", "mentions of the figure in the holder's words"),
    ("hits", "uint32", "pieces of evidence; 0 is no evidence"),
];

/// One row of the paragraph table.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)] // documented as data in PARAGRAPH_COLUMNS
pub struct ParagraphRow<'r> {
    pub id: &'r str,
    pub paragraph: u32,
    pub start: u32,
    pub end: u32,
    pub words: u32,
    pub sentences: u32,
    pub sentiment: f32,
    pub positive: f32,
    pub negative: f32,
    pub sentiment_hits: u32,
    pub sarcasm: f32,
    pub sarcasm_hits: u32,
    pub alarm: f32,
    pub alarm_hits: u32,
}

/// One row of the stance table.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)] // documented as data in STANCE_COLUMNS
pub struct StanceRow<'r> {
    pub id: &'r str,
    pub paragraph: u32,
    pub holder: &'r str,
    pub figure: &'r str,
    pub stance: f32,
    pub mentions: u32,
    pub hits: u32,
}

/// The paragraph table of a report; a missing id is empty.
pub fn paragraph_rows(report: &Report) -> impl Iterator<Item = ParagraphRow<'_>> {
    let id = report.id.as_deref().unwrap_or("");
    report.paragraphs.iter().map(move |p| ParagraphRow {
        id,
        paragraph: p.index,
        start: p.start,
        end: p.end,
        words: p.words,
        sentences: p.sentences,
        sentiment: p.sentiment.score,
        positive: p.sentiment.positive,
        negative: p.sentiment.negative,
        sentiment_hits: p.sentiment.hits,
        sarcasm: p.sarcasm.score,
        sarcasm_hits: p.sarcasm.hits,
        alarm: p.alarm.score,
        alarm_hits: p.alarm.hits,
    })
}

/// One number of a category of a user's own.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum CustomCell {
    /// Of a `float32` column.
    Float(f32),
    /// Of a `uint32` column.
    Count(u32),
}

/// Names of the columns that the categories of a user's own add, by category name and then as in [`CUSTOM_COLUMNS`].
pub fn custom_columns(categories: &[String]) -> Vec<String> {
    let mut sorted: Vec<&String> = categories.iter().collect();
    sorted.sort();
    sorted.into_iter().flat_map(|name| CUSTOM_COLUMNS.iter().map(move |(suffix, ..)| format!("{name}{suffix}"))).collect()
}

/// The numbers of a paragraph in those columns.
pub fn custom_cells(paragraph: &Paragraph) -> Vec<CustomCell> {
    use CustomCell::{Count, Float};
    paragraph.custom.values().flat_map(|c| [Float(c.score), Count(c.hits), Float(c.share), Float(c.mean)]).collect()
}

/// The stance table of a report; a missing id is empty.
pub fn stance_rows(report: &Report) -> impl Iterator<Item = StanceRow<'_>> {
    let id = report.id.as_deref().unwrap_or("");
    report.paragraphs.iter().flat_map(move |p| {
        p.stances.iter().map(move |s| StanceRow {
            id,
            paragraph: p.index,
            holder: &s.holder,
            figure: &s.figure,
            stance: s.score,
            mentions: s.mentions,
            hits: s.hits,
        })
    })
}
