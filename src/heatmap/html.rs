//! The page: one HTML file that asks nothing of anybody.
//!
//! All of it is in the file: the text, the numbers, one style sheet, one script. Its Content-Security-Policy allows that style sheet and
//! that script by their hashes and nothing else, so a text that smuggled in markup could still not load or run anything. Without
//! scripts the page shows everything but the evidence. Text from documents goes through the template's escaping, or through
//! `json_for_script`; the script only ever sets `textContent`.

use std::collections::HashMap;

use askama::Template;
use base64::Engine;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::HeatmapError;
use super::corpus::CorpusView;
use super::document::{Cue, DocumentParagraph, DocumentView, Figure, ScoreCell};
use super::graph::{Graph, MIDDLE, WIDTH};
use super::grid::{Cell, Column, ColumnKind, Grid, Row};
use super::scales::{Scale, Theme};
use super::text::{count, pieces};

const STYLE: &str = include_str!("assets/page.css");
const SCRIPT: &str = include_str!("assets/page.js");
/// Columns of the strip beside the text: the scores and the most mentioned figures.
const STRIP: usize = 8;
/// Columns of the table: the scores and the most mentioned figures. The filter by figure shows the others.
const TABLE: usize = 15;

/// The page of a document.
///
/// # Errors
/// [`HeatmapError::Template`], which no data can cause.
pub fn document(view: &DocumentView) -> Result<String, HeatmapError> {
    let data = json_for_script(&data(view));
    let page = DocumentPage {
        frame: Frame::new(&view.grid, &view.provenance),
        view,
        scales: view.grid.scales().into_iter().map(|s| Legend::new(&view.grid, s)).collect(),
        graph: &view.graph,
        graph_width: WIDTH,
        middle: MIDDLE,
        strip: view.grid.columns.len().min(STRIP),
        table: TABLE,
        data: &data,
        script: SCRIPT,
    };
    Ok(page.render()?)
}

/// The page of a corpus. Rows lead to the pages of their documents where they have links.
///
/// # Errors
/// [`HeatmapError::Template`], which no data can cause.
pub fn corpus(view: &CorpusView) -> Result<String, HeatmapError> {
    let Some(first) = view.grids.first() else {
        return Err(HeatmapError::Data("no grid".to_string()));
    };
    let page = CorpusPage {
        frame: Frame { title: &view.title, ..Frame::new(first, &view.provenance) },
        view,
        scales: legends(&view.grids),
        script: SCRIPT,
    };
    Ok(page.render()?)
}

#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage<'v> {
    frame: Frame<'v>,
    view: &'v DocumentView,
    scales: Vec<Legend>,
    graph: &'v Graph,
    graph_width: f32,
    middle: (f32, f32),
    strip: usize,
    table: usize,
    data: &'v str,
    script: &'static str,
}

#[derive(Template)]
#[template(path = "corpus.html")]
struct CorpusPage<'v> {
    frame: Frame<'v>,
    view: &'v CorpusView,
    scales: Vec<Legend>,
    script: &'static str,
}

/// A legend for each scale of the grids, with the names of all columns that it colours.
fn legends(grids: &[Grid]) -> Vec<Legend> {
    let mut legends: Vec<(Scale, Legend)> = Vec::new();
    for grid in grids {
        for scale in grid.scales() {
            match legends.iter_mut().find(|(known, _)| *known == scale) {
                Some((_, legend)) => legend.name = format!("{}, {}", legend.name, grid.scale_name(scale)),
                None => legends.push((scale, Legend::new(grid, scale))),
            }
        }
    }
    legends.into_iter().map(|(_, legend)| legend).collect()
}

/// What both pages have around their contents.
struct Frame<'v> {
    title: &'v str,
    grid: &'v Grid,
    provenance: &'v [String],
    style: String,
    policy: String,
}

impl<'v> Frame<'v> {
    fn new(grid: &'v Grid, provenance: &'v [String]) -> Frame<'v> {
        let style = format!("{STYLE}{}", steps_css());
        let hash = |text: &str| format!("'sha256-{}'", base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text)));
        let policy = format!(
            "default-src 'none'; style-src {}; script-src {}; img-src data:; base-uri 'none'; form-action 'none'",
            hash(&style),
            hash(SCRIPT)
        );
        Frame { title: &grid.title, grid, provenance, style, policy }
    }
}

