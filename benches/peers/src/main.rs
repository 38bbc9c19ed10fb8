//! philippic beside its peers, in one run on one core: `bash benches/peers/run`.
//!
//! Every round runs each engine once on the same text, so that a disturbance of the machine meets all; the table gives the median over
//! the rounds, the spread (fastest and slowest round), and how many times faster philippic is.

mod engines;
mod measure;
mod scoring;

use std::process::ExitCode;

use philippic::corpus::generate::Text;

/// The allocator of the program `philippic`, for all engines alike.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What the command line asks for.
pub struct Options {
    corpora: Vec<String>,
    bytes: usize,
    rounds: usize,
    only: Option<String>,
}

const USAGE: &str = "usage: philippic-peers [--corpus FILE]... [--bytes N] [--rounds N] [--only words|scoring] [--test]

  --corpus FILE  measure on this text instead of the generated ones; may be given again
  --bytes N      size of the generated texts (1000000)
  --rounds N     how often each engine runs (11)
  --only PART    one of the tables
  --test         small texts, one round: does everything run?";

fn options() -> Result<Options, String> {
    let mut options = Options { corpora: Vec::new(), bytes: 1_000_000, rounds: 11, only: None };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or(format!("{arg} needs a value\n{USAGE}"));
        let number = |v: String| v.parse().map_err(|_| format!("{v} is no number\n{USAGE}"));
        match arg.as_str() {
            "--corpus" => options.corpora.push(value()?),
            "--bytes" => options.bytes = number(value()?)?,
            "--rounds" => options.rounds = number(value()?)?.max(1),
            "--only" => options.only = Some(value()?),
            "--test" => (options.bytes, options.rounds) = (20_000, 1),
            "-h" | "--help" => return Err(USAGE.to_string()),
            _ => return Err(format!("{arg}: not an option\n{USAGE}")),
        }
    }
    Ok(options)
}

fn main() -> ExitCode {
    match options().and_then(|options| run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

/// The kinds that texts have; those that only strain a segmenter are in `examples/flat_cost.rs`.
const TEXTS: [Text; 8] =
    [Text::EnglishNews, Text::CurlyQuotes, Text::Russian, Text::Hindi, Text::Chinese, Text::Tweets, Text::SourceCode, Text::TinyLines];

/// As typewriters had it.
fn ascii(text: &str) -> String {
    let straight = |c| match c {
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '–' | '—' => '-',
        c if c.is_ascii() => c,
        _ => 'e',
    };
    text.chars().map(straight).collect()
}

fn run(options: &Options) -> Result<(), String> {
    let wanted = |part: &str| options.only.as_deref().is_none_or(|only| only == part);
    let mut texts: Vec<(String, String)> = Vec::new();
    for path in &options.corpora {
        let text = std::fs::read(path).map_err(|e| format!("{path}: {e}"))?;
        texts.push((path.clone(), String::from_utf8(text).map_err(|e| format!("{path}: {e}; convert it to UTF-8"))?));
    }
    if texts.is_empty() {
        texts.extend(TEXTS.map(|kind| (kind.name().to_string(), kind.generate(options.bytes, 1))));
        // unicode-segmentation has a path of its own for texts without a character outside ASCII.
        texts.insert(1, ("english_news, ASCII only".to_string(), ascii(&texts[0].1)));
    }
    println!("kernel: {}", philippic::segment::Kernel::best().name());
    if wanted("words") {
        for (name, text) in &texts {
            engines::table(name, text, options.rounds);
        }
    }
    if wanted("scoring") {
        let text = if options.corpora.is_empty() { Text::EnglishNews.generate(options.bytes / 5, 1) } else { texts.swap_remove(0).1 };
        scoring::table(&text, options.rounds);
    }
    Ok(())
}
