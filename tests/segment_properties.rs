//! Words against `unicode-segmentation`: every code point, random Unicode, and texts in ten scripts, by every kernel, at every offset
//! to the end of a block.

use philippic::segment::{Kernel, word_bounds_with, words_with};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

/// Letters that are pictographs: behind ZWJ, `unicode-segmentation` 1.13 forgets that they are letters.
fn is_letter_pictograph(c: char) -> bool {
    matches!(c, '\u{2139}' | '\u{24c2}' | '\u{1f170}' | '\u{1f171}' | '\u{1f17e}' | '\u{1f17f}' | '\u{1f18e}' | '\u{1f191}'..='\u{1f19a}')
        || matches!(c, '\u{1f130}'..='\u{1f189}')
}

/// The two known departures of the reference from the standard. Both are at ZWJ: the one above, and after a letter or digit, a mark that
/// might join, and ZWJ ("a’\u{200d}😀"), a pictograph makes it forget to end the word before the mark.
fn is_departure(text: &str) -> bool {
    const MARKS: &str = "'\".:,;·\u{387}\u{55f}\u{5f4}‧\u{fe13}\u{fe55}\u{ff1a}‘’․\u{fe52}\u{ff07}\u{ff0e}\u{37e}\u{589}\u{60c}\u{60d}\u{66c}\u{7f8}⁄\u{fe10}\u{fe14}\u{fe50}\u{fe54}\u{ff0c}\u{ff1b}";
    let mut marked = false;
    let mut joiner = false;
    for c in text.chars() {
        if joiner && (is_letter_pictograph(c) || (marked && !c.is_alphanumeric())) {
            return true;
        }
        joiner = c == '\u{200d}';
        // Whatever stands between the mark and ZWJ: more texts are left out than need be.
        marked = (marked || MARKS.contains(c)) && !(c.is_alphanumeric() || c.is_whitespace());
    }
    false
}

fn check(text: &str) {
    for kernel in Kernel::all() {
        let bounds = word_bounds_with(kernel, text);
        assert!(bounds.eq(text.split_word_bound_indices()), "bounds by {}: {text:?}", kernel.name());
        let words = words_with(kernel, text);
        assert!(words.eq(text.unicode_word_indices()), "words by {}: {text:?}", kernel.name());
    }
}

/// Behind and before what every class shows itself.
#[test]
fn every_code_point() {
    const NEIGHBOURS: [(&str, &str); 11] = [
        ("a", "1"),
        ("1", "_"),
        ("_", "\u{301}a"),
        (" ", " "),
        ("א", "א"),
        ("ア", "ア"),
        ("\u{1f1e6}", "\u{1f1e6}"),
        ("!", "a"),
        ("\r", "\n"),
        ("a'", "a"),
        ("1,", "1"),
    ];
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            scope.spawn(move || {
                let mut text = String::new();
                for c in ('\0'..=char::MAX).skip(thread).step_by(threads) {
                    text.clear();
                    for (left, right) in NEIGHBOURS {
                        text.push_str(left);
                        text.push(c);
                        text.push_str(right);
                        text.push('\n');
                    }
                    if !is_letter_pictograph(c) {
                        text.push('\u{200d}');
                    }
                    text.push(c);
                    text.push(c);
                    let kernel = Kernel::best();
                    assert!(word_bounds_with(kernel, &text).eq(text.split_word_bound_indices()), "U+{:04X}", c as u32);
                    assert!(words_with(kernel, &text).eq(text.unicode_word_indices()), "U+{:04X}", c as u32);
                }
            });
        }
    });
}

/// Of the characters that kernels sort themselves, each on both sides of each.
#[test]
fn pairs_of_latin_greek_and_cyrillic() {
    let range = || ('\u{80}'..='\u{52f}').chain('\u{2000}'..='\u{203f}');
    let kernel = Kernel::best();
    let mut text = String::new();
    for left in range() {
        text.clear();
        text.push_str("aa bb aa bb aa bb ");
        for right in range() {
            text.extend([left, right, 'a', '\n']);
        }
        assert!(word_bounds_with(kernel, &text).eq(text.split_word_bound_indices()), "U+{:04X}", left as u32);
        assert!(words_with(kernel, &text).eq(text.unicode_word_indices()), "U+{:04X}", left as u32);
    }
}

