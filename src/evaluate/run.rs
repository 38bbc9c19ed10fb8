//! Items in, judged items and measures out.

use std::collections::BTreeMap;

use serde::Serialize;

use super::gold::{Gold, Item, Task};
use super::metrics::{self, Confusion};
use super::spans::{self, Counts};
use crate::report::Evidence;
use crate::{AnalyzeError, Analyzer, Scratch};

/// One judged item or target, in file order.
#[derive(Clone, Debug, Serialize)]
pub struct Judged {
    /// The record's id; targets of one record share it.
    pub id: String,
    /// The label as a number.
    pub gold: f64,
    /// The score.
    pub score: f64,
    /// The class that the score falls in.
    pub class: i8,
    /// What caused the score.
    pub evidence: Vec<Evidence>,
    /// The text that was judged.
    #[serde(skip)]
    pub text: String,
}

/// A value with its 95 % bootstrap interval.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Interval {
    /// The value on all items.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The outcome of an evaluation.
#[derive(Clone, Debug, Serialize)]
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

/// Resamples for the intervals.
const ROUNDS: usize = 400;
/// Their seed.
const SEED: u64 = 20_261_124;
/// Scores from here on count as positive for sarcasm and alarm.
const DECISION: f32 = 0.5;

/// Scores the items with `analyzer` (built with evidence on, if evidence is wanted) and measures the agreement.
///
/// # Errors
/// If a text is too long to be analysed.
pub fn run(task: Task, items: &[Item], analyzer: &Analyzer) -> Result<Evaluation, AnalyzeError> {
    let mut scratch = Scratch::default();
    let mut judged = Vec::new();
    let mut counts = Vec::new();
    for item in items {
        match task {
            Task::Stance => spans::targets(item, analyzer, &mut scratch, &mut judged)?,
            Task::ParagraphStance => spans::paragraphs(item, analyzer, &mut scratch, &mut judged)?,
            Task::Figures => counts.push(spans::figures(item, analyzer, &mut scratch, &mut judged)?),
            Task::Attributions => counts.push(spans::attributions(item, analyzer, &mut scratch, &mut judged)?),
            Task::Sentiment | Task::Alarm | Task::Sarcasm => judge(task, item, analyzer, &mut scratch, &mut judged)?,
        }
    }
    Ok(if counts.is_empty() { measure(task, judged) } else { measure_counts(&counts, judged) })
}

fn judge(task: Task, item: &Item, analyzer: &Analyzer, scratch: &mut Scratch, out: &mut Vec<Judged>) -> Result<(), AnalyzeError> {
    match &item.gold {
        Gold::Score(_) | Gold::Label(_) => {
            let report = analyzer.analyze_with(&item.text, scratch)?;
            let gold = match item.gold {
                Gold::Score(s) => s,
                Gold::Label(l) => f64::from(u8::from(l)),
                _ => 0.0,
            };
            let words: u32 = report.paragraphs.iter().map(|p| p.words.max(1)).sum();
            let mut score = 0.0;
            let mut evidence = Vec::new();
            for mut p in report.paragraphs {
                let (s, e) = match task {
                    Task::Sentiment => (p.sentiment.score, &mut p.sentiment.evidence),
                    Task::Alarm => (p.alarm.score, &mut p.alarm.evidence),
                    _ => (p.sarcasm.score, &mut p.sarcasm.evidence),
                };
                if task == Task::Sarcasm {
                    score = f32::max(score, s);
                } else {
                    score += s * p.words.max(1) as f32 / words as f32;
                }
                evidence.append(e);
            }
            let class = match task {
                Task::Sentiment => i8::from(score > 0.05) - i8::from(score < -0.05),
                _ => i8::from(score >= DECISION),
            };
            out.push(item.judged(gold, score, class, evidence));
        }
        _ => {}
    }
    Ok(())
}

