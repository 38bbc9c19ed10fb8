//! Mock honours: "our dear leader", 'the Great' before a name, "genius" Jones. An honour is often sincere, so that it counts only
//! in quotation marks, behind a distancing word, or in a sentence that is otherwise hostile.

use crate::lexicon::Cat;
use crate::scorers::combine::Cue;
use crate::scorers::sentence::Sentence;
use crate::segment::TokenKind;

pub(super) const FAMILY: &str = "sarcasm.mock_honour";

/// Share of the weight in quotation marks (the scare quote counts besides), behind a distancing word, in a hostile sentence, and
/// elsewhere: whole formulas ("our fearless leader") mock by themselves, single words seldom.
const QUOTED: f32 = 0.7;
const DISTANCED: f32 = 0.8;
const HOSTILE: f32 = 0.7;
const PLAIN: f32 = 0.6;
/// Words below this weight need one of the first three.
const FORMULA: f32 = 0.65;
const WORD: f32 = 0.12;
/// Tokens in which a distancing word reaches an honour.
const REACH: u32 = 6;
/// How much more negative than positive sentiment makes a sentence hostile.
const MARGIN: f32 = 0.4;
const LEAST: f32 = 0.05;

pub(super) fn cues(sentence: &Sentence<'_>, out: &mut Vec<Cue>) {
    if !sentence.holds(Cat::HONOUR.tag()) {
        return;
    }
    for (_, hit, shift) in sentence.of(Cat::HONOUR) {
        let mark = |t: u32| sentence.kind(t).is_some_and(|k| matches!(k, TokenKind::DoubleQuote | TokenKind::SingleQuote));
        let share = if hit.start > 0 && mark(hit.start - 1) && mark(hit.end) {
            QUOTED
        } else if sentence.has(hit.start.saturating_sub(REACH)..hit.start, Cat::DISTANCING.tag()) {
            DISTANCED
        } else if sentence.minus > sentence.plus + MARGIN {
            HOSTILE
        } else if hit.weight >= FORMULA {
            PLAIN
        } else {
            WORD
        };
        let strength = hit.weight * share;
        if strength > LEAST {
            out.push(sentence.hit_cue(FAMILY, hit, shift, strength));
        }
    }
}
