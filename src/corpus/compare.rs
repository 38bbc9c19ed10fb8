//! Two corpora side by side: mean scores with intervals, the figures that differ most, the cues that drive the difference.
//!
//! Intervals are percentiles of a bootstrap over documents (paragraphs of one document are not independent), 2,000 resamples, seeded.
//! From 20,000 documents on, groups of documents are resampled instead, which bounds time and memory and changes the interval
//! little. Figures are compared by the mean stance of the documents that speak of them with evidence; their interval is Welch's.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use serde::Serialize;

use super::error::CorpusError;
use super::results::{self, Value, read_table};
use super::tables::{ALARM_PARTS, SARCASM_CUES};
use super::write::sibling;
use crate::report::Report;

/// Resamples of the bootstrap.
const RESAMPLES: usize = 2000;
/// Groups that are resampled.
const GROUPS: usize = 20_000;
/// Normal quantile of a 95 % interval.
const Z: f64 = 1.959_964;

/// How two corpora are compared.
#[derive(Clone, Debug)]
pub struct CompareOptions {
    /// Figures and cues that are listed.
    pub top: usize,
    /// A figure counts when at least so many documents of each corpus take a stance toward it.
    pub min_documents: u64,
    /// Seed of the bootstrap.
    pub seed: u64,
}

impl Default for CompareOptions {
    fn default() -> CompareOptions {
        CompareOptions { top: 10, min_documents: 3, seed: 1 }
    }
}

/// A value and its 95 % interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Interval {
    /// The value.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// Whether 0 lies outside.
    pub fn is_clear(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

/// One corpus.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Side {
    /// Its table.
    pub path: String,
    /// Documents with scored paragraphs.
    pub documents: u64,
    /// Scored paragraphs.
    pub paragraphs: u64,
    /// Their words.
    pub words: u64,
}

/// The mean of a score over paragraphs; the difference is B minus A.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeanDifference {
    /// `sentiment`, `positive`, `negative`, `sarcasm`, `alarm`.
    pub score: String,
    /// In A.
    pub a: Interval,
    /// In B.
    pub b: Interval,
    /// B minus A.
    pub difference: Interval,
}

/// The mean stance toward a figure over all holders.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigureDifference {
    /// The figure.
    pub figure: String,
    /// Mean stance in A, -1 to 1.
    pub a: f64,
    /// In B.
    pub b: f64,
    /// B minus A.
    pub difference: Interval,
    /// Documents of A with evidence.
    pub documents_a: u64,
    /// Documents of B with evidence.
    pub documents_b: u64,
}

/// What a cue brings to a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CueDifference {
    /// `sentiment`, `sarcasm`, `alarm`.
    pub score: String,
    /// The part or family.
    pub cue: String,
    /// The term, where there is a table of cues.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term: Option<String>,
    /// Mean part score, or contribution of the term to 1,000 paragraphs, in A.
    pub a: f64,
    /// In B.
    pub b: f64,
    /// B minus A.
    pub difference: f64,
}

/// Two corpora side by side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The first.
    pub a: Side,
    /// The second.
    pub b: Side,
    /// Mean scores.
    pub means: Vec<MeanDifference>,
    /// The figures that differ most, clear differences first.
    pub figures: Vec<FigureDifference>,
    /// The parts of alarm and families of sarcasm that differ most.
    pub cues: Vec<CueDifference>,
    /// The terms that differ most, where both corpora have their cues.
    pub terms: Vec<CueDifference>,
    /// What could not be compared, and what to do.
    pub notes: Vec<String>,
}

/// The scores that are compared, by their columns.
const SCORES: [&str; 5] = ["sentiment", "positive", "negative", "sarcasm", "alarm"];

/// Compares two outputs of a run: the table of paragraphs (CSV, Parquet, Arrow, JSON rows), whose siblings are found by their names,
/// or reports (JSON Lines).
///
/// # Errors
/// [`CorpusError::Table`] for what is no such table.
pub fn compare(a: &Path, b: &Path, options: &CompareOptions) -> Result<Comparison, CorpusError> {
    let (one, two) = (Corpus::read(a)?, Corpus::read(b)?);
    let mut notes = Vec::new();
    let mut missing = |there: (bool, bool), what: &str| {
        if !(there.0 && there.1) {
            let path = if there.0 { b } else { a };
            notes.push(format!("{}: {what}", path.display()));
        }
    };
    missing((one.has_stances, two.has_stances), "no table of stances beside it; figures are not compared");
    missing((one.has_terms, two.has_terms), "no table of cues beside it; `batch --cues` writes one, then terms are compared too");
    Ok(Comparison {
        means: means(&one, &two, options.seed),
        figures: figures(&one, &two, options),
        cues: cues(&one, &two, options.top),
        terms: if one.has_terms && two.has_terms { terms(&one, &two, options.top) } else { Vec::new() },
        a: one.side,
        b: two.side,
        notes,
    })
}

