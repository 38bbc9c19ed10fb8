//! Valence shifters, once for all scorers: negation, intensity, certainty, contrast and time around each cue.
//!
//! A shifter acts forward from where it stands to the end of its clause, within a window of words
//! (Polanyi & Zaenen 2006; windows and factors as measured by `philippic evaluate`, see `docs/scoring.md`).

use crate::document::{Document, ParagraphUnit};
use crate::lexicon::{Cat, Family, Hit};
use crate::segment::{Marks, TokenKind};

/// What stands around one cue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Shift {
    /// Multiplies the weight: intensifiers above 1, downtoners below.
    pub(crate) intensity: f32,
    /// How far the cue is turned around, 0..1.
    pub(crate) negation: f32,
    /// How certain the clause is, 0..1: modals, hedges, conditionals and questions lower it.
    pub(crate) certainty: f32,
    /// What "but" and "although" make of it: above 1 for the part that counts, below for the other.
    pub(crate) contrast: f32,
    /// [`Shift::PAST`] and its kin.
    pub(crate) marks: u8,
}

impl Shift {
    pub(crate) const PAST: u8 = 1;
    pub(crate) const FUTURE: u8 = 2;
    pub(crate) const NOW: u8 = 4;
    pub(crate) const QUESTION: u8 = 8;
    pub(crate) const OBLIGATION: u8 = 16;
    pub(crate) const US: u8 = 32;
    pub(crate) const CONDITIONAL: u8 = 64;

    pub(crate) const NONE: Shift = Shift { intensity: 1.0, negation: 0.0, certainty: 1.0, contrast: 1.0, marks: 0 };

    pub(crate) fn has(self, mark: u8) -> bool {
        self.marks & mark != 0
    }

    /// The shifts by name, for evidence.
    pub(crate) fn names(self) -> Vec<String> {
        let rows = [
            (self.negation > 0.3, "negated"),
            (self.intensity > 1.05, "intensified"),
            (self.intensity < 0.95, "toned down"),
            (self.certainty < 0.95, "uncertain"),
            (self.contrast > 1.05, "stressed by contrast"),
            (self.contrast < 0.95, "weakened by contrast"),
            (self.has(Shift::PAST), "past"),
        ];
        rows.iter().filter(|(holds, _)| *holds).map(|(_, name)| (*name).to_string()).collect()
    }
}

/// The rules that an ablation can switch off.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    pub(crate) negation: bool,
    pub(crate) intensity: bool,
    pub(crate) contrast: bool,
    pub(crate) certainty: bool,
    pub(crate) time: bool,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules { negation: true, intensity: true, contrast: true, certainty: true, time: true }
    }
}

/// Words over which a negator reaches.
const NEGATION_WINDOW: u32 = 6;
/// Words over which "failed to" and "lack of" reach.
const REVERSAL_WINDOW: u32 = 4;
/// Words over which an intensifier reaches.
const INTENSITY_WINDOW: u32 = 3;
/// What stands before "but" in its sentence keeps this share, what stands behind it gains as much (VADER: 0.5 and 1.5).
const CONTRAST: f32 = 0.4;

/// Fills `out`, parallel to `document.hits`, with the shift of every scored hit of the paragraph.
pub(crate) fn shifts(document: &Document<'_>, paragraph: &ParagraphUnit, rules: Rules, out: &mut Vec<Shift>) {
    let hits = &document.hits[paragraph.hits.start as usize..paragraph.hits.end as usize];
    let mut first = 0;
    for sentence in &document.sentences[paragraph.sentences.start as usize..paragraph.sentences.end as usize] {
        let count = hits[first..].iter().take_while(|h| h.start < sentence.end).count();
        let in_sentence = &hits[first..first + count];
        let question = (sentence.start..sentence.end).rev().take(3).any(|t| document.tokens[t as usize].kind == TokenKind::Question);
        let context = Context::of(document, in_sentence, sentence.start, question);
        for (i, hit) in in_sentence.iter().enumerate() {
            let scored = matches!(hit.cat.family(), Family::Sentiment | Family::Alarm | Family::Stance | Family::Sarcasm | Family::Custom);
            out.push(if scored { context.shift(document, in_sentence, i, hit, rules) } else { Shift::NONE });
        }
        first += count;
    }
    // Hits behind the last sentence cannot be, but the vectors must stay parallel.
    out.resize(paragraph.hits.end as usize, Shift::NONE);
}

/// What holds for a whole sentence.
struct Context {
    /// Token of the last "but" and its strength.
    but: Option<(u32, f32)>,
    marks: u8,
    question: bool,
}

