//! `philippic lexicon diff`, `stats`, `coverage`, `suggest`, and a user's own categories in `score`: real files, invented words.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)] // a panic is how a test fails

mod support;

use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;
use support::{Folder, philippic, stdout};

const HEAD: &str = "# name: mine\n# language: en\n# version: 1\n# licence: MIT\n# scale: any\n";

fn lexicon(categories: &[&str], rows: &str) -> String {
    let categories: String = categories.iter().map(|c| format!("# category {c}: invented\n")).collect();
    format!("{HEAD}{categories}term\tmatch\tcategory\tweight\tnote\n{rows}")
}

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&stdout(args)).unwrap()
}

#[test]
fn own_categories_are_scored_by_themselves() {
    let folder = Folder::new();
    let own = folder.file(
        "own.tsv",
        lexicon(
            &["mine.shine", "mine.murk"],
            "zorble\tstem\tmine.shine\t0.5\ngrand zorble\tform\tmine.shine\t1\nzorble\tform\tmine.murk\t-1\ngrimp\tform\tmine.shine\t0\n",
        ),
    );
    // Ten words; the expression wins over its word in its own category and leaves the other alone.
    let text = folder.file("t.txt", "A grand zorble and ten zorbles met a grimp here.\n\nNot one was there.\n");
    let report = json(&["score", "-f", "json", "--evidence", "--lexicon", &own, &text]);
    let (first, second) = (&report["paragraphs"][0]["custom"], &report["paragraphs"][1]["custom"]);
    let near = |value: &Value, want: f64| (value.as_f64().unwrap() - want).abs() < 1e-4;
    let shine = &first["mine.shine"];
    assert!(near(&shine["score"], 15.0) && shine["hits"] == 2 && near(&shine["share"], 0.3) && near(&shine["mean"], 0.75), "{shine}");
    let found: Vec<_> =
        shine["evidence"].as_array().unwrap().iter().map(|e| (e["term"].as_str().unwrap(), e["contribution"].as_f64().unwrap())).collect();
    assert_eq!(found, [("grand zorble", 10.0), ("zorble", 5.0)]);
    let murk = &first["mine.murk"];
    assert!(near(&murk["score"], -10.0) && murk["hits"] == 1 && near(&murk["share"], 0.1) && near(&murk["mean"], -1.0), "{murk}");
    assert_eq!((second["mine.shine"]["hits"].as_u64(), second["mine.shine"]["score"].as_f64()), (Some(0), Some(0.0)));
    // The program's own scores do not see them, and a report without them has no such key.
    let plain = json(&["score", "-f", "json", &text]);
    assert!(plain["paragraphs"][0].get("custom").is_none());
    assert_eq!(plain["paragraphs"][0]["sentiment"], json(&["score", "-f", "json", "--lexicon", &own, &text])["paragraphs"][0]["sentiment"]);
}

#[test]
fn own_categories_have_columns_in_tables_and_csv() {
    let folder = Folder::new();
    let own = folder.file("own.tsv", lexicon(&["mine.shine", "mine.murk"], "zorble\tstem\tmine.shine\t0.5\ngrimp\tform\tmine.murk\t-1\n"));
    let text = folder.file("t.txt", "Zorbles met ten others.\n\nNothing was there.\n");
    let csv = stdout(&["score", "-f", "csv", "--assume-language", "--lexicon", &own, &text]);
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let header = rows.headers().unwrap().clone();
    let rows: Vec<_> = rows.records().map(Result::unwrap).collect();
    let cell = |row: usize, name: &str| rows[row][header.iter().position(|h| h == name).unwrap()].to_string();
    assert_eq!(header.len(), 14 + 8, "{header:?}");
    assert_eq!(
        ["mine.shine", "mine.shine_hits", "mine.shine_share", "mine.shine_mean", "mine.murk_hits"].map(|name| cell(0, name)),
        ["12.5", "1", "0.25", "0.5", "0"]
    );
    assert_eq!(cell(1, "mine.shine"), "0.0");
    let missing = philippic().args(["score", "-f", "csv", "--lexicon", &own, "nowhere.txt"]).assert().code(2).get_output().stdout.clone();
    assert!(String::from_utf8(missing).unwrap().trim_end().ends_with("mine.shine_mean"));

    let table = stdout(&["score", "--width", "100", "--lexicon", &own, &text]);
    assert!(table.lines().any(|l| l.contains("alarm") && l.contains("murk") && l.contains("shine")), "{table}");
    assert!(table.lines().any(|l| l.contains("12.5 ×1")) && table.contains("per 100 words"), "{table}");
    // Where there is no room for a column, what was found stands under the paragraph.
    let narrow = stdout(&["score", "--width", "60", "--lexicon", &own, &text]);
    assert!(narrow.lines().any(|l| l.trim() == "mine.shine 12.5 ×1") && !narrow.contains("mine.murk"), "{narrow}");
    assert!(narrow.lines().all(|l| l.chars().count() <= 60), "{narrow}");
    assert!(stdout(&["explain", "--lexicon", &own, &text]).contains("mine.shine 12.50 per 100 words  25.0 % of the words"));
    // The heatmap shows the program's own scores.
    let picture = folder.path("h.json").to_str().unwrap().to_string();
    philippic().args(["heatmap", "--lexicon", &own, &text, "-o", &picture]).assert().success();
    assert!(!std::fs::read_to_string(&picture).unwrap().contains("mine.shine"));
}

