//! What is wrong with lexicon files beyond their syntax: lines that say the same, contradict each other, can never count, or lie
//! outside the scale.
//!
//! [`check`] asks the compiled table itself what each term meets, so that it judges by the rules that scoring goes by.

use std::collections::{BTreeSet, HashMap};

use rust_stemmers::{Algorithm, Stemmer};

use super::category::{Cat, Family};
use super::compile::{fold, term_tokens};
use super::forms::FormCache;
use super::parse::{Entry, LexiconFile, Match};
use super::table::{Compiled, EntryId, Lexicon, Met};
use crate::segment::{Marks, tokens};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// The line does nothing, or not what it seems to.
    Warning,
    /// The line is wrong: the check fails.
    Error,
}

/// One thing that was found, with its place.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Its kind: `syntax`, `header`, `duplicate`, `conflict`, `range`, `impossible`, `possessive`, `unreachable`, `shadowed`,
    /// `covered`, `competes`, `override`, `overlap`, `wildcard`, `categories`.
    pub code: &'static str,
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// The term, empty where the finding is about the file.
    pub term: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// Checks the files among themselves and against `base`, which is not checked. Findings are in the order of the files and lines.
pub fn check(base: &Lexicon, files: &[LexiconFile]) -> Vec<Finding> {
    let mut all = base.clone();
    for file in files {
        all.add(file.clone());
    }
    let table = all.compile();
    let mut check = Check {
        table: &table,
        first_checked: base.files().len(),
        stemmer: Stemmer::create(Algorithm::English),
        forms: FormCache::default(),
        ids: table.ids(),
        found: Vec::new(),
    };
    let own = all.own_categories();
    for file in files {
        check.header(file);
        if own > Lexicon::MOST_OWN_CATEGORIES && file.categories.keys().any(|name| Cat::of(name).is_none()) {
            let most = Lexicon::MOST_OWN_CATEGORIES;
            let message =
                format!("{own} categories that the program does not know are more than it can score at once ({most}): split the file");
            let (path, term) = (file.path.clone(), String::new());
            check.found.push(Finding { severity: Severity::Error, code: "categories", path, line: 1, term, message });
        }
    }
    let replaced = check.repeated(all.files());
    for (number, file) in all.files().iter().enumerate().skip(check.first_checked) {
        for (index, entry) in file.entries.iter().enumerate() {
            check.range(file, entry);
            check.possessive(file, entry);
            check.wildcard(file, entry);
            if !replaced.contains(&(number, index)) {
                check.reach(file, entry, number, index);
            }
        }
    }
    check.overlaps(all.files());
    let mut found = check.found;
    let order = |path: &str| files.iter().position(|f| f.path == path);
    found.sort_by(|a, b| (order(&a.path), a.line, b.severity).cmp(&(order(&b.path), b.line, a.severity)));
    found
}

/// File number and entry number.
type Place = (usize, usize);
/// What a line says, apart from its weights: category group, match, and what each word asks of a token.
type Key = (String, Match, Vec<String>);

struct Check<'t> {
    table: &'t Compiled,
    first_checked: usize,
    stemmer: Stemmer,
    forms: FormCache,
    ids: HashMap<Place, EntryId>,
    found: Vec<Finding>,
}

