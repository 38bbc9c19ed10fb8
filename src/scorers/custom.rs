//! Categories that the program does not know: a user's own, each counted by itself.
//!
//! With `w` the words of the paragraph and `h1 .. hn` the weights of the category's hits in it (the longest match wins, a word counts once):
//!
//! - `hits` = n
//! - `score` = 100 · Σ h / w, the sum of the weights per 100 words; with all weights 1 that is LIWC's "per cent of words" for single words
//! - `share` = words that the hits cover / w
//! - `mean` = Σ h / n, 0 without hits
//!
//! Negation, intensity and the rest of [`shift`](super::shift) change nothing here: what a stranger's category means, and whether "not"
//! turns it around, only the stranger knows. A paragraph without words (emoji alone) counts as one of one word.

use std::collections::BTreeMap;

use super::shift::Shift;
use crate::document::{Document, ParagraphUnit};
use crate::lexicon::{Cat, Family};
use crate::report::Custom;
use crate::segment::TokenKind;

/// Scores one paragraph: every category of the user's own, those without a hit too.
pub(crate) fn score(document: &Document<'_>, paragraph: &ParagraphUnit, evidence: bool) -> BTreeMap<String, Custom> {
    let names = document.table.custom_categories();
    if names.is_empty() {
        return BTreeMap::new();
    }
    let words = paragraph.words.max(1) as f32;
    let mut found: Vec<Custom> = vec![Custom::default(); names.len()];
    let mut covered = vec![0u32; names.len()];
    for hit in &document.hits[paragraph.hits.start as usize..paragraph.hits.end as usize] {
        if hit.cat.family() != Family::Custom {
            continue;
        }
        let number = usize::from(hit.cat.0 - Cat::KNOWN);
        let Some(custom) = found.get_mut(number) else { continue };
        custom.hits += 1;
        custom.mean += hit.weight;
        let tokens = &document.tokens[hit.start as usize..hit.end as usize];
        covered[number] += tokens.iter().filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number)).count() as u32;
        if evidence {
            custom.evidence.push(super::evidence(document, hit, hit.weight * 100.0 / words, Shift::NONE));
        }
    }
    for (custom, covered) in found.iter_mut().zip(covered) {
        custom.score = custom.mean * 100.0 / words;
        custom.share = covered as f32 / words;
        custom.mean /= custom.hits.max(1) as f32;
    }
    names.iter().cloned().zip(found).collect()
}
