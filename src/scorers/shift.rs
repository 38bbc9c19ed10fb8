//! Valence shifters, once for all scorers: negation, reversal, intensity, certainty, contrast and time around each cue.
//!
//! A shifter acts forward from where it stands to the end of its clause, within a window of words (Polanyi & Zaenen 2006). The
//! windows and factors were chosen by `philippic evaluate` on the sentiment and stance files; see `docs/scoring.md`.

use std::ops::Range;

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
    /// How closed and far the past is that the clause is placed in, 0..1.
    pub(crate) past: f32,
    /// How surely it is the future, 0..1.
    pub(crate) future: f32,
    /// How near it is, 0..1.
    pub(crate) now: f32,
    /// How surely the sentence is about the reader's own side, 0..1.
    pub(crate) us: f32,
    /// How pressing the sentence says it is to act, 0..1.
    pub(crate) obligation: f32,
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
    /// The cue only strengthens the one behind it: "terribly good".
    pub(crate) const DEGREE: u8 = 128;

    pub(crate) const NONE: Shift = Shift {
        intensity: 1.0,
        negation: 0.0,
        certainty: 1.0,
        contrast: 1.0,
        past: 0.0,
        future: 0.0,
        now: 0.0,
        us: 0.0,
        obligation: 0.0,
        marks: 0,
    };

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
            (self.has(Shift::FUTURE), "future"),
            (self.has(Shift::CONDITIONAL), "conditional"),
            (self.has(Shift::QUESTION), "in a question"),
            (self.has(Shift::DEGREE), "says a degree"),
        ];
        rows.iter().filter(|(holds, _)| *holds).map(|(_, name)| (*name).to_string()).collect()
    }

    /// One more negator: two cancel each other.
    fn turn(&mut self, strength: f32) {
        let strength = strength.clamp(0.0, 1.0);
        self.negation = self.negation * (1.0 - strength) + (1.0 - self.negation) * strength;
    }

    fn doubt(&mut self, strength: f32) {
        self.certainty *= 1.0 - DOUBT * strength;
    }
}

