//! Tables: LIWC `.dicx`, NRC's lists, VADER, AFINN, and any CSV with chosen columns.

use super::term::Wildcards;
use super::{Columns, Draft, ImportError, ImportOptions};
use crate::lexicon::parse::Match;

/// One line: its number and its cells.
type Row = (u32, Vec<String>);

/// The cells of a table, lines with nothing in them left out. Quotes mean something in CSV only.
fn rows(text: &str, mark: u8) -> Vec<Row> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(mark).has_headers(false).flexible(true).quoting(mark != b'\t').from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records().map_while(Result::ok) {
        let line = record.position().map_or(0, |p| p.line() as u32);
        let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_string()).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push((line, cells));
        }
    }
    rows
}

/// A tab if the first lines have one, else the more frequent of comma and semicolon.
pub(super) fn delimiter(text: &str) -> u8 {
    let sample = || text.lines().filter(|line| !line.trim().is_empty()).take(20);
    let count = |mark: char| sample().map(|line| line.matches(mark).count()).sum::<usize>();
    if sample().filter(|line| line.contains('\t')).count() * 2 > sample().count() {
        b'\t'
    } else if count(';') > count(',') {
        b';'
    } else {
        b','
    }
}

/// A number; a comma may stand for the decimal point.
pub(super) fn number(cell: &str) -> Option<f32> {
    let parsed = cell.parse().or_else(|_| cell.replacen(',', ".", 1).parse());
    parsed.ok().filter(|n: &f32| n.is_finite())
}

fn no_rows(format: &'static str) -> ImportError {
    ImportError::Format { line: 1, format, reason: "it has no lines".to_string() }
}

/// `DicTerm,category,...` with `X` or a weight where a term belongs to a category.
pub(super) fn dicx(text: &str, draft: &mut Draft) -> Result<(), ImportError> {
    let mut rows = rows(text, delimiter(text)).into_iter();
    let (line, header) = rows.next().ok_or_else(|| no_rows("LIWC .dicx"))?;
    if header.len() < 2 || !header[0].eq_ignore_ascii_case("dicterm") {
        let reason = format!("the first line must be \"DicTerm\" and the categories, found {:?}", header.join(","));
        return Err(ImportError::Format { line, format: "LIWC .dicx", reason });
    }
    for (line, cells) in rows {
        let term = &cells[0];
        let mut any = false;
        for (column, cell) in cells.iter().enumerate().skip(1).filter(|(_, cell)| !cell.is_empty()) {
            let Some(name) = header.get(column) else {
                draft.lost(line, term, format!("{cell:?} stands behind the last category"));
                continue;
            };
            let weight = if cell.eq_ignore_ascii_case("x") { None } else { number(cell) };
            if weight.is_none() && !cell.eq_ignore_ascii_case("x") {
                draft.lost(line, term, format!("{cell:?} under {name} is neither X nor a number"));
                continue;
            }
            any = true;
            let category = draft.category(std::slice::from_ref(name));
            draft.term(line, term, category, Wildcards::Star).weight = weight;
        }
        if !any {
            draft.lost(line, term, "it is in no category");
        }
    }
    Ok(())
}

/// NRC's lists: `term, emotion, number` (EmoLex, intensity; the columns also in the other order) or a column a dimension. In the lists of
/// associations (`zero_is_none`) a 0 says that there is none.
pub(super) fn nrc(text: &str, zero_is_none: bool, draft: &mut Draft) {
    let rows = rows(text, delimiter(text));
    let Some((_, header)) = rows.first() else { return };
    let numeric = |cell: &String| number(cell).is_some();
    let first = rows.get(1).is_some_and(|(_, cells)| cells.iter().skip(1).any(numeric));
    let wide = header.len() > 2 && !header[1..].iter().any(numeric) && first;
    let mut none: Option<(u32, usize)> = None;
    let mut add = |draft: &mut Draft, line: u32, term: &str, dimension: &str, value: f32| {
        if value == 0.0 && zero_is_none {
            none.get_or_insert((line, 0)).1 += 1;
            return;
        }
        let category = draft.category(&[dimension.to_string()]);
        draft.term(line, term, category, Wildcards::None).weight = Some(value);
    };
    if wide && header.len() == 3 && rows.iter().skip(1).all(|(_, c)| c.len() == 3 && !numeric(&c[1])) {
        // The long form under a header.
        for (line, cells) in &rows[1..] {
            match number(&cells[2]) {
                Some(value) => add(draft, *line, &cells[0], &cells[1], value),
                None => draft.lost(*line, &cells[0], format!("{:?} is not a number", cells[2])),
            }
        }
    } else if wide {
        // A gap here and there does not make it a column of words.
        let filled = |c: usize| rows[1..].iter().filter(|(_, cells)| cells.get(c).is_some_and(numeric)).count() * 2 >= rows.len() - 1;
        let columns: Vec<usize> = (1..header.len()).filter(|&c| filled(c)).collect();
        for (column, name) in header.iter().enumerate().skip(1).filter(|(c, _)| !columns.contains(c)) {
            draft.lost(1, "", format!("column {} ({name:?}) holds no numbers and is left out", column + 1));
        }
        for (line, cells) in &rows[1..] {
            for &column in &columns {
                match cells.get(column).and_then(|cell| number(cell)) {
                    Some(value) => add(draft, *line, &cells[0], &header[column], value),
                    None => draft.lost(*line, &cells[0], format!("no number under {}", header[column])),
                }
            }
        }
    } else {
        for (line, cells) in &rows {
            let found = match cells.as_slice() {
                [_, a, b] => number(b).map(|value| (a, value)).or_else(|| number(a).map(|value| (b, value))),
                _ => None,
            };
            match found {
                Some((dimension, value)) => add(draft, *line, &cells[0], dimension, value),
                None => draft.lost(*line, &cells.join(" "), "expected a term, an emotion and a number"),
            }
        }
    }
    if let Some((line, count)) = none {
        draft.changed(line, "", format!("{count} rows with 0 say that there is no association; they are left out"));
    }
}

