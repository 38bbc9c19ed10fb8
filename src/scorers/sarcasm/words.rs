//! Cues that are only words: a line of `sarcasm.tsv` each. The table says how much of its weight a category brings alone,
//! and where in the sentence the words must stand.

use super::Scene;
use crate::lexicon::{Cat, Hit};
use crate::scorers::combine::Cue;
use crate::segment::TokenKind;

/// Where the words must stand to count in full.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Anywhere,
    /// First words of the sentence, or set off by a mark on both sides.
    SetOff,
    /// Last words of the sentence.
    End,
    /// In a sentence that asks.
    Question,
}

/// Category, family, share of the weight that counts, place, share that is left in another place.
const TABLE: [(Cat, &str, f32, Place, f32); 9] = [
    (Cat::DISTANCING, "sarcasm.distancing", 0.6, Place::Anywhere, 1.0),
    (Cat::REPORTED_SARCASM, "sarcasm.reported", 0.75, Place::Anywhere, 1.0),
    (Cat::HYPERBOLE, "sarcasm.hyperbole", 0.4, Place::Anywhere, 1.0),
    (Cat::INTERJECTION, "sarcasm.interjection", 0.7, Place::SetOff, 0.4),
    (Cat::TAG, "sarcasm.tag", 0.6, Place::End, 0.15),
    (Cat::RHETORICAL, "sarcasm.rhetorical", 0.75, Place::Question, 0.5),
    (Cat::CERTAINTY, "sarcasm.certainty", 0.45, Place::SetOff, 0.6),
    (Cat::LITOTES, "sarcasm.litotes", 0.6, Place::Anywhere, 1.0),
    (Cat::EXPLICIT, "sarcasm.explicit", 1.0, Place::Anywhere, 1.0),
];

pub(super) fn cues(scene: &Scene<'_>, out: &mut Vec<Cue>) {
    for (i, hit) in scene.hits.iter().enumerate() {
        let Some(&(_, family, share, place, elsewhere)) = TABLE.iter().find(|row| row.0 == hit.cat) else { continue };
        let share = if stands(scene, hit, place) { share } else { share * elsewhere };
        let strength = (hit.weight * share).min(0.98);
        if strength > 0.02 {
            out.push(Cue {
                tokens: hit.start..hit.end,
                family,
                entry: Some(hit.entry),
                weight: hit.weight,
                strength,
                shift: scene.shifts[i],
            });
        }
    }
}

fn stands(scene: &Scene<'_>, hit: &Hit, place: Place) -> bool {
    let sentence = scene.sentence(hit.start);
    let kind = |t: u32| scene.document.tokens[t as usize].kind;
    let first = !(sentence.start..hit.start).any(|t| scene.document.tokens[t as usize].is_lexical());
    let last = !(hit.end..sentence.end).any(|t| scene.document.tokens[t as usize].is_word());
    match place {
        Place::Anywhere => true,
        Place::SetOff => {
            first
                || last
                || (hit.start > sentence.start
                    && !scene.document.tokens[hit.start as usize - 1].is_lexical()
                    && hit.end < sentence.end
                    && kind(hit.end) == TokenKind::Comma)
        }
        Place::End => last && hit.start > sentence.start,
        Place::Question => (sentence.start..sentence.end).rev().take(3).any(|t| kind(t) == TokenKind::Question),
    }
}
