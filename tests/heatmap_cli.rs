//! `philippic heatmap`: files, folders, colours, what is refused. What is drawn is tested in `heatmap_render.rs`.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)] // a panic is how a test fails

mod support;

use predicates::str::contains;
use support::{Folder, OWN, philippic, stdout};

const TEXT: &str = "The zorbful ferry left.\n\nA grumblish captain stood at the doomlet brink, hoorahtsch!\n\nRain fell.\n";
const HARBOUR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/heatmap/harbour.jsonl");
const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/heatmap/corpus.jsonl");

#[test]
fn a_row_a_paragraph() {
    let folder = Folder::new();
    let file = folder.file("a.txt", TEXT);
    let plain = stdout(&["heatmap", "--lexicon", OWN, &file]);
    assert!(!plain.contains('\x1b') && plain.contains("a.txt"));
    for words in [" 1 The zorbful ferry left.", " 2 A grumblish captain", " 3 Rain fell."] {
        assert!(plain.contains(words), "{plain}");
    }
}

#[test]
fn colours_follow_the_flag_and_the_environment() {
    let folder = Folder::new();
    let file = folder.file("a.txt", TEXT);
    let rows = [
        (vec!["--color", "always", "--depth", "truecolor"], vec![], Some("\x1b[38;2;")),
        (vec!["--color", "always", "--depth", "256"], vec![], Some("48;5;")),
        (vec!["--color", "always"], vec![("COLORTERM", "truecolor")], Some("48;2;")),
        (vec!["--color", "always"], vec![("TERM", "xterm-256color")], Some("48;5;")),
        (vec![], vec![("NO_COLOR", "1")], None),
        (vec![], vec![], None),
        (vec!["--color", "never"], vec![("COLORTERM", "truecolor")], None),
    ];
    for (args, environment, want) in rows {
        let output = philippic().args(["heatmap", "--lexicon", OWN, &file]).args(&args).envs(environment.clone()).assert().success();
        let text = String::from_utf8(output.get_output().stdout.clone()).unwrap();
        match want {
            Some(want) => assert!(text.contains(want), "{args:?} {environment:?}: {text:?}"),
            None => assert!(!text.contains('\x1b'), "{args:?} {environment:?}"),
        }
    }
}

#[test]
fn the_ending_says_what_is_written() {
    let folder = Folder::new();
    let file = folder.file("a.txt", TEXT);
    let rows = [
        ("html", "<!doctype html>"),
        ("svg", "<svg "),
        ("json", "{\n  \"schema\": \"philippic-heatmap/1\""),
        ("csv", "title,number,label"),
        ("PNG", "\u{fffd}PNG"),
    ];
    for (ending, start) in rows {
        let out = folder.path(&format!("out.{ending}"));
        philippic().args(["heatmap", &file, "-o"]).arg(&out).assert().success().stdout("");
        let bytes = std::fs::read(&out).unwrap();
        assert!(String::from_utf8_lossy(&bytes).starts_with(start), "{ending}");
    }
    philippic().args(["heatmap", &file, "-o", "out.pdf"]).assert().code(2).stderr(contains("end it in .html, .svg, .png, .json or .csv"));
}

#[test]
fn results_become_a_corpus_with_pages() {
    let folder = Folder::new();
    let (pages, index) = (folder.path("pages & more"), folder.path("index.html"));
    philippic().args(["heatmap", HARBOUR, CORPUS, "--out-dir"]).arg(&pages).arg("-o").arg(&index).assert().success();
    let page = std::fs::read_to_string(&index).unwrap();
    assert!(page.contains("href=\"pages%20%26%20more/0001-harbour.html\""), "{page}");
    assert_eq!(std::fs::read_dir(&pages).unwrap().count(), 49);
    let harbour = std::fs::read_to_string(pages.join("0001-harbour.html")).unwrap();
    assert!(harbour.contains("so-called “Saviour of the Harbour”"));
}

