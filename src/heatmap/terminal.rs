//! A grid on a terminal: a row a paragraph, coloured cells with numbers, any width, any number of colours.

use anstyle::{Ansi256Color, AnsiColor, Color, Effects, RgbColor, Style};

use super::grid::{Cell, Column, ColumnKind, Grid, ScoreKind};
use super::scales::{Rgb, STEPS, Scale, Theme, contrast};
use super::text::{clip, columns, pad, pad_left};

/// How many colours a terminal shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// None: the numbers are followed by a shade.
    #[default]
    None,
    /// The sixteen of every terminal, in its own hues.
    Ansi16,
    /// The 6 x 6 x 6 cube and the greys.
    Ansi256,
    /// All.
    Truecolor,
}

/// How a grid is drawn on a terminal.
#[derive(Clone, Copy, Debug)]
pub struct TerminalOptions {
    /// Columns of the terminal; no line is wider. Below 40 it is taken for 40.
    pub width: usize,
    /// Colours.
    pub depth: Depth,
    /// What the terminal's background is.
    pub theme: Theme,
}

/// Widths of a cell, the roomiest first.
const CELLS: [usize; 3] = [9, 7, 6];
/// Columns that the labels keep before figures are left out.
const LABEL_LEAST: usize = 14;
/// Columns that the labels should have before cells grow.
const LABEL_GOOD: usize = 26;
/// Narrower terminals have three steps in the legend, others five.
const LEGEND_WIDTH: usize = 64;
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// The grid as lines for a terminal, with ANSI styles unless the depth is [`Depth::None`].
pub fn render(grid: &Grid, options: &TerminalOptions) -> String {
    let width = options.width.max(40);
    let number = grid.rows.iter().map(|r| columns(&r.number)).max().unwrap_or(0).max(columns(grid.number_head));
    let used = |shown: usize, cell: usize| 1 + number + 2 + shown * (cell + 1) + usize::from(shown > 3);
    let all = grid.columns.len();
    let cell = CELLS.into_iter().find(|&cell| used(all, cell) + LABEL_GOOD <= width).unwrap_or(CELLS[CELLS.len() - 1]);
    let shown = (0..=all).rev().find(|&shown| used(shown, cell) + LABEL_LEAST <= width).unwrap_or(0);
    let longest = grid.rows.iter().map(|r| columns(&r.label)).max().unwrap_or(0).max(columns(&grid.label_head));
    let label = (width - used(shown, cell)).min(longest.max(LABEL_LEAST));
    let painter = Painter { grid, options, width, number, label, cell, shown, out: String::new() };
    painter.draw()
}

struct Painter<'g> {
    grid: &'g Grid,
    options: &'g TerminalOptions,
    width: usize,
    number: usize,
    label: usize,
    cell: usize,
    /// Columns of the grid that have room.
    shown: usize,
    out: String,
}

