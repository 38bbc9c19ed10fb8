//! Alarm language of a paragraph, 0..1, with its parts.
//!
//! Alarm presents a threat that is severe, near, to us, and demands action (FIELD.md 3b; fear appeals: Innocenti 2011, proximisation:
//! Cap 2013); a count of grim words is not alarm. A line of `alarm.tsv` is a cue of strength `weight · share of its part`, and
//! each rule below raises, lowers or adds cues by what stands around them. They combine as [`combine`](super::combine) says.
//!
//! | file | rules |
//! | --- | --- |
//! | `nearness.rs` | `nearness`: now and soon raise, the past and past years lower; `certainty`: negation, "if", "may", questions, "but" |
//! | `address.rs` | `address`: it concerns us, something must be done, the speaker is afraid |
//! | `reassurance.rs` | `reassurance`: no danger, danger past; `tone`: the sentiment around, as a faint cue of its own |
//! | `company.rs` | `repetition`: one part again and again; `company`: parts together; `facts`: only what a sober report needs |
//!
//! Every rule has the shape `fn(&Sentence, &mut Vec<Cue>)` and sees the cues of one sentence; [`RULES`] is the order.

mod address;
mod company;
mod nearness;
mod reassurance;

use super::combine::{Cue, Shape, combine};
use super::sentence::{Sentence, is_off, sentences};
use super::shift::Shift;
use crate::document::{Document, ParagraphUnit};
use crate::lexicon::{Cat, Family};
use crate::report::Alarm;

/// Exponent of the power mean over sentences: one alarming sentence of eight leaves 0.6 of itself. Chosen by measuring 2, 3 and
/// 4, which differ by little.
const EXPONENT: i32 = 4;
/// A cue's weight times this is its strength alone, in a plain present-tense sentence: a word that is clear by itself (0.6)
/// reaches 0.5 only with company.
const BASE: f32 = 0.55;

/// No cue is certain.
const MOST: f32 = 0.98;

/// The parts: category, name, share. Words of threat and fear say what alarm is; a death or a flood must also be told by a sober report, and
/// so counts less (the shares differ by little: measured on headlines, news paragraphs and tweets, they may not trade one for another).
const PARTS: [(Cat, &str, f32); 11] = [
    (Cat::THREAT, "alarm.threat", 1.15),
    (Cat::URGENCY, "alarm.urgency", 1.0),
    (Cat::CATASTROPHE, "alarm.catastrophe", 0.85),
    (Cat::FEAR, FEAR, 1.3),
    (Cat::VIOLENCE, "alarm.violence", 0.85),
    (Cat::DECLINE, "alarm.decline", 1.0),
    (Cat::BRINK, "alarm.brink", 1.2),
    (Cat::SCALE, "alarm.scale", 1.0),
    (Cat::PLAGUE, "alarm.plague", 1.0),
    (Cat::ACTION, "alarm.action", 1.0),
    (Cat::REASSURANCE, REASSURANCE, 1.0),
];

const FEAR: &str = "alarm.fear";
const REASSURANCE: &str = "alarm.reassurance";
const TONE: &str = "alarm.tone";

type Rule = fn(&Sentence<'_>, &mut Vec<Cue>);

/// The rules in order, by the name that an ablation switches off.
const RULES: [(&str, Rule); 8] = [
    ("nearness", nearness::time),
    ("certainty", nearness::certainty),
    ("address", address::address),
    ("reassurance", reassurance::reassurance),
    ("repetition", company::repetition),
    ("facts", company::facts),
    ("company", company::company),
    ("tone", reassurance::tone),
];

/// The rules by name; `density` is part of how cues combine.
pub(super) fn rule_names() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|(name, _)| *name).chain(["density"])
}

/// The parts by name.
pub(super) fn family_names() -> impl Iterator<Item = &'static str> {
    PARTS.iter().map(|row| row.1).chain([TONE])
}

/// Scores one paragraph. `shifts` is parallel to `document.hits`; `without` names rules and parts to leave out.
pub(crate) fn score(document: &Document<'_>, paragraph: &ParagraphUnit, shifts: &[Shift], without: &[String], evidence: bool) -> Alarm {
    let mut all: Vec<Cue> = Vec::new();
    let mut cues: Vec<Cue> = Vec::new();
    for sentence in sentences(document, paragraph, shifts) {
        words(&sentence, without, &mut cues);
        for (name, rule) in RULES {
            if !is_off(without, name) {
                rule(&sentence, &mut cues);
            }
        }
        if !without.is_empty() {
            cues.retain(|c| !is_off(without, c.family));
        }
        all.append(&mut cues);
    }
    let shape = Shape { exponent: EXPONENT, density: !is_off(without, "density") };
    let combined = combine(document, paragraph, &all, shape, evidence);
    Alarm { score: combined.score, parts: combined.parts, hits: combined.hits, evidence: combined.evidence }
}

/// The lines of the lexicon that the sentence meets.
fn words(sentence: &Sentence<'_>, without: &[String], out: &mut Vec<Cue>) {
    for (hit, &shift) in sentence.hits.iter().zip(sentence.shifts) {
        if hit.cat.family() != Family::Alarm {
            continue;
        }
        let Some(&(_, family, share)) = PARTS.iter().find(|row| row.0 == hit.cat) else { continue };
        if !is_off(without, family) {
            // A reassuring line raises nothing; its rule says how far it lowers.
            let strength = if family == REASSURANCE { 0.0 } else { hit.weight * BASE * share * shift.intensity };
            out.push(sentence.hit_cue(family, hit, shift, strength.clamp(0.0, MOST)));
        }
    }
}

/// Multiplies a raising cue.
fn scale(cue: &mut Cue, factor: f32) {
    if cue.strength > 0.0 {
        cue.strength = (cue.strength * factor).clamp(0.0, MOST);
    }
}
