//! Sources in phrases and nouns: "according to S", "in S's view", "S's claim that".

use std::ops::Range;

use super::{CONTENT, Finder, INSIDE};
use crate::lexicon::{Cat, Hit};
use crate::scorers::stance::names::TITLES;
use crate::scorers::stance::syntax::SUBJECT_PRONOUN;
use crate::segment::{Marks, Quotation, TokenKind};

impl Finder<'_> {
    /// "S's claim that C", "a statement by S that C", "S said in a statement: Q".
    pub(super) fn noun(&mut self, cue: &Hit, quotes: &[&Quotation]) {
        let s = &self.syntax;
        let sentence = s.sentence(cue.start);
        if s.is_verb(cue.start) && self.out.last().is_some_and(|l| l.cue.as_ref().is_some_and(|c| c.start == cue.start)) {
            return;
        }
        let first = sentence.start.max(cue.start.saturating_sub(12));
        let phrase = s.phrase_ending(cue.start, first);
        let owner = (phrase.start..cue.start).find(|&t| s.has(t, Marks::POSSESSIVE) || s.is(t, Cat::POSSESSIVE.tag()));
        let source = match owner {
            // "Yesterday's claim" is nobody's.
            Some(owner) if s.is(owner, Cat::CALENDAR.tag() | Cat::TIME_NOW.tag() | Cat::TIME_PAST.tag() | Cat::TIME_FUTURE.tag()) => return,
            Some(owner) => phrase.start..owner + 1,
            None => match s.object(cue.end) {
                Some((object, Some(p))) if matches!(s.word(p), "by" | "from") && p == cue.end => p + 1..object.end,
                _ => return,
            },
        };
        let from = if source.start >= cue.end { source.end } else { cue.end };
        let that = matches!(s.word(from), "that") || s.kind(from) == Some(TokenKind::Colon);
        let about = matches!(s.word(from), "of" | "about" | "on" | "against" | "to" | "for");
        if !that && !about || self.covered[cue.start as usize] {
            return;
        }
        let limit = sentence.end.min(from + 1 + CONTENT);
        let end = (from + 1..limit)
            .find(|&t| {
                s.kind(t) == Some(TokenKind::Comma)
                    || (about
                        && s.is(t, Cat::BE.tag() | Cat::HAVE.tag() | Cat::AUXILIARY.tag() & !Cat::PREPOSITION.tag())
                        && s.word(t) != "to")
            })
            .unwrap_or(limit);
        self.add(Some(source), Some((cue.start..cue.end, Some(cue.cat))), vec![from + 1..end], quotes);
    }

    /// "according to S, C", "C, according to S", "in S's view, C".
    pub(super) fn phrase(&mut self, cue: &Hit) {
        let s = &self.syntax;
        let sentence = s.sentence(cue.start);
        let source = if cue.weight <= INSIDE {
            // "in his view", "as X put it": the source is a word of the phrase.
            match (cue.start..cue.end).find(|&t| s.mention(t).is_some() || s.is(t, SUBJECT_PRONOUN)) {
                Some(t) => t..t + 1,
                None => return,
            }
        } else {
            match s.object(cue.end) {
                Some((object, None)) => cue.end..object.end,
                _ => return,
            }
        };
        // "citing health reasons" names no source.
        if cue.weight < 0.7 && !self.syntax.can_speak(&source) {
            return;
        }
        // "\"Q,\" he said, citing Y": the sentence has its speaker.
        let said = (sentence.start..cue.start).filter(|&t| self.covered[t as usize]).count() as u32;
        if cue.weight < 0.7 && said * 2 > cue.start - sentence.start {
            return;
        }
        self.around(cue.start..cue.end, source, &sentence);
    }

    /// What a source in a phrase of its own says: the sentence before the phrase, or else the one behind it.
    pub(super) fn around(&mut self, cue: Range<u32>, source: Range<u32>, sentence: &Range<u32>) {
        let s = &self.syntax;
        let tail = source.end.max(cue.end);
        // "S, according to X, is vain": an insertion, with what is said on both sides of it.
        let inserted = cue.start > sentence.start
            && s.kind(cue.start - 1) == Some(TokenKind::Comma)
            && s.kind(tail) == Some(TokenKind::Comma)
            && tail + 2 < sentence.end
            && !s.is(tail + 1, Cat::COORDINATOR.tag() | Cat::RELATIVE.tag());
        if inserted && !self.covered[cue.start as usize - 1] {
            let parts = vec![sentence.start.max(cue.start.saturating_sub(CONTENT))..cue.start, tail..sentence.end.min(tail + CONTENT)];
            return self.add(Some(source), Some((cue, Some(Cat::REPORT_PHRASE))), parts, &[]);
        }
        let content = if cue.start > sentence.start + 3 {
            sentence.start.max(cue.start.saturating_sub(CONTENT))..cue.start
        } else {
            let comma = (tail..sentence.end.min(tail + 12)).find(|&t| s.kind(t) == Some(TokenKind::Comma));
            let from = comma.unwrap_or(tail);
            from..sentence.end.min(from + CONTENT)
        };
        if (content.start..content.end).all(|t| self.covered[t as usize]) {
            return;
        }
        self.add(Some(source), Some((cue, Some(Cat::REPORT_PHRASE))), vec![content], &[]);
    }

    /// "In X's view, C": the owner of a view, opinion or account behind "in", "to" or "by".
    pub(super) fn views(&mut self, sentence: &Range<u32>) {
        let s = &self.syntax;
        // "To X, C", "For the shareholder X, C"
        let front = TITLES | Cat::DETERMINER.tag() | Cat::TITLE_ADJECTIVE.tag();
        let name = (sentence.start + 1..sentence.end.min(sentence.start + 6)).find(|&t| !s.is(t, front) || s.mention(t).is_some());
        if let Some(name) = name.filter(|&t| matches!(s.word(sentence.start), "To" | "For") && s.mention(t).is_some()) {
            let mut owner = s.whole_mention(name);
            // "For X, who has traded oil for decades, C", "To X, a taxi driver, C"
            let inserted = s.is(owner.end + 1, Cat::RELATIVE.tag() | Cat::DETERMINER.tag()) && s.mention(owner.end + 1).is_none();
            if s.kind(owner.end) == Some(TokenKind::Comma) && inserted {
                let closing = (owner.end + 1..sentence.end.min(owner.end + 16)).find(|&t| s.kind(t) == Some(TokenKind::Comma));
                owner.end = closing.unwrap_or(owner.end);
            }
            let judged = (owner.end + 1..sentence.end.min(owner.end + 10))
                .any(|t| s.is(t, Cat::BE.tag()) || matches!(s.word(t), "remains" | "remained" | "seems" | "seemed"));
            if s.kind(owner.end) == Some(TokenKind::Comma) && !s.has(owner.end - 1, Marks::POSSESSIVE) && judged {
                return self.around(sentence.start..sentence.start + 1, owner, sentence);
            }
        }
        let mut t = sentence.start;
        while t < sentence.end.min(sentence.start + CONTENT) {
            let view = matches!(
                s.word(t),
                "view" | "opinion" | "eyes" | "mind" | "telling" | "words" | "account" | "judgment" | "judgement" | "estimation"
            );
            // "in the opinion of X, C"
            let of = view && t > sentence.start && s.word(t + 1) == "of" && s.word(t - 1) == "the";
            if let Some(owner) = Some(t + 2).filter(|&o| of && s.mention(o).is_some()).map(|o| s.whole_mention(o)) {
                let before = (t - 1).checked_sub(1).filter(|&b| b >= sentence.start && matches!(s.word(b), "in" | "In" | "to" | "To"));
                let closed = matches!(s.kind(owner.end), Some(TokenKind::Comma | TokenKind::Period)) || owner.end >= sentence.end;
                if let (Some(before), true) = (before, closed) {
                    return self.around(before..t + 2, owner, sentence);
                }
            }
            if view && t > sentence.start + 1 && s.has(t - 1, Marks::POSSESSIVE) {
                let owner = if s.mention(t - 1).is_some() { s.whole_mention(t - 1) } else { s.owner_start(t - 1)..t };
                if s.mention(t - 1).is_none() && !self.syntax.can_speak(&owner) && !s.is(owner.start, Cat::DETERMINER.tag()) {
                    t += 1;
                    continue;
                }
                let before = owner
                    .start
                    .checked_sub(1)
                    .filter(|&b| b >= sentence.start && matches!(s.word(b), "in" | "In" | "by" | "By" | "to" | "To"));
                let closed = matches!(s.kind(t + 1), Some(TokenKind::Comma | TokenKind::Period)) || t + 1 >= sentence.end;
                if let (Some(before), true) = (before, closed) {
                    return self.around(before..t + 1, owner, sentence);
                }
            }
            t += 1;
        }
    }
}
