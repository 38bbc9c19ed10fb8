//! Text in columns: widths as a terminal counts them, clipping, padding, wrapping.

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::console::{PLAIN, paint};

/// Columns that a text takes.
pub(super) fn columns(text: &str) -> usize {
    text.width()
}

/// White space as single spaces, control characters as U+FFFD: text of a file must not steer the terminal.
pub(super) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().filter(|&c| c != '\u{feff}').map(|c| if c.is_control() { '\u{fffd}' } else { c }));
    }
    out
}

/// At most `width` columns, cut behind a word if there is one, with an ellipsis.
pub(super) fn clip(text: &str, width: usize) -> String {
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
    format!("{}…", whole_words.trim_end_matches([' ', ',', ';', ':', '.', '–', '—']))
}

/// Padded with spaces on the right to `width` columns.
pub(super) fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

/// Padded with spaces on the left to `width` columns.
pub(super) fn pad_left(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(columns(text))))
}

/// A stretch of text in one style.
pub(super) type Piece = (Style, String);

/// Lines of at most `width` columns, broken at spaces (inside a word only where it is wider than a line).
pub(super) fn wrap(pieces: &[Piece], width: usize) -> Vec<String> {
    let mut lines = Lines { done: Vec::new(), line: Vec::new(), used: 0 };
    for word in words(pieces) {
        let wide: usize = word.parts.iter().map(|(_, text)| columns(text)).sum();
        if let Some(space) = word.space.filter(|_| lines.used > 0) {
            if lines.used + 1 + wide > width {
                lines.end();
            } else {
                lines.push(space, " ");
            }
        }
        for (style, text) in word.parts {
            let mut rest = text;
            while lines.used + columns(rest) > width {
                let mut at = lines.used;
                let fits = rest.char_indices().find(|(_, c)| {
                    at += c.width().unwrap_or(0);
                    at > width
                });
                let (head, tail) = rest.split_at(fits.map_or(rest.len(), |(i, _)| i));
                if head.is_empty() && lines.used == 0 {
                    break;
                }
                lines.push(style, head);
                lines.end();
                rest = tail;
            }
            lines.push(style, rest);
        }
    }
    lines.end();
    lines.done
}

/// Lines as they are filled; neighbours of one style are painted together.
struct Lines {
    done: Vec<String>,
    line: Vec<Piece>,
    used: usize,
}

impl Lines {
    fn push(&mut self, style: Style, text: &str) {
        self.used += columns(text);
        match self.line.last_mut() {
            Some((last, line)) if *last == style => line.push_str(text),
            _ => self.line.push((style, text.to_string())),
        }
    }

    fn end(&mut self) {
        self.done.push(self.line.drain(..).map(|(style, text)| paint(style, text)).collect());
        self.used = 0;
    }
}

struct Word<'p> {
    /// The style of the space before it; `None` where there is no space.
    space: Option<Style>,
    parts: Vec<(Style, &'p str)>,
}

fn words(pieces: &[Piece]) -> Vec<Word<'_>> {
    let mut out: Vec<Word<'_>> = Vec::new();
    let mut space = Some(PLAIN);
    for (style, text) in pieces {
        for (i, part) in text.split(' ').enumerate() {
            if i > 0 {
                space = Some(*style);
            }
            if part.is_empty() {
                continue;
            }
            match (space.take(), out.last_mut()) {
                (None, Some(word)) => word.parts.push((*style, part)),
                (gap, _) => out.push(Word { space: gap, parts: vec![(*style, part)] }),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clipping() {
        let rows = [
            ("short", 10, "short"),
            ("a rather long line", 12, "a rather…"),
            ("unbreakable", 6, "unbre…"),
            ("日本語の文章", 7, "日本語…"),
            ("", 5, ""),
        ];
        for (text, width, want) in rows {
            assert_eq!(clip(text, width), want);
            assert!(columns(&clip(text, width)) <= width);
        }
    }

    #[test]
    fn wrapping() {
        let plain = |text: &str, width| wrap(&[(PLAIN, text.to_string())], width);
        assert_eq!(plain("one two three", 7), ["one two", "three"]);
        assert_eq!(plain("abcdefghij k", 4), ["abcd", "efgh", "ij k"]);
        assert_eq!(plain("日本語日本語", 4), ["日本", "語日", "本語"]);
        assert_eq!(plain("", 4), [""]);
        let glued = [(PLAIN, "on the [brink".to_string()), (PLAIN, "]".to_string()), (PLAIN, " of".to_string())];
        assert_eq!(wrap(&glued, 8), ["on the", "[brink]", "of"]);
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(one_line("\u{feff}a\x1b[31m\n b\tc"), "a\u{fffd}[31m b c");
    }
}
