//! The run: one reader thread, workers, and the ordered writer in the calling thread.
//!
//! ```text
//! reader ──chunks──▶ workers (parse, score, encode) ──▶ writer (in order) ──▶ spools, rejects, journal
//!    ▲                                                      │
//!    └───────────────── budget of bytes in flight ◀─────────┘
//! ```
//!
//! A chunk is some records in a row; where chunks are cut depends on the input alone, not on threads or time. Row groups and
//! journal entries fall on the ends of chunks, so that a resumed run writes the same bytes as an undisturbed one. The
//! reader may be only so many bytes ahead of the writer: that bounds memory.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{Seek, SeekFrom, Write};
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, Once, PoisonError};
use std::time::{Duration, Instant};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded, unbounded};
use serde_json::json;

use super::error::{CorpusError, RejectKind};
use super::inputs::Source;
use super::journal::{self, Journal, Position};
use super::language::{self, Language};
use super::read::{self, ReadOptions};
use super::record::{Payload, Place, RawRecord, Reject, prepare};
use super::tables::{Scored, TableKind, Tables};
use super::tally::Tally;
use super::write::{Encoder, Outputs, Part, Spool, spool};
use crate::lexicon::fnv1a;
use crate::report::Report;
use crate::segment::{ParagraphMode, Span};
use crate::{Analyzer, Scratch, UnitKind, units};

/// A chunk ends with the record that brings it to one of these.
const CHUNK_RECORDS: usize = 64;
const CHUNK_BYTES: usize = 128 << 10;
/// Bytes of raw records between the reader and the writer: room for others to go on beside the longest documents.
const IN_FLIGHT: usize = 32 << 20;
/// Documents from this size on are scored one at a time, and their buffers given back.
const GIANT: usize = 1 << 20;
/// Stack of a worker: HTML parsers go deep.
const STACK: usize = 16 << 20;
/// What is written is brought to the disk at most so often.
const DURABLE_EVERY: Duration = Duration::from_secs(2);

/// What a run is asked to do.
pub struct Job {
    /// Scores the documents.
    pub analyzer: Analyzer,
    /// How paragraphs of documents in other languages are cut.
    pub paragraphs: ParagraphMode,
    /// What is read, in this order.
    pub sources: Vec<Source>,
    /// How it is read.
    pub read: ReadOptions,
    /// What is written.
    pub outputs: Outputs,
    /// Its columns.
    pub tables: Tables,
    /// Score every document as English.
    pub assume_english: bool,
    /// Number of workers.
    pub jobs: usize,
    /// Stop when more records than this were rejected.
    pub max_rejects: Option<u64>,
    /// Go on with an unfinished run.
    pub resume: bool,
    /// Replace outputs that are there.
    pub overwrite: bool,
    /// Bytes of text between journal entries (lines), rows of a row group (Parquet, Arrow).
    pub checkpoint: u64,
    /// Rows of a row group.
    pub row_group: usize,
    /// What else decides the output: contents of files that the analyzer was made from.
    pub settings: String,
}

/// What a run has done, to look at from another thread.
#[derive(Debug, Default)]
pub struct Progress {
    /// Bytes read from the disk, compressed as they lie there.
    pub read: Arc<AtomicU64>,
    /// Documents written.
    pub documents: AtomicU64,
    /// Records rejected.
    pub rejects: AtomicU64,
    /// Bytes of text scored.
    pub text: AtomicU64,
    /// Set from outside: stop soon, keep what was done.
    pub stop: AtomicBool,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// All is read and written.
    Finished,
    /// All was there already, from an earlier run.
    Already,
    /// [`Progress::stop`] was set; the journal is there.
    Interrupted,
    /// More records were rejected than allowed; the journal is there.
    TooManyRejects(u64),
}

