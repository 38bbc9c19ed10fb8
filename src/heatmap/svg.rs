//! Grids as an SVG drawing, fit for print: title, legend, cells with numbers, caption, and the version that made it.
//!
//! The drawing is a function of its grids: the same grids give the same bytes. Text is never measured by a font that might differ;
//! widths are estimated a little wide.

use askama::Template;

use super::HeatmapError;
use super::grid::{Cell, ColumnKind, Grid};
use super::scales::{Rgb, Scale, Theme};

const MARGIN: f32 = 32.0;
const LEAST_WIDTH: f32 = 960.0;
const LABEL_LEAST: f32 = 300.0;
const GAP: f32 = 2.0;
/// More rows than this are drawn small.
const MANY: usize = 60;

struct Rect {
    x: f32,
    y: f32,
    width: f32,
    height: f32,
    fill: Rgb,
    /// For those who hover over it.
    title: String,
}

struct Line {
    x: f32,
    y: f32,
    size: f32,
    weight: u16,
    anchor: &'static str,
    fill: Rgb,
    content: String,
}

#[derive(Template)]
#[template(path = "heatmap.svg")]
struct Drawing {
    title: String,
    description: String,
    width: f32,
    height: f32,
    paper: Rgb,
    rects: Vec<Rect>,
    lines: Vec<Line>,
}

/// Colours of what is no cell.
struct Inks {
    paper: Rgb,
    ink: Rgb,
    quiet: Rgb,
}

fn inks(theme: Theme) -> Inks {
    match theme {
        Theme::Light => Inks { paper: Rgb(0xfd, 0xfc, 0xfa), ink: Rgb(0x1c, 0x19, 0x17), quiet: Rgb(0x68, 0x61, 0x5c) },
        Theme::Dark => Inks { paper: Rgb(0x17, 0x16, 0x19), ink: Rgb(0xec, 0xe9, 0xe4), quiet: Rgb(0xa3, 0x9d, 0x97) },
    }
}

/// Draws grids one below the other.
///
/// # Errors
/// [`HeatmapError::Template`], which no data can cause.
pub fn render(grids: &[&Grid], theme: Theme) -> Result<String, HeatmapError> {
    let inks = inks(theme);
    let widest = grids.iter().map(|g| Sizes::of(g).needed(g)).fold(LEAST_WIDTH, f32::max);
    let mut drawing = Drawing {
        title: grids.first().map_or_else(String::new, |g| g.title.clone()),
        description: grids.iter().map(|g| format!("{}. {}", g.facts, g.caption)).collect::<Vec<_>>().join(" "),
        width: widest,
        height: 0.0,
        paper: inks.paper,
        rects: Vec::new(),
        lines: Vec::new(),
    };
    let mut y = MARGIN;
    for grid in grids {
        y = Pen { drawing: &mut drawing, inks: &inks, theme, sizes: Sizes::of(grid) }.grid(grid, y) + MARGIN;
    }
    drawing.height = y.ceil();
    Ok(drawing.render()?)
}

#[derive(Clone, Copy)]
struct Sizes {
    cell: f32,
    row: f32,
    text: f32,
    number: f32,
}

impl Sizes {
    fn of(grid: &Grid) -> Sizes {
        let (row, text, number) = if grid.rows.len() > MANY { (14.0, 9.0, 8.5) } else { (25.0, 12.5, 11.0) };
        let cell = if grid.columns.len() > 12 { 54.0 } else { 70.0 };
        Sizes { cell, row, text, number }
    }

    fn needed(self, grid: &Grid) -> f32 {
        2.0 * MARGIN + LABEL_LEAST + grid.columns.len() as f32 * (self.cell + GAP) + 24.0
    }
}

struct Pen<'d> {
    drawing: &'d mut Drawing,
    inks: &'d Inks,
    theme: Theme,
    sizes: Sizes,
}

