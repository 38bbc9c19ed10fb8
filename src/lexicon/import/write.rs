//! A draft into the project's TSV: categories get names, weights their scale, and what cannot stand is said.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write;

use super::term::term;
use super::{Draft, ImportError, ImportFormat, ImportOptions, Imported, Remark};
use crate::lexicon::category::Cat;
use crate::lexicon::parse::{LexiconFile, Match};
use crate::lexicon::{Lexicon, Severity, builtin_files, check};

/// A line to be.
struct Line {
    source: u32,
    term: String,
    matching: Match,
    category: usize,
    weight: f32,
    note: String,
}

pub(super) fn write(path: &str, format: ImportFormat, draft: Draft, options: &ImportOptions) -> Result<Imported, ImportError> {
    let Draft { categories: paths, terms, mut remarks, scale: fixed, .. } = draft;
    let stem = std::path::Path::new(path).file_stem().and_then(|s| s.to_str()).unwrap_or("");
    let categories = names(&paths, stem, options, &mut remarks)?;
    let scale = match options.scale {
        Some(scale) if scale > 0.0 && scale.is_finite() => scale,
        Some(scale) => return Err(ImportError::Scale(scale)),
        None => fixed.unwrap_or_else(|| {
            let largest = terms.iter().filter_map(|t| t.weight).fold(0.0f32, |a, w| a.max(w.abs()));
            if largest > 1.0 { largest } else { 1.0 }
        }),
    };
    if options.scale.is_none() && fixed.is_none() && scale != 1.0 {
        let message = format!("weights are divided by {scale}, the largest; --scale sets another number");
        remarks.push(Remark { line: 0, term: String::new(), lost: false, message });
    }
    let mut lines: Vec<Line> = Vec::with_capacity(terms.len());
    let mut seen: HashMap<(String, Match, usize), usize> = HashMap::new();
    let mut zeros: Option<(u32, usize)> = None;
    for raw in terms {
        let mut say = |lost: bool, message: String| remarks.push(Remark { line: raw.line, term: shown(&raw.term), lost, message });
        let read = match term(&raw.term, raw.wildcards, raw.matching) {
            Ok(read) => read,
            Err(reason) => {
                say(true, reason.to_string());
                continue;
            }
        };
        if let Some(changed) = read.changed {
            say(false, changed.to_string());
        }
        let category = &categories[raw.category];
        let given = raw.weight.map_or(options.weight, |w| w / scale);
        let weight = ((given * category.factor) * 1e4).round() / 1e4 + 0.0;
        if !(-1.0..=1.0).contains(&weight) {
            let advice = if raw.weight.is_some() { format!("; weights were divided by {scale}: say --scale") } else { String::new() };
            say(true, format!("weight {weight} is outside -1..1{advice}"));
            continue;
        }
        if weight == 0.0 && raw.note.is_empty() {
            zeros.get_or_insert((raw.line, 0)).1 += 1;
        }
        let matching = if read.prefix { Match::Prefix } else { raw.matching.unwrap_or(options.matching) };
        let key = (read.text.to_lowercase().replace('-', " "), matching, category.number);
        if let Some(&at) = seen.get(&key) {
            let earlier: &mut Line = &mut lines[at];
            if earlier.weight == weight {
                say(false, format!("is in {} twice, first in line {}", category.name, earlier.source));
            } else {
                say(true, format!("replaces line {} in {}: {weight} instead of {}", earlier.source, category.name, earlier.weight));
                (earlier.weight, earlier.source) = (weight, raw.line);
            }
            continue;
        }
        seen.insert(key, lines.len());
        let note: String = raw.note.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        lines.push(Line { source: raw.line, term: read.text, matching, category: raw.category, weight, note });
    }
    if let Some((line, count)) = zeros {
        let more = if count > 1 { format!(", as {} more", count - 1) } else { String::new() };
        let message = format!("the term has weight 0{more}: such a line blocks its words and counts nothing");
        remarks.push(Remark { line, term: String::new(), lost: false, message });
    }
    let header = header(path, format, scale, stem, options);
    judge(&header, &categories, &mut lines, &mut remarks);
    remarks.sort_by_key(|r| r.line);
    if lines.is_empty() {
        return Err(ImportError::Empty(remarks));
    }
    let used: HashSet<usize> = lines.iter().map(|l| categories[l.category].number).collect();
    let own = used.iter().filter(|&&n| categories.iter().any(|c| c.number == n && Cat::of(&c.name).is_none())).count();
    if own > Cat::OWN {
        let message = format!("{own} categories are more than the program can score at once ({}): split the file", Cat::OWN);
        remarks.push(Remark { line: 0, term: String::new(), lost: false, message });
    }
    let text = tsv(&header, &categories, &lines);
    Ok(Imported { format, text, terms: lines.len(), categories: used.len(), remarks })
}

/// A term as a message shows it: one line, not too long.
fn shown(term: &str) -> String {
    let mut line: String = term.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((cut, _)) = line.char_indices().nth(80) {
        line.truncate(cut);
        line.push('…');
    }
    line
}

/// A category of the source under its new name.
struct Category {
    name: String,
    /// The source's name, for people.
    source: String,
    factor: f32,
    /// Categories of one name share it.
    number: usize,
}

