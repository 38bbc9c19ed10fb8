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
    /// `emphasis`, `hashtags`; with `figures`, no persons, attributions and stances are looked for, which halves the time
    /// ([`rule_names`](crate::rule_names) lists all).
    pub without: Vec<String>,
    /// Kinds of mention links to drop: [`Via::Name`], [`Via::Alias`], [`Via::Title`], [`Via::Pronoun`].
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

/// The stages of an analysis in order, for those who measure them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Text to tokens.
    Tokens,
    /// Tokens to word meanings, and to hits of terms of several words.
    Lexicon,
    /// Paragraphs, sentences, quotations, clauses.
    Structure,
    /// Negation, intensity, certainty, contrast and time around the hits.
    Shifts,
    /// Sentiment.
    Sentiment,
    /// Sarcasm markers.
    Sarcasm,
    /// Alarm language.
    Alarm,
    /// Figures, speakers, stance.
    Stance,
    /// Results into a [`Report`].
    Report,
}

impl Stage {
    /// All of them.
    pub const ALL: [Stage; 9] = [
        Stage::Tokens,
        Stage::Lexicon,
        Stage::Structure,
        Stage::Shifts,
        Stage::Sentiment,
        Stage::Sarcasm,
        Stage::Alarm,
        Stage::Stance,
        Stage::Report,
    ];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Tokens => "tokens",
            Stage::Lexicon => "lexicon",
            Stage::Structure => "sentences",
            Stage::Shifts => "shifts",
            Stage::Sentiment => "sentiment",
            Stage::Sarcasm => "sarcasm",
            Stage::Alarm => "alarm",
            Stage::Stance => "stance",
            Stage::Report => "report",
        }
    }
}

