//! Arrow out: tables that any library with the PyCapsule interface takes without a copy.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use arrow_array::{ArrayRef, RecordBatch, RecordBatchReader, StructArray};
use arrow_schema::{Field, Schema, SchemaRef};
use philippic::report::{Column, arrow};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};

use crate::analyzer::arrow_input;

/// A table of results.
#[pyclass(frozen, module = "philippic._philippic")]
pub(crate) struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Table {
    pub(crate) fn new(columns: &[Column], metadata: HashMap<String, String>, batches: Vec<RecordBatch>) -> Table {
        let schema = Schema::new_with_metadata(arrow::schema(columns).fields().clone(), metadata);
        Table { schema: Arc::new(schema), batches }
    }

    fn field(&self) -> Arc<Field> {
        Arc::new(Field::new_struct("", self.schema.fields().clone(), false).with_metadata(self.schema.metadata().clone()))
    }

    fn rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }
}

#[pymethods]
impl Table {
    #[getter]
    fn num_rows(&self) -> usize {
        self.rows()
    }

    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|f| f.name().clone()).collect()
    }

    fn __len__(&self) -> usize {
        self.rows()
    }

    fn __repr__(&self) -> String {
        let names: Vec<&str> = self.schema.fields().iter().take(8).map(|f| f.name().as_str()).collect();
        let more = if self.schema.fields().len() > names.len() { ", …" } else { "" };
        format!("<philippic.Table of {} rows: {}{more}>", self.rows(), names.join(", "))
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, self.schema.as_ref())?)
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyCapsule>>) -> PyResult<Bound<'py, PyCapsule>> {
        let arrays: Vec<_> = self.batches.iter().map(|batch| Ok(Arc::new(StructArray::from(batch.clone())) as ArrayRef)).collect();
        Ok(to_stream_pycapsule(py, Box::new(ArrayIterator::new(arrays, self.field())), requested_schema)?)
    }

    /// As a `pyarrow.Table`, without a copy.
    fn to_pyarrow<'py>(slf: Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("pyarrow")?.call_method1("table", (slf,))
    }

    /// As a `pandas.DataFrame`.
    fn to_pandas<'py>(slf: Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        Table::to_pyarrow(slf)?.call_method0("to_pandas")
    }

    /// As a `polars.DataFrame`, without a copy of the numbers.
    fn to_polars<'py>(slf: Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("polars")?.call_method1("DataFrame", (slf,))
    }
}

/// The batches of an Arrow stream, one at a time, each as a table.
#[pyclass(frozen, module = "philippic._philippic")]
pub(crate) struct Batches {
    reader: Mutex<Box<dyn RecordBatchReader + Send>>,
}

#[pymethods]
impl Batches {
    #[new]
    fn new(stream: &Bound<'_, PyAny>) -> PyResult<Batches> {
        Ok(Batches { reader: Mutex::new(arrow_input(stream)?) })
    }

    fn __iter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Table>> {
        let next = py.detach(|| {
            let mut reader = self.reader.try_lock().map_err(|_| PyRuntimeError::new_err("another thread reads this stream"))?;
            Ok::<_, PyErr>(reader.next())
        })?;
        match next {
            None => Ok(None),
            Some(Ok(batch)) => Ok(Some(Table { schema: batch.schema(), batches: vec![batch] })),
            Some(Err(e)) => Err(PyValueError::new_err(format!("the data cannot be read: {e}"))),
        }
    }
}
