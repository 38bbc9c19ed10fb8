//! The command line of philippic; see `cli/`.

use std::process::ExitCode;

/// Analyses make many small pieces of memory of short life: a sixth of the time went to the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(philippic::cli::run(std::env::args_os()))
}
