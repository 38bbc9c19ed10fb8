//! The table of `philippic score` for people: a row of numbers and the first words of each paragraph, under it its strongest
//! words and its stances; then the figures.

use std::fmt::Write;

use anstyle::Style;
use philippic::report::{AUTHOR, Evidence, Figure, Paragraph, Report, UNKNOWN};

use super::console::{ALARM, BOLD, DIM, NEGATIVE, PLAIN, POSITIVE, SARCASM, STANCE, paint};
use super::layout::{clip, columns, one_line, pad, pad_left};

/// Columns of the numbers: a score with its hits.
const CELL: usize = 11;
/// Words shown of a paragraph unless all evidence is asked for.
const STRONGEST: usize = 5;
/// Stances shown of a paragraph or figure unless all evidence is asked for.
const STANCES: usize = 4;
const NONE: &str = "–";

/// The table of one report, `width` columns wide; `all` shows every piece of evidence.
pub(super) fn render(report: &Report, text: &str, width: usize, all: bool) -> String {
    let mut table = Table { out: String::new(), text, width, all, number: report.paragraphs.len().to_string().len().max(1) };
    table.title(report);
    if report.paragraphs.is_empty() {
        return table.out;
    }
    table.head();
    for paragraph in &report.paragraphs {
        table.paragraph(paragraph);
    }
    table.figures(&report.figures);
    table.legend();
    table.out
}

struct Table<'t> {
    out: String,
    text: &'t str,
    width: usize,
    all: bool,
    /// Columns of the paragraph's number.
    number: usize,
}

