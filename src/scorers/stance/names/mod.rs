//! Mentions of persons by name: tokens and their naming hits in, token ranges with their parts out. Nothing is linked here.
//!
//! A *run* is a stretch of capitalised words, initials and particles ("Jean-Claude van Damme", "George W. Bush"). Titles and
//! roles are taken off its front, and what remains gathers evidence for and against a person: given names, surnames, titles,
//! a reporting verb beside it; places, organisations, months, the article. Names of one word that no list knows are a
//! person where another mention in the document, a title or what the sentence does with them says so.

mod evidence;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::figures::{KnownFigure, spelling};
use crate::document::Document;
use crate::lexicon::{Cat, Family};
use crate::segment::{Marks, TokenKind};

/// One mention of a person by name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Named {
    /// The name without titles.
    pub(super) tokens: Range<u32>,
    /// Titles, roles and adjectives before the name; empty if there are none.
    pub(super) title: Range<u32>,
    /// Number of the paragraph.
    pub(super) paragraph: u32,
    /// Number of the figure among those that the caller named.
    pub(super) known: Option<u32>,
    /// 1 for a man, -1 for a woman, 0 where the name and title do not tell.
    pub(super) gender: i8,
}

/// What the lexicon knows of one token as a part of a name, 0..1 each.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    given: f32,
    surname: f32,
    place: f32,
    organisation: f32,
    other: f32,
    /// A word that headlines and sentences begin with.
    noise: f32,
    particle: f32,
    /// Chance of a man less that of a woman.
    gender: f32,
    /// The token is inside a place, organisation or other name of several words that ends here.
    multi: u32,
}

/// What makes a person, in the units of `evidence.rs`.
const THRESHOLD: f32 = 1.0;
/// A surer mention with the surname.
const VOUCHED: f32 = 3.0;

const FUNCTION: u128 = Cat::DETERMINER.tag()
    | Cat::PREPOSITION.tag()
    | Cat::COORDINATOR.tag()
    | Cat::SUBORDINATOR.tag()
    | Cat::RELATIVE.tag()
    | Cat::QUESTION_WORD.tag()
    | Cat::PRONOUN_HE.tag()
    | Cat::PRONOUN_SHE.tag()
    | Cat::PRONOUN_THEY.tag()
    | Cat::PRONOUN_IT.tag()
    | Cat::PRONOUN_I.tag()
    | Cat::PRONOUN_YOU.tag()
    | Cat::BE.tag()
    | Cat::HAVE.tag()
    | Cat::DO.tag()
    | Cat::AUXILIARY.tag()
    | Cat::NEGATOR.tag()
    | Cat::CONTRAST.tag();
pub(super) const TITLES: u128 = Cat::HONORIFIC.tag() | Cat::OFFICE.tag() | Cat::MILITARY.tag() | Cat::ROLE.tag() | Cat::KIN.tag();
const STRONG_TITLES: u128 = Cat::HONORIFIC.tag() | Cat::OFFICE.tag() | Cat::MILITARY.tag();
const BEFORE_TITLES: u128 = Cat::TITLE_ADJECTIVE.tag() | Cat::DEMONYM.tag() | Cat::PEOPLE.tag();
pub(super) const REPORTING: u128 = Cat::REPORT_NEUTRAL.tag()
    | Cat::REPORT_ASSERTIVE.tag()
    | Cat::REPORT_FACTIVE.tag()
    | Cat::REPORT_DENIAL.tag()
    | Cat::REPORT_HEDGE.tag()
    | Cat::REPORT_ATTITUDE.tag()
    | Cat::REPORT_SARCASTIC.tag()
    | Cat::REPORT_THOUGHT.tag()
    | Cat::REPORT_QUESTION.tag()
    | Cat::REPORT_MANNER.tag();

