//! `philippic lexicon coverage`: how much of a corpus the lexicons meet.

use std::io::Write;

use clap::{Args, ValueEnum};
use philippic::{Coverage, CoverageReport};

use crate::cli::args::{ReadArgs, display, lexicon_with, read_input};
use crate::cli::console::{BOLD, Console, DIM, paint};
use crate::cli::layout::{clip, columns, one_line, pad, pad_left};
use crate::cli::score_table::{count, thousands};
use crate::cli::{Outcome, Run};

/// Count what texts meet of the lexicons, and the frequent words that no line meets
///
/// A text file is one document; of .jsonl and .ndjson files each line is one. Words that never stand in lower case (names) are left out of the
/// list of words without a line.
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  philippic lexicon coverage articles/*.txt
  philippic lexicon coverage --top 200 --category alarm corpus.jsonl
  philippic lexicon coverage --lexicon mine.tsv --format json corpus.jsonl")]
pub(in crate::cli) struct CoverageArgs {
    /// Texts and JSON lines; - is standard input
    #[arg(value_name = "CORPUS", required = true)]
    files: Vec<String>,
    /// A lexicon to add (repeatable)
    #[arg(long, value_name = "FILE")]
    lexicon: Vec<String>,
    /// Show this category, or all below it, alone (repeatable)
    #[arg(short, long, value_name = "NAME")]
    category: Vec<String>,
    /// Show the categories that no scorer counts too: modifiers, names, grammar
    #[arg(long)]
    all: bool,
    /// Words without a line to show
    #[arg(long, value_name = "N", default_value_t = 30)]
    top: usize,
    /// Keep words that never stand in lower case
    #[arg(long)]
    names: bool,
    /// Name of the text's key in JSON lines
    #[arg(long, value_name = "NAME", default_value = "text")]
    text_field: String,
    /// Take every input for JSON lines, whatever its name
    #[arg(long)]
    jsonl: bool,
    /// Form of the output
    #[arg(short, long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    read: ReadArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// Everything, for programs
    Json,
}

pub(super) fn run(args: &CoverageArgs, console: &mut Console) -> Run {
    let table = lexicon_with(&args.lexicon)?.compile();
    let mut coverage = Coverage::new(&table, args.read.paragraphs.into());
    let mut outcome = Outcome::Done;
    for path in &args.files {
        let text = match read_input(path, &args.read.encoding, console) {
            Ok(text) => text,
            Err(failed) => {
                outcome = outcome.max(failed);
                continue;
            }
        };
        let extension = std::path::Path::new(path).extension().and_then(|e| e.to_str()).unwrap_or("");
        if args.jsonl || matches!(extension.to_ascii_lowercase().as_str(), "jsonl" | "ndjson") {
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
            for (line, row) in (1..).zip(text.lines()).filter(|(_, row)| !row.trim().is_empty()) {
                let record: Result<serde_json::Value, _> = serde_json::from_str(row);
                let reason = match &record {
                    Ok(record) => match record.get(&args.text_field).and_then(serde_json::Value::as_str) {
                        Some(text) => coverage.add(text).err().map(|e| e.to_string()),
                        None => Some(format!("no text under {:?}; name its key with --text-field", args.text_field)),
                    },
                    Err(error) => Some(format!("not a JSON object: {error}")),
                };
                if let Some(reason) = reason {
                    console.error(&format!("{}:{line}: {reason}", display(path)));
                    outcome = outcome.max(Outcome::Rejected);
                }
            }
        } else if let Err(error) = coverage.add(&text) {
            console.error(&format!("{}: {error}", display(path)));
            outcome = outcome.max(Outcome::Rejected);
        }
    }
    let mut report = coverage.report(args.top, args.names);
    let within = |category: &str, asked: &str| category.strip_prefix(asked).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    report.categories.retain(|c| match args.category.as_slice() {
        [] => c.scored || args.all,
        asked => asked.iter().any(|asked| within(&c.category, asked)),
    });
    match args.format {
        Format::Json => {
            let mut json = serde_json::to_value(&report)?;
            json["lexicons"] = serde_json::to_value(table.sources())?;
            json["version"] = env!("CARGO_PKG_VERSION").into();
            writeln!(console, "{}", serde_json::to_string_pretty(&json)?)?;
        }
        Format::Table => {
            let width = console.width();
            write!(console, "{}", show(&report, width))?;
        }
    }
    Ok(outcome)
}

fn show(report: &CoverageReport, width: usize) -> String {
    let counted = |n: u64, noun: &str| count(n as usize, noun);
    let mut out = format!(
        " {}\n {}\n\n",
        paint(
            BOLD,
            format!(
                "{}, {}, {}",
                counted(report.documents, "document"),
                counted(report.sentences, "sentence"),
                counted(report.words, "word")
            )
        ),
        paint(DIM, format!("{} of the words are met by a scored category", percent(report.scored_share)))
    );
    let longest = report.categories.iter().map(|c| columns(&c.category)).max().unwrap_or(0).max(8);
    let head = format!("   {}       hits    words  sentences  documents", pad("category", longest));
    out.push_str(&format!("{}\n", paint(DIM, head)));
    for c in &report.categories {
        out.push_str(&format!(
            "   {}{}{}{}{}\n",
            pad(&c.category, longest),
            pad_left(&thousands(c.hits as usize), 11),
            pad_left(&percent(c.word_share), 9),
            pad_left(&percent(c.sentence_share), 11),
            pad_left(&percent(c.document_share), 11)
        ));
    }
    if !report.unmet.is_empty() {
        let head = format!("\n   {} words that no line meets", pad_left("times", 8));
        out.push_str(&format!("{}\n", paint(DIM, head)));
        for word in &report.unmet {
            let about = format!("in {}", counted(word.documents, "document"));
            let shown = clip(&one_line(&word.word), width.saturating_sub(columns(&about) + 15));
            out.push_str(&format!("   {} {shown}  {}\n", pad_left(&thousands(word.count as usize), 8), paint(DIM, about)));
        }
    }
    if report.names > 0 {
        let names = format!("{} that never stand in lower case are left out; --names keeps them", counted(report.names as u64, "word"));
        out.push_str(&format!("\n {}\n", paint(DIM, names)));
    }
    out
}

fn percent(share: f64) -> String {
    format!("{:.2} %", share * 100.0)
}
