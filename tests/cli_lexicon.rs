//! `philippic lexicon check`, `list`, `show`.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)] // a panic is how a test fails

mod support;

use predicates::prelude::*;
use predicates::str::contains;
use support::{Folder, OWN, lines, philippic, stdout};

const HEAD: &str = "# name: mine\n# language: en\n# version: 1\n# licence: MIT\n# scale: any\n# category sentiment: tone\n# category alarm.brink: near\n\
                    # category mine.own: a category that the program does not know\nterm\tmatch\tcategory\tweight\nzorbl\tform\tmine.own\t1\nzorbl\tform\tsentiment\t1\nzorbl\tform\talarm.brink\t1\n";

#[test]
fn a_sound_lexicon_passes() {
    philippic()
        .args(["lexicon", "check", OWN])
        .assert()
        .success()
        .stdout("")
        .stderr("philippic: 1 file, 4 terms: 0 errors, 0 warnings, 0 notes\n");
    philippic().args(["lexicon", "check", "--quiet", OWN]).assert().success().stdout("").stderr("");
}

#[test]
fn the_built_in_lexicons_have_no_errors() {
    philippic().args(["lexicon", "check"]).assert().success();
}

#[test]
fn findings_have_file_line_severity_and_exit_code() {
    let folder = Folder::new();
    let rows: [(&str, &str, i32); 7] = [
        ("gribble\tglob\tsentiment\t1\n", ":13: error[syntax]: unknown match \"glob\"", 1),
        ("gribble\tform\tsentiment\t1\ngribble\tform\tsentiment\t1\n", ":14: error[duplicate]: \"gribble\" is in ", 1),
        ("gribble\tform\tsentiment\t1\ngribble\tform\tsentiment\t0.5\n", ":14: error[conflict]: \"gribble\" is in ", 1),
        ("gribble\tform\talarm.brink\t-0.5\n", ":13: error[range]: \"gribble\" weight -0.5 is out of range", 1),
        ("\u{200b}\tform\tsentiment\t0.5\n", ":13: error[impossible]:", 1),
        ("gribble\tstem\tsentiment\t0.5\ngribbled\tform\tsentiment\t0.5\n", ":14: warning[covered]: \"gribbled\" the stem line ", 0),
        ("gribb\tprefix\tsentiment\t0.5\ngribbled\tform\tsentiment\t0.5\n", ":14: warning[covered]: \"gribbled\" the prefix line ", 0),
    ];
    for (lines, want, code) in rows {
        let file = folder.file("mine.tsv", format!("{HEAD}{lines}"));
        philippic().args(["lexicon", "check", &file]).assert().code(code).stdout(contains(format!("{file}{want}")));
    }
}

#[test]
fn every_broken_line_is_named_not_only_the_first() {
    let folder = Folder::new();
    let file = folder.file("mine.tsv", format!("{HEAD}a\tglob\tsentiment\t1\nb\tform\tsentiment\tx\nc\tform\n"));
    let out = philippic().args(["lexicon", "check", "--format", "jsonl", &file]).assert().code(1).get_output().stdout.clone();
    let found = lines(&String::from_utf8(out).unwrap());
    assert_eq!(found.iter().map(|f| f["line"].as_u64().unwrap()).collect::<Vec<_>>(), [13, 14, 15]);
    assert!(found.iter().all(|f| f["severity"] == "error" && f["code"] == "syntax" && f["path"] == file.as_str()));
}

#[test]
fn notes_are_shown_when_asked_for() {
    let folder = Folder::new();
    let file = folder.file("mine.tsv", format!("{HEAD}gribble bock\tform\tsentiment\t1\nbock zwee\tform\tsentiment\t1\n"));
    philippic().args(["lexicon", "check", &file]).assert().success().stdout("").stderr(contains("0 errors, 0 warnings, 2 notes"));
    philippic().args(["lexicon", "check", "--notes", &file]).assert().success().stdout(
        contains("note[overlap]: \"gribble bock\" ends as \"bock zwee\"").and(contains("category mine.own is unknown to the program")),
    );
}

#[test]
fn list_gives_files_with_version_and_hash_and_terms_of_a_category() {
    let table = stdout(&["lexicon", "list", "--lexicon", OWN]);
    assert!(table.contains("philippic-en-grammar") && table.contains("test-own  1.2.3"), "{table}");
    let files = lines(&stdout(&["lexicon", "list", "--format", "jsonl", "--lexicon", OWN]));
    let own = files.last().unwrap();
    assert_eq!((own["name"].as_str(), own["terms"].as_u64(), own["hash"].as_str().map(str::len)), (Some("test-own"), Some(4), Some(16)));
    let terms = stdout(&["lexicon", "list", "--category", "alarm.brink", "--lexicon", OWN]);
    assert!(terms.contains("doomlet brinkle\tform\talarm.brink\t0.9\t\n"), "{terms}");
    let terms = lines(&stdout(&["lexicon", "list", "--category", "sarcasm", "--format", "jsonl", "--lexicon", OWN]));
    assert!(terms.iter().any(|t| t["term"] == "hoorahtsch" && t["line"] == 13 && t["file"] == OWN), "{terms:?}");
    philippic().args(["lexicon", "list", "--category", "alarm.brin"]).assert().code(2).stderr(contains("no category \"alarm.brin\""));
}

#[test]
fn show_finds_lines_through_stems_and_prefixes_and_says_which_counts() {
    let folder = Folder::new();
    let file = folder.file(
        "mine.tsv",
        format!("{HEAD}gribble\tstem\tsentiment\t0.5\ngribb\tprefix\tsentiment\t0.2\ngribbling bock\tform\tsentiment\t0\tmeans nothing\n"),
    );
    let rows = lines(&stdout(&["lexicon", "show", "--format", "jsonl", "--lexicon", &file, "gribbling"]));
    let found: Vec<_> = rows
        .iter()
        .map(|r| (r["term"].as_str().unwrap(), r["match"].as_str().unwrap(), r["counts"].as_bool().unwrap(), r["line"].as_u64().unwrap()))
        .collect();
    assert_eq!(found, [("gribble", "stem", true, 13), ("gribb", "prefix", false, 14)]);
    let table = stdout(&["lexicon", "show", "--lexicon", &file, "gribbling", "bock"]);
    assert!(table.lines().next().unwrap().contains("blocks") && table.contains("mine.tsv:15  means nothing"), "{table}");
    philippic().args(["lexicon", "show", "zzyzx"]).assert().code(1).stdout("").stderr("philippic: no line meets \"zzyzx\"\n");
}
