//! Light syntax without a parser: the verb group, subject and object of a predicate, from the classes of the words around it.
//!
//! A [`Syntax`] reads one document. It knows closed classes (`grammar.tsv`), the mentions, and word endings; all else is a noun. Each
//! question walks a bounded number of tokens to one side, so that the cost stays flat however long a sentence is.

mod subject;

use std::ops::Range;

use super::figures::Mention;
use super::names::REPORTING;
use crate::document::Document;
use crate::lexicon::{Cat, irregular};
use crate::segment::{Marks, TokenKind};

/// Farthest token that a question looks at, to either side.
const REACH: u32 = 40;

pub(super) const SUBJECT_PRONOUN: u128 = Cat::PRONOUN_HE.tag()
    | Cat::PRONOUN_SHE.tag()
    | Cat::PRONOUN_THEY.tag()
    | Cat::PRONOUN_IT.tag()
    | Cat::PRONOUN_I.tag()
    | Cat::PRONOUN_YOU.tag();
const AUXILIARIES: u128 = Cat::AUXILIARY.tag() | Cat::BE.tag() | Cat::HAVE.tag() | Cat::DO.tag() | Cat::NEGATOR.tag();
/// Adverbs that no lexicon of modifiers holds and no ending tells.
pub(super) fn is_plain_adverb(word: &str) -> bool {
    let known = |word: &str| {
        matches!(
            word,
            "also"
                | "even"
                | "still"
                | "just"
                | "again"
                | "first"
                | "only"
                | "later"
                | "never"
                | "often"
                | "once"
                | "then"
                | "meanwhile"
                | "always"
                | "seldom"
                | "already"
                | "ever"
        )
    };
    match word.as_bytes() {
        [b'a'..=b'z', ..] => known(word),
        [first, ..] if (4..=9).contains(&word.len()) && first.is_ascii_uppercase() => known(&word.to_ascii_lowercase()),
        _ => false,
    }
}
/// Verbs that what somebody does himself follows with a "to".
const INTENDING: &[&str] = &[
    "vowed",
    "pledged",
    "promised",
    "threatened",
    "agreed",
    "refused",
    "declined",
    "offered",
    "claimed",
    "hoped",
    "planned",
    "decided",
    "failed",
    "tried",
    "attempted",
    "continued",
    "started",
    "seemed",
    "appeared",
    "happened",
    "used",
    "needed",
    "voted",
    "resolved",
    "managed",
    "wanted",
    "wished",
    "vied",
    "rushed",
    "hurried",
    "returned",
    "moved",
    "volunteered",
    "dared",
    "deigned",
    "hesitated",
    "struggled",
];
const ADVERBIAL: u128 =
    Cat::INTENSIFIER.tag() | Cat::DOWNTONER.tag() | Cat::HEDGE.tag() | Cat::TIME_NOW.tag() | Cat::TIME_PAST.tag() | Cat::TIME_FUTURE.tag();

/// Reads the syntax around tokens of a document.
pub(super) struct Syntax<'s> {
    pub(super) document: &'s Document<'s>,
    /// Mention number + 1 of each token, 0 where there is none.
    mention_of: Vec<u32>,
}

