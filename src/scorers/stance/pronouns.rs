//! He, she and their forms: mentions by name and title in, those by pronoun added.
//!
//! A pronoun joins the latest compatible mention, subjects first, and not the one whose verb it is the object of.

use std::ops::Range;

use super::figures::{Mention, Person, paragraph_of};
use super::names::{REPORTING, TITLES};
use crate::document::Document;
use crate::lexicon::Cat;
use crate::report::Via;
use crate::segment::{Marks, TokenKind};

/// Adds the mentions by pronoun. The result is in order of the text.
pub(super) fn link(document: &Document<'_>, persons: &mut [Person], mentions: &mut Vec<Mention>) {
    let mut added: Vec<Mention> = Vec::new();
    let mut next = 0;
    // The figures in focus: (figure, sentence, weight of the place), the latest last.
    let mut focus: Vec<(u32, usize, f32, bool)> = Vec::new();
    let quoted = quoted_tokens(document);
    for (number, sentence) in document.sentences.iter().enumerate() {
        let in_sentence = mentions[next..].iter().take_while(|m| m.tokens.start < sentence.end).count();
        let here = &mentions[next..next + in_sentence];
        let mut seen = 0;
        for t in sentence.start..sentence.end {
            while seen < here.len() && here[seen].tokens.start <= t {
                let at = here[seen].tokens.start as usize;
                let place = prominence(document, &here[seen].tokens, sentence);
                focus.push((here[seen].figure, number, place, quoted[at]));
                if focus.len() > 32 {
                    focus.remove(0);
                }
                seen += 1;
            }
            let sign = third_person(document, t);
            if sign == 0 {
                continue;
            }
            // "X called her a liar", "he called him one": they are two.
            let subject = here[..seen].last().filter(|m| prominence(document, &m.tokens, sentence) > 0.0);
            let pronoun = added.last().filter(|m| is_nominative(document.word(m.tokens.start as usize)));
            let barred = subject.into_iter().chain(pronoun).find(|m| is_object_of(document, t, m.tokens.end)).map(|m| m.figure);
            let fits = |figure: u32| persons[figure as usize].sign * sign >= 0 && barred != Some(figure);
            let nominative = is_nominative(document.word(t as usize));
            let best = focus
                .iter()
                .enumerate()
                .filter(|(_, (figure, at, ..))| number - at <= 3 && fits(*figure))
                .max_by(|a, b| {
                    let rank = |(i, (figure, at, place, said)): &(usize, &(u32, usize, f32, bool))| {
                        let distance = (number - at) as f32;
                        let known = f32::from(u8::from(persons[*figure as usize].sign != 0)) * 0.8;
                        let place = place * if nominative { 1.2 } else { 0.7 };
                        // Whom a quotation speaks of is rarely the "he" who says it.
                        let place = place - if *said && !quoted[t as usize] { 1.6 } else { 0.0 };
                        known + place - 0.9 * distance + 0.02 * *i as f32
                    };
                    rank(a).total_cmp(&rank(b))
                })
                .map(|(_, &(figure, ..))| figure);
            let Some(figure) = best else { continue };
            if persons[figure as usize].sign == 0 {
                persons[figure as usize].sign = sign;
            }
            added.push(Mention { tokens: pronoun_tokens(document, t), figure, via: Via::Pronoun, paragraph: paragraph_of(document, t) });
            focus.push((figure, number, f32::from(u8::from(nominative)), quoted[t as usize]));
            if focus.len() > 32 {
                focus.remove(0);
            }
        }
        next += in_sentence;
    }
    mentions.extend(added);
    mentions.sort_by_key(|m| m.tokens.start);
}

/// 1 for "he" and its forms and for "that man" in a quotation, -1 for "she" and "this woman", 0 for all else.
pub(super) fn third_person(document: &Document<'_>, t: u32) -> i8 {
    let at = t as usize;
    if document.is(at, Cat::DETERMINER.tag() | Cat::RELATIVE.tag()) && matches!(document.word(at), "this" | "that" | "This" | "That") {
        let sign = match document.word(at + 1) {
            "man" | "boy" | "guy" | "fellow" | "gentleman" | "lad" | "bloke" => 1,
            "woman" | "girl" | "lady" => -1,
            _ => return 0,
        };
        let quotes = &document.quotes[..document.quotes.partition_point(|q| q.inner.start <= t)];
        return if quotes.iter().rev().take(4).any(|q| q.inner.contains(&t)) { sign } else { 0 };
    }
    i8::from(document.is(at, Cat::PRONOUN_HE.tag())) - i8::from(document.is(at, Cat::PRONOUN_SHE.tag()))
}

