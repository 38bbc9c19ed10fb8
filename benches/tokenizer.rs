//! The stages of the segmenter on every kind of text: `cargo bench --bench tokenizer`.
//!
//! Each measurement checks its answer: what was counted must be what a slow way counts. `cargo test --benches` runs each once, on small
//! texts.
#![allow(missing_docs)] // criterion's macros write public functions

use std::hint::black_box;
use std::ops::Range;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use philippic::corpus::generate::Text;
use philippic::segment::{self, Abbreviation, ParagraphMode, Quotation, Token};
use unicode_segmentation::UnicodeSegmentation;

const SEED: u64 = 1;

/// 1 MB of each kind; a million lines; little when the benches are only tested.
fn bytes(text: Text) -> usize {
    match text {
        _ if cfg!(debug_assertions) || std::env::args().any(|a| a == "--test") => 20_000,
        Text::TinyLines => 3_000_000,
        Text::GiantLine | Text::GiantWord | Text::QuoteMarks | Text::CombiningMarks => 10_000_000,
        _ => 1_000_000,
    }
}

/// The token ranges of the paragraphs.
fn paragraph_ranges(text: &str, tokens: &[Token], mode: ParagraphMode) -> Vec<Range<u32>> {
    let mut at = 0;
    let mut range = |end: u32| {
        let first = at;
        at += tokens[at..].iter().take_while(|t| t.start < end).count();
        first as u32..at as u32
    };
    segment::paragraphs(text, mode).into_iter().map(|span| range(span.end)).collect()
}

fn tokenizer(c: &mut Criterion) {
    for kind in Text::ALL {
        let text = kind.generate(bytes(kind), SEED);
        let mut group = c.benchmark_group(kind.name());
        group.throughput(Throughput::Bytes(text.len() as u64));

        // The reference is quadratic on a text of quotation marks or of combining marks.
        let slow = !matches!(kind, Text::QuoteMarks | Text::CombiningMarks);
        if slow {
            assert_eq!(segment::words(&text).count(), text.unicode_words().count());
            assert_eq!(segment::word_bounds(&text).count(), text.split_word_bounds().count());
        }
        let bound_bytes: usize = segment::word_bounds(&text).map(|(_, s)| s.len()).sum();
        assert_eq!(bound_bytes, text.len());
        let words: usize = segment::words(&text).map(|(_, w)| w.len()).sum();
        group.bench_function(BenchmarkId::from_parameter("words"), |b| {
            b.iter(|| assert_eq!(words, segment::words(black_box(&text)).map(|(_, w)| w.len()).sum::<usize>()));
        });
        group.bench_function(BenchmarkId::from_parameter("words_one_by_one"), |b| {
            b.iter(|| {
                let mut sum = 0;
                for (_, word) in segment::words(black_box(&text)) {
                    sum += word.len();
                }
                assert_eq!(sum, words);
            });
        });
        group.bench_function(BenchmarkId::from_parameter("word_bounds"), |b| {
            b.iter(|| {
                let mut sum = 0;
                for (_, segment) in segment::word_bounds(black_box(&text)) {
                    sum += segment.len();
                }
                assert_eq!(sum, bound_bytes);
            });
        });

        let mut tokens = Vec::new();
        segment::tokens(&text, &mut tokens);
        let count = tokens.len();
        group.bench_function(BenchmarkId::from_parameter("tokens"), |b| {
            let mut out = Vec::new();
            b.iter(|| {
                out.clear();
                segment::tokens(black_box(&text), &mut out);
                assert_eq!(out.len(), count);
            });
        });

        let paragraphs = segment::paragraphs(&text, ParagraphMode::Auto).len();
        group.bench_function(BenchmarkId::from_parameter("paragraphs"), |b| {
            b.iter(|| assert_eq!(segment::paragraphs(black_box(&text), ParagraphMode::Auto).len(), paragraphs));
        });

        let ranges = paragraph_ranges(&text, &tokens, ParagraphMode::Auto);
        let sentences = |out: &mut Vec<Range<u32>>| {
            out.clear();
            for range in &ranges {
                let tokens = &tokens[range.start as usize..range.end as usize];
                segment::sentences(tokens, &text, range.start, |_| Abbreviation::None, out);
            }
        };
        let mut out = Vec::new();
        sentences(&mut out);
        let covered: u32 = out.iter().map(|s| s.end - s.start).sum();
        assert_eq!(covered, ranges.iter().map(|r| r.end - r.start).sum::<u32>(), "sentences cover their paragraphs");
        let count = out.len();
        group.bench_function(BenchmarkId::from_parameter("sentences"), |b| {
            b.iter(|| {
                sentences(&mut out);
                assert_eq!(out.len(), count);
            });
        });

        let quotations = |out: &mut Vec<Quotation>| {
            out.clear();
            segment::quotations(&tokens, &text, &ranges, out);
        };
        let mut out = Vec::new();
        quotations(&mut out);
        let count = out.len();
        group.bench_function(BenchmarkId::from_parameter("quotations"), |b| {
            b.iter(|| {
                quotations(&mut out);
                assert_eq!(out.len(), count);
            });
        });
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    targets = tokenizer
}
criterion_main!(benches);
