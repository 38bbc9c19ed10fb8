//! Terms that separate the classes of a labelled file and are not in the lexicon yet.
//!
//! Log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008, "Fightin' Words", eq. 16 and 22). For a term `w` with
//! the counts `y1`, `y2` in two classes of `n1`, `n2` terms, and the prior `a = A · (y1 + y2) / (n1 + n2)`, its share in the whole file scaled to
//! `A` terms (at most as many as the file has, so that a small file can speak):
//!
//! - `δ = ln((y2 + a) / (n2 + A - y2 - a)) - ln((y1 + a) / (n1 + A - y1 - a))`
//! - `σ² = 1 / (y1 + a) + 1 / (y2 + a)`
//! - `z = δ / σ`
//!
//! Single words and n-grams of each length are counted apart. An n-gram stands between marks of punctuation. What has a line in the lexicon, stem
//! and prefix lines included, is no suggestion; nor are function words, and words that never stand in lower case (names, which carry no weight
//! here).

use std::collections::{BTreeSet, HashMap};

use super::gold::{Gold, Item};
use crate::document::{Document, Workspace};
use crate::lexicon::{Compiled, Family, FormCache, fold};
use crate::segment::{Marks, ParagraphMode, TokenKind};

/// How [`suggest`] looks.
#[derive(Clone, Debug, PartialEq)]
pub struct SuggestOptions {
    /// Longest n-gram in words.
    pub ngrams: usize,
    /// Terms that are rarer are left out; a term must also stand in two texts.
    pub min_count: u32,
    /// Suggestions for each class.
    pub top: usize,
    /// Size of the prior in terms; the file's own size if that is smaller.
    pub prior: f64,
    /// Only lines of this category, or below it, keep a term out; `None`: lines of any.
    pub category: Option<String>,
    /// Keeps words that never stand in lower case.
    pub names: bool,
    /// Examples for each term.
    pub examples: usize,
}

impl Default for SuggestOptions {
    fn default() -> SuggestOptions {
        SuggestOptions { ngrams: 1, min_count: 5, top: 25, prior: 1000.0, category: None, names: false, examples: 2 }
    }
}

/// A class of the file.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Class {
    /// Its name: `negative`, `positive`; the label; `below 0.4`, `above 0.4` for the median.
    pub name: String,
    /// Texts.
    pub texts: usize,
    /// Words.
    pub words: u64,
}

/// A term that separates the classes.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Suggestion {
    /// The term, in lower case.
    pub term: String,
    /// The class that it speaks for: 0 or 1.
    pub class: usize,
    /// How often it occurs in each class.
    pub counts: [u32; 2],
    /// Texts with it in each class.
    pub texts: [u32; 2],
    /// Log-odds ratio, above 0 for class 1.
    pub log_odds: f64,
    /// The same by its standard deviation; beyond ±1.96 it is hardly chance, if it were the only term that was looked at.
    pub z: f64,
    /// Where it stands, in its class.
    pub examples: Vec<String>,
}

/// What [`suggest`] found.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Suggestions {
    /// The two classes, the lower first.
    pub classes: [Class; 2],
    /// Texts in neither: a score of 0 between two signs, or the median itself.
    pub left_out: usize,
    /// The terms, those of class 0 first, the surest first.
    pub terms: Vec<Suggestion>,
}

/// Why there are no suggestions.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum SuggestError {
    /// Labels that are no numbers.
    #[error("record {0} has no score or label that classes could be made of")]
    Label(String),
    /// One class.
    #[error("all labels are the same: there is nothing to separate")]
    OneClass,
    /// Offsets are 32 bits.
    #[error("the text of record {0} has 4 GiB or more")]
    TooLong(String),
}

