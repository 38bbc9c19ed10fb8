//! Many documents: by themselves, in bins when they are many, over time, by group, or by group over time.
//!
//! A document's sarcasm and alarm are means over its paragraphs by their words (a paragraph without a cue counts 0), its sentiment and its
//! stances means over what has evidence. Bins, periods and groups are means of their documents in the same way.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::HeatmapError;
use super::grid::{Cell, Column, ColumnKind, Grid, Row, ScoreKind, maker};
use super::scales::Scale;
use super::text::{count, one_line, thousands};
use crate::report::{Paragraph, Provenance, Report};

/// What of a corpus is drawn.
#[derive(Clone, Debug)]
pub struct CorpusOptions {
    /// Title of the picture.
    pub title: String,
    /// The column with each document's date.
    pub date: Option<String>,
    /// The column with each document's group: an outlet, an author.
    pub group: Option<String>,
    /// Length of a period; by default the one that gives a readable number of them.
    pub period: Option<Period>,
    /// More documents than this are binned.
    pub most_rows: usize,
    /// Figures that get a column: those of most documents. Those of a single document get none if there are several documents.
    pub figures: usize,
}

impl Default for CorpusOptions {
    fn default() -> CorpusOptions {
        CorpusOptions { title: "Corpus".to_string(), date: None, group: None, period: None, most_rows: 100, figures: 6 }
    }
}

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// A day.
    Day,
    /// A week from its Monday.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// A corpus, ready to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct CorpusView {
    /// What is shown.
    pub title: String,
    /// One grid, or one for each score by group over time.
    pub grids: Vec<Grid>,
    /// What made the scores, a line each.
    pub provenance: Vec<String>,
}

/// Collects documents, a few numbers of each.
#[derive(Debug, Default)]
pub struct CorpusBuilder {
    options: CorpusOptions,
    documents: Vec<Document>,
    /// Figures by name; their numbers are the columns of [`Document::figures`].
    figures: BTreeMap<String, usize>,
    provenance: Vec<String>,
    versions: Vec<String>,
    has_date: bool,
    has_group: bool,
    known_columns: Vec<String>,
    /// Where the document of the stance before stands.
    cursor: usize,
}

/// A sum of values with their weights, and the evidence behind it.
#[derive(Clone, Copy, Debug, Default)]
struct Mean {
    sum: f64,
    weight: f64,
    hits: u32,
}

impl Mean {
    fn add(&mut self, value: f32, weight: f64, hits: u32) {
        self.sum += f64::from(value) * weight;
        self.weight += weight;
        self.hits = self.hits.saturating_add(hits);
    }

    fn value(self) -> Option<f32> {
        (self.hits > 0 && self.weight > 0.0).then_some((self.sum / self.weight) as f32)
    }
}

#[derive(Debug, Default)]
struct Document {
    id: String,
    link: Option<String>,
    day: Option<i64>,
    group: Option<String>,
    scores: [Mean; 3],
    figures: Vec<(usize, Mean)>,
}

/// The numbers of one paragraph, for results that come as a table.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ParagraphScores {
    /// Number of words.
    pub words: u32,
    /// Sentiment, sarcasm, alarm, each with its pieces of evidence.
    pub scores: [(f32, u32); 3],
}

/// A line of results that is a report.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportRecord {
    /// The report.
    pub report: Report,
    /// The other columns of its record: its text, a date, an outlet.
    pub fields: Map<String, Value>,
}

impl CorpusBuilder {
    /// A corpus without documents.
    pub fn new(options: CorpusOptions) -> CorpusBuilder {
        CorpusBuilder { options, ..CorpusBuilder::default() }
    }

    /// Number of documents so far.
    pub fn documents(&self) -> usize {
        self.documents.len()
    }

