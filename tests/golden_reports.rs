//! What a reader sees of the samples, kept as golden reports that a person has read, and what a careful reader demands of a hostile
//! article: the mocked title stands out on sarcasm, disaster stands out on alarm, the quoted speaker's stance is told from the author's.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)] // a panic is how a test fails

use std::path::{Path, PathBuf};

use philippic::lexicon::Lexicon;
use philippic::report::Report;
use philippic::{Analyzer, Options};

mod support;

const SAMPLES: [&str; 8] =
    ["alarm_speech", "calm_economy", "calm_report", "headlines", "hostile_article", "praising_profile", "sarcastic_column", "transcript"];

#[test]
fn samples() {
    for sample in SAMPLES {
        let path = format!("examples/{sample}.txt");
        for command in ["score", "figures", "quotes"] {
            insta::assert_snapshot!(format!("{command}_{sample}"), support::stdout(&[command, &path]));
        }
    }
}

/// What a careful reader finds in a hostile article.
struct Reading {
    paragraphs: usize,
    /// The paragraph that mocks a title.
    mocked: usize,
    /// Paragraphs of disaster and of the world's fate.
    alarming: &'static [usize],
    /// Everybody who is named, nobody and nothing else.
    persons: &'static [&'static str],
    speaker: &'static str,
    /// Whom the speaker attacks.
    attacked: &'static str,
}

fn read(text: &str) -> Report {
    Analyzer::new(&Lexicon::english(), Options { evidence: true, ..Options::default() }).analyze(text).expect("short")
}

fn check(report: &Report, reading: &Reading) {
    assert_eq!(report.paragraphs.len(), reading.paragraphs);
    let sarcasm: Vec<f32> = report.paragraphs.iter().map(|p| p.sarcasm.score).collect();
    let most = sarcasm.iter().copied().fold(0.0, f32::max);
    assert_eq!(sarcasm[reading.mocked - 1], most, "{sarcasm:?}");
    assert!(most >= 0.5, "{sarcasm:?}");
    let why = &report.paragraphs[reading.mocked - 1].sarcasm.evidence;
    assert!(why.iter().any(|e| e.cue == "sarcasm.scare_quotes" || e.cue == "sarcasm.mock_honour"), "{why:?}");
    let mut alarm: Vec<f32> = report.paragraphs.iter().map(|p| p.alarm.score).collect();
    let loud: Vec<f32> = reading.alarming.iter().map(|&n| alarm[n - 1]).collect();
    alarm.sort_by(f32::total_cmp);
    let median = alarm[alarm.len() / 2];
    assert!(loud.iter().all(|&a| a >= 0.6 && a > median), "{loud:?} against a median of {median}");
    let mut found: Vec<&str> = report.figures.iter().map(|f| f.name.as_str()).collect();
    found.sort_unstable();
    assert_eq!(found, reading.persons);
    let attacked = report.figures.iter().find(|f| f.name == reading.attacked).expect("found");
    let of = |holder: &str| attacked.stances.iter().find(|s| s.holder == holder);
    assert!(of(reading.speaker).expect("the speaker holds a stance").score < -0.2, "{attacked:?}");
    assert!(of("@author").is_some(), "the author's stance is told apart: {attacked:?}");
}

#[test]
fn a_hostile_article_is_read_as_a_person_reads_it() {
    let report = read(include_str!("../examples/hostile_article.txt"));
    let reading = Reading {
        paragraphs: 10,
        mocked: 5,
        alarming: &[6],
        persons: &["Anselm Orlo", "Lena Dorst", "Piet Harel Suun", "Radek Mirsan"],
        speaker: "Radek Mirsan",
        attacked: "Anselm Orlo",
    };
    check(&report, &reading);
}

/// The document that the project was made from lies beside the checkout where it is developed; it is not ours to ship.
#[test]
fn the_seed_article_where_it_is_present() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seed_article.txt");
    let path = std::env::var_os("SEED_ARTICLE").map_or(beside, PathBuf::from);
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("not here: the same reading is checked on examples/hostile_article.txt");
        return;
    };
    let report = read(&text);
    let reading = Reading {
        paragraphs: 10,
        mocked: 4,
        alarming: &[1, 2, 10],
        persons: &["Georgy Zakrevsky", "Vladimir Putin", "Yevgeny Prigozhin"],
        speaker: "Georgy Zakrevsky",
        attacked: "Vladimir Putin",
    };
    check(&report, &reading);
}

#[test]
fn the_hostile_and_the_calm_version_of_the_same_events_are_far_apart() {
    let mean = |text: &str| {
        let report = read(text);
        let count = report.paragraphs.len() as f32;
        let sum = |score: fn(&philippic::report::Paragraph) -> f32| report.paragraphs.iter().map(score).sum::<f32>() / count;
        (sum(|p| p.alarm.score), sum(|p| p.sarcasm.score), sum(|p| p.sentiment.score))
    };
    let hostile = mean(include_str!("../examples/hostile_article.txt"));
    let calm = mean(include_str!("../examples/calm_report.txt"));
    assert!(hostile.0 > 3.0 * calm.0, "alarm: {hostile:?} against {calm:?}");
    assert!(hostile.1 > calm.1 + 0.05, "sarcasm: {hostile:?} against {calm:?}");
    assert!(hostile.2 < calm.2 - 0.1, "sentiment: {hostile:?} against {calm:?}");
}
