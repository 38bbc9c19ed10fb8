//! One term of a foreign lexicon as the project's format says it.

use crate::lexicon::parse::Match;
use crate::segment::tokens;

/// What a source means by `*` and `?`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wildcards {
    /// They are characters.
    None,
    /// `*` is any letters, `?` a character.
    Star,
    /// `*` is any letters, `?` is one letter.
    Glob,
}

/// A term that can be written.
#[derive(Debug, PartialEq)]
pub(super) struct Term {
    pub(super) text: String,
    /// [`Match::Prefix`] where a wildcard asks for it.
    pub(super) prefix: bool,
    /// What reads otherwise than in the source.
    pub(super) changed: Option<&'static str>,
}

/// The term, or why there is none.
pub(super) fn term(raw: &str, wildcards: Wildcards, matching: Option<Match>) -> Result<Term, &'static str> {
    let spaced: String = raw.chars().map(|c| if c.is_control() || c == '\u{feff}' { ' ' } else { c }).collect();
    let mut words: Vec<&str> = spaced.split_whitespace().collect();
    if words.is_empty() {
        return Err("the term is empty");
    }
    let mut changed = None;
    let mut prefix = matching == Some(Match::Prefix);
    let last = words.len() - 1;
    for (i, word) in words.iter_mut().enumerate() {
        if *word == "~" {
            return Err("\"~\" stands for any word in this format and cannot be a term");
        }
        if wildcards == Wildcards::None || !word.contains(['*', '?']) {
            continue;
        }
        if *word == "*" && i > 0 && i < last {
            *word = "~";
            changed = Some("\"*\" for a whole word became \"~\", which also meets no word at all");
            continue;
        }
        let letters = word.contains(char::is_alphanumeric);
        if *word == "*" && last > 0 {
            return Err("a wildcard for a whole word at the edge of an expression cannot be carried over");
        }
        if wildcards == Wildcards::Glob && letters && word.contains('?') {
            return Err("the wildcard \"?\" for one letter cannot be carried over");
        }
        if !letters || !word.contains('*') {
            // An emoticon, or a question mark.
            continue;
        }
        let stem = word.trim_end_matches('*');
        if stem.contains('*') {
            return Err("a wildcard at the start of a word or inside it cannot be carried over");
        }
        if i < last {
            return Err("a wildcard inside an expression cannot be carried over: only its last word may have one");
        }
        prefix = true;
        *word = stem;
    }
    let mut text = words.join(" ").replace('’', "'");
    if prefix {
        let mut found = Vec::new();
        tokens(&text, &mut found);
        if !found.last().is_some_and(|t| t.is_word() && t.end as usize == text.len()) {
            return Err("what stands before the wildcard is no beginning of a word");
        }
    }
    if text == "#" || text.starts_with("# ") {
        return Err("a term cannot begin with \"#\" and a space: such a line is a heading");
    }
    // Case means nothing but in emoticons and for `case`.
    let wordy = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '~');
    if matching != Some(Match::Case) && text.chars().all(wordy) {
        text = text.to_lowercase();
    }
    Ok(Term { text, prefix, changed })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms() {
        use Wildcards::{Glob, None, Star};
        type Row<'r> = (&'r str, Wildcards, Result<(&'r str, bool), &'r str>);
        let rows: [Row<'_>; 20] = [
            ("Glimmer", None, Ok(("glimmer", false))),
            ("  two\t words ", None, Ok(("two words", false))),
            ("zorb*", Star, Ok(("zorb", true))),
            ("zorb*", None, Ok(("zorb*", false))),
            ("give zorb*", Glob, Ok(("give zorb", true))),
            ("zorb* up", Glob, Err("a wildcard inside an expression")),
            ("*zorb", Glob, Err("a wildcard at the start")),
            ("z*rb*", Glob, Err("a wildcard at the start")),
            ("z??b", Glob, Err("the wildcard \"?\"")),
            ("really?", Star, Ok(("really?", false))),
            ("on the * of", Glob, Ok(("on the ~ of", false))),
            ("* of", Glob, Err("a wildcard for a whole word")),
            (":-*", Star, Ok((":-*", false))),
            (":D", None, Ok((":D", false))),
            ("don’t", None, Ok(("don't", false))),
            ("zorb'*", Star, Err("what stands before")),
            ("~", None, Err("\"~\" stands for any word")),
            ("# 1", None, Err("a term cannot begin")),
            ("#zorb", None, Ok(("#zorb", false))),
            (" \u{feff}\t", None, Err("the term is empty")),
        ];
        for (raw, wildcards, want) in rows {
            let got = term(raw, wildcards, Option::None);
            match (&got, want) {
                (Ok(term), Ok((text, prefix))) => assert_eq!((term.text.as_str(), term.prefix), (text, prefix), "{raw}"),
                (Err(reason), Err(begins)) => assert!(reason.starts_with(begins), "{raw}: {reason}"),
                _ => panic!("{raw}: {got:?}"),
            }
        }
    }
}