#[test]
fn texts_are_read_from_the_named_folder_only() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("texts")).unwrap();
    folder.file("texts/inside.txt", TEXT);
    folder.file("secret.txt", TEXT);
    let report = |id: &str| {
        let text = stdout(&["score", "-f", "jsonl", &folder.path("secret.txt").to_string_lossy()]);
        let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
        value["id"] = id.into();
        value.to_string()
    };
    let results = folder.file("r.jsonl", [report("inside.txt"), report("../secret.txt"), report("/etc/passwd")].join("\n"));
    let (pages, texts) = (folder.path("pages"), folder.path("texts"));
    philippic()
        .args(["heatmap", &results, "--out-dir"])
        .arg(&pages)
        .arg("--texts")
        .arg(&texts)
        .assert()
        .success()
        .stderr(contains("2 pages have numbers only"));
    let page = |name: &str| std::fs::read_to_string(pages.join(name)).unwrap();
    assert!(page("0001-inside.html").contains("zorbful"));
    assert!(!page("0002-secret.html").contains("zorbful"));
    assert!(page("index.html").contains("href=\"0001-inside.html\""));
}

#[test]
fn several_texts() {
    let folder = Folder::new();
    let (a, b) = (folder.file("a.txt", TEXT), folder.file("b.txt", "Rain fell."));
    let both = stdout(&["heatmap", &a, &b]);
    assert!(both.contains("a.txt") && both.contains("b.txt"));
    let out = folder.path("out.csv");
    philippic().args(["heatmap", &a, &b, "-o"]).arg(&out).assert().success();
    let csv = std::fs::read_to_string(out).unwrap();
    assert!(csv.contains("2 files,1,") && csv.contains("b.txt,score,sentiment"), "{csv}");
}

#[test]
fn what_is_wrong_is_said() {
    let folder = Folder::new();
    let (text, broken) = (folder.file("a.txt", TEXT), folder.file("r.jsonl", "{}\n"));
    let rows: [(&[&str], i32, &str); 4] = [
        (&["heatmap", &text, &broken], 2, "texts and results together"),
        (&["heatmap", &broken], 2, "r.jsonl: line 1: has neither"),
        (&["heatmap", CORPUS, "--date", "when"], 2, "no record has the column \"when\"; the first has day, id, outlet, text"),
        (&["heatmap", "missing.txt"], 2, "missing.txt: no such file"),
    ];
    for (args, code, want) in rows {
        philippic().args(args).assert().code(code).stderr(contains(want));
    }
}

#[test]
fn tables_of_batch_are_drawn_as_their_reports() {
    let folder = Folder::new();
    let line = |id: &str, day: &str, text: &str| format!("{}\n", serde_json::json!({"id": id, "day": day, "text": text}));
    let input = folder.file(
        "in.jsonl",
        line("a", "2024-01-05", "Mayor Ann Poe accused President John Doe of lying.\n\nThe city is on the brink of collapse.")
            + &line("b", "2024-02-07", "Mayor Ann Poe praised President John Doe as an honest leader.")
            + &line("c", "2024-02-08", "Rain fell."),
    );
    for extension in ["jsonl", "parquet", "arrow", "csv"] {
        philippic()
            .args(["batch", &input, "--keep", "day", "-q", "-o"])
            .arg(folder.path(&format!("scores.{extension}")))
            .assert()
            .success();
    }
    let draw = |extension: &str, more: &[&str]| {
        let table = folder.path(&format!("scores.{extension}")).to_string_lossy().into_owned();
        stdout(&[&["heatmap", &table, "--title", "Scores"], more].concat())
    };
    for more in [&[][..], &["--date", "day"], &["--group", "day"]] {
        let want = draw("jsonl", more);
        for extension in ["parquet", "arrow", "csv"] {
            assert_eq!(draw(extension, more), want, "{extension} {more:?}");
        }
        assert!(want.contains("Doe") && (more.is_empty() || want.contains("2024-0")), "{want}");
    }
    let table = folder.path("scores.parquet").to_string_lossy().into_owned();
    let page = folder.path("page.html");
    philippic().args(["heatmap", &table, "-o"]).arg(&page).assert().success();
    assert!(std::fs::read_to_string(page).unwrap().contains("philippic"));
    let refused = |args: &[&str], message: &str| {
        philippic().arg("heatmap").args(args).assert().code(2).stderr(contains(message));
    };
    refused(&[&table, "--date", "date"], "scores.parquet: no column \"date\" among id, paragraph, start");
    refused(&[&table, "--out-dir", "pages"], "a table has no evidence for pages of documents");
    refused(&[&folder.file("none.parquet", "x")], "none.parquet: cannot be read: ");
}
