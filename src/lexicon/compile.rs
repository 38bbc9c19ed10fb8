//! Lexicon files in, the bytes of one table out.
//!
//! A token is a small set of *symbols* (its form, its exact case, its stem, the prefixes it begins with), so far as some
//! term asks for them. All terms, of one word or of several, are paths over symbols in one trie; the entries of a term
//! stand at the end of its path.
//!
//! `build.rs` runs this file over the built-in lexicons, with the very same tokenizer, and the program reads the bytes
//! it left in place: a start costs nothing however many terms there are. When a user adds files, the same code takes those bytes
//! apart again and goes on from there ([`compile_onto`]), as if it had never stopped; tests compare the ways byte by byte.

use std::collections::{BTreeMap, HashMap};

use rust_stemmers::{Algorithm, Stemmer};

use super::blob::{ANY, Blob, FLAG_LATER, Node, Reached, Section, Sections, Slots, Symbol, edge_bit, edge_hash, edge_slots, hash, mask};
use super::category::{Cat, Family};
use super::parse::{Entry, LexiconFile, Match};
use crate::segment::{Marks, Token, TokenKind, tokens};

/// Paths under which the built-in files stand in provenance and errors.
pub(super) const BUILTIN_PREFIX: &str = "lexicons/en/";

/// What [`compile`] makes.
pub(crate) struct Built {
    /// The table.
    pub(crate) blob: Vec<u8>,
    /// Names of the categories that the program does not know, by number.
    pub(crate) custom: Vec<String>,
}

/// Compiles the files, later ones over earlier ones.
pub(crate) fn compile(files: &[LexiconFile]) -> Built {
    let mut builder = Builder::new();
    builder.add(files, 0);
    builder.finish()
}

/// Compiles files over a table of `count` files that is compiled already.
pub(super) fn compile_onto(blob: &Blob, custom: Vec<String>, count: usize, files: &[LexiconFile]) -> Built {
    let mut builder = Builder::resume(blob, custom);
    builder.add(files, count);
    builder.finish()
}

/// One entry as the scorers see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct CompiledEntry {
    pub(crate) cat: Cat,
    pub(crate) matching: Match,
    /// Whether it is of a file that is not built in.
    pub(crate) added: bool,
    /// Number of its file.
    pub(crate) file: u16,
    /// Number among the entries of the file.
    pub(crate) index: u32,
    /// Line in the file, from 1.
    pub(crate) line: u32,
    pub(crate) weights: [f32; 3],
}

const MATCHES: [Match; 4] = [Match::Prefix, Match::Stem, Match::Form, Match::Case];

impl CompiledEntry {
    /// As the words of a blob; the weights stand apart.
    fn pack(&self, weights: u32) -> [u32; 4] {
        let head = u32::from(self.cat.0) | (self.matching as u32) << 9 | u32::from(self.added) << 11 | u32::from(self.file) << 16;
        [head, weights, self.index, self.line]
    }

    /// Reads what [`pack`](CompiledEntry::pack) wrote.
    pub(super) fn unpack([head, _, index, line]: [u32; 4], weights: [f32; 3]) -> CompiledEntry {
        CompiledEntry {
            cat: Cat((head & 0x1ff) as u16),
            matching: MATCHES[(head >> 9 & 3) as usize],
            added: head >> 11 & 1 != 0,
            file: (head >> 16) as u16,
            index,
            line,
            weights,
        }
    }

    /// Among matches of the same length: files that were added, then the more exact match, then the heavier weight.
    pub(super) fn rank(&self) -> f32 {
        let added = f32::from(u8::from(self.added));
        let exact = f32::from(self.matching as u8);
        added * 100.0 + exact * 10.0 + self.weights.iter().fold(0.0, |heaviest: f32, w| heaviest.max(w.abs()))
    }
}

/// Reused from entry to entry.
#[derive(Default)]
struct Scratch {
    tokens: Vec<Token>,
    nodes: Vec<Node>,
}

