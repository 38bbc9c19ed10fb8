//! Runs `python/test`: the wheel in a virtual environment, with its own tests, types, notebook and Spark cluster.
//!
//! Only where Python 3 with `venv` is present, for the rest of the project needs nothing but Rust; then it is said, in the output of the test and in its
//! name in CI, where `.ci/run` runs the script itself and sets `PHILIPPIC_PYTHON=done`.

use std::path::Path;
use std::process::{Command, Stdio};

#[test]
fn the_wheel_and_its_tests() {
    let say = |what: &str| {
        // Past the capture of the test runner: whoever reads the output must see it.
        let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("\npython: {what}\n").as_bytes());
    };
    if std::env::var_os("PHILIPPIC_PYTHON").is_some_and(|v| v == "done") {
        return say("NOT RUN HERE: the caller runs python/test itself");
    }
    let python = Command::new("python3").args(["-c", "import ensurepip, venv"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !python.is_ok_and(|status| status.success()) {
        return say("NOT RUN: Python 3 with venv is not there; install it (python3-venv) to test the wheel");
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new("bash").arg("python/test").current_dir(root).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
    for line in text.lines().filter(|line| line.starts_with("NOT RUN") || line.ends_with(" failed")) {
        say(line);
    }
}
