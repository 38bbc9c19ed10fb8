//! `philippic score`: texts in, reports out.

use std::io::Write;

use clap::{Args, ValueEnum};
use philippic::Scratch;
use philippic::report::{PARAGRAPH_COLUMNS, Report, STANCE_COLUMNS, custom_cells, custom_columns, paragraph_rows, stance_rows};

use super::args::{AnalysisArgs, ReadArgs, check_language, display, read_input};
use super::console::Console;
use super::{Outcome, Run, score_table};

/// Score the paragraphs of texts
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  philippic score article.txt
  philippic score --format json --evidence article.txt
  philippic score --format csv --table stances *.txt > stances.csv
  curl -s URL | philippic score -

Offsets count bytes of the UTF-8 text; nothing is normalised. \"–\" is \"no evidence\", which is not neutral.")]
pub(super) struct ScoreArgs {
    /// Texts; - is standard input, and so is no FILE at all
    #[arg(value_name = "FILE")]
    files: Vec<String>,
    /// Form of the output
    #[arg(short, long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    format: Format,
    /// Which rows csv has
    #[arg(long, value_enum, default_value_t = Rows::Paragraphs, value_name = "ROWS")]
    table: Rows,
    /// With all the words behind each number
    #[arg(short, long)]
    evidence: bool,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    analysis: AnalysisArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, as wide as the terminal
    Table,
    /// The whole report; of several inputs, an array
    Json,
    /// The whole report, one line an input
    Jsonl,
    /// Tidy rows
    Csv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Rows {
    /// One row a paragraph
    Paragraphs,
    /// One row for each paragraph, holder and figure
    Stances,
}

pub(super) fn run(args: &ScoreArgs, console: &mut Console) -> Run {
    let analyzer = args.analysis.analyzer(args.read.paragraphs.into(), args.evidence || args.format == Format::Table)?;
    let files = inputs(&args.files)?;
    let mut scratch = Scratch::default();
    let own = analyzer.lexicon().custom_categories();
    let mut writer = Writer { args, own, array: files.len() > 1, written: 0 };
    let mut outcome = Outcome::Done;
    for path in &files {
        let text = match read_input(path, &args.read.encoding, console) {
            Ok(text) => text,
            Err(failed) => {
                outcome = outcome.max(failed);
                continue;
            }
        };
        if !args.analysis.assume_language {
            check_language(path, &text, &analyzer, console);
        }
        match analyzer.analyze_with(&text, &mut scratch) {
            Ok(mut report) => {
                report.id = Some(path.clone());
                writer.report(&report, &text, console)?;
            }
            Err(error) => {
                console.error(&format!("{}: {error}", display(path)));
                outcome = outcome.max(Outcome::Rejected);
            }
        }
    }
    writer.finish(console)?;
    Ok(outcome)
}

/// The inputs: what is named, else standard input if something comes down it.
pub(super) fn inputs(files: &[String]) -> anyhow::Result<Vec<String>> {
    if !files.is_empty() {
        return Ok(files.to_vec());
    }
    if std::io::IsTerminal::is_terminal(&std::io::stdin()) {
        anyhow::bail!("no FILE given; name one, or pipe text into `philippic ... -`");
    }
    Ok(vec!["-".to_string()])
}

/// Writes reports in one of the formats.
struct Writer<'a> {
    args: &'a ScoreArgs,
    /// Categories of the user's own.
    own: &'a [String],
    array: bool,
    written: usize,
}

impl Writer<'_> {
    fn report(&mut self, report: &Report, text: &str, console: &mut Console) -> anyhow::Result<()> {
        let first = self.written == 0;
        self.written += 1;
        match self.args.format {
            Format::Table => {
                let table = score_table::render(report, text, console.width(), self.args.evidence);
                write!(console, "{}{table}", if first { "" } else { "\n" })?;
            }
            Format::Json if self.array => {
                let json = serde_json::to_string_pretty(report)?;
                write!(console, "{}{json}", if first { "[\n" } else { ",\n" })?;
            }
            Format::Json => writeln!(console, "{}", serde_json::to_string_pretty(report)?)?,
            Format::Jsonl => writeln!(console, "{}", serde_json::to_string(report)?)?,
            Format::Csv => console.write_all(&rows(report, self.args.table, self.own, first)?)?,
        }
        Ok(())
    }

    fn finish(&self, console: &mut Console) -> anyhow::Result<()> {
        match (self.args.format, self.written) {
            (Format::Json, 0) if self.array => writeln!(console, "[]")?,
            (Format::Json, _) if self.array => writeln!(console, "\n]")?,
            (Format::Csv, 0) => console.write_all(&header(self.args.table, self.own)?)?,
            _ => {}
        }
        Ok(())
    }
}

fn header(table: Rows, own: &[String]) -> anyhow::Result<Vec<u8>> {
    let (columns, own) = match table {
        Rows::Paragraphs => (PARAGRAPH_COLUMNS, custom_columns(own)),
        Rows::Stances => (STANCE_COLUMNS, Vec::new()),
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(columns.iter().map(|(name, ..)| *name).chain(own.iter().map(String::as_str)))?;
    Ok(writer.into_inner()?)
}

fn rows(report: &Report, table: Rows, own: &[String], with_header: bool) -> anyhow::Result<Vec<u8>> {
    let head = if with_header { header(table, own)? } else { Vec::new() };
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(head);
    match table {
        Rows::Paragraphs => {
            let paragraphs = paragraph_rows(report).zip(&report.paragraphs);
            paragraphs.map(|(row, paragraph)| (row, custom_cells(paragraph))).try_for_each(|row| writer.serialize(row))?;
        }
        Rows::Stances => stance_rows(report).try_for_each(|row| writer.serialize(row))?,
    }
    Ok(writer.into_inner()?)
}