/// A scale in the legend: the classes of its steps and what its ends mean.
struct Legend {
    name: String,
    steps: Vec<String>,
    ends: [&'static str; 3],
}

impl Legend {
    fn new(grid: &Grid, scale: Scale) -> Legend {
        let ends = match scale {
            Scale::Sequential => ["0", "0.5", "1"],
            Scale::Diverging => ["−1 against", "0", "for +1"],
        };
        Legend { name: grid.scale_name(scale), steps: scale.steps().map(|s| class(scale, s)).collect(), ends }
    }
}

/// The class of a step: `s7`, `n3` (below 0), `p0`, `p12`.
fn class(scale: Scale, step: i32) -> String {
    match scale {
        Scale::Sequential => format!("s{step}"),
        Scale::Diverging if step < 0 => format!("n{}", -step),
        Scale::Diverging => format!("p{step}"),
    }
}

/// One rule a step, and its colours as variables of the light and the dark theme.
fn steps_css() -> String {
    let all = || [Scale::Sequential, Scale::Diverging].into_iter().flat_map(|scale| scale.steps().map(move |step| (scale, step)));
    let variables = |theme: Theme| {
        let one = |(scale, step): (Scale, i32)| {
            let class = class(scale, step);
            format!("--{class}:{};--i{class}:{};", scale.colour(step, theme), scale.ink(step, theme))
        };
        all().map(one).collect::<String>()
    };
    let (light, dark) = (variables(Theme::Light), variables(Theme::Dark));
    let rules: String = all()
        .map(|(scale, step)| {
            let class = class(scale, step);
            format!(".{class}{{background:var(--{class});color:var(--i{class});--edge:var(--{class})}}")
        })
        .collect();
    format!(
        ":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\
         @media screen{{:root[data-theme=dark]{{{dark}}}}}{rules}"
    )
}

// What the templates ask.
impl DocumentPage<'_> {
    fn rows(&self) -> impl Iterator<Item = (usize, (&Row, &DocumentParagraph))> {
        self.view.grid.rows.iter().zip(&self.view.paragraphs).enumerate()
    }

    fn hidden_figures(&self) -> usize {
        self.view.grid.columns.len().saturating_sub(TABLE)
    }

    fn strip_columns(&self) -> &[Column] {
        &self.view.grid.columns[..self.strip]
    }

    fn strip_cells<'r>(&'r self, row: &'r Row) -> impl Iterator<Item = (&'r Column, &'r Cell)> {
        self.strip_columns().iter().zip(&row.cells)
    }

    fn node_name(&self, index: usize, is_holder: bool) -> &str {
        if is_holder { &self.view.holders[index] } else { &self.view.figures[index].name }
    }

    fn node_label(&self, index: usize, is_holder: bool) -> String {
        super::text::clip(self.node_name(index, is_holder), 27)
    }

    fn edge_words(&self, edge: &super::graph::Edge) -> String {
        let paragraphs: Vec<String> = edge.paragraphs.iter().map(u32::to_string).collect();
        let of = if paragraphs.len() == 1 { "paragraph" } else { "paragraphs" };
        format!(
            "{} about {}: {}, {}, {of} {}",
            self.view.holders[edge.holder],
            self.view.figures[edge.figure].name,
            Scale::Diverging.number(edge.score),
            pieces(edge.hits),
            paragraphs.join(", ")
        )
    }

    fn edge_number(&self, edge: &super::graph::Edge) -> String {
        Scale::Diverging.number(edge.score)
    }

    fn edge_class(&self, edge: &super::graph::Edge) -> String {
        class(Scale::Diverging, edge.step)
    }
}

/// A cell with its class, text and label, hidden if its column is.
fn td(cell: &Cell, scale: &Scale, column: &usize) -> String {
    let hidden = if *column < TABLE { "" } else { " hidden" };
    match cell {
        Cell::Absent => format!("<td class=\"a\"{hidden}></td>"),
        Cell::NoEvidence => format!("<td class=\"o\" aria-label=\"no evidence\"{hidden}>–</td>"),
        Cell::Score { value, .. } => format!("<td class=\"{}\"{hidden}>{}</td>", class(*scale, scale.step(*value)), scale.number(*value)),
    }
}

