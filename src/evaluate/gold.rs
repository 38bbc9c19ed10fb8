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
        super::run::Judged { id: self.id.clone(), gold, score: f64::from(score), class, counts: None, evidence, text: self.text.clone() }
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

/// The names of the columns or keys of a labelled file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// The text; default `text`.
    pub text: Option<String>,
    /// The label; default `score` or `label`, as the task has it.
    pub label: Option<String>,
    /// The id; default `id`, else the line number.
    pub id: Option<String>,
}

/// The form of a labelled file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// One JSON object a line.
    #[default]
    Jsonl,
    /// Columns with a header line, separated by this byte; for tasks whose gold is one label a text.
    Csv(u8),
}

/// Reads a labelled JSONL file for a task. Empty lines are passed over.
///
/// # Errors
/// The first line that is no record of the task.
pub fn read_gold(task: Task, text: &str) -> Result<Vec<Item>, GoldError> {
    read_gold_with(task, text, Form::Jsonl, &Fields::default())
}

/// Reads a labelled file of either form, with field names of the caller's.
///
/// # Errors
/// As [`read_gold`]; also if a column is not there.
pub fn read_gold_with(task: Task, text: &str, form: Form, fields: &Fields) -> Result<Vec<Item>, GoldError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match form {
        Form::Jsonl => {
            let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
            lines
                .map(|(n, line)| {
                    let fail = |reason: String| GoldError { line: n + 1, reason };
                    let object: Object = serde_json::from_str(line).map_err(|e| fail(format!("not a JSON object: {e}")))?;
                    item(task, object, n + 1, fields)
                })
                .collect()
        }
        Form::Csv(delimiter) => read_csv(task, text, delimiter, fields),
    }
}

type Object = serde_json::Map<String, serde_json::Value>;

fn read_csv(task: Task, text: &str, delimiter: u8, fields: &Fields) -> Result<Vec<Item>, GoldError> {
    if !matches!(task, Task::Sentiment | Task::Alarm | Task::Sarcasm) {
        return Err(GoldError { line: 1, reason: "spans do not fit in CSV; give this task a JSONL file".to_string() });
    }
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let broken = |e: csv::Error| GoldError { line: e.position().map_or(1, |p| p.line() as usize), reason: e.to_string() };
    let header = reader.headers().map_err(broken)?.clone();
    let wanted = [fields.text.as_deref().or(Some("text")), fields.label.as_deref(), fields.id.as_deref()];
    for name in wanted.into_iter().flatten() {
        if !header.iter().any(|column| column == name) {
            let columns = header.iter().collect::<Vec<_>>().join(", ");
            return Err(GoldError {
                line: 1,
                reason: format!("no column {name:?} among: {columns}; name it with --text-field, --label-field or --id-field"),
            });
        }
    }
    let mut items = Vec::new();
    for row in reader.records() {
        let row = row.map_err(broken)?;
        let line = row.position().map_or(1, |p| p.line() as usize);
        let object: Object = header.iter().zip(&row).map(|(name, value)| (name.to_string(), value.into())).collect();
        items.push(item(task, object, line, fields)?);
    }
    Ok(items)
}

/// One record under the names that [`Record`] has.
fn item(task: Task, mut object: Object, line: usize, fields: &Fields) -> Result<Item, GoldError> {
    let fail = |reason: String| GoldError { line, reason };
    let mut rename = |from: &Option<String>, to: &str| {
        if let Some(value) = from.as_ref().filter(|from| *from != to).and_then(|from| object.remove(from)) {
            object.insert(to.to_string(), value);
        }
    };
    rename(&fields.text, "text");
    rename(&fields.id, "id");
    if let Some(name) = &fields.label {
        let value = object.remove(name).ok_or_else(|| fail(format!("no field {name:?}")))?;
        object.remove("label");
        match number(&value) {
            Some(score) => object.insert("score".to_string(), score.into()),
            None => return Err(fail(format!("label {value} is no number and no known class"))),
        };
    } else if let Some(score) = object.get("score").filter(|v| v.is_string()).map(number) {
        // In CSV everything is a string.
        object.remove("score");
        if let Some(score) = score {
            object.insert("score".to_string(), score.into());
        }
    }
    let record: Record = serde_json::from_value(object.into()).map_err(|e| fail(format!("not a record of this task: {e}")))?;
    let id = match &record.id {
        Some(serde_json::Value::String(s)) => s.clone(),
        Some(other) => other.to_string(),
        None => line.to_string(),
    };
    let gold = label(task, &record).ok_or_else(|| fail(format!("no usable label for task {}", task.name())))?;
    if let Gold::Targets(targets) = &gold {
        for (span, _) in targets {
            if record.text.get(span.start as usize..span.end as usize).is_none_or(str::is_empty) {
                return Err(fail(format!("target {}..{} is not a span of the text", span.start, span.end)));
            }
        }
    }
    Ok(Item { id, text: record.text, gold })
}