    /// Adds a report; `fields` are the columns of its record, `link` is where its own page is.
    ///
    /// # Errors
    /// [`HeatmapError::NoDate`] with the given line.
    pub fn add(&mut self, report: &Report, fields: &Map<String, Value>, link: Option<String>, line: usize) -> Result<(), HeatmapError> {
        let id = report.id.as_deref().unwrap_or("");
        let n = self.begin(id, fields, link, line)?;
        for paragraph in &report.paragraphs {
            self.paragraph(n, scores(paragraph));
            for stance in &paragraph.stances {
                self.stance(n, &stance.figure, stance.score, stance.hits);
            }
        }
        self.add_provenance(&report.provenance);
        Ok(())
    }

    /// Adds one paragraph of a table of results. Paragraphs of one document follow each other.
    ///
    /// # Errors
    /// [`HeatmapError::NoDate`] with the given line.
    pub fn add_row(&mut self, id: &str, row: ParagraphScores, fields: &Map<String, Value>, line: usize) -> Result<(), HeatmapError> {
        let n = match self.documents.last() {
            Some(last) if last.id == id => self.documents.len() - 1,
            _ => self.begin(id, fields, None, line)?,
        };
        self.paragraph(n, row);
        Ok(())
    }

    /// Says what made the results that are added.
    pub fn add_provenance(&mut self, provenance: &Provenance) {
        if !self.versions.contains(&provenance.version) {
            self.versions.push(provenance.version.clone());
        }
        for lexicon in &provenance.lexicons {
            let line = one_line(&format!("{} {} ({})", lexicon.name, lexicon.version, lexicon.hash));
            if !self.provenance.contains(&line) {
                self.provenance.push(line);
            }
        }
    }

    /// Adds one stance of a table of results, whose documents stand in the order of the paragraphs'; `false` if there is no such document.
    pub fn add_stance(&mut self, id: &str, figure: &str, score: f32, hits: u32) -> bool {
        let Some(ahead) = self.documents[self.cursor..].iter().position(|d| d.id == id) else { return false };
        self.cursor += ahead;
        self.stance(self.cursor, figure, score, hits);
        true
    }

    fn stance(&mut self, n: usize, figure: &str, score: f32, hits: u32) {
        let next = self.figures.len();
        let figure = match self.figures.get(figure) {
            Some(&known) => known,
            None => *self.figures.entry(figure.to_string()).or_insert(next),
        };
        let of = &mut self.documents[n].figures;
        let at = of.iter().position(|(f, _)| *f == figure).unwrap_or_else(|| {
            of.push((figure, Mean::default()));
            of.len() - 1
        });
        of[at].1.add(score, f64::from(hits), hits);
    }

    /// Adds a line of JSON: a report, or a row of the paragraph table. Gives the report, for those who make its page.
    ///
    /// # Errors
    /// [`HeatmapError::NoReport`] for what is neither, [`HeatmapError::NoDate`].
    pub fn add_line(
        &mut self,
        text: &str,
        line: usize,
        link: impl FnOnce(&Report) -> Option<String>,
    ) -> Result<Option<ReportRecord>, HeatmapError> {
        let no_report = |reason: String| HeatmapError::NoReport { line, reason };
        let value: Value = serde_json::from_str(text).map_err(|e| no_report(format!("is no JSON ({e})")))?;
        let Value::Object(mut fields) = value else { return Err(no_report("is no JSON object".to_string())) };
        if fields.contains_key("paragraphs") {
            let report: Report =
                serde_json::from_value(Value::Object(fields.clone())).map_err(|e| no_report(format!("is no report ({e})")))?;
            for own in ["schema", "paragraphs", "figures", "attributions", "provenance", "language"] {
                fields.remove(own);
            }
            let link = link(&report);
            self.add(&report, &fields, link, line)?;
            return Ok(Some(ReportRecord { report, fields }));
        }
        let number = |name: &str| fields.get(name).and_then(Value::as_f64);
        let (Some(sentiment), Some(sarcasm), Some(alarm)) = (number("sentiment"), number("sarcasm"), number("alarm")) else {
            return Err(no_report("has neither \"paragraphs\" nor the columns sentiment, sarcasm and alarm".to_string()));
        };
        let hits = |name: &str| number(name).map_or(1, |n| n as u32);
        let row = ParagraphScores {
            words: hits("words"),
            scores: [
                (sentiment as f32, hits("sentiment_hits")),
                (sarcasm as f32, hits("sarcasm_hits")),
                (alarm as f32, hits("alarm_hits")),
            ],
        };
        let id = fields.get("id").map(words).unwrap_or_default();
        self.add_row(&id, row, &fields, line)?;
        Ok(None)
    }

