//! Pronouns of direct speech: "I" is who speaks, "you" to whom it is said, "he" somebody else.
//!
//! Figures and speeches in, mentions added or moved; see [`figures`](super::figures) for the links that need no speech.

use super::StanceOptions;
use super::figures::{Mention, Person, paragraph_of};
use super::names::TITLES;
use super::pronouns::{pronoun_tokens, third_person};
use super::speech::{Holder, Speech, Speeches};
use crate::document::Document;
use crate::lexicon::Cat;
use crate::report::{SpeechForm, Via};
use crate::segment::TokenKind;

/// Adds the speakers' "I" of direct speech, and the "you" of those to whom it is said.
pub(super) fn link(
    document: &Document<'_>,
    speeches: &Speeches,
    persons: &mut [Person],
    mentions: &mut Vec<Mention>,
    options: &StanceOptions,
) {
    if options.drop_links.contains(&Via::Pronoun) || persons.is_empty() {
        return;
    }
    let mut added = Vec::new();
    for speech in speeches.list.iter().filter(|s| s.form != SpeechForm::Indirect) {
        let speaker = if let Holder::Figure(figure) = speech.holder { Some(figure) } else { None };
        let addressee = speech.addressee.or_else(|| vocative(document, speech, mentions)).filter(|&a| Some(a) != speaker);
        for part in &speech.quoted {
            for t in part.clone() {
                let at = t as usize;
                let sign = third_person(document, t);
                // "This is a reckless man," said X of Y.
                let this = t == part.start && matches!(document.word(at), "This" | "That") && document.is(at + 1, Cat::BE.tag());
                let meant = [
                    addressee.filter(|_| document.is(at, Cat::PRONOUN_YOU.tag())),
                    speech.topic.filter(|&f| speaker.is_some() && (this || sign != 0 && persons[f as usize].sign * sign >= 0)),
                    speaker.filter(|_| document.is(at, Cat::PRONOUN_I.tag()) && is_singular_i(document.word(at))),
                ];
                let link = |figure| Mention {
                    tokens: pronoun_tokens(document, t),
                    figure,
                    via: Via::Pronoun,
                    paragraph: paragraph_of(document, t),
                };
                added.extend(meant.into_iter().flatten().map(link));
            }
        }
    }
    mentions.append(&mut added);
    others_in_quotations(document, speeches, persons, mentions);
    named_behind(document, speeches, persons, mentions);
    mentions.sort_by_key(|m| (m.tokens.start, m.tokens.end));
    mentions.dedup_by(|b, a| a.tokens == b.tokens);
}

/// Who is called by name in direct speech that says "you": "You lied, *Mr. X*.", "Thank you, *X*, for all".
fn vocative(document: &Document<'_>, speech: &Speech, mentions: &[Mention]) -> Option<u32> {
    let kind = |t: u32| document.tokens.get(t as usize).map(|t| t.kind);
    let called = |m: &&Mention| {
        let title = |t: u32| document.is(t as usize, TITLES) || kind(t) == Some(TokenKind::Period);
        let before = (m.tokens.start.saturating_sub(4)..m.tokens.start).rev().find(|&t| !title(t));
        let closed = matches!(
            kind(m.tokens.end),
            None | Some(TokenKind::Comma | TokenKind::Period | TokenKind::Exclamation | TokenKind::Question | TokenKind::DoubleQuote)
        );
        let named = matches!(m.via, Via::Name | Via::Alias) && speech.holder != Holder::Figure(m.figure);
        named && closed && before.is_some_and(|b| kind(b) == Some(TokenKind::Comma) && speech.quotes(b))
    };
    let you = |t: u32| document.is(t as usize, Cat::PRONOUN_YOU.tag());
    let says_you = speech.quoted.iter().any(|part| part.clone().any(you));
    let of = |t: u32| mentions.partition_point(|m| m.tokens.start < t);
    let mut parts = speech.quoted.iter().filter(|_| says_you);
    parts.find_map(|part| mentions[of(part.start)..of(part.end)].iter().find(called).map(|m| m.figure))
}

