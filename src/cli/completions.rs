//! `philippic completions`: what a shell needs to complete the command line.

use std::io::Write;

use clap::Args;
use clap_complete::Shell;

use super::console::Console;
use super::{Outcome, Run};

/// Print the completions of a shell
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  philippic completions bash > ~/.local/share/bash-completion/completions/philippic
  philippic completions zsh > ~/.zfunc/_philippic
  philippic completions fish > ~/.config/fish/completions/philippic.fish")]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(args: &CompletionsArgs, console: &mut Console) -> Run {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "philippic", &mut script);
    console.write_all(&script)?;
    Ok(Outcome::Done)
}
