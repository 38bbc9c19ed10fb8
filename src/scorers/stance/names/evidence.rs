//! What speaks for and against a candidate: its words, what stands before and behind it.

use super::{Candidate, FUNCTION, Finder, Known, REPORTING, STRONG_TITLES, TITLES};
use crate::lexicon::Cat;
use crate::segment::{Marks, TokenKind};

// Evidence, in units of "about as good as an unambiguous given name is half". Set by reading the misses on newswire; see `docs/scoring.md`.
const GIVEN_FIRST: f32 = 2.2;
const SURNAME_LAST: f32 = 1.4;
const INITIAL: f32 = 1.6;
const TITLE: f32 = 3.0;
const ROLE: f32 = 1.8;
const LONE_GIVEN: f32 = 1.3;
const LONE_SURNAME: f32 = 1.6;
const REPORTS: f32 = 1.6;
const UNKNOWN_PAIR: f32 = 0.35;
/// An age or a "who" behind the name; an auxiliary behind an unknown word inside a sentence.
const WHO: f32 = 1.8;
const DOES: f32 = 0.6;
const PERSONAL: f32 = 1.1;
/// A verb behind a given name and a word more.
const ACTS: f32 = 1.0;
const SYLLABLE: f32 = 1.2;
/// Two capitalised words that no list knows: names of persons are what news holds most of.
const STRANGE_PAIR: f32 = 1.0;
/// A town that is a given name before a word that no list knows: nothing but a person is called so.
const STRANGE_TOWN: f32 = 0.7;
const PLACE: f32 = -2.6;
const ORGANISATION: f32 = -3.0;
const OTHER: f32 = -3.0;
const ARTICLE: f32 = -2.0;
const COMMON_WORD: f32 = -1.2;

/// What names behind it are ships'.
const SHIPS: &[&str] = &[
    "aircraft-carrier",
    "barge",
    "battleship",
    "boat",
    "carrier",
    "corvette",
    "cruiser",
    "destroyer",
    "dreadnought",
    "ferry",
    "frigate",
    "freighter",
    "hms",
    "hmcs",
    "hmas",
    "ins",
    "liner",
    "mv",
    "ship",
    "ss",
    "steamer",
    "submarine",
    "tanker",
    "trawler",
    "tugboat",
    "uss",
    "vessel",
    "warship",
    "yacht",
];

