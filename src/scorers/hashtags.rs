//! Words inside hashtags: `#NotMyPresident` is "not my president", `#epicfail` is "epic fail".
//!
//! A tag with capitals, underscores or digits inside is cut there. One in a single case is cut into the fewest words that the lexicons
//! know; each has four letters or more, but for a few function words, so that chance finds ("therapist") stay rare.

use crate::document::Document;
use crate::lexicon::{Cat, Hit};

/// Letters of the longest hashtag that is cut.
const LONGEST: usize = 48;
/// Letters of the shortest word, besides function words, that a tag in a single case is cut into.
const SHORTEST: usize = 4;
/// Function words that a tag may hold behind its first word, and with [`OPENERS`] as its first.
const LINKS: u128 = Cat::POSSESSIVE.tag() | Cat::BE.tag() | Cat::PREPOSITION.tag() | Cat::INTENSIFIER.tag() | OPENERS;
/// Function words that a tag may begin with.
const OPENERS: u128 = Cat::NEGATOR.tag() | Cat::POSSESSIVE.tag() | Cat::INTENSIFIER.tag();

/// The sentiment terms inside a hashtag, and whether a negator stands before each.
pub(crate) fn terms(document: &Document<'_>, token: u32) -> Vec<(Hit, bool)> {
    let Some(body) = document.word(token as usize).strip_prefix(['#', '＃']) else { return Vec::new() };
    if body.len() > LONGEST || !body.is_ascii() {
        return Vec::new();
    }
    let mut negated = false;
    let mut found = Vec::new();
    let mut words = by_case(body);
    if let [word] = words[..] {
        let lexeme = document.table.analyse(word, true);
        if lexeme.is_unknown() {
            words = by_lexicon(document, word);
        }
    }
    for word in words {
        let lexeme = document.table.analyse(word, true);
        negated ^= lexeme.tags() & Cat::NEGATOR.tag() != 0;
        if let Some((entry, weight)) = lexeme.one_word(Cat::SENTIMENT) {
            found.push((Hit { start: token, end: token + 1, entry, cat: Cat::SENTIMENT, weight }, negated));
        }
    }
    found
}

/// Cuts before a capital that follows a small letter or begins a word behind capitals, at underscores and at digits.
fn by_case(body: &str) -> Vec<&str> {
    let bytes = body.as_bytes();
    let mut words = Vec::new();
    let mut from = 0;
    for i in 1..=bytes.len() {
        let cut = i == bytes.len() || {
            let (before, here) = (bytes[i - 1], bytes[i]);
            before == b'_'
                || here == b'_'
                || before.is_ascii_digit() != here.is_ascii_digit()
                || (before.is_ascii_lowercase() && here.is_ascii_uppercase())
                || (before.is_ascii_uppercase() && here.is_ascii_uppercase() && bytes.get(i + 1).is_some_and(u8::is_ascii_lowercase))
        };
        if cut {
            if bytes[from].is_ascii_alphabetic() {
                words.push(&body[from..i]);
            }
            from = i;
        }
    }
    words
}

/// Cuts a word into the fewest known ones; nothing if there is no such cut.
fn by_lexicon<'w>(document: &Document<'_>, word: &'w str) -> Vec<&'w str> {
    let end = word.len();
    // For each place, the number of words up to it and where the last of them begins.
    let mut best: Vec<Option<(u32, usize)>> = vec![None; end + 1];
    best[0] = Some((0, 0));
    for from in 0..end {
        let Some((count, _)) = best[from] else { continue };
        for to in from + 2..=end {
            if best[to].is_some_and(|(c, _)| c <= count + 1) {
                continue;
            }
            let part = &word[from..to];
            let lexeme = document.table.analyse(part, true);
            let links = if from == 0 { OPENERS } else { LINKS };
            if lexeme.tags() & links != 0 || (part.len() >= SHORTEST && !lexeme.is_unknown()) {
                best[to] = Some((count + 1, from));
            }
        }
    }
    let mut words = Vec::new();
    let mut at = end;
    while let Some((_, from)) = best[at].filter(|_| at > 0) {
        words.push(&word[from..at]);
        at = from;
    }
    words.reverse();
    if at == 0 { words } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_by_case() {
        let rows: &[(&str, &[&str])] = &[
            ("NotMyPresident", &["Not", "My", "President"]),
            ("epicfail", &["epicfail"]),
            ("COVIDIsOver", &["COVID", "Is", "Over"]),
            ("stop_the_war2022", &["stop", "the", "war"]),
            ("SAD", &["SAD"]),
            ("", &[]),
        ];
        for (body, want) in rows {
            assert_eq!(&by_case(body), want, "{body}");
        }
    }
}
