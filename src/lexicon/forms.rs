//! Word form to meaning, remembered: a bounded cache in front of stemming and symbol look-up.

use hashbrown::HashMap;

use super::lengthened;
use super::table::{Compiled, Lexeme};
use crate::segment::Token;

/// Distinct forms kept before the cache starts anew.
const FORMS: usize = 1 << 15;
/// Longer words are looked up each time.
const LONGEST: usize = 40;

/// One thread's memory of word forms. Results never depend on what it holds.
pub(crate) struct FormCache {
    slots: Vec<Slot>,
    bytes: Vec<u8>,
    used: usize,
    lexemes: Vec<Lexeme>,
    interned: HashMap<Lexeme, u32, foldhash::fast::FixedState>,
    scratch: Lexeme,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    hash: u32,
    /// Start of the form in `bytes`.
    at: u32,
    /// Length of the form; 0 is an empty slot.
    len: u32,
    lexeme: u32,
}

impl Default for FormCache {
    fn default() -> FormCache {
        FormCache {
            slots: vec![Slot::default(); FORMS * 2],
            bytes: Vec::new(),
            used: 0,
            lexemes: vec![Lexeme::default()],
            interned: HashMap::default(),
            scratch: Lexeme::default(),
        }
    }
}

impl FormCache {
    /// What the words met so far mean, by lexeme number; number 0 means nothing.
    pub(crate) fn lexemes(&self) -> &[Lexeme] {
        &self.lexemes
    }

    /// The lexeme number of a token.
    pub(crate) fn lexeme(&mut self, table: &Compiled, token: &Token, text: &str) -> u32 {
        let form = token.text(text);
        let bytes = form.as_bytes();
        if bytes.len() > LONGEST || bytes.is_empty() {
            return if bytes.len() > 256 { 0 } else { self.resolve(table, form, token.is_word()) };
        }
        let hash = hash(bytes);
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot.len == 0 {
                break;
            }
            // A hash is never trusted alone.
            if slot.hash == hash
                && slot.len as usize == bytes.len()
                && &self.bytes[slot.at as usize..slot.at as usize + bytes.len()] == bytes
            {
                return slot.lexeme;
            }
            at = (at + 1) & mask;
        }
        let lexeme = self.resolve(table, form, token.is_word());
        if self.used == FORMS {
            self.slots.fill(Slot::default());
            self.bytes.clear();
            self.used = 0;
            at = hash as usize & mask;
        }
        self.slots[at] = Slot { hash, at: self.bytes.len() as u32, len: bytes.len() as u32, lexeme };
        self.bytes.extend_from_slice(bytes);
        self.used += 1;
        lexeme
    }

    fn resolve(&mut self, table: &Compiled, form: &str, is_word: bool) -> u32 {
        table.analyse(form, is_word, &mut self.scratch);
        if is_word && self.scratch.is_unknown() {
            // "goooood": look for "good" and "god".
            lengthened::shorter(form, |shorter| {
                table.analyse(shorter, true, &mut self.scratch);
                !self.scratch.is_unknown()
            });
        }
        if self.scratch.symbols.is_empty() {
            return 0;
        }
        if let Some(&known) = self.interned.get(&self.scratch) {
            return known;
        }
        let number = self.lexemes.len() as u32;
        self.lexemes.push(self.scratch.clone());
        self.interned.insert(self.scratch.clone(), number);
        number
    }
}

/// Multiply-and-fold over eight bytes at a time; quality enough for a table that compares bytes.
fn hash(bytes: &[u8]) -> u32 {
    const K: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut h = bytes.len() as u64;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let word = chunk.try_into().map_or(0, u64::from_le_bytes);
        h = (h ^ word).wrapping_mul(K).rotate_left(29);
    }
    let rest = chunks.remainder();
    let mut tail = 0u64;
    for &b in rest {
        tail = tail << 8 | u64::from(b);
    }
    h = (h ^ tail).wrapping_mul(K);
    (h ^ (h >> 32)) as u32
}
