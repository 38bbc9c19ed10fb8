//! The columns of Arrow input: the text in any of its types without a copy, ids and kept values as the text that `philippic batch` makes
//! of them.
//!
//! Arrow data that come from elsewhere may hold any bytes in a text column: nothing is taken for UTF-8 unchecked.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, BinaryArray, BinaryViewArray, LargeBinaryArray, RecordBatch};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{DataType, Schema};
use philippic::KnownFigure;
use philippic::corpus::named_figures;
use pyo3::exceptions::{PyKeyError, PyTypeError, PyUnicodeDecodeError, PyValueError};
use pyo3::prelude::*;

/// The columns of a batch that are read.
pub(crate) struct Columns {
    pub(crate) rows: usize,
    /// Rows of the input before the batch.
    pub(crate) before: usize,
    text: Named<Texts>,
    id: Option<Named<Values>>,
    keep: Vec<Named<Values>>,
    figures: Option<Named<Values>>,
}

/// What the columns are called; figures are those that a row brings with it.
#[derive(Clone, Copy)]
pub(crate) struct Names<'a> {
    pub(crate) text: &'a str,
    pub(crate) id: Option<&'a str>,
    pub(crate) keep: &'a [String],
    pub(crate) figures: Option<&'a str>,
}

/// A row as the columns have it.
pub(crate) struct Row<'a> {
    pub(crate) id: &'a str,
    /// A null is empty.
    pub(crate) text: &'a str,
    pub(crate) keep: &'a [Option<String>],
    pub(crate) figures: &'a [KnownFigure],
}

/// A column and its name.
struct Named<C> {
    name: String,
    column: C,
}

/// Bytes that should be UTF-8.
enum Texts {
    Small(BinaryArray),
    Large(LargeBinaryArray),
    View(BinaryViewArray),
    /// Positions in the values, and the column, which knows its nulls.
    Dictionary(Vec<usize>, ArrayRef, Box<Texts>),
    Null,
}

/// Values that become text.
enum Values {
    Texts(Texts),
    Other(ArrayRef),
}

/// Why a row cannot be read.
#[derive(Debug)]
pub(crate) struct BadText {
    column: String,
    row: usize,
    id: Option<String>,
    bytes: Vec<u8>,
    at: usize,
}

/// A row whose figures are none.
#[derive(Debug)]
pub(crate) struct BadFigures(String);

impl BadFigures {
    /// The exception that says column and row.
    pub(crate) fn into_error(self) -> PyErr {
        PyValueError::new_err(self.0)
    }
}

/// At most so many bytes before and after the bad one are shown.
const SHOWN: usize = 20;

impl BadText {
    fn new(column: &str, row: usize, id: Option<&str>, bytes: &[u8], at: usize) -> BadText {
        let shown = bytes.get(at.saturating_sub(SHOWN)..bytes.len().min(at + SHOWN)).unwrap_or_default();
        BadText { column: column.to_string(), row, id: id.map(String::from), bytes: shown.to_vec(), at }
    }

    /// The exception that says column, row and byte.
    pub(crate) fn into_error(self, py: Python<'_>) -> PyErr {
        let id = self.id.map(|id| format!(" (id {id:?})")).unwrap_or_default();
        let reason = format!("column {:?}, row {}{id}: not UTF-8 at byte {}", self.column, self.row, self.at);
        let at = self.at.min(SHOWN);
        match PyUnicodeDecodeError::new(py, c"utf-8", &self.bytes, at..at + 1, &std::ffi::CString::new(reason).unwrap_or_default()) {
            Ok(error) => PyErr::from_value(error.into_any()),
            Err(error) => error,
        }
    }
}

fn is_text(kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Dictionary(_, value) => is_text(value),
        _ => false,
    }
}

/// Text, or bytes that may be text.
fn is_text_or_bytes(kind: &DataType) -> bool {
    match kind {
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::Null => true,
        DataType::Dictionary(_, value) => is_text_or_bytes(value),
        other => is_text(other),
    }
}

fn find(schema: &Schema, name: &str, what: &str) -> PyResult<usize> {
    schema.index_of(name).map_err(|_| {
        let there: Vec<&str> = schema.fields().iter().take(20).map(|f| f.name().as_str()).collect();
        PyKeyError::new_err(format!("no column {name:?} for {what}; there are: {}", there.join(", ")))
    })
}

impl Columns {
    /// Whether the columns are there and the text is text.
    pub(crate) fn check(schema: &Schema, names: Names<'_>) -> PyResult<()> {
        let text = names.text;
        let kind = schema.field(find(schema, text, "the text")?).data_type();
        if !is_text_or_bytes(kind) {
            return Err(PyTypeError::new_err(format!(
                "column {text:?} holds {kind}, not text; name the column of the text with text=\"...\""
            )));
        }
        if let Some(id) = names.id {
            find(schema, id, "the id (id=None numbers the rows)")?;
        }
        if let Some(figures) = names.figures {
            find(schema, figures, "the figures")?;
        }
        for name in names.keep {
            find(schema, name, "keep")?;
        }
        Ok(())
    }