/// Looks for terms that separate the classes of `items`.
///
/// Classes are the signs of the labels if both occur (0 is left out), else the two labels if there are no more, else the texts below and
/// above the median.
///
/// # Errors
/// A [`SuggestError`].
pub fn suggest(items: &[Item], table: &Compiled, options: &SuggestOptions) -> Result<Suggestions, SuggestError> {
    let (names, classes) = classes(items)?;
    if let Some(long) = items.iter().find(|i| u32::try_from(i.text.len()).is_err()) {
        return Err(SuggestError::TooLong(long.id.clone()));
    }
    let mut workspace = Workspace::default();
    let mut counts: HashMap<String, Counted> = HashMap::new();
    let mut totals = vec![[0u64; 2]; options.ngrams.max(1)];
    let mut infos = names.map(|name| Class { name, texts: 0, words: 0 });
    for (number, (item, class)) in (1..).zip(items.iter().zip(&classes)) {
        let Some(class) = *class else { continue };
        infos[class].texts += 1;
        let document = workspace.read(table, &item.text, ParagraphMode::Auto);
        ngrams(&document, options.ngrams, |term, length, lower, _| {
            totals[length - 1][class] += 1;
            if !counts.contains_key(term) {
                counts.insert(term.to_string(), Counted { length, ..Counted::default() });
            }
            let Some(counted) = counts.get_mut(term) else { return };
            counted.counts[class] += 1;
            counted.lower += u32::from(lower);
            if counted.last != number {
                counted.last = number;
                counted.texts[class] += 1;
            }
        });
    }
    for (info, words) in infos.iter_mut().zip(totals[0]) {
        info.words = words;
    }
    let mut found: Vec<Suggestion> = Vec::new();
    for (term, counted) in &counts {
        let total: u32 = counted.counts.iter().sum();
        if total >= options.min_count && counted.texts[0] + counted.texts[1] > 1 && (options.names || counted.lower > 0) {
            found.push(weigh(term, counted, totals[counted.length - 1], options.prior));
        }
    }
    found.sort_by(|a, b| a.class.cmp(&b.class).then(b.z.abs().total_cmp(&a.z.abs())).then(a.term.cmp(&b.term)));
    let mut lexicon = Known { table, forms: FormCache::default(), category: options.category.as_deref() };
    let mut taken = [0; 2];
    found.retain(|s| {
        let keep =
            s.log_odds != 0.0 && taken[s.class] < options.top && !lexicon.knows(&s.term) && (options.names || !has_name(&s.term, &counts));
        taken[s.class] += usize::from(keep);
        keep
    });
    if options.examples > 0 {
        examples(items, &classes, &mut found, &mut workspace, table, options);
    }
    Ok(Suggestions { classes: infos, left_out: classes.iter().filter(|c| c.is_none()).count(), terms: found })
}

#[derive(Default)]
struct Counted {
    length: usize,
    counts: [u32; 2],
    texts: [u32; 2],
    /// How often it stands without a capital.
    lower: u32,
    last: u32,
}

/// A name inside an expression.
fn has_name(term: &str, counts: &HashMap<String, Counted>) -> bool {
    term.contains(' ') && term.split(' ').any(|word| counts.get(word).is_some_and(|c| c.lower == 0))
}

fn weigh(term: &str, counted: &Counted, totals: [u64; 2], prior: f64) -> Suggestion {
    let [y1, y2] = counted.counts.map(f64::from);
    let [n1, n2] = totals.map(|n| n as f64);
    let prior = prior.min(n1 + n2);
    let a = prior * (y1 + y2) / (n1 + n2).max(1.0);
    let odds = |y: f64, n: f64| ((y + a) / (n + prior - y - a).max(f64::MIN_POSITIVE)).ln();
    let log_odds = odds(y2, n2) - odds(y1, n1);
    let deviation = (1.0 / (y1 + a) + 1.0 / (y2 + a)).sqrt();
    let class = usize::from(log_odds > 0.0);
    Suggestion {
        term: term.to_string(),
        class,
        counts: counted.counts,
        texts: counted.texts,
        log_odds,
        z: log_odds / deviation,
        examples: Vec::new(),
    }
}

type Classes = ([String; 2], Vec<Option<usize>>);

fn classes(items: &[Item]) -> Result<Classes, SuggestError> {
    let mut values = Vec::with_capacity(items.len());
    for item in items {
        values.push(match item.gold {
            Gold::Score(score) if score.is_finite() => score,
            Gold::Label(label) => f64::from(u8::from(label)),
            _ => return Err(SuggestError::Label(item.id.clone())),
        });
    }
    let side = |of: &dyn Fn(f64) -> f64| {
        let class = |v: &f64| if of(*v) < 0.0 { Some(0) } else { (of(*v) > 0.0).then_some(1) };
        values.iter().map(class).collect::<Vec<_>>()
    };
    if values.iter().any(|v| *v < 0.0) && values.iter().any(|v| *v > 0.0) {
        return Ok((["negative".to_string(), "positive".to_string()], side(&|v| v)));
    }
    let mut sorted = values.clone();
    sorted.sort_by(f64::total_cmp);
    let distinct: BTreeSet<u64> = values.iter().map(|v| (v + 0.0).to_bits()).collect();
    let (Some(low), Some(high)) = (sorted.first(), sorted.last()) else { return Err(SuggestError::OneClass) };
    if distinct.len() == 2 {
        let middle = low / 2.0 + high / 2.0;
        return Ok(([low.to_string(), high.to_string()], side(&|v| v - middle)));
    }
    // So many texts may have the median that one side is empty: then it goes to that side.
    let median = sorted[sorted.len() / 2];
    match (*low < median, *high > median) {
        (true, true) => Ok(([format!("below {median}"), format!("above {median}")], side(&|v| v - median))),
        (true, false) => Ok(([format!("below {median}"), median.to_string()], side(&|v| if v < median { -1.0 } else { 1.0 }))),
        (false, true) => Ok(([median.to_string(), format!("above {median}")], side(&|v| if v > median { 1.0 } else { -1.0 }))),
        (false, false) => Err(SuggestError::OneClass),
    }
}

