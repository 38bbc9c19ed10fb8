//! Parquet and Arrow files from row groups that were encoded one by one.
//!
//! A segment of a Parquet spool is a whole Parquet file of one row group; its encoded column chunks are copied. A segment of an Arrow
//! spool is an IPC stream; its batches are decoded and written again.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read};
use std::path::Path;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::{FileWriter, StreamWriter};
use arrow_schema::Schema;
use parquet::arrow::{ArrowSchemaConverter, ArrowWriter, add_encoded_arrow_schema_to_metadata};
use parquet::basic::{Compression, ZstdLevel};
use parquet::column::writer::ColumnCloseResult;
use parquet::file::metadata::{KeyValue, PageIndexPolicy, ParquetMetaDataReader};
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};
use parquet::file::writer::SerializedFileWriter;

use super::{OutputFormat, Table};
use crate::corpus::error::CorpusError;
use crate::report::arrow::schema;

fn properties() -> Result<WriterPropertiesBuilder, String> {
    let level = ZstdLevel::try_new(1).map_err(|e| e.to_string())?;
    Ok(WriterProperties::builder()
        .set_compression(Compression::ZSTD(level))
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_max_row_group_row_count(None)
        .set_created_by(concat!("philippic ", env!("CARGO_PKG_VERSION")).to_string()))
}

/// A row group as a file of its own.
pub(super) fn segment(table: &Table, format: OutputFormat, batches: &[RecordBatch]) -> Result<Vec<u8>, String> {
    let schema = schema(&table.columns);
    let whole = arrow_select::concat::concat_batches(&schema, batches).map_err(|e| e.to_string())?;
    if format == OutputFormat::Arrow {
        let mut writer = StreamWriter::try_new(Vec::new(), &schema).map_err(|e| e.to_string())?;
        writer.write(&whole).and_then(|()| writer.finish()).map_err(|e| e.to_string())?;
        return writer.into_inner().map_err(|e| e.to_string());
    }
    let mut writer = ArrowWriter::try_new(Vec::new(), schema, Some(properties()?.build())).map_err(|e| e.to_string())?;
    writer.write(&whole).map_err(|e| e.to_string())?;
    writer.into_inner().map_err(|e| e.to_string())
}

/// Copies the segments of `spool` to one file.
pub(super) fn assemble(
    spool: &Path,
    out: &Path,
    table: &Table,
    format: OutputFormat,
    metadata: &[(String, String)],
) -> Result<(), CorpusError> {
    let file = BufWriter::with_capacity(1 << 18, File::create(out).map_err(CorpusError::io(out))?);
    let written = match format {
        OutputFormat::Arrow => arrow(spool, file, table, metadata),
        _ => parquet(spool, file, table, metadata),
    };
    let file = written.map_err(|failure| match failure {
        Failure::Io(error) => CorpusError::Io { path: out.to_path_buf(), error },
        Failure::Encoder(message) => CorpusError::Encode { path: out.to_path_buf(), message },
    })?;
    let file = file.into_inner().map_err(|e| CorpusError::Io { path: out.to_path_buf(), error: e.into_error() })?;
    file.sync_all().map_err(CorpusError::io(out))
}

enum Failure {
    Io(std::io::Error),
    Encoder(String),
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure::Io(error)
    }
}

impl From<parquet::errors::ParquetError> for Failure {
    fn from(error: parquet::errors::ParquetError) -> Failure {
        match error {
            parquet::errors::ParquetError::External(inner) => match inner.downcast::<std::io::Error>() {
                Ok(io) => Failure::Io(*io),
                Err(other) => Failure::Encoder(other.to_string()),
            },
            other => Failure::Encoder(other.to_string()),
        }
    }
}

impl From<arrow_schema::ArrowError> for Failure {
    fn from(error: arrow_schema::ArrowError) -> Failure {
        match error {
            arrow_schema::ArrowError::IoError(_, io) => Failure::Io(io),
            other => Failure::Encoder(other.to_string()),
        }
    }
}

/// The segments of a spool.
struct Segments(BufReader<File>);

impl Segments {
    fn open(spool: &Path) -> std::io::Result<Segments> {
        Ok(Segments(BufReader::with_capacity(1 << 18, File::open(spool)?)))
    }

    fn next(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut length = [0_u8; 8];
        match self.0.read_exact(&mut length) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(None),
            Err(error) => return Err(error),
        }
        let length = u64::from_le_bytes(length);
        let mut bytes = Vec::new();
        let got = (&mut self.0).take(length).read_to_end(&mut bytes)?;
        if got as u64 != length {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Some(bytes))
    }
}

fn parquet(spool: &Path, out: BufWriter<File>, table: &Table, metadata: &[(String, String)]) -> Result<BufWriter<File>, Failure> {
    let schema = schema(&table.columns);
    let root = ArrowSchemaConverter::new().convert(&schema)?.root_schema_ptr();
    let pairs = metadata.iter().map(|(key, value)| KeyValue::new(key.clone(), value.clone())).collect();
    let mut properties = properties().map_err(Failure::Encoder)?.set_key_value_metadata(Some(pairs)).build();
    // pyarrow looks for metadata in this schema alone.
    add_encoded_arrow_schema_to_metadata(&with_metadata(&schema, metadata), &mut properties);
    let mut writer = SerializedFileWriter::new(out, root, Arc::new(properties))?;
    let mut segments = Segments::open(spool)?;
    while let Some(bytes) = segments.next()? {
        let bytes = bytes::Bytes::from(bytes);
        let metadata = ParquetMetaDataReader::new().with_page_index_policy(PageIndexPolicy::Optional).parse_and_finish(&bytes)?;
        for (g, group) in metadata.row_groups().iter().enumerate() {
            let mut to = writer.next_row_group()?;
            for (c, column) in group.columns().iter().enumerate() {
                let close = ColumnCloseResult {
                    bytes_written: u64::try_from(column.compressed_size()).unwrap_or(0),
                    rows_written: u64::try_from(group.num_rows()).unwrap_or(0),
                    metadata: column.clone(),
                    bloom_filter: None,
                    column_index: metadata.column_index().and_then(|i| i.get(g)?.get(c)).cloned(),
                    offset_index: metadata.offset_index().and_then(|i| i.get(g)?.get(c)).cloned(),
                };
                to.append_column(&bytes, close)?;
            }
            to.close()?;
        }
    }
    Ok(writer.into_inner()?)
}

fn with_metadata(schema: &Schema, metadata: &[(String, String)]) -> Schema {
    Schema::new_with_metadata(schema.fields().clone(), metadata.iter().cloned().collect::<HashMap<_, _>>())
}

fn arrow(spool: &Path, out: BufWriter<File>, table: &Table, metadata: &[(String, String)]) -> Result<BufWriter<File>, Failure> {
    let schema = Arc::new(with_metadata(&schema(&table.columns), metadata));
    let mut writer = FileWriter::try_new(out, &schema)?;
    let mut segments = Segments::open(spool)?;
    while let Some(bytes) = segments.next()? {
        for batch in StreamReader::try_new(bytes.as_slice(), None)? {
            writer.write(&batch?.with_schema(schema.clone())?)?;
        }
    }
    writer.finish()?;
    Ok(writer.into_inner()?)
}
