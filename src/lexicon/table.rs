//! The compiled lexicon: entries of many files in, one immutable table out, hits of a token stream on demand.
//!
//! A token is a small set of *symbols* (its form, its exact case, its stem, the prefixes it begins with), so far as some term asks for
//! them. All terms, of one word or of several, are paths over symbols in one trie. What a distinct word means is worked out once
//! (see [`FormCache`](super::FormCache)); after that a token costs one hash and one comparison.

use std::collections::BTreeMap;

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use rust_stemmers::{Algorithm, Stemmer};

use super::category::{Cat, Family};
use super::forms::FormCache;
use super::parse::{Entry, LexiconFile, Match};
use crate::segment::{Token, TokenKind, tokens};

/// Number of an entry in a [`Compiled`] lexicon.
pub type EntryId = u32;

/// One number for each thing that a word of a term can ask of a token.
pub(super) type Symbol = u32;
/// A place in the trie of terms; 0 is the root.
type Node = u32;
/// The symbol that any word has: a `~` in a term.
const ANY: Symbol = 0;
const ABBREVIATION: u128 = Cat::ABBREVIATION_TITLE.tag() | Cat::ABBREVIATION_INNER.tag() | Cat::ABBREVIATION_FINAL.tag();

/// Name, version and content hash of one lexicon file, as every output carries it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SourceInfo {
    /// The `name` of its header.
    pub name: String,
    /// The `version` of its header.
    pub version: String,
    /// FNV-1a of its bytes, 16 hexadecimal digits.
    pub hash: String,
}

/// A set of lexicon files, in order; later files override earlier ones.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    files: Vec<LexiconFile>,
}

impl Lexicon {
    /// The built-in English lexicons.
    pub fn english() -> Lexicon {
        Lexicon { files: super::builtin_files() }
    }

    /// No entries at all: a start for a lexicon that is all the user's own.
    pub fn empty() -> Lexicon {
        Lexicon::default()
    }

    /// Adds a file. An entry with the same term, match and category group as an earlier one replaces it.
    pub fn add(&mut self, file: LexiconFile) -> &mut Lexicon {
        self.files.push(file);
        self
    }

    /// Takes out a file by its name, or the entries of a category (`alarm.brink`) or of all below it (`alarm`).
    /// Says whether there was anything to take out.
    pub fn remove(&mut self, name: &str) -> bool {
        let before = self.len();
        self.files.retain(|f| f.name != name);
        let below = format!("{name}.");
        for file in &mut self.files {
            file.entries.retain(|e| e.category != name && !e.category.starts_with(&below));
        }
        self.len() < before
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.files.iter().map(|f| f.entries.len()).sum()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The files in order.
    pub fn files(&self) -> &[LexiconFile] {
        &self.files
    }

    /// Compiles the files into the table that scoring uses.
    pub fn compile(&self) -> Compiled {
        Compiled::new(&self.files)
    }
}

/// One entry as the scorers see it.
#[derive(Clone, Debug)]
pub(crate) struct CompiledEntry {
    pub(crate) cat: Cat,
    pub(crate) matching: Match,
    pub(crate) weights: [f32; 3],
    pub(crate) file: u16,
    pub(crate) index: u32,
}

/// An entry that tokens `start..end` meet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Hit {
    /// First token.
    pub(crate) start: u32,
    /// One past the last token.
    pub(crate) end: u32,
    pub(crate) entry: EntryId,
    pub(crate) cat: Cat,
    /// The first weight.
    pub(crate) weight: f32,
}

/// An entry that a stretch of text meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Met {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The entry; [`Compiled::line`] shows it.
    pub entry: EntryId,
    /// Whether it counts (or, with weight 0, blocks) there; else a longer, more exact or later entry wins over it.
    pub counts: bool,
}

/// What all tokens of one form share: their tags, their one-word entries, their symbols.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Lexeme {
    /// Categories of the one-word entries with a weight other than 0, as bits.
    pub(crate) tags: u128,
    /// One-word entries: the best of each group, weight 0 included.
    pub(super) entries: Vec<EntryId>,
    /// Nodes of the trie that a longer term can go on from.
    pub(super) starts: Vec<Node>,
    pub(super) symbols: Vec<Symbol>,
    /// Letters with dots between them, or one capital: a period behind it need not end anything.
    pub(super) initials: bool,
}

