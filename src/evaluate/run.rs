//! Items in, judged items and measures out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::gold::{Item, Task};
use super::metrics::Confusion;
use super::{measures, spans, texts};
use crate::report::Evidence;
use crate::{AnalyzeError, Analyzer, Scratch};

/// One judged item or target, in file order: a line of a predictions file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// The record's id; targets of one record share it.
    pub id: String,
    /// The label as a number.
    pub gold: f64,
    /// The score.
    pub score: f64,
    /// The class that the score falls in.
    pub class: i8,
    /// For tasks on spans: what adds up over the items; where a record has several lines, on its first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<Counts>,
    /// What caused the score; empty unless the analyzer gives evidence.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// The text that was judged.
    #[serde(skip)]
    pub text: String,
}

/// Counts that add up over the items of a task on spans.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Counts {
    /// Units (spans, characters) found rightly.
    pub hits: f64,
    /// Units found.
    pub predicted: f64,
    /// Units to find.
    pub gold: f64,
    /// Holders that are right, of those judged.
    pub holders_right: f64,
    /// Holders judged.
    pub holders: f64,
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
        match task {
            Task::Sentiment | Task::Alarm | Task::Sarcasm => texts::judge(task, item, analyzer, &mut scratch, &mut judged)?,
            Task::Stance => spans::targets(item, analyzer, &mut scratch, &mut judged)?,
            Task::ParagraphStance => spans::paragraphs(item, analyzer, &mut scratch, &mut judged)?,
            Task::Figures | Task::Attributions => {
                let first = judged.len();
                let counts = match task {
                    Task::Figures => spans::figures(item, analyzer, &mut scratch, &mut judged)?,
                    _ => spans::attributions(item, analyzer, &mut scratch, &mut judged)?,
                };
                if judged.len() == first {
                    // A record with nothing to find still counts what was found.
                    judged.push(item.judged(0.0, 0.0, 0, Vec::new()));
                }
                judged[first].counts = Some(counts);
            }
        }
    }
    Ok(measures::measure(task, judged, settings))
}
