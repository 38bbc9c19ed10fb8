//! Who says what: quotations, reporting hits and mentions in, attributions out.
//!
//! A *speech* has a source (who), a cue (the reporting verb or phrase) and content (what): direct in quotation marks, indirect in the
//! reporter's words, or mixed. Three passes over each paragraph, each a walk over the reporting hits:
//!
//! 1. *labels*: "SMITH: ...", "Smith: Jones lied".
//! 2. *cues*: a verb with its subject takes the clause or quotation on its right ("S said that C", "S V, \"Q\""), or the one on its
//!    left ("C, S said", "\"Q,\" said S"), or both (split quotations); "according to S" takes the rest of its sentence; a noun takes
//!    its clause ("S's claim that C").
//! 3. *floating* quotations go on with the speaker of the one before them, if that is near, or are theirs to whom the words before them point; else
//!    nobody is named.
//!
//! Who cannot be told is [`Holder::Unknown`], never guessed.
//!
//! | file | what |
//! | --- | --- |
//! | here | attributions, labels, whose they are |
//! | `verbs.rs` | verbs with their content, addressees, topics |
//! | `sources.rs` | phrases and nouns |
//! | `floating.rs` | quotations that no cue took |

mod floating;
mod sources;
mod verbs;

use std::collections::HashMap;
use std::ops::Range;

use super::figures::Mention;
use super::names::TITLES;
use super::syntax::{SUBJECT_PRONOUN, Syntax};
use crate::document::Document;
use crate::lexicon::{Cat, Family, Hit};
use crate::report::{SpeechForm, Via};
use crate::segment::{Marks, Quotation, TokenKind};

/// Who holds a stance.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Holder {
    /// The writer.
    Author,
    /// A speaker who cannot be told.
    Unknown,
    /// A figure of the document.
    Figure(u32),
    /// A source that is no figure: its words ("the ministry").
    Words(Range<u32>),
}

/// One attribution, in tokens.
#[derive(Clone, Debug)]
pub(crate) struct Speech {
    pub(crate) source: Option<Range<u32>>,
    pub(crate) cue: Option<Range<u32>>,
    /// What is said, in order.
    pub(crate) content: Vec<Range<u32>>,
    /// The parts in quotation marks, in order.
    pub(crate) quoted: Vec<Range<u32>>,
    pub(crate) form: SpeechForm,
    /// Whose words they are.
    pub(crate) holder: Holder,
    /// The figure to whom it is said: "told X", "said to X".
    pub(crate) addressee: Option<u32>,
    /// The figure of whom it is said: "said X of Y".
    pub(crate) topic: Option<u32>,
    /// The class of the reporting word.
    pub(crate) class: Option<Cat>,
    /// It is said inside what somebody denies.
    pub(crate) denied: bool,
}

impl Speech {
    /// "X denied that ...": what follows is not what X holds.
    pub(super) fn denies(&self) -> bool {
        self.class == Some(Cat::REPORT_DENIAL) || self.denied
    }

    /// Whether the token is part of what is said.
    pub(super) fn says(&self, token: u32) -> bool {
        within(&self.content, token)
    }

    /// Whether the token is part of what is said in quotation marks, or behind the label of a transcript.
    pub(super) fn quotes(&self, token: u32) -> bool {
        within(&self.quoted, token)
    }

    /// What a transcript gives behind a name and a colon.
    pub(super) fn is_labelled(&self) -> bool {
        self.class.is_none() && self.cue.as_ref().is_some_and(|c| c.end - c.start == 1)
    }

    fn size(&self) -> u32 {
        self.content.iter().map(|c| c.end - c.start).sum()
    }
}

/// Whether one of the ranges, which are in order of their starts, holds the token.
fn within(ranges: &[Range<u32>], token: u32) -> bool {
    ranges[..ranges.partition_point(|r| r.start <= token)].iter().rev().take(4).any(|r| r.contains(&token))
}

