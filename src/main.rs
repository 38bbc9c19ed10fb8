//! The command line of philippic; see `cli/`.

use std::process::ExitCode;

/// Analyses make many small pieces of memory of short life.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(philippic::cli::run(std::env::args_os()))
}