impl Lexeme {
    /// Whether no term asks for the word.
    pub(crate) fn is_unknown(&self) -> bool {
        self.entries.is_empty() && self.starts.is_empty()
    }
}

#[derive(Default)]
struct SymbolTable {
    form: HashMap<Box<str>, Symbol, FixedState>,
    case: HashMap<Box<str>, Symbol, FixedState>,
    stem: HashMap<Box<str>, Symbol, FixedState>,
    prefix: HashMap<Box<str>, Symbol, FixedState>,
    longest_prefix: usize,
    count: Symbol,
}

impl SymbolTable {
    fn intern(&mut self, matching: Match, word: &str) -> Symbol {
        let map = match matching {
            Match::Form => &mut self.form,
            Match::Case => &mut self.case,
            Match::Stem => &mut self.stem,
            Match::Prefix => {
                self.longest_prefix = self.longest_prefix.max(word.len());
                &mut self.prefix
            }
        };
        if let Some(&symbol) = map.get(word) {
            return symbol;
        }
        self.count += 1;
        map.insert(word.into(), self.count);
        self.count
    }
}

/// The compiled lexicon: immutable, shared between threads.
pub struct Compiled {
    sources: Vec<LexiconFile>,
    entries: Vec<CompiledEntry>,
    symbols: SymbolTable,
    edges: HashMap<(Node, Symbol), Node, FixedState>,
    /// Entries that end at a node.
    ends: Vec<Vec<EntryId>>,
    /// Whether an edge leaves the node.
    inner: Vec<bool>,
    custom: Vec<String>,
    stemmer: Stemmer,
}

impl std::fmt::Debug for Compiled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Compiled").field("entries", &self.entries.len()).field("nodes", &self.ends.len()).finish_non_exhaustive()
    }
}

impl Compiled {
    fn new(files: &[LexiconFile]) -> Compiled {
        let total: usize = files.iter().map(|f| f.entries.len()).sum();
        let mut table = Compiled {
            sources: files.to_vec(),
            entries: Vec::with_capacity(total),
            symbols: SymbolTable::default(),
            edges: HashMap::with_capacity_and_hasher(total, FixedState::default()),
            ends: vec![Vec::new()],
            inner: vec![false],
            custom: Vec::new(),
            stemmer: Stemmer::create(Algorithm::English),
        };
        table.symbols.form.reserve(total / 2);
        table.symbols.stem.reserve(total / 2);
        table.symbols.case.reserve(total / 2);
        let mut scratch = Vec::new();
        for (file_number, file) in files.iter().enumerate() {
            let mut cats: BTreeMap<&str, Cat> = BTreeMap::new();
            for name in file.categories.keys() {
                cats.insert(name, table.cat(name));
            }
            for (index, entry) in file.entries.iter().enumerate() {
                let Some(&cat) = cats.get(entry.category.as_str()) else { continue };
                table.insert(cat, entry, file_number as u16, index as u32, &mut scratch);
            }
        }
        table
    }

    /// The number of a category; a new one for a name that the program does not know.
    fn cat(&mut self, name: &str) -> Cat {
        if let Some(cat) = Cat::of(name) {
            return cat;
        }
        let known = Cat::KNOWN as usize;
        let position = self.custom.iter().position(|c| c == name).unwrap_or_else(|| {
            self.custom.push(name.to_string());
            self.custom.len() - 1
        });
        // More categories than bits: the last one takes the rest.
        Cat((known + position).min(Cat::MAX - 1) as u8)
    }

