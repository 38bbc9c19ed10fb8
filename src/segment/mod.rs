//! Text to units: words (exact UAX #29), tokens for the scorers, sentences, paragraphs and quotations.
//! All spans are UTF-8 byte offsets into the text that was given.

mod words;

pub use words::{WordBounds, Words, word_bounds, words};
