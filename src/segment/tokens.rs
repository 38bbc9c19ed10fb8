//! The token stream of the scorers: word boundaries in, typed tokens out.
//!
//! [`word_bounds`](super::word_bounds) cuts by the letter of UAX #29; a scorer wants a URL, a hashtag, an emoticon or an ellipsis in
//! one piece, `Putin's` as `Putin` with a mark, and to know of each word whether it is capitalised or shouted. [`tokens`]
//! gives that. White space is dropped, all else is covered: joined with the white space between them (and the `'s` of
//! possessives), the tokens are the text.

use std::mem::take;

use super::Kernel;
use super::words::{Blocks, Classify, Task, ends, is_alphabetic, lowest, word_bounds};

/// What a [`Token`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum TokenKind {
    /// Letters, with the digits, apostrophes and dots that UAX #29 keeps inside a word.
    Word,
    /// Begins with a digit.
    Number,
    /// `#word`.
    Hashtag,
    /// `@word`.
    Mention,
    /// `http://...`, `https://...`, `www. ...`, `name@host`.
    Url,
    /// A pictograph with its modifiers, a flag, a keycap.
    Emoji,
    /// `:-)` and its kin.
    Emoticon,
    /// `,`
    Comma,
    /// `.`
    Period,
    /// `…` or two and more periods.
    Ellipsis,
    /// `?`
    Question,
    /// `!`
    Exclamation,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// An en or em dash, `--`, or a hyphen with space on both sides.
    Dash,
    /// `-` that joins two words.
    Hyphen,
    /// A double quotation mark: `"`, `“`, `”`, `„`, `«`, `»`.
    DoubleQuote,
    /// A single quotation mark or an apostrophe outside words: `'`, `‘`, `’`, `‚`, `‹`, `›`, a backtick.
    SingleQuote,
    /// `(`, `[`, `{`
    Open,
    /// `)`, `]`, `}`
    Close,
    /// Any other character.
    Symbol,
}

/// Marks of a [`Token`], as bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Marks(u8);

impl Marks {
    /// White space, or the start of the text, stands before the token.
    pub const SPACE_BEFORE: Marks = Marks(1);
    /// A line break is part of that white space.
    pub const LINE_BEFORE: Marks = Marks(2);
    /// The first letter is upper case.
    pub const CAPITAL: Marks = Marks(4);
    /// Two or more letters, all upper case.
    pub const SHOUTED: Marks = Marks(8);
    /// A possessive `'s` (or the `'s` of "it's") follows and belongs to no token.
    pub const POSSESSIVE: Marks = Marks(16);
    /// Some letter stands three or more times in a row.
    pub const LENGTHENED: Marks = Marks(32);
    /// Some byte is not ASCII.
    pub const NON_ASCII: Marks = Marks(64);

    /// Whether all bits of `other` are set.
    pub fn has(self, other: Marks) -> bool {
        self.0 & other.0 == other.0
    }

    /// The `'s` of "he's" or "that's" follows: short for "is" or "has". Set where words are looked up, in place of `POSSESSIVE`.
    pub const SHORT: Marks = Marks(128);

    const AFTER_LINE: Marks = Marks(Marks::SPACE_BEFORE.0 | Marks::LINE_BEFORE.0);

    pub(crate) fn set(&mut self, other: Marks) {
        self.0 |= other.0;
    }

    /// Nobody owns anything in "he's late".
    pub(crate) fn shorten(&mut self) {
        self.0 = self.0 & !Marks::POSSESSIVE.0 | Marks::SHORT.0;
    }
}

/// One token: a span of the text, its kind and its marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte (of the word without its possessive `'s`).
    pub end: u32,
    /// What it is.
    pub kind: TokenKind,
    /// What else is known of it.
    pub marks: Marks,
}

impl Token {
    /// The text of the token.
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }

    /// Word, number, hashtag, mention, URL, emoji or emoticon: what is not punctuation.
    pub fn is_lexical(&self) -> bool {
        (self.kind as u8) <= TokenKind::Emoticon as u8
    }

    /// A word.
    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// Whether the token carries the mark.
    pub fn has(&self, mark: Marks) -> bool {
        self.marks.has(mark)
    }
}