/// Runs a job to its end, or to what stops it. Also gives the counts over all parts of the run, resumed ones too.
///
/// # Errors
/// A [`CorpusError`]: nothing was started, or the output cannot be written; the journal then says how far it is safe.
pub fn run(job: Job, progress: &Arc<Progress>) -> Result<(Outcome, Tally), CorpusError> {
    let names = job.names();
    if job.outputs.is_stdout() {
        let writer = Writer::open(&job, &names, job.journal())?;
        let job = Arc::new(job);
        let (shared, results) = start(&job, progress, Position::default())?;
        let (outcome, journal) = writer.run(&shared, &results)?;
        return Ok((outcome, journal.tally));
    }
    // Where all is to be written anew, a journal does not matter, whatever is in it.
    let anew = job.overwrite && !job.resume;
    let earlier = if anew { None } else { Journal::read(&names.journal)? };
    let done = names.tables[0].0.exists();
    let resumed = match earlier {
        Some(journal) if job.resume => Some(journal),
        Some(_) => return Err(CorpusError::Unfinished(job.outputs.path.clone())),
        None if job.resume && done && !job.overwrite => return Ok((Outcome::Already, Tally::default())),
        None => None,
    };
    if resumed.is_none()
        && !job.overwrite
        && let Some((path, _)) = names.tables.iter().find(|(path, _)| path.exists())
    {
        return Err(CorpusError::Exists(path.clone()));
    }
    let mut journal = job.journal();
    if let Some(earlier) = resumed {
        let bad = |what: &str| Err(CorpusError::Journal { path: names.journal.clone(), what: what.to_string() });
        if earlier.settings != journal.settings {
            return bad("the options, lexicons or program version are not those of the unfinished run");
        }
        if earlier.inputs != journal.inputs {
            return bad("the inputs are not those of the unfinished run");
        }
        if earlier.lengths.len() != names.tables.len() {
            return bad("its tables are others");
        }
        journal = earlier;
    }
    progress.documents.store(journal.tally.documents, Ordering::Relaxed);
    progress.rejects.store(journal.tally.rejected(), Ordering::Relaxed);
    if !journal.finishing {
        let writer = Writer::open(&job, &names, journal.clone())?;
        let job = Arc::new(job);
        let (shared, results) = start(&job, progress, journal.position)?;
        let (outcome, journal) = writer.run(&shared, &results)?;
        if outcome == Outcome::Finished {
            finish(&job, &names, &journal)?;
        }
        return Ok((outcome, journal.tally));
    }
    finish(&job, &names, &journal)?;
    Ok((Outcome::Finished, journal.tally))
}

/// Puts the outputs in place, the main one last.
fn finish(job: &Job, names: &Names, journal: &Journal) -> Result<(), CorpusError> {
    for (i, table) in job.outputs.tables.iter().enumerate().rev() {
        let (out, from) = &names.tables[i];
        spool::finish(from, out, table, job.outputs.format, &job.metadata(table.kind, &journal.tally))?;
        remove(&job.outputs.so_far(i));
    }
    remove(&names.journal);
    Ok(())
}

fn remove(path: &std::path::Path) {
    // It may not be there.
    let _ = std::fs::remove_file(path);
}

/// Paths of a run.
struct Names {
    /// Output and spool of each table.
    tables: Vec<(PathBuf, PathBuf)>,
    rejects: Option<PathBuf>,
    journal: PathBuf,
}

impl Job {
    /// The journal of a run that has done nothing yet.
    fn journal(&self) -> Journal {
        Journal {
            journal: journal::VERSION,
            settings: self.settings_hash(),
            inputs: self.inputs_hash(),
            position: Position::default(),
            lengths: Vec::new(),
            rejects: 0,
            tally: Tally::default(),
            finishing: false,
        }
    }

    fn names(&self) -> Names {
        let outputs = &self.outputs;
        Names {
            tables: (0..outputs.tables.len()).map(|i| (outputs.table_path(i), outputs.spool(i))).collect(),
            rejects: outputs.rejects(),
            journal: outputs.journal(),
        }
    }