/// The attributions of a document, and where they reach.
#[derive(Debug, Default)]
pub(crate) struct Speeches {
    /// In order of their first content.
    pub(crate) list: Vec<Speech>,
    /// Number + 1 of the smallest speech whose content holds each token; 0 where there is none.
    inside: Vec<u32>,
    /// Number + 1 of the speech whose source holds each token.
    sources: Vec<u32>,
    /// First token of a cue and the number of its speech, in order.
    cues: Vec<(u32, u32)>,
}

impl Speeches {
    fn new(mut list: Vec<Speech>, tokens: usize) -> Speeches {
        for speech in &mut list {
            speech.content.sort_by_key(|c| c.start);
            speech.quoted.sort_by_key(|c| c.start);
        }
        list.sort_by_key(|s| s.content.first().map_or(0, |c| c.start));
        let mut by_size: Vec<u32> = (0..list.len() as u32).collect();
        by_size.sort_by_cached_key(|&i| std::cmp::Reverse((list[i as usize].size(), i)));
        let mut inside = vec![0; tokens];
        let mut sources = vec![0; tokens];
        for i in by_size {
            let speech = &list[i as usize];
            speech.content.iter().for_each(|c| inside[c.start as usize..c.end as usize].fill(i + 1));
            speech.source.iter().for_each(|s| sources[s.start as usize..s.end as usize].fill(i + 1));
        }
        let mut cues: Vec<(u32, u32)> = list.iter().enumerate().filter_map(|(i, s)| s.cue.as_ref().map(|c| (c.start, i as u32))).collect();
        cues.sort_unstable();
        // "X denied that she had called Y a bully"
        for &(start, number) in &cues {
            let outer = inside[start as usize].checked_sub(1).filter(|&outer| outer != number);
            if outer.is_some_and(|outer| list[outer as usize].denies()) {
                list[number as usize].denied = true;
            }
        }
        Speeches { list, inside, sources, cues }
    }

    /// "I" inside what somebody says is that speaker. Outer speeches begin first, so that their holders are settled.
    fn settle_first_persons(&mut self, document: &Document<'_>) {
        for number in 0..self.list.len() {
            let speech = &self.list[number];
            let Some(source) = speech.source.as_ref().filter(|s| s.end - s.start == 1 && speech.holder == Holder::Unknown) else {
                continue;
            };
            let says_i = is_first_person(document.word(source.start as usize));
            // "for what *it* called his dealings", in the words of an organisation
            let outer = self.number(source.start).map(|n| &self.list[n as usize].holder);
            let says_it = document.is(source.start as usize, Cat::PRONOUN_IT.tag()) && matches!(outer, Some(Holder::Words(_)));
            let outer = self.number(source.start).filter(|&n| (says_i || says_it) && n as usize != number);
            if let Some(outer) = outer {
                self.list[number].holder = self.list[outer as usize].holder.clone();
            }
        }
    }

    /// The speech whose reporting word stands at `tokens`.
    pub(super) fn of_cue(&self, tokens: &Range<u32>) -> Option<&Speech> {
        let &(start, number) = self.cues.get(self.cues.partition_point(|c| c.0 < tokens.start))?;
        self.list.get(number as usize).filter(|_| start < tokens.end)
    }

    /// Number of the smallest speech whose content holds the token; `None` is the writer's own text.
    pub(super) fn number(&self, token: u32) -> Option<u32> {
        self.inside.get(token as usize)?.checked_sub(1)
    }

    /// The smallest speech whose content holds the token.
    pub(super) fn innermost(&self, token: u32) -> Option<&Speech> {
        self.list.get(self.inside.get(token as usize)?.checked_sub(1)? as usize)
    }

    /// The speech whose source holds one of the tokens.
    pub(super) fn with_source(&self, tokens: &Range<u32>) -> Option<&Speech> {
        let number = tokens.clone().find_map(|t| self.sources.get(t as usize)?.checked_sub(1))?;
        self.list.get(number as usize)
    }