/// Cuts `text` into tokens, appended to `out`.
///
/// `text` must be shorter than 4 GiB ([`crate::Analyzer`] refuses longer documents).
///
/// Linear in the text, and free of allocation once `out` is large enough.
pub fn tokens(text: &str, out: &mut Vec<Token>) {
    Kernel::best().run(Cutter { text, bytes: text.as_bytes(), out, marks: Marks::SPACE_BEFORE, skip_to: 0, dotless_to: 0 });
}

impl Task for Cutter<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn run(mut self, kernel: impl Classify) {
        let (text, bytes) = (self.text, self.bytes);
        let mut blocks = Blocks::new(text);
        // The tokens of one block on their way out: pushing one by one costs more than finding them.
        let mut row = [Token { start: 0, end: 0, kind: TokenKind::Symbol, marks: Marks::default() }; 64];
        // Where the segment starts that the next boundary ends, and whether it is of ASCII letters only so far.
        let (mut open, mut open_letters) = (0, false);
        while let Some((base, block)) = blocks.next(kernel) {
            let letters_to = |at: usize| (!block.letters).trailing_zeros() as usize >= at;
            if block.bounds == 0 {
                open_letters &= letters_to(block.len);
                continue;
            }
            let first = lowest(block.bounds);
            let last = 63 - block.bounds.leading_zeros() as usize;
            if base + first > open {
                self.open_segment(open, base + first, open_letters && letters_to(first));
            }
            let mut padded = [0; 64];
            let window = match bytes[base..].first_chunk::<64>() {
                Some(window) => window,
                None => {
                    padded[..text.len() - base].copy_from_slice(&bytes[base..]);
                    &padded
                }
            };
            // White space is seen from the token behind it. A line end is, over the spaces between.
            let white = block.spaces | block.line_feeds;
            let after_white = white << 1;
            let after_line = block.line_feeds << 1;
            let after_line = after_line & !white | (after_line & white).wrapping_add(white) & !white;
            let marks_at = |at: usize| {
                let space = (after_white >> at & 1) as u8 * Marks::SPACE_BEFORE.0;
                let line = (after_line >> at & 1) as u8 * Marks::LINE_BEFORE.0;
                space | line
            };
            let mut starts = block.bounds & !white & !(1 << last);
            starts &= u64::MAX.checked_shl(self.skip_to.saturating_sub(base) as u32).unwrap_or(0);
            let mut ends = ends(block.bounds, starts);
            // Where the segments end that are a token of a kind that their first byte tells. Words of letters: from their start a carry
            // runs through the letters, and comes out at the end if there is nothing else in the word.
            let letters = block.letters.wrapping_add(starts & block.letters) & !block.letters;
            let lone_dots = block.dots & !(block.dots << 1) & !(block.dots >> 1);
            let plain = (starts & (block.plain | lone_dots)) << 1 & block.bounds;
            let numbers = self::ends(block.bounds, starts & block.digits);
            let easy = letters | plain | numbers;
            // A word may be shouted or lengthened.
            let look_again = starts & block.capitals & block.capitals >> 1 != 0 || repeats(window);
            loop {
                // All up to the first one that is not easy.
                let hard = ends & !easy;
                let mut run = ends & (hard & hard.wrapping_neg()).wrapping_sub(1);
                ends ^= run;
                let mut pending = take(&mut self.marks).0;
                let mut len = 0;
                while run != 0 {
                    let (start, end) = (lowest(starts), lowest(run));
                    starts &= starts.wrapping_sub(1);
                    run &= run - 1;
                    let capital = (block.capitals >> start & 1) as u8 * Marks::CAPITAL.0;
                    row[len & 63] = Token {
                        start: (base + start) as u32,
                        end: (base + end) as u32,
                        kind: KIND[window[start & 63] as usize],
                        marks: Marks(pending | marks_at(start) | capital),
                    };
                    pending = 0;
                    len += 1;
                }
                let row = &mut row[..len & 63];
                if look_again {
                    for token in row.iter_mut().filter(|t| t.kind == TokenKind::Word) {
                        token.marks.set(letter_marks(bytes, token.start as usize, token.end as usize));
                    }
                }
                if len > 0 {
                    self.out.extend_from_slice(row);
                }
                self.marks.0 = pending;
                if hard == 0 {
                    break;
                }
                let (start, end) = (lowest(starts), lowest(ends));
                starts &= starts.wrapping_sub(1);
                ends &= ends.wrapping_sub(1);
                self.marks.0 |= marks_at(start);
                match punctuation(&bytes[base + start..base + end]) {
                    Some(kind) => self.push(base + start, base + end, kind),
                    None => self.segment(base + start, base + end),
                }
                if self.skip_to > base + end {
                    starts &= u64::MAX.checked_shl((self.skip_to - base) as u32).unwrap_or(0);
                    ends = self::ends(block.bounds, starts);
                }
            }
            open = base + last;
            // The white space before the segment that is open, as above; that may be white space itself.
            let white_before = if last > 0 { (!(white << (64 - last))).leading_zeros() as usize } else { 0 };
            if white_before > 0 && open > self.skip_to {
                let run = ((1 << white_before) - 1) << (last - white_before);
                self.marks.set(if block.line_feeds & run != 0 { Marks::AFTER_LINE } else { Marks::SPACE_BEFORE });
            }
            open_letters = (!(block.letters >> last)).trailing_zeros() as usize >= block.len - last;
        }
        if open < text.len() {
            self.segment(open, text.len());
        }
    }
}