impl Painter<'_> {
    fn draw(mut self) -> String {
        self.title();
        if !self.grid.rows.is_empty() {
            self.head();
            for row in &self.grid.rows {
                let mut line = format!(
                    " {} {} ",
                    self.paint(DIM, &pad_left(&row.number, self.number)),
                    pad(&clip(&row.label, self.label), self.label)
                );
                for (n, (cell, column)) in row.cells.iter().zip(&self.grid.columns).take(self.shown).enumerate() {
                    line.push_str(if self.is_first_figure(n) { "  " } else { " " });
                    line.push_str(&self.cell(*cell, column.scale));
                }
                self.line(&line);
            }
            self.legend();
        }
        self.out
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn paint(&self, style: Style, text: &str) -> String {
        if self.options.depth == Depth::None || text.trim().is_empty() && style.get_bg_color().is_none() {
            text.to_string()
        } else {
            format!("{style}{text}{style:#}")
        }
    }

    fn is_first_figure(&self, n: usize) -> bool {
        n > 0 && self.grid.columns[n].kind == ColumnKind::Figure && self.grid.columns[n - 1].kind != ColumnKind::Figure
    }

    fn title(&mut self) {
        let facts = clip(&self.grid.facts, self.width - 2);
        let title = clip(&self.grid.title, self.width.saturating_sub(columns(&facts) + 3).max(12));
        let gap = self.width.saturating_sub(columns(&title) + columns(&facts) + 1);
        let (bold, dim) = (self.paint(BOLD, &title), self.paint(DIM, &facts));
        if gap >= 2 {
            self.line(&format!(" {bold}{}{dim}", " ".repeat(gap)));
        } else {
            self.line(&format!(" {bold}"));
            self.line(&format!(" {dim}"));
        }
    }

    fn head(&mut self) {
        let mut line = format!(
            " {} {} ",
            self.paint(DIM, &pad_left(self.grid.number_head, self.number)),
            self.paint(DIM, &pad(&clip(&self.grid.label_head, self.label), self.label))
        );
        for (n, column) in self.grid.columns.iter().take(self.shown).enumerate() {
            line.push_str(if self.is_first_figure(n) { "  " } else { " " });
            line.push_str(&self.paint(BOLD, &pad_left(&head(column, self.cell), self.cell)));
        }
        self.out.push('\n');
        self.line(&line);
    }

    fn cell(&self, cell: Cell, scale: Scale) -> String {
        match cell {
            Cell::Absent => " ".repeat(self.cell),
            Cell::NoEvidence => self.paint(DIM, &pad_left("– ", self.cell)),
            Cell::Score { value, .. } => self.block(value, scale),
        }
    }

    /// A number on its colour, or before its shade.
    fn block(&self, value: f32, scale: Scale) -> String {
        let number = scale.number(value).replace('−', "-");
        if self.options.depth == Depth::None {
            return pad_left(&format!("{number}{}", shade(value)), self.cell);
        }
        self.paint(style(scale, scale.step(value), self.options), &pad_left(&format!("{number} "), self.cell))
    }

    fn legend(&mut self) {
        self.out.push('\n');
        for scale in self.grid.scales() {
            let name = self.grid.scale_name(scale);
            let ends: &[f32] = match scale {
                Scale::Sequential if self.width < LEGEND_WIDTH => &[0.0, 0.5, 1.0],
                Scale::Sequential => &[0.0, 0.25, 0.5, 0.75, 1.0],
                Scale::Diverging if self.width < LEGEND_WIDTH => &[-1.0, 0.0, 1.0],
                Scale::Diverging => &[-1.0, -0.5, 0.0, 0.5, 1.0],
            };
            let blocks: Vec<String> = ends
                .iter()
                .map(|&value| {
                    let number = format!("{}{value:.2}", if scale == Scale::Diverging && value > 0.0 { "+" } else { "" });
                    if self.options.depth == Depth::None {
                        format!("{number}{}", shade(value))
                    } else {
                        self.paint(style(scale, scale.step(value), self.options), &format!(" {number} "))
                    }
                })
                .collect();
            let gap = if self.options.depth == Depth::None { "  " } else { "" };
            self.line(&format!(" {} {}", self.paint(DIM, &pad(&name, 17)), blocks.join(gap)));
        }
        let mut notes = vec!["–: no evidence, which is not neutral".to_string()];
        if self.grid.rows.iter().any(|r| r.cells.contains(&Cell::Absent)) {
            notes.push(format!("blank: {}", self.grid.absent));
        }
        let clipped: Vec<String> = self.grid.columns[..self.shown]
            .iter()
            .filter(|c| c.kind == ColumnKind::Figure && head(c, self.cell) != c.name)
            .map(|c| format!("{}: {}", head(c, self.cell), c.name))
            .collect();
        notes.extend(clipped);
        let hidden = &self.grid.columns[self.shown..];
        if !hidden.is_empty() {
            let names: Vec<&str> = hidden.iter().take(4).map(|c| c.short.as_str()).collect();
            let more = if hidden.len() > 4 { format!(" and {} more", hidden.len() - 4) } else { String::new() };
            notes.push(format!("no room for {}{more}", names.join(", ")));
        }
        let mut line = String::new();
        for note in notes {
            let note = clip(&note, self.width - 2);
            if !line.is_empty() && columns(&line) + columns(&note) + 4 > self.width {
                self.line(&format!(" {}", self.paint(DIM, &line)));
                line.clear();
            }
            if !line.is_empty() {
                line.push_str("; ");
            }
            line.push_str(&note);
        }
        self.line(&format!(" {}", self.paint(DIM, &line)));
    }
}

