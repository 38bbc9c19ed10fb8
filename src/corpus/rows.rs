//! Documents that are in memory already, to Arrow batches of the same tables as a run makes: for callers who bring their own reader and
//! threads, such as the Python module.

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;

use super::language::{self, Language};
use super::tables::{Scored, TableKind, Tables};
use crate::report::Report;
use crate::report::arrow::TableBuilder;
use crate::segment::{ParagraphMode, Span};
use crate::{AnalyzeError, Analyzer, KnownFigure, Scratch, UnitKind, units};

/// Documents from this size on leave their buffers behind.
const GIANT: usize = 1 << 20;

/// Scores documents one by one and collects their rows. One thread has one.
pub struct RowScorer<'a> {
    analyzer: &'a Analyzer,
    tables: &'a Tables,
    paragraphs: ParagraphMode,
    assume_english: bool,
    scratch: Scratch,
    /// The report without paragraphs, for documents in other languages.
    blank: Report,
    builders: Vec<(TableKind, TableBuilder)>,
}

impl<'a> RowScorer<'a> {
    /// A scorer into the tables `kinds`. `paragraphs` cuts documents in other languages than English, which are marked and not scored unless
    /// `assume_english` is set. Buffers of an earlier one ([`into_scratch`](RowScorer::into_scratch)) save their warming up.
    ///
    /// # Errors
    /// None that an empty text causes.
    pub fn new(
        analyzer: &'a Analyzer,
        tables: &'a Tables,
        kinds: &[TableKind],
        paragraphs: ParagraphMode,
        assume_english: bool,
        scratch: Scratch,
    ) -> Result<RowScorer<'a>, AnalyzeError> {
        let builders = kinds.iter().map(|&kind| (kind, TableBuilder::new(&tables.columns(kind)))).collect();
        Ok(RowScorer { analyzer, tables, paragraphs, assume_english, scratch, blank: analyzer.analyze("")?, builders })
    }

    /// Scores a document; `keep` are the values of the kept fields, in the order of the tables, and `figures` those that the document
    /// brings besides the analyzer's ([`named_figures`](super::named_figures) reads them from text).
    ///
    /// # Errors
    /// [`AnalyzeError::TooLong`] for 4 GiB and more.
    pub fn push(&mut self, id: &str, text: &str, keep: &[Option<String>], figures: &[KnownFigure]) -> Result<(), AnalyzeError> {
        let language = if self.assume_english { Language::ENGLISH } else { language::detect(text) };
        let mut unscored: Vec<Span> = Vec::new();
        let mut report = None;
        if language == Language::ENGLISH {
            let mut scored = self.analyzer.analyze_about(text, figures, &mut self.scratch)?;
            scored.id = Some(id.to_string());
            report = Some(scored);
        } else {
            let cut = units(self.analyzer.lexicon(), text, self.paragraphs, UnitKind::Paragraphs)?;
            unscored.extend(cut.iter().map(|unit| Span { start: unit.start, end: unit.end }));
            self.blank.id = Some(id.to_string());
            self.blank.language = language.0.to_string();
        }
        let scored = Scored {
            id,
            language: language.0,
            bytes: text.len(),
            keep,
            json: false,
            blank: &self.blank,
            report: report.as_ref(),
            unscored: &unscored,
        };
        for (kind, rows) in &mut self.builders {
            self.tables.rows(*kind, &scored, |row| rows.push(row));
        }
        if text.len() >= GIANT {
            self.scratch = Scratch::default();
        }
        Ok(())
    }

    /// The rows so far, a batch a table in the order that was asked for; the scorer is empty again.
    ///
    /// # Errors
    /// Arrow's, which scored documents do not cause.
    pub fn finish(&mut self) -> Result<Vec<RecordBatch>, ArrowError> {
        self.builders.iter_mut().map(|(_, rows)| rows.finish()).collect()
    }

    /// The buffers, for the next scorer of the same analyzer.
    pub fn into_scratch(self) -> Scratch {
        self.scratch
    }
}

/// The rows of one report; `bytes` is the length of its text.
///
/// # Errors
/// Arrow's, which valid reports do not cause.
pub fn report_batch(report: &Report, bytes: usize, tables: &Tables, kind: TableKind) -> Result<RecordBatch, ArrowError> {
    let mut rows = TableBuilder::new(&tables.columns(kind));
    let keep = vec![None; tables.keep().len()];
    let scored = Scored {
        id: report.id.as_deref().unwrap_or(""),
        language: &report.language,
        bytes,
        keep: &keep,
        json: false,
        blank: report,
        report: Some(report),
        unscored: &[],
    };
    tables.rows(kind, &scored, |row| rows.push(row));
    rows.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_become_rows() {
        let analyzer = Analyzer::english();
        let tables = Tables::new(vec!["day".to_string()], &[]).unwrap();
        let kinds = [TableKind::Paragraphs, TableKind::Documents];
        let mut scorer = RowScorer::new(&analyzer, &tables, &kinds, ParagraphMode::Auto, false, Scratch::default()).unwrap();
        scorer.push("a", "Mayor Ann Poe lied.\n\nRain fell.", &[Some("Monday".to_string())], &[]).unwrap();
        scorer.push("b", "Президент солгал, сказал министр в понедельник.", &[None], &[]).unwrap();
        scorer.push("c", "", &[None], &[]).unwrap();
        let batches = scorer.finish().unwrap();
        assert_eq!(batches.iter().map(RecordBatch::num_rows).collect::<Vec<_>>(), [3, 3]);
        assert_eq!(batches[0].num_columns(), tables.columns(TableKind::Paragraphs).len());
        assert_eq!(batches[0].column_by_name("sentiment").unwrap().null_count(), 1);
        assert_eq!(scorer.finish().unwrap()[0].num_rows(), 0);
    }
}
