//! Cues of one paragraph in; one score, a score by family and the evidence out. Alarm and sarcasm share it.
//!
//! Inside a sentence cues combine by noisy-or: `x = 1 - (Π (1 - s))^d`, so that a second cue adds less than the first and
//! nothing passes 1. `d` is 1, or for alarm `sqrt(25 / words)` in a sentence of more than 25 words: what is said once in ten words
//! is said louder than what is said once in fifty. Lowering cues (strength below 0) leave the share `Π (1 + s)` of it. Over the sentences of a
//! paragraph the score is a power mean, `(Σ xᵖ / n)^(1/p)`: one strong sentence among calm ones still shows, and a paragraph
//! repeated scores as once.

use std::collections::BTreeMap;
use std::ops::Range;

use super::shift::Shift;
use crate::document::{Document, ParagraphUnit};
use crate::lexicon::EntryId;
use crate::report::Evidence;

/// One cue of a paragraph.
#[derive(Clone, Debug)]
pub(crate) struct Cue {
    /// The words.
    pub(crate) tokens: Range<u32>,
    /// `alarm.brink`, `sarcasm.scare_quotes`.
    pub(crate) family: &'static str,
    /// The lexicon line it comes from; a rule's cue has none and shows its words.
    pub(crate) entry: Option<EntryId>,
    /// Weight before shifting.
    pub(crate) weight: f32,
    /// Strength after shifting, 0..1; negative pulls down.
    pub(crate) strength: f32,
    pub(crate) shift: Shift,
}

/// How a score combines its cues.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// Exponent of the power mean over sentences.
    pub(crate) exponent: i32,
    /// Whether long sentences dilute their cues.
    pub(crate) density: bool,
}

/// What [`combine`] makes of the cues.
#[derive(Default)]
pub(crate) struct Combined {
    pub(crate) score: f32,
    pub(crate) parts: BTreeMap<String, f32>,
    pub(crate) hits: u32,
    pub(crate) evidence: Vec<Evidence>,
}

/// Words of a sentence in which cues count in full: a long news sentence (the median of the press samples is 21).
const FULL_WORDS: f32 = 25.0;
/// Families that one score has at most; more than that share the last place.
const FAMILIES: usize = 24;
/// No cue alone makes a sentence certain.
const MOST: f32 = 0.98;

/// The cues of one sentence.
struct Group<'c> {
    cues: &'c [Cue],
    /// Exponent of the noisy-or.
    density: f32,
    /// Share left by the lowering cues.
    calm: f32,
}

impl Group<'_> {
    fn value(&self, family: Option<&'static str>) -> f32 {
        let kept = self.cues.iter().filter(|c| family.is_none_or(|f| f == c.family));
        let left: f32 = kept.map(|c| 1.0 - c.strength.clamp(0.0, MOST)).product();
        let left = if self.density < 1.0 { left.powf(self.density) } else { left };
        (1.0 - left) * self.calm
    }
}

/// Combines the cues of a paragraph, whose sentences are in the order of the text.
pub(crate) fn combine(document: &Document<'_>, paragraph: &ParagraphUnit, cues: &[Cue], shape: Shape, with_evidence: bool) -> Combined {
    let mut out = Combined { hits: cues.len() as u32, ..Combined::default() };
    if cues.is_empty() {
        return out;
    }
    let sentences = &document.sentences[paragraph.sentences.start as usize..paragraph.sentences.end as usize];
    let n = sentences.len().max(1) as f32;
    let mean = |sum: f32| (sum / n).powf(1.0 / shape.exponent as f32).clamp(0.0, 1.0);
    let mut total = 0.0;
    let mut families: [(&'static str, f32); FAMILIES] = [("", 0.0); FAMILIES];
    for group in groups(document, sentences, cues, shape) {
        total += group.value(None).powi(shape.exponent);
        let mut seen: [&'static str; FAMILIES] = [""; FAMILIES];
        let mut count = 0;
        for cue in group.cues {
            if count == FAMILIES || seen[..count].contains(&cue.family) {
                continue;
            }
            seen[count] = cue.family;
            count += 1;
            let value = group.value(Some(cue.family)).powi(shape.exponent);
            if let Some(row) = families.iter_mut().find(|row| row.0 == cue.family || row.0.is_empty()) {
                *row = (cue.family, row.1 + value);
            }
        }
    }
    out.score = mean(total);
    for (family, sum) in families.iter().filter(|row| row.1 > 0.0) {
        let name = family.split_once('.').map_or(*family, |(_, part)| part);
        out.parts.insert(name.to_string(), mean(*sum));
    }
    if with_evidence {
        for group in groups(document, sentences, cues, shape) {
            let value = group.value(None);
            let share = if total > 0.0 { value.powi(shape.exponent) / total * out.score } else { 0.0 };
            let logs: f32 = group.cues.iter().map(|c| log(c.strength)).sum();
            for cue in group.cues {
                let contribution = if cue.strength < 0.0 {
                    // What a lowering cue took away cannot be shared out of what is left: shown as a negative number of its own.
                    -(share * (1.0 / group.calm.max(0.05) - 1.0))
                } else if logs < 0.0 {
                    share * log(cue.strength) / logs
                } else {
                    0.0
                };
                out.evidence.push(piece(document, cue, contribution));
            }
        }
    }
    out
}

/// The cues sentence by sentence.
fn groups<'c>(document: &'c Document<'_>, sentences: &'c [Range<u32>], cues: &'c [Cue], shape: Shape) -> impl Iterator<Item = Group<'c>> {
    let sentence_of = |cue: &Cue| sentences.partition_point(|s| s.end <= cue.tokens.start);
    cues.chunk_by(move |a, b| sentence_of(a) == sentence_of(b)).map(move |group| {
        let calm = group.iter().filter(|c| c.strength < 0.0).map(|c| 1.0 + c.strength).product::<f32>().clamp(0.0, 1.0);
        let density = if shape.density { density(document, sentences.get(sentence_of(&group[0]))) } else { 1.0 };
        Group { cues: group, density, calm }
    })
}

fn density(document: &Document<'_>, sentence: Option<&Range<u32>>) -> f32 {
    let Some(sentence) = sentence else { return 1.0 };
    let tokens = &document.tokens[sentence.start as usize..sentence.end as usize];
    let words = tokens.iter().filter(|t| t.is_lexical()).count().max(1) as f32;
    (FULL_WORDS / words).sqrt().min(1.0)
}

fn log(strength: f32) -> f32 {
    (1.0 - strength.clamp(0.0, MOST)).ln()
}

fn piece(document: &Document<'_>, cue: &Cue, contribution: f32) -> Evidence {
    let span = document.span(cue.tokens.clone());
    let term = match cue.entry {
        Some(entry) => document.table.term(entry).to_string(),
        None => document.text[span.start as usize..span.end as usize].to_string(),
    };
    Evidence {
        start: span.start,
        end: span.end,
        cue: cue.family.to_string(),
        term,
        weight: cue.weight,
        contribution,
        shifts: cue.shift.names(),
    }
}
