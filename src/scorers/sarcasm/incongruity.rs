//! Incongruity: praise that meets a grim situation inside one clause (Riloff et al. 2013), and strong words of both signs side by
//! side (polarity imbalance, Valitutti & Novielli).

use super::Scene;
use crate::lexicon::Cat;
use crate::scorers::combine::Cue;

const PRAISE_FAMILY: &str = "sarcasm.praise";
const CLASH_FAMILY: &str = "sarcasm.clash";

/// Tokens between praise and situation.
const REACH: u32 = 7;
/// Strength of praise (weight 1) with a situation (weight 1) behind it.
const SITUATION: f32 = 0.75;
/// Strength of praise with a strongly negative word behind it.
const NEGATIVE: f32 = 0.35;
/// Strength of a strong positive and a strong negative word in one clause.
const CLASH: f32 = 0.12;

pub(super) fn cues(scene: &Scene<'_>, out: &mut Vec<Cue>) {
    for (i, praise) in scene.of(Cat::PRAISE) {
        if scene.shifts[i].negation > 0.4 {
            continue;
        }
        let clause = scene.document.clauses[praise.start as usize];
        let behind = scene.hits[i + 1..].iter().take_while(|h| h.start <= praise.end + REACH);
        let near = behind.filter(|h| h.start >= praise.end && scene.document.clauses[h.start as usize].abs_diff(clause) <= 1);
        let strongest = near
            .filter_map(|h| match h.cat {
                Cat::SITUATION => Some((h.weight * SITUATION, h.end)),
                Cat::SENTIMENT if h.weight <= -0.4 && scene.document.clauses[h.start as usize] == clause => {
                    Some((-h.weight * NEGATIVE, h.end))
                }
                _ => None,
            })
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((strength, end)) = strongest {
            out.push(scene.rule_cue(PRAISE_FAMILY, praise.start..end, strength * praise.weight.max(0.3)));
        }
    }
    // Neighbouring sentiment hits of one clause with opposite, strong weights.
    let sentiment: Vec<(usize, &crate::lexicon::Hit)> = scene.of(Cat::SENTIMENT).collect();
    for pair in sentiment.windows(2) {
        let ((a, x), (b, y)) = (pair[0], pair[1]);
        let same = scene.document.clauses[x.start as usize] == scene.document.clauses[y.start as usize];
        if same
            && x.weight * y.weight < 0.0
            && x.weight.abs().min(y.weight.abs()) >= 0.5
            && scene.shifts[a].negation + scene.shifts[b].negation < 0.3
            && y.start - x.end <= 4
        {
            out.push(scene.rule_cue(CLASH_FAMILY, x.start..y.end, CLASH));
        }
    }
}
