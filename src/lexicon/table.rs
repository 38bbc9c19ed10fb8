//! The compiled lexicon: hits of a token stream on demand.
//!
//! How terms become a table is told in [`compile`](super::compile). What a distinct word means is worked out once (see
//! [`FormCache`]); after that a token costs one hash and one comparison, and a walk through the trie only where its word begins a
//! longer term.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use rust_stemmers::{Algorithm, Stemmer};

use super::blob::{ANY, Blob, Node, Reached, Section, Symbol, mask};
use super::builtin::{self, BUILTIN_FILES};
use super::category::{Cat, Family, TABLE};
use super::compile::{Built, CompiledEntry, compile, compile_onto, fold};
use super::forms::FormCache;
use super::irregular;
use super::parse::{Entry, LexiconFile, Match};
use crate::segment::{Marks, Token, TokenKind, tokens};

/// Number of an entry in a [`Compiled`] lexicon.
pub type EntryId = u32;

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
    /// Whether the built-in files come first; they are compiled already, and parsed only if somebody asks for [`files`](Lexicon::files).
    builtin: bool,
    /// The other files.
    files: Arc<Vec<LexiconFile>>,
    /// Built-in and other files together.
    all: OnceLock<Vec<LexiconFile>>,
}

impl Lexicon {
    /// The built-in English lexicons.
    pub fn english() -> Lexicon {
        Lexicon { builtin: true, ..Lexicon::default() }
    }

    /// No entries at all: a start for a lexicon that is all the user's own.
    pub fn empty() -> Lexicon {
        Lexicon::default()
    }

    /// Adds a file. An entry with the same term, match and category group as an earlier one replaces it.
    pub fn add(&mut self, file: LexiconFile) -> &mut Lexicon {
        self.all.take();
        Arc::make_mut(&mut self.files).push(file);
        self
    }

