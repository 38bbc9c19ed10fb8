//! Who holds what toward whom, laid out: holders on the left, figures on the right, an edge for each stance.
//!
//! The layout is a function of the report alone. Figures keep the order of their columns; holders stand at the mean height of the
//! figures that they speak of (the barycentre heuristic of Sugiyama, 1981), so that few edges cross.

use serde::Serialize;

use super::document::Known;
use super::scales::Scale;
use crate::report::Report;

/// Nodes shown on a side.
const MOST: usize = 12;
/// Width of the drawing.
pub(crate) const WIDTH: f32 = 660.0;
/// Where the names of holders end, and where those of figures begin.
pub(crate) const MIDDLE: (f32, f32) = (210.0, 455.0);
const LINE: f32 = 34.0;
const MARGIN: f32 = 22.0;

/// The graph and its size.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Graph {
    /// Holders, then figures.
    pub nodes: Vec<Node>,
    /// Stances with evidence.
    pub edges: Vec<Edge>,
    /// Height of the drawing, whose width is 660.
    pub height: f32,
    /// Edges that found no place.
    pub left_out: usize,
}

/// A holder on the left or a figure on the right.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Node {
    /// Index in `DocumentView::holders` or `DocumentView::figures`.
    pub index: usize,
    /// Whether it is a holder.
    pub is_holder: bool,
    /// Its place.
    pub x: f32,
    /// Its place.
    pub y: f32,
}

/// A stance over the whole document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Edge {
    /// Index in `DocumentView::holders`.
    pub holder: usize,
    /// Index in `DocumentView::figures`.
    pub figure: usize,
    /// The stance, -1..1.
    pub score: f32,
    /// Pieces of evidence.
    pub hits: u32,
    /// Paragraphs in which the holder speaks of the figure, from 1.
    pub paragraphs: Vec<u32>,
    /// Its curve, as the path of an SVG.
    pub path: String,
    /// Its width, by the amount of evidence.
    pub width: f32,
    /// Its colour, as a step of the diverging scale.
    pub step: i32,
    /// Where its number stands.
    pub label_x: f32,
    /// Where its number stands.
    pub label_y: f32,
}

impl Graph {
    pub(super) fn new(report: &Report, figures: &[Known], holders: &[String]) -> Graph {
        let mut edges: Vec<Edge> = Vec::new();
        for (column, known) in figures.iter().enumerate() {
            let Some(figure) = report.figures.iter().find(|f| f.name == known.name) else { continue };
            for stance in figure.stances.iter().filter(|s| s.hits > 0) {
                let Some(holder) = holders.iter().position(|h| *h == stance.holder) else { continue };
                edges.push(Edge {
                    holder,
                    figure: column,
                    score: stance.score,
                    hits: stance.hits,
                    paragraphs: stance.paragraphs.iter().map(|p| p + 1).collect(),
                    path: String::new(),
                    width: (1.0 + (stance.hits as f32).sqrt() * 1.4).min(9.0),
                    step: Scale::Diverging.step(stance.score),
                    label_x: 0.0,
                    label_y: 0.0,
                });
            }
        }
        let all = edges.len();
        // Those of whom the most is said stay.
        let right = most(&edges, |e| e.figure);
        edges.retain(|e| right.contains(&e.figure));
        let left = most(&edges, |e| e.holder);
        edges.retain(|e| left.contains(&e.holder));
        let right: Vec<usize> = right.into_iter().filter(|f| edges.iter().any(|e| e.figure == *f)).collect();
        if edges.is_empty() {
            return Graph::default();
        }
        let tall = left.len().max(right.len()) as f32;
        let place = |n: usize, of: usize| MARGIN + LINE / 2.0 + (tall - of as f32) * LINE / 2.0 + n as f32 * LINE;
        let height_of = |figure: usize| place(right.iter().position(|f| *f == figure).unwrap_or(0), right.len());
        let mut ranked: Vec<(f32, usize)> = left
            .iter()
            .map(|&holder| {
                let mine = edges.iter().filter(|e| e.holder == holder);
                let (sum, weight) = mine.fold((0.0, 0.0), |(s, w), e| (s + height_of(e.figure) * e.hits as f32, w + e.hits as f32));
                (sum / weight, holder)
            })
            .collect();
        ranked.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let left: Vec<usize> = ranked.into_iter().map(|(_, holder)| holder).collect();
        let mut nodes: Vec<Node> = Vec::new();
        nodes.extend(left.iter().enumerate().map(|(n, &index)| Node { index, is_holder: true, x: MIDDLE.0, y: place(n, left.len()) }));
        nodes.extend(right.iter().enumerate().map(|(n, &index)| Node { index, is_holder: false, x: MIDDLE.1, y: place(n, right.len()) }));
        edges.sort_by_key(|e| (left.iter().position(|h| *h == e.holder), right.iter().position(|f| *f == e.figure)));
        // Edges leave and enter one below the other, and their numbers stand near the holder, where they fan out.
        for n in 0..edges.len() {
            let (out, into) = (spread(&edges, n, |e| e.holder), spread(&edges, n, |e| e.figure));
            let edge = &edges[n];
            let from = place(left.iter().position(|h| *h == edge.holder).unwrap_or(0), left.len()) + out;
            let to = height_of(edge.figure) + into;
            let ((x0, x1), bend) = ((MIDDLE.0 + 8.0, MIDDLE.1 - 12.0), 90.0);
            let path = format!("M{x0:.1} {from:.1}C{:.1} {from:.1} {:.1} {to:.1} {x1:.1} {to:.1}", x0 + bend, x1 - bend);
            // Neighbouring numbers stand at different places of their curves, so that they do not hide each other.
            let t = 0.24 + 0.26 * (n % 3) as f32;
            let (u, b) = (1.0 - t, [x0, x0 + bend, x1 - bend, x1]);
            let label_x = u * u * u * b[0] + 3.0 * u * u * t * b[1] + 3.0 * u * t * t * b[2] + t * t * t * b[3];
            let label_y = from + (to - from) * (3.0 * t * t - 2.0 * t * t * t);
            let edge = &mut edges[n];
            (edge.path, edge.label_x, edge.label_y) = (path, label_x, label_y);
        }
        Graph { nodes, left_out: all - edges.len(), edges, height: 2.0 * MARGIN + tall * LINE }
    }
}

/// The ends with the most evidence, in their own order.
fn most(edges: &[Edge], end: impl Fn(&Edge) -> usize) -> Vec<usize> {
    let mut sums: Vec<(u32, usize)> = Vec::new();
    for edge in edges {
        match sums.iter_mut().find(|(_, index)| *index == end(edge)) {
            Some((hits, _)) => *hits += edge.hits,
            None => sums.push((edge.hits, end(edge))),
        }
    }
    sums.sort_by_key(|&(hits, index)| (std::cmp::Reverse(hits), index));
    sums.truncate(MOST);
    let mut kept: Vec<usize> = sums.into_iter().map(|(_, index)| index).collect();
    kept.sort_unstable();
    kept
}

/// How far below or above the middle of its node an edge begins.
fn spread(edges: &[Edge], n: usize, end: impl Fn(&Edge) -> usize) -> f32 {
    let same = edges.iter().filter(|e| end(e) == end(&edges[n])).count();
    let before = edges[..n].iter().filter(|e| end(e) == end(&edges[n])).count();
    let gap = (LINE * 0.7 / same as f32).min(6.0);
    (before as f32 - (same as f32 - 1.0) / 2.0) * gap
}
