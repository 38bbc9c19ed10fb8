//! The bytes of a compiled lexicon: a few sections of little-endian 32-bit words and one pool of strings.
//!
//! They are read where they lie, in the program file or in memory, so that loading costs nothing; see
//! [`compile`](super::compile) for what writes them.

use std::borrow::Cow;

/// One number for each thing that a word of a term can ask of a token, from 1.
pub(super) type Symbol = u32;
/// A place in the trie of terms; 0 is the root.
pub(super) type Node = u32;

/// The symbol that any word has: a `~` in a term.
pub(super) const ANY: Symbol = 0;

/// The sections, in order.
#[derive(Clone, Copy)]
pub(super) enum Section {
    /// Four words an entry: category, match, file; number of its weights; number and line in the file.
    Entries,
    /// Three floats each.
    Weights,
    /// Where the key of a symbol begins in the pool, and one more for the end of the last.
    SymbolAt,
    /// Four words a symbol: the [`Reached`] of the root, with [`FLAG_LATER`] in the node.
    SymbolRoot,
    /// Open-addressing table of symbols by key.
    SymbolSlots,
    /// Keys of symbols: a byte for the match, then the word.
    Pool,
    /// Open-addressing table of the edges that do not leave the root: six words each, parent, symbol and the [`Reached`].
    EdgeSlots,
    /// A bit for each hash of an edge: where it is not set, there is no edge. Small enough for the processor's cache.
    EdgeBits,
    /// Lists of entries, best first, each behind its length.
    Ends,
    /// Length in bytes of the longest `prefix` term; number of nodes.
    Sizes,
}

pub(super) const SECTIONS: usize = 10;
/// Words in a slot of `EdgeSlots`.
pub(super) const SLOT: usize = 6;

/// Some term asks for the symbol behind its first word.
pub(super) const FLAG_LATER: u32 = 1 << 31;

/// A node that a step in the trie led to, with what the next step has to know.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Reached {
    /// The node, 0 for none.
    pub(super) node: Node,
    /// Where its entries are in `Ends`, 0 for none.
    pub(super) ends: u32,
    /// The [`mask`] of the symbols that lead on.
    pub(super) leads_to: u64,
}

impl Reached {
    /// As words of a blob.
    pub(super) fn pack(self) -> [u32; 4] {
        [self.node, self.ends, self.leads_to as u32, (self.leads_to >> 32) as u32]
    }

    #[inline]
    fn unpack(bytes: &[u8]) -> Reached {
        let leads_to = bytes[8..].first_chunk().map_or(0, |mask| u64::from_le_bytes(*mask));
        Reached { node: u32_at(bytes, 0), ends: u32_at(bytes, 4), leads_to }
    }
}

/// A compiled lexicon's bytes and where its sections lie.
#[derive(Clone)]
pub(super) struct Blob {
    bytes: Cow<'static, [u8]>,
    /// Start and end in bytes.
    sections: [(usize, usize); SECTIONS],
}

impl Blob {
    /// Takes what [`Sections::finish`] wrote.
    pub(super) fn new(bytes: Cow<'static, [u8]>) -> Blob {
        let mut sections = [(0, 0); SECTIONS];
        let mut start = SECTIONS * 4;
        for (section, end) in sections.iter_mut().zip(bytes.chunks_exact(4)) {
            let end = u32_at(end, 0) as usize;
            *section = (start, end);
            start = end;
        }
        Blob { bytes, sections }
    }

    /// The bytes of a section.
    #[inline]
    pub(super) fn section(&self, section: Section) -> &[u8] {
        let (start, end) = self.sections[section as usize];
        &self.bytes[start..end]
    }

    /// A word of a section.
    #[inline]
    pub(super) fn word(&self, section: Section, index: usize) -> u32 {
        u32_at(self.section(section), index * 4)
    }

    /// The words of a section.
    pub(super) fn words(&self, section: Section) -> impl Iterator<Item = u32> {
        self.section(section).chunks_exact(4).map(|word| u32_at(word, 0))
    }

    /// Number of words in a section.
    pub(super) fn len(&self, section: Section) -> usize {
        self.section(section).len() / 4
    }

