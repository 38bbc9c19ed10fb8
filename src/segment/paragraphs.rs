//! Paragraphs: text in, spans out, in order, white space trimmed, none empty.

use super::Span;

/// What separates paragraphs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ParagraphMode {
    /// Blank lines if there are any, else line ends; hard-wrapped lines are joined in both cases.
    #[default]
    Auto,
    /// Blank lines only.
    Blank,
    /// Every line is a paragraph.
    Line,
}

/// Longest line, in characters, of text that was wrapped by hand or by a mail program.
const WRAP_WIDTH: usize = 100;

#[derive(Clone, Copy)]
struct Line {
    span: Span,
    /// Characters, up to `WRAP_WIDTH + 1`.
    width: usize,
    indented: bool,
    /// A blank line stands before it.
    after_blank: bool,
}

/// Cuts `text` into paragraphs. Line ends may be LF, CRLF or CR.
pub fn paragraphs(text: &str, mode: ParagraphMode) -> Vec<Span> {
    let lines = lines(text);
    let blank = lines.iter().skip(1).any(|l| l.after_blank);
    let mut out: Vec<Span> = Vec::with_capacity(lines.len());
    let mut block = 0;
    for i in 0..lines.len() {
        let block_ends = lines.get(i + 1).is_none_or(|next| next.after_blank);
        match mode {
            ParagraphMode::Line => out.push(lines[i].span),
            ParagraphMode::Blank if block_ends => {
                out.push(Span { start: lines[block].span.start, end: lines[i].span.end });
                block = i + 1;
            }
            ParagraphMode::Auto if block_ends => {
                // Without blank lines anywhere the whole text is one block, and only clear wrapping joins its lines.
                split_block(text, &lines[block..=i], blank, &mut out);
                block = i + 1;
            }
            _ => {}
        }
    }
    out
}

fn lines(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut start = 0;
    let mut after_blank = false;
    while start <= bytes.len() {
        let end = memchr::memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |i| start + i);
        let line = &text[start..end];
        let trimmed = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if trimmed.is_empty() {
            after_blank = true;
        } else {
            let at = start + (trimmed.as_ptr() as usize - line.as_ptr() as usize);
            out.push(Line {
                span: Span { start: at as u32, end: (at + trimmed.len()) as u32 },
                width: trimmed.chars().take(WRAP_WIDTH + 1).count(),
                indented: line.starts_with("  ") || line.starts_with('\t'),
                after_blank,
            });
            after_blank = false;
        }
        if end == bytes.len() {
            break;
        }
        start = end + if bytes[end..].starts_with(b"\r\n") { 2 } else { 1 };
    }
    out
}

/// Splits a block of lines without a blank one between them.
fn split_block(text: &str, lines: &[Line], blank_elsewhere: bool, out: &mut Vec<Span>) {
    let wrapped = is_wrapped(text, lines, blank_elsewhere);
    let widest = lines.iter().map(|l| l.width).max().unwrap_or(0);
    let mut current = lines[0].span;
    for pair in lines.windows(2) {
        let (above, below) = (pair[0], pair[1]);
        // A wrapped paragraph ends where a line ends early with a full stop, and where the next one is indented.
        let ends_early = above.width * 4 < widest * 3 && ends_sentence(slice(text, above.span));
        let joins =
            wrapped && (blank_elsewhere || !ends_early) && (above.indented || !below.indented) && !starts_item(slice(text, below.span));
        if joins {
            current.end = below.span.end;
        } else {
            out.push(current);
            current = below.span;
        }
    }
    out.push(current);
}

/// Whether lines were broken to fit a width rather than to end paragraphs.
fn is_wrapped(text: &str, lines: &[Line], blank_elsewhere: bool) -> bool {
    if lines.len() < 2 || lines.iter().any(|l| l.width > WRAP_WIDTH) {
        return false;
    }
    let inner = &lines[..lines.len() - 1];
    let open = inner.iter().filter(|l| !ends_sentence(slice(text, l.span))).count();
    let widest = lines.iter().map(|l| l.width).max().unwrap_or(0);
    let full = inner.iter().filter(|l| l.width * 10 >= widest * 7).count();
    let enough = if blank_elsewhere { 2 } else { 3 };
    lines.len() >= enough && open * 2 >= inner.len() && full * 3 >= inner.len() * 2 && widest > 30
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'', ')', '»']).ends_with(['.', '!', '?', '…', ':'])
}

/// List items and speaker labels begin a paragraph of their own.
fn starts_item(line: &str) -> bool {
    let bullet = line.starts_with("- ") || line.starts_with("* ") || line.starts_with("• ") || line.starts_with("– ");
    let label = line.split_once(':').is_some_and(|(label, rest)| {
        label.len() <= 40
            && rest.starts_with(' ')
            && label.chars().filter(|c| c.is_alphabetic()).count() >= 2
            && label.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | '-' | '\'' | '’') || c.is_numeric())
    });
    bullet || label
}

fn slice(text: &str, span: Span) -> &str {
    &text[span.start as usize..span.end as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, mode: ParagraphMode) -> Vec<String> {
        paragraphs(text, mode).into_iter().map(|s| slice(text, s).replace(['\r', '\n'], "/")).collect()
    }

    #[test]
    fn auto() {
        let wrapped = "The minister said on Monday that the talks had failed and that\nnobody in the room had wanted them to go on any longer than\nthat.\n\
                       Another paragraph starts here because the line above ends early\nand so the reader can tell that a new thought has begun in it.\n";
        let rows: &[(&str, &[&str])] = &[
            ("", &[]),
            ("\n \n\t\r\n", &[]),
            ("One.", &["One."]),
            ("One.\nTwo.\nThree.", &["One.", "Two.", "Three."]),
            ("One.\r\nTwo.\r\n", &["One.", "Two."]),
            ("One.\r\rTwo.", &["One.", "Two."]),
            ("\u{feff}One.\n\n  Two.  \n", &["One.", "Two."]),
            (
                "Title\n\nA first line of a wrapped paragraph that goes\non in the next one.\n\nEnd.",
                &["Title", "A first line of a wrapped paragraph that goes/on in the next one.", "End."],
            ),
        ];
        for (text, want) in rows {
            assert_eq!(cut(text, ParagraphMode::Auto), *want, "{text:?}");
        }
        assert_eq!(cut(wrapped, ParagraphMode::Auto).len(), 2);
        let dialogue = "MR. JONES: We never said that.\nMS. ROE: You did, and more than once.\nMR. JONES: When?";
        assert_eq!(cut(dialogue, ParagraphMode::Auto).len(), 3);
    }

    #[test]
    fn other_modes() {
        assert_eq!(cut("a\nb\n\nc", ParagraphMode::Blank), ["a/b", "c"]);
        assert_eq!(cut("a\nb\n\nc", ParagraphMode::Line), ["a", "b", "c"]);
    }
}