    /// Whether some token of the range is inside content.
    pub(super) fn touch(&self, tokens: &Range<u32>) -> bool {
        self.inside.get(tokens.start as usize..tokens.end as usize).is_some_and(|i| i.iter().any(|&n| n != 0))
    }
}

/// Finds the attributions of a document, in order of their first content.
pub(super) fn attribute(document: &Document<'_>, mentions: &[Mention]) -> Speeches {
    let syntax = Syntax::new(document, mentions);
    let cues = document.hits.iter().filter(|h| h.cat.family() == Family::Reporting).collect();
    let mut finder = Finder {
        document,
        mentions,
        syntax,
        cues,
        out: Vec::new(),
        covered: vec![false; document.tokens.len()],
        spoken: vec![false; document.tokens.len()],
        last_quoted: None,
        label: None,
        bound: None,
    };
    for number in 0..document.paragraphs.len() {
        finder.paragraph(number);
    }
    let mut out = finder.out;
    let mut words: HashMap<&str, Range<u32>> = HashMap::new();
    for speech in &mut out {
        if let Holder::Words(tokens) = &mut speech.holder {
            *tokens = words.entry(document.slice(tokens.clone())).or_insert_with(|| tokens.clone()).clone();
        }
    }
    let mut speeches = Speeches::new(out, document.tokens.len());
    speeches.settle_first_persons(document);
    speeches
}

/// Tokens behind a verb in which its content must begin.
const NEAR: u32 = 7;
/// A quotation inside another of fewer tokens is a name or a word in marks.
const WORDS: u32 = 3;
/// A quotation of so many tokens can report others.
const NESTED: u32 = 8;
/// Tokens over which what one cue introduces can reach outside quotation marks: longer than nearly all sentences, and a bound for the rest.
const CONTENT: u32 = 300;
/// Longest label before a colon, in tokens.
const LABEL: u32 = 8;
/// A phrase of at most this weight holds its source inside.
const INSIDE: f32 = 0.5;
/// What cannot speak ("the figures") reports by a verb of this weight at least.
const ABSTRACT: f32 = 0.6;
/// A verb below this weight reports only with a quotation or a "that" beside it.
const SURE: f32 = 0.45;
/// A verb of this weight and more says what follows, whatever it begins with.
const SURELY: f32 = 0.9;

/// Sources of one word that name nobody.
const INDEFINITE: [&str; 14] = [
    "one",
    "another",
    "other",
    "others",
    "some",
    "someone",
    "somebody",
    "anyone",
    "anybody",
    "everyone",
    "everybody",
    "few",
    "both",
    "all",
];

/// A reporting word and its class.
type Reporting = (Range<u32>, Option<Cat>);

struct Finder<'f> {
    document: &'f Document<'f>,
    mentions: &'f [Mention],
    syntax: Syntax<'f>,
    /// Reporting hits in order of the text.
    cues: Vec<&'f Hit>,
    out: Vec<Speech>,
    /// Tokens inside some content.
    covered: Vec<bool>,
    /// Tokens inside quotations in which others are reported.
    spoken: Vec<bool>,
    /// The last speech with a quotation.
    last_quoted: Option<usize>,
    /// The speaker of a transcript who has the word.
    label: Option<Range<u32>>,
    /// Tokens of the quotation in which a quotation is read.
    bound: Option<Range<u32>>,
}

