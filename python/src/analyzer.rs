//! The analyzer: texts to reports, Arrow data to tables.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use philippic::corpus::{TableKind, Tables, report_batch};
use philippic::heatmap::{DocumentView, html};
use philippic::lexicon::{Lexicon, LexiconFile};
use philippic::report::Via;
use philippic::segment::ParagraphMode;
use philippic::{KnownFigure, Options, Scratch};
use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;

use crate::columns::{Columns, Names};
use crate::score;
use crate::table::Table;

/// Scores texts with one set of lexicons and options. Built once; any thread may use it.
#[pyclass(frozen, module = "philippic._philippic")]
pub(crate) struct Analyzer {
    plain: philippic::Analyzer,
    with_evidence: philippic::Analyzer,
    paragraphs: ParagraphMode,
    pool: Pool,
}

/// Buffers that are warm, for whichever thread comes next.
#[derive(Default)]
pub(crate) struct Pool(Mutex<Vec<Scratch>>);

/// More buffers than cores are of no use.
const POOLED: usize = 64;

impl Pool {
    pub(crate) fn take(&self) -> Scratch {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    pub(crate) fn give(&self, scratch: Scratch) {
        let mut pool = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pool.len() < POOLED {
            pool.push(scratch);
        }
    }
}

#[pymethods]
impl Analyzer {
    /// `lexicons` are names and texts, `figures` is JSON.
    #[new]
    fn new(
        py: Python<'_>,
        lexicons: Vec<(String, String)>,
        figures: &str,
        paragraphs: &str,
        without: Vec<String>,
        drop_links: Vec<String>,
    ) -> PyResult<Analyzer> {
        let figures: Vec<KnownFigure> = serde_json::from_str(figures).map_err(|e| PyValueError::new_err(format!("figures: {e}")))?;
        let paragraphs = crate::paragraph_mode(paragraphs)?;
        let link = |name: &String| match name.as_str() {
            "alias" => Ok(Via::Alias),
            "title" => Ok(Via::Title),
            "pronoun" => Ok(Via::Pronoun),
            other => Err(PyValueError::new_err(format!("drop_links={other:?}: use \"alias\", \"title\" or \"pronoun\""))),
        };
        let drop_links = drop_links.iter().map(link).collect::<PyResult<Vec<Via>>>()?;
        py.detach(|| {
            let mut lexicon = Lexicon::english();
            for (name, text) in &lexicons {
                lexicon.add(LexiconFile::parse(name, text).map_err(|e| PyValueError::new_err(e.to_string()))?);
            }
            let rules = philippic::rule_names();
            for name in &without {
                if !rules.contains(&name.as_str()) && !lexicon.remove(name) {
                    return Err(PyValueError::new_err(format!("without={name:?}: no such rule, lexicon or category")));
                }
            }
            let options = Options { paragraphs, evidence: false, without, drop_links, figures };
            let plain = philippic::Analyzer::new(&lexicon, options);
            Ok(Analyzer { with_evidence: plain.with_evidence(true), plain, paragraphs, pool: Pool::default() })
        })
    }

    /// Version, lexicons and options, as JSON.
    fn provenance(&self) -> PyResult<String> {
        let report = self.plain.analyze("").map_err(|e| PyValueError::new_err(e.to_string()))?;
        // By the way of a value, whose keys are sorted: the same bytes as in the files of `batch`.
        let value = serde_json::to_value(&report.provenance).map_err(|e| PyValueError::new_err(e.to_string()))?;
        Ok(value.to_string())
    }

    /// The report of a text.
    fn analyze(&self, py: Python<'_>, text: &str, id: Option<String>, evidence: bool) -> PyResult<Report> {
        let analyzer = if evidence { &self.with_evidence } else { &self.plain };
        let report = py.detach(|| {
            let mut scratch = self.pool.take();
            let report = analyzer.analyze_with(text, &mut scratch);
            self.pool.give(scratch);
            report
        });
        let mut report = report.map_err(|e| PyValueError::new_err(e.to_string()))?;
        report.id = id;
        let custom = self.plain.lexicon().custom_categories().to_vec();
        Ok(Report { report, bytes: text.len(), custom })
    }

    /// Name, type, whether it may be missing, and unit of each column of a table.
    fn columns(&self, table: &str, keep: Vec<String>) -> PyResult<Vec<(String, &'static str, bool, String)>> {
        let columns = self.tables(keep)?.columns(table_kind(table)?);
        Ok(columns.into_iter().map(|c| (c.name, c.kind.name(), c.nullable, c.unit)).collect())
    }

