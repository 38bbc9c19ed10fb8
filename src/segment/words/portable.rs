//! The kernel without vector instructions: a table look-up for each byte, eight answers turned into masks at a time.
//!
//! It tells ASCII only: what else there is, the rules' table takes.

use super::masks::Masks;

const LETTER: u8 = 1;
const DIGIT: u8 = 1 << 1;
const UNDERSCORE: u8 = 1 << 2;
const COLON: u8 = 1 << 3;
const DOT: u8 = 1 << 4;
const COMMA: u8 = 1 << 5;
const SPACE: u8 = 1 << 6;
const LINE_END: u8 = 1 << 7;

static CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b'_' => UNDERSCORE,
            b':' => COLON,
            b'.' | b'\'' => DOT,
            b',' | b';' => COMMA,
            b' ' => SPACE,
            b'\n' | b'\r' => LINE_END,
            _ => 0,
        };
        byte += 1;
    }
    table
};

/// As [`Kernel::classify`](super::simd::Kernel::classify).
pub(super) fn classify(window: &[u8; 64], masks: &mut Masks) {
    let mut rows = [0_u64; 8];
    let (mut non_ascii, mut capitals, mut plain) = (0, 0, 0);
    for (group, bytes) in window.chunks_exact(8).enumerate() {
        let mut eight = [0; 8];
        let mut classes = [0; 8];
        for (i, &byte) in bytes.iter().enumerate() {
            eight[i] = byte;
            classes[i] = CLASS[byte as usize];
        }
        let eight = u64::from_le_bytes(eight);
        non_ascii |= high_bits(eight) << (8 * group);
        let classes = u64::from_le_bytes(classes);
        // The bit that tells small letters from capitals; capitals are told apart from the rest below.
        capitals |= high_bits(!eight << 2) << (8 * group);
        for (i, &byte) in bytes.iter().enumerate() {
            plain |= u64::from(matches!(byte, b',' | b'?' | b'!' | b'"' | b')')) << (8 * group + i);
        }
        let columns = transpose(classes).to_le_bytes();
        for (row, column) in rows.iter_mut().zip(columns) {
            *row |= u64::from(column) << (8 * group);
        }
    }
    let line_ends;
    [masks.letters, masks.digits, masks.underscores, masks.colons, masks.dots, masks.commas, masks.spaces, line_ends] = rows;
    masks.non_ascii = non_ascii;
    masks.capitals = capitals & masks.letters;
    masks.plain = plain;
    let (mut returns, mut left) = (0, line_ends);
    while left != 0 {
        let at = left.trailing_zeros();
        returns |= u64::from(window[at as usize & 63] == b'\r') << at;
        left &= left - 1;
    }
    masks.returns = returns;
    masks.line_feeds = line_ends & !returns;
}

/// The highest bits of eight bytes, gathered in one byte.
fn high_bits(eight: u64) -> u64 {
    (eight & 0x8080_8080_8080_8080).wrapping_mul(0x0002_0408_1020_4081) >> 56
}

/// Byte `i` of the result holds bit `i` of each byte (Hacker's Delight, 7-3).
fn transpose(x: u64) -> u64 {
    let t = (x ^ (x >> 7)) & 0x00aa_00aa_00aa_00aa;
    let x = x ^ t ^ (t << 7);
    let t = (x ^ (x >> 14)) & 0x0000_cccc_0000_cccc;
    let x = x ^ t ^ (t << 14);
    let t = (x ^ (x >> 28)) & 0x0000_0000_f0f0_f0f0;
    x ^ t ^ (t << 28)
}
