//! How near the danger is, and how certain.

use super::{REASSURANCE, scale};
use crate::lexicon::Cat;
use crate::scorers::combine::Cue;
use crate::scorers::sentence::Sentence;
use crate::scorers::shift::Shift;
use crate::segment::TokenKind;

/// A danger of the past; one that is here or coming.
const PAST: f32 = 0.7;
const NEAR: f32 = 1.25;
/// In a question ("Are we safe?"): interrogative headlines frighten nearly as much.
const QUESTIONED: f32 = 0.9;
/// Share that hangs on certainty: a danger that may come alarms nearly as much as one that will.
const HANGS: f32 = 0.3;
/// Share that negation takes: "no threat" still names one.
const DENIED: f32 = 0.9;
/// Years from here on are the text's own time.
const OWN_TIME: u32 = 2010;
/// Tokens around a cue in which a year counts.
const REACH: u32 = 8;

/// "will", "within days", "now" raise; "in 1914", "decades ago" lower.
pub(super) fn time(sentence: &Sentence<'_>, cues: &mut Vec<Cue>) {
    let numbers = sentence.has_kind(TokenKind::Number);
    for cue in cues {
        if cue.shift.has(Shift::PAST) || (numbers && names_past_year(sentence, cue)) {
            cue.shift.marks |= Shift::PAST;
            scale(cue, PAST);
        } else if cue.shift.has(Shift::FUTURE) || cue.shift.has(Shift::NOW) {
            scale(cue, NEAR);
        }
    }
}

/// "no threat", "if it collapses", "may", "is it a danger?", "dangerous, but under control".
pub(super) fn certainty(sentence: &Sentence<'_>, cues: &mut Vec<Cue>) {
    for cue in cues.iter_mut().filter(|c| c.family != REASSURANCE) {
        let shift = cue.shift;
        // A negator does not reach a hashtag or an emoji behind the sentence.
        let trailing = matches!(sentence.kind(cue.tokens.start), Some(TokenKind::Hashtag | TokenKind::Emoji | TokenKind::Emoticon));
        let negation = if trailing { 0.0 } else { shift.negation };
        let question = if shift.has(Shift::QUESTION) { QUESTIONED } else { 1.0 };
        scale(cue, question * (1.0 - HANGS + HANGS * shift.certainty) * (1.0 - DENIED * negation) * shift.contrast.min(1.0));
    }
}

/// "in 1914", "the 1930s", "of March 1962": a year well before the text's own time, within the clause.
fn names_past_year(sentence: &Sentence<'_>, cue: &Cue) -> bool {
    let clause = sentence.clause(cue.tokens.start);
    let from = cue.tokens.start.saturating_sub(REACH).max(sentence.tokens.start);
    let to = (cue.tokens.end + REACH).min(sentence.tokens.end);
    (from..to).any(|t| {
        sentence.kind(t) == Some(TokenKind::Number)
            && sentence.clause(t) == clause
            && t > 0
            && sentence.document.is(t as usize - 1, Cat::PREPOSITION.tag() | Cat::CALENDAR.tag() | Cat::DETERMINER.tag())
            && past_year(sentence.document.word(t as usize))
    })
}

fn past_year(word: &str) -> bool {
    let digits = word.strip_suffix('s').unwrap_or(word);
    digits.len() == 4 && digits.parse::<u32>().is_ok_and(|year| (1000..OWN_TIME).contains(&year))
}
