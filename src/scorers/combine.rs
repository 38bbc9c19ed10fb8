//! Cues of one paragraph in; one score, a score by family and the evidence out. Alarm and sarcasm share it.
//!
//! Inside a sentence cues combine by noisy-or: `x = 1 - Π (1 - strength)`, so that a second cue adds less than the first and
//! nothing passes 1. Over the sentences of a paragraph the score is a power mean, `(Σ xᵖ / n)^(1/p)`: one strong sentence among calm
//! ones still shows, and a paragraph repeated scores as once.

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

/// What [`combine`] makes of the cues.
pub(crate) struct Combined {
    pub(crate) score: f32,
    pub(crate) parts: BTreeMap<String, f32>,
    pub(crate) hits: u32,
    pub(crate) evidence: Vec<Evidence>,
}

/// Combines the cues of a paragraph, which are in the order of the text.
pub(crate) fn combine(document: &Document<'_>, paragraph: &ParagraphUnit, cues: &[Cue], exponent: f32, with_evidence: bool) -> Combined {
    let mut out = Combined { score: 0.0, parts: BTreeMap::new(), hits: cues.len() as u32, evidence: Vec::new() };
    if cues.is_empty() {
        return out;
    }
    let sentences = &document.sentences[paragraph.sentences.start as usize..paragraph.sentences.end as usize];
    let n = sentences.len().max(1) as f32;
    let sentence_of = |cue: &Cue| sentences.partition_point(|s| s.end <= cue.tokens.start);
    // (cues, noisy-or of the raising ones, share left by the lowering ones)
    let groups: Vec<(&[Cue], f32, f32)> = cues
        .chunk_by(|a, b| sentence_of(a) == sentence_of(b))
        .map(|group| {
            let calm = group.iter().filter(|c| c.strength < 0.0).map(|c| 1.0 + c.strength).fold(1.0, f32::min).max(0.0);
            (group, noisy_or(group.iter().map(|c| c.strength)), calm)
        })
        .collect();
    let power: f32 = groups.iter().map(|(_, x, calm)| (x * calm).powf(exponent)).sum();
    if power <= 0.0 {
        return Combined { evidence: lowering_only(document, cues, with_evidence), ..out };
    }
    out.score = (power / n).powf(1.0 / exponent).clamp(0.0, 1.0);
    let mut families: Vec<&'static str> = cues.iter().map(|c| c.family).collect();
    families.sort_unstable();
    families.dedup();
    for family in families {
        let sum: f32 = groups
            .iter()
            .map(|(group, _, calm)| (noisy_or(group.iter().filter(|c| c.family == family).map(|c| c.strength)) * calm).powf(exponent))
            .sum();
        let score = (sum / n).powf(1.0 / exponent);
        if score > 0.0 {
            let name = family.split_once('.').map_or(family, |(_, part)| part);
            out.parts.insert(name.to_string(), score.clamp(0.0, 1.0));
        }
    }
    if with_evidence {
        for (group, x, calm) in &groups {
            let share = (x * calm).powf(exponent) / power * out.score;
            let logs: f32 = group.iter().map(|c| log(c.strength)).sum();
            for cue in *group {
                let contribution = if cue.strength < 0.0 {
                    // What a lowering cue took away cannot be shared out of what is left: shown as a negative number of its own.
                    -(share * (1.0 / calm.max(0.05) - 1.0))
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

fn noisy_or(strengths: impl Iterator<Item = f32>) -> f32 {
    1.0 - strengths.map(|s| 1.0 - s.clamp(0.0, 0.98)).product::<f32>()
}

fn log(strength: f32) -> f32 {
    (1.0 - strength.clamp(0.0, 0.98)).ln()
}

fn lowering_only(document: &Document<'_>, cues: &[Cue], with_evidence: bool) -> Vec<Evidence> {
    if with_evidence { cues.iter().map(|cue| piece(document, cue, 0.0)).collect() } else { Vec::new() }
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
