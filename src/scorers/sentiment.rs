//! Sentiment of a paragraph, -1..1, with its favourable and unfavourable parts apart: score = positive - negative.
//!
//! Every term brings its weight, shifted by what stands around it (see [`shift`](super::shift)). A sentence with `k` terms (repetitions right behind the first aside) has the
//! favourable sum `p = Σ max(v, 0) / √k` and the unfavourable one `n` alike: between a sum, which grows with the length of the sentence, and a
//! mean, which lets faint words outvote a strong one. A paragraph has their means over its sentences, times `√min(d, 3)`, where `d` is
//! the number of sentences that say different things: some agreeing sentences say more than one, but a paragraph repeated scores as
//! once and nothing grows with length beyond that. With those `P` and `N`, positive is `P / √((P + N)² + α)` and negative
//! `N / √((P + N)² + α)`, the form of Hutto & Gilbert 2014.

use super::hashtags;
use super::shift::{Rules, Shift};
use crate::document::{Document, ParagraphUnit};
use crate::lexicon::{Cat, Hit};
use crate::report::Sentiment;
use crate::segment::TokenKind;

/// The α of the score: a single term of weight 0.5 scores about 0.4. Chosen on `sentiment_*`, as all numbers here.
const ALPHA: f32 = 1.2;
/// Sentences that say different things raise a paragraph's score up to this number of them.
const AGREEING: usize = 3;
/// A negated term keeps this share of its weight with the sign turned (VADER: 0.74).
const NEGATED: f32 = 0.8;
/// Negating a negative term says less: "not bad" is not "good".
const NEGATED_NEGATIVE: f32 = 0.3;
/// How much of a word's uncertainty is taken off its weight.
const UNCERTAIN: f32 = 0.75;
/// Each `!` up to three makes a sentence's sum this much larger.
const EXCLAMATION: f32 = 0.12;
/// A sentence that says nothing counts as this share of one that does.
const SILENT: f32 = 0.2;
/// A term that only says the degree of the next ("terribly good") keeps this share.
const DEGREE: f32 = 0.1;
/// The same term again right behind itself ("😂😂😂", "ha ha ha") adds this share of the one before.
const REPEATED: f32 = 0.4;

/// One term that counts.
struct Term {
    hit: Hit,
    shift: Shift,
    value: f32,
    sentence: u32,
    /// It stands right behind itself.
    again: bool,
}

/// Scores one paragraph. `shifts` is parallel to `document.hits`.
pub(crate) fn score(document: &Document<'_>, paragraph: &ParagraphUnit, shifts: &[Shift], rules: Rules, evidence: bool) -> Sentiment {
    let mut out = Sentiment::default();
    let terms = terms(document, paragraph, shifts, rules);
    let sentences = paragraph.sentences.end - paragraph.sentences.start;
    let groups = || terms.chunk_by(|a, b| a.sentence == b.sentence);
    let counted = groups().count() as u32;
    if counted == 0 {
        return out;
    }
    // Sentences without a term dilute, but less than their number.
    let weight = counted as f32 + sentences.saturating_sub(counted) as f32 * SILENT;
    let share = (distinct(groups()) as f32).sqrt() / weight;
    let (mut positive, mut negative) = (0.0, 0.0);
    for group in groups() {
        let factor = factor(document, group, rules) * share;
        positive += group.iter().map(|t| t.value.max(0.0)).sum::<f32>() * factor;
        negative += group.iter().map(|t| (-t.value).max(0.0)).sum::<f32>() * factor;
    }
    let norm = ((positive + negative).powi(2) + ALPHA).sqrt();
    out.positive = positive / norm;
    out.negative = negative / norm;
    out.score = out.positive - out.negative;
    if evidence {
        for group in groups() {
            let factor = factor(document, group, rules) * share / norm;
            out.evidence.extend(group.iter().map(|t| super::evidence(document, &t.hit, t.value * factor, t.shift)));
        }
    }
    out.hits = terms.len() as u32;
    out
}

