//! Fits the weights of the stance model: `cargo run --release --example fit_stance -- TRAIN.jsonl [DEV.jsonl] > src/scorers/stance/stance_weights.tsv`.
//!
//! Multinomial logistic regression over the named features, neutral as the base class, L2 penalty, plain gradient descent with
//! momentum from zero: the same input gives the same weights. The report of the fit stands in the head of what is printed.

use philippic::evaluate::metrics::Confusion;
use philippic::evaluate::{Gold, Item, Task, read_gold};
use philippic::lexicon::Lexicon;
use philippic::{Analyzer, FEATURE_NAMES, Options, Scratch};

/// Penalty on squared weights, relative to the mean loss of one target.
const PENALTY: f64 = 2e-4;
const ROUNDS: usize = 1500;
const STEP: f64 = 0.25;
const MOMENTUM: f64 = 0.9;

struct Data {
    rows: Vec<Vec<f64>>,
    gold: Vec<i8>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [train, rest @ ..] = args.as_slice() else { return Err("usage: fit_stance TRAIN.jsonl [DEV.jsonl]".into()) };
    let analyzer = Analyzer::new(&Lexicon::english(), Options::default());
    let data = read(&analyzer, train)?;
    let weights = fit(&data);
    println!("# weights of the stance model: feature, toward positive, toward negative (neutral is the base)");
    println!("# made by: cargo run --release --example fit_stance -- stance_sentences.train.jsonl");
    println!("# multinomial logistic regression, penalty {PENALTY}, {ROUNDS} rounds; {} targets", data.gold.len());
    report("train", &data, &weights);
    for path in rest {
        report("dev", &read(&analyzer, path)?, &weights);
    }
    for (i, name) in FEATURE_NAMES.iter().enumerate() {
        println!("{name}\t{:.3}\t{:.3}", weights[0][i], weights[1][i]);
    }
    Ok(())
}

fn read(analyzer: &Analyzer, path: &str) -> Result<Data, Box<dyn std::error::Error>> {
    let items: Vec<Item> = read_gold(Task::Stance, &std::fs::read_to_string(path)?)?;
    let mut data = Data { rows: Vec::new(), gold: Vec::new() };
    let mut scratch = Scratch::default();
    for item in &items {
        let Gold::Targets(targets) = &item.gold else { continue };
        let spans: Vec<_> = targets.iter().map(|t| t.0).collect();
        for ((_, gold), values) in targets.iter().zip(analyzer.stance_features(&item.text, &spans, &mut scratch)?) {
            data.rows.push(values.into_iter().map(f64::from).collect());
            data.gold.push(*gold);
        }
    }
    Ok(data)
}

/// Chances of positive and negative.
fn chances(row: &[f64], weights: &[Vec<f64>; 2]) -> (f64, f64) {
    let dot = |w: &[f64]| row.iter().zip(w).map(|(x, w)| x * w).sum::<f64>();
    let (p, n) = (dot(&weights[0]), dot(&weights[1]));
    let most = p.max(n).max(0.0);
    let (p, n, z) = ((p - most).exp(), (n - most).exp(), (-most).exp());
    (p / (p + n + z), n / (p + n + z))
}

fn fit(data: &Data) -> [Vec<f64>; 2] {
    let features = FEATURE_NAMES.len();
    let mut weights = [vec![0.0; features], vec![0.0; features]];
    let mut speed = weights.clone();
    for _ in 0..ROUNDS {
        let mut gradient = [vec![0.0; features], vec![0.0; features]];
        for (row, gold) in data.rows.iter().zip(&data.gold) {
            let (p, n) = chances(row, &weights);
            let errors = [p - f64::from(u8::from(*gold > 0)), n - f64::from(u8::from(*gold < 0))];
            for (class, error) in errors.into_iter().enumerate() {
                for (g, x) in gradient[class].iter_mut().zip(row) {
                    *g += error * x;
                }
            }
        }
        for class in 0..2 {
            for i in 0..features {
                let slope = gradient[class][i] / data.rows.len().max(1) as f64 + 2.0 * PENALTY * weights[class][i];
                speed[class][i] = MOMENTUM * speed[class][i] - STEP * slope;
                weights[class][i] += speed[class][i];
            }
        }
    }
    weights
}

fn report(name: &str, data: &Data, weights: &[Vec<f64>; 2]) {
    let class = |row: &Vec<f64>| {
        let (p, n) = chances(row, weights);
        if p > n && p > 1.0 - p - n {
            1
        } else if n > p && n > 1.0 - p - n {
            -1
        } else {
            0
        }
    };
    let c = Confusion::new(&[-1, 0, 1], data.gold.iter().copied().zip(data.rows.iter().map(class)));
    println!("# {name}: macro-F1 {:.4}, accuracy {:.4}, rows gold -1 0 1 {:?}", c.macro_f1(), c.accuracy(), c.counts);
}
