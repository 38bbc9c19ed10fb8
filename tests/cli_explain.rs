//! `philippic explain`, `figures`, `quotes`.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)] // a panic is how a test fails

mod support;

use predicates::prelude::*;
use predicates::str::contains;
use support::{Folder, OWN, lines, philippic, stdout};

const TEXT: &str = "The zorbful ferry left.\n\nA captain stood at the doomlet brinkle, hoorahtsch!\n\nJohn Doe said: \"We will pay.\" Then Mr. Doe left.\n";

fn file(folder: &Folder) -> String {
    folder.file("t.txt", TEXT)
}

#[test]
fn cues_stand_in_brackets_without_colour() {
    let folder = Folder::new();
    let out = stdout(&["explain", "--width", "120", "--lexicon", OWN, &file(&folder)]);
    assert!(out.contains("The [zorbful: sentiment +0."), "{out}");
    assert!(out.contains("[doomlet brinkle: alarm +0."), "{out}");
    assert!(out.contains("[hoorahtsch: sarcasm +0."), "{out}");
    assert!(out.contains("¶ 1 of 3") && out.contains("¶ 3 of 3"), "{out}");
    assert!(!out.contains('\x1b'));
}

#[test]
fn with_colour_there_are_no_brackets() {
    let folder = Folder::new();
    let out = stdout(&["--color", "always", "explain", "--lexicon", OWN, &file(&folder)]);
    assert!(out.contains('\x1b') && !out.contains("[zorbful"), "{out}");
}

#[test]
fn contributions_add_up_to_the_score() {
    let folder = Folder::new();
    let report: serde_json::Value =
        serde_json::from_str(&stdout(&["score", "-f", "json", "-e", "--lexicon", OWN, &file(&folder)])).unwrap();
    for paragraph in report["paragraphs"].as_array().unwrap() {
        for name in ["sentiment", "alarm", "sarcasm"] {
            let score = paragraph[name]["score"].as_f64().unwrap();
            let sum: f64 = paragraph[name]["evidence"].as_array().unwrap().iter().map(|e| e["contribution"].as_f64().unwrap()).sum();
            assert!((score - sum).abs() < 1e-4, "{name}: {score} {sum}");
        }
    }
}

#[test]
fn paragraphs_are_chosen_by_number() {
    let folder = Folder::new();
    let path = file(&folder);
    let out = stdout(&["explain", "--lexicon", OWN, "--paragraph", "2", &path]);
    assert!(out.contains("doomlet") && !out.contains("zorbful"), "{out}");
    philippic()
        .args(["explain", "--paragraph", "9", &path])
        .assert()
        .code(2)
        .stderr(contains("--paragraph 9: ").and(contains("has 3 paragraphs")));
}

#[test]
fn text_cannot_steer_the_terminal() {
    let evil = "A zorbful \u{1b}[2J\u{1b}]0;title\u{7} day.";
    for command in ["score", "explain", "quotes", "figures"] {
        let out = philippic().args([command, "--lexicon", OWN, "-"]).write_stdin(evil).assert().success().get_output().stdout.clone();
        assert!(!out.contains(&0x1b) && !out.contains(&7), "{command}");
    }
    let out = philippic().args(["tokenize", "--sentences"]).write_stdin(evil).assert().success().get_output().stdout.clone();
    assert!(!out.contains(&0x1b));
}

#[test]
fn figures_in_three_forms() {
    let folder = Folder::new();
    let path = file(&folder);
    let figures: serde_json::Value = serde_json::from_str(&stdout(&["figures", "--format", "json", &path])).unwrap();
    assert!(figures.is_array());
    let dot = stdout(&["figures", "--format", "dot", &path]);
    assert!(dot.starts_with("digraph stances {") && dot.ends_with("}\n"), "{dot}");
    philippic().args(["figures", "-"]).write_stdin("Rain fell.").assert().success().stdout("").stderr(contains("no figures found"));
}

#[test]
fn quotes_in_two_forms() {
    let folder = Folder::new();
    for row in lines(&stdout(&["quotes", "--format", "jsonl", &file(&folder)])) {
        assert!(row["holder"].is_string() && row["form"].is_string());
        for part in row["content"].as_array().unwrap() {
            let (start, end) = (part["start"].as_u64().unwrap() as usize, part["end"].as_u64().unwrap() as usize);
            assert_eq!(&TEXT[start..end], part["text"].as_str().unwrap());
        }
    }
    philippic()
        .args(["quotes", "-"])
        .write_stdin("Rain fell.")
        .assert()
        .success()
        .stdout("")
        .stderr(contains("no quotations or reported speech found"));
}
