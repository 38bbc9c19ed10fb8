//! Measures the scorers on labelled files: `cargo run --release --example measure -- TASK FILE [ERRORS]`.
//!
//! `PHILIPPIC_LEXICONS=DIR` reads the lexicons from a folder instead of the built-in ones; `FEATURES=OUT.tsv` writes the stance
//! features of each target instead of measuring. `WITHOUT=a,b` switches rules and families off.
use std::io::Write;

use philippic::evaluate::{Gold, Task, read_gold, run};
use philippic::lexicon::{Lexicon, LexiconFile};
use philippic::{Analyzer, FEATURE_NAMES, Options, Scratch};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [task, file, rest @ ..] = args.as_slice() else { return Err("usage: measure TASK FILE [ERRORS]".into()) };
    let task = <Task as clap::ValueEnum>::from_str(task, true)?;
    let errors: usize = rest.first().map_or(Ok(0), |n| n.parse())?;
    let evidence = errors > 0 || matches!(task, Task::Figures | Task::Attributions);
    let without = std::env::var("WITHOUT").map_or_else(|_| Vec::new(), |names| names.split(',').map(str::to_string).collect());
    let analyzer = Analyzer::new(&lexicon()?, Options { evidence, without, ..Options::default() });
    let items = read_gold(task, &std::fs::read_to_string(file)?)?;
    if let Ok(out) = std::env::var("FEATURES") {
        let mut out = std::io::BufWriter::new(std::fs::File::create(out)?);
        writeln!(out, "gold\t{}", FEATURE_NAMES.join("\t"))?;
        let mut scratch = Scratch::default();
        for item in &items {
            let Gold::Targets(targets) = &item.gold else { continue };
            let spans: Vec<_> = targets.iter().map(|t| t.0).collect();
            for ((_, gold), values) in targets.iter().zip(analyzer.stance_features(&item.text, &spans, &mut scratch)?) {
                let row: Vec<String> = values.iter().map(f32::to_string).collect();
                writeln!(out, "{gold}\t{}", row.join("\t"))?;
            }
        }
        return Ok(());
    }
    let result = run(task, &items, &analyzer)?;
    for (name, v) in &result.metrics {
        println!("{name:12} {:.4}  [{:.4}, {:.4}]", v.value, v.low, v.high);
    }
    if let Some(c) = &result.confusion {
        println!("{c:?}");
    }
    for j in result.judged.iter().filter(|j| j.score != f64::from(j.class) || j.class == 0).take(errors) {
        println!("gold {:.2} score {:.2} class {} :: {}", j.gold, j.score, j.class, j.text);
        for e in &j.evidence {
            println!("      {} [{}] {:.2} {:.2} {:?}", e.cue, e.term, e.weight, e.contribution, e.shifts);
        }
    }
    Ok(())
}

fn lexicon() -> Result<Lexicon, Box<dyn std::error::Error>> {
    let Ok(folder) = std::env::var("PHILIPPIC_LEXICONS") else { return Ok(Lexicon::english()) };
    let mut lexicon = Lexicon::empty();
    let mut paths: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?.into_iter().map(|e| e.path()).collect();
    paths.sort();
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "tsv")) {
        lexicon.add(LexiconFile::parse(&path.to_string_lossy(), &std::fs::read_to_string(path)?)?);
    }
    Ok(lexicon)
}
