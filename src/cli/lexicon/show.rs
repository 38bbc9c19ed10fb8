//! `philippic lexicon show`: which lines meet a term.

use std::io::Write;

use clap::{Args, ValueEnum};
use philippic::lexicon::Met;

use super::weights;
use crate::cli::args::lexicon_with;
use crate::cli::console::{BOLD, Console, DIM, PLAIN, paint};
use crate::cli::layout::{columns, one_line, pad};
use crate::cli::score_table::polarity;
use crate::cli::{Outcome, Run};

/// Show every line that meets a word or expression, through its stem or a prefix too
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  philippic lexicon show attacking
  philippic lexicon show \"not exactly brilliant\"

\"counts\" marks the line that wins in its category; the others stand behind it. Exit code 1 if no line meets TERM.")]
pub(in crate::cli) struct ShowArgs {
    /// A word or several, as in a text
    #[arg(value_name = "TERM", required = true)]
    term: Vec<String>,
    /// A lexicon to add (repeatable)
    #[arg(long, value_name = "FILE")]
    lexicon: Vec<String>,
    /// Form of the output
    #[arg(short, long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// One JSON object a line met
    Jsonl,
}

pub(super) fn run(args: &ShowArgs, console: &mut Console) -> Run {
    let text = args.term.join(" ");
    let table = lexicon_with(&args.lexicon)?.compile();
    let met = table.lookup(&text);
    if met.is_empty() {
        console.note(&format!("no line meets \"{}\"", one_line(&text)));
        return Ok(Outcome::Rejected);
    }
    let words = |m: &Met| one_line(&text[m.start as usize..m.end as usize]);
    let longest = met.iter().map(|m| columns(&words(m))).max().unwrap_or(0);
    for m in &met {
        let (file, entry) = table.line(m.entry);
        let declared = file.categories.get(&entry.category).map_or(1, |(names, _)| names.len());
        let weight = weights(entry.weights, declared);
        match args.format {
            Format::Jsonl => {
                let row = serde_json::json!({
                    "start": m.start, "end": m.end, "text": &text[m.start as usize..m.end as usize], "counts": m.counts,
                    "term": entry.term, "match": entry.matching.name(), "category": entry.category, "weight": weight,
                    "note": entry.note, "file": file.path, "line": entry.line,
                });
                writeln!(console, "{row}")?;
            }
            Format::Table => {
                let style = if m.counts { BOLD } else { PLAIN };
                let counts = match (m.counts, entry.weights == [0.0; 3]) {
                    (true, true) => "blocks",
                    (true, false) => "counts",
                    (false, _) => "",
                };
                let note = if entry.note.is_empty() { String::new() } else { format!("  {}", entry.note) };
                writeln!(
                    console,
                    " {}  {}  {} {} {}  {}",
                    paint(style, pad(&words(m), longest)),
                    pad(counts, 6),
                    entry.category,
                    paint(polarity(entry.weights[0]), weight),
                    paint(DIM, format!("{} \"{}\"", entry.matching.name(), entry.term)),
                    paint(DIM, format!("{}:{}{note}", file.path, entry.line))
                )?;
            }
        }
    }
    Ok(Outcome::Done)
}