struct Builder {
    /// Packed, four words each.
    entries: Vec<u32>,
    weights: Vec<[f32; 3]>,
    weight_numbers: HashMap<[u32; 3], u32>,
    symbols: SymbolTable,
    /// Parent and symbol.
    nodes: Vec<(Node, Symbol)>,
    edges: Slots,
    /// The mask of the symbols that lead on from each node.
    leads_to: Vec<u64>,
    /// The latest entry at each node as a number of `links`, 0 for none.
    heads: Vec<u32>,
    /// Entry, and the link before it.
    links: Vec<(u32, u32)>,
    custom: Vec<String>,
    stemmer: Stemmer,
}

struct SymbolTable {
    pool: Vec<u8>,
    at: Vec<u32>,
    root: Vec<u32>,
    slots: Slots,
    longest_prefix: usize,
}

impl SymbolTable {
    fn key<'p>(pool: &'p [u8], at: &[u32], symbol: Symbol) -> &'p [u8] {
        &pool[at[symbol as usize] as usize..at[symbol as usize + 1] as usize]
    }

    fn intern(&mut self, matching: Match, word: &str) -> Symbol {
        let (kind, word) = (matching as u8, word.as_bytes());
        if matching == Match::Prefix {
            self.longest_prefix = self.longest_prefix.max(word.len());
        }
        let (pool, at) = (&mut self.pool, &mut self.at);
        let same = |symbol| SymbolTable::key(pool, at, symbol).split_first().is_some_and(|(k, w)| *k == kind && w == word);
        if let Some(symbol) = self.slots.find(hash(kind, word), same) {
            return symbol;
        }
        let symbol = at.len() as Symbol - 1;
        pool.push(kind);
        pool.extend_from_slice(word);
        at.push(pool.len() as u32);
        self.root.push(0);
        self.slots.insert(symbol, |s| SymbolTable::key(pool, at, s).split_first().map_or(0, |(k, w)| hash(*k, w)));
        symbol
    }
}

impl Builder {
    fn new() -> Builder {
        Builder {
            entries: Vec::new(),
            weights: Vec::new(),
            weight_numbers: HashMap::new(),
            // Symbol 0 is ANY and has an empty key.
            symbols: SymbolTable { pool: Vec::new(), at: vec![0, 0], root: vec![0], slots: Slots::new(), longest_prefix: 0 },
            nodes: vec![(0, 0)],
            edges: Slots::new(),
            leads_to: vec![0],
            heads: vec![0],
            links: vec![(0, 0)],
            custom: Vec::new(),
            stemmer: Stemmer::create(Algorithm::English),
        }
    }

    /// The builder that has just written the blob.
    fn resume(blob: &Blob, custom: Vec<String>) -> Builder {
        let weights: Vec<u32> = blob.words(Section::Weights).collect();
        let weights: Vec<[f32; 3]> = weights.chunks_exact(3).map(|w| [w[0], w[1], w[2]].map(f32::from_bits)).collect();
        let at: Vec<u32> = blob.words(Section::SymbolAt).collect();
        let pool = blob.section(Section::Pool)[..at.last().map_or(0, |end| *end as usize)].to_vec();
        let nodes = blob.word(Section::Sizes, 1) as usize;
        let mut builder = Builder {
            entries: blob.words(Section::Entries).collect(),
            weight_numbers: weights.iter().map(|w| w.map(f32::to_bits)).zip(0..).collect(),
            weights,
            symbols: SymbolTable {
                root: Vec::new(),
                slots: Slots::resume(blob.words(Section::SymbolSlots).collect()),
                longest_prefix: blob.word(Section::Sizes, 0) as usize,
                pool,
                at,
            },
            nodes: vec![(0, 0); nodes],
            leads_to: vec![0; nodes],
            heads: vec![0; nodes],
            custom,
            ..Builder::new()
        };
        for symbol in 0..builder.symbols.at.len() as Symbol - 1 {
            let (reached, later) = blob.root(symbol);
            builder.symbols.root.push(reached.node | if later { FLAG_LATER } else { 0 });
            builder.put_back(blob, 0, symbol, reached);
        }
        for (parent, symbol, reached) in blob.edges() {
            builder.put_back(blob, parent, symbol, reached);
        }
        for n in 1..nodes as Node {
            let (parent, symbol) = builder.nodes[n as usize];
            if parent != 0 {
                let nodes = &builder.nodes;
                builder.edges.insert(n, |n| edge_hash(nodes[n as usize].0, nodes[n as usize].1));
                builder.leads_to[parent as usize] |= mask(symbol);
            }
        }
        builder
    }

