//! Everything that is built on the tokens: it ends, and its spans are inside the text, in order, and at characters.
#![no_main]

use libfuzzer_sys::fuzz_target;
use philippic::segment::{self, Abbreviation, ParagraphMode};

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let mut tokens = Vec::new();
    segment::tokens(&text, &mut tokens);
    let mut end = 0;
    for token in &tokens {
        assert!(token.start >= end && token.end > token.start);
        // Between tokens there is white space, and the 's of possessives.
        assert!(token.text(&text).len() == (token.end - token.start) as usize);
        end = token.end;
    }
    assert!(end as usize <= text.len());
    for mode in [ParagraphMode::Auto, ParagraphMode::Blank, ParagraphMode::Line] {
        let (mut ranges, mut at) = (Vec::new(), 0);
        for span in segment::paragraphs(&text, mode) {
            assert!(text.get(span.start as usize..span.end as usize).is_some_and(|p| !p.is_empty()));
            let first = at;
            at += tokens[at..].iter().take_while(|t| t.start < span.end).count();
            ranges.push(first as u32..at as u32);
        }
        let mut sentences = Vec::new();
        for range in &ranges {
            segment::sentences(
                &tokens[range.start as usize..range.end as usize],
                &text,
                range.start,
                |_| Abbreviation::None,
                &mut sentences,
            );
        }
        let covered: u32 = sentences.iter().map(|s| s.end - s.start).sum();
        assert_eq!(covered, ranges.iter().map(|r| r.end - r.start).sum::<u32>());
        let mut quotations = Vec::new();
        segment::quotations(&tokens, &text, &ranges, &mut quotations);
        for quotation in &quotations {
            let paragraph = &ranges[quotation.paragraph as usize];
            assert!(quotation.tokens.start >= paragraph.start && quotation.tokens.end <= paragraph.end);
        }
    }
});