/// Calls `each` with every n-gram: term, length, whether all its words are without a capital, bytes.
fn ngrams(document: &Document<'_>, most: usize, mut each: impl FnMut(&str, usize, bool, std::ops::Range<usize>)) {
    let mut term = String::new();
    for paragraph in document.paragraphs {
        let tokens = paragraph.tokens.start as usize..paragraph.tokens.end as usize;
        for first in tokens.clone() {
            let token = &document.tokens[first];
            if matches!(token.kind, TokenKind::Hashtag | TokenKind::Emoji | TokenKind::Emoticon) {
                each(&fold(document.word(first)), 1, true, token.start as usize..token.end as usize);
                continue;
            }
            term.clear();
            let (mut length, mut lower, mut at) = (0, true, first);
            while length < most.max(1) && at < tokens.end && document.tokens[at].is_word() {
                if length > 0 {
                    term.push(' ');
                }
                term.push_str(&fold(document.word(at)));
                lower &= !document.has(at, Marks::CAPITAL);
                length += 1;
                each(&term, length, lower, token.start as usize..document.tokens[at].end as usize);
                at += 1;
                // A hyphen joins as a space does.
                if document.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Hyphen) {
                    at += 1;
                }
            }
        }
    }
}

/// The lexicon as a judge of what is new.
struct Known<'l> {
    table: &'l Compiled,
    forms: FormCache,
    category: Option<&'l str>,
}

impl Known<'_> {
    /// Whether a line meets the whole term, it is made of function words, or one that belongs to what stands around it begins or ends it
    /// ("the storm", "storm and"; but "out of control" is an expression).
    fn knows(&mut self, term: &str) -> bool {
        let met = self.table.lookup_with(term, &mut self.forms);
        let asked = |category: &str| {
            self.category.is_none_or(|c| category.strip_prefix(c).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
        };
        let category = |m: &crate::lexicon::Met| self.table.line(m.entry).1.category.as_str();
        if met.iter().any(|m| m.start == 0 && m.end as usize == term.len() && asked(category(m))) {
            return true;
        }
        let mut at = 0;
        let mut words = 0;
        let (mut function, mut loose) = (0, 0);
        let count = term.split(' ').count();
        for word in term.split(' ') {
            let span = (at as u32, (at + word.len()) as u32);
            at += word.len() + 1;
            words += 1;
            let mut found = met.iter().filter(|m| (m.start, m.end) == span).map(category);
            function += usize::from(found.clone().any(|c| Compiled::family(c) == Family::Grammar));
            let edge = words == 1 || words == count;
            loose += usize::from(edge && found.any(|c| matches!(c, "determiner" | "coordinator" | "verb.be") || c.starts_with("pronoun.")));
        }
        function == count || loose > 0
    }
}

/// Columns of text on either side of a term in its example.
const CONTEXT: usize = 40;

fn examples(
    items: &[Item],
    classes: &[Option<usize>],
    found: &mut [Suggestion],
    workspace: &mut Workspace,
    table: &Compiled,
    options: &SuggestOptions,
) {
    let wanted: HashMap<String, usize> = found.iter().enumerate().map(|(i, s)| (s.term.clone(), i)).collect();
    for (item, class) in items.iter().zip(classes) {
        let Some(class) = *class else { continue };
        let document = workspace.read(table, &item.text, ParagraphMode::Auto);
        let mut here: BTreeSet<usize> = BTreeSet::new();
        ngrams(&document, options.ngrams, |term, _, _, span| {
            if let Some(&i) = wanted.get(term)
                && found[i].class == class
                && found[i].examples.len() < options.examples
                && here.insert(i)
            {
                found[i].examples.push(context(&item.text, span));
            }
        });
    }
}

