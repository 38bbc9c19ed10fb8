//! Stance toward named figures, with its holder: a document in, figures, attributions and one score for each (holder, figure)
//! of a paragraph out.
//!
//! One way through the folder; each file has one entry point and hands its result on:
//!
//! | file | from | to |
//! | --- | --- | --- |
//! | `names/` | tokens and naming hits | mentions of persons by name |
//! | `figures.rs` | mentions | figures: aliases and titles joined |
//! | `pronouns.rs` | | "he" and "she" joined |
//! | `speech/` | quotations, reporting hits, mentions | who says what |
//! | `speakers.rs` | figures and speeches | "I", "you" and "he" in direct speech |
//! | `syntax/` | tokens and tags of a sentence | subject, object, passive, complements around a predicate |
//! | `polarity/` | stance hits by syntactic place, one file a second idea | features of each mention, with their evidence |
//! | `features.rs` | | the features by name, and what evidence is |
//! | `model.rs` | features | score and class, by weights that are data |
//!
//! Nothing is guessed from who a figure is: a name takes part in finding mentions, and in nothing behind that.

mod features;
mod figures;
mod model;
mod names;
mod polarity;
mod pronouns;
mod speakers;
mod speech;
mod syntax;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

pub use features::FEATURE_NAMES;
pub use figures::KnownFigure;
pub(crate) use model::Model;

use super::shift::Shift;
use crate::document::Document;
use crate::lexicon::Cat;
use crate::report::{self, Attribution, Figure, FigureStance, Stance, Via};
use crate::segment::{Marks, Span};
use features::{Doer, Features, Piece};
use figures::{Mention, Person};
use model::Lean;
use speech::{Holder, Speeches};

/// What the article's mean stance, the paragraph's tone and the article's tone add to the stance of a paragraph's mentions, for the class
/// that readers see: set by hand on `stance_paragraphs.dev`, where a fifth more or less changes macro-F1 by half a point.
const ARTICLE: f32 = 0.7;
const TONE: f32 = 0.8;
const TONE_OF_ARTICLE: f32 = 6.0;

/// What a stance scorer may be told.
#[derive(Clone, Debug, Default)]
pub(crate) struct StanceOptions {
    /// Kinds of links that are dropped.
    pub(crate) drop_links: Vec<Via>,
    /// Figures that the caller names.
    pub(crate) figures: Vec<KnownFigure>,
}

/// The stance side of a report.
#[derive(Default)]
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
    /// Which sentences are headlines.
    headlines: Vec<bool>,
}

/// A paragraph is ironic from this sarcasm score on: where a reader would say so.
const IRONIC: f32 = 0.5;

/// Longest name, with titles, between an accusation and what it is of.
const NAME_BETWEEN: usize = 6;
/// What is left of an event that the author reports.
const REPORTED: f32 = 0.1;

impl<'d> Scene<'d> {
    /// Finds who is there and who speaks.
    pub(crate) fn new(document: &'d Document<'d>, shifts: &'d [Shift], options: &StanceOptions) -> Scene<'d> {
        let headlines = names::headlines(document);
        let named = names::find(document, &headlines, &options.figures);
        let (mut persons, mut mentions) = figures::link(document, named, options);
        let speeches = speech::attribute(document, &mentions);
        speakers::link(document, &speeches, &mut persons, &mut mentions, options);
        Scene { document, shifts, persons, mentions, speeches, headlines }
    }

    fn context(&self) -> polarity::Context<'_> {
        polarity::Context::new(self.document, self.shifts, &self.mentions, &self.speeches, &self.headlines)
    }

    /// Whether the author speaks in most of a paragraph and reports nobody else's sarcasm, so that its sarcasm is the author's.
    fn is_authors(&self, paragraph: usize) -> bool {
        let tokens = self.document.paragraphs[paragraph].tokens.clone();
        let own = tokens.clone().filter(|&t| self.speeches.innermost(t).is_none()).count();
        own * 2 > tokens.len() && !tokens.clone().any(|t| self.document.is(t as usize, Cat::REPORTED_SARCASM.tag()))
    }

    /// Whether an event that a report has to name begins at the token, or what a court, the police or others lay to somebody: "arrested on
    /// suspicion of *taking bribes*", "accused Minister Y of *breaking his word*".
    fn is_event(&self, token: u32) -> bool {
        let event = |t: usize| self.document.is(t, Cat::HAPPENING.tag());
        let at = token as usize;
        let laid = || {
            let preposition = at.checked_sub(1).filter(|&p| self.document.is(p, Cat::PREPOSITION.tag()))?;
            let first = preposition.saturating_sub(NAME_BETWEEN);
            (first..preposition).rev().find(|&t| !self.document.has(t, Marks::CAPITAL)).map(event)
        };
        event(at) || laid() == Some(true)
    }

