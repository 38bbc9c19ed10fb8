//! The scorers. Each takes the document's hits and structure and returns a score with its evidence.
//!
//! | file | score |
//! | --- | --- |
//! | `sentiment.rs` | sentiment, -1..1 |
//! | `hashtags.rs` | words inside hashtags, for sentiment |
//! | `alarm/` | alarm language, 0..1; its rules by what they look at |
//! | `sarcasm/` | sarcasm markers, 0..1; one file a cue family |
//! | `sentence.rs` | one sentence as the rules of alarm and sarcasm see it |
//! | `combine.rs` | cues to one number, for alarm and sarcasm |
//! | `stance/` | stance of holders toward figures, -1..1 |
//! | `shift.rs` | negation, intensity, certainty, contrast, time: once for all of them |

pub(crate) mod alarm;
pub(crate) mod combine;
mod hashtags;
pub(crate) mod sarcasm;
pub(crate) mod sentence;
pub(crate) mod sentiment;
pub(crate) mod shift;
pub(crate) mod stance;

use crate::document::Document;
use crate::lexicon::Hit;
use crate::report::Evidence;
use shift::Shift;

/// Names of the rules that [`Options::without`](crate::Options::without) switches off: those of all scorers, then those of alarm and the
/// cue families of sarcasm.
pub fn rule_names() -> Vec<&'static str> {
    let rules = alarm::RULES.iter().map(|(name, _)| *name).chain(sarcasm::RULES.iter().map(|(name, _)| *name));
    let mut names: Vec<&str> = shift::Rules::NAMES.to_vec();
    for name in rules.chain(["density"]) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The evidence of a lexicon hit.
pub(crate) fn evidence(document: &Document<'_>, hit: &Hit, contribution: f32, shift: Shift) -> Evidence {
    let span = document.span(hit.start..hit.end);
    let (_, entry) = document.table.line(hit.entry);
    Evidence {
        start: span.start,
        end: span.end,
        cue: entry.category.clone(),
        term: entry.term.clone(),
        weight: hit.weight,
        contribution,
        shifts: shift.names(),
    }
}