/// Sums over the paragraphs of a document or of a group of them.
#[derive(Clone, Copy, Default)]
struct Sums {
    paragraphs: f64,
    scores: [f64; SCORES.len()],
}

/// Means of the documents that take a stance toward a figure.
#[derive(Clone, Copy, Default)]
struct Stances {
    documents: u64,
    sum: f64,
    squares: f64,
}

impl Stances {
    fn mean(&self) -> f64 {
        self.sum / self.documents.max(1) as f64
    }

    /// Variance of the mean.
    fn variance(&self) -> f64 {
        let n = self.documents as f64;
        if n < 2.0 { 0.0 } else { ((self.squares - self.sum * self.sum / n) / (n - 1.0)).max(0.0) / n }
    }
}

/// Score, cue, term.
type Term = (String, String, String);

/// What is kept of a corpus.
#[derive(Default)]
struct Corpus {
    side: Side,
    groups: Vec<Sums>,
    parts: BTreeMap<String, f64>,
    figures: HashMap<String, Stances>,
    terms: HashMap<Term, f64>,
    has_stances: bool,
    has_terms: bool,
    /// The document whose rows are being read.
    current: Option<String>,
    sums: Sums,
    held: HashMap<String, (f64, f64)>,
}

impl Corpus {
    fn read(path: &Path) -> Result<Corpus, CorpusError> {
        let mut corpus = Corpus { side: Side { path: path.display().to_string(), ..Side::default() }, ..Corpus::default() };
        if results::holds_reports(path)? {
            results::reports(path, |report| corpus.report(&report))?;
            corpus.has_stances = true;
            return Ok(corpus);
        }
        corpus.paragraphs(path)?;
        let stances = sibling(path, "stances");
        if stances.exists() {
            corpus.stances(&stances)?;
        }
        let cues = sibling(path, "cues");
        if cues.exists() {
            corpus.cues(&cues)?;
        }
        Ok(corpus)
    }

    fn paragraphs(&mut self, path: &Path) -> Result<(), CorpusError> {
        let parts: Vec<String> =
            ALARM_PARTS.iter().map(|part| format!("alarm_{part}")).chain(SARCASM_CUES.iter().map(|cue| format!("sarcasm_{cue}"))).collect();
        let mut columns = vec!["id", "words"];
        columns.extend(SCORES);
        columns.extend(parts.iter().map(String::as_str));
        let required = 2 + SCORES.len();
        read_table(path, &columns, required, |row| {
            let number = |i: usize| row.get(i).and_then(Value::number);
            // Documents in other languages have no scores.
            let Some(sentiment) = number(2) else { return };
            self.document(row.first().map(Value::text).unwrap_or_default());
            self.side.paragraphs += 1;
            self.side.words += number(1).unwrap_or(0.0) as u64;
            self.sums.paragraphs += 1.0;
            self.sums.scores[0] += sentiment;
            for i in 1..SCORES.len() {
                self.sums.scores[i] += number(2 + i).unwrap_or(0.0);
            }
            for (i, part) in parts.iter().enumerate() {
                if let Some(score) = number(required + i).filter(|s| *s != 0.0) {
                    *self.parts.entry(part.clone()).or_default() += score;
                }
            }
        })?;
        self.close();
        Ok(())
    }

    fn stances(&mut self, path: &Path) -> Result<(), CorpusError> {
        self.has_stances = true;
        self.current = None;
        read_table(path, &["id", "figure", "stance", "hits"], 4, |row| {
            let number = |i: usize| row.get(i).and_then(Value::number).unwrap_or(0.0);
            let id = row.first().map(Value::text).unwrap_or_default();
            if self.current.as_deref() != Some(&id) {
                self.close_figures();
                self.current = Some(id);
            }
            self.stance(row.get(1).map(Value::text).unwrap_or_default(), number(2), number(3));
        })?;
        self.close_figures();
        Ok(())
    }

    fn cues(&mut self, path: &Path) -> Result<(), CorpusError> {
        self.has_terms = true;
        read_table(path, &["score", "cue", "term", "contribution"], 4, |row| {
            let text = |i: usize| row.get(i).map(Value::text).unwrap_or_default();
            let contribution = row.get(3).and_then(Value::number).unwrap_or(0.0);
            self.term(text(0), text(1), text(2), contribution);
        })
    }

