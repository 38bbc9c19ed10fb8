//! A text cut into units of one kind, as `philippic tokenize` prints them.

use crate::AnalyzeError;
use crate::document::{Document, Workspace};
use crate::lexicon::{Cat, Compiled, Family};
use crate::scorers::sarcasm::is_scare_quote;
use crate::segment::{self, Marks, ParagraphMode, Quotation, TokenKind};

/// What a text is cut into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum UnitKind {
    /// Words by UAX #29.
    #[default]
    Words,
    /// The tokens that the scorers read: words, numbers, punctuation, URLs, emoji.
    Tokens,
    /// Sentences.
    Sentences,
    /// Paragraphs.
    Paragraphs,
    /// Quotations with their marks, outer before inner.
    Quotes,
}

/// One unit: a span and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Unit {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// `word`, `number`; a token's kind; `sentence`; `paragraph`; `speech`, `title`, `scare`.
    pub kind: &'static str,
}

/// Cuts `text`; the lexicon is asked for abbreviations and for what makes a scare quote.
///
/// # Errors
/// [`AnalyzeError::TooLong`] for 4 GiB and more.
pub fn units(lexicon: &Compiled, text: &str, mode: ParagraphMode, kind: UnitKind) -> Result<Vec<Unit>, AnalyzeError> {
    if u32::try_from(text.len()).is_err() {
        return Err(AnalyzeError::TooLong(text.len()));
    }
    if kind == UnitKind::Words {
        let kind = |word: &str| if word.chars().any(char::is_alphabetic) { "word" } else { "number" };
        return Ok(segment::words(text)
            .map(|(at, word)| Unit { start: at as u32, end: (at + word.len()) as u32, kind: kind(word) })
            .collect());
    }
    let mut workspace = Workspace::default();
    let document = workspace.read(lexicon, text, mode);
    Ok(match kind {
        UnitKind::Words | UnitKind::Tokens => {
            document.tokens.iter().map(|t| Unit { start: t.start, end: t.end, kind: token_kind(t.kind) }).collect()
        }
        UnitKind::Sentences => document.sentences.iter().map(|s| unit(document.span(s.clone()), "sentence")).collect(),
        UnitKind::Paragraphs => document.paragraphs.iter().map(|p| unit(p.span, "paragraph")).collect(),
        UnitKind::Quotes => document.quotes.iter().map(|q| unit(document.span(q.tokens.clone()), quote_kind(&document, q))).collect(),
    })
}

/// How much of a text reads as the lexicon's language: the share of its words that are function words there, and the number of words.
///
/// English prose has 0.35 and more; another language in Latin letters below 0.1.
pub fn function_words(lexicon: &Compiled, text: &str) -> (f32, usize) {
    let grammar = |tags: u128| (0..Cat::KNOWN).any(|c| tags & Cat(c).tag() != 0 && Cat(c).family() == Family::Grammar);
    let mut workspace = Workspace::default();
    let document = workspace.read(lexicon, text, ParagraphMode::Line);
    let words = document.tokens.iter().enumerate().filter(|(_, t)| t.is_word());
    let (mut all, mut known) = (0, 0);
    for (i, _) in words {
        all += 1;
        known += usize::from(grammar(document.tags(i)));
    }
    (known as f32 / all.max(1) as f32, all)
}

fn unit(span: segment::Span, kind: &'static str) -> Unit {
    Unit { start: span.start, end: span.end, kind }
}

fn token_kind(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Word => "word",
        TokenKind::Number => "number",
        TokenKind::Hashtag => "hashtag",
        TokenKind::Mention => "mention",
        TokenKind::Url => "url",
        TokenKind::Emoji => "emoji",
        TokenKind::Emoticon => "emoticon",
        TokenKind::Comma => "comma",
        TokenKind::Period => "period",
        TokenKind::Ellipsis => "ellipsis",
        TokenKind::Question => "question",
        TokenKind::Exclamation => "exclamation",
        TokenKind::Colon => "colon",
        TokenKind::Semicolon => "semicolon",
        TokenKind::Dash => "dash",
        TokenKind::Hyphen => "hyphen",
        TokenKind::DoubleQuote => "double_quote",
        TokenKind::SingleQuote => "single_quote",
        TokenKind::Open => "open",
        TokenKind::Close => "close",
        TokenKind::Symbol => "symbol",
    }
}

/// Longest title in words.
const TITLE_WORDS: usize = 12;

/// Speech, a title, or a scare quote.
fn quote_kind(document: &Document<'_>, quote: &Quotation) -> &'static str {
    if is_scare_quote(document, quote) {
        return "scare";
    }
    let inner = quote.inner.start as usize..quote.inner.end as usize;
    let words: Vec<usize> = inner.filter(|&t| document.tokens[t].is_word()).collect();
    let before = (quote.tokens.start.saturating_sub(3)..quote.tokens.start).any(|t| document.is(t as usize, Cat::TITLE_CONTEXT.tag()));
    let small = Cat::PREPOSITION.tag() | Cat::DETERMINER.tag() | Cat::COORDINATOR.tag();
    let capitals = words.iter().all(|&t| document.has(t, Marks::CAPITAL) || document.is(t, small));
    let ends_speech = quote.inner.end.checked_sub(1).is_some_and(|t| document.tokens[t as usize].kind == TokenKind::Comma);
    if quote.closed && !words.is_empty() && words.len() <= TITLE_WORDS && (before || (capitals && words.len() > 1 && !ends_speech)) {
        return "title";
    }
    "speech"
}