/// Finds the mentions by name, in order of the text, none overlapping.
pub(super) fn find(document: &Document<'_>, headlines: &[bool], own: &[KnownFigure]) -> Vec<Named> {
    let known = known_tokens(document);
    let finder = Finder { document, known: &known, headlines };
    let own_names = OwnNames::new(own);
    let mut sure: Vec<Named> = Vec::new();
    let mut open: Vec<(Named, f32)> = Vec::new();
    for (number, paragraph) in document.paragraphs.iter().enumerate() {
        let mut at = paragraph.tokens.start;
        let end = paragraph.tokens.end;
        while at < end {
            if let Some((length, figure)) = own_names.at(document, at, end) {
                let name = Named {
                    tokens: at..at + length,
                    title: at..at,
                    paragraph: number as u32,
                    known: Some(figure),
                    gender: own[figure as usize].gender_sign(),
                };
                sure.push(name);
                at += length;
                continue;
            }
            let Some(run) = finder.run(at, end) else {
                at += 1;
                continue;
            };
            at = run.end.max(at + 1);
            for piece in finder.pieces(run, paragraph.tokens.start) {
                let score = finder.score(&piece);
                let gender = finder.gender(&piece);
                let name = Named { tokens: piece.core.clone(), title: piece.title.clone(), paragraph: number as u32, known: None, gender };
                if score >= THRESHOLD {
                    sure.push(name);
                } else if piece.core.end - piece.core.start == 1 && score > THRESHOLD - 4.0 {
                    open.push((name, score));
                }
            }
        }
    }
    // One-word names that a surer mention in the document vouches for.
    let mut words: HashMap<Cow<'_, str>, f32> = HashMap::new();
    for name in &sure {
        let length = name.tokens.end - name.tokens.start;
        for t in name.tokens.clone() {
            let last = t + 1 == name.tokens.end;
            let vouch = if last {
                VOUCHED
            } else if t == name.tokens.start && length > 1 {
                2.0
            } else {
                0.0
            };
            let entry = words.entry(spelling(document, t)).or_default();
            *entry = entry.max(vouch);
        }
    }
    // The surname alone of a figure that the caller names.
    for last in own.iter().filter_map(KnownFigure::surname) {
        words.insert(Cow::Borrowed(last), VOUCHED);
    }
    for (name, score) in open {
        let word = spelling(document, name.tokens.start);
        if words.get(&word).is_some_and(|vouch| score + vouch >= THRESHOLD) {
            sure.push(name);
        }
    }
    sure.sort_by_key(|n| n.tokens.start);
    sure
}

/// The caller's own names, by their first word.
struct OwnNames<'n> {
    by_first: HashMap<&'n str, Vec<(Vec<&'n str>, u32)>>,
}

impl<'n> OwnNames<'n> {
    fn new(own: &'n [KnownFigure]) -> OwnNames<'n> {
        let mut by_first: HashMap<&str, Vec<(Vec<&str>, u32)>> = HashMap::new();
        for (number, figure) in own.iter().enumerate() {
            for name in std::iter::once(&figure.name).chain(&figure.aliases) {
                let words: Vec<&str> =
                    name.split(|c: char| c.is_whitespace() || matches!(c, '.' | '-')).filter(|w| !w.is_empty()).collect();
                if let Some(&first) = words.first() {
                    by_first.entry(first).or_default().push((words, number as u32));
                }
            }
        }
        for list in by_first.values_mut() {
            list.sort_by_key(|(words, number)| (std::cmp::Reverse(words.len()), *number));
        }
        OwnNames { by_first }
    }

    /// Length in tokens and number of the figure whose name starts at `at`.
    fn at(&self, document: &Document<'_>, at: u32, end: u32) -> Option<(u32, u32)> {
        if self.by_first.is_empty() {
            return None;
        }
        let list = self.by_first.get(document.word(at as usize))?;
        list.iter().find_map(|(words, number)| {
            let mut t = at;
            for word in words {
                while t < end && matches!(document.tokens[t as usize].kind, TokenKind::Period | TokenKind::Hyphen) {
                    t += 1;
                }
                if t >= end || document.word(t as usize) != *word {
                    return None;
                }
                t += 1;
            }
            Some((t - at, *number))
        })
    }
}

fn known_tokens(document: &Document<'_>) -> Vec<Known> {
    let mut known = vec![Known::default(); document.tokens.len()];
    for hit in document.hits.iter().filter(|h| h.cat.family() == Family::Naming || h.cat == Cat::PARTICLE) {
        let weight = hit.weight;
        let words = hit.end - hit.start;
        for t in hit.start..hit.end {
            let k = &mut known[t as usize];
            match hit.cat {
                Cat::GIVEN_M => {
                    k.given = k.given.max(weight);
                    k.gender += weight;
                }
                Cat::GIVEN_F => {
                    k.given = k.given.max(weight);
                    k.gender -= weight;
                }
                Cat::GIVEN_U => k.given = k.given.max(weight),
                Cat::SURNAME => k.surname = k.surname.max(weight),
                Cat::PARTICLE => k.particle = k.particle.max(weight),
                Cat::COUNTRY | Cat::REGION | Cat::CITY | Cat::BUILDING => k.place = k.place.max(weight),
                Cat::ORG => k.organisation = k.organisation.max(weight),
                Cat::ORG_WORD => k.organisation = k.organisation.max(weight * 0.7),
                Cat::PLACE_WORD => k.other = k.other.max(weight * 0.5),
                Cat::CAPITAL_NOISE => k.noise = k.noise.max(weight),
                Cat::EVENT | Cat::THING | Cat::CALENDAR => k.other = k.other.max(weight),
                Cat::EVENT_WORD => k.other = k.other.max(weight * 0.6),
                Cat::DEMONYM | Cat::PEOPLE => k.other = k.other.max(weight * 0.8),
                _ => {}
            }
            let names_thing =
                matches!(hit.cat, Cat::COUNTRY | Cat::REGION | Cat::CITY | Cat::BUILDING | Cat::ORG | Cat::EVENT | Cat::THING);
            if words > 1 && names_thing {
                k.multi = k.multi.max(hit.end);
            }
        }
    }
    known
}

/// One possible name: what is before it, and the name.
#[derive(Clone, Debug)]
struct Candidate {
    title: Range<u32>,
    core: Range<u32>,
    /// A word such as "spokesman" in lower case stands before.
    role_before: bool,
    first_in_sentence: bool,
}

struct Finder<'f> {
    document: &'f Document<'f>,
    known: &'f [Known],
    /// By sentence: every word is a capital, so that a capital alone says nothing.
    headlines: &'f [bool],
}