    /// The scores of the document. `irony` is the sarcasm score of each paragraph: where it is strong, the author's praise is turned.
    pub(crate) fn score(&self, model: &Model, irony: &[f32], with_evidence: bool) -> Stances {
        let mut cells = Cells::default();
        let context = self.context();
        let irony: Vec<f32> =
            irony.iter().enumerate().map(|(n, &score)| if score >= IRONIC && self.is_authors(n) { score } else { 0.0 }).collect();
        for mention in &self.mentions {
            let holder = self.speeches.innermost(mention.tokens.start).map_or(Holder::Author, |s| s.holder.clone());
            let mut features = context.evidence(mention.tokens.clone());
            // The author of a report takes no side by naming what happened, nor does anybody by naming it near somebody or as what was
            // done to him: "police said X had been arrested".
            for piece in features.pieces.iter_mut() {
                let suffered = piece.feature.is_suffered() || piece.feature.is_near();
                // "demanded that X be dismissed"
                let wanted = piece.tokens.start > 0 && self.document.word(piece.tokens.start as usize - 1) == "be";
                if (holder == Holder::Author || suffered && !wanted) && self.is_event(piece.tokens.start) {
                    piece.held = piece.held.min(REPORTED);
                }
            }
            let ironic = irony.get(mention.paragraph as usize).copied().unwrap_or(0.0);
            if holder == Holder::Author && ironic > 0.0 {
                features.turn_praise(ironic);
            }
            // What a third person does to the figure is that person's stance: "X accused Y".
            for (who, piece) in &features.by_others {
                let doer = match who {
                    Doer::Mention(other) => Holder::Figure(self.mentions[*other as usize].figure),
                    Doer::Words(tokens) => Holder::Words(tokens.clone()),
                    Doer::Unknown => Holder::Unknown,
                };
                if doer != Holder::Figure(mention.figure) {
                    let cell = cells.at(mention.paragraph, doer, mention.figure);
                    cell.take(model.lean(std::iter::once(piece)), std::iter::once(piece.clone()), with_evidence);
                }
            }
            // What stands in somebody's words is theirs, though the figure is named outside: "X is accused by Y of lying".
            let own = self.speeches.number(mention.tokens.start);
            for piece in features.pieces.iter_mut().filter(|p| p.held > 0.0 && !p.feature.is_near()) {
                let Some(speech) = self.speeches.innermost(piece.tokens.start).filter(|s| !s.says(mention.tokens.start)) else { continue };
                // Of a pronoun that nobody could be found for, it may be this one.
                let told = speech.holder != Holder::Unknown || speech.source.is_none();
                if told
                    && self.speeches.number(piece.tokens.start) != own
                    && speech.holder != Holder::Figure(mention.figure)
                    && speech.holder != holder
                {
                    let cell = cells.at(mention.paragraph, speech.holder.clone(), mention.figure);
                    cell.take(model.lean(std::iter::once(&*piece)), std::iter::once(piece.clone()), with_evidence);
                    piece.held = 0.0;
                }
            }
            let cell = cells.at(mention.paragraph, holder, mention.figure);
            cell.mentions += 1;
            if !cell.via.contains(&mention.via) {
                cell.via.push(mention.via);
            }
            cell.take(model.lean(features.pieces.iter()), features.pieces.into_iter().filter(|p| p.held > 0.0), with_evidence);
        }
        for speech in &self.speeches.list {
            let Some(figure) = speech.topic.filter(|&f| speech.holder != Holder::Figure(f)) else { continue };
            let parts: Vec<&Range<u32>> = speech.quoted.iter().filter(|part| self.names_nobody(part, &speech.holder)).collect();
            let Some(first) = parts.first() else { continue };
            let paragraph = self.document.paragraphs.partition_point(|p| p.tokens.end <= first.start) as u32;
            let pieces = context.about_topic(parts.into_iter()).pieces;
            let cell = cells.at(paragraph, speech.holder.clone(), figure);
            cell.take(model.lean(pieces.iter()), pieces.into_iter(), with_evidence);
        }
        self.report(cells.list, model)
    }

    /// Whether a part of a quotation names nobody but its speaker.
    fn names_nobody(&self, part: &Range<u32>, speaker: &Holder) -> bool {
        let of = |t: u32| self.mentions.partition_point(|m| m.tokens.start < t);
        self.mentions[of(part.start)..of(part.end)].iter().all(|m| *speaker == Holder::Figure(m.figure))
    }

