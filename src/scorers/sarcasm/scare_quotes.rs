//! Scare quotes: a quotation of one to four words that is neither speech nor a title.
//!
//! News quotes fragments of speech all the time (`called the plan "a mistake"`), so that a short quotation alone says little. It counts
//! where a distancing word stands before it ("the so-called 'president'"), where the quoted words are praise, honour or an
//! office, or where the sentence around it is hostile; a reporting verb before it makes it speech, a naming word
//! ("titled", "known as") or capitals throughout make it a title.

use std::ops::Range;

use super::Scene;
use crate::document::Document;
use crate::lexicon::Cat;
use crate::scorers::combine::Cue;
use crate::segment::{Marks, Quotation, TokenKind};

const FAMILY: &str = "sarcasm.scare_quotes";
/// Longest scare quote in words.
const WORDS: usize = 4;

/// Strength of a short quotation alone, of one behind a distancing word, of quoted praise, of a quoted office or honour.
const ALONE: f32 = 0.12;
const DISTANCED: f32 = 0.75;
const PRAISE: f32 = 0.42;
const OFFICE: f32 = 0.5;
/// Added where the sentence around is hostile.
const HOSTILE: f32 = 0.12;

const REPORTING: u128 = Cat::REPORT_NEUTRAL.tag()
    | Cat::REPORT_ASSERTIVE.tag()
    | Cat::REPORT_FACTIVE.tag()
    | Cat::REPORT_DENIAL.tag()
    | Cat::REPORT_HEDGE.tag()
    | Cat::REPORT_ATTITUDE.tag()
    | Cat::REPORT_SARCASTIC.tag()
    | Cat::REPORT_THOUGHT.tag()
    | Cat::REPORT_MANNER.tag()
    | Cat::REPORT_PHRASE.tag();

pub(super) fn cues(scene: &Scene<'_>, out: &mut Vec<Cue>) {
    let document = scene.document;
    let from = document.quotes.partition_point(|q| q.tokens.start < scene.paragraph.tokens.start);
    for quote in document.quotes[from..].iter().take_while(|q| q.tokens.start < scene.paragraph.tokens.end) {
        if !is_scare_quote(document, quote) {
            continue;
        }
        let before = quote.tokens.start.saturating_sub(3).max(scene.paragraph.tokens.start)..quote.tokens.start;
        let distanced = scene.has(before, Cat::DISTANCING.tag()) && !document.tokens[quote.inner.start as usize].has(Marks::SHOUTED);
        let (minus, plus) = scene.sentiment(quote.inner.clone());
        let office = scene.has(quote.inner.clone(), Cat::OFFICE.tag() | Cat::HONOUR.tag());
        let mut strength = if distanced {
            DISTANCED
        } else if office {
            OFFICE
        } else if plus >= 0.4 && minus == 0.0 {
            PRAISE
        } else {
            ALONE
        };
        let (around_minus, around_plus) = scene.sentiment(scene.sentence(quote.tokens.start));
        if around_minus - minus > around_plus - plus + 0.3 {
            strength += HOSTILE;
        }
        out.push(scene.rule_cue(FAMILY, quote.tokens.clone(), strength));
    }
}

/// Whether a quotation is a scare quote rather than speech or a title.
pub(crate) fn is_scare_quote(document: &Document<'_>, quote: &Quotation) -> bool {
    let words = count_words(document, quote.inner.clone());
    if words == 0 || words > WORDS || !quote.closed {
        return false;
    }
    let last = quote.inner.end.saturating_sub(1) as usize;
    // Punctuation inside the marks ends speech, not a label.
    if matches!(document.tokens[last].kind, TokenKind::Comma | TokenKind::Question | TokenKind::Exclamation | TokenKind::Ellipsis) {
        return false;
    }
    let first_person = Cat::PRONOUN_I.tag() | Cat::PRONOUN_YOU.tag();
    if quote.inner.clone().any(|t| document.is(t as usize, first_person | Cat::BE.tag() | Cat::AUXILIARY.tag())) {
        return false;
    }
    let start = quote.tokens.start as usize;
    let before = start.checked_sub(1);
    if before.is_some_and(|b| matches!(document.tokens[b].kind, TokenKind::Colon | TokenKind::Comma)) {
        return false;
    }
    let window = start.saturating_sub(3)..start;
    if window.clone().any(|t| document.is(t, Cat::TITLE_CONTEXT.tag())) {
        return false;
    }
    // "said it was 'unacceptable'": a reporting verb in the clause makes it speech, unless a determiner sets the label off.
    let labelled = before.is_some_and(|b| document.is(b, Cat::DETERMINER.tag() | Cat::DISTANCING.tag()));
    let clause = document.clauses[start];
    let reported = (start.saturating_sub(6)..start).any(|t| document.clauses[t] == clause && document.is(t, REPORTING));
    if reported && !labelled {
        return false;
    }
    // Capitals throughout: a title or a name, unless it is a mocked honour.
    let capitals = quote.inner.clone().all(|t| {
        let token = &document.tokens[t as usize];
        !token.is_word() || token.has(Marks::CAPITAL) || document.is(t as usize, Cat::PREPOSITION.tag() | Cat::DETERMINER.tag())
    });
    let honour = quote.inner.clone().any(|t| document.is(t as usize, Cat::HONOUR.tag() | Cat::OFFICE.tag()));
    !capitals || honour
}

fn count_words(document: &Document<'_>, tokens: Range<u32>) -> usize {
    tokens.into_iter().filter(|&t| document.tokens[t as usize].is_lexical()).count()
}
