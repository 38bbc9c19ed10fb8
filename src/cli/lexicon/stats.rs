//! `philippic lexicon stats`: lexicon files in numbers.

use std::io::Write;

use clap::{Args, ValueEnum};
use philippic::lexicon::{CategoryStats, LexiconFile, builtin_files, stats};

use crate::cli::args::read_text;
use crate::cli::console::{BOLD, Console, DIM, paint};
use crate::cli::layout::{columns, pad, pad_left};
use crate::cli::score_table::{count, thousands};
use crate::cli::{Outcome, Run};

/// Count the terms of lexicon files by category: expressions, kinds of match, weights
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  philippic lexicon stats
  philippic lexicon stats --format json mine.tsv")]
pub(in crate::cli) struct StatsArgs {
    /// Lexicon files; default: the built-in ones
    #[arg(value_name = "FILE")]
    files: Vec<String>,
    /// Form of the output
    #[arg(short, long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// An array of files
    Json,
}

pub(super) fn run(args: &StatsArgs, console: &mut Console) -> Run {
    let mut files = Vec::new();
    for path in &args.files {
        files.push(LexiconFile::parse(path, &read_text(path)?).map_err(|e| anyhow::anyhow!("{e}"))?);
    }
    if files.is_empty() {
        files = builtin_files();
    }
    if args.format == Format::Json {
        let json: Vec<_> = files
            .iter()
            .map(|f| {
                serde_json::json!({
                    "file": f.path, "name": f.name, "version": f.version, "hash": format!("{:016x}", f.hash),
                    "terms": f.entries.len(), "categories": stats(f),
                })
            })
            .collect();
        writeln!(console, "{}", serde_json::to_string_pretty(&json)?)?;
        return Ok(Outcome::Done);
    }
    let all: Vec<(&LexiconFile, Vec<CategoryStats>)> = files.iter().map(|f| (f, stats(f))).collect();
    let longest = all.iter().flat_map(|(_, s)| s).map(|s| columns(&s.category)).max().unwrap_or(0).max(8);
    // Kinds of match need a wide terminal; weights do not.
    let wide = console.width() >= longest + 3 + 28 + 32 + 27;
    for (i, (file, categories)) in all.iter().enumerate() {
        let about = format!("{}  {} terms", file.version, thousands(file.entries.len()));
        writeln!(console, "{} {}  {}", if i == 0 { "" } else { "\n" }, paint(BOLD, &file.name), paint(DIM, about))?;
        let kinds = if wide { "  blocking    stem    form    case  prefix" } else { "" };
        let weight = if wide { "  weight: min" } else { "      min" };
        let head = format!("   {}    terms  phrases{kinds}{weight}   mean    max", pad("category", longest));
        writeln!(console, "{}", paint(DIM, head))?;
        for s in categories {
            let of = |kind: &str| number(s.matches.get(kind).copied().unwrap_or(0), 8);
            let counts = format!("{}{}", number(s.terms, 9), number(s.multiword, 9));
            let matches = if wide {
                format!("{}{}{}{}{}", number(s.blocking, 10), of("stem"), of("form"), of("case"), of("prefix"))
            } else {
                String::new()
            };
            for (row, (name, spread)) in s.weights.iter().enumerate() {
                let weights = format!("{:>first$.2}{:>7.2}{:>7.2}", spread.min, spread.mean, spread.max, first = weight.len());
                let named = if s.weights.len() > 1 { format!("  {name}") } else { String::new() };
                let left = match row {
                    0 => format!("   {}{counts}{matches}", pad(&s.category, longest)),
                    _ => " ".repeat(3 + longest + columns(&counts) + columns(&matches)),
                };
                writeln!(console, "{left}{weights}{}", paint(DIM, named))?;
            }
            if s.weights.is_empty() {
                writeln!(console, "   {}{counts}{matches}", pad(&s.category, longest))?;
            }
        }
    }
    let terms: usize = files.iter().map(|f| f.entries.len()).sum();
    let phrases: usize = all.iter().flat_map(|(_, s)| s).map(|s| s.multiword).sum();
    let sum = format!("{}, {} terms, {} of several words", count(files.len(), "file"), thousands(terms), thousands(phrases));
    writeln!(console, "\n {}", paint(DIM, sum))?;
    if !wide {
        writeln!(console, " {}", paint(DIM, "blocking terms and kinds of match: --width 120, or --format json"))?;
    }
    Ok(Outcome::Done)
}

/// A count in a column; a dot where there is none.
fn number(n: usize, width: usize) -> String {
    pad_left(&if n == 0 { "·".to_string() } else { thousands(n) }, width)
}
