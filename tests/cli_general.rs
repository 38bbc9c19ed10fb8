//! What all subcommands share: help, colour, exit codes, pipes; and the pages that are made from the command tree.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)] // a panic is how a test fails

mod support;

use predicates::prelude::*;
use predicates::str::{contains, is_empty, starts_with};
use support::{Folder, OWN, philippic, stdout};

const COMMANDS: [&[&str]; 13] = [
    &[],
    &["score"],
    &["explain"],
    &["tokenize"],
    &["figures"],
    &["quotes"],
    &["lexicon"],
    &["lexicon", "check"],
    &["lexicon", "list"],
    &["lexicon", "show"],
    &["evaluate"],
    &["schema"],
    &["man"],
];

#[test]
fn help_leads_with_examples_that_exist() {
    for command in COMMANDS {
        for flag in ["-h", "--help"] {
            let out = philippic().args(command).arg(flag).assert().success().get_output().stdout.clone();
            let help = String::from_utf8(out).unwrap();
            let (examples, usage) = (help.find("Examples:\n  philippic"), help.find("Usage: philippic"));
            assert!(examples.is_some() && examples < usage, "{command:?}\n{help}");
            assert!(!help.contains('\x1b'));
        }
    }
    philippic().assert().code(2).stderr(contains("Usage: philippic"));
}

#[test]
fn typos_are_met_with_a_suggestion() {
    philippic().arg("explian").assert().code(2).stderr(contains("explain"));
    philippic().args(["score", "--evidense"]).assert().code(2).stderr(contains("--evidence"));
    philippic().args(["score", "--format", "jason"]).assert().code(2).stderr(contains("json"));
}

#[test]
fn colour_by_flag_and_environment() {
    let run = |args: &[&str], env: &[(&str, &str)]| {
        let mut command = philippic();
        command.args(args).args(["score", "--lexicon", OWN]).envs(env.iter().copied()).write_stdin("A zorbful day.");
        String::from_utf8(command.assert().success().get_output().stdout.clone()).unwrap().contains('\x1b')
    };
    assert!(!run(&[], &[]), "a pipe");
    assert!(run(&["--color", "always"], &[]));
    assert!(run(&["--color=always"], &[("NO_COLOR", "1")]), "a flag outranks the environment");
    assert!(!run(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!run(&[], &[("NO_COLOR", "1"), ("TERM", "xterm")]));
    assert!(!run(&[], &[("TERM", "dumb")]));
    philippic().args(["--color", "always", "score", "--help"]).assert().success().stdout(contains("\x1b["));
    philippic().args(["score", "/none", "--color", "always"]).assert().code(2).stderr(contains("\x1b["));
}

#[test]
fn errors_are_one_line_and_say_what_to_do() {
    philippic()
        .args(["score", "/none"])
        .assert()
        .code(2)
        .stdout(is_empty())
        .stderr("philippic: /none: no such file; check the path, or use - for standard input\n");
    philippic()
        .args(["score", "--lexicon", "/none", "-"])
        .write_stdin("x")
        .assert()
        .code(2)
        .stderr(starts_with("philippic: /none: no such file"));
    philippic().args(["score", "--width", "10"]).assert().code(2).stderr(contains("10 is not in 40..=1000"));
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = Folder::new();
    let file = folder.file("t.txt", "A zorbful day. ".repeat(6_000));
    let program = assert_cmd::cargo::cargo_bin!("philippic");
    for args in ["score -f json -e", "tokenize", "explain"] {
        let lexicon = if args == "tokenize" { String::new() } else { format!("--lexicon {OWN}") };
        let script = format!("{} {args} {lexicon} {file} | head -n 1 >/dev/null; echo ${{PIPESTATUS[0]}}", program.display());
        let mut command = assert_cmd::Command::new("bash");
        command.args(["-c", &script]).assert().success().stdout("0\n").stderr("");
    }
}

#[test]
fn completions_for_each_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = stdout(&["completions", shell]);
        assert!(script.contains("philippic") && script.contains("lexicon") && script.contains("paragraphs"), "{shell}");
        assert!(!script.contains('\x1b'), "{shell}");
    }
    philippic().args(["completions", "cmd"]).assert().code(2).stderr(contains("possible values"));
}

#[test]
fn manual_pages_for_each_subcommand() {
    for command in COMMANDS {
        let page = stdout(&[&["man"], command].concat());
        assert!(page.contains(".TH philippic") && page.contains(".SH SYNOPSIS"), "{command:?}: {page}");
        assert!(!page.contains('\x1b') && !page.contains("[33m"), "{command:?}: {page}");
    }
    assert!(stdout(&["man"]).contains(".SH EXAMPLES"));
    assert!(stdout(&["man", "lexicon check"]).contains("philippic\\-lexicon\\-check"));
    philippic().args(["man", "nonsense"]).assert().code(2).stderr(contains("no subcommand \"nonsense\""));
}

#[test]
fn version() {
    philippic().arg("--version").assert().success().stdout(predicate::eq(format!("philippic {}\n", env!("CARGO_PKG_VERSION"))));
}
