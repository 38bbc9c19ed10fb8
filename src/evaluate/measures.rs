//! Which measures a task has, by the form of its labels.

use std::collections::BTreeMap;

use super::gold::Task;
use super::metrics::{self, Confusion};
use super::run::{Counts, Evaluation, Interval, Judged, Settings};

/// A measure over a sample of items, given by their numbers.
type Measure<'m> = Box<dyn Fn(&[usize]) -> Option<f64> + 'm>;

/// The judged items of a run as columns.
pub(super) struct Columns {
    task: Task,
    gold: Vec<f64>,
    score: Vec<f64>,
    class: Vec<i8>,
    counts: Vec<Counts>,
}

impl Columns {
    pub(super) fn new(task: Task, judged: &[Judged]) -> Columns {
        Columns {
            task,
            gold: judged.iter().map(|j| j.gold).collect(),
            score: judged.iter().map(|j| j.score).collect(),
            class: judged.iter().map(|j| j.class).collect(),
            counts: judged.iter().map(|j| j.counts.unwrap_or_default()).collect(),
        }
    }

    /// The classes that the labels are, if they are classes.
    fn classes(&self) -> Option<&'static [i8]> {
        let all = |classes: &[f64]| self.gold.iter().all(|g| classes.contains(g));
        match self.task {
            Task::Stance | Task::ParagraphStance => Some(&[-1, 0, 1]),
            Task::Sentiment => all(&[-1.0, 0.0, 1.0]).then_some(&[-1, 0, 1]),
            Task::Alarm | Task::Sarcasm => all(&[0.0, 1.0]).then_some(&[0, 1]),
            Task::Figures | Task::Attributions => None,
        }
    }

    fn confusion(&self, classes: &[i8], sample: &[usize]) -> Confusion {
        Confusion::new(classes, sample.iter().map(|&i| (self.gold[i] as i8, self.class[i])))
    }

    /// The measures by name, the one that matters most first.
    pub(super) fn measures(&self) -> Vec<(&'static str, Measure<'_>)> {
        let pick = |values: &[f64], sample: &[usize]| sample.iter().map(|&i| values[i]).collect::<Vec<f64>>();
        let mut out: Vec<(&'static str, Measure<'_>)> = Vec::new();
        if matches!(self.task, Task::Figures | Task::Attributions) {
            let sum = |s: &[usize], of: fn(&Counts) -> f64| s.iter().map(|&i| of(&self.counts[i])).sum::<f64>();
            let of = move |s: &[usize]| metrics::f1(sum(s, |c| c.hits), sum(s, |c| c.predicted), sum(s, |c| c.gold));
            out.push(("f1", Box::new(move |s| Some(of(s).2))));
            out.push(("precision", Box::new(move |s| Some(of(s).0))));
            out.push(("recall", Box::new(move |s| Some(of(s).1))));
            out.push((
                "holders",
                Box::new(move |s| {
                    let judged = sum(s, |c| c.holders);
                    (judged > 0.0).then(|| sum(s, |c| c.holders_right) / judged)
                }),
            ));
            return out;
        }
        match self.classes() {
            Some(classes @ [0, 1]) => {
                out.push((
                    "roc_auc",
                    Box::new(move |s| metrics::roc_auc(&s.iter().map(|&i| self.gold[i] == 1.0).collect::<Vec<_>>(), &pick(&self.score, s))),
                ));
                out.push(("f1", Box::new(|s| Some(self.confusion(classes, s).class(1).2))));
                out.push(("precision", Box::new(|s| Some(self.confusion(classes, s).class(1).0))));
                out.push(("recall", Box::new(|s| Some(self.confusion(classes, s).class(1).1))));
                out.push(("macro_f1", Box::new(|s| Some(self.confusion(classes, s).macro_f1()))));
                out.push(("accuracy", Box::new(|s| Some(self.confusion(classes, s).accuracy()))));
            }
            Some(classes) => {
                out.push(("macro_f1", Box::new(|s| Some(self.confusion(classes, s).macro_f1()))));
                out.push(("accuracy", Box::new(|s| Some(self.confusion(classes, s).accuracy()))));
                for (name, k, part) in CLASS_MEASURES {
                    out.push((name, Box::new(move |s| Some(part(self.confusion(classes, s).class(*k))))));
                }
                out.push(("pearson", Box::new(move |s| metrics::pearson(&pick(&self.gold, s), &pick(&self.score, s)))));
            }
            None => {
                out.push(("pearson", Box::new(move |s| metrics::pearson(&pick(&self.gold, s), &pick(&self.score, s)))));
                out.push(("spearman", Box::new(move |s| metrics::spearman(&pick(&self.gold, s), &pick(&self.score, s)))));
            }
        }
        out
    }
}

/// One number of (precision, recall, F1).
type Part = fn((f64, f64, f64)) -> f64;

/// Of each class, its precision, recall and F1.
const CLASS_MEASURES: &[(&str, i8, Part)] = &[
    ("f1_negative", -1, |m| m.2),
    ("f1_neutral", 0, |m| m.2),
    ("f1_positive", 1, |m| m.2),
    ("precision_negative", -1, |m| m.0),
    ("precision_neutral", 0, |m| m.0),
    ("precision_positive", 1, |m| m.0),
    ("recall_negative", -1, |m| m.1),
    ("recall_neutral", 0, |m| m.1),
    ("recall_positive", 1, |m| m.1),
];

/// Measures judged items, each measure with its bootstrap interval.
pub fn measure(task: Task, judged: Vec<Judged>, settings: Settings) -> Evaluation {
    let columns = Columns::new(task, &judged);
    let all: Vec<usize> = (0..judged.len()).collect();
    let mut found = BTreeMap::new();
    for (name, measure) in columns.measures() {
        if let (Some(value), Some((low, high))) =
            (measure(&all), metrics::bootstrap(judged.len(), settings.rounds, settings.seed, &measure))
        {
            found.insert(name.to_string(), Interval { value, low, high });
        }
    }
    let confusion = columns.classes().map(|classes| columns.confusion(classes, &all));
    Evaluation { items: judged.len(), metrics: found, confusion, judged }
}

/// The name of the measure that matters most for judged items of a task: what [`compare`](super::compare) compares.
pub fn main_measure(task: Task, judged: &[Judged]) -> &'static str {
    Columns::new(task, judged).measures().first().map_or("", |(name, _)| name)
}
