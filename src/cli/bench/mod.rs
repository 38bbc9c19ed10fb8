//! `philippic bench`: how fast is it here, on this corpus, stage by stage?

mod corpus;
mod measure;
mod show;

use std::io::{IsTerminal, Write};

use anyhow::{Context, bail, ensure};
use clap::Args;
use serde::{Deserialize, Serialize};

use super::args::{AnalysisArgs, ReadArgs};
use super::console::Console;
use super::{Outcome, Run};

/// Measure the speed of every stage on a corpus
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  philippic bench                              on generated news
  philippic bench corpus/*.txt                 on your texts
  philippic bench --json > before.json         keep a run
  philippic bench --compare before.json        is it faster now?

Medians over the repeats; the range holds the middle half of them. Close other programs first.")]
pub(super) struct BenchArgs {
    /// Texts; none: generated news
    #[arg(value_name = "FILE")]
    files: Vec<String>,
    /// How often everything is measured
    #[arg(long, default_value_t = 11, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    repeats: u32,
    /// Measure 1 to N threads; default: as many as there are cores
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1024))]
    threads: Option<u32>,
    /// Size of the generated corpus
    #[arg(long, default_value_t = 2_000_000, value_name = "BYTES", conflicts_with = "files")]
    bytes: u32,
    /// Leave long texts whole; default: they are cut between paragraphs into documents of some 16 kB
    #[arg(long)]
    whole: bool,
    /// Measure with the evidence of every score
    #[arg(long)]
    evidence: bool,
    /// The results as JSON
    #[arg(long)]
    json: bool,
    /// An earlier --json run on the same corpus to compare with
    #[arg(long, value_name = "FILE")]
    compare: Option<String>,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    analysis: AnalysisArgs,
}

/// What the form of [`Results`] is called.
const SCHEMA: &str = "philippic-bench/1";

/// One run: what `--json` writes and `--compare` reads.
#[derive(Debug, Serialize, Deserialize)]
struct Results {
    schema: String,
    version: String,
    /// The vector instructions that segmentation uses.
    kernel: String,
    cores: usize,
    corpus: Size,
    repeats: u32,
    evidence: bool,
    /// One thread, in order of the pipeline. `words` is measured alone; it is no part of `pipeline`.
    stages: Vec<Timing>,
    /// The pipeline from text to report on 1, 2, ... threads.
    threads: Vec<Threaded>,
    /// The most memory that the process held; absent where the system does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    peak_memory_bytes: Option<u64>,
    /// With `--compare`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    comparison: Vec<Compared>,
}

/// What was measured on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Size {
    name: String,
    documents: usize,
    bytes: usize,
    words: usize,
    paragraphs: usize,
    /// FNV-1a of the documents, 16 hexadecimal digits.
    hash: String,
}

/// Seconds over the repeats: the median, the quartiles, the ends.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Spread {
    median: f64,
    low: f64,
    high: f64,
    fastest: f64,
    slowest: f64,
}

impl Spread {
    fn of(mut seconds: Vec<f64>) -> Spread {
        seconds.sort_by(f64::total_cmp);
        let at = |share: f64| seconds.get(((seconds.len().max(1) - 1) as f64 * share).round() as usize).copied().unwrap_or(0.0);
        Spread { median: at(0.5), low: at(0.25), high: at(0.75), fastest: at(0.0), slowest: at(1.0) }
    }
}

/// One stage over the whole corpus.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Timing {
    name: String,
    seconds: Spread,
    mb_per_second: f64,
    words_per_second: f64,
    paragraphs_per_second: f64,
}

impl Timing {
    fn new(name: &str, seconds: Spread, corpus: &Size) -> Timing {
        let per_second = |count: usize| if seconds.median > 0.0 { count as f64 / seconds.median } else { 0.0 };
        Timing {
            name: name.to_string(),
            seconds,
            mb_per_second: per_second(corpus.bytes) / 1e6,
            words_per_second: per_second(corpus.words),
            paragraphs_per_second: per_second(corpus.paragraphs),
        }
    }
}

/// The pipeline on some threads.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Threaded {
    threads: u32,
    #[serde(flatten)]
    timing: Timing,
    /// Speed over the speed of as many single threads.
    efficiency: f64,
}

/// One line of a run against the same line of an earlier one.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Compared {
    name: String,
    /// New speed over old speed.
    ratio: f64,
    /// Whether the middle halves of the two runs do not overlap.
    outside_noise: bool,
}

pub(super) fn run(args: &BenchArgs, console: &mut Console) -> Run {
    let before = args.compare.as_deref().map(earlier).transpose()?;
    let analyzer = args.analysis.analyzer(args.read.paragraphs.into(), args.evidence)?;
    let sources = corpus::sources(args)?;
    let (documents, mut outcome) = corpus::documents(&sources, args, console);
    if documents.is_empty() {
        if outcome == Outcome::Done {
            bail!("nothing to measure: the corpus is empty");
        }
        return Ok(outcome);
    }
    let size = corpus::size(args, &documents, &analyzer)?;
    if let (Some(before), Some(path)) = (&before, &args.compare) {
        ensure!(
            before.corpus.hash == size.hash,
            "{path}: that run was on another corpus ({}, {} bytes), so that speeds tell nothing; give the same files and options",
            before.corpus.name,
            before.corpus.bytes
        );
    }
    let mut progress = Progress::new(console);
    let stages = measure::stages(&sources, &documents, &analyzer, args, &size, &mut progress)?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let most = args.threads.unwrap_or(cores as u32);
    let threads = measure::threads(&documents, &analyzer, args.repeats, most, &size, &mut progress);
    progress.end();
    let mut results = Results {
        schema: SCHEMA.to_string(),
        version: env!("CARGO_PKG_VERSION").to_string(),
        kernel: philippic::segment::Kernel::best().name().to_string(),
        cores,
        corpus: size,
        repeats: args.repeats,
        evidence: args.evidence,
        stages,
        threads,
        peak_memory_bytes: measure::peak_memory(),
        comparison: Vec::new(),
    };
    if let Some(before) = &before {
        results.comparison = compare(before, &results);
        if before.evidence != results.evidence {
            console.note("the earlier run differs in --evidence");
            outcome = outcome.max(Outcome::Done);
        }
    }
    if args.json {
        writeln!(console, "{}", serde_json::to_string_pretty(&results)?)?;
    } else {
        write!(console, "{}", show::render(&results, args.compare.as_deref()))?;
    }
    Ok(outcome)
}

fn earlier(path: &str) -> anyhow::Result<Results> {
    let text = super::args::read_text(path)?;
    let results: Results =
        serde_json::from_str(&text).with_context(|| format!("{path}: not a run of `philippic bench --json`; save one with > {path}"))?;
    ensure!(results.schema == SCHEMA, "{path}: its form is {}, this program reads {SCHEMA}; measure it anew", results.schema);
    Ok(results)
}

/// The lines that both runs have.
fn compare(before: &Results, now: &Results) -> Vec<Compared> {
    fn lines(r: &Results) -> impl Iterator<Item = (String, Spread)> {
        let stages = r.stages.iter().map(|s| (s.name.clone(), s.seconds));
        stages.chain(r.threads.iter().map(|t| (t.timing.name.clone(), t.timing.seconds)))
    }
    let old: Vec<(String, Spread)> = lines(before).collect();
    let compared = |(name, new): (String, Spread)| {
        let old = old.iter().find(|(n, _)| *n == name)?.1;
        let ratio = if new.median > 0.0 { old.median / new.median } else { 1.0 };
        Some(Compared { name, ratio, outside_noise: new.low > old.high || new.high < old.low })
    };
    lines(now).filter_map(compared).collect()
}

/// One line on standard error that says how far it is; on a terminal it is written over.
struct Progress {
    quiet: bool,
    terminal: bool,
    last: String,
}

impl Progress {
    fn new(console: &Console) -> Progress {
        Progress { quiet: console.quiet(), terminal: std::io::stderr().is_terminal(), last: String::new() }
    }

    /// `what` is being measured for the `number`th of `count` times.
    fn say(&mut self, what: &str, number: u32, count: u32) {
        if self.quiet {
            return;
        }
        // Nobody is left to hear of a failure here.
        if self.terminal {
            let _ = write!(std::io::stderr(), "\r\x1b[K{what}: {number} of {count}");
        } else if self.last != what {
            let _ = writeln!(std::io::stderr(), "philippic: measuring {what}, {count} times");
        }
        self.last = what.to_string();
    }

    fn end(&mut self) {
        if !self.quiet && self.terminal {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spread_is_median_and_quartiles() {
        let spread = Spread::of(vec![5.0, 1.0, 4.0, 2.0, 3.0]);
        assert_eq!(spread, Spread { median: 3.0, low: 2.0, high: 4.0, fastest: 1.0, slowest: 5.0 });
        let one = Spread::of(vec![2.0]);
        assert_eq!(one, Spread { median: 2.0, low: 2.0, high: 2.0, fastest: 2.0, slowest: 2.0 });
    }
}
