//! Words against the official test file of Unicode 17.
//!
//! The file is not part of the repository: it is looked for at `$PHILIPPIC_WORD_BREAK_TEST`, at `unicode/WordBreakTest.txt` in
//! `$PHILIPPIC_SHARED`, and at `../shared/unicode/WordBreakTest.txt`.

use std::path::{Path, PathBuf};

use philippic::segment::{Kernel, word_bounds_with};

fn test_file() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = std::env::var_os("PHILIPPIC_WORD_BREAK_TEST").map(PathBuf::from);
    let shared = std::env::var_os("PHILIPPIC_SHARED").map(|dir| PathBuf::from(dir).join("unicode/WordBreakTest.txt"));
    let beside = ["..", "../.."].map(|up| root.join(up).join("shared/unicode/WordBreakTest.txt"));
    named.into_iter().chain(shared).chain(beside).find(|path| path.is_file())
}

#[test]
fn official_word_break_test() {
    let Some(path) = test_file() else {
        println!("skipped: no WordBreakTest.txt; name one in PHILIPPIC_WORD_BREAK_TEST");
        return;
    };
    let file = std::fs::read_to_string(&path).expect("the file can be read");
    assert!(file.starts_with("# WordBreakTest-17."), "{} is not of Unicode 17", path.display());
    let mut cases = 0;
    for line in file.lines() {
        let rule = line.split('#').next().unwrap_or_default().trim();
        if rule.is_empty() {
            continue;
        }
        let mut text = String::new();
        let mut expected = Vec::new();
        for part in rule.split_whitespace() {
            match part {
                "÷" => expected.push(text.len()),
                "×" => {}
                hex => text.push(u32::from_str_radix(hex, 16).ok().and_then(char::from_u32).expect("a code point")),
            }
        }
        for kernel in Kernel::all() {
            // Alone, and at every offset to the end of a block, behind line ends that join with nothing.
            for pad in 0..=66 {
                let padded = format!("{}{text}", "\n".repeat(pad));
                let found: Vec<usize> = word_bounds_with(kernel, &padded)
                    .map(|(at, _)| at)
                    .chain([padded.len()])
                    .filter(|&at| at >= pad)
                    .map(|at| at - pad)
                    .collect();
                assert_eq!(found, expected, "{} behind {pad}: {line}", kernel.name());
            }
        }
        cases += 1;
    }
    assert!(cases > 1900, "{cases} cases");
    println!("{cases} cases of {}", path.display());
}
