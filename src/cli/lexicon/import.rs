//! `philippic lexicon import`: other people's lexicons into the project's format.

use std::io::Write;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use philippic::lexicon::{CategoryMap, Columns, ImportError, ImportFormat, ImportOptions, Match, Remark, import};

use crate::cli::args::{EncodingArgs, display, read_input};
use crate::cli::console::Console;
use crate::cli::score_table::{count, thousands};
use crate::cli::{Outcome, Run};

/// Turn a lexicon of another tool into one for --lexicon
///
/// What cannot be carried over, or reads otherwise, is said on standard error with its line. Exit code 1 if a term was lost.
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  philippic lexicon import moral.dic -o moral.tsv
  philippic lexicon import vader_lexicon.txt --category sentiment -o vader.tsv
  philippic lexicon import liwc.dic --map posemo=sentiment:0.5 --map negemo=sentiment:-0.5 > liwc.tsv
  philippic lexicon import words.csv --columns term=lemma,weight=mean,category=group

Categories get the file's name in front, so that each is scored by itself; --category chooses another name.")]
pub(in crate::cli) struct ImportArgs {
    /// The lexicon; - is standard input
    #[arg(value_name = "FILE")]
    file: String,
    /// Its format [default: told by its name and content]
    #[arg(long, value_enum, value_name = "FORMAT")]
    from: Option<ImportFormat>,
    /// Write here [default: standard output]
    #[arg(short, long, value_name = "OUT.tsv")]
    output: Option<String>,
    /// Category of its terms, or what stands before the names of its categories [default: the file's name]
    #[arg(long, value_name = "NAME")]
    category: Option<String>,
    /// Make a category of it another one, its weights multiplied (repeatable)
    #[arg(long, value_name = "FROM=TO[:FACTOR]", value_parser = map)]
    map: Vec<CategoryMap>,
    /// Columns of a table, by name or number: term=,weight=,category=,match=,note=
    #[arg(long, value_name = "COLUMNS", value_parser = columns)]
    columns: Option<Columns>,
    /// The first line of a table is data
    #[arg(long)]
    no_header: bool,
    /// Weight of terms that have none
    #[arg(long, value_name = "W", default_value_t = 1.0, allow_negative_numbers = true)]
    weight: f32,
    /// Divide weights by this [default: 4 for VADER, 5 for AFINN, else the largest if beyond 1]
    #[arg(long, value_name = "N")]
    scale: Option<f32>,
    /// How terms without a wildcard are met
    #[arg(long = "match", value_enum, default_value_t = Matching::Form, value_name = "MATCH")]
    matching: Matching,
    /// Name in the header [default: the file's name]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Licence in the header
    #[arg(long, value_name = "TEXT")]
    licence: Option<String>,
    /// Write what was lost or changed here too, one JSON object a line
    #[arg(long, value_name = "OUT.jsonl")]
    report: Option<String>,
    #[command(flatten)]
    encoding: EncodingArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Matching {
    /// Exactly the word
    Form,
    /// Any word of the same stem
    Stem,
    /// Exactly the word in exactly this case
    Case,
}

pub(super) fn run(args: &ImportArgs, console: &mut Console) -> Run {
    let text = match read_input(&args.file, &args.encoding, console) {
        Ok(text) => text,
        Err(outcome) => return Ok(outcome),
    };
    let options = ImportOptions {
        format: args.from,
        name: args.name.clone(),
        licence: args.licence.clone(),
        category: args.category.clone(),
        maps: args.map.clone(),
        weight: args.weight,
        scale: args.scale,
        matching: match args.matching {
            Matching::Form => Match::Form,
            Matching::Stem => Match::Stem,
            Matching::Case => Match::Case,
        },
        columns: args.columns.clone().unwrap_or_default(),
        headless: args.no_header,
    };
    let name = display(&args.file);
    let imported = match import(&args.file, &text, &options) {
        Ok(imported) => imported,
        Err(error) => {
            if let ImportError::Empty(remarks) = &error {
                say(&name, remarks, args.report.as_deref(), console)?;
            }
            bail!("{name}: {error}");
        }
    };
    match args.output.as_deref() {
        None | Some("-") => console.write_all(imported.text.as_bytes())?,
        Some(path) => std::fs::write(path, &imported.text).with_context(|| format!("{path}: cannot be written"))?,
    }
    say(&name, &imported.remarks, args.report.as_deref(), console)?;
    let lost = imported.remarks.iter().filter(|r| r.lost).count();
    console.note(&format!(
        "{name}: {}, {} in {} carried over, {lost} lost, {} changed",
        imported.format.name(),
        if imported.terms == 1 { "1 term".to_string() } else { format!("{} terms", thousands(imported.terms)) },
        if imported.categories == 1 { "1 category".to_string() } else { format!("{} categories", imported.categories) },
        count(imported.remarks.len() - lost, "thing")
    ));
    Ok(if lost > 0 { Outcome::Rejected } else { Outcome::Done })
}

fn say(name: &str, remarks: &[Remark], report: Option<&str>, console: &mut Console) -> anyhow::Result<()> {
    for r in remarks {
        let kind = if r.lost { "lost" } else { "changed" };
        let line = if r.line == 0 { String::new() } else { format!(":{}", r.line) };
        let term = if r.term.is_empty() { String::new() } else { format!("\"{}\" ", r.term) };
        console.note(&format!("{name}{line}: {kind}: {term}{}", r.message));
    }
    if let Some(path) = report {
        let lines = remarks.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
        let text: String = lines.into_iter().map(|line| line + "\n").collect();
        std::fs::write(path, text).with_context(|| format!("{path}: cannot be written"))?;
    }
    Ok(())
}

fn map(text: &str) -> Result<CategoryMap, String> {
    let (from, to) = text.split_once('=').ok_or("expected FROM=TO or FROM=TO:FACTOR")?;
    let (to, factor) = match to.rsplit_once(':') {
        Some((to, factor)) => (to, factor.parse().map_err(|_| format!("{factor:?} is not a number"))?),
        None => (to, 1.0),
    };
    if !f32::is_finite(factor) {
        return Err("the factor must be a finite number".to_string());
    }
    Ok(CategoryMap { from: from.to_string(), to: to.to_string(), factor })
}

fn columns(text: &str) -> Result<Columns, String> {
    let mut columns = Columns::default();
    for part in text.split(',') {
        let (what, name) = part.split_once('=').ok_or_else(|| format!("expected term=NAME, found {part:?}"))?;
        let slot = match what.trim() {
            "term" => &mut columns.term,
            "weight" => &mut columns.weight,
            "category" => &mut columns.category,
            "match" => &mut columns.matching,
            "note" => &mut columns.note,
            other => return Err(format!("unknown column {other:?}; use term, weight, category, match, note")),
        };
        *slot = Some(name.trim().to_string());
    }
    Ok(columns)
}
