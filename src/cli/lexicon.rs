//! stub
use super::console::Console;
use super::{Outcome, Run};
/// Lexicons
#[derive(clap::Subcommand, Debug)]
pub(super) enum LexiconCommand {
    /// List
    List,
}
pub(super) fn run(_: &LexiconCommand, _: &mut Console) -> Run {
    Ok(Outcome::Done)
}