impl<'s> Syntax<'s> {
    pub(super) fn new(document: &'s Document<'s>, mentions: &[Mention]) -> Syntax<'s> {
        let mut mention_of = vec![0; document.tokens.len()];
        for (number, mention) in mentions.iter().enumerate() {
            for t in mention.tokens.clone() {
                mention_of[t as usize] = number as u32 + 1;
            }
        }
        Syntax { document, mention_of }
    }

    pub(super) fn tags(&self, t: u32) -> u128 {
        self.document.tags(t as usize)
    }

    pub(super) fn is(&self, t: u32, tags: u128) -> bool {
        self.document.is(t as usize, tags)
    }

    pub(super) fn kind(&self, t: u32) -> Option<TokenKind> {
        self.document.tokens.get(t as usize).map(|t| t.kind)
    }

    pub(super) fn word(&self, t: u32) -> &'s str {
        self.document.word(t as usize)
    }

    pub(super) fn has(&self, t: u32, mark: Marks) -> bool {
        self.document.has(t as usize, mark)
    }

    /// The mention that a token is part of.
    pub(super) fn mention(&self, t: u32) -> Option<u32> {
        self.mention_of.get(t as usize).and_then(|m| m.checked_sub(1))
    }

    pub(super) fn sentence(&self, t: u32) -> Range<u32> {
        self.document.sentences.get(self.document.sentence_of(t)).cloned().unwrap_or(t..t + 1)
    }

    fn is_word(&self, t: u32) -> bool {
        self.kind(t) == Some(TokenKind::Word)
    }

    pub(super) fn is_adverb(&self, t: u32) -> bool {
        let word = self.word(t);
        self.is_word(t)
            && (self.is(t, ADVERBIAL) || (word.len() > 4 && word.ends_with("ly") && !self.has(t, Marks::CAPITAL)) || is_plain_adverb(word))
    }

    fn is_noun_like(&self, t: u32) -> bool {
        self.is_word(t)
            && !self.is(
                t,
                Cat::DETERMINER.tag()
                    | Cat::PREPOSITION.tag()
                    | Cat::COORDINATOR.tag()
                    | Cat::SUBORDINATOR.tag()
                    | Cat::RELATIVE.tag()
                    | AUXILIARIES,
            )
            && !self.is_adverb(t)
    }

    /// A word that can be a noun and stands as no verb.
    pub(super) fn is_noun(&self, t: u32) -> bool {
        self.is_noun_like(t) && !self.has(t, Marks::POSSESSIVE) && !(self.is(t, Cat::VERB.tag() | REPORTING) && self.is_verb(t))
    }

    /// Whether a word that the lexicon knows as a verb stands as one here ("they attack" against "the attack").
    pub(super) fn is_verb(&self, t: u32) -> bool {
        let word = self.word(t);
        let sentence = self.sentence(t);
        let mut p = t;
        while p > sentence.start && self.is_adverb(p - 1) {
            p -= 1;
        }
        let Some(before) = p.checked_sub(1).filter(|&b| b >= sentence.start) else {
            // At the head of a sentence: a participle or an imperative; "Attack on ..." is a noun.
            return !self.is(t + 1, Cat::PREPOSITION.tag()) || word.ends_with("ed") || word.ends_with("ing");
        };
        let tags = self.tags(before);
        let past = word.ends_with("ed") || self.is(t, Cat::PARTICIPLE.tag()) || self.is(t, REPORTING) && irregular::verb(word).is_some();
        let ing = word.ends_with("ing");
        if tags & (SUBJECT_PRONOUN | AUXILIARIES | Cat::RELATIVE.tag()) != 0 && tags & Cat::POSSESSIVE.tag() == 0 {
            return true;
        }
        if tags & (Cat::DETERMINER.tag() | Cat::POSSESSIVE.tag()) != 0 || self.has(before, Marks::POSSESSIVE) {
            return false;
        }
        if tags & Cat::PREPOSITION.tag() != 0 {
            // "three weeks of shelling"
            let noun =
                self.word(before) == "of" && (!self.is_word(t + 1) || self.is(t + 1, Cat::PREPOSITION.tag() | Cat::COORDINATOR.tag()));
            return ing && !noun || self.word(before) == "to";
        }
        if self.mention(before).is_some() || past || ing {
            return true;
        }
        if tags & Cat::ADJECTIVE.tag() != 0 && !self.has(before, Marks::CAPITAL) {
            return false;
        }
        // "\"Q,\" wrote S"
        if self.is(t, REPORTING) && matches!(self.kind(before), Some(TokenKind::DoubleQuote | TokenKind::SingleQuote)) {
            return !self.has(t, Marks::CAPITAL);
        }
        let plural = self.word(before).ends_with('s') || self.has(before, Marks::CAPITAL);
        let third_person = word.ends_with('s') && !word.ends_with("ss");
        if third_person {
            self.is_noun_like(before) || !self.is_word(before) || tags & Cat::COORDINATOR.tag() != 0
        } else {
            plural || tags & Cat::COORDINATOR.tag() != 0
        }
    }

    /// First token of the verb group that ends at verb `v`: auxiliaries, negators and adverbs before it.
    pub(super) fn group_start(&self, v: u32) -> u32 {
        let first = self.sentence(v).start;
        let mut t = v;
        let leads = |t: u32| self.is(t, AUXILIARIES) && !self.is(t, SUBJECT_PRONOUN) || self.is_adverb(t);
        while t > first && v - t < 8 && self.is_word(t - 1) && leads(t - 1) {
            t -= 1;
        }
        t
    }

    /// "He's", "you're": a pronoun with its copula.
    pub(super) fn is_short(&self, t: u32) -> bool {
        self.is(t, SUBJECT_PRONOUN) && (self.has(t, Marks::SHORT) || self.is(t, Cat::BE.tag()))
    }

    /// "was accused", "got fired", "accused of" behind a comma or a name: the subject is the one to whom it is done.
    pub(super) fn is_passive(&self, v: Range<u32>) -> bool {
        let head = v.start;
        let word = self.word(head);
        let participle = word.ends_with("ed") || word.ends_with("en") || self.is(head, Cat::PARTICIPLE.tag());
        if !participle {
            return false;
        }
        let start = self.group_start(head);
        let mut be = false;
        let mut have = false;
        for t in start..head {
            be |= self.is(t, Cat::BE.tag());
            have |= self.is(t, Cat::HAVE.tag());
        }
        // "You're accused", "they've accused"
        let pronoun = start.checked_sub(1).filter(|&b| self.is(b, SUBJECT_PRONOUN));
        be |= pronoun.is_some_and(|b| self.is(b, Cat::BE.tag()));
        have |= pronoun.is_some_and(|b| self.is(b, Cat::HAVE.tag()));
        let got = start.checked_sub(1).is_some_and(|b| matches!(self.word(b), "got" | "gets" | "get" | "getting" | "gotten"));
        if be || got {
            return true;
        }
        if have || (start < head && self.is(head - 1, Cat::AUXILIARY.tag() | Cat::DO.tag())) {
            return false;
        }
        // "X vowed to go": X does.
        if self.word(v.end) == "to" && INTENDING.contains(&word) {
            return false;
        }
        // "he described as", "\"Q,\" X declared in the video": a subject that speaks.
        let next = v.end;
        let spoken_by = pronoun.is_some_and(|b| !self.is(b, Cat::POSSESSIVE.tag()) && !self.has(b, Marks::SHORT));
        if spoken_by
            || (self.is(head, REPORTING) && !matches!(self.word(next), "by" | "of" | "as" | "to"))
            || matches!(self.word(next), "to" | "of")
                && matches!(word, "said" | "wrote" | "spoke" | "added" | "remarked" | "joked" | "complained" | "asked")
        {
            return false;
        }
        // Headlines and reduced clauses: nothing that could be an object follows.
        let object_follows = self.is_word(next)
            && !self.is(next, Cat::PREPOSITION.tag() | Cat::COORDINATOR.tag() | Cat::SUBORDINATOR.tag())
            && !self.is_adverb(next)
            && !matches!(self.word(next), "that" | "to");
        !object_follows
            && (matches!(self.word(next), "by" | "of" | "over" | "for" | "with" | "in" | "as" | "after" | "to" | "from" | "on")
                && v.end - v.start == 1)
    }

    fn is_verb_or_auxiliary(&self, t: u32) -> bool {
        self.is(t, AUXILIARIES) || self.is_verb(t)
    }

    fn ends_phrase(&self, t: u32) -> bool {
        self.mention(t).is_some() || self.is(t, SUBJECT_PRONOUN) || self.is_noun_like(t) || self.kind(t) == Some(TokenKind::Number)
    }

    pub(super) fn whole_mention(&self, t: u32) -> Range<u32> {
        let Some(number) = self.mention(t) else { return t..t + 1 };
        let mut start = t;
        while start > 0 && self.mention(start - 1) == Some(number) {
            start -= 1;
        }
        let mut end = t + 1;
        while self.mention(end) == Some(number) {
            end += 1;
        }
        start..end
    }

    /// The noun phrase that ends at `t`, and if a preposition holds it, the phrase before that ("the leader of the party").
    pub(super) fn phrase_ending(&self, t: u32, first: u32) -> Range<u32> {
        if self.is(t, SUBJECT_PRONOUN) && !self.is(t, Cat::POSSESSIVE.tag()) {
            return t..t + 1;
        }
        let mut end = t + 1;
        let mut at = t;
        loop {
            let mut start = at;
            if self.mention(at).is_some() {
                start = self.whole_mention(at).start;
            } else {
                while start > first && self.continues_phrase(start - 1) && self.mention(start - 1).is_none() {
                    start -= 1;
                }
                // "Smith's lawyer": the owner is in front of the head.
                if start > first && (self.has(start - 1, Marks::POSSESSIVE) || self.is(start - 1, Cat::POSSESSIVE.tag())) {
                    return self.owner_start(start - 1)..end;
                }
            }
            let held = start > first && self.is(start - 1, Cat::PREPOSITION.tag()) && self.word(start - 1) != "to";
            // "spoke of a population": no phrase.
            let verb = start > first + 1 && self.is(start - 2, Cat::VERB.tag() | REPORTING) && self.is_verb(start - 2);
            if held && start - 1 > first && !verb && self.ends_phrase(start - 2) && end - start < 12 {
                // "The Institute of Civil Builders" is one name.
                let plain = |t: u32| self.has(t, Marks::CAPITAL) && self.mention(t).is_none();
                let one = self.word(start - 1) == "of" && plain(start) && plain(start - 2) && end == t + 1;
                end = if one { end } else { start - 1 };
                at = start - 2;
                continue;
            }
            return start..end;
        }
    }

    /// Where the phrase begins that owns what stands behind `t`.
    pub(super) fn owner_start(&self, t: u32) -> u32 {
        if self.mention(t).is_some() {
            return self.whole_mention(t).start;
        }
        // "the players' union"
        let first = self.sentence(t).start.max(t.saturating_sub(4));
        let mut start = t;
        while start > first && self.is_word(start - 1) && self.continues_phrase(start - 1) && self.mention(start - 1).is_none() {
            start -= 1;
        }
        start
    }

    fn continues_phrase(&self, t: u32) -> bool {
        let joined = self.kind(t) == Some(TokenKind::Hyphen);
        joined
            || ((self.is_noun_like(t) || self.is(t, Cat::DETERMINER.tag()))
                && !self.has(t, Marks::POSSESSIVE)
                && !matches!(self.word(t), "that" | "which"))
            || self.kind(t) == Some(TokenKind::Number)
    }

    /// The first noun phrase behind `from`, and the preposition that holds it, if one does.
    pub(super) fn object(&self, from: u32) -> Option<(Range<u32>, Option<u32>)> {
        let last = self.sentence(from.saturating_sub(1)).end.min(from + REACH / 2);
        let mut preposition = None;
        let mut t = from;
        while t < last {
            match self.kind(t)? {
                TokenKind::Word => {
                    if self.mention(t).is_some() {
                        // "defended her husband X": the owner in front of a name is not whom it is done to.
                        let owner = self.is(t, Cat::POSSESSIVE.tag()) || self.has(t, Marks::POSSESSIVE);
                        let name = self.is(t, Cat::POSSESSIVE.tag()).then(|| self.name_behind(t + 1, last)).flatten();
                        if let (true, None, Some(apposed)) = (owner, name, self.apposed_name(t + 1, last)) {
                            return Some((t..apposed.end, preposition));
                        }
                        return Some((self.whole_mention(name.unwrap_or(t)), preposition));
                    }
                    // "accused on Monday X": when it was.
                    if matches!(self.word(t), "on" | "in" | "at") && self.is(t + 1, Cat::CALENDAR.tag()) {
                        t += 2;
                        continue;
                    }
                    if self.is(t, Cat::PREPOSITION.tag()) {
                        if preposition.is_some() {
                            return None;
                        }
                        preposition = Some(t);
                    } else if self.is(t, AUXILIARIES | Cat::SUBORDINATOR.tag() | Cat::RELATIVE.tag()) && !self.is(t, Cat::DETERMINER.tag())
                    {
                        return None;
                    } else if self.is(t, SUBJECT_PRONOUN) && !self.is(t, Cat::POSSESSIVE.tag())
                        || (self.is_noun_like(t) && !self.continues_right(t) && !self.has(t, Marks::POSSESSIVE))
                    {
                        let end = self.apposed_name(t, last).map_or(t + 1, |name| name.end);
                        return Some((t..end, preposition));
                    }
                }
                TokenKind::DoubleQuote | TokenKind::SingleQuote | TokenKind::Hyphen | TokenKind::Number | TokenKind::Period
                    if self.kind(t) != Some(TokenKind::Period) => {}
                // The dot of "Mr."
                TokenKind::Period if t > 0 && self.is(t - 1, Cat::ABBREVIATION_TITLE.tag()) => {}
                _ => return None,
            }
            t += 1;
        }
        None
    }

    /// "(criticised) the culture minister, *Pavel Dusek*, ...": the name between commas behind the nouns that begin at `from`, of which
    /// the last is a word for persons.
    fn apposed_name(&self, from: u32, last: u32) -> Option<Range<u32>> {
        let mut comma = from;
        // "her brother-in-law": what hyphens join is one word.
        let hyphen = |t: u32| self.kind(t) == Some(TokenKind::Hyphen);
        while comma < last.min(from + 8)
            && self.mention(comma).is_none()
            && (self.is_noun_like(comma) || hyphen(comma) || comma > from && hyphen(comma - 1) && hyphen(comma + 1))
        {
            comma += 1;
        }
        let head = comma.checked_sub(1).filter(|&h| h >= from)?;
        // "the president of the senate, X"
        if matches!(self.word(comma), "of" | "for") {
            let held = |t: &u32| self.is(*t, Cat::DETERMINER.tag()) || self.is_noun_like(*t) && self.mention(*t).is_none();
            comma = (comma + 1..last.min(comma + 6)).find(|t| !held(t))?;
        }
        if self.kind(comma) != Some(TokenKind::Comma) || !self.is(head, super::names::TITLES) {
            return None;
        }
        // "the army chief, Gen. X"
        let title = |t: &u32| self.is(*t, super::names::TITLES) || self.kind(*t) == Some(TokenKind::Period);
        let at = (comma + 1..last).find(|t| !title(t) || self.mention(*t).is_some())?;
        let name = self.whole_mention(at);
        self.mention(at)?;
        let closed =
            matches!(self.kind(name.end), None | Some(TokenKind::Comma | TokenKind::Period | TokenKind::Semicolon | TokenKind::Dash));
        (closed && self.has(name.start, Marks::CAPITAL) && !self.has(name.end - 1, Marks::POSSESSIVE)).then_some(name)
    }

    /// The name that follows within three nouns, adjectives or titles.
    fn name_behind(&self, from: u32, last: u32) -> Option<u32> {
        let plain = |t: &u32| self.mention(*t).is_some() || (self.is_noun_like(*t) && !self.has(*t, Marks::POSSESSIVE));
        (from..last.min(from + 4))
            .take_while(plain)
            .find(|&t| self.mention(t).is_some() && !self.is(t, SUBJECT_PRONOUN))
            .filter(|&t| t > from)
    }

    /// "by X" behind a passive verb, in the same clause.
    pub(super) fn agent(&self, from: u32) -> Option<Range<u32>> {
        let end = self.sentence(from.saturating_sub(1)).end.min(from + 12);
        let by = (from..end)
            .take_while(|&t| matches!(self.kind(t), Some(TokenKind::Word | TokenKind::Hyphen | TokenKind::Number | TokenKind::DoubleQuote)))
            .find(|&t| self.word(t) == "by")?;
        // "admired by none more than X"
        let few = matches!(self.word(by + 1), "none" | "nobody" | "few" | "no");
        let than = (by + 2..by + 5).find(|&t| few && self.word(t) == "than");
        self.object(than.unwrap_or(by) + 1).filter(|(_, p)| p.is_none()).map(|(o, _)| o)
    }

    /// The mention that owns the noun at `t`: "*X's* fierce attack", "*her* criticism".
    pub(super) fn owner_of(&self, t: u32) -> Option<u32> {
        let first = self.sentence(t).start.max(t.saturating_sub(5));
        for o in (first..t).rev() {
            if self.kind(o) != Some(TokenKind::Word) && self.kind(o) != Some(TokenKind::Hyphen) {
                return None;
            }
            if let Some(m) = self.mention(o) {
                return (self.has(o, Marks::POSSESSIVE) || self.is(o, Cat::POSSESSIVE.tag())).then_some(m);
            }
            if self.is(o, Cat::PREPOSITION.tag() | AUXILIARIES | Cat::COORDINATOR.tag()) {
                return None;
            }
        }
        None
    }

    /// Whether the phrase goes on behind the noun: "the former president Smith".
    fn continues_right(&self, t: u32) -> bool {
        let next = t + 1;
        !self.has(t, Marks::POSSESSIVE)
            && ((self.is_word(next) && !self.is(next, SUBJECT_PRONOUN) && (self.mention(next).is_some() || self.is_noun_like(next)))
                // "Local 88 president X"
                || self.kind(next) == Some(TokenKind::Number) && self.has(t, Marks::CAPITAL) && self.is_noun(next + 1)
                || matches!(self.kind(next), Some(TokenKind::Hyphen))
                || (self.kind(next) == Some(TokenKind::Period) && self.is(t, Cat::ABBREVIATION_TITLE.tag())))
    }

    /// A capitalised phrase that is nobody's name and has a word for organisations, or is one: "The Teachers' Alliance".
    pub(super) fn is_organisation(&self, phrase: &Range<u32>) -> bool {
        let named = |t: u32| self.has(t, Marks::CAPITAL) && self.is(t, Cat::ORG_WORD.tag() | Cat::ORG.tag());
        phrase.clone().any(named) && phrase.clone().all(|t| self.mention(t).is_none())
    }

    /// An organisation with what its name goes on with: "the Chamber *of Commerce*".
    pub(super) fn whole_organisation(&self, phrase: Range<u32>) -> Range<u32> {
        let mut end = phrase.end;
        let capital = |t: u32| self.is_word(t) && self.has(t, Marks::CAPITAL) && self.mention(t).is_none();
        if capital(end - 1) && self.word(end) == "of" {
            let first = end + 1 + u32::from(self.word(end + 1) == "the");
            let last = (first..first + 4).take_while(|&t| capital(t)).last();
            end = last.map_or(end, |last| last + 1);
        }
        phrase.start..end
    }

    /// A person, people, an organisation, or a paper that can say something: a name, a pronoun, a role, a plural, a word for speech.
    pub(super) fn can_speak(&self, source: &Range<u32>) -> bool {
        let speakers = SUBJECT_PRONOUN
            | super::names::TITLES
            | Cat::PEOPLE.tag()
            | Cat::DEMONYM.tag()
            | Cat::ORG_WORD.tag()
            | Cat::ORG.tag()
            | Cat::REPORT_NOUN.tag()
            | Cat::RELATIVE.tag();
        let head = source.end - 1;
        let word = self.word(head);
        let persons = ["ers", "ors", "ists", "ians", "ants", "ents", "ees", "ties", "men", "people"];
        source.clone().any(|t| self.mention(t).is_some() || self.has(t, Marks::CAPITAL) && t > source.start || self.has(t, Marks::SHOUTED))
            || self.is(head, speakers)
            || persons.iter().any(|p| word.ends_with(p))
            || (self.has(head, Marks::CAPITAL) && !self.is(head, Cat::DETERMINER.tag()))
    }

    /// The head noun that a possessive owner is followed by: "Trump's *plan*", within four tokens.
    pub(super) fn owned(&self, owner_end: u32) -> Range<u32> {
        let mut t = owner_end;
        while t < owner_end + 5 && self.is_word(t) && (self.is_noun_like(t) || self.is_adverb(t)) {
            t += 1;
            if self.has(t - 1, Marks::POSSESSIVE) {
                break;
            }
        }
        owner_end..t
    }
}
