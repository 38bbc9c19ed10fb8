//! The table of `philippic score` for people: a row of numbers and the first words of each paragraph, under it its strongest
//! words and its stances; then the figures.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;

use anstyle::Style;
use philippic::report::{AUTHOR, Custom, Evidence, Figure, Paragraph, Report, UNKNOWN};

use super::console::{ALARM, BOLD, DIM, NEGATIVE, PLAIN, POSITIVE, SARCASM, STANCE, paint};
use super::layout::{clip, columns, one_line, pad, pad_left, wrap};

/// Columns of the numbers: a score with its hits.
const CELL: usize = 11;
/// Words shown of a paragraph unless all evidence is asked for.
const STRONGEST: usize = 5;
/// Stances shown of a paragraph or figure unless all evidence is asked for.
const STANCES: usize = 4;
/// Columns that the text keeps beside those of a user's own categories.
const TEXT: usize = 20;
const NONE: &str = "–";

/// The table of one report, `width` columns wide; `all` shows every piece of evidence.
pub(super) fn render(report: &Report, text: &str, width: usize, all: bool) -> String {
    let number = report.paragraphs.len().to_string().len().max(1);
    let mut table = Table { out: String::new(), text, width, all, number, own: Vec::new(), more: false };
    table.own(report);
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
    /// The user's own categories that have a column.
    own: Vec<String>,
    /// Whether there are others.
    more: bool,
}

impl Table<'_> {
    /// Where the text column begins.
    fn text_column(&self) -> usize {
        1 + self.number + (3 + self.own.len()) * CELL + 2
    }

    /// Where the lines under a paragraph's numbers begin.
    fn indent(&self) -> usize {
        1 + self.number + 2
    }

    /// Gives the user's own categories columns, as many as there is room for.
    fn own(&mut self, report: &Report) {
        let Some(first) = report.paragraphs.first() else { return };
        for name in first.custom.keys() {
            if self.text_column() + CELL + TEXT > self.width {
                self.more = true;
                break;
            }
            self.own.push(name.clone());
        }
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
        for name in &self.own {
            let name = name.rsplit('.').next().unwrap_or(name);
            let _ = write!(head, "  {}", paint(BOLD, pad(&clip(name, CELL - 2), CELL - 2)));
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
        for name in &self.own {
            let custom = paragraph.custom.get(name).map_or((String::new(), 0), |c| (per_hundred(c.score), c.hits));
            let _ = write!(row, "  {}", cell(&custom.0, custom.1, PLAIN));
        }
        let first = one_line(&self.text[paragraph.start as usize..paragraph.end as usize]);
        let room = self.width.saturating_sub(self.text_column());
        self.line(&format!("{row}  {}", clip(&first, room)));
        self.words(paragraph);
        self.own_words(paragraph);
        self.stances(paragraph);
    }

    /// The user's own categories that have no column; with all evidence, the words of each.
    fn own_words(&mut self, paragraph: &Paragraph) {
        let room = self.width.saturating_sub(self.indent());
        for (name, custom) in paragraph.custom.iter().filter(|(_, c)| c.hits > 0) {
            let shown = self.own.contains(name);
            if shown && !self.all {
                continue;
            }
            let score = if shown { String::new() } else { format!(" {} ×{}", per_hundred(custom.score), custom.hits) };
            let words = if self.all { format!(": {}", self.distinct(custom)) } else { String::new() };
            for line in wrap(&[(DIM, one_line(&format!("{name}{score}{words}")))], room) {
                self.line(&format!("{}{line}", " ".repeat(self.indent())));
            }
        }
    }

    fn distinct(&self, custom: &Custom) -> String {
        let mut known = HashSet::new();
        let words = custom.evidence.iter().map(|e| one_line(&self.text[e.start as usize..e.end as usize]));
        words.filter(|word| known.insert(word.to_lowercase())).collect::<Vec<_>>().join(" · ")
    }

    /// The words that say the most, of all scores together.
    fn words(&mut self, paragraph: &Paragraph) {
        let mut words: Vec<(&Evidence, Style)> = Vec::new();
        words.extend(paragraph.sentiment.evidence.iter().map(|e| (e, polarity(e.contribution))));
        words.extend(paragraph.sarcasm.evidence.iter().map(|e| (e, SARCASM)));
        words.extend(paragraph.alarm.evidence.iter().map(|e| (e, ALARM)));
        words.sort_by(|a, b| b.0.contribution.abs().total_cmp(&a.0.contribution.abs()).then(a.0.start.cmp(&b.0.start)));
        // Where words overlap the longer stretch is shown, in the place and colour of the stronger one. Spans by their start:
        let mut spans: BTreeMap<u32, (u32, usize, Style)> = BTreeMap::new();
        for (rank, (e, style)) in words.into_iter().enumerate() {
            match spans.range(..e.end).next_back().map(|(&start, &span)| (start, span)) {
                Some((start, (end, rank, style))) if end > e.start => {
                    if e.end - e.start > end - start {
                        spans.remove(&start);
                        spans.insert(e.start, (e.end, rank, style));
                    }
                }
                _ => drop(spans.insert(e.start, (e.end, rank, style))),
            }
        }
        let mut ranked: Vec<(usize, u32, u32, Style)> =
            spans.into_iter().map(|(start, (end, rank, style))| (rank, start, end, style)).collect();
        ranked.sort_by_key(|span| span.0);
        let mut known = HashSet::new();
        let words = ranked.into_iter().map(|(_, start, end, style)| (one_line(&self.text[start as usize..end as usize]), style));
        let mut seen: Vec<(String, Style)> = words.filter(|(word, _)| known.insert(word.to_lowercase())).collect();
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
            let names = pair(&stance.holder, &stance.figure, room.saturating_sub(7));
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
        if self.more || !self.own.is_empty() {
            let own = clip("own categories: weights of their terms per 100 words", self.width.saturating_sub(1));
            self.line(&format!(" {}", paint(DIM, own)));
        }
    }
}

