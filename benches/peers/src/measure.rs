//! Rounds, medians, and the table of them.

use std::hint::black_box;
use std::time::Instant;

/// Something to run, with what it gives for the text: a sum, so that nothing is optimised away and answers can be compared.
pub struct Engine<'t> {
    pub name: &'static str,
    pub run: Box<dyn FnMut() -> usize + 't>,
}

impl<'t> Engine<'t> {
    pub fn new(name: &'static str, run: impl FnMut() -> usize + 't) -> Engine<'t> {
        Engine { name, run: Box::new(run) }
    }
}

/// Seconds of one engine.
pub struct Times {
    pub name: &'static str,
    pub answer: usize,
    sorted: Vec<f64>,
}

impl Times {
    pub fn median(&self) -> f64 {
        self.sorted[self.sorted.len() / 2]
    }
}

/// Runs all engines once to warm up and then `rounds` times in turn.
pub fn rounds(mut engines: Vec<Engine<'_>>, rounds: usize) -> Vec<Times> {
    let mut times: Vec<Times> =
        engines.iter_mut().map(|e| Times { name: e.name, answer: (e.run)(), sorted: Vec::with_capacity(rounds) }).collect();
    for _ in 0..rounds {
        for (engine, times) in engines.iter_mut().zip(&mut times) {
            let start = Instant::now();
            black_box((engine.run)());
            times.sorted.push(start.elapsed().as_secs_f64());
        }
    }
    for times in &mut times {
        times.sorted.sort_by(f64::total_cmp);
    }
    times
}

/// One line for each engine; the first is philippic, to which the others are compared.
pub fn print(title: &str, bytes: usize, times: &[Times]) {
    println!("\n{title}, {bytes} bytes");
    println!("{:<34} {:>9} {:>19} {:>12}", "engine", "MB/s", "(slowest..fastest)", "philippic is");
    let ours = times[0].median();
    for t in times {
        let speed = |seconds: f64| bytes as f64 / seconds / 1e6;
        let spread = format!("({:.0}..{:.0})", speed(t.sorted[t.sorted.len() - 1]), speed(t.sorted[0]));
        println!("{:<34} {:>9.1} {:>19} {:>10.1} x", t.name, speed(t.median()), spread, t.median() / ours);
    }
}