/// Which sentences stand in title case or in capitals: of four words or more that are no function words, fewer than one in six
/// begins with a small letter.
pub(super) fn headlines(document: &Document<'_>) -> Vec<bool> {
    let headline = |sentence: &Range<u32>| {
        let (mut long, mut capital) = (0, 0);
        for t in sentence.clone() {
            let token = &document.tokens[t as usize];
            if token.is_word() && token.end - token.start > 2 && !document.is(t as usize, FUNCTION) {
                long += 1;
                capital += u32::from(token.has(Marks::CAPITAL));
            }
        }
        long >= 4 && (long - capital) * 6 < long
    };
    document.sentences.iter().map(headline).collect()
}

/// Syllables that stand behind the hyphen of Korean and Chinese given names ("Seong-ho", "Ing-wen").
const SYLLABLES: &[&str] = &[
    "ah", "bae", "beom", "bin", "bok", "bong", "bum", "chae", "chan", "cheng", "cheol", "chi", "chul", "chun", "dae", "do", "dong", "eun",
    "fai", "fen", "geun", "gi", "gon", "gu", "gun", "gyeong", "gyu", "ha", "hae", "han", "hee", "heon", "ho", "hong", "hoon", "hua", "hui",
    "hun", "hwa", "hwan", "hwi", "hye", "hyeok", "hyeon", "hyo", "hyok", "hyuk", "hyun", "hyung", "il", "in", "ja", "jae", "jeon", "jeong",
    "ji", "jie", "jin", "jing", "jong", "joo", "joon", "joong", "ju", "jun", "jung", "kai", "keum", "keun", "ki", "kit", "kon", "kook",
    "kuk", "kwan", "kwang", "kwon", "kyo", "kyoung", "kyu", "kyung", "lan", "lin", "ling", "mei", "mi", "min", "ming", "moo", "mook",
    "moon", "mun", "myung", "na", "nam", "nyeon", "ok", "pyo", "pyong", "rae", "ran", "ri", "rin", "ryong", "ryul", "sang", "seo", "seob",
    "seok", "seon", "seong", "seop", "seung", "shik", "shin", "sik", "sil", "sok", "song", "soo", "sook", "su", "suk", "sun", "sung",
    "tae", "taek", "teh", "ting", "uk", "un", "ung", "wan", "wei", "wen", "won", "woo", "wook", "woong", "wu", "xing", "yan", "yee", "yen",
    "yeol", "yeon", "yeong", "yin", "ying", "yon", "yong", "yoo", "yoon", "you", "yu", "yuan", "yuk", "yul", "yun", "yung",
];