impl Pen<'_> {
    fn text(&mut self, (x, y): (f32, f32), size: f32, weight: u16, anchor: &'static str, fill: Rgb, content: impl Into<String>) {
        self.drawing.lines.push(Line { x, y, size, weight, anchor, fill, content: content.into() });
    }

    fn grid(mut self, grid: &Grid, top: f32) -> f32 {
        let (ink, quiet, sizes) = (self.inks.ink, self.inks.quiet, self.sizes);
        let room = self.drawing.width - 2.0 * MARGIN;
        let mut y = top + 20.0;
        self.text((MARGIN, y), 22.0, 600, "start", ink, fit(&grid.title, room, 22.0));
        y += 22.0;
        self.text((MARGIN, y), 12.5, 400, "start", quiet, fit(&grid.facts, room, 12.5));
        y = self.legend(grid, y + 20.0) + 30.0;

        let number = 8.0 + grid.rows.iter().map(|r| estimate(&r.number, sizes.text)).fold(estimate(grid.number_head, sizes.text), f32::max);
        let is_first_figure =
            |n: usize| n > 0 && grid.columns[n].kind == ColumnKind::Figure && grid.columns[n - 1].kind != ColumnKind::Figure;
        let gaps = (0..grid.columns.len()).filter(|&n| is_first_figure(n)).count() as f32 * 12.0;
        let cells = grid.columns.len() as f32 * (sizes.cell + GAP) + gaps;
        let label = (room - number - cells - 12.0).max(60.0);
        let first = MARGIN + room - cells;
        self.text((MARGIN + number - 8.0, y), 11.0, 400, "end", quiet, grid.number_head);
        self.text((MARGIN + number, y), 11.0, 400, "start", quiet, grid.label_head.clone());
        let mut x = first;
        let mut at: Vec<f32> = Vec::new();
        for (n, column) in grid.columns.iter().enumerate() {
            x += if is_first_figure(n) { 12.0 } else { 0.0 };
            at.push(x);
            self.text((x + sizes.cell / 2.0, y), 11.0, 600, "middle", ink, fit(&column.short, sizes.cell, 11.0));
            x += sizes.cell + GAP;
        }
        y += 9.0;
        for row in &grid.rows {
            let base = y + sizes.row / 2.0 + sizes.text * 0.36;
            self.text((MARGIN + number - 8.0, base), sizes.text - 1.5, 400, "end", quiet, row.number.clone());
            self.text((MARGIN + number, base), sizes.text, 400, "start", ink, fit(&row.label, label, sizes.text));
            for ((cell, column), &x) in row.cells.iter().zip(&grid.columns).zip(&at) {
                self.cell(*cell, column.scale, (x, y), &format!("{} {}, {}", grid.number_head, row.number, column.name));
            }
            y += sizes.row + GAP;
        }
        y += 10.0;
        let key: Vec<String> = grid
            .columns
            .iter()
            .filter(|c| c.kind == ColumnKind::Figure && c.short != c.name)
            .map(|c| format!("{}: {}", c.short, c.name))
            .collect();
        let mut notes = vec![grid.caption.clone()];
        if !key.is_empty() {
            notes.push(format!("{}.", key.join("; ")));
        }
        for line in notes.iter().flat_map(|note| lines(note, room, 11.0)) {
            y += 15.0;
            self.text((MARGIN, y), 11.0, 400, "start", quiet, line);
        }
        y += 20.0;
        self.text((MARGIN, y), 10.0, 400, "start", quiet, grid.maker.clone());
        y
    }

    fn cell(&mut self, cell: Cell, scale: Scale, (x, y): (f32, f32), name: &str) {
        let sizes = self.sizes;
        let middle = (x + sizes.cell / 2.0, y + sizes.row / 2.0 + sizes.number * 0.36);
        match cell {
            Cell::Absent => {}
            Cell::NoEvidence => self.text(middle, sizes.number, 400, "middle", self.inks.quiet, "–"),
            Cell::Score { value, hits } => {
                let step = scale.step(value);
                let title = format!(
                    "{name}: {}, {}",
                    scale.number(value),
                    super::text::count(hits as usize, "piece of evidence").replace("evidences", "evidence")
                );
                let fill = scale.colour(step, self.theme);
                self.drawing.rects.push(Rect { x, y, width: sizes.cell, height: sizes.row, fill, title });
                self.text(middle, sizes.number, 400, "middle", scale.ink(step, self.theme), scale.number(value));
            }
        }
    }

    fn legend(&mut self, grid: &Grid, top: f32) -> f32 {
        let (quiet, ink) = (self.inks.quiet, self.inks.ink);
        let mut x = MARGIN;
        for scale in grid.scales() {
            let steps: Vec<i32> = scale.steps().collect();
            let step_width = 240.0 / steps.len() as f32;
            self.text((x, top + 10.0), 11.0, 600, "start", ink, grid.scale_name(scale));
            for (n, step) in steps.iter().enumerate() {
                let (fill, x) = (scale.colour(*step, self.theme), x + n as f32 * step_width);
                self.drawing.rects.push(Rect { x, y: top + 17.0, width: step_width + 0.2, height: 10.0, fill, title: String::new() });
            }
            let ends = match scale {
                Scale::Sequential => ["0 none", "0.5", "1 strong"],
                Scale::Diverging => ["−1 against", "0", "+1 for"],
            };
            for (n, end) in ends.into_iter().enumerate() {
                let anchor = ["start", "middle", "end"][n];
                self.text((x + 120.0 * n as f32, top + 39.0), 10.0, 400, anchor, quiet, end);
            }
            x += 240.0 + 36.0;
        }
        self.text((x, top + 26.0), 10.5, 400, "start", quiet, "– no evidence");
        if grid.rows.iter().any(|r| r.cells.contains(&Cell::Absent)) {
            self.text((x, top + 40.0), 10.5, 400, "start", quiet, format!("blank: {}", grid.absent));
        }
        top + 40.0
    }
}

/// The width of a text in a sans-serif face of this size, a little wide.
fn estimate(text: &str, size: f32) -> f32 {
    text.chars().map(advance).sum::<f32>() * size
}

fn advance(c: char) -> f32 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '’' | '‘' => 0.29,
        'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '-' | '/' | 'I' => 0.38,
        ' ' => 0.29,
        'm' | 'w' | 'M' | 'W' | '…' | '—' => 0.92,
        c if c.is_ascii_uppercase() => 0.71,
        c if c.is_ascii_digit() => 0.62,
        c if c.is_ascii() => 0.58,
        c => unicode_width::UnicodeWidthChar::width(c).unwrap_or(0) as f32 * if c < '\u{1100}' { 0.68 } else { 0.55 },
    }
}

/// The text or its beginning, not wider than `room`.
fn fit(text: &str, room: f32, size: f32) -> String {
    if estimate(text, size) <= room {
        return text.to_string();
    }
    let (mut used, mut end) = (advance('…') * size, 0);
    for (at, c) in text.char_indices() {
        used += advance(c) * size;
        if used > room {
            break;
        }
        end = at + c.len_utf8();
    }
    format!("{}…", text[..end].trim_end_matches([' ', ',', '.', '…']))
}

/// The text in lines not wider than `room`.
fn lines(text: &str, room: f32, size: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if estimate(line, size) + estimate(word, size) + size * 0.38 <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(fit(word, room, size)),
        }
    }
    lines
}