/// Of the punctuation that news has most of outside ASCII: its kind.
#[inline(always)]
fn punctuation(segment: &[u8]) -> Option<TokenKind> {
    let [0xe2, 0x80, third] = *segment else { return None };
    match third {
        0x93 | 0x94 => Some(TokenKind::Dash),
        0x98 | 0x99 => Some(TokenKind::SingleQuote),
        0x9c | 0x9d => Some(TokenKind::DoubleQuote),
        0xa6 => Some(TokenKind::Ellipsis),
        _ => None,
    }
}

/// What the letters of a word of ASCII letters say.
fn letter_marks(bytes: &[u8], start: usize, end: usize) -> Marks {
    let word = &bytes[start..end];
    let mut marks = Marks::default();
    if word[0].is_ascii_uppercase() {
        marks.set(Marks::CAPITAL);
        if word.len() > 1 && !word.iter().any(u8::is_ascii_lowercase) {
            marks.set(Marks::SHOUTED);
        }
    }
    if lengthened(bytes, start, end) {
        marks.set(Marks::LENGTHENED);
    }
    marks
}

/// Whether some byte of a window stands three times in a row.
#[inline(always)]
fn repeats(window: &[u8; 64]) -> bool {
    let mut found = 0;
    // Two halves that overlap, in the shape that compilers make vectors of.
    for half in [0, 30] {
        let (a, b, c) = (&window[half..half + 32], &window[half + 1..half + 33], &window[half + 2..half + 34]);
        for i in 0..32 {
            found |= u8::from(a[i] == b[i]) & u8::from(b[i] == c[i]);
        }
    }
    found != 0
}

/// The kinds of segments that begin with a byte, as far as it tells.
static KIND: [TokenKind; 256] = {
    let mut table = [TokenKind::Symbol; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => TokenKind::Word,
            b'0'..=b'9' => TokenKind::Number,
            b',' => TokenKind::Comma,
            b'.' => TokenKind::Period,
            b'?' => TokenKind::Question,
            b'!' => TokenKind::Exclamation,
            b'"' => TokenKind::DoubleQuote,
            b'\'' => TokenKind::SingleQuote,
            b')' => TokenKind::Close,
            _ => TokenKind::Symbol,
        };
        byte += 1;
    }
    table
};

struct Cutter<'t, 'o> {
    text: &'t str,
    bytes: &'t [u8],
    out: &'o mut Vec<Token>,
    marks: Marks,
    /// Segments that start before it are part of a token that was pushed.
    skip_to: usize,
    /// No address with a dot in it ends before it: what was read once is not read for every `@` in it.
    dotless_to: usize,
}