/// A stretch of text around a span, on one line, cut at spaces.
fn context(text: &str, span: std::ops::Range<usize>) -> String {
    let before = &text[..span.start];
    let from =
        before.char_indices().rev().nth(CONTEXT).map_or(0, |(at, _)| before[at..].find(char::is_whitespace).map_or(span.start, |s| at + s));
    let after = &text[span.end..];
    let to = after.char_indices().nth(CONTEXT).map_or(text.len(), |(at, _)| span.end + after[..at].rfind(char::is_whitespace).unwrap_or(0));
    let mut line = text[from..to].split_whitespace().collect::<Vec<_>>().join(" ");
    if from > 0 {
        line.insert(0, '…');
    }
    if to < text.len() {
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Lexicon, LexiconFile};

    fn item(text: &str, score: f64) -> Item {
        Item { id: text.to_string(), text: text.to_string(), gold: Gold::Score(score) }
    }

    fn lexicon() -> Compiled {
        let mut lexicon = Lexicon::empty();
        let rows = "# category sentiment: s\n# category determiner: d\nterm\tmatch\tcategory\tweight\nzorb\tstem\tsentiment\t1\nthe\tform\tdeterminer\t1\na\tform\tdeterminer\t1\n";
        lexicon.add(LexiconFile::parse("own.tsv", rows).unwrap());
        lexicon.compile()
    }

    #[test]
    fn the_formula_is_that_of_the_paper() {
        // y = 1 of 10, 6 of 20, prior of 3 terms: a = 3 · 7 / 30 = 0.7.
        let s = weigh("w", &Counted { length: 1, counts: [1, 6], ..Counted::default() }, [10, 20], 3.0);
        let delta = (6.7f64 / (23.0 - 6.7)).ln() - (1.7f64 / (13.0 - 1.7)).ln();
        assert!((s.log_odds - delta).abs() < 1e-12 && s.class == 1);
        assert!((s.z - delta / (1.0f64 / 1.7 + 1.0 / 6.7).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn new_terms_of_each_class_are_found_with_counts_and_examples() {
        let items: Vec<Item> = (0..6)
            .flat_map(|_| {
                [
                    item("The glimmer zorbs, a plain day here.", 2.0),
                    item("The murk zorbs, a plain day here. Murkville!", -1.5),
                    item("Nothing.", 0.0),
                ]
            })
            .collect();
        let options = SuggestOptions { min_count: 2, top: 1, ..SuggestOptions::default() };
        let found = suggest(&items, &lexicon(), &options).unwrap();
        assert_eq!(found.classes.clone().map(|c| (c.name, c.texts)), [("negative".to_string(), 6), ("positive".to_string(), 6)]);
        assert_eq!(found.left_out, 6);
        let terms: Vec<_> = found.terms.iter().map(|s| (s.term.as_str(), s.class, s.counts, s.texts)).collect();
        assert_eq!(terms, [("murk", 0, [6, 0], [6, 0]), ("glimmer", 1, [0, 6], [0, 6])]);
        assert_eq!(found.terms[1].examples, ["The glimmer zorbs, a plain day here.", "The glimmer zorbs, a plain day here."]);
        let all = suggest(&items, &lexicon(), &SuggestOptions { min_count: 2, ngrams: 2, ..SuggestOptions::default() }).unwrap();
        let has = |term: &str| all.terms.iter().any(|s| s.term == term);
        // An expression is new though one of its words is not; what is in the lexicon by its stem, a function word or a name is not.
        assert!(has("murk zorbs") && !has("the murk") && !has("zorbs") && !has("the") && !has("a") && !has("murkville"), "{all:?}");
    }

    #[test]
    fn classes_by_sign_by_label_and_by_median() {
        let of = |scores: &[f64]| classes(&scores.iter().map(|s| item("x", *s)).collect::<Vec<_>>());
        assert_eq!(of(&[-1.0, 0.0, 3.0]).unwrap().1, [Some(0), None, Some(1)]);
        let (names, sides) = of(&[0.0, 1.0, 1.0]).unwrap();
        assert_eq!((names, sides), (["0".to_string(), "1".to_string()], vec![Some(0), Some(1), Some(1)]));
        assert_eq!(of(&[0.1, 0.2, 0.9]).unwrap().1, [Some(0), None, Some(1)]);
        assert_eq!(of(&[0.0, 0.0, 0.0, 0.1, 0.2]).unwrap().1, [Some(0), Some(0), Some(0), Some(1), Some(1)]);
        assert_eq!(of(&[0.3, 0.3]).unwrap_err(), SuggestError::OneClass);
        assert_eq!(of(&[]).unwrap_err(), SuggestError::OneClass);
    }
}
