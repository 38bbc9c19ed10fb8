//! The token pass and the lexicon pass allocate nothing once their buffers have grown.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use philippic::{Analyzer, Scratch, Stage, segment};

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

/// The system's allocator, counting for each thread.
struct Counting;

// SAFETY: everything is left to `System`; the counter has no destructor and never allocates.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: as the caller's.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: as the caller's.
        unsafe { System.dealloc(at, layout) }
    }
    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: as the caller's.
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn allocations(run: impl FnOnce()) -> usize {
    let before = ALLOCATIONS.get();
    run();
    ALLOCATIONS.get() - before
}

#[test]
fn words_and_tokens_allocate_nothing() {
    let texts = [
        "“I don’t know,” Mr. O'Neill's spokesman said: sooo bad... SHOUTED :-) #tag @me http://a.b/c joe@x.org 3.5% — ",
        "Россия, «Её» ЦЕНА é ½ हिन्दी में 中文字 カタカナ ",
        "👩‍👩‍👧 🇺🇸 ❤️ \u{301}\u{301} a\u{301} '' `` -- _x_ a:b over.The end\r\n\n",
    ];
    for text in texts {
        let text = text.repeat(100);
        assert_eq!(allocations(|| assert!(segment::words(&text).count() > 100)), 0, "words of {text:.40}");
        assert_eq!(allocations(|| assert!(segment::word_bounds(&text).count() > 100)), 0, "bounds of {text:.40}");
        let mut out = Vec::new();
        segment::tokens(&text, &mut out);
        out.clear();
        assert_eq!(allocations(|| segment::tokens(&text, &mut out)), 0, "tokens of {text:.40}");
        assert!(out.len() > 100);
    }
}

/// Allocations of the token stage and of the lexicon stage of one analysis.
fn of_stages(analyzer: &Analyzer, text: &str, scratch: &mut Scratch) -> (usize, usize) {
    let (mut tokens, mut lexicon) = (0, 0);
    let mut before = ALLOCATIONS.get();
    let done = |stage| {
        let now = ALLOCATIONS.get();
        match stage {
            Stage::Tokens => tokens = now - before,
            Stage::Lexicon => lexicon = now - before,
            _ => {}
        }
        before = now;
    };
    assert!(analyzer.analyze_in_stages(text, scratch, done).is_ok());
    (tokens, lexicon)
}

#[test]
fn an_analysis_allocates_nothing_for_a_token_or_a_word() {
    let analyzer = Analyzer::english();
    let mut scratch = Scratch::default();
    // Words that are met by form, stem and prefix, terms of several words, capitals, an unknown word, an emoji.
    let sentence = "Smith's terrible plan pushed the U.S. to the brink of war, “great” Zorblatt said — a so-called “triumph” 😡 on 3 May. ";
    let (short, long) = (sentence.repeat(5), sentence.repeat(500));
    // Warm: buffers as large as needed, all words known.
    of_stages(&analyzer, &long, &mut scratch);
    let (tokens, of_short) = of_stages(&analyzer, &short, &mut scratch);
    assert_eq!(tokens, 0);
    let (tokens, of_long) = of_stages(&analyzer, &long, &mut scratch);
    assert_eq!(tokens, 0);
    // The lists of lines and paragraphs are all that is new: one paragraph each.
    assert_eq!(of_long, of_short);
    assert!(of_long <= 4, "{of_long}");
}