    /// The symbol of that match and word.
    pub(super) fn symbol(&self, kind: u8, word: &str) -> Option<Symbol> {
        let slots = self.section(Section::SymbolSlots);
        let at = self.section(Section::SymbolAt);
        let pool = self.section(Section::Pool);
        probe(slots, hash(kind, word.as_bytes()), |symbol| {
            let start = u32_at(at, symbol as usize * 4) as usize;
            let end = u32_at(at, symbol as usize * 4 + 4) as usize;
            // A hash is never trusted alone.
            pool[start] == kind && &pool[start + 1..end] == word.as_bytes()
        })
    }

    /// What a symbol leads to from the root, and whether terms ask for it behind their first word.
    pub(super) fn root(&self, symbol: Symbol) -> (Reached, bool) {
        let packed = Reached::unpack(&self.section(Section::SymbolRoot)[symbol as usize * 16..]);
        (Reached { node: packed.node & !FLAG_LATER, ..packed }, packed.node & FLAG_LATER != 0)
    }

    /// What `symbol` leads to from `node`, which is not the root.
    #[inline]
    pub(super) fn step(&self, node: Node, symbol: Symbol) -> Option<Reached> {
        let hash = edge_hash(node, symbol);
        let bits = self.section(Section::EdgeBits);
        let bit = edge_bit(hash, bits.len());
        if bits[bit / 8] & 1 << (bit % 8) == 0 {
            return None;
        }
        let slots = self.section(Section::EdgeSlots);
        let mask = slot_mask(slots.len() / (SLOT * 4));
        let mut at = hash as usize & mask;
        loop {
            let slot = &slots[at * SLOT * 4..(at + 1) * SLOT * 4];
            let reached = Reached::unpack(&slot[8..]);
            if u32_at(slot, 0) == node && u32_at(slot, 4) == symbol || reached.node == 0 {
                return Some(reached).filter(|r| r.node != 0);
            }
            at = (at + 1) & mask;
        }
    }

    /// All edges that do not leave the root, in no order.
    pub(super) fn edges(&self) -> impl Iterator<Item = (Node, Symbol, Reached)> {
        let slots = self.section(Section::EdgeSlots).chunks_exact(SLOT * 4);
        slots.map(|slot| (u32_at(slot, 0), u32_at(slot, 4), Reached::unpack(&slot[8..]))).filter(|(.., reached)| reached.node != 0)
    }

    /// The entries of a node, best first.
    pub(super) fn ends(&self, reached: Reached) -> impl Iterator<Item = u32> {
        let start = reached.ends as usize + 1;
        let count = self.word(Section::Ends, reached.ends as usize) as usize;
        self.section(Section::Ends)[start * 4..(start + count) * 4].chunks_exact(4).map(|word| u32_at(word, 0))
    }
}

/// The bit of a symbol in masks that tell quickly that two sets of symbols have none in common. [`ANY`] has one to itself.
#[inline]
pub(super) fn mask(symbol: Symbol) -> u64 {
    if symbol == ANY { 1 << 63 } else { 1 << (symbol % 63) }
}

/// Where the bit of an edge lies in that many bytes.
#[inline]
pub(super) fn edge_bit(hash: u32, bytes: usize) -> usize {
    (hash as usize).wrapping_mul(0x9e37_79b1) >> 7 & (bytes * 8 - 1)
}

/// Collects sections in order.
pub(super) struct Sections {
    ends: Vec<u32>,
    body: Vec<u8>,
}

impl Sections {
    pub(super) fn new() -> Sections {
        Sections { ends: Vec::new(), body: Vec::new() }
    }

    /// Adds the next section.
    pub(super) fn words(&mut self, words: impl IntoIterator<Item = u32>) {
        for word in words {
            self.body.extend_from_slice(&word.to_le_bytes());
        }
        self.end();
    }

    /// Adds the next section; padded to whole words.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.body.extend_from_slice(bytes);
        self.body.resize(self.body.len().next_multiple_of(4), 0);
        self.end();
    }

    fn end(&mut self) {
        self.ends.push((SECTIONS * 4 + self.body.len()) as u32);
    }

    /// All of them behind the list of their ends.
    pub(super) fn finish(self) -> Vec<u8> {
        let mut bytes: Vec<u8> = self.ends.iter().flat_map(|end| end.to_le_bytes()).collect();
        bytes.extend(self.body);
        bytes
    }
}

/// An open-addressing table under construction; 0 is an empty slot.
pub(super) struct Slots {
    pub(super) slots: Vec<u32>,
    used: usize,
}

impl Slots {
    pub(super) fn new() -> Slots {
        Slots { slots: vec![0; 64], used: 0 }
    }