/// A number of any size in at most five columns.
fn per_hundred(score: f32) -> String {
    match score.abs() {
        a if a >= 99.95 => format!("{score:.0}"),
        a if a >= 9.995 => format!("{score:.1}"),
        _ => format!("{score:.2}"),
    }
}

/// A score with its hits, or a dash where there are none.
fn cell(score: &str, hits: u32, style: Style) -> String {
    if hits == 0 {
        return paint(DIM, pad(&pad_left(NONE, 5), CELL - 2));
    }
    let hits = if hits > 99 { "99+".to_string() } else { format!("×{hits}") };
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

/// "holder → figure" in at most `width` columns; the figure keeps a third of them.
pub(super) fn pair(holder_name: &str, figure: &str, width: usize) -> String {
    let holder = holder(holder_name);
    let room = width.saturating_sub(3);
    let figure = clip(&one_line(figure), (room / 3).max(room.saturating_sub(columns(&holder))));
    let holder = clip(&holder, room.saturating_sub(columns(&figure)));
    format!("{holder} {} {figure}", paint(DIM, "→"))
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

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use philippic::report::{Alarm, FigureStance, OptionsInfo, Provenance, SCHEMA, Sarcasm, Sentiment, Stance, Via};

    /// A text of three paragraphs; the second is in another script, so that columns are not characters.
    pub(in crate::cli) const TEXT: &str = "The so-called \"saviour\" of the harbour has brought the town to the brink of ruin, said Jane Roe, and \
        nobody on the quay believed a word of it.\n\n港の市長は嘘をついた。🙂 Il n’y a rien à voir ici, vraiment rien du tout, messieurs dames.\n\n\
        The ferry leaves at nine.";

    fn evidence(needle: &str, cue: &str, weight: f32, contribution: f32, shifts: &[&str]) -> Evidence {
        let start = TEXT.find(needle).unwrap();
        Evidence {
            start: start as u32,
            end: (start + needle.len()) as u32,
            cue: cue.to_string(),
            term: needle.to_lowercase(),
            weight,
            contribution,
            shifts: shifts.iter().map(|s| (*s).to_string()).collect(),
        }
    }

    fn stance(holder: &str, figure: &str, score: f32, hits: u32) -> Stance {
        let evidence = vec![evidence("brought the town", "stance.verb", -0.6, -0.4, &[])];
        Stance { holder: holder.into(), figure: figure.into(), score, mentions: 2, via: vec![Via::Name, Via::Pronoun], hits, evidence }
    }

    fn figure(name: &str, aliases: &[&str], stances: &[(&str, f32, u32, &[u32])]) -> Figure {
        let stances = stances.iter().map(|(holder, score, hits, at)| FigureStance {
            holder: (*holder).into(),
            score: *score,
            hits: *hits,
            paragraphs: at.to_vec(),
        });
        let aliases = aliases.iter().map(|a| (*a).to_string()).collect();
        Figure { name: name.into(), aliases, gender: None, mentions: 3, spans: vec![], stances: stances.collect() }
    }

    /// A report by hand: the table must not change when a lexicon does.
    pub(in crate::cli) fn report() -> Report {
        let mut start = 0;
        let mut paragraphs: Vec<Paragraph> = Vec::new();
        for (index, text) in TEXT.split("\n\n").enumerate() {
            paragraphs.push(Paragraph {
                index: index as u32,
                start,
                end: start + text.len() as u32,
                words: text.split_whitespace().count() as u32,
                sentences: 1,
                sentiment: Sentiment::default(),
                sarcasm: Sarcasm::default(),
                alarm: Alarm::default(),
                stances: vec![],
                custom: Default::default(),
            });
            start += text.len() as u32 + 2;
        }
        paragraphs[0].sentiment = Sentiment {
            score: -0.62,
            positive: 0.1,
            negative: 0.7,
            hits: 3,
            evidence: vec![
                evidence("saviour", "sentiment", 0.5, 0.1, &[]),
                evidence("ruin", "sentiment", -0.7, -0.4, &["stressed by contrast"]),
                evidence("nobody", "sentiment", -0.3, -0.3, &[]),
            ],
        };
        let quote = evidence("\"saviour\"", "sarcasm.scare_quotes", 0.75, 0.75, &[]);
        paragraphs[0].sarcasm = Sarcasm { score: 0.75, cues: Default::default(), hits: 1, evidence: vec![quote] };
        let brink = evidence("the brink of ruin", "alarm.brink", 0.8, 0.38, &["intensified"]);
        paragraphs[0].alarm = Alarm { score: 0.38, parts: Default::default(), hits: 12, evidence: vec![brink] };
        paragraphs[0].stances = vec![
            stance("Jane Roe", "John Doe", -0.7, 3),
            stance(AUTHOR, "John Doe", -0.2, 1),
            stance("the ministry of fisheries and coastal waters of the northern province", "Jane Roe", 0.3, 1),
            stance(AUTHOR, "Jane Roe", 0.0, 0),
        ];
        paragraphs[1].sentiment =
            Sentiment {
                score: 0.04, positive: 0.1, negative: 0.06, hits: 1, evidence: vec![evidence("🙂", "sentiment", 0.3, 0.04, &[])]
            };
        let figures = vec![
            figure(
                "John Doe",
                &["Doe", "the mayor", "Mayor John \"Johnny\" Doe of the old harbour quarter", "JD"],
                &[("Jane Roe", -0.7, 3, &[0]), (AUTHOR, -0.2, 1, &[0, 2])],
            ),
            figure("Jane Roe", &[], &[(AUTHOR, 0.0, 0, &[0])]),
        ];
        let provenance = Provenance { version: "0".into(), lexicons: vec![], options: OptionsInfo::default() };
        Report {
            schema: SCHEMA.into(),
            id: Some("examples/harbour.txt".into()),
            language: "en".into(),
            paragraphs,
            figures,
            attributions: vec![],
            provenance: provenance.into(),
        }
    }

    fn plain(table: &str) -> String {
        anstream::adapter::strip_str(table).to_string()
    }

    #[test]
    fn tables() {
        for width in [60, 80, 140] {
            let table = render(&report(), TEXT, width, false);
            assert!(plain(&table).lines().all(|line| columns(line) <= width), "a line is wider than {width}:\n{}", plain(&table));
            insta::assert_snapshot!(format!("plain_{width}"), plain(&table));
            insta::assert_snapshot!(format!("colour_{width}"), table.replace('\x1b', "␛"));
        }
        insta::assert_snapshot!("all_evidence_80", plain(&render(&report(), TEXT, 80, true)));
    }

    #[test]
    fn an_empty_document() {
        let empty = Report { paragraphs: vec![], figures: vec![], id: None, ..report() };
        assert_eq!(plain(&render(&empty, "", 60, false)), format!(" standard input{}0 paragraphs, 0 words\n", " ".repeat(24)));
    }

    #[test]
    fn numbers() {
        assert_eq!([0, 999, 1000, 1_234_567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!((count(1, "word"), count(2, "word")), ("1 word".to_string(), "2 words".to_string()));
    }
}
