//! `philippic man`: the manual as a roff page.

use std::io::Write;

use clap::Args;

use super::console::Console;
use super::{Outcome, Run};

/// Print the manual page
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  philippic man | man -l -
  philippic man score > philippic-score.1")]
pub(super) struct ManArgs {
    /// A subcommand, such as score or \"lexicon check\"; default: the program itself
    #[arg(value_name = "SUBCOMMAND", num_args = 0..=2)]
    subcommand: Vec<String>,
}

pub(super) fn run(args: &ManArgs, console: &mut Console) -> Run {
    let mut command = super::command();
    command.build();
    let mut page = &command;
    for name in args.subcommand.iter().flat_map(|s| s.split_whitespace()) {
        page = page.find_subcommand(name).ok_or_else(|| anyhow::anyhow!("no subcommand {name:?}; see `philippic --help`"))?;
    }
    let title = page.get_bin_name().unwrap_or("philippic").replace(' ', "-");
    let mut roff = Vec::new();
    clap_mangen::Man::new(page.clone()).title(title).render(&mut roff)?;
    console.write_all(&roff)?;
    Ok(Outcome::Done)
}