/// Measures of counts that add up over the items.
fn measure_counts(counts: &[Counts], judged: Vec<Judged>) -> Evaluation {
    let sum = |sample: &[usize], of: fn(&Counts) -> f64| sample.iter().map(|&i| of(&counts[i])).sum::<f64>();
    let f1 = |s: &[usize]| metrics::f1(sum(s, |c| c.hits), sum(s, |c| c.predicted), sum(s, |c| c.gold));
    let mut metrics = BTreeMap::new();
    let mut add = |name: &str, measure: &dyn Fn(&[usize]) -> Option<f64>| {
        let all: Vec<usize> = (0..counts.len()).collect();
        if let (Some(value), Some((low, high))) = (measure(&all), metrics::bootstrap(counts.len(), ROUNDS, SEED, measure)) {
            metrics.insert(name.to_string(), Interval { value, low, high });
        }
    };
    add("precision", &|s| Some(f1(s).0));
    add("recall", &|s| Some(f1(s).1));
    add("f1", &|s| Some(f1(s).2));
    add("holders", &|s| {
        let judged = sum(s, |c| c.holders);
        (judged > 0.0).then(|| sum(s, |c| c.holders_right) / judged)
    });
    Evaluation { items: counts.len(), metrics, confusion: None, judged }
}

fn measure(task: Task, judged: Vec<Judged>) -> Evaluation {
    let gold: Vec<f64> = judged.iter().map(|j| j.gold).collect();
    let score: Vec<f64> = judged.iter().map(|j| j.score).collect();
    let class: Vec<i8> = judged.iter().map(|j| j.class).collect();
    let pick = |values: &[f64], sample: &[usize]| sample.iter().map(|&i| values[i]).collect::<Vec<f64>>();
    let binary = gold.iter().all(|&g| g == 0.0 || g == 1.0);
    let mut metrics = BTreeMap::new();
    let mut add = |name: &str, measure: &dyn Fn(&[usize]) -> Option<f64>| {
        let all: Vec<usize> = (0..gold.len()).collect();
        if let (Some(value), Some((low, high))) = (measure(&all), metrics::bootstrap(gold.len(), ROUNDS, SEED, measure)) {
            metrics.insert(name.to_string(), Interval { value, low, high });
        }
    };
    let mut confusion = None;
    if task == Task::Stance || task == Task::ParagraphStance {
        let of = |s: &[usize]| Confusion::new(&[-1, 0, 1], s.iter().map(|&i| (gold[i] as i8, class[i])));
        add("macro_f1", &|s| Some(of(s).macro_f1()));
        add("accuracy", &|s| Some(of(s).accuracy()));
        for (name, k) in [("f1_negative", -1), ("f1_neutral", 0), ("f1_positive", 1)] {
            add(name, &|s| Some(of(s).class(k).2));
        }
        confusion = Some(of(&(0..gold.len()).collect::<Vec<_>>()));
    } else if binary {
        let truth: Vec<bool> = gold.iter().map(|&g| g == 1.0).collect();
        let of = |s: &[usize]| Confusion::new(&[0, 1], s.iter().map(|&i| (gold[i] as i8, class[i])));
        add("roc_auc", &|s| metrics::roc_auc(&s.iter().map(|&i| truth[i]).collect::<Vec<_>>(), &pick(&score, s)));
        add("precision", &|s| Some(of(s).class(1).0));
        add("recall", &|s| Some(of(s).class(1).1));
        add("f1", &|s| Some(of(s).class(1).2));
        add("accuracy", &|s| Some(of(s).accuracy()));
        confusion = Some(of(&(0..gold.len()).collect::<Vec<_>>()));
    } else {
        add("pearson", &|s| metrics::pearson(&pick(&gold, s), &pick(&score, s)));
        add("spearman", &|s| metrics::spearman(&pick(&gold, s), &pick(&score, s)));
    }
    Evaluation { items: judged.len(), metrics, confusion, judged }
}