impl Cutter<'_, '_> {
    /// The word of letters before `:`, `@` or `/` may be the head of an address: it was pushed without that question.
    fn address(&mut self, at: usize) {
        let Some(&word) = self.out.last().filter(|t| t.end as usize == at && t.kind == TokenKind::Word) else { return };
        let start = word.start as usize;
        // Not the last part of a segment of several words, which was asked for.
        let is_part = match self.out[..] {
            [.., before, mark, _] => {
                let marked = matches!(mark.kind, TokenKind::Colon | TokenKind::Period) && mark.end as usize == start;
                let from = before.start as usize;
                // Between them there may be a possessive.
                marked
                    && !mark.has(Marks::SPACE_BEFORE)
                    && before.is_word()
                    && mark.start - before.end <= 4
                    && word_bounds(&self.text[from..at]).all(|(bound, _)| from + bound != start)
            }
            _ => false,
        };
        if !is_part
            && self.bytes[start..at].iter().all(u8::is_ascii_alphabetic)
            && let Some(end) = self.url(start, at)
        {
            self.out.pop();
            let marks = Marks(word.marks.0 & (Marks::SPACE_BEFORE.0 | Marks::LINE_BEFORE.0));
            self.out.push(Token { start: word.start, end: end as u32, kind: TokenKind::Url, marks });
            self.skip_to = end;
        }
    }

    /// A segment that began in a block before.
    #[inline]
    fn open_segment(&mut self, start: usize, end: usize, is_letters: bool) {
        if start < self.skip_to {
        } else if is_letters {
            self.marks.set(letter_marks(self.bytes, start, end));
            self.push(start, end, TokenKind::Word);
        } else if self.bytes[start] == b' ' {
            self.marks.set(Marks::SPACE_BEFORE);
        } else if let Some(kind) = punctuation(&self.bytes[start..end]) {
            self.push(start, end, kind);
        } else {
            self.segment(start, end);
        }
    }

    /// Any segment.
    #[inline(never)]
    fn segment(&mut self, start: usize, end: usize) {
        if start < self.skip_to {
            return;
        }
        let first = self.bytes[start];
        if matches!(first, b':' | b'@' | b'/') {
            self.address(start);
            if start < self.skip_to {
                return;
            }
        }
        match first {
            b' ' | b'\t' | 0x0b | 0x0c => self.marks.set(Marks::SPACE_BEFORE),
            b'\n' | b'\r' => self.marks.set(Marks::AFTER_LINE),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.word(start, end),
            b'0'..=b'9' => self.push(start, end, TokenKind::Number),
            0x80.. => self.non_ascii(start, end),
            _ => self.punctuation(start, end, first),
        }
    }

    #[inline(always)]
    fn push(&mut self, start: usize, end: usize, kind: TokenKind) {
        let marks = take(&mut self.marks);
        self.out.push(Token { start: start as u32, end: end as u32, kind, marks });
    }

