//! The word boundary rules of UAX #29 as a state machine over characters.
//!
//! The classes are the values of Word_Break. The states say what stands before the next character, WB4 applied: combining
//! marks, format characters and joiners change nothing but [`AFTER_ZWJ`]. [`STEP`] is worked out from [`step`] at compile
//! time, so the rules are written down once, as a function that names them.

use super::tables::{BLOCK_OF, BLOCKS, REST};

/// Set in an entry of the table: the segment that holds the character is a word.
pub(super) const WORD: u8 = 0x80;
/// The rest of an entry of the table is the class.
const CLASS: u8 = 0x1f;

// The classes, in the order that `tools/tables` writes. 0 is Other; `EXTEND` stands for Extend and Format.
const CR: u8 = 1;
const LF: u8 = 2;
const NEWLINE: u8 = 3;
const EXTEND: u8 = 4;
const ZWJ: u8 = 5;
const REGIONAL: u8 = 6;
const KATAKANA: u8 = 7;
const HEBREW: u8 = 8;
const LETTER: u8 = 9;
const SINGLE_QUOTE: u8 = 10;
const DOUBLE_QUOTE: u8 = 11;
const MID_NUM_LET: u8 = 12;
const MID_LETTER: u8 = 13;
const MID_NUM: u8 = 14;
const NUMERIC: u8 = 15;
const EXTEND_NUM_LET: u8 = 16;
const SPACE: u8 = 17;
const PICTOGRAPH: u8 = 18;
const LETTER_PICTOGRAPH: u8 = 19;
const CLASSES: usize = 32;

/// What stands before the next character.
pub(super) type State = u8;

/// Nothing, or a line end: a boundary follows, and a combining mark has nothing to hang on.
pub(super) const AFTER_LINE: State = 0;
pub(super) const AFTER_CR: State = 1;
/// A character that joins with nothing, or a whole flag.
pub(super) const AFTER_OTHER: State = 2;
pub(super) const AFTER_SPACE: State = 3;
pub(super) const AFTER_LETTER: State = 4;
pub(super) const AFTER_NUMERIC: State = 5;
pub(super) const AFTER_EXTEND_NUM_LET: State = 6;
/// The first half of a flag.
const AFTER_REGIONAL: State = 7;
const AFTER_HEBREW: State = 8;
/// A Hebrew letter and a single quotation mark (geresh).
const AFTER_GERESH: State = 9;
const AFTER_KATAKANA: State = 10;
/// A letter and a mark that belongs to the word if a letter follows: whether a boundary stands before the mark is open.
const OPEN_LETTER: State = 11;
/// A Hebrew letter and a double quotation mark.
const OPEN_HEBREW: State = 12;
/// A number and a mark that belongs to it if a number follows.
const OPEN_NUMERIC: State = 13;
/// Added to a state: the last character was ZWJ.
pub(super) const AFTER_ZWJ: State = 16;
const STATES: usize = 32;

/// Whether a state leaves open if a boundary stands before its mark. Such a state never leaves [`stretch`].
const fn is_open(state: State) -> bool {
    state & !AFTER_ZWJ >= OPEN_LETTER
}

/// Whether the bit-parallel path, which knows no Hebrew and no Katakana, may go on from a state.
pub(super) fn is_plain(state: State) -> bool {
    state & !AFTER_ZWJ < AFTER_HEBREW
}

/// The next state.
const NEXT: u8 = 0x1f;
/// A boundary stands before the character.
const BREAK: u8 = 0x20;
/// A boundary stands before the open mark.
const REFUSE: u8 = 0x40;
/// The character is a mark that leaves its own boundary open.
const OPEN: u8 = 0x80;

static STEP: [[u8; CLASSES]; STATES] = {
    let mut table = [[0; CLASSES]; STATES];
    let mut state = 0;
    while state < STATES {
        let mut class = 0;
        while class < CLASSES {
            table[state][class] = step(state as State, class as u8);
            class += 1;
        }
        state += 1;
    }
    table
};

