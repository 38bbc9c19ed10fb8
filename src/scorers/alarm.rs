//! Alarm language of a paragraph, 0..1, with its parts.
//!
//! Alarm presents a threat that is severe, near, to us, and demands action (FIELD.md 3b); a count of grim words is not alarm. So each
//! cue's weight is shifted by what stands around it: nearness (now, soon, will) raises, the past lowers, "we" and "must" raise,
//! negation and hypotheticals lower, and cues of different parts in one sentence raise each other. Reassurance
//! ("no cause for alarm") pulls its sentence down. Cues combine as [`combine`](super::combine) says.

use super::combine::{Cue, combine};
use super::shift::Shift;
use crate::document::{Document, ParagraphUnit};
use crate::lexicon::{Cat, Family, Hit};
use crate::report::Alarm;
use crate::segment::TokenKind;

/// Exponent of the power mean over sentences.
const EXPONENT: f32 = 2.0;
/// A cue's weight times this is its strength alone, in a plain present-tense sentence.
const BASE: f32 = 0.55;

/// What raises and lowers a cue: the circumstance and its factor.
const PAST: f32 = 0.65;
const NEAR: f32 = 1.3;
const TO_US: f32 = 1.15;
const OBLIGED: f32 = 1.15;
const QUESTIONED: f32 = 0.9;
/// A sentence with cues of two parts, of three and more.
const COMPANY: [f32; 4] = [1.0, 1.0, 1.15, 1.3];

/// The part a category belongs to.
fn part(cat: Cat) -> &'static str {
    match cat {
        Cat::THREAT => "alarm.threat",
        Cat::URGENCY => "alarm.urgency",
        Cat::CATASTROPHE => "alarm.catastrophe",
        Cat::FEAR => "alarm.fear",
        Cat::VIOLENCE => "alarm.violence",
        Cat::DECLINE => "alarm.decline",
        Cat::BRINK => "alarm.brink",
        Cat::SCALE => "alarm.scale",
        Cat::PLAGUE => "alarm.plague",
        Cat::ACTION => "alarm.action",
        _ => "alarm.reassurance",
    }
}

/// Scores one paragraph. `shifts` is parallel to `document.hits`.
pub(crate) fn score(document: &Document<'_>, paragraph: &ParagraphUnit, shifts: &[Shift], evidence: bool) -> Alarm {
    let mut cues: Vec<Cue> = Vec::new();
    let hits = paragraph.hits.start as usize..paragraph.hits.end as usize;
    for i in hits.filter(|&i| document.hits[i].cat.family() == Family::Alarm) {
        cues.push(cue(document, &document.hits[i], shifts[i]));
    }
    keep_company(document, paragraph, &mut cues);
    let combined = combine(document, paragraph, &cues, EXPONENT, evidence);
    Alarm { score: combined.score, parts: combined.parts, hits: combined.hits, evidence: combined.evidence }
}

fn cue(document: &Document<'_>, hit: &Hit, shift: Shift) -> Cue {
    let base = Cue { tokens: hit.start..hit.end, family: part(hit.cat), entry: Some(hit.entry), weight: hit.weight, strength: 0.0, shift };
    if hit.cat == Cat::REASSURANCE {
        // "not under control" does not reassure.
        return Cue { strength: -hit.weight * (1.0 - shift.negation) * shift.certainty, ..base };
    }
    let mut strength = hit.weight * BASE * shift.intensity;
    if shift.has(Shift::PAST) || names_past_year(document, hit) {
        strength *= PAST;
    } else if shift.has(Shift::FUTURE) || shift.has(Shift::NOW) {
        strength *= NEAR;
    }
    if shift.has(Shift::US) {
        strength *= TO_US;
    }
    if shift.has(Shift::OBLIGATION) {
        strength *= OBLIGED;
    }
    if shift.has(Shift::QUESTION) {
        strength *= QUESTIONED;
    }
    // A danger that may come alarms nearly as much as one that will; a denied one does not.
    strength *= 0.7 + 0.3 * shift.certainty;
    strength *= 1.0 - 0.9 * shift.negation;
    Cue { strength: strength.min(0.98), ..base }
}

/// "in 1914": a year well before the text's own time stands within the clause.
fn names_past_year(document: &Document<'_>, hit: &Hit) -> bool {
    let clause = document.clauses[hit.start as usize];
    let from = hit.start.saturating_sub(8) as usize;
    let to = (hit.end as usize + 8).min(document.tokens.len());
    (from..to).any(|t| {
        document.tokens[t].kind == TokenKind::Number
            && document.clauses[t] == clause
            && document.word(t).len() == 4
            && document.word(t).parse::<u32>().is_ok_and(|year| (1000..2010).contains(&year))
            && t > 0
            && document.is(t - 1, Cat::PREPOSITION.tag() | Cat::CALENDAR.tag())
    })
}

/// Cues of different parts in one sentence raise each other.
fn keep_company(document: &Document<'_>, paragraph: &ParagraphUnit, cues: &mut [Cue]) {
    let sentences = &document.sentences[paragraph.sentences.start as usize..paragraph.sentences.end as usize];
    for group in cues.chunk_by_mut(|a, b| {
        let of = |c: &Cue| sentences.partition_point(|s| s.end <= c.tokens.start);
        of(a) == of(b)
    }) {
        let mut parts: Vec<&str> = group.iter().filter(|c| c.strength > 0.1).map(|c| c.family).collect();
        parts.sort_unstable();
        parts.dedup();
        let factor = COMPANY[parts.len().min(3)];
        for cue in group.iter_mut().filter(|c| c.strength > 0.0) {
            cue.strength = (cue.strength * factor).min(0.98);
        }
    }
}