    /// The provenance of an empty report: version, lexicons, options.
    fn blank(&self) -> Option<Report> {
        self.analyzer.analyze("").ok()
    }

    /// What is said of the run in a Parquet or Arrow file. No times, so that the same run gives the same bytes.
    pub fn metadata(&self, kind: TableKind, tally: &Tally) -> Vec<(String, String)> {
        let provenance = self.blank().map(|report| json!(report.provenance)).unwrap_or_default();
        vec![
            ("philippic.table".to_string(), kind.name().to_string()),
            ("philippic.provenance".to_string(), provenance.to_string()),
            ("philippic.summary".to_string(), json!(tally).to_string()),
        ]
    }

    fn settings_hash(&self) -> String {
        let provenance = self.blank().map(|report| json!(report.provenance)).unwrap_or_default();
        let columns: Vec<String> = self
            .outputs
            .tables
            .iter()
            .flat_map(|t| std::iter::once(t.kind.name().to_string()).chain(t.columns.iter().map(|c| c.name.clone())))
            .collect();
        let all = json!([
            provenance,
            self.outputs.format,
            columns,
            self.tables.keep(),
            self.read.fields,
            self.read.max_document,
            self.read.max_ratio,
            self.read.encoding,
            self.assume_english,
            if self.outputs.format.is_columnar() { self.row_group } else { 0 },
            self.settings,
        ]);
        format!("{:016x}", fnv1a(all.to_string().as_bytes()))
    }

    fn inputs_hash(&self) -> String {
        format!("{:016x}", fnv1a(json!(self.sources).to_string().as_bytes()))
    }
}

/// Some records in a row.
struct Chunk {
    number: u64,
    records: Vec<RawRecord>,
    bytes: usize,
    /// Where reading goes on after it.
    next: Position,
}

/// A chunk that went through a worker.
struct Done {
    number: u64,
    bytes: usize,
    next: Position,
    parts: Result<Vec<Part>, String>,
    /// Lines of the rejects file.
    rejects: Vec<u8>,
    tally: Tally,
}

/// Bytes in flight.
struct Budget {
    used: Mutex<usize>,
    freed: Condvar,
}

impl Budget {
    /// Waits until there is room; a chunk over the whole budget waits until it is alone. `false` if the run stops meanwhile.
    fn take(&self, bytes: usize, stop: &AtomicBool) -> bool {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        while *used > 0 && *used + bytes > IN_FLIGHT {
            if stop.load(Ordering::Relaxed) {
                return false;
            }
            used = self.freed.wait_timeout(used, Duration::from_millis(100)).unwrap_or_else(PoisonError::into_inner).0;
        }
        *used += bytes;
        true
    }

    fn give(&self, bytes: usize) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        *used = used.saturating_sub(bytes);
        self.freed.notify_all();
    }
}

/// What all threads see.
struct Shared {
    job: Arc<Job>,
    progress: Arc<Progress>,
    budget: Budget,
    /// Chunks that the reader has handed out.
    sent: AtomicU64,
    /// Set where the run ends early: the reader takes nothing more.
    halt: AtomicBool,
    giant: Mutex<()>,
}

impl Shared {
    fn stopped(&self) -> bool {
        self.halt.load(Ordering::Relaxed) || self.progress.stop.load(Ordering::Relaxed)
    }
}