impl Finder<'_> {
    pub(super) fn score(&self, candidate: &Candidate) -> f32 {
        let words = self.words(&candidate.core);
        let (Some(&first), Some(&last)) = (words.first(), words.last()) else { return f32::MIN };
        let last = if self.is_suffix(last) && words.len() > 1 { words[words.len() - 2] } else { last };
        let k = |t: u32| self.known[t as usize];
        let strong_title = candidate.title.clone().any(|t| self.tags(t) & STRONG_TITLES != 0 || self.in_title(t));
        let role = candidate.role_before
            || candidate.title.clone().any(|t| self.tags(t) & (Cat::ROLE.tag() | Cat::KIN.tag()) != 0)
            || words.len() == 2 && self.apposed_to_role(candidate);
        let mut score = 0.0;
        if strong_title {
            score += TITLE;
        } else if role {
            score += ROLE;
        }
        let before = candidate.core.start.checked_sub(1);
        if candidate.title.is_empty()
            && before.is_some_and(|b| matches!(self.document.word(b as usize), "the" | "The" | "a" | "an" | "A" | "An"))
        {
            score += ARTICLE;
        }
        let after = candidate.core.end;
        let reports = self.tags(after) & REPORTING != 0 && !self.document.has(last as usize, Marks::POSSESSIVE);
        let said_before = before.is_some_and(|b| self.tags(b) & (Cat::REPORT_NEUTRAL.tag() | Cat::REPORT_ASSERTIVE.tag()) != 0)
            && matches!(self.kind(after), Some(TokenKind::Comma | TokenKind::Period) | None);
        // "the governments of Kelland and Brannovia said": what a preposition holds does not report.
        let held = words.len() == 1 && candidate.title.is_empty() && self.held(candidate.core.start);
        if (reports && !held) || said_before {
            score += REPORTS;
        }
        // "Lentini, 27, joined", "Brunswijk, who led": only persons have an age and are "who".
        if self.kind(after) == Some(TokenKind::Comma) {
            let age = self.kind(after + 1) == Some(TokenKind::Number)
                && self.document.word(after as usize + 1).len() == 2
                && self.kind(after + 2) == Some(TokenKind::Comma);
            if age || matches!(self.document.word(after as usize + 1), "who" | "whose" | "whom") {
                score += WHO;
            }
        } else if words.len() == 1
            && self.strange(first)
            && !candidate.first_in_sentence
            && self.tags(after) & (Cat::HAVE.tag() | Cat::DO.tag() | Cat::AUXILIARY.tag()) != 0
        {
            score += DOES;
        }
        if words.len() == 1 && self.strange(first) && candidate.title.is_empty() && self.personal(after) {
            score += PERSONAL;
        }
        if words.len() == 1 && candidate.title.is_empty() && self.attacked_in_headline(first, after) {
            score += PERSONAL;
        }
        let worst = |f: fn(&Known) -> f32| words.iter().map(|&t| f(&k(t))).fold(0.0, f32::max);
        if words.len() >= 2 {
            let initials = words[..words.len() - 1].iter().filter(|&&t| self.initial(t)).count() as f32;
            score += GIVEN_FIRST * k(first).given + SURNAME_LAST * k(last).surname.max(k(last).given * 0.5) + INITIAL * initials.min(1.0);
            if k(first).given == 0.0 && initials == 0.0 {
                let strange = words.len() == 2 && words.iter().all(|&t| self.strange(t));
                score += if strange {
                    STRANGE_PAIR
                } else if words.len() <= 3 {
                    UNKNOWN_PAIR
                } else {
                    -1.5
                };
                // Chinese, Korean, Hungarian order: surname first.
                score += 1.2 * k(first).surname;
            }
            // "the janitor Leroy Banks": behind a title or a role, what else the words can mean weighs less.
            let titled = if k(first).given >= 0.4 && (strong_title || role) { 0.9 } else { 0.0 };
            // "Park Jin-seok": what else "Park" can mean says little.
            let syllable = self.has_syllable(&candidate.core);
            let given = k(first).given.max(0.5 * initials.min(1.0)).max(titled).max(if syllable { 0.9 } else { 0.0 });
            // A given name with a verb behind it.
            let verb = Cat::VERB.tag() | Cat::BE.tag() | Cat::HAVE.tag() | Cat::DO.tag() | Cat::AUXILIARY.tag();
            let behind = self.tags(after);
            if k(first).given >= 0.4 && behind & verb != 0 && !self.capital(after) {
                let thing = self.tags(last) & (Cat::ORG_WORD.tag() | Cat::PLACE_WORD.tag()) != 0;
                let acts = words.len() == 2 && behind & (Cat::BE.tag() | Cat::PREPOSITION.tag()) == 0 && !thing;
                score += if acts { ACTS } else { 0.3 };
            }
            // "Sofia Grandi": a town that is a given name, before what no list knows.
            let strange = k(first).given >= 0.35 && self.strange(last);
            let town = words.len() == 2 && k(last).place == 0.0 && (strange || k(first).given >= 0.25 && k(last).surname >= 0.5);
            if town && k(first).place > 0.0 {
                score += STRANGE_TOWN;
            }
            // "Oscar Lund": a surname that is a town too.
            let named = words.len() == 2 && k(first).given >= 0.5 && k(last).surname >= 0.5;
            let sure = words.len() == 2 && k(first).given >= 0.7;
            let place = match () {
                _ if named => k(first).place,
                _ if sure => k(first).place.max(0.6 * k(last).place),
                _ => worst(|k| k.place),
            };
            score += PLACE * place * (1.0 - 0.7 * given) * if town { 0.4 } else { 1.0 };
            // "Lucy Dow": neither does a firm's name behind a sure given name.
            let firm = if words.len() == 2 && k(first).given >= 0.7 && self.tags(last) & Cat::ORG_WORD.tag() == 0 {
                k(first).organisation.max(0.5 * k(last).organisation)
            } else {
                worst(|k| k.organisation)
            };
            score += ORGANISATION * firm * (1.0 - 0.3 * given - 0.3 * titled);
            // What begins a headline says nothing at the end of a name that begins with a given name.
            let noise = if k(first).given >= 0.5 { k(first).noise } else { worst(|k| k.noise) };
            score += OTHER * worst(|k| k.other).max(noise) * (1.0 - 0.6 * given);
            if words.len() > 4 {
                score -= 1.5 * (words.len() - 4) as f32;
            }
            if syllable {
                score += SYLLABLE;
            }
            // "Grace Hope": an ordinary word that is as well known as a name does not speak against one.
            let least = if k(first).given >= 0.5 { 0.15 } else { 0.6 };
            let ordinary = |t: u32| self.common(t) && self.capital(t) && k(t).given.max(k(t).surname) < least;
            let lowercase_word = words.iter().filter(|&&t| ordinary(t)).count() as f32;
            score += COMMON_WORD * lowercase_word * (1.0 - 0.6 * given);
        } else {
            score += (LONE_GIVEN * k(first).given).max(LONE_SURNAME * k(first).surname);
            score += PLACE * k(first).place + ORGANISATION * k(first).organisation + OTHER * k(first).other.max(k(first).noise);
            if self.document.has(first as usize, Marks::SHOUTED) && k(first).given == 0.0 && k(first).surname == 0.0 {
                score -= if self.in_headline(first) { 1.0 } else { 2.0 };
            }
            if self.common(first) {
                score += COMMON_WORD * if candidate.first_in_sentence { 1.6 } else { 1.0 };
            }
            if self.document.word(first as usize).len() < 2 {
                score -= 4.0;
            }
        }
        // "the grocer Halden & Roe"
        let joined = |t: u32| self.document.word(t as usize) == "&";
        if joined(after) && self.capital(after + 1) || before.is_some_and(joined) {
            score -= 4.0;
        }
        // "The frigate Admiral Benson"
        let front = candidate.title.start.min(candidate.core.start).checked_sub(1);
        // "Ferry captain X" is one of its men.
        let front = front.filter(|_| candidate.title.is_empty() || self.capital(candidate.title.start));
        if front.is_some_and(|b| SHIPS.iter().any(|s| self.document.word(b as usize).eq_ignore_ascii_case(s))) {
            score -= 9.0;
        }
        // "Saint Brigid Hospital"
        if words.len() >= 2
            && self.tags(last) & (Cat::ORG_WORD.tag() | Cat::PLACE_WORD.tag()) != 0
            && k(last).surname.max(k(last).given) < 0.5
            && !(k(first).given >= 0.5 && role)
            && !(k(first).given >= 0.7 && words.len() == 2 && self.tags(last) & Cat::ORG_WORD.tag() == 0)
            && !(k(first).given >= 0.5
                && self.tags(last) & Cat::ORG_WORD.tag() == 0
                && candidate.title.clone().any(|t| self.tags(t) & Cat::HONORIFIC.tag() != 0))
        {
            score -= 4.5;
        }
        // "Smith County", "Reagan Airport": the word behind makes it something else.
        if !self.document.has(last as usize, Marks::POSSESSIVE)
            && self.spaced(after)
            && self.tags(after) & (Cat::PLACE_WORD.tag() | Cat::ORG_WORD.tag() | Cat::EVENT_WORD.tag()) != 0
            && self.capital(after)
        {
            score -= 2.5;
        }
        score
    }

    /// "Bakari slams 'spineless' *Duval* over fishing deal": an unknown word behind a verb of praise or blame, in a headline whose
    /// capitals say something.
    fn attacked_in_headline(&self, t: u32, after: u32) -> bool {
        if !self.strange(t) {
            return false;
        }
        let Some(sentence) = self.document.sentences.get(self.document.sentence_of(t)) else { return false };
        let passed = |b: u32| {
            self.tags(b) & Cat::ADJECTIVE.tag() != 0 && !self.capital(b)
                || matches!(self.kind(b), Some(TokenKind::SingleQuote | TokenKind::DoubleQuote))
        };
        let verb = (sentence.start + 1..t).rev().take(4).find(|&b| !passed(b));
        let judges = verb.is_some_and(|v| self.tags(v) & Cat::REPORT_ATTITUDE.tag() != 0 && !self.capital(v));
        let closed = self.tags(after) & Cat::PREPOSITION.tag() != 0 || after >= sentence.end;
        judges && closed && self.kind(sentence.end - 1) == Some(TokenKind::Word)
    }

    /// "the judge, *Roman Bilyk*, said": between commas, or a comma and the sentence's end, behind a word for persons.
    fn apposed_to_role(&self, candidate: &Candidate) -> bool {
        let core = &candidate.core;
        let comma = core
            .start
            .checked_sub(2)
            .is_some_and(|role| self.kind(role + 1) == Some(TokenKind::Comma) && self.tags(role) & TITLES != 0 && !self.capital(role));
        comma
            && candidate.title.is_empty()
            && matches!(self.kind(core.end), None | Some(TokenKind::Comma | TokenKind::Period | TokenKind::Semicolon))
    }

    /// Whether what follows is what is said of persons only: "... is a coward", "... has betrayed pensioners", "... has no idea what she is
    /// doing". A verb group with what the stance lexicons say of persons, or a "he" or "she" before any other name.
    fn personal(&self, after: u32) -> bool {
        let auxiliary = Cat::BE.tag() | Cat::HAVE.tag() | Cat::DO.tag() | Cat::AUXILIARY.tag();
        let word = self.document.word(after as usize);
        // "Tal cheated us"
        let did = self.tags(after) & Cat::VERB.tag() != 0 && self.tags(after) & Cat::SENTIMENT.tag() != 0 && word.ends_with("ed");
        if did && self.kind(after + 1) == Some(TokenKind::Word) && self.tags(after + 1) & Cat::PREPOSITION.tag() == 0 {
            return true;
        }
        if self.tags(after) & auxiliary == 0
            || matches!(word, "to" | "are" | "were" | "have" | "do" | "aren't" | "weren't" | "haven't" | "don't")
        {
            return false;
        }
        let mut said = false;
        for t in after + 1..after + 10 {
            if self.kind(t) != Some(TokenKind::Word) && self.kind(t) != Some(TokenKind::Hyphen) {
                break;
            }
            let tags = self.tags(t);
            if self.capital(t) {
                break;
            }
            if tags & (Cat::PRONOUN_HE.tag() | Cat::PRONOUN_SHE.tag()) != 0 {
                return true;
            }
            said |= t < after + 6 && tags & (Cat::NOUN.tag() | Cat::ADJECTIVE.tag()) != 0 && tags & Cat::SENTIMENT.tag() != 0;
            said |= t < after + 4 && tags & Cat::VERB.tag() != 0 && tags & Cat::SENTIMENT.tag() != 0;
        }
        said
    }

    /// Whether a preposition holds the phrase that ends with the word, alone or behind "and".
    fn held(&self, t: u32) -> bool {
        let Some(before) = t.checked_sub(1) else { return false };
        let joined = self.tags(before) & Cat::COORDINATOR.tag() != 0 && before > 1 && self.capital(before - 1);
        let mut b = if joined { before - 2 } else { before };
        if self.tags(b) & (Cat::PREPOSITION.tag() | FUNCTION) == 0 && self.kind(b) == Some(TokenKind::Word) && !self.capital(b) && b > 0 {
            b -= 1;
        }
        self.tags(b) & Cat::PREPOSITION.tag() != 0
    }

    /// A capitalised word, not in capitals and not in a headline, that no list knows in any sense.
    fn strange(&self, t: u32) -> bool {
        self.tags(t) == 0
            && !self.document.has(t as usize, Marks::SHOUTED)
            && !self.in_headline(t)
            && self.document.word(t as usize).len() > 3
    }

    /// Whether the lexicon knows the word as an ordinary one.
    pub(super) fn common(&self, t: u32) -> bool {
        const ORDINARY: u128 = Cat::SENTIMENT.tag()
            | Cat::VERB.tag()
            | Cat::NOUN.tag()
            | Cat::ADJECTIVE.tag()
            | Cat::INTENSIFIER.tag()
            | Cat::HEDGE.tag()
            | Cat::MODAL.tag()
            | Cat::TIME_NOW.tag()
            | Cat::TIME_PAST.tag()
            | Cat::TIME_FUTURE.tag()
            | REPORTING
            | Cat::REPORT_NOUN.tag();
        self.tags(t) & ORDINARY != 0
    }

    pub(super) fn gender(&self, candidate: &Candidate) -> i8 {
        let mut sum = 0.0;
        for t in candidate.title.clone() {
            let tags = self.tags(t);
            sum += f32::from(i8::from(tags & Cat::MALE.tag() != 0) - i8::from(tags & Cat::FEMALE.tag() != 0)) * 3.0;
        }
        if candidate.core.end - candidate.core.start > 1 {
            sum += self.known[candidate.core.start as usize].gender;
        } else if self.known[candidate.core.start as usize].given > self.known[candidate.core.start as usize].surname {
            sum += 0.8 * self.known[candidate.core.start as usize].gender;
        }
        i8::from(sum > 0.4) - i8::from(sum < -0.4)
    }
}