impl<'f> Finder<'f> {
    fn paragraph(&mut self, number: usize) {
        let document = self.document;
        let unit = &document.paragraphs[number];
        let tokens = unit.tokens.clone();
        let from = document.quotes.partition_point(|q| q.tokens.start < tokens.start);
        let quotes: &'f [Quotation] = document.quotes;
        let quotes: Vec<&Quotation> = quotes[from..].iter().take_while(|q| q.tokens.start < tokens.end).filter(|q| q.depth == 0).collect();
        let first_new = self.out.len();
        self.labels(&tokens);
        let from = self.cues.partition_point(|c| c.start < tokens.start);
        let to = self.cues.partition_point(|c| c.start < tokens.end);
        let mut carried = self.carried(number, first_new);
        for i in from..to {
            if quote_at(&quotes, self.cues[i].start).is_none() {
                self.cue(i, to, &quotes);
            }
        }
        if !document.sentences.is_empty() {
            for sentence in &document.sentences[unit.sentences.start as usize..unit.sentences.end as usize] {
                self.views(sentence);
            }
        }
        for quote in &quotes {
            let last = self.last_quoted.filter(|&i| i >= first_new);
            self.floating(quote, last.or(carried));
            if last.is_some() {
                carried = None;
            }
        }
        // Inside long speech others are reported too, whatever holds the speech.
        for quote in quotes.iter().filter(|q| q.inner.end - q.inner.start >= NESTED) {
            let inner = quote.inner.start as usize..quote.inner.end as usize;
            self.spoken[inner.clone()].fill(true);
            self.covered[inner].fill(false);
        }
        // The quotations inside the one at hand.
        let mut inside: (Range<u32>, Vec<&Quotation>) = (0..0, Vec::new());
        for i in from..to {
            let Some(quote) = quote_at(&quotes, self.cues[i].start).filter(|q| q.inner.end - q.inner.start >= NESTED) else { continue };
            if inside.0 != quote.tokens {
                let first = document.quotes.partition_point(|q| q.tokens.start <= quote.tokens.start);
                let all = document.quotes[first..].iter().take_while(|q| q.tokens.start < quote.inner.end);
                inside = (quote.tokens.clone(), all.filter(|q| q.depth == 1 && q.inner.end - q.inner.start >= WORDS).collect());
            }
            // "\"He said, 'Q',\" recalled S": the quotation inside is the content.
            if inside.1.is_empty() || quote_at(&inside.1, self.cues[i].start).is_some() {
                self.cue(i, to, &quotes);
            } else {
                self.bound = Some(quote.inner.clone());
                self.cue(i, to, &inside.1);
                self.bound = None;
            }
        }
        for quote in &quotes {
            self.covered[quote.tokens.start as usize..quote.tokens.end as usize].fill(true);
        }
    }

    /// What the cue of that number reports; `to` is the number behind the last one of its paragraph.
    fn cue(&mut self, i: usize, to: usize, quotes: &[&Quotation]) {
        let cue = self.cues[i];
        let next = self.cues.get(i + 1).filter(|n| i + 1 < to && n.start < self.syntax.sentence(cue.start).end).map(|n| n.start);
        match cue.cat {
            Cat::REPORT_NOUN => self.noun(cue, quotes),
            Cat::REPORT_PHRASE => self.phrase(cue),
            _ => self.verb(cue, next, quotes),
        }
    }

    /// The speech of the paragraph before that a quotation at the head of this one goes on with.
    fn carried(&self, number: usize, first_new: usize) -> Option<usize> {
        let previous = &self.document.paragraphs[number.checked_sub(1)?];
        let last = self.last_quoted.filter(|&i| i < first_new)?;
        let end = self.out[last].content.last()?.end;
        (end > previous.tokens.start).then_some(last)
    }