    fn report(&mut self, report: &Report) {
        self.document(report.id.clone().unwrap_or_default());
        for paragraph in &report.paragraphs {
            self.side.paragraphs += 1;
            self.side.words += u64::from(paragraph.words);
            self.sums.paragraphs += 1.0;
            let sentiment = &paragraph.sentiment;
            let scores = [sentiment.score, sentiment.positive, sentiment.negative, paragraph.sarcasm.score, paragraph.alarm.score];
            self.sums.scores.iter_mut().zip(scores).for_each(|(sum, score)| *sum += f64::from(score));
            for (part, score) in &paragraph.alarm.parts {
                *self.parts.entry(format!("alarm_{part}")).or_default() += f64::from(*score);
            }
            for (cue, score) in &paragraph.sarcasm.cues {
                *self.parts.entry(format!("sarcasm_{cue}")).or_default() += f64::from(*score);
            }
            for stance in &paragraph.stances {
                self.stance(stance.figure.clone(), f64::from(stance.score), f64::from(stance.hits));
            }
            let of = [("sentiment", &sentiment.evidence), ("sarcasm", &paragraph.sarcasm.evidence), ("alarm", &paragraph.alarm.evidence)];
            for (score, evidence) in of {
                for piece in evidence {
                    self.has_terms = true;
                    self.term(score.into(), piece.cue.clone(), piece.term.clone(), f64::from(piece.contribution));
                }
            }
        }
        self.close_figures();
        self.close();
    }

    /// The next row is of document `id`.
    fn document(&mut self, id: String) {
        if self.current.as_deref() != Some(&id) {
            self.close();
            self.current = Some(id);
        }
    }

    /// The document is over.
    fn close(&mut self) {
        let sums = std::mem::take(&mut self.sums);
        self.current = None;
        if sums.paragraphs == 0.0 {
            return;
        }
        let number = self.side.documents as usize;
        self.side.documents += 1;
        if number < GROUPS {
            return self.groups.push(sums);
        }
        let group = &mut self.groups[number % GROUPS];
        group.paragraphs += sums.paragraphs;
        group.scores.iter_mut().zip(sums.scores).for_each(|(sum, score)| *sum += score);
    }

    fn stance(&mut self, figure: String, score: f64, hits: f64) {
        if hits > 0.0 {
            let held = self.held.entry(figure).or_default();
            held.0 += score * hits;
            held.1 += hits;
        }
    }

    fn close_figures(&mut self) {
        for (figure, (sum, hits)) in self.held.drain() {
            let mean = sum / hits;
            let stances = self.figures.entry(figure).or_default();
            stances.documents += 1;
            stances.sum += mean;
            stances.squares += mean * mean;
        }
    }

    fn term(&mut self, score: String, cue: String, term: String, contribution: f64) {
        if score != "stance" {
            *self.terms.entry((score, cue, term)).or_default() += contribution;
        }
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((u128::from(z ^ (z >> 31)) * bound as u128) >> 64) as usize
    }
}

fn mean_of<'s>(groups: impl Iterator<Item = &'s Sums>) -> [f64; SCORES.len()] {
    let mut all = Sums::default();
    for group in groups {
        all.paragraphs += group.paragraphs;
        all.scores.iter_mut().zip(group.scores).for_each(|(sum, score)| *sum += score);
    }
    all.scores.map(|sum| sum / all.paragraphs.max(1.0))
}

/// Means of each resample.
fn resample(groups: &[Sums], random: &mut Random) -> Vec<[f64; SCORES.len()]> {
    if groups.is_empty() {
        return vec![[0.0; SCORES.len()]; RESAMPLES];
    }
    (0..RESAMPLES).map(|_| mean_of((0..groups.len()).map(|_| &groups[random.below(groups.len())]))).collect()
}

fn interval(value: f64, samples: impl Iterator<Item = f64>) -> Interval {
    let mut samples: Vec<f64> = samples.collect();
    samples.sort_by(f64::total_cmp);
    let at = |share: f64| samples.get((share * (samples.len() - 1) as f64).round() as usize).copied().unwrap_or(value);
    Interval { value, low: at(0.025), high: at(0.975) }
}

