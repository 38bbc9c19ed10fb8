//! Labelled files: JSONL or CSV text in, items out, or an error with the line.

use serde::Deserialize;

use crate::segment::Span;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Task {
    /// Sentiment of a text.
    Sentiment,
    /// Alarm of a text.
    Alarm,
    /// Sarcasm of a text.
    Sarcasm,
    /// Stance toward given spans.
    Stance,
    /// Stance toward a figure, paragraph by paragraph.
    ParagraphStance,
    /// Spans of person mentions.
    Figures,
    /// Who says what.
    Attributions,
}

/// One labelled text.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The record's id, or its line number.
    pub id: String,
    /// The text.
    pub text: String,
    /// The label.
    pub gold: Gold,
}

impl Item {
    /// The item with what was made of it.
    pub(super) fn judged(&self, gold: f64, score: f32, class: i8, evidence: Vec<crate::report::Evidence>) -> super::run::Judged {
        super::run::Judged { id: self.id.clone(), gold, score: f64::from(score), class, evidence, text: self.text.clone() }
    }
}

/// A label.
#[derive(Clone, Debug, PartialEq)]
pub enum Gold {
    /// A number on any scale.
    Score(f64),
    /// 0 or 1.
    Label(bool),
    /// Spans with their stance.
    Targets(Vec<(Span, i8)>),
    /// A figure and one stance a paragraph.
    Paragraphs(String, Vec<Option<i8>>),
    /// Spans of persons.
    Figures(Vec<Span>),
    /// Source spans, cue spans and content spans.
    Attributions(Vec<[Vec<Span>; 3]>),
}

/// Why a labelled file was refused.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct GoldError {
    /// Line in the file, from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

#[derive(Deserialize)]
struct Record {
    id: Option<serde_json::Value>,
    text: String,
    score: Option<f64>,
    label: Option<serde_json::Value>,
    targets: Option<Vec<Target>>,
    figure: Option<String>,
    paragraph_labels: Option<Vec<Option<i8>>>,
    figures: Option<Vec<Bounds>>,
    attributions: Option<Vec<Attributed>>,
}

#[derive(Deserialize)]
struct Target {
    start: u32,
    end: u32,
    label: i8,
}

#[derive(Deserialize)]
struct Bounds {
    start: u32,
    end: u32,
}

#[derive(Deserialize)]
struct Attributed {
    source: Vec<[u32; 2]>,
    cue: Vec<[u32; 2]>,
    content: Vec<[u32; 2]>,
}

/// Reads a labelled JSONL file for a task. Empty lines are passed over.
///
/// # Errors
/// The first line that is no record of the task.
pub fn read_gold(task: Task, text: &str) -> Result<Vec<Item>, GoldError> {
    let mut items = Vec::new();
    for (number, row) in text.lines().enumerate() {
        if row.trim().is_empty() {
            continue;
        }
        let fail = |reason: String| GoldError { line: number + 1, reason };
        let record: Record = serde_json::from_str(row).map_err(|e| fail(format!("not a record of this task: {e}")))?;
        let id = match &record.id {
            Some(serde_json::Value::String(s)) => s.clone(),
            Some(other) => other.to_string(),
            None => (number + 1).to_string(),
        };
        let gold = label(task, &record).ok_or_else(|| fail(format!("no usable label for task {task:?}")))?;
        if let Gold::Targets(targets) = &gold {
            for (span, _) in targets {
                if record.text.get(span.start as usize..span.end as usize).is_none_or(str::is_empty) {
                    return Err(fail(format!("target {}..{} is not a span of the text", span.start, span.end)));
                }
            }
        }
        items.push(Item { id, text: record.text, gold });
    }
    Ok(items)
}

fn label(task: Task, record: &Record) -> Option<Gold> {
    let number = || match &record.label {
        Some(serde_json::Value::Number(n)) => n.as_f64(),
        Some(serde_json::Value::Bool(b)) => Some(f64::from(u8::from(*b))),
        Some(serde_json::Value::String(s)) => s.trim().parse().ok(),
        _ => None,
    };
    let spans = |list: &[[u32; 2]]| list.iter().map(|&[start, end]| Span { start, end }).collect::<Vec<_>>();
    Some(match task {
        Task::Sentiment => Gold::Score(record.score.or_else(number)?),
        Task::Alarm => match record.score {
            Some(score) => Gold::Score(score),
            None => Gold::Label(number()? > 0.5),
        },
        Task::Sarcasm => Gold::Label(number().or(record.score)? > 0.5),
        Task::Stance => {
            let targets = record.targets.as_ref()?;
            Gold::Targets(targets.iter().map(|t| (Span { start: t.start, end: t.end }, t.label.signum())).collect())
        }
        Task::ParagraphStance => Gold::Paragraphs(record.figure.clone()?, record.paragraph_labels.clone()?),
        Task::Figures => Gold::Figures(record.figures.as_ref()?.iter().map(|b| Span { start: b.start, end: b.end }).collect()),
        Task::Attributions => {
            let list = record.attributions.as_ref()?;
            Gold::Attributions(list.iter().map(|a| [spans(&a.source), spans(&a.cue), spans(&a.content)]).collect())
        }
    })
}