fn head(column: &Column, width: usize) -> String {
    let short = match column.kind {
        ColumnKind::Score(ScoreKind::Sentiment) if width < 9 => "sent.",
        ColumnKind::Score(ScoreKind::Sarcasm) if width < 7 => "sarc.",
        _ => &column.short,
    };
    clip(short, width)
}

/// How far a value is from 0, without colour.
fn shade(value: f32) -> char {
    match value.abs() {
        v if v < 0.125 => ' ',
        v if v < 0.375 => '░',
        v if v < 0.625 => '▒',
        v if v < 0.875 => '▓',
        _ => '█',
    }
}

fn style(scale: Scale, step: i32, options: &TerminalOptions) -> Style {
    let (ground, ink) = (scale.colour(step, options.theme), scale.ink(step, options.theme));
    match options.depth {
        Depth::None => Style::new(),
        Depth::Truecolor => Style::new().bg_color(Some(rgb(ground))).fg_color(Some(rgb(ink))),
        Depth::Ansi256 => {
            let (index, shown) = nearest(ground);
            // The cube's colours differ from the scale's: the number is set against what is really there.
            let dark = contrast(Rgb(0, 0, 0), shown) >= contrast(Rgb(0xff, 0xff, 0xff), shown);
            let ink = if dark { 16 } else { 231 };
            Style::new().bg_color(Some(Ansi256Color(index).into())).fg_color(Some(Ansi256Color(ink).into()))
        }
        Depth::Ansi16 => {
            let (plain, strong, foreground) = match scale {
                Scale::Sequential => (AnsiColor::Magenta, AnsiColor::BrightMagenta, AnsiColor::Magenta),
                Scale::Diverging if step < 0 => (AnsiColor::Red, AnsiColor::BrightRed, AnsiColor::Red),
                Scale::Diverging => (AnsiColor::Blue, AnsiColor::BrightBlue, AnsiColor::BrightBlue),
            };
            let on = |ground: AnsiColor, ink: AnsiColor| Style::new().bg_color(Some(Color::Ansi(ground))).fg_color(Some(Color::Ansi(ink)));
            match step.abs() {
                0..=2 => Style::new(),
                3..=7 => Style::new().fg_color(Some(Color::Ansi(foreground))),
                8..=13 => on(plain, AnsiColor::BrightWhite),
                14..=STEPS => on(strong, AnsiColor::Black).effects(Effects::BOLD),
                _ => Style::new(),
            }
        }
    }
}

fn rgb(colour: Rgb) -> Color {
    RgbColor(colour.0, colour.1, colour.2).into()
}

/// The nearest of the 240 fixed colours of a 256-colour terminal, and what it looks like.
fn nearest(colour: Rgb) -> (u8, Rgb) {
    let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    let cube = (0..216u8).map(|n| (16 + n, Rgb(level(n / 36), level(n / 6 % 6), level(n % 6))));
    let greys = (0..24u8).map(|n| (232 + n, Rgb(8 + 10 * n, 8 + 10 * n, 8 + 10 * n)));
    let distance = |c: Rgb| {
        let d = |a: u8, b: u8| (i32::from(a) - i32::from(b)).pow(2);
        // The eye is keenest for green.
        2 * d(c.0, colour.0) + 4 * d(c.1, colour.1) + 3 * d(c.2, colour.2)
    };
    cube.chain(greys).min_by_key(|(_, c)| distance(*c)).unwrap_or((16, Rgb(0, 0, 0)))
}
