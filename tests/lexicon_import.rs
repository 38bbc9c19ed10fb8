//! `philippic lexicon import`: every format and every odd form of it, invented words only; and what must hold for any bytes.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)] // a panic is how a test fails

mod support;

use philippic::lexicon::{ImportError, ImportFormat, ImportOptions, Lexicon, LexiconFile, Match, Severity, check, import};
use philippic::{Analyzer, input};
use predicates::prelude::*;
use predicates::str::contains;
use proptest::prelude::*;
use support::{Folder, philippic};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/import/");

/// Standard output, standard error and exit code, without the folder's name and the program's version.
fn run(args: &[&str]) -> String {
    let output = philippic().args(["lexicon", "import"]).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(FIXTURES, "").replace(env!("CARGO_PKG_VERSION"), "VERSION");
    format!("{}--- exit code {}\n{}", text(output.stdout), output.status.code().unwrap(), text(output.stderr))
}

#[test]
fn every_format_and_what_it_loses() {
    let rows: [(&str, &[&str]); 17] = [
        ("tabs.dic", &[]),
        ("spaces.dic", &[]),
        ("nested.dic", &["--match", "stem"]),
        ("words.dicx", &[]),
        ("nested.yaml", &[]),
        ("outline.cat", &[]),
        ("list.lc3", &[]),
        ("tree.lcd", &[]),
        ("tree.ykd", &[]),
        ("emolex_long.txt", &[]),
        ("emolex_wide.txt", &[]),
        ("intensity.txt", &[]),
        ("vad.txt", &[]),
        ("vader.txt", &["--category", "sentiment", "--licence", "CC0"]),
        ("afinn.txt", &["--name", "my-afinn"]),
        ("words.csv", &["--columns", "term=lemma,weight=mean,category=group,match=how,note=why", "--map", "rage=sentiment:0.5"]),
        ("headless.csv", &["--no-header", "--columns", "term=1,weight=2,category=3"]),
    ];
    for (file, options) in rows {
        let path = format!("{FIXTURES}{file}");
        insta::assert_snapshot!(file.replace('.', "_"), run(&[&[path.as_str()], options].concat()));
    }
}

#[test]
fn what_comes_out_is_a_lexicon_without_errors() {
    let folder = Folder::new();
    for entry in std::fs::read_dir(FIXTURES).unwrap() {
        let path = entry.unwrap().path();
        let path = path.to_str().unwrap();
        let out = folder.path("out.tsv").to_str().unwrap().to_string();
        let code =
            philippic().args(["lexicon", "import", path, "-o", &out, "--quiet"]).assert().stdout("").stderr("").get_output().status.code();
        assert!(matches!(code, Some(0 | 1)), "{path}: {code:?}");
        let file = LexiconFile::parse(&out, &std::fs::read_to_string(&out).unwrap()).unwrap();
        let errors: Vec<_> = check(&Lexicon::empty(), &[file]).into_iter().filter(|f| f.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn an_imported_lexicon_scores_by_itself_and_as_a_category_of_the_program() {
    let folder = Folder::new();
    let own = folder.path("own.tsv").to_str().unwrap().to_string();
    philippic().args(["lexicon", "import", &format!("{FIXTURES}tabs.dic"), "-o", &own]).assert().code(1);
    let mut lexicon = Lexicon::empty();
    lexicon.add(LexiconFile::parse(&own, &std::fs::read_to_string(&own).unwrap()).unwrap());
    let report = Analyzer::new(&lexicon, Default::default()).analyze("A quonk of grimps, a quonk, zorbled fladder.").unwrap();
    let hits = |name: &str| report.paragraphs[0].custom[name].hits;
    // "quonk of" counts under "of", the other quonk under "cog"; the unconditional half of a condition stays.
    assert_eq!([hits("tabs.of"), hits("tabs.cog"), hits("tabs.posfeel"), hits("tabs.filler"), hits("tabs.disc")], [1, 2, 2, 1, 1]);

    let tone = folder.path("tone.tsv").to_str().unwrap().to_string();
    philippic().args(["lexicon", "import", &format!("{FIXTURES}vader.txt"), "--category", "sentiment", "-o", &tone]).assert().code(1);
    let json = support::stdout(&["score", "-f", "json", "--lexicon", &tone, &folder.file("t.txt", "The grimp fladders.\n")]);
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(report["paragraphs"][0]["sentiment"]["score"].as_f64().unwrap() < -0.3 && report["paragraphs"][0].get("custom").is_none());
}

#[test]
fn the_report_is_written_to_a_file_when_asked_for() {
    let folder = Folder::new();
    let report = folder.path("lost.jsonl").to_str().unwrap().to_string();
    philippic().args(["lexicon", "import", "--quiet", &format!("{FIXTURES}list.lc3"), "--report", &report]).assert().code(1).stderr("");
    let rows = support::lines(&std::fs::read_to_string(&report).unwrap());
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0]["line"].as_u64(), rows[0]["term"].as_str(), rows[0]["lost"].as_bool()), (Some(5), Some("*QUONK"), Some(true)));
}

