//! Quotations that no cue took: whose they are is told by the colon, the speech or the deed before them, or nobody knows.

use std::ops::Range;

use super::{Finder, Holder, NEAR, Reporting};
use crate::lexicon::Cat;
use crate::scorers::stance::names::TITLES;
use crate::segment::{Marks, Quotation, TokenKind};

/// Longest sentence, in tokens, whose subject a quotation right behind it is taken to be from.
const REACH_OF_ACTION: u32 = 32;

impl Finder<'_> {
    /// A quotation that no cue took.
    pub(super) fn floating(&mut self, quote: &Quotation, last: Option<usize>) {
        if quote.inner.is_empty() || self.covered[quote.inner.start as usize] || self.is_scare(quote) {
            return;
        }
        let whole_sentence = self.syntax.sentence(quote.tokens.start).start == quote.tokens.start;
        // "\"Q,\" said S, who ..., \"and Q\"": the sentence has its speaker.
        let split = |i: usize| {
            let cue = self.out[i].cue.as_ref();
            let same = cue.is_some_and(|c| self.syntax.sentence(c.start) == self.syntax.sentence(quote.tokens.start));
            same && self.syntax.kind(quote.tokens.start.saturating_sub(1)) == Some(TokenKind::Comma)
                && self.out[i].content.first().is_some_and(|c| self.out[i].cue.as_ref().is_some_and(|cue| c.end <= cue.start))
        };
        if let Some(last) = last.filter(|&i| whole_sentence || quote.continues || split(i)) {
            let previous = &mut self.out[last];
            previous.content.push(quote.tokens.clone());
            previous.quoted.push(quote.inner.clone());
            self.covered[quote.tokens.start as usize..quote.tokens.end as usize].fill(true);
            return;
        }
        if let Some((source, cue)) = self.announced(quote.tokens.start) {
            self.add(Some(source), cue, vec![quote.tokens.clone()], &[quote]);
            return;
        }
        let actor =
            if whole_sentence { self.speaker_before(quote.tokens.start).or_else(|| self.actor_before(quote.tokens.start)) } else { None };
        self.add(actor, None, vec![quote.tokens.clone()], &[quote]);
    }

    /// "*X* continued:" at the end of the paragraph before, or of the sentence before: who is announced, and by which word.
    pub(super) fn announced(&self, quote: u32) -> Option<(Range<u32>, Option<Reporting>)> {
        let s = &self.syntax;
        let colon = quote.checked_sub(1).filter(|&c| s.kind(c) == Some(TokenKind::Colon) && !self.covered[c as usize])?;
        let sentence = s.sentence(colon);
        let from = self.cues.partition_point(|c| c.start < sentence.start);
        let to = self.cues.partition_point(|c| c.start < colon);
        let verb = self.cues[from..to]
            .iter()
            .rev()
            .find(|c| !matches!(c.cat, Cat::REPORT_NOUN | Cat::REPORT_PHRASE) && !self.covered[c.start as usize] && s.is_verb(c.start));
        if let Some(cue) = verb {
            let source = s.subject(cue.start).filter(|r| r.end <= cue.start)?;
            let speaks = self.syntax.can_speak(&source);
            return speaks.then_some((source, Some((cue.start..cue.end, Some(cue.cat)))));
        }
        // "X called them on it:"
        let name = (sentence.start..colon).find(|&t| s.mention(t).is_some())?;
        let subject = (sentence.start..name).all(|t| s.is(t, TITLES | Cat::DETERMINER.tag()) || s.is_adverb(t));
        let name = s.whole_mention(name);
        (subject && !s.has(name.end - 1, Marks::POSSESSIVE)).then_some((name, None))
    }

    /// "*X* said that C. \"Q\"": the source of the only indirect speech of the sentence before, in the same paragraph, if it is a name.
    pub(super) fn speaker_before(&self, quote: u32) -> Option<Range<u32>> {
        let s = &self.syntax;
        let before = s.sentence(quote.checked_sub(1)?);
        self.follows(before.start, quote).filter(|_| before.end <= quote)?;
        let recent = self.out.iter().rev().take(NEAR as usize);
        let mut sources = recent
            .filter(|o| o.cue.as_ref().is_some_and(|c| before.contains(&c.start)))
            .filter(|o| !matches!(o.class, None | Some(Cat::REPORT_NOUN | Cat::REPORT_PHRASE)));
        let speech = sources.next().filter(|_| sources.next().is_none())?;
        let named = matches!(speech.holder, Holder::Figure(_));
        speech.source.clone().filter(|_| named)
    }

    /// Whether a quotation is in the paragraph of the token before it (`Some(true)`), or opens the next one (`Some(false)`).
    fn follows(&self, before: u32, quote: u32) -> Option<bool> {
        let paragraph = |t: u32| self.document.paragraphs.partition_point(|p| p.tokens.end <= t);
        let own = paragraph(quote);
        let opens = || self.document.paragraphs.get(own).is_some_and(|p| p.tokens.start == quote);
        match own - paragraph(before) {
            0 => Some(true),
            1 => opens().then_some(false),
            _ => None,
        }
    }

    /// "*X* shook her head. \"Q\"": the only person of the sentence before, who is its subject, in the same paragraph.
    pub(super) fn actor_before(&self, quote: u32) -> Option<Range<u32>> {
        let s = &self.syntax;
        let before = quote.checked_sub(1)?;
        let sentence = s.sentence(before);
        let reach = if self.follows(before, quote)? { REACH_OF_ACTION } else { 2 * REACH_OF_ACTION };
        if sentence.end > quote || sentence.end - sentence.start > reach {
            return None;
        }
        // Others may stand there if it is they of whom the quotation speaks.
        let spoken_of = |figure: u32| {
            let from = self.mentions.partition_point(|m| m.tokens.start < quote);
            let end = s.sentence(quote).end;
            // "She" may be the other one.
            let person = Cat::PRONOUN_HE.tag() | Cat::PRONOUN_SHE.tag();
            self.mentions[from..].iter().take_while(|m| m.tokens.start < end).any(|m| m.figure == figure || s.is(m.tokens.start, person))
        };
        let mut found: Option<u32> = None;
        for t in sentence.clone() {
            // What he says there is told already; whom he congratulates on what is not all that he has to say.
            let own = self.out.iter().rev().take(NEAR as usize).any(|o| {
                let name = o.source.as_ref().and_then(|source| s.mention(source.end - 1));
                o.class == Some(Cat::REPORT_ATTITUDE) && name.is_some() && name == found && o.content.iter().any(|c| c.contains(&t))
            });
            if self.covered[t as usize] && !own {
                return None;
            }
            if let Some(m) = s.mention(t) {
                let (first, figure) = (found.map(|f| self.mentions[f as usize].figure), self.mentions[m as usize].figure);
                if first.is_some_and(|first| first != figure && !spoken_of(figure)) {
                    return None;
                }
                found = found.or(Some(m));
            }
        }
        let name = self.mentions[found? as usize].tokens.clone();
        // "*Shop steward* X", "*Then* X", "*By evening* the prosecutor X"
        let plain = |t: u32| s.is(t, TITLES | Cat::DETERMINER.tag()) || s.is_adverb(t);
        let from = self.titled(name.start, &sentence);
        let time = Cat::CALENDAR.tag() | Cat::TIME_NOW.tag() | Cat::TIME_PAST.tag();
        let leads_in = s.is(sentence.start, Cat::PREPOSITION.tag())
            && from - sentence.start <= 3
            && from > sentence.start
            && (s.is(from - 1, time) || matches!(s.word(from - 1), "evening" | "morning" | "night" | "noon" | "midnight" | "afternoon"));
        let subject = from == sentence.start || leads_in || (sentence.start..name.start).all(plain);
        (subject && !s.has(name.end - 1, Marks::POSSESSIVE) && !s.is(name.start, Cat::POSSESSIVE.tag())).then_some(name)
    }
}