    /// Goes on with slots that were read back.
    pub(super) fn resume(slots: Vec<u32>) -> Slots {
        let used = slots.iter().filter(|slot| **slot != 0).count();
        Slots { slots, used }
    }

    /// The value with that hash which `same` accepts.
    pub(super) fn find(&self, hash: u32, same: impl Fn(u32) -> bool) -> Option<u32> {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            match self.slots[at] {
                0 => return None,
                value if same(value) => return Some(value),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// Adds a value that is not there; `hash_of` is asked anew for all when the table grows.
    pub(super) fn insert(&mut self, value: u32, hash_of: impl Fn(u32) -> u32) {
        self.used += 1;
        if self.used * 2 > self.slots.len() {
            let grown = vec![0; self.slots.len() * 4];
            for old in std::mem::replace(&mut self.slots, grown) {
                if old != 0 {
                    self.put(old, hash_of(old));
                }
            }
        }
        self.put(value, hash_of(value));
    }

    fn put(&mut self, value: u32, hash: u32) {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots[at] != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = value;
    }
}

/// [`Slots::find`] over bytes.
#[inline]
fn probe(slots: &[u8], hash: u32, same: impl Fn(u32) -> bool) -> Option<u32> {
    let mask = slots.len() / 4 - 1;
    let mut at = hash as usize & mask;
    loop {
        match u32_at(slots, at * 4) {
            0 => return None,
            value if same(value) => return Some(value),
            _ => at = (at + 1) & mask,
        }
    }
}

#[inline]
fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes[at..].first_chunk().map_or(0, |word| u32::from_le_bytes(*word))
}

const K: u64 = 0x9e37_79b9_7f4a_7c15;

/// Two numbers that tell a word of up to 16 bytes from any other of its length.
#[inline]
pub(super) fn short_key(bytes: &[u8]) -> (u64, u64) {
    if let (Some(a), Some(b)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return (u64::from_le_bytes(*a), u64::from_le_bytes(*b));
    }
    if let (Some(a), Some(b)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return (u64::from(u32::from_le_bytes(*a)) << 32 | u64::from(u32::from_le_bytes(*b)), 0);
    }
    match *bytes {
        [a, b, c] => (u64::from(a) << 16 | u64::from(b) << 8 | u64::from(c), 0),
        [a, b] => (u64::from(a) << 8 | u64::from(b), 0),
        [a] => (u64::from(a), 0),
        _ => (0, 0),
    }
}

/// The hash of a [`short_key`].
#[inline]
pub(super) fn short_hash(seed: u32, (a, b): (u64, u64)) -> u32 {
    let h = (a ^ u64::from(seed)).wrapping_mul(K);
    let h = (h.rotate_left(29) ^ b).wrapping_mul(K);
    (h >> 32) as u32 ^ h as u32
}

/// Hash of a word of any length.
pub(super) fn hash(seed: u8, bytes: &[u8]) -> u32 {
    let seed = u32::from(seed) | (bytes.len() as u32) << 8;
    bytes.chunks(16).fold(seed, |h, chunk| short_hash(h, short_key(chunk)))
}

/// The mask for numbers of slots of a table: their count is a power of two.
#[inline]
fn slot_mask(slots: usize) -> usize {
    slots.wrapping_sub(1)
}

/// The edges of a trie as the words of `EdgeSlots`, by parent and symbol.
pub(super) fn edge_slots(edges: impl Iterator<Item = (Node, Symbol, Reached)> + Clone) -> Vec<u32> {
    // At most three slots in four are taken.
    let slots = (edges.clone().count() * 4 / 3 + 1).next_power_of_two();
    let mut words = vec![0; slots * SLOT];
    for (parent, symbol, reached) in edges {
        let mut at = edge_hash(parent, symbol) as usize & slot_mask(slots);
        while words[at * SLOT + 2] != 0 {
            at = (at + 1) & slot_mask(slots);
        }
        words[at * SLOT..at * SLOT + 2].copy_from_slice(&[parent, symbol]);
        words[at * SLOT + 2..(at + 1) * SLOT].copy_from_slice(&reached.pack());
    }
    words
}

#[inline]
pub(super) fn edge_hash(node: Node, symbol: Symbol) -> u32 {
    let h = (u64::from(node) << 32 | u64::from(symbol)).wrapping_mul(K);
    (h >> 32) as u32 ^ (h as u32).rotate_left(16)
}
