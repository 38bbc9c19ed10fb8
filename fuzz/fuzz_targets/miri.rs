//! Words, word bounds and tokens under Miri, by every path that it can run (portable and SSE2; AVX2 with `-Ctarget-feature=+avx2`): every end and start around
//! a block of 64 bytes in an allocation of exactly that size, so that a byte read outside of it is an error. `bash fuzz/run miri`.

use philippic::segment::{Kernel, tokens, word_bounds_with, words_with};
use unicode_segmentation::UnicodeSegmentation;

const TEXTS: [&str; 5] = [
    "The mayor’s plan, he said, “isn’t worth 3.5 million.” Nobody_else spoke: 1,000 men—and e.g. U.S. troops—left at 10:30, didn't they?\r\nNo.",
    "Мэр сказал: «Нет!» — и ушёл в 10:30; люди, которые ждали 3,5 часа, разошлись. Никто не возражал.",
    "यह एक परीक्षण है। 東京都は人口が多い。カタカナとひらがな، كتاب، ספר ד׳ו",
    "👩‍👩‍👧‍👦🇩🇪🇫🇷 so #happy @you 👍🏽 :-) e\u{301}a\u{308}\u{200d} x\u{ad}y \u{2060}z",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'a.a,1_",
];

fn main() {
    let mut checked = 0;
    for text in TEXTS {
        let bounds: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
        for &start in bounds.iter().take(3) {
            // Around the edges of the blocks, and the whole.
            for &end in bounds.iter().filter(|&&end| end >= start && (end - start) % 64 <= 2 || end == text.len()) {
                let piece: Box<str> = text[start..end].into();
                for kernel in Kernel::all() {
                    let bounds: Vec<_> = word_bounds_with(kernel, &piece).collect();
                    assert_eq!(bounds, piece.split_word_bound_indices().collect::<Vec<_>>(), "{piece:?}");
                    let words: Vec<_> = words_with(kernel, &piece).collect();
                    assert_eq!(words, piece.unicode_word_indices().collect::<Vec<_>>(), "{piece:?}");
                    checked += 1;
                }
                let mut cut = Vec::new();
                tokens(&piece, &mut cut);
                assert!(cut.iter().all(|t| !t.text(&piece).is_empty()));
            }
        }
    }
    let paths: Vec<&str> = Kernel::all().iter().map(|kernel| kernel.name()).collect();
    println!("{checked} pieces by {}", paths.join(", "));
}
