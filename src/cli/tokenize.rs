//! `philippic tokenize`: a text in, a line per unit out.

use std::io::Write;

use clap::{Args, ValueEnum};
use philippic::lexicon::Lexicon;
use philippic::{UnitKind, units};

use super::args::{EncodingArgs, Paragraphs, display, read_input};
use super::console::{Console, DIM, paint};
use super::score::inputs;
use super::{Outcome, Run};

/// Cut a text into words, sentences, paragraphs or quotations
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  philippic tokenize article.txt
  philippic tokenize --sentences --format jsonl article.txt
  philippic tokenize --quotes article.txt

One line a unit: start, end, kind, text. Offsets count bytes of the UTF-8 text.")]
pub(super) struct TokenizeArgs {
    /// Texts; - is standard input, and so is no FILE at all
    #[arg(value_name = "FILE")]
    files: Vec<String>,
    #[command(flatten)]
    unit: UnitArgs,
    /// Form of the output
    #[arg(short, long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    encoding: EncodingArgs,
}

#[derive(Args, Debug)]
#[command(next_help_heading = "Units")]
struct UnitArgs {
    /// Words by UAX #29 (the default)
    #[arg(long, conflicts_with_all = ["tokens", "sentences", "quotes"])]
    words: bool,
    /// The tokens that scores are made of: words, numbers, punctuation, URLs, emoji
    #[arg(long, conflicts_with_all = ["sentences", "quotes"])]
    tokens: bool,
    /// Sentences
    #[arg(long, conflicts_with = "quotes")]
    sentences: bool,
    /// Quotations: speech, title or scare
    #[arg(long)]
    quotes: bool,
    /// Paragraphs; with another unit, HOW paragraphs are told apart
    #[arg(long, value_enum, value_name = "HOW", num_args = 0..=1, require_equals = true, default_missing_value = "auto")]
    paragraphs: Option<Paragraphs>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tab-separated; tab, line break and backslash in the text as \t, \n, \r, \\
    Text,
    /// One JSON object a line
    Jsonl,
}

#[derive(serde::Serialize)]
struct Row<'t> {
    start: u32,
    end: u32,
    text: &'t str,
    kind: &'static str,
}

pub(super) fn run(args: &TokenizeArgs, console: &mut Console) -> Run {
    let lexicon = Lexicon::english().compile();
    let mut outcome = Outcome::Done;
    for path in &inputs(&args.files)? {
        let text = match read_input(path, &args.encoding, console) {
            Ok(text) => text,
            Err(failed) => {
                outcome = outcome.max(failed);
                continue;
            }
        };
        match units(&lexicon, &text, args.unit.paragraphs.unwrap_or_default().into(), args.kind()) {
            Ok(units) => {
                for unit in units {
                    let slice = &text[unit.start as usize..unit.end as usize];
                    match args.format {
                        Format::Jsonl => {
                            let row = Row { start: unit.start, end: unit.end, text: slice, kind: unit.kind };
                            writeln!(console, "{}", serde_json::to_string(&row)?)?;
                        }
                        Format::Text => {
                            let place = paint(DIM, format!("{}\t{}\t{}", unit.start, unit.end, unit.kind));
                            writeln!(console, "{place}\t{}", escape(slice))?;
                        }
                    }
                }
            }
            Err(error) => {
                console.error(&format!("{}: {error}", display(path)));
                outcome = outcome.max(Outcome::Rejected);
            }
        }
    }
    Ok(outcome)
}

impl TokenizeArgs {
    fn kind(&self) -> UnitKind {
        match &self.unit {
            UnitArgs { tokens: true, .. } => UnitKind::Tokens,
            UnitArgs { sentences: true, .. } => UnitKind::Sentences,
            UnitArgs { quotes: true, .. } => UnitKind::Quotes,
            UnitArgs { words: false, paragraphs: Some(_), .. } => UnitKind::Paragraphs,
            _ => UnitKind::Words,
        }
    }
}

/// One line whatever the text holds.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}
