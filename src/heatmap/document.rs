//! A document as it is shown: its grid, its paragraphs as displayed text, and the evidence behind each cell.

use std::collections::BTreeMap;

use serde::Serialize;

use super::HeatmapError;
use super::graph::Graph;
use super::grid::{Cell, Column, ColumnKind, Grid, Row, ScoreKind, maker};
use super::scales::Scale;
use super::text::{Display, count, first_words, one_line};
use crate::report::{AUTHOR, Evidence, Paragraph, Report, UNKNOWN};

/// Characters of a paragraph that a row label may show.
const FIRST_WORDS: usize = 160;

/// A document, ready to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentView {
    /// A row a paragraph; scores, then figures.
    pub grid: Grid,
    /// The paragraphs in order.
    pub paragraphs: Vec<DocumentParagraph>,
    /// The figures in the order of their columns: the most mentioned first.
    pub figures: Vec<Figure>,
    /// Everybody who holds a stance, the author first; what [`StanceCell::holder`] counts.
    pub holders: Vec<String>,
    /// Who holds what toward whom in the whole document.
    pub graph: Graph,
    /// The lexicons and options that made the scores, a line each.
    pub provenance: Vec<String>,
    /// Whether the text was at hand.
    pub has_text: bool,
}

/// A figure of the document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// The fullest name.
    pub name: String,
    /// A shorter one that no other figure here has.
    pub short: String,
    /// The other names.
    pub aliases: Vec<String>,
    /// Number of mentions.
    pub mentions: u32,
}

/// A paragraph as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentParagraph {
    /// The displayed text; spans of [`Cue`] count its UTF-16 units, as a browser does. Empty where the text is not at hand.
    pub text: String,
    /// Number of words.
    pub words: u32,
    /// Sentiment, sarcasm, alarm.
    pub scores: [ScoreCell; 3],
    /// The stances of this paragraph.
    pub stances: Vec<StanceCell>,
}

/// One of the three scores with its evidence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScoreCell {
    /// The score.
    pub value: f32,
    /// Pieces of evidence; there may be more than in `cues`, which is empty where the report has no evidence.
    pub hits: u32,
    /// The evidence in order of the text.
    pub cues: Vec<Cue>,
}

/// One holder's stance toward one figure.
#[derive(Clone, Debug, PartialEq)]
pub struct StanceCell {
    /// Index in [`DocumentView::holders`].
    pub holder: usize,
    /// Index in [`DocumentView::figures`].
    pub figure: usize,
    /// Mentions of the figure in the holder's words.
    pub mentions: u32,
    /// The stance.
    pub score: ScoreCell,
}

/// One piece of evidence as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// First UTF-16 unit in the paragraph's displayed text.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Category or rule.
    pub cue: String,
    /// The lexicon's term.
    pub term: String,
    /// Its weight.
    pub weight: f32,
    /// What it added to the score.
    pub contribution: f32,
    /// What changed the weight.
    pub shifts: Vec<String>,
}

impl DocumentView {
    /// The view of a report and the text that it was made from. Without the text there are no first words and no article, all else is
    /// there. An empty report has no rows.
    ///
    /// # Errors
    /// [`HeatmapError::OtherText`] if a paragraph of the report does not fit the text.
    pub fn new(report: &Report, text: Option<&str>, title: &str) -> Result<DocumentView, HeatmapError> {
        let figures = figures(report);
        let holders = holders(report, &figures);
        let mut view = DocumentView {
            grid: grid(report, &figures, title),
            paragraphs: Vec::with_capacity(report.paragraphs.len()),
            graph: Graph::new(report, &figures, &holders),
            holders: holders.iter().map(|h| holder_label(h)).collect(),
            figures: figures.iter().map(|f| f.shown.clone()).collect(),
            provenance: provenance(report),
            has_text: text.is_some(),
        };
        for paragraph in &report.paragraphs {
            let slice = match text {
                Some(text) => text
                    .get(paragraph.start as usize..paragraph.end as usize)
                    .ok_or(HeatmapError::OtherText { paragraph: paragraph.index, end: paragraph.end })?,
                None => "",
            };
            let shown = show(paragraph, slice, &figures, &holders);
            let mut cells: Vec<Cell> = shown.scores.iter().map(|s| Cell::new(s.value, s.hits)).collect();
            cells.extend((0..figures.len()).map(|figure| toward(&shown.stances, figure)));
            let label = if text.is_some() { first_words(slice, FIRST_WORDS) } else { count(paragraph.words as usize, "word") };
            view.grid.rows.push(Row { number: (paragraph.index + 1).to_string(), label, link: None, cells });
            view.paragraphs.push(shown);
        }
        Ok(view)
    }
}

/// The stance of a paragraph toward a figure over all holders: their mean, weighted by evidence.
fn toward(stances: &[StanceCell], figure: usize) -> Cell {
    let held: Vec<&StanceCell> = stances.iter().filter(|s| s.figure == figure).collect();
    if held.is_empty() {
        return Cell::Absent;
    }
    let hits: u32 = held.iter().map(|s| s.score.hits).sum();
    let sum: f32 = held.iter().map(|s| s.score.value * s.score.hits as f32).sum();
    Cell::new(if hits == 0 { 0.0 } else { sum / hits as f32 }, hits)
}

/// A figure and the name that the report has for it.
pub(super) struct Known {
    pub(super) name: String,
    pub(super) shown: Figure,
}

