//! `philippic evaluate`: labelled files in both forms, predictions, the comparison with a baseline.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)] // a panic is how a test fails

mod support;

use std::fmt::Write;

use predicates::str::contains;
use support::{Folder, OWN, lines, philippic, stdout};

/// Labelled texts of invented words, in part wrong so that measures are not all 1.
fn gold() -> String {
    let mut out = String::new();
    for i in 0..40 {
        let (text, score) = match i % 4 {
            0 => ("A zorbful day.", 3.0),
            1 => ("A grumblish day.", -3.0),
            2 => ("A day.", 0.5),
            _ => ("Not zorbful, grumblish!", f64::from(i % 7) - 3.0),
        };
        let _ = writeln!(out, "{{\"id\":\"t{i}\",\"text\":\"{text}\",\"score\":{score}}}");
    }
    out
}

fn json(args: &[&str]) -> serde_json::Value {
    serde_json::from_str(&stdout(args)).unwrap()
}

#[test]
fn measures_with_intervals_that_a_seed_repeats() {
    let folder = Folder::new();
    let file = folder.file("gold.jsonl", gold());
    let args = ["evaluate", "--task", "sentiment", "--lexicon", OWN, "--format", "json", "--rounds", "200", &file];
    let first = json(&args);
    assert_eq!((first["task"].as_str(), first["items"].as_u64(), first["main"].as_str()), (Some("sentiment"), Some(40), Some("pearson")));
    let pearson = &first["metrics"]["pearson"];
    let (low, value, high) = (pearson["low"].as_f64().unwrap(), pearson["value"].as_f64().unwrap(), pearson["high"].as_f64().unwrap());
    assert!(low < value && value < high && value > 0.5, "{pearson}");
    assert!(first["metrics"]["spearman"]["value"].is_f64());
    assert_eq!(first, json(&args));
    let other = json(&[&args[..], &["--seed", "5"]].concat());
    assert_eq!(other["metrics"]["pearson"]["value"], pearson["value"]);
    assert_ne!(other["metrics"]["pearson"]["low"], pearson["low"]);
}

#[test]
fn classes_have_a_confusion_matrix_and_the_measures_of_classes() {
    let folder = Folder::new();
    let file =
        folder.file("gold.csv", "key,body,ironic\n1,\"Hoorahtsch, he left.\",1\n2,He left.,0\n3,He stayed.,1\n4,\"Hoorahtsch!\",0\n");
    let args = ["evaluate", "--task", "sarcasm", "--lexicon", OWN, "--text-field", "body", "--label-field", "ironic", "--id-field", "key"];
    let report = json(&[&args[..], &["--format", "json", &file]].concat());
    for name in ["roc_auc", "precision", "recall", "f1", "macro_f1", "accuracy"] {
        assert!(report["metrics"][name]["value"].is_f64(), "{name}: {report}");
    }
    let counts: u64 =
        report["confusion"]["counts"].as_array().unwrap().iter().flat_map(|r| r.as_array().unwrap()).map(|n| n.as_u64().unwrap()).sum();
    assert_eq!(counts, 4);
    let table = stdout(&[&args[..], &[&file]].concat());
    assert!(table.contains("sarcasm on ") && table.contains("roc_auc") && table.contains("gold \\ predicted"), "{table}");
}

#[test]
fn predictions_are_one_line_an_item_in_file_order() {
    let folder = Folder::new();
    let (file, out) = (folder.file("gold.jsonl", gold()), folder.file("out.jsonl", ""));
    stdout(&["evaluate", "--task", "sentiment", "--lexicon", OWN, "--predictions", &out, &file]);
    let rows = lines(&std::fs::read_to_string(&out).unwrap());
    assert_eq!(rows.len(), 40);
    for (i, row) in rows.iter().enumerate() {
        assert_eq!(row["id"], format!("t{i}").as_str());
        assert!(row["gold"].is_number() && row["score"].is_number() && row["class"].is_i64() && row["evidence"].is_array(), "{row}");
    }
    assert_eq!(rows[0]["evidence"][0]["term"], "zorbful");
}

