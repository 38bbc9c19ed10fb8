//! `philippic compare`: two corpora side by side.

use std::io::Write;
use std::path::PathBuf;

use anstyle::Style;
use clap::{Args, ValueHint};
use philippic::corpus::{self, CompareOptions, Comparison, CueDifference, Interval};

use super::console::{BOLD, Console, DIM, paint};
use super::{Outcome, Run};

/// Compare two corpora that batch has scored
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  philippic compare gazette.parquet herald.parquet
  philippic compare before.csv after.csv --json

Differences are B minus A, with 95 % intervals; * marks those that do not hold 0.")]
pub(super) struct CompareArgs {
    /// The first corpus: a table of paragraphs (.parquet, .csv, .arrow) or reports (.jsonl) written by batch
    #[arg(value_name = "A", value_hint = ValueHint::FilePath)]
    a: PathBuf,
    /// The second corpus
    #[arg(value_name = "B", value_hint = ValueHint::FilePath)]
    b: PathBuf,
    /// Figures and cues to list
    #[arg(long, default_value_t = 10, value_name = "N")]
    top: usize,
    /// List figures toward which at least N documents of each take a stance
    #[arg(long, default_value_t = 3, value_name = "N")]
    min_documents: u64,
    /// Seed of the bootstrap
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &CompareArgs, console: &mut Console) -> Run {
    let options = CompareOptions { top: args.top, min_documents: args.min_documents, seed: args.seed };
    let comparison = corpus::compare(&args.a, &args.b, &options)?;
    if args.json {
        writeln!(console, "{}", serde_json::to_string_pretty(&comparison)?)?;
        return Ok(Outcome::Done);
    }
    table(&comparison, console)?;
    console.flush()?;
    for note in &comparison.notes {
        console.note(note);
    }
    Ok(Outcome::Done)
}

fn table(comparison: &Comparison, console: &mut Console) -> anyhow::Result<()> {
    for (name, side) in [("A", &comparison.a), ("B", &comparison.b)] {
        let counts = format!("{} documents, {} paragraphs, {} words", side.documents, side.paragraphs, side.words);
        writeln!(console, "{} {}  {}", paint(BOLD, name), side.path, paint(DIM, counts))?;
    }
    head(console, "Mean of paragraphs", ["A", "B", "B - A", "95 %"])?;
    for mean in &comparison.means {
        line(console, &mean.score, mean.a.value, mean.b.value, &mean.difference, "")?;
    }
    if !comparison.figures.is_empty() {
        head(console, "Stance toward", ["A", "B", "B - A", "95 %"])?;
        for figure in &comparison.figures {
            let documents = format!("{} and {} documents", figure.documents_a, figure.documents_b);
            line(console, &figure.figure, figure.a, figure.b, &figure.difference, &documents)?;
        }
    }
    cues(console, "Parts and cue families", &comparison.cues)?;
    cues(console, "Terms, in 1,000 paragraphs", &comparison.terms)
}

/// Width of the first column.
const NAME: usize = 28;

fn head(console: &mut Console, title: &str, columns: [&str; 4]) -> anyhow::Result<()> {
    let [a, b, difference, interval] = columns;
    let row = format!("{:<NAME$} {a:>8} {b:>8} {difference:>8}  {interval}", title);
    Ok(writeln!(console, "\n{}", paint(BOLD, row.trim_end()))?)
}

fn line(console: &mut Console, name: &str, a: f64, b: f64, difference: &Interval, more: &str) -> anyhow::Result<()> {
    let clear = if difference.is_clear() { "*" } else { " " };
    let style = if difference.is_clear() { Style::new() } else { DIM };
    let row =
        format!("{} {a:>8.3} {b:>8.3} {:>+8.3}{clear} {:+.3} to {:+.3}", fit(name), difference.value, difference.low, difference.high);
    Ok(writeln!(console, "{}  {}", paint(style, row), paint(DIM, more))?)
}

fn cues(console: &mut Console, title: &str, cues: &[CueDifference]) -> anyhow::Result<()> {
    if cues.is_empty() {
        return Ok(());
    }
    head(console, title, ["A", "B", "B - A", ""])?;
    for cue in cues {
        let (name, more) = match &cue.term {
            Some(term) => (term.clone(), cue.cue.clone()),
            None => (format!("{}: {}", cue.score, cue.cue.replace('_', " ")), String::new()),
        };
        let row = format!("{} {:>8.3} {:>8.3} {:>+8.3}", fit(&name), cue.a, cue.b, cue.difference);
        writeln!(console, "{row}   {}", paint(DIM, more))?;
    }
    Ok(())
}

/// A name in its column: cut where it is too long.
fn fit(name: &str) -> String {
    use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};
    let mut out = String::new();
    let mut width = 0;
    let long = name.width() > NAME;
    for c in name.chars().filter(|c| !c.is_control()) {
        let next = c.width().unwrap_or(0);
        if width + next > NAME - usize::from(long) {
            out.push('…');
            width += 1;
            break;
        }
        out.push(c);
        width += next;
    }
    out + &" ".repeat(NAME - width.min(NAME))
}
