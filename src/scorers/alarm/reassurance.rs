//! What calms, and the sentiment around as a faint cue.

use super::{REASSURANCE, TONE};
use crate::lexicon::Cat;
use crate::scorers::combine::Cue;
use crate::scorers::sentence::Sentence;

/// Strength of a negative sentiment of 1 more than the positive: a sentence of grim words that no line of `alarm.tsv` names is not
/// calm, but far from alarm. Most of it (two strong words), and the least that counts.
const GRIM: f32 = 0.12;
/// In the first person distress is the speaker's own.
const OWN: f32 = 2.0;
const MOST: f32 = 2.0;
const LEAST: f32 = 0.3;
/// What a positive sentiment of 1 more than the negative takes from the alarm of its sentence.
const CHEERFUL: f32 = 0.3;

/// "no cause for alarm" pulls its sentence down; "not under control" does not, and what stands before "but" pulls less.
pub(super) fn reassurance(_: &Sentence<'_>, cues: &mut Vec<Cue>) {
    for cue in cues.iter_mut().filter(|c| c.family == REASSURANCE) {
        let kept = (1.0 - cue.shift.negation) * cue.shift.certainty * cue.shift.contrast.min(1.0);
        cue.strength = -(cue.weight * kept).clamp(0.0, 1.0);
    }
}

/// Sentiment: grim words are a faint cue, cheerful words calm the cues that are there.
pub(super) fn tone(sentence: &Sentence<'_>, cues: &mut Vec<Cue>) {
    let net = (sentence.minus - sentence.plus).clamp(-MOST, MOST);
    let raised = cues.iter().any(|c| c.strength > 0.0);
    let strength = if net >= LEAST {
        GRIM * net * if sentence.holds(Cat::PRONOUN_I.tag()) { OWN } else { 1.0 }
    } else if net <= -LEAST && raised {
        CHEERFUL * net
    } else {
        return;
    };
    let loudest = sentence.of(Cat::SENTIMENT).filter(|(_, h, _)| h.weight * strength < 0.0);
    let Some((_, hit, shift)) = loudest.max_by(|a, b| a.1.weight.abs().total_cmp(&b.1.weight.abs())) else { return };
    cues.push(sentence.hit_cue(TONE, hit, shift, strength));
}
