//! `philippic lexicon check`: what is wrong with lexicon files.

use std::io::Write;

use clap::{Args, ValueEnum};
use philippic::lexicon::{BUILTIN_FILES, Finding, Lexicon, LexiconFile, Severity, check};

use crate::cli::args::read_text;
use crate::cli::console::{BOLD, Console, DIM, NEGATIVE, PLAIN, paint};
use crate::cli::score_table::{count, thousands};
use crate::cli::{Outcome, Run};

/// Find what is wrong with lexicon files
///
/// Errors (exit code 1): lines that break the format, duplicates, conflicts, weights out of range, terms that no text can produce.
/// Warnings: lines that never count or say nothing new, gaps in the header. Notes (with --notes): overlaps, overridden lines.
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  philippic lexicon check my.tsv             against itself and the built-in ones
  philippic lexicon check                    the built-in ones
  philippic lexicon check --format jsonl my.tsv")]
pub(in crate::cli) struct CheckArgs {
    /// Lexicon files; default: the built-in ones
    #[arg(value_name = "FILE")]
    files: Vec<String>,
    /// Notes too: overlapping expressions, overridden built-in lines
    #[arg(long)]
    notes: bool,
    /// Form of the output
    #[arg(short, long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// file:line: severity: message
    Text,
    /// One JSON object a finding
    Jsonl,
}

pub(super) fn run(args: &CheckArgs, console: &mut Console) -> Run {
    let mut files = Vec::new();
    let mut found = Vec::new();
    let mut parse = |path: &str, text: &str| {
        let (file, errors) = LexiconFile::parse_all(path, text);
        found.extend(errors.into_iter().map(|e| Finding {
            severity: Severity::Error,
            code: "syntax",
            path: e.path,
            line: e.line,
            term: String::new(),
            message: e.kind.to_string(),
        }));
        files.push(file);
    };
    let base = if args.files.is_empty() {
        BUILTIN_FILES.iter().for_each(|(path, text)| parse(path, text));
        Lexicon::empty()
    } else {
        for path in &args.files {
            parse(path, &read_text(path)?);
        }
        Lexicon::english()
    };
    found.extend(check(&base, &files));
    let order = |path: &str| files.iter().position(|f| f.path == path);
    found.sort_by_key(|f| (order(&f.path), f.line, std::cmp::Reverse(f.severity)));
    for finding in found.iter().filter(|f| args.notes || f.severity > Severity::Note) {
        match args.format {
            Format::Jsonl => writeln!(console, "{}", serde_json::to_string(finding)?)?,
            Format::Text => writeln!(console, "{}", line(finding))?,
        }
    }
    let of = |severity| found.iter().filter(|f| f.severity == severity).count();
    let terms: usize = files.iter().map(|f| f.entries.len()).sum();
    let errors = of(Severity::Error);
    console.note(&format!(
        "{}, {} terms: {}, {}, {}",
        count(files.len(), "file"),
        thousands(terms),
        count(errors, "error"),
        count(of(Severity::Warning), "warning"),
        count(of(Severity::Note), "note")
    ));
    Ok(if errors > 0 { Outcome::Rejected } else { Outcome::Done })
}

fn line(finding: &Finding) -> String {
    let (name, style) = match finding.severity {
        Severity::Error => ("error", NEGATIVE.bold()),
        Severity::Warning => ("warning", BOLD),
        Severity::Note => ("note", PLAIN),
    };
    let term = if finding.term.is_empty() { String::new() } else { format!("\"{}\" ", finding.term) };
    let place = paint(DIM, format!("{}:{}:", finding.path, finding.line));
    format!("{place} {}: {term}{}", paint(style, format!("{name}[{}]", finding.code)), finding.message)
}
