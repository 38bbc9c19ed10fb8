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
    let man = clap_mangen::Man::new(page.clone()).title(title);
    let mut roff = Vec::new();
    man.render_title(&mut roff)?;
    man.render_name_section(&mut roff)?;
    man.render_synopsis_section(&mut roff)?;
    man.render_description_section(&mut roff)?;
    if let Some(examples) = page.get_before_help() {
        roff.extend(verbatim(&examples.to_string()).into_bytes());
    }
    man.render_options_section(&mut roff)?;
    if page.has_subcommands() {
        man.render_subcommands_section(&mut roff)?;
    }
    roff.extend(EXIT_STATUS.as_bytes());
    if page.get_version().is_some() {
        man.render_version_section(&mut roff)?;
    }
    console.write_all(&roff)?;
    Ok(Outcome::Done)
}

const EXIT_STATUS: &str = ".SH \"EXIT STATUS\"\n0 done, 1 something was rejected or a check failed, 2 usage or input and output.\n";

/// The examples as a section of their own, line by line.
fn verbatim(examples: &str) -> String {
    let mut out = String::from(".SH EXAMPLES\n.nf\n");
    for line in examples.lines().filter(|line| *line != "Examples:") {
        // A dot or quote at the start of a line is a request to roff.
        let guard = if line.starts_with(['.', '\'']) { "\\&" } else { "" };
        out.push_str(&format!("{guard}{}\n", line.replace('\\', "\\e").replace('-', "\\-")));
    }
    out + ".fi\n"
}