#[test]
fn refusals() {
    let folder = Folder::new();
    let rows: [(&str, &str, &[&str], &str); 14] = [
        ("a.txt", "just some prose\n", &[], "neither its name nor its content tells the format; name it with --from"),
        ("a.tsv", "# name: x\nterm\tmatch\tcategory\tweight\n", &[], "it is in the project's format already; use it with --lexicon"),
        ("a.dic", "zorble\t1\n", &[], "line 1: not a LIWC .dic file: the list of categories must begin with a line \"%\""),
        ("b.dic", "%\n1\ta\n", &[], "no second line \"%\" ends the list of categories"),
        ("c.dic", "%\n1\ta\n%\nz*b\t1\n", &[], "nothing could be imported"),
        ("a.dicx", "word,x\nzorble,X\n", &[], "the first line must be \"DicTerm\" and the categories"),
        ("a.yaml", "a: [b\nc: d\n", &[], "line 2: not a quanteda YAML file:"),
        ("a.ykd", "<dictionary><cnode name='a'></dictionary>", &[], "line 1: not a Yoshikoder XML file:"),
        ("b.ykd", "<html></html>", &[], "its root is <html>, expected <dictionary>"),
        ("a.csv", "term,weight\nzorble,1\n", &["--columns", "term=lemma"], "no column \"lemma\" among: term, weight"),
        ("b.csv", "term,weight\nzorble,1\n", &["--category", "a b"], "\"a b\" is no category name"),
        ("c.csv", "term,weight\nzorble,1\n", &["--category", "stance.verb"], "category stance.verb needs more than one weight a term"),
        ("d.csv", "term,weight\nzorble,1\n", &["--scale", "0"], "cannot divide weights by 0"),
        ("e.csv", "term,category\nzorble,joy\n", &["--map", "rage=sentiment"], "no category \"rage\" to map; the source has: joy"),
    ];
    for (name, content, options, want) in rows {
        let file = folder.file(name, content);
        philippic()
            .args(["lexicon", "import", &file])
            .args(options)
            .assert()
            .code(2)
            .stdout("")
            .stderr(contains(want).and(contains(&file)));
    }
    // The reasons for an empty result are said too.
    philippic()
        .args(["lexicon", "import", &folder.file("c.dic", "%\n1\ta\n%\nz*b\t1\n")])
        .assert()
        .code(2)
        .stderr(contains("c.dic:4: lost: \"z*b\""));
}

#[test]
fn formats_are_told_by_content_where_the_name_does_not() {
    let formats = [
        ("tabs.dic", ImportFormat::Liwc),
        ("words.dicx", ImportFormat::Dicx),
        ("outline.cat", ImportFormat::Wordstat),
        ("list.lc3", ImportFormat::Lexicoder),
        ("tree.ykd", ImportFormat::Yoshikoder),
        ("emolex_long.txt", ImportFormat::NrcEmolex),
        ("emolex_wide.txt", ImportFormat::NrcEmolex),
        ("intensity.txt", ImportFormat::NrcEmolex),
        ("vad.txt", ImportFormat::NrcVad),
        ("vader.txt", ImportFormat::Vader),
        ("afinn.txt", ImportFormat::Afinn),
    ];
    for (file, format) in formats {
        let text = std::fs::read_to_string(format!("{FIXTURES}{file}")).unwrap();
        assert_eq!(philippic::lexicon::detect("unnamed", &text), Ok(format), "{file}");
    }
}

