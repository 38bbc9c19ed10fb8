//! `philippic tokenize`: units, formats, offsets.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)] // a panic is how a test fails

mod support;

use predicates::str::contains;
use support::{Folder, lines, philippic, stdout};

const TEXT: &str = "Roe’s “plan” cost 3.5 €. He said: \"We, the U.S., will pay.\"\n\nThe 'saviour' left,\tOK?\n";

/// Kind and text of each unit; its offsets must cut the text out.
fn units(flags: &[&str]) -> Vec<(String, String)> {
    let folder = Folder::new();
    let file = folder.file("t.txt", TEXT);
    let args: Vec<&str> = ["tokenize", "--format", "jsonl"].into_iter().chain(flags.iter().copied()).chain([file.as_str()]).collect();
    let rows = lines(&stdout(&args));
    rows.iter()
        .map(|row| {
            let (start, end) = (row["start"].as_u64().unwrap() as usize, row["end"].as_u64().unwrap() as usize);
            assert_eq!(&TEXT[start..end], row["text"].as_str().unwrap());
            assert_eq!(row.as_object().unwrap().len(), 4);
            (row["kind"].as_str().unwrap().to_string(), row["text"].as_str().unwrap().to_string())
        })
        .collect()
}

fn texts(flags: &[&str]) -> Vec<String> {
    units(flags).into_iter().map(|(_, text)| text).collect()
}

#[test]
fn words_are_those_of_uax_29() {
    let words = ["Roe’s", "plan", "cost", "3.5", "He", "said", "We", "the", "U.S", "will", "pay", "The", "saviour", "left", "OK"];
    assert_eq!(texts(&[]), words);
    assert_eq!(texts(&["--words"]), words);
    assert_eq!(units(&["--words"])[3], ("number".to_string(), "3.5".to_string()));
}

#[test]
fn other_units() {
    assert_eq!(texts(&["--sentences"]), ["Roe’s “plan” cost 3.5 €.", "He said: \"We, the U.S., will pay.\"", "The 'saviour' left,\tOK?"]);
    assert_eq!(texts(&["--paragraphs"]).len(), 2);
    assert_eq!(texts(&["--paragraphs=line"]).len(), 2);
    let quotes = units(&["--quotes"]);
    let named = |kind: &str, text: &str| (kind.to_string(), text.to_string());
    assert!(quotes.contains(&named("speech", "\"We, the U.S., will pay.\"")), "{quotes:?}");
    assert!(quotes.contains(&named("scare", "'saviour'")), "{quotes:?}");
    let tokens = units(&["--tokens"]);
    assert!(tokens.contains(&named("comma", ",")) && tokens.contains(&named("question", "?")) && tokens.contains(&named("word", "Roe")));
}

#[test]
fn the_text_form_is_one_line_a_unit() {
    let folder = Folder::new();
    let file = folder.file("t.txt", TEXT);
    let out = stdout(&["tokenize", "--sentences", &file]);
    let rows: Vec<Vec<&str>> = out.lines().map(|l| l.split('\t').collect()).collect();
    assert!(rows.iter().all(|r| r.len() == 4), "{out}");
    assert_eq!(rows[2][2..], ["sentence", "The 'saviour' left,\\tOK?"]);
}

#[test]
fn one_unit_at_a_time() {
    philippic().args(["tokenize", "--sentences", "--quotes"]).write_stdin("x").assert().code(2).stderr(contains("cannot be used with"));
}
