//! The heatmap's outputs, drawn from reports that are fixed in `fixtures/heatmap`: no lexicon changes what is seen here.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)] // a panic is how a test fails

use philippic::heatmap::terminal::{Depth, TerminalOptions, render};
use philippic::heatmap::{Cell, CorpusBuilder, CorpusOptions, CorpusView, DocumentView, Grid, HeatmapError, Theme, data, html, svg};
use philippic::report::Report;

const HARBOUR: &str = include_str!("fixtures/heatmap/harbour.jsonl");
const HOSTILE: &str = include_str!("fixtures/heatmap/hostile.jsonl");
const CORPUS: &str = include_str!("fixtures/heatmap/corpus.jsonl");

fn view(fixture: &str) -> DocumentView {
    let value: serde_json::Value = serde_json::from_str(fixture).unwrap();
    let text = value["text"].as_str().unwrap().to_string();
    let report: Report = serde_json::from_value(value).unwrap();
    let title = report.id.clone().unwrap();
    DocumentView::new(&report, Some(&text), &title).unwrap()
}

fn corpus(options: CorpusOptions) -> Result<CorpusView, HeatmapError> {
    let mut builder = CorpusBuilder::new(options);
    for (n, line) in CORPUS.lines().enumerate() {
        builder.add_line(line, n + 1, |_| None)?;
    }
    builder.finish()
}

fn drawn(grid: &Grid, width: usize, depth: Depth) -> String {
    let text = render(grid, &TerminalOptions { width, depth, theme: Theme::Dark });
    let plain = anstream::adapter::strip_str(&text).to_string();
    for line in plain.lines() {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= width, "wider than {width}: {line}");
    }
    text.replace('\x1b', "␛")
}

#[test]
fn terminal() {
    let view = view(HARBOUR);
    for width in [60, 80, 140] {
        insta::assert_snapshot!(format!("terminal_{width}_none"), drawn(&view.grid, width, Depth::None));
        insta::assert_snapshot!(format!("terminal_{width}_truecolor"), drawn(&view.grid, width, Depth::Truecolor));
    }
    insta::assert_snapshot!("terminal_80_256", drawn(&view.grid, 80, Depth::Ansi256));
    insta::assert_snapshot!("terminal_80_16", drawn(&view.grid, 80, Depth::Ansi16));
}

#[test]
fn every_width_fits_and_shows_the_scores() {
    for fixture in [HARBOUR, HOSTILE] {
        let view = view(fixture);
        for width in (40..=200).step_by(7) {
            let text = drawn(&view.grid, width, Depth::None);
            assert!(text.contains("alarm") && !text.contains('\u{202e}'), "{width}:\n{text}");
        }
    }
}

#[test]
fn the_same_document_gives_the_same_drawing() {
    let once = |theme| svg::render(&[&view(HARBOUR).grid], theme).unwrap();
    assert_eq!(once(Theme::Light), once(Theme::Light));
    assert_ne!(once(Theme::Light), once(Theme::Dark));
    insta::assert_snapshot!("harbour.svg", once(Theme::Light));
    assert_eq!(html::document(&view(HARBOUR)).unwrap(), html::document(&view(HARBOUR)).unwrap());
}

#[test]
fn the_drawing_says_what_it_is() {
    let svg = svg::render(&[&view(HARBOUR).grid], Theme::Light).unwrap();
    for part in ["<title id=\"t\">examples/harbour.txt</title>", "philippic 9.8.7", "no evidence", "−1 against", "−0.62", "not mentioned"]
    {
        assert!(svg.contains(part), "{part}");
    }
}

#[test]
fn a_page_asks_nothing_of_anybody() {
    for fixture in [HARBOUR, HOSTILE] {
        let page = html::document(&view(fixture)).unwrap();
        assert!(page.contains("Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src &#39;sha256-"), "policy");
        assert_eq!(page.matches("<script").count(), 2);
        assert_eq!(page.matches("</script>").count(), 2);
        let markup = page.split("<style>").next().unwrap().to_string() + page.split("</style>").nth(1).unwrap();
        let markup = &markup[..markup.rfind("<script>").unwrap()];
        for banned in ["<img", "http:", "https:", " style=", "onerror=\"", "<svg onload", "<!-- ", "\u{202e}", "\u{2066}", "\u{200f}"] {
            assert!(!markup.contains(banned), "{banned}");
        }
    }
}

#[test]
fn markup_of_others_is_text_in_a_drawing() {
    let svg = svg::render(&[&view(HOSTILE).grid], Theme::Light).unwrap();
    assert!(!svg.contains("<script") && !svg.contains("<img") && !svg.contains('\u{202e}') && !svg.contains('\u{7}'));
    assert!(svg.contains("&#60;script&#62;") || svg.contains("&lt;script&gt;"));
}

#[test]
fn cells_tell_no_evidence_from_neutral_and_from_nothing() {
    let view = view(HARBOUR);
    let names: Vec<&str> = view.grid.columns.iter().map(|c| c.short.as_str()).collect();
    assert_eq!(names, ["sentiment", "sarcasm", "alarm", "Doe", "Roe", "Lund"]);
    assert_eq!(view.grid.rows[2].cells, [Cell::NoEvidence, Cell::NoEvidence, Cell::NoEvidence, Cell::Absent, Cell::Absent, Cell::Absent]);
    assert_eq!(view.grid.rows[4].cells[5], Cell::NoEvidence);
    assert_eq!(view.grid.rows[7].cells[2], Cell::Score { value: 0.0, hits: 1 });
    // Two holders toward one figure: their mean by evidence.
    let Cell::Score { value, hits: 3 } = view.grid.rows[0].cells[3] else { panic!("{:?}", view.grid.rows[0].cells[3]) };
    assert!((value - (-0.74 * 2.0 - 0.18) / 3.0).abs() < 1e-6);
}