    /// Takes out a file by its name, or the entries of a category (`alarm.brink`) or of all below it (`alarm`).
    /// Says whether there was anything to take out.
    pub fn remove(&mut self, name: &str) -> bool {
        let before = self.len();
        let below = format!("{name}.");
        if self.builtin {
            self.files = Arc::new(self.files().to_vec());
            self.builtin = false;
        }
        let files = Arc::make_mut(&mut self.files);
        files.retain(|f| f.name != name);
        for file in files {
            file.entries.retain(|e| e.category != name && !e.category.starts_with(&below));
        }
        self.len() < before
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.files().iter().map(|f| f.entries.len()).sum()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many categories that the program does not know a lexicon may have; of more, the last ones count as one.
    pub const MOST_OWN_CATEGORIES: usize = Cat::OWN;

    /// Number of categories that the program does not know.
    pub fn own_categories(&self) -> usize {
        let builtin: &[&str] = if self.builtin { builtin::CUSTOM } else { &[] };
        let names = self.files.iter().flat_map(|f| f.categories.keys()).map(String::as_str);
        names.filter(|name| Cat::of(name).is_none()).chain(builtin.iter().copied()).collect::<std::collections::BTreeSet<_>>().len()
    }

    /// The files in order.
    pub fn files(&self) -> &[LexiconFile] {
        if !self.builtin {
            return &self.files;
        }
        self.all.get_or_init(|| builtin::builtin_files().into_iter().chain(self.files.iter().cloned()).collect())
    }

    /// Compiles the files into the table that scoring uses. The built-in ones are compiled already.
    pub fn compile(&self) -> Compiled {
        let custom = || builtin::CUSTOM.iter().map(ToString::to_string).collect();
        let files = self.files.clone();
        if !self.builtin {
            return Compiled::new(compile(&files), false, files);
        }
        if files.is_empty() {
            return Compiled::over(builtin::blob(), custom(), true, files);
        }
        Compiled::new(compile_onto(&builtin::blob(), custom(), BUILTIN_FILES.len(), &files), true, files)
    }
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

/// What all tokens of one form share. The fields that every token reads lie together in one line of the cache.
#[derive(Clone, Debug, Default)]
#[repr(C, align(64))]
pub(crate) struct Lexeme {
    /// [`mask`] of the symbols that lead on from the starts.
    leads_to: u64,
    /// [`mask`] of the later symbols.
    later_mask: u64,
    /// The hits of the word where no longer term covers it (their tokens are 0).
    alone: Box<[Hit]>,
    /// And its tags there.
    alone_tags: u128,
    /// Nodes of the trie that a longer term can go on from.
    starts: Box<[Reached]>,
    /// Symbols that some term asks for behind its first word.
    later: Box<[Symbol]>,
    /// One-word entries: the best of each group, weight 0 included.
    entries: Box<[Found]>,
    /// An abbreviation, letters with dots between them, or one capital: a period behind it need not end anything.
    dotted: bool,
}

impl Lexeme {
    /// Whether no term asks for the word.
    pub(crate) fn is_unknown(&self) -> bool {
        self.entries.is_empty() && self.starts.is_empty()
    }

    /// The categories that the word alone has, as bits.
    pub(crate) fn tags(&self) -> u128 {
        self.alone_tags
    }

    /// The entry and weight of a category that the word alone meets.
    pub(crate) fn one_word(&self, cat: Cat) -> Option<(EntryId, f32)> {
        self.entries.iter().find(|e| e.cat == cat).map(|e| (e.id, e.weight))
    }

    /// What makes it differ from others; `None` for a word that no term asks for.
    pub(super) fn key(&self) -> Option<Box<[u32]>> {
        if self.entries.is_empty() && self.starts.is_empty() && self.later.is_empty() && !self.dotted {
            return None;
        }
        let counts = [self.entries.len() as u32, self.starts.len() as u32, u32::from(self.dotted)];
        let ids = self.entries.iter().map(|e| e.id).chain(self.starts.iter().map(|s| s.node)).chain(self.later.iter().copied());
        Some(counts.into_iter().chain(ids).collect())
    }
}

/// An entry that was found, with what decides whether it counts.
#[derive(Clone, Copy, Debug)]
struct Found {
    id: EntryId,
    /// One past its last token, within the paragraph; 0 in a [`Lexeme`].
    end: u32,
    weight: f32,
    /// See [`CompiledEntry::rank`].
    rank: f32,
    cat: Cat,
    group: u16,
    /// Whether some weight is not 0.
    counts: bool,
    /// Whether it makes a hit, not just a tag.
    hit: bool,
}

/// What a document's tokens meet; reused from document to document.
#[derive(Default)]
pub(crate) struct Matches {
    /// The entries that count, by first token; those of function words and abbreviations are only tags.
    pub(crate) hits: Vec<Hit>,
    /// For each token the categories of the hits that cover it, as bits.
    pub(crate) tags: Vec<u128>,
    found: Vec<Found>,
}

impl Matches {
    /// Makes room for a document of that many tokens.
    pub(crate) fn start(&mut self, tokens: usize) {
        self.hits.clear();
        self.tags.clear();
        self.tags.resize(tokens, 0);
    }
}

/// The tokens of a paragraph, numbered from 0, with the lexeme of each.
#[derive(Clone, Copy)]
pub(crate) struct Looked<'d> {
    pub(crate) tokens: &'d [Token],
    pub(crate) lexemes: &'d [u32],
    pub(crate) known: &'d [Lexeme],
}

impl<'d> Looked<'d> {
    fn lexeme(&self, token: usize) -> &'d Lexeme {
        &self.known[self.lexemes[token] as usize]
    }

    /// The masks of what a token has for terms to go on with: its symbols, and whether it is any word or number.
    #[inline]
    fn asked(&self, token: usize) -> (u64, u64) {
        let gap = matches!(self.tokens[token].kind, TokenKind::Word | TokenKind::Number);
        (self.lexeme(token).later_mask, if gap { mask(ANY) } else { 0 })
    }
}