impl Table<'_> {
    /// Where the text column begins.
    fn text_column(&self) -> usize {
        1 + self.number + 3 * CELL + 2
    }

    /// Where the lines under a paragraph's numbers begin.
    fn indent(&self) -> usize {
        1 + self.number + 2
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    fn title(&mut self, report: &Report) {
        let words: u32 = report.paragraphs.iter().map(|p| p.words).sum();
        let counts = format!("{}, {}", count(report.paragraphs.len(), "paragraph"), count(words as usize, "word"));
        let id = match report.id.as_deref() {
            None | Some("-") => "standard input",
            Some(id) => id,
        };
        let id = clip(&one_line(id), self.width.saturating_sub(columns(&counts) + 3));
        let gap = self.width.saturating_sub(columns(&id) + columns(&counts) + 1);
        self.line(&format!(" {}{}{}", paint(BOLD, &id), " ".repeat(gap.max(1)), paint(DIM, &counts)));
    }

    fn head(&mut self) {
        let mut head = format!(" {}", pad_left("¶", self.number));
        for (name, style) in [("sentiment", PLAIN), ("sarcasm", SARCASM), ("alarm", ALARM)] {
            let _ = write!(head, "  {}", paint(style.bold(), pad(name, CELL - 2)));
        }
        self.out.push('\n');
        self.line(&format!("{head}  {}", paint(BOLD, "text")));
        let rule = "─".repeat(self.width.saturating_sub(1));
        self.line(&format!(" {}", paint(DIM, rule)));
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let mut row = format!(" {}", paint(BOLD, pad_left(&(paragraph.index + 1).to_string(), self.number)));
        let cells = [
            (format!("{:+.2}", paragraph.sentiment.score), paragraph.sentiment.hits, polarity(paragraph.sentiment.score)),
            (format!("{:.2}", paragraph.sarcasm.score), paragraph.sarcasm.hits, strength(SARCASM, paragraph.sarcasm.score)),
            (format!("{:.2}", paragraph.alarm.score), paragraph.alarm.hits, strength(ALARM, paragraph.alarm.score)),
        ];
        for (score, hits, style) in cells {
            let _ = write!(row, "  {}", cell(&score, hits, style));
        }
        let first = one_line(&self.text[paragraph.start as usize..paragraph.end as usize]);
        let room = self.width.saturating_sub(self.text_column());
        self.line(&format!("{row}  {}", clip(&first, room)));
        self.words(paragraph);
        self.stances(paragraph);
    }

    /// The words that say the most, of all scores together.
    fn words(&mut self, paragraph: &Paragraph) {
        let mut words: Vec<(&Evidence, Style)> = Vec::new();
        words.extend(paragraph.sentiment.evidence.iter().map(|e| (e, polarity(e.contribution))));
        words.extend(paragraph.sarcasm.evidence.iter().map(|e| (e, SARCASM)));
        words.extend(paragraph.alarm.evidence.iter().map(|e| (e, ALARM)));
        words.sort_by(|a, b| b.0.contribution.abs().total_cmp(&a.0.contribution.abs()).then(a.0.start.cmp(&b.0.start)));
        let mut seen: Vec<(String, Style)> = Vec::new();
        for (evidence, style) in words {
            let word = one_line(&self.text[evidence.start as usize..evidence.end as usize]);
            if !seen.iter().any(|(w, _)| w.eq_ignore_ascii_case(&word)) {
                seen.push((word, style));
            }
        }
        if !self.all {
            seen.truncate(STRONGEST);
        }
        let (indent, width) = (self.indent(), self.width);
        let mut line = " ".repeat(indent);
        let mut used = indent;
        for (i, (word, style)) in seen.iter().enumerate() {
            let word = clip(word, width.saturating_sub(indent));
            let gap = if used == indent { "" } else { " · " };
            if used + columns(gap) + columns(&word) > width {
                if !self.all {
                    break;
                }
                self.line(&line);
                line = format!("{}{}", " ".repeat(indent), paint(*style, &word));
                used = indent + columns(&word);
            } else {
                let _ = write!(line, "{}{}", paint(DIM, gap), paint(*style, &word));
                used += columns(gap) + columns(&word);
            }
            if i + 1 == seen.len() {
                break;
            }
        }
        if used > indent {
            self.line(&line);
        }
    }

    fn stances(&mut self, paragraph: &Paragraph) {
        let mut stances: Vec<_> = paragraph.stances.iter().filter(|s| self.all || s.hits > 0).collect();
        stances.sort_by(|a, b| b.score.abs().total_cmp(&a.score.abs()));
        let shown = if self.all { stances.len() } else { stances.len().min(STANCES) };
        let room = self.width.saturating_sub(self.indent());
        for stance in &stances[..shown] {
            let score = if stance.hits == 0 { NONE.to_string() } else { format!("{:+.2}", stance.score) };
            let names = clip(&format!("{} → {}", holder(&stance.holder), one_line(&stance.figure)), room.saturating_sub(7));
            let names = names.replacen('→', &paint(DIM, "→"), 1);
            self.line(&format!("{}{names} {}", " ".repeat(self.indent()), paint(polarity(stance.score), score)));
        }
        if shown < stances.len() {
            self.line(&format!("{}{}", " ".repeat(self.indent()), paint(DIM, format!("and {} more", stances.len() - shown))));
        }
    }

    fn figures(&mut self, figures: &[Figure]) {
        if figures.is_empty() {
            return;
        }
        self.out.push('\n');
        self.line(&format!(" {}", paint(STANCE.bold(), "figures")));
        self.line(&format!(" {}", paint(DIM, "─".repeat(self.width.saturating_sub(1)))));
        for figure in figures {
            let mentions = count(figure.mentions as usize, "mention");
            let also = if figure.aliases.is_empty() { String::new() } else { format!(", also {}", figure.aliases.join(", ")) };
            let name = clip(&one_line(&figure.name), self.width / 2);
            let rest = clip(&one_line(&format!("{mentions}{also}")), self.width.saturating_sub(columns(&name) + 4));
            self.line(&format!(" {}  {}", paint(BOLD, &name), paint(DIM, rest)));
            let mut stances: Vec<_> = figure.stances.iter().filter(|s| self.all || s.hits > 0).collect();
            stances.sort_by_key(|s| std::cmp::Reverse(s.hits));
            let shown = if self.all { stances.len() } else { stances.len().min(STANCES) };
            for stance in &stances[..shown] {
                let score = if stance.hits == 0 { pad_left(NONE, 5) } else { format!("{:+.2}", stance.score) };
                let at = stance.paragraphs.iter().map(|p| (p + 1).to_string()).collect::<Vec<_>>().join(", ");
                let who = clip(&format!("{}  ¶ {at}", holder(&stance.holder)), self.width.saturating_sub(10));
                self.line(&format!("   {}  {who}", paint(polarity(stance.score), score)));
            }
            if shown < stances.len() {
                self.line(&format!("   {}", paint(DIM, format!("and {} more", stances.len() - shown))));
            }
        }
    }

    fn legend(&mut self) {
        let legend = clip("×n: pieces of evidence; –: none (not the same as neutral)", self.width.saturating_sub(1));
        self.out.push('\n');
        self.line(&format!(" {}", paint(DIM, legend)));
    }
}

/// A score with its hits, or a dash where there are none.
fn cell(score: &str, hits: u32, style: Style) -> String {
    if hits == 0 {
        return paint(DIM, pad(&pad_left(NONE, 5), CELL - 2));
    }
    let hits = format!("×{hits}");
    let gap = " ".repeat((CELL - 2).saturating_sub(6 + columns(&hits)));
    format!("{} {}{gap}", paint(style, pad_left(score, 5)), paint(DIM, hits))
}

/// How a holder is called for people.
pub(super) fn holder(name: &str) -> String {
    match name {
        AUTHOR => "author".to_string(),
        UNKNOWN => "unknown".to_string(),
        other => one_line(other),
    }
}

/// The style of a number from -1 to 1.
pub(super) fn polarity(score: f32) -> Style {
    match score {
        s if s <= -0.5 => NEGATIVE.bold(),
        s if s < -0.05 => NEGATIVE,
        s if s >= 0.5 => POSITIVE.bold(),
        s if s > 0.05 => POSITIVE,
        _ => PLAIN,
    }
}

/// The style of a number from 0 to 1.
pub(super) fn strength(style: Style, score: f32) -> Style {
    match score {
        s if s >= 0.5 => style.bold(),
        s if s >= 0.15 => style,
        _ => PLAIN,
    }
}

/// "1 word", "2 words".
pub(super) fn count(n: usize, what: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{} {what}{plural}", thousands(n))
}

/// 12,345
pub(super) fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
