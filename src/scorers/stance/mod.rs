//! Stance toward named figures, with its holder: a document in, figures, attributions and one score for each (holder, figure)
//! of a paragraph out.
//!
//! One way through the folder; each file has one entry point and hands its result on:
//!
//! | file | from | to |
//! | --- | --- | --- |
//! | `names.rs` | tokens and naming hits | mentions of persons by name |
//! | `figures.rs` | mentions | figures: aliases, titles and pronouns joined |
//! | `speech.rs` | quotations, reporting hits, mentions | who says what |
//! | `syntax.rs` | tokens and tags of a sentence | subject, object, passive, complements around a predicate |
//! | `polarity.rs` | stance hits by syntactic place | features of each mention, with their evidence |
//! | `model.rs` | features | score and class, by weights that are data |
//!
//! Nothing is guessed from who a figure is: a name takes part in finding mentions, and in nothing behind that.

mod figures;
mod model;
mod names;
mod polarity;
mod speech;
mod syntax;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

pub use figures::KnownFigure;
pub(crate) use model::Model;
pub use polarity::FEATURE_NAMES;

use super::shift::Shift;
use crate::document::Document;
use crate::report::{self, Attribution, Figure, FigureStance, Stance, Via};
use crate::segment::Span;
use figures::{Mention, Person};
use polarity::{Features, Piece};
use speech::{Holder, Speeches};

/// What a stance scorer may be told.
#[derive(Clone, Debug, Default)]
pub(crate) struct StanceOptions {
    /// Kinds of links that are dropped.
    pub(crate) drop_links: Vec<Via>,
    /// Figures that the caller names.
    pub(crate) figures: Vec<KnownFigure>,
}

/// The stance side of a report.
pub(crate) struct Stances {
    /// By paragraph.
    pub(crate) paragraphs: Vec<Vec<Stance>>,
    pub(crate) figures: Vec<Figure>,
    pub(crate) attributions: Vec<Attribution>,
}

/// A document with its figures and speech found: what both a report and a caller's own spans are scored from.
pub(crate) struct Scene<'d> {
    document: &'d Document<'d>,
    shifts: &'d [Shift],
    persons: Vec<Person>,
    mentions: Vec<Mention>,
    speeches: Speeches,
}

