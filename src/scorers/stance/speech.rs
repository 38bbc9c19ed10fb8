//! Who says what: quotations, reporting hits and mentions in, attributions out.
//!
//! A *speech* has a source (who), a cue (the reporting verb or phrase) and content (what): direct in quotation marks, indirect in the
//! reporter's words, or mixed. A direct quotation finds its verb beside it ("Q," V S; S V, "Q"; split around it); one that
//! floats goes on with the speaker before it in the paragraph. Indirect speech is what a reporting verb with a subject and a
//! clause governs. Who cannot be told is [`Holder::Unknown`], never guessed.

use std::collections::HashMap;
use std::ops::Range;

use super::figures::Mention;
use super::names::REPORTING;
use super::syntax::{SUBJECT_PRONOUN, Syntax};
use crate::document::Document;
use crate::lexicon::Cat;
use crate::report::SpeechForm;
use crate::segment::{Quotation, TokenKind};

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
    /// The parts in quotation marks.
    pub(crate) quoted: Vec<Range<u32>>,
    pub(crate) form: SpeechForm,
    pub(crate) held_by: Holder,
}

impl Speech {
    /// Whose words they are.
    pub(crate) fn holder(&self, _mentions: &[Mention]) -> Holder {
        self.held_by.clone()
    }

    fn size(&self) -> u32 {
        self.content.iter().map(|c| c.end - c.start).sum()
    }
}

/// The smallest speech whose content holds the tokens.
pub(super) fn innermost(speeches: &[Speech], tokens: &Range<u32>) -> Option<usize> {
    let holds = |s: &Speech| s.content.iter().any(|c| c.start <= tokens.start && tokens.start < c.end);
    speeches.iter().enumerate().filter(|(_, s)| holds(s)).min_by_key(|(_, s)| s.size()).map(|(i, _)| i)
}

/// Finds the attributions of a document, in order of their first content.
pub(super) fn attribute(document: &Document<'_>, mentions: &[Mention]) -> Vec<Speech> {
    let syntax = Syntax::new(document, mentions);
    let finder = Finder { document, mentions, syntax };
    let mut out: Vec<Speech> = Vec::new();
    for (number, paragraph) in document.paragraphs.iter().enumerate() {
        let from = document.quotes.partition_point(|q| q.tokens.start < paragraph.tokens.start);
        let quotes: Vec<&Quotation> = document.quotes[from..]
            .iter()
            .take_while(|q| q.tokens.start < paragraph.tokens.end)
            .filter(|q| q.depth == 0 && finder.is_speech(q))
            .collect();
        finder.paragraph(number as u32, &quotes, &mut out);
    }
    let mut words: HashMap<&str, Range<u32>> = HashMap::new();
    for speech in &mut out {
        if let Holder::Words(tokens) = &mut speech.held_by {
            *tokens = words.entry(document.slice(tokens.clone())).or_insert_with(|| tokens.clone()).clone();
        }
    }
    out.sort_by_key(|s| s.content.first().map_or(0, |c| c.start));
    out
}

struct Finder<'f> {
    document: &'f Document<'f>,
    mentions: &'f [Mention],
    syntax: Syntax<'f>,
}

