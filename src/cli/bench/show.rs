//! The table for people.

use std::fmt::Write;

use super::super::console::{BOLD, DIM, NEGATIVE, POSITIVE, paint};
use super::{Compared, Results, Timing};

pub(super) fn render(results: &Results, against: Option<&str>) -> String {
    let mut out = String::new();
    let corpus = &results.corpus;
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "{}: {} in {} documents, {} paragraphs, {} words; {} repeats, {} cores, {}",
        corpus.name,
        bytes(corpus.bytes as f64),
        corpus.documents,
        corpus.paragraphs,
        corpus.words,
        results.repeats,
        results.cores,
        results.kernel
    );
    let comparison = |name: &str| results.comparison.iter().find(|c| c.name == name);
    let head = if results.comparison.is_empty() { "" } else { "   against before" };
    let title = format!("\n{:<11}{:>10}{:>10}{:>10}{:>16}{:>9}{head}", "one core", "MB/s", "words/s", "parag./s", "ms (mid half)", "share");
    let _ = writeln!(out, "{}", paint(BOLD, title));
    let whole = results.stages.last().map_or(0.0, |p| p.seconds.median);
    for stage in &results.stages {
        let share = match stage.name.as_str() {
            "words" => "alone".to_string(),
            _ if whole > 0.0 => format!("{:.1} %", 100.0 * stage.seconds.median / whole),
            _ => String::new(),
        };
        let _ = writeln!(out, "{}{share:>9}{}", line(stage), verdict(comparison(&stage.name)));
    }
    let title =
        format!("\n{:<11}{:>10}{:>10}{:>10}{:>16}{:>9}{head}", "text to scores", "MB/s", "words/s", "parag./s", "ms (mid half)", "scaling");
    let _ = writeln!(out, "{}", paint(BOLD, title.replacen("text to scores    ", "text to scores", 1)));
    for threaded in &results.threads {
        let scaling = format!("{:.0} %", 100.0 * threaded.efficiency);
        let _ = writeln!(out, "{}{scaling:>9}{}", line(&threaded.timing), verdict(comparison(&threaded.timing.name)));
    }
    if let Some(peak) = results.peak_memory_bytes {
        let _ = writeln!(out, "\npeak memory {}", bytes(peak as f64));
    }
    if let (Some(path), false) = (against, results.comparison.is_empty()) {
        let note = format!("before: {path}; \"=\": the middle halves of the two runs overlap, so that the difference may be noise");
        let _ = writeln!(out, "{}", paint(DIM, note));
    }
    out
}

fn line(timing: &Timing) -> String {
    let ms = |seconds: f64| {
        let ms = seconds * 1e3;
        if ms >= 100.0 { format!("{ms:.0}") } else { format!("{ms:.2}") }
    };
    let spread = format!("{}..{}", ms(timing.seconds.low), ms(timing.seconds.high));
    format!(
        "{:<11}{:>10}{:>10}{:>10}{spread:>16}",
        timing.name,
        short(timing.mb_per_second),
        count(timing.words_per_second),
        count(timing.paragraphs_per_second)
    )
}

fn verdict(compared: Option<&Compared>) -> String {
    let Some(Compared { ratio, outside_noise, .. }) = compared else { return String::new() };
    let text = format!("{ratio:>8.2} x ");
    match (outside_noise, *ratio >= 1.0) {
        (false, _) => format!("{text}="),
        (true, true) => format!("{text}{}", paint(POSITIVE, "faster")),
        (true, false) => format!("{text}{}", paint(NEGATIVE, "slower")),
    }
}

/// Three digits that tell.
fn short(value: f64) -> String {
    if value >= 100.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}

fn count(value: f64) -> String {
    match value {
        v if v >= 1e6 => format!("{} M", short(v / 1e6)),
        v if v >= 1e3 => format!("{} k", short(v / 1e3)),
        v => short(v),
    }
}

fn bytes(value: f64) -> String {
    match value {
        v if v >= 1e9 => format!("{:.2} GB", v / 1e9),
        v if v >= 1e6 => format!("{:.1} MB", v / 1e6),
        v => format!("{:.1} kB", v / 1e3),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let rows = [(0.0, "0.0"), (9.96, "10.0"), (123.4, "123"), (45_600.0, "45.6 k"), (1_234_567.0, "1.2 M")];
        for (value, text) in rows {
            assert_eq!(count(value), text);
        }
        assert_eq!([bytes(900.0), bytes(2.5e6), bytes(3e9)], ["0.9 kB", "2.5 MB", "3.00 GB"]);
    }
}
