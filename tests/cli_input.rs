//! What comes in: encodings, line ends, odd texts, and what is refused.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)] // a panic is how a test fails

mod support;

use predicates::prelude::*;
use predicates::str::contains;
use support::{Folder, OWN, philippic};

const TEXT: &str = "The zorbful minister’s “plan” failed, said Zoë.\n\nRain fell – again.\n";

fn utf16(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
}

/// Report and messages of one file.
fn score(bytes: &[u8], args: &[&str]) -> (serde_json::Value, String) {
    let folder = Folder::new();
    let file = folder.file("text.txt", bytes);
    let output = philippic()
        .args(["score", "-f", "json", "--evidence", "--lexicon", OWN])
        .args(args)
        .arg(file)
        .assert()
        .success()
        .get_output()
        .clone();
    (serde_json::from_slice(&output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn one_text_in_many_encodings_scores_alike() {
    let (plain, said) = score(TEXT.as_bytes(), &[]);
    assert_eq!(said, "");
    let windows = b"The zorbful minister\x92s \x93plan\x94 failed, said Zo\xeb.\n\nRain fell \x96 again.\n";
    let rows: [(&str, Vec<u8>, &str); 6] = [
        ("utf-16le, mark", [b"\xff\xfe".to_vec(), utf16(TEXT, false)].concat(), "read as UTF-16LE by its byte order mark"),
        ("utf-16be, mark", [b"\xfe\xff".to_vec(), utf16(TEXT, true)].concat(), "read as UTF-16BE by its byte order mark"),
        ("utf-16le", utf16(TEXT, false), "read as UTF-16LE (no byte order mark)"),
        ("utf-16be", utf16(TEXT, true), "read as UTF-16BE (no byte order mark)"),
        ("windows-1252", windows.to_vec(), "not UTF-8, read as windows-1252"),
        ("windows-1252, crlf", windows.split(|b| *b == b'\n').collect::<Vec<_>>().join(&b"\r\n"[..]), "not UTF-8, read as windows-1252"),
    ];
    for (name, bytes, notice) in rows {
        let (report, said) = score(&bytes, &[]);
        assert!(said.contains(notice) && said.lines().count() == 1, "{name}: {said}");
        let scores =
            |r: &serde_json::Value| r["paragraphs"].as_array().unwrap().iter().map(|p| p["sentiment"]["score"].clone()).collect::<Vec<_>>();
        assert_eq!(scores(&report), scores(&plain), "{name}");
        if !name.ends_with("crlf") {
            assert_eq!(report["paragraphs"], plain["paragraphs"], "{name}: offsets are those of the UTF-8 text");
        }
    }
}

#[test]
fn a_utf8_mark_keeps_offsets_into_the_file() {
    let (report, said) = score([b"\xef\xbb\xbf", TEXT.as_bytes()].concat().as_slice(), &[]);
    assert_eq!((said.as_str(), &report["paragraphs"][0]["start"]), ("", &3.into()));
}

#[test]
fn quiet_and_a_chosen_encoding() {
    let (_, said) = score(b"Zo\xeb left.", &["--quiet"]);
    assert_eq!(said, "");
    let (report, said) = score(b"Zo\xeb left.", &["--encoding", "latin1"]);
    assert_eq!((said.as_str(), &report["paragraphs"][0]["end"]), ("", &10.into()));
    philippic()
        .args(["score", "--encoding", "klingon", "-"])
        .write_stdin("x")
        .assert()
        .code(2)
        .stderr(contains("unknown encoding \"klingon\"; use a name such as utf-8"));
}

#[test]
fn odd_texts_give_sensible_answers() {
    let wrapped = "The minister said on Monday that the talks had failed and that\nnobody in the room had wanted them to go on any longer than\nthat, and the zorbful ferry left.\n\nEnd.\n";
    let giant = "The zorbful ferry left at noon and came back late. ".repeat(8_000);
    let rows: Vec<(&str, String, usize)> = vec![
        ("empty", String::new(), 0),
        ("white space", " \n\t\r\n\u{a0}\n".into(), 0),
        ("crlf", TEXT.replace('\n', "\r\n"), 2),
        ("cr", TEXT.replace('\n', "\r"), 2),
        ("hard-wrapped", wrapped.into(), 2),
        ("emoji", "👩‍👩‍👧‍👦🏳️‍🌈 😡😡😡 #️⃣ ❤️‍🔥".into(), 1),
        ("other scripts", "Президент солгал.\n\n港の市長は嘘をついた。\n\nالرئيس كذب.\n\nराष्ट्रपति ने झूठ बोला।".into(), 4),
        ("one giant line", giant, 1),
        ("one giant word", "x".repeat(300_000), 1),
        ("only marks", "?!?! ... \"\" '' -- (((".into(), 1),
        ("odd controls", "a\u{1}b\u{c}c \u{200b}\u{feff} d\u{2028}e".into(), 1),
        ("open quote", "\"never closed, he said. 'nor this".into(), 1),
    ];
    for (name, text, paragraphs) in rows {
        let (report, _) = score(text.as_bytes(), &["--assume-language"]);
        let found = report["paragraphs"].as_array().unwrap();
        assert_eq!(found.len(), paragraphs, "{name}");
        for p in found {
            let (start, end) = (p["start"].as_u64().unwrap() as usize, p["end"].as_u64().unwrap() as usize);
            assert!(text.get(start..end).is_some_and(|t| !t.trim().is_empty()), "{name}");
            for (score, low) in [("sentiment", -1.0), ("sarcasm", 0.0), ("alarm", 0.0)] {
                let score = p[score]["score"].as_f64().unwrap();
                assert!((low..=1.0).contains(&score), "{name}");
            }
        }
    }
}

#[test]
fn another_language_is_noticed_once_there_is_enough_of_it() {
    let german = "Der Minister sagte am Montag, dass die Gespräche gescheitert seien und dass niemand im Raum gewollt habe, dass sie noch \
                  länger dauerten. Die Opposition nannte das eine Schande und verlangte Neuwahlen noch vor dem Winter.";
    let english = "The minister said on Monday that the talks had failed and that nobody in the room had wanted them to go on any longer. \
                   The opposition called that a disgrace and demanded an election before the winter.";
    assert!(score(german.as_bytes(), &[]).1.contains("does not look English"));
    assert_eq!(score(german.as_bytes(), &["--assume-language"]).1, "");
    assert_eq!(score(english.as_bytes(), &[]).1, "");
    assert_eq!(score("Schande!".as_bytes(), &[]).1, "");
}

#[test]
fn what_is_no_text_is_refused_in_one_line() {
    let folder = Folder::new();
    let one_line = || predicate::function(|s: &str| s.lines().count() == 1 && s.starts_with("philippic: "));
    let rows: [(&[u8], &str); 6] = [
        (b"%PDF-1.7 ...", "is a PDF, not text; extract its text first, for example with pdftotext"),
        (b"PK\x03\x04....", "is a zip archive or an office document, not text; save it as plain text first"),
        (b"\x89PNG\r\n\x1a\n", "is a PNG image, not text"),
        (b"\x1f\x8b\x08\x00", "is gzip data, not text; decompress it first"),
        (b"text \x00\x00 with \x00 zeros\x00\x00\x00", "is binary (it has zero bytes), not text"),
        (b"\x01\x02\x03\x04\x05\x06\x07", "is binary (7 control characters in 7 bytes), not text"),
    ];
    for (bytes, want) in rows {
        let file = folder.file("odd.bin", bytes);
        philippic().args(["score", &file]).assert().code(1).stdout("").stderr(contains(format!("odd.bin: {want}")).and(one_line()));
        philippic().arg("score").write_stdin(bytes).assert().code(1).stderr(contains("philippic: standard input: is "));
    }
}

#[test]
fn what_cannot_be_read_says_why() {
    let folder = Folder::new();
    let missing = folder.path("none.txt").to_string_lossy().into_owned();
    let directory = folder.path(".").to_string_lossy().into_owned();
    for command in ["score", "explain", "tokenize", "figures", "quotes"] {
        philippic()
            .args([command, &missing])
            .assert()
            .code(2)
            .stdout("")
            .stderr(contains("none.txt: no such file; check the path, or use - for standard input"));
        philippic().args([command, &directory]).assert().code(2).stderr(contains("is a directory; name the files in it"));
    }
}
