//! Sarcasm markers of a paragraph, 0..1: removable clues (Burgers 2010), not the intent behind them.
//!
//! A cue that is only words is a line of `sarcasm.tsv`; a cue that is a pattern is one small rule in a file here. Every rule has
//! the shape `fn(&Scene, &mut Vec<Cue>)`; [`RULES`] is the list. Cues combine as [`combine`](super::combine) says.
//!
//! | file | cue families |
//! | --- | --- |
//! | `words.rs` | distancing, reported sarcasm, interjections, hyperbole, tags, rhetorical questions, certainty, litotes, hashtags |
//! | `scare_quotes.rs` | short quotations that are neither speech nor a title |
//! | `mock_honour.rs` | "our dear leader", 'the Great' |
//! | `incongruity.rs` | praise in a grim situation (Riloff 2013), polarity clash inside a clause |
//! | `typography.rs` | `?!`, `(!)`, lengthened letters, shouted words, ellipsis after praise |

mod incongruity;
mod mock_honour;
mod scare_quotes;
mod typography;
mod words;

use std::ops::Range;

use super::combine::{Cue, combine};
use super::shift::Shift;
use crate::document::{Document, ParagraphUnit};
use crate::lexicon::{Cat, Hit};
use crate::report::Sarcasm;

pub(crate) use scare_quotes::is_scare_quote;

/// Exponent of the power mean over sentences: close to the strongest sentence.
const EXPONENT: f32 = 4.0;

/// What a rule sees: the document, one paragraph, and its hits with their shifts.
pub(crate) struct Scene<'s> {
    pub(crate) document: &'s Document<'s>,
    pub(crate) paragraph: &'s ParagraphUnit,
    pub(crate) hits: &'s [Hit],
    pub(crate) shifts: &'s [Shift],
}

type Rule = fn(&Scene<'_>, &mut Vec<Cue>);

/// The rules by name; the name is the cue family that an ablation switches off.
pub(crate) const RULES: [(&str, Rule); 5] = [
    ("words", words::cues),
    ("scare_quotes", scare_quotes::cues),
    ("mock_honour", mock_honour::cues),
    ("incongruity", incongruity::cues),
    ("typography", typography::cues),
];

/// Scores one paragraph. `shifts` is parallel to `document.hits`.
pub(crate) fn score(document: &Document<'_>, paragraph: &ParagraphUnit, shifts: &[Shift], without: &[String], evidence: bool) -> Sarcasm {
    let range = paragraph.hits.start as usize..paragraph.hits.end as usize;
    let scene = Scene { document, paragraph, hits: &document.hits[range.clone()], shifts: &shifts[range] };
    let mut cues = Vec::new();
    for (name, rule) in RULES {
        if !without.iter().any(|w| w == name) {
            rule(&scene, &mut cues);
        }
    }
    cues.sort_by_key(|c| (c.tokens.start, c.tokens.end));
    let combined = combine(document, paragraph, &cues, EXPONENT, evidence);
    Sarcasm { score: combined.score, cues: combined.parts, hits: combined.hits, evidence: combined.evidence }
}

impl Scene<'_> {
    /// Hits of a category with their numbers.
    fn of(&self, cat: Cat) -> impl Iterator<Item = (usize, &Hit)> {
        self.hits.iter().enumerate().filter(move |(_, h)| h.cat == cat)
    }

    /// The sentence of a token.
    fn sentence(&self, token: u32) -> Range<u32> {
        let all = &self.document.sentences[self.paragraph.sentences.start as usize..self.paragraph.sentences.end as usize];
        all.get(all.partition_point(|s| s.end <= token)).cloned().unwrap_or(self.paragraph.tokens.clone())
    }

    /// Sum of the negative and of the positive sentiment weights among the tokens, negation left aside.
    fn sentiment(&self, tokens: Range<u32>) -> (f32, f32) {
        let from = self.hits.partition_point(|h| h.start < tokens.start);
        self.hits[from..]
            .iter()
            .take_while(|h| h.start < tokens.end)
            .filter(|h| h.cat == Cat::SENTIMENT)
            .fold((0.0, 0.0), |(minus, plus), h| (minus + h.weight.min(0.0).abs(), plus + h.weight.max(0.0)))
    }

    /// Whether some token of the range carries one of the tags.
    fn has(&self, tokens: Range<u32>, tags: u128) -> bool {
        tokens.into_iter().any(|t| self.document.is(t as usize, tags))
    }

    fn rule_cue(&self, family: &'static str, tokens: Range<u32>, strength: f32) -> Cue {
        Cue { tokens, family, entry: None, weight: strength, strength, shift: Shift::NONE }
    }
}
