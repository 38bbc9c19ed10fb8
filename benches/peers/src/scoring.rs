//! Text to the scores of every paragraph: philippic's four with their parts, three of them without persons, VADER's one.

use philippic::lexicon::Lexicon;
use philippic::{Analyzer, Options, Scratch};
use vader_sentiment::SentimentIntensityAnalyzer;

use crate::measure::{Engine, print, rounds};

/// The whole way, on the paragraphs of `text`.
pub fn table(text: &str, count: usize) {
    let analyzer = Analyzer::english();
    let mut scratch = Scratch::default();
    // Sentiment, alarm and sarcasm, for those who do not ask who is meant.
    let scores = Analyzer::new(&Lexicon::english(), Options { without: vec!["figures".to_string()], ..Options::default() });
    let mut other = Scratch::default();
    let vader = SentimentIntensityAnalyzer::new();
    let engines = vec![
        Engine::new("philippic Analyzer, no evidence", || {
            analyzer.analyze_with(text, &mut scratch).map_or(0, |report| report.paragraphs.len())
        }),
        Engine::new("the same without figures", || scores.analyze_with(text, &mut other).map_or(0, |report| report.paragraphs.len())),
        Engine::new("vader_sentiment", || {
            text.split("\n\n").filter(|p| !p.trim().is_empty()).map(|p| vader.polarity_scores(p).len()).sum()
        }),
    ];
    print("scores of every paragraph", text.len(), &rounds(engines, count));
}