    /// Everything up to the next white space, less closing punctuation.
    fn run_to_space(&self, start: usize) -> usize {
        let rest = &self.text[start..];
        let len = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”')).unwrap_or(rest.len());
        let run = rest[..len].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '’', '…']);
        start + run.len()
    }

    fn word(&mut self, start: usize, end: usize) {
        if let Some(url_end) = self.url(start, end) {
            self.push(start, url_end, TokenKind::Url);
            self.skip_to = url_end;
            return;
        }
        // `:` and a dot before a capital are inside words for UAX #29 ("said:I", "over.The"); a scorer wants two words.
        let mut from = start;
        let word = &self.bytes[start..end];
        if word.iter().any(|&b| matches!(b, b':' | b'.')) {
            for i in start + 1..end - 1 {
                let cut = match self.bytes[i] {
                    b':' => true,
                    b'.' => {
                        i - from >= 3
                            && self.bytes[i - 1].is_ascii_lowercase()
                            && self.bytes[i + 1].is_ascii_uppercase()
                            && i + 2 < end
                            && self.bytes[i + 2].is_ascii_lowercase()
                    }
                    _ => false,
                };
                if cut && i > from {
                    self.one_word(from, i);
                    self.push(i, i + 1, if self.bytes[i] == b':' { TokenKind::Colon } else { TokenKind::Period });
                    from = i + 1;
                    if self.bytes[i] == b'.' {
                        self.marks.set(Marks::SPACE_BEFORE);
                    }
                }
            }
        }
        self.one_word(from, end);
    }

    fn one_word(&mut self, start: usize, end: usize) {
        let bytes = &self.bytes[start..end];
        let mut core = bytes.len();
        // The possessive: 's, ’s (and S in shouted text).
        if core > 2 && matches!(bytes[core - 1], b's' | b'S') {
            if bytes[core - 2] == b'\'' {
                core -= 2;
            } else if core > 4 && bytes[core - 4..core - 1] == [0xe2, 0x80, 0x99] {
                core -= 4;
            }
        }
        let mut marks = self.marks;
        if core < bytes.len() {
            marks.set(Marks::POSSESSIVE);
        }
        let bytes = &bytes[..core];
        if bytes.is_ascii() {
            if bytes[0].is_ascii_uppercase() {
                marks.set(Marks::CAPITAL);
                if core > 1 && !bytes.iter().any(u8::is_ascii_lowercase) && bytes[1..].iter().any(u8::is_ascii_uppercase) {
                    marks.set(Marks::SHOUTED);
                }
            }
            if core > 2 && bytes.windows(3).any(|w| w[0] == w[1] && w[1] == w[2] && w[0].is_ascii_alphabetic()) {
                marks.set(Marks::LENGTHENED);
            }
        } else {
            marks.set(Marks::NON_ASCII);
            let word = &self.text[start..start + core];
            let mut letters = word.chars().filter(|&c| is_alphabetic(c));
            if letters.next().is_some_and(char::is_uppercase) {
                marks.set(Marks::CAPITAL);
                let mut more = false;
                if letters.all(|c| {
                    more = true;
                    !c.is_lowercase()
                }) && more
                {
                    marks.set(Marks::SHOUTED);
                }
            }
        }
        self.marks = marks;
        self.push(start, start + core, TokenKind::Word);
    }

    fn url(&mut self, start: usize, end: usize) -> Option<usize> {
        let after = &self.bytes[end..];
        let word = &self.bytes[start..end];
        if after.starts_with(b"://")
            && (word.eq_ignore_ascii_case(b"http") || word.eq_ignore_ascii_case(b"https") || word.eq_ignore_ascii_case(b"ftp"))
        {
            return Some(self.run_to_space(start).max(end));
        }
        if after.first() == Some(&b'@') && after.get(1).is_some_and(u8::is_ascii_alphanumeric) {
            if end < self.dotless_to {
                return None;
            }
            let run = self.run_to_space(start);
            if memchr::memchr(b'.', &self.bytes[end..run.max(end)]).is_some() {
                return Some(run);
            }
            self.dotless_to = run;
        }
        if word.len() > 4 && word[..4].eq_ignore_ascii_case(b"www.") {
            return Some(self.run_to_space(start).max(end));
        }
        // host.tld/path: a known short ending followed by a slash.
        if after.first() == Some(&b'/') && memchr::memchr(b'.', word).is_some() && after.get(1).is_some_and(|b| !b.is_ascii_whitespace()) {
            return Some(self.run_to_space(start).max(end));
        }
        None
    }

    fn non_ascii(&mut self, start: usize, end: usize) {
        let Some(c) = self.text[start..end].chars().next() else { return };
        if is_alphabetic(c) && !is_pictograph(c) {
            return self.word(start, end);
        }
        if c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}') {
            self.marks.set(Marks::SPACE_BEFORE);
            if matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}') {
                self.marks.set(Marks::LINE_BEFORE);
            }
            return;
        }
        let kind = match c {
            '“' | '”' | '„' | '‟' | '«' | '»' | '〝' | '〞' | '「' | '」' | '『' | '』' => TokenKind::DoubleQuote,
            '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' => TokenKind::SingleQuote,
            '–' | '—' | '―' | '‒' => TokenKind::Dash,
            '‐' | '‑' => return self.hyphen(start, end),
            '…' => TokenKind::Ellipsis,
            '¿' | '¡' => TokenKind::Symbol,
            '？' => TokenKind::Question,
            '！' => TokenKind::Exclamation,
            '。' | '．' => TokenKind::Period,
            '，' | '、' | '،' => TokenKind::Comma,
            _ if is_pictograph(c) => TokenKind::Emoji,
            _ if c.is_numeric() => TokenKind::Number,
            _ => TokenKind::Symbol,
        };
        self.push(start, end, kind);
    }

    fn hyphen(&mut self, start: usize, end: usize) {
        let space_after = self.text[end..].chars().next().is_none_or(char::is_whitespace);
        let space_before = self.marks.has(Marks::SPACE_BEFORE);
        let kind = if space_before && space_after { TokenKind::Dash } else { TokenKind::Hyphen };
        self.push(start, end, kind);
    }

    fn punctuation(&mut self, start: usize, end: usize, first: u8) {
        if may_start_emoticon(first)
            && let Some(len) = emoticon(self.bytes, start, self.marks.has(Marks::SPACE_BEFORE))
        {
            self.push(start, start + len, TokenKind::Emoticon);
            self.skip_to = start + len;
            return;
        }
        let run = |b: u8| self.bytes[start..].iter().take_while(|&&x| x == b).count();
        let kind = match first {
            b',' => TokenKind::Comma,
            b'.' => {
                let dots = run(b'.');
                if dots > 1 {
                    self.push(start, start + dots, TokenKind::Ellipsis);
                    self.skip_to = start + dots;
                    return;
                }
                TokenKind::Period
            }
            b'?' => TokenKind::Question,
            b'!' => TokenKind::Exclamation,
            b':' => TokenKind::Colon,
            b';' => TokenKind::Semicolon,
            b'-' => {
                let dashes = run(b'-');
                if dashes > 1 {
                    self.push(start, start + dashes, TokenKind::Dash);
                    self.skip_to = start + dashes;
                    return;
                }
                return self.hyphen(start, end);
            }
            b'"' => TokenKind::DoubleQuote,
            b'\'' | b'`' => {
                // `` and '' are how some corpora write double quotation marks.
                if self.bytes.get(start + 1) == Some(&first) && self.bytes.get(start + 2) != Some(&first) {
                    self.push(start, start + 2, TokenKind::DoubleQuote);
                    self.skip_to = start + 2;
                    return;
                }
                TokenKind::SingleQuote
            }
            b'(' | b'[' | b'{' => TokenKind::Open,
            b')' | b']' | b'}' => TokenKind::Close,
            b'#' | b'@' if self.tag_end(end) > end => {
                let tag_end = self.tag_end(end);
                let kind = if first == b'#' { TokenKind::Hashtag } else { TokenKind::Mention };
                self.push(start, tag_end, kind);
                self.skip_to = tag_end;
                return;
            }
            _ => TokenKind::Symbol,
        };
        self.push(start, end, kind);
    }

    /// Where the word of a hashtag or mention that begins at `from` ends; `from` if there is none.
    fn tag_end(&self, from: usize) -> usize {
        let rest = &self.text[from..];
        let len = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        if rest[..len].chars().any(char::is_alphabetic) { from + len } else { from }
    }
}