    fn begin(&mut self, id: &str, fields: &Map<String, Value>, link: Option<String>, line: usize) -> Result<usize, HeatmapError> {
        let find = |column: Option<&String>| column.and_then(|column| field(fields, column));
        let (date, group) = (find(self.options.date.as_ref()), find(self.options.group.as_ref()));
        self.has_date |= date.is_some();
        self.has_group |= group.is_some();
        let day = match date.filter(|value| !value.is_null()).map(words) {
            Some(value) => Some(day_of(&value).ok_or_else(|| HeatmapError::NoDate {
                line,
                value: one_line(&value),
                column: self.options.date.clone().unwrap_or_default(),
            })?),
            None => None,
        };
        let group = group.filter(|value| !value.is_null()).map(|value| one_line(&words(value)));
        if self.known_columns.is_empty() {
            self.known_columns = fields.keys().map(|k| one_line(k)).collect();
            self.known_columns.sort();
        }
        self.documents.push(Document { id: id.to_string(), link, day, group, ..Document::default() });
        Ok(self.documents.len() - 1)
    }

    fn paragraph(&mut self, n: usize, row: ParagraphScores) {
        let words = f64::from(row.words.max(1));
        for ((mean, (value, hits)), kind) in self.documents[n].scores.iter_mut().zip(row.scores).zip(ScoreKind::ALL) {
            if kind != ScoreKind::Sentiment || hits > 0 {
                mean.add(value, words, hits);
            }
        }
    }

    /// The view of all documents.
    ///
    /// # Errors
    /// [`HeatmapError::NoColumn`] if no document has the date or the group column.
    pub fn finish(mut self) -> Result<CorpusView, HeatmapError> {
        for (column, found) in [(&self.options.date, self.has_date), (&self.options.group, self.has_group)] {
            if let (Some(column), false, false) = (column, found, self.documents.is_empty()) {
                let known = if self.known_columns.is_empty() { "none".to_string() } else { self.known_columns.join(", ") };
                return Err(HeatmapError::NoColumn { column: column.clone(), known });
            }
        }
        let version = if self.versions.is_empty() { env!("CARGO_PKG_VERSION").to_string() } else { self.versions.join(", ") };
        self.provenance.insert(0, maker(&version));
        let provenance = std::mem::take(&mut self.provenance);
        let (by_date, by_group) = (self.options.date.is_some(), self.options.group.is_some());
        let grids = match (by_date, by_group) {
            (true, true) => ScoreKind::ALL.into_iter().map(|kind| self.groups_over_time(kind, &provenance[0])).collect(),
            (true, false) => vec![self.rows("over time", "period", self.periods(MOST_PERIOD_ROWS), &provenance[0])],
            (false, true) => vec![self.rows("by group", self.options.group.as_deref().unwrap_or("group"), self.groups(), &provenance[0])],
            (false, false) => vec![self.rows("", "document", self.bins(), &provenance[0])],
        };
        Ok(CorpusView { title: one_line(&self.options.title), grids, provenance })
    }

