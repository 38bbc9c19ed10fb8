//! What is said of a mention by a copula, an apposition or a verb of having.

use std::ops::Range;

use super::{Context, Role};
use crate::lexicon::Cat;
use crate::scorers::stance::names::REPORTING;
use crate::segment::{Marks, TokenKind};

/// Tokens that an insertion between a name and its verb has at most.
const INSERTION: u32 = 14;
/// Tokens over which a complement can be split from its subject by a reporting clause.
const REACH_OF_COMPLEMENT: u32 = 32;

impl Context<'_> {
    /// The mention that an adjective or noun behind a copula, or right behind it, is said of: one of the three before it.
    pub(super) fn bearer(&self, word: u32) -> Option<u32> {
        let s = &self.syntax;
        let first = s.sentence(word).start.max(word.saturating_sub(INSERTION + 9));
        let ends = (first..word).rev().filter(|&t| s.mention(t).is_some() && s.mention(t) != s.mention(t + 1));
        let at = ends.take(3).find(|&at| at + 1 == word || !self.owns(&(at..at + 1)) && self.complement(at + 1, word))?;
        s.mention(at)
    }

    /// Whether a noun that says how one stands to another begins at the token or behind an adjective: "critic of", "supporter of".
    pub(super) fn is_relation(&self, from: u32) -> bool {
        let at = self.frames.partition_point(|f| f.tokens.start < from);
        let near = self.frames[at..].iter().take_while(|f| f.tokens.start <= from + 1);
        near.filter(|f| self.document.hits[f.hit].cat == Cat::NOUN)
            .any(|f| self.weights(f.hit)[2].abs() >= 0.25 && self.syntax.is(f.tokens.end, Cat::PREPOSITION.tag()))
    }

    /// "*X*, a harsh critic of Y": the mention right before the comma of an apposition that the noun heads.
    pub(super) fn apposed_to(&self, noun: u32) -> Option<u32> {
        let s = &self.syntax;
        let first = s.sentence(noun).start.max(noun.saturating_sub(6));
        let plain = |t: &u32| s.kind(*t) == Some(TokenKind::Word) && s.mention(*t).is_none() && !s.is(*t, Cat::PREPOSITION.tag());
        let comma = (first..noun).rev().find(|t| !plain(t)).filter(|&t| s.kind(t) == Some(TokenKind::Comma) && t > first)?;
        s.mention(comma - 1).filter(|_| !s.has(comma - 1, Marks::POSSESSIVE))
    }

    /// "*X* launched an attack on Y", "*X* in rant at Y": the mention that a verb which says no more than the noun has as its subject, or that a headline
    /// puts before "in".
    pub(super) fn who_makes(&self, noun: u32) -> Option<u32> {
        let s = &self.syntax;
        let first = s.sentence(noun).start.max(noun.saturating_sub(6));
        let attribute = |t: &u32| {
            s.is(*t, Cat::DETERMINER.tag() | Cat::ADJECTIVE.tag() | Cat::INTENSIFIER.tag())
                || s.kind(*t) == Some(TokenKind::Hyphen)
                || s.is_adverb(*t)
                || s.is_noun(*t) && s.mention(*t).is_none() && !is_making(s.word(*t))
        };
        let before = (first..noun).rev().find(|t| !attribute(t))?;
        if s.word(before) == "in" {
            return before.checked_sub(1).and_then(|b| s.mention(b)).filter(|_| self.headline(noun));
        }
        let subject = s.subject(before).filter(|r| is_making(s.word(before)) && r.end <= before)?;
        let head = |t: u32| s.mention(t).filter(|&m| self.share(&subject, &self.mentions[m as usize].tokens) == Some(Role::Head));
        subject.clone().find_map(head)
    }

    fn headline(&self, t: u32) -> bool {
        let sentence = self.syntax.sentence(t);
        self.syntax.kind(sentence.end - 1) == Some(TokenKind::Word)
    }

    /// "X, the minister, is ...": behind the second comma, if an auxiliary follows there.
    pub(super) fn behind_insertion(&self, from: u32, to: u32) -> u32 {
        let s = &self.syntax;
        if s.kind(from) != Some(TokenKind::Comma) {
            return from;
        }
        let plain = |t: &u32| matches!(s.kind(*t), Some(TokenKind::Word | TokenKind::Hyphen | TokenKind::Number));
        let closing = (from + 1..to.min(from + INSERTION)).find(|t| !plain(t)).filter(|&t| s.kind(t) == Some(TokenKind::Comma));
        let auxiliary = Cat::BE.tag() | Cat::HAVE.tag() | Cat::AUXILIARY.tag();
        closing.map(|c| c + 1).filter(|&c| s.is(c, auxiliary)).unwrap_or(from)
    }

    /// Whether a token between two parts of the speech that holds `inside` is no part of it: the reporting clause, the quotation marks around
    /// it, and the comma before them.
    pub(super) fn outside(&self, inside: u32, t: u32) -> bool {
        let mark = |t: u32| matches!(self.syntax.kind(t), Some(TokenKind::DoubleQuote | TokenKind::SingleQuote));
        let speech = self.speeches.number(inside);
        speech.is_some() && (self.speeches.number(t) != speech || mark(t) || self.syntax.kind(t) == Some(TokenKind::Comma) && mark(t + 1))
    }

    /// "X is a liar", "X seems weak": only a form of "to be", articles, adverbs, adjectives and nouns between.
    pub(super) fn complement(&self, from: u32, to: u32) -> bool {
        if self.gapped(from, to) {
            return true;
        }
        let from = self.behind_insertion(from, to);
        // "She is," said X, "the finest voice"
        let outside = |t: u32| from > 0 && self.outside(from - 1, t);
        if to < from || to - from > REACH_OF_COMPLEMENT || (from..to).filter(|&t| !outside(t)).count() > 9 {
            return false;
        }
        // "He's a star", "You're a liar"
        let mut be = from.checked_sub(1).is_some_and(|b| self.syntax.is_short(b));
        for t in from..to {
            if outside(t) {
                continue;
            }
            if self.syntax.kind(t) != Some(TokenKind::Word) && self.syntax.kind(t) != Some(TokenKind::Hyphen) {
                if matches!(self.syntax.kind(t), Some(TokenKind::DoubleQuote | TokenKind::SingleQuote)) {
                    continue;
                }
                return false;
            }
            let copula = self.syntax.is(t, Cat::BE.tag())
                || matches!(
                    self.syntax.word(t),
                    "became"
                        | "becomes"
                        | "become"
                        | "seems"
                        | "seemed"
                        | "appears"
                        | "appeared"
                        | "looks"
                        | "looked"
                        | "remains"
                        | "remained"
                );
            be |= copula;
            // "X was 'decent' and *Y* 'a gangster'"
            let other = be && self.syntax.mention(t).is_some() && self.syntax.has(t, Marks::CAPITAL);
            if other && !self.syntax.has(t, Marks::POSSESSIVE) && self.syntax.mention(t) != self.syntax.mention(t + 1) {
                return false;
            }
            if be
                && !copula
                && self.syntax.is(t, Cat::PREPOSITION.tag() | Cat::SUBORDINATOR.tag() | Cat::RELATIVE.tag())
                && !self.syntax.is(t, Cat::DETERMINER.tag())
            {
                return false;
            }
            if !be && !self.syntax.is_adverb(t) && !self.syntax.is(t, Cat::AUXILIARY.tag() | Cat::HAVE.tag() | Cat::NEGATOR.tag()) {
                return false;
            }
        }
        be
    }

    /// "Y was decent and *X* a gangster", "whereas *X*, in his words, ...": a name behind a conjunction, with a copula before that has another
    /// subject, and nothing but articles, adjectives and quotation marks before what is said of it.
    fn gapped(&self, from: u32, to: u32) -> bool {
        let s = &self.syntax;
        let Some(last) = from.checked_sub(1).filter(|_| to > from && to - from <= 4) else { return false };
        let name = s.whole_mention(last);
        let passes = |t: u32| {
            matches!(s.kind(t), Some(TokenKind::DoubleQuote | TokenKind::SingleQuote | TokenKind::Hyphen))
                || s.is(t, Cat::DETERMINER.tag() | Cat::ADJECTIVE.tag())
                || s.is_adverb(t)
        };
        let joined = name.start > 0 && s.mention(last).is_some() && matches!(s.word(name.start - 1), "and" | "but" | "while" | "whereas");
        if !joined || !(from..to).all(passes) {
            return false;
        }
        let first = s.sentence(last).start.max(name.start.saturating_sub(REACH_OF_COMPLEMENT));
        (first + 1..name.start).any(|t| s.is(t, Cat::BE.tag()) && s.mention(t - 1).is_some())
    }

    /// "X, the disgraced mayor": between a comma behind the target and the next comma, and no verb before.
    pub(super) fn apposed(&self, from: u32, to: u32) -> bool {
        self.syntax.kind(from) == Some(TokenKind::Comma)
            && !self.syntax.is(from + 1, Cat::PREPOSITION.tag())
            && (from + 1..to).all(|t| {
                matches!(self.syntax.kind(t), Some(TokenKind::Word | TokenKind::Hyphen | TokenKind::Number))
                    && !self.syntax.is(t, REPORTING | Cat::BE.tag() | Cat::RELATIVE.tag() | Cat::COORDINATOR.tag())
            })
    }

    /// "X was right to go and *showed* courage": the verb right before the noun has the target as its subject.
    pub(super) fn has(&self, tokens: &Range<u32>, noun: u32) -> bool {
        let s = &self.syntax;
        let near = tokens.end.max(noun.saturating_sub(3))..noun;
        let Some(before) = near.rev().find(|&t| !s.is(t, Cat::DETERMINER.tag() | Cat::ADJECTIVE.tag() | Cat::INTENSIFIER.tag())) else {
            return false;
        };
        let subject = |v: u32| s.subject(v).is_some_and(|r| self.share(&r, tokens) == Some(Role::Head));
        // "X handled the trial with great *fairness*"
        if s.word(before) == "with" {
            let mut verbs = (tokens.end..before).rev().filter(|&t| s.is(t, Cat::VERB.tag() | REPORTING) || s.word(t).ends_with("ed"));
            return before - tokens.end < INSERTION && verbs.next().is_some_and(|v| s.is_verb(v) && subject(v));
        }
        is_having(s.word(before)) && subject(before)
    }

    /// The target governs a "have"-like verb before the noun: "X has courage", "X made a mistake".
    pub(super) fn has_verb(&self, from: u32, to: u32) -> bool {
        let outside = |t: u32| from > 0 && self.outside(from - 1, t);
        if to - from > REACH_OF_COMPLEMENT || (from..to).filter(|&t| !outside(t)).count() > 7 {
            return false;
        }
        let mut verb = false;
        for t in from..to {
            if outside(t) {
                continue;
            }
            let with =
                self.syntax.word(t) == "with" && t > from && matches!(self.syntax.word(t - 1), "acted" | "behaved" | "acts" | "behaves");
            if with {
                verb = true;
                continue;
            }
            if self.syntax.kind(t) == Some(TokenKind::DoubleQuote) {
                continue;
            }
            if self.syntax.kind(t) != Some(TokenKind::Word) || self.syntax.is(t, Cat::PREPOSITION.tag()) {
                return false;
            }
            // "has handled a trial" has nothing.
            let next = self.syntax.word(t + 1);
            let auxiliary = next.ends_with("ed") || next.ends_with("en") || self.syntax.is(t + 1, Cat::PARTICIPLE.tag());
            verb |= self.syntax.is(t, Cat::HAVE.tag()) && !auxiliary || is_having(self.syntax.word(t));
        }
        verb
    }
}

