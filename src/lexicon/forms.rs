//! Word form to meaning, remembered: a bounded cache in front of stemming and symbol look-up.

use std::collections::HashMap;

use super::blob::{short_hash, short_key};
use super::lengthened;
use super::table::{Compiled, Lexeme};
use crate::segment::Token;

/// Slots at first; they grow with the forms met.
const FIRST: usize = 1 << 12;
/// Distinct forms kept before the cache starts anew.
const FORMS: usize = 1 << 15;
/// Words up to this length lie in the slots themselves.
const SHORT: usize = 16;
/// Longer words mean nothing.
const LONGEST: usize = 256;

/// One thread's memory of word forms. Results never depend on what it holds.
pub(crate) struct FormCache {
    slots: Vec<Slot>,
    used: usize,
    /// The words that do not fit into a slot.
    long: HashMap<Box<str>, u32>,
    lexemes: Vec<Lexeme>,
    interned: HashMap<Box<[u32]>, u32>,
    /// The table that the lexemes are of.
    table: u64,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    key: (u64, u64),
    /// Length of the form and whether it is a word; 0 is an empty slot.
    shape: u32,
    lexeme: u32,
}

impl Default for FormCache {
    fn default() -> FormCache {
        FormCache { slots: Vec::new(), used: 0, long: HashMap::new(), lexemes: vec![Lexeme::default()], interned: HashMap::new(), table: 0 }
    }
}

impl FormCache {
    /// What the words met so far mean, by lexeme number; number 0 means nothing.
    pub(crate) fn lexemes(&self) -> &[Lexeme] {
        &self.lexemes
    }

    /// Appends the lexeme number of each token.
    pub(crate) fn look_up(&mut self, table: &Compiled, tokens: &[Token], text: &str, out: &mut Vec<u32>) {
        if self.table != table.serial() {
            // Lexemes of another table: forget them.
            *self = FormCache { table: table.serial(), slots: vec![Slot::default(); FIRST], ..FormCache::default() };
        }
        let bytes = text.as_bytes();
        out.extend(tokens.iter().map(|token| self.lexeme(table, token, text, &bytes[token.start as usize..token.end as usize])));
    }

    #[inline]
    fn lexeme(&mut self, table: &Compiled, token: &Token, text: &str, form: &[u8]) -> u32 {
        if form.len() > SHORT || form.is_empty() {
            return self.long(table, token, text);
        }
        let key = short_key(form);
        let shape = (form.len() as u32) << 1 | u32::from(token.is_word());
        let mask = self.slots.len() - 1;
        let mut at = short_hash(shape, key) as usize & mask;
        loop {
            let slot = &self.slots[at];
            // A hash is never trusted alone.
            if slot.key == key && slot.shape == shape {
                return slot.lexeme;
            }
            if slot.shape == 0 {
                return self.remember(table, token, text, Slot { key, shape, lexeme: 0 });
            }
            at = (at + 1) & mask;
        }
    }

    #[cold]
    fn long(&mut self, table: &Compiled, token: &Token, text: &str) -> u32 {
        let form = token.text(text);
        if form.is_empty() || form.len() > LONGEST {
            return 0;
        }
        if !token.is_word() {
            return self.resolve(table, form, token);
        }
        if let Some(&lexeme) = self.long.get(form) {
            return lexeme;
        }
        let lexeme = self.resolve(table, form, token);
        if self.long.len() == FORMS {
            self.long.clear();
        }
        self.long.insert(form.into(), lexeme);
        lexeme
    }

    #[cold]
    fn remember(&mut self, table: &Compiled, token: &Token, text: &str, slot: Slot) -> u32 {
        let lexeme = self.resolve(table, token.text(text), token);
        if self.used == FORMS {
            self.slots.fill(Slot::default());
            self.used = 0;
        } else if (self.used + 1) * 2 > self.slots.len() {
            let grown = vec![Slot::default(); self.slots.len() * 4];
            for old in std::mem::replace(&mut self.slots, grown) {
                if old.shape != 0 {
                    self.put(old);
                }
            }
        }
        self.used += 1;
        self.put(Slot { lexeme, ..slot });
        lexeme
    }

    fn put(&mut self, slot: Slot) {
        let mask = self.slots.len() - 1;
        let mut at = short_hash(slot.shape, slot.key) as usize & mask;
        while self.slots[at].shape != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = slot;
    }

    fn resolve(&mut self, table: &Compiled, form: &str, token: &Token) -> u32 {
        let mut lexeme = table.analyse(form, token.is_word());
        if token.is_word() && lexeme.is_unknown() {
            // "goooood": look for "good" and "god".
            lengthened::shorter(form, |shorter| {
                lexeme = table.analyse(shorter, true);
                !lexeme.is_unknown()
            });
        }
        let Some(key) = lexeme.key() else { return 0 };
        let lexemes = &mut self.lexemes;
        *self.interned.entry(key).or_insert_with(|| {
            lexemes.push(lexeme);
            lexemes.len() as u32 - 1
        })
    }
}
