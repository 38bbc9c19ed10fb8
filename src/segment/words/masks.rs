//! Boundaries by shifts: the masks of 64 bytes in, the boundaries before each of them out.
//!
//! Bit `i` of a mask speaks of byte `i`. See `src/segment/README.md`.

use super::rules::{self, State};

/// Which of 64 bytes are what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::segment) struct Masks {
    /// `A-Z`, `a-z`.
    pub(super) letters: u64,
    /// `A-Z`.
    pub(super) capitals: u64,
    /// `0-9`.
    pub(super) digits: u64,
    /// `_`.
    pub(super) underscores: u64,
    /// `:`, which stands inside a word between letters.
    pub(super) colons: u64,
    /// `.` and `'`, which stand inside a word between letters and between digits.
    pub(super) dots: u64,
    /// `,` and `;`, which stand inside a number between digits.
    pub(super) commas: u64,
    /// `,` `?` `!` `"` `)`: of no use to words.
    pub(super) plain: u64,
    /// The space.
    pub(super) spaces: u64,
    /// CR.
    pub(super) returns: u64,
    /// LF.
    pub(super) line_feeds: u64,
    /// Bytes of characters that are not ASCII.
    pub(super) non_ascii: u64,
    pub(super) triples: Triples,
    pub(super) pairs: Pairs,
}

/// The bytes of General Punctuation: E2 80 90 to E2 80 A6 are dashes, quotation marks, bullets and the ellipsis. All join with
/// nothing but the quotation marks E2 80 98 and 99, and E2 80 A4, which is rare and left to the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Triples {
    /// First bytes. If there are none, the rest is not set.
    pub(super) e2: u64,
    pub(super) x80: u64,
    pub(super) x98_99: u64,
    /// Without A4.
    pub(super) x90_a6: u64,
}

/// The bytes of two-byte characters of Latin, Greek and Cyrillic. Those of one first byte are alike but for the listed second ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pairs {
    /// C2 to D3. If there are none, the rest is not set.
    pub(super) first: u64,
    /// First bytes of blocks of letters: C3 to CA, CE to D3.
    pub(super) letter: u64,
    pub(super) c2: u64,
    /// A0 to A8, AB, B0, BB: the no-break space to the diaeresis, guillemets, the degree sign.
    pub(super) c2_other: u64,
    pub(super) c3: u64,
    /// 97 and B7: × and ÷.
    pub(super) c3_other: u64,
    pub(super) ce: u64,
    /// 80 to 8D and A2.
    pub(super) ce_hard: u64,
    pub(super) cf: u64,
    /// B6.
    pub(super) cf_hard: u64,
    pub(super) d2: u64,
    /// 80 to 89: the thousands sign, combining marks.
    pub(super) d2_hard: u64,
}

/// What the bit-parallel rules found in 64 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Bit `i`: byte `i` is part of a letter, a digit, `_`, or a mark that two of them enclose. All of a run stays together.
    /// Right below `end`, as the two below.
    pub(super) core: u64,
    /// Bit `i`: byte `i` is part of a letter or a digit.
    pub(super) wordy: u64,
    /// Bit `i`: byte `i` is not the first of its character.
    inside: u64,
    /// Where the bytes end that these masks decide.
    pub(super) end: u32,
    /// Bytes of characters that only the table knows. Those cut by the end of the 64 bytes count.
    pub(super) hard: u64,
    /// 1 if the byte before the first is core.
    pub(super) core_before: u64,
}

/// The rules WB5 to WB13b for the characters of [`Masks`], all 64 bytes at once.
#[inline(always)]
pub(super) fn cores(m: &Masks, state: State) -> Found {
    let before = state & !rules::AFTER_ZWJ;
    let letter_before = u64::from(before == rules::AFTER_LETTER);
    let digit_before = u64::from(before == rules::AFTER_NUMERIC);
    let core_before = letter_before | digit_before | u64::from(before == rules::AFTER_EXTEND_NUM_LET);

    let mut letters = m.letters;
    let mut joined_triples = 0;
    let mut hard = 0;
    let mut inside = 0;
    // The first byte that is not decided, and a mark that touches it: what follows the mark is not known.
    let mut end = 64 - ((m.colons | m.dots | m.commas) >> 63) as u32;
    if m.non_ascii != 0 {
        let (mut quotes, mut triples) = (0, 0);
        if m.triples.e2 != 0 {
            let t = &m.triples;
            triples = t.e2 & t.x80 >> 1 & t.x90_a6 >> 2;
            quotes = triples & t.x98_99 >> 2;
        }
        let (mut letter_pairs, mut pairs) = (0, 0);
        if m.pairs.first != 0 {
            let p = &m.pairs;
            let signs = p.c3 & p.c3_other >> 1;
            let hard = p.ce & p.ce_hard >> 1 | p.cf & p.cf_hard >> 1 | p.d2 & p.d2_hard >> 1;
            // A pair that the end of the window cuts is hard.
            letter_pairs = p.letter & u64::MAX >> 1 & !(signs | hard);
            pairs = letter_pairs | signs | p.c2 & p.c2_other >> 1;
        }
        letters |= letter_pairs | letter_pairs << 1;
        inside = pairs << 1 | triples << 1 | triples << 2;
        hard = m.non_ascii & !(pairs | triples | inside);
        if hard != 0 {
            end = hard.trailing_zeros();
            let marks = m.colons | m.dots | m.commas;
            // Bit `end - 1`, or none.
            if marks << 1 >> end & 1 != 0 {
                end -= 1;
            } else if end >= 3 && quotes >> (end - 3) & 1 != 0 {
                end -= 3;
            }
        } else if quotes >> 61 != 0 {
            end = 61;
        }
        let after_letter = letters << 1 | letter_before;
        let after_digit = m.digits << 1 | digit_before;
        joined_triples = quotes & (after_letter & letters >> 3 | after_digit & m.digits >> 3);
        joined_triples |= joined_triples << 1 | joined_triples << 2;
    }
    let after_letter = letters << 1 | letter_before;
    let after_digit = m.digits << 1 | digit_before;
    // WB6, WB7; WB11, WB12.
    let joined = (m.colons | m.dots) & after_letter & letters >> 1 | (m.dots | m.commas) & after_digit & m.digits >> 1;
    // WB5, WB8 to WB10, WB13a, WB13b.
    let core = letters | m.digits | m.underscores | joined | joined_triples;
    Found { core, wordy: letters | m.digits, inside, end, hard, core_before }
}

/// Bit `i`: a boundary stands before byte `i`; right below `found.end`. Adds WB3 and WB3d to the rules of [`cores`].
#[inline(always)]
pub(super) fn boundaries(m: &Masks, state: State, found: &Found) -> u64 {
    let before = state & !rules::AFTER_ZWJ;
    let spaces_before = m.spaces << 1 | u64::from(before == rules::AFTER_SPACE);
    let returns_before = m.returns << 1 | u64::from(before == rules::AFTER_CR);
    let core_before = found.core << 1 | found.core_before;
    !(found.core & core_before | m.spaces & spaces_before | m.line_feeds & returns_before | found.inside)
}

/// The state behind the first `len` bytes (1 or more) of a window that [`boundaries`] decided.
#[inline(always)]
pub(super) fn state_after(window: &[u8; 64], len: usize, wordy: u64) -> State {
    let last = window[(len - 1) & 63];
    match rules::AFTER_ASCII.get(last as usize) {
        Some(&state) => state,
        None if wordy >> ((len - 1) & 63) & 1 != 0 => rules::AFTER_LETTER,
        None => rules::AFTER_OTHER,
    }
}
