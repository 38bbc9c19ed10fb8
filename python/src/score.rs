//! The threads: rows are cut into chunks, workers take them in order, results are put back in order. The output does not depend on
//! the number of workers.

use std::ops::Range;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use arrow_array::RecordBatch;
use philippic::AnalyzeError;
use philippic::corpus::{RowScorer, TableKind, Tables};
use philippic::segment::ParagraphMode;
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;

use crate::analyzer::Pool;
use crate::columns::{BadFigures, BadText, Columns};

/// A chunk has about so many bytes of text: enough to outweigh its overhead, few enough that all workers have some.
const CHUNK: Range<usize> = 16 << 10..1 << 20;
/// Chunks for each worker, as far as there is text for them.
const SHARES: usize = 8;
/// How often the interpreter is asked for Ctrl-C.
const ATTENTIVE: Duration = Duration::from_millis(100);

/// What is to be scored, and how.
pub(crate) struct Job<'a> {
    pub(crate) analyzer: &'a philippic::Analyzer,
    pub(crate) pool: &'a Pool,
    pub(crate) tables: &'a Tables,
    pub(crate) kinds: &'a [TableKind],
    pub(crate) paragraphs: ParagraphMode,
    pub(crate) assume_english: bool,
    pub(crate) columns: &'a [Columns],
    pub(crate) threads: usize,
}

/// Rows of one batch.
struct Chunk<'a> {
    columns: &'a Columns,
    rows: Range<usize>,
}

enum Failure {
    Text(BadText),
    Figures(BadFigures),
    Analysis(String),
    Arrow(String),
    Panic(usize, usize),
}

impl From<BadText> for Failure {
    fn from(bad: BadText) -> Failure {
        Failure::Text(bad)
    }
}

impl From<BadFigures> for Failure {
    fn from(bad: BadFigures) -> Failure {
        Failure::Figures(bad)
    }
}

impl Failure {
    fn into_error(self, py: Python<'_>) -> PyErr {
        match self {
            Failure::Text(bad) => bad.into_error(py),
            Failure::Figures(bad) => bad.into_error(),
            Failure::Analysis(message) => PyValueError::new_err(message),
            Failure::Arrow(message) => PyRuntimeError::new_err(message),
            Failure::Panic(from, to) => PyRuntimeError::new_err(format!(
                "the scorer failed on a row of {from} to {to}; please report this with these rows if you can"
            )),
        }
    }
}

type Scored = Result<Vec<RecordBatch>, Failure>;

/// Scores everything: the batches of each table. The GIL is free meanwhile; Ctrl-C ends the work.
pub(crate) fn run(py: Python<'_>, job: &Job<'_>) -> PyResult<Vec<Vec<RecordBatch>>> {
    let mut results: Vec<Option<Scored>> = py.detach(|| {
        let chunks = job.chunks();
        if chunks.len() < 2 {
            return Ok(chunks.iter().map(|chunk| Some(job.work(chunk))).collect());
        }
        job.in_parallel(&chunks)
    })?;
    let mut tables = vec![Vec::with_capacity(results.len()); job.kinds.len()];
    for result in results.iter_mut().map_while(Option::take) {
        let batches = result.map_err(|failure| failure.into_error(py))?;
        for (table, batch) in tables.iter_mut().zip(batches) {
            if batch.num_rows() > 0 {
                table.push(batch);
            }
        }
    }
    Ok(tables)
}

impl<'a> Job<'a> {
    fn chunks(&self) -> Vec<Chunk<'a>> {
        let bytes: usize = self.columns.iter().map(|c| (0..c.rows).map(|row| c.bytes(row)).sum::<usize>()).sum();
        let size = (bytes / (self.threads * SHARES)).clamp(CHUNK.start, CHUNK.end);
        let mut chunks = Vec::new();
        for columns in self.columns {
            let (mut start, mut held) = (0, 0);
            for row in 0..columns.rows {
                held += columns.bytes(row) + 64;
                if held >= size {
                    chunks.push(Chunk { columns, rows: start..row + 1 });
                    (start, held) = (row + 1, 0);
                }
            }
            if start < columns.rows {
                chunks.push(Chunk { columns, rows: start..columns.rows });
            }
        }
        chunks
    }

    fn work(&self, chunk: &Chunk<'_>) -> Scored {
        let body = || {
            let scratch = self.pool.take();
            let analysis = |e: AnalyzeError| Failure::Analysis(e.to_string());
            let mut scorer =
                RowScorer::new(self.analyzer, self.tables, self.kinds, self.paragraphs, self.assume_english, scratch).map_err(analysis)?;
            chunk.columns.each(chunk.rows.clone(), |row| {
                let pushed = scorer.push(row.id, row.text, row.keep, row.figures);
                pushed.map_err(|e| Failure::Analysis(format!("row with id {:?}: {e}", row.id)))
            })?;
            let batches = scorer.finish().map_err(|e| Failure::Arrow(e.to_string()))?;
            self.pool.give(scorer.into_scratch());
            Ok(batches)
        };
        let before = chunk.columns.before;
        std::panic::catch_unwind(AssertUnwindSafe(body))
            .unwrap_or(Err(Failure::Panic(before + chunk.rows.start, before + chunk.rows.end.saturating_sub(1))))
    }

    fn in_parallel(&self, chunks: &[Chunk<'_>]) -> PyResult<Vec<Option<Scored>>> {
        let next = AtomicUsize::new(0);
        let stop = AtomicBool::new(false);
        let mut results: Vec<Option<Scored>> = chunks.iter().map(|_| None).collect();
        let mut interrupted = Ok(());
        std::thread::scope(|scope| {
            let (done, arrived) = mpsc::channel();
            for _ in 0..self.threads.min(chunks.len()) {
                let (done, next, stop) = (done.clone(), &next, &stop);
                scope.spawn(move || {
                    // Chunks are taken in order, so that of several failures the first row's is found.
                    while !stop.load(Ordering::Relaxed) {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        let Some(chunk) = chunks.get(number) else { return };
                        let result = self.work(chunk);
                        if result.is_err() {
                            stop.store(true, Ordering::Relaxed);
                        }
                        if done.send((number, result)).is_err() {
                            return;
                        }
                    }
                });
            }
            drop(done);
            loop {
                match arrived.recv_timeout(ATTENTIVE) {
                    Ok((number, result)) => results[number] = Some(result),
                    Err(RecvTimeoutError::Disconnected) => return,
                    Err(RecvTimeoutError::Timeout) => {
                        if interrupted.is_ok() {
                            interrupted = Python::attach(|py| py.check_signals());
                        }
                        if interrupted.is_err() {
                            stop.store(true, Ordering::Relaxed);
                        }
                    }
                }
            }
        });
        interrupted.map(|()| results)
    }
}
