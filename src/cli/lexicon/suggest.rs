//! `philippic lexicon suggest`: terms that separate the classes of a labelled file and have no line yet.

use std::fmt::Write as _;
use std::io::Write;

use clap::{Args, ValueEnum};
use philippic::evaluate::{SuggestOptions, Suggestion, Suggestions, Task, read_gold_with, suggest};

use crate::cli::args::{EncodingArgs, display, lexicon_with, read_input};
use crate::cli::console::{BOLD, Console, DIM, paint};
use crate::cli::evaluate::GoldArgs;
use crate::cli::layout::{clip, columns, one_line, pad, pad_left};
use crate::cli::score_table::{count, polarity};
use crate::cli::{Outcome, Run};

/// Suggest terms that separate the classes of a labelled file and have no line yet
///
/// By log-odds with an informative Dirichlet prior (Monroe et al. 2008). Classes are the signs of the scores (0 is left out), the two labels, or the
/// texts below and above the median. A suggestion is a term to think about, not a line: texts of one source have their own words.
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  philippic lexicon suggest labelled.jsonl
  philippic lexicon suggest --ngrams 2 --category alarm --top 50 labelled.jsonl
  philippic lexicon suggest --label-field ironic --format tsv labelled.csv")]
pub(in crate::cli) struct SuggestArgs {
    /// The labelled file, as `evaluate` reads it; - is standard input
    #[arg(value_name = "GOLD")]
    gold: String,
    /// Expressions of up to this many words
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=5))]
    ngrams: u8,
    /// Leave out terms that occur less often
    #[arg(long, value_name = "N", default_value_t = 5)]
    min_count: u32,
    /// Terms to show for each class
    #[arg(long, value_name = "N", default_value_t = 25)]
    top: usize,
    /// Terms count as known only if a line of this category, or below it, meets them
    #[arg(short, long, value_name = "NAME")]
    category: Option<String>,
    /// Size of the prior, in words; never more than the file has
    #[arg(long, value_name = "WORDS", default_value_t = 1000.0, value_parser = prior)]
    prior: f64,
    /// Keep words that never stand in lower case
    #[arg(long)]
    names: bool,
    /// Places to show for each term
    #[arg(long, value_name = "N", default_value_t = 2)]
    examples: usize,
    /// A lexicon to add (repeatable)
    #[arg(long, value_name = "FILE")]
    lexicon: Vec<String>,
    /// Form of the output
    #[arg(short, long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    gold_form: GoldArgs,
    #[command(flatten)]
    encoding: EncodingArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// Everything, for programs
    Json,
    /// One line a term, with a header line
    Tsv,
}

fn prior(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|n: &f64| n.is_finite() && *n > 0.0).ok_or_else(|| "expected a number above 0".to_string())
}

pub(super) fn run(args: &SuggestArgs, console: &mut Console) -> Run {
    let table = lexicon_with(&args.lexicon)?.compile();
    let name = display(&args.gold);
    let text = match read_input(&args.gold, &args.encoding, console) {
        Ok(text) => text,
        Err(outcome) => return Ok(outcome),
    };
    // The sentiment task takes any number: a score, or else a label.
    let items = read_gold_with(Task::Sentiment, &text, args.gold_form.form(&args.gold), &args.gold_form.fields())
        .map_err(|e| anyhow::anyhow!("{name}:{}: {}", e.line, e.reason.replace(" for task sentiment", "")))?;
    let options = SuggestOptions {
        ngrams: usize::from(args.ngrams),
        min_count: args.min_count,
        top: args.top,
        prior: args.prior,
        category: args.category.clone(),
        names: args.names,
        examples: args.examples,
    };
    let found = suggest(&items, &table, &options).map_err(|e| anyhow::anyhow!("{name}: {e}"))?;
    if found.left_out > 0 {
        console.note(&format!("{name}: {} in neither class", count(found.left_out, "text")));
    }
    match args.format {
        Format::Json => {
            let mut json = serde_json::to_value(&found)?;
            json["gold"] = args.gold.clone().into();
            json["lexicons"] = serde_json::to_value(table.sources())?;
            json["version"] = env!("CARGO_PKG_VERSION").into();
            writeln!(console, "{}", serde_json::to_string_pretty(&json)?)?;
        }
        Format::Tsv => {
            writeln!(console, "term\tclass\tcount_0\tcount_1\ttexts_0\ttexts_1\tlog_odds\tz\texample")?;
            for s in &found.terms {
                let example = s.examples.first().map_or(String::new(), |e| one_line(e));
                let class = one_line(&found.classes[s.class].name);
                let ([c0, c1], [t0, t1]) = (s.counts, s.texts);
                writeln!(console, "{}\t{class}\t{c0}\t{c1}\t{t0}\t{t1}\t{:.4}\t{:.4}\t{example}", s.term, s.log_odds, s.z)?;
            }
        }
        Format::Table => {
            let width = console.width();
            write!(console, "{}", show(&found, width))?;
        }
    }
    Ok(Outcome::Done)
}

fn show(found: &Suggestions, width: usize) -> String {
    let mut out = String::new();
    let longest = found.terms.iter().map(|s| columns(&one_line(&s.term))).max().unwrap_or(0).clamp(4, width / 2);
    for (number, class) in found.classes.iter().enumerate() {
        let about = format!("{}, {}", count(class.texts, "text"), count(class.words as usize, "word"));
        let _ = writeln!(out, "{} {}  {}", if number == 0 { "" } else { "\n" }, paint(BOLD, &class.name), paint(DIM, about));
        let terms: Vec<&Suggestion> = found.terms.iter().filter(|s| s.class == number).collect();
        if terms.is_empty() {
            let _ = writeln!(out, "   {}", paint(DIM, "nothing new"));
            continue;
        }
        let head = format!("   {}        z   here  there", pad("term", longest));
        let _ = writeln!(out, "{}", paint(DIM, head));
        for s in terms {
            let term = pad(&clip(&one_line(&s.term), longest), longest);
            let (here, there) = (s.counts[number].to_string(), s.counts[1 - number].to_string());
            let style = polarity(if number == 0 { -1.0 } else { 1.0 });
            let _ = writeln!(
                out,
                "   {} {} {} {}",
                paint(style, term),
                pad_left(&format!("{:+.2}", s.z), 8),
                pad_left(&here, 6),
                pad_left(&there, 6)
            );
            for example in &s.examples {
                let _ = writeln!(out, "     {}", paint(DIM, clip(&one_line(example), width.saturating_sub(6))));
            }
        }
    }
    out
}
