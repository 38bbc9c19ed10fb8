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
//! | here | attributions, labels, verbs with their content |
//! | `sources.rs` | phrases and nouns |
//! | `floating.rs` | quotations that no cue took |

mod floating;
mod sources;

use std::collections::HashMap;
use std::ops::Range;

use super::figures::Mention;
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
            let says_i = matches!(document.word(source.start as usize), "I" | "my" | "My" | "me");
            let outer = self.number(source.start).filter(|&n| says_i && n as usize != number);
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
        for i in from..to {
            if quote_at(&quotes, self.cues[i].start).is_some_and(|q| q.inner.end - q.inner.start >= NESTED) {
                self.cue(i, to, &quotes);
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
                .filter(move |q| q.inner.end <= end)
                .map(|q| q.inner.clone())
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
            start > source.start && s.kind(start - 1) == Some(TokenKind::Comma)
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
            let first_person = matches!(s.word(source.start), "I" | "my" | "My" | "me");
            let at = source.start as usize;
            return if first_person && s.kind(source.start).is_some() && !self.covered[at] && !self.spoken[at] {
                Holder::Author
            } else {
                Holder::Unknown
            };
        }
        // "read one", "some say"
        let indefinite = INDEFINITE.iter().any(|word| s.word(source.start).eq_ignore_ascii_case(word));
        if source.end - source.start == 1 && indefinite { Holder::Unknown } else { Holder::Words(source.clone()) }
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

    fn verb(&mut self, cue: &Hit, next_cue: Option<u32>, quotes: &[&Quotation]) {
        let s = &self.syntax;
        let verb = cue.start;
        if !s.is_verb(verb) {
            return;
        }
        let mut sentence = s.sentence(verb);
        // What is reported inside a quotation ends with it.
        if let Some(quote) = quote_at(quotes, verb) {
            sentence = sentence.start.max(quote.inner.start)..sentence.end.min(quote.inner.end);
        }
        let after = cue.end;
        let passive = s.is_passive(cue.start..cue.end);
        let group = s.group_start(verb);
        // "Q," said S: the verb follows a closed quotation or a comma at once, and the subject stands behind.
        let closed_before = group > sentence.start
            && (matches!(s.kind(group - 1), Some(TokenKind::DoubleQuote | TokenKind::SingleQuote))
                || (s.kind(group - 1) == Some(TokenKind::Comma) && quote_ends(quotes, group - 1)));
        // "S, who ..., told reporters that C": what stands behind "told" is the addressee.
        let comma_before = cue.cat == Cat::REPORT_NEUTRAL
            && !is_told(s.word(verb))
            && verb > sentence.start + 3
            && s.kind(verb - 1) == Some(TokenKind::Comma)
            && !s.closes_relative(verb - 1);
        let inverted = if group == verb && cue.weight >= 0.3 && !s.word(verb).ends_with("ing") && (closed_before || comma_before) {
            s.object(after)
                .filter(|(o, p)| p.is_none() && o.start <= after + 5 && !matches!(s.word(after), "that" | "whether"))
                // "S, who lost, said X is ...": a clause follows, and its subject is no speaker.
                .filter(|(o, _)| closed_before || !s.is(o.end, Cat::BE.tag() | Cat::HAVE.tag() | Cat::DO.tag() | Cat::AUXILIARY.tag()))
                .map(|(o, _)| self.with_title(after, self.named_behind(o, sentence.end)))
        } else {
            None
        };
        let mut tail = after;
        let source = match &inverted {
            Some(source) => {
                tail = source.end;
                Some(source.clone())
            }
            None if passive => s.agent(after),
            None => s.subject(verb).filter(|r| r.end <= verb),
        };
        let source_start =
            if inverted.is_some() { verb } else { self.titled(source.as_ref().map_or(group, |r| r.start.min(group)), &sentence) };
        if source.is_none() && !passive {
            return;
        }
        // "had the courage to tell voters": the courage tells nobody anything.
        if s.word(group) == "to" && source.as_ref().is_some_and(|r| s.is(r.start, Cat::DETERMINER.tag()) && !s.can_speak(r)) {
            return;
        }
        // "accused by S, a rival, of C"
        if let Some(agent) = source.as_ref().filter(|_| passive && s.word(after) == "by") {
            tail = self.behind_insertion(agent.end);
        }
        // "The plan, as S put it, is a fraud": all of the sentence but the insertion.
        let insertion = source_start.checked_sub(1).filter(|&b| b >= sentence.start && matches!(s.word(b), "as" | "As"));
        if let (Some(start), false, true) = (insertion, passive, inverted.is_none()) {
            let end = if s.kind(tail) == Some(TokenKind::Word) && matches!(s.word(tail), "it") { tail + 1 } else { tail };
            let closed = matches!(s.kind(end), Some(TokenKind::Comma | TokenKind::Period | TokenKind::Dash)) || end >= sentence.end;
            if closed {
                let parts = vec![sentence.start.max(start.saturating_sub(CONTENT))..start, end..sentence.end.min(end + CONTENT)];
                return self.add(source, Some((cue.start..cue.end, Some(cue.cat))), parts, quotes);
            }
        }
        // What is said may stand on the left: a quotation, or a clause before a comma.
        let mut content: Vec<Range<u32>> = Vec::new();
        let mut left = self.left(cue, source_start, &sentence, quotes);
        let mut right = self.right(cue, tail, &sentence, next_cue, quotes, left.is_some());
        // "On a day of mourning for those who died, the vice president said C": what leads in is not what is said, if there is something else.
        let leads_in = left.as_ref().is_some_and(|l| {
            let lead = Cat::PREPOSITION.tag() | Cat::CALENDAR.tag() | Cat::SUBORDINATOR.tag();
            inverted.is_none() && quote_at(quotes, l.end - 1).is_none() && s.is(l.start, lead)
        });
        if leads_in && let Some(behind) = self.right(cue, tail, &sentence, next_cue, quotes, false) {
            left = None;
            right = Some(behind);
        }
        if let Some(left) = left {
            let right_is_quote = right.as_ref().is_some_and(|r| quote_at(quotes, r.start).is_some());
            let quoted_left =
                quote_at(quotes, left.end.saturating_sub(1)).is_some() || quote_at(quotes, left.end.saturating_sub(2)).is_some();
            if right.is_none() || right_is_quote || quoted_left {
                content.push(left);
            }
        }
        if let Some(right) = right {
            let split = content.is_empty() || quote_at(quotes, right.start).is_some();
            // "accused of fraud by S": the agent is not what is said.
            let by = source.as_ref().filter(|r| passive && r.start > right.start && r.start <= right.end);
            let by = by.map(|r| (right.start..r.start).rev().find(|&t| s.word(t) == "by").unwrap_or(r.start - 1));
            if split {
                content.push(right.start..by.unwrap_or(right.end));
            }
        }
        if passive && source.is_none() && content.first().is_none_or(|c| c.start < verb) {
            return;
        }
        // "His fury finds an audience": what cannot speak needs quotation marks or a "that".
        let marked =
            content.iter().any(|c| quote_at(quotes, c.start).is_some()) || s.word(tail) == "that" || s.kind(tail) == Some(TokenKind::Colon);
        if !marked && cue.weight < ABSTRACT && !source.as_ref().is_some_and(|r| self.syntax.can_speak(r)) {
            return;
        }
        let addressee = self.addressee(cue, tail);
        let topic = self.topic(tail);
        let known = self.out.len();
        self.add(source, Some((cue.start..cue.end, Some(cue.cat))), content, quotes);
        if let Some(speech) = self.out.get_mut(known) {
            speech.addressee = addressee;
            speech.topic = topic;
        }
    }

    /// Where the titles in front of a source begin: "*Dr.* Jane Roe", "*the economist* Jane Roe".
    fn titled(&self, source: u32, sentence: &Range<u32>) -> u32 {
        let s = &self.syntax;
        let front = super::names::TITLES | Cat::TITLE_ADJECTIVE.tag() | Cat::DEMONYM.tag();
        let mut start = source;
        while start > sentence.start
            && (s.is(start - 1, front)
                || s.kind(start - 1) == Some(TokenKind::Period) && start > 1 && s.is(start - 2, Cat::ABBREVIATION_TITLE.tag()))
        {
            start -= 1;
        }
        // "*club* president X", where a quotation or the sentence begins before it.
        if start < source {
            let mut noun = start;
            while noun > sentence.start && start - noun < 3 && s.is_noun(noun - 1) {
                noun -= 1;
            }
            let open = noun == sentence.start
                || matches!(s.kind(noun - 1), Some(TokenKind::DoubleQuote | TokenKind::SingleQuote | TokenKind::Comma));
            if open || s.is(noun - 1, Cat::DETERMINER.tag()) {
                start = noun;
            }
        }
        // "which he claimed": a relative is no article.
        let article = start > sentence.start && s.is(start - 1, Cat::DETERMINER.tag()) && !s.is(start - 1, Cat::RELATIVE.tag());
        if article && !s.is(source, SUBJECT_PRONOUN) { start - 1 } else { start }
    }

    /// Behind the relative clause or the comma that an agent has before what is said: "by Y, *who lost,* of fraud", "by a rival, *Y,* of fraud".
    fn behind_insertion(&self, agent: u32) -> u32 {
        let s = &self.syntax;
        let comma = |t: u32| s.kind(t) == Some(TokenKind::Comma);
        let mut tail = agent;
        if comma(tail) && s.is(tail + 1, Cat::RELATIVE.tag()) {
            tail = (tail + 1..tail + 2 * NEAR).find(|&t| comma(t)).unwrap_or(tail);
        }
        if comma(tail) && matches!(s.word(tail + 1), "of" | "for" | "as") { tail + 1 } else { tail }
    }

    /// The figure behind "told", "asked", or behind a "to" right after the verb and its speaker.
    fn addressee(&self, cue: &Hit, tail: u32) -> Option<u32> {
        let s = &self.syntax;
        let (phrase, preposition) = s.object(tail)?;
        let to = preposition.is_some_and(|p| p == tail && s.word(p) == "to");
        if !(to || preposition.is_none() && is_told(s.word(cue.start))) {
            return None;
        }
        self.whom(phrase)
    }

    /// The figure that a phrase is about: a name in it before a pronoun ("his trainer, X").
    fn whom(&self, phrase: Range<u32>) -> Option<u32> {
        let mentions = || phrase.clone().filter_map(|t| self.syntax.mention(t)).map(|m| &self.mentions[m as usize]);
        mentions().find(|m| m.via != Via::Pronoun).or_else(|| mentions().next()).map(|m| m.figure)
    }

    /// The figure behind an "of" or "about" right behind the verb and its speaker: "said X of *Y*", "said X, a nurse, of *Y*", "said X,
    /// referring to *Y*".
    fn topic(&self, mut tail: u32) -> Option<u32> {
        let s = &self.syntax;
        let speaking = tail + u32::from(s.kind(tail) == Some(TokenKind::Comma));
        if matches!(s.word(speaking), "referring" | "speaking" | "talking" | "alluding") {
            return s.object(speaking + 1).filter(|(_, p)| *p == Some(speaking + 1)).and_then(|(phrase, _)| self.whom(phrase));
        }
        if s.kind(tail) == Some(TokenKind::Comma) {
            let plain =
                |t: &u32| matches!(s.kind(*t), Some(TokenKind::Word | TokenKind::Hyphen)) && !s.is(*t, Cat::RELATIVE.tag() | Cat::BE.tag());
            let closing = (tail + 1..tail + 1 + LABEL).find(|t| !plain(t))?;
            tail = if s.kind(closing) == Some(TokenKind::Comma) { closing + 1 } else { return None };
        }
        // "said X, a rival, after Y had left"
        if matches!(s.word(tail), "after" | "when" | "as") {
            return s.object(tail + 1).filter(|(_, p)| p.is_none()).and_then(|(phrase, _)| self.whom(phrase));
        }
        let (phrase, preposition) = s.object(tail)?;
        let of = preposition.is_some_and(|p| p == tail && matches!(s.word(p), "of" | "about"));
        self.whom(phrase).filter(|_| of)
    }

    /// "said the opposition leader, *X*": the name in apposition behind a phrase without one.
    fn named_behind(&self, phrase: Range<u32>, end: u32) -> Range<u32> {
        let s = &self.syntax;
        let comma = phrase.end;
        if phrase.clone().any(|t| s.mention(t).is_some()) || s.kind(comma) != Some(TokenKind::Comma) {
            return phrase;
        }
        let Some(first) = s.mention(comma + 1) else { return phrase };
        let name = self.mentions[first as usize].tokens.clone();
        let closed = name.end >= end || matches!(s.kind(name.end), Some(TokenKind::Comma | TokenKind::Period | TokenKind::Semicolon));
        if closed && s.has(name.start, Marks::CAPITAL) && !s.has(name.end - 1, Marks::POSSESSIVE) { phrase.start..name.end } else { phrase }
    }

    /// The phrase with the titles and determiners before its head: "said Interior Minister *X*".
    fn with_title(&self, from: u32, object: Range<u32>) -> Range<u32> {
        from.min(object.start)..object.end
    }

    /// Content that ends before `source_start`: a quotation that closes there, or the clause before a comma.
    fn left(&self, cue: &Hit, source_start: u32, sentence: &Range<u32>, quotes: &[&Quotation]) -> Option<Range<u32>> {
        let s = &self.syntax;
        let mut end = source_start;
        let mut comma = false;
        while end > sentence.start && matches!(s.kind(end - 1), Some(TokenKind::Comma | TokenKind::Dash)) {
            end -= 1;
            comma = true;
        }
        if end == 0 || end < sentence.start {
            return None;
        }
        let closing = quotes.get(quotes.partition_point(|q| q.tokens.end < end)).filter(|q| q.tokens.end == end && q.closed);
        if let Some(quote) = closing {
            // "\"The Bridge\" star X opened up": a title.
            let mark = |kind: &TokenKind| !matches!(kind, TokenKind::SingleQuote | TokenKind::DoubleQuote | TokenKind::Close);
            let last = quote.inner.clone().rev().take(3).filter_map(|t| s.kind(t)).find(mark);
            let ended = comma
                || matches!(
                    last,
                    Some(
                        TokenKind::Comma
                            | TokenKind::Period
                            | TokenKind::Question
                            | TokenKind::Exclamation
                            | TokenKind::Ellipsis
                            | TokenKind::Dash
                    )
                );
            if self.is_scare(quote) || cue.start != source_start && !ended {
                return None;
            }
            // The clause that runs into the quotation belongs to it, unless it has its own cue.
            let from = if quote.tokens.start > sentence.start
                && !self.covered[quote.tokens.start as usize]
                && !self.has_cue(sentence.start..quote.tokens.start)
                && quote.tokens.start - sentence.start < CONTENT
            {
                sentence.start
            } else {
                quote.tokens.start
            };
            return (!self.covered[quote.inner.start.min(quote.tokens.end - 1) as usize]).then_some(from..end);
        }
        // "The talks had failed, S said."
        let long = end > sentence.start + 2;
        let from = sentence.start.max(end.saturating_sub(CONTENT));
        // "Though the talks failed, his actions showed ...": a clause of its own, not what is said.
        if s.is(sentence.start, Cat::SUBORDINATOR.tag() | Cat::CONCESSION.tag()) && cue.weight < 0.7 {
            return None;
        }
        // "In a message released on Sunday, S urged ...": a phrase that leads in, and no verb with a subject.
        let finite = Cat::BE.tag() | Cat::HAVE.tag() | Cat::DO.tag() | Cat::AUXILIARY.tag() & !Cat::PREPOSITION.tag();
        let mut lead = from;
        while lead < end && (s.is_adverb(lead) || s.kind(lead) == Some(TokenKind::Comma)) {
            lead += 1;
        }
        let leads_in = s.is(lead, Cat::PREPOSITION.tag())
            && !self.clause_in(lead + 1..end)
            && !(from..end).any(|t| s.is(t, finite) && s.word(t) != "to");
        // "Boyle unfit for office, says Ruiz"
        let headline =
            cue.start == source_start && matches!(s.word(cue.start), "says" | "say") && s.kind(sentence.end - 1) == Some(TokenKind::Word);
        (comma && long && !leads_in && !self.covered[end as usize - 1] && (headline || self.has_verb(from..end))).then_some(from..end)
    }

    fn has_cue(&self, range: Range<u32>) -> bool {
        let from = self.cues.partition_point(|c| c.start < range.start);
        self.cues.get(from).is_some_and(|c| c.start < range.end && self.syntax.is_verb(c.start))
    }

    fn has_verb(&self, range: Range<u32>) -> bool {
        let s = &self.syntax;
        range.into_iter().any(|t| {
            s.is(t, Cat::BE.tag() | Cat::HAVE.tag() | Cat::DO.tag() | Cat::AUXILIARY.tag() | Cat::VERB.tag() | Cat::PARTICIPLE.tag())
                || s.word(t).ends_with("ed")
        })
    }

    /// Content that begins behind `tail`.
    fn right(
        &self,
        cue: &Hit,
        tail: u32,
        sentence: &Range<u32>,
        next_cue: Option<u32>,
        quotes: &[&Quotation],
        has_left: bool,
    ) -> Option<Range<u32>> {
        let s = &self.syntax;
        // A quotation near behind, in this sentence or as the next one: it is the content, with what leads into it.
        let near = quotes.get(quotes.partition_point(|q| q.tokens.start < tail));
        let mut start = tail;
        let mut that = None;
        let mut t = tail;
        // "told reporters outside a polling place in X that C"
        let reach = if is_told(s.word(cue.start)) { 2 * NEAR } else { NEAR };
        while t < (tail + reach).min(sentence.end) {
            if matches!(s.word(t), "that" | "whether") || s.kind(t) == Some(TokenKind::Colon) {
                // "indicates a shift that could": behind a plain object it is a relative.
                let relative = t > tail && s.word(t) == "that" && s.is(tail, Cat::DETERMINER.tag()) && !is_told(s.word(cue.start));
                that = (!relative).then_some(t);
                break;
            }
            if quote_at(quotes, t).is_some() || (t > tail + 1 && s.is(t, SUBJECT_PRONOUN)) {
                break;
            }
            t += 1;
        }
        if let Some(that) = that {
            // "told the crowd in X that C": up to "that" it is not content.
            start = that + 1;
        } else if let Some(quote) = near.filter(|q| q.tokens.start <= tail + NEAR && q.tokens.start < sentence.end + 1) {
            let only_lead = (tail..quote.tokens.start).all(|t| !s.is(t, Cat::BE.tag() | Cat::AUXILIARY.tag()));
            let comma = quote.tokens.start > tail && matches!(s.kind(quote.tokens.start - 1), Some(TokenKind::Comma | TokenKind::Colon));
            if comma || (only_lead && quote.tokens.start <= tail + 1 && !self.is_scare(quote)) || (has_left && only_lead) {
                start = quote.tokens.start;
            }
        }
        if has_left && that.is_none() && quote_at(quotes, start).is_none() {
            return None;
        }
        let end_of = |start: u32| {
            let mut end = sentence.end.min(start + CONTENT);
            // A quotation that runs over the end.
            if let Some(quote) =
                quotes[..quotes.partition_point(|q| q.tokens.start < end)].last().filter(|q| q.tokens.end > end && q.tokens.start >= start)
            {
                end = quote.tokens.end;
            } else if let Some(quote) = quote_at(quotes, start).filter(|q| q.tokens.start > cue.start) {
                end = end.max(quote.tokens.end);
            }
            // "They call me a liar, but ...": a name for somebody is no clause that goes on.
            if cue.cat == Cat::REPORT_ATTITUDE && that.is_none() && quote_at(quotes, start).is_none() {
                let goes_on = |t: &u32| {
                    s.kind(*t) == Some(TokenKind::Comma)
                        && s.is(t + 1, Cat::COORDINATOR.tag() | Cat::CONTRAST.tag())
                        && self.clause_in(t + 2..end)
                };
                end = (start + 1..end).find(goes_on).unwrap_or(end);
            }
            // "S said C and added that D": the second verb has its own.
            if let Some(next) = next_cue.filter(|&n| n > start && quote_at(quotes, n).is_none()) {
                let group = s.group_start(next);
                let joined = group > start
                    && (s.is(group - 1, Cat::COORDINATOR.tag())
                        || s.kind(group - 1) == Some(TokenKind::Comma) && s.subject(next).is_none_or(|r| r.start < start)
                        || s.word(next).ends_with("ing"));
                if joined && s.is_verb(next) {
                    end = end.min(if s.is(group - 1, Cat::COORDINATOR.tag()) { group - 1 } else { group });
                }
            }
            end
        };
        let quoted = quote_at(quotes, start).is_some();
        if that.is_some() || quoted {
            let end = end_of(start);
            return (end > start).then_some(start..end);
        }
        if cue.weight < SURE || start >= sentence.end {
            return None;
        }
        // An addressee: "told reporters", "asked him".
        if let Some((object, None)) = s.object(start) {
            let addressed = is_told(s.word(cue.start));
            if addressed && object.end < sentence.end && object.start <= start + 3 {
                start = object.end;
            }
        }
        let end = end_of(start);
        let first = s.kind(start)?;
        let begins = match first {
            TokenKind::Word => {
                let preposition = s.is(start, Cat::PREPOSITION.tag())
                    && !matches!(s.word(start), "to" | "about" | "of" | "for" | "against" | "on" | "with")
                    && !(s.word(start) == "as" && s.is_passive(cue.start..cue.end) && s.agent(cue.end).is_some());
                let time =
                    s.is(start, Cat::CALENDAR.tag() | Cat::TIME_NOW.tag() | Cat::TIME_PAST.tag()) && !s.is(start, Cat::PREPOSITION.tag());
                let supposes = cue.weight >= SURELY && matches!(s.word(start), "if" | "when" | "while");
                !preposition && !time && (supposes || !s.is(start, Cat::COORDINATOR.tag() | Cat::SUBORDINATOR.tag()))
                    || self.clause_in(start + 1..end)
            }
            TokenKind::Number
            | TokenKind::DoubleQuote
            | TokenKind::SingleQuote
            | TokenKind::Symbol
            | TokenKind::Hashtag
            | TokenKind::Mention => true,
            _ => false,
        };
        (begins && end > start + 1).then_some(start..end)
    }

    /// A subject pronoun or name with a verb of its own.
    fn clause_in(&self, range: Range<u32>) -> bool {
        let s = &self.syntax;
        (range.start..range.end.saturating_sub(1)).take(14).any(|t| {
            (s.is(t, SUBJECT_PRONOUN) || s.mention(t).is_some())
                && s.is(t + 1, Cat::BE.tag() | Cat::HAVE.tag() | Cat::DO.tag() | Cat::AUXILIARY.tag() | Cat::VERB.tag())
        })
    }

    fn is_scare(&self, quote: &Quotation) -> bool {
        quote.inner.end - quote.inner.start <= 8 && crate::scorers::sarcasm::is_scare_quote(self.document, quote)
    }
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
