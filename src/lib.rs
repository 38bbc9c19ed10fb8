//! Scores every paragraph of news, speeches and transcripts for sarcasm markers, alarm language, stance toward named
//! figures (and who holds it), and sentiment, each number with the words that caused it.

// The command line calls the library by its name, as any user does.
#[cfg(feature = "cli")]
extern crate self as philippic;

mod analyzer;
#[cfg(feature = "cli")]
pub mod cli;
pub mod corpus;
mod coverage;
mod document;
#[cfg(feature = "evaluate")]
pub mod evaluate;
#[cfg(feature = "heatmap")]
pub mod heatmap;
#[cfg(feature = "decode")]
pub mod input;
pub mod lexicon;
pub mod report;
mod scorers;
pub mod segment;
mod units;

pub use analyzer::{AnalyzeError, Analyzer, Options, Scratch, SpanStance, Stage};
pub use coverage::{CategoryCoverage, Coverage, CoverageReport, UnmetWord};
pub use scorers::rule_names;
pub use scorers::stance::{FEATURE_NAMES, KnownFigure};
pub use units::{Unit, UnitKind, function_words, units};