macro_rules! rules {
    ($($(#[doc = $doc:literal])* $name:ident,)*) => {
        /// The rules that an ablation can switch off.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) struct Rules {
            $($(#[doc = $doc])* pub(crate) $name: bool,)*
        }

        impl Rules {
            /// The names that [`Options::without`](crate::Options::without) takes for the shifts and for sentiment.
            pub(crate) const NAMES: &'static [&'static str] = &[$(stringify!($name),)*];

            /// All rules but those named.
            pub(crate) fn without(names: &[String]) -> Rules {
                let on = |name: &str| !names.iter().any(|w| w == name);
                Rules { $($name: on(stringify!($name)),)* }
            }
        }
    };
}

rules! {
    /// "Not", "never", "nobody", "hardly".
    negation,
    /// "Failed to", "lack of", "prevent", "denied that".
    reversers,
    /// "Very", "slightly", and words that only say a degree ("terribly good").
    intensity,
    /// "But", "although".
    contrast,
    /// Modals, hedges, conditionals, questions.
    certainty,
    /// Past, future, now.
    time,
    /// Shouted and lengthened words, `!`, runs of the same emoji.
    emphasis,
    /// Hashtags of several words, split.
    hashtags,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules::without(&[])
    }
}

/// Tokens behind a cue and before it in which shifters are looked for at all.
const REACH: u32 = 24;
/// What is left of a negator's strength at 0, 1, 2, ... words before the cue. Fitted on `sentiment_*`, as the two below.
const NEGATION: [f32; 7] = [1.0; 7];
/// The same before a favourable term.
const NEGATION_OF_FAVOURABLE: [f32; 8] = [1.0, 0.9, 0.85, 0.85, 0.75, 0.7, 0.7, 0.3];
/// The same before an unfavourable term, which is seldom what is negated, unless it comes next: "no idea what went wrong".
const NEGATION_OF_UNFAVOURABLE: [f32; 5] = [1.0, 0.75, 0.5, 0.4, 0.15];
/// Words over which "failed to" and "lack of" reach.
const REVERSAL_WINDOW: u32 = 5;
/// Words over which "denied that" reaches.
const CLAUSE_WINDOW: u32 = 12;
/// Share of a reverser's weight that turns: "prevent", "lose", "reduce" also leave something of their object in mind.
const REVERSAL: f32 = 0.9;
/// The same before an unfavourable term: who avoids a disaster still speaks of one.
const REVERSAL_OF_UNFAVOURABLE: f32 = 0.85;
/// What is left of a negator's strength behind a comma.
const BEHIND_COMMA: f32 = 0.6;
/// An intensifier's or downtoner's share at 0, 1 and 2 words before the cue (as VADER: 1, 0.95, 0.9, but faster).
const NEARNESS: [f32; 3] = [1.0, 0.9, 0.75];
/// Share of a modal's, hedge's or conditional's weight that is taken off the certainty.
const DOUBT: f32 = 0.5;
/// Certainty of what stands in a question.
const ASKED: f32 = 0.8;
/// What stands before "but" in its sentence loses this share, what stands behind it gains as much (VADER: 0.5 and 1.5).
const CONTRAST: f32 = 0.5;
/// What stands in the clause of "although" loses this share.
const CONCESSION: f32 = 0.3;
/// Tokens within which a word of time says when something is.
const TIME_REACH: u32 = 14;
/// A word shouted among words that are not.
const SHOUTED: f32 = 1.3;
/// A lengthened word.
const LENGTHENED: f32 = 1.25;

/// The buffers of [`shifts`], reused from sentence to sentence.
#[derive(Default)]
struct Around {
    /// Numbers of the modifier hits of the sentence, in order.
    modifiers: Vec<Modifier>,
    /// Numbers of its hits of time.
    times: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Modifier {
    hit: u32,
    /// It is a part of a longer sentiment term ("no problem"), which has counted it.
    inside_term: bool,
    /// The same of a predicate of the stance lexicons ("had no qualms about").
    inside_predicate: bool,
}

/// Fills `out`, parallel to `document.hits`, with the shift of every scored hit of the paragraph.
pub(crate) fn shifts(document: &Document<'_>, paragraph: &ParagraphUnit, rules: Rules, out: &mut Vec<Shift>) {
    let hits = &document.hits[paragraph.hits.start as usize..paragraph.hits.end as usize];
    let mut around = Around::default();
    let mut first = 0;
    for sentence in &document.sentences[paragraph.sentences.start as usize..paragraph.sentences.end as usize] {
        let count = hits[first..].iter().take_while(|h| h.start < sentence.end).count();
        let question = (sentence.start..sentence.end).rev().take(3).any(|t| document.tokens[t as usize].kind == TokenKind::Question);
        Context::new(document, &hits[first..first + count], sentence.start, question, rules, &mut around).fill(out);
        first += count;
    }
    // Hits behind the last sentence cannot be, but the vectors must stay parallel.
    out.resize(paragraph.hits.end as usize, Shift::NONE);
}

/// One sentence.
struct Context<'c> {
    document: &'c Document<'c>,
    hits: &'c [Hit],
    around: &'c Around,
    rules: Rules,
    /// Its first token.
    start: u32,
    /// Token of the strongest "but", the last among equals, and its strength.
    but: Option<(u32, f32)>,
    /// What all its cues share.
    base: Shift,
}

/// What is left of a negator's strength `gap` words before the cue.
fn negation_at(gap: u32, hit: &Hit, is_negative: bool) -> f32 {
    let strengths: &[f32] = match hit.cat {
        // "Nobody can say that it is not fair": the term is a negation itself.
        Cat::SENTIMENT if hit.weight < 0.0 && !is_negative => &NEGATION_OF_UNFAVOURABLE,
        Cat::SENTIMENT => &NEGATION_OF_FAVOURABLE,
        _ => &NEGATION,
    };
    strengths.get(gap as usize).copied().unwrap_or(0.0)
}

fn is_unfavourable(hit: &Hit) -> bool {
    hit.cat == Cat::SENTIMENT && hit.weight < 0.0
}

impl<'c> Context<'c> {
    fn new(document: &'c Document<'c>, hits: &'c [Hit], start: u32, question: bool, rules: Rules, around: &'c mut Around) -> Context<'c> {
        around.modifiers.clear();
        around.times.clear();
        let mut base = Shift::NONE;
        let mut but: Option<(u32, f32)> = None;
        // The longest sentiment term so far.
        let mut term = 0..0;
        let mut predicate = 0..0;
        for (number, hit) in (0u32..).zip(hits) {
            match hit.cat {
                Cat::SENTIMENT if hit.end > term.end => term = hit.start..hit.end,
                Cat::VERB | Cat::NOUN | Cat::ADJECTIVE if hit.end > predicate.end => predicate = hit.start..hit.end,
                Cat::NEGATOR | Cat::REVERSER | Cat::INTENSIFIER | Cat::DOWNTONER | Cat::HEDGE | Cat::MODAL | Cat::CONDITIONAL => {
                    let inside = |whole: &Range<u32>| hit.end <= whole.end && (hit.start > whole.start || hit.end < whole.end);
                    around.modifiers.push(Modifier { hit: number, inside_term: inside(&term), inside_predicate: inside(&predicate) });
                }
                Cat::TIME_PAST | Cat::TIME_FUTURE | Cat::TIME_NOW => around.times.push(number),
                // "But" at the head of a sentence contrasts with the one before, not inside this one.
                Cat::CONTRAST if hit.start > start + 1 && but.is_none_or(|(_, weight)| hit.weight >= weight) => {
                    but = Some((hit.start, hit.weight));
                }
                Cat::US => {
                    base.us = base.us.max(hit.weight);
                    base.marks |= Shift::US;
                }
                Cat::OBLIGATION => {
                    base.obligation = base.obligation.max(hit.weight);
                    base.marks |= Shift::OBLIGATION;
                }
                _ => {}
            }
        }
        if question {
            base.marks |= Shift::QUESTION;
            if rules.certainty {
                base.certainty = ASKED;
            }
        }
        Context { document, hits, around, rules, start, but, base }
    }

    fn fill(&self, out: &mut Vec<Shift>) {
        // Modifiers and times that stand before the cue at hand.
        let (mut modifiers, mut times) = (0, 0);
        // The clause that was last conceded and how surely.
        let mut conceded = (u32::MAX, 0.0f32);
        for (number, hit) in (0u32..).zip(self.hits) {
            while self.around.modifiers.get(modifiers).is_some_and(|m| m.hit < number) {
                modifiers += 1;
            }
            while self.around.times.get(times).is_some_and(|&t| t < number) {
                times += 1;
            }
            if hit.cat == Cat::CONCESSION {
                conceded = (self.clause(hit.end - 1), hit.weight);
            }
            if !matches!(hit.cat.family(), Family::Sentiment | Family::Alarm | Family::Stance | Family::Sarcasm | Family::Custom) {
                out.push(Shift::NONE);
                continue;
            }
            let mut shift = self.base;
            if !self.is_word(hit) {
                // An emoji stands outside the grammar of its sentence.
                out.push(Shift { certainty: 1.0, ..shift });
                continue;
            }
            self.modify(number, hit, modifiers, &mut shift);
            if self.rules.time {
                self.place_in_time(hit, times, &mut shift);
            }
            if self.rules.contrast {
                if let Some((but, weight)) = self.but {
                    shift.contrast = if hit.start < but { 1.0 - CONTRAST * weight } else { 1.0 + CONTRAST * weight };
                }
                if conceded.0 == self.clause(hit.start) {
                    shift.contrast *= 1.0 - CONCESSION * conceded.1;
                }
            }
            if self.rules.emphasis {
                if self.document.has(hit.start as usize, Marks::SHOUTED) && !self.shouted_around(hit) {
                    shift.intensity *= SHOUTED;
                }
                if self.document.has(hit.start as usize, Marks::LENGTHENED) {
                    shift.intensity *= LENGTHENED;
                }
            }
            out.push(shift);
        }
    }

    /// "Dismissed him *as* a gangster": what stands behind the "as" is what the verb says, not what it turns.
    fn taken_as(&self, from: u32, to: u32) -> bool {
        (from..to).any(|t| self.document.word(t as usize) == "as")
    }

    /// What the modifiers before the cue do to it. `before` counts the modifiers of the sentence that stand before it.
    fn modify(&self, number: u32, hit: &Hit, before: usize, shift: &mut Shift) {
        let rules = self.rules;
        let is_negative = hit.end - hit.start > 1 && self.document.is(hit.start as usize, Cat::NEGATOR.tag());
        let mut between = Between { from: hit.start, words: 0, comma: false };
        for modifier in self.around.modifiers[..before].iter().rev() {
            let near = &self.hits[modifier.hit as usize];
            if hit.start - near.start > REACH {
                break;
            }
            // "No problem" as one term: its own "no" is inside it.
            let counted = match hit.cat.family() {
                Family::Sentiment => modifier.inside_term,
                Family::Stance => modifier.inside_predicate,
                _ => false,
            };
            if near.end > hit.start || counted {
                continue;
            }
            if !self.same_clause(near, hit) {
                continue;
            }
            let (gap, comma) = between.reach(self.document, near.end, hit.start);
            match near.cat {
                Cat::NEGATOR if rules.negation && !self.asks_by_negation(near) => {
                    shift.turn(near.weight * negation_at(gap, hit, is_negative) * if comma { BEHIND_COMMA } else { 1.0 });
                }
                Cat::REVERSER if rules.reversers && !comma && gap <= self.reversal_window(near) && !self.taken_as(near.end, hit.start) => {
                    shift.turn(near.weight * if is_unfavourable(hit) { REVERSAL_OF_UNFAVOURABLE } else { REVERSAL });
                }
                Cat::INTENSIFIER if rules.intensity && !comma => {
                    shift.intensity *= 1.0 + near.weight * NEARNESS.get(gap as usize).unwrap_or(&0.0);
                }
                Cat::DOWNTONER if rules.intensity && !comma => {
                    shift.intensity *= 1.0 - near.weight * NEARNESS.get(gap as usize).unwrap_or(&0.0);
                }
                Cat::HEDGE | Cat::MODAL if rules.certainty => shift.doubt(near.weight),
                Cat::CONDITIONAL if rules.certainty => {
                    shift.doubt(near.weight);
                    shift.marks |= Shift::CONDITIONAL;
                }
                _ => {}
            }
        }
        if rules.intensity && hit.cat == Cat::SENTIMENT && self.says_degree(number, hit) {
            shift.marks |= Shift::DEGREE;
        }
    }

    /// Whether the cue is itself an intensifier or downtoner right before another cue: "terribly good", "seriously ill".
    fn says_degree(&self, number: u32, hit: &Hit) -> bool {
        let at = number as usize;
        let near = self.hits[at.saturating_sub(6)..].iter().take(14).take_while(|h| h.start <= hit.start);
        let degree = near.filter(|h| h.start == hit.start && h.end == hit.end).any(|h| matches!(h.cat, Cat::INTENSIFIER | Cat::DOWNTONER));
        degree && self.hits[at + 1..].iter().take_while(|h| h.start <= hit.end).any(|h| h.start == hit.end && h.cat == Cat::SENTIMENT)
    }

    fn place_in_time(&self, hit: &Hit, before: usize, shift: &mut Shift) {
        let clause = self.clause(hit.start);
        let mut place = |number: u32| {
            let near = &self.hits[number as usize];
            if near.start.abs_diff(hit.start) > TIME_REACH {
                return false;
            }
            if self.clause(near.start).abs_diff(clause) <= 1 {
                let (strength, mark) = match near.cat {
                    Cat::TIME_PAST => (&mut shift.past, Shift::PAST),
                    Cat::TIME_FUTURE => (&mut shift.future, Shift::FUTURE),
                    _ => (&mut shift.now, Shift::NOW),
                };
                *strength = strength.max(near.weight);
                shift.marks |= mark;
            }
            true
        };
        let _ = self.around.times[..before].iter().rev().all(|&number| place(number));
        let _ = self.around.times[before..].iter().all(|&number| place(number));
    }

    fn clause(&self, token: u32) -> u32 {
        self.document.clauses.get(token as usize).copied().unwrap_or(u32::MAX)
    }

    /// Whether `hit` stands in the clause in which the modifier ends or, if it is a conjunction ("doubt that"), which it opens.
    fn same_clause(&self, modifier: &Hit, hit: &Hit) -> bool {
        let clause = self.clause(hit.start);
        self.clause(modifier.end - 1) == clause || self.clause(modifier.start) == clause
    }

    fn is_word(&self, hit: &Hit) -> bool {
        !self.document.tokens.get(hit.start as usize).is_some_and(|t| matches!(t.kind, TokenKind::Emoji | TokenKind::Emoticon))
    }

    /// Whether the negator asks for a yes: "Wouldn't that be great?"
    fn asks_by_negation(&self, negator: &Hit) -> bool {
        let opens = negator.start == self.start || self.clause(negator.start - 1) != self.clause(negator.start);
        self.base.has(Shift::QUESTION) && opens && self.document.word(negator.start as usize).ends_with(['t', 'T'])
    }

    /// Words over which a reverser reaches: what is denied is denied with its whole clause.
    fn reversal_window(&self, reverser: &Hit) -> u32 {
        let that = |token: u32| self.document.word(token as usize).eq_ignore_ascii_case("that");
        if that(reverser.end) || that(reverser.end - 1) { CLAUSE_WINDOW } else { REVERSAL_WINDOW }
    }

    fn shouted_around(&self, hit: &Hit) -> bool {
        let near = |t: u32| self.document.tokens.get(t as usize).is_some_and(|t| t.is_word() && t.has(Marks::SHOUTED));
        let start = hit.start.saturating_sub(2);
        (start..hit.start).chain(hit.end..hit.end + 2).filter(|&t| near(t)).count() >= 2
    }
}

