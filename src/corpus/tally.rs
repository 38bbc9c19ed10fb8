//! What a run counts. Sums are whole numbers (millionths), so that a run that was resumed counts exactly as one that was not.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::error::RejectKind;
use crate::report::Report;

/// Bins of a distribution.
const BINS: usize = 20;
const MILLION: f64 = 1e6;

/// Counts of a run so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Documents that were read, scored or not.
    pub documents: u64,
    /// Paragraphs that were scored.
    pub paragraphs: u64,
    /// Words that were scored.
    pub words: u64,
    /// Bytes of text (UTF-8) of all documents.
    pub text_bytes: u64,
    /// Rows of the stance table.
    pub stances: u64,
    /// Records that were no documents and were not meant to be, by kind.
    pub skipped: BTreeMap<String, u64>,
    /// Rejected records by reason.
    pub rejects: BTreeMap<RejectKind, u64>,
    /// Documents by language.
    pub languages: BTreeMap<String, u64>,
    /// Documents whose encoding was guessed, by encoding.
    pub guessed_encodings: BTreeMap<String, u64>,
    /// Sentiment of paragraphs.
    pub sentiment: Distribution,
    /// Sarcasm of paragraphs.
    pub sarcasm: Distribution,
    /// Alarm of paragraphs.
    pub alarm: Distribution,
    /// Stances toward figures.
    pub stance: Distribution,
}

/// How a score is spread.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Distribution {
    /// Number of scores.
    pub count: u64,
    /// Of these, with evidence.
    pub with_evidence: u64,
    /// Sum of the scores in millionths.
    pub sum_millionths: i64,
    /// Counts of those with evidence in 20 equal bins from the lowest possible score to the highest.
    pub bins: Vec<u64>,
}

impl Distribution {
    fn add(&mut self, score: f32, low: f32, evidence: bool) {
        self.count += 1;
        self.sum_millionths += (f64::from(score) * MILLION).round() as i64;
        if evidence {
            self.with_evidence += 1;
            self.bins.resize(BINS, 0);
            let at = ((score - low) / (1.0 - low) * BINS as f32).floor().clamp(0.0, (BINS - 1) as f32) as usize;
            self.bins[at] += 1;
        }
    }

    /// Mean of all scores; 0 of none.
    pub fn mean(&self) -> f64 {
        self.sum_millionths as f64 / MILLION / self.count.max(1) as f64
    }

    fn merge(&mut self, other: &Distribution) {
        self.count += other.count;
        self.with_evidence += other.with_evidence;
        self.sum_millionths += other.sum_millionths;
        if !other.bins.is_empty() {
            self.bins.resize(BINS, 0);
            self.bins.iter_mut().zip(&other.bins).for_each(|(a, b)| *a += b);
        }
    }
}

impl Tally {
    /// Records that were rejected.
    pub fn rejected(&self) -> u64 {
        self.rejects.values().sum()
    }

    pub(crate) fn report(&mut self, report: &Report) {
        for paragraph in &report.paragraphs {
            self.paragraphs += 1;
            self.words += u64::from(paragraph.words);
            self.sentiment.add(paragraph.sentiment.score, -1.0, paragraph.sentiment.hits > 0);
            self.sarcasm.add(paragraph.sarcasm.score, 0.0, paragraph.sarcasm.hits > 0);
            self.alarm.add(paragraph.alarm.score, 0.0, paragraph.alarm.hits > 0);
            for stance in &paragraph.stances {
                self.stances += 1;
                self.stance.add(stance.score, -1.0, stance.hits > 0);
            }
        }
    }

    pub(crate) fn merge(&mut self, other: &Tally) {
        self.documents += other.documents;
        self.paragraphs += other.paragraphs;
        self.words += other.words;
        self.text_bytes += other.text_bytes;
        self.stances += other.stances;
        let add = |a: &mut BTreeMap<String, u64>, b: &BTreeMap<String, u64>| {
            b.iter().for_each(|(key, count)| *a.entry(key.clone()).or_default() += count);
        };
        add(&mut self.skipped, &other.skipped);
        add(&mut self.languages, &other.languages);
        add(&mut self.guessed_encodings, &other.guessed_encodings);
        other.rejects.iter().for_each(|(kind, count)| *self.rejects.entry(*kind).or_default() += count);
        self.sentiment.merge(&other.sentiment);
        self.sarcasm.merge(&other.sarcasm);
        self.alarm.merge(&other.alarm);
        self.stance.merge(&other.stance);
    }
}