#[test]
fn evidence_stands_where_its_words_are_as_a_browser_counts() {
    let view = view(HARBOUR);
    for (paragraph, score, words) in [(0, 1, ["so-called", "“Saviour of the Harbour”"]), (4, 2, ["ticking time bomb", "warned"])] {
        let paragraph = &view.paragraphs[paragraph];
        let units: Vec<u16> = paragraph.text.encode_utf16().collect();
        let found: Vec<String> = paragraph.scores[score]
            .cues
            .iter()
            .take(2)
            .map(|c| String::from_utf16(&units[c.start as usize..c.end as usize]).unwrap())
            .collect();
        assert_eq!(found, words);
    }
}

#[test]
fn another_text_is_refused() {
    let report: Report = serde_json::from_str(HARBOUR).unwrap();
    let error = DocumentView::new(&report, Some("Too short."), "x").unwrap_err();
    assert!(matches!(error, HeatmapError::OtherText { paragraph: 0, .. }), "{error}");
    assert_eq!(DocumentView::new(&report, None, "x").unwrap().grid.rows[2].label, "5 words");
}

#[test]
fn an_empty_document_is_no_error() {
    let mut report: Report = serde_json::from_str(HARBOUR).unwrap();
    (report.paragraphs, report.figures) = (vec![], vec![]);
    let view = DocumentView::new(&report, Some(""), "empty").unwrap();
    let grids = [&view.grid];
    assert_eq!(drawn(&view.grid, 60, Depth::None).lines().count(), 1);
    assert!(html::document(&view).unwrap().contains("0 paragraphs"));
    assert!(svg::render(&grids, Theme::Light).unwrap().contains("0 paragraphs"));
}

#[test]
fn data_for_those_who_draw_themselves() {
    let view = view(HARBOUR);
    let json: serde_json::Value = serde_json::from_str(&data::json(&[&view.grid]).unwrap()).unwrap();
    assert_eq!(json["schema"], "philippic-heatmap/1");
    assert_eq!(json["grids"][0]["rows"].as_array().unwrap().len(), 8);
    assert_eq!(json["grids"][0]["rows"][0]["cells"][0]["state"], "score");
    let csv = data::csv(&[&view.grid]).unwrap();
    assert_eq!(csv.lines().count(), 1 + csv::Reader::from_reader(csv.as_bytes()).records().count());
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(csv.as_bytes()).records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 8 * 6);
    let tails: Vec<String> = rows.iter().filter(|r| &r[1] == "5").map(|r| format!("{}={}/{}", &r[4], &r[5], &r[6])).collect();
    assert_eq!(tails, ["sentiment=-0.33/2", "sarcasm=0.31/1", "alarm=0.93/4", "John Doe=/", "Jane Roe=/", "Ada Lund=/0"]);
}

#[test]
fn corpora() {
    let named = |date: bool, group: bool, most_rows| CorpusOptions {
        title: "Two papers".into(),
        date: date.then(|| "day".into()),
        group: group.then(|| "outlet".into()),
        most_rows,
        ..CorpusOptions::default()
    };
    let rows = [
        ("documents", false, false, 100),
        ("bins", false, false, 8),
        ("time", true, false, 100),
        ("groups", false, true, 100),
        ("both", true, true, 100),
    ];
    for (name, date, group, most_rows) in rows {
        let view = corpus(named(date, group, most_rows)).unwrap();
        let text: Vec<String> = view.grids.iter().map(|g| drawn(g, 100, Depth::None)).collect();
        if name != "documents" {
            insta::assert_snapshot!(format!("corpus_{name}"), text.join("\n"));
        }
        let grids: Vec<&Grid> = view.grids.iter().collect();
        assert!(svg::render(&grids, Theme::Light).unwrap().contains("Two papers"));
        assert!(html::corpus(&view).unwrap().contains("48 documents"));
    }
}

#[test]
fn what_is_wrong_with_results_is_said() {
    let error = |line: &str, date: &str| {
        let mut builder = CorpusBuilder::new(CorpusOptions { date: Some(date.into()), ..CorpusOptions::default() });
        match builder.add_line(line, 7, |_| None) {
            Ok(_) => builder.finish().unwrap_err().to_string(),
            Err(error) => error.to_string(),
        }
    };
    let row = r#"{"id":"a","words":9,"sentiment":0.1,"sarcasm":0,"alarm":0.2,"day":"yesterday"}"#;
    let rows = [
        ("{", "day", "line 7: is no JSON (EOF while parsing an object at line 1 column 1); give the output"),
        ("{\"a\":1}", "day", "line 7: has neither \"paragraphs\" nor the columns sentiment, sarcasm and alarm; give the output"),
        (row, "day", "line 7: \"yesterday\" in column \"day\" is no date; write it as 2024-09-30, alone or before a time"),
        (row, "date", "no record has the column \"date\"; the first has alarm, day, id, sarcasm, sentiment, words"),
    ];
    for (line, date, want) in rows {
        let got = error(line, date);
        assert!(got.starts_with(want), "{got}");
    }
}

#[test]
fn a_picture() {
    let png = philippic::heatmap::png::render(&[&view(HARBOUR).grid], Theme::Light, 1.0).unwrap();
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let size = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!(size(16), 960);
    assert!(size(20) > 300 && png.len() < 300_000);
    let error = philippic::heatmap::png::render(&[&view(HARBOUR).grid], Theme::Light, 100.0).unwrap_err();
    assert!(error.to_string().contains("limit of a side"), "{error}");
}