impl Check<'_> {
    fn add(&mut self, severity: Severity, code: &'static str, file: &LexiconFile, entry: &Entry, message: String) {
        self.found.push(Finding { severity, code, path: file.path.clone(), line: entry.line, term: entry.term.clone(), message });
    }

    fn header(&mut self, file: &LexiconFile) {
        let mut say = |severity, message: String| {
            self.found.push(Finding { severity, code: "header", path: file.path.clone(), line: 1, term: String::new(), message });
        };
        let fields = [("version", &file.version), ("language", &file.language), ("licence", &file.licence), ("scale", &file.scale)];
        for (field, _) in fields.iter().filter(|(_, value)| value.is_empty()) {
            say(Severity::Warning, format!("the header has no {field}; add a line \"# {field}: ...\""));
        }
        if file.name == file.path {
            say(Severity::Warning, "the header has no name; add a line \"# name: ...\"".to_string());
        }
        for (name, (_, definition)) in &file.categories {
            if definition.is_empty() {
                say(Severity::Warning, format!("category {name} has no definition"));
            }
            if !file.entries.iter().any(|e| e.category == *name) {
                say(Severity::Warning, format!("category {name} is declared and has no entry"));
            }
            if Cat::of(name).is_none() {
                say(Severity::Note, format!("category {name} is unknown to the program: it will be scored by itself"));
            }
        }
    }

    /// Lines that say the same as an earlier one; returns those that never count because a later one replaces them.
    fn repeated(&mut self, files: &[LexiconFile]) -> BTreeSet<Place> {
        let mut seen: HashMap<Key, Vec<Place>> = HashMap::new();
        let mut replaced = BTreeSet::new();
        for (number, file) in files.iter().enumerate() {
            for (index, entry) in file.entries.iter().enumerate() {
                let Some(key) = self.key(entry) else { continue };
                let earlier = seen.entry(key).or_default();
                for &(other_number, other_index) in earlier.iter() {
                    let other_file = &files[other_number];
                    let other = &other_file.entries[other_index];
                    if other_file.path == file.path && other.category != entry.category {
                        if number >= self.first_checked {
                            let message = format!(
                                "stands in {} too ({}); only the heavier one counts: keep one",
                                other.category,
                                at(other_file, other)
                            );
                            self.add(Severity::Warning, "competes", file, entry, message);
                        }
                        continue;
                    }
                    replaced.insert((other_number, other_index));
                    if number >= self.first_checked {
                        let (severity, code, message) = repeats(entry, other, other_file, other_number < self.first_checked);
                        self.add(severity, code, file, entry, message);
                    }
                }
                earlier.push((number, index));
            }
        }
        replaced
    }

    fn key(&self, entry: &Entry) -> Option<Key> {
        let cat = Cat::of(&entry.category);
        let group = cat.map_or_else(|| entry.category.clone(), |c| c.group().to_string());
        let mut words = Vec::new();
        tokens(&entry.term, &mut words);
        term_tokens(&mut words, cat.unwrap_or(Cat::NEUTRAL));
        if words.is_empty() {
            return None;
        }
        let symbols = words.iter().map(|token| {
            let word = token.text(&entry.term);
            match entry.matching {
                _ if !token.is_word() => fold(word).into_owned(),
                Match::Case => word.to_string(),
                Match::Stem => self.stemmer.stem(&fold(word)).into_owned(),
                Match::Form | Match::Prefix => fold(word).into_owned(),
            }
        });
        Some((group, entry.matching, symbols.collect()))
    }

    fn range(&mut self, file: &LexiconFile, entry: &Entry) {
        let from_zero = matches!(
            Compiled::family(&entry.category),
            Family::Alarm | Family::Sarcasm | Family::Naming | Family::Grammar | Family::Abbreviation | Family::Reporting
        );
        if let Some(weight) = entry.weights.iter().find(|w| from_zero && **w < 0.0) {
            let message = format!("weight {weight} is out of range: weights of {} run from 0 to 1", entry.category);
            self.add(Severity::Error, "range", file, entry, message);
        }
    }

    fn possessive(&mut self, file: &LexiconFile, entry: &Entry) {
        let mut words = Vec::new();
        tokens(&entry.term, &mut words);
        if let Some(word) = words.iter().find(|t| t.has(Marks::POSSESSIVE)) {
            let word = word.text(&entry.term);
            let message = format!("\"'s\" is not part of a word, so that this line also meets \"{word}\" without it; leave \"'s\" out");
            // In an expression the other words tell what is meant.
            let severity = if words.len() == 1 { Severity::Warning } else { Severity::Note };
            self.add(severity, "possessive", file, entry, message);
        }
    }

    /// Other tools' wildcards are plain characters here.
    fn wildcard(&mut self, file: &LexiconFile, entry: &Entry) {
        let starred = |word: &str| word.contains('*') && word.chars().filter(|c| c.is_alphabetic()).count() > 1;
        if entry.term.split(' ').any(starred) {
            let message = "\"*\" is a character of the text here, no wildcard: leave it out and write prefix in the match column";
            self.add(Severity::Warning, "wildcard", file, entry, message.to_string());
        }
    }

    /// Whether the line counts on its own spelling, and whether it says more than the next line that would.
    fn reach(&mut self, file: &LexiconFile, entry: &Entry, number: usize, index: usize) {
        let spelling = entry.term.split(' ').filter(|w| *w != "~").collect::<Vec<_>>().join(" ");
        let Some(&id) = self.ids.get(&(number, index)) else {
            let message = "the tokenizer finds nothing to match in it; a term needs a word, an emoji or a punctuation mark".to_string();
            return self.add(Severity::Error, "impossible", file, entry, message);
        };
        // With a word in each gap it may be met where no other line is: "beat ~ ~ black and blue" beside "beat ~ black and blue".
        if entry.term.contains('~') && self.counts_alone(&entry.term.replace('~', FILLER), id) {
            return;
        }
        let mut variants = vec![spelling.clone()];
        if entry.matching == Match::Form {
            variants.extend([spelling.to_lowercase(), spelling.to_uppercase()]);
        }
        let mut winner: Option<EntryId> = None;
        let mut met = false;
        for variant in &variants {
            let all = self.table.lookup_with(variant, &mut self.forms);
            let whole: Vec<&Met> =
                all.iter().filter(|m| m.start == 0 && m.end as usize + 2 >= variant.trim_end_matches(['.', '\'']).len()).collect();
            let Some(own) = whole.iter().position(|m| m.entry == id) else {
                // A line that reaches the same place by "~" has taken its place there.
                winner = winner.or_else(|| whole.iter().find(|m| m.counts && self.rivals(m.entry, id)).map(|m| m.entry));
                continue;
            };
            met = true;
            if whole[own].counts {
                // The next line in rank: would it have counted with the same weights?
                let next = whole[own + 1..].iter().find(|m| self.rivals(m.entry, id)).map(|m| m.entry);
                if let Some(next) = next {
                    self.covered(file, entry, next);
                }
                return;
            }
            winner = winner.or_else(|| whole.iter().find(|m| m.counts && self.wins_over(m.entry, id)).map(|m| m.entry));
        }
        if !met && winner.is_none() {
            let message =
                "the tokenizer never produces this term, so that it meets nothing; try the spelling of a running text".to_string();
            return self.add(Severity::Error, "impossible", file, entry, message);
        }
        let Some(winner) = winner else { return };
        let (other_file, other) = self.table.line(winner);
        // An exception to a stem or prefix line on its own base form is what exact lines are for.
        if matches!(entry.matching, Match::Stem | Match::Prefix) && other.matching > entry.matching && other.category != "neutral" {
            return;
        }
        let (place, matching) = (at(other_file, other), other.matching.name());
        if other.category == entry.category && other.weights == entry.weights {
            let message = format!("the {matching} line {place} ({}) covers it with the same weight: leave it out", other.term);
            self.add(Severity::Warning, "covered", file, entry, message);
        } else if matches!(other.matching, Match::Stem | Match::Prefix) && other.matching < entry.matching {
            let message = format!("never counts: the {matching} line {place} ({}) wins over it", other.term);
            self.add(Severity::Warning, "shadowed", file, entry, message);
        } else {
            let message = format!("never counts: {place} ({}, {}) wins over it", other.term, other.category);
            self.add(Severity::Warning, "unreachable", file, entry, message);
        }
    }

    /// Whether a text is met as a whole by the entry, and by no rival.
    fn counts_alone(&mut self, text: &str, id: EntryId) -> bool {
        let all = self.table.lookup_with(text, &mut self.forms);
        let mut whole = all.iter().filter(|m| m.start == 0 && m.end as usize == text.len());
        let own = whole.clone().any(|m| m.entry == id && m.counts);
        own && !whole.any(|m| m.entry != id && self.rivals(m.entry, id))
    }

    fn covered(&mut self, file: &LexiconFile, entry: &Entry, by: EntryId) {
        let (other_file, other) = self.table.line(by);
        let same = other.category == entry.category && other.weights == entry.weights;
        if same && other.matching < entry.matching && matches!(entry.matching, Match::Form | Match::Case) {
            let message = format!(
                "the {} line {} ({}) covers it with the same weight: leave it out",
                other.matching.name(),
                at(other_file, other),
                other.term
            );
            self.add(Severity::Warning, "covered", file, entry, message);
        } else if other.category != entry.category
            && other.matching != entry.matching
            && other.weights != entry.weights
            && other.weights != [0.0; 3]
            && entry.weights != [0.0; 3]
        {
            let message = format!(
                "is met by the {} line {} ({}, {} {}) too; only this one counts there",
                other.matching.name(),
                at(other_file, other),
                other.term,
                other.category,
                weights(other)
            );
            self.add(Severity::Note, "competes", file, entry, message);
        }
    }

    /// Whether two entries compete for a word.
    fn rivals(&self, a: EntryId, b: EntryId) -> bool {
        self.table.entry(a).cat.group() == self.table.entry(b).cat.group()
    }

    fn wins_over(&self, winner: EntryId, id: EntryId) -> bool {
        let scored = |id| Cat::SCORED.iter().any(|c| c.group() == self.table.entry(id).cat.group());
        self.rivals(winner, id) || (self.table.entry(winner).cat == Cat::NEUTRAL && scored(id))
    }

    /// Expressions of one group that can share words: "time is running" and "running out".
    fn overlaps(&mut self, files: &[LexiconFile]) {
        let mut starts: HashMap<(String, Vec<String>), Vec<Place>> = HashMap::new();
        let mut expressions: Vec<(Place, Key)> = Vec::new();
        for (number, file) in files.iter().enumerate() {
            for (index, entry) in file.entries.iter().enumerate() {
                let Some(key) = self.key(entry).filter(|(_, _, words)| words.len() > 1) else { continue };
                for length in 1..key.2.len() {
                    starts.entry((key.0.clone(), key.2[..length].to_vec())).or_default().push((number, index));
                }
                expressions.push(((number, index), key));
            }
        }
        expressions.retain(|(place, _)| place.0 >= self.first_checked);
        for (place, (group, _, words)) in expressions {
            let (file, entry) = (&files[place.0], &files[place.0].entries[place.1]);
            let mut others: Vec<Place> = Vec::new();
            for from in 1..words.len() {
                let shared = &words[from..];
                let mut function_words = true;
                for word in shared {
                    function_words &= self.is_function_word(word);
                }
                if !function_words {
                    let begun = starts.get(&(group.clone(), shared.to_vec()));
                    others.extend(begun.into_iter().flatten().filter(|other| **other != place));
                }
            }
            if let Some(&(number, index)) = others.first() {
                let (more, other) = (others.len() - 1, &files[number].entries[index]);
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                let first = format!("\"{}\" ({})", other.term, at(&files[number], other));
                self.add(
                    Severity::Note,
                    "overlap",
                    file,
                    entry,
                    format!("ends as {first}{more} begins: in a text with both only the first counts"),
                );
            }
        }
    }

    fn is_function_word(&mut self, word: &str) -> bool {
        let all = self.table.lookup_with(word, &mut self.forms);
        all.iter().any(|m| self.table.entry(m.entry).cat.family() == Family::Grammar)
    }
}

