//! `philippic batch`: whole archives to tables.

mod show;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use clap::{ArgMatches, Args, FromArgMatches, ValueEnum, ValueHint};
use philippic::corpus::{
    self, FindOptions, Format, Job, Outcome as Ended, OutputFormat, Outputs, Progress, ReadOptions, Source, TableKind, Tables, Tally,
};
use philippic::report::Provenance;
use serde_json::json;

use super::args::{AnalysisArgs, Paragraphs};
use super::console::Console;
use super::{Outcome, Run};

/// Score whole archives to tables
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  philippic batch news.jsonl.gz -o scores.parquet
  philippic batch archive/ 'wet/*.warc.wet.gz' -o scores.csv --keep date --documents
  philippic batch archive/ -o scores.parquet --resume       goes on where it was stopped
  philippic batch --manifest files.txt --out-dir scores/ --output-format parquet
  philippic batch archive/ --dry-run                        lists what would be read

OUT.csv, .parquet and .arrow hold the paragraphs; the stances go to OUT.stances.csv and so on. OUT.jsonl holds whole reports.")]
pub(super) struct BatchArgs {
    /// Files, folders, quoted patterns such as 'news/**/*.csv'; - is standard input
    #[arg(value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    inputs: Vec<String>,
    /// Output; its extension says the format; - is standard output (JSONL or CSV)
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::FilePath, conflicts_with = "out_dir")]
    output: Option<PathBuf>,
    #[command(flatten)]
    read: Reading,
    #[command(flatten)]
    write: Writing,
    #[command(flatten)]
    run: Running,
    #[command(flatten)]
    analysis: BatchAnalysis,
}

#[derive(Args, Debug)]
#[command(next_help_heading = "Reading")]
struct Reading {
    /// List what would be read, and stop
    #[arg(long)]
    dry_run: bool,
    /// Format of every input; default: by extension, else by the first bytes
    #[arg(long, value_enum, value_name = "FORMAT")]
    input_format: Option<InputFormat>,
    /// Files of inputs, one a line
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    manifest: Vec<PathBuf>,
    /// Leave out what matches, as a line of a .gitignore file (repeatable)
    #[arg(long, value_name = "PATTERN")]
    exclude: Vec<String>,
    /// A file of such patterns (repeatable)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    exclude_from: Vec<PathBuf>,
    /// Field of the text; a.b is b in a. Default: the first of text, content, body, article, maintext, raw_content
    #[arg(long, value_name = "FIELD")]
    text_field: Option<String>,
    /// Field of the id; default: the first of id, doc_id, url, uri, else FILE#LINE
    #[arg(long, value_name = "FIELD")]
    id_field: Option<String>,
    /// Field that names figures to look for in its document: names separated by ;, or JSON as in --figures
    #[arg(long, value_name = "FIELD")]
    figures_field: Option<String>,
    /// Fields to copy to the output; FIELD=NAME calls it NAME there
    #[arg(long, value_name = "FIELD", num_args = 1.., value_delimiter = ',')]
    keep: Vec<String>,
    /// What separates paragraphs
    #[arg(long, value_enum, default_value_t = Paragraphs::Auto, value_name = "HOW")]
    paragraphs: Paragraphs,
    /// Encoding of JSON and CSV input; text files and UTF-16 with a byte order mark need none
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Longest document or line; longer ones are rejected
    #[arg(long, default_value = "8M", value_name = "SIZE", value_parser = size)]
    max_document: u64,
    /// How many times its size compressed input may grow to
    #[arg(long, default_value_t = 500, value_name = "TIMES")]
    max_ratio: u64,
}

#[derive(Args, Debug)]
#[command(next_help_heading = "Writing")]
struct Writing {
    /// Write an output for each input into a folder; finished ones are skipped
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    out_dir: Option<PathBuf>,
    /// Only every Nth input from the Ith (1 to N), for array jobs
    #[arg(long, value_name = "I/N", value_parser = shard, requires = "out_dir")]
    shard: Option<(usize, usize)>,
    /// Format of the output; default: by extension, parquet for --out-dir
    #[arg(long, value_enum, value_name = "FORMAT")]
    output_format: Option<OutFormat>,
    /// What a line of JSONL is
    #[arg(long, value_enum, default_value_t = Lines::Documents, value_name = "WHAT")]
    lines: Lines,
    /// With a table of document totals (OUT.documents.*)
    #[arg(long)]
    documents: bool,
    /// With a table of the words behind each number (OUT.cues.*)
    #[arg(long)]
    cues: bool,
    /// With the words behind each number in the reports of JSONL
    #[arg(short, long)]
    evidence: bool,
    /// Where bad records go; default: OUT.rejects.jsonl
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "out_dir")]
    rejects: Option<PathBuf>,
    /// Replace outputs that are there
    #[arg(long)]
    overwrite: bool,
    /// Rows of a row group of Parquet and Arrow; also how much is done again after --resume
    #[arg(long, default_value_t = 65_536, value_name = "ROWS", value_parser = clap::value_parser!(u32).range(1..))]
    row_group: u32,
}

