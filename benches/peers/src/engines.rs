//! Segmenters.

use bstr::ByteSlice;
use charabia::{Segment, Tokenize};
use icu_segmenter::WordSegmenter;
use philippic::segment;
use tokenizers::pre_tokenizers::bert::BertPreTokenizer;
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::pre_tokenizers::whitespace::Whitespace;
use tokenizers::{OffsetReferential, OffsetType, PreTokenizedString, PreTokenizer};
use unicode_segmentation::UnicodeSegmentation;

use crate::measure::{Engine, print, rounds};

/// All engines on one text, and the table.
pub fn table(name: &str, text: &str, count: usize) {
    let icu = WordSegmenter::new_for_non_complex_scripts(Default::default());
    let mut tokens = Vec::new();
    let engines = vec![
        Engine::new("philippic words", || segment::words(text).fold(0, |sum, (at, word)| sum ^ at ^ word.len())),
        Engine::new("philippic words, one by one", || {
            let mut sum = 0;
            for (at, word) in segment::words(text) {
                sum ^= at ^ word.len();
            }
            sum
        }),
        Engine::new("unicode_word_indices", || {
            let mut sum = 0;
            for (at, word) in text.unicode_word_indices() {
                sum ^= at ^ word.len();
            }
            sum
        }),
        Engine::new("icu_segmenter words", || {
            let mut bounds = icu.segment_str(text);
            let (mut at, mut sum) = (0, 0);
            while let Some(end) = bounds.next() {
                if bounds.is_word_like() {
                    sum ^= at ^ (end - at);
                }
                at = end;
            }
            sum
        }),
        Engine::new("bstr words", || {
            let mut sum = 0;
            for (start, end, _) in text.as_bytes().word_indices() {
                sum ^= start ^ (end - start);
            }
            sum
        }),
        Engine::new("philippic word_bounds", || segment::word_bounds(text).fold(0, |sum, (at, _)| sum ^ at)),
        Engine::new("split_word_bound_indices", || text.split_word_bound_indices().fold(0, |sum, (at, _)| sum ^ at)),
        Engine::new("philippic tokens", || {
            tokens.clear();
            segment::tokens(text, &mut tokens);
            tokens.len()
        }),
        Engine::new("charabia segment", || text.segment_str().map(str::len).fold(0, |sum, len| sum ^ len)),
        Engine::new("charabia tokenize", || text.tokenize().map(|t| t.lemma().len()).fold(0, |sum, len| sum ^ len)),
        Engine::new("tokenizers Whitespace", || pre_tokenize(&Whitespace, text)),
        Engine::new("tokenizers BertPreTokenizer", || pre_tokenize(&BertPreTokenizer, text)),
        Engine::new("tokenizers ByteLevel", || pre_tokenize(&ByteLevel::default(), text)),
        Engine::new("str::split_whitespace", || text.split_whitespace().fold(0, |sum, word| sum ^ word.len())),
        Engine::new("memchr counting newlines (limit)", || memchr::memchr_iter(b'\n', text.as_bytes()).count()),
    ];
    let times = rounds(engines, count);
    for (a, b) in [(0, 1), (0, 2), (5, 6)] {
        assert_eq!(times[a].answer, times[b].answer, "{} and {} differ on {name}", times[a].name, times[b].name);
    }
    print(name, text.len(), &times);
}

/// Paragraph by paragraph, as its users do: it copies its text with an alignment for each byte.
fn pre_tokenize(pre_tokenizer: &impl PreTokenizer, text: &str) -> usize {
    let mut count = 0;
    for paragraph in text.lines() {
        let mut split = PreTokenizedString::from(paragraph);
        if pre_tokenizer.pre_tokenize(&mut split).is_ok() {
            count += split.get_splits(OffsetReferential::Original, OffsetType::Byte).len();
        }
    }
    count
}
