//! Mentions by name in, figures out: aliases, titles and pronouns joined, each link with how it was made.
//!
//! Names join where one is a part of the other and nothing speaks against it ("Vladimir Putin", "Putin", "Mr. Putin"); two people of
//! one surname stay apart by given name and gender. A title with "the" ("the Russian president") joins the figure whom the text
//! has called so last. Pronouns: `pronouns.rs` and, where somebody speaks, `speakers.rs`.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::StanceOptions;
use super::names::{Named, TITLES};
use crate::document::Document;
use crate::lexicon::Cat;
use crate::report::Via;
use crate::segment::{Marks, TokenKind};

/// A figure that the caller names.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct KnownFigure {
    /// The name under which it is reported. Its last word alone is found too where it can be a name.
    pub name: String,
    /// Other names and spellings.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// `m` or `f`; pronouns need it where the given name does not tell.
    #[serde(default)]
    pub gender: Option<String>,
    /// Roles that mean this figure with "the": "president", "Russian president".
    #[serde(default)]
    pub roles: Vec<String>,
}

impl KnownFigure {
    /// The last word of a name of several: what a text calls the figure once it is known.
    pub(super) fn surname(&self) -> Option<&str> {
        self.name.trim().rsplit_once(char::is_whitespace).map(|(_, last)| last)
    }

    pub(super) fn gender_sign(&self) -> i8 {
        match self.gender.as_deref() {
            Some("m" | "M" | "male") => 1,
            Some("f" | "F" | "female") => -1,
            _ => 0,
        }
    }
}

/// One mention of a figure.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mention {
    pub(crate) tokens: Range<u32>,
    pub(crate) figure: u32,
    pub(crate) via: Via,
    pub(crate) paragraph: u32,
}

/// One figure of the document.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
    /// 1, -1, or 0 where unknown.
    pub(super) sign: i8,
    /// Words of the fullest name.
    words: Vec<String>,
    /// Roles with the words that stand before them: ("president", ["Russian"]).
    roles: Vec<(String, Vec<String>)>,
}

impl Person {
    pub(crate) fn gender(&self) -> Option<String> {
        match self.sign {
            1 => Some("m".to_string()),
            -1 => Some("f".to_string()),
            _ => None,
        }
    }
}

/// Joins named mentions to figures, and adds the mentions by title and by pronoun. The result is in order of the text.
pub(super) fn link(document: &Document<'_>, named: Vec<Named>, options: &StanceOptions) -> (Vec<Person>, Vec<Mention>) {
    let mut linker =
        Linker { document, persons: Vec::new(), by_last: HashMap::new(), by_first: HashMap::new(), own: HashMap::new(), options };
    let mut mentions = linker.names(&named);
    // The caller's figures can be met by a role alone.
    for (number, figure) in options.figures.iter().enumerate() {
        if !figure.roles.is_empty() {
            linker.own_figure(number as u32);
        }
    }
    if !options.drop_links.contains(&Via::Title) {
        linker.titles(&mut mentions);
    }
    if !options.drop_links.contains(&Via::Pronoun) {
        super::pronouns::link(document, &mut linker.persons, &mut mentions);
    }
    mentions.retain(|m| !options.drop_links.contains(&m.via));
    (linker.persons, mentions)
}

pub(super) fn paragraph_of(document: &Document<'_>, token: u32) -> u32 {
    document.paragraphs.partition_point(|p| p.tokens.end <= token) as u32
}

/// The person that a caller's figure is: by full name, else by surname, else by any part; the most mentioned of several.
pub(super) fn named(persons: &[Person], mentions: &[Mention], figure: &KnownFigure) -> Option<u32> {
    let count = |f: usize| mentions.iter().filter(|m| m.figure as usize == f).count();
    let words: Vec<&str> = figure.name.split_whitespace().collect();
    let last = words.last().copied().unwrap_or("");
    let tests: [&dyn Fn(&Person) -> bool; 4] = [
        &|p| p.name == figure.name,
        &|p| p.aliases.contains(&figure.name) || figure.aliases.contains(&p.name),
        &|p| p.words.last().is_some_and(|w| w == last),
        &|p| p.words.iter().any(|w| words.contains(&w.as_str())),
    ];
    tests
        .iter()
        .find_map(|test| (0..persons.len()).filter(|&f| test(&persons[f])).max_by_key(|&f| (count(f), usize::MAX - f)))
        .map(|f| f as u32)
}

