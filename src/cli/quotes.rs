//! `philippic quotes`: who says what.

use std::io::Write;

use clap::{Args, ValueEnum};
use philippic::report::{Attribution, SpeechForm};
use philippic::segment::Span;

use super::args::{AnalysisArgs, ReadArgs, check_language, display, read_input};
use super::console::{BOLD, Console, DIM, PLAIN, paint};
use super::layout::{one_line, wrap};
use super::score_table::holder;
use super::{Outcome, Run};

/// List who says what: direct, indirect and mixed speech
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  philippic quotes article.txt
  philippic quotes --format jsonl article.txt")]
pub(super) struct QuotesArgs {
    /// A text; - is standard input
    #[arg(value_name = "FILE")]
    file: String,
    /// Form of the output
    #[arg(short, long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    analysis: AnalysisArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// One JSON object an attribution
    Jsonl,
}

/// One line of the JSONL form.
#[derive(serde::Serialize)]
struct Row<'t> {
    holder: &'t str,
    form: SpeechForm,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Part<'t>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cue: Option<Part<'t>>,
    content: Vec<Part<'t>>,
}

#[derive(serde::Serialize)]
struct Part<'t> {
    start: u32,
    end: u32,
    text: &'t str,
}

pub(super) fn run(args: &QuotesArgs, console: &mut Console) -> Run {
    let analyzer = args.analysis.analyzer(args.read.paragraphs.into(), false)?;
    let text = match read_input(&args.file, &args.read.encoding, console) {
        Ok(text) => text,
        Err(failed) => return Ok(failed),
    };
    if !args.analysis.assume_language {
        check_language(&args.file, &text, &analyzer, console);
    }
    let report = analyzer.analyze(&text).map_err(|e| anyhow::anyhow!("{}: {e}", display(&args.file)))?;
    if report.attributions.is_empty() {
        console.note(&format!("{}: no quotations or reported speech found", display(&args.file)));
    }
    for attribution in &report.attributions {
        match args.format {
            Format::Jsonl => writeln!(console, "{}", serde_json::to_string(&row(attribution, &text))?)?,
            Format::Table => write!(console, "{}", block(attribution, &text, console.width()))?,
        }
    }
    Ok(Outcome::Done)
}

fn row<'t>(attribution: &'t Attribution, text: &'t str) -> Row<'t> {
    let part = |span: &Span| Part { start: span.start, end: span.end, text: slice(text, *span) };
    Row {
        holder: &attribution.holder,
        form: attribution.form,
        source: attribution.source.as_ref().map(part),
        cue: attribution.cue.as_ref().map(part),
        content: attribution.content.iter().map(part).collect(),
    }
}

fn block(attribution: &Attribution, text: &str, width: usize) -> String {
    let form = match attribution.form {
        SpeechForm::Direct => "direct",
        SpeechForm::Indirect => "indirect",
        SpeechForm::Mixed => "mixed",
    };
    let cue = attribution.cue.map(|c| format!(", \"{}\"", one_line(slice(text, c)))).unwrap_or_default();
    let at = attribution.content.first().map(|c| format!(", at {}", c.start)).unwrap_or_default();
    let mut out = format!(" {}  {}\n", paint(BOLD, holder(&attribution.holder)), paint(DIM, format!("{form}{cue}{at}")));
    let content = attribution.content.iter().map(|&c| one_line(slice(text, c))).collect::<Vec<_>>().join(" … ");
    for line in wrap(&[(PLAIN, content)], width.saturating_sub(5)) {
        out.push_str(&format!("   {line}\n"));
    }
    out
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize).unwrap_or("")
}
