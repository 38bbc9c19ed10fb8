//! LIWC `.dic`: categories with numbers between two `%` lines, then terms with the numbers of their categories.
//!
//! What is found in the wild: tabs or spaces or several tabs between the columns, spaces inside terms, indented categories (LIWC2015), a
//! byte order mark, numbers with leading zeros, and two kinds of conditions (LIWC2001, LIWC2007): `<of>131/125` is "131 if `of`
//! follows, else 125", which the project's format can say; `(02 134)125/464` is "125 behind a word of category 02 or 134, else 464",
//! which it cannot.

use std::collections::HashMap;

use super::term::Wildcards;
use super::{Draft, ImportError};

const FORMAT: &str = "LIWC .dic";

pub(super) fn read(text: &str, draft: &mut Draft) -> Result<(), ImportError> {
    let broken = |line: u32, reason: &str| ImportError::Format { line, format: FORMAT, reason: reason.to_string() };
    let mut lines = (1..).zip(text.lines());
    let start = lines.by_ref().find(|(_, line)| !line.trim().is_empty());
    if start.is_none_or(|(_, line)| line.trim() != "%") {
        return Err(broken(start.map_or(1, |(line, _)| line), "the list of categories must begin with a line \"%\""));
    }
    let mut categories: HashMap<&str, usize> = HashMap::new();
    let mut closed = None;
    for (line, row) in lines.by_ref() {
        let row = row.trim();
        if row == "%" {
            closed = Some(line);
            break;
        }
        if row.is_empty() {
            continue;
        }
        match row.split_once(char::is_whitespace).map(|(id, name)| (id, name.trim())) {
            Some((id, name)) if is_id(id) => {
                let category = draft.category(&[name.to_string()]);
                if categories.insert(bare(id), category).is_some_and(|before| before != category) {
                    draft.lost(line, "", format!("category number {id} is given twice; the later name {name:?} stands for it"));
                }
            }
            _ => draft.lost(line, "", format!("{row:?} is no category: expected a number and a name")),
        }
    }
    if closed.is_none() {
        return Err(broken(1, "no second line \"%\" ends the list of categories"));
    }
    for (line, row) in lines {
        let row = row.trim();
        if row.is_empty() {
            continue;
        }
        match split(row, &categories) {
            Some((term, codes)) => codes.into_iter().for_each(|code| add(line, term, code, &categories, draft)),
            None => draft.lost(line, row, "no category numbers behind the term"),
        }
    }
    Ok(())
}

/// What stands behind a term.
enum Code<'t> {
    Plain(&'t str),
    /// Behind a word of some categories: those, then, else.
    Behind(&'t str, &'t str, Option<&'t str>),
    /// Before a word: the word, then, else.
    Before(&'t str, &'t str, Option<&'t str>),
}

impl<'t> Code<'t> {
    fn ids(&self) -> impl Iterator<Item = &'t str> {
        let (then, other) = match *self {
            Code::Plain(id) => (id, None),
            Code::Behind(_, then, other) | Code::Before(_, then, other) => (then, other),
        };
        std::iter::once(then).chain(other)
    }
}

fn add(line: u32, term: &str, code: Code<'_>, categories: &HashMap<&str, usize>, draft: &mut Draft) {
    let known = |id: &str, draft: &mut Draft| {
        let category = categories.get(bare(id)).copied();
        if category.is_none() {
            draft.lost(line, term, format!("category {id} is not in the list"));
        }
        category
    };
    match code {
        Code::Plain(id) => {
            if let Some(category) = known(id, draft) {
                draft.term(line, term, category, Wildcards::Star);
            }
        }
        Code::Behind(condition, then, other) => {
            let taken = other.map_or(String::new(), |other| format!("; category {other} is taken without it"));
            draft.lost(line, term, format!("category {then} under the condition ({condition}) cannot be carried over{taken}"));
            if let Some(category) = other.and_then(|other| known(other, draft)) {
                draft.term(line, term, category, Wildcards::Star);
            }
        }
        Code::Before(word, then, other) => {
            let longer = format!("{term} {word}");
            if let Some(category) = known(then, draft) {
                draft.term(line, &longer, category, Wildcards::Star);
            }
            if let Some(category) = other.and_then(|other| known(other, draft)) {
                draft.term(line, term, category, Wildcards::Star);
                let block = draft.term(line, &longer, category, Wildcards::Star);
                block.weight = Some(0.0);
                block.note = format!("before \"{word}\" it does not count here");
            }
        }
    }
}

/// Term and codes: at the first tab, else at the first space where all that follows are categories of the list, else numbers.
fn split<'t>(row: &'t str, categories: &HashMap<&str, usize>) -> Option<(&'t str, Vec<Code<'t>>)> {
    if let Some((term, rest)) = row.split_once('\t')
        && let Some(codes) = codes(rest)
    {
        return Some((term, codes));
    }
    let mut numbers = None;
    let mut tried = 0;
    for (at, _) in row.char_indices().filter(|(_, c)| c.is_whitespace()) {
        let (term, rest) = row.split_at(at);
        // A line of nothing but spaces and numbers must not take the square of its length.
        tried += 1;
        if tried > 64 {
            break;
        }
        let Some(codes) = codes(rest) else { continue };
        if codes.iter().flat_map(Code::ids).all(|id| categories.contains_key(bare(id))) {
            return Some((term, codes));
        }
        numbers.get_or_insert((term, codes));
    }
    numbers
}

fn codes(text: &str) -> Option<Vec<Code<'_>>> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let code;
        (code, rest) = one_code(rest)?;
        found.push(code);
        if !(rest.is_empty() || rest.starts_with(char::is_whitespace) || rest.starts_with(['(', '<'])) {
            return None;
        }
        rest = rest.trim_start();
    }
    (!found.is_empty()).then_some(found)
}

fn one_code(text: &str) -> Option<(Code<'_>, &str)> {
    let condition = |close: char| text[1..].split_once(close);
    if text.starts_with('(') {
        let (condition, rest) = condition(')')?;
        if condition.trim().is_empty() || !condition.split_whitespace().all(is_id) {
            return None;
        }
        let (then, other, rest) = then_else(rest)?;
        return Some((Code::Behind(condition, then, other), rest));
    }
    if text.starts_with('<') {
        let (word, rest) = condition('>')?;
        let (then, other, rest) = then_else(rest)?;
        return (!word.trim().is_empty()).then_some((Code::Before(word, then, other), rest));
    }
    let (id, rest) = digits(text)?;
    Some((Code::Plain(id), rest))
}

fn then_else(text: &str) -> Option<(&str, Option<&str>, &str)> {
    let (then, rest) = digits(text)?;
    match rest.strip_prefix('/') {
        Some(rest) => digits(rest).map(|(other, rest)| (then, Some(other), rest)),
        None => Some((then, None, rest)),
    }
}

fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Without leading zeros.
fn bare(id: &str) -> &str {
    let bare = id.trim_start_matches('0');
    if bare.is_empty() { "0" } else { bare }
}