/// Most aliases and roles kept of one figure, and most figures of one surname looked at: bounds that no article comes near.
const ALIASES: usize = 32;
const ROLES: usize = 16;
const NAMESAKES: usize = 64;

/// What a figure can be called by with "the".
const ROLE: u128 = Cat::OFFICE.tag() | Cat::ROLE.tag() | Cat::MILITARY.tag();
/// What a noun phrase in apposition begins with.
const ARTICLE_LIKE: u128 = Cat::DETERMINER.tag() | Cat::POSSESSIVE.tag();
/// What no noun phrase goes on with before its head.
const NO_PHRASE: u128 = Cat::PREPOSITION.tag()
    | Cat::RELATIVE.tag()
    | Cat::SUBORDINATOR.tag()
    | Cat::BE.tag()
    | Cat::HAVE.tag()
    | Cat::DO.tag()
    | Cat::AUXILIARY.tag()
    | Cat::PRONOUN_IT.tag();

/// Titles that stand before a given name.
const BEFORE_GIVEN: [&str; 16] = [
    "Sir", "Dame", "Lady", "King", "Queen", "Prince", "Princess", "Pope", "Saint", "Sister", "Brother", "Father", "Mother", "Uncle",
    "Aunt", "Don",
];

struct Linker<'l, 'd> {
    document: &'l Document<'d>,
    persons: Vec<Person>,
    by_last: HashMap<String, Vec<u32>>,
    by_first: HashMap<String, Vec<u32>>,
    /// Figure of the caller to figure of the document.
    own: HashMap<u32, u32>,
    options: &'l StanceOptions,
}

impl Linker<'_, '_> {
    fn name_words(&self, tokens: &Range<u32>) -> Vec<String> {
        let words = tokens.clone().filter(|&t| self.document.tokens[t as usize].is_word());
        words.map(|t| spelling(self.document, t).into_owned()).collect()
    }