    fn insert(&mut self, cat: Cat, entry: &Entry, file: u16, index: u32, scratch: &mut Vec<Token>) {
        scratch.clear();
        tokens(&entry.term, scratch);
        term_tokens(scratch, cat);
        if scratch.is_empty() {
            return;
        }
        let id = self.entries.len() as EntryId;
        self.entries.push(CompiledEntry { cat, matching: entry.matching, weights: entry.weights, file, index });
        let last = scratch.len() - 1;
        let mut nodes: Vec<Node> = vec![0];
        for (i, token) in scratch.iter().enumerate() {
            let word = token.text(&entry.term);
            if word == "~" {
                // One arbitrary word or none: go on from both.
                for n in 0..nodes.len() {
                    let next = self.step(nodes[n], ANY);
                    nodes.push(next);
                }
                continue;
            }
            let matching = match entry.matching {
                Match::Prefix if i < last => Match::Form,
                _ if !token.is_word() => Match::Form,
                m => m,
            };
            let symbol = match matching {
                Match::Case => self.symbols.intern(Match::Case, word),
                Match::Stem => {
                    let folded = fold(word);
                    let stem = self.stemmer.stem(&folded);
                    self.symbols.intern(Match::Stem, &stem)
                }
                Match::Form | Match::Prefix => self.symbols.intern(matching, &fold(word)),
            };
            for node in &mut nodes {
                *node = self.step(*node, symbol);
            }
        }
        for node in nodes {
            let group = cat.group();
            let ends = &mut self.ends[node as usize];
            // The later line wins over an earlier one that says the same.
            ends.retain(|&old| {
                let old = &self.entries[old as usize];
                old.cat.group() != group || old.matching != entry.matching || (old.file == file && old.cat != cat)
            });
            ends.push(id);
        }
    }

    fn step(&mut self, node: Node, symbol: Symbol) -> Node {
        let next = self.ends.len() as Node;
        let reached = *self.edges.entry((node, symbol)).or_insert(next);
        if reached == next {
            self.ends.push(Vec::new());
            self.inner.push(false);
            self.inner[node as usize] = true;
        }
        reached
    }

    /// Works out what a word means: slow, once for each distinct word.
    pub(crate) fn analyse(&self, word: &str, is_word: bool, lexeme: &mut Lexeme) {
        lexeme.tags = 0;
        lexeme.entries.clear();
        lexeme.starts.clear();
        lexeme.symbols.clear();
        lexeme.initials = is_word && is_initials(word);
        let folded = fold(word);
        let mut add = |symbol: Option<&Symbol>| {
            if let Some(&symbol) = symbol
                && !lexeme.symbols.contains(&symbol)
            {
                lexeme.symbols.push(symbol);
            }
        };
        add(self.symbols.case.get(word));
        if word.len() > 1 && word.chars().all(|c| !c.is_lowercase()) && word.chars().any(char::is_uppercase) {
            add(self.symbols.case.get(title_case(word).as_str()));
        }
        add(self.symbols.form.get(&*folded));
        if is_word {
            add(self.symbols.stem.get(&*self.stemmer.stem(&folded)));
            for (end, _) in folded.char_indices().skip(1).take_while(|(end, _)| *end <= self.symbols.longest_prefix) {
                add(self.symbols.prefix.get(&folded[..end]));
            }
            add(self.symbols.prefix.get(&*folded));
        }
        let mut found: Vec<EntryId> = Vec::new();
        for &symbol in &lexeme.symbols {
            if let Some(&node) = self.edges.get(&(0, symbol)) {
                found.extend(&self.ends[node as usize]);
                if self.inner[node as usize] {
                    lexeme.starts.push(node);
                }
            }
        }
        found.sort_by(|&a, &b| self.rank(b).total_cmp(&self.rank(a)).then(b.cmp(&a)));
        for id in found {
            let group = self.entries[id as usize].cat.group();
            if !lexeme.entries.iter().any(|&e| self.entries[e as usize].cat.group() == group) {
                lexeme.entries.push(id);
                let entry = &self.entries[id as usize];
                if entry.weights != [0.0; 3] {
                    lexeme.tags |= entry.cat.tag();
                }
            }
        }
    }

    /// Among matches of the same length: later files, then the more exact match, then the heavier weight.
    fn rank(&self, id: EntryId) -> f32 {
        let e = &self.entries[id as usize];
        let own = f32::from(u8::from(self.is_added(e.file)));
        let exact = f32::from(e.matching as u8);
        own * 100.0 + exact * 10.0 + e.weights[0].abs().max(e.weights[1].abs()).max(e.weights[2].abs())
    }

    fn is_added(&self, file: u16) -> bool {
        !self.sources[file as usize].path.starts_with(super::builtin::PREFIX)
    }