#[test]
fn a_lexicon_of_very_many_categories_keeps_them_apart() {
    let folder = Folder::new();
    let of = |n: usize| {
        let categories: Vec<String> = (0..n).map(|i| format!("mine.c{i:03}")).collect();
        let rows: String = categories.iter().map(|c| format!("zorble\tform\t{c}\t1\n")).collect();
        lexicon(&categories.iter().map(String::as_str).collect::<Vec<_>>(), &rows)
    };
    let text = folder.file("t.txt", "Zorble.\n");
    let report = json(&["score", "-f", "json", "--lexicon", &folder.file("own.tsv", of(200)), &text]);
    let custom = report["paragraphs"][0]["custom"].as_object().unwrap();
    assert!(custom.len() == 200 && custom.values().all(|c| c["hits"] == 1));
    let much = folder.file("much.tsv", of(600));
    philippic()
        .args(["score", "--lexicon", &much, &text])
        .assert()
        .code(2)
        .stderr(contains("600 categories of your own are more than can be scored at once"));
    philippic().args(["lexicon", "check", &much]).assert().code(1).stdout(contains("error[categories]"));
}

#[test]
fn check_names_wildcards_of_other_tools_and_words_in_two_parts() {
    let folder = Folder::new();
    let file = folder.file(
        "own.tsv",
        lexicon(
            &["sentiment", "alarm.brink", "alarm.threat"],
            "zorble*\tform\tsentiment\t0.5\nfladder\tprefix\talarm.brink\t0.5\nfladdering\tform\talarm.threat\t0.7\ngrimp\tprefix\tsentiment\t0.5\ngrimped\tform\tsentiment\t0.5\nzorb\u{200b}\tform\tsentiment\t0.5\n",
        ),
    );
    philippic().args(["lexicon", "check", "--notes", &file]).assert().code(1).stdout(
        contains(":10: warning[wildcard]: \"zorble*\"")
            .and(contains(":12: note[competes]: \"fladdering\" is met by the prefix line"))
            .and(contains(":14: warning[covered]: \"grimped\" the prefix line"))
            .and(contains(":15: error[impossible]")),
    );
}

#[test]
fn diff_names_every_kind_of_change() {
    let folder = Folder::new();
    let categories = ["mine.a", "mine.b", "sentiment"];
    let old = folder.file(
        "old.tsv",
        lexicon(&categories, "same\tform\tmine.a\t1\ngone\tform\tmine.a\t1\nheavier\tform\tmine.a\t0.5\nother match\tform\tmine.a\t1\nmoved\tform\tmine.a\t1\nnoted\tform\tmine.a\t1\nboth\tform\tmine.a\t0.1\n"),
    );
    let new = folder.file(
        "new.tsv",
        lexicon(&categories, "moved\tform\tmine.b\t1\nSame\tform\tmine.a\t1\nheavier\tform\tmine.a\t0.75\nother-match\tstem\tmine.a\t1\nnoted\tform\tmine.a\t1\twhy\nfresh\tprefix\tsentiment\t-0.5\nboth\tstem\tmine.a\t0.2\n"),
    );
    let report = json(&["lexicon", "diff", "--format", "json", &old, &new]);
    let changes: Vec<_> =
        report["changes"].as_array().unwrap().iter().map(|c| (c["kind"].as_str().unwrap(), c["term"].as_str().unwrap())).collect();
    assert_eq!(
        changes,
        [
            ("removed", "gone"),
            ("weight", "heavier"),
            ("match", "other-match"),
            ("category", "moved"),
            ("note", "noted"),
            ("match+weight", "both"),
            ("added", "fresh")
        ]
    );
    assert_eq!((report["added"].as_u64(), report["removed"].as_u64(), report["changed"].as_u64()), (Some(1), Some(1), Some(5)));
    assert_eq!((report["changes"][1]["old"]["weights"][0].as_f64(), report["changes"][1]["new"]["line"].as_u64()), (Some(0.5), Some(12)));
    philippic().args(["lexicon", "diff", &old, &new]).assert().success().stderr("philippic: 1 added, 1 removed, 5 changed\n").stdout(
        contains("- gone  form mine.a 1\n")
            .and(contains("+ fresh  prefix sentiment -0.5\n"))
            .and(contains("~ heavier  form mine.a 0.5 → 0.75\n")),
    );
    philippic().args(["lexicon", "diff", &old, &old]).assert().success().stdout("").stderr("philippic: 0 added, 0 removed, 0 changed\n");
    philippic().args(["lexicon", "diff", &old, "nowhere.tsv"]).assert().code(2).stderr(contains("nowhere.tsv"));
}