/// The compiled lexicon: immutable, shared between threads.
pub struct Compiled {
    blob: Blob,
    /// Whether the built-in files come first.
    builtin: bool,
    /// The other files.
    files: Arc<Vec<LexiconFile>>,
    custom: Vec<String>,
    longest_prefix: usize,
    stemmer: Stemmer,
    serial: u64,
}

impl std::fmt::Debug for Compiled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Compiled").field("entries", &self.len()).finish_non_exhaustive()
    }
}

impl Compiled {
    fn new(Built { blob, custom }: Built, builtin: bool, files: Arc<Vec<LexiconFile>>) -> Compiled {
        Compiled::over(Blob::new(Cow::Owned(blob)), custom, builtin, files)
    }

    fn over(blob: Blob, custom: Vec<String>, builtin: bool, files: Arc<Vec<LexiconFile>>) -> Compiled {
        static SERIAL: AtomicU64 = AtomicU64::new(1);
        let longest_prefix = blob.word(Section::Sizes, 0) as usize;
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        Compiled { blob, builtin, files, custom, longest_prefix, stemmer: Stemmer::create(Algorithm::English), serial }
    }

    /// Tells this table from any other of the process.
    pub(super) fn serial(&self) -> u64 {
        self.serial
    }

    /// The symbols that terms ask for and a word has.
    fn symbols(&self, word: &str, is_word: bool) -> Vec<Symbol> {
        let folded = fold(word);
        let mut symbols: Vec<Symbol> = Vec::new();
        let mut add = |matching: Match, word: &str| {
            if let Some(symbol) = self.blob.symbol(matching as u8, word)
                && !symbols.contains(&symbol)
            {
                symbols.push(symbol);
            }
        };
        add(Match::Case, word);
        if word.len() > 1 && word.chars().all(|c| !c.is_lowercase()) && word.chars().any(char::is_uppercase) {
            add(Match::Case, &title_case(word));
        }
        add(Match::Form, &folded);
        if is_word {
            add(Match::Stem, &self.stemmer.stem(&folded));
            if let Some(verb) = irregular::verb(&folded) {
                add(Match::Stem, &self.stemmer.stem(verb));
            }
            for (end, c) in folded.char_indices() {
                let end = end + c.len_utf8();
                if end > self.longest_prefix {
                    break;
                }
                add(Match::Prefix, &folded[..end]);
            }
        }
        symbols
    }

    /// Works out what a word means: slow, once for each distinct word.
    pub(crate) fn analyse(&self, word: &str, is_word: bool) -> Lexeme {
        let mut lexeme = Lexeme::default();
        let (mut found, mut entries, mut starts, mut asked) = (Vec::new(), Vec::<Found>::new(), Vec::new(), Vec::new());
        for symbol in self.symbols(word, is_word) {
            let (reached, later) = self.blob.root(symbol);
            if later {
                asked.push(symbol);
                lexeme.later_mask |= mask(symbol);
            }
            found.extend(self.ends(reached, 0));
            if reached.leads_to != 0 {
                starts.push(reached);
                lexeme.leads_to |= reached.leads_to;
            }
        }
        best_first(&mut found);
        for entry in found {
            if !entries.iter().any(|e| e.group == entry.group) {
                entries.push(entry);
            }
        }
        let mut alone = Matches::default();
        alone.start(1);
        let mut blocked = [0; Cat::MAX];
        for entry in &entries {
            accept(entry, 0, 1, 0, &mut blocked, &mut alone);
        }
        lexeme.alone = alone.hits.into();
        lexeme.alone_tags = alone.tags[0];
        let abbreviation = entries.iter().any(|e| e.counts && e.cat.tag() & ABBREVIATION != 0);
        lexeme.dotted = abbreviation || (is_word && is_initials(word));
        lexeme.entries = entries.into();
        lexeme.starts = starts.into();
        lexeme.later = asked.into();
        lexeme
    }

