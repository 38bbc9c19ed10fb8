//! The clock.

use std::hint::black_box;
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use philippic::report::Report;
use philippic::{Analyzer, Scratch, Stage, segment};

use super::corpus::Source;
use super::{BenchArgs, Progress, Size, Spread, Threaded, Timing};

/// The lines of the table, in order. Those of the analysis have the names of [`Stage`].
const READ: &str = "read";
const WORDS: &str = "words";
const PIPELINE: &str = "pipeline";

/// Every stage on one thread. All are measured in every repeat, so that a disturbance of the machine meets all; the first repeat warms up and does
/// not count.
pub(super) fn stages(
    sources: &[Source],
    documents: &[String],
    analyzer: &Analyzer,
    args: &BenchArgs,
    size: &Size,
    progress: &mut Progress,
) -> anyhow::Result<Vec<Timing>> {
    let names: Vec<&str> = [READ, WORDS].into_iter().chain(Stage::ALL.map(Stage::name)).chain([PIPELINE]).collect();
    let mut seconds: Vec<Vec<f64>> = vec![Vec::with_capacity(args.repeats as usize); names.len()];
    let mut scratch = Scratch::default();
    let mut sink = Vec::new();
    for repeat in 0..=args.repeats {
        progress.say("stages", repeat.max(1), args.repeats);
        let mut row = vec![0.0; names.len()];
        let mut clock = Instant::now();
        let mut lap = |slot: &mut f64| {
            let now = Instant::now();
            *slot += (now - clock).as_secs_f64();
            clock = now;
        };
        for source in sources {
            // What cannot be read was said before.
            let _ = black_box(source.read(args.read.encoding.encoding.as_deref()));
        }
        lap(&mut row[0]);
        for document in documents {
            black_box(segment::words(document).count());
            lap(&mut row[1]);
            let report = analyzer.analyze_in_stages(document, &mut scratch, |stage| lap(&mut row[2 + stage as usize]))?;
            write(&report, &mut sink)?;
            drop(report);
            lap(&mut row[2 + Stage::Report as usize]);
        }
        let last = names.len() - 1;
        row[last] = row[..last].iter().sum::<f64>() - row[1];
        if repeat > 0 {
            seconds.iter_mut().zip(row).for_each(|(all, one)| all.push(one));
        }
    }
    Ok(names.iter().zip(seconds).map(|(name, all)| Timing::new(name, Spread::of(all), size)).collect())
}

/// As `score --format jsonl` does.
fn write(report: &Report, sink: &mut Vec<u8>) -> serde_json::Result<()> {
    sink.clear();
    serde_json::to_writer(&mut *sink, report)?;
    black_box(sink.len());
    Ok(())
}

/// Text to report on 1 to `most` threads, each with its own buffers, which take the next document that nobody has taken.
pub(super) fn threads(
    documents: &[String],
    analyzer: &Analyzer,
    repeats: u32,
    most: u32,
    size: &Size,
    progress: &mut Progress,
) -> Vec<Threaded> {
    let mut out: Vec<Threaded> = Vec::new();
    for threads in 1..=most {
        let name = format!("{threads} thread{}", if threads == 1 { "" } else { "s" });
        let seconds = Spread::of(rounds(documents, analyzer, repeats, threads, |repeat| progress.say(&name, repeat, repeats)));
        let alone = out.first().map_or(seconds.median, |one| one.timing.seconds.median);
        let efficiency = if seconds.median > 0.0 { alone / (f64::from(threads) * seconds.median) } else { 1.0 };
        out.push(Threaded { threads, timing: Timing::new(&name, seconds, size), efficiency });
    }
    out
}

fn rounds(documents: &[String], analyzer: &Analyzer, repeats: u32, threads: u32, mut say: impl FnMut(u32)) -> Vec<f64> {
    let next = AtomicUsize::new(0);
    // All start together, and the clock stops when the last one is done.
    let gate = Barrier::new(threads as usize + 1);
    let mut seconds = Vec::with_capacity(repeats as usize);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut scratch = Scratch::default();
                for _ in 0..=repeats {
                    gate.wait();
                    while let Some(document) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
                        black_box(analyzer.analyze_with(document, &mut scratch).map_or(0, |report| report.paragraphs.len()));
                    }
                    gate.wait();
                }
            });
        }
        for repeat in 0..=repeats {
            say(repeat.max(1));
            next.store(0, Ordering::Relaxed);
            gate.wait();
            let start = Instant::now();
            gate.wait();
            if repeat > 0 {
                seconds.push(start.elapsed().as_secs_f64());
            }
        }
    });
    seconds
}

/// The most memory that the process held, from Linux's `/proc`; `None` elsewhere.
pub(super) fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kb| kb * 1024)
}