    fn add(&mut self, source: Option<Range<u32>>, cue: Option<Reporting>, content: Vec<Range<u32>>, quotes: &[&Quotation]) {
        let content: Vec<Range<u32>> = content.into_iter().filter_map(|c| self.trim(c)).collect();
        if content.is_empty() {
            return;
        }
        let within = |c: &Range<u32>| {
            let end = c.end;
            quotes[quotes.partition_point(|q| q.inner.start < c.start)..]
                .iter()
                .take_while(move |q| q.inner.start < end)
                // A quotation that the next paragraph goes on with ends with its last word.
                .filter(move |q| q.inner.end <= end || q.tokens.end <= end + 1)
                .map(move |q| q.inner.start..q.inner.end.min(end))
        };
        let quoted: Vec<Range<u32>> = content.iter().flat_map(within).collect();
        let size: u32 = content.iter().map(|c| c.end - c.start).sum();
        let in_quotes: u32 = quoted.iter().map(|q| q.end - q.start + 2).sum();
        let form = if quoted.is_empty() {
            SpeechForm::Indirect
        } else if in_quotes + 2 >= size {
            SpeechForm::Direct
        } else {
            SpeechForm::Mixed
        };
        for c in &content {
            self.covered[c.start as usize..c.end as usize].fill(true);
        }
        let holder = source.as_ref().map_or(Holder::Unknown, |s| self.holder(s));
        let (cue, class) = cue.map_or((None, None), |(tokens, class)| (Some(tokens), class));
        self.out.push(Speech { source, cue, content, quoted, form, holder, class, addressee: None, topic: None, denied: false });
        if form != SpeechForm::Indirect {
            self.last_quoted = Some(self.out.len() - 1);
        }
    }

    /// Content without the punctuation around it; its own quotation marks stay.
    fn trim(&self, mut content: Range<u32>) -> Option<Range<u32>> {
        let loose = |t: u32| {
            matches!(
                self.syntax.kind(t),
                Some(TokenKind::Comma | TokenKind::Colon | TokenKind::Semicolon | TokenKind::Dash | TokenKind::Period | TokenKind::Hyphen)
            )
        };
        while content.start < content.end && loose(content.start) {
            content.start += 1;
        }
        while content.start < content.end && loose(content.end - 1) {
            content.end -= 1;
        }
        (content.start < content.end).then_some(content)
    }

    fn holder(&self, source: &Range<u32>) -> Holder {
        let s = &self.syntax;
        // "the opposition leader, X": the last of the mentions is the name.
        let last = s.mention(source.end - 1).filter(|&m| self.mentions[m as usize].tokens.end == source.end);
        let apposed = last.filter(|&m| {
            let start = self.mentions[m as usize].tokens.start;
            let title = |t: &u32| s.is(*t, TITLES) || s.kind(*t) == Some(TokenKind::Period);
            let before = (source.start..start).rev().find(|t| !title(t));
            before.is_some_and(|b| s.kind(b) == Some(TokenKind::Comma))
        });
        // "her coach X": the name at the end, unless a preposition holds it.
        let named = last.filter(|&m| {
            let mention = &self.mentions[m as usize];
            matches!(mention.via, Via::Name | Via::Alias)
                && !s.has(source.end - 1, Marks::POSSESSIVE)
                && !(source.start..mention.tokens.start).any(|t| s.is(t, Cat::PREPOSITION.tag() | Cat::COORDINATOR.tag()))
        });
        let mentioned = apposed.or(named).or_else(|| source.clone().find_map(|t| s.mention(t)));
        if let Some(m) = mentioned {
            let mention = &self.mentions[m as usize];
            let owns = s.has(mention.tokens.end - 1, Marks::POSSESSIVE) || s.is(mention.tokens.start, Cat::POSSESSIVE.tag());
            let held = mention.tokens.start > source.start && s.is(mention.tokens.start - 1, Cat::PREPOSITION.tag());
            let speaks = owns && !held && (mention.tokens.end..source.end).any(|t| s.is(t, Cat::REPORT_NOUN.tag()));
            if speaks || !(held || owns && mention.tokens.end < source.end) {
                return Holder::Figure(mention.figure);
            }
        }
        let pronoun = source.end - source.start == 1 && s.is(source.start, SUBJECT_PRONOUN | Cat::RELATIVE.tag());
        if pronoun {
            let first_person = is_first_person(s.word(source.start));
            let at = source.start as usize;
            return if first_person && s.kind(source.start).is_some() && !self.covered[at] && !self.spoken[at] {
                Holder::Author
            } else {
                Holder::Unknown
            };
        }
        // "read one", "some say"
        let indefinite = INDEFINITE.iter().any(|word| s.word(source.start).eq_ignore_ascii_case(word));
        let unknown = source.end - source.start == 1 && indefinite;
        if unknown { Holder::Unknown } else { Holder::Words(s.whole_organisation(source.clone())) }
    }