    /// The columns of a batch; `before` rows came before it.
    pub(crate) fn new(batch: &RecordBatch, names: Names<'_>, before: usize) -> PyResult<Columns> {
        let schema = batch.schema();
        let column = |name: &str| find(&schema, name, "a batch").map(|i| batch.column(i).clone());
        let values = |name: &str| Ok::<_, PyErr>(Named { name: name.to_string(), column: Values::new(column(name)?) });
        Ok(Columns {
            rows: batch.num_rows(),
            before,
            text: Named { name: names.text.to_string(), column: Texts::new(&column(names.text)?) },
            id: names.id.map(values).transpose()?,
            keep: names.keep.iter().map(|name| values(name)).collect::<PyResult<_>>()?,
            figures: names.figures.map(values).transpose()?,
        })
    }

    /// Bytes of the text of a row.
    pub(crate) fn bytes(&self, row: usize) -> usize {
        self.text.column.get(row).map_or(0, <[u8]>::len)
    }

    /// Hands each of the rows to `each`.
    pub(crate) fn each<E: From<BadText> + From<BadFigures>>(
        &self,
        rows: std::ops::Range<usize>,
        mut each: impl FnMut(Row<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let id = self.id.as_ref().map(Reader::new);
        let readers: Vec<Reader<'_>> = self.keep.iter().map(Reader::new).collect();
        let named = self.figures.as_ref().map(Reader::new);
        let mut keep: Vec<Option<String>> = Vec::with_capacity(readers.len());
        for row in rows {
            let number = self.before + row;
            let known = id.as_ref().map(|id| id.get(row, number)).transpose()?.flatten();
            keep.clear();
            for reader in &readers {
                keep.push(reader.get(row, number)?);
            }
            let bytes = self.text.column.get(row).unwrap_or_default();
            let text =
                std::str::from_utf8(bytes).map_err(|e| BadText::new(&self.text.name, number, known.as_deref(), bytes, e.valid_up_to()))?;
            let figures = match named.as_ref().map(|named| named.get(row, number)).transpose()?.flatten() {
                Some(raw) => named_figures(&raw).map_err(|message| {
                    let column = self.figures.as_ref().map_or("", |named| named.name.as_str());
                    let id = known.as_ref().map(|id| format!(" (id {id:?})")).unwrap_or_default();
                    BadFigures(format!("column {column:?}, row {number}{id}: {message}"))
                })?,
                None => Vec::new(),
            };
            let id = known.unwrap_or_else(|| number.to_string());
            each(Row { id: &id, text, keep: &keep, figures: &figures })?;
        }
        Ok(())
    }
}

impl Texts {
    /// The caller has checked the type; another one is all null.
    fn new(array: &ArrayRef) -> Texts {
        match array.data_type() {
            DataType::Utf8 => Texts::Small(BinaryArray::from(array.as_string::<i32>().clone())),
            DataType::LargeUtf8 => Texts::Large(LargeBinaryArray::from(array.as_string::<i64>().clone())),
            DataType::Utf8View => Texts::View(array.as_string_view().clone().to_binary_view()),
            DataType::Binary => Texts::Small(array.as_binary::<i32>().clone()),
            DataType::LargeBinary => Texts::Large(array.as_binary::<i64>().clone()),
            DataType::BinaryView => Texts::View(array.as_binary_view().clone()),
            DataType::Dictionary(..) => {
                let dictionary = array.as_any_dictionary();
                if dictionary.values().is_empty() {
                    return Texts::Null;
                }
                Texts::Dictionary(dictionary.normalized_keys(), array.clone(), Box::new(Texts::new(dictionary.values())))
            }
            _ => Texts::Null,
        }
    }

    fn get(&self, row: usize) -> Option<&[u8]> {
        match self {
            Texts::Small(array) => array.is_valid(row).then(|| array.value(row)),
            Texts::Large(array) => array.is_valid(row).then(|| array.value(row)),
            Texts::View(array) => array.is_valid(row).then(|| array.value(row)),
            Texts::Dictionary(keys, array, values) => {
                if array.is_valid(row) {
                    values.get(*keys.get(row)?)
                } else {
                    None
                }
            }
            Texts::Null => None,
        }
    }
}

impl Values {
    fn new(array: ArrayRef) -> Values {
        if is_text(array.data_type()) { Values::Texts(Texts::new(&array)) } else { Values::Other(array) }
    }
}

/// Reads the cells of a column as text.
struct Reader<'a> {
    name: &'a str,
    form: Form<'a>,
}

enum Form<'a> {
    Texts(&'a Texts),
    /// As `philippic batch` does it.
    Formatted(&'a ArrayRef, Option<ArrayFormatter<'a>>),
}

impl<'a> Reader<'a> {
    fn new(named: &'a Named<Values>) -> Reader<'a> {
        let form = match &named.column {
            Values::Texts(texts) => Form::Texts(texts),
            Values::Other(array) => {
                static OPTIONS: FormatOptions<'static> = FormatOptions::new();
                Form::Formatted(array, ArrayFormatter::try_new(array.as_ref(), &OPTIONS).ok())
            }
        };
        Reader { name: &named.name, form }
    }

    fn get(&self, row: usize, number: usize) -> Result<Option<String>, BadText> {
        match &self.form {
            Form::Texts(texts) => {
                let Some(bytes) = texts.get(row) else { return Ok(None) };
                match std::str::from_utf8(bytes) {
                    Ok(text) => Ok(Some(text.to_string())),
                    Err(e) => Err(BadText::new(self.name, number, None, bytes, e.valid_up_to())),
                }
            }
            Form::Formatted(array, _) if array.is_null(row) => Ok(None),
            Form::Formatted(_, formatter) => Ok(formatter.as_ref().and_then(|f| f.value(row).try_to_string().ok())),
        }
    }
}