    fn put_back(&mut self, blob: &Blob, parent: Node, symbol: Symbol, reached: Reached) {
        if reached.node != 0 {
            let links = &mut self.links;
            self.nodes[reached.node as usize] = (parent, symbol);
            self.heads[reached.node as usize] = blob.ends(reached).fold(0, |link, id| {
                links.push((id, link));
                links.len() as u32 - 1
            });
        }
    }

    /// Inserts the entries of files, the first of which has the number `from`.
    fn add(&mut self, files: &[LexiconFile], from: usize) {
        let mut scratch = Scratch::default();
        for (number, file) in (from..).zip(files) {
            let cats: BTreeMap<&str, Cat> = file.categories.keys().map(|name| (name.as_str(), self.cat(name))).collect();
            let file_number = number.min(usize::from(u16::MAX)) as u16;
            let added = !file.path.starts_with(BUILTIN_PREFIX);
            for (index, entry) in (0..).zip(&file.entries) {
                if let Some(&cat) = cats.get(entry.category.as_str()) {
                    let compiled = CompiledEntry {
                        cat,
                        matching: entry.matching,
                        added,
                        file: file_number,
                        index,
                        line: entry.line,
                        weights: entry.weights,
                    };
                    self.insert(compiled, entry, &mut scratch);
                }
            }
        }
    }

    /// The number of a category; a new one for a name that the program does not know.
    fn cat(&mut self, name: &str) -> Cat {
        if let Some(cat) = Cat::of(name) {
            return cat;
        }
        let position = self.custom.iter().position(|c| c == name).unwrap_or_else(|| {
            self.custom.push(name.to_string());
            self.custom.len() - 1
        });
        // More categories than numbers: the last one takes the rest.
        Cat((Cat::KNOWN as usize + position).min(Cat::MAX - 1) as u16)
    }

    fn insert(&mut self, compiled: CompiledEntry, entry: &Entry, scratch: &mut Scratch) {
        let words = &mut scratch.tokens;
        words.clear();
        if entry.term.bytes().all(|b| b.is_ascii_alphabetic()) {
            // The common case needs no tokenizer.
            words.push(Token { start: 0, end: entry.term.len() as u32, kind: TokenKind::Word, marks: Marks::default() });
        } else {
            tokens(&entry.term, words);
            term_tokens(words, compiled.cat);
        }
        if words.is_empty() {
            return;
        }
        let id = self.entries.len() as u32 / 4;
        let weights = self.weights(entry.weights);
        self.entries.extend(compiled.pack(weights));
        let last = words.len() - 1;
        let nodes = &mut scratch.nodes;
        nodes.clear();
        nodes.push(0);
        for (i, token) in words.iter().enumerate() {
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
            for node in nodes.iter_mut() {
                *node = self.step(*node, symbol);
            }
        }
        for &node in nodes.iter() {
            self.end(node, id);
        }
    }

    fn entry(&self, id: u32) -> CompiledEntry {
        let at = id as usize * 4;
        let packed = [self.entries[at], self.entries[at + 1], self.entries[at + 2], self.entries[at + 3]];
        CompiledEntry::unpack(packed, self.weights[packed[1] as usize])
    }

    fn weights(&mut self, weights: [f32; 3]) -> u32 {
        let next = self.weights.len() as u32;
        let number = *self.weight_numbers.entry(weights.map(f32::to_bits)).or_insert(next);
        if number == next {
            self.weights.push(weights);
        }
        number
    }