impl Finder<'_> {
    fn tags(&self, t: u32) -> u128 {
        self.document.tags(t as usize)
    }

    fn kind(&self, t: u32) -> Option<TokenKind> {
        self.document.tokens.get(t as usize).map(|t| t.kind)
    }

    fn capital(&self, t: u32) -> bool {
        self.document.tokens.get(t as usize).is_some_and(|k| k.is_word() && k.has(Marks::CAPITAL))
    }

    fn spaced(&self, t: u32) -> bool {
        self.document.has(t as usize, Marks::SPACE_BEFORE)
    }

    fn initial(&self, t: u32) -> bool {
        let word = self.document.word(t as usize);
        self.capital(t)
            && (word.len() == 1 || (word.len() == 3 && word.as_bytes()[1] == b'.'))
            && self.kind(t + 1) == Some(TokenKind::Period)
    }

    /// The stretch of capitalised words that begins at `at`.
    fn run(&self, at: u32, end: u32) -> Option<Range<u32>> {
        if !self.capital(at) {
            return None;
        }
        let headline = self.in_headline(at);
        let breaks = |t: u32| headline && self.ordinary(t);
        let adverb = |t: u32| super::syntax::is_plain_adverb(self.document.word(t as usize));
        if breaks(at) || adverb(at) || (self.tags(at) & FUNCTION != 0 && self.known[at as usize].given < 0.5 && !self.initial(at)) {
            return None;
        }
        let mut t = at;
        loop {
            // `t` is a capitalised word of the run; what may follow?
            if self.document.has(t as usize, Marks::POSSESSIVE) {
                return Some(at..t + 1);
            }
            let mut next = t + 1;
            let abbreviated = self.tags(t) & (Cat::ABBREVIATION_TITLE.tag()) != 0 || self.is_suffix(t) || self.initial(t);
            if next < end && self.kind(next) == Some(TokenKind::Period) && abbreviated {
                next += 1;
            }
            // "Darren McKenzie-Potter"
            if next + 1 < end
                && self.kind(next) == Some(TokenKind::Hyphen)
                && !self.spaced(next)
                && !self.spaced(next + 1)
                && self.capital(next + 1)
            {
                t = next + 1;
                continue;
            }
            // "Kim Seong-ho"
            if next + 1 < end
                && self.kind(next) == Some(TokenKind::Hyphen)
                && !self.spaced(next)
                && !self.spaced(next + 1)
                && (t > at || self.is_syllable(t))
                && SYLLABLES.contains(&self.document.word(next as usize + 1))
            {
                t = next + 1;
                continue;
            }
            // A particle or two before a capital.
            let mut look = next;
            while look < end && look < next + 2 && self.known[look as usize].particle >= 0.4 && self.spaced(look) && !self.capital(look) {
                look += 1;
                if look + 1 < end && self.kind(look) == Some(TokenKind::Hyphen) {
                    look += 1;
                }
            }
            if look < end
                && self.capital(look)
                && !breaks(look)
                && (self.spaced(look) || look > next)
                && (self.tags(look) & FUNCTION == 0 || self.known[look as usize].given > 0.7 || self.initial(look))
            {
                t = look;
                continue;
            }
            return Some(at..next.min(end).max(t + 1));
        }
    }

    /// A capitalised syllable of Korean and Chinese given names.
    fn is_syllable(&self, t: u32) -> bool {
        let word = self.document.word(t as usize);
        word.len() <= 6 && SYLLABLES.iter().any(|s| word.eq_ignore_ascii_case(s))
    }

    /// "Seong-ho" in a name: a hyphen with a small syllable behind it.
    fn has_syllable(&self, core: &Range<u32>) -> bool {
        core.clone().any(|t| t > core.start && t + 1 < core.end && self.kind(t) == Some(TokenKind::Hyphen) && !self.capital(t + 1))
    }

    fn in_headline(&self, t: u32) -> bool {
        self.headlines.get(self.document.sentence_of(t)).copied().unwrap_or(false)
    }

    /// A word that the lexicon knows as an ordinary one, and no list as a name.
    fn ordinary(&self, t: u32) -> bool {
        let known = &self.known[t as usize];
        self.common(t) && known.given.max(known.surname) < 0.5 && self.tags(t) & TITLES == 0
    }

    fn is_suffix(&self, t: u32) -> bool {
        matches!(self.document.word(t as usize), "Jr" | "Sr" | "Esq")
    }

    /// Cuts a run into names: places and organisations of several words are taken out, titles are taken off.
    fn pieces(&self, run: Range<u32>, paragraph_start: u32) -> Vec<Candidate> {
        let mut out = Vec::new();
        let mut from = run.start;
        let mut t = run.start;
        while t < run.end {
            let multi = self.known[t as usize].multi;
            if multi > t + 1 && self.known[t as usize].given < 0.6 {
                // What stands before a multi-word place or organisation ("President New York") is a name of its own.
                self.piece(from..t, paragraph_start, &mut out);
                from = multi.min(run.end);
                t = from;
            } else if t > from
                && t + 1 < run.end
                && self.tags(t) & STRONG_TITLES != 0
                && self.tags(t - 1) & (TITLES | BEFORE_TITLES) == 0
                && self.known[t as usize].given.max(self.known[t as usize].surname) < 0.5
            {
                // "Boxing Association President Ramon Manzanares": the office cuts the run.
                self.piece(from..t, paragraph_start, &mut out);
                from = t;
                t += 1;
            } else {
                t += 1;
            }
        }
        self.piece(from..run.end, paragraph_start, &mut out);
        out
    }

    fn piece(&self, range: Range<u32>, paragraph_start: u32, out: &mut Vec<Candidate>) {
        if range.is_empty() {
            return;
        }
        let mut core = range.start;
        let mut title_end = core;
        while core < range.end {
            let tags = self.tags(core);
            let period = self.kind(core) == Some(TokenKind::Period);
            // "Major" and "Dean" are titles before a name only.
            let titled = tags & (TITLES | BEFORE_TITLES) != 0 || self.in_title(core);
            let given = self.known[core as usize].given;
            // "Roman Bilyk": a people before one more word is a given name where it can be one.
            let people = tags & TITLES == 0 && core + 2 == range.end && self.tags(core + 1) & (TITLES | BEFORE_TITLES) == 0;
            // "Dean Oakes": so is a role that can be one.
            let role = core + 2 == range.end && given >= 0.5 && self.capital(core);
            let name_like = tags & STRONG_TITLES == 0 && (given > 0.75 || people && given >= 0.5 || role);
            // "Han Sang-woo" is no title before "Sang-woo".
            let surname = core + 1 < range.end && self.kind(core + 2) == Some(TokenKind::Hyphen) && self.is_syllable(core + 1);
            // "Pope-Hennessy"
            let joined = self.kind(core + 1) == Some(TokenKind::Hyphen)
                && core + 2 < range.end
                && self.capital(core + 2)
                && tags & STRONG_TITLES != 0
                && self.known[core as usize + 2].surname >= 0.3;
            if (titled && !name_like && !surname && !joined) || (period && core > range.start && core == title_end) {
                core += 1;
                if titled || period {
                    title_end = core;
                }
            } else {
                break;
            }
        }
        // "Sadly Piers Allardyce is wooden": the adverb has its capital from the sentence.
        let adverb = |t: u32| {
            let (word, known) = (self.document.word(t as usize), &self.known[t as usize]);
            word.len() > 4 && word.ends_with("ly") && known.given.max(known.surname) < 0.3
        };
        if core == range.start && core + 2 < range.end && self.known[core as usize + 1].given >= 0.5 && adverb(core) {
            core += 1;
            title_end = core;
        }
        // A hyphen belongs to what is before it.
        while core < range.end && !self.document.tokens[core as usize].is_word() {
            core += 1;
        }
        let mut end = range.end;
        // A trailing title or role is not part of the name.
        while end > core
            && !self.document.tokens[end as usize - 1].is_word()
            && !(self.kind(end - 1) == Some(TokenKind::Period) && end >= 2 && self.is_suffix(end - 2))
        {
            end -= 1;
        }
        if core >= end {
            return;
        }
        // Words in lower case before the run: "spokesman John Smith", "the president, John".
        let before = range.start.checked_sub(1).filter(|&b| b >= paragraph_start);
        let role_before =
            title_end == range.start && before.is_some_and(|b| self.tags(b) & TITLES != 0 && self.document.tokens[b as usize].is_word());
        let mut title = range.start..title_end.max(range.start);
        if title.is_empty() {
            title = core..core;
        }
        if role_before && title.is_empty() {
            let mut from = before.unwrap_or(core);
            while from > paragraph_start
                && self.tags(from - 1) & (TITLES | BEFORE_TITLES) != 0
                && self.document.tokens[from as usize - 1].is_word()
            {
                from -= 1;
            }
            title = from..core;
        }
        let first_in_sentence = {
            let sentences = self.document.sentences;
            let s = self.document.sentence_of(range.start);
            sentences.get(s).is_some_and(|s| (s.start..range.start).all(|t| !self.document.tokens[t as usize].is_lexical()))
        };
        out.push(Candidate { title, core: core..end, role_before, first_in_sentence });
    }

    /// Whether the token lies inside a title of several words.
    fn in_title(&self, t: u32) -> bool {
        let from = self.document.hits.partition_point(|h| h.start + 5 < t);
        self.document.hits[from..]
            .iter()
            .take_while(|h| h.start <= t)
            .any(|h| h.end > t && h.end - h.start > 1 && TITLES & h.cat.tag() != 0)
    }

    fn words(&self, core: &Range<u32>) -> Vec<u32> {
        core.clone()
            .filter(|&t| self.document.tokens[t as usize].is_word() && (self.capital(t) || self.known[t as usize].particle == 0.0))
            .collect()
    }
}