    /// Label and documents of each row: documents in their order, or bins of them.
    fn bins(&self) -> Vec<Bin<'_>> {
        let all = self.documents.len();
        if all <= self.options.most_rows.max(1) {
            let one = |(n, document): (usize, &Document)| {
                let label = one_line(&document.id);
                let label = if label.is_empty() { format!("document {}", n + 1) } else { label };
                Bin { label, link: document.link.clone(), documents: self.documents[n..=n].iter().collect() }
            };
            return self.documents.iter().enumerate().map(one).collect();
        }
        let size = all.div_ceil(self.options.most_rows.max(1));
        let mut bins = Vec::new();
        for (n, documents) in self.documents.chunks(size).enumerate() {
            let label = format!("documents {} to {}", thousands(n * size + 1), thousands(n * size + documents.len()));
            bins.push(Bin { label, link: None, documents: documents.iter().collect() });
        }
        bins
    }

    /// The groups with most documents first.
    fn groups(&self) -> Vec<Bin<'_>> {
        let mut groups: BTreeMap<&str, Vec<&Document>> = BTreeMap::new();
        for document in &self.documents {
            groups.entry(document.group.as_deref().unwrap_or("(none)")).or_default().push(document);
        }
        let mut bins: Vec<Bin<'_>> =
            groups.into_iter().map(|(label, documents)| Bin { label: label.to_string(), link: None, documents }).collect();
        bins.sort_by_key(|bin| std::cmp::Reverse(bin.documents.len()));
        bins
    }

    /// All periods from the first to the last, also those without documents: time is not cut short.
    fn periods(&self, most: i64) -> Vec<Bin<'_>> {
        let days: Vec<i64> = self.documents.iter().filter_map(|d| d.day).collect();
        let (Some(&first), Some(&last)) = (days.iter().min(), days.iter().max()) else { return Vec::new() };
        let all = [Period::Day, Period::Week, Period::Month, Period::Year];
        let fitting = all.into_iter().find(|p| p.number(last) - p.number(first) < most).unwrap_or(Period::Year);
        let period = self.options.period.unwrap_or(fitting);
        let mut by_period: BTreeMap<i64, Vec<&Document>> = BTreeMap::new();
        for document in &self.documents {
            if let Some(day) = document.day {
                by_period.entry(period.number(day)).or_default().push(document);
            }
        }
        let (from, to) = (period.number(first), period.number(last));
        // One wrong year must not fill a page with empty rows.
        let numbers: Vec<i64> = if to - from < 1000 { (from..=to).collect() } else { by_period.keys().copied().collect() };
        let mut bins: Vec<Bin<'_>> = numbers
            .into_iter()
            .map(|n| Bin { label: period.label(n), link: None, documents: by_period.remove(&n).unwrap_or_default() })
            .collect();
        let undated: Vec<&Document> = self.documents.iter().filter(|d| d.day.is_none()).collect();
        if !undated.is_empty() {
            bins.push(Bin { label: "no date".to_string(), link: None, documents: undated });
        }
        bins
    }

    fn facts(&self) -> String {
        count(self.documents.len(), "document")
    }

    /// Figures that get a column: number and name.
    fn figure_columns(&self) -> Vec<(usize, String)> {
        let mut in_documents = vec![0usize; self.figures.len()];
        for document in &self.documents {
            for (figure, _) in &document.figures {
                in_documents[*figure] += 1;
            }
        }
        let least = if self.documents.len() > 1 { 2 } else { 1 };
        let mut named: Vec<(usize, String)> = self.figures.iter().map(|(name, n)| (*n, one_line(name))).collect();
        named.retain(|(n, _)| in_documents[*n] >= least);
        named.sort_by_key(|(n, _)| (std::cmp::Reverse(in_documents[*n]), *n));
        named.truncate(self.options.figures);
        named
    }

    fn rows(&self, how: &str, label_head: &str, bins: Vec<Bin<'_>>, maker: &str) -> Grid {
        let figures = self.figure_columns();
        let mut columns: Vec<Column> = ScoreKind::ALL
            .map(|kind| Column { kind: ColumnKind::Score(kind), name: kind.name().into(), short: kind.name().into(), scale: kind.scale() })
            .into();
        columns.extend(figures.iter().map(|(_, name)| Column {
            kind: ColumnKind::Figure,
            name: name.clone(),
            short: name.rsplit(' ').next().unwrap_or(name).to_string(),
            scale: Scale::Diverging,
        }));
        let rows = bins.iter().map(|bin| {
            let mut cells: Vec<Cell> = (0..3).map(|score| bin.score(score)).collect();
            cells.extend(figures.iter().map(|(figure, _)| bin.figure(*figure)));
            Row { number: thousands(bin.documents.len()), label: bin.label.clone(), link: bin.link.clone(), cells }
        });
        let rows: Vec<Row> = rows.collect();
        let binned = how.is_empty() && self.documents.len() > rows.len();
        let how = if binned {
            format!(" in {}", count(rows.len(), "bin"))
        } else if how.is_empty() {
            String::new()
        } else {
            format!(" {how}")
        };
        let title = one_line(&self.options.title);
        self.grid(title, format!("{}{how}", self.facts()), (one_line(label_head), "docs"), columns, rows, maker)
    }

    fn groups_over_time(&self, kind: ScoreKind, maker: &str) -> Grid {
        let periods = self.periods(MOST_PERIOD_COLUMNS);
        let columns = periods.iter().map(|p| Column {
            kind: ColumnKind::Period(kind),
            name: p.label.clone(),
            short: short_period(&p.label),
            scale: kind.scale(),
        });
        let columns: Vec<Column> = columns.collect();
        let rows = self.groups().into_iter().take(MOST_GROUPS).map(|group| {
            let cells = periods.iter().map(|period| {
                let both = |d: &&&Document| d.group.as_deref().unwrap_or("(none)") == group.label;
                Bin { label: String::new(), link: None, documents: period.documents.iter().filter(both).copied().collect() }
                    .score(kind as usize)
            });
            Row { number: thousands(group.documents.len()), cells: cells.collect(), label: group.label, link: None }
        });
        let rows = rows.collect();
        let label = one_line(self.options.group.as_deref().unwrap_or("group"));
        let title = format!("{}: {}", one_line(&self.options.title), kind.name());
        self.grid(title, format!("{} by {label} over time", self.facts()), (label, "docs"), columns, rows, maker)
    }

    fn grid(&self, title: String, facts: String, heads: (String, &'static str), columns: Vec<Column>, rows: Vec<Row>, maker: &str) -> Grid {
        Grid {
            title,
            facts,
            number_head: heads.1,
            label_head: heads.0,
            absent: "no document, or no mention",
            columns,
            rows,
            caption:
                "Sarcasm and alarm (0 to 1) are means over all paragraphs by their words, sentiment and stance (−1 to +1) over what has \
                      evidence; bins, periods and groups are means of their documents. A dash is “no evidence”, which is not neutral."
                    .to_string(),
            maker: maker.to_string(),
        }
    }
}

