//! What changed from one lexicon to another, entry by entry.

use std::collections::HashMap;

use super::compile::fold;
use super::parse::{Entry, LexiconFile, Match};

/// One difference.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Change {
    /// `added`, `removed`, `weight`, `match`, `category`, `note`; several joined by `+`.
    pub kind: String,
    /// The term.
    pub term: String,
    /// What it was: match, category, weights, line; nothing if it was not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<Side>,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<Side>,
}

/// An entry as one of the files has it.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Side {
    /// How it meets text.
    #[serde(rename = "match")]
    pub matching: &'static str,
    /// The category.
    pub category: String,
    /// The weights that the category declares.
    pub weights: Vec<f32>,
    /// The note.
    pub note: String,
    /// The line in its file.
    pub line: u32,
}

/// The differences from `old` to `new`: what is gone and what changed in the order of `old`, then what is new in the order of `new`.
///
/// Entries are the same if term, match and category are; what is left over is paired by term and category (another match),
/// then by term and match (another category). Case, kinds of apostrophe and hyphens make no difference.
pub fn diff(old: &LexiconFile, new: &LexiconFile) -> Vec<Change> {
    type Key<'e> = (String, Option<Match>, Option<&'e str>);
    let fold_term = |e: &Entry| if e.matching == Match::Case { e.term.clone() } else { fold(&e.term).replace('-', " ") };
    let keys: [fn(String, &Entry) -> Key<'_>; 3] = [
        |term, e| (term, Some(e.matching), Some(e.category.as_str())),
        |term, e| (term, None, Some(e.category.as_str())),
        |term, e| (term, Some(e.matching), None),
    ];
    let mut partner: Vec<Option<usize>> = vec![None; old.entries.len()];
    let mut taken = vec![false; new.entries.len()];
    for key in keys {
        let mut free: HashMap<Key<'_>, Vec<usize>> = HashMap::new();
        for (i, entry) in new.entries.iter().enumerate().filter(|(i, _)| !taken[*i]).rev() {
            free.entry(key(fold_term(entry), entry)).or_default().push(i);
        }
        for (i, entry) in old.entries.iter().enumerate() {
            if partner[i].is_none()
                && let Some(found) = free.get_mut(&key(fold_term(entry), entry)).and_then(Vec::pop)
            {
                partner[i] = Some(found);
                taken[found] = true;
            }
        }
    }
    let mut changes = Vec::new();
    for (entry, partner) in old.entries.iter().zip(&partner) {
        let before = side(old, entry);
        let Some(other) = partner.map(|i| &new.entries[i]) else {
            changes.push(Change { kind: "removed".to_string(), term: entry.term.clone(), old: Some(before), new: None });
            continue;
        };
        let after = side(new, other);
        let kinds = [
            (before.category != after.category, "category"),
            (before.matching != after.matching, "match"),
            (before.weights != after.weights, "weight"),
            (before.note != after.note, "note"),
        ];
        let kind = kinds.iter().filter(|(differs, _)| *differs).map(|(_, name)| *name).collect::<Vec<_>>().join("+");
        if !kind.is_empty() {
            changes.push(Change { kind, term: other.term.clone(), old: Some(before), new: Some(after) });
        }
    }
    for (entry, _) in new.entries.iter().zip(&taken).filter(|(_, taken)| !**taken) {
        changes.push(Change { kind: "added".to_string(), term: entry.term.clone(), old: None, new: Some(side(new, entry)) });
    }
    changes
}

fn side(file: &LexiconFile, entry: &Entry) -> Side {
    let declared = file.categories.get(&entry.category).map_or(1, |(names, _)| names.len()).clamp(1, 3);
    Side {
        matching: entry.matching.name(),
        category: entry.category.clone(),
        weights: entry.weights[..declared].to_vec(),
        note: entry.note.clone(),
        line: entry.line,
    }
}