/// The tokens of a pronoun, or of "that man".
pub(super) fn pronoun_tokens(document: &Document<'_>, t: u32) -> Range<u32> {
    let pointed = !document.is(t as usize, Cat::PRONOUN_HE.tag() | Cat::PRONOUN_SHE.tag() | Cat::PRONOUN_I.tag());
    let noun = third_person(document, t) != 0 && pointed;
    t..t + 1 + u32::from(noun)
}

/// "He", "she" and their short forms.
fn is_nominative(word: &str) -> bool {
    ["he", "she", "he'd", "she'd", "he'll", "she'll"].iter().any(|w| word.eq_ignore_ascii_case(w))
}

/// Whether "him" or "her" is the object of the verb whose subject ends at `from`: nothing but verbs, adverbs and commas stands between them.
fn is_object_of(document: &Document<'_>, t: u32, from: u32) -> bool {
    let word = document.word(t as usize);
    let next = document.tokens.get(t as usize + 1);
    // "her mother", but not "her to", "her again"
    let ends = Cat::PREPOSITION.tag() | Cat::COORDINATOR.tag() | Cat::SUBORDINATOR.tag() | Cat::DETERMINER.tag() | Cat::NEGATOR.tag();
    let objective = word == "him" || word == "her" && next.is_none_or(|n| !n.is_word() || document.is(t as usize + 1, ends));
    let verbs = Cat::VERB.tag() | REPORTING | Cat::AUXILIARY.tag() | Cat::HAVE.tag() | Cat::DO.tag() | Cat::NEGATOR.tag();
    let passes = |b: u32| {
        let ly = document.word(b as usize).ends_with("ly");
        document.tokens[b as usize].kind == TokenKind::Comma || ly || document.is(b as usize, verbs) && document.word(b as usize) != "to"
    };
    // "X, who is 81, cannot stand him"
    let comma = |b: &u32| document.tokens[*b as usize].kind == TokenKind::Comma;
    let relative = from + 1 < t && comma(&from) && document.is(from as usize + 1, Cat::RELATIVE.tag());
    let from = if relative { (from + 1..t).find(comma).map_or(from, |c| c + 1) } else { from };
    objective
        && from < t
        && t - from <= 4
        && (from..t).all(passes)
        && (from..t).any(|b| document.is(b as usize, Cat::VERB.tag() | REPORTING))
}

/// Which tokens stand inside quotations of five tokens and more.
fn quoted_tokens(document: &Document<'_>) -> Vec<bool> {
    let mut quoted = vec![false; document.tokens.len()];
    for quote in document.quotes.iter().filter(|q| q.depth == 0 && q.inner.end - q.inner.start >= 5) {
        quoted[quote.inner.start as usize..quote.inner.end as usize].fill(true);
    }
    quoted
}

/// How likely a mention is what its sentence is about: 1 where no preposition, verb or possessive holds it, some where it owns what
/// heads the sentence ("Smith's appeal against Jones").
fn prominence(document: &Document<'_>, tokens: &Range<u32>, sentence: &Range<u32>) -> f32 {
    let title = |t: u32| document.is(t as usize, TITLES | Cat::DETERMINER.tag()) || document.tokens[t as usize].kind == TokenKind::Period;
    let before = (sentence.start..tokens.start).rev().find(|&t| !title(t));
    if before.is_some_and(|b| document.is(b as usize, Cat::PREPOSITION.tag() | Cat::VERB.tag() | REPORTING)) {
        return 0.0;
    }
    match document.has(tokens.end as usize - 1, Marks::POSSESSIVE) {
        false => 1.0,
        true if tokens.start <= sentence.start + 2 => 0.5,
        true => 0.0,
    }
}
