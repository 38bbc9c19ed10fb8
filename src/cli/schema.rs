//! `philippic schema`: the JSON Schema of reports.

use std::io::Write;

use clap::Args;

use super::console::Console;
use super::{Outcome, Run};

/// Print the JSON Schema of reports
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  philippic schema > philippic-1.schema.json")]
pub(super) struct SchemaArgs {}

pub(super) fn run(_: &SchemaArgs, console: &mut Console) -> Run {
    writeln!(console, "{}", serde_json::to_string_pretty(&philippic::report::json_schema())?)?;
    Ok(Outcome::Done)
}
