//! Parquet and Arrow IPC (files and streams): a row is a record.
//!
//! Only the wanted columns are decoded, a few rows at a time. A page that cannot be decoded ends its row group (Parquet) or the
//! file (Arrow) with a reject; what stood before it, and the row groups after it, are read.

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{DataType, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ParquetRecordBatchReaderBuilder};

use super::stream::RATIO_FREE;
use super::{ReadOptions, RecordReader};
use crate::corpus::error::RejectKind;
use crate::corpus::inputs::{Compression, Format};
use crate::corpus::record::{Document, Fields, Payload, Place, Reject, no_text};
use crate::corpus::run::quietly;

/// Bytes of text decoded at once, as far as the file tells.
const BATCH: u64 = 1 << 20;

/// The reader of a Parquet or Arrow file; nothing where `format` is to be detected and it is neither.
pub(super) fn open(
    mut file: File,
    format: Format,
    options: &ReadOptions,
    bytes: Option<u64>,
    read: &Arc<AtomicU64>,
) -> Result<Option<Box<dyn RecordReader + Send>>, Reject> {
    let mut start = [0_u8; 6];
    let bad = |e: std::io::Error| super::unreadable(&e);
    if !file.metadata().map_err(bad)?.is_file() {
        return Ok(None);
    }
    let got = file.read(&mut start).map_err(bad)?;
    file.rewind().map_err(bad)?;
    let start = &start[..got];
    let size = bytes.unwrap_or(0);
    let meter = Meter { read: read.clone(), size };
    if start.starts_with(b"PAR1") {
        return Ok(Some(Box::new(Rows::new(Box::new(ParquetBatches::open(file, options, meter)?), options))));
    }
    let arrow = start == b"ARROW1" || (format == Format::Arrow && Compression::of_bytes(start).is_none());
    let claims = if arrow { super::ipc::claims(&mut file, options.max_ratio) } else { super::ipc::Claims::default() };
    if claims.swells {
        let message = format!("a buffer grows beyond {} times its size; raise --max-ratio if that is right", options.max_ratio);
        return Err(Reject::new(RejectKind::Bomb, message, Vec::new()));
    }
    if start == b"ARROW1" {
        if claims.whole.is_some() {
            return Err(page("is not a whole Arrow file: a batch would lie beyond its end".to_string()));
        }
        let reader = ipc_file(file)?;
        return Ok(Some(Box::new(Rows::new(Box::new(IpcBatches { reader, meter, cut: false, done: false }), options))));
    }
    if format == Format::Detect {
        return Ok(None);
    }
    if Compression::of_bytes(start).is_some() {
        return Ok(None);
    }
    if format == Format::Arrow {
        let cut = claims.whole.is_some();
        let file = file.take(claims.whole.unwrap_or(u64::MAX));
        let reader = quietly(|| arrow_ipc::reader::StreamReader::try_new(BufReader::new(file), None).map_err(|e| e.to_string()));
        let reader =
            reader.unwrap_or_else(|| Err("broken".to_string())).map_err(|e| page(format!("is not an Arrow file: {}", one_line(&e))))?;
        return Ok(Some(Box::new(Rows::new(Box::new(IpcBatches { reader: Box::new(reader), meter, cut, done: false }), options))));
    }
    Err(page(format!("is not a {} file: it does not begin as one", format.name())))
}

type Batches = Box<dyn Iterator<Item = Result<RecordBatch, arrow_schema::ArrowError>> + Send>;

fn ipc_file(file: File) -> Result<Batches, Reject> {
    let reader = quietly(|| arrow_ipc::reader::FileReader::try_new(BufReader::new(file), None).map_err(|e| e.to_string()));
    let reader =
        reader.unwrap_or_else(|| Err("broken".to_string())).map_err(|e| page(format!("is not a whole Arrow file: {}", one_line(&e))))?;
    Ok(Box::new(reader))
}