/// "He" inside a direct quotation is not its speaker: the figure named last before who can be meant, else nobody.
fn others_in_quotations(document: &Document<'_>, speeches: &Speeches, persons: &[Person], mentions: &mut Vec<Mention>) {
    mentions.sort_by_key(|m| (m.tokens.start, m.tokens.end));
    // Those who talk to each other in a transcript.
    let labelled = speeches.list.iter().filter(|s| s.is_labelled());
    let talkers: Vec<u32> = labelled.filter_map(|s| if let Holder::Figure(figure) = s.holder { Some(figure) } else { None }).collect();
    let mut dropped = vec![false; mentions.len()];
    for i in 0..mentions.len() {
        let (t, figure) = (mentions[i].tokens.start, mentions[i].figure);
        let sign = third_person(document, t);
        if mentions[i].via != Via::Pronoun || sign == 0 {
            continue;
        }
        let speech = speeches.innermost(t).filter(|s| s.quotes(t));
        let talks = |f: u32| talkers.contains(&f) && speech.is_some_and(Speech::is_labelled);
        if !speech.is_some_and(|s| s.holder == Holder::Figure(figure)) && !talks(figure) {
            continue;
        }
        let other = mentions[i.saturating_sub(OTHERS)..i].iter().rev().find(|m| {
            m.figure != figure && !talks(m.figure) && persons[m.figure as usize].sign * sign >= 0 && t - m.tokens.start < FAR_BACK
        });
        match other.map(|m| m.figure) {
            Some(other) => mentions[i].figure = other,
            None => dropped[i] = true,
        }
    }
    let mut drop = dropped.iter();
    mentions.retain(|_| !drop.next().copied().unwrap_or(false));
}

/// "\"She rebuilt it,\" said X at a dinner for *Y*": "he" and "she" of a quotation that nobody before can be meant by are the first who is named
/// behind it in its paragraph and is not the speaker.
fn named_behind(document: &Document<'_>, speeches: &Speeches, persons: &mut [Person], mentions: &mut Vec<Mention>) {
    mentions.sort_by_key(|m| (m.tokens.start, m.tokens.end));
    let mut added = Vec::new();
    for speech in speeches.list.iter().filter(|s| s.form != SpeechForm::Indirect && !s.is_labelled()) {
        let Some(last) = speech.quoted.last() else { continue };
        for t in speech.quoted.iter().flat_map(Clone::clone) {
            let sign = third_person(document, t);
            let known = mentions.get(mentions.partition_point(|m| m.tokens.end <= t)).is_some_and(|m| m.tokens.start <= t);
            if sign == 0 || known || speeches.innermost(t).is_none_or(|s| s.holder != speech.holder) {
                continue;
            }
            let paragraph = paragraph_of(document, last.start);
            let behind = &mentions[mentions.partition_point(|m| m.tokens.start < last.end)..];
            let mut behind = behind.iter().take(OTHERS).take_while(|m| m.paragraph == paragraph && m.tokens.start < last.end + FAR_BACK);
            let other = behind.find(|m| {
                let fits = persons[m.figure as usize].sign * sign >= 0;
                fits && matches!(m.via, Via::Name | Via::Alias) && speech.holder != Holder::Figure(m.figure)
            });
            if let Some(figure) = other.map(|m| m.figure) {
                if persons[figure as usize].sign == 0 {
                    persons[figure as usize].sign = sign;
                }
                added.push(Mention {
                    tokens: pronoun_tokens(document, t),
                    figure,
                    via: Via::Pronoun,
                    paragraph: paragraph_of(document, t),
                });
            }
        }
    }
    mentions.extend(added);
}

/// Mentions and tokens over which a pronoun in a quotation looks back for somebody who is not the speaker.
const OTHERS: usize = 12;
const FAR_BACK: u32 = 120;

fn is_singular_i(word: &str) -> bool {
    let head = word.split(['\'', '’']).next().unwrap_or(word);
    ["i", "me", "my", "myself", "mine"].iter().any(|w| head.eq_ignore_ascii_case(w))
}