fn figures(report: &Report) -> Vec<Known> {
    let mut order: Vec<&crate::report::Figure> = report.figures.iter().collect();
    order.sort_by_key(|f| std::cmp::Reverse(f.mentions));
    let last = |name: &str| name.split(' ').next_back().unwrap_or(name).to_string();
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for figure in &order {
        *names.entry(last(&one_line(&figure.name))).or_default() += 1;
    }
    let shown = order.into_iter().map(|figure| {
        let name = one_line(&figure.name);
        let short = Some(last(&name)).filter(|s| names.get(s) == Some(&1)).unwrap_or_else(|| name.clone());
        let aliases = figure.aliases.iter().map(|a| one_line(a)).collect();
        Known { name: figure.name.clone(), shown: Figure { name, short, aliases, mentions: figure.mentions } }
    });
    shown.collect()
}

/// The author, then figures, then everybody else in the order of the text.
fn holders(report: &Report, figures: &[Known]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let in_paragraphs = report.paragraphs.iter().flat_map(|p| p.stances.iter().map(|s| &s.holder));
    let in_document = report.figures.iter().flat_map(|f| f.stances.iter().map(|s| &s.holder));
    for holder in in_paragraphs.chain(in_document) {
        if !all.contains(holder) {
            all.push(holder.clone());
        }
    }
    all.sort_by_key(|holder| match figures.iter().position(|f| f.name == *holder) {
        _ if holder == AUTHOR => 0,
        Some(figure) => figure + 1,
        None if holder == UNKNOWN => usize::MAX,
        None => usize::MAX - 1,
    });
    all
}

fn holder_label(holder: &str) -> String {
    match holder {
        AUTHOR => "the author".to_string(),
        UNKNOWN => "unknown speaker".to_string(),
        other => one_line(other),
    }
}

fn grid(report: &Report, figures: &[Known], title: &str) -> Grid {
    let scores = ScoreKind::ALL.map(|kind| Column {
        kind: ColumnKind::Score(kind),
        name: kind.name().to_string(),
        short: kind.name().to_string(),
        scale: kind.scale(),
    });
    let of_figures = figures.iter().map(|figure| Column {
        kind: ColumnKind::Figure,
        name: figure.shown.name.clone(),
        short: figure.shown.short.clone(),
        scale: Scale::Diverging,
    });
    let words: usize = report.paragraphs.iter().map(|p| p.words as usize).sum();
    let mut facts = format!("{}, {}", count(report.paragraphs.len(), "paragraph"), count(words, "word"));
    if !figures.is_empty() {
        facts.push_str(&format!(", {}", count(figures.len(), "figure")));
    }
    Grid {
        title: one_line(title),
        facts,
        number_head: "¶",
        label_head: "first words".to_string(),
        absent: "not mentioned",
        columns: scores.into_iter().chain(of_figures).collect(),
        rows: Vec::with_capacity(report.paragraphs.len()),
        caption: "Sarcasm markers and alarm language run from 0 to 1, sentiment and the stance toward each figure from −1 (against) to +1 \
                  (for), all holders together. A dash is “no evidence”, which is not neutral."
            .to_string(),
        maker: maker(&report.provenance.version),
    }
}

fn show(paragraph: &Paragraph, slice: &str, figures: &[Known], holders: &[String]) -> DocumentParagraph {
    let display = Display::new(slice);
    let cues = |evidence: &[Evidence]| {
        let mut cues: Vec<Cue> = evidence
            .iter()
            .map(|e| Cue {
                start: display.utf16(e.start.saturating_sub(paragraph.start).min(slice.len() as u32)),
                end: display.utf16(e.end.saturating_sub(paragraph.start).min(slice.len() as u32)),
                cue: one_line(&e.cue),
                term: one_line(&e.term),
                weight: e.weight,
                contribution: e.contribution,
                shifts: e.shifts.iter().map(|s| one_line(s)).collect(),
            })
            .collect();
        cues.sort_by_key(|c| (c.start, c.end));
        cues
    };
    let (sentiment, sarcasm, alarm) = (&paragraph.sentiment, &paragraph.sarcasm, &paragraph.alarm);
    let scores = [
        ScoreCell { value: sentiment.score, hits: sentiment.hits, cues: cues(&sentiment.evidence) },
        ScoreCell { value: sarcasm.score, hits: sarcasm.hits, cues: cues(&sarcasm.evidence) },
        ScoreCell { value: alarm.score, hits: alarm.hits, cues: cues(&alarm.evidence) },
    ];
    let stances = paragraph.stances.iter().filter_map(|s| {
        Some(StanceCell {
            holder: holders.iter().position(|h| *h == s.holder)?,
            figure: figures.iter().position(|f| f.name == s.figure)?,
            mentions: s.mentions,
            score: ScoreCell { value: s.score, hits: s.hits, cues: cues(&s.evidence) },
        })
    });
    let stances = stances.collect();
    DocumentParagraph { text: display.text, words: paragraph.words, scores, stances }
}

fn provenance(report: &Report) -> Vec<String> {
    let made = &report.provenance;
    let mut lines = vec![maker(&made.version)];
    lines.extend(made.lexicons.iter().map(|l| one_line(&format!("{} {} ({})", l.name, l.version, l.hash))));
    let options = serde_json::to_string(&made.options).unwrap_or_default();
    lines.push(one_line(&format!("options {options}")));
    lines
}
