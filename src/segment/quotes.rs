//! Quotations: tokens of a document with its paragraphs in, quotations with their nesting out.
//!
//! Curly, straight, guillemets, double and single marks. An apostrophe is no quotation mark. News opens every paragraph of a long
//! quotation anew and closes only the last: such parts are linked by [`Quotation::continues`]. A quotation that is not
//! closed ends with its paragraph.

use std::ops::Range;

use super::{Marks, Token, TokenKind};

/// One quotation inside one paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Tokens from the opening mark to the closing mark, both included where they are there.
    pub tokens: Range<u32>,
    /// Tokens between the marks.
    pub inner: Range<u32>,
    /// Number of the paragraph.
    pub paragraph: u32,
    /// 0 for an outer quotation, 1 for one inside another, and so on.
    pub depth: u8,
    /// Whether a closing mark was found.
    pub closed: bool,
    /// Whether it goes on with the quotation that the paragraph before left open.
    pub continues: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Double,
    Single,
}

/// The marks that are not closed yet, outer before inner.
#[derive(Default)]
struct Open {
    /// Numbers of their quotations.
    marks: Vec<(usize, Style)>,
    /// How many there are of each style.
    of: [usize; 2],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    Either,
}

/// Finds the quotations of a document. `paragraphs` are the token ranges of its paragraphs.
/// The result is ordered by first token, outer before inner.
pub fn quotations(tokens: &[Token], text: &str, paragraphs: &[Range<u32>], out: &mut Vec<Quotation>) {
    let mut left_open = false;
    let mut open = Open::default();
    for (number, range) in paragraphs.iter().enumerate() {
        open.marks.clear();
        open.of = [0; 2];
        left_open = paragraph(tokens, text, range.clone(), number as u32, left_open, &mut open, out);
    }
}

fn paragraph(
    tokens: &[Token],
    text: &str,
    range: Range<u32>,
    number: u32,
    left_open: bool,
    open: &mut Open,
    out: &mut Vec<Quotation>,
) -> bool {
    let first_new = out.len();
    let end = range.end as usize;
    let mut singles_checked_to = 0;
    let mut single_closes = false;
    for i in range.start as usize..end {
        let style = match tokens[i].kind {
            TokenKind::DoubleQuote => Style::Double,
            TokenKind::SingleQuote => Style::Single,
            _ => continue,
        };
        let side = side(tokens, text, i, range.start as usize, end);
        let closes_top = side != Side::Open && open.marks.last().is_some_and(|&(_, s)| s == style);
        // A closing double mark also ends single ones left open inside it.
        let closes_outer = side != Side::Open && style == Style::Double && open.of[Style::Double as usize] > 0;
        if closes_top || closes_outer {
            while let Some((at, s)) = open.marks.pop() {
                open.of[s as usize] -= 1;
                let quotation: &mut Quotation = &mut out[at];
                quotation.tokens.end = i as u32 + u32::from(s == style);
                quotation.inner.end = i as u32;
                quotation.closed = s == style;
                if s == style {
                    break;
                }
            }
            continue;
        }
        if side == Side::Close {
            continue;
        }
        if style == Style::Single {
            // A single mark opens only if one that can close stands behind it in the paragraph; else it is an apostrophe.
            if singles_checked_to <= i {
                let close = (i + 2..end).find(|&j| {
                    tokens[j].kind == TokenKind::SingleQuote && self::side(tokens, text, j, range.start as usize, end) != Side::Open
                });
                singles_checked_to = close.unwrap_or(end);
                single_closes = close.is_some();
            }
            if !single_closes || open.of[Style::Single as usize] > 0 {
                continue;
            }
        }
        let depth = open.marks.len().min(u8::MAX as usize) as u8;
        let first = i == range.start as usize;
        out.push(Quotation {
            tokens: i as u32..range.end,
            inner: i as u32 + 1..range.end,
            paragraph: number,
            depth,
            closed: false,
            continues: first && depth == 0 && left_open && style == Style::Double,
        });
        open.marks.push((out.len() - 1, style));
        open.of[style as usize] += 1;
    }
    // A single mark that never closed was an apostrophe after all.
    for &(at, _) in open.marks.iter().rev().filter(|(_, style)| *style == Style::Single) {
        out.remove(at);
    }
    out[first_new..].iter().any(|q| q.depth == 0 && !q.closed)
}

fn side(tokens: &[Token], text: &str, at: usize, first: usize, end: usize) -> Side {
    let token = &tokens[at];
    match token.text(text) {
        "“" | "„" | "‘" | "‚" | "‛" | "‟" | "«" | "‹" | "``" | "「" | "『" | "〝" => return Side::Open,
        "”" | "»" | "›" | "''" | "」" | "』" | "〞" => return Side::Close,
        _ => {}
    }
    let space_before = at == first || token.has(Marks::SPACE_BEFORE);
    let next = tokens.get(at + 1).filter(|_| at + 1 < end);
    let space_after = next.is_none_or(|n| n.has(Marks::SPACE_BEFORE));
    let before = (at > first).then(|| tokens[at - 1].kind);
    let opener_before = matches!(
        before,
        None | Some(
            TokenKind::Open | TokenKind::Dash | TokenKind::Hyphen | TokenKind::DoubleQuote | TokenKind::SingleQuote | TokenKind::Symbol
        )
    );
    let is_single = token.kind == TokenKind::SingleQuote;
    match (space_before, space_after) {
        (true, false) => Side::Open,
        (false, true) => Side::Close,
        (true, true) => {
            if is_single {
                Side::Close
            } else {
                Side::Either
            }
        }
        (false, false) => {
            let next_kind = next.map(|n| n.kind);
            let word_next = matches!(next_kind, Some(TokenKind::Word | TokenKind::Number | TokenKind::Hashtag));
            let word_before = matches!(before, Some(TokenKind::Word | TokenKind::Number));
            match (opener_before, word_before, word_next) {
                (true, _, true) => Side::Open,
                (_, true, false) => Side::Close,
                (false, false, _) => Side::Close,
                // Between two words without space: an apostrophe of a word that UAX #29 cut.
                (_, true, true) if is_single => Side::Close,
                _ => Side::Either,
            }
        }
    }
}
