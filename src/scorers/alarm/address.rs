//! Whom it concerns, and whether it calls to act.

use super::{FEAR, scale};
use crate::lexicon::Cat;
use crate::scorers::combine::Cue;
use crate::scorers::sentence::Sentence;
use crate::segment::TokenKind;

/// "we", "our country"; "must", "have to".
const TO_US: f32 = 1.25;
const OBLIGED: f32 = 1.25;
/// Fear that the speaker has ("I am terrified", `#nervous`) against fear spoken of ("fear is a bad adviser").
const OWN_FEAR: f32 = 1.4;

/// A danger to us raises, so does a call to act, so does fear in the first person.
pub(super) fn address(sentence: &Sentence<'_>, cues: &mut Vec<Cue>) {
    let to_us = if sentence.holds(Cat::US.tag()) { TO_US } else { 1.0 };
    let obliged = if sentence.holds(Cat::OBLIGATION.tag()) { OBLIGED } else { 1.0 };
    let own = sentence.holds(Cat::PRONOUN_I.tag());
    if to_us * obliged == 1.0 && !own && !sentence.has_kind(TokenKind::Hashtag) {
        return;
    }
    for cue in cues {
        let own = own || sentence.kind(cue.tokens.start) == Some(TokenKind::Hashtag);
        let fear = if own && cue.family == FEAR { OWN_FEAR } else { 1.0 };
        scale(cue, to_us * obliged * fear);
    }
}
