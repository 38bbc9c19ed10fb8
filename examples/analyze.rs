//! The shortest way to a report: `cargo run --example analyze -- examples/hostile_article.txt`.
use philippic::lexicon::{Lexicon, LexiconFile};
use philippic::{Analyzer, Options};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: analyze FILE")?;
    let analyzer = Analyzer::new(&lexicon()?, Options { evidence: true, ..Options::default() });
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
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap())?;
    for f in &report.figures {
        println!("{} {:?} {:?} {}", f.name, f.aliases, f.gender, f.mentions);
        for s in &f.stances {
            println!("    {} {:.2} {} {:?}", s.holder, s.score, s.hits, s.paragraphs);
        }
    }
    for a in &report.attributions {
        println!(
            "{} [{:?}] {:?} :: {}",
            a.holder,
            a.cue.map(|c| &text[c.start as usize..c.end as usize]),
            a.form,
            a.content.iter().map(|c| &text[c.start as usize..c.end as usize]).collect::<Vec<_>>().join(" | ")
        );
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