/// A cell of a table that shows all its columns.
fn shown_td(cell: &Cell, scale: &Scale) -> String {
    td(cell, scale, &0)
}

/// A cell of the strip.
fn bar_class(cell: &Cell, scale: &Scale) -> String {
    match cell {
        Cell::Absent => "a".to_string(),
        Cell::NoEvidence => "o".to_string(),
        Cell::Score { value, .. } => class(*scale, scale.step(*value)),
    }
}

fn bar_words(cell: &Cell, column: &Column, absent: &str) -> String {
    match cell {
        Cell::Absent => format!("{}: {absent}", column.name),
        Cell::NoEvidence => format!("{}: no evidence", column.name),
        Cell::Score { value, .. } => format!("{} {}", column.name, column.scale.number(*value)),
    }
}

fn figure_words(figure: &Figure) -> String {
    let also = if figure.aliases.is_empty() { String::new() } else { format!("; also {}", figure.aliases.join(", ")) };
    format!("{}, {}{also}", figure.name, count(figure.mentions as usize, "mention"))
}

/// The numbers and the evidence for the script. Strings that repeat stand once.
fn data(view: &DocumentView) -> Value {
    let mut strings = Strings::default();
    let columns: Vec<Value> = view
        .grid
        .columns
        .iter()
        .map(|c| {
            let kind = match c.kind {
                ColumnKind::Score(kind) | ColumnKind::Period(kind) => kind.name(),
                ColumnKind::Figure => "stance",
            };
            json!({"kind": kind, "name": c.name, "signed": c.scale == Scale::Diverging})
        })
        .collect();
    let mut cell = |score: &ScoreCell| {
        let cues: Vec<Value> = score.cues.iter().map(|c| strings.cue(c)).collect();
        json!([rounded(score.value), score.hits, cues])
    };
    let paragraphs: Vec<Value> = view
        .paragraphs
        .iter()
        .map(|p| {
            let scores: Vec<Value> = p.scores.iter().map(&mut cell).collect();
            let stances: Vec<Value> = p.stances.iter().map(|s| json!([s.holder, s.figure, s.mentions, cell(&s.score)])).collect();
            json!({"s": scores, "t": stances})
        })
        .collect();
    json!({"columns": columns, "holders": view.holders, "paragraphs": paragraphs, "strings": strings.all, "shown": TABLE})
}

#[derive(Default)]
struct Strings {
    all: Vec<String>,
    known: HashMap<String, usize>,
}

impl Strings {
    fn index(&mut self, text: &str) -> usize {
        if let Some(&index) = self.known.get(text) {
            return index;
        }
        self.all.push(text.to_string());
        self.known.insert(text.to_string(), self.all.len() - 1);
        self.all.len() - 1
    }

    fn cue(&mut self, cue: &Cue) -> Value {
        let (family, term, shifts) = (self.index(&cue.cue), self.index(&cue.term), self.index(&cue.shifts.join(", ")));
        json!([cue.start, cue.end, family, term, rounded(cue.weight), rounded(cue.contribution), shifts])
    }
}

/// Three decimals; whole numbers without a point.
fn rounded(value: f32) -> Value {
    let value = (f64::from(value) * 1000.0).round() / 1000.0;
    if value == value.trunc() { json!(value as i64) } else { json!(value) }
}

/// JSON that may stand in a `script` element: nothing in it can end the element, open a comment, or break a line of old scripts.
fn json_for_script(value: &Value) -> String {
    let mut out = String::new();
    for c in value.to_string().chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_script() {
        let text = json_for_script(&json!(["</script><!--<script>", "\u{2028}&amp;"]));
        assert!(!text.contains(['<', '>', '&', '\u{2028}']));
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), json!(["</script><!--<script>", "\u{2028}&amp;"]));
    }

    #[test]
    fn the_style_sheet_and_script_stay_in_their_elements() {
        assert!(!STYLE.contains("</") && !SCRIPT.contains("</") && !SCRIPT.contains("<!--"));
        assert!(!SCRIPT.contains("innerHTML") && !SCRIPT.contains("insertAdjacentHTML"));
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
    }

    #[test]
    fn classes() {
        assert_eq!([-20, -1, 0, 7].map(|s| class(Scale::Diverging, s)), ["n20", "n1", "p0", "p7"]);
        assert_eq!(class(Scale::Sequential, 3), "s3");
    }
}