impl<'d> Scene<'d> {
    /// Finds who is there and who speaks.
    pub(crate) fn new(document: &'d Document<'d>, shifts: &'d [Shift], options: &StanceOptions) -> Scene<'d> {
        let named = names::find(document, &options.figures);
        let (mut persons, mut mentions) = figures::link(document, named, options);
        let speeches = speech::attribute(document, &mentions);
        figures::link_speakers(document, &speeches, &mut persons, &mut mentions, options);
        Scene { document, shifts, persons, mentions, speeches }
    }

    /// The scores of the document.
    pub(crate) fn score(&self, model: &Model, with_evidence: bool) -> Stances {
        let mut cells = Cells::default();
        let context = polarity::Context::new(self.document, self.shifts, &self.mentions, &self.speeches);
        for (number, mention) in self.mentions.iter().enumerate() {
            let holder = self.speeches.innermost(mention.tokens.start).map_or(Holder::Author, |s| s.holder.clone());
            let features = context.features(number as u32, mention.tokens.clone());
            let cell = cells.at(mention.paragraph, holder, mention.figure);
            cell.mentions += 1;
            if !cell.via.contains(&mention.via) {
                cell.via.push(mention.via);
            }
            cell.features.add(&features);
            // What a third person does to the figure is that person's stance as well: "X accused Y".
            for (who, piece) in &features.by_others {
                let Some(other) = self.mentions.get(*who as usize) else { continue };
                if other.figure != mention.figure {
                    let held = Holder::Figure(other.figure);
                    cells.at(mention.paragraph, held, mention.figure).features.push(piece.clone());
                }
            }
        }
        self.report(cells.list, model, with_evidence)
    }

    /// The stance toward spans that the caller gives, over all holders: features of the span and the class that readers would see.
    pub(crate) fn toward(&self, model: &Model, span: Span) -> (f32, i8, Vec<report::Evidence>) {
        let features = self.span_features(span);
        let (score, class) = model.class(&features);
        let pieces = features.pieces.iter().map(|p| self.evidence(p, model)).collect();
        (score, class, pieces)
    }

    /// The stance of each paragraph toward the figure of that name, over all holders.
    pub(crate) fn toward_figure(&self, model: &Model, figure: &KnownFigure) -> Vec<(f32, i8, Vec<report::Evidence>)> {
        let context = polarity::Context::new(self.document, self.shifts, &self.mentions, &self.speeches);
        let person = figures::named(&self.persons, &self.mentions, figure);
        let of_paragraph = |number: usize| {
            let mentions = self.mentions.iter().enumerate().filter(|(_, m)| Some(m.figure) == person && m.paragraph == number as u32);
            let mut sum = 0.0;
            let mut count = 0.0;
            let mut evidence = Vec::new();
            for (mention_number, mention) in mentions {
                let features = context.features(mention_number as u32, mention.tokens.clone());
                sum += model.class(&features).0;
                count += 1.0;
                evidence.extend(features.pieces.iter().map(|p| self.evidence(p, model)));
            }
            (if count > 0.0 { sum / count } else { 0.0 }, evidence)
        };
        let paragraphs: Vec<(f32, Vec<report::Evidence>)> = (0..self.document.paragraphs.len()).map(of_paragraph).collect();
        // Readers judge a paragraph in the light of the whole article.
        let article = paragraphs.iter().map(|(score, _)| score).sum::<f32>() / paragraphs.len().max(1) as f32;
        paragraphs.into_iter().map(|(score, evidence)| (score, model.paragraph_class(score, article), evidence)).collect()
    }

    /// The features of a span that the caller gives: for the fit.
    pub(crate) fn span_features(&self, span: Span) -> Features {
        let tokens = self.tokens_of(span);
        let context = polarity::Context::new(self.document, self.shifts, &self.mentions, &self.speeches);
        let number = self.mentions.iter().position(|m| m.tokens.start < tokens.end && tokens.start < m.tokens.end);
        context.features(number.map_or(u32::MAX, |n| n as u32), tokens)
    }

    fn tokens_of(&self, span: Span) -> Range<u32> {
        let tokens = self.document.tokens;
        let start = tokens.partition_point(|t| t.end <= span.start);
        let end = tokens.partition_point(|t| t.start < span.end).max(start + 1).min(tokens.len().max(1));
        start.min(end) as u32..end as u32
    }

    fn name(&self, holder: &Holder) -> String {
        match holder {
            Holder::Author => report::AUTHOR.to_string(),
            Holder::Unknown => report::UNKNOWN.to_string(),
            Holder::Figure(f) => self.persons[*f as usize].name.clone(),
            Holder::Words(tokens) => self.document.slice(tokens.clone()).split_whitespace().collect::<Vec<_>>().join(" "),
        }
    }

    fn evidence(&self, piece: &Piece, model: &Model) -> report::Evidence {
        let span = self.document.span(piece.tokens.clone());
        let term = match piece.entry {
            Some(entry) => self.document.table.term(entry).to_string(),
            None => self.document.slice(piece.tokens.clone()).to_string(),
        };
        report::Evidence {
            start: span.start,
            end: span.end,
            cue: format!("stance.{}", piece.feature.name()),
            term,
            weight: piece.weight,
            contribution: model.contribution(piece),
            shifts: piece.shift.names(),
        }
    }

    fn report(&self, cells: Vec<Cell>, model: &Model, with_evidence: bool) -> Stances {
        let mut paragraphs: Vec<Vec<Stance>> = Vec::new();
        paragraphs.resize_with(self.document.paragraphs.len(), Vec::new);
        let mut figures: Vec<Figure> = self
            .persons
            .iter()
            .map(|p| Figure {
                name: p.name.clone(),
                aliases: p.aliases.clone(),
                gender: p.gender(),
                mentions: 0,
                spans: Vec::new(),
                stances: Vec::new(),
            })
            .collect();
        for mention in &self.mentions {
            let figure = &mut figures[mention.figure as usize];
            figure.mentions += 1;
            if with_evidence {
                let span = self.document.span(mention.tokens.clone());
                figure.spans.push(report::Mention { start: span.start, end: span.end, via: mention.via });
            }
        }
        // (figure, holder) to weighted sum, weight, hits, paragraphs
        type Sums = (f32, f32, u32, Vec<u32>);
        let mut totals: BTreeMap<(u32, String), Sums> = BTreeMap::new();
        for cell in cells {
            let hits = cell.features.pieces.len() as u32;
            let score = if hits == 0 { 0.0 } else { model.score(&cell.features) };
            let holder = self.name(&cell.holder);
            let weight = (hits as f32).sqrt();
            let total = totals.entry((cell.figure, holder.clone())).or_default();
            total.0 += score * weight;
            total.1 += weight;
            total.2 += hits;
            if total.3.last() != Some(&cell.paragraph) {
                total.3.push(cell.paragraph);
            }
            paragraphs[cell.paragraph as usize].push(Stance {
                holder,
                figure: self.persons[cell.figure as usize].name.clone(),
                score,
                mentions: cell.mentions,
                via: cell.via,
                hits,
                evidence: if with_evidence { cell.features.pieces.iter().map(|p| self.evidence(p, model)).collect() } else { Vec::new() },
            });
        }
        for ((figure, holder), (sum, weight, hits, paragraphs)) in totals {
            let score = if weight > 0.0 { sum / weight } else { 0.0 };
            figures[figure as usize].stances.push(FigureStance { holder, score, hits, paragraphs });
        }
        let attributions = self
            .speeches
            .list
            .iter()
            .map(|s| Attribution {
                holder: self.name(&s.holder),
                source: s.source.clone().map(|t| self.document.span(t)),
                cue: s.cue.clone().map(|t| self.document.span(t)),
                content: s.content.iter().map(|t| self.document.span(t.clone())).collect(),
                form: s.form,
            })
            .collect();
        Stances { paragraphs, figures: figures.into_iter().filter(|f| f.mentions > 0).collect(), attributions }
    }
}

/// One (paragraph, holder, figure) while it fills.
struct Cell {
    paragraph: u32,
    holder: Holder,
    figure: u32,
    mentions: u32,
    via: Vec<Via>,
    features: Features,
}

/// The cells in order of their first evidence.
#[derive(Default)]
struct Cells {
    list: Vec<Cell>,
    places: HashMap<(u32, Holder, u32), usize>,
}

impl Cells {
    fn at(&mut self, paragraph: u32, holder: Holder, figure: u32) -> &mut Cell {
        let at = *self.places.entry((paragraph, holder.clone(), figure)).or_insert_with(|| {
            self.list.push(Cell { paragraph, holder, figure, mentions: 0, via: Vec::new(), features: Features::default() });
            self.list.len() - 1
        });
        &mut self.list[at]
    }
}