/// Starts the reader and the workers. The reader is not waited for: it may hang in a read that never returns.
fn start(job: &Arc<Job>, progress: &Arc<Progress>, from: Position) -> Result<(Arc<Shared>, Receiver<Done>), CorpusError> {
    let jobs = job.jobs.max(1);
    let shared = Arc::new(Shared {
        job: job.clone(),
        progress: progress.clone(),
        budget: Budget { used: Mutex::new(0), freed: Condvar::new() },
        sent: AtomicU64::new(0),
        halt: AtomicBool::new(false),
        giant: Mutex::new(()),
    });
    let (work, chunks) = bounded::<Chunk>(jobs * 2);
    let (done, results) = unbounded::<Done>();
    let spawn = |name: String, body: Box<dyn FnOnce() + Send>| {
        std::thread::Builder::new().name(name).stack_size(STACK).spawn(body).map(drop).map_err(|_| CorpusError::Worker)
    };
    for i in 0..jobs {
        let (shared, chunks, done) = (shared.clone(), chunks.clone(), done.clone());
        spawn(format!("worker {i}"), Box::new(move || work_on(&shared, &chunks, &done)))?;
    }
    let reading = shared.clone();
    spawn("reader".to_string(), Box::new(move || read_all(&reading, from, &work)))?;
    Ok((shared, results))
}

/// Reads all sources from `start` on and hands out chunks.
fn read_all(shared: &Shared, start: Position, work: &Sender<Chunk>) {
    let mut chunk = Vec::new();
    let mut bytes = 0;
    let mut number = 0;
    let mut send = |records: Vec<RawRecord>, bytes: usize, next: Position| {
        if !shared.budget.take(bytes, &shared.halt) || shared.stopped() {
            return false;
        }
        shared.sent.fetch_add(1, Ordering::SeqCst);
        number += 1;
        work.send(Chunk { number: number - 1, records, bytes, next }).is_ok()
    };
    let sources = &shared.job.sources;
    for (index, source) in sources.iter().enumerate().skip(start.source) {
        let before = shared.progress.read.load(Ordering::Relaxed);
        let skip = if index == start.source { start.record } else { 0 };
        let mut record = 0;
        let mut reader = quietly(|| read::open(source, &shared.job.read, shared.progress.read.clone())).unwrap_or_else(|| Err(broken()));
        let mut last = false;
        while !last {
            if shared.stopped() {
                return;
            }
            let next = match &mut reader {
                Ok(reader) => quietly(|| reader.next_record()).unwrap_or_else(|| Err(broken())),
                Err(reject) => Err(reject.clone()),
            };
            let (place, payload) = match next {
                Ok(Some(found)) => found,
                Ok(None) => break,
                Err(reject) => {
                    last = true;
                    (Place::default(), Payload::Bad(reject))
                }
            };
            record += 1;
            if record <= skip {
                continue;
            }
            bytes += payload.len() + 64;
            chunk.push(RawRecord { source: index as u32, place, payload });
            if bytes >= CHUNK_BYTES || chunk.len() >= CHUNK_RECORDS {
                let next = Position { source: index, record };
                if !send(std::mem::take(&mut chunk), std::mem::take(&mut bytes), next) {
                    return;
                }
            }
        }
        // What was given up or read by other ways counts as read.
        if let Some(size) = source.bytes {
            let read = shared.progress.read.load(Ordering::Relaxed).saturating_sub(before);
            shared.progress.read.fetch_add(size.saturating_sub(read), Ordering::Relaxed);
        }
    }
    send(chunk, bytes, Position { source: sources.len(), record: 0 });
}

fn broken() -> Reject {
    Reject::new(RejectKind::Unreadable, "the reader failed on it; please report this with the file if you can", Vec::new())
}

/// One worker: until there are no more chunks.
fn work_on(shared: &Shared, chunks: &Receiver<Chunk>, done: &Sender<Done>) {
    let Ok(mut worker) = Worker::new(shared) else { return };
    for chunk in chunks {
        let (number, bytes, next) = (chunk.number, chunk.bytes, chunk.next);
        for record in chunk.records {
            worker.record(record);
        }
        let sent = done.send(Done {
            number,
            bytes,
            next,
            parts: worker.encoder.take(),
            rejects: std::mem::take(&mut worker.rejects),
            tally: std::mem::take(&mut worker.tally),
        });
        if sent.is_err() {
            return;
        }
    }
}

struct Worker<'s> {
    shared: &'s Shared,
    encoder: Encoder,
    scratch: Scratch,
    blank: Report,
    rejects: Vec<u8>,
    tally: Tally,
}

