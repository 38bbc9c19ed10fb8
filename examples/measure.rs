//! Measures the scorers on labelled files: `cargo run --release --example measure -- sentiment FILE`.
use philippic::evaluate::{Task, read_gold, run};
use philippic::lexicon::Lexicon;
use philippic::{Analyzer, Options};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [task, file, rest @ ..] = args.as_slice() else { return Err("usage: measure TASK FILE [ERRORS]".into()) };
    let task = <Task as clap::ValueEnum>::from_str(task, true)?;
    let errors: usize = rest.first().map_or(Ok(0), |n| n.parse())?;
    let analyzer = Analyzer::new(&Lexicon::english(), Options { evidence: errors > 0, ..Options::default() });
    let items = read_gold(task, &std::fs::read_to_string(file)?)?;
    let result = run(task, &items, &analyzer)?;
    for (name, v) in &result.metrics {
        println!("{name:12} {:.4}  [{:.4}, {:.4}]", v.value, v.low, v.high);
    }
    if let Some(c) = &result.confusion {
        println!("{c:?}");
    }
    let mut judged = result.judged;
    judged.sort_by(|a, b| (b.gold / 4.0 - b.score).abs().total_cmp(&(a.gold / 4.0 - a.score).abs()));
    for j in judged.iter().take(errors) {
        println!("{:.2} {:.2} {}", j.gold, j.score, j.text);
        for e in &j.evidence {
            println!("      {} {} {} {:.2} {:?}", e.cue, e.term, e.weight, e.contribution, e.shifts);
        }
    }
    Ok(())
}
