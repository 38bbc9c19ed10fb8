//! Mock honours: "our dear leader", 'the Great' before a name, "genius" Jones. An honour is often sincere, so that it counts only
//! in quotation marks, behind a distancing word, or in a sentence that is otherwise hostile.

use super::Scene;
use crate::lexicon::Cat;
use crate::scorers::combine::Cue;
use crate::segment::TokenKind;

const FAMILY: &str = "sarcasm.mock_honour";

/// Share of the weight in quotation marks, in a hostile sentence, and elsewhere.
const QUOTED: f32 = 0.9;
const HOSTILE: f32 = 0.6;
const PLAIN: f32 = 0.12;

pub(super) fn cues(scene: &Scene<'_>, out: &mut Vec<Cue>) {
    for (i, hit) in scene.of(Cat::HONOUR) {
        let document = scene.document;
        let quoted = hit.start > 0
            && is_mark(document.tokens[hit.start as usize - 1].kind)
            && document.tokens.get(hit.end as usize).is_some_and(|t| is_mark(t.kind));
        let sentence = scene.sentence(hit.start);
        let (minus, plus) = scene.sentiment(sentence.clone());
        let distanced = scene.has(sentence.start..hit.start, Cat::DISTANCING.tag());
        let share = if quoted || distanced {
            QUOTED
        } else if minus > plus + 0.4 {
            HOSTILE
        } else {
            PLAIN
        };
        let strength = hit.weight * share;
        if strength > 0.05 {
            out.push(Cue {
                tokens: hit.start..hit.end,
                family: FAMILY,
                entry: Some(hit.entry),
                weight: hit.weight,
                strength,
                shift: scene.shifts[i],
            });
        }
    }
}

fn is_mark(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::DoubleQuote | TokenKind::SingleQuote)
}
