//! The result types and their JSON form, `"schema": "philippic/1"`.
//!
//! All spans are UTF-8 byte offsets into the text that was analysed. Sentiment and stance run from -1 to 1, alarm and sarcasm from
//! 0 to 1. `hits` says how much evidence a number rests on: 0 hits is "no evidence", which is not the same as neutral.

#[cfg(feature = "parquet")]
pub mod arrow;
mod cells;
#[cfg(feature = "schema")]
mod json_schema;
mod tables;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::lexicon::SourceInfo;
use crate::segment::ParagraphMode;

pub use cells::{Cell, Column, ColumnKind, columns, paragraph_cells, stance_cells};
#[cfg(feature = "schema")]
pub use json_schema::json_schema;
pub use tables::{
    CUSTOM_COLUMNS, CustomCell, PARAGRAPH_COLUMNS, ParagraphRow, STANCE_COLUMNS, StanceRow, custom_cells, custom_columns, paragraph_rows,
    stance_rows,
};

/// The value of `schema` in every report.
pub const SCHEMA: &str = "philippic/1";
/// The holder of what no speaker is named for: the author of the text.
pub const AUTHOR: &str = "@author";
/// The holder of speech whose speaker cannot be told.
pub const UNKNOWN: &str = "@unknown";

/// What is known of one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: String,
    /// The caller's name of the document: a file path, a record's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// ISO 639-1 code of the language that was assumed.
    pub language: String,
    /// The paragraphs in order.
    pub paragraphs: Vec<Paragraph>,
    /// The figures in order of their first mention.
    pub figures: Vec<Figure>,
    /// Who says what: direct, indirect and mixed speech, in order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributions: Vec<Attribution>,
    /// What made this report; reports of one analyzer share it.
    pub provenance: Arc<Provenance>,
}

/// What made a report, so that it can be made again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Provenance {
    /// Version of the program.
    pub version: String,
    /// Lexicon files in the order in which they were compiled.
    pub lexicons: Vec<SourceInfo>,
    /// The options that change a score.
    pub options: OptionsInfo,
}

/// The options that change a score.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OptionsInfo {
    /// How paragraphs were cut.
    pub paragraphs: ParagraphMode,
    /// Kinds of mention links that were dropped (`alias`, `title`, `pronoun`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dropped_links: Vec<Via>,
    /// Rules and lexicon parts that were switched off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
    /// Number of figures that the caller named.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub own_figures: usize,
}

fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// One paragraph and its four results.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Paragraph {
    /// Position in the document, from 0.
    pub index: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Number of words.
    pub words: u32,
    /// Number of sentences.
    pub sentences: u32,
    /// Sentiment, -1..1.
    pub sentiment: Sentiment,
    /// Sarcasm markers, 0..1.
    pub sarcasm: Sarcasm,
    /// Alarm language, 0..1.
    pub alarm: Alarm,
    /// Stances of holders toward figures, by holder and figure in order of first evidence.
    pub stances: Vec<Stance>,
    /// The user's own lexicon categories, all of them in every paragraph; absent if there are none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub custom: BTreeMap<String, Custom>,
}

/// Sentiment of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sentiment {
    /// -1 (negative) to 1 (positive); 0 also where there are no hits.
    pub score: f32,
    /// Positive part, 0..1.
    pub positive: f32,
    /// Negative part, 0..1.
    pub negative: f32,
    /// Number of terms that counted.
    pub hits: u32,
    /// The terms; empty unless evidence was asked for.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

/// Sarcasm markers of a paragraph: removable clues (Burgers 2010), not the intent behind them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sarcasm {
    /// 0..1.
    pub score: f32,
    /// Score by cue family; families without a cue are left out.
    pub cues: BTreeMap<String, f32>,
    /// Number of cues.
    pub hits: u32,
    /// The cues; empty unless evidence was asked for.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

/// Alarm language of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Alarm {
    /// 0..1.
    pub score: f32,
    /// Score by part; parts without a cue are left out.
    pub parts: BTreeMap<String, f32>,
    /// Number of cues.
    pub hits: u32,
    /// The cues; empty unless evidence was asked for.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

/// One holder's stance toward one figure in one paragraph.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Stance {
    /// A figure's name, [`AUTHOR`], [`UNKNOWN`], or the words of the text that name the source ("the ministry").
    pub holder: String,
    /// The figure's name.
    pub figure: String,
    /// -1 (against) to 1 (for).
    pub score: f32,
    /// How often the figure is mentioned here in this holder's words.
    pub mentions: u32,
    /// How the mentions were linked to the figure.
    pub via: Vec<Via>,
    /// Number of pieces of evidence; 0 where the figure is only mentioned.
    pub hits: u32,
    /// The evidence; empty unless it was asked for.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

/// How a mention was linked to its figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Via {
    /// The full name.
    Name,
    /// A part of the name, a nickname or another spelling.
    Alias,
    /// A title or role: "the president".
    Title,
    /// he, she, him, her, his, I.
    Pronoun,
}

/// A score of a category that the program does not know.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Custom {
    /// Sum of the weights of the terms, per 100 words.
    pub score: f32,
    /// Number of terms.
    pub hits: u32,
    /// The share of the paragraph's words that the terms cover, 0..1.
    pub share: f32,
    /// Mean weight of the terms, -1..1; 0 also where there are no hits.
    pub mean: f32,
    /// The terms; empty unless evidence was asked for.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

/// Words that caused a number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Category or rule: `alarm.brink`, `sarcasm.scare_quotes`.
    pub cue: String,
    /// The lexicon's term, or what the rule found.
    pub term: String,
    /// The weight in the lexicon or of the rule.
    pub weight: f32,
    /// What it added to the score after negation, intensity and length; contributions of a score add up to it.
    pub contribution: f32,
    /// What changed the weight: "negated", "intensified", "hedged", "past".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shifts: Vec<String>,
}

/// A figure of the document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Figure {
    /// The fullest name in the text.
    pub name: String,
    /// Other ways in which the text names the figure, in order of appearance.
    pub aliases: Vec<String>,
    /// `m` or `f`, where the text or `figures.tsv` tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gender: Option<String>,
    /// Number of mentions.
    pub mentions: u32,
    /// Where the mentions stand and how they were linked, in order of the text.
    #[serde(default)]
    pub spans: Vec<Mention>,
    /// Stances toward the figure by holder over the whole document.
    pub stances: Vec<FigureStance>,
}

/// One mention of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mention {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// How it was linked.
    pub via: Via,
}

/// One holder's stance toward a figure over the whole document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FigureStance {
    /// As in [`Stance`].
    pub holder: String,
    /// Mean over the paragraphs with evidence, weighted by its amount; -1..1.
    pub score: f32,
    /// Pieces of evidence.
    pub hits: u32,
    /// The paragraphs in which the holder speaks of the figure.
    pub paragraphs: Vec<u32>,
}

/// Who says what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Attribution {
    /// A figure's name, the words that name the source, or [`UNKNOWN`].
    pub holder: String,
    /// The words that name the source, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<crate::segment::Span>,
    /// The reporting verb or phrase, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<crate::segment::Span>,
    /// What is said: one or more stretches of text.
    pub content: Vec<crate::segment::Span>,
    /// Direct, indirect or mixed.
    pub form: SpeechForm,
}

/// How speech is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum SpeechForm {
    /// In quotation marks.
    Direct,
    /// Retold.
    Indirect,
    /// Retold with quoted words in it.
    Mixed,
}