impl<'s> Worker<'s> {
    fn new(shared: &'s Shared) -> Result<Worker<'s>, CorpusError> {
        Ok(Worker {
            shared,
            encoder: Encoder::new(&shared.job.tables, &shared.job.outputs)?,
            scratch: Scratch::default(),
            blank: shared.job.blank().ok_or(CorpusError::Worker)?,
            rejects: Vec::new(),
            tally: Tally::default(),
        })
    }

    fn record(&mut self, record: RawRecord) {
        let RawRecord { source, place, payload } = record;
        if let Payload::Skip(what) = payload {
            *self.tally.skipped.entry(what.to_string()).or_default() += 1;
            return;
        }
        let shared = self.shared;
        let job = &shared.job;
        let source = &job.sources[source as usize];
        let giant = payload.len() >= GIANT;
        let alone = giant.then(|| shared.giant.lock().unwrap_or_else(PoisonError::into_inner));
        let document = match prepare(payload, &job.read.fields) {
            Ok(document) => document,
            Err(reject) => return self.reject(source, place, &reject),
        };
        let id = match &document.id {
            Some(id) => id.clone(),
            None => match place {
                Place { line: Some(n), .. } | Place { row: Some(n), .. } | Place { byte: Some(n), .. } => format!("{}#{n}", source.name),
                _ => source.name.clone(),
            },
        };
        let language = if job.assume_english { Language::ENGLISH } else { language::detect(&document.text) };
        let mut unscored: Vec<Span> = Vec::new();
        let mut report = None;
        if language == Language::ENGLISH {
            let scored = quietly(|| job.analyzer.analyze_about(&document.text, &document.figures, &mut self.scratch));
            match scored {
                Some(Ok(mut scored)) => {
                    scored.id = Some(id.clone());
                    self.tally.report(&scored);
                    report = Some(scored);
                }
                failed => {
                    self.scratch = Scratch::default();
                    let message = match failed {
                        Some(Err(error)) => error.to_string(),
                        _ => "the scorer failed on it; please report this with the record if you can".to_string(),
                    };
                    return self.reject(source, place, &Reject::new(RejectKind::Analysis, message, document.text));
                }
            }
        } else {
            let cut = units(job.analyzer.lexicon(), &document.text, job.paragraphs, UnitKind::Paragraphs).unwrap_or_default();
            unscored.extend(cut.iter().map(|unit| Span { start: unit.start, end: unit.end }));
            self.blank.id = Some(id.clone());
            self.blank.language = language.0.to_string();
        }
        self.tally.documents += 1;
        self.tally.text_bytes += document.text.len() as u64;
        *self.tally.languages.entry(language.0.to_string()).or_default() += 1;
        if let Some(encoding) = document.guessed {
            *self.tally.guessed_encodings.entry(encoding.to_string()).or_default() += 1;
        }
        self.encoder.push(&Scored {
            id: &id,
            language: language.0,
            bytes: document.text.len(),
            keep: &document.keep,
            json: document.json,
            blank: &self.blank,
            report: report.as_ref(),
            unscored: &unscored,
        });
        if giant {
            self.scratch = Scratch::default();
        }
        drop(alone);
    }

    fn reject(&mut self, source: &Source, place: Place, reject: &Reject) {
        *self.tally.rejects.entry(reject.kind).or_default() += 1;
        let mut line = json!({"file": source.name});
        if let Some(line) = line.as_object_mut() {
            if let Ok(serde_json::Value::Object(place)) = serde_json::to_value(place) {
                line.extend(place);
            }
            line.insert("reason".into(), reject.kind.name().into());
            line.insert("message".into(), reject.message.as_str().into());
            line.insert("raw".into(), String::from_utf8_lossy(&reject.raw).into());
            if std::str::from_utf8(&reject.raw).is_err() {
                line.insert("raw_base64".into(), BASE64_STANDARD.encode(&reject.raw).into());
            }
            if let Some(length) = reject.length {
                line.insert("length".into(), length.into());
            }
        }
        self.rejects.extend_from_slice(line.to_string().as_bytes());
        self.rejects.push(b'\n');
    }
}

/// Appends chunks in order and keeps the journal.
struct Writer {
    outputs: Outputs,
    names: Names,
    spools: Vec<Spool>,
    rejects: Option<std::fs::File>,
    journal: Journal,
    /// Counts of all that was appended; the journal's are those of its last entry.
    tally: Tally,
    position: Position,
    rejects_length: u64,
    /// Bytes of text since the last entry.
    since: u64,
    durable: Instant,
    checkpoint: u64,
    row_group: usize,
    max_rejects: u64,
}

impl Writer {
    fn open(job: &Job, names: &Names, journal: Journal) -> Result<Writer, CorpusError> {
        let anew = journal.lengths.is_empty();
        let mut spools = Vec::new();
        for (i, table) in job.outputs.tables.iter().enumerate() {
            let keep = journal.lengths.get(i).copied();
            let stale = anew.then_some(names.journal.as_path());
            spools.push(if job.outputs.is_stdout() {
                Spool::stdout(table, job.outputs.format)?
            } else {
                Spool::open(&names.tables[i].1, table, job.outputs.format, keep, stale)?
            });
        }
        if let (true, Some(rejects)) = (anew, &names.rejects) {
            remove(rejects);
        }
        let mut writer = Writer {
            outputs: job.outputs.clone(),
            names: job.names(),
            spools,
            rejects: None,
            tally: journal.tally.clone(),
            position: journal.position,
            rejects_length: journal.rejects,
            journal,
            since: 0,
            durable: Instant::now(),
            checkpoint: job.checkpoint,
            row_group: job.row_group,
            max_rejects: job.max_rejects.unwrap_or(u64::MAX),
        };
        if anew {
            writer.commit(false)?;
        } else if let Some(path) = names.rejects.as_deref().filter(|path| path.exists()) {
            writer.rejects_file(path)?;
        }
        Ok(writer)
    }

