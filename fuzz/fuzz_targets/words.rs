//! Words and boundaries of any UTF-8, by every kernel, against `unicode-segmentation` (its one departure aside).
#![no_main]

use libfuzzer_sys::fuzz_target;
use philippic::segment::{Kernel, word_bounds_with, words_with};
use unicode_segmentation::UnicodeSegmentation;

/// Behind ZWJ, version 1.13 forgets that a pictograph is a letter.
fn is_departure(text: &str) -> bool {
    let letter_pictograph = |c| matches!(c, '\u{2139}' | '\u{24c2}' | '\u{1f130}'..='\u{1f19a}');
    text.chars().zip(text.chars().skip(1)).any(|(a, b)| a == '\u{200d}' && letter_pictograph(b))
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