    fn step(&mut self, node: Node, symbol: Symbol) -> Node {
        let known = if node == 0 {
            Some(self.symbols.root[symbol as usize] & !FLAG_LATER).filter(|&n| n != 0)
        } else {
            let nodes = &self.nodes;
            self.edges.find(edge_hash(node, symbol), |n| nodes[n as usize] == (node, symbol))
        };
        if let Some(known) = known {
            return known;
        }
        let next = self.nodes.len() as Node;
        self.nodes.push((node, symbol));
        self.leads_to.push(0);
        self.heads.push(0);
        if node == 0 {
            self.symbols.root[symbol as usize] |= next;
        } else {
            let nodes = &self.nodes;
            self.edges.insert(next, |n| edge_hash(nodes[n as usize].0, nodes[n as usize].1));
            self.symbols.root[symbol as usize] |= FLAG_LATER;
            self.leads_to[node as usize] |= mask(symbol);
        }
        next
    }

    /// Puts an entry at a node; it replaces those that say the same.
    fn end(&mut self, node: Node, id: u32) {
        let new = self.entry(id);
        let mut kept = 0;
        let mut link = self.heads[node as usize];
        while link != 0 {
            let (old_id, next) = self.links[link as usize];
            let old = self.entry(old_id);
            let says_the_same =
                old.cat.group() == new.cat.group() && old.matching == new.matching && (old.file != new.file || old.cat == new.cat);
            if !says_the_same {
                // The chain is turned round on the way; its order does not matter.
                self.links[link as usize].1 = kept;
                kept = link;
            }
            link = next;
        }
        self.heads[node as usize] = self.links.len() as u32;
        self.links.push((id, kept));
    }

    fn finish(self) -> Built {
        // At 0 lies the empty list.
        let mut ends: Vec<u32> = vec![0];
        let mut reached = Vec::with_capacity(self.nodes.len());
        for ((node, &head), &leads_to) in (0..).zip(&self.heads).zip(&self.leads_to) {
            let start = ends.len();
            ends.push(0);
            let mut link = head;
            while link != 0 {
                let (id, next) = self.links[link as usize];
                ends.push(id);
                link = next;
            }
            ends[start] = (ends.len() - start - 1) as u32;
            let rank = |id: u32| self.entry(id).rank();
            ends[start + 1..].sort_unstable_by(|&a, &b| rank(b).total_cmp(&rank(a)).then(b.cmp(&a)));
            let at = if head == 0 {
                ends.pop();
                0
            } else {
                start as u32
            };
            reached.push(Reached { node, ends: at, leads_to });
        }
        let edges = (1..self.nodes.len()).map(|n| (self.nodes[n].0, self.nodes[n].1, reached[n])).filter(|(parent, ..)| *parent != 0);
        // Eight bits an edge leave one in eight set.
        let mut bits = vec![0u8; self.nodes.len().next_power_of_two().max(4)];
        for (parent, symbol, _) in edges.clone() {
            let bit = edge_bit(edge_hash(parent, symbol), bits.len());
            bits[bit / 8] |= 1 << (bit % 8);
        }
        let roots = self.symbols.root.iter().flat_map(|&root| {
            let to = if root & !FLAG_LATER == 0 { Reached::default() } else { reached[(root & !FLAG_LATER) as usize] };
            Reached { node: root, ..to }.pack()
        });
        let mut sections = Sections::new();
        sections.words(self.entries.iter().copied());
        sections.words(self.weights.iter().flatten().map(|w| w.to_bits()));
        sections.words(self.symbols.at.iter().copied());
        sections.words(roots);
        sections.words(self.symbols.slots.slots.iter().copied());
        sections.bytes(&self.symbols.pool);
        sections.words(edge_slots(edges));
        sections.bytes(&bits);
        sections.words(ends.iter().copied());
        sections.words([self.symbols.longest_prefix as u32, self.nodes.len() as u32]);
        Built { blob: sections.finish(), custom: self.custom }
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
pub(crate) fn fold(word: &str) -> std::borrow::Cow<'_, str> {
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
