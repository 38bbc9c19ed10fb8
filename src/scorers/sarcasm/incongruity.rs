//! Incongruity inside a clause: praise that meets a grim situation, on either side (Riloff et al. 2013), praise of a strongly negative
//! thing, and strong words of both signs side by side (polarity imbalance, Valitutti & Novielli).

use crate::lexicon::{Cat, Hit};
use crate::scorers::combine::Cue;
use crate::scorers::sentence::Sentence;

pub(super) const PRAISE_FAMILY: &str = "sarcasm.incongruity";
pub(super) const CLASH_FAMILY: &str = "sarcasm.clash";

/// Tokens between praise and situation behind it, and before it.
const BEHIND: u32 = 7;
const BEFORE: u32 = 8;
/// Strength of praise with a situation behind it, and before it (weights 0.5 and more).
const SITUATION: f32 = 0.75;
const SITUATION_FIRST: f32 = 0.6;
/// Strength of praise with a strongly negative word behind it.
const NEGATIVE: f32 = 0.25;
/// Situations below this are everyday words.
const FAINT: f32 = 0.4;
/// Such a word.
const GRIM: f32 = -0.4;
/// A weak term counts this much of its category's strength at least.
const SHARE: f32 = 0.4;
/// Strength of a strong positive and a strong negative word side by side: news does it in every eighth sentence.
const CLASH: f32 = 0.08;
const STRONG: f32 = 0.4;
const SIDE_BY_SIDE: u32 = 4;
/// Plain prose praises workers and thanks nurses: a situation in a sentence of more words than this counts less.
const SHORT: f32 = 20.0;
const SPOKEN: f32 = 0.5;
const NEGATED: f32 = 0.4;

pub(super) fn cues(sentence: &Sentence<'_>, out: &mut Vec<Cue>) {
    if sentence.holds(Cat::PRAISE.tag()) && sentence.holds(Cat::SITUATION.tag() | Cat::SENTIMENT.tag()) {
        praise(sentence, out);
    }
    if sentence.plus > 0.0 && sentence.minus > 0.0 {
        clash(sentence, out);
    }
}

fn praise(sentence: &Sentence<'_>, out: &mut Vec<Cue>) {
    let short = (SHORT / sentence.words.max(1) as f32).min(1.0);
    for (_, praise, shift) in sentence.of(Cat::PRAISE) {
        if shift.negation > NEGATED {
            continue;
        }
        let clause = sentence.clause(praise.start);
        let near = sentence.within(praise.start.saturating_sub(BEFORE)..praise.end + BEHIND + 1).map(|(h, _)| h);
        let found = near.filter_map(|h| strength(sentence, praise, clause, h)).max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((other, strength)) = found {
            let tokens = praise.start.min(other.start)..praise.end.max(other.end);
            let spoken = if sentence.is_spoken(praise.start) { SPOKEN } else { 1.0 };
            out.push(sentence.rule_cue(PRAISE_FAMILY, tokens, strength * praise.weight.clamp(SHARE, 0.7) / 0.7 * short * spoken));
        }
    }
}

fn strength<'h>(sentence: &Sentence<'_>, praise: &Hit, clause: u32, other: &'h Hit) -> Option<(&'h Hit, f32)> {
    let same = sentence.clause(other.start) == clause;
    let share = (other.weight * 2.0).clamp(SHARE, 1.0);
    // "wonderful work": a faint situation right behind is what is praised.
    let object = other.start == praise.end && other.weight < FAINT;
    match other.cat {
        Cat::SITUATION if object => None,
        Cat::SITUATION if other.start >= praise.end && sentence.clause(other.start).abs_diff(clause) <= 1 => {
            Some((other, SITUATION * share))
        }
        Cat::SITUATION if other.end <= praise.start => Some((other, SITUATION_FIRST * share)),
        Cat::SENTIMENT if other.weight <= GRIM && other.start >= praise.end && same => Some((other, NEGATIVE)),
        _ => None,
    }
}

/// Neighbouring sentiment hits of one clause with opposite, strong weights.
fn clash(sentence: &Sentence<'_>, out: &mut Vec<Cue>) {
    let mut before: Option<&Hit> = None;
    for (_, hit, shift) in sentence.of(Cat::SENTIMENT) {
        if shift.negation > NEGATED || hit.weight.abs() < STRONG {
            continue;
        }
        if let Some(last) = before
            && last.weight * hit.weight < 0.0
            && hit.start >= last.end
            && hit.start - last.end <= SIDE_BY_SIDE
            && sentence.clause(last.start) == sentence.clause(hit.start)
        {
            out.push(sentence.rule_cue(CLASH_FAMILY, last.start..hit.end, CLASH));
        }
        before = Some(hit);
    }
}
