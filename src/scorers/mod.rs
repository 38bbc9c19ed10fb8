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
//! | `custom.rs` | categories of a user's own lexicon |
//! | `shift.rs` | negation, intensity, certainty, contrast, time: once for all of them |

pub(crate) mod alarm;
pub(crate) mod combine;
pub(crate) mod custom;
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

/// The name that switches off all that has to do with persons.
pub(crate) const FIGURES: &str = "figures";

/// Names that [`Options::without`](crate::Options::without) switches off: the rules of all scorers, the parts of alarm
/// (`alarm.brink`), the cue families of sarcasm (`sarcasm.litotes`), and `figures`: who is named, who speaks and every stance, half of the
/// time of an analysis.
pub fn rule_names() -> Vec<&'static str> {
    let rules = shift::Rules::NAMES.iter().copied().chain(alarm::rule_names()).chain(sarcasm::rule_names());
    let mut names: Vec<&'static str> = Vec::new();
    // One name may stand for a rule of several scorers.
    for name in rules.chain(alarm::family_names()).chain(sarcasm::family_names()).chain([FIGURES]) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The evidence of a lexicon hit.
pub(crate) fn evidence(document: &Document<'_>, hit: &Hit, contribution: f32, shift: Shift) -> Evidence {
    let span = document.span(hit.start..hit.end);
    let table = document.table;
    Evidence {
        start: span.start,
        end: span.end,
        cue: table.name(hit.cat).to_string(),
        term: table.term(hit.entry).to_string(),
        weight: hit.weight,
        contribution,
        shifts: shift.names(),
    }
}