/// A verb that says no more than the noun behind it: "launched an attack", "had praise for".
fn is_making(verb: &str) -> bool {
    const VERBS: &[&str] = &[
        "led",
        "leads",
        "launched",
        "launches",
        "mounted",
        "filed",
        "files",
        "brought",
        "gave",
        "gives",
        "delivered",
        "delivers",
        "made",
        "makes",
        "issued",
        "issues",
        "wrote",
        "sent",
        "sends",
        "offered",
        "offers",
        "expressed",
        "voiced",
        "aimed",
        "levelled",
        "leveled",
        "unleashed",
        "unleashes",
        "staged",
        "organised",
        "organized",
        "backed",
        "backs",
        "signed",
        "started",
        "renewed",
        "intensified",
        "lodged",
        "tabled",
        "published",
        "paid",
        "pays",
        "had",
        "has",
        "joined",
        "joins",
        "threw",
        "declared",
        "posted",
        "fired",
    ];
    VERBS.contains(&verb)
}

/// What a noun behind it says of the subject.
fn is_having(verb: &str) -> bool {
    const VERBS: &[&str] =
        &["made", "makes", "make", "shows", "showed", "lacks", "lacked", "displayed", "committed", "commits", "told", "faces", "faced"];
    VERBS.contains(&verb)
}