#[test]
fn stats_count_terms_matches_and_weights() {
    let folder = Folder::new();
    let rows =
        "one\tform\tmine.a\t0.5\ntwo words\tstem\tmine.a\t-1\nblock\tform\tmine.a\t0\nZ\tcase\tmine.b\t0.25\npre\tprefix\tmine.b\t0.75\n";
    let own = folder.file("own.tsv", lexicon(&["mine.a", "mine.b", "mine.none"], rows));
    let report = json(&["lexicon", "stats", "--format", "json", &own]);
    let [a, b] = report[0]["categories"].as_array().unwrap().as_slice() else { panic!("{report}") };
    assert_eq!((a["terms"].as_u64(), a["multiword"].as_u64(), a["blocking"].as_u64()), (Some(3), Some(1), Some(1)));
    assert_eq!(a["matches"], serde_json::json!({ "form": 2, "stem": 1 }));
    assert_eq!(a["weights"]["weight"], serde_json::json!({ "min": -1.0, "mean": -0.25, "max": 0.5 }));
    assert_eq!((b["matches"].clone(), b["weights"]["weight"]["mean"].as_f64()), (serde_json::json!({ "case": 1, "prefix": 1 }), Some(0.5)));
    let table = stdout(&["lexicon", "stats", &own]);
    assert!(table.contains("mine.a") && table.contains("1 file, 5 terms, 1 of several words"), "{table}");
    let width = |table: &str| table.lines().map(|l| l.chars().count()).max().unwrap();
    assert!(width(&table) <= 80 && table.contains("mean") && !table.contains("prefix"), "{table}");
    let wide = stdout(&["lexicon", "stats", "--width", "140", &own]);
    assert!(width(&wide) <= 140 && wide.contains("prefix"), "{wide}");
    // Of the built-in files, the sum is what `list` says; a category with several weights has a row for each.
    let all: Value = json(&["lexicon", "stats", "--format", "json"]);
    let terms: u64 = all
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["categories"].as_array().unwrap().iter().map(|c| c["terms"].as_u64().unwrap()).sum::<u64>())
        .sum();
    assert_eq!(terms, all.as_array().unwrap().iter().map(|f| f["terms"].as_u64().unwrap()).sum::<u64>());
    assert!(
        all.as_array()
            .unwrap()
            .iter()
            .flat_map(|f| f["categories"].as_array().unwrap())
            .any(|c| c["weights"].as_object().unwrap().len() > 1)
    );
}