    /// The rejects file, cut to what the journal knows.
    fn rejects_file(&mut self, path: &std::path::Path) -> Result<&mut std::fs::File, CorpusError> {
        if self.rejects.is_none() {
            let open = || -> std::io::Result<std::fs::File> {
                let mut file = std::fs::OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
                file.set_len(self.rejects_length)?;
                file.seek(SeekFrom::End(0))?;
                Ok(file)
            };
            self.rejects = Some(open().map_err(CorpusError::io(path))?);
        }
        self.rejects.as_mut().ok_or(CorpusError::Worker)
    }

    fn run(mut self, shared: &Shared, results: &Receiver<Done>) -> Result<(Outcome, Journal), CorpusError> {
        let outcome = self.drain(shared, results);
        shared.halt.store(true, Ordering::SeqCst);
        shared.budget.freed.notify_all();
        let outcome = outcome?;
        let finished = outcome == Outcome::Finished;
        if finished {
            self.cut()?;
            self.journal.finishing = true;
            self.commit(true)?;
        } else if !self.outputs.format.is_columnar() {
            self.commit(true)?;
        } else {
            // Row groups must fall where they would have fallen: what waits is shown, but the journal does not count it.
            self.cut()?;
            for (i, table) in self.outputs.tables.iter().enumerate() {
                self.spools[i].commit(false)?;
                let metadata = shared.job.metadata(table.kind, &self.tally);
                spool::assemble(&self.names.tables[i].1, &self.outputs.so_far(i), table, self.outputs.format, &metadata)?;
            }
        }
        Ok((outcome, self.journal))
    }

