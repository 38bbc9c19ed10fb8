//! Other people's lexicons into the project's own format (`lexicons/README.md`), with a report of what could not be carried over.
//!
//! Each reader turns a file into a [`Draft`]: terms as the source has them, with the path of their category. [`write`](write::write)
//! names the categories, turns wildcards into `prefix`, brings weights to -1..1 and writes the TSV. Whatever is lost or changed on the
//! way is a [`Remark`] with its line; an import that leaves nothing is an error.
//!
//! | file | reads |
//! | --- | --- |
//! | `liwc.rs` | LIWC `.dic` |
//! | `rows.rs` | LIWC `.dicx`, NRC (EmoLex, VAD, intensity), VADER, AFINN, plain CSV |
//! | `yaml.rs` | quanteda YAML |
//! | `outline.rs` | WordStat `.cat`, Lexicoder `.lc3` |
//! | `xml.rs` | Yoshikoder `.ykd`, Lexicoder files in XML |
//! | `detect.rs` | which of them a file is |
//! | `term.rs` | one term: wildcards, spaces, case |
//! | `write.rs` | the TSV |

mod detect;
mod liwc;
mod outline;
mod rows;
mod term;
mod write;
mod xml;
mod yaml;

pub use detect::detect;
use term::Wildcards;

use super::parse::Match;

/// The formats that [`import`] reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[non_exhaustive]
pub enum ImportFormat {
    /// LIWC dictionary: categories between two `%` lines, then terms with category numbers
    Liwc,
    /// LIWC-22 dictionary table: DicTerm and a column a category
    Dicx,
    /// quanteda YAML, nested or flat
    Yaml,
    /// WordStat .cat: an indented outline, words end in (weight)
    Wordstat,
    /// Lexicoder .lc3: +CATEGORY lines, a term a line
    Lexicoder,
    /// Yoshikoder .ykd: XML of cnode and pnode
    Yoshikoder,
    /// NRC EmoLex or emotion intensity: term, emotion, number; or a column an emotion
    NrcEmolex,
    /// NRC VAD: a column each for valence, arousal, dominance
    NrcVad,
    /// VADER: term, mean -4..4, deviation, ratings
    Vader,
    /// AFINN: term, number -5..5
    Afinn,
    /// Any table, with --columns
    Csv,
}

impl ImportFormat {
    /// The format's name for people.
    pub fn name(self) -> &'static str {
        match self {
            ImportFormat::Liwc => "LIWC .dic",
            ImportFormat::Dicx => "LIWC .dicx",
            ImportFormat::Yaml => "quanteda YAML",
            ImportFormat::Wordstat => "WordStat .cat",
            ImportFormat::Lexicoder => "Lexicoder",
            ImportFormat::Yoshikoder => "Yoshikoder XML",
            ImportFormat::NrcEmolex => "NRC EmoLex",
            ImportFormat::NrcVad => "NRC VAD",
            ImportFormat::Vader => "VADER",
            ImportFormat::Afinn => "AFINN",
            ImportFormat::Csv => "CSV",
        }
    }
}

/// Which columns of a table hold what: names of the header line, or numbers from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The term; default: the first of `term`, `word`, `token`, `lemma`, `ngram`, `phrase`, else the first column.
    pub term: Option<String>,
    /// The weight; default: the first of `weight`, `score`, `valence`, `sentiment`, `value`, `polarity`.
    pub weight: Option<String>,
    /// The category; default: the first of `category`, `class`, `label`, `emotion`, `dimension`.
    pub category: Option<String>,
    /// A note for people; no default.
    pub note: Option<String>,
    /// `stem`, `form`, `case` or `prefix`; no default.
    pub matching: Option<String>,
}

/// A category of the source, what it becomes, and what its weights are multiplied by.
#[derive(Clone, Debug, PartialEq)]
pub struct CategoryMap {
    /// The source's name, as the import without maps would write it behind the prefix: `posemo`, `populism.elite`.
    pub from: String,
    /// The category's new name.
    pub to: String,
    /// The factor; 1 leaves the weights alone.
    pub factor: f32,
}

/// What an import may be told.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportOptions {
    /// The format; `None`: told by name and content.
    pub format: Option<ImportFormat>,
    /// `# name:` of the header; `None`: the file's name.
    pub name: Option<String>,
    /// `# licence:` of the header; `None`: a line that asks for it.
    pub licence: Option<String>,
    /// The category of a source without categories, and what stands before the names of those of any other; `None`: the file's name,
    /// so that no category of the program's own is met by chance.
    pub category: Option<String>,
    /// Categories that become others.
    pub maps: Vec<CategoryMap>,
    /// Weight of terms that the source gives none.
    pub weight: f32,
    /// What weights are divided by; `None`: 4 for VADER, 5 for AFINN, else the largest if it is beyond 1.
    pub scale: Option<f32>,
    /// How terms without a wildcard are met.
    pub matching: Match,
    /// Columns of a table.
    pub columns: Columns,
    /// Whether the first line of a table is data.
    pub headless: bool,
}

impl Default for ImportOptions {
    fn default() -> ImportOptions {
        ImportOptions {
            format: None,
            name: None,
            licence: None,
            category: None,
            maps: Vec::new(),
            weight: 1.0,
            scale: None,
            matching: Match::Form,
            columns: Columns::default(),
            headless: false,
        }
    }
}

