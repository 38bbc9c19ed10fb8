//! One lexicon file: TSV text in, header and entries out, or an error with file and line.

use std::collections::BTreeMap;

/// How a term meets the words of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Match {
    /// Any word that begins so.
    Prefix,
    /// Any word with the same Snowball (Porter 2) English stem.
    Stem,
    /// This word in any case.
    Form,
    /// This word in exactly this case.
    Case,
}

impl Match {
    /// The word in the `match` column.
    pub fn name(self) -> &'static str {
        match self {
            Match::Prefix => "prefix",
            Match::Stem => "stem",
            Match::Form => "form",
            Match::Case => "case",
        }
    }
}

/// One line of a lexicon.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The term as written, with straight apostrophes.
    pub term: String,
    /// How it meets text.
    pub matching: Match,
    /// Dotted category name.
    pub category: String,
    /// One to three numbers in -1..1, as the category declares; unused ones are 0.
    pub weights: [f32; 3],
    /// Free text for people.
    pub note: String,
    /// Line in the file, from 1.
    pub line: u32,
}

/// A parsed lexicon file.
#[derive(Clone, Debug, PartialEq)]
pub struct LexiconFile {
    /// `# name:` of the header.
    pub name: String,
    /// `# version:` of the header.
    pub version: String,
    /// `# language:` of the header.
    pub language: String,
    /// `# licence:` of the header.
    pub licence: String,
    /// `# scale:` of the header.
    pub scale: String,
    /// Path or name under which it was read.
    pub path: String,
    /// Declared categories with the names of their weights (empty for one plain weight) and their definition.
    pub categories: BTreeMap<String, (Vec<String>, String)>,
    /// The entries in file order.
    pub entries: Vec<Entry>,
    /// FNV-1a of the file's bytes, 64 bits: the content hash that outputs carry.
    pub hash: u64,
}

/// Why a lexicon file was refused, with its place.
#[derive(Debug, thiserror::Error, PartialEq)]
#[error("{path}:{line}: {kind}")]
pub struct LexiconError {
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// What is wrong.
    pub kind: LexiconErrorKind,
}

/// What is wrong with a lexicon line.
#[derive(Debug, thiserror::Error, PartialEq)]
#[non_exhaustive]
pub enum LexiconErrorKind {
    /// A line before the column line that is no comment.
    #[error("expected a header line that starts with '#', or the column line \"term<TAB>match<TAB>category<TAB>weight<TAB>note\"")]
    Header,
    /// A `# category` line that does not parse.
    #[error("expected \"# category NAME: definition\" or \"# category NAME (weight names): definition\"")]
    Category,
    /// Not four or five columns.
    #[error("expected 4 or 5 columns separated by tabs, found {0}")]
    Columns(usize),
    /// An empty or oddly spaced term.
    #[error("the term is empty or has stray spaces; separate words by one space")]
    Term,
    /// Unknown match kind.
    #[error("unknown match {0:?}; use stem, form, case or prefix")]
    Match(String),
    /// A category that the header does not declare.
    #[error("category {0:?} is not declared in the header; add a line \"# category {0}: definition\"")]
    Undeclared(String),
    /// Weights that are no numbers.
    #[error("weight {0:?} is not a number")]
    Weight(String),
    /// The wrong number of weights.
    #[error("{found} weights, but the category declares {declared}")]
    WeightCount {
        /// Numbers found.
        found: usize,
        /// Numbers declared.
        declared: usize,
    },
    /// A weight out of range.
    #[error("weight {0} is outside -1..1")]
    Range(f32),
    /// No column line.
    #[error("no column line \"term<TAB>match<TAB>category<TAB>weight<TAB>note\" found")]
    NoColumnLine,
    /// No entries.
    #[error("the file has no entries")]
    Empty,
}

impl LexiconFile {
    /// Parses the text of a lexicon file; `path` stands in errors and in provenance.
    ///
    /// # Errors
    /// The first line that does not follow the format.
    pub fn parse(path: &str, text: &str) -> Result<LexiconFile, LexiconError> {
        match LexiconFile::parse_all(path, text) {
            (file, errors) if errors.is_empty() => Ok(file),
            (_, mut errors) => Err(errors.swap_remove(0)),
        }
    }

