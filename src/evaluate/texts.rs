//! Sentiment, alarm and sarcasm: one text, one number.

use super::gold::{Gold, Item, Task};
use super::run::Judged;
use crate::{AnalyzeError, Analyzer, Scratch};

/// Sentiment between these is neutral.
const NEUTRAL: f32 = 0.05;
/// Scores from here on count as positive for sarcasm and alarm.
const DECISION: f32 = 0.5;

/// A text of several paragraphs gets their mean by length, for sarcasm their largest.
pub(super) fn judge(
    task: Task,
    item: &Item,
    analyzer: &Analyzer,
    scratch: &mut Scratch,
    out: &mut Vec<Judged>,
) -> Result<(), AnalyzeError> {
    let gold = match item.gold {
        Gold::Score(score) => score,
        Gold::Label(label) => f64::from(u8::from(label)),
        _ => return Ok(()),
    };
    let report = analyzer.analyze_with(&item.text, scratch)?;
    let words: u32 = report.paragraphs.iter().map(|p| p.words.max(1)).sum();
    let mut score = 0.0;
    let mut evidence = Vec::new();
    for mut p in report.paragraphs {
        let (s, e) = match task {
            Task::Sentiment => (p.sentiment.score, &mut p.sentiment.evidence),
            Task::Alarm => (p.alarm.score, &mut p.alarm.evidence),
            _ => (p.sarcasm.score, &mut p.sarcasm.evidence),
        };
        if task == Task::Sarcasm {
            score = f32::max(score, s);
        } else {
            score += s * p.words.max(1) as f32 / words as f32;
        }
        evidence.append(e);
    }
    let class = match task {
        Task::Sentiment => i8::from(score > NEUTRAL) - i8::from(score < -NEUTRAL),
        _ => i8::from(score >= DECISION),
    };
    out.push(item.judged(gold, score, class, evidence));
    Ok(())
}
