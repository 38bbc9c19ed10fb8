//! What must hold for every input: nothing panics, every offset cuts the text, every score keeps its range.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)] // a panic is how a test fails

use philippic::report::{Evidence, Report};
use philippic::segment::ParagraphMode;
use philippic::{Analyzer, Options, Scratch, UnitKind, input, units};
use proptest::prelude::*;
use std::sync::LazyLock;

static ANALYZER: LazyLock<Analyzer> =
    LazyLock::new(|| Analyzer::new(&philippic::lexicon::Lexicon::english(), Options { evidence: true, ..Options::default() }));

/// Text of pieces that the rules look at, mixed with any characters.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "Jane Roe", "Mr. Doe", "the president", "he", "said", "accused", "lied", "not", "never", "n't", "isn’t", "but", "very", "disaster",
            "great", "brink", "so-called", "of", "on", "the", "We must act now", "U.S.", "J.", "#Shame", "@roe", "https://a.b/c", ":-)", "😡", "…", "...",
            "?!", "(!)", "\"", "“", "”", "‘", "’", "'", "«", "»", ",", ".", ";", ":", "-", "—", "\n", "\n\n", "\r\n", "\t", "1914", "3.5", "SHAME", "sooo",
        ]).prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
        1 => "\\PC{0,12}",
    ];
    prop::collection::vec((piece, prop::bool::weighted(0.8)), 0..60)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, space)| piece + if space { " " } else { "" }).collect())
}

fn evidence(report: &Report) -> impl Iterator<Item = &Evidence> {
    report.paragraphs.iter().flat_map(|p| {
        let stances = p.stances.iter().flat_map(|s| &s.evidence);
        p.sentiment.evidence.iter().chain(&p.sarcasm.evidence).chain(&p.alarm.evidence).chain(stances)
    })
}

fn cuts(text: &str, start: u32, end: u32) -> bool {
    start <= end && text.get(start as usize..end as usize).is_some()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reports_are_sound(text in text()) {
        let report = ANALYZER.analyze(&text).unwrap();
        let mut end = 0;
        for p in &report.paragraphs {
            prop_assert!(p.start >= end && cuts(&text, p.start, p.end));
            end = p.end;
            prop_assert!((-1.0..=1.0).contains(&p.sentiment.score) && (0.0..=1.0).contains(&p.sarcasm.score) && (0.0..=1.0).contains(&p.alarm.score));
            prop_assert!(p.stances.iter().all(|s| (-1.0..=1.0).contains(&s.score)));
        }
        for e in evidence(&report) {
            prop_assert!(cuts(&text, e.start, e.end) && e.weight.is_finite() && e.contribution.is_finite(), "{e:?}");
        }
        for figure in &report.figures {
            prop_assert!(figure.spans.iter().all(|m| cuts(&text, m.start, m.end)));
        }
        for a in &report.attributions {
            prop_assert!(a.content.iter().chain(&a.source).chain(&a.cue).all(|s| cuts(&text, s.start, s.end)), "{a:?}");
        }
        let json = serde_json::to_string(&report).unwrap();
        prop_assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), report);
    }

    #[test]
    fn buffers_that_are_used_again_change_nothing(first in text(), second in text()) {
        let mut scratch = Scratch::default();
        ANALYZER.analyze_with(&first, &mut scratch).unwrap();
        prop_assert_eq!(ANALYZER.analyze_with(&second, &mut scratch).unwrap(), ANALYZER.analyze(&second).unwrap());
    }

    #[test]
    fn units_are_in_order_and_cut_the_text(text in text()) {
        for kind in [UnitKind::Words, UnitKind::Tokens, UnitKind::Sentences, UnitKind::Paragraphs, UnitKind::Quotes] {
            let mut last = 0;
            for unit in units(ANALYZER.lexicon(), &text, ParagraphMode::Auto, kind).unwrap() {
                prop_assert!(cuts(&text, unit.start, unit.end) && unit.start >= last, "{kind:?} {unit:?}");
                last = if kind == UnitKind::Quotes { unit.start } else { unit.end };
            }
        }
    }

    #[test]
    fn any_bytes_are_decoded_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(decoded) = input::decode(bytes.clone(), None) {
            prop_assert!(ANALYZER.analyze(&decoded.text).is_ok());
        }
        prop_assert!(input::decode(bytes, Some("utf-16le")).is_ok());
    }

    #[test]
    fn utf8_is_taken_as_it_is(text in "[^\\x00-\\x08\\x0e-\\x1f\\x7f]{0,80}") {
        prop_assume!(!text.starts_with('%') && !text.starts_with("PK") && !text.starts_with("{\\rtf"));
        let decoded = input::decode(text.clone().into_bytes(), None).unwrap();
        prop_assert_eq!((decoded.text, decoded.notice), (text, None));
    }
}