#[test]
fn a_baseline_is_compared_item_by_item() {
    let folder = Folder::new();
    let (file, out) = (folder.file("gold.jsonl", gold()), folder.file("out.jsonl", ""));
    let args = ["evaluate", "--task", "sentiment", "--lexicon", OWN, "--format", "json"];
    stdout(&[&args[..], &["--predictions", &out, &file]].concat());
    let same = json(&[&args[..], &["--baseline", &out, &file]].concat());
    assert_eq!((same["comparison"]["difference"]["value"].as_f64(), same["comparison"]["p"].as_f64()), (Some(0.0), Some(1.0)));
    let turned =
        folder.file("turned.tsv", "# category sentiment: turned around\nterm\tmatch\tcategory\tweight\nzorbful\tstem\tsentiment\t-0.7\n");
    let worse = json(&[&args[..], &["--lexicon", &turned, "--baseline", &out, &file]].concat());
    assert!(
        worse["comparison"]["difference"]["high"].as_f64().unwrap() < 0.0 && worse["comparison"]["p"].as_f64().unwrap() < 0.05,
        "{worse}"
    );
    let short = folder.file("short.jsonl", std::fs::read_to_string(&out).unwrap().lines().next().unwrap());
    philippic()
        .args(args)
        .args(["--baseline", &short, &file])
        .assert()
        .code(2)
        .stderr(contains("short.jsonl:2: 1 predictions, but this run has 40"));
    let table = stdout(&["evaluate", "--task", "sentiment", "--lexicon", OWN, "--baseline", &out, &file]);
    assert!(table.contains("paired bootstrap, 400 rounds") && !table.contains("-0.0000"), "{table}");
}

#[test]
fn the_worst_misses_come_with_their_evidence() {
    let folder = Folder::new();
    let file = folder.file("gold.jsonl", format!("{}{{\"id\":\"odd\",\"text\":\"A grumblish day, again.\",\"score\":4}}\n", gold()));
    let table = stdout(&["evaluate", "--task", "sentiment", "--lexicon", OWN, "--errors", "1", &file]);
    assert!(table.contains("odd  gold 4") && table.contains("grumblish sentiment -0.8"), "{table}");
    let report = json(&["evaluate", "--task", "sentiment", "--lexicon", OWN, "--errors", "2", "--format", "json", &file]);
    assert_eq!(report["errors"].as_array().map(Vec::len), Some(2));
}

#[test]
fn span_tasks_run() {
    let folder = Folder::new();
    let text = "Jane Roe said that John Doe lied.";
    let rows = [
        ("stance", format!("{{\"id\":1,\"text\":\"{text}\",\"targets\":[{{\"start\":19,\"end\":27,\"label\":-1}}]}}\n"), "macro_f1"),
        ("paragraph-stance", format!("{{\"id\":1,\"text\":\"{text}\",\"figure\":\"John Doe\",\"paragraph_labels\":[-1]}}\n"), "macro_f1"),
        (
            "figures",
            format!("{{\"id\":1,\"text\":\"{text}\",\"figures\":[{{\"start\":0,\"end\":8}},{{\"start\":19,\"end\":27}}]}}\n"),
            "f1",
        ),
        (
            "attributions",
            format!("{{\"id\":1,\"text\":\"{text}\",\"attributions\":[{{\"source\":[[0,8]],\"cue\":[[9,13]],\"content\":[[14,32]]}}]}}\n"),
            "f1",
        ),
    ];
    for (task, record, main) in rows {
        let file = folder.file("gold.jsonl", record.repeat(3));
        let report = json(&["evaluate", "--task", task, "--format", "json", &file]);
        assert_eq!((report["main"].as_str(), report["items"].as_u64()), (Some(main), Some(3)), "{task}");
        assert!(report["metrics"][main]["value"].is_f64(), "{task}: {report}");
    }
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    let folder = Folder::new();
    let rows = [
        ("gold.jsonl", "{\"text\":\"x\",\"score\":1}\n{\"text\":\"x\"}\n", "gold.jsonl:2: no usable label for task sentiment"),
        ("gold.jsonl", "not json\n", "gold.jsonl:1: not a JSON object"),
        ("gold.jsonl", "", "gold.jsonl: no records"),
        ("gold.csv", "body,score\nx,1\n", "gold.csv:1: no column \"text\" among: body, score; name it with --text-field"),
        ("gold.csv", "text,score\nx,1,2\n", "gold.csv:2: "),
    ];
    for (name, text, want) in rows {
        let file = folder.file(name, text);
        philippic().args(["evaluate", "--task", "sentiment", &file]).assert().code(2).stdout("").stderr(contains(want));
    }
    philippic().args(["evaluate", "--task", "humour", "x"]).assert().code(2).stderr(contains("possible values: sentiment"));
}
