//! The measures: gold and predicted numbers or classes in, agreement out. All are exact and deterministic; a measure that is not
//! defined for its input (no variance, an empty class) is `None`.

/// Pearson's correlation.
pub fn pearson(x: &[f64], y: &[f64]) -> Option<f64> {
    let n = x.len() as f64;
    if x.len() != y.len() || x.len() < 2 {
        return None;
    }
    let (mx, my) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
    let (mut sxy, mut sxx, mut syy) = (0.0, 0.0, 0.0);
    for (a, b) in x.iter().zip(y) {
        sxy += (a - mx) * (b - my);
        sxx += (a - mx).powi(2);
        syy += (b - my).powi(2);
    }
    (sxx > 0.0 && syy > 0.0).then(|| sxy / (sxx * syy).sqrt())
}

/// Spearman's rank correlation, ties by mean rank.
pub fn spearman(x: &[f64], y: &[f64]) -> Option<f64> {
    pearson(&ranks(x), &ranks(y))
}

fn ranks(x: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|&a, &b| x[a].total_cmp(&x[b]));
    let mut out = vec![0.0; x.len()];
    let mut i = 0;
    while i < order.len() {
        let mut j = i;
        while j + 1 < order.len() && x[order[j + 1]] == x[order[i]] {
            j += 1;
        }
        for &k in &order[i..=j] {
            out[k] = (i + j) as f64 / 2.0 + 1.0;
        }
        i = j + 1;
    }
    out
}

/// Area under the ROC curve: the chance that a positive item scores above a negative one, ties counting half.
pub fn roc_auc(positive: &[bool], score: &[f64]) -> Option<f64> {
    let n1 = positive.iter().filter(|&&p| p).count() as f64;
    let n0 = positive.len() as f64 - n1;
    if n1 == 0.0 || n0 == 0.0 {
        return None;
    }
    let sum: f64 = ranks(score).iter().zip(positive).filter(|(_, p)| **p).map(|(r, _)| r).sum();
    Some((sum - n1 * (n1 + 1.0) / 2.0) / (n1 * n0))
}

/// Counts of gold class (row) against predicted class (column).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Confusion {
    /// The classes in the order of rows and columns.
    pub classes: Vec<i8>,
    /// `counts[gold][predicted]`.
    pub counts: Vec<Vec<u64>>,
}

impl Confusion {
    /// Counts pairs of gold and predicted class.
    pub fn new(classes: &[i8], pairs: impl IntoIterator<Item = (i8, i8)>) -> Confusion {
        let mut counts = vec![vec![0; classes.len()]; classes.len()];
        for (gold, predicted) in pairs {
            let at = |c: i8| classes.iter().position(|&k| k == c);
            if let (Some(g), Some(p)) = (at(gold), at(predicted)) {
                counts[g][p] += 1;
            }
        }
        Confusion { classes: classes.to_vec(), counts }
    }

    /// Precision, recall and F1 of a class; 0 where nothing was predicted or there is nothing to find.
    pub fn class(&self, class: i8) -> (f64, f64, f64) {
        let Some(k) = self.classes.iter().position(|&c| c == class) else { return (0.0, 0.0, 0.0) };
        let hit = self.counts[k][k] as f64;
        let predicted: u64 = self.counts.iter().map(|row| row[k]).sum();
        let gold: u64 = self.counts[k].iter().sum();
        f1(hit, predicted as f64, gold as f64)
    }

    /// Unweighted mean of the classes' F1.
    pub fn macro_f1(&self) -> f64 {
        self.classes.iter().map(|&c| self.class(c).2).sum::<f64>() / self.classes.len().max(1) as f64
    }

    /// Share of items on the diagonal.
    pub fn accuracy(&self) -> f64 {
        let all: u64 = self.counts.iter().flatten().sum();
        let right: u64 = (0..self.classes.len()).map(|k| self.counts[k][k]).sum();
        if all == 0 { 0.0 } else { right as f64 / all as f64 }
    }
}

/// Precision, recall and F1 from hits, predicted and gold counts.
pub fn f1(hits: f64, predicted: f64, gold: f64) -> (f64, f64, f64) {
    let p = if predicted > 0.0 { hits / predicted } else { 0.0 };
    let r = if gold > 0.0 { hits / gold } else { 0.0 };
    (p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
}

/// A small seeded generator (SplitMix64): resampling must not depend on a crate's version.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// Starts at `seed`.
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// The next number below `n` (at least 1).
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        ((u128::from(z) * n.max(1) as u128) >> 64) as usize
    }
}

/// The 95 % percentile bootstrap interval of a measure over `items` items, resampled `rounds` times.
pub fn bootstrap(items: usize, rounds: usize, seed: u64, measure: impl Fn(&[usize]) -> Option<f64>) -> Option<(f64, f64)> {
    let mut random = Random::new(seed);
    let mut sample = vec![0; items];
    let mut values: Vec<f64> = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        sample.iter_mut().for_each(|s| *s = random.below(items));
        values.extend(measure(&sample));
    }
    if items == 0 || values.len() < 2 {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let at = |q: f64| values[((values.len() - 1) as f64 * q).round() as usize];
    Some((at(0.025), at(0.975)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        assert!((pearson(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]).unwrap() - 1.0).abs() < 1e-12);
        assert_eq!(pearson(&[1.0, 1.0], &[1.0, 2.0]), None);
        assert!((spearman(&[1.0, 2.0, 3.0, 4.0], &[1.0, 4.0, 9.0, 16.0]).unwrap() - 1.0).abs() < 1e-12);
        assert_eq!(ranks(&[3.0, 1.0, 3.0]), [2.5, 1.0, 2.5]);
        assert_eq!(roc_auc(&[true, false, true, false], &[0.9, 0.1, 0.5, 0.5]), Some(0.875));
        assert_eq!(roc_auc(&[true], &[0.9]), None);
        let c = Confusion::new(&[-1, 0, 1], [(1, 1), (1, 0), (0, 0), (-1, 1)]);
        assert_eq!(c.class(1), (0.5, 0.5, 0.5));
        assert_eq!(c.accuracy(), 0.5);
        assert!((c.macro_f1() - (0.5 + 2.0 / 3.0) / 3.0).abs() < 1e-12);
    }

    #[test]
    fn the_bootstrap_is_the_same_every_time_and_holds_the_mean() {
        let data: Vec<f64> = (0..100).map(f64::from).collect();
        let mean = |s: &[usize]| Some(s.iter().map(|&i| data[i]).sum::<f64>() / s.len() as f64);
        let (low, high) = bootstrap(100, 500, 7, mean).unwrap();
        assert!(low < 49.5 && 49.5 < high && high - low < 15.0);
        assert_eq!(bootstrap(100, 500, 7, mean), Some((low, high)));
    }
}