    /// Parses what follows the format and returns the rest as errors, in the order of their lines.
    pub fn parse_all(path: &str, text: &str) -> (LexiconFile, Vec<LexiconError>) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let fail = |line: u32, kind| LexiconError { path: path.to_string(), line, kind };
        let mut file = LexiconFile {
            name: path.to_string(),
            version: String::new(),
            language: String::new(),
            licence: String::new(),
            scale: String::new(),
            path: path.to_string(),
            categories: BTreeMap::new(),
            entries: Vec::new(),
            hash: fnv1a(text.as_bytes()),
        };
        let mut errors = Vec::new();
        let mut in_body = false;
        let mut last = 0;
        for (line, row) in (1..).zip(text.lines()) {
            last = line;
            if in_body {
                if row.is_empty() || row == "#" || row.starts_with("# ") {
                    continue;
                }
                errors.extend(file.entry(row, line).err().map(|kind| fail(line, kind)));
            } else if row.starts_with("term\t") {
                in_body = true;
            } else {
                errors.extend(file.header(row).err().map(|kind| fail(line, kind)));
            }
        }
        if errors.is_empty() && !in_body {
            errors.push(fail(last.max(1), LexiconErrorKind::NoColumnLine));
        } else if errors.is_empty() && file.entries.is_empty() {
            errors.push(fail(last, LexiconErrorKind::Empty));
        }
        (file, errors)
    }

    fn header(&mut self, row: &str) -> Result<(), LexiconErrorKind> {
        if row.trim().is_empty() {
            return Ok(());
        }
        let row = row.strip_prefix('#').ok_or(LexiconErrorKind::Header)?.trim();
        if let Some(category) = row.strip_prefix("category ") {
            let (name, definition) = category.split_once(':').ok_or(LexiconErrorKind::Category)?;
            let (name, weights) = match name.split_once('(') {
                Some((name, names)) => {
                    let names = names.trim_end().strip_suffix(')').ok_or(LexiconErrorKind::Category)?;
                    (name.trim(), names.split_whitespace().map(String::from).collect())
                }
                None => (name.trim(), Vec::new()),
            };
            if name.is_empty() || name.contains(char::is_whitespace) || weights.len() > 3 {
                return Err(LexiconErrorKind::Category);
            }
            self.categories.insert(name.to_string(), (weights, definition.trim().to_string()));
        } else if let Some((key, value)) = row.split_once(':') {
            let field = match key.trim() {
                "name" => &mut self.name,
                "version" => &mut self.version,
                "language" => &mut self.language,
                "licence" | "license" => &mut self.licence,
                "scale" => &mut self.scale,
                _ => return Ok(()),
            };
            *field = value.trim().to_string();
        }
        Ok(())
    }

    fn entry(&mut self, row: &str, line: u32) -> Result<(), LexiconErrorKind> {
        let mut columns = row.split('\t');
        let mut next = || columns.next();
        let (Some(term), Some(matching), Some(category), Some(weight)) = (next(), next(), next(), next()) else {
            return Err(LexiconErrorKind::Columns(row.split('\t').count()));
        };
        let note = next().unwrap_or("");
        if columns.next().is_some() {
            return Err(LexiconErrorKind::Columns(row.split('\t').count()));
        }
        if term.trim() != term || term.is_empty() || term.contains("  ") {
            return Err(LexiconErrorKind::Term);
        }
        let matching = match matching {
            "stem" => Match::Stem,
            "form" => Match::Form,
            "case" => Match::Case,
            "prefix" => Match::Prefix,
            other => return Err(LexiconErrorKind::Match(other.to_string())),
        };
        let Some((names, _)) = self.categories.get(category) else {
            return Err(LexiconErrorKind::Undeclared(category.to_string()));
        };
        let mut weights = [0.0; 3];
        let mut found = 0;
        for number in weight.split(' ') {
            let value: f32 = number.parse().map_err(|_| LexiconErrorKind::Weight(weight.to_string()))?;
            if !(-1.0..=1.0).contains(&value) {
                return Err(LexiconErrorKind::Range(value));
            }
            if let Some(slot) = weights.get_mut(found) {
                *slot = value;
            }
            found += 1;
        }
        let declared = names.len().max(1);
        if found != declared {
            return Err(LexiconErrorKind::WeightCount { found, declared });
        }
        self.entries.push(Entry {
            term: if term.contains('’') { term.replace('’', "'") } else { term.to_string() },
            matching,
            category: category.to_string(),
            weights,
            note: note.to_string(),
            line,
        });
        Ok(())
    }
}

/// FNV-1a, 64 bits.
pub(crate) fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "# name: t\n# category a: first\n# category b (x y): second\nterm\tmatch\tcategory\tweight\tnote\n";

    #[test]
    fn rows_that_are_right() {
        let file = LexiconFile::parse("t.tsv", &format!("{HEAD}# heading\nfed up\tstem\ta\t-0.5\n#not\tform\tb\t0.1 0.2\twhy\n")).unwrap();
        assert_eq!(file.entries.len(), 2);
        assert_eq!(file.entries[1].weights, [0.1, 0.2, 0.0]);
        assert_eq!((file.entries[1].line, file.entries[1].note.as_str()), (7, "why"));
    }

    #[test]
    fn rows_that_are_wrong() {
        let rows = [
            ("x\tstem\ta", "t.tsv:5: expected 4 or 5 columns separated by tabs, found 3"),
            ("x\tstem\ta\t1\tn\tm", "t.tsv:5: expected 4 or 5 columns separated by tabs, found 6"),
            ("x\tglob\ta\t1", "t.tsv:5: unknown match \"glob\"; use stem, form, case or prefix"),
            ("x\tform\tc\t1", "t.tsv:5: category \"c\" is not declared in the header; add a line \"# category c: definition\""),
            ("x\tform\ta\tone", "t.tsv:5: weight \"one\" is not a number"),
            ("x\tform\ta\t1.5", "t.tsv:5: weight 1.5 is outside -1..1"),
            ("x\tform\ta\tNaN", "t.tsv:5: weight NaN is outside -1..1"),
            ("x\tform\tb\t1", "t.tsv:5: 1 weights, but the category declares 2"),
            (" x\tform\ta\t1", "t.tsv:5: the term is empty or has stray spaces; separate words by one space"),
        ];
        for (row, want) in rows {
            let got = LexiconFile::parse("t.tsv", &format!("{HEAD}{row}\n")).unwrap_err();
            assert_eq!(got.to_string(), want);
        }
        assert!(matches!(LexiconFile::parse("t", HEAD).unwrap_err().kind, LexiconErrorKind::Empty));
        assert!(matches!(LexiconFile::parse("t", "").unwrap_err().kind, LexiconErrorKind::NoColumnLine));
    }
}