/// Words from a token up to a cue, and whether a comma stands among them, counted on as the start moves back.
struct Between {
    from: u32,
    words: u32,
    comma: bool,
}

impl Between {
    fn reach(&mut self, document: &Document<'_>, from: u32, to: u32) -> (u32, bool) {
        if from > self.from {
            // A longer term before reached farther back.
            *self = Between { from: to, words: 0, comma: false };
        }
        for token in &document.tokens[from as usize..self.from as usize] {
            self.words += u32::from(token.is_lexical());
            self.comma |= token.kind == TokenKind::Comma;
        }
        self.from = from;
        (self.words, self.comma)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_negators_cancel() {
        let rows: &[(&str, &[f32], f32)] = &[
            ("none", &[], 0.0),
            ("not", &[1.0], 1.0),
            ("never not", &[1.0, 1.0], 0.0),
            ("hardly", &[0.7], 0.7),
            ("nobody denies", &[1.0, 0.7], 0.3),
        ];
        for (name, strengths, want) in rows {
            let mut shift = Shift::NONE;
            strengths.iter().for_each(|&s| shift.turn(s));
            assert!((shift.negation - want).abs() < 1e-6, "{name}: {}", shift.negation);
        }
    }

    #[test]
    fn each_rule_has_its_switch() {
        for name in Rules::NAMES {
            assert_ne!(Rules::without(&[(*name).to_string()]), Rules::default(), "{name}");
        }
    }
}