/// Whether a letter stands three or more times in a row in a word of ASCII letters.
#[inline(always)]
fn lengthened(bytes: &[u8], start: usize, end: usize) -> bool {
    let len = end - start;
    if len < 3 {
        return false;
    }
    if let Some(&eight) = bytes[start..].first_chunk::<8>()
        && len <= 8
    {
        let x = u64::from_le_bytes(eight);
        // Byte `i` is 0 where bytes `i` and `i + 1` are alike, then where three are.
        let two = x ^ (x >> 8);
        let three = two | (two >> 8) | (u64::MAX << (8 * (len - 2)));
        return three.wrapping_sub(0x0101_0101_0101_0101) & !three & 0x8080_8080_8080_8080 != 0;
    }
    bytes[start..end].windows(3).any(|w| w[0] == w[1] && w[1] == w[2])
}

/// Emoji by block: the pictographs that news, tweets and chats use, flags, keycap marks.
fn is_pictograph(c: char) -> bool {
    matches!(c as u32,
        0x1f000..=0x1faff | 0x2600..=0x27bf | 0x2b00..=0x2bff | 0x2190..=0x21ff | 0x2300..=0x23ff
        | 0x203c | 0x2049 | 0x2122 | 0x2139 | 0x24c2 | 0x25a0..=0x25ff | 0x2934 | 0x2935 | 0x3030 | 0x303d | 0x3297 | 0x3299)
}

/// The first bytes of what [`emoticon`] finds, so that it is not asked at every comma.
fn may_start_emoticon(first: u8) -> bool {
    matches!(first, b':' | b';' | b'=' | b'>' | b'}' | b'<' | b'^' | b'-' | b'\\' | b'(' | b'*')
}