    /// Appends chunks in their order until there are no more, or the run is to stop.
    fn drain(&mut self, shared: &Shared, results: &Receiver<Done>) -> Result<Outcome, CorpusError> {
        let mut waiting: BTreeMap<u64, Done> = BTreeMap::new();
        let mut next = 0;
        let mut quiet = 0;
        loop {
            match results.recv_timeout(Duration::from_millis(100)) {
                Ok(done) => {
                    quiet = 0;
                    waiting.insert(done.number, done);
                }
                Err(RecvTimeoutError::Timeout) => quiet += 1,
                Err(RecvTimeoutError::Disconnected) => {
                    // The last chunk leads behind the last source.
                    return if self.position.source >= shared.job.sources.len() && next == shared.sent.load(Ordering::SeqCst) {
                        Ok(Outcome::Finished)
                    } else if shared.progress.stop.load(Ordering::Relaxed) {
                        Ok(Outcome::Interrupted)
                    } else {
                        Err(CorpusError::Worker)
                    };
                }
            }
            while let Some(done) = waiting.remove(&next) {
                next += 1;
                shared.budget.give(done.bytes);
                self.append(done, shared)?;
                if self.tally.rejected() > self.max_rejects {
                    return Ok(Outcome::TooManyRejects(self.tally.rejected()));
                }
            }
            // The reader may hang in a read: what it has handed out is done, and nothing more came for a while.
            if shared.progress.stop.load(Ordering::Relaxed) && quiet >= 3 && next == shared.sent.load(Ordering::SeqCst) {
                return Ok(Outcome::Interrupted);
            }
        }
    }

    fn append(&mut self, done: Done, shared: &Shared) -> Result<(), CorpusError> {
        let encode = |message| CorpusError::Encode { path: self.outputs.path.clone(), message };
        let parts = done.parts.map_err(encode)?;
        for (spool, part) in self.spools.iter_mut().zip(parts) {
            spool.append(part)?;
        }
        if let (false, Some(path)) = (done.rejects.is_empty(), self.names.rejects.clone()) {
            self.rejects_file(&path)?.write_all(&done.rejects).map_err(CorpusError::io(path))?;
            self.rejects_length += done.rejects.len() as u64;
        }
        self.tally.merge(&done.tally);
        self.position = done.next;
        self.since += done.bytes as u64;
        let progress = &shared.progress;
        progress.documents.store(self.tally.documents, Ordering::Relaxed);
        progress.rejects.store(self.tally.rejected(), Ordering::Relaxed);
        progress.text.fetch_add(done.tally.text_bytes, Ordering::Relaxed);
        if self.outputs.format.is_columnar() {
            if self.spools.iter().any(|spool| spool.waiting() >= self.row_group) {
                self.cut()?;
                self.commit(false)?;
            }
        } else if self.since >= self.checkpoint {
            self.commit(false)?;
        }
        Ok(())
    }

    fn cut(&mut self) -> Result<(), CorpusError> {
        self.spools.iter_mut().try_for_each(Spool::cut)
    }

    /// A journal entry: all that was appended is safe.
    fn commit(&mut self, durable: bool) -> Result<(), CorpusError> {
        let durable = durable || self.durable.elapsed() >= DURABLE_EVERY;
        if durable {
            self.durable = Instant::now();
        }
        self.journal.lengths = self.spools.iter_mut().map(|spool| spool.commit(durable)).collect::<Result<_, _>>()?;
        self.journal.rejects = self.rejects_length;
        self.journal.position = self.position;
        self.journal.tally.clone_from(&self.tally);
        self.since = 0;
        if self.outputs.is_stdout() { Ok(()) } else { self.journal.write(&self.names.journal, durable) }
    }
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `body`; a panic in it gives nothing, and says nothing.
pub(crate) fn quietly<T>(body: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                before(info);
            }
        }));
    });
    let outer = QUIET.replace(true);
    let result = std::panic::catch_unwind(AssertUnwindSafe(body));
    QUIET.set(outer);
    result.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panics_are_caught() {
        assert_eq!(quietly(|| 1), Some(1));
        assert_eq!(quietly(|| -> u8 { panic!("not shown") }), None);
    }
}
