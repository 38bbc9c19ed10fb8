//! `philippic score`: formats, several inputs, options, exit codes.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)] // a panic is how a test fails

mod support;

use predicates::prelude::*;
use predicates::str::contains;
use support::{Folder, OWN, lines, philippic, stdout};

const TEXT: &str = "The zorbful ferry left.\n\nA grumblish captain stood at the doomlet brinkle, hoorahtsch!\n\nRain fell.\n";

fn json(args: &[&str]) -> serde_json::Value {
    serde_json::from_str(&stdout(args)).unwrap()
}

#[test]
fn json_has_every_paragraph_with_its_scores_and_hits() {
    let folder = Folder::new();
    let file = folder.file("a.txt", TEXT);
    let report = json(&["score", "--format", "json", "--lexicon", OWN, &file]);
    assert_eq!(report["schema"], "philippic/1");
    assert_eq!(report["id"], file.as_str());
    let paragraphs = report["paragraphs"].as_array().unwrap();
    assert_eq!(paragraphs.len(), 3);
    assert!(paragraphs[0]["sentiment"]["score"].as_f64().unwrap() > 0.1);
    assert!(paragraphs[1]["sentiment"]["score"].as_f64().unwrap() < -0.1);
    assert!(paragraphs[1]["alarm"]["score"].as_f64().unwrap() > 0.1);
    assert!(paragraphs[1]["sarcasm"]["score"].as_f64().unwrap() > 0.1);
    assert_eq!(paragraphs[2]["alarm"]["hits"], 0);
    let (start, end) = (paragraphs[1]["start"].as_u64().unwrap() as usize, paragraphs[1]["end"].as_u64().unwrap() as usize);
    assert_eq!(&TEXT[start..end], TEXT.split("\n\n").nth(1).unwrap());
    let own = report["provenance"]["lexicons"].as_array().unwrap().iter().find(|l| l["name"] == "test-own").unwrap();
    assert_eq!((own["version"].as_str(), own["hash"].as_str().map(str::len)), (Some("1.2.3"), Some(16)));
}

#[test]
fn evidence_is_there_when_asked_for_and_names_its_bytes() {
    let folder = Folder::new();
    let file = folder.file("a.txt", TEXT);
    let bare = json(&["score", "-f", "json", "--lexicon", OWN, &file]);
    assert_eq!(bare["paragraphs"][0]["sentiment"]["evidence"].as_array().map(Vec::len), Some(0));
    let full = json(&["score", "-f", "json", "--evidence", "--lexicon", OWN, &file]);
    let piece = &full["paragraphs"][0]["sentiment"]["evidence"][0];
    let (start, end) = (piece["start"].as_u64().unwrap() as usize, piece["end"].as_u64().unwrap() as usize);
    assert_eq!((&TEXT[start..end], piece["term"].as_str()), ("zorbful", Some("zorbful")));
    assert_eq!(bare["paragraphs"][0]["sentiment"]["score"], full["paragraphs"][0]["sentiment"]["score"]);
}

#[test]
fn several_inputs() {
    let folder = Folder::new();
    let (a, b) = (folder.file("a.txt", TEXT), folder.file("b.txt", "Rain fell."));
    let all = json(&["score", "-f", "json", &a, &b]);
    assert_eq!(all.as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap()).collect::<Vec<_>>(), [&a, &b]);
    let each = lines(&stdout(&["score", "-f", "jsonl", &a, &b]));
    assert_eq!(each, *all.as_array().unwrap());
    let table = stdout(&["score", &a, &b]);
    assert!(table.contains("a.txt") && table.contains("b.txt"));
}

#[test]
fn csv_of_paragraphs_and_of_stances() {
    let folder = Folder::new();
    let odd = folder.file("comma, \"quote\".txt", TEXT);
    let csv = stdout(&["score", "-f", "csv", "--lexicon", OWN, &odd, &odd]);
    let rows: Vec<&str> = csv.lines().collect();
    assert_eq!(
        rows[0],
        "id,paragraph,start,end,words,sentences,sentiment,positive,negative,sentiment_hits,sarcasm,sarcasm_hits,alarm,alarm_hits"
    );
    assert_eq!(rows.len(), 1 + 3 + 3, "one header for all inputs");
    assert!(rows[1].contains("comma, \"\"quote\"\".txt\",0,0,23,4,1,"), "{}", rows[1]);
    let stances = stdout(&["score", "-f", "csv", "--table", "stances", &odd]);
    assert_eq!(stances.lines().next(), Some("id,paragraph,holder,figure,stance,mentions,hits"));
}

#[test]
fn standard_input_by_dash_and_by_nothing() {
    for args in [vec!["score", "-f", "jsonl", "-"], vec!["score", "-f", "jsonl"]] {
        philippic().args(args).write_stdin("Rain fell.").assert().success().stdout(contains("\"id\":\"-\""));
    }
}