/// Length of the emoticon that starts at `start`, if one does: eyes, an optional nose, a mouth; hearts; a few faces.
fn emoticon(bytes: &[u8], start: usize, space_before: bool) -> Option<usize> {
    let rest = &bytes[start..];
    let at = |i: usize| rest.get(i).copied().unwrap_or(b' ');
    let ends = |i: usize| !at(i).is_ascii_alphanumeric();
    // Eyes; `>:(` has brows.
    let brow = usize::from(matches!(at(0), b'>' | b'}') && matches!(at(1), b':' | b';' | b'='));
    let eyes = at(brow);
    if matches!(eyes, b':' | b';' | b'=') {
        let mut i = brow + 1;
        if at(i) == b'\'' {
            i += 1;
        }
        if matches!(at(i), b'-' | b'o' | b'^' | b'~') && !at(i + 1).is_ascii_whitespace() {
            i += 1;
        }
        let mouth = at(i);
        let round = matches!(mouth, b')' | b'(' | b'[' | b']' | b'}' | b'{' | b'|' | b'*' | b'@' | b'$');
        // `:/` inside an address is none; `:D` needs a word end behind it.
        let slant = matches!(mouth, b'/' | b'\\') && at(i + 1) != mouth;
        let letter =
            matches!(mouth, b'D' | b'P' | b'p' | b'O' | b'o' | b'S' | b's' | b'L' | b'3' | b'X' | b'x' | b'c' | b'0') && ends(i + 1);
        if (round
            && (space_before || i > brow + 1 || matches!(mouth, b')' | b'('))
            && !(mouth == b'(' && at(i + 1).is_ascii_alphanumeric() && i == brow + 1))
            || (slant && (space_before || i > brow + 1) && ends(i + 1))
            || (letter && space_before)
        {
            let mut len = i + 1;
            while matches!(mouth, b')' | b'(' | b'D') && at(len) == mouth {
                len += 1;
            }
            return Some(len);
        }
        return None;
    }
    const FACES: [&[u8]; 14] =
        [b"</3", b"<3", b"^_^", b"^__^", b"^.^", b"-_-", b"-__-", b"-.-", b">_<", b">.<", b"\\o/", b"(:", b"D:", b"*_*"];
    let is_here = |face: &&&[u8]| face[0] == at(0) && face[1] == at(1) && rest.starts_with(face) && ends(face.len());
    FACES.iter().filter(|face| space_before || face[0] == b'<').find(is_here).map(|face| face.len())
}

#[cfg(test)]
mod reference;

#[cfg(test)]
mod tests {
    use super::*;
    use TokenKind::*;

    fn cut(text: &str) -> Vec<(TokenKind, &str)> {
        let mut out = Vec::new();
        tokens(text, &mut out);
        out.iter().map(|t| (t.kind, t.text(text))).collect()
    }

    #[test]
    fn kinds() {
        let rows: &[(&str, &[(TokenKind, &str)])] = &[
            ("", &[]),
            ("Putin's Army", &[(Word, "Putin"), (Word, "Army")]),
            ("Putin’s", &[(Word, "Putin")]),
            ("isn’t", &[(Word, "isn’t")]),
            ("great,terrible", &[(Word, "great"), (Comma, ","), (Word, "terrible")]),
            ("over.The", &[(Word, "over"), (Period, "."), (Word, "The")]),
            ("U.S. said", &[(Word, "U.S"), (Period, "."), (Word, "said")]),
            ("wait... what", &[(Word, "wait"), (Ellipsis, "..."), (Word, "what")]),
            ("see https://a.b/c?d=1, now", &[(Word, "see"), (Url, "https://a.b/c?d=1"), (Comma, ","), (Word, "now")]),
            ("#NotMine @joe_b", &[(Hashtag, "#NotMine"), (Mention, "@joe_b")]),
            ("so-called - no", &[(Word, "so"), (Hyphen, "-"), (Word, "called"), (Dash, "-"), (Word, "no")]),
            ("ok :-) :D", &[(Word, "ok"), (Emoticon, ":-)"), (Emoticon, ":D")]),
            ("He said: no", &[(Word, "He"), (Word, "said"), (Colon, ":"), (Word, "no")]),
            ("3.5 and 9-11", &[(Number, "3.5"), (Word, "and"), (Number, "9"), (Hyphen, "-"), (Number, "11")]),
            ("❤️ 👍🏽", &[(Emoji, "❤️"), (Emoji, "👍🏽")]),
            ("“It’s”", &[(DoubleQuote, "“"), (Word, "It"), (DoubleQuote, "”")]),
        ];
        for (text, want) in rows {
            assert_eq!(&cut(text), want, "{text}");
        }
    }

