//! Typography: `(!)` and `(?)`, mixed `?!` runs, lengthened letters. Shouted words and a plain ellipsis stand in plain posts as often as
//! in ironic ones, and count nothing.

use crate::scorers::combine::Cue;
use crate::scorers::sentence::{Sentence, kind_bit};
use crate::segment::{Marks, TokenKind};

pub(super) const FAMILY: &str = "sarcasm.typography";

/// A mark in brackets doubts what stands before it; a mixed run and a lengthened word are only loud.
const BRACKETED: f32 = 0.6;
const MIXED_MARKS: f32 = 0.2;
const LENGTHENED: f32 = 0.08;

const MARKS: u32 = kind_bit(TokenKind::Question) | kind_bit(TokenKind::Exclamation);

pub(super) fn cues(sentence: &Sentence<'_>, out: &mut Vec<Cue>) {
    if sentence.kinds & MARKS == 0 && !sentence.lengthened {
        return;
    }
    let is_mark = |t: u32| matches!(sentence.kind(t), Some(TokenKind::Question | TokenKind::Exclamation));
    let mut t = sentence.tokens.start;
    while t < sentence.tokens.end {
        let token = &sentence.document.tokens[t as usize];
        if is_mark(t) {
            let from = t;
            while is_mark(t + 1) {
                t += 1;
            }
            let bracketed = from == t
                && from > sentence.tokens.start
                && sentence.kind(from - 1) == Some(TokenKind::Open)
                && sentence.kind(t + 1) == Some(TokenKind::Close);
            if bracketed {
                out.push(sentence.rule_cue(FAMILY, from - 1..t + 2, BRACKETED));
            } else if (from..=t).any(|i| sentence.kind(i) != Some(token.kind)) {
                out.push(sentence.rule_cue(FAMILY, from..t + 1, MIXED_MARKS));
            }
        } else if token.is_word() && token.has(Marks::LENGTHENED) {
            out.push(sentence.rule_cue(FAMILY, t..t + 1, LENGTHENED));
        }
        t += 1;
    }
}
