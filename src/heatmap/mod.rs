//! Paragraph heatmaps: one [`Grid`] of cells, drawn on a terminal, as a page, as a picture, and as data.
//!
//! [`DocumentView`] is made from a report and its text, [`CorpusView`] from many reports. Both hold grids, and all outputs draw from them:
//! [`terminal::render`], [`html::document`] and [`html::corpus`], [`svg::render`], [`png::render`], [`data`]. The colours of a score are
//! the same in all of them ([`scales`]).
//!
//! ```
//! use philippic::heatmap::{DocumentView, html};
//! use philippic::{Analyzer, Options, lexicon::Lexicon};
//!
//! let text = "The so-called \"saviour\" has brought us to the brink of ruin.";
//! let analyzer = Analyzer::new(&Lexicon::english(), Options { evidence: true, ..Options::default() });
//! let report = analyzer.analyze(text)?;
//! let view = DocumentView::new(&report, Some(text), "A speech")?;
//! let page = html::document(&view)?;
//! assert!(page.starts_with("<!doctype html>"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod corpus;
pub mod data;
mod document;
mod graph;
mod grid;
pub mod html;
#[cfg(feature = "png")]
pub mod png;
pub mod scales;
pub mod svg;
pub mod terminal;
mod text;

pub use corpus::{CorpusBuilder, CorpusOptions, CorpusView, ParagraphScores, Period, ReportRecord};
pub use document::{Cue, DocumentParagraph, DocumentView, Figure, ScoreCell, StanceCell};
pub use graph::{Edge, Graph, Node};
pub use grid::{Cell, Column, ColumnKind, Grid, Row, ScoreKind};
pub use scales::{Rgb, Scale, Theme};

/// Why there is no heatmap.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HeatmapError {
    /// The report was made from another text.
    #[error("paragraph {paragraph} ends at byte {end} and the text does not; give the text that the report was made from")]
    OtherText {
        /// Position of the paragraph, from 0.
        paragraph: u32,
        /// Where it should end.
        end: u32,
    },
    /// A line of results is no report.
    #[error("line {line}: {reason}; give the output of `philippic score --format jsonl` or of `philippic batch`")]
    NoReport {
        /// From 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// No record has such a column.
    #[error("no record has the column {column:?}; the first has {known}")]
    NoColumn {
        /// The column that was named.
        column: String,
        /// The columns that are there.
        known: String,
    },
    /// A date that cannot be read.
    #[error("line {line}: {value:?} in column {column:?} is no date; write it as 2024-09-30, alone or before a time")]
    NoDate {
        /// From 1.
        line: usize,
        /// The column that was named.
        column: String,
        /// What stands there.
        value: String,
    },
    /// A page or picture could not be written from its template.
    #[error("the template failed ({0}); this is a defect of philippic, please report it")]
    Template(#[from] askama::Error),
    /// Data could not be written.
    #[error("the data cannot be written ({0}); this is a defect of philippic, please report it")]
    Data(String),
    /// The picture could not be drawn.
    #[error("the picture cannot be drawn: {0}; write an .svg instead")]
    Picture(String),
}