#[derive(Args, Debug)]
#[command(next_help_heading = "Running")]
struct Running {
    /// Go on with an unfinished run; does nothing if it is finished
    #[arg(long)]
    resume: bool,
    /// Number of workers; default: one a core
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Stop when more records were rejected
    #[arg(long, value_name = "N")]
    max_rejects: Option<u64>,
    /// Write the summary as JSON
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    summary: Option<PathBuf>,
    /// Input between journal entries for JSONL and CSV
    #[arg(long, default_value = "8M", value_name = "SIZE", value_parser = size)]
    checkpoint: u64,
}

/// [`AnalysisArgs`], where `--assume-language` takes the language.
#[derive(Debug)]
struct BatchAnalysis(AnalysisArgs);

impl Args for BatchAnalysis {
    fn augment_args(command: clap::Command) -> clap::Command {
        AnalysisArgs::augment_args(command).mut_arg("assume_language", |arg| {
            arg.action(clap::ArgAction::Set)
                .num_args(1)
                .value_name("LANGUAGE")
                .default_value("detect")
                .hide_default_value(true)
                .value_parser(|value: &str| match value {
                    "en" => Ok(true),
                    "detect" => Ok(false),
                    _ => Err("en is the only language with a lexicon"),
                })
                .help("Score every document as LANGUAGE (en); default: documents in other languages are marked and not scored")
        })
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for BatchAnalysis {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        AnalysisArgs::from_arg_matches(matches).map(BatchAnalysis)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0.update_from_arg_matches(matches)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum InputFormat {
    /// A file is a document (also Markdown)
    Txt,
    /// A JSON object a line
    Jsonl,
    /// An array of JSON objects
    Json,
    Csv,
    Tsv,
    Parquet,
    /// Arrow IPC file (Feather) or stream
    Arrow,
    /// A page is a document
    Html,
    /// WARC and Common Crawl WET
    Warc,
}

impl From<InputFormat> for Format {
    fn from(format: InputFormat) -> Format {
        match format {
            InputFormat::Txt => Format::Text,
            InputFormat::Jsonl => Format::Jsonl,
            InputFormat::Json => Format::Json,
            InputFormat::Csv => Format::Csv,
            InputFormat::Tsv => Format::Tsv,
            InputFormat::Parquet => Format::Parquet,
            InputFormat::Arrow => Format::Arrow,
            InputFormat::Html => Format::Html,
            InputFormat::Warc => Format::Warc,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OutFormat {
    Jsonl,
    Csv,
    Parquet,
    /// Arrow IPC file (Feather 2)
    Arrow,
}

impl From<OutFormat> for OutputFormat {
    fn from(format: OutFormat) -> OutputFormat {
        match format {
            OutFormat::Jsonl => OutputFormat::Jsonl,
            OutFormat::Csv => OutputFormat::Csv,
            OutFormat::Parquet => OutputFormat::Parquet,
            OutFormat::Arrow => OutputFormat::Arrow,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Lines {
    /// The report of a document
    Documents,
    /// A row of a table, as in CSV
    Rows,
}

/// `64K`, `8M`, `1G`, or bytes.
fn size(text: &str) -> Result<u64, String> {
    let wrong = || format!("{text:?} is no size; write bytes, or 64K, 8M, 1G");
    let (digits, shift) = match text.trim_end_matches(['b', 'B']).chars().last() {
        Some('k' | 'K') => (1, 10),
        Some('m' | 'M') => (1, 20),
        Some('g' | 'G') => (1, 30),
        _ => (0, 0),
    };
    let number = text.trim_end_matches(['b', 'B']);
    let number: u64 = number[..number.len() - digits].trim().parse().map_err(|_| wrong())?;
    let bytes = number.checked_shl(shift).filter(|b| b >> shift == number && *b > 0).ok_or_else(wrong)?;
    Ok(bytes)
}

fn shard(text: &str) -> Result<(usize, usize), String> {
    let parse = || {
        let (i, n) = text.split_once('/')?;
        let (i, n): (usize, usize) = (i.parse().ok()?, n.parse().ok()?);
        (1..=n).contains(&i).then_some((i, n))
    };
    parse().ok_or_else(|| format!("{text:?} is no shard; write I/N with I from 1 to N, such as 3/16"))
}

pub(super) fn run(args: &BatchArgs, console: &mut Console) -> Run {
    if let Some(eaten) = args.read.keep.iter().find(|keep| args.inputs.is_empty() && Path::new(keep).exists()) {
        bail!("--keep {eaten}: is a file, not a field; put INPUT before --keep, or write --keep FIELD,FIELD");
    }
    if args.output.as_deref() == Some(Path::new("-")) {
        if matches!(args.write.output_format, Some(OutFormat::Parquet | OutFormat::Arrow)) {
            bail!("-o -: Parquet and Arrow need a file; name one, or say --output-format csv");
        }
        if args.write.documents || args.write.cues {
            bail!("-o -: one table fits standard output; name a file for --documents and --cues");
        }
        if args.run.resume {
            bail!("-o -: what went to standard output cannot be gone on with; name a file for --resume");
        }
    }
    let sources = sources(args)?;
    if args.read.dry_run {
        return dry_run(&sources, console);
    }
    let progress = Arc::new(Progress::default());
    stop_on_signals(&progress)?;
    let batch = Batch::new(args, console)?;
    match (&args.output, &args.write.out_dir) {
        (Some(out), _) => batch.one(out, sources, &progress, console),
        (None, Some(dir)) => batch.shards(dir, sources, &progress, console),
        (None, None) => bail!("where to? -o OUT.parquet (.csv, .jsonl, .arrow) for one output, or --out-dir DIR for one an input"),
    }
}

/// The first signal asks the run to stop; the second ends the program.
fn stop_on_signals(progress: &Arc<Progress>) -> anyhow::Result<()> {
    let progress = progress.clone();
    ctrlc::set_handler(move || {
        if progress.stop.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
    })
    .context("cannot listen for Ctrl-C")
}

fn sources(args: &BatchArgs) -> anyhow::Result<Vec<Source>> {
    let mut inputs = args.inputs.clone();
    for manifest in &args.read.manifest {
        let text = std::fs::read_to_string(manifest).with_context(|| format!("{}: cannot be read", manifest.display()))?;
        inputs.extend(text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).map(String::from));
    }
    if inputs.is_empty() {
        if std::io::IsTerminal::is_terminal(&std::io::stdin()) || !args.read.manifest.is_empty() {
            bail!("no INPUT given; name files or folders, or pipe records into `philippic batch - ...`");
        }
        inputs.push("-".to_string());
    }
    let options = FindOptions {
        format: args.read.input_format.map(Format::from),
        exclude: args.read.exclude.clone(),
        exclude_from: args.read.exclude_from.clone(),
    };
    Ok(corpus::find_inputs(&inputs, &options)?)
}

fn dry_run(sources: &[Source], console: &mut Console) -> Run {
    let mut all = 0;
    for source in sources {
        all += source.bytes.unwrap_or(0);
        let size = source.bytes.map_or_else(|| "?".to_string(), |bytes| bytes.to_string());
        let compression = source.compression.map_or("plain", |c| c.name());
        writeln!(console, "{}\t{}\t{compression}\t{size}", source.name, source.format.name())?;
    }
    console.flush()?;
    let inputs = if sources.len() == 1 { "input" } else { "inputs" };
    console.note(&format!("{} {inputs}, {} would be read", sources.len(), show::bytes(all)));
    Ok(Outcome::Done)
}

/// What all runs of a call share.
struct Batch<'a> {
    args: &'a BatchArgs,
    analyzer: philippic::Analyzer,
    provenance: Arc<Provenance>,
    tables: Tables,
    read: ReadOptions,
    jobs: usize,
    settings: String,
    quiet: bool,
}

impl<'a> Batch<'a> {
    fn new(args: &'a BatchArgs, console: &Console) -> anyhow::Result<Batch<'a>> {
        let analysis = &args.analysis.0;
        let evidence = args.evidence() || args.write.cues;
        let analyzer = analysis.analyzer(args.read.paragraphs.into(), evidence)?;
        let provenance = analyzer.analyze("")?.provenance;
        let keep: Vec<(String, String)> = args
            .read
            .keep
            .iter()
            .map(|keep| keep.split_once('=').map_or_else(|| (keep.clone(), keep.clone()), |(field, name)| (field.into(), name.into())))
            .collect();
        let (mut fields, names): (Vec<String>, Vec<String>) = keep.into_iter().unzip();
        fields.extend(args.read.figures_field.clone());
        let tables = Tables::new(names, analyzer.lexicon().custom_categories())?;
        let read = ReadOptions {
            fields: corpus::Fields {
                text: args.read.text_field.clone(),
                id: args.read.id_field.clone(),
                keep: fields,
                figures_last: args.read.figures_field.is_some(),
            },
            max_document: usize::try_from(args.read.max_document.min(u64::from(u32::MAX)))?,
            max_ratio: args.read.max_ratio,
            encoding: args.read.encoding.clone(),
        };
        let figures = analysis.figures.as_deref().map(std::fs::read_to_string).transpose()?.unwrap_or_default();
        let settings = json!([figures, evidence]).to_string();
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        let jobs = args.run.jobs.map_or_else(cores, usize::from);
        Ok(Batch { args, analyzer, provenance, tables, read, jobs, settings, quiet: console.quiet() })
    }

    fn job(&self, out: &Path, sources: Vec<Source>) -> anyhow::Result<Job> {
        let args = self.args;
        let asked = args.write.output_format.map(OutputFormat::from);
        let stdout = out == Path::new("-");
        let format = asked.or_else(|| if stdout { Some(OutputFormat::Jsonl) } else { OutputFormat::of_name(out) });
        let format = format.ok_or_else(|| corpus::CorpusError::OutputFormat(out.display().to_string()))?;
        let mut kinds = if format == OutputFormat::Jsonl && args.write.lines == Lines::Documents {
            vec![TableKind::Reports]
        } else {
            vec![TableKind::Paragraphs, TableKind::Stances]
        };
        if stdout {
            kinds.truncate(1);
        }
        kinds.extend(args.write.documents.then_some(TableKind::Documents));
        kinds.extend(args.write.cues.then_some(TableKind::Cues));
        let tables = kinds.into_iter().map(|kind| self.tables.table(kind)).collect();
        Ok(Job {
            analyzer: self.analyzer.clone(),
            paragraphs: args.read.paragraphs.into(),
            sources,
            read: self.read.clone(),
            outputs: Outputs { path: out.to_path_buf(), format, tables, rejects: args.write.rejects.clone() },
            tables: self.tables.clone(),
            assume_english: args.analysis.0.assume_language,
            jobs: self.jobs,
            max_rejects: args.run.max_rejects,
            resume: args.run.resume,
            overwrite: args.write.overwrite,
            checkpoint: args.run.checkpoint,
            row_group: args.write.row_group as usize,
            settings: self.settings.clone(),
        })
    }

    /// All inputs to one output.
    fn one(&self, out: &Path, sources: Vec<Source>, progress: &Arc<Progress>, console: &mut Console) -> Run {
        if let Some(folder) = out.parent().filter(|p| !p.as_os_str().is_empty() && !p.is_dir()) {
            bail!("{}: no such folder; make it first", folder.display());
        }
        let job = self.job(out, sources)?;
        let outputs = job.outputs.clone();
        let total: Option<u64> = job.sources.iter().map(|s| s.bytes).sum();
        let started = Instant::now();
        let shown = show::Shown::start(progress, total, self.quiet);
        let ended = corpus::run(job, progress);
        shown.finish();
        let (ended, tally) = match ended {
            // The reader of standard output went away.
            Err(corpus::CorpusError::Io { error, .. }) if error.kind() == std::io::ErrorKind::BrokenPipe => return Err(error.into()),
            other => other?,
        };
        let time = started.elapsed();
        let summary = self.summary(&outputs, &tally, progress, time, &ended);
        if let Some(path) = &self.args.run.summary
            && ended != Ended::Already
        {
            write_file(path, &(serde_json::to_string_pretty(&summary)? + "\n"))?;
        }
        self.say(&outputs, &ended, &tally, progress, time, console);
        Ok(outcome(&ended, &tally))
    }

    /// Each input to an output of its own.
    fn shards(&self, dir: &Path, sources: Vec<Source>, progress: &Arc<Progress>, console: &mut Console) -> Run {
        let format = self.args.write.output_format.map_or(OutputFormat::Parquet, OutputFormat::from);
        let (first, step) = self.args.write.shard.map_or((0, 1), |(i, n)| (i - 1, n));
        let mut seen = std::collections::HashMap::new();
        let mut mine: Vec<(PathBuf, Source)> = Vec::new();
        for (i, source) in sources.into_iter().enumerate() {
            let out = dir.join(format!("{}.{}", source.below, format.extension()));
            if let Some(other) = seen.insert(out.clone(), source.name.clone()) {
                bail!("{} and {other} would both be {}; name their folder instead", source.name, out.display());
            }
            if i % step == first {
                mine.push((out, source));
            }
        }
        let total: Option<u64> = mine.iter().map(|(_, s)| s.bytes).sum();
        let (started, count) = (Instant::now(), mine.len());
        let shown = show::Shown::start(progress, total, self.quiet);
        let mut result = Outcome::Done;
        let (mut done, mut skipped, mut messages) = (0, 0, Vec::new());
        for (out, source) in mine {
            if progress.stop.load(Ordering::SeqCst) {
                break;
            }
            let marker = marker(&out);
            if marker.exists() && !self.args.write.overwrite {
                skipped += 1;
                progress.read.fetch_add(source.bytes.unwrap_or(0), Ordering::Relaxed);
                continue;
            }
            let ended = self.shard(&out, &marker, source, progress);
            match ended {
                Ok(outcome) => {
                    result = result.max(outcome);
                    done += usize::from(outcome < Outcome::Failed);
                }
                Err(error) => {
                    // A full disk will not get better; another shard's trouble is its own.
                    messages.push(format!("{error:#}"));
                    result = Outcome::Failed;
                }
            }
        }
        shown.finish();
        messages.iter().for_each(|message| console.error(message));
        let left = count - done - skipped;
        if left > 0 {
            console.error(&format!("{left} of {count} inputs are not finished; run the same command again to go on"));
            result = Outcome::Failed;
        }
        let time = show::time(started.elapsed());
        console.note(&format!("inputs done: {done}, done before: {skipped}, in {time}; outputs in {}", dir.display()));
        Ok(result)
    }

    fn shard(&self, out: &Path, marker: &Path, source: Source, progress: &Arc<Progress>) -> Run {
        if let Some(folder) = out.parent() {
            std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        }
        let mut job = self.job(out, vec![source.clone()])?;
        // Without its marker a shard is unfinished: gone on with if it can be, else done again.
        job.resume = !self.args.write.overwrite;
        job.overwrite = true;
        let outputs = job.outputs.clone();
        let started = Instant::now();
        let (ended, tally) = match corpus::run(job, progress) {
            Err(corpus::CorpusError::Journal { .. }) => {
                let mut again = self.job(out, vec![source])?;
                again.resume = false;
                again.overwrite = true;
                corpus::run(again, progress)?
            }
            other => other?,
        };
        if ended == Ended::Finished {
            let summary = self.summary(&outputs, &tally, progress, started.elapsed(), &ended);
            write_file(marker, &(serde_json::to_string_pretty(&summary)? + "\n"))?;
        }
        Ok(outcome(&ended, &tally))
    }

    fn summary(&self, outputs: &Outputs, tally: &Tally, progress: &Progress, time: Duration, ended: &Ended) -> serde_json::Value {
        let seconds = time.as_secs_f64();
        let text = progress.text.load(Ordering::Relaxed);
        let files: Vec<String> = (0..outputs.tables.len()).map(|i| outputs.table_path(i).display().to_string()).collect();
        json!({
            "finished": *ended == Ended::Finished,
            "outputs": files,
            "rejects_file": outputs.rejects().filter(|_| tally.rejected() > 0).map(|path| path.display().to_string()),
            "counts": tally,
            "rejected": tally.rejected(),
            "means": {
                "sentiment": tally.sentiment.mean(), "sarcasm": tally.sarcasm.mean(), "alarm": tally.alarm.mean(),
                "stance": tally.stance.mean(),
            },
            "this_run": {
                "seconds": seconds,
                "input_bytes": progress.read.load(Ordering::Relaxed),
                "text_bytes": text,
                "text_mb_per_second": text as f64 / 1e6 / seconds.max(1e-9),
                "jobs": self.jobs,
            },
            "provenance": self.provenance,
        })
    }

    fn say(&self, outputs: &Outputs, ended: &Ended, tally: &Tally, progress: &Progress, time: Duration, console: &mut Console) {
        let out = if outputs.is_stdout() { "standard output".into() } else { outputs.path.display().to_string() };
        if *ended == Ended::Already {
            return console.note(&format!("{out}: is finished already; --overwrite to do it again"));
        }
        let rate = progress.text.load(Ordering::Relaxed) as f64 / 1e6 / time.as_secs_f64().max(1e-9);
        console.note(&format!(
            "{out}: {} documents, {} paragraphs, {} words in {} ({rate:.1} MB/s)",
            tally.documents,
            tally.paragraphs,
            tally.words,
            show::time(time),
        ));
        let list = |counts: Vec<(&str, u64)>| counts.iter().map(|(name, n)| format!("{n} {name}")).collect::<Vec<_>>().join(", ");
        let others: Vec<(&str, u64)> = tally.languages.iter().filter(|(l, _)| *l != "en").map(|(l, n)| (l.as_str(), *n)).collect();
        if !others.is_empty() {
            console.note(&format!("marked and not scored, other languages: {}; --assume-language en to score them", list(others)));
        }
        if !tally.skipped.is_empty() {
            let skipped = tally.skipped.iter().map(|(what, n)| (what.as_str(), *n)).collect();
            console.note(&format!("passed over in archives: {}", list(skipped)));
        }
        if !tally.guessed_encodings.is_empty() {
            let guessed = tally.guessed_encodings.iter().map(|(what, n)| (what.as_str(), *n)).collect();
            console.note(&format!("not plain UTF-8, encoding told or guessed: {}", list(guessed)));
        }
        if tally.rejected() > 0 {
            let reasons = tally.rejects.iter().map(|(kind, n)| (kind.name(), *n)).collect();
            let see = outputs.rejects().map_or_else(|| "--rejects FILE keeps them".into(), |path| format!("see {}", path.display()));
            console.error(&format!("{} rejected ({}); {see}", tally.rejected(), list(reasons)));
        }
        if outputs.is_stdout() {
            if matches!(ended, Ended::Interrupted | Ended::TooManyRejects(_)) {
                console.error("stopped before the end; the output holds what was done so far");
            }
            return;
        }
        let so_far = outputs.so_far(0);
        match ended {
            Ended::Interrupted => console
                .error(&format!("stopped; what is done so far is in {}; run the same command with --resume to go on", so_far.display())),
            Ended::TooManyRejects(n) => console.error(&format!(
                "stopped after {n} rejects; what is done so far is in {}; correct the input, or --resume with a larger --max-rejects",
                so_far.display()
            )),
            _ => {}
        }
    }
}

impl BatchArgs {
    /// Evidence is wanted in reports.
    fn evidence(&self) -> bool {
        self.write.evidence
    }
}

fn outcome(ended: &Ended, tally: &Tally) -> Outcome {
    match ended {
        Ended::Interrupted => Outcome::Failed,
        _ if tally.rejected() > 0 => Outcome::Rejected,
        _ => Outcome::Done,
    }
}

/// Says that a shard is finished: `OUT.done`, with its summary.
fn marker(out: &Path) -> PathBuf {
    let mut name = out.as_os_str().to_os_string();
    name.push(".done");
    PathBuf::from(name)
}

/// Writes under a temporary name first.
fn write_file(path: &Path, text: &str) -> anyhow::Result<()> {
    let mut temporary = path.as_os_str().to_os_string();
    temporary.push(".new");
    let write = || std::fs::write(&temporary, text).and_then(|()| std::fs::rename(&temporary, path));
    write().with_context(|| format!("{}: cannot be written", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_shards() {
        let rows = [
            ("5", Some(5)),
            ("64K", Some(65_536)),
            ("8MB", Some(8 << 20)),
            ("1g", Some(1 << 30)),
            ("0", None),
            ("x", None),
            ("-1", None),
            ("", None),
            ("99999999999G", None),
        ];
        for (text, want) in rows {
            assert_eq!(size(text).ok(), want, "{text}");
        }
        assert_eq!(shard("3/16"), Ok((3, 16)));
        assert!(["0/4", "5/4", "1", "a/b", "1/0"].iter().all(|text| shard(text).is_err()));
    }
}
