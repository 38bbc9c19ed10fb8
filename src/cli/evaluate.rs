//! `philippic evaluate`: scores against labels.

use std::fmt::Write as _;
use std::io::Write;

use clap::{Args, ValueEnum};
use philippic::evaluate::{
    Comparison, Evaluation, Fields, Form, Judged, Settings, Task, compare, main_measure, read_gold_with, read_predictions, run_with,
};
use philippic::input;

use super::args::{AnalysisArgs, ReadArgs, display, read_text};
use super::console::{BOLD, Console, DIM, paint};
use super::layout::{clip, columns, one_line, pad, pad_left};
use super::score_table::count;
use super::{Outcome, Run};

/// Measure the scores on labelled texts
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  philippic evaluate --task sentiment labelled.jsonl
  philippic evaluate --task sarcasm --text-field body --label-field ironic labelled.csv
  philippic evaluate --task alarm labelled.jsonl --predictions before.jsonl
  philippic evaluate --task alarm labelled.jsonl --without time --baseline before.jsonl

Records are JSON lines or CSV with id, text and score or label; spans are UTF-8 bytes.")]
pub(super) struct EvaluateArgs {
    /// What is measured
    #[arg(short, long, value_enum, value_name = "TASK")]
    task: Task,
    /// The labelled file; - is standard input
    #[arg(value_name = "GOLD")]
    gold: String,
    /// Write one line per judged item here: id, gold, score, class, evidence
    #[arg(long, value_name = "OUT.jsonl")]
    predictions: Option<String>,
    /// Compare with the predictions of another run, by a paired bootstrap
    #[arg(long, value_name = "FILE")]
    baseline: Option<String>,
    /// Show the worst misses with their evidence
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,
    /// Form of the output
    #[arg(short, long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    format: Format,
    /// Seed of the resampling
    #[arg(long, default_value_t = Settings::default().seed)]
    seed: u64,
    /// Resamples for intervals and tests
    #[arg(long, value_name = "N", default_value_t = 400, value_parser = clap::value_parser!(u32).range(2..=1_000_000))]
    rounds: u32,
    #[command(flatten)]
    gold_form: GoldArgs,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    analysis: AnalysisArgs,
}