    /// Scores the rows of `batch` into tables. `keep` are pairs of a column and its name in the output, `figures` is the column of a row's own.
    #[expect(clippy::too_many_arguments, reason = "Python names them")]
    fn score(
        &self,
        py: Python<'_>,
        batch: &Bound<'_, PyAny>,
        text: &str,
        id: Option<&str>,
        keep: Vec<(String, String)>,
        figures: Option<&str>,
        tables: Vec<String>,
        threads: usize,
        assume_english: bool,
        first_row: usize,
    ) -> PyResult<(Vec<Table>, usize)> {
        let kinds = tables.iter().map(|name| table_kind(name)).collect::<PyResult<Vec<TableKind>>>()?;
        let (from, to): (Vec<String>, Vec<String>) = keep.into_iter().unzip();
        let layout = self.tables(to)?;
        let reader = arrow_input(batch)?;
        let schema = reader.schema();
        // The stream may be a Python object that reads on demand: it needs the GIL, and takes it where it does.
        let batches = py
            .detach(|| reader.collect::<Result<Vec<_>, _>>())
            .map_err(|e| PyValueError::new_err(format!("the data cannot be read: {e}")))?;
        let mut row = first_row;
        let mut chunks = Vec::with_capacity(batches.len());
        // The schema alone says whether the columns are there and of the right type, rows or not.
        let names = Names { text, id, keep: &from, figures };
        Columns::check(&schema, names)?;
        for batch in &batches {
            chunks.push(Columns::new(batch, names, row)?);
            row += batch.num_rows();
        }
        let evidence = kinds.contains(&TableKind::Cues);
        let job = score::Job {
            analyzer: if evidence { &self.with_evidence } else { &self.plain },
            pool: &self.pool,
            tables: &layout,
            kinds: &kinds,
            paragraphs: self.paragraphs,
            assume_english,
            columns: &chunks,
            threads,
        };
        let parts = score::run(py, &job)?;
        let provenance = self.provenance()?;
        let tables = parts.into_iter().zip(&kinds).map(|(batches, &kind)| {
            let metadata = HashMap::from([
                ("philippic.table".to_string(), kind.name().to_string()),
                ("philippic.provenance".to_string(), provenance.clone()),
            ]);
            Table::new(&layout.columns(kind), metadata, batches)
        });
        Ok((tables.collect(), row - first_row))
    }
}

impl Analyzer {
    fn tables(&self, keep: Vec<String>) -> PyResult<Tables> {
        let all = keep.clone();
        Tables::new(keep, self.plain.lexicon().custom_categories()).map_err(|error| match error {
            philippic::corpus::CorpusError::Column(name) => PyValueError::new_err(format!(
                "keep={all:?}: the tables have a column {name:?}; give it another name with keep={{\"{name}\": \"OTHER\"}}"
            )),
            other => PyValueError::new_err(other.to_string()),
        })
    }
}

/// Anything with the Arrow PyCapsule interface.
pub(crate) fn arrow_input(batch: &Bound<'_, PyAny>) -> PyResult<Box<dyn arrow_array::RecordBatchReader + Send>> {
    // A stream is asked for first: an object that has both may have to copy for the other.
    if batch.hasattr("__arrow_c_stream__")? {
        return batch.extract::<pyo3_arrow::PyRecordBatchReader>()?.into_reader();
    }
    if batch.hasattr("__arrow_c_array__")? {
        return batch.extract::<AnyRecordBatch>()?.into_reader();
    }
    Err(PyTypeError::new_err(format!(
        "a {} has no Arrow data; give a table or record batch of pyarrow, polars, DuckDB or pandas, or another object with __arrow_c_stream__",
        batch.get_type().name()?
    )))
}

fn table_kind(name: &str) -> PyResult<TableKind> {
    Ok(match name {
        "paragraphs" => TableKind::Paragraphs,
        "stances" => TableKind::Stances,
        "documents" => TableKind::Documents,
        "cues" => TableKind::Cues,
        other => {
            return Err(PyValueError::new_err(format!("no table {other:?}: use \"paragraphs\", \"stances\", \"documents\" or \"cues\"")));
        }
    })
}

/// The results of one text.
#[pyclass(frozen, module = "philippic._philippic")]
pub(crate) struct Report {
    report: philippic::report::Report,
    bytes: usize,
    custom: Vec<String>,
}

#[pymethods]
impl Report {
    /// The report of its JSON.
    #[staticmethod]
    fn from_json(text: &str, bytes: usize, custom: Vec<String>) -> PyResult<Report> {
        let report = serde_json::from_str(text).map_err(|e| PyValueError::new_err(format!("not a report: {e}")))?;
        Ok(Report { report, bytes, custom })
    }

    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| serde_json::to_string(&self.report)).map_err(|e| PyValueError::new_err(e.to_string()))
    }

    #[getter]
    fn custom(&self) -> Vec<String> {
        self.custom.clone()
    }

    #[getter]
    fn bytes(&self) -> usize {
        self.bytes
    }

    /// The page of the heatmap.
    fn html(&self, py: Python<'_>, text: &str, title: &str) -> PyResult<String> {
        py.detach(|| DocumentView::new(&self.report, Some(text), title).and_then(|view| html::document(&view)))
            .map_err(|e| PyValueError::new_err(e.to_string()))
    }

    fn table(&self, kind: &str) -> PyResult<Table> {
        let kind = table_kind(kind)?;
        let tables = Tables::new(Vec::new(), &self.custom).map_err(|e| PyValueError::new_err(e.to_string()))?;
        let batch = report_batch(&self.report, self.bytes, &tables, kind).map_err(|e| PyRuntimeError::new_err(e.to_string()))?;
        Ok(Table::new(&tables.columns(kind), HashMap::new(), vec![batch]))
    }
}