    /// The name as the text has it, but for capitals throughout.
    fn shown(&self, tokens: &Range<u32>) -> String {
        if tokens.clone().any(|t| self.document.has(t as usize, Marks::SHOUTED) && self.document.word(t as usize).len() > 3) {
            return self.name_words(tokens).join(" ");
        }
        self.document.slice(tokens.clone()).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn names(&mut self, named: &[Named]) -> Vec<Mention> {
        // Full names first: "Putin" in the headline belongs to the "Vladimir Putin" of the text.
        let mut figure_of: Vec<Option<(u32, Via)>> = vec![None; named.len()];
        for (i, name) in named.iter().enumerate() {
            if let Some(known) = name.known {
                figure_of[i] = Some((self.own_figure(known), Via::Name));
            }
        }
        self.own_surnames(named);
        // "Joon-ho" is no full name, but may be one's first.
        let hyphened = |shown: &str| !shown.contains(char::is_whitespace);
        for late in [false, true] {
            for (i, name) in named.iter().enumerate().filter(|(_, name)| name.tokens.len() > 1) {
                if figure_of[i].is_some() {
                    continue;
                }
                let words = self.name_words(&name.tokens);
                let shown = self.shown(&name.tokens);
                if words.len() > 1 && hyphened(&shown) == late {
                    figure_of[i] = Some(self.full_name(words, shown, name.gender));
                }
            }
        }
        for (i, name) in named.iter().enumerate() {
            if figure_of[i].is_none() {
                let words = self.name_words(&name.tokens);
                if let Some(word) = words.into_iter().next() {
                    figure_of[i] = Some(self.one_word(word, name.gender, i, named, &figure_of));
                }
            }
        }
        let mut mentions = Vec::with_capacity(named.len());
        for (name, linked) in named.iter().zip(figure_of) {
            let Some((figure, via)) = linked else { continue };
            self.learn_roles(figure, name);
            let text = self.shown(&name.tokens);
            let person = &mut self.persons[figure as usize];
            if person.sign == 0 {
                person.sign = name.gender;
            }
            if text != person.name && person.aliases.len() < ALIASES && !person.aliases.contains(&text) {
                person.aliases.push(text);
            }
            mentions.push(Mention { tokens: name.tokens.clone(), figure, via, paragraph: name.paragraph });
        }
        mentions
    }

    /// The caller's figures whose surname the text has somewhere.
    fn own_surnames(&mut self, named: &[Named]) {
        let own = &self.options.figures;
        if own.is_empty() {
            return;
        }
        let lasts: HashSet<Cow<'_, str>> =
            named.iter().filter(|n| n.known.is_none()).map(|n| spelling(self.document, n.tokens.end - 1)).collect();
        for (number, figure) in own.iter().enumerate() {
            if figure.surname().is_some_and(|last| lasts.contains(last)) {
                self.own_figure(number as u32);
            }
        }
    }

    fn own_figure(&mut self, known: u32) -> u32 {
        if let Some(&figure) = self.own.get(&known) {
            return figure;
        }
        let own = &self.options.figures[known as usize];
        let words: Vec<String> = own.name.split_whitespace().map(String::from).collect();
        let figure = self.add(words, own.gender_sign());
        let person = &mut self.persons[figure as usize];
        person.name.clone_from(&own.name);
        for role in &own.roles {
            let mut parts: Vec<String> = role.split_whitespace().map(String::from).collect();
            if let Some(head) = parts.pop() {
                person.roles.push((head.to_lowercase(), parts));
            }
        }
        self.own.insert(known, figure);
        figure
    }

    fn add(&mut self, words: Vec<String>, sign: i8) -> u32 {
        let figure = self.persons.len() as u32;
        if let Some(last) = last_name(&words) {
            self.by_last.entry(last.to_string()).or_default().push(figure);
        }
        if words.len() > 1 {
            self.by_first.entry(words[0].clone()).or_default().push(figure);
        }
        self.persons.push(Person { name: words.join(" "), aliases: Vec::new(), sign, words, roles: Vec::new() });
        figure
    }

    fn full_name(&mut self, words: Vec<String>, shown: String, sign: i8) -> (u32, Via) {
        let mut candidates = last_name(&words).and_then(|last| self.by_last.get(last)).cloned().unwrap_or_default();
        if candidates.is_empty() && !shown.contains(char::is_whitespace) {
            candidates = self.by_first.get(&words[0]).cloned().unwrap_or_default();
            candidates.retain(|&f| self.persons[f as usize].words.starts_with(&words));
        }
        for figure in candidates.into_iter().rev().take(NAMESAKES) {
            let person = &mut self.persons[figure as usize];
            let opposed = person.sign * sign < 0;
            if !opposed && compatible(&person.words, &words) {
                let via = if person.words == words { Via::Name } else { Via::Alias };
                // The fullest name is kept; "W." adds to it, "Joe" for "Joseph" does not replace it.
                if words.len() > person.words.len() {
                    let old = std::mem::replace(&mut person.name, shown);
                    person.aliases.retain(|a| *a != person.name);
                    person.aliases.push(old);
                    person.words = words;
                }
                return (figure, via);
            }
        }
        let figure = self.add(words, sign);
        self.persons[figure as usize].name = shown;
        (figure, Via::Name)
    }

    fn one_word(&mut self, word: String, sign: i8, at: usize, named: &[Named], linked: &[Option<(u32, Via)>]) -> (u32, Via) {
        let mut candidates: Vec<u32> = self.by_last.get(&word).cloned().unwrap_or_default();
        // "Sir Malcolm" goes by the given name, "Mr. Malcolm" does not.
        let titled = named[at].title.clone().any(|t| !BEFORE_GIVEN.contains(&self.document.word(t as usize)));
        if candidates.is_empty() && !titled {
            candidates = self.by_first.get(&word).cloned().unwrap_or_default();
        }
        candidates.truncate(NAMESAKES);
        candidates.retain(|&f| self.persons[f as usize].sign * sign >= 0);
        // Of several, the one mentioned last before this; else the first one.
        let before = named[..at].iter().zip(linked).rev().filter_map(|(_, l)| l.map(|(f, _)| f)).take(60).find(|f| candidates.contains(f));
        match before.or(candidates.first().copied()) {
            Some(figure) => {
                let via = if self.persons[figure as usize].words.len() == 1 { Via::Name } else { Via::Alias };
                (figure, via)
            }
            None => (self.add(vec![word], sign), Via::Name),
        }
    }

    /// Keeps what the text calls a figure: titles before the name, and the head of an apposition behind it.
    fn learn_roles(&mut self, figure: u32, name: &Named) {
        let document = self.document;
        let mut found: Vec<(String, Vec<String>)> = Vec::new();
        let mut words: Vec<String> = Vec::new();
        let before = (name.title.start.saturating_sub(4)..name.title.start).rev().take_while(|&t| {
            document.tokens[t as usize].is_word()
                && document.has(t as usize, Marks::CAPITAL)
                && document.is(t as usize, Cat::DEMONYM.tag() | Cat::COUNTRY.tag() | Cat::ORG.tag())
        });
        for t in before.collect::<Vec<_>>().into_iter().rev() {
            words.push(document.word(t as usize).to_string());
        }
        for t in name.title.clone() {
            let word = document.word(t as usize);
            if document.is(t as usize, TITLES & !Cat::HONORIFIC.tag() & !Cat::KIN.tag()) {
                found.push((word.to_lowercase(), words.clone()));
            } else {
                words.push(word.to_string());
            }
        }
        // "X, the leader of ...", "X, Russian president,"
        let after = name.tokens.end;
        if document.tokens.get(after as usize).is_some_and(|t| t.kind == TokenKind::Comma) {
            found.extend(self.apposition(after + 1));
        }
        // "The leader of the Paladin group, X,"
        let start = name.tokens.start.min(name.title.start);
        if let Some(comma) = start.checked_sub(1).filter(|&b| document.tokens[b as usize].kind == TokenKind::Comma)
            && document.tokens.get(after as usize).is_none_or(|t| !t.is_word())
        {
            let first = (comma.saturating_sub(12)..comma)
                .rev()
                .take_while(|&t| document.tokens[t as usize].is_word() || document.tokens[t as usize].kind == TokenKind::Hyphen)
                .last();
            let head = first.and_then(|first| (first..comma).rev().find(|&t| document.is(t as usize, ARTICLE_LIKE)));
            found.extend(head.and_then(|head| self.apposition(head)));
        }
        let person = &mut self.persons[figure as usize];
        for role in found {
            if person.roles.len() < ROLES && !person.roles.contains(&role) {
                person.roles.push(role);
            }
        }
    }

    /// The role that heads the noun phrase at `from`, with the words that tell it from others: "the Russian president", "a spokeswoman for
    /// ...", "leader of the Paladin group". Nothing where a clause begins there ("X, whose aides ...", "X, fled").
    fn apposition(&self, from: u32) -> Option<(String, Vec<String>)> {
        let document = self.document;
        let mut words: Vec<String> = Vec::new();
        for t in from..(from + 8).min(document.tokens.len() as u32) {
            let token = &document.tokens[t as usize];
            if token.kind == TokenKind::Hyphen && t > from {
                continue;
            }
            if !token.is_word() || token.has(Marks::POSSESSIVE) {
                return None;
            }
            if document.is(t as usize, ROLE) {
                // "leader of the Paladin group": the capitals behind it tell it from other leaders.
                let behind = (t + 1..(t + 9).min(document.tokens.len() as u32)).take_while(|&b| document.tokens[b as usize].is_word());
                words.extend(behind.filter(|&b| document.has(b as usize, Marks::CAPITAL)).map(|b| document.word(b as usize).to_string()));
                return Some((token.text(document.text).to_lowercase(), words));
            }
            let determiner = document.is(t as usize, Cat::DETERMINER.tag());
            if determiner && t > from || !determiner && document.is(t as usize, NO_PHRASE) {
                return None;
            }
            let described = token.has(Marks::CAPITAL)
                || document.is(t as usize, ARTICLE_LIKE | Cat::TITLE_ADJECTIVE.tag() | Cat::ADJECTIVE.tag() | Cat::DEMONYM.tag());
            if t == from && !described {
                return None;
            }
            if !document.is(t as usize, Cat::DETERMINER.tag()) {
                words.push(token.text(document.text).to_string());
            }
        }
        None
    }

    /// "the president", "the Russian president": the figure with that role who was mentioned last.
    fn titles(&mut self, mentions: &mut Vec<Mention>) {
        let document = self.document;
        let mut by_role: HashMap<&str, Vec<u32>> = HashMap::new();
        for (figure, person) in self.persons.iter().enumerate() {
            for (role, _) in &person.roles {
                let list = by_role.entry(role.as_str()).or_default();
                if list.last() != Some(&(figure as u32)) {
                    list.push(figure as u32);
                }
            }
        }
        if by_role.is_empty() {
            return;
        }
        // The caller's roles may be words that no lexicon knows as roles.
        let own_roles = self.options.figures.iter().any(|f| !f.roles.is_empty());
        let mut added = Vec::new();
        let mut next = 0;
        let mut recent: Vec<u32> = Vec::new();
        for t in 0..document.tokens.len() as u32 {
            while mentions.get(next).is_some_and(|m| m.tokens.start <= t) {
                let figure = mentions[next].figure;
                recent.retain(|&f| f != figure);
                recent.push(figure);
                if recent.len() > 24 {
                    recent.remove(0);
                }
                next += 1;
            }
            // "the prime minister" is one, and not "the prime".
            let goes_on = document.is(t as usize, ROLE) && document.is(t as usize + 1, ROLE);
            if goes_on || !own_roles && !document.is(t as usize, ROLE) {
                continue;
            }
            let role = document.word(t as usize).to_lowercase();
            let Some(candidates) = by_role.get(role.as_str()) else { continue };
            let named_behind = (t + 1..t + 4).any(|b| mentions.get(next).is_some_and(|m| m.tokens.start == b));
            let Some((start, words)) = self.described(t) else { continue };
            if named_behind || mentions.get(next.wrapping_sub(1)).is_some_and(|m| m.tokens.end > start) {
                continue;
            }
            let fits = |f: &u32| {
                self.persons[*f as usize]
                    .roles
                    .iter()
                    .any(|(r, own)| *r == role && (words.is_empty() || own.is_empty() || words.iter().any(|w| own.contains(w))))
            };
            // An apposition in front of its own name ("the president, Joe Smith,") needs no link.
            let figure = recent
                .iter()
                .rev()
                .find(|f| candidates.contains(f) && fits(f))
                .copied()
                .or_else(|| candidates.iter().find(|f| fits(f)).copied());
            if let Some(figure) = figure {
                let mention = Mention { tokens: start..t + 1, figure, via: Via::Title, paragraph: paragraph_of(document, t) };
                // Not the apposition to another mention of the same figure.
                let apposed = mentions.get(next.wrapping_sub(1)).is_some_and(|m| {
                    m.figure == figure && m.tokens.end + 1 == start && document.tokens[m.tokens.end as usize].kind == TokenKind::Comma
                });
                if !apposed {
                    added.push(mention);
                }
            }
        }
        for mention in &added {
            let text = document.slice(mention.tokens.clone()).to_string();
            let person = &mut self.persons[mention.figure as usize];
            if person.aliases.len() < ALIASES && !person.aliases.contains(&text) {
                person.aliases.push(text);
            }
        }
        mentions.extend(added);
        mentions.sort_by_key(|m| m.tokens.start);
    }

    /// The start of "the Russian president" and the words between article and role.
    fn described(&self, role: u32) -> Option<(u32, Vec<String>)> {
        let document = self.document;
        let mut words = Vec::new();
        let mut t = role;
        while t > 0 && role - t < 6 {
            t -= 1;
            let token = &document.tokens[t as usize];
            if !token.is_word() && token.kind != TokenKind::Hyphen {
                return None;
            }
            let word = token.text(document.text);
            if ["the", "our"].iter().any(|w| word.eq_ignore_ascii_case(w)) {
                return Some((t, words));
            }
            if token.has(Marks::POSSESSIVE) || document.is(t as usize, Cat::DETERMINER.tag() | Cat::PREPOSITION.tag() | Cat::BE.tag()) {
                return None;
            }
            if token.has(Marks::CAPITAL) {
                words.push(word.to_string());
            }
        }
        None
    }
}

/// The spelling of a token, without its possessive, and "SMITH" as "Smith".
pub(super) fn spelling<'d>(document: &Document<'d>, t: u32) -> Cow<'d, str> {
    let word = document.word(t as usize);
    if document.has(t as usize, Marks::SHOUTED) && word.len() > 3 && !word.contains('.') {
        let mut letters = word.chars();
        return letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect();
    }
    Cow::Borrowed(word)
}

fn last_name(words: &[String]) -> Option<&str> {
    let last = words.last()?;
    if words.len() > 2 && matches!(last.as_str(), "Jr" | "Sr" | "II" | "III" | "IV") {
        return words.get(words.len() - 2).map(String::as_str);
    }
    Some(last)
}

/// Whether two full names of one surname can be one person's: the given names are the same, one begins the other, or one is an initial.
fn compatible(a: &[String], b: &[String]) -> bool {
    let (Some(x), Some(y)) = (a.first(), b.first()) else { return false };
    if a.len() == 1 || b.len() == 1 {
        return true;
    }
    let short = |w: &str| w.trim_end_matches('.').chars().count() == 1;
    // "Hyun-woo" and "Bae Hyun-woo"
    x == y
        || a.ends_with(b)
        || b.ends_with(a)
        || ((short(x) || short(y)) && x.chars().next() == y.chars().next())
        || (x.len() >= 3 && y.len() >= 3 && (x.starts_with(y.as_str()) || y.starts_with(x.as_str())))
}