    /// The entries that a paragraph's tokens meet, appended to `hits` in order of their first token.
    ///
    /// `first` is the number of the first token in the document, so that hits count through it.
    pub(crate) fn hits(&self, paragraph: &[Token], lexemes: &[u32], known: &[Lexeme], first: u32, hits: &mut Vec<Hit>) {
        let mut blocked = [0u32; Cat::MAX];
        let mut found: Vec<(u32, EntryId)> = Vec::new();
        for (i, &lexeme_id) in lexemes.iter().enumerate() {
            let lexeme = &known[lexeme_id as usize];
            if lexeme.starts.is_empty() {
                for &id in &lexeme.entries {
                    self.accept(id, i as u32, i as u32 + 1, first, &mut blocked, hits);
                }
                continue;
            }
            found.clear();
            for &node in &lexeme.starts {
                self.follow(node, i, paragraph, lexemes, known, &mut found);
            }
            found.sort_by(|a, b| b.0.cmp(&a.0).then(self.rank(b.1).total_cmp(&self.rank(a.1))).then(b.1.cmp(&a.1)));
            for &(end, id) in &found {
                self.accept(id, i as u32, end, first, &mut blocked, hits);
            }
            for &id in &lexeme.entries {
                self.accept(id, i as u32, i as u32 + 1, first, &mut blocked, hits);
            }
        }
    }

    /// Longer terms that go on from `node` behind token `at`.
    fn follow(&self, node: Node, at: usize, paragraph: &[Token], lexemes: &[u32], known: &[Lexeme], found: &mut Vec<(u32, EntryId)>) {
        let mut next = at + 1;
        // A hyphen between two words is the same as a space.
        if next + 1 < paragraph.len() && paragraph[next].kind == TokenKind::Hyphen {
            next += 1;
        }
        self.follow_to(node, next, paragraph, lexemes, known, found);
        // So is the dot of an abbreviation or of initials ("U.N. envoy", "John F. Kennedy").
        let lexeme = &known[lexemes[at] as usize];
        if paragraph.get(next).is_some_and(|t| t.kind == TokenKind::Period) && (lexeme.initials || lexeme.tags & ABBREVIATION != 0) {
            self.follow_to(node, next + 1, paragraph, lexemes, known, found);
        }
    }

    /// As [`follow`](Compiled::follow), from `node` by token `next`.
    fn follow_to(&self, node: Node, next: usize, paragraph: &[Token], lexemes: &[u32], known: &[Lexeme], found: &mut Vec<(u32, EntryId)>) {
        let Some(token) = paragraph.get(next) else { return };
        let lexeme = &known[lexemes[next] as usize];
        let any = token.is_word().then_some(&ANY);
        for &symbol in lexeme.symbols.iter().chain(any) {
            if let Some(&reached) = self.edges.get(&(node, symbol)) {
                found.extend(self.ends[reached as usize].iter().map(|&id| (next as u32 + 1, id)));
                if self.inner[reached as usize] {
                    self.follow(reached, next, paragraph, lexemes, known, found);
                }
            }
        }
    }

    /// All entries that a stretch of text meets, winners and losers: what scoring decides by, for people to read.
    /// In order of the first byte, and there of rank.
    pub fn lookup(&self, text: &str) -> Vec<Met> {
        self.lookup_with(text, &mut FormCache::default())
    }

    /// As [`lookup`](Compiled::lookup), with a cache to reuse.
    pub(crate) fn lookup_with(&self, text: &str, forms: &mut FormCache) -> Vec<Met> {
        let mut all = Vec::new();
        tokens(text, &mut all);
        let lexemes: Vec<u32> = all.iter().map(|t| forms.lexeme(self, t, text)).collect();
        let known = forms.lexemes();
        let mut blocked = [0usize; Cat::MAX];
        let mut out = Vec::new();
        for (i, &lexeme) in lexemes.iter().enumerate() {
            let lexeme = &known[lexeme as usize];
            let mut found: Vec<(u32, EntryId)> = Vec::new();
            for &symbol in &lexeme.symbols {
                if let Some(&node) = self.edges.get(&(0, symbol)) {
                    found.extend(self.ends[node as usize].iter().map(|&id| (i as u32 + 1, id)));
                    if self.inner[node as usize] {
                        self.follow(node, i, &all, &lexemes, known, &mut found);
                    }
                }
            }
            found.sort_by(|a, b| b.0.cmp(&a.0).then(self.rank(b.1).total_cmp(&self.rank(a.1))).then(b.1.cmp(&a.1)));
            found.dedup();
            for (end, id) in found {
                let cat = self.entries[id as usize].cat;
                let counts = blocked[cat.group()] <= i;
                if counts {
                    blocked[cat.group()] = end as usize;
                    if cat == Cat::NEUTRAL {
                        Cat::SCORED.iter().for_each(|c| blocked[c.group()] = blocked[c.group()].max(end as usize));
                    }
                }
                out.push(Met { start: all[i].start, end: all[end as usize - 1].end, entry: id, counts });
            }
        }
        out
    }

