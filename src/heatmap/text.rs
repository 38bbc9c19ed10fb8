//! Text of others, made fit to show: nothing in it may steer a page, a picture or a terminal.
//!
//! Escaping for HTML and XML is the templates' work. Here invisible characters that change how their neighbours are read become
//! visible: bidirectional controls and isolates, tags, and invisible separators as `[U+202E]`, other control characters as U+FFFD.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What a character is shown as, where that is not itself.
enum Shown {
    Itself,
    Nothing,
    Space,
    Newline,
    Replaced,
    Named,
}

fn shown(c: char) -> Shown {
    match c {
        '\t' | '\n' | ' '..='~' => Shown::Itself,
        // The byte order mark; within a text it is an old zero-width space.
        '\u{feff}' => Shown::Nothing,
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Shown::Newline,
        '\u{a0}' | '\u{ad}' => Shown::Itself,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => Shown::Named,
        '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => Shown::Named,
        '\u{200b}' => Shown::Space,
        '\u{fffe}' | '\u{ffff}' => Shown::Replaced,
        c if c.is_control() => Shown::Replaced,
        _ => Shown::Itself,
    }
}

/// A text as it is shown, and where each of its bytes went.
pub(crate) struct Display {
    /// The text.
    pub(crate) text: String,
    /// For each change of length: the first byte behind it, and by how many UTF-16 units the shown text lies behind or ahead there.
    shifts: Vec<(u32, i64)>,
}

impl Display {
    /// Shows `text`.
    pub(crate) fn new(text: &str) -> Display {
        let mut display = Display { text: String::with_capacity(text.len()), shifts: vec![(0, 0)] };
        let (mut units, mut chars) = (0i64, text.char_indices().peekable());
        while let Some((at, c)) = chars.next() {
            let before = display.text.len();
            match shown(c) {
                Shown::Itself => display.text.push(c),
                Shown::Nothing => {}
                Shown::Space => display.text.push(' '),
                // CR LF is one line end, shown as its LF.
                Shown::Newline if c == '\r' && chars.peek().is_some_and(|(_, next)| *next == '\n') => {}
                Shown::Newline => display.text.push('\n'),
                Shown::Replaced => display.text.push('\u{fffd}'),
                Shown::Named => display.text.push_str(&format!("[U+{:04X}]", u32::from(c))),
            }
            let end = at + c.len_utf8();
            units += display.text[before..].encode_utf16().count() as i64;
            let shift = units - end as i64;
            if display.shifts.last().is_none_or(|&(_, last)| last != shift) {
                display.shifts.push((end as u32, shift));
            }
        }
        display
    }

    /// The UTF-16 offset in the shown text of a byte of the original, which must be a character's first.
    pub(crate) fn utf16(&self, byte: u32) -> u32 {
        let next = self.shifts.partition_point(|&(at, _)| at <= byte);
        let (_, shift) = self.shifts[next.saturating_sub(1)];
        u32::try_from(i64::from(byte) + shift).unwrap_or(0)
    }
}

/// `text` as it is shown.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| matches!(b, b' '..=b'~')) { Cow::Borrowed(text) } else { Cow::Owned(Display::new(text).text) }
}

/// The text on one line, single spaces between its words.
pub(crate) fn one_line(text: &str) -> String {
    visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first words of a text on one line; what comes behind the first `chars` characters is never looked at.
pub(crate) fn first_words(text: &str, chars: usize) -> String {
    let end = text.char_indices().nth(chars).map_or(text.len(), |(i, _)| i);
    let line = one_line(&text[..end]);
    if end < text.len() { clip(&format!("{line} …"), chars) } else { line }
}

/// Columns that a text takes on a terminal.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// At most `width` columns, cut behind a word if there is one, with an ellipsis.
pub(crate) fn clip(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_string();
    }
    let mut used = 0;
    let end = text.char_indices().find(|(_, c)| {
        used += c.width().unwrap_or(0);
        used > width.saturating_sub(1)
    });
    let cut = &text[..end.map_or(text.len(), |(i, _)| i)];
    let whole_words = match cut.rfind(' ') {
        Some(space) if columns(&cut[..space]) * 3 >= width * 2 => &cut[..space],
        _ => cut,
    };
    format!("{}…", whole_words.trim_end_matches([' ', ',', ';', ':', '.', '–', '—', '…']))
}

/// Padded with spaces on the right to `width` columns.
pub(crate) fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

/// Padded with spaces on the left to `width` columns.
pub(crate) fn pad_left(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(columns(text))))
}

/// "1 word", "2,000 words".
pub(crate) fn count(n: usize, what: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{} {what}{plural}", thousands(n))
}

/// "1 piece of evidence"
pub(crate) fn pieces(hits: u32) -> String {
    if hits == 1 { "1 piece of evidence".to_string() } else { format!("{} pieces of evidence", thousands(hits as usize)) }
}

/// 12,345
pub(crate) fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_shown() {
        let rows = [
            ("plain", "plain"),
            ("a\u{202e}b\u{202c}", "a[U+202E]b[U+202C]"),
            ("\u{2066}x\u{2069}\u{200f}", "[U+2066]x[U+2069][U+200F]"),
            ("\u{feff}a\x1b[31m\0", "a\u{fffd}[31m\u{fffd}"),
            ("a\r\nb\rc\u{2028}d", "a\nb\nc\nd"),
            ("é 🙂 \u{200d}", "é 🙂 \u{200d}"),
            ("\u{e0041}", "[U+E0041]"),
        ];
        for (text, want) in rows {
            assert_eq!(visible(text), want);
        }
    }

    #[test]
    fn offsets_follow() {
        for text in ["plain", "é🙂“x”\r\ny", "\u{feff}a\u{202e}b", "\u{202e}\u{202e}é", ""] {
            let display = Display::new(text);
            let mut want = 0;
            for (at, c) in text.char_indices() {
                assert_eq!(display.utf16(at as u32), want, "{text:?} at {at}");
                let next = text[at + c.len_utf8()..].chars().next();
                want += match (c, next) {
                    ('\r', Some('\n')) | ('\u{feff}', _) => 0,
                    ('\u{202e}', _) => 8,
                    _ => c.len_utf16() as u32,
                };
            }
            assert_eq!(display.utf16(text.len() as u32), want);
            assert_eq!(want as usize, display.text.encode_utf16().count());
        }
    }

    #[test]
    fn first_words_end_in_an_ellipsis() {
        assert_eq!(first_words("One two\nthree", 40), "One two three");
        assert_eq!(first_words("One two three four five", 14), "One two three…");
        assert_eq!(first_words("日本語", 40), "日本語");
    }
}