fn names(paths: &[Vec<String>], stem: &str, options: &ImportOptions, remarks: &mut Vec<Remark>) -> Result<Vec<Category>, ImportError> {
    let valid = |name: &str| {
        let parts = name.split('.').all(|part| !part.is_empty());
        parts && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'))
    };
    for name in options.category.iter().chain(options.maps.iter().map(|m| &m.to)) {
        if !valid(name) {
            return Err(ImportError::CategoryName(name.clone()));
        }
        let needs = |f: &LexiconFile| f.categories.get(name).is_some_and(|(weights, _)| weights.len() > 1);
        if Cat::of(name).is_some() && builtin_files().iter().any(needs) {
            return Err(ImportError::ManyWeights(name.clone()));
        }
    }
    let prefix = options.category.clone().unwrap_or_else(|| slug(stem));
    let mut out: Vec<Category> = Vec::new();
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut locals: Vec<String> = Vec::new();
    for path in paths {
        let local = path.iter().map(|part| slug(part.split(" (").next().unwrap_or(part))).collect::<Vec<_>>().join(".");
        let map = options.maps.iter().find(|m| m.from == local || path.last() == Some(&m.from));
        let mut name = match map {
            Some(map) => map.to.clone(),
            None if local.is_empty() => prefix.clone(),
            None => format!("{prefix}.{local}"),
        };
        if options.category.is_none() && map.is_none() && Cat::of(&name).is_some() {
            name = format!("own.{name}");
        }
        let source = if path.is_empty() { stem.to_string() } else { path.join(" / ") };
        if map.is_none() && taken.contains_key(&name) {
            let mut n = 2;
            while taken.contains_key(&format!("{name}_{n}")) {
                n += 1;
            }
            let message = format!("category {source:?} would be called {name} as another is; it is called {name}_{n}");
            remarks.push(Remark { line: 0, term: String::new(), lost: false, message });
            name = format!("{name}_{n}");
        }
        let next = taken.len();
        let number = *taken.entry(name.clone()).or_insert(next);
        out.push(Category { name, source, factor: map.map_or(1.0, |m| m.factor), number });
        locals.push(local);
    }
    for map in &options.maps {
        if !locals.contains(&map.from) && !paths.iter().any(|p| p.last() == Some(&map.from)) {
            let known = locals.into_iter().filter(|l| !l.is_empty()).collect::<Vec<_>>().join(", ");
            return Err(ImportError::Map { name: map.from.clone(), known });
        }
    }
    Ok(out)
}

/// Lower-case letters and digits with single underscores between them; never empty.
fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase().filter(|c| c.is_alphanumeric()));
        } else if !out.ends_with('_') && !out.is_empty() {
            out.push('_');
        }
    }
    let out = out.trim_end_matches('_');
    if out.is_empty() { "own".to_string() } else { out.to_string() }
}

fn header(path: &str, format: ImportFormat, scale: f32, stem: &str, options: &ImportOptions) -> String {
    let one_line = |text: &str| text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    let file = std::path::Path::new(path).file_name().and_then(|s| s.to_str()).unwrap_or(path);
    let name = options.name.clone().unwrap_or_else(|| slug(stem));
    let licence = options.licence.clone().unwrap_or_else(|| "that of the source; fill in".to_string());
    let divided = if scale == 1.0 { String::new() } else { format!(" divided by {scale}") };
    format!(
        "# name: {}\n# language: en\n# version: 1\n# licence: {}\n# scale: that of the source{divided}, 1 where it has no weights\n# source: {}, {}, imported by philippic {}\n",
        one_line(&name),
        one_line(&licence),
        one_line(file),
        format.name(),
        env!("CARGO_PKG_VERSION")
    )
}

fn tsv(header: &str, categories: &[Category], lines: &[Line]) -> String {
    let mut text = header.to_string();
    let mut said: HashSet<usize> = HashSet::new();
    let used: HashSet<usize> = lines.iter().map(|l| categories[l.category].number).collect();
    for category in categories {
        if used.contains(&category.number) && said.insert(category.number) {
            let source: String = category.source.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            let _ = writeln!(text, "# category {}: {}", category.name, source.trim());
        }
    }
    text.push_str("term\tmatch\tcategory\tweight\tnote\n");
    for line in lines {
        let category = &categories[line.category].name;
        let _ = writeln!(text, "{}\t{}\t{category}\t{}\t{}", line.term, line.matching.name(), line.weight, line.note);
    }
    text
}

/// Takes out what no text can meet, as `lexicon check` sees it, and says what meets more than it seems to.
fn judge(header: &str, categories: &[Category], lines: &mut Vec<Line>, remarks: &mut Vec<Remark>) {
    let text = tsv(header, categories, lines);
    let (file, _) = LexiconFile::parse_all("import", &text);
    let first = text.lines().count() as u32 - lines.len() as u32 + 1;
    let found = check(&Lexicon::empty(), &[file]);
    let of = |code: &str| found.iter().filter(|f| f.code == code && f.severity > Severity::Note).map(|f| f.line).collect::<HashSet<u32>>();
    let (impossible, possessive) = (of("impossible"), of("possessive"));
    let mut number = first;
    lines.retain(|line| {
        let keep = !impossible.contains(&number);
        if !keep {
            let message = "no text can meet it: the tokenizer never produces it".to_string();
            remarks.push(Remark { line: line.source, term: line.term.clone(), lost: true, message });
        } else if possessive.contains(&number) {
            let message = "\"'s\" is no part of a word here: the line also meets the word without it".to_string();
            remarks.push(Remark { line: line.source, term: line.term.clone(), lost: false, message });
        }
        number += 1;
        keep
    });
}
