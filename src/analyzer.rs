//! The whole way on one page: text, segments, lexicon hits, scores, report.

use std::sync::Arc;

use crate::document::Workspace;
use crate::lexicon::{Compiled, Lexicon};
use crate::report::{OptionsInfo, Paragraph, Provenance, Report, SCHEMA};
use crate::scorers::{self, shift::Rules, shift::Shift};
use crate::segment::ParagraphMode;

/// What an [`Analyzer`] is asked to do.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How paragraphs are cut.
    pub paragraphs: ParagraphMode,
    /// Whether scores carry their evidence.
    pub evidence: bool,
    /// Rules and lexicon parts to switch off, for ablation: `negation`, `intensity`, `contrast`, `certainty`, `time`.
    pub without: Vec<String>,
}

/// Why a text was not analysed.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnalyzeError {
    /// Offsets are 32 bits.
    #[error("the document has {0} bytes; the limit is 4 GiB: split it")]
    TooLong(usize),
}

/// Scores texts. Built once, shared by threads; each thread brings a [`Scratch`].
#[derive(Clone, Debug)]
pub struct Analyzer {
    table: Arc<Compiled>,
    options: Options,
    rules: Rules,
    provenance: Provenance,
}

/// The reused buffers of one thread.
#[derive(Default)]
pub struct Scratch {
    workspace: Workspace,
    shifts: Vec<Shift>,
}

impl Analyzer {
    /// An analyzer with the built-in English lexicons and default options.
    pub fn english() -> Analyzer {
        Analyzer::new(&Lexicon::english(), Options::default())
    }

    /// An analyzer over `lexicon`.
    pub fn new(lexicon: &Lexicon, options: Options) -> Analyzer {
        let table = lexicon.compile();
        let on = |name: &str| !options.without.iter().any(|w| w == name);
        let rules = Rules {
            negation: on("negation"),
            intensity: on("intensity"),
            contrast: on("contrast"),
            certainty: on("certainty"),
            time: on("time"),
        };
        let provenance = Provenance {
            version: env!("CARGO_PKG_VERSION").to_string(),
            lexicons: table.sources(),
            options: OptionsInfo { paragraphs: options.paragraphs, without: options.without.clone(), ..OptionsInfo::default() },
        };
        Analyzer { table: Arc::new(table), options, rules, provenance }
    }

    /// The compiled lexicon.
    pub fn lexicon(&self) -> &Compiled {
        &self.table
    }

    /// Analyses one document.
    ///
    /// # Errors
    /// [`AnalyzeError::TooLong`] for 4 GiB and more.
    pub fn analyze(&self, text: &str) -> Result<Report, AnalyzeError> {
        self.analyze_with(text, &mut Scratch::default())
    }

    /// As [`analyze`](Analyzer::analyze), with buffers to reuse: the way to score many documents.
    ///
    /// # Errors
    /// As [`analyze`](Analyzer::analyze).
    pub fn analyze_with(&self, text: &str, scratch: &mut Scratch) -> Result<Report, AnalyzeError> {
        if u32::try_from(text.len()).is_err() {
            return Err(AnalyzeError::TooLong(text.len()));
        }
        let evidence = self.options.evidence;
        let document = scratch.workspace.read(&self.table, text, self.options.paragraphs);
        let shifts = &mut scratch.shifts;
        shifts.clear();
        for paragraph in document.paragraphs {
            scorers::shift::shifts(&document, paragraph, self.rules, shifts);
        }
        let mut paragraphs = Vec::with_capacity(document.paragraphs.len());
        for (index, unit) in document.paragraphs.iter().enumerate() {
            paragraphs.push(Paragraph {
                index: index as u32,
                start: unit.span.start,
                end: unit.span.end,
                words: unit.words,
                sentences: unit.sentences.end - unit.sentences.start,
                sentiment: scorers::sentiment::score(&document, unit, shifts, evidence),
                sarcasm: scorers::sarcasm::score(&document, unit, shifts, &self.options.without, evidence),
                alarm: scorers::alarm::score(&document, unit, shifts, evidence),
                stances: Vec::new(),
                custom: Default::default(),
            });
        }
        Ok(Report {
            schema: SCHEMA.to_string(),
            id: None,
            language: "en".to_string(),
            paragraphs,
            figures: Vec::new(),
            attributions: Vec::new(),
            provenance: self.provenance.clone(),
        })
    }
}