    fn ends(&self, reached: Reached, end: u32) -> impl Iterator<Item = Found> {
        self.blob.ends(reached).map(move |id| {
            let entry = self.entry(id);
            let counts = entry.weights != [0.0; 3];
            let hit = counts && !matches!(entry.cat.family(), Family::Neutral | Family::Grammar | Family::Abbreviation);
            Found { id, end, weight: entry.weights[0], rank: entry.rank(), cat: entry.cat, group: entry.cat.group() as u16, counts, hit }
        })
    }

    /// The entries that a paragraph's tokens meet, appended to the hits in order of their first token.
    ///
    /// `first` is the number of the first token in the document, so that hits count through it.
    pub(crate) fn hits(&self, paragraph: Looked<'_>, first: u32, matches: &mut Matches) {
        // One past the last token that an entry of the group covers, and the last of them for all groups.
        let mut blocked = [0u32; Cat::MAX];
        let mut covered = 0;
        for (at, &number) in (0..).zip(paragraph.lexemes) {
            if number == 0 {
                continue;
            }
            let lexeme = &paragraph.known[number as usize];
            if lexeme.leads_to != 0 {
                self.longer(at, lexeme, paragraph, &mut matches.found);
                for n in 0..matches.found.len() {
                    let found = matches.found[n];
                    if accept(&found, at, found.end, first, &mut blocked, matches) {
                        covered = covered.max(found.end);
                        untag_names(&found, at, first, paragraph, matches);
                    }
                }
            }
            if covered > at {
                for found in &lexeme.entries {
                    accept(found, at, at + 1, first, &mut blocked, matches);
                }
            } else {
                let start = first + at;
                matches.tags[start as usize] = lexeme.alone_tags;
                matches.hits.extend(lexeme.alone.iter().map(|hit| Hit { start, end: start + 1, ..*hit }));
            }
        }
    }

    /// The terms of several words that begin at a token, the longest first.
    #[inline]
    fn longer(&self, at: u32, lexeme: &Lexeme, paragraph: Looked<'_>, found: &mut Vec<Found>) {
        found.clear();
        for next in next(at as usize, lexeme, paragraph.tokens) {
            let (later, gap) = paragraph.asked(next);
            if lexeme.leads_to & (later | gap) != 0 {
                for &start in &lexeme.starts {
                    self.follow(start, next, paragraph, found);
                }
            }
        }
        best_first(found);
    }

    /// Longer terms that go on from a node with the token `next`.
    fn follow(&self, from: Reached, next: usize, paragraph: Looked<'_>, found: &mut Vec<Found>) {
        let (later, gap) = paragraph.asked(next);
        if from.leads_to & later != 0 {
            for &symbol in &paragraph.lexeme(next).later {
                if from.leads_to & mask(symbol) != 0 {
                    self.go_on(from.node, symbol, next, paragraph, found);
                }
            }
        }
        if from.leads_to & gap != 0 {
            self.go_on(from.node, ANY, next, paragraph, found);
        }
    }

    fn go_on(&self, node: Node, symbol: Symbol, at: usize, paragraph: Looked<'_>, found: &mut Vec<Found>) {
        let Some(reached) = self.blob.step(node, symbol) else { return };
        if reached.ends != 0 {
            found.extend(self.ends(reached, at as u32 + 1));
        }
        if reached.leads_to != 0 {
            let mut last = at;
            loop {
                for next in next(last, paragraph.lexeme(last), paragraph.tokens) {
                    self.follow(reached, next, paragraph, found);
                }
                // A name of several words stands in a gap as one word does: "gave *Clare Atwood* the cold shoulder".
                match (symbol == ANY).then(|| name_goes_on(last, paragraph)).flatten() {
                    Some(next) if next <= at + NAME => last = next,
                    _ => break,
                }
            }
        }
    }

    /// All entries that a stretch of text meets, winners and losers: what scoring decides, for people to read.
    /// In order of the first byte, and there of rank.
    pub fn lookup(&self, text: &str) -> Vec<Met> {
        self.lookup_with(text, &mut FormCache::default())
    }

