//! Sarcasm markers of a paragraph, 0..1: removable clues (Burgers 2010), not the intent behind them.
//!
//! A cue that is only words is a line of `sarcasm.tsv`; a cue that is a pattern is one small rule in a file here. Every rule has
//! the shape `fn(&Sentence, &mut Vec<Cue>)`; [`RULES`] is the list. Strengths are calibrated so that 0.5 is about even odds that a reader
//! finds the sentence ironic; cues combine as [`combine`](super::combine) says.
//!
//! | file | rule, cue families |
//! | --- | --- |
//! | `words.rs` | `words`: distancing, reported sarcasm, interjections, hyperbole, tags, rhetorical questions, certainty, litotes, hashtags |
//! | `scare_quotes.rs` | `scare_quotes`: short quotations that are neither speech nor a title |
//! | `mock_honour.rs` | `mock_honour`: "our dear leader", 'the Great' |
//! | `praise.rs` | `praise`: praise where sincere praise seldom stands |
//! | `incongruity.rs` | `incongruity`: praise with a grim situation (Riloff 2013), words of both signs side by side |
//! | `typography.rs` | `typography`: `?!`, `(!)`, lengthened letters |

mod incongruity;
mod mock_honour;
mod praise;
mod scare_quotes;
mod typography;
mod words;

use super::combine::{Cue, Shape, combine};
use super::sentence::{Sentence, is_off, sentences};
use super::shift::Shift;
use crate::document::{Document, ParagraphUnit};
use crate::report::Sarcasm;

pub(crate) use scare_quotes::is_scare_quote;

/// Irony comes in single sentences: one of eight leaves 0.7 of itself.
const SHAPE: Shape = Shape { exponent: 6, density: false };

type Rule = fn(&Sentence<'_>, &mut Vec<Cue>);

/// The rules by name; the name is what an ablation switches off.
const RULES: [(&str, Rule); 6] = [
    ("words", words::cues),
    ("scare_quotes", scare_quotes::cues),
    ("mock_honour", mock_honour::cues),
    ("praise", praise::cues),
    ("incongruity", incongruity::cues),
    ("typography", typography::cues),
];

/// The rules by name.
pub(super) fn rule_names() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|(name, _)| *name)
}

/// The cue families by name.
pub(super) fn family_names() -> impl Iterator<Item = &'static str> {
    let rules = [
        scare_quotes::FAMILY,
        mock_honour::FAMILY,
        praise::FAMILY,
        incongruity::PRAISE_FAMILY,
        incongruity::CLASH_FAMILY,
        typography::FAMILY,
    ];
    words::families().chain(rules)
}

/// Scores one paragraph. `shifts` is parallel to `document.hits`; `without` names rules (`typography`) and families
/// (`sarcasm.litotes`) to leave out.
pub(crate) fn score(document: &Document<'_>, paragraph: &ParagraphUnit, shifts: &[Shift], without: &[String], evidence: bool) -> Sarcasm {
    let mut cues = Vec::new();
    for sentence in sentences(document, paragraph, shifts) {
        let from = cues.len();
        for (name, rule) in RULES {
            if !is_off(without, name) {
                rule(&sentence, &mut cues);
            }
        }
        // In the order of the text, evidence or not: the last digit of a product depends on the order of its factors.
        cues[from..].sort_by_key(|c| (c.tokens.start, c.tokens.end));
    }
    if !without.is_empty() {
        cues.retain(|c| !is_off(without, c.family));
    }
    let combined = combine(document, paragraph, &cues, SHAPE, evidence);
    Sarcasm { score: combined.score, cues: combined.parts, hits: combined.hits, evidence: combined.evidence }
}
