//! Is one run better than another? A paired bootstrap on the main measure.
//!
//! Both runs judged the same items. Each round draws items with replacement and measures both runs on the same draw; the differences
//! give an interval, and the share of rounds on the other side of zero, doubled, the p-value (Efron & Tibshirani 1993; Berg-Kirkpatrick
//! et al. 2012).

use serde::Serialize;

use super::gold::{GoldError, Task};
use super::measures::Columns;
use super::metrics::Random;
use super::run::{Interval, Judged, Settings};

/// The outcome of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The measure that was compared.
    pub metric: String,
    /// Its value in the baseline.
    pub baseline: f64,
    /// Its value in the new run.
    pub value: f64,
    /// New minus baseline, with its 95 % interval.
    pub difference: Interval,
    /// Two-sided p-value of the difference being nothing but chance.
    pub p: f64,
    /// Resamples.
    pub rounds: usize,
    /// Their seed.
    pub seed: u64,
}

/// Reads a predictions file.
///
/// # Errors
/// The first line that is no prediction.
pub fn read_predictions(text: &str) -> Result<Vec<Judged>, GoldError> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(n, line)| {
            serde_json::from_str(line)
                .map_err(|e| GoldError { line: n + 1, reason: format!("not a prediction (id, gold, score, class): {e}") })
        })
        .collect()
}

/// Compares a run with a baseline.
///
/// # Errors
/// If the two did not judge the same items in the same order; the line is that of the first difference.
pub fn compare(task: Task, baseline: &[Judged], new: &[Judged], settings: Settings) -> Result<Comparison, GoldError> {
    let fail = |line: usize, reason: String| Err(GoldError { line, reason });
    for (n, (old, new)) in baseline.iter().zip(new).enumerate() {
        if old.id != new.id || old.gold != new.gold {
            return fail(
                n + 1,
                format!(
                    "judges {:?} with gold {} where this run has {:?} with gold {}: not the same labelled file",
                    old.id, old.gold, new.id, new.gold
                ),
            );
        }
    }
    if baseline.len() != new.len() {
        let shorter = baseline.len().min(new.len());
        return fail(shorter + 1, format!("{} predictions, but this run has {}: not the same labelled file", baseline.len(), new.len()));
    }
    let (old, new) = (Columns::new(task, baseline), Columns::new(task, new));
    let (old, new) = (old.measures(), new.measures());
    let all: Vec<usize> = (0..baseline.len()).collect();
    let (Some((metric, old)), Some((_, new))) = (old.into_iter().next(), new.into_iter().next()) else {
        return fail(1, "nothing to compare".to_string());
    };
    let (Some(before), Some(after)) = (old(&all), new(&all)) else {
        return fail(1, format!("{metric} is not defined on these items: too few, or all alike"));
    };
    let mut random = Random::new(settings.seed);
    let mut sample = vec![0; all.len()];
    let mut differences: Vec<f64> = Vec::with_capacity(settings.rounds);
    for _ in 0..settings.rounds {
        sample.iter_mut().for_each(|s| *s = random.below(all.len()));
        differences.extend(new(&sample).zip(old(&sample)).map(|(new, old)| new - old));
    }
    differences.sort_by(f64::total_cmp);
    let at = |q: f64| differences.get(((differences.len().max(1) - 1) as f64 * q).round() as usize).copied().unwrap_or(0.0);
    let difference = Interval { value: after - before, low: at(0.025), high: at(0.975) };
    // One is added to both counts: no finite number of rounds shows a p of 0.
    let n = differences.len() as f64;
    let below = differences.iter().filter(|d| **d <= 0.0).count() as f64;
    let above = differences.iter().filter(|d| **d >= 0.0).count() as f64;
    let p = (2.0 * (below.min(above) + 1.0) / (n + 1.0)).min(1.0);
    Ok(Comparison {
        metric: metric.to_string(),
        baseline: before,
        value: after,
        difference,
        p,
        rounds: settings.rounds,
        seed: settings.seed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(noise: f64) -> Vec<Judged> {
        let mut random = Random::new(3);
        (0..200)
            .map(|i| {
                let gold = f64::from(i % 20) / 10.0 - 1.0;
                let score = gold + noise * (random.below(1000) as f64 / 500.0 - 1.0);
                Judged { id: i.to_string(), gold, score, class: 0, counts: None, evidence: vec![], text: String::new() }
            })
            .collect()
    }

    #[test]
    fn a_clear_gain_is_significant_and_no_gain_is_not() {
        let settings = Settings { rounds: 300, seed: 1 };
        let gain = compare(Task::Sentiment, &run(2.0), &run(0.3), settings).unwrap();
        assert_eq!(gain.metric, "pearson");
        assert!(gain.difference.low > 0.0 && gain.p < 0.02, "{gain:?}");
        let same = compare(Task::Sentiment, &run(1.0), &run(1.0), settings).unwrap();
        assert_eq!((same.difference.value, same.p), (0.0, 1.0));
        assert_eq!(gain, compare(Task::Sentiment, &run(2.0), &run(0.3), settings).unwrap());
    }

    #[test]
    fn other_items_are_refused() {
        let settings = Settings::default();
        let error = compare(Task::Sentiment, &run(1.0)[1..], &run(1.0), settings).unwrap_err();
        assert_eq!(error.line, 1);
        let error = compare(Task::Sentiment, &run(1.0)[..9], &run(1.0), settings).unwrap_err();
        assert_eq!(error.to_string(), "line 10: 9 predictions, but this run has 200: not the same labelled file");
        assert_eq!(read_predictions("{\"id\":\"1\",\"gold\":1,\"score\":0.5,\"class\":1,\"evidence\":[]}\n\nx").unwrap_err().line, 3);
    }
}