    /// As [`lookup`](Compiled::lookup), with a cache to reuse.
    pub(crate) fn lookup_with(&self, text: &str, forms: &mut FormCache) -> Vec<Met> {
        let mut all = Vec::new();
        tokens(text, &mut all);
        let mut lexemes = Vec::new();
        forms.look_up(self, &all, text, &mut lexemes);
        let looked = Looked { tokens: &all, lexemes: &lexemes, known: forms.lexemes() };
        let mut blocked = [0; Cat::MAX];
        let mut ignored = Matches::default();
        ignored.start(all.len());
        let mut out = Vec::new();
        for (i, token) in all.iter().enumerate() {
            let mut found = Vec::new();
            for symbol in self.symbols(token.text(text), token.is_word()) {
                let (reached, _) = self.blob.root(symbol);
                found.extend(self.ends(reached, i as u32 + 1));
                for next in next(i, looked.lexeme(i), &all) {
                    self.follow(reached, next, looked, &mut found);
                }
            }
            best_first(&mut found);
            found.dedup_by_key(|f| (f.end, f.id));
            for f in found {
                let counts = accept(&f, i as u32, f.end, 0, &mut blocked, &mut ignored);
                out.push(Met { start: token.start, end: all[f.end as usize - 1].end, entry: f.id, counts });
            }
        }
        out
    }

    /// The entry of that number.
    pub(crate) fn entry(&self, id: EntryId) -> CompiledEntry {
        let word = |n| self.blob.word(Section::Entries, id as usize * 4 + n);
        let packed = [word(0), word(1), word(2), word(3)];
        let weight = |n| f32::from_bits(self.blob.word(Section::Weights, packed[1] as usize * 3 + n));
        CompiledEntry::unpack(packed, [weight(0), weight(1), weight(2)])
    }

    /// Entry numbers by file and line of the file's entries; a term without a token has none.
    pub(super) fn ids(&self) -> std::collections::HashMap<(usize, usize), EntryId> {
        let ids = 0..self.len() as EntryId;
        ids.map(|id| (self.entry(id), id)).map(|(e, id)| ((usize::from(e.file), e.index as usize), id)).collect()
    }

    /// The line of a lexicon file that an entry came from, and the file. A built-in file is parsed when first asked for;
    /// [`term`](Compiled::term) is faster.
    pub fn line(&self, id: EntryId) -> (&LexiconFile, &Entry) {
        let entry = self.entry(id);
        let file = match self.own_file(entry.file) {
            Some(file) => file,
            None => builtin::builtin_file(usize::from(entry.file)),
        };
        (file, &file.entries[entry.index as usize])
    }

    /// The term of an entry as its file has it.
    pub fn term(&self, id: EntryId) -> &str {
        let entry = self.entry(id);
        match self.own_file(entry.file) {
            Some(file) => &file.entries[entry.index as usize].term,
            None => builtin::builtin_term(usize::from(entry.file), entry.line),
        }
    }

