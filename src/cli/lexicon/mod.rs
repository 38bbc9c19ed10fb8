//! `philippic lexicon`: the words themselves.

mod check;
mod coverage;
mod diff;
mod import;
mod list;
mod show;
mod stats;
mod suggest;

use clap::Subcommand;

use super::Run;
use super::console::Console;

/// Check, list, look up, import, compare and extend lexicons
#[derive(Subcommand, Debug)]
#[command(before_help = "\
Examples:
  philippic lexicon list
  philippic lexicon show \"on the brink of\"
  philippic lexicon check my.tsv && philippic score --lexicon my.tsv article.txt
  philippic lexicon import moral.dic -o moral.tsv && philippic score --lexicon moral.tsv article.txt")]
pub(super) enum LexiconCommand {
    Check(check::CheckArgs),
    List(list::ListArgs),
    Show(show::ShowArgs),
    Import(Box<import::ImportArgs>),
    Diff(diff::DiffArgs),
    Stats(stats::StatsArgs),
    Coverage(coverage::CoverageArgs),
    Suggest(suggest::SuggestArgs),
}

pub(super) fn run(command: &LexiconCommand, console: &mut Console) -> Run {
    match command {
        LexiconCommand::Check(args) => check::run(args, console),
        LexiconCommand::List(args) => list::run(args, console),
        LexiconCommand::Show(args) => show::run(args, console),
        LexiconCommand::Import(args) => import::run(args, console),
        LexiconCommand::Diff(args) => diff::run(args, console),
        LexiconCommand::Stats(args) => stats::run(args, console),
        LexiconCommand::Coverage(args) => coverage::run(args, console),
        LexiconCommand::Suggest(args) => suggest::run(args, console),
    }
}

/// The weights of an entry as its file writes them.
fn weights(weights: [f32; 3], declared: usize) -> String {
    weights[..declared.clamp(1, 3)].iter().map(f32::to_string).collect::<Vec<_>>().join(" ")
}
