//! How much of a corpus a lexicon meets: hits by category, and the frequent words that no line meets.

use std::collections::HashMap;

use crate::AnalyzeError;
use crate::document::Workspace;
use crate::lexicon::{Cat, Compiled, Family, fold};
use crate::segment::{Marks, ParagraphMode};

/// Counts over documents, one after the other.
pub struct Coverage<'l> {
    table: &'l Compiled,
    mode: ParagraphMode,
    workspace: Workspace,
    documents: u64,
    sentences: u64,
    words: u64,
    scored_words: u64,
    counts: Vec<Count>,
    unmet: HashMap<String, Unmet>,
}

#[derive(Clone, Default)]
struct Count {
    hits: u64,
    words: u64,
    sentences: u64,
    documents: u64,
    last_sentence: u64,
    last_document: u64,
}

#[derive(Default)]
struct Unmet {
    count: u64,
    capital: u64,
    documents: u64,
    last_document: u64,
}

/// What a corpus meets of a lexicon.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct CoverageReport {
    /// Documents.
    pub documents: u64,
    /// Sentences.
    pub sentences: u64,
    /// Words.
    pub words: u64,
    /// Share of the words that a hit of some scored category covers: sentiment, alarm, sarcasm, stance, a user's own.
    pub scored_share: f64,
    /// The categories that have hits, by name.
    pub categories: Vec<CategoryCoverage>,
    /// Words that no line meets, the most frequent first.
    pub unmet: Vec<UnmetWord>,
    /// Distinct words that are left out there since they never stand in lower case: names, mostly.
    pub names: usize,
}

/// What a corpus meets of a category.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct CategoryCoverage {
    /// The category.
    pub category: String,
    /// Whether a scorer counts its weights: sentiment, alarm, sarcasm, stance, a user's own.
    pub scored: bool,
    /// Hits.
    pub hits: u64,
    /// Words that they cover.
    pub words: u64,
    /// Share of all words, 0..1.
    pub word_share: f64,
    /// Sentences with a hit.
    pub sentences: u64,
    /// Share of all sentences.
    pub sentence_share: f64,
    /// Documents with a hit.
    pub documents: u64,
    /// Share of all documents.
    pub document_share: f64,
}

/// A word that no line meets.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct UnmetWord {
    /// In lower case.
    pub word: String,
    /// How often it occurs.
    pub count: u64,
    /// How often with a capital.
    pub capital: u64,
    /// Documents it occurs in.
    pub documents: u64,
}

impl<'l> Coverage<'l> {
    /// Nothing counted yet.
    pub fn new(table: &'l Compiled, mode: ParagraphMode) -> Coverage<'l> {
        Coverage {
            table,
            mode,
            workspace: Workspace::default(),
            documents: 0,
            sentences: 0,
            words: 0,
            scored_words: 0,
            counts: vec![Count::default(); Cat::MAX],
            unmet: HashMap::new(),
        }
    }

    /// Counts a document.
    ///
    /// # Errors
    /// [`AnalyzeError::TooLong`] for 4 GiB and more.
    pub fn add(&mut self, text: &str) -> Result<(), AnalyzeError> {
        if u32::try_from(text.len()).is_err() {
            return Err(AnalyzeError::TooLong(text.len()));
        }
        let document = self.workspace.read(self.table, text, self.mode);
        self.documents += 1;
        let mut met = vec![false; document.tokens.len()];
        let mut scored = vec![false; document.tokens.len()];
        let mut sentence = 0;
        for hit in document.hits {
            while document.sentences.get(sentence).is_some_and(|s| s.end <= hit.start) {
                sentence += 1;
            }
            let number = self.sentences + sentence as u64 + 1;
            let count = &mut self.counts[usize::from(hit.cat.0)];
            count.hits += 1;
            if count.last_sentence != number {
                (count.last_sentence, count.sentences) = (number, count.sentences + 1);
            }
            if count.last_document != self.documents {
                (count.last_document, count.documents) = (self.documents, count.documents + 1);
            }
            let tokens = hit.start as usize..hit.end as usize;
            count.words += document.tokens[tokens.clone()].iter().filter(|t| t.is_word()).count() as u64;
            met[tokens.clone()].fill(true);
            if is_scored(hit.cat) {
                scored[tokens].fill(true);
            }
        }
        self.sentences += document.sentences.len() as u64;
        for (i, token) in document.tokens.iter().enumerate().filter(|(_, t)| t.is_word()) {
            self.words += 1;
            self.scored_words += u64::from(scored[i]);
            if !met[i] {
                let word = fold(document.word(i));
                if !self.unmet.contains_key(&*word) {
                    self.unmet.insert(word.to_string(), Unmet::default());
                }
                let Some(unmet) = self.unmet.get_mut(&*word) else { continue };
                unmet.count += 1;
                unmet.capital += u64::from(token.has(Marks::CAPITAL));
                if unmet.last_document != self.documents {
                    (unmet.last_document, unmet.documents) = (self.documents, unmet.documents + 1);
                }
            }
        }
        Ok(())
    }

    /// What was counted, with the `top` most frequent words that no line meets; `names` keeps those that never stand in lower case.
    pub fn report(&self, top: usize, names: bool) -> CoverageReport {
        let share = |part: u64, whole: u64| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
        let mut categories: Vec<CategoryCoverage> = Vec::new();
        for (number, count) in self.counts.iter().enumerate().filter(|(_, count)| count.hits > 0) {
            let cat = Cat(number as u16);
            categories.push(CategoryCoverage {
                category: self.table.name(cat).to_string(),
                scored: is_scored(cat),
                hits: count.hits,
                words: count.words,
                word_share: share(count.words, self.words),
                sentences: count.sentences,
                sentence_share: share(count.sentences, self.sentences),
                documents: count.documents,
                document_share: share(count.documents, self.documents),
            });
        }
        categories.sort_by(|a, b| a.category.cmp(&b.category));
        let mut words: Vec<(&String, &Unmet)> = self.unmet.iter().collect();
        words.sort_by(|a, b| b.1.count.cmp(&a.1.count).then(a.0.cmp(b.0)));
        let (mut unmet, mut left_out) = (Vec::new(), 0);
        for (word, counts) in words {
            if !names && counts.capital == counts.count {
                left_out += 1;
            } else if unmet.len() < top && self.table.lookup(word).is_empty() {
                // A word that only meets a line of weight 0 makes no hit, and has a line.
                let Unmet { count, capital, documents, .. } = *counts;
                unmet.push(UnmetWord { word: word.clone(), count, capital, documents });
            }
        }
        CoverageReport {
            documents: self.documents,
            sentences: self.sentences,
            words: self.words,
            scored_share: share(self.scored_words, self.words),
            categories,
            unmet,
            names: left_out,
        }
    }
}

fn is_scored(cat: Cat) -> bool {
    matches!(cat.family(), Family::Sentiment | Family::Alarm | Family::Sarcasm | Family::Stance | Family::Custom)
}