    /// "SMITH: ..." and "Smith: Jones lied".
    fn labels(&mut self, tokens: &Range<u32>) {
        let s = &self.syntax;
        let colon = (tokens.start + 1..(tokens.start + LABEL).min(tokens.end)).find(|&t| s.kind(t) == Some(TokenKind::Colon));
        let plain = |t: u32| {
            matches!(
                s.kind(t),
                Some(TokenKind::Word | TokenKind::Period | TokenKind::Hyphen | TokenKind::Open | TokenKind::Close | TokenKind::Comma)
            )
        };
        let Some(colon) = colon.filter(|&c| (tokens.start..c).all(plain) && c + 1 < tokens.end) else {
            // The speaker of a transcript keeps the word until the next label.
            if let Some(label) = self.label.clone() {
                self.add(Some(label), None, vec![tokens.clone()], &[]);
                self.verbatim();
            }
            return;
        };
        let words: Vec<u32> = (tokens.start..colon).filter(|&t| s.kind(t) == Some(TokenKind::Word)).collect();
        let shouted = words.iter().any(|&t| s.has(t, Marks::SHOUTED))
            && words.iter().all(|&t| s.has(t, Marks::SHOUTED) || s.is(t, Cat::HONORIFIC.tag()) || s.word(t).len() < 3);
        let named = words.iter().any(|&t| s.mention(t).is_some())
            && words.iter().all(|&t| s.has(t, Marks::CAPITAL) || s.is(t, Cat::PREPOSITION.tag() | Cat::DETERMINER.tag()));
        let source = tokens.start..colon;
        // "Aune: Jones lied": one unknown word in front of a single sentence.
        let single = self.document.paragraphs.get(self.document.paragraphs.partition_point(|p| p.tokens.end <= tokens.start));
        let strange = words.len() == 1
            && s.tags(words[0]) == 0
            && s.has(words[0], Marks::CAPITAL)
            && s.word(words[0]).len() > 2
            && single.is_some_and(|p| p.sentences.end - p.sentences.start == 1)
            && (colon + 1..tokens.end).any(|t| s.mention(t).is_some());
        if shouted || named || strange {
            if shouted {
                self.label = Some(source.clone());
            }
            let sentences = single.map_or(1, |p| p.sentences.end - p.sentences.start);
            self.add(Some(source), Some((colon..colon + 1, None)), vec![colon + 1..tokens.end], &[]);
            // "Smith: Jones lied" is a headline's, and in its words.
            if shouted || sentences > 1 {
                self.verbatim();
            }
        } else {
            self.label = None;
        }
    }

    /// The last speech is in the speaker's own words, though without quotation marks.
    fn verbatim(&mut self) {
        if let Some(speech) = self.out.last_mut() {
            speech.form = SpeechForm::Direct;
            speech.quoted.clone_from(&speech.content);
        }
    }
}

/// "I", "I'd", "my".
fn is_first_person(word: &str) -> bool {
    matches!(word.split(['\'', '’']).next(), Some("I" | "my" | "My" | "me"))
}

/// A verb with an addressee before its content.
fn is_told(word: &str) -> bool {
    ["told", "tell", "tells", "telling", "asked", "asks", "reminded", "informed", "assured"].iter().any(|w| word.eq_ignore_ascii_case(w))
}

/// The quotation that holds a token.
fn quote_at<'q>(quotes: &[&'q Quotation], t: u32) -> Option<&'q Quotation> {
    quotes.get(quotes.partition_point(|q| q.tokens.end <= t)).copied().filter(|q| q.tokens.start <= t)
}

/// Whether a quotation closes right before `t`.
fn quote_ends(quotes: &[&Quotation], t: u32) -> bool {
    quotes.get(quotes.partition_point(|q| q.tokens.end < t)).is_some_and(|q| q.tokens.end == t)
}
