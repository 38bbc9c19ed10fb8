//! Writes `src/segment/words/tables.rs`: `cargo run --manifest-path tools/tables/Cargo.toml`.
//! With `--check` it writes nothing and fails if the committed file differs.
//!
//! The table gives each code point one byte: its class (Word_Break, with Extended_Pictographic told apart, as
//! `src/segment/words/rules.rs` names them) and, in the highest bit, whether it makes its segment a word (Alphabetic, or
//! General_Category Number). Two stages: blocks of 64 code points, each block stored once.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use icu_properties::props::{Alphabetic, ExtendedPictographic, GeneralCategory, WordBreak};
use icu_properties::{CodePointMapData, CodePointSetData};

/// Code points in a block: what the last byte of UTF-8 tells apart.
const BLOCK: usize = 64;
/// The highest bit of an entry.
const WORD: u8 = 0x80;

/// The number of each class: the order of the constants in `rules.rs`, which a test compares.
fn class(word_break: WordBreak, pictograph: bool) -> u8 {
    match word_break {
        WordBreak::Other if pictograph => 18,
        WordBreak::ALetter if pictograph => 19,
        _ if pictograph => panic!("a pictograph of Word_Break {word_break:?}: rules.rs has no class for it"),
        WordBreak::Other => 0,
        WordBreak::CR => 1,
        WordBreak::LF => 2,
        WordBreak::Newline => 3,
        // The rules never tell these two apart.
        WordBreak::Extend | WordBreak::Format => 4,
        WordBreak::ZWJ => 5,
        WordBreak::RegionalIndicator => 6,
        WordBreak::Katakana => 7,
        WordBreak::HebrewLetter => 8,
        WordBreak::ALetter => 9,
        WordBreak::SingleQuote => 10,
        WordBreak::DoubleQuote => 11,
        WordBreak::MidNumLet => 12,
        WordBreak::MidLetter => 13,
        WordBreak::MidNum => 14,
        WordBreak::Numeric => 15,
        WordBreak::ExtendNumLet => 16,
        WordBreak::WSegSpace => 17,
        other => panic!("Word_Break {other:?} is new: the rules must be read again"),
    }
}

fn entries() -> Vec<u8> {
    let word_break = CodePointMapData::<WordBreak>::new();
    let category = CodePointMapData::<GeneralCategory>::new();
    let pictographic = CodePointSetData::new::<ExtendedPictographic>();
    let alphabetic = CodePointSetData::new::<Alphabetic>();
    (0..=0x10_ffff_u32)
        .map(|c| {
            let number =
                matches!(category.get32(c), GeneralCategory::DecimalNumber | GeneralCategory::LetterNumber | GeneralCategory::OtherNumber);
            let word = if alphabetic.contains32(c) || number { WORD } else { 0 };
            class(word_break.get32(c), pictographic.contains32(c)) | word
        })
        .collect()
}

fn table() -> String {
    let entries = entries();
    let mut seen: HashMap<&[u8], u16> = HashMap::new();
    let mut blocks: Vec<&[u8]> = Vec::new();
    let mut stage: Vec<u16> = Vec::new();
    for block in entries.chunks(BLOCK) {
        let number = *seen.entry(block).or_insert_with(|| {
            blocks.push(block);
            blocks.len() as u16 - 1
        });
        stage.push(number);
    }
    // Everything past the last assigned plane that matters looks the same: leave it out.
    let last = stage[stage.len() - 1];
    let used = stage.iter().rposition(|&b| b != last).map_or(0, |i| i + 1);
    let mut out = String::new();
    out.push_str(
        "//! Written by `tools/tables` from Unicode 17.0.0 (icu_properties 2.1): do not edit, run\n\
         //! `cargo run --manifest-path tools/tables/Cargo.toml` instead.\n\n\
         /// The block of 64 code points that `code point >> 6` lies in; past the end, [`REST`].\n\
         #[rustfmt::skip]\n",
    );
    let _ = writeln!(out, "pub(super) static BLOCK_OF: [u16; {used}] = [");
    rows(&mut out, stage[..used].iter().map(|b| b.to_string()), 32);
    let _ = writeln!(out, "];\n\n/// The block of all code points behind [`BLOCK_OF`].\npub(super) const REST: u16 = {last};\n");
    out.push_str("/// For each code point of a block its class, and `0x80` if it is alphabetic or a number.\n#[rustfmt::skip]\n");
    let _ = writeln!(out, "pub(super) static BLOCKS: [[u8; {BLOCK}]; {}] = [", blocks.len());
    for block in blocks {
        let cells: Vec<String> = block.iter().map(|b| b.to_string()).collect();
        let _ = writeln!(out, "[{}],", cells.join(","));
    }
    out.push_str("];\n");
    out
}

fn rows(out: &mut String, cells: impl Iterator<Item = String>, a_row: usize) {
    let cells: Vec<String> = cells.collect();
    for row in cells.chunks(a_row) {
        let _ = writeln!(out, "{},", row.join(","));
    }
}

fn main() -> ExitCode {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/segment/words/tables.rs");
    let new = table();
    if std::env::args().any(|a| a == "--check") {
        if std::fs::read_to_string(&path).is_ok_and(|old| old == new) {
            println!("tables.rs is what the generator writes");
            return ExitCode::SUCCESS;
        }
        eprintln!("tables.rs differs from what the generator writes: run it without --check");
        return ExitCode::FAILURE;
    }
    match std::fs::write(&path, new) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", path.display());
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_committed_table_is_fresh() {
        let committed = include_str!("../../../src/segment/words/tables.rs");
        assert!(committed == super::table(), "run `cargo run --manifest-path tools/tables/Cargo.toml`");
    }
}