fn means(a: &Corpus, b: &Corpus, seed: u64) -> Vec<MeanDifference> {
    let mut random = Random(seed);
    let (one, two) = (mean_of(a.groups.iter()), mean_of(b.groups.iter()));
    let (ones, twos) = (resample(&a.groups, &mut random), resample(&b.groups, &mut random));
    let row = |(i, score): (usize, &&str)| MeanDifference {
        score: score.to_string(),
        a: interval(one[i], ones.iter().map(|s| s[i])),
        b: interval(two[i], twos.iter().map(|s| s[i])),
        difference: interval(two[i] - one[i], ones.iter().zip(&twos).map(|(x, y)| y[i] - x[i])),
    };
    SCORES.iter().enumerate().map(row).collect()
}

fn figures(a: &Corpus, b: &Corpus, options: &CompareOptions) -> Vec<FigureDifference> {
    let mut found: Vec<FigureDifference> = Vec::new();
    for (figure, one) in &a.figures {
        let Some(two) = b.figures.get(figure) else { continue };
        if one.documents.min(two.documents) < options.min_documents {
            continue;
        }
        let value = two.mean() - one.mean();
        let margin = Z * (one.variance() + two.variance()).sqrt();
        found.push(FigureDifference {
            figure: figure.clone(),
            a: one.mean(),
            b: two.mean(),
            difference: Interval { value, low: value - margin, high: value + margin },
            documents_a: one.documents,
            documents_b: two.documents,
        });
    }
    let size = |f: &FigureDifference| (f.difference.is_clear(), f.difference.value.abs());
    found.sort_by(|x, y| {
        let ((xc, xs), (yc, ys)) = (size(x), size(y));
        yc.cmp(&xc).then(ys.total_cmp(&xs)).then_with(|| x.figure.cmp(&y.figure))
    });
    found.truncate(options.top);
    found
}

fn sort(mut found: Vec<CueDifference>, top: usize) -> Vec<CueDifference> {
    found.retain(|c| c.difference != 0.0);
    let key = |c: &CueDifference| (c.cue.clone(), c.term.clone());
    found.sort_by(|x, y| y.difference.abs().total_cmp(&x.difference.abs()).then_with(|| key(x).cmp(&key(y))));
    found.truncate(top);
    found
}

fn cues(a: &Corpus, b: &Corpus, top: usize) -> Vec<CueDifference> {
    let mean = |corpus: &Corpus, part: &str| corpus.parts.get(part).copied().unwrap_or(0.0) / corpus.side.paragraphs.max(1) as f64;
    let names: std::collections::BTreeSet<&String> = a.parts.keys().chain(b.parts.keys()).collect();
    let row = |name: &String| {
        let (score, cue) = name.split_once('_').unwrap_or((name, ""));
        let (one, two) = (mean(a, name), mean(b, name));
        CueDifference { score: score.into(), cue: cue.into(), term: None, a: one, b: two, difference: two - one }
    };
    sort(names.into_iter().map(row).collect(), top)
}

fn terms(a: &Corpus, b: &Corpus, top: usize) -> Vec<CueDifference> {
    let rate =
        |corpus: &Corpus, term: &Term| corpus.terms.get(term).copied().unwrap_or(0.0) * 1000.0 / corpus.side.paragraphs.max(1) as f64;
    let names: std::collections::BTreeSet<&Term> = a.terms.keys().chain(b.terms.keys()).collect();
    let row = |term: &Term| {
        let (one, two) = (rate(a, term), rate(b, term));
        CueDifference { score: term.0.clone(), cue: term.1.clone(), term: Some(term.2.clone()), a: one, b: two, difference: two - one }
    };
    sort(names.into_iter().map(row).collect(), top)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_hold_the_mean_and_shrink_with_documents() {
        let corpus = |n: usize, shift: f64| {
            let mut corpus = Corpus::default();
            for i in 0..n {
                corpus.document(i.to_string());
                corpus.sums = Sums { paragraphs: 1.0, scores: [shift + (i % 7) as f64 / 10.0; 5] };
                corpus.close();
            }
            corpus
        };
        let few = means(&corpus(20, 0.0), &corpus(20, 0.0), 1).remove(0);
        let many = means(&corpus(2000, 0.0), &corpus(2000, 0.1), 1).remove(0);
        assert!(few.a.low < few.a.value && few.a.value < few.a.high && !few.difference.is_clear());
        assert!(many.a.high - many.a.low < few.a.high - few.a.low && many.difference.is_clear());
        assert!((many.difference.value - 0.1).abs() < 1e-9);
        assert_eq!(means(&corpus(20, 0.0), &corpus(20, 0.1), 7), means(&corpus(20, 0.0), &corpus(20, 0.1), 7), "a seed decides");
        assert_eq!(means(&corpus(0, 0.0), &corpus(0, 0.0), 1)[0].difference, Interval::default());
    }
}