    #[test]
    fn marks() {
        let mut out = Vec::new();
        tokens("NATO says\nSooo Zoë’s", &mut out);
        assert!(out[0].has(Marks::SHOUTED) && out[0].has(Marks::CAPITAL));
        assert!(!out[1].has(Marks::CAPITAL));
        assert!(out[2].has(Marks::LINE_BEFORE) && out[2].has(Marks::LENGTHENED));
        assert!(out[3].has(Marks::POSSESSIVE) && out[3].has(Marks::NON_ASCII));
    }

    /// What the fast pass must agree on with the reference, one row for each shortcut, slid over the edges of blocks.
    const CASES: [&str; 24] = [
        "Putin's Army, the U.S. said: \"No!\"",
        "www.x.org/a?b=1, http://a.b. HTTPS://c",
        "joe@example.com joe@example a@b@c@d@e.f",
        "host.tld/path a/b and/or",
        "said:I over.The end.of it",
        ":-) :) :D ;-( >:( =P :/ </3 <3 ^_^ -_- \\o/ (: D: *_* x:) 10:30",
        "sooo SOOO aaaaaaaa aaaaaaaaa abbbc zzz noooooooooo",
        "NATO I A Ab AB aB",
        "... .. . -- - a-b - c ' '' ''' `` ``` `",
        "#tag #1 ## @me @_ #a_b @1a #é",
        "\r\n \n\n\t x\u{b}y",
        "“It’s” ‘no’ «oui» „ja“ – — ― ‐ … ¿ ¡ 。，、！？",
        "❤️ 👍🏽 🇺🇸🇬🇧 👩‍👩‍👧 #️⃣ 1️⃣ ☺ ℹ Ⓜ © ½",
        "Zoë’s ÉCOLE école Ünïcödé Россия РОССИЯ россия",
        "中文字 カタカナ हिन्दी العربية",
        "\u{a0}x\u{2003}y\u{2028}z\u{85}w\u{feff}v\u{200b}u",
        " \u{301}a \u{301}",
        "3.5 1,200 v2.0 2nd 9-11 1990s '90s",
        "a.b.c. e.g. i.e. U.S.A. a.m.",
        "<a href=\"http://x.y/z\">link</a>",
        "foo_bar __init__ _x x_ _",
        "http://a.b/c“d” http://a.b/c’ http://x…",
        "wwww.x www. www",
        "a@b a@b. a@b.c. @b.c",
    ];

    fn agree(text: &str) {
        let (mut found, mut expected) = (Vec::new(), Vec::new());
        tokens(text, &mut found);
        reference::tokens(text, &mut expected);
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn fast_pass_is_the_reference() {
        for case in CASES {
            for pad in 0..=66 {
                for filler in ["a", " ", "\n", "é", "'"] {
                    agree(&format!("{}{case}", filler.repeat(pad)));
                    agree(&format!("{}{case} end", filler.repeat(pad)));
                }
            }
        }
        let all = CASES.concat();
        for (at, _) in all.char_indices() {
            agree(&all[at..]);
        }
    }

    #[test]
    fn fast_pass_is_the_reference_on_random_text() {
        let pieces: Vec<&str> = CASES.iter().flat_map(|case| case.split_inclusive([' ', '.', '@', ':'])).collect();
        let chars: Vec<char> = CASES.concat().chars().collect();
        let mut seed = 0x2545_f491_4f6c_dd1d_u64;
        let mut random = move |below: usize| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            (seed >> 33) as usize % below
        };
        for _ in 0..50_000 {
            let mut text = String::new();
            for _ in 0..random(40) {
                match random(3) {
                    0 => text.push(chars[random(chars.len())]),
                    1 => text.push_str(pieces[random(pieces.len())]),
                    _ => text.extend(std::iter::repeat_n(chars[random(chars.len())], random(5))),
                }
            }
            agree(&text);
        }
    }
}
