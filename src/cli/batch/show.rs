//! How a run is going: a bar on a terminal, else a line now and then.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use philippic::corpus::Progress;

/// Between lines where there is no terminal.
const LINES_EVERY: Duration = Duration::from_secs(10);
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// A thread that shows progress until it is finished.
pub(super) struct Shown {
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Shown {
    /// Shows `progress` of `total` bytes; without a total, no time left.
    pub(super) fn start(progress: &Arc<Progress>, total: Option<u64>, quiet: bool) -> Shown {
        let over = Arc::new(AtomicBool::new(false));
        if quiet {
            return Shown { over, thread: None };
        }
        let (progress, stop) = (progress.clone(), over.clone());
        let body = move || if std::io::stderr().is_terminal() { bar(&progress, total, &stop) } else { lines(&progress, total, &stop) };
        Shown { over, thread: std::thread::Builder::new().name("progress".into()).spawn(body).ok() }
    }

    /// Ends the display.
    pub(super) fn finish(self) {
        self.over.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread {
            thread.thread().unpark();
            let _ = thread.join();
        }
    }
}

fn bar(progress: &Progress, total: Option<u64>, over: &AtomicBool) {
    let (bar, template) = match total {
        Some(total) => (ProgressBar::new(total.max(1)), "{bar:30} {percent:>3} %  {msg}  {eta} left"),
        None => (ProgressBar::new_spinner(), "{spinner}  {msg}"),
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    let started = Instant::now();
    while !over.load(Ordering::Relaxed) {
        bar.set_position(progress.read.load(Ordering::Relaxed));
        bar.set_message(state(progress, started));
        std::thread::park_timeout(LOOK_EVERY);
    }
    bar.finish_and_clear();
}

fn lines(progress: &Progress, total: Option<u64>, over: &AtomicBool) {
    let started = Instant::now();
    let mut said = started;
    while !over.load(Ordering::Relaxed) {
        std::thread::park_timeout(LOOK_EVERY);
        if said.elapsed() < LINES_EVERY || over.load(Ordering::Relaxed) {
            continue;
        }
        said = Instant::now();
        let read = progress.read.load(Ordering::Relaxed);
        let left = match total {
            Some(total) if read > 0 => {
                let share = (read as f64 / total.max(1) as f64).min(1.0);
                let left = started.elapsed().as_secs_f64() * (1.0 - share) / share.max(1e-9);
                format!("{:.0} %, {}, {} left", share * 100.0, state(progress, started), time(Duration::from_secs_f64(left.min(1e9))))
            }
            _ => state(progress, started),
        };
        eprintln!("philippic: {left}");
    }
}

fn state(progress: &Progress, started: Instant) -> String {
    let rate = progress.text.load(Ordering::Relaxed) as f64 / 1e6 / started.elapsed().as_secs_f64().max(1e-9);
    let documents = progress.documents.load(Ordering::Relaxed);
    let rejects = progress.rejects.load(Ordering::Relaxed);
    format!("{documents} documents, {rate:.1} MB/s, {rejects} rejected")
}

/// `1.5 GB`.
pub(super) fn bytes(count: u64) -> String {
    let units = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
    let size = count as f64;
    units
        .iter()
        .find(|(unit, _)| size >= *unit)
        .map_or_else(|| format!("{count} bytes"), |(unit, name)| format!("{:.1} {name}", size / unit))
}

/// `2 h 05 min`, `3 min 20 s`, `4.2 s`.
pub(super) fn time(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        3600.. => format!("{} h {:02} min", seconds / 3600, seconds % 3600 / 60),
        60.. => format!("{} min {:02} s", seconds / 60, seconds % 60),
        _ => format!("{:.1} s", time.as_secs_f64()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts() {
        assert_eq!([bytes(999), bytes(1500), bytes(2_000_000_000)], ["999 bytes", "1.5 kB", "2.0 GB"]);
        assert_eq!(
            [time(Duration::from_millis(4200)), time(Duration::from_secs(200)), time(Duration::from_secs(7500))],
            ["4.2 s", "3 min 20 s", "2 h 05 min"]
        );
    }
}
