//! Scare quotes: a quotation of one to four words that is neither speech nor a title.
//!
//! News quotes fragments of speech all the time (`called the plan "a mistake"`), so that a short quotation alone says little. It counts
//! where a distancing word stands before it ("the so-called 'president'"), where the quoted words are praise, honour or an
//! office, or where the sentence around it is hostile; a reporting verb before it makes it speech, a naming word
//! ("titled", "known as") or capitals throughout make it a title.

use std::ops::Range;

use crate::document::Document;
use crate::lexicon::Cat;
use crate::scorers::combine::Cue;
use crate::scorers::sentence::Sentence;
use crate::segment::{Marks, Quotation, TokenKind};

pub(super) const FAMILY: &str = "sarcasm.scare_quotes";
/// Longest scare quote in words.
const WORDS: usize = 4;
/// And in tokens: punctuation is all that the rest can be.
const TOKENS: u32 = 24;

/// Strength of a short quotation alone (news quotes a word or two in every tenth sentence), of one behind a distancing word, of quoted
/// praise, of a quoted office or honour.
const ALONE: f32 = 0.1;
const DISTANCED: f32 = 0.7;
/// The same behind a weak one ("billed as", "calls himself"), and the weight from which it is strong.
const WEAKLY_DISTANCED: f32 = 0.4;
const DISTANCING: f32 = 0.45;
const PRAISE: f32 = 0.3;
const OFFICE: f32 = 0.35;
/// Added where praise or office stands inside a noun phrase: `a "great" president`, `the 'president' of`.
const LABEL: f32 = 0.22;
/// Added where the sentence around is hostile.
const HOSTILE: f32 = 0.12;
/// How much more negative than positive sentiment makes it so.
const MARGIN: f32 = 0.3;
/// Positive sentiment that is praise.
const POSITIVE: f32 = 0.4;
/// Tokens before the quotation in which a reporting word makes it somebody's.
const SAID: u32 = 16;
/// Praise that somebody is quoted with keeps this share.
const SAID_SHARE: f32 = 0.6;
/// A second scare quote in one sentence counts this much: lists of quoted words are reports.
const SECOND: f32 = 0.4;
/// Tokens before the quotation in which a distancing word counts.
const REACH: u32 = 4;

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

pub(super) fn cues(sentence: &Sentence<'_>, out: &mut Vec<Cue>) {
    if !sentence.has_kind(TokenKind::DoubleQuote) && !sentence.has_kind(TokenKind::SingleQuote) {
        return;
    }
    let document = sentence.document;
    let from = document.quotes.partition_point(|q| q.tokens.start < sentence.tokens.start);
    let mut strongest = 0.0f32;
    for quote in document.quotes[from..].iter().take_while(|q| q.tokens.start < sentence.tokens.end) {
        if is_scare_quote(document, quote) {
            let strength = strength(sentence, quote);
            let share = if strength > strongest { 1.0 - strongest } else { SECOND };
            strongest = strongest.max(strength);
            out.push(sentence.rule_cue(FAMILY, quote.tokens.clone(), strength * share));
        }
    }
}

fn strength(sentence: &Sentence<'_>, quote: &Quotation) -> f32 {
    let document = sentence.document;
    let distanced = distancing(document, quote);
    let said = is_said(sentence, quote);
    let (minus, plus) = sentence.sentiment(quote.inner.clone());
    let office = sentence.has(quote.inner.clone(), Cat::OFFICE.tag() | Cat::HONOUR.tag());
    let label = !said && is_label(document, quote, office);
    let strength = if distanced > 0.0 && !document.has(quote.inner.start as usize, Marks::SHOUTED) {
        if distanced >= DISTANCING { DISTANCED } else { WEAKLY_DISTANCED }
    } else if office {
        OFFICE + if label { LABEL } else { 0.0 }
    } else if plus >= POSITIVE && minus == 0.0 {
        (PRAISE + if label { LABEL } else { 0.0 }) * if said { SAID_SHARE } else { 1.0 }
    } else {
        ALONE
    };
    let hostile = sentence.minus - minus > sentence.plus - plus + MARGIN;
    strength + if hostile { HOSTILE } else { 0.0 }
}

/// A reporting word before it in the sentence.
fn is_said(sentence: &Sentence<'_>, quote: &Quotation) -> bool {
    sentence.has(quote.tokens.start.saturating_sub(SAID)..quote.tokens.start, REPORTING)
}

/// One or two words with a determiner before and a word behind (for an office also "of"): part of the author's own noun phrase.
fn is_label(document: &Document<'_>, quote: &Quotation, office: bool) -> bool {
    if quote.inner.end - quote.inner.start > 2 {
        return false;
    }
    let before = quote.tokens.start.checked_sub(1).map(|t| t as usize);
    before.is_some_and(|b| document.is(b, Cat::DETERMINER.tag() | Cat::POSSESSIVE.tag()))
        && document.tokens.get(quote.tokens.end as usize).is_some_and(|t| t.is_lexical())
        && !document.is(quote.tokens.end as usize, Cat::COORDINATOR.tag() | Cat::SUBORDINATOR.tag() | Cat::RELATIVE.tag())
        && (office
            || !document.is(quote.tokens.end as usize, Cat::PREPOSITION.tag() | Cat::BE.tag() | Cat::HAVE.tag() | Cat::AUXILIARY.tag()))
}

/// Weight of "so-called", "self-styled" right before it, 0 without one. Hits, not tags: most such terms are of two words.
fn distancing(document: &Document<'_>, quote: &Quotation) -> f32 {
    let start = quote.tokens.start;
    let from = document.hits.partition_point(|h| h.start < start.saturating_sub(REACH));
    let before = document.hits[from..].iter().take_while(|h| h.start < start);
    let found = before.filter(|h| h.cat == Cat::DISTANCING && h.end <= start && start - h.end <= 1);
    found.map(|h| h.weight).fold(0.0, f32::max)
}

/// Whether a quotation is a scare quote rather than speech or a title.
pub(crate) fn is_scare_quote(document: &Document<'_>, quote: &Quotation) -> bool {
    if !quote.closed || quote.inner.end - quote.inner.start > TOKENS {
        return false;
    }
    let words = count_words(document, quote.inner.clone());
    if words == 0 || words > WORDS {
        return false;
    }
    let last = quote.inner.end.saturating_sub(1) as usize;
    if distancing(document, quote) >= DISTANCING {
        return true;
    }
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
