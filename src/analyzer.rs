//! The whole way on one page: text, segments, lexicon hits, scores, report.

use std::sync::Arc;

use crate::document::{Document, Workspace};
use crate::lexicon::{Compiled, Lexicon};
use crate::report::{Evidence, OptionsInfo, Paragraph, Provenance, Report, SCHEMA, Via};
use crate::scorers::stance::{self, KnownFigure, StanceOptions};
use crate::scorers::{self, shift::Rules, shift::Shift};
use crate::segment::{ParagraphMode, Span};

/// What an [`Analyzer`] is asked to do.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How paragraphs are cut.
    pub paragraphs: ParagraphMode,
    /// Whether scores carry their evidence.
    pub evidence: bool,
    /// Rules and lexicon parts to switch off, for ablation: `negation`, `reversers`, `intensity`, `contrast`, `certainty`, `time`,
    /// `emphasis`, `hashtags`.
    pub without: Vec<String>,
    /// Kinds of mention links to drop: [`Via::Alias`], [`Via::Title`], [`Via::Pronoun`].
    pub drop_links: Vec<Via>,
    /// Figures that the caller names, besides those that the text shows.
    pub figures: Vec<KnownFigure>,
}

/// The stance of a text toward a span of it, over all holders.
#[derive(Clone, Debug, PartialEq)]
pub struct SpanStance {
    /// -1 (against) to 1 (for).
    pub score: f32,
    /// -1, 0 or 1: how readers would see the target.
    pub class: i8,
    /// The evidence; empty unless it was asked for.
    pub evidence: Vec<Evidence>,
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
    stance: StanceOptions,
    model: stance::Model,
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
        let rules = Rules::without(&options.without);
        let provenance = Provenance {
            version: env!("CARGO_PKG_VERSION").to_string(),
            lexicons: table.sources(),
            options: OptionsInfo {
                paragraphs: options.paragraphs,
                dropped_links: options.drop_links.clone(),
                without: options.without.clone(),
                own_figures: options.figures.len(),
            },
        };
        let stance = StanceOptions { drop_links: options.drop_links.clone(), figures: options.figures.clone() };
        Analyzer { table: Arc::new(table), options, stance, model: stance::Model::builtin(), rules, provenance }
    }

    /// The same analyzer, with or without evidence; the lexicon is shared.
    pub fn with_evidence(&self, evidence: bool) -> Analyzer {
        Analyzer { options: Options { evidence, ..self.options.clone() }, ..self.clone() }
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
        let evidence = self.options.evidence;
        let (document, shifts) = self.read(text, scratch)?;
        let stances = stance::Scene::new(&document, shifts, &self.stance).score(&self.model, evidence);
        let mut held = stances.paragraphs.into_iter();
        let mut paragraphs = Vec::with_capacity(document.paragraphs.len());
        for (index, unit) in document.paragraphs.iter().enumerate() {
            paragraphs.push(Paragraph {
                index: index as u32,
                start: unit.span.start,
                end: unit.span.end,
                words: unit.words,
                sentences: unit.sentences.end - unit.sentences.start,
                sentiment: scorers::sentiment::score(&document, unit, shifts, self.rules, evidence),
                sarcasm: scorers::sarcasm::score(&document, unit, shifts, &self.options.without, evidence),
                alarm: scorers::alarm::score(&document, unit, shifts, &self.options.without, evidence),
                stances: held.next().unwrap_or_default(),
                custom: Default::default(),
            });
        }
        Ok(Report {
            schema: SCHEMA.to_string(),
            id: None,
            language: "en".to_string(),
            paragraphs,
            figures: stances.figures,
            attributions: stances.attributions,
            provenance: self.provenance.clone(),
        })
    }

    /// The stance of `text` toward each of `spans` (bytes), over all holders together: for callers who find their own targets.
    ///
    /// # Errors
    /// As [`analyze`](Analyzer::analyze).
    pub fn stance_toward(&self, text: &str, spans: &[Span], scratch: &mut Scratch) -> Result<Vec<SpanStance>, AnalyzeError> {
        let (document, shifts) = self.read(text, scratch)?;
        let scene = stance::Scene::new(&document, shifts, &self.stance);
        let toward = scene.toward(&self.model, spans).map(|(score, class, evidence)| SpanStance {
            score,
            class,
            evidence: if self.options.evidence { evidence } else { Vec::new() },
        });
        Ok(toward.collect())
    }

    /// The stance of each paragraph toward one figure, over all holders together: for callers who know whom they look for. Paragraphs
    /// without a mention score 0.
    ///
    /// # Errors
    /// As [`analyze`](Analyzer::analyze).
    pub fn paragraph_stances(&self, text: &str, figure: &KnownFigure, scratch: &mut Scratch) -> Result<Vec<SpanStance>, AnalyzeError> {
        let (document, shifts) = self.read(text, scratch)?;
        let scene = stance::Scene::new(&document, shifts, &self.stance);
        let toward = scene.toward_figure(&self.model, figure).into_iter().map(|(score, class, evidence)| SpanStance {
            score,
            class,
            evidence: if self.options.evidence { evidence } else { Vec::new() },
        });
        Ok(toward.collect())
    }

    /// The values of the stance model's features for each span, with their names: what the weights are fitted on.
    ///
    /// # Errors
    /// As [`analyze`](Analyzer::analyze).
    #[cfg(feature = "evaluate")]
    pub fn stance_features(&self, text: &str, spans: &[Span], scratch: &mut Scratch) -> Result<Vec<Vec<f32>>, AnalyzeError> {
        let (document, shifts) = self.read(text, scratch)?;
        let scene = stance::Scene::new(&document, shifts, &self.stance);
        Ok(scene.span_features(spans).map(|features| features.values()).collect())
    }

    /// Segments, looks up and shifts.
    fn read<'a>(&'a self, text: &'a str, scratch: &'a mut Scratch) -> Result<(Document<'a>, &'a [Shift]), AnalyzeError> {
        if u32::try_from(text.len()).is_err() {
            return Err(AnalyzeError::TooLong(text.len()));
        }
        let document = scratch.workspace.read(&self.table, text, self.options.paragraphs);
        let shifts = &mut scratch.shifts;
        shifts.clear();
        for paragraph in document.paragraphs {
            scorers::shift::shifts(&document, paragraph, self.rules, shifts);
        }
        Ok((document, shifts))
    }
}
