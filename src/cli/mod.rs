//! The command line: what all subcommands share is here, each subcommand is a file.
//!
//! Data goes to standard output, messages to standard error. Exit codes: 0 done, 1 something was rejected or a check failed,
//! 2 usage or I/O. A closed pipe ends quietly.

mod args;
mod batch;
mod bench;
mod compare;
mod completions;
mod console;
mod evaluate;
mod explain;
mod figures;
mod heatmap;
mod layout;
mod lexicon;
mod man;
mod own_figures;
mod quotes;
mod schema;
mod score;
mod score_table;
mod tokenize;

use std::ffi::OsString;

use anstyle::{AnsiColor, Effects};
use clap::builder::styling::Styles;
use clap::{Args, ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};

use console::Console;

/// Scores every paragraph of news, speeches and transcripts: sarcasm markers, alarm language, stance toward named figures (and
/// who holds it), and sentiment, each number with the words that caused it.
#[derive(Parser)]
#[command(name = "philippic", version, before_help = EXAMPLES, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  philippic score article.txt                  a table of its paragraphs
  philippic explain article.txt                the text with every cue marked
  philippic score --format csv *.txt > out.csv one row a paragraph
  curl -s URL | philippic score -              what comes down a pipe";

/// Options of every subcommand.
#[derive(Args)]
struct Global {
    /// When to use colour; auto: on a terminal, unless NO_COLOR is set or TERM is dumb
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN", help_heading = "Output")]
    color: ColorChoice,
    /// Columns of tables and text; default: the terminal's, or 80
    #[arg(long, global = true, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..=1000), help_heading = "Output")]
    width: Option<u16>,
    /// No notes on standard error; errors are still said
    #[arg(short, long, global = true, help_heading = "Output")]
    quiet: bool,
}

#[derive(Subcommand)]
enum Command {
    Score(score::ScoreArgs),
    Explain(explain::ExplainArgs),
    Tokenize(tokenize::TokenizeArgs),
    Figures(figures::FiguresArgs),
    Heatmap(Box<heatmap::HeatmapArgs>),
    Quotes(quotes::QuotesArgs),
    #[command(subcommand)]
    Lexicon(lexicon::LexiconCommand),
    Batch(Box<batch::BatchArgs>),
    Compare(compare::CompareArgs),
    Evaluate(evaluate::EvaluateArgs),
    Bench(bench::BenchArgs),
    Schema(schema::SchemaArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
}

/// How a subcommand ended; the larger one of several wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Exit code 0.
    Done,
    /// Exit code 1: an input was rejected, or a check failed.
    Rejected,
    /// Exit code 2: an input could not be read.
    Failed,
}

/// What a subcommand returns; an error is exit code 2.
type Run = anyhow::Result<Outcome>;

/// Parses the arguments (the first is the program's name), runs the subcommand, and gives the exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    let matches = command().color(color_of(args.iter().cloned())).try_get_matches_from(args);
    let cli = match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => {
            // Where nobody reads it, nothing is left to say.
            let _ = error.print();
            return u8::try_from(error.exit_code()).unwrap_or(2);
        }
    };
    let mut console = Console::new(cli.global.color, cli.global.width, cli.global.quiet);
    let run = match cli.command {
        Command::Score(args) => score::run(&args, &mut console),
        Command::Explain(args) => explain::run(&args, &mut console),
        Command::Tokenize(args) => tokenize::run(&args, &mut console),
        Command::Figures(args) => figures::run(&args, &mut console),
        Command::Heatmap(args) => heatmap::run(&args, &mut console),
        Command::Quotes(args) => quotes::run(&args, &mut console),
        Command::Lexicon(args) => lexicon::run(&args, &mut console),
        Command::Batch(args) => batch::run(&args, &mut console),
        Command::Compare(args) => compare::run(&args, &mut console),
        Command::Evaluate(args) => evaluate::run(&args, &mut console),
        Command::Bench(args) => bench::run(&args, &mut console),
        Command::Schema(args) => schema::run(&args, &mut console),
        Command::Completions(args) => completions::run(&args, &mut console),
        Command::Man(args) => man::run(&args, &mut console),
    };
    let run = run.and_then(|outcome| console.flush().map(|()| outcome));
    match run {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::Rejected) => 1,
        Ok(Outcome::Failed) => 2,
        Err(error) if console::is_closed_pipe(&error) => 0,
        Err(error) => {
            console.error(&format!("{error:#}"));
            2
        }
    }
}

/// Why a list of figures was refused: the line and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct FiguresError(String);

/// The figures in the text of a `--figures` file: tab-separated, a JSON array, or a JSON object a line.
///
/// # Errors
/// [`FiguresError`] for a text that is none of these.
pub fn figures(text: &str) -> Result<Vec<philippic::KnownFigure>, FiguresError> {
    own_figures::parse(text).map_err(|error| FiguresError(format!("{error:#}")))
}

/// The command tree, with help that leads with examples.
fn command() -> clap::Command {
    fn dress(command: clap::Command) -> clap::Command {
        let command = match command.get_before_help().map(|examples| examples.to_string()) {
            Some(examples) => command.before_help(examples.replacen("Examples:", &format!("{HEADER}Examples:{HEADER:#}"), 1)),
            None => command,
        };
        command.help_template("{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}").mut_subcommands(dress)
    }
    dress(Cli::command()).styles(STYLES)
}

const HEADER: anstyle::Style = AnsiColor::Yellow.on_default().effects(Effects::BOLD);
const STYLES: Styles = Styles::styled()
    .header(HEADER)
    .usage(HEADER)
    .literal(AnsiColor::Cyan.on_default().effects(Effects::BOLD))
    .placeholder(AnsiColor::Cyan.on_default());

/// `--color`, before parsing: help and usage errors must follow it too.
fn color_of(args: impl Iterator<Item = OsString>) -> ColorChoice {
    let args: Vec<String> = args.map(|a| a.to_string_lossy().into_owned()).take_while(|a| a != "--").collect();
    let value = args.iter().enumerate().find_map(|(i, a)| match a.strip_prefix("--color") {
        Some("") => args.get(i + 1).cloned(),
        Some(rest) => rest.strip_prefix('=').map(String::from),
        None => None,
    });
    match value.as_deref() {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        _ => ColorChoice::Auto,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_tree_is_sound() {
        command().debug_assert();
    }

    #[test]
    fn colour_before_parsing() {
        let of = |args: &[&str]| color_of(args.iter().map(std::ffi::OsString::from));
        assert_eq!(of(&["philippic", "--color=never", "score"]), ColorChoice::Never);
        assert_eq!(of(&["philippic", "score", "--color", "always"]), ColorChoice::Always);
        assert_eq!(of(&["philippic", "score", "--", "--color=always"]), ColorChoice::Auto);
    }
}