fn page(message: String) -> Reject {
    Reject::new(RejectKind::Page, message, Vec::new())
}

fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Bytes of the file that count as read, by the share of its parts that are done.
struct Meter {
    read: Arc<AtomicU64>,
    size: u64,
}

impl Meter {
    fn part(&self, done: u64, all: u64) {
        self.read.fetch_add((u128::from(self.size) * u128::from(done) / u128::from(all.max(1))) as u64, Ordering::Relaxed);
    }
}

/// Batches of rows; an error may be followed by more.
trait Source: Send {
    /// The next batch and the number of rows of the file before it.
    fn next_batch(&mut self) -> Option<Result<RecordBatch, Reject>>;
    /// The row (from 1) that comes next.
    fn row(&self) -> u64;
}

struct ParquetBatches {
    file: File,
    metadata: ArrowReaderMetadata,
    mask: ProjectionMask,
    batch: usize,
    max_ratio: u64,
    /// The row group that is read, or comes next.
    group: usize,
    /// Rows before the row group.
    before: u64,
    /// Rows of the group that were read.
    within: u64,
    current: Option<parquet::arrow::arrow_reader::ParquetRecordBatchReader>,
    meter: Meter,
}

impl ParquetBatches {
    fn open(file: File, options: &ReadOptions, meter: Meter) -> Result<ParquetBatches, Reject> {
        let metadata = quietly(|| ArrowReaderMetadata::load(&file, Default::default()).map_err(|e| e.to_string()));
        let metadata =
            metadata.unwrap_or_else(|| Err("broken".into())).map_err(|e| page(format!("is not a whole Parquet file: {}", one_line(&e))))?;
        let wanted = wanted(metadata.schema(), &options.fields);
        if !options.fields.text_names().iter().any(|name| metadata.schema().index_of(name).is_ok()) {
            let names: Vec<&str> = metadata.schema().fields().iter().take(12).map(|f| f.name().as_str()).collect();
            return Err(Reject::new(RejectKind::NoText, no_text(&options.fields, &names), Vec::new()));
        }
        let mask = ProjectionMask::roots(metadata.parquet_schema(), wanted.iter().copied());
        let (mut bytes, mut rows) = (0_u64, 0_u64);
        for group in metadata.metadata().row_groups() {
            rows += u64::try_from(group.num_rows()).unwrap_or(0);
            bytes += u64::try_from(group.total_byte_size()).unwrap_or(0);
        }
        let batch = (BATCH / (bytes / rows.max(1)).max(1)).clamp(1, 1024) as usize;
        let max_ratio = options.max_ratio;
        Ok(ParquetBatches { file, metadata, mask, batch, max_ratio, group: 0, before: 0, within: 0, current: None, meter })
    }

    /// Whether the wanted columns of the group swell beyond the limit.
    fn swells(&self) -> bool {
        let size = |bytes: i64| u64::try_from(bytes).unwrap_or(0);
        let group = self.metadata.metadata().row_group(self.group);
        let wanted = group.columns().iter().enumerate().filter(|(leaf, _)| self.mask.leaf_included(*leaf));
        wanted
            .map(|(_, column)| (size(column.uncompressed_size()), size(column.compressed_size())))
            .any(|(plain, packed)| plain > packed.saturating_mul(self.max_ratio).max(RATIO_FREE))
    }

    fn close_group(&mut self) {
        let groups = self.metadata.metadata().row_groups();
        if let Some(group) = groups.get(self.group) {
            self.before += u64::try_from(group.num_rows()).unwrap_or(0);
        }
        self.meter.part(1, groups.len() as u64);
        self.group += 1;
        self.within = 0;
        self.current = None;
    }
}

