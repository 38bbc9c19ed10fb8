//! What the command line tests share.
#![allow(dead_code)] // each test file uses some of it

use std::path::PathBuf;

use assert_cmd::Command;
use tempfile::TempDir;

/// A lexicon of invented words.
pub(crate) const OWN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/own.tsv");

/// The program, in an environment that no terminal or user touches.
pub(crate) fn philippic() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("philippic"));
    command.env_clear();
    command
}

/// The program's standard output, which must succeed.
pub(crate) fn stdout(args: &[&str]) -> String {
    let output = philippic().args(args).assert().success().get_output().stdout.clone();
    String::from_utf8(output).unwrap()
}

/// A folder of its own for a test.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    /// Writes a file and gives its path.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_string_lossy().into_owned()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// One JSON value a line.
pub(crate) fn lines(text: &str) -> Vec<serde_json::Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