/// How a labelled file is read.
#[derive(Args, Debug)]
#[command(next_help_heading = "Labelled file")]
pub(super) struct GoldArgs {
    /// Its form; auto: by its name
    #[arg(long, value_enum, default_value_t = GoldForm::Auto, value_name = "FORM")]
    gold_form: GoldForm,
    /// Name of the text's key or column [default: text]
    #[arg(long, value_name = "NAME")]
    text_field: Option<String>,
    /// Name of the label's key or column [default: score or label]
    #[arg(long, value_name = "NAME")]
    label_field: Option<String>,
    /// Name of the id's key or column [default: id, else the line]
    #[arg(long, value_name = "NAME")]
    id_field: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum GoldForm {
    /// .csv and .tsv are tables, all else is JSON lines
    Auto,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated with a header line
    Csv,
    /// Tab-separated with a header line
    Tsv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// Everything, for programs
    Json,
}

pub(super) fn run(args: &EvaluateArgs, console: &mut Console) -> Run {
    let wants_evidence = args.errors > 0 || args.predictions.is_some();
    let analyzer = args.analysis.analyzer(args.read.paragraphs.into(), wants_evidence)?;
    let name = display(&args.gold);
    let gold = match input::read(&args.gold, args.read.encoding.encoding.as_deref()) {
        Ok(gold) => gold,
        Err(error) => anyhow::bail!("{name}: {error}"),
    };
    if let Some(notice) = gold.notice {
        console.note(&format!("{name}: {notice}"));
    }
    let items = match read_gold_with(args.task, &gold.text, args.gold_form.form(&args.gold), &args.gold_form.fields()) {
        Ok(items) => items,
        Err(error) => anyhow::bail!("{name}:{}: {}", error.line, error.reason),
    };
    if items.is_empty() {
        anyhow::bail!("{name}: no records; a labelled file has one JSON object a line, or a header line and rows");
    }
    let settings = Settings { rounds: args.rounds as usize, seed: args.seed };
    let evaluation = run_with(args.task, &items, &analyzer, settings).map_err(|e| anyhow::anyhow!("{name}: {e}"))?;
    if evaluation.judged.is_empty() {
        anyhow::bail!("{name}: {} with nothing to judge for task {}", count(items.len(), "record"), args.task.name());
    }
    if let Some(path) = &args.predictions {
        write_predictions(path, &evaluation.judged, console)?;
    }
    let comparison = args.baseline.as_ref().map(|path| against(path, args.task, &evaluation, settings)).transpose()?;
    let errors = worst(&evaluation.judged, args.errors);
    match args.format {
        Format::Json => {
            let json = serde_json::json!({
                "task": args.task.name(),
                "gold": args.gold,
                "items": evaluation.items,
                "main": main_measure(args.task, &evaluation.judged),
                "metrics": evaluation.metrics,
                "confusion": evaluation.confusion,
                "rounds": settings.rounds,
                "seed": settings.seed,
                "without": args.analysis.without,
                "comparison": comparison,
                "errors": errors.iter().map(|j| serde_json::json!({
                    "id": j.id, "gold": j.gold, "score": j.score, "class": j.class, "text": j.text, "evidence": j.evidence
                })).collect::<Vec<_>>(),
                "provenance": { "version": env!("CARGO_PKG_VERSION"), "lexicons": analyzer.lexicon().sources() },
            });
            writeln!(console, "{}", serde_json::to_string_pretty(&json)?)?;
        }
        Format::Table => {
            let width = console.width();
            write!(console, "{}", table(args, &evaluation, comparison.as_ref(), width))?;
            write!(console, "{}", misses(&errors, width))?;
        }
    }
    Ok(Outcome::Done)
}

impl GoldArgs {
    pub(super) fn form(&self, path: &str) -> Form {
        let extension = std::path::Path::new(path).extension().and_then(|e| e.to_str()).unwrap_or("");
        match self.gold_form {
            GoldForm::Csv => Form::Csv(b','),
            GoldForm::Tsv => Form::Csv(b'\t'),
            GoldForm::Auto if extension.eq_ignore_ascii_case("csv") => Form::Csv(b','),
            GoldForm::Auto if extension.eq_ignore_ascii_case("tsv") => Form::Csv(b'\t'),
            _ => Form::Jsonl,
        }
    }