impl Source for ParquetBatches {
    fn next_batch(&mut self) -> Option<Result<RecordBatch, Reject>> {
        while self.group < self.metadata.metadata().num_row_groups() {
            let failed = |this: &mut ParquetBatches, message: &str| {
                let message = format!(
                    "row group {} cannot be decoded after its row {} ({}); its other rows are lost, the next row group is read",
                    this.group,
                    this.within,
                    one_line(message)
                );
                this.close_group();
                Some(Err(page(message)))
            };
            if self.current.is_none() && self.swells() {
                let message = format!(
                    "row group {} grows beyond {} times its size; raise --max-ratio if that is right; the next row group is read",
                    self.group, self.max_ratio
                );
                self.close_group();
                return Some(Err(Reject::new(RejectKind::Bomb, message, Vec::new())));
            }
            if self.current.is_none() {
                let built = quietly(|| {
                    let file = self.file.try_clone().map_err(|e| e.to_string())?;
                    ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone())
                        .with_projection(self.mask.clone())
                        .with_row_groups(vec![self.group])
                        .with_batch_size(self.batch)
                        .build()
                        .map_err(|e| e.to_string())
                });
                match built {
                    Some(Ok(reader)) => self.current = Some(reader),
                    Some(Err(message)) => return failed(self, &message),
                    None => return failed(self, "broken"),
                }
            }
            let current = self.current.as_mut()?;
            match quietly(|| current.next()) {
                Some(Some(Ok(batch))) => {
                    self.within += batch.num_rows() as u64;
                    return Some(Ok(batch));
                }
                Some(None) => self.close_group(),
                Some(Some(Err(error))) => return failed(self, &error.to_string()),
                None => return failed(self, "broken"),
            }
        }
        None
    }

    fn row(&self) -> u64 {
        self.before + self.within + 1
    }
}

struct IpcBatches {
    reader: Batches,
    meter: Meter,
    /// The stream goes on with a message that would end beyond the file.
    cut: bool,
    done: bool,
}

impl Source for IpcBatches {
    fn next_batch(&mut self) -> Option<Result<RecordBatch, Reject>> {
        if self.done {
            return None;
        }
        let next = quietly(|| self.reader.next());
        let message = match next {
            Some(Some(Ok(batch))) => return Some(Ok(batch)),
            Some(None) if self.cut => "it would end beyond the file".to_string(),
            Some(None) => {
                self.done = true;
                self.meter.part(1, 1);
                return None;
            }
            Some(Some(Err(error))) => error.to_string(),
            None => "broken".to_string(),
        };
        self.done = true;
        Some(Err(page(format!("a batch cannot be decoded ({}); what came before is kept", one_line(&message)))))
    }

    fn row(&self) -> u64 {
        0
    }
}

/// Positions of the columns that are read.
fn wanted(schema: &Schema, fields: &Fields) -> Vec<usize> {
    let first = |names: Vec<&str>| names.into_iter().find_map(|name| schema.index_of(name).ok());
    let mut columns: Vec<usize> = first(fields.text_names()).into_iter().chain(first(fields.id_names())).collect();
    columns.extend(fields.keep.iter().filter_map(|name| schema.index_of(name).ok()));
    columns.sort_unstable();
    columns.dedup();
    columns
}

/// Gives the rows of batches one by one.
struct Rows {
    source: Box<dyn Source>,
    fields: Fields,
    limit: usize,
    batch: Option<Columns>,
    at: usize,
    row: u64,
}

/// The wanted columns of a batch.
struct Columns {
    rows: usize,
    text: Result<Texts, String>,
    id: Option<ArrayRef>,
    keep: Vec<Option<ArrayRef>>,
}

/// The text column.
struct Texts(ArrayRef);

impl Texts {
    fn new(column: &ArrayRef, name: &str) -> Result<Texts, String> {
        let to = match column.data_type() {
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => return Ok(Texts(column.clone())),
            DataType::Dictionary(_, value) if matches!(**value, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View) => {
                DataType::LargeUtf8
            }
            DataType::Binary | DataType::BinaryView | DataType::FixedSizeBinary(_) => DataType::Utf8,
            DataType::LargeBinary => DataType::LargeUtf8,
            other => return Err(format!("column {name:?} holds {other}, not text; say --text-field")),
        };
        arrow_cast::cast(column, &to).map(Texts).map_err(|e| format!("column {name:?}: {}", one_line(&e.to_string())))
    }

