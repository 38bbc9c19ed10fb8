//! Sentiment of a paragraph, -1..1, with its positive and negative parts.
//!
//! Every term brings its weight, shifted by what stands around it (see [`shift`](super::shift)). A sentence's sum is
//! `s = Σ weight · shift`, its score `s / sqrt(s² + α)` (the form of Hutto & Gilbert 2014, so that one strong word is not outvoted
//! by many faint ones), and a paragraph's score is the mean over its sentences, weighted by how much each says: repeating a
//! paragraph leaves its score as it is.

use super::shift::Shift;
use crate::document::{Document, ParagraphUnit};
use crate::lexicon::{Cat, Hit};
use crate::report::Sentiment;
use crate::segment::TokenKind;

/// The α of the score: a single term of weight 0.5 scores about 0.4.
const ALPHA: f32 = 0.9;
/// A negated term keeps this share of its weight with the sign turned (VADER: 0.74).
const NEGATED: f32 = 0.7;
/// Negating a negative term says less: "not bad" is not "good".
const NEGATED_NEGATIVE: f32 = 0.5;
/// Each `!` up to three makes a sentence's sum this much larger.
const EXCLAMATION: f32 = 0.08;

/// Scores one paragraph. `shifts` is parallel to `document.hits`.
pub(crate) fn score(document: &Document<'_>, paragraph: &ParagraphUnit, shifts: &[Shift], evidence: bool) -> Sentiment {
    let mut out = Sentiment::default();
    let hits = paragraph.hits.start as usize..paragraph.hits.end as usize;
    let mut terms: Vec<(usize, f32, u32)> = Vec::new();
    let mut sentence = paragraph.sentences.start;
    for i in hits {
        let hit = &document.hits[i];
        if hit.cat != Cat::SENTIMENT {
            continue;
        }
        while document.sentences.get(sentence as usize).is_some_and(|s| s.end <= hit.start) {
            sentence += 1;
        }
        terms.push((i, valence(hit, shifts[i]), sentence));
    }
    let sentences = (paragraph.sentences.end - paragraph.sentences.start).max(1) as f32;
    let mut sums = (0.0f32, 0.0f32, 0.0f32);
    let mut counted = 0.0;
    for group in terms.chunk_by(|a, b| a.2 == b.2) {
        let sentence = &document.sentences[group[0].2 as usize];
        let marks = (sentence.start..sentence.end).filter(|&t| document.tokens[t as usize].kind == TokenKind::Exclamation).count().min(3);
        let emphasis = 1.0 + EXCLAMATION * marks as f32;
        let positive: f32 = group.iter().map(|t| t.1.max(0.0)).sum::<f32>() * emphasis;
        let negative: f32 = group.iter().map(|t| (-t.1).max(0.0)).sum::<f32>() * emphasis;
        let total = positive - negative;
        let norm = (total * total + ALPHA).sqrt();
        let part = (positive + negative).max(f32::EPSILON);
        let score = total / norm;
        let strength = (positive + negative) / ((positive + negative).powi(2) + ALPHA).sqrt();
        sums.0 += score;
        sums.1 += positive / part * strength;
        sums.2 += negative / part * strength;
        counted += 1.0;
        if evidence {
            for &(i, value, _) in group {
                let hit = &document.hits[i];
                out.evidence.push(super::evidence(document, hit, value * emphasis / norm, shifts[i]));
            }
        }
    }
    // Sentences without a term dilute, but less than their number.
    let weight = counted + (sentences - counted) * SILENT;
    if counted > 0.0 {
        out.score = sums.0 / weight;
        out.positive = sums.1 / weight;
        out.negative = sums.2 / weight;
        for e in &mut out.evidence {
            e.contribution /= weight;
        }
    }
    out.hits = terms.len() as u32;
    out
}

/// A sentence that says nothing counts as this share of one that does.
const SILENT: f32 = 0.35;

fn valence(hit: &Hit, shift: Shift) -> f32 {
    let keep = if hit.weight < 0.0 { NEGATED_NEGATIVE } else { NEGATED };
    let turned = 1.0 - shift.negation * (1.0 + keep);
    hit.weight * shift.intensity * turned * shift.contrast * (0.5 + 0.5 * shift.certainty)
}