/// One step: the next state and what is known of the boundary before `class`.
const fn step(state: State, class: u8) -> u8 {
    let before = state & !AFTER_ZWJ;
    let accepted = match before {
        OPEN_LETTER => matches!(class, LETTER | HEBREW | LETTER_PICTOGRAPH), // WB6, WB7
        OPEN_HEBREW => class == HEBREW,                                      // WB7b, WB7c
        OPEN_NUMERIC => class == NUMERIC,                                    // WB11, WB12
        _ => false,
    };
    if accepted {
        return after(class);
    }
    // WB4.
    if matches!(class, EXTEND | ZWJ) {
        let joiner = if class == ZWJ { AFTER_ZWJ } else { 0 };
        return match before {
            AFTER_LINE | AFTER_CR => BREAK | AFTER_OTHER | joiner,
            AFTER_SPACE => AFTER_OTHER | joiner,
            _ => before | joiner,
        };
    }
    // An open mark that is refused is a character like any other.
    let (before, refuse) = if is_open(before) { (AFTER_OTHER, REFUSE) } else { (before, 0) };
    // WB3c.
    if state & AFTER_ZWJ != 0 && matches!(class, PICTOGRAPH | LETTER_PICTOGRAPH) {
        return refuse | after(class);
    }
    let letter_before = matches!(before, AFTER_LETTER | AFTER_HEBREW);
    let letter = matches!(class, LETTER | HEBREW | LETTER_PICTOGRAPH);
    let joins = match before {
        AFTER_CR => class == LF,       // WB3
        AFTER_SPACE => class == SPACE, // WB3d
        // WB5, WB9, WB13a
        AFTER_LETTER | AFTER_HEBREW => letter || matches!(class, NUMERIC | EXTEND_NUM_LET),
        // WB8, WB10, WB13a
        AFTER_NUMERIC => letter || matches!(class, NUMERIC | EXTEND_NUM_LET),
        // WB13, WB13a
        AFTER_KATAKANA => matches!(class, KATAKANA | EXTEND_NUM_LET),
        // WB13a, WB13b
        AFTER_EXTEND_NUM_LET => letter || matches!(class, NUMERIC | KATAKANA | EXTEND_NUM_LET),
        AFTER_GERESH => letter, // WB7
        // WB15, WB16
        AFTER_REGIONAL if class == REGIONAL => return refuse | AFTER_OTHER,
        _ => false,
    };
    if joins {
        return after(class);
    }
    if before == AFTER_HEBREW && class == SINGLE_QUOTE {
        return AFTER_GERESH; // WB7a
    }
    if before == AFTER_HEBREW && class == DOUBLE_QUOTE {
        return OPEN | OPEN_HEBREW;
    }
    if letter_before && matches!(class, MID_LETTER | MID_NUM_LET | SINGLE_QUOTE) {
        return OPEN | OPEN_LETTER;
    }
    if before == AFTER_NUMERIC && matches!(class, MID_NUM | MID_NUM_LET | SINGLE_QUOTE) {
        return OPEN | OPEN_NUMERIC;
    }
    refuse | BREAK | after(class) // WB3a, WB3b, WB999
}

/// The state behind a character of which nothing before it matters.
const fn after(class: u8) -> State {
    match class {
        CR => AFTER_CR,
        LF | NEWLINE => AFTER_LINE,
        REGIONAL => AFTER_REGIONAL,
        KATAKANA => AFTER_KATAKANA,
        HEBREW => AFTER_HEBREW,
        LETTER | LETTER_PICTOGRAPH => AFTER_LETTER,
        NUMERIC => AFTER_NUMERIC,
        EXTEND_NUM_LET => AFTER_EXTEND_NUM_LET,
        SPACE => AFTER_SPACE,
        _ => AFTER_OTHER,
    }
}

/// The state behind an ASCII character of which nothing before it matters.
pub(super) static AFTER_ASCII: [State; 128] = {
    let mut table = [0; 128];
    let mut c = 0;
    while c < 128 {
        table[c] = after(BLOCKS[BLOCK_OF[c >> 6] as usize][c & 63] & CLASS);
        c += 1;
    }
    table
};

/// [`char::is_alphabetic`], asked of the table first: it knows letters of most scripts from one look-up.
pub(in crate::segment) fn is_alphabetic(c: char) -> bool {
    let block = BLOCK_OF.get(c as usize >> 6).copied().unwrap_or(REST);
    let entry = BLOCKS[block as usize][c as usize & 0x3f];
    match entry & CLASS {
        LETTER | HEBREW | KATAKANA | EXTEND | LETTER_PICTOGRAPH => entry & WORD != 0,
        // Ideographs and the scripts that are written without spaces; but numbers, too.
        _ => entry & WORD != 0 && c.is_alphabetic(),
    }
}

#[test]
fn alphabetic_is_that_of_the_standard_library() {
    for c in '\0'..=char::MAX {
        assert_eq!(is_alphabetic(c), c.is_alphabetic(), "U+{:04X}", c as u32);
        assert_eq!(
            BLOCKS[BLOCK_OF.get(c as usize >> 6).copied().unwrap_or(REST) as usize][c as usize & 63] & WORD != 0,
            c.is_alphanumeric()
        );
    }
}

/// A run of characters that were taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::segment) struct Block {
    /// Bytes.
    pub(in crate::segment) len: usize,
    /// Bit `i`: a boundary stands before byte `i`. None stands past the first 64.
    pub(in crate::segment) bounds: u64,
    /// Bit `i`: the character that begins at byte `i`, or has it, makes its segment a word.
    pub(super) wordy: u64,
    /// What the tokens ask: masks of ASCII characters, empty where the block is a stretch that the table took.
    pub(in crate::segment) letters: u64,
    pub(in crate::segment) capitals: u64,
    pub(in crate::segment) digits: u64,
    pub(in crate::segment) spaces: u64,
    pub(in crate::segment) line_feeds: u64,
    /// `.` and `'`.
    pub(in crate::segment) dots: u64,
    /// `,` `?` `!` `"` `)`
    pub(in crate::segment) plain: u64,
}