/// The terms of a paragraph in order, with those of split hashtags.
fn terms(document: &Document<'_>, paragraph: &ParagraphUnit, shifts: &[Shift], rules: Rules) -> Vec<Term> {
    let hits = paragraph.hits.start as usize..paragraph.hits.end as usize;
    let mut terms: Vec<Term> = Vec::new();
    let mut sentence = paragraph.sentences.start;
    let mut repeated = 1.0;
    for i in hits {
        let hit = document.hits[i];
        if hit.cat != Cat::SENTIMENT {
            continue;
        }
        while document.sentences.get(sentence as usize).is_some_and(|s| s.end <= hit.start) {
            sentence += 1;
        }
        let again = rules.emphasis && terms.last().is_some_and(|last| last.hit.entry == hit.entry && last.hit.end == hit.start);
        repeated = if again { repeated * REPEATED } else { 1.0 };
        terms.push(Term { hit, shift: shifts[i], value: valence(&hit, shifts[i]) * repeated, sentence, again });
    }
    if rules.hashtags {
        hashtags(document, paragraph, &mut terms);
    }
    terms
}

/// Adds the terms inside hashtags that are not terms as a whole.
fn hashtags(document: &Document<'_>, paragraph: &ParagraphUnit, terms: &mut Vec<Term>) {
    let tokens = paragraph.tokens.start..paragraph.tokens.end;
    let known = terms.len();
    for token in tokens.filter(|&t| document.tokens[t as usize].kind == TokenKind::Hashtag) {
        if terms[..known].binary_search_by_key(&token, |t| t.hit.start).is_ok() {
            continue;
        }
        let sentence = document.sentence_of(token) as u32;
        for (hit, negated) in hashtags::terms(document, token) {
            let shift = Shift { negation: f32::from(u8::from(negated)), ..Shift::NONE };
            terms.push(Term { hit, shift, value: valence(&hit, shift), sentence, again: false });
        }
    }
    if terms.len() > known {
        terms.sort_by_key(|t| t.hit.start);
    }
}

/// How many sentences say different things, up to [`AGREEING`].
fn distinct<'t>(groups: impl Iterator<Item = &'t [Term]>) -> usize {
    let same = |a: &[Term], b: &[Term]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.hit.entry == b.hit.entry);
    let mut seen: Vec<&[Term]> = Vec::with_capacity(AGREEING);
    for group in groups {
        if !seen.iter().any(|s| same(s, group)) {
            seen.push(group);
            if seen.len() == AGREEING {
                break;
            }
        }
    }
    seen.len()
}

/// What the number of terms of a sentence and its exclamation marks make of its sum.
fn factor(document: &Document<'_>, group: &[Term], rules: Rules) -> f32 {
    let marks = if rules.emphasis { exclamations(document, group[0].sentence) } else { 0 };
    let terms = group.iter().filter(|t| !t.again).count().max(1);
    (1.0 + EXCLAMATION * marks as f32) / (terms as f32).sqrt()
}

/// The exclamation marks of a sentence, up to three.
fn exclamations(document: &Document<'_>, sentence: u32) -> usize {
    let sentence = &document.sentences[sentence as usize];
    let tokens = &document.tokens[sentence.start as usize..sentence.end as usize];
    tokens.iter().filter(|t| t.kind == TokenKind::Exclamation).take(3).count()
}

fn valence(hit: &Hit, shift: Shift) -> f32 {
    let keep = if hit.weight < 0.0 { NEGATED_NEGATIVE } else { NEGATED };
    let turned = 1.0 - shift.negation * (1.0 + keep);
    let degree = if shift.has(Shift::DEGREE) { DEGREE } else { 1.0 };
    hit.weight * shift.intensity * turned * shift.contrast * (1.0 - UNCERTAIN + UNCERTAIN * shift.certainty) * degree
}
