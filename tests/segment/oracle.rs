//! The word boundary rules of UAX #29 (Unicode 17), written down rule by rule and as slowly as they read: the judge of the
//! tests. It knows only the characters of [`REPRESENTATIVES`].

/// The values of Word_Break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WordBreak {
    Other,
    Cr,
    Lf,
    Newline,
    Extend,
    Format,
    Zwj,
    RegionalIndicator,
    Katakana,
    HebrewLetter,
    ALetter,
    SingleQuote,
    DoubleQuote,
    MidNumLet,
    MidLetter,
    MidNum,
    Numeric,
    ExtendNumLet,
    WSegSpace,
}
use WordBreak::*;

/// A character with what the rules ask of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Representative {
    pub(crate) char: char,
    pub(crate) word_break: WordBreak,
    /// Extended_Pictographic.
    pub(crate) pictograph: bool,
    /// Alphabetic or a number.
    pub(crate) word: bool,
}

const fn rep(char: char, word_break: WordBreak) -> Representative {
    let word = matches!(word_break, Katakana | HebrewLetter | ALetter | Numeric);
    Representative { char, word_break, pictograph: false, word }
}

const fn with(char: char, word_break: WordBreak, pictograph: bool, word: bool) -> Representative {
    Representative { char, word_break, pictograph, word }
}

/// One character of each class (ASCII where the class has one), the pictographs among Other and ALetter apart.
pub(crate) const CLASSES: [Representative; 21] = [
    rep('!', Other),
    rep('\r', Cr),
    rep('\n', Lf),
    rep('\u{85}', Newline),
    rep('\u{301}', Extend),
    rep('\u{ad}', Format),
    rep('\u{200d}', Zwj),
    rep('\u{1f1e6}', RegionalIndicator),
    rep('ア', Katakana),
    rep('א', HebrewLetter),
    rep('a', ALetter),
    rep('\'', SingleQuote),
    rep('"', DoubleQuote),
    rep('.', MidNumLet),
    rep(':', MidLetter),
    rep(',', MidNum),
    rep('1', Numeric),
    rep('_', ExtendNumLet),
    rep(' ', WSegSpace),
    with('😀', Other, true, false),
    with('ℹ', ALetter, true, true),
];

/// More of them: what the kernels tell apart, what stands beside it in Unicode, and what is odd.
pub(crate) const MORE: [Representative; 33] = [
    rep('\0', Other),
    rep('\t', Other),
    rep('\u{b}', Newline),
    rep('\u{2028}', Newline),
    rep(';', MidNum),
    rep('Z', ALetter),
    rep('é', ALetter),
    rep('ƿ', ALetter),
    rep('×', Other),
    rep('÷', Other),
    rep('Ω', ALetter),
    rep('϶', Other),
    rep('·', MidLetter),
    rep('\u{387}', MidLetter),
    rep('Я', ALetter),
    rep('ґ', ALetter),
    rep('҂', Other),
    rep('\u{483}', Extend),
    rep('\u{a0}', Other),
    rep('«', Other),
    with('½', Other, false, true),
    with('©', Other, true, false),
    rep('’', MidNumLet),
    rep('—', Other),
    rep('․', MidNumLet),
    rep('‧', MidLetter),
    rep('\u{202f}', ExtendNumLet),
    rep('\u{200b}', Other),
    rep('\u{3000}', WSegSpace),
    rep('٣', Numeric),
    with('中', Other, false, true),
    with('\u{93e}', Extend, false, true),
    with('Ⓜ', ALetter, true, true),
];

/// The boundaries of the text that `chars` spell, as byte offsets, both ends included; none of an empty one.
pub(crate) fn boundaries(chars: &[Representative]) -> Vec<usize> {
    let mut out = Vec::new();
    let mut at = 0;
    for i in 0..=chars.len() {
        if !chars.is_empty() && is_boundary(chars, i) {
            out.push(at);
        }
        if let Some(rep) = chars.get(i) {
            at += rep.char.len_utf8();
        }
    }
    out
}