impl Task {
    /// The task's name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Task::Sentiment => "sentiment",
            Task::Alarm => "alarm",
            Task::Sarcasm => "sarcasm",
            Task::Stance => "stance",
            Task::ParagraphStance => "paragraph-stance",
            Task::Figures => "figures",
            Task::Attributions => "attributions",
        }
    }
}

/// A label as a number: numbers, booleans, and the usual names of classes.
fn number(value: &serde_json::Value) -> Option<f64> {
    match value {
        serde_json::Value::Number(n) => n.as_f64(),
        serde_json::Value::Bool(b) => Some(f64::from(u8::from(*b))),
        serde_json::Value::String(s) => match s.trim().to_lowercase().as_str() {
            "positive" | "pos" | "true" | "yes" => Some(1.0),
            "negative" | "neg" => Some(-1.0),
            "neutral" | "none" | "false" | "no" => Some(0.0),
            other => other.parse().ok().filter(|n: &f64| n.is_finite()),
        },
        _ => None,
    }
}

fn label(task: Task, record: &Record) -> Option<Gold> {
    let number = || record.label.as_ref().and_then(self::number);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn golds(task: Task, text: &str, form: Form, fields: &Fields) -> Result<Vec<(String, Gold)>, String> {
        read_gold_with(task, text, form, fields).map(|items| items.into_iter().map(|i| (i.id, i.gold)).collect()).map_err(|e| e.to_string())
    }

    #[test]
    fn forms() {
        let own = Fields { text: Some("body".into()), label: Some("tone".into()), id: Some("key".into()) };
        let want = Ok(vec![("a".to_string(), Gold::Score(-1.0)), ("b".to_string(), Gold::Score(0.5))]);
        let jsonl = "{\"key\":\"a\",\"body\":\"Bad.\",\"tone\":\"negative\"}\n\n{\"key\":\"b\",\"body\":\"Good.\",\"tone\":0.5}\n";
        assert_eq!(golds(Task::Sentiment, jsonl, Form::Jsonl, &own), want);
        let csv = "key,tone,body\na,negative,Bad.\nb,0.5,\"Good, on\ntwo lines.\"\n";
        assert_eq!(golds(Task::Sentiment, csv, Form::Csv(b','), &own), want);
        let tsv = "\u{feff}id\ttext\tscore\na\tBad.\t-1\nb\tGood.\t0.5\n";
        assert_eq!(golds(Task::Sentiment, tsv, Form::Csv(b'\t'), &Fields::default()), want);
        let label = "{\"text\":\"x\",\"label\":1}";
        assert_eq!(golds(Task::Sarcasm, label, Form::Jsonl, &Fields::default()), Ok(vec![("1".to_string(), Gold::Label(true))]));
    }

    #[test]
    fn refusals() {
        let none = Fields::default();
        let own = Fields { label: Some("tone".into()), ..Fields::default() };
        let rows = [
            (Task::Sentiment, "x", Form::Jsonl, &none, "line 1: not a JSON object: expected value at line 1 column 1"),
            (Task::Sentiment, "{\"text\":\"x\"}", Form::Jsonl, &none, "line 1: no usable label for task sentiment"),
            (Task::Sentiment, "{\"text\":\"x\"}", Form::Jsonl, &own, "line 1: no field \"tone\""),
            (Task::Sentiment, "text,tone\nx,mellow\n", Form::Csv(b','), &own, "line 2: label \"mellow\" is no number and no known class"),
            (Task::Stance, "text,label\nx,1\n", Form::Csv(b','), &none, "line 1: spans do not fit in CSV; give this task a JSONL file"),
            (
                Task::Stance,
                "{\"text\":\"é\",\"targets\":[{\"start\":0,\"end\":1,\"label\":1}]}",
                Form::Jsonl,
                &none,
                "line 1: target 0..1 is not a span of the text",
            ),
        ];
        for (task, text, form, fields, want) in rows {
            assert_eq!(golds(task, text, form, fields), Err(want.to_string()));
        }
    }
}
