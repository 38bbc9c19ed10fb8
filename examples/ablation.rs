//! What each rule and each part of the lexicons is worth: `cargo run --release --example ablation -- FOLDER [NAME...] > ablation.md`.
//!
//! FOLDER holds the labelled files named below. For every name that `--without` takes, or for those given, each file is scored without it; the cells say by how
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

type Labelled = (Task, &'static str, Vec<Item>);

fn main() -> Result<(), String> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, asked @ ..] = args.as_slice() else { return Err("usage: ablation FOLDER [NAME...]".to_string()) };
    let mut files: Vec<Labelled> = Vec::new();
    for (task, file, measure) in FILES {
        let path = format!("{folder}/{file}.jsonl");
        let text = std::fs::read_to_string(&path).map_err(|e| format!("{path}: {e}"))?;
        files.push((task, measure, read_gold(task, &text).map_err(|e| format!("{path}: {e}"))?));
    }
    let lexicon = Lexicon::english();
    let rules: Vec<&str> = philippic::rule_names();
    let parts: BTreeSet<&str> = lexicon.files().iter().flat_map(|f| f.categories.keys()).map(String::as_str).collect();
    let mut names = vec![""];
    names.extend(&rules);
    names.extend(lexicon.files().iter().map(|f| f.name.as_str()));
    names.extend(parts.into_iter().filter(|part| !rules.contains(part)));
    names.retain(|name| name.is_empty() || asked.is_empty() || asked.iter().any(|asked| asked == name));

    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut rows: Vec<(usize, Vec<f64>)> = Vec::new();
    std::thread::scope(|scope| {
        let worker = |first: usize| {
            let (names, files) = (&names, &files);
            move || {
                let own = (first..names.len()).step_by(threads);
                own.map(|n| Ok((n, measure(names[n], files)?))).collect::<Result<Vec<_>, String>>()
            }
        };
        let running: Vec<_> = (0..threads).map(|first| scope.spawn(worker(first))).collect();
        for thread in running {
            rows.extend(thread.join().map_err(|_| "a thread panicked".to_string())??);
        }
        Ok::<(), String>(())
    })?;
    rows.sort_by_key(|(n, _)| *n);

    let whole = rows[0].1.clone();
    println!("| without | {} |", FILES.map(|(_, file, measure)| format!("{file}, {measure}")).join(" | "));
    println!("| --- |{}", " ---: |".repeat(FILES.len()));
    println!("| nothing | {} |", whole.iter().map(|v| format!("{v:.3}")).collect::<Vec<_>>().join(" | "));
    let mut silent: Vec<&str> = Vec::new();
    for (n, values) in &rows[1..] {
        let cells: Vec<String> = values.iter().zip(&whole).map(|(v, w)| thousandths(v - w)).collect();
        if cells.iter().all(String::is_empty) {
            silent.push(names[*n]);
        } else {
            println!("| {} | {} |", names[*n], cells.join(" | "));
        }
    }
    if !silent.is_empty() {
        println!("\nNo measure changes by half a thousandth without: {}.", silent.join(", "));
    }
    Ok(())
}

/// The measure of each file without a rule, a lexicon or a category; all of them for the empty name.
fn measure(without: &str, files: &[Labelled]) -> Result<Vec<f64>, String> {
    let mut lexicon = Lexicon::english();
    if !without.is_empty() && !philippic::rule_names().contains(&without) {
        lexicon.remove(without);
    }
    let without = if without.is_empty() { vec![] } else { vec![without.to_string()] };
    let analyzer = Analyzer::new(&lexicon, Options { without, ..Options::default() });
    let value = |(task, measure, items): &Labelled| {
        let result = run_with(*task, items, &analyzer, Settings { rounds: 2, ..Settings::default() }).map_err(|e| e.to_string())?;
        Ok(result.metrics.get(*measure).map_or(f64::NAN, |m| m.value))
    };
    files.iter().map(value).collect()
}

fn thousandths(change: f64) -> String {
    let rounded = (change * 1000.0).round();
    if rounded == 0.0 { String::new() } else { format!("{rounded:+}") }
}