/// What did not come over as it was.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Remark {
    /// Line of the source, from 1; 0 where it is about the whole.
    pub line: u32,
    /// The term, empty where it is about more or less than one.
    pub term: String,
    /// Whether something is lost: a term, or one of its categories. Else it is there and reads otherwise.
    pub lost: bool,
    /// What and why.
    pub message: String,
}

/// What an import gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The format that was read.
    pub format: ImportFormat,
    /// A lexicon file in the project's format; it parses.
    pub text: String,
    /// Its entries.
    pub terms: usize,
    /// Its categories.
    pub categories: usize,
    /// What did not come over as it was, by line.
    pub remarks: Vec<Remark>,
}

/// Why there was no import.
#[derive(Debug, thiserror::Error, PartialEq)]
#[non_exhaustive]
pub enum ImportError {
    /// Nobody knows what it is.
    #[error("neither its name nor its content tells the format; name it with --from")]
    UnknownFormat,
    /// It is in the project's format already.
    #[error("it is in the project's format already; use it with --lexicon")]
    Own,
    /// It is not what it is said to be.
    #[error("line {line}: not a {format} file: {reason}")]
    Format {
        /// Line from 1.
        line: u32,
        /// What it was read as.
        format: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// A column that is not there.
    #[error("no column {name:?} among: {known}; name columns with --columns term=...,weight=...,category=...")]
    Column {
        /// The column asked for.
        name: String,
        /// Those that are there.
        known: String,
    },
    /// A category name that the format cannot hold.
    #[error("{0:?} is no category name; use letters, digits, '.', '_' and '-'")]
    CategoryName(String),
    /// A category of the program that needs several weights.
    #[error("category {0} needs more than one weight a term, which no import can fill; choose another")]
    ManyWeights(String),
    /// A map from a category that the source has not.
    #[error("no category {name:?} to map; the source has: {known}")]
    Map {
        /// The category asked for.
        name: String,
        /// Those that are there.
        known: String,
    },
    /// A scale of zero or less.
    #[error("cannot divide weights by {0}; give a number above 0")]
    Scale(f32),
    /// Nothing came over.
    #[error("nothing could be imported")]
    Empty(Vec<Remark>),
}

/// Reads a foreign lexicon; `path` gives the format and the default names.
///
/// # Errors
/// An [`ImportError`] without the path. An import that leaves no term is [`ImportError::Empty`], with the reasons.
pub fn import(path: &str, text: &str, options: &ImportOptions) -> Result<Imported, ImportError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let format = match options.format {
        Some(format) => format,
        None => detect(path, text)?,
    };
    let mut draft = Draft::default();
    match format {
        ImportFormat::Liwc => liwc::read(text, &mut draft)?,
        ImportFormat::Dicx => rows::dicx(text, &mut draft)?,
        ImportFormat::Yaml => yaml::read(text, &mut draft)?,
        ImportFormat::Wordstat => outline::wordstat(text, &mut draft),
        ImportFormat::Lexicoder if text.trim_start().starts_with('<') => xml::read(text, &mut draft)?,
        ImportFormat::Lexicoder => outline::lexicoder(text, &mut draft),
        ImportFormat::Yoshikoder => xml::read(text, &mut draft)?,
        ImportFormat::NrcEmolex => rows::nrc(text, true, &mut draft),
        ImportFormat::NrcVad => rows::nrc(text, false, &mut draft),
        ImportFormat::Vader => rows::vader(text, &mut draft),
        ImportFormat::Afinn => rows::afinn(text, &mut draft),
        ImportFormat::Csv => rows::csv(text, options, &mut draft)?,
    }
    write::write(path, format, draft, options)
}

/// What a reader found.
#[derive(Default)]
struct Draft {
    /// Paths of the categories, in order of appearance; the empty path is that of a source without categories.
    categories: Vec<Vec<String>>,
    numbers: std::collections::HashMap<Vec<String>, usize>,
    terms: Vec<Raw>,
    remarks: Vec<Remark>,
    /// What the format's weights are divided by.
    scale: Option<f32>,
    /// Whether it was said that categories are too deep.
    deep: bool,
}

/// Levels of categories that are told apart: without an end to them, the names alone would take the square of the file.
const DEEPEST: usize = 32;

/// One term in one category, as the source has it.
struct Raw {
    line: u32,
    term: String,
    category: usize,
    weight: Option<f32>,
    matching: Option<Match>,
    note: String,
    wildcards: Wildcards,
}

impl Draft {
    fn category(&mut self, path: &[String]) -> usize {
        if path.len() > DEEPEST && !std::mem::replace(&mut self.deep, true) {
            self.lost(0, "", format!("categories below level {DEEPEST} are taken for the one above"));
        }
        let path = &path[..path.len().min(DEEPEST)];
        if let Some(&known) = self.numbers.get(path) {
            return known;
        }
        self.categories.push(path.to_vec());
        self.numbers.insert(path.to_vec(), self.categories.len() - 1);
        self.categories.len() - 1
    }

    fn term(&mut self, line: u32, term: &str, category: usize, wildcards: Wildcards) -> &mut Raw {
        let at = self.terms.len();
        self.terms.push(Raw { line, term: term.to_string(), category, weight: None, matching: None, note: String::new(), wildcards });
        &mut self.terms[at]
    }

    fn lost(&mut self, line: u32, term: &str, message: impl Into<String>) {
        self.remarks.push(Remark { line, term: term.to_string(), lost: true, message: message.into() });
    }

    fn changed(&mut self, line: u32, term: &str, message: impl Into<String>) {
        self.remarks.push(Remark { line, term: term.to_string(), lost: false, message: message.into() });
    }
}
