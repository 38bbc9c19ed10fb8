//! Sentences: tokens in, token ranges out, by rules for English news.
//!
//! UAX #29 ends a sentence after "Mr." and "U.S."; here a period ends one unless the word before it is an abbreviation that
//! cannot end a sentence, an initial, or the next word goes on in lower case.

use std::ops::Range;

use super::{Marks, Token, TokenKind};

/// What kind of abbreviation a word before a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abbreviation {
    /// None.
    None,
    /// "Mr", "vs": a sentence practically never ends here.
    Inner,
    /// "U.S", "Inc", "a.m": a sentence ends here if what follows looks like the start of one.
    Final,
}

/// Cuts the tokens of one paragraph into sentences, appended to `out` as token ranges that cover the paragraph.
///
/// `offset` is added to the ranges; `abbreviation` tells of a token (by its number in `tokens`) what it is before a period.
pub fn sentences(tokens: &[Token], text: &str, offset: u32, abbreviation: impl Fn(usize) -> Abbreviation, out: &mut Vec<Range<u32>>) {
    let mut start = 0;
    let mut i = 0;
    while i < tokens.len() {
        if !matches!(tokens[i].kind, TokenKind::Period | TokenKind::Question | TokenKind::Exclamation | TokenKind::Ellipsis) {
            i += 1;
            continue;
        }
        let mark = i;
        // The whole run of marks, closing quotes and brackets, and emoji that are attached to it.
        let mut end = i + 1;
        while end < tokens.len()
            && match tokens[end].kind {
                TokenKind::Period | TokenKind::Question | TokenKind::Exclamation | TokenKind::Ellipsis | TokenKind::Close => true,
                TokenKind::DoubleQuote | TokenKind::SingleQuote => closes(tokens, end, text),
                TokenKind::Emoji | TokenKind::Emoticon => true,
                _ => false,
            }
        {
            end += 1;
        }
        if end < tokens.len() && ends_here(tokens, text, mark, end, &abbreviation) {
            out.push(offset + start as u32..offset + end as u32);
            start = end;
        }
        i = end;
    }
    if start < tokens.len() {
        out.push(offset + start as u32..offset + tokens.len() as u32);
    }
}

/// A quotation mark that touches what is before it, and not what is behind it.
fn closes(tokens: &[Token], at: usize, text: &str) -> bool {
    match tokens[at].text(text) {
        "”" | "’" | "»" | "›" | "''" => true,
        "“" | "‘" | "„" | "«" | "``" => false,
        _ => !tokens[at].has(Marks::SPACE_BEFORE),
    }
}

fn ends_here(tokens: &[Token], text: &str, mark: usize, end: usize, abbreviation: &impl Fn(usize) -> Abbreviation) -> bool {
    let next = &tokens[end];
    // Behind a closed quotation or bracket even a missing space ends the sentence; "3.5" and "a.b" do not.
    if !next.has(Marks::SPACE_BEFORE) && end == mark + 1 && !matches!(next.kind, TokenKind::DoubleQuote) {
        return false;
    }
    let opens = match next.kind {
        TokenKind::Word => {
            next.has(Marks::CAPITAL) || (next.has(Marks::NON_ASCII) && !next.text(text).chars().next().is_some_and(char::is_lowercase))
        }
        TokenKind::Comma | TokenKind::Semicolon | TokenKind::Colon | TokenKind::Dash | TokenKind::Hyphen | TokenKind::Close => false,
        _ => true,
    };
    match tokens[mark].kind {
        TokenKind::Question | TokenKind::Exclamation => opens,
        TokenKind::Ellipsis => opens && next.has(Marks::SPACE_BEFORE),
        _ => {
            if !opens {
                return false;
            }
            let Some(before) = mark.checked_sub(1) else { return true };
            if tokens[mark].has(Marks::SPACE_BEFORE) || tokens[before].kind != TokenKind::Word || end > mark + 1 {
                return true;
            }
            match abbreviation(before) {
                Abbreviation::Inner => false,
                Abbreviation::Final => starts_a_sentence(tokens, text, before, end),
                // An initial: "J. K. Rowling", "George W. Bush".
                Abbreviation::None => {
                    let word = tokens[before].text(text);
                    let initial = word.len() == 1 && tokens[before].has(Marks::CAPITAL) && word != "I";
                    !(initial && next.kind == TokenKind::Word)
                }
            }
        }
    }
}

/// Behind "U.S." or "Inc.": a capitalised function word or a quotation starts a sentence, another name goes on with this one.
fn starts_a_sentence(tokens: &[Token], text: &str, before: usize, next: usize) -> bool {
    const STARTERS: [&str; 46] = [
        "The",
        "A",
        "An",
        "He",
        "She",
        "It",
        "They",
        "We",
        "I",
        "You",
        "In",
        "On",
        "At",
        "But",
        "And",
        "This",
        "That",
        "These",
        "Those",
        "There",
        "His",
        "Her",
        "Their",
        "Its",
        "Our",
        "My",
        "If",
        "When",
        "While",
        "As",
        "After",
        "Before",
        "For",
        "However",
        "Meanwhile",
        "So",
        "Yet",
        "What",
        "Who",
        "Why",
        "How",
        "No",
        "Not",
        "Some",
        "Most",
        "Many",
    ];
    match tokens[next].kind {
        TokenKind::Word => {
            let word = tokens[next].text(text);
            STARTERS.contains(&word) || (tokens[before].text(text).ends_with(".m") && tokens[next].has(Marks::CAPITAL))
        }
        TokenKind::Number => false,
        _ => true,
    }
}
