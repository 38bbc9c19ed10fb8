//! `philippic bench`: what it prints, what it keeps, what it compares. Never how fast.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)] // a panic is how a test fails

mod support;

use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;
use support::{Folder, philippic};

const STAGES: [&str; 12] =
    ["read", "words", "tokens", "lexicon", "sentences", "shifts", "sentiment", "sarcasm", "alarm", "stance", "report", "pipeline"];

/// A short run with its standard output as JSON.
fn run(args: &[&str]) -> Value {
    let fixed = ["bench", "--json", "--repeats", "2", "--threads", "2"];
    let output = philippic().args(fixed).args(args).assert().success().get_output().stdout.clone();
    serde_json::from_slice(&output).unwrap()
}

#[test]
fn json_has_every_stage_with_its_spread() {
    let results = run(&["--bytes", "40000"]);
    assert_eq!(results["schema"], "philippic-bench/1");
    let names: Vec<&str> = results["stages"].as_array().unwrap().iter().map(|s| s["name"].as_str().unwrap()).collect();
    assert_eq!(names, STAGES);
    let threads: Vec<u64> = results["threads"].as_array().unwrap().iter().map(|t| t["threads"].as_u64().unwrap()).collect();
    assert_eq!(threads, [1, 2]);
    let corpus = &results["corpus"];
    assert_eq!(corpus["name"], "generated news");
    assert!(corpus["documents"].as_u64().unwrap() >= 2, "{corpus}");
    assert!(corpus["bytes"].as_u64().unwrap() >= 39_000 && corpus["words"].as_u64().unwrap() > 5_000, "{corpus}");
    let both = results["stages"].as_array().unwrap().iter().chain(results["threads"].as_array().unwrap());
    for line in both {
        let spread = &line["seconds"];
        let times: Vec<f64> = ["fastest", "low", "median", "high", "slowest"].map(|k| spread[k].as_f64().unwrap()).to_vec();
        assert!(times.is_sorted() && times[0] > 0.0, "{line}");
        let mb = corpus["bytes"].as_f64().unwrap() / times[2] / 1e6;
        assert!((line["mb_per_second"].as_f64().unwrap() - mb).abs() < mb * 1e-6, "{line}");
    }
    assert_eq!(results["threads"][0]["efficiency"], 1.0);
    if cfg!(target_os = "linux") {
        assert!(results["peak_memory_bytes"].as_u64().unwrap() > 1_000_000);
    }
}

#[test]
fn the_table_names_the_corpus_and_the_stages() {
    let folder = Folder::new();
    let a = folder.file("a.txt", "The plan failed, Jane Roe said.\n\nA disaster.\n");
    let b = folder.file("b.txt", "“No,” he said.");
    let assert = philippic().args(["bench", "--repeats", "1", "--threads", "1", &a, &b]).assert().success();
    let table = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    assert!(table.starts_with(&format!("{a} and 1 more: 0.1 kB in 2 documents, 3 paragraphs, 11 words; 1 repeats")), "{table}");
    for name in STAGES.iter().chain(&["1 thread"]) {
        assert!(table.lines().any(|line| line.starts_with(name)), "{name}: {table}");
    }
    assert.stderr(contains("measuring stages").and(contains("measuring 1 thread")));
    philippic().args(["bench", "--quiet", "--repeats", "1", "--threads", "1", &a]).assert().success().stderr("");
}

#[test]
fn a_run_is_compared_with_a_saved_one() {
    let folder = Folder::new();
    let corpus = ["--bytes", "30000"];
    let mut before = run(&corpus);
    // Ten times as slow, and beyond all noise.
    for stage in before["stages"].as_array_mut().unwrap() {
        if stage["name"] == "alarm" {
            for (_, value) in stage["seconds"].as_object_mut().unwrap() {
                *value = (value.as_f64().unwrap() * 1000.0).into();
            }
        }
    }
    let path = folder.file("before.json", before.to_string());
    let now = run(&[&corpus[..], &["--compare", &path]].concat());
    let comparison = now["comparison"].as_array().unwrap();
    assert_eq!(comparison.len(), STAGES.len() + 2);
    let alarm = comparison.iter().find(|c| c["name"] == "alarm").unwrap();
    assert!(alarm["ratio"].as_f64().unwrap() > 10.0 && alarm["outside_noise"] == true, "{alarm}");
    let short = ["bench", "--repeats", "1", "--threads", "1", "--bytes", "30000", "--compare", &path];
    philippic().args(short).assert().success().stdout(contains("x faster").and(contains("against before")));
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let folder = Folder::new();
    let path = folder.file("before.json", run(&["--bytes", "30000"]).to_string());
    let other = ["bench", "--repeats", "1", "--bytes", "31000", "--compare", &path];
    philippic().args(other).assert().code(2).stderr(contains("on another corpus (generated news, ").and(contains("same files")));
    let broken = folder.file("broken.json", "{}");
    let args = ["bench", "--repeats", "1", "--bytes", "30000", "--compare", &broken];
    philippic().args(args).assert().code(2).stderr(contains("broken.json: not a run of `philippic bench --json`"));
}

#[test]
fn bad_corpora_are_said() {
    let folder = Folder::new();
    let empty = folder.file("empty.txt", "\n");
    philippic().args(["bench", &empty]).assert().code(2).stderr(contains("the corpus is empty"));
    philippic().args(["bench", "nowhere.txt"]).assert().code(2).stderr(contains("nowhere.txt: "));
    let good = folder.file("good.txt", "The plan failed.");
    let binary = folder.file("binary.txt", b"\0\x01\x02");
    let args = ["bench", "--repeats", "1", "--threads", "1", &good, &binary];
    philippic().args(args).assert().code(1).stdout(contains("in 1 documents")).stderr(contains("binary.txt: "));
    philippic().args(["bench", "--repeats", "0"]).assert().code(2);
    philippic()
        .args(["bench", "-", "--repeats", "1", "--threads", "1"])
        .write_stdin("It failed.")
        .assert()
        .success()
        .stdout(contains("standard input: "));
}