#[test]
fn deep_and_long_files_neither_overflow_nor_hang() {
    let deep = 20_000;
    let level = "<cnode name=\"a\"><pnode name=\"zorble\"/>";
    let xml = format!("<dictionary>{}{}</dictionary>", level.repeat(deep), "</cnode>".repeat(deep));
    let imported = import("a.ykd", &xml, &ImportOptions::default()).unwrap();
    assert_eq!(imported.categories, 32);
    assert!(imported.remarks.iter().any(|r| r.lost && r.message.starts_with("categories below level 32")));
    let _ = import("a.yaml", &"[".repeat(deep), &ImportOptions::default());
    let block: String = (0..2_000).map(|i| format!("{}a:\n", " ".repeat(i))).collect();
    let _ = import("a.yaml", &block, &ImportOptions::default());
    let outline: String = (0..2_000).map(|i| format!("{}A\n", "\t".repeat(i))).collect();
    let _ = import("a.cat", &outline, &ImportOptions::default());
    let _ = import("a.dic", &format!("%\n1 a\n%\n{}\n", "1 ".repeat(200_000)), &ImportOptions::default());
}

const FORMATS: [ImportFormat; 11] = [
    ImportFormat::Liwc,
    ImportFormat::Dicx,
    ImportFormat::Yaml,
    ImportFormat::Wordstat,
    ImportFormat::Lexicoder,
    ImportFormat::Yoshikoder,
    ImportFormat::NrcEmolex,
    ImportFormat::NrcVad,
    ImportFormat::Vader,
    ImportFormat::Afinn,
    ImportFormat::Csv,
];

/// Pieces that the readers look at, mixed with any characters.
fn source() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(vec![
            "%\n", "1\ta\n", "2 b\n", "zorble", "grimp*", "*", "?", "~", "\t", "  ", "\n", "\r\n", "1", "2", "99", "(02 1)1/2", "<of>1/2", "(", ")", "<", ">", "/",
            "DicTerm,a,b\n", ",", ";", "X", "\"", "0.5", "-3", "1e40", "NaN", "a:", "- ", "[", "]", "{", "}", "&x ", "*x", "!!str ", "|", "---\n", "#", "# ", "__: ",
            "+A\n", "~b", " (1)", "@r [x]", "<dictionary>", "</dictionary>", "<cnode name=\"a\">", "</cnode>", "<pnode name=\"b*\"/>", "&amp;", "'", "’", "\u{feff}",
            "term\tmatch\tcategory\tweight\n", "anger\t1\n", "Word\tValence\tArousal\tDominance\n", "😡", ":-)", "\u{200b}", "-", "it's",
        ]).prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
        1 => "\\PC{0,8}",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_source_is_imported_or_refused(text in source(), format in prop::sample::select(FORMATS.to_vec()), detected in any::<bool>(), headless in any::<bool>()) {
        let format = if detected { None } else { Some(format) };
        let options = ImportOptions { format, headless, matching: if headless { Match::Stem } else { Match::Form }, ..ImportOptions::default() };
        match import("some.file", &text, &options) {
            Ok(imported) => {
                let file = LexiconFile::parse("out.tsv", &imported.text).unwrap();
                prop_assert_eq!(file.entries.len(), imported.terms);
                // What was imported is a lexicon that texts can be scored with.
                let mut lexicon = Lexicon::empty();
                lexicon.add(file);
                prop_assert!(Analyzer::new(&lexicon, Default::default()).analyze(&text).is_ok());
            }
            Err(ImportError::Empty(_)) => {}
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }

    #[test]
    fn any_bytes_are_imported_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), format in prop::sample::select(FORMATS.to_vec())) {
        if let Ok(decoded) = input::decode(bytes, None) {
            let _ = import("some.file", &decoded.text, &ImportOptions { format: Some(format), ..ImportOptions::default() });
        }
    }
}