    pub(super) fn fields(&self) -> Fields {
        Fields { text: self.text_field.clone(), label: self.label_field.clone(), id: self.id_field.clone() }
    }
}

fn write_predictions(path: &str, judged: &[Judged], console: &mut Console) -> anyhow::Result<()> {
    let mut out = String::new();
    for item in judged {
        out.push_str(&serde_json::to_string(item)?);
        out.push('\n');
    }
    if path == "-" {
        console.write_all(out.as_bytes())?;
        return Ok(());
    }
    std::fs::write(path, out).map_err(|e| anyhow::anyhow!("{path}: cannot be written ({e})"))
}

fn against(path: &str, task: Task, evaluation: &Evaluation, settings: Settings) -> anyhow::Result<Comparison> {
    let baseline = read_predictions(&read_text(path)?);
    let compared = baseline.and_then(|baseline| compare(task, &baseline, &evaluation.judged, settings));
    compared.map_err(|e| anyhow::anyhow!("{path}:{}: {}", e.line, e.reason))
}

/// The items that are furthest off, gold and score each on its own scale.
fn worst(judged: &[Judged], n: usize) -> Vec<&Judged> {
    let scale = |values: &dyn Fn(&Judged) -> f64| {
        let mean = judged.iter().map(values).sum::<f64>() / judged.len() as f64;
        let variance = judged.iter().map(|j| (values(j) - mean).powi(2)).sum::<f64>() / judged.len() as f64;
        (mean, variance.sqrt().max(1e-9))
    };
    let (gold, score) = (scale(&|j| j.gold), scale(&|j| j.score));
    let miss = |j: &Judged| match j.counts {
        Some(c) => (c.predicted - c.hits) + (c.gold - c.hits),
        None => ((j.gold - gold.0) / gold.1 - (j.score - score.0) / score.1).abs(),
    };
    let mut order: Vec<&Judged> = judged.iter().collect();
    order.sort_by(|a, b| miss(b).total_cmp(&miss(a)));
    order.truncate(n);
    order
}

fn table(args: &EvaluateArgs, evaluation: &Evaluation, comparison: Option<&Comparison>, width: usize) -> String {
    let items = count(evaluation.items, "item");
    let title = clip(&format!("{} on {}", args.task.name(), display(&args.gold)), width.saturating_sub(columns(&items) + 3));
    let gap = " ".repeat(width.saturating_sub(columns(&title) + columns(&items) + 2).max(1));
    let mut out = format!(" {}{gap}{}\n\n", paint(BOLD, title), paint(DIM, items));
    let main = main_measure(args.task, &evaluation.judged);
    let longest = evaluation.metrics.keys().map(|k| columns(k)).max().unwrap_or(0).max(9);
    let _ = writeln!(out, " {}   value   95 % interval", pad("measure", longest));
    let order = evaluation.metrics.iter().filter(|(k, _)| *k == main).chain(evaluation.metrics.iter().filter(|(k, _)| *k != main));
    for (name, m) in order {
        let style = if name == main { BOLD } else { anstyle::Style::new() };
        let interval = format!("{} .. {}", fixed(m.low), fixed(m.high));
        let _ = writeln!(
            out,
            " {}  {}  {}",
            paint(style, pad(name, longest)),
            paint(style, pad_left(&fixed(m.value), 6)),
            paint(DIM, interval)
        );
    }
    if let Some(confusion) = &evaluation.confusion {
        let _ = write!(out, "\n {}", pad("gold \\ predicted", 16));
        for class in &confusion.classes {
            let _ = write!(out, "{}", pad_left(&class.to_string(), 9));
        }
        out.push('\n');
        for (class, row) in confusion.classes.iter().zip(&confusion.counts) {
            let _ = write!(out, " {}", pad_left(&class.to_string(), 16));
            for n in row {
                let _ = write!(out, "{}", pad_left(&n.to_string(), 9));
            }
            out.push('\n');
        }
    }
    if let (Some(c), Some(path)) = (comparison, &args.baseline) {
        // Plus zero: no "-0.0000".
        let signed = |x: f64| format!("{:+.4}", (x * 1e4).round() / 1e4 + 0.0);
        let sign = format!("{} ({} .. {})", signed(c.difference.value), signed(c.difference.low), signed(c.difference.high));
        let _ = writeln!(out, "\n against {path}");
        let _ = writeln!(out, " {} {} from {}: {}, p = {:.3}", c.metric, fixed(c.value), fixed(c.baseline), paint(BOLD, sign), c.p);
        let _ = writeln!(out, " {}", paint(DIM, format!("paired bootstrap, {} rounds, seed {}", c.rounds, c.seed)));
    }
    out
}

fn fixed(value: f64) -> String {
    format!("{value:.4}")
}

fn misses(errors: &[&Judged], width: usize) -> String {
    let mut out = String::new();
    for j in errors {
        let head = format!("{}  gold {}  score {:+.3}", one_line(&j.id), j.gold, j.score);
        let _ = writeln!(out, "\n {}", paint(BOLD, head));
        for line in super::layout::wrap(&[(anstyle::Style::new(), one_line(&j.text))], width.saturating_sub(5)).iter().take(4) {
            let _ = writeln!(out, "   {line}");
        }
        for e in &j.evidence {
            let shifts = if e.shifts.is_empty() { String::new() } else { format!(", {}", e.shifts.join(", ")) };
            let line = format!("{:+.2}  {} {} {}{shifts}", e.contribution, one_line(&e.term), e.cue, e.weight);
            let _ = writeln!(out, "   {}", paint(DIM, clip(&line, width.saturating_sub(5))));
        }
    }
    out
}
