//! Whether a byte costs the same in every text.

use philippic::corpus::generate::Text;
use philippic::segment;

use crate::measure::{Engine, rounds};

/// Nanoseconds a byte of words and of tokens on the texts that strain a segmenter, beside news.
pub fn table(bytes: usize, count: usize) {
    println!("\ncost of a byte, {bytes} bytes each");
    println!("{:<18} {:>10} {:>10} {:>10} {:>10}", "text", "words ns", "x news", "tokens ns", "x news");
    let mut news = (0.0, 0.0);
    let million = Text::TinyLines.generate(bytes.min(3_000_000), 1);
    for kind in [Text::EnglishNews, Text::GiantLine, Text::GiantWord, Text::QuoteMarks, Text::CombiningMarks, Text::TinyLines] {
        let text = if kind == Text::TinyLines { million.clone() } else { kind.generate(bytes, 1) };
        let mut tokens = Vec::new();
        let times = rounds(
            vec![
                Engine::new("words", || segment::words(&text).fold(0, |sum, (at, word)| sum ^ at ^ word.len())),
                Engine::new("tokens", || {
                    tokens.clear();
                    segment::tokens(&text, &mut tokens);
                    tokens.len()
                }),
            ],
            count,
        );
        let cost = |i: usize| 1e9 * times[i].median() / text.len() as f64;
        if kind == Text::EnglishNews {
            news = (cost(0), cost(1));
        }
        let (words, tokens) = (cost(0), cost(1));
        println!("{:<18} {words:>10.3} {:>9.2}x {tokens:>10.3} {:>9.2}x", kind.name(), words / news.0, tokens / news.1);
    }
}
