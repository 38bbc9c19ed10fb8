//! `philippic figures`: the ways in which mentions are joined, each switched off in turn; figures that the caller names; graph tools.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)] // a panic is how a test fails

mod support;

use philippic::lexicon::Lexicon;
use philippic::report::{Report, Via};
use philippic::{Analyzer, KnownFigure, Options, Scratch};
use support::{Folder, stdout};

/// Every way to name somebody, for two persons.
const TEXT: &str = "Interior Minister Jane Roe met President Tom Poe on Monday. Roe was calm. She left early.\n\n\
    The president lied to the voters. Jane Roe said so on Tuesday.\n";

/// (figure, text of the mention, via) of every mention, in order of figures.
fn mentions(args: &[&str], text: &str) -> Vec<(String, String, String)> {
    let figures: serde_json::Value = serde_json::from_str(&stdout(args)).unwrap();
    let mut out = Vec::new();
    for figure in figures.as_array().unwrap() {
        for span in figure["spans"].as_array().unwrap() {
            let (start, end) = (span["start"].as_u64().unwrap() as usize, span["end"].as_u64().unwrap() as usize);
            out.push((
                figure["name"].as_str().unwrap().to_string(),
                text[start..end].to_string(),
                span["via"].as_str().unwrap().to_string(),
            ));
        }
    }
    out
}

#[test]
fn each_link_says_how_it_was_made_and_is_dropped_by_its_kind() {
    let folder = Folder::new();
    let path = folder.file("t.txt", TEXT);
    let all = mentions(&["figures", "-f", "json", &path], TEXT);
    let row = |name: &str, mention: &str, via: &str| (name.to_string(), mention.to_string(), via.to_string());
    let expected = [
        row("Jane Roe", "Jane Roe", "name"),
        row("Jane Roe", "Roe", "alias"),
        row("Jane Roe", "She", "pronoun"),
        row("Jane Roe", "Jane Roe", "name"),
        row("Tom Poe", "Tom Poe", "name"),
        row("Tom Poe", "The president", "title"),
    ];
    assert_eq!(all, expected);
    for kind in ["name", "alias", "title", "pronoun"] {
        let left = mentions(&["figures", "-f", "json", "--drop-links", kind, &path], TEXT);
        let wanted: Vec<_> = all.iter().filter(|m| m.2 != kind).cloned().collect();
        assert_eq!(left, wanted, "--drop-links {kind}");
    }
    assert_eq!(mentions(&["figures", "-f", "json", "--drop-links", "name,alias,title,pronoun", &path], TEXT), []);
}

#[test]
fn the_library_drops_links_too() {
    let vias = |drop_links: Vec<Via>| {
        let report = Analyzer::new(&Lexicon::english(), Options { drop_links, ..Options::default() }).analyze(TEXT).unwrap();
        report.figures.iter().flat_map(|f| f.spans.iter().map(|s| s.via)).collect::<Vec<_>>()
    };
    let all = vias(Vec::new());
    for kind in [Via::Name, Via::Alias, Via::Title, Via::Pronoun] {
        assert!(all.contains(&kind));
        assert!(!vias(vec![kind]).contains(&kind), "{kind:?}");
    }
}

#[test]
fn two_people_of_one_surname_stay_apart() {
    let text = "John Poe praised the plan. Ann Poe attacked it. Mr. Poe left; Mrs. Poe stayed.";
    let report = Analyzer::english().analyze(text).unwrap();
    let counts: Vec<(&str, u32)> = report.figures.iter().map(|f| (f.name.as_str(), f.mentions)).collect();
    assert_eq!(counts, [("John Poe", 2), ("Ann Poe", 2)]);
}

const OWN_TEXT: &str = "Quibble lied to the council. The lighthouse keeper robbed the crew. Did anybody blame her?";

fn own_mentions(report: &Report) -> Vec<(String, String, Via)> {
    let spans = report.figures.iter().flat_map(|f| f.spans.iter().map(move |s| (f, s)));
    spans.map(|(f, s)| (f.name.clone(), OWN_TEXT[s.start as usize..s.end as usize].to_string(), s.via)).collect()
}

#[test]
fn a_table_of_figures_brings_names_aliases_gender_and_roles() {
    let folder = Folder::new();
    let path = folder.file("t.txt", OWN_TEXT);
    let table = folder.file("figures.tsv", "name\taliases\tgender\troles\nMary Quibble\tQuibble; MQ\tf\tlighthouse keeper\n");
    let found = mentions(&["figures", "-f", "json", "--figures", &table, &path], OWN_TEXT);
    let row = |mention: &str, via: &str| ("Mary Quibble".to_string(), mention.to_string(), via.to_string());
    assert_eq!(found, [row("Quibble", "name"), row("The lighthouse keeper", "title"), row("her", "pronoun")]);
}

#[test]
fn a_record_brings_figures_of_its_own() {
    let analyzer = Analyzer::english();
    let figure = KnownFigure {
        name: "Mary Quibble".into(),
        aliases: vec!["Quibble".into()],
        gender: Some("f".into()),
        roles: vec!["lighthouse keeper".into()],
    };
    let with = analyzer.analyze_about(OWN_TEXT, std::slice::from_ref(&figure), &mut Scratch::default()).unwrap();
    assert_eq!(own_mentions(&with).len(), 3);
    assert_eq!(with.provenance.options.own_figures, 1);
    // The next record knows nothing of them.
    let without = analyzer.analyze(OWN_TEXT).unwrap();
    assert!(without.figures.iter().all(|f| f.name != "Mary Quibble"));
    let options = Options { figures: vec![figure], ..Options::default() };
    let built_in = Analyzer::new(&Lexicon::english(), options).analyze(OWN_TEXT).unwrap();
    assert_eq!(own_mentions(&built_in), own_mentions(&with));
}

#[test]
fn the_matrix_is_a_graph_for_graphviz() {
    let folder = Folder::new();
    let path = folder.file("t.txt", "Jane Roe accused Tom Poe of fraud.");
    let dot = stdout(&["figures", "-f", "dot", &path]);
    assert!(dot.starts_with("digraph ") && dot.trim_end().ends_with('}'), "{dot}");
    assert!(dot.contains("Jane Roe") && dot.contains("Tom Poe") && dot.contains("->"), "{dot}");
}

/// Mentions and speech in one sentence of a hundred thousand parts: done in seconds, if each question looks at a bounded stretch.
#[test]
fn one_sentence_of_many_speeches_is_read_to_its_end() {
    let report = Analyzer::english().analyze(&"\"I\" said ".repeat(20_000)).unwrap();
    assert_eq!(report.paragraphs.len(), 1);
    let report = Analyzer::english().analyze(&"Jane Roe said that she accused Tom Poe and ".repeat(5_000)).unwrap();
    assert_eq!(report.figures.len(), 2);
}
