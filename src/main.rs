//! The command line of philippic; see `cli/`.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(philippic::cli::run(std::env::args_os()))
}