impl Context {
    fn of(document: &Document<'_>, hits: &[Hit], start: u32, question: bool) -> Context {
        let mut context = Context { but: None, marks: 0, question };
        for hit in hits {
            match hit.cat {
                // "But" at the head of a sentence contrasts with the one before, not inside this one.
                Cat::CONTRAST if hit.start > start + 1 => context.but = Some((hit.start, hit.weight)),
                Cat::US => context.marks |= Shift::US,
                Cat::OBLIGATION => context.marks |= Shift::OBLIGATION,
                _ => {}
            }
        }
        let _ = document;
        context
    }

    fn shift(&self, document: &Document<'_>, hits: &[Hit], at: usize, hit: &Hit, rules: Rules) -> Shift {
        let mut shift = Shift { marks: self.marks, ..Shift::NONE };
        let clause = document.clauses[hit.start as usize];
        for before in hits[..at].iter().rev() {
            if document.clauses[before.start as usize] != clause || hit.start - before.start > 24 {
                break;
            }
            if before.end > hit.start {
                // "no problem" as one term: its own "no" is inside it.
                continue;
            }
            let gap = words_between(document, before.end, hit.start);
            match before.cat {
                Cat::NEGATOR if rules.negation && gap <= NEGATION_WINDOW => shift.turn(before.weight),
                Cat::REVERSER if rules.negation && gap <= REVERSAL_WINDOW => shift.turn(before.weight * 0.9),
                Cat::INTENSIFIER if rules.intensity && gap < INTENSITY_WINDOW => {
                    shift.intensity *= 1.0 + before.weight * [1.0, 0.9, 0.75][gap as usize % 3];
                }
                Cat::DOWNTONER if rules.intensity && gap < INTENSITY_WINDOW => {
                    shift.intensity *= 1.0 - before.weight * [1.0, 0.9, 0.75][gap as usize % 3];
                }
                Cat::HEDGE | Cat::MODAL if rules.certainty => shift.certainty *= 1.0 - before.weight * 0.5,
                Cat::CONDITIONAL if rules.certainty => {
                    shift.certainty *= 1.0 - before.weight * 0.5;
                    shift.marks |= Shift::CONDITIONAL;
                }
                _ => {}
            }
        }
        if rules.time {
            for near in hits {
                let distance = near.start.abs_diff(hit.start);
                if distance <= 14 && document.clauses[near.start as usize].abs_diff(clause) <= 1 {
                    shift.marks |= match near.cat {
                        Cat::TIME_PAST => Shift::PAST,
                        Cat::TIME_FUTURE => Shift::FUTURE,
                        Cat::TIME_NOW => Shift::NOW,
                        _ => 0,
                    };
                }
            }
        }
        if rules.contrast {
            if let Some((but, weight)) = self.but {
                shift.contrast = if hit.start < but { 1.0 - CONTRAST * weight } else { 1.0 + CONTRAST * weight };
            }
            // The clause of "although" counts less.
            if hits.iter().any(|h| h.cat == Cat::CONCESSION && h.start <= hit.start && document.clauses[h.start as usize] == clause) {
                shift.contrast *= 0.7;
            }
        }
        if self.question {
            shift.marks |= Shift::QUESTION;
            if rules.certainty {
                shift.certainty *= 0.8;
            }
        }
        // A word shouted among words that are not.
        if rules.intensity && document.has(hit.start as usize, Marks::SHOUTED) && !shouted_around(document, hit) {
            shift.intensity *= 1.3;
        }
        if rules.intensity && document.has(hit.start as usize, Marks::LENGTHENED) {
            shift.intensity *= 1.25;
        }
        shift
    }
}

impl Shift {
    /// One more negator: two cancel each other.
    fn turn(&mut self, strength: f32) {
        let strength = strength.clamp(0.0, 1.0);
        self.negation = self.negation * (1.0 - strength) + (1.0 - self.negation) * strength;
    }
}

fn words_between(document: &Document<'_>, from: u32, to: u32) -> u32 {
    document.tokens[from as usize..(to as usize).max(from as usize)].iter().filter(|t| t.is_lexical()).count() as u32
}

fn shouted_around(document: &Document<'_>, hit: &Hit) -> bool {
    let near = |t: u32| document.tokens.get(t as usize).is_some_and(|t| t.is_word() && t.has(Marks::SHOUTED));
    let start = hit.start.saturating_sub(2);
    (start..hit.start).chain(hit.end..hit.end + 2).filter(|&t| near(t)).count() >= 2
}
