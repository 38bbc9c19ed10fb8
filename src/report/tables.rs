//! The tidy forms of a report: one row per paragraph, and one row per (paragraph, holder, figure).
//! Column names, types and units stand in [`PARAGRAPH_COLUMNS`] and [`STANCE_COLUMNS`]; CSV, Parquet and Arrow all follow them.

use serde::Serialize;

use super::Report;

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