/// A word that no line knows.
const FILLER: &str = "xyzzy";

/// How a line repeats an earlier one of the same group and match.
fn repeats(entry: &Entry, other: &Entry, other_file: &LexiconFile, overrides: bool) -> (Severity, &'static str, String) {
    let place = at(other_file, other);
    let weights = |e: &Entry| weights(e);
    let same_weights = entry.weights == other.weights;
    if overrides {
        let message = match same_weights && entry.category == other.category {
            true => format!("says the same as {place}"),
            false => format!("overrides {place} ({} {})", other.category, weights(other)),
        };
        return (Severity::Note, "override", message);
    }
    if !same_weights || entry.category != other.category {
        let (what, own) = (weights(other), weights(entry));
        let named = if fold(&entry.term) == fold(&other.term) { "is".to_string() } else { format!("meets the same as \"{}\"", other.term) };
        return (
            Severity::Error,
            "conflict",
            format!("{named} in {place} with {} {what}, here with {own}, and the later line counts: keep one", other.category),
        );
    }
    if fold(&entry.term) == fold(&other.term) {
        return (Severity::Error, "duplicate", format!("is in {place} too: keep one"));
    }
    (Severity::Warning, "covered", format!("meets the same as \"{}\" in {place}, which covers it: leave it out", other.term))
}