/// Whether a boundary stands before character `i`.
pub(crate) fn is_boundary(chars: &[Representative], i: usize) -> bool {
    // WB1, WB2: break at the start and end of text.
    if i == 0 || i == chars.len() {
        return true;
    }
    let (before, after) = (chars[i - 1].word_break, chars[i].word_break);
    // WB3: CR × LF.
    if before == Cr && after == Lf {
        return false;
    }
    // WB3a, WB3b: (Newline | CR | LF) ÷, ÷ (Newline | CR | LF).
    if is_line_end(before) || is_line_end(after) {
        return true;
    }
    // WB3c: ZWJ × \p{Extended_Pictographic}.
    if before == Zwj && chars[i].pictograph {
        return false;
    }
    // WB3d: WSegSpace × WSegSpace.
    if before == WSegSpace && after == WSegSpace {
        return false;
    }
    // WB4: X (Extend | Format | ZWJ)* → X. None of them starts a segment, and from here on they are not seen.
    if is_ignored(after) {
        return false;
    }
    let previous = skip_back(chars, i);
    let (left, right) = (previous.map(|p| chars[p].word_break), after);
    let left_2 = previous.and_then(|p| skip_back(chars, p)).map(|p| chars[p].word_break);
    let right_2 = chars[i + 1..].iter().map(|c| c.word_break).find(|&c| !is_ignored(c));
    let is_letter = |c: Option<WordBreak>| matches!(c, Some(ALetter | HebrewLetter));
    let is_mid_num_let_q = |c: Option<WordBreak>| matches!(c, Some(MidNumLet | SingleQuote));
    let (l, r) = (left, Some(right));
    // WB5: AHLetter × AHLetter.
    if is_letter(l) && is_letter(r) {
        return false;
    }
    // WB6: AHLetter × (MidLetter | MidNumLetQ) AHLetter.
    if is_letter(l) && (r == Some(MidLetter) || is_mid_num_let_q(r)) && is_letter(right_2) {
        return false;
    }
    // WB7: AHLetter (MidLetter | MidNumLetQ) × AHLetter.
    if is_letter(left_2) && (l == Some(MidLetter) || is_mid_num_let_q(l)) && is_letter(r) {
        return false;
    }
    // WB7a: Hebrew_Letter × Single_Quote.
    if l == Some(HebrewLetter) && r == Some(SingleQuote) {
        return false;
    }
    // WB7b: Hebrew_Letter × Double_Quote Hebrew_Letter.
    if l == Some(HebrewLetter) && r == Some(DoubleQuote) && right_2 == Some(HebrewLetter) {
        return false;
    }
    // WB7c: Hebrew_Letter Double_Quote × Hebrew_Letter.
    if left_2 == Some(HebrewLetter) && l == Some(DoubleQuote) && r == Some(HebrewLetter) {
        return false;
    }
    // WB8: Numeric × Numeric. WB9: AHLetter × Numeric. WB10: Numeric × AHLetter.
    if (l == Some(Numeric) && (r == Some(Numeric) || is_letter(r))) || (is_letter(l) && r == Some(Numeric)) {
        return false;
    }
    // WB11: Numeric (MidNum | MidNumLetQ) × Numeric.
    if left_2 == Some(Numeric) && (l == Some(MidNum) || is_mid_num_let_q(l)) && r == Some(Numeric) {
        return false;
    }
    // WB12: Numeric × (MidNum | MidNumLetQ) Numeric.
    if l == Some(Numeric) && (r == Some(MidNum) || is_mid_num_let_q(r)) && right_2 == Some(Numeric) {
        return false;
    }
    // WB13: Katakana × Katakana.
    if l == Some(Katakana) && r == Some(Katakana) {
        return false;
    }
    let joins_low_line = |c: Option<WordBreak>| is_letter(c) || matches!(c, Some(Numeric | Katakana));
    // WB13a: (AHLetter | Numeric | Katakana | ExtendNumLet) × ExtendNumLet.
    if (joins_low_line(l) || l == Some(ExtendNumLet)) && r == Some(ExtendNumLet) {
        return false;
    }
    // WB13b: ExtendNumLet × (AHLetter | Numeric | Katakana).
    if l == Some(ExtendNumLet) && joins_low_line(r) {
        return false;
    }
    // WB15: sot (RI RI)* RI × RI. WB16: [^RI] (RI RI)* RI × RI.
    if l == Some(RegionalIndicator) && r == Some(RegionalIndicator) {
        let mut count = 0;
        let mut at = previous;
        while let Some(p) = at.filter(|&p| chars[p].word_break == RegionalIndicator) {
            count += 1;
            at = skip_back(chars, p);
        }
        return count % 2 == 0;
    }
    // WB999: Any ÷ Any.
    true
}

fn is_line_end(c: WordBreak) -> bool {
    matches!(c, Cr | Lf | Newline)
}

fn is_ignored(c: WordBreak) -> bool {
    matches!(c, Extend | Format | Zwj)
}

/// The character before `i` that WB4 leaves: an ignored one only if it follows nothing or a line end.
fn skip_back(chars: &[Representative], i: usize) -> Option<usize> {
    let mut at = i.checked_sub(1)?;
    while is_ignored(chars[at].word_break) && at > 0 && !is_line_end(chars[at - 1].word_break) {
        at -= 1;
    }
    Some(at)
}