/// Characters in the mix that texts have, dense in what the rules look at.
fn texts() -> impl Strategy<Value = String> {
    let char = prop_oneof![
        8 => prop::char::range('a', 'z'),
        4 => prop::char::range(' ', '~'),
        4 => prop::sample::select(vec!['\'', '.', ':', ',', ';', '_', '"', ' ', '\n', '\r', '1', '’', '‘', '“', '—', '…']),
        3 => prop::char::range('\u{80}', '\u{24f}'),
        2 => prop::char::range('\u{370}', '\u{7ff}'),
        2 => prop::char::range('\u{2000}', '\u{206f}'),
        1 => prop::char::range('\u{900}', '\u{97f}'),
        1 => prop::char::range('\u{3000}', '\u{30ff}'),
        1 => prop::sample::select(vec!['\u{200d}', '\u{301}', '\u{fe0f}', '\u{ad}', '\u{1f1e6}', '\u{1f1e7}', '😀', '❤', '👩', '\u{1f3fd}']),
        1 => any::<char>(),
    ];
    prop::collection::vec((char, 1_usize..4), 0..120)
        .prop_map(|runs| runs.into_iter().flat_map(|(c, n)| std::iter::repeat_n(c, n)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_text(text in texts()) {
        prop_assume!(!is_departure(&text));
        check(&text);
    }

    #[test]
    fn any_unicode(text in prop::collection::vec(any::<char>(), 0..80).prop_map(String::from_iter)) {
        prop_assume!(!is_departure(&text));
        check(&text);
    }

    /// A suffix from any character on is a text of its own.
    #[test]
    fn every_suffix(text in texts()) {
        prop_assume!(!is_departure(&text));
        for (at, _) in text.char_indices().take(70) {
            let suffix = &text[at..];
            assert!(words_with(Kernel::best(), suffix).eq(suffix.unicode_word_indices()), "{suffix:?}");
        }
    }
}

/// Written for this test, each with what its script has of its own.
const SCRIPTS: [(&str, &str); 12] = [
    (
        "English",
        "“I don’t believe it,” she said — not for a moment — though the U.S.’s 3.5% (1,200 in all) wasn't nothing; e.g. re:view… it’s 9:30.",
    ),
    ("French", "« Aujourd’hui, l’élève n’a payé que 3,50 € », dit-il ; l’œuvre coûte 1 200 francs : c’est trop !"),
    ("German", "„Straßenbahn“ und ›Übermut‹: Die Größe beträgt 3,5 m² – oder 1.200 µm. Wie geht’s?"),
    ("Greek", "«Τι λες;» είπε ο Γιώργος· δεν ήξερα τίποτα, μ’ αυτό το 3,5%… ΐ ὀξεῖα"),
    ("Russian", "«Что-то не так», — сказал он в 9:30; цена 1 200,50 ₽, по-моему. Її ім’я — Ґалаґан, №5."),
    ("Hebrew", "צה\"ל אמר שב־3.5 מיליון ש\"ח לא סגי; ג'ירפה וצ'ק. יִשְׂרָאֵל"),
    ("Arabic", "قال الرئيس: «لا أعرف»، ثم سكت. السعر ١٬٢٠٠٫٥ دينار؛ مُحَمَّد ۝١٢"),
    ("Hindi", "“मैं नहीं जानता,” उसने कहा। क़ीमत १,२००.५ रुपये है — क्या सच में? हिन्दी‍"),
    ("Thai", "ประธานาธิบดีกล่าวว่า \"ไม่รู้\" ราคา 3.5 บาท ๑๒๓ฯลฯ"),
    ("Chinese", "他说：“我不知道。”价格是3.5元，共1,200人；二〇二五年十二月……《人民日报》"),
    ("Japanese", "「知らない」とカタカナ_テスト語で言った。ｶﾀｶﾅﾞ、3.5円ー１２３４年。"),
    ("Korean", "“모른다”고 대통령이 말했다. 가격은 3.5원, 1,200명이다. 한국어_시험 각"),
];

#[test]
fn texts_in_twelve_scripts() {
    for (script, text) in SCRIPTS {
        for pad in 0..=66 {
            for filler in ["a", "\n", "é", "’", "中"] {
                let padded = format!("{}{text}", filler.repeat(pad));
                for kernel in Kernel::all() {
                    assert!(
                        word_bounds_with(kernel, &padded).eq(padded.split_word_bound_indices()),
                        "{script} by {}: {padded:?}",
                        kernel.name()
                    );
                    assert!(words_with(kernel, &padded).eq(padded.unicode_word_indices()), "{script} by {}: {padded:?}", kernel.name());
                }
            }
        }
        // From text to text the state goes on.
        check(&SCRIPTS.map(|(_, other)| format!("{text}{other}")).concat());
    }
}

#[test]
fn empty_and_short() {
    for text in ["", "a", "\u{301}", "\r", "\r\n", "’", "é", "_", "__", "_a", "\u{200d}", "中", "😀", "a’", "’a"] {
        check(text);
    }
}
