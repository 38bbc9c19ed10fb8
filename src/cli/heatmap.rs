//! `philippic heatmap`: paragraphs or documents as coloured cells, on the terminal or in a file.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use philippic::corpus::{self, OutputFormat, Value};
use philippic::heatmap::terminal::{self, Depth, TerminalOptions};
use philippic::heatmap::{
    CorpusBuilder, CorpusOptions, DocumentView, Grid, HeatmapError, ParagraphScores, Period, ReportRecord, Theme, data, html, png, svg,
};
use philippic::report::Report;
use philippic::{Analyzer, Scratch};

use super::args::{AnalysisArgs, ReadArgs, check_language, display, read_input};
use super::console::Console;
use super::score::inputs;
use super::{Outcome, Run};

/// Show paragraphs by score and figure as a heatmap
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  philippic heatmap article.txt                         on the terminal
  philippic heatmap article.txt -o article.html         a page to explore and send
  philippic heatmap article.txt -o article.png          a picture; also .svg, .json, .csv
  philippic heatmap results.jsonl --date day --group outlet -o corpus.html
  philippic heatmap scores.parquet --date day           what batch wrote, kept fields and all
  philippic heatmap speeches/*.txt --out-dir pages       a page each, and pages/index.html

One text is shown by paragraphs. Results (.jsonl, .parquet, .arrow, .csv), and several texts with -o, are shown by documents.
The colours of a score are the same in every picture: nothing is rescaled to the data.")]
pub(super) struct HeatmapArgs {
    /// Texts, or results of `batch` and `score --format jsonl` (.jsonl, .parquet, .arrow, .csv); - is standard input
    #[arg(value_name = "FILE")]
    files: Vec<String>,
    /// Write a file instead; its ending says what: .html, .svg, .png, .json, .csv
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Title of the picture; default: the file's name
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Background of the terminal or picture; auto: dark on terminals, light in pictures
    #[arg(long, value_enum, default_value_t = ThemeArg::Auto, value_name = "WHICH")]
    theme: ThemeArg,
    /// Colours that the terminal has; auto: from COLORTERM and TERM
    #[arg(long, value_enum, default_value_t = DepthArg::Auto, value_name = "HOW MANY")]
    depth: DepthArg,
    /// Pixels to a unit in .png
    #[arg(long, default_value_t = 2.0, value_parser = density, value_name = "N")]
    density: f32,
    #[command(flatten)]
    corpus: CorpusArgs,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    analysis: AnalysisArgs,
}

#[derive(Args, Debug)]
#[command(next_help_heading = "Corpus")]
struct CorpusArgs {
    /// Rows are periods; COLUMN of the results has the dates (2024-09-30)
    #[arg(long, value_name = "COLUMN")]
    date: Option<String>,
    /// Rows are the values of COLUMN: outlets, authors; with --date, groups over time
    #[arg(long, value_name = "COLUMN")]
    group: Option<String>,
    /// Length of a period; default: what gives a readable number
    #[arg(long, value_enum, value_name = "PERIOD", requires = "date")]
    by: Option<PeriodArg>,
    /// More documents than this are binned
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..), value_name = "N")]
    bins: u32,
    /// Write a page for each document into DIR; the corpus page, DIR/index.html or --output, leads to them
    #[arg(long, value_name = "DIR")]
    out_dir: Option<PathBuf>,
    /// Where the texts of results are, by their ids; without it pages of results show a text only from a column "text"
    #[arg(long, value_name = "DIR", requires = "out_dir")]
    texts: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ThemeArg {
    Auto,
    Light,
    Dark,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DepthArg {
    Auto,
    /// All colours
    Truecolor,
    /// 256 colours
    #[value(name = "256")]
    Ansi256,
    /// 16 colours
    #[value(name = "16")]
    Ansi16,
    /// None: shades behind the numbers
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PeriodArg {
    Day,
    Week,
    Month,
    Year,
}

impl From<PeriodArg> for Period {
    fn from(period: PeriodArg) -> Period {
        match period {
            PeriodArg::Day => Period::Day,
            PeriodArg::Week => Period::Week,
            PeriodArg::Month => Period::Month,
            PeriodArg::Year => Period::Year,
        }
    }
}

fn density(text: &str) -> Result<f32, String> {
    let density: f32 = text.parse().map_err(|_| "is no number".to_string())?;
    if (0.25..=8.0).contains(&density) { Ok(density) } else { Err("must be from 0.25 to 8".to_string()) }
}

/// The columns of a table of paragraphs that are shown.
const TABLE: [&str; 8] = ["id", "words", "sentiment", "sentiment_hits", "sarcasm", "sarcasm_hits", "alarm", "alarm_hits"];

/// What a file's ending asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Html,
    Svg,
    Png,
    Json,
    Csv,
}

impl Form {
    fn of(path: &Path) -> anyhow::Result<Form> {
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        Ok(match ending.as_deref() {
            Some("html" | "htm") => Form::Html,
            Some("svg") => Form::Svg,
            Some("png") => Form::Png,
            Some("json") => Form::Json,
            Some("csv") => Form::Csv,
            _ => bail!("--output {}: end it in .html, .svg, .png, .json or .csv", path.display()),
        })
    }
}

pub(super) fn run(args: &HeatmapArgs, console: &mut Console) -> Run {
    let form = args.output.as_deref().map(Form::of).transpose()?;
    let files = inputs(&args.files)?;
    let results = files.iter().filter(|f| is_results(f)).count();
    if results > 0 && results < files.len() {
        bail!("texts and results together; give results or texts, not both");
    }
    let job = Job { args, form };
    if results > 0 || args.corpus.out_dir.is_some() || (files.len() > 1 && form.is_some()) {
        job.corpus(&files, results > 0, console)
    } else {
        job.documents(&files, console)
    }
}

fn is_results(path: &str) -> bool {
    OutputFormat::of_name(Path::new(path)).is_some()
}

struct Job<'a> {
    args: &'a HeatmapArgs,
    form: Option<Form>,
}

impl Job<'_> {
    /// Each text by itself, on the terminal one after the other.
    fn documents(&self, files: &[String], console: &mut Console) -> Run {
        let analyzer = self.args.analysis.analyzer(self.args.read.paragraphs.into(), true)?;
        let mut outcome = Outcome::Done;
        let mut scratch = Scratch::default();
        for (n, path) in files.iter().enumerate() {
            let (report, text) = match self.score(path, &analyzer, &mut scratch, console)? {
                Ok(scored) => scored,
                Err(failed) => {
                    outcome = outcome.max(failed);
                    continue;
                }
            };
            let view = DocumentView::new(&report, Some(&text), &self.title(path))?;
            if self.form.is_none() && n > 0 {
                writeln!(console)?;
            }
            self.put(&[&view.grid], || html::document(&view), console)?;
        }
        Ok(outcome)
    }

    fn score(
        &self,
        path: &str,
        analyzer: &Analyzer,
        scratch: &mut Scratch,
        console: &mut Console,
    ) -> anyhow::Result<Result<(Report, String), Outcome>> {
        let text = match read_input(path, &self.args.read.encoding, console) {
            Ok(text) => text,
            Err(failed) => return Ok(Err(failed)),
        };
        if !self.args.analysis.assume_language {
            check_language(path, &text, analyzer, console);
        }
        match analyzer.analyze_with(&text, scratch) {
            Ok(mut report) => {
                report.id = Some(path.to_string());
                Ok(Ok((report, text)))
            }
            Err(error) => {
                console.error(&format!("{}: {error}", display(path)));
                Ok(Err(Outcome::Rejected))
            }
        }
    }

    fn title(&self, path: &str) -> String {
        let name = || Path::new(path).file_name().map_or_else(|| display(path), |name| name.to_string_lossy().into_owned());
        self.args.title.clone().unwrap_or_else(|| if path == "-" { display(path) } else { name() })
    }

    /// Many documents in one picture, and a page for each if a folder is named.
    fn corpus(&self, files: &[String], results: bool, console: &mut Console) -> Run {
        let corpus = &self.args.corpus;
        let title = match (&self.args.title, files) {
            (Some(title), _) => title.clone(),
            (None, [one]) => self.title(one),
            (None, many) => format!("{} files", many.len()),
        };
        let mut builder = CorpusBuilder::new(CorpusOptions {
            title,
            date: corpus.date.clone(),
            group: corpus.group.clone(),
            period: corpus.by.map(Period::from),
            most_rows: corpus.bins as usize,
            ..CorpusOptions::default()
        });
        let pages = corpus.out_dir.as_deref().map(|dir| Pages::new(dir, self.args.output.as_deref())).transpose()?;
        let mut outcome = Outcome::Done;
        let mut scratch = Scratch::default();
        let analyzer = if results { None } else { Some(self.args.analysis.analyzer(self.args.read.paragraphs.into(), true)?) };
        for path in files {
            match &analyzer {
                None => self.results(path, &mut builder, pages.as_ref(), console)?,
                Some(analyzer) => {
                    let (report, text) = match self.score(path, analyzer, &mut scratch, console)? {
                        Ok(scored) => scored,
                        Err(failed) => {
                            outcome = outcome.max(failed);
                            continue;
                        }
                    };
                    let link = pages.as_ref().map(|pages| pages.name(path, builder.documents()));
                    if let (Some(pages), Some(link)) = (&pages, &link) {
                        pages.write(link, &report, Some(&text))?;
                    }
                    let link = link.zip(pages.as_ref()).map(|(link, pages)| pages.link(&link));
                    builder.add(&report, &serde_json::Map::new(), link, 0).with_context(|| display(path))?;
                }
            }
        }
        if builder.documents() == 0 {
            console.note("no documents");
        }
        let view = builder.finish()?;
        match (&corpus.out_dir, &self.args.output) {
            (Some(dir), None) => write_file(&dir.join("index.html"), html::corpus(&view)?.as_bytes())?,
            _ => self.put(&view.grids.iter().collect::<Vec<_>>(), || html::corpus(&view), console)?,
        }
        Ok(outcome)
    }

    fn results(&self, path: &str, builder: &mut CorpusBuilder, pages: Option<&Pages<'_>>, console: &mut Console) -> anyhow::Result<()> {
        if OutputFormat::of_name(Path::new(path)) != Some(OutputFormat::Jsonl) {
            return self.table(Path::new(path), builder, console);
        }
        let file = std::fs::File::open(path).with_context(|| display(path))?;
        let mut without_text = 0;
        for (n, line) in BufReader::new(file).lines().enumerate() {
            let line = line.with_context(|| format!("{path}: line {}", n + 1))?;
            if line.trim().is_empty() {
                continue;
            }
            let name = pages.map(|pages| {
                let at = builder.documents();
                move |report: &Report| pages.name(report.id.as_deref().unwrap_or(""), at)
            });
            let link = |report: &Report| name.as_ref().zip(pages).map(|(name, pages)| pages.link(&name(report)));
            let added = builder.add_line(&line, n + 1, link).with_context(|| path.to_string())?;
            if let (Some(pages), Some(name), Some(ReportRecord { report, fields })) = (pages, &name, added) {
                let text = text_of(&report, &fields, self.args.corpus.texts.as_deref());
                without_text += usize::from(text.is_none());
                pages.write(&name(&report), &report, text.as_deref())?;
            }
        }
        if without_text > 0 {
            console.note(&format!("{path}: {without_text} pages have numbers only; name the folder of their texts with --texts"));
        }
        Ok(())
    }

    /// A table of paragraphs that `batch` wrote, and the table of stances beside it.
    fn table(&self, path: &Path, builder: &mut CorpusBuilder, console: &mut Console) -> anyhow::Result<()> {
        let corpus = &self.args.corpus;
        if corpus.out_dir.is_some() {
            bail!("{}: a table has no evidence for pages of documents; leave out --out-dir, or give reports (.jsonl)", path.display());
        }
        let own: Vec<&str> = corpus.date.iter().chain(&corpus.group).map(String::as_str).collect();
        let columns = [&TABLE[..], &own[..]].concat();
        let mut failed = None;
        let mut line = 0;
        corpus::read_table(path, &columns, columns.len(), |row| {
            line += 1;
            let number = |i: usize| row.get(i).and_then(Value::number);
            // Documents in other languages have no scores.
            let (Some(sentiment), None) = (number(2), &failed) else { return };
            let hits = |i: usize| number(i).unwrap_or(0.0) as u32;
            let scores = [(sentiment, 3), (number(4).unwrap_or(0.0), 5), (number(6).unwrap_or(0.0), 7)];
            let scores = ParagraphScores { words: hits(1), scores: scores.map(|(score, of)| (score as f32, hits(of))) };
            let cell = |value: &Value| if *value == Value::Null { serde_json::Value::Null } else { value.text().into() };
            let fields = own.iter().zip(&row[TABLE.len()..]).map(|(name, value)| (name.to_string(), cell(value))).collect();
            failed = builder.add_row(&row[0].text(), scores, &fields, line).err();
        })?;
        if let Some(error) = failed {
            return Err(error).with_context(|| path.display().to_string());
        }
        if let Some(provenance) = corpus::table_provenance(path) {
            builder.add_provenance(&provenance);
        }
        let stances = corpus::sibling(path, "stances");
        if !stances.exists() {
            console.note(&format!("{}: no {} beside it; figures are not shown", path.display(), stances.display()));
            return Ok(());
        }
        let mut lost = 0;
        corpus::read_table(&stances, &["id", "figure", "stance", "hits"], 4, |row| {
            let number = |i: usize| row.get(i).and_then(Value::number).unwrap_or(0.0);
            if lost == 0 && !builder.add_stance(&row[0].text(), &row[1].text(), number(2) as f32, number(3) as u32) {
                lost = 1;
            }
        })?;
        if lost > 0 {
            bail!("{}: its documents are not in the order of {}; write both anew", stances.display(), path.display());
        }
        Ok(())
    }

    /// Prints, or writes the file.
    fn put(&self, grids: &[&Grid], page: impl FnOnce() -> Result<String, HeatmapError>, console: &mut Console) -> anyhow::Result<()> {
        let theme = match self.args.theme {
            ThemeArg::Light => Theme::Light,
            ThemeArg::Dark => Theme::Dark,
            ThemeArg::Auto if self.form.is_none() => terminal_theme(std::env::var("COLORFGBG").ok().as_deref()),
            ThemeArg::Auto => Theme::Light,
        };
        let (Some(form), Some(path)) = (self.form, &self.args.output) else {
            let depth = if console.colour() { self.depth() } else { Depth::None };
            let options = TerminalOptions { width: console.width(), depth, theme };
            for (n, grid) in grids.iter().enumerate() {
                write!(console, "{}{}", if n > 0 { "\n" } else { "" }, terminal::render(grid, &options))?;
            }
            return Ok(());
        };
        let bytes = match form {
            Form::Html => page()?.into_bytes(),
            Form::Svg => svg::render(grids, theme)?.into_bytes(),
            Form::Png => png::render(grids, theme, self.args.density)?,
            Form::Json => data::json(grids)?.into_bytes(),
            Form::Csv => data::csv(grids)?.into_bytes(),
        };
        write_file(path, &bytes)
    }

    fn depth(&self) -> Depth {
        let variable = |name: &str| std::env::var(name).unwrap_or_default();
        match self.args.depth {
            DepthArg::Truecolor => Depth::Truecolor,
            DepthArg::Ansi256 => Depth::Ansi256,
            DepthArg::Ansi16 => Depth::Ansi16,
            DepthArg::None => Depth::None,
            DepthArg::Auto => terminal_depth(&variable("COLORTERM"), &variable("TERM"), cfg!(windows)),
        }
    }
}

/// The colours of a terminal that shows some.
fn terminal_depth(colorterm: &str, term: &str, windows: bool) -> Depth {
    if matches!(colorterm, "truecolor" | "24bit")
        || term.ends_with("-direct")
        || ["xterm-kitty", "alacritty", "xterm-ghostty", "wezterm", "foot"].contains(&term)
        || windows
    {
        Depth::Truecolor
    } else if term.contains("256color") || term.is_empty() {
        Depth::Ansi256
    } else {
        Depth::Ansi16
    }
}

/// `COLORFGBG` is "foreground;background" of the 16 colours, where a terminal sets it.
fn terminal_theme(colorfgbg: Option<&str>) -> Theme {
    match colorfgbg.and_then(|v| v.rsplit(';').next()).and_then(|v| v.parse::<u8>().ok()) {
        Some(7 | 9..=15) => Theme::Light,
        _ => Theme::Dark,
    }
}

/// The text of a result: in its record, or in the file of `folder` that its id names, if that is still the text that was scored. An id
/// that leads out of the folder names nothing.
fn text_of(report: &Report, fields: &serde_json::Map<String, serde_json::Value>, folder: Option<&Path>) -> Option<String> {
    let fits = |text: &String| report.paragraphs.iter().all(|p| text.get(p.start as usize..p.end as usize).is_some());
    let inline = fields.get("text").and_then(|t| t.as_str()).map(String::from);
    let file = || {
        let folder = std::fs::canonicalize(folder?).ok()?;
        let path = std::fs::canonicalize(folder.join(report.id.as_deref()?)).ok()?;
        if !path.starts_with(&folder) {
            return None;
        }
        philippic::input::read(path.to_str()?, None).ok().map(|decoded| decoded.text)
    };
    inline.filter(fits).or_else(|| file().filter(fits))
}

/// The folder of the documents' pages.
struct Pages<'p> {
    dir: &'p Path,
    /// The folder of the page that leads to them, if it is another one.
    from: Option<PathBuf>,
}

impl<'p> Pages<'p> {
    fn new(dir: &'p Path, output: Option<&Path>) -> anyhow::Result<Pages<'p>> {
        std::fs::create_dir_all(dir).with_context(|| format!("--out-dir {}", dir.display()))?;
        let from = output.map(|o| o.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf());
        Ok(Pages { dir, from })
    }

    /// File name of a document's page: its number keeps it apart, words of its id tell what it is.
    fn name(&self, id: &str, n: usize) -> String {
        let stem = Path::new(id).file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let mut slug = String::new();
        for c in stem.chars() {
            match c {
                c if c.is_ascii_alphanumeric() => slug.push(c.to_ascii_lowercase()),
                _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
                _ => {}
            }
            if slug.len() >= 48 {
                break;
            }
        }
        let slug = slug.trim_end_matches('-');
        format!("{:04}{}{slug}.html", n + 1, if slug.is_empty() { "" } else { "-" })
    }

    /// Where a page is, seen from the corpus page.
    fn link(&self, name: &str) -> String {
        let Some(from) = &self.from else { return name.to_string() };
        let absolute = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        let (from, dir) = (absolute(from), absolute(self.dir));
        let shared = from.components().zip(dir.components()).take_while(|(a, b)| a == b).count();
        let up = from.components().skip(shared).map(|_| "..".to_string());
        let down = dir.components().skip(shared).map(|c| percent(&c.as_os_str().to_string_lossy())).collect::<Vec<_>>();
        up.chain(down).chain([name.to_string()]).collect::<Vec<_>>().join("/")
    }

    fn write(&self, name: &str, report: &Report, text: Option<&str>) -> anyhow::Result<()> {
        let id = report.id.as_deref().unwrap_or("document");
        let title = Path::new(id).file_name().map_or_else(|| id.to_string(), |n| n.to_string_lossy().into_owned());
        let view = DocumentView::new(report, text, &title)?;
        write_file(&self.dir.join(name), html::document(&view)?.as_bytes())
    }
}

/// A folder's name in a link.
fn percent(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// Writes a file whole or not at all.
fn write_file(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".tmp");
    let temporary = path.with_file_name(name);
    std::fs::write(&temporary, bytes).with_context(|| path.display().to_string())?;
    std::fs::rename(&temporary, path).with_context(|| path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_terminals_show() {
        let rows = [
            ("truecolor", "xterm-256color", Depth::Truecolor),
            ("", "xterm-256color", Depth::Ansi256),
            ("", "xterm-kitty", Depth::Truecolor),
            ("", "linux", Depth::Ansi16),
            ("", "", Depth::Ansi256),
        ];
        for (colorterm, term, want) in rows {
            assert_eq!(terminal_depth(colorterm, term, false), want, "{colorterm} {term}");
        }
        let themes = [("15;0", Theme::Dark), ("0;15", Theme::Light), ("0;default;15", Theme::Light), ("x", Theme::Dark)];
        for (variable, want) in themes {
            assert_eq!(terminal_theme(Some(variable)), want);
        }
    }

    #[test]
    fn page_names() {
        let pages = Pages { dir: Path::new("pages"), from: None };
        let rows = [
            ("a/Über uns.txt", "0001-ber-uns.html"),
            ("../../etc/passwd", "0001-passwd.html"),
            ("", "0001.html"),
            ("“<b>”", "0001-b.html"),
        ];
        for (id, want) in rows {
            assert_eq!(pages.name(id, 0), want);
        }
    }
}
