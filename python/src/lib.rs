//! The native half of the Python package `philippic`: what is typed, documented and shaped for people is in `python/philippic/*.py`.
//!
//! | module | what |
//! | --- | --- |
//! | `analyzer` | the analyzer: texts to reports, Arrow data to tables |
//! | `columns` | the columns of Arrow input: text in any of its types, ids and kept values |
//! | `score` | the threads |
//! | `table` | Arrow out |

mod analyzer;
mod columns;
mod score;
mod table;

use std::ffi::OsString;

use philippic::segment::ParagraphMode;
use philippic::{UnitKind, units};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// As in the program: analyses make many small pieces of memory of short life. Python's own memory is not touched.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The module that Python sees.
#[pymodule]
fn _philippic(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<analyzer::Analyzer>()?;
    module.add_class::<analyzer::Report>()?;
    module.add_class::<table::Table>()?;
    module.add_class::<table::Batches>()?;
    module.add_function(wrap_pyfunction!(run, module)?)?;
    module.add_function(wrap_pyfunction!(cut, module)?)?;
    module.add_function(wrap_pyfunction!(char_offsets, module)?)?;
    module.add_function(wrap_pyfunction!(figures, module)?)?;
    module.add_function(wrap_pyfunction!(decode, module)?)?;
    Ok(())
}

/// The command line; gives the exit code.
#[pyfunction]
fn run(py: Python<'_>, args: Vec<OsString>) -> u8 {
    py.detach(|| philippic::cli::run(args))
}

/// The units of a text of one kind (`words`, `sentences`, `paragraphs`) as spans of bytes.
#[pyfunction]
fn cut(py: Python<'_>, text: &str, kind: &str, paragraphs: &str) -> PyResult<Vec<(u32, u32)>> {
    let kind = match kind {
        "words" => UnitKind::Words,
        "sentences" => UnitKind::Sentences,
        "paragraphs" => UnitKind::Paragraphs,
        other => return Err(PyValueError::new_err(format!("no units {other:?}"))),
    };
    let mode = paragraph_mode(paragraphs)?;
    static TABLE: std::sync::OnceLock<philippic::lexicon::Compiled> = std::sync::OnceLock::new();
    let spans = py.detach(|| {
        let table = TABLE.get_or_init(|| philippic::lexicon::Lexicon::english().compile());
        units(table, text, mode, kind).map(|units| units.iter().map(|unit| (unit.start, unit.end)).collect())
    });
    spans.map_err(|e| PyValueError::new_err(e.to_string()))
}

/// Offsets in bytes of UTF-8 as offsets in characters; one inside a character is that of the character.
#[pyfunction]
fn char_offsets(text: &str, offsets: Vec<usize>) -> Vec<usize> {
    if text.is_ascii() {
        return offsets;
    }
    let mut order: Vec<usize> = (0..offsets.len()).collect();
    order.sort_unstable_by_key(|&i| offsets[i]);
    let mut out = vec![0; offsets.len()];
    let (mut byte, mut chars) = (0, 0);
    for i in order {
        let mut to = offsets[i].min(text.len());
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        chars += text[byte..to].chars().count();
        byte = to;
        out[i] = chars;
    }
    out
}

/// A list of figures in any form of `--figures`, as JSON.
#[pyfunction]
fn figures(text: &str) -> PyResult<String> {
    let figures = philippic::cli::figures(text).map_err(|e| PyValueError::new_err(e.to_string()))?;
    serde_json::to_string(&figures).map_err(|e| PyValueError::new_err(e.to_string()))
}

/// The bytes of a file in any encoding, as text.
#[pyfunction]
fn decode(bytes: Vec<u8>) -> PyResult<String> {
    philippic::input::decode(bytes, None).map(|decoded| decoded.text).map_err(|e| PyValueError::new_err(e.to_string()))
}

fn paragraph_mode(name: &str) -> PyResult<ParagraphMode> {
    Ok(match name {
        "auto" => ParagraphMode::Auto,
        "blank" => ParagraphMode::Blank,
        "line" => ParagraphMode::Line,
        other => return Err(PyValueError::new_err(format!("paragraphs={other:?}: use \"auto\", \"blank\" or \"line\""))),
    })
}