/// Rows of periods that are readable.
const MOST_PERIOD_ROWS: i64 = 60;
/// Columns of periods that are readable.
const MOST_PERIOD_COLUMNS: i64 = 24;
/// Groups shown over time.
const MOST_GROUPS: usize = 60;

/// The documents of one row.
struct Bin<'d> {
    label: String,
    link: Option<String>,
    documents: Vec<&'d Document>,
}

impl Bin<'_> {
    fn score(&self, score: usize) -> Cell {
        // A document without a cue of sarcasm or alarm counts 0; one without words of sentiment says nothing of it.
        mean(self.documents.iter().map(|d| d.scores[score]), score != ScoreKind::Sentiment as usize)
    }

    fn figure(&self, figure: usize) -> Cell {
        mean(self.documents.iter().flat_map(|d| d.figures.iter().filter(|(f, _)| *f == figure).map(|(_, mean)| *mean)), false)
    }
}

/// The mean of the documents, where `none_is_zero` also of those without evidence.
fn mean(means: impl Iterator<Item = Mean>, none_is_zero: bool) -> Cell {
    let (mut all, mut any) = (Mean::default(), false);
    for mean in means {
        any = true;
        match mean.value() {
            Some(value) => all.add(value, 1.0, mean.hits),
            None if none_is_zero => all.add(0.0, 1.0, 0),
            None => {}
        }
    }
    match all.value() {
        Some(value) => Cell::new(value, all.hits),
        None if any => Cell::NoEvidence,
        None => Cell::Absent,
    }
}

