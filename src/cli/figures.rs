//! `philippic figures`: who is in a text, and who holds what toward whom.

use std::collections::BTreeMap;
use std::io::Write;

use clap::{Args, ValueEnum};
use philippic::report::Report;

use super::args::{AnalysisArgs, ReadArgs, check_language, display, read_input};
use super::console::{BOLD, Console, DIM, PLAIN, paint};
use super::layout::{clip, columns, one_line, pad, pad_left};
use super::score_table::{count, holder, polarity};
use super::{Outcome, Run};

/// List the figures of a text and the stances toward them
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  philippic figures article.txt
  philippic figures --format dot article.txt | dot -Tsvg > figures.svg
  philippic figures --drop-links pronoun article.txt")]
pub(super) struct FiguresArgs {
    /// A text; - is standard input
    #[arg(value_name = "FILE")]
    file: String,
    /// Form of the output
    #[arg(short, long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    analysis: AnalysisArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Names, then a matrix of holders and figures
    Table,
    /// The figures as in the report
    Json,
    /// A graph for Graphviz
    Dot,
}

pub(super) fn run(args: &FiguresArgs, console: &mut Console) -> Run {
    let analyzer = args.analysis.analyzer(args.read.paragraphs.into(), args.format == Format::Json)?;
    let text = match read_input(&args.file, &args.read.encoding, console) {
        Ok(text) => text,
        Err(failed) => return Ok(failed),
    };
    if !args.analysis.assume_language {
        check_language(&args.file, &text, &analyzer, console);
    }
    let report = analyzer.analyze(&text).map_err(|e| anyhow::anyhow!("{}: {e}", display(&args.file)))?;
    match args.format {
        Format::Json => writeln!(console, "{}", serde_json::to_string_pretty(&report.figures)?)?,
        Format::Dot => write!(console, "{}", dot(&report))?,
        Format::Table if report.figures.is_empty() => console.note(&format!("{}: no figures found", display(&args.file))),
        Format::Table => write!(console, "{}{}", names(&report, console.width()), matrix(&report, console.width()))?,
    }
    Ok(Outcome::Done)
}

fn names(report: &Report, width: usize) -> String {
    let mut out = String::new();
    let longest = report.figures.iter().map(|f| columns(&one_line(&f.name))).max().unwrap_or(0).min(width / 2);
    for figure in &report.figures {
        let name = pad(&clip(&one_line(&figure.name), longest), longest);
        let also = if figure.aliases.is_empty() { String::new() } else { format!(", also {}", figure.aliases.join(", ")) };
        let rest = one_line(&format!("{}{also}", count(figure.mentions as usize, "mention")));
        out.push_str(&format!(" {}  {}\n", paint(BOLD, name), paint(DIM, clip(&rest, width.saturating_sub(longest + 4)))));
    }
    out
}

/// Columns of one cell of the matrix.
const CELL: usize = 6;

/// A score with its hits, if the holder speaks of the figure.
type Cell = Option<(f32, u32)>;

/// Rows are holders, columns the figures by number; a row for each holder who speaks of somebody.
fn matrix(report: &Report, width: usize) -> String {
    let mut rows: BTreeMap<(usize, String), Vec<Cell>> = BTreeMap::new();
    for (column, figure) in report.figures.iter().enumerate() {
        for stance in &figure.stances {
            // The author first, then figures in their order, then the others.
            let rank = match report.figures.iter().position(|f| f.name == stance.holder) {
                _ if stance.holder == philippic::report::AUTHOR => 0,
                Some(position) => position + 1,
                None => usize::MAX,
            };
            let row = rows.entry((rank, stance.holder.clone())).or_insert_with(|| vec![None; report.figures.len()]);
            row[column] = Some((stance.score, stance.hits));
        }
    }
    if rows.is_empty() {
        return String::new();
    }
    let room = (width / 3).max(12);
    let longest = rows.keys().map(|(_, h)| columns(&holder(h))).max().unwrap_or(0).clamp(6, room);
    let fit = (width.saturating_sub(longest + 2) / CELL).max(1);
    let mut out = String::new();
    for first in (0..report.figures.len()).step_by(fit) {
        let shown = first..(first + fit).min(report.figures.len());
        out.push_str(&format!("\n {}", paint(DIM, pad("holder", longest))));
        for column in shown.clone() {
            out.push_str(&paint(BOLD, pad_left(&initials(&report.figures[column].name, column), CELL)));
        }
        out.push('\n');
        for ((_, name), row) in &rows {
            let mut line = format!(" {}", pad(&clip(&holder(name), longest), longest));
            for cell in &row[shown.clone()] {
                let (text, style) = match cell {
                    None => (String::new(), PLAIN),
                    Some((_, 0)) => ("–".to_string(), DIM),
                    Some((score, _)) => (format!("{score:+.2}"), polarity(*score)),
                };
                line.push_str(&paint(style, pad_left(&text, CELL)));
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
    let key: Vec<String> =
        report.figures.iter().enumerate().map(|(i, f)| format!("{} {}", initials(&f.name, i), one_line(&f.name))).collect();
    out.push('\n');
    for line in super::layout::wrap(&[(DIM, key.join(", "))], width.saturating_sub(2)) {
        out.push_str(&format!(" {line}\n"));
    }
    out
}

/// "VP1": initials with the figure's number, so that no two are alike.
fn initials(name: &str, number: usize) -> String {
    let letters: String = name.split_whitespace().filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).take(2).collect();
    format!("{letters}{}", number + 1)
}

/// Holders and figures as nodes, stances with evidence as edges.
fn dot(report: &Report) -> String {
    let quote = |text: &str| format!("\"{}\"", one_line(text).replace('\\', "\\\\").replace('"', "\\\""));
    let mut out = String::from("digraph stances {\n  rankdir=LR;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n");
    for figure in &report.figures {
        out.push_str(&format!("  {} [label={}];\n", quote(&figure.name), quote(&format!("{} ({})", figure.name, figure.mentions))));
    }
    for figure in &report.figures {
        for stance in figure.stances.iter().filter(|s| s.hits > 0) {
            let colour = match stance.score {
                s if s < -0.05 => "firebrick",
                s if s > 0.05 => "forestgreen",
                _ => "gray40",
            };
            out.push_str(&format!(
                "  {} -> {} [label=\"{:+.2}\", color={colour}, penwidth={:.1}];\n",
                quote(&holder(&stance.holder)),
                quote(&figure.name),
                stance.score,
                1.0 + 3.0 * stance.score.abs()
            ));
        }
    }
    out.push_str("}\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::score_table::tests::report;

    #[test]
    fn matrix_and_graph() {
        let text = format!("{}{}", names(&report(), 80), matrix(&report(), 80));
        insta::assert_snapshot!("matrix", anstream::adapter::strip_str(&text).to_string());
        insta::assert_snapshot!("dot", dot(&report()));
    }
}
