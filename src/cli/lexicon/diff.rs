//! `philippic lexicon diff`: what changed from one lexicon file to another.

use std::io::Write;

use clap::{Args, ValueEnum};
use philippic::lexicon::{Change, LexiconFile, Side, diff};

use crate::cli::args::read_text;
use crate::cli::console::{BOLD, Console, DIM, NEGATIVE, PLAIN, POSITIVE, paint};
use crate::cli::{Outcome, Run};

/// Show what changed from one lexicon file to another: terms added, removed, with other weights, match, category or note
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  philippic lexicon diff old.tsv new.tsv
  philippic lexicon diff --format json old.tsv new.tsv")]
pub(in crate::cli) struct DiffArgs {
    /// The earlier file
    #[arg(value_name = "OLD")]
    old: String,
    /// The later file
    #[arg(value_name = "NEW")]
    new: String,
    /// Form of the output
    #[arg(short, long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// An object with the changes and their numbers
    Json,
}

pub(super) fn run(args: &DiffArgs, console: &mut Console) -> Run {
    let read =
        |path: &str| -> anyhow::Result<LexiconFile> { LexiconFile::parse(path, &read_text(path)?).map_err(|e| anyhow::anyhow!("{e}")) };
    let (old, new) = (read(&args.old)?, read(&args.new)?);
    let changes = diff(&old, &new);
    let of = |kind: &str| changes.iter().filter(|c| c.kind == kind).count();
    let (added, removed) = (of("added"), of("removed"));
    let changed = changes.len() - added - removed;
    match args.format {
        Format::Json => {
            let json = serde_json::json!({
                "old": { "file": old.path, "version": old.version, "hash": format!("{:016x}", old.hash), "terms": old.entries.len() },
                "new": { "file": new.path, "version": new.version, "hash": format!("{:016x}", new.hash), "terms": new.entries.len() },
                "added": added, "removed": removed, "changed": changed, "changes": changes,
            });
            writeln!(console, "{}", serde_json::to_string_pretty(&json)?)?;
        }
        Format::Table => {
            for change in &changes {
                writeln!(console, "{}", line(change))?;
            }
        }
    }
    console.note(&format!("{added} added, {removed} removed, {changed} changed"));
    Ok(Outcome::Done)
}

fn line(change: &Change) -> String {
    let full = |side: &Side| format!("{} {} {}", side.matching, side.category, weights(side));
    match (&change.old, &change.new) {
        (Some(old), None) => format!("{} {}  {}", paint(NEGATIVE, "-"), paint(BOLD, &change.term), full(old)),
        (None, Some(new)) => format!("{} {}  {}", paint(POSITIVE, "+"), paint(BOLD, &change.term), full(new)),
        (Some(old), Some(new)) => {
            let mut parts: Vec<String> = Vec::new();
            let mut part = |before: &str, after: &str| {
                parts.push(if before == after { after.to_string() } else { format!("{before} {} {after}", paint(DIM, "→")) });
            };
            part(old.matching, new.matching);
            part(&old.category, &new.category);
            part(&weights(old), &weights(new));
            if old.note != new.note {
                part(&format!("{:?}", old.note), &format!("{:?}", new.note));
            }
            format!("{} {}  {}", paint(PLAIN, "~"), paint(BOLD, &change.term), parts.join(" "))
        }
        (None, None) => String::new(),
    }
}

fn weights(side: &Side) -> String {
    side.weights.iter().map(f32::to_string).collect::<Vec<_>>().join(",")
}
