//! What each rule and each part of the lexicons is worth: `cargo run --release --example ablation -- FOLDER > ablation.md`.
//!
//! FOLDER holds the labelled files named below. For every name that `--without` takes, each file is scored without it; the cells say by how
//! much the file's measure changes, in thousandths: -12 means that the measure is 0.012 lower without it.
use std::collections::BTreeSet;

use philippic::evaluate::{Item, Settings, Task, read_gold, run_with};
use philippic::lexicon::Lexicon;
use philippic::{Analyzer, Options};

/// Task, file, measure.
const FILES: [(Task, &str, &str); 9] = [
    (Task::Sentiment, "sentiment_tweets.dev", "pearson"),
    (Task::Sentiment, "sentiment_movies.dev", "pearson"),
    (Task::Alarm, "alarm_headlines.dev", "pearson"),
    (Task::Alarm, "alarm.dev", "pearson"),
    (Task::Alarm, "rhetoric_news.dev", "roc_auc"),
    (Task::Sarcasm, "sarcasm.train", "roc_auc"),
    (Task::Stance, "stance_sentences.dev", "macro_f1"),
    (Task::ParagraphStance, "stance_paragraphs.dev", "macro_f1"),
    (Task::Attributions, "attributions.dev", "f1"),
];

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let folder = std::env::args().nth(1).ok_or("usage: ablation FOLDER")?;
    let mut files: Vec<(Task, &str, Vec<Item>)> = Vec::new();
    for (task, file, measure) in FILES {
        let path = format!("{folder}/{file}.jsonl");
        let text = std::fs::read_to_string(&path).map_err(|e| format!("{path}: {e}"))?;
        files.push((task, measure, read_gold(task, &text)?));
    }
    let measure = |without: &str| -> Result<Vec<f64>, Failure> {
        let mut lexicon = Lexicon::english();
        if !without.is_empty() && !philippic::rule_names().contains(&without) {
            lexicon.remove(without);
        }
        let without = if without.is_empty() { vec![] } else { vec![without.to_string()] };
        let analyzer = Analyzer::new(&lexicon, Options { without, ..Options::default() });
        let value = |(task, measure, items): &(Task, &str, Vec<Item>)| -> Result<f64, Failure> {
            let result = run_with(*task, items, &analyzer, Settings { rounds: 2, ..Settings::default() })?;
            Ok(result.metrics.get(*measure).map_or(f64::NAN, |m| m.value))
        };
        files.iter().map(value).collect()
    };
    let whole = measure("")?;
    println!("| without | {} |", FILES.map(|(_, file, measure)| format!("{file}, {measure}")).join(" | "));
    println!("| --- |{}", " ---: |".repeat(FILES.len()));
    println!("| nothing | {} |", whole.iter().map(|v| format!("{v:.3}")).collect::<Vec<_>>().join(" | "));
    let lexicon = Lexicon::english();
    let rules: Vec<String> = philippic::rule_names().into_iter().map(String::from).collect();
    let parts: BTreeSet<String> = lexicon.files().iter().flat_map(|f| f.categories.keys().cloned()).collect();
    let names = rules.iter().chain(lexicon.files().iter().map(|f| &f.name)).chain(parts.iter().filter(|p| !rules.contains(p)));
    let mut silent: Vec<&str> = Vec::new();
    for name in names {
        let cells: Vec<String> = measure(name)?.iter().zip(&whole).map(|(v, w)| thousandths(v - w)).collect();
        if cells.iter().all(String::is_empty) {
            silent.push(name);
        } else {
            println!("| {name} | {} |", cells.join(" | "));
        }
    }
    println!("\nNo measure changes by half a thousandth without: {}.", silent.join(", "));
    Ok(())
}

fn thousandths(change: f64) -> String {
    let rounded = (change * 1000.0).round();
    if rounded == 0.0 { String::new() } else { format!("{rounded:+}") }
}