#[test]
fn coverage_counts_words_sentences_documents_and_what_is_missing() {
    let folder = Folder::new();
    let own =
        folder.file("own.tsv", lexicon(&["mine.a"], "zorble\tstem\tmine.a\t1\ngrand grimp\tform\tmine.a\t1\nquonk\tform\tmine.a\t0\n"));
    let text = folder.file("t.txt", "The zorbles fladder. The fladder met a grand grimp, a quonk and Murkville.\n");
    let corpus = folder.file("c.jsonl", "{\"text\":\"A zorble.\"}\n\n{\"text\":\"Fladder, fladder.\"}\n{\"body\":\"x\"}\nnot json\n");
    let output = philippic().args(["lexicon", "coverage", "--format", "json", "--lexicon", &own, &text, &corpus]).assert().code(1);
    let output =
        output.stderr(contains("c.jsonl:4: no text under \"text\"").and(contains("c.jsonl:5: not a JSON object"))).get_output().clone();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((report["documents"].as_u64(), report["sentences"].as_u64(), report["words"].as_u64()), (Some(3), Some(4), Some(17)));
    let mine = report["categories"].as_array().unwrap().iter().find(|c| c["category"] == "mine.a").unwrap();
    assert_eq!(
        (mine["hits"].as_u64(), mine["words"].as_u64(), mine["sentences"].as_u64(), mine["documents"].as_u64()),
        (Some(3), Some(4), Some(3), Some(2))
    );
    assert!((mine["word_share"].as_f64().unwrap() - 4.0 / 17.0).abs() < 1e-9 && mine["sentence_share"] == 0.75);
    // No function word, no word of a line of weight 0, no name.
    let unmet: Vec<_> = report["unmet"]
        .as_array()
        .unwrap()
        .iter()
        .map(|w| (w["word"].as_str().unwrap(), w["count"].as_u64().unwrap(), w["documents"].as_u64().unwrap()))
        .collect();
    assert_eq!(unmet, [("fladder", 4, 2)]);
    assert_eq!(report["names"], 1);
    let named = json(&["lexicon", "coverage", "--format", "json", "--names", "--top", "1", "--lexicon", &own, &text]);
    assert_eq!(named["unmet"].as_array().unwrap().len(), 1);
    let table = stdout(&["lexicon", "coverage", "--category", "mine", "--lexicon", &own, &text]);
    assert!(
        table.contains("1 document, 2 sentences, 13 words") && table.contains("mine.a") && table.contains("fladder  in 1 document"),
        "{table}"
    );
    assert!(!table.contains("sentiment"), "{table}");
    philippic().args(["lexicon", "coverage", "nowhere.txt"]).assert().code(2);
}

#[test]
fn suggest_finds_terms_that_separate_the_classes() {
    let folder = Folder::new();
    let lines: String = (0..8)
        .map(|i| {
            format!("{{\"id\":\"p{i}\",\"text\":\"The fladder was grand murkle today.\",\"score\":{}}}\n{{\"id\":\"n{i}\",\"text\":\"The quonk was in today, Murkville.\",\"score\":-1}}\n", i + 1)
        })
        .collect();
    let gold = folder.file("gold.jsonl", lines);
    let found = json(&["lexicon", "suggest", "--format", "json", "--ngrams", "2", &gold]);
    assert_eq!((found["classes"][0]["name"].as_str(), found["classes"][1]["texts"].as_u64()), (Some("negative"), Some(8)));
    let terms: Vec<(&str, u64)> =
        found["terms"].as_array().unwrap().iter().map(|t| (t["term"].as_str().unwrap(), t["class"].as_u64().unwrap())).collect();
    assert!(terms.contains(&("quonk", 0)) && terms.contains(&("fladder", 1)) && terms.contains(&("grand murkle", 1)), "{terms:?}");
    assert!(!terms.iter().any(|(t, _)| ["the", "was", "today", "murkville", "was in"].contains(t)), "{terms:?}");
    let quonk = found["terms"].as_array().unwrap().iter().find(|t| t["term"] == "quonk").unwrap();
    assert!(
        quonk["z"].as_f64().unwrap() < -1.0
            && quonk["counts"] == serde_json::json!([8, 0])
            && quonk["examples"].as_array().unwrap().len() == 2
    );
    // What gets a line is no suggestion any more.
    let own = folder.file("own.tsv", lexicon(&["mine.a"], "quonk\tform\tmine.a\t1\n"));
    let tsv = stdout(&["lexicon", "suggest", "--format", "tsv", "--lexicon", &own, &gold]);
    assert!(
        tsv.starts_with("term\tclass\t")
            && tsv.lines().any(|l| l.starts_with("fladder\tpositive\t0\t8\t0\t8\t"))
            && !tsv.contains("quonk\t"),
        "{tsv}"
    );
    // Unless another category is asked for.
    assert!(stdout(&["lexicon", "suggest", "--category", "sentiment", "--lexicon", &own, &gold]).contains("quonk"));
    let csv = folder.file("gold.csv", "body,ironic\nthe fladder,1\nthe fladder,1\nthe quonk,0\nthe quonk,0\n");
    let table = stdout(&["lexicon", "suggest", "--text-field", "body", "--label-field", "ironic", "--min-count", "2", &csv]);
    assert!(table.contains("fladder") && table.contains("quonk"), "{table}");
    for (content, want) in [("{\"text\":\"x\"}\n", ":1: no usable label"), ("{\"text\":\"x\",\"label\":1}\n", "nothing to separate")] {
        philippic().args(["lexicon", "suggest", &folder.file("bad.jsonl", content)]).assert().code(2).stderr(contains(want));
    }
}