impl Finder<'_> {
    fn is_speech(&self, quote: &Quotation) -> bool {
        !super::super::sarcasm::is_scare_quote(self.document, quote)
    }

    fn holder(&self, source: &Range<u32>) -> Holder {
        let head = source.clone().find_map(|t| self.syntax.mention(t));
        match head {
            Some(m) if self.mentions[m as usize].tokens.end == source.end || self.mentions[m as usize].tokens.start == source.start => {
                let mention = &self.mentions[m as usize];
                let owns = self.document.has(mention.tokens.end as usize - 1, crate::segment::Marks::POSSESSIVE) && mention.tokens.end < source.end;
                if owns { Holder::Words(source.clone()) } else { Holder::Figure(mention.figure) }
            }
            _ if source.clone().all(|t| self.syntax.is(t, SUBJECT_PRONOUN)) => Holder::Unknown,
            _ => Holder::Words(source.clone()),
        }
    }

    fn reporting_in(&self, range: Range<u32>) -> impl Iterator<Item = u32> + '_ {
        range.filter(|&t| self.syntax.is(t, REPORTING) && self.syntax.is_verb(t))
    }

    fn in_quote(&self, quotes: &[&Quotation], t: u32) -> bool {
        let at = quotes.partition_point(|q| q.tokens.end <= t);
        quotes.get(at).is_some_and(|q| q.tokens.start <= t)
    }

    fn paragraph(&self, number: u32, quotes: &[&Quotation], out: &mut Vec<Speech>) {
        let unit = &self.document.paragraphs[number as usize];
        let mut used: Vec<bool> = vec![false; quotes.len()];
        let mut last_speaker: Option<(Option<Range<u32>>, Holder)> = None;
        for (i, quote) in quotes.iter().enumerate() {
            if used[i] {
                continue;
            }
            used[i] = true;
            let found = self.beside(quote, quotes);
            if found.is_none()
                && (quote.continues || last_speaker.is_some() || out.last().is_some_and(|s| s.form != SpeechForm::Indirect))
                && let Some(previous) = out.iter_mut().rev().find(|s| s.form != SpeechForm::Indirect)
                && (quote.continues || last_speaker.is_some())
            {
                previous.content.push(quote.tokens.clone());
                previous.quoted.push(quote.inner.clone());
                continue;
            }
            let (cue, source) = match found {
                Some((cue, source)) => (Some(cue), source),
                None => (None, None),
            };
            let held_by = source.as_ref().map_or(Holder::Unknown, |s| self.holder(s));
            last_speaker = Some((source.clone(), held_by.clone()));
            out.push(Speech { source, cue: cue.map(|c| c..c + 1), content: vec![quote.tokens.clone()], quoted: vec![quote.inner.clone()], form: SpeechForm::Direct, held_by });
        }
        for sentence in &self.document.sentences[unit.sentences.start as usize..unit.sentences.end as usize] {
            self.indirect(sentence, quotes, out);
        }
    }

    /// The reporting verb beside a quotation, and its subject.
    fn beside(&self, quote: &Quotation, quotes: &[&Quotation]) -> Option<(u32, Option<Range<u32>>)> {
        let s = &self.syntax;
        let after = quote.tokens.end;
        let sentence = s.sentence(quote.tokens.end.saturating_sub(1));
        let limit = s.sentence(after).end.min(after + 24);
        if let Some(verb) = self.reporting_in(after..limit.max(after)).find(|&v| !self.in_quote(quotes, v))
            && limit > after
            && verb < after + 14
        {
            // "Q," said X  |  "Q," X said
            let inverted = verb <= after + 1;
            let source = if inverted { s.object(verb + 1).filter(|(_, p)| p.is_none()).map(|(o, _)| o) } else { s.subject(verb) };
            if source.is_some() {
                return Some((verb, source));
            }
        }
        let start = s.sentence(quote.tokens.start).start.min(sentence.start);
        let verb = self.reporting_in(start..quote.tokens.start).filter(|&v| !self.in_quote(quotes, v)).last()?;
        Some((verb, s.subject(verb)))
    }

    /// Indirect speech of a sentence: "S said that C", "C, S said", "according to S, C".
    fn indirect(&self, sentence: &Range<u32>, quotes: &[&Quotation], out: &mut Vec<Speech>) {
        let s = &self.syntax;
        for verb in self.reporting_in(sentence.clone()) {
            if self.in_quote(quotes, verb) || out.iter().rev().take(8).any(|p| p.cue.as_ref().is_some_and(|c| c.contains(&verb))) {
                continue;
            }
            let Some(source) = s.subject(verb) else { continue };
            if source.end > verb {
                continue;
            }
            let mut from = verb + 1;
            let that = (from..(from + 5).min(sentence.end)).find(|&t| s.word(t) == "that");
            if let Some(that) = that {
                from = that + 1;
            }
            let end = (from..sentence.end).rev().find(|&t| !matches!(s.kind(t), Some(TokenKind::Period | TokenKind::Exclamation | TokenKind::Question))).map_or(from, |t| t + 1);
            let content = if end > from + 1 {
                from..end
            } else if source.start > sentence.start + 2 && s.kind(source.start - 1) == Some(TokenKind::Comma) {
                sentence.start..source.start - 1
            } else {
                continue;
            };
            let quoted: Vec<Range<u32>> = quotes.iter().filter(|q| content.start <= q.tokens.start && q.tokens.end <= content.end).map(|q| q.inner.clone()).collect();
            let form = if quoted.is_empty() { SpeechForm::Indirect } else { SpeechForm::Mixed };
            out.push(Speech { held_by: self.holder(&source), source: Some(source), cue: Some(verb..verb + 1), content: vec![content], quoted, form });
        }
        for t in sentence.clone() {
            if s.is(t, Cat::REPORT_PHRASE.tag()) || (s.word(t).eq_ignore_ascii_case("according") && s.word(t + 1) == "to") {
                let from = if s.word(t + 1) == "to" { t + 2 } else { t + 1 };
                if let Some((source, None)) = s.object(from) {
                    let content = if t > sentence.start + 1 { sentence.start..t } else { source.end..sentence.end };
                    if content.end > content.start {
                        out.push(Speech { held_by: self.holder(&source), source: Some(source), cue: Some(t..from), content: vec![content], quoted: Vec::new(), form: SpeechForm::Indirect });
                    }
                }
            }
        }
    }
}