    /// The file of that number, unless it is a built-in one.
    fn own_file(&self, number: u16) -> Option<&LexiconFile> {
        let before = if self.builtin { BUILTIN_FILES.len() } else { 0 };
        usize::from(number).checked_sub(before).and_then(|n| self.files.get(n))
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.blob.len(Section::Entries) / 4
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The name of a category.
    pub(crate) fn name(&self, cat: Cat) -> &str {
        match TABLE.get(cat.0 as usize) {
            Some((name, _)) => name,
            None => self.custom.get((cat.0 - Cat::KNOWN) as usize).map_or("custom", String::as_str),
        }
    }

    /// The family that reads a category, by the category's name.
    pub fn family(name: &str) -> Family {
        Cat::of(name).map_or(Family::Custom, Cat::family)
    }

    /// The files: name, version, content hash.
    pub fn sources(&self) -> Vec<SourceInfo> {
        let info = |name: &str, version: &str, hash: u64| SourceInfo {
            name: name.to_string(),
            version: version.to_string(),
            hash: format!("{hash:016x}"),
        };
        let builtin = builtin::SOURCES.iter().filter(|_| self.builtin).map(|&(name, version, hash)| info(name, version, hash));
        builtin.chain(self.files.iter().map(|f| info(&f.name, &f.version, f.hash))).collect()
    }

    /// Names of the categories that the program does not know.
    pub fn custom_categories(&self) -> &[String] {
        &self.custom
    }
}

/// Longer ones first, then by rank, then later lines.
fn best_first(found: &mut [Found]) {
    if found.len() > 1 {
        found.sort_unstable_by(|a, b| b.end.cmp(&a.end).then(b.rank.total_cmp(&a.rank)).then(b.id.cmp(&a.id)));
    }
}

/// The tokens that the next word of a term may meet: one, or two where a dot can be passed over.
#[inline]
fn next(at: usize, lexeme: &Lexeme, tokens: &[Token]) -> Range<usize> {
    let kind = |n: usize| tokens.get(n).map(|t| t.kind);
    let mut next = at + 1;
    // A hyphen between two words is the same as a space.
    if kind(next) == Some(TokenKind::Hyphen) && next + 1 < tokens.len() {
        next += 1;
    }
    // So is the dot of an abbreviation or of initials ("U.N. envoy", "John F. Kennedy").
    let dot = lexeme.dotted && kind(next) == Some(TokenKind::Period);
    next..(next + 1 + usize::from(dot)).min(tokens.len())
}

/// A capitalised word between the first and the last of a predicate is a name's, and no part of the predicate: "kept *Clare Atwood* at arm's
/// length".
fn untag_names(found: &Found, start: u32, first: u32, paragraph: Looked<'_>, matches: &mut Matches) {
    if found.cat.family() != Family::Stance || found.end < start + 3 {
        return;
    }
    for at in start + 1..found.end - 1 {
        if paragraph.tokens[at as usize].has(Marks::CAPITAL) {
            matches.tags[(first + at) as usize] = paragraph.lexeme(at as usize).alone_tags;
        }
    }
}

/// Most tokens of a name behind its first in a gap.
const NAME: usize = 5;

/// The next capitalised word of a name: the token behind, or behind a hyphen or the dot of an abbreviation.
fn name_goes_on(at: usize, paragraph: Looked<'_>) -> Option<usize> {
    let tokens = paragraph.tokens;
    let capital = |n: usize| tokens.get(n).is_some_and(|t| t.is_word() && t.has(Marks::CAPITAL));
    let next = next(at, paragraph.lexeme(at), tokens).next_back()?;
    (capital(at) && capital(next) && !tokens[at].has(Marks::POSSESSIVE)).then_some(next)
}

/// "F", "U.N", "u.n".
fn is_initials(word: &str) -> bool {
    let capital = word.len() == 1 && word.bytes().all(|b| b.is_ascii_uppercase());
    capital || (word.contains('.') && word.split('.').all(|part| part.len() == 1 && part.bytes().all(|b| b.is_ascii_alphabetic())))
}

/// Lets an entry count unless one of its group that was accepted before reaches beyond `start`; says whether it does.
#[inline]
fn accept(found: &Found, start: u32, end: u32, first: u32, blocked: &mut [u32; Cat::MAX], matches: &mut Matches) -> bool {
    let group = usize::from(found.group);
    if blocked[group] > start {
        return false;
    }
    blocked[group] = end;
    if found.cat == Cat::NEUTRAL {
        for cat in Cat::SCORED {
            blocked[cat.group()] = blocked[cat.group()].max(end);
        }
    } else if found.counts {
        let (start, end) = (first + start, first + end);
        if found.hit {
            matches.hits.push(Hit { start, end, entry: found.id, cat: found.cat, weight: found.weight });
        }
        for tags in &mut matches.tags[start as usize..end as usize] {
            *tags |= found.cat.tag();
        }
    }
    true
}

fn title_case(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().into_iter().chain(chars.flat_map(char::to_lowercase)).collect()
}
