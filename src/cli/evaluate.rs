//! stub
use super::console::Console;
use super::{Outcome, Run};
/// Measure
#[derive(clap::Args, Debug)]
pub(super) struct EvaluateArgs {}
pub(super) fn run(_: &EvaluateArgs, _: &mut Console) -> Run {
    Ok(Outcome::Done)
}