fn weights(entry: &Entry) -> String {
    let shown = if entry.weights[2] != 0.0 { 3 } else { 1 + usize::from(entry.weights[1] != 0.0) };
    entry.weights[..shown].iter().map(f32::to_string).collect::<Vec<_>>().join(" ")
}

fn at(file: &LexiconFile, entry: &Entry) -> String {
    format!("{}:{}", file.path, entry.line)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "# name: own\n# language: en\n# version: 1\n# licence: MIT\n# scale: any\n# category sentiment: s\n\
                        # category alarm.brink: b\n# category alarm.threat: t\n# category neutral: n\n# category place.city: p\nterm\tmatch\tcategory\tweight\n";

    /// Severity, code and line (from the first entry) of what is found in a lexicon of its own.
    fn found(rows: &str) -> Vec<(Severity, &'static str, u32)> {
        let mut base = Lexicon::empty();
        base.add(
            LexiconFile::parse(
                "lexicons/en/base.tsv",
                "# category sentiment: s\nterm\tmatch\tcategory\tweight\nbase\tform\tsentiment\t0.5\n",
            )
            .unwrap(),
        );
        let file = LexiconFile::parse("own.tsv", &format!("{HEAD}{rows}")).unwrap();
        let offset = HEAD.lines().count() as u32;
        check(&base, &[file]).into_iter().filter(|f| f.code != "header").map(|f| (f.severity, f.code, f.line - offset)).collect()
    }

    #[test]
    fn findings() {
        use Severity::{Error, Note, Warning};
        type Row<'r> = (&'r str, &'r str, &'r [(Severity, &'static str, u32)]);
        let rows: &[Row<'_>] = &[
            ("nothing wrong", "ruin\tstem\tsentiment\t-0.5\nruined\tform\tsentiment\t-0.7\n", &[]),
            ("the same line twice", "ruin\tstem\tsentiment\t-0.5\nRuin\tstem\tsentiment\t-0.5\n", &[(Error, "duplicate", 2)]),
            ("other weight", "ruin\tform\tsentiment\t-0.5\nruin\tform\tsentiment\t-0.6\n", &[(Error, "conflict", 2)]),
            ("same stem", "attack\tstem\tsentiment\t-0.5\nattacks\tstem\tsentiment\t-0.5\n", &[(Warning, "covered", 2)]),
            ("same stem, other weight", "attack\tstem\tsentiment\t-0.5\nattacks\tstem\tsentiment\t-0.6\n", &[(Error, "conflict", 2)]),
            ("form under a stem line", "ruin\tstem\tsentiment\t-0.5\nruined\tform\tsentiment\t-0.5\n", &[(Warning, "covered", 2)]),
            (
                "form under a prefix line",
                "catastroph\tprefix\tsentiment\t-0.5\ncatastrophe\tform\tsentiment\t-0.5\n",
                &[(Warning, "covered", 2)],
            ),
            (
                "two parts of alarm",
                "abyss\tform\talarm.brink\t0.5\nabyss\tform\talarm.threat\t0.7\n",
                &[(Warning, "unreachable", 1), (Warning, "competes", 2)],
            ),
            ("neutral blocks it", "ruin\tform\tsentiment\t-0.5\nruin\tcase\tneutral\t1\n", &[]),
            ("out of range", "abyss\tform\talarm.brink\t-0.5\n", &[(Error, "range", 1)]),
            (
                "possessive",
                "nation's\tform\tsentiment\t-0.5\nnation's shame\tform\tsentiment\t-0.5\n",
                &[(Warning, "possessive", 1), (Note, "possessive", 2)],
            ),
            ("nothing to match", "\u{200b}\tform\tsentiment\t-0.5\n", &[(Error, "impossible", 1)]),
            ("a dot that no abbreviation explains", "Xt. Nowhere\tcase\tplace.city\t1\n", &[(Error, "impossible", 1)]),
            (
                "a gap takes the place",
                "hold to account\tform\tsentiment\t-0.5\nhold ~ to account\tform\tsentiment\t-0.5\n",
                &[(Warning, "covered", 1)],
            ),
            (
                "a gap takes the place, other weight",
                "hold to\tform\tsentiment\t-0.5\nhold ~ to\tform\tsentiment\t-0.4\n",
                &[(Warning, "unreachable", 1)],
            ),
            ("initials", "U.N. envoy\tform\tsentiment\t-0.5\nJohn F. Doe\tcase\tplace.city\t1\n", &[]),
            (
                "a gap that another line does not have",
                "hold ~ to account\tform\tsentiment\t-0.5\nhold ~ ~ to account\tform\tsentiment\t-0.4\n",
                &[(Warning, "unreachable", 1)],
            ),
            ("spelling with a gap", "on the ~ brink of\tform\talarm.brink\t0.5\n", &[]),
            (
                "emoji, hashtag, marks",
                "😡\tform\tsentiment\t-0.5\n#shame\tform\tsentiment\t-0.5\nso what?\tform\tsentiment\t-0.5\n:(\tform\tsentiment\t-0.5\n",
                &[],
            ),
            ("override", "base\tform\tsentiment\t0.1\n", &[(Note, "override", 1)]),
            ("overlap", "time running\tform\talarm.brink\t0.5\nrunning out\tform\talarm.brink\t0.5\n", &[(Note, "overlap", 1)]),
            ("shadowed by an added wildcard", "bas\tprefix\tsentiment\t0.1\n", &[]),
            ("a wildcard of another tool", "ruin*\tform\tsentiment\t-0.5\n:*\tform\tsentiment\t0.5\n", &[(Warning, "wildcard", 1)]),
            (
                "one word in two parts, by two matches",
                "catastroph\tprefix\talarm.threat\t0.5\ncatastrophe\tform\talarm.brink\t0.7\n",
                &[(Note, "competes", 2)],
            ),
        ];
        for (name, lines, want) in rows {
            assert_eq!(&found(lines), want, "{name}");
        }
    }

    #[test]
    fn built_in_lines_are_shadowed_by_added_wildcards() {
        let mut base = Lexicon::empty();
        base.add(LexiconFile::parse("own.tsv", &format!("{HEAD}bas\tprefix\tsentiment\t0.1\n")).unwrap());
        let builtin = LexiconFile::parse("lexicons/en/x.tsv", &format!("{HEAD}base\tform\tsentiment\t0.5\n")).unwrap();
        let found = check(&base, &[builtin]);
        assert!(found.iter().any(|f| f.code == "shadowed"), "{found:?}");
    }
}