/// `term, mean, deviation, ratings`, mean -4..4.
pub(super) fn vader(text: &str, draft: &mut Draft) {
    draft.scale = Some(4.0);
    let mut more = None;
    weighted(text, &mut more, draft);
    if let Some(line) = more {
        draft.changed(line, "", "columns behind the mean (deviation, single ratings) are left out");
    }
}

/// `term, number`, number -5..5.
pub(super) fn afinn(text: &str, draft: &mut Draft) {
    draft.scale = Some(5.0);
    let mut more = None;
    weighted(text, &mut more, draft);
    if let Some(line) = more {
        draft.changed(line, "", "columns behind the number are left out");
    }
}

/// Lines of term, tab, number; `more` is the first line with more columns.
fn weighted(text: &str, more: &mut Option<u32>, draft: &mut Draft) {
    let category = draft.category(&[]);
    for (line, row) in (1..).zip(text.lines()) {
        if row.trim().is_empty() {
            continue;
        }
        let mut cells = row.split('\t');
        let term = cells.next().unwrap_or("");
        let weight = cells.next().and_then(|cell| number(cell.trim()));
        match weight {
            Some(weight) => {
                if cells.any(|cell| !cell.trim().is_empty()) {
                    more.get_or_insert(line);
                }
                draft.term(line, term, category, Wildcards::None).weight = Some(weight);
            }
            None => draft.lost(line, row.trim(), "expected a term, a tab and a number"),
        }
    }
}

const TERM: &[&str] = &["term", "word", "token", "lemma", "ngram", "phrase"];
const WEIGHT: &[&str] = &["weight", "score", "valence", "sentiment", "value", "polarity"];
const CATEGORY: &[&str] = &["category", "class", "label", "emotion", "dimension"];

/// Any table, by the columns of the options.
pub(super) fn csv(text: &str, options: &ImportOptions, draft: &mut Draft) -> Result<(), ImportError> {
    let rows = rows(text, delimiter(text));
    let (header_line, header) = rows.first().ok_or_else(|| no_rows("CSV"))?;
    let names: &[String] = if options.headless { &[] } else { header };
    let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let find = |asked: &Option<String>, usual: &[&str]| -> Result<Option<usize>, ImportError> {
        let by_name = |name: &str| names.iter().position(|n| n.eq_ignore_ascii_case(name));
        let Some(name) = asked else { return Ok(usual.iter().find_map(|name| by_name(name))) };
        let by_number = || name.parse().ok().filter(|n| (1..=width).contains(n)).map(|n: usize| n - 1);
        by_name(name).or_else(by_number).map(Some).ok_or_else(|| {
            let known = if options.headless { format!("1 to {width}") } else { header.join(", ") };
            ImportError::Column { name: name.clone(), known }
        })
    };
    let Columns { term, weight, category, note, matching } = &options.columns;
    let term = find(term, TERM)?.unwrap_or(0);
    let (weight, category) = (find(weight, WEIGHT)?, find(category, CATEGORY)?);
    let (note, matching) = (find(note, &[])?, find(matching, &[])?);
    let used = [Some(term), weight, category, note, matching];
    let left: Vec<&str> = names.iter().enumerate().filter(|(c, _)| !used.contains(&Some(*c))).map(|(_, name)| name.as_str()).collect();
    if !left.is_empty() {
        draft.changed(*header_line, "", format!("columns left out: {}", left.join(", ")));
    }
    for (line, cells) in rows.iter().skip(usize::from(!options.headless)) {
        let line = *line;
        let cell = |column: Option<usize>| column.map(|c| cells.get(c).map_or("", String::as_str));
        let word = cell(Some(term)).unwrap_or("");
        let value = match cell(weight) {
            None => None,
            Some(text) => match number(text) {
                Some(value) => Some(value),
                None => {
                    draft.lost(line, word, format!("weight {text:?} is not a number"));
                    continue;
                }
            },
        };
        let matching = match cell(matching) {
            None | Some("") => None,
            Some("stem") => Some(Match::Stem),
            Some("form") => Some(Match::Form),
            Some("case") => Some(Match::Case),
            Some("prefix") => Some(Match::Prefix),
            Some(other) => {
                draft.lost(line, word, format!("unknown match {other:?}; use stem, form, case or prefix"));
                continue;
            }
        };
        let path: Vec<String> = cell(category).filter(|name| !name.is_empty()).map(String::from).into_iter().collect();
        let category = draft.category(&path);
        let note = cell(note).unwrap_or("").to_string();
        let raw = draft.term(line, word, category, Wildcards::Star);
        (raw.weight, raw.matching, raw.note) = (value, matching, note);
    }
    Ok(())
}
