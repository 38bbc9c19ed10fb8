//! One sentence as the rules of alarm and sarcasm see it: its tokens, hits and shifts, and what is known of it as a whole.
//!
//! Everything here is counted once a sentence, so that a rule that looks around costs the same in a sentence of ten words and in one of
//! a million.

use std::ops::Range;

use super::combine::Cue;
use super::shift::Shift;
use crate::document::{Document, ParagraphUnit};
use crate::lexicon::{Cat, Hit};
use crate::segment::{Marks, TokenKind};

/// One sentence of a paragraph.
pub(crate) struct Sentence<'s> {
    pub(crate) document: &'s Document<'s>,
    /// Place in the paragraph, from 0.
    pub(crate) number: u32,
    pub(crate) tokens: Range<u32>,
    pub(crate) hits: &'s [Hit],
    /// Parallel to `hits`.
    pub(crate) shifts: &'s [Shift],
    /// Categories of the terms that cover its tokens, as bits.
    pub(crate) cats: u128,
    /// Kinds of the tokens, as bits (see [`kind_bit`]).
    pub(crate) kinds: u32,
    /// Whether a word has a lengthened letter.
    pub(crate) lengthened: bool,
    /// Number of words, numbers, hashtags, mentions, emoji.
    pub(crate) words: u32,
    /// First and last such token.
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// Sum of the positive and of the negative sentiment weights, both above 0; negated ones count less or on the other side.
    pub(crate) plus: f32,
    pub(crate) minus: f32,
}

/// The bit of a kind in [`Sentence::kinds`].
pub(crate) const fn kind_bit(kind: TokenKind) -> u32 {
    1 << kind as u32
}

/// The sentences of a paragraph in order. `shifts` is parallel to `document.hits`.
pub(crate) fn sentences<'s>(
    document: &'s Document<'s>,
    paragraph: &ParagraphUnit,
    shifts: &'s [Shift],
) -> impl Iterator<Item = Sentence<'s>> {
    let ranges = &document.sentences[paragraph.sentences.start as usize..paragraph.sentences.end as usize];
    let mut next = paragraph.hits.start as usize;
    let end = paragraph.hits.end as usize;
    ranges.iter().enumerate().map(move |(number, tokens)| {
        let from = next;
        while next < end && document.hits[next].start < tokens.end {
            next += 1;
        }
        Sentence::new(document, number as u32, tokens.clone(), &document.hits[from..next], &shifts[from..next])
    })
}

impl<'s> Sentence<'s> {
    fn new(document: &'s Document<'s>, number: u32, tokens: Range<u32>, hits: &'s [Hit], shifts: &'s [Shift]) -> Sentence<'s> {
        let (first, last) = (tokens.start, tokens.start);
        let mut sentence = Sentence {
            document,
            number,
            tokens,
            hits,
            shifts,
            cats: 0,
            kinds: 0,
            lengthened: false,
            words: 0,
            first,
            last,
            plus: 0.0,
            minus: 0.0,
        };
        for (t, token) in sentence.tokens.clone().zip(&document.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize]) {
            sentence.kinds |= kind_bit(token.kind);
            sentence.cats |= document.tags(t as usize);
            if token.is_lexical() {
                sentence.lengthened |= token.has(Marks::LENGTHENED);
                if sentence.words == 0 {
                    sentence.first = t;
                }
                sentence.words += 1;
                sentence.last = t;
            }
        }
        for (hit, shift) in hits.iter().zip(shifts) {
            if hit.cat == Cat::SENTIMENT {
                let value = hit.weight * (1.0 - 1.5 * shift.negation);
                sentence.plus += value.max(0.0);
                sentence.minus += (-value).max(0.0);
            }
        }
        sentence
    }

    /// Whether a term of one of the categories covers some token.
    pub(crate) fn holds(&self, cats: u128) -> bool {
        self.cats & cats != 0
    }

    /// Whether some token is of the kind.
    pub(crate) fn has_kind(&self, kind: TokenKind) -> bool {
        self.kinds & kind_bit(kind) != 0
    }

    /// Whether the sentence asks.
    pub(crate) fn asks(&self) -> bool {
        self.has_kind(TokenKind::Question) && self.tokens.clone().rev().take(4).any(|t| self.kind(t) == Some(TokenKind::Question))
    }

    /// Hits of a category with their shifts.
    pub(crate) fn of(&self, cat: Cat) -> impl Iterator<Item = (usize, &'s Hit, Shift)> {
        self.hits.iter().zip(self.shifts).enumerate().filter(move |(_, (h, _))| h.cat == cat).map(|(i, (h, s))| (i, h, *s))
    }

    /// Hits that start within the tokens.
    pub(crate) fn within(&self, tokens: Range<u32>) -> impl Iterator<Item = (&'s Hit, Shift)> {
        let from = self.hits.partition_point(|h| h.start < tokens.start);
        let hits = self.hits[from..].iter().zip(&self.shifts[from..]).map(|(h, s)| (h, *s));
        hits.take_while(move |(h, _)| h.start < tokens.end)
    }

    /// Whether a hit of one of the categories starts within the tokens.
    pub(crate) fn has(&self, tokens: Range<u32>, cats: u128) -> bool {
        self.holds(cats) && self.within(tokens).any(|(h, _)| h.cat.tag() & cats != 0)
    }

    /// Negative and positive sentiment weights among the tokens, both above 0.
    pub(crate) fn sentiment(&self, tokens: Range<u32>) -> (f32, f32) {
        self.within(tokens)
            .filter(|(h, _)| h.cat == Cat::SENTIMENT)
            .fold((0.0, 0.0), |(minus, plus), (h, _)| (minus + (-h.weight).max(0.0), plus + h.weight.max(0.0)))
    }

    /// Kind of a token of this sentence.
    pub(crate) fn kind(&self, token: u32) -> Option<TokenKind> {
        if self.tokens.contains(&token) { self.document.tokens.get(token as usize).map(|t| t.kind) } else { None }
    }

    /// Clause number of a token.
    pub(crate) fn clause(&self, token: u32) -> u32 {
        self.document.clauses.get(token as usize).copied().unwrap_or(0)
    }

    /// Whether the token stands in a quotation of more than two tokens: mostly somebody's speech.
    pub(crate) fn is_spoken(&self, token: u32) -> bool {
        /// Longer than a label of one or two words.
        const SPEECH: u32 = 2;
        /// Quotations nest a few levels deep at most.
        const NESTING: usize = 4;
        let quotes = self.document.quotes;
        let behind = quotes.partition_point(|q| q.tokens.start <= token);
        quotes[..behind].iter().rev().take(NESTING).any(|q| q.tokens.end > token && q.inner.end - q.inner.start > SPEECH)
    }

    /// The cue of a lexicon hit.
    pub(crate) fn hit_cue(&self, family: &'static str, hit: &Hit, shift: Shift, strength: f32) -> Cue {
        Cue { tokens: hit.start..hit.end, family, entry: Some(hit.entry), weight: hit.weight, strength, shift }
    }

    /// The cue of a pattern.
    pub(crate) fn rule_cue(&self, family: &'static str, tokens: Range<u32>, strength: f32) -> Cue {
        Cue { tokens, family, entry: None, weight: strength, strength, shift: Shift::NONE }
    }
}

/// Whether an option switches a rule or a family off. Families are known by their full name (`alarm.brink`) and rules by their own.
pub(crate) fn is_off(without: &[String], name: &str) -> bool {
    !without.is_empty() && without.iter().any(|w| w == name)
}
