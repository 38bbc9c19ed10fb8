//! The token rules one segment at a time, without the shortcuts of the fast pass: the judge of its tests.

use super::super::words::word_bounds;
use super::{Marks, Token, TokenKind};

/// Cuts `text` into tokens, appended to `out`.
///
pub(super) fn tokens(text: &str, out: &mut Vec<Token>) {
    let mut cut = Cutter { text, bytes: text.as_bytes(), out, marks: Marks::SPACE_BEFORE, skip_to: 0 };
    for (start, segment) in word_bounds(text) {
        if start >= cut.skip_to {
            cut.segment(start, segment);
        }
    }
}

struct Cutter<'t, 'o> {
    text: &'t str,
    bytes: &'t [u8],
    out: &'o mut Vec<Token>,
    marks: Marks,
    skip_to: usize,
}

impl Cutter<'_, '_> {
    fn segment(&mut self, start: usize, segment: &str) {
        let end = start + segment.len();
        let first = self.bytes[start];
        match first {
            b' ' | b'\t' | 0x0b | 0x0c => self.marks.set(Marks::SPACE_BEFORE),
            b'\n' | b'\r' => self.marks.set(Marks(Marks::SPACE_BEFORE.0 | Marks::LINE_BEFORE.0)),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.word(start, end),
            b'0'..=b'9' => self.push(start, end, TokenKind::Number),
            0x80.. => self.non_ascii(start, end, segment),
            _ => self.punctuation(start, end, first),
        }
    }

    fn push(&mut self, start: usize, end: usize, kind: TokenKind) {
        let marks = std::mem::take(&mut self.marks);
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
        if memchr::memchr2(b':', b'.', word).is_some() {
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
            let mut letters = word.chars().filter(|c| c.is_alphabetic());
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

    fn url(&self, start: usize, end: usize) -> Option<usize> {
        let after = &self.bytes[end..];
        let word = &self.bytes[start..end];
        if after.starts_with(b"://")
            && (word.eq_ignore_ascii_case(b"http") || word.eq_ignore_ascii_case(b"https") || word.eq_ignore_ascii_case(b"ftp"))
        {
            return Some(self.run_to_space(start).max(end));
        }
        if after.first() == Some(&b'@') && after.get(1).is_some_and(u8::is_ascii_alphanumeric) {
            let run = self.run_to_space(start);
            if memchr::memchr(b'.', &self.bytes[end..run.max(end)]).is_some() {
                return Some(run);
            }
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

    fn non_ascii(&mut self, start: usize, end: usize, segment: &str) {
        let Some(c) = segment.chars().next() else { return };
        if c.is_alphabetic() && !is_pictograph(c) {
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
        if let Some(len) = emoticon(self.bytes, start, self.marks.has(Marks::SPACE_BEFORE)) {
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
                if run(first) == 2 {
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

/// Emoji by block: the pictographs that news, tweets and chats use, flags, keycap marks.
fn is_pictograph(c: char) -> bool {
    matches!(c as u32,
        0x1f000..=0x1faff | 0x2600..=0x27bf | 0x2b00..=0x2bff | 0x2190..=0x21ff | 0x2300..=0x23ff
        | 0x203c | 0x2049 | 0x2122 | 0x2139 | 0x24c2 | 0x25a0..=0x25ff | 0x2934 | 0x2935 | 0x3030 | 0x303d | 0x3297 | 0x3299)
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
    FACES.iter().find(|face| rest.starts_with(face) && ends(face.len()) && (space_before || face[0] == b'<')).map(|face| face.len())
}
