//! Items in, judged items and measures out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::gold::{Item, Task};
use super::metrics::Confusion;
use super::{judge, measures};
use crate::report::Evidence;
use crate::{AnalyzeError, Analyzer, Scratch};

/// One judged item or target, in file order: a line of a predictions file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// The record's id; targets of one record share it.
    pub id: String,
    /// The label as a number; for tasks on spans, how many units there were to find.
    pub gold: f64,
    /// The score; for tasks on spans, how many units were found rightly.
    pub score: f64,
    /// The class that the score falls in.
    pub class: i8,
    /// For tasks on spans: units found rightly, units found, units to find.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<[f64; 3]>,
    /// What caused the score; empty unless the analyzer gives evidence.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// The text that was judged.
    #[serde(skip)]
    pub text: String,
}

/// A value with its 95 % bootstrap interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// The value on all items.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The outcome of an evaluation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evaluation {
    /// Number of judged items.
    pub items: usize,
    /// Measures by name.
    pub metrics: BTreeMap<String, Interval>,
    /// Gold against predicted class, where there are classes.
    pub confusion: Option<Confusion>,
    /// The judged items.
    #[serde(skip)]
    pub judged: Vec<Judged>,
}

/// How intervals are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Resamples.
    pub rounds: usize,
    /// Seed of the resampling: the same seed gives the same intervals.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { rounds: 400, seed: 20_261_124 }
    }
}

/// Scores the items with `analyzer` (built with evidence on, if evidence is wanted) and measures the agreement.
///
/// # Errors
/// If a text is too long to be analysed.
pub fn run(task: Task, items: &[Item], analyzer: &Analyzer) -> Result<Evaluation, AnalyzeError> {
    run_with(task, items, analyzer, Settings::default())
}

/// As [`run`], with a choice of seed and rounds.
///
/// # Errors
/// As [`run`].
pub fn run_with(task: Task, items: &[Item], analyzer: &Analyzer, settings: Settings) -> Result<Evaluation, AnalyzeError> {
    let mut scratch = Scratch::default();
    let mut judged = Vec::new();
    for item in items {
        judge::judge(task, item, analyzer, &mut scratch, &mut judged)?;
    }
    Ok(measures::measure(task, judged, settings))
}
