//! Every stage of an analysis and the whole, on one core: `cargo bench --bench scoring`.
//!
//! A stage is measured inside whole analyses, where it finds the caches as they are in use: the time of the others is not counted.
#![allow(missing_docs)] // criterion's macros write public functions

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use philippic::corpus::generate::Text;
use philippic::lexicon::Lexicon;
use philippic::segment::ParagraphMode;
use philippic::{Analyzer, Options, Scratch, Stage};

/// Documents of about 4 kB, as news has them; few when the benches are only tested.
fn documents(kind: Text) -> Vec<String> {
    let count = if cfg!(debug_assertions) || std::env::args().any(|a| a == "--test") { 2 } else { 64 };
    (1..=count).map(|seed| kind.generate(4_000, seed)).collect()
}

fn scoring(c: &mut Criterion) {
    for kind in [Text::EnglishNews, Text::CurlyQuotes, Text::Tweets] {
        let documents = documents(kind);
        let bytes: usize = documents.iter().map(String::len).sum();
        let mut group = c.benchmark_group(format!("scoring/{}", kind.name()));
        group.throughput(Throughput::Bytes(bytes as u64));
        for evidence in [false, true] {
            let options = Options { evidence, paragraphs: ParagraphMode::Auto, ..Options::default() };
            let analyzer = Analyzer::new(&Lexicon::english(), options);
            let mut scratch = Scratch::default();
            let name = if evidence { "whole_with_evidence" } else { "whole" };
            group.bench_function(BenchmarkId::from_parameter(name), |b| {
                b.iter(|| {
                    for document in &documents {
                        black_box(analyzer.analyze_with(black_box(document), &mut scratch).map_or(0, |r| r.paragraphs.len()));
                    }
                });
            });
        }
        let analyzer = Analyzer::english();
        let mut scratch = Scratch::default();
        for stage in Stage::ALL {
            group.bench_function(BenchmarkId::from_parameter(stage.name()), |b| {
                b.iter_custom(|iterations| {
                    let mut sum = Duration::ZERO;
                    for _ in 0..iterations {
                        for document in &documents {
                            let mut clock = Instant::now();
                            let lap = |done| {
                                let now = Instant::now();
                                if done == stage {
                                    sum += now - clock;
                                }
                                clock = now;
                            };
                            black_box(analyzer.analyze_in_stages(document, &mut scratch, lap).map_or(0, |r| r.paragraphs.len()));
                        }
                    }
                    sum
                });
            });
        }
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    targets = scoring
}
criterion_main!(benches);