#[test]
fn paragraph_modes() {
    let text = "one\ntwo\n\nthree\n";
    for (mode, want) in [("line", 3), ("blank", 2), ("auto", 3)] {
        let out = philippic()
            .args(["score", "-f", "json", "--paragraphs", mode])
            .write_stdin(text)
            .assert()
            .success()
            .get_output()
            .stdout
            .clone();
        let report: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(report["paragraphs"].as_array().map(Vec::len), Some(want), "{mode}");
        assert_eq!(report["provenance"]["options"]["paragraphs"], mode);
    }
}

#[test]
fn without_switches_rules_lexicons_and_categories_off() {
    let folder = Folder::new();
    let file = folder.file("a.txt", TEXT);
    assert!(json(&["score", "-f", "json", "--lexicon", OWN, &file]).pointer("/paragraphs/1/alarm/parts/brink").is_some());
    for (name, path) in [
        ("test-own", "/paragraphs/0/sentiment/hits"),
        ("alarm.brink", "/paragraphs/1/alarm/parts/brink"),
        ("alarm", "/paragraphs/1/alarm/parts/brink"),
    ] {
        let report = json(&["score", "-f", "json", "--lexicon", OWN, "--without", name, &file]);
        assert!(report.pointer(path).is_none_or(|n| n == 0), "{name}");
        assert_eq!(report["provenance"]["options"]["without"][0], name);
    }
    let report = json(&["score", "-f", "json", "--lexicon", OWN, "--without", "words", &file]);
    assert_eq!(report["paragraphs"][1]["sarcasm"]["hits"], 0);
    let whole = json(&["score", "-f", "json", &file]);
    let report = json(&["score", "-f", "json", "--without", "figures", &file]);
    assert_eq!((&report["figures"], &report["paragraphs"][0]["stances"]), (&serde_json::json!([]), &serde_json::json!([])));
    for score in ["sentiment", "sarcasm", "alarm"] {
        assert_eq!(report["paragraphs"][1][score], whole["paragraphs"][1][score], "{score}");
    }
    philippic()
        .args(["score", "--without", "nonsense", &file])
        .assert()
        .code(2)
        .stderr(contains("philippic: --without nonsense: no such rule, lexicon or category; known: negation"));
}

#[test]
fn links_are_dropped_and_own_figures_counted() {
    let folder = Folder::new();
    let file = folder.file("a.txt", TEXT);
    let figures = folder.file("figures.tsv", "name\taliases\nJane Roe\tRoe; JR\n");
    let report = json(&["score", "-f", "json", "--drop-links", "alias,pronoun", "--figures", &figures, &file]);
    let options = &report["provenance"]["options"];
    assert_eq!(options["dropped_links"], serde_json::json!(["alias", "pronoun"]));
    assert_eq!(options["own_figures"], 1);
    let broken = folder.file("broken.tsv", "who\nJane\n");
    philippic()
        .args(["score", "--figures", &broken, &file])
        .assert()
        .code(2)
        .stderr(contains("broken.tsv: line 1: unknown column \"who\""));
}

#[test]
fn the_table_fits_and_tells_no_evidence_from_neutral() {
    let folder = Folder::new();
    let file = folder.file("a.txt", TEXT);
    let table = stdout(&["score", "--width", "60", "--lexicon", OWN, &file]);
    assert!(table.lines().all(|line| line.chars().count() <= 60), "{table}");
    assert!(!table.contains('\x1b'), "no colour into a pipe");
    assert!(table.contains("zorbful") && table.contains('–'), "{table}");
}

#[test]
fn inputs_that_fail_do_not_stop_the_others() {
    let folder = Folder::new();
    let (good, binary) = (folder.file("good.txt", TEXT), folder.file("x.pdf", "%PDF-1.4"));
    let missing = folder.path("missing.txt").to_string_lossy().into_owned();
    philippic()
        .args(["score", "-f", "jsonl", &binary, &good])
        .assert()
        .code(1)
        .stdout(contains("good.txt"))
        .stderr(contains("x.pdf: is a PDF, not text; extract its text first"));
    philippic().args(["score", "-f", "jsonl", &missing, &good]).assert().code(2).stdout(contains("good.txt"));
    philippic().args(["score", "-f", "json", &missing, &binary]).assert().code(2).stdout("[]\n");
}

#[test]
fn lexicons_that_are_broken_are_refused_with_their_line() {
    let folder = Folder::new();
    let lexicon = folder.file("bad.tsv", "# category sentiment: x\nterm\tmatch\tcategory\tweight\nx\tglob\tsentiment\t1\n");
    philippic().args(["score", "--lexicon", &lexicon, "-"]).write_stdin("x").assert().code(2).stderr(
        contains("bad.tsv:3: unknown match \"glob\"; use stem, form, case or prefix")
            .and(predicate::function(|s: &str| s.lines().count() == 1)),
    );
}

#[test]
fn the_same_bytes_every_time() {
    let folder = Folder::new();
    let file = folder.file("a.txt", TEXT.repeat(50));
    let args = ["score", "-f", "jsonl", "--evidence", "--lexicon", OWN, &file];
    assert_eq!(stdout(&args), stdout(&args));
}