/// Scores texts. Built once, shared by threads; each thread brings a [`Scratch`].
#[derive(Clone, Debug)]
pub struct Analyzer {
    table: Arc<Compiled>,
    options: Options,
    stance: StanceOptions,
    model: stance::Model,
    rules: Rules,
    provenance: Arc<Provenance>,
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
        Analyzer { table: Arc::new(table), options, stance, model: stance::Model::builtin(), rules, provenance: Arc::new(provenance) }
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
        self.analyze_by(text, scratch, &self.stance, &mut |_| ())
    }

    /// As [`analyze_with`](Analyzer::analyze_with), with figures that belong to this document alone, besides those of the options: a
    /// record that brings its own.
    ///
    /// ```
    /// use philippic::{Analyzer, KnownFigure, Scratch};
    /// let keeper = KnownFigure { name: "Jane Roe".into(), roles: vec!["lighthouse keeper".into()], ..KnownFigure::default() };
    /// let report = Analyzer::english().analyze_about("The lighthouse keeper lied.", &[keeper], &mut Scratch::default())?;
    /// assert_eq!(report.figures[0].name, "Jane Roe");
    /// # Ok::<(), philippic::AnalyzeError>(())
    /// ```
    ///
    /// # Errors
    /// As [`analyze`](Analyzer::analyze).
    pub fn analyze_about(&self, text: &str, figures: &[KnownFigure], scratch: &mut Scratch) -> Result<Report, AnalyzeError> {
        if figures.is_empty() {
            return self.analyze_with(text, scratch);
        }
        let mut options = self.stance.clone();
        options.figures.extend_from_slice(figures);
        let mut report = self.analyze_by(text, scratch, &options, &mut |_| ())?;
        Arc::make_mut(&mut report.provenance).options.own_figures = options.figures.len();
        Ok(report)
    }

    /// As [`analyze_with`](Analyzer::analyze_with), calling `done` behind each stage, in the order of [`Stage::ALL`]: between two calls ran
    /// the stage that the second one names.
    ///
    /// # Errors
    /// As [`analyze`](Analyzer::analyze).
    pub fn analyze_in_stages(&self, text: &str, scratch: &mut Scratch, mut done: impl FnMut(Stage)) -> Result<Report, AnalyzeError> {
        self.analyze_by(text, scratch, &self.stance, &mut done)
    }

    fn analyze_by(
        &self,
        text: &str,
        scratch: &mut Scratch,
        options: &StanceOptions,
        done: &mut impl FnMut(Stage),
    ) -> Result<Report, AnalyzeError> {
        let evidence = self.options.evidence;
        let without = &self.options.without;
        let (document, shifts) = self.read(text, scratch, done)?;
        let units = document.paragraphs;
        let sentiments: Vec<_> =
            units.iter().map(|unit| scorers::sentiment::score(&document, unit, shifts, self.rules, evidence)).collect();
        done(Stage::Sentiment);
        let sarcasms: Vec<_> = units.iter().map(|unit| scorers::sarcasm::score(&document, unit, shifts, without, evidence)).collect();
        done(Stage::Sarcasm);
        let alarms: Vec<_> = units.iter().map(|unit| scorers::alarm::score(&document, unit, shifts, without, evidence)).collect();
        done(Stage::Alarm);
        let irony: Vec<f32> = sarcasms.iter().map(|sarcasm| sarcasm.score).collect();
        let stances = if without.iter().any(|name| name == scorers::FIGURES) {
            stance::Stances::default()
        } else {
            stance::Scene::new(&document, shifts, options).score(&self.model, &irony, evidence)
        };
        done(Stage::Stance);
        let mut held = stances.paragraphs.into_iter();
        let scores = sentiments.into_iter().zip(sarcasms).zip(alarms);
        let paragraphs = units
            .iter()
            .zip(scores)
            .enumerate()
            .map(|(index, (unit, ((sentiment, sarcasm), alarm)))| Paragraph {
                index: index as u32,
                start: unit.span.start,
                end: unit.span.end,
                words: unit.words,
                sentences: unit.sentences.end - unit.sentences.start,
                sentiment,
                sarcasm,
                alarm,
                stances: held.next().unwrap_or_default(),
                custom: scorers::custom::score(&document, unit, evidence),
            })
            .collect();
        let report = Report {
            schema: SCHEMA.to_string(),
            id: None,
            language: "en".to_string(),
            paragraphs,
            figures: stances.figures,
            attributions: stances.attributions,
            provenance: self.provenance.clone(),
        };
        done(Stage::Report);
        Ok(report)
    }

    /// The stance of `text` toward each of `spans` (bytes), over all holders together: for callers who find their own targets.
    ///
    /// # Errors
    /// As [`analyze`](Analyzer::analyze).
    pub fn stance_toward(&self, text: &str, spans: &[Span], scratch: &mut Scratch) -> Result<Vec<SpanStance>, AnalyzeError> {
        let (document, shifts) = self.read(text, scratch, &mut |_| ())?;
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
        let (document, shifts) = self.read(text, scratch, &mut |_| ())?;
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
        let (document, shifts) = self.read(text, scratch, &mut |_| ())?;
        let scene = stance::Scene::new(&document, shifts, &self.stance);
        Ok(scene.span_features(spans).map(|features| features.values()).collect())
    }

    /// Segments, looks up and shifts.
    fn read<'a>(
        &'a self,
        text: &'a str,
        scratch: &'a mut Scratch,
        done: &mut impl FnMut(Stage),
    ) -> Result<(Document<'a>, &'a [Shift]), AnalyzeError> {
        if u32::try_from(text.len()).is_err() {
            return Err(AnalyzeError::TooLong(text.len()));
        }
        let document = scratch.workspace.read_in_stages(&self.table, text, self.options.paragraphs, done);
        let shifts = &mut scratch.shifts;
        shifts.clear();
        for paragraph in document.paragraphs {
            scorers::shift::shifts(&document, paragraph, self.rules, shifts);
        }
        done(Stage::Shifts);
        Ok((document, shifts))
    }
}
