//! Text to units: words (exact UAX #29), tokens for the scorers, sentences, paragraphs and quotations.
//! All spans are UTF-8 byte offsets into the text that was given.

mod paragraphs;
mod quotes;
mod sentences;
mod tokens;
mod words;

pub use paragraphs::{ParagraphMode, paragraphs};
pub use quotes::{Quotation, quotations};
pub use sentences::{Abbreviation, sentences};
pub use tokens::{Marks, Token, TokenKind, tokens};
pub use words::{Kernel, WordBounds, Words, word_bounds, word_bounds_with, words, words_with};

/// A stretch of text: byte offsets, end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}
