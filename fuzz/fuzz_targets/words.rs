//! Words and boundaries of any UTF-8, by every kernel, against `unicode-segmentation` (its one departure aside).
#![no_main]

use libfuzzer_sys::fuzz_target;
use philippic::segment::{Kernel, word_bounds_with, words_with};
use unicode_segmentation::UnicodeSegmentation;

/// The two known departures, both at ZWJ: version 1.13 forgets that a pictograph is a letter, and behind a mark that might join
/// ("a’\u{200d}😀") it forgets to end the word before the mark. More texts are left out than need be.
fn is_departure(text: &str) -> bool {
    const MARKS: &str = "'\".:,;·\u{387}\u{55f}\u{5f4}‧\u{fe13}\u{fe55}\u{ff1a}‘’․\u{fe52}\u{ff07}\u{ff0e}\u{37e}\u{589}\u{60c}\u{60d}\u{66c}\u{7f8}⁄\u{fe10}\u{fe14}\u{fe50}\u{fe54}\u{ff0c}\u{ff1b}";
    let letter_pictograph = |c| matches!(c, '\u{2139}' | '\u{24c2}' | '\u{1f130}'..='\u{1f19a}');
    let (mut marked, mut joiner) = (false, false);
    for c in text.chars() {
        if joiner && (letter_pictograph(c) || (marked && !c.is_alphanumeric())) {
            return true;
        }
        joiner = c == '\u{200d}';
        marked = (marked || MARKS.contains(c)) && !(c.is_alphanumeric() || c.is_whitespace());
    }
    false
}

fuzz_target!(|data: &[u8]| {
    // The first byte moves the text against the blocks.
    let Some((&pad, data)) = data.split_first() else { return };
    let text = format!("{}{}", "a".repeat(usize::from(pad & 63)), String::from_utf8_lossy(data));
    if is_departure(&text) {
        return;
    }
    for kernel in Kernel::all() {
        assert!(word_bounds_with(kernel, &text).eq(text.split_word_bound_indices()), "bounds by {}", kernel.name());
        assert!(words_with(kernel, &text).eq(text.unicode_word_indices()), "words by {}", kernel.name());
    }
});
