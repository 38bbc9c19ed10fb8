//! A lexicon file in numbers, by category.

use std::collections::BTreeMap;

use super::parse::LexiconFile;

/// The numbers of one category of a file.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct CategoryStats {
    /// The category.
    pub category: String,
    /// Entries.
    pub terms: usize,
    /// Entries of more than one word.
    pub multiword: usize,
    /// Entries with weight 0, which block their words.
    pub blocking: usize,
    /// Entries by `stem`, `form`, `case`, `prefix`; kinds without an entry are left out.
    pub matches: BTreeMap<&'static str, usize>,
    /// The weights of the entries that do not block, by their names in the header (`weight` if it gives none).
    pub weights: BTreeMap<String, Spread>,
}

/// The spread of some numbers.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Spread {
    /// The smallest.
    pub min: f32,
    /// The arithmetic mean.
    pub mean: f32,
    /// The largest.
    pub max: f32,
}

/// The numbers of each declared category that has entries, by name.
pub fn stats(file: &LexiconFile) -> Vec<CategoryStats> {
    let mut out = Vec::new();
    for (name, (weight_names, _)) in &file.categories {
        let entries = || file.entries.iter().filter(|e| e.category == *name);
        if entries().next().is_none() {
            continue;
        }
        let mut matches = BTreeMap::new();
        for entry in entries() {
            *matches.entry(entry.matching.name()).or_insert(0) += 1;
        }
        let counting = || entries().filter(|e| e.weights != [0.0; 3]);
        let one = ["weight".to_string()];
        let names = if weight_names.is_empty() { &one[..] } else { &weight_names[..] };
        let weights = names.iter().enumerate().filter_map(|(i, name)| {
            let spread = spread(counting().filter_map(|e| e.weights.get(i).copied()))?;
            Some((name.clone(), spread))
        });
        out.push(CategoryStats {
            category: name.clone(),
            terms: entries().count(),
            multiword: entries().filter(|e| e.term.contains(' ')).count(),
            blocking: entries().count() - counting().count(),
            matches,
            weights: weights.collect(),
        });
    }
    out
}

fn spread(numbers: impl Iterator<Item = f32>) -> Option<Spread> {
    let (mut min, mut max, mut sum, mut count) = (f32::INFINITY, f32::NEG_INFINITY, 0.0f64, 0u32);
    for n in numbers {
        (min, max) = (min.min(n), max.max(n));
        sum += f64::from(n);
        count += 1;
    }
    (count > 0).then(|| Spread { min, mean: (sum / f64::from(count)) as f32, max })
}