fn scores(paragraph: &Paragraph) -> ParagraphScores {
    let (sentiment, sarcasm, alarm) = (&paragraph.sentiment, &paragraph.sarcasm, &paragraph.alarm);
    ParagraphScores {
        words: paragraph.words,
        scores: [(sentiment.score, sentiment.hits), (sarcasm.score, sarcasm.hits), (alarm.score, alarm.hits)],
    }
}

/// A column of a record: one of its own, or of an object in it.
fn field<'f>(fields: &'f Map<String, Value>, column: &str) -> Option<&'f Value> {
    fields.get(column).or_else(|| fields.values().find_map(|value| value.as_object().and_then(|inner| inner.get(column))))
}

/// A value as words.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

impl Period {
    /// The number of the period that holds a day; successive periods have successive numbers.
    fn number(self, day: i64) -> i64 {
        let (year, month, _) = civil(day);
        match self {
            Period::Day => day,
            // 1970-01-01 was a Thursday.
            Period::Week => (day + 3).div_euclid(7),
            Period::Month => year * 12 + i64::from(month) - 1,
            Period::Year => year,
        }
    }

    fn label(self, number: i64) -> String {
        let date = |day: i64| {
            let (year, month, day) = civil(day);
            format!("{year:04}-{month:02}-{day:02}")
        };
        match self {
            Period::Day => date(number),
            Period::Week => date(number * 7 - 3),
            Period::Month => format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1),
            Period::Year => format!("{number:04}"),
        }
    }
}

/// A label for a narrow column: `09-30` of a day, `24-09` of a month.
fn short_period(label: &str) -> String {
    let digits = label.starts_with(|c: char| c.is_ascii_digit());
    let short = match label.len() {
        10 if digits => label.get(5..),
        7 if digits => label.get(2..),
        _ => None,
    };
    short.unwrap_or(label).to_string()
}

/// Days since 1970-01-01 of `2024-09-30`, `2024-09-30T12:00:00Z`, `20240930`, `2024-09` and `2024`.
fn day_of(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = match digits {
        8 => (part(0, 4)?, part(4, 6)?, part(6, 8)?),
        4 if text.len() == 4 => (part(0, 4)?, 1, 1),
        4 if text.len() == 7 => (part(0, 4)?, part(5, 7)?, 1),
        4 => (part(0, 4)?, part(5, 7)?, part(8, 10)?),
        _ => return None,
    };
    let separated = digits == 8 || text.len() < 5 || text.bytes().skip(4).step_by(3).take(2).all(|b| matches!(b, b'-' | b'/' | b'.'));
    let found = days(year, month, day);
    // A date that does not come back is none: 2024-02-31.
    (separated && civil(found) == (year, month as u32, day as u32)).then_some(found)
}

/// Days since 1970-01-01 of a date of the Gregorian calendar (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of days since 1970-01-01.
fn civil(day: i64) -> (i64, u32, u32) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day - era * 146_097;
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month as u32, day as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        let rows = [
            ("1970-01-01", Some(0)),
            ("2024-09-30T12:00:00Z", Some(19_996)),
            ("20240930", Some(19_996)),
            ("2024-09", Some(19_967)),
            ("2024", Some(19_723)),
            ("2024/09/30", Some(19_996)),
            ("2024-02-31", None),
            ("2024-13-01", None),
            ("30.9.2024", None),
            ("2024-09-3", None),
            ("2024é09-30", None),
            ("", None),
        ];
        for (text, want) in rows {
            assert_eq!(day_of(text), want, "{text}");
        }
    }

    #[test]
    fn periods_have_names() {
        let monday = 19_996;
        for day in monday..monday + 7 {
            assert_eq!(Period::Week.label(Period::Week.number(day)), "2024-09-30");
        }
        assert_eq!(Period::Month.label(Period::Month.number(monday)), "2024-09");
        assert_eq!(Period::Day.label(Period::Day.number(monday)), "2024-09-30");
        assert_eq!(Period::Year.label(Period::Year.number(monday)), "2024");
        assert_eq!(["2024-09-30", "2024-09", "2024", "no date"].map(short_period), ["09-30", "24-09", "2024", "no date"]);
    }
}