impl Block {
    fn stretch(len: usize, bounds: u64, wordy: u64) -> Block {
        Block { len, bounds, wordy, letters: 0, capitals: 0, digits: 0, spaces: 0, line_feeds: 0, dots: 0, plain: 0 }
    }
}

/// Steps through the characters that begin in `bytes[..limit]`, `limit` in `1..=64`, from a character boundary.
///
/// A mark that is open at `limit` is left to the next call; if it is the first character, this call looks as far as it takes.
pub(super) fn stretch(bytes: &[u8], limit: usize, state: &mut State) -> Block {
    match bytes.first_chunk() {
        Some(window) => walk(window, bytes, limit, state),
        None => {
            let mut window = [0; WINDOW];
            window[..bytes.len()].copy_from_slice(bytes);
            walk(&window, bytes, limit.min(bytes.len()), state)
        }
    }
}

/// The first byte of U+0300 to U+033F, all of them combining marks.
const MARKS: u8 = 0xcc;
const _: () = {
    let mut i = 0;
    while i < 64 {
        assert!(BLOCKS[BLOCK_OF[0x300 >> 6] as usize][i] == EXTEND);
        i += 1;
    }
};

/// 64 bytes, and the rest of a character that begins in the last of them.
const WINDOW: usize = 64 + 3;

/// `window` holds the first bytes of `bytes`: of an array of known length no index need be checked.
#[inline(always)]
fn walk(window: &[u8; WINDOW], bytes: &[u8], limit: usize, state: &mut State) -> Block {
    let mut now = *state;
    let (mut bounds, mut wordy) = (0, 0);
    let (mut open_at, mut open_from) = (0, now);
    let mut at = 0;
    while at < limit {
        let first = at & 63;
        let (entry, len) = entry([window[first], window[first + 1], window[first + 2], window[first + 3]]);
        let step = STEP[(now & NEXT) as usize][(entry & CLASS) as usize];
        bounds |= u64::from(step & BREAK != 0) << (at & 63);
        wordy |= u64::from(entry / WORD) << (at & 63);
        if step & (OPEN | REFUSE) != 0 {
            if step & OPEN != 0 {
                (open_at, open_from) = (at, now);
            } else {
                bounds |= 1 << open_at;
            }
        }
        at += len;
        // A text of nothing but combining marks would take many times the cost of a word: what one more changes nothing of, all do.
        if window[first] == MARKS && step == now {
            while at < limit && window[at & 63] == MARKS {
                at += 2;
            }
        }
        now = step & NEXT;
    }
    if is_open(now) {
        if open_at > 0 && at < bytes.len() {
            // The boundary before the mark is the next call's.
            *state = open_from;
            let keep = (1 << open_at) - 1;
            return Block::stretch(open_at, bounds & keep, wordy & keep);
        }
        // The combining marks on the open mark are in its segment.
        while is_open(now) && at < bytes.len() {
            let (entry, len) = entry(std::array::from_fn(|i| bytes.get(at + i).copied().unwrap_or(0)));
            let step = STEP[(now & NEXT) as usize][(entry & CLASS) as usize];
            if is_open(step & NEXT) {
                wordy |= u64::from(entry / WORD) << open_at;
                now = step & NEXT;
                at += len;
            } else {
                // Its fate is known; the character that told it is the next call's.
                bounds |= u64::from(step & REFUSE != 0) << open_at;
                now = if step & REFUSE != 0 { AFTER_OTHER | now & AFTER_ZWJ } else { open_from };
            }
        }
        if is_open(now) {
            // Nothing follows: refused.
            bounds |= 1 << open_at;
        }
    }
    *state = now;
    Block::stretch(at, bounds, wordy)
}

/// The table's entry for the character that these bytes begin with, and the character's length.
#[inline(always)]
fn entry(bytes: [u8; 4]) -> (u8, usize) {
    let [first, second, third, fourth] = bytes.map(u32::from);
    let (block, last, len) = match first {
        0..0x80 => (first >> 6, first, 1),
        0x80..0xe0 => (first & 0x1f, second, 2),
        0xe0..0xf0 => ((first & 0xf) << 6 | second & 0x3f, third, 3),
        0xf0.. => ((first & 0x7) << 12 | (second & 0x3f) << 6 | third & 0x3f, fourth, 4),
    };
    let block = BLOCK_OF.get(block as usize).copied().unwrap_or(REST);
    (BLOCKS[block as usize][(last & 0x3f) as usize], len)
}
