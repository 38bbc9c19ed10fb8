//! The shortest way to a report: `cargo run --example analyze -- examples/hostile_article.txt`.
use philippic::lexicon::Lexicon;
use philippic::{Analyzer, Options};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: analyze FILE")?;
    let analyzer = Analyzer::new(&Lexicon::english(), Options { evidence: true, ..Options::default() });
    let report = analyzer.analyze(&std::fs::read_to_string(path)?)?;
    for paragraph in &report.paragraphs {
        println!(
            "{:>3}  sentiment {:>5.2}  sarcasm {:.2}  alarm {:.2}",
            paragraph.index, paragraph.sentiment.score, paragraph.sarcasm.score, paragraph.alarm.score
        );
        for stance in &paragraph.stances {
            println!("       {} -> {}: {:.2} ({} hits)", stance.holder, stance.figure, stance.score, stance.hits);
        }
    }
    Ok(())
}