    /// The stance toward each of the spans that the caller gives, over all holders: the class that readers would see.
    pub(crate) fn toward<'s>(&'s self, model: &'s Model, spans: &'s [Span]) -> impl Iterator<Item = (f32, i8, Vec<report::Evidence>)> + 's {
        self.span_features(spans).map(|features| {
            let (score, class) = model.class(&features);
            (score, class, features.pieces.iter().map(|p| self.evidence(p, model)).collect())
        })
    }

    /// The stance of each paragraph toward the figure of that name, over all holders.
    pub(crate) fn toward_figure(&self, model: &Model, figure: &KnownFigure) -> Vec<(f32, i8, Vec<report::Evidence>)> {
        let context = self.context();
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
            (if count > 0.0 { sum / count } else { 0.0 }, evidence, self.tone(number))
        };
        let paragraphs: Vec<(f32, Vec<report::Evidence>, f32)> = (0..self.document.paragraphs.len()).map(of_paragraph).collect();
        // Readers judge a paragraph in the light of the whole article, and a person in the light of what is told around.
        let mentioned = paragraphs.iter().filter(|(_, evidence, _)| !evidence.is_empty()).count();
        let article = paragraphs.iter().map(|(score, ..)| score).sum::<f32>() / mentioned.max(1) as f32;
        let tone_of_article = paragraphs.iter().map(|(.., tone)| tone).sum::<f32>() / paragraphs.len().max(1) as f32;
        let class =
            |score: f32, tone: f32| model.paragraph_class(score + ARTICLE * article + TONE * tone + TONE_OF_ARTICLE * tone_of_article);
        paragraphs.into_iter().map(|(score, evidence, tone)| (score, class(score, tone), evidence)).collect()
    }

    /// The plain sentiment of a paragraph: the sum of its words' over the root of its length, so that long paragraphs say more, but not in
    /// proportion.
    fn tone(&self, paragraph: usize) -> f32 {
        let unit = &self.document.paragraphs[paragraph];
        let hits = &self.document.hits[unit.hits.start as usize..unit.hits.end as usize];
        let sum: f32 = hits.iter().filter(|h| h.cat == Cat::SENTIMENT).map(|h| h.weight).sum();
        sum / (unit.words.max(1) as f32).sqrt()
    }

    /// The features of each of the spans that the caller gives: what the weights are fitted on.
    pub(crate) fn span_features<'s>(&'s self, spans: &'s [Span]) -> impl Iterator<Item = Features> + 's {
        let context = self.context();
        spans.iter().map(move |&span| {
            let tokens = self.tokens_of(span);
            let number = self.mentions.partition_point(|m| m.tokens.end <= tokens.start);
            let known = self.mentions.get(number).is_some_and(|m| m.tokens.start < tokens.end);
            context.features(if known { number as u32 } else { u32::MAX }, tokens)
        })
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
            Holder::Words(tokens) => {
                // The label of a transcript, "MR. SMITH", is shown as a name.
                let shouted =
                    tokens.clone().all(|t| !self.document.tokens[t as usize].is_word() || self.document.has(t as usize, Marks::SHOUTED));
                let slice = self.document.slice(tokens.clone());
                let words = slice.split_whitespace().map(|word| match word.chars().count() > 3 && shouted {
                    true => word.chars().take(1).chain(word.chars().skip(1).flat_map(char::to_lowercase)).collect(),
                    false => word.to_string(),
                });
                words.collect::<Vec<String>>().join(" ")
            }
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

    fn report(&self, cells: Vec<Cell>, model: &Model) -> Stances {
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
            let span = self.document.span(mention.tokens.clone());
            figure.spans.push(report::Mention { start: span.start, end: span.end, via: mention.via });
        }
        // (figure, holder) to weighted sum, weight, hits, paragraphs
        type Sums = (f32, f32, u32, Vec<u32>);
        let mut totals: BTreeMap<(u32, String), Sums> = BTreeMap::new();
        for cell in cells {
            let hits = cell.hits;
            let score = if cell.weight > 0.0 { cell.sum / cell.weight } else { 0.0 };
            let holder = self.name(&cell.holder);
            let total = totals.entry((cell.figure, holder.clone())).or_default();
            total.0 += cell.sum;
            total.1 += cell.weight;
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
                evidence: cell.pieces.iter().map(|p| self.evidence(p, model)).collect(),
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
    /// Scores of the mentions by their weight, and the weights.
    sum: f32,
    weight: f32,
    hits: u32,
    /// Kept where evidence is asked for.
    pieces: Vec<Piece>,
}

impl Cell {
    fn take(&mut self, lean: Lean, pieces: impl Iterator<Item = Piece>, keep: bool) {
        self.sum += lean.score * lean.weight;
        self.weight += lean.weight;
        if keep {
            let before = self.pieces.len();
            self.pieces.extend(pieces);
            self.hits += (self.pieces.len() - before) as u32;
        } else {
            self.hits += pieces.count() as u32;
        }
    }
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
            self.list.push(Cell {
                paragraph,
                holder,
                figure,
                mentions: 0,
                via: Vec::new(),
                sum: 0.0,
                weight: 0.0,
                hits: 0,
                pieces: Vec::new(),
            });
            self.list.len() - 1
        });
        &mut self.list[at]
    }
}
