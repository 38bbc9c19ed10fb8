//! Plain lines: WordStat's indented outline and Lexicoder's `+CATEGORY` lists.

use super::Draft;
use super::rows::number;
use super::term::Wildcards;

/// WordStat `.cat`: the depth of a line is its indent, words end in their weight in brackets, all else is a category.
pub(super) fn wordstat(text: &str, draft: &mut Draft) {
    let mut indents: Vec<usize> = Vec::new();
    let mut path: Vec<String> = Vec::new();
    // The category line whose words are still to come.
    let mut empty: Option<(u32, String, usize)> = None;
    for (line, row) in (1..).zip(text.lines()) {
        let content = row.trim();
        if content.is_empty() {
            continue;
        }
        let indent = row.chars().take_while(|c| c.is_whitespace()).count();
        if let Some((line, name, _)) = empty.take_if(|(_, _, depth)| indent <= *depth) {
            draft.changed(line, "", format!("category {name:?} has no words"));
        }
        empty = None;
        while indents.last().is_some_and(|&last| last >= indent) {
            indents.pop();
            path.pop();
        }
        if let Some((word, weight)) = weighted(content) {
            let category = draft.category(&path);
            let raw = draft.term(line, &word.replace('_', " "), category, Wildcards::Glob);
            raw.weight = Some(weight);
        } else if content.starts_with('@') || content.contains(['[', ']']) {
            draft.lost(line, content, "a rule of nearness or logic cannot be carried over");
        } else {
            indents.push(indent);
            path.push(content.to_string());
            empty = Some((line, content.to_string(), indent));
        }
    }
    if let Some((line, name, _)) = empty {
        draft.changed(line, "", format!("category {name:?} has no words"));
    }
}

/// "ABANDON* (1)": the word and its weight.
pub(super) fn weighted(content: &str) -> Option<(&str, f32)> {
    let (word, weight) = content.strip_suffix(')')?.rsplit_once('(')?;
    let word = word.trim_end();
    (!word.is_empty()).then_some(())?;
    Some((word, number(weight.trim())?))
}

/// Lexicoder `.lc3`: a line with `+` begins a category, every other line is a term.
pub(super) fn lexicoder(text: &str, draft: &mut Draft) {
    let mut path: Vec<String> = Vec::new();
    for (line, row) in (1..).zip(text.lines()) {
        let content = row.trim();
        if let Some(name) = content.strip_prefix('+').map(str::trim).filter(|name| !name.is_empty()) {
            path = vec![name.to_string()];
        } else if !content.is_empty() {
            let category = draft.category(&path);
            let term = content.strip_prefix('~').unwrap_or(content);
            draft.term(line, term, category, Wildcards::Star);
        }
    }
}
