//! The subject of a verb: what stands before its group, across insertions, coordination, infinitives and participles.

use std::ops::Range;

use super::{AUXILIARIES, REACH, REPORTING, SUBJECT_PRONOUN, Syntax};
use crate::lexicon::{Cat, irregular};
use crate::scorers::stance::names::TITLES;
use crate::segment::{Marks, TokenKind};

impl Syntax<'_> {
    /// The noun phrase that is the subject of verb `v`: its tokens, head last.
    pub(in super::super) fn subject(&self, v: u32) -> Option<Range<u32>> {
        let first = self.sentence(v).start.max(v.saturating_sub(REACH));
        let group = self.group_start(v);
        // "X resigned, blaming Y": the participle shares the subject of the verb before it.
        let comma_before = group > first && self.kind(group - 1) == Some(TokenKind::Comma);
        if comma_before
            && self.word(group).ends_with("ing")
            && let Some(verb) = self.finite_before(group - 1, first)
        {
            return self.subject_from(self.group_start(verb), first, 1);
        }
        // "Having rescued three, X ...", "After lying to the house, X ...": the subject stands behind the comma.
        // "Accused by Y of fraud, X ..."
        if group <= first && self.is_passive(v..v + 1) {
            return self.named_subject_behind(v);
        }
        let head = group <= first || (group == first + 1 && self.is(first, Cat::PREPOSITION.tag() | Cat::SUBORDINATOR.tag()));
        if head && (self.word(v).ends_with("ing") || self.word(group).ends_with("ing")) {
            let comma = (v + 1..self.sentence(v).end.min(v + REACH / 2)).find(|&t| self.kind(t) == Some(TokenKind::Comma))?;
            if let Some(name) = self.name_after(comma) {
                return Some(name);
            }
            // "Holding signs, *the protesters* chanted"
            let verb =
                (comma + 2..comma + 8).find(|&t| self.is(t, Cat::VERB.tag() | REPORTING | AUXILIARIES) && self.is_verb_or_auxiliary(t))?;
            let phrase = comma + 1..self.group_start(verb);
            return (!phrase.is_empty() && phrase.clone().all(|t| self.continues_phrase(t))).then_some(phrase);
        }
        self.subject_from(group, first, 0)
    }

    /// The mention right behind a comma, but for titles and articles.
    pub(super) fn name_after(&self, comma: u32) -> Option<Range<u32>> {
        let led = |t: u32| self.is(t, TITLES | Cat::DETERMINER.tag() | Cat::TITLE_ADJECTIVE.tag());
        let name = (comma + 1..comma + 6).find(|&t| self.mention(t).is_some())?;
        (comma + 1..name).all(led).then(|| self.whole_mention(name))
    }

    /// The name behind a comma, a verb behind it: whom a participle at the head of the sentence is about.
    pub(super) fn named_subject_behind(&self, v: u32) -> Option<Range<u32>> {
        let end = self.sentence(v).end.min(v + REACH);
        let verb = |t: u32| self.is(t, Cat::VERB.tag() | REPORTING | AUXILIARIES) || self.is_word(t) && self.word(t).ends_with("ed");
        let mut commas = (v + 1..end).filter(|&t| self.kind(t) == Some(TokenKind::Comma));
        commas.find_map(|comma| {
            let name = self.name_after(comma)?;
            let head = (name.end..name.end + 2).find(|&t| !self.is_adverb(t))?;
            (verb(head) && !self.has(name.end - 1, Marks::POSSESSIVE)).then_some(name)
        })
    }

    /// Whether the tokens are one mention and nothing besides, but for titles.
    pub(super) fn is_name(&self, tokens: Range<u32>) -> bool {
        let name = self.whole_mention(tokens.end - 1);
        self.mention(tokens.end - 1).is_some()
            && !self.is(tokens.end - 1, SUBJECT_PRONOUN)
            && !self.has(tokens.end - 1, Marks::POSSESSIVE)
            // "the Right Rev X"
            && (tokens.start..name.start).all(|t| {
                let title = TITLES | Cat::DETERMINER.tag() | Cat::TITLE_ADJECTIVE.tag();
                self.is(t, title) || self.kind(t) == Some(TokenKind::Period) || matches!(self.word(t), "Right" | "Most" | "Very")
            })
    }

    /// The last verb or auxiliary before `t`.
    pub(super) fn verb_before(&self, t: u32, first: u32) -> Option<u32> {
        (first..t).rev().find(|&o| {
            self.is(o, Cat::VERB.tag() | REPORTING | AUXILIARIES)
                && self.is_verb_or_auxiliary(o)
                && !self.is(o, Cat::DETERMINER.tag())
                && self.word(o) != "to"
        })
    }

    /// Where an insertion between commas and a date that end at `t` begin: "accused Y, *a former officer, on Monday* of".
    pub(super) fn before_insertion(&self, t: u32, first: u32) -> u32 {
        let mut from = t;
        if from >= first + 2 && self.is(from - 1, Cat::CALENDAR.tag()) && self.word(from - 2) == "on" {
            from -= 2;
        }
        if from > first && self.kind(from - 1) == Some(TokenKind::Comma) {
            from = self.insertion_start(from - 1, first).unwrap_or(from - 1);
        }
        from
    }

    /// "X thanked Y, who had helped, but V", "X said that Y had failed, and V": what a comma and a conjunction at `t` go on with ends before
    /// the last relative behind a comma, or "that" behind a reporting verb. Else `t`.
    pub(super) fn main_clause_end(&self, t: u32, first: u32) -> u32 {
        let coordinated =
            t > first && self.is(t, Cat::COORDINATOR.tag() | Cat::CONTRAST.tag()) && self.kind(t - 1) == Some(TokenKind::Comma);
        let opens = |o: &u32| {
            self.is(*o, Cat::RELATIVE.tag()) && self.kind(o - 1) == Some(TokenKind::Comma)
                || self.word(*o) == "that" && self.is(o - 1, REPORTING)
        };
        let opener = (first + 1..t).rev().filter(|_| coordinated).find(opens);
        opener.filter(|&o| self.verb_before(o, first).is_some()).unwrap_or(t)
    }

    /// The last finite verb before `t`: no infinitive and no participle, and besides the verbs that are known any word in -ed behind a name or
    /// pronoun ("X *emailed* supporters, telling them").
    pub(super) fn finite_before(&self, t: u32, first: u32) -> Option<u32> {
        (first..t).rev().find(|&o| {
            if !self.is_word(o) || self.word(o) == "to" || self.is(o, Cat::DETERMINER.tag()) {
                return false;
            }
            let word = self.word(o);
            let known = self.is(o, Cat::VERB.tag() | REPORTING | AUXILIARIES) && self.is_verb_or_auxiliary(o);
            let past = word.ends_with("ed") || irregular::verb(word).is_some() && !self.is(o, Cat::PARTICIPLE.tag());
            let formed = past && o > first && (self.mention(o - 1).is_some() || self.kind(o - 1) == Some(TokenKind::Comma));
            let start = self.group_start(o);
            let infinite = self.word(start) == "to"
                || start > first && self.word(start - 1) == "to"
                || word.ends_with("ing") && !(start..o).any(|b| self.is(b, Cat::BE.tag()));
            (known || formed) && !infinite
        })
    }

    pub(super) fn subject_from(&self, group: u32, first: u32, depth: u32) -> Option<Range<u32>> {
        if group <= first || depth > 4 {
            return None;
        }
        let t = group - 1;
        // "X, who on Monday demanded"
        if t > first + 1 && self.is(t, Cat::CALENDAR.tag()) && matches!(self.word(t - 1), "on" | "in") {
            return self.subject_from(t - 1, first, depth + 1);
        }
        match self.kind(t)? {
            TokenKind::Comma | TokenKind::Close | TokenKind::Dash => {
                // "X, ... , V": the other end of the insertion.
                let open = self.insertion_start(t, first);
                // "X, the president, ran on, threw her arms round Y": the second verb of a list.
                if let Some(verb) = open.filter(|&o| o > first).and_then(|o| self.finite_before(t, o).filter(|&v| v == o + 1)) {
                    return self.subject_from(self.group_start(verb), first, depth + 1);
                }
                match open {
                    // "A spokeswoman, Lena Dorst, V": the name says who the phrase before it is.
                    Some(open) if t > open + 1 && self.is_name(open + 1..t) => Some(self.whole_mention(t - 1)),
                    Some(open) if open > first && t - open < 26 && self.ends_phrase(open - 1) => Some(self.phrase_ending(open - 1, first)),
                    Some(open) if open > first => self.subject_from(open, first, depth + 1),
                    // "In May, V": "X V, V-ing": the head of the sentence.
                    _ => (first..t).find(|&m| self.mention(m).is_some()).map(|m| self.whole_mention(m)),
                }
            }
            TokenKind::Word => {
                let tags = self.tags(t);
                if tags & Cat::RELATIVE.tag() != 0 && t > first {
                    // "X, who V": the antecedent.
                    let before = if self.kind(t - 1) == Some(TokenKind::Comma) && t - 1 > first { t - 2 } else { t - 1 };
                    return self.ends_phrase(before).then(|| self.phrase_ending(before, first));
                }
                // "X, who Y said V": the antecedent, and never the "said".
                if matches!(self.word(t), "said" | "says") && self.is_verb(t) {
                    let relative = (first + 1..t).rev().take(5).find(|&r| self.is(r, Cat::RELATIVE.tag()))?;
                    let before = if self.kind(relative - 1) == Some(TokenKind::Comma) { relative.checked_sub(2)? } else { relative - 1 };
                    return (before >= first && self.ends_phrase(before)).then(|| self.phrase_ending(before, first));
                }
                if self.mention(t).is_some() || tags & SUBJECT_PRONOUN != 0 {
                    return Some(self.phrase_ending(t, first));
                }
                // "X refused to V": the subject of the verb that governs.
                if t > first && self.word(group) == "to" && self.governs_infinitive(t) {
                    return self.subject_from(self.group_start(t), first, depth + 1);
                }
                if tags & (Cat::COORDINATOR.tag() | Cat::CONTRAST.tag() | Cat::SUBORDINATOR.tag()) != 0
                    || tags & Cat::PREPOSITION.tag() != 0
                    || self.word(t) == "to"
                {
                    // "X lied and V", "X vowed to V", "X resigned after V-ing": the subject of the verb before.
                    // "accused X of V-ing", "praised X for V-ing": the one to whom it is done.
                    if self.word(group).ends_with("ing")
                        && matches!(self.word(t), "of" | "for" | "from" | "with" | "over" | "into")
                        && let Some(verb) = self.verb_before(t, first)
                        && let Some((object, None)) = self.object(verb + 1).filter(|(o, _)| o.end == self.before_insertion(t, first))
                        && !self.is_passive(verb..verb + 1)
                        && object.clone().any(|o| self.mention(o).is_some())
                    {
                        return Some(object);
                    }
                    let end = self.main_clause_end(t, first);
                    // "X was right to go and showed courage", "X spoke of a land dying out, while accusing Y"
                    // "ordered her to go and had threatened her"
                    let inflected = self.word(group).ends_with("ed")
                        || irregular::verb(self.word(group)).is_some()
                        || self.is(group, Cat::HAVE.tag() | Cat::BE.tag() | Cat::DO.tag())
                            && !matches!(self.word(group), "have" | "be" | "do");
                    let finite = inflected && tags & (Cat::COORDINATOR.tag() | Cat::CONTRAST.tag()) != 0
                        || self.word(group).ends_with("ing") && tags & Cat::SUBORDINATOR.tag() != 0;
                    let before = if finite { self.finite_before(end, first) } else { None };
                    return match before.or_else(|| self.verb_before(end, first)) {
                        Some(verb) => self.subject_from(self.group_start(verb), first, depth + 1),
                        None => {
                            let plain = |m: &u32| self.mention(*m).is_some() && !self.is(*m, Cat::POSSESSIVE.tag());
                            (first..t).rev().find(plain).map(|m| self.whole_mention(m))
                        }
                    };
                }
                if !self.ends_phrase(t) {
                    return None;
                }
                let phrase = self.phrase_ending(t, first);
                // "A diplomat who dealt with X for a decade described him": the diplomat.
                let relative = (first + 1..phrase.start).find(|&r| self.is(r, Cat::RELATIVE.tag()) && self.word(r) != "that");
                if let Some(r) = relative.filter(|&r| self.ends_phrase(r - 1) && self.finite_before(r, first).is_none())
                    && self.finite_before(phrase.start, r).is_some()
                    && self.word(group) != "to"
                {
                    return Some(self.phrase_ending(r - 1, first));
                }
                // "wrote to the authority demanding": nor the authority.
                if phrase.start > first
                    && self.word(phrase.start - 1) == "to"
                    && self.word(group).ends_with("ing")
                    && let Some(verb) = self.finite_before(phrase.start - 1, first)
                {
                    return self.subject_from(self.group_start(verb), first, depth + 1);
                }
                // "X went on television to say": not the television. "X crossed the floor to stand beside Y": nor the floor.
                let held = phrase.start > first && self.is(phrase.start - 1, Cat::PREPOSITION.tag());
                if self.word(group) == "to"
                    && (held || !self.can_speak(&phrase))
                    && let Some(verb) = self.verb_before(phrase.start - u32::from(held), first)
                    // "has had three years to mend it"
                    && (held || !self.is(verb, Cat::HAVE.tag() | Cat::BE.tag()))
                {
                    return self.subject_from(self.group_start(verb), first, depth + 1);
                }
                Some(phrase)
            }
            TokenKind::DoubleQuote | TokenKind::SingleQuote => self.subject_from(t, first, depth + 1),
            _ => None,
        }
    }

    /// A verb before "to": known as one, or with the ending of one and a subject before it.
    pub(super) fn governs_infinitive(&self, t: u32) -> bool {
        let word = self.word(t);
        let formed = word.len() > 4 && (word.ends_with("ed") || word.ends_with("ing"));
        (self.is(t, Cat::VERB.tag() | REPORTING) || formed) && self.is_verb(t)
    }

    /// The other end of an insertion that closes at `t`: a comma for a comma, brackets by pairs.
    pub(super) fn insertion_start(&self, t: u32, first: u32) -> Option<u32> {
        let closing = self.kind(t);
        let mut depth = u32::from(closing == Some(TokenKind::Close));
        for o in (first..t).rev() {
            match self.kind(o) {
                Some(TokenKind::Close) => depth += 1,
                Some(TokenKind::Open) => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 && closing == Some(TokenKind::Close) {
                        return Some(o);
                    }
                }
                kind if depth == 0 && kind == closing => return Some(o),
                _ => {}
            }
        }
        None
    }

    /// Whether the comma closes what a comma and a relative opened: "S, who lost, said".
    pub(in super::super) fn closes_relative(&self, comma: u32) -> bool {
        let first = self.sentence(comma).start.max(comma.saturating_sub(REACH));
        self.insertion_start(comma, first).is_some_and(|open| open > first && self.is(open + 1, Cat::RELATIVE.tag()))
    }
}