    fn accept(&self, id: EntryId, start: u32, end: u32, first: u32, blocked: &mut [u32; Cat::MAX], hits: &mut Vec<Hit>) {
        let entry = &self.entries[id as usize];
        let group = entry.cat.group();
        if blocked[group] > start {
            return;
        }
        blocked[group] = end;
        if entry.cat == Cat::NEUTRAL {
            for cat in Cat::SCORED {
                blocked[cat.group()] = blocked[cat.group()].max(end);
            }
        } else if entry.weights != [0.0; 3] {
            hits.push(Hit { start: first + start, end: first + end, entry: id, cat: entry.cat, weight: entry.weights[0] });
        }
    }

    /// The one-word entry of a category that a word meets.
    pub(crate) fn one_word(&self, lexeme: &Lexeme, cat: Cat) -> Option<EntryId> {
        lexeme.entries.iter().copied().find(|&id| self.entries[id as usize].cat == cat)
    }

    /// The entry of that number.
    pub(crate) fn entry(&self, id: EntryId) -> &CompiledEntry {
        &self.entries[id as usize]
    }

    /// Entry numbers by file and line of the file's entries; a term without a token has none.
    pub(super) fn ids(&self) -> std::collections::HashMap<(usize, usize), EntryId> {
        let place = |e: &CompiledEntry| (usize::from(e.file), e.index as usize);
        self.entries.iter().zip(0..).map(|(e, id)| (place(e), id)).collect()
    }

    /// The line of a lexicon file that an entry came from, and the file.
    pub fn line(&self, id: EntryId) -> (&LexiconFile, &Entry) {
        let entry = &self.entries[id as usize];
        let file = &self.sources[entry.file as usize];
        (file, &file.entries[entry.index as usize])
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The family that reads a category, by the category's name.
    pub fn family(name: &str) -> Family {
        Cat::of(name).map_or(Family::Custom, Cat::family)
    }

    /// The files: name, version, content hash.
    pub fn sources(&self) -> Vec<SourceInfo> {
        self.sources
            .iter()
            .map(|f| SourceInfo { name: f.name.clone(), version: f.version.clone(), hash: format!("{:016x}", f.hash) })
            .collect()
    }

    /// Names of the categories that the program does not know.
    pub fn custom_categories(&self) -> &[String] {
        &self.custom
    }
}

/// Keeps of a term's tokens those that take part in matching.
pub(super) fn term_tokens(tokens: &mut Vec<Token>, cat: Cat) {
    tokens.retain(|t| t.kind != TokenKind::Hyphen);
    if matches!(cat.family(), Family::Abbreviation | Family::Naming) && tokens.len() > 1 {
        // "Mr." is met by "Mr", and "St. Petersburg" by "St" and "Petersburg": the dot of an abbreviation is passed over in texts too.
        tokens.retain(|t| t.kind != TokenKind::Period);
    }
}

/// Lower case, straight apostrophes, emoji without variation selector and skin tone.
pub(super) fn fold(word: &str) -> std::borrow::Cow<'_, str> {
    if word.is_ascii() {
        if word.bytes().any(|b| b.is_ascii_uppercase()) {
            return word.to_ascii_lowercase().into();
        }
        return word.into();
    }
    word.chars()
        .filter(|c| !matches!(*c as u32, 0xfe0e | 0xfe0f | 0x1f3fb..=0x1f3ff))
        .flat_map(|c| if c == '’' || c == 'ʼ' { '\''.to_lowercase() } else { c.to_lowercase() })
        .collect::<String>()
        .into()
}

/// "F", "U.N", "u.n".
fn is_initials(word: &str) -> bool {
    let capital = word.len() == 1 && word.bytes().all(|b| b.is_ascii_uppercase());
    capital || (word.contains('.') && word.split('.').all(|part| part.len() == 1 && part.bytes().all(|b| b.is_ascii_alphabetic())))
}

fn title_case(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().into_iter().chain(chars.flat_map(char::to_lowercase)).collect()
}
