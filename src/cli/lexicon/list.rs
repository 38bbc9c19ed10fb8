//! `philippic lexicon list`: which files and categories there are, or the terms of a category.

use std::io::Write;

use clap::{Args, ValueEnum};
use philippic::lexicon::{Compiled, Entry, LexiconFile};

use super::weights;
use crate::cli::args::lexicon_with;
use crate::cli::console::{BOLD, Console, DIM, paint};
use crate::cli::layout::{clip, columns, pad, pad_left};
use crate::cli::score_table::{count, thousands};
use crate::cli::{Outcome, Run};

/// List the lexicons, their categories, or the terms of a category
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  philippic lexicon list
  philippic lexicon list --category alarm.brink
  philippic lexicon list --category alarm > alarm.tsv")]
pub(in crate::cli) struct ListArgs {
    /// The terms of this category, or of all below it, tab-separated
    #[arg(short, long, value_name = "NAME")]
    category: Option<String>,
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
    /// One JSON object a file or term
    Jsonl,
}

pub(super) fn run(args: &ListArgs, console: &mut Console) -> Run {
    let lexicon = lexicon_with(&args.lexicon)?;
    let files = lexicon.files();
    let Some(category) = &args.category else {
        for (i, file) in files.iter().enumerate() {
            match args.format {
                Format::Jsonl => writeln!(console, "{}", json(file)?)?,
                Format::Table => write!(console, "{}{}", if i == 0 { "" } else { "\n" }, block(file, console.width()))?,
            }
        }
        if args.format == Format::Table {
            let sum = paint(DIM, format!("{}, {} terms", count(files.len(), "file"), thousands(lexicon.len())));
            writeln!(console, "\n {sum}")?;
        }
        return Ok(Outcome::Done);
    };
    let mut any = false;
    for file in files {
        for entry in file.entries.iter().filter(|e| within(&e.category, category)) {
            any = true;
            writeln!(console, "{}", term(args.format, file, entry)?)?;
        }
    }
    if !any {
        anyhow::bail!("no category {category:?}; see `philippic lexicon list`");
    }
    Ok(Outcome::Done)
}

/// Whether a category is the one asked for, or below it.
fn within(category: &str, asked: &str) -> bool {
    category.strip_prefix(asked).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn term(format: Format, file: &LexiconFile, entry: &Entry) -> anyhow::Result<String> {
    let declared = file.categories.get(&entry.category).map_or(1, |(names, _)| names.len());
    let weight = weights(entry.weights, declared);
    Ok(match format {
        Format::Table => format!("{}\t{}\t{}\t{weight}\t{}", entry.term, entry.matching.name(), entry.category, entry.note),
        Format::Jsonl => serde_json::to_string(&serde_json::json!({
            "term": entry.term, "match": entry.matching.name(), "category": entry.category, "weight": weight,
            "note": entry.note, "file": file.path, "line": entry.line,
        }))?,
    })
}

fn json(file: &LexiconFile) -> anyhow::Result<String> {
    let categories: Vec<_> = file
        .categories
        .iter()
        .map(|(name, (_, definition))| {
            serde_json::json!({ "name": name, "definition": definition, "family": format!("{:?}", Compiled::family(name)).to_lowercase(), "terms": size(file, name) })
        })
        .collect();
    Ok(serde_json::to_string(&serde_json::json!({
        "file": file.path, "name": file.name, "version": file.version, "language": file.language, "licence": file.licence,
        "hash": format!("{:016x}", file.hash), "terms": file.entries.len(), "categories": categories,
    }))?)
}

fn size(file: &LexiconFile, category: &str) -> usize {
    file.entries.iter().filter(|e| e.category == category).count()
}

fn block(file: &LexiconFile, width: usize) -> String {
    let about = format!("{}  {}  {} terms", file.version, &format!("{:016x}", file.hash), thousands(file.entries.len()));
    let mut out = format!(" {}  {}\n", paint(BOLD, &file.name), paint(DIM, about));
    let longest = file.categories.keys().map(|c| columns(c)).max().unwrap_or(0);
    for (name, (_, definition)) in &file.categories {
        let terms = pad_left(&thousands(size(file, name)), 7);
        let definition = clip(definition, width.saturating_sub(longest + 14));
        out.push_str(&format!("   {}  {terms}  {}\n", pad(name, longest), paint(DIM, definition)));
    }
    out
}