    fn get(&self, row: usize) -> Option<&str> {
        if self.0.is_null(row) {
            return None;
        }
        Some(match self.0.data_type() {
            DataType::Utf8 => self.0.as_string::<i32>().value(row),
            DataType::LargeUtf8 => self.0.as_string::<i64>().value(row),
            DataType::Utf8View => self.0.as_string_view().value(row),
            _ => return None,
        })
    }
}

impl Rows {
    fn new(source: Box<dyn Source>, options: &ReadOptions) -> Rows {
        Rows { source, fields: options.fields.clone(), limit: options.max_document, batch: None, at: 0, row: 0 }
    }

    fn columns(&self, batch: &RecordBatch) -> Columns {
        let schema = batch.schema();
        let find = |name: &str| schema.index_of(name).ok().map(|i| batch.column(i).clone());
        let text = match self.fields.text_names().into_iter().find_map(|name| Some((name, find(name)?))) {
            Some((name, column)) => Texts::new(&column, name),
            None => {
                let names: Vec<&str> = schema.fields().iter().take(12).map(|f| f.name().as_str()).collect();
                Err(no_text(&self.fields, &names))
            }
        };
        Columns {
            rows: batch.num_rows(),
            text,
            id: self.fields.id_names().into_iter().find_map(find),
            keep: self.fields.keep.iter().map(|name| find(name)).collect(),
        }
    }
}

/// A cell as text.
fn cell(column: &ArrayRef, row: usize) -> Option<String> {
    if column.is_null(row) {
        return None;
    }
    let options = FormatOptions::default();
    let formatter = ArrayFormatter::try_new(column.as_ref(), &options).ok()?;
    formatter.value(row).try_to_string().ok()
}

impl RecordReader for Rows {
    fn next_record(&mut self) -> Result<Option<(Place, Payload)>, Reject> {
        loop {
            if let Some(columns) = &self.batch
                && self.at < columns.rows
            {
                let at = self.at;
                self.at += 1;
                self.row += 1;
                let place = Place::row(self.row);
                let text = match &columns.text {
                    Ok(texts) => texts.get(at),
                    // The whole file lacks it: said once.
                    Err(message) => return Err(Reject::new(RejectKind::NoText, message.clone(), Vec::new())),
                };
                let Some(text) = text else {
                    let reject = Reject::new(RejectKind::NotText, "the text is null or not UTF-8", Vec::new());
                    return Ok(Some((place, Payload::Bad(reject))));
                };
                if text.len() > self.limit {
                    let reject = Reject::too_long(text.as_bytes().to_vec(), text.len() as u64, self.limit);
                    return Ok(Some((place, Payload::Bad(reject))));
                }
                let document = Document {
                    id: columns.id.as_ref().and_then(|c| cell(c, at)),
                    text: text.to_string(),
                    keep: columns.keep.iter().map(|c| c.as_ref().and_then(|c| cell(c, at))).collect(),
                    json: false,
                    guessed: None,
                    figures: Vec::new(),
                };
                return Ok(Some((place, Payload::Ready(document))));
            }
            self.batch = None;
            match self.source.next_batch() {
                None => return Ok(None),
                Some(Err(reject)) => {
                    let next = self.source.row();
                    let place = Place::row(self.row + 1);
                    self.row = next.saturating_sub(1).max(self.row);
                    return Ok(Some((place, Payload::Bad(reject))));
                }
                Some(Ok(batch)) => {
                    self.batch = Some(self.columns(&batch));
                    self.at = 0;
                }
            }
        }
    }
}
