//! The readable text of a web page: its title and its article, without navigation and notices.

use dom_smoothie::{Config, Readability, TextMode};

use crate::corpus::error::RejectKind;
use crate::corpus::record::{Document, RAW_KEPT, Reject};
use crate::input;

/// More elements than any article has; the parser's time grows with them.
const ELEMENTS: usize = 200_000;
/// Deeper than any page that people write; the parser's stack grows with it.
const DEPTH: usize = 400;

/// The document of a page.
///
/// # Errors
/// A [`Reject`] where the page holds no readable text.
pub(crate) fn document(bytes: Vec<u8>, charset: Option<&str>, id: Option<String>, keep: Vec<Option<String>>) -> Result<Document, Reject> {
    let raw = bytes[..bytes.len().min(RAW_KEPT)].to_vec();
    let reject = |message: String| Reject::new(RejectKind::Html, message, raw.clone());
    if std::str::from_utf8(&bytes).is_err() || charset.is_some() {
        let label = charset.map(String::from).or_else(|| meta_charset(&bytes));
        let known = label.filter(|l| encoding_rs::Encoding::for_label(l.as_bytes()).is_some());
        let decoded = input::decode(bytes, known.as_deref()).map_err(|e| Reject::new(RejectKind::Binary, e.to_string(), raw.clone()))?;
        return page(&decoded.text, id, keep).map_err(reject);
    }
    let text = String::from_utf8(bytes).map_err(|_| reject("not UTF-8".to_string()))?;
    page(&text, id, keep).map_err(reject)
}

fn page(html: &str, id: Option<String>, keep: Vec<Option<String>>) -> Result<Document, String> {
    if depth(html) > DEPTH {
        return Err(format!("elements are nested deeper than {DEPTH}; convert the page to text first"));
    }
    let config = Config { text_mode: TextMode::Formatted, max_elements_to_parse: ELEMENTS, disable_json_ld: true, ..Config::default() };
    // The parser is not ours: a panic in it is this page's problem, not the run's.
    let article = super::super::run::quietly(|| {
        let mut readability = Readability::new(html, None, Some(config)).map_err(|e| e.to_string())?;
        readability.parse().map_err(|e| e.to_string())
    });
    let article = article.unwrap_or_else(|| Err("the page cannot be parsed".to_string()))?;
    let body = article.text_content.trim();
    if body.is_empty() {
        return Err("no readable text in the page".to_string());
    }
    let title = article.title.trim();
    let text = if title.is_empty() || body.starts_with(title) { body.to_string() } else { format!("{title}\n\n{body}") };
    Ok(Document { id, text, keep, json: false, guessed: None, figures: Vec::new() })
}

/// An upper bound of how deep elements are nested: open tags minus closing ones.
fn depth(html: &str) -> usize {
    const VOID: [&[u8]; 14] =
        [b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"source", b"track", b"wbr", b"!"];
    // Their end tags may be left out.
    const SOFT: [&[u8]; 10] = [b"p", b"li", b"dt", b"dd", b"tr", b"td", b"th", b"option", b"tbody", b"thead"];
    let bytes = html.as_bytes();
    let (mut now, mut most) = (0_usize, 0_usize);
    for at in memchr::memchr_iter(b'<', bytes) {
        let rest = &bytes[at + 1..];
        match rest.first() {
            Some(b'/') => now = now.saturating_sub(1),
            Some(b) if b.is_ascii_alphabetic() => {
                let end = rest.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len());
                let name = rest[..end].to_ascii_lowercase();
                let closed = memchr::memchr(b'>', rest).is_some_and(|end| end > 0 && rest[end - 1] == b'/');
                if !VOID.contains(&name.as_slice()) && !SOFT.contains(&name.as_slice()) && !closed {
                    now += 1;
                    most = most.max(now);
                }
            }
            _ => {}
        }
    }
    most
}

/// `<meta charset=...>` near the start.
fn meta_charset(bytes: &[u8]) -> Option<String> {
    let start = bytes[..bytes.len().min(2048)].to_ascii_lowercase();
    let at = memchr::memmem::find(&start, b"charset=")? + 8;
    let name: Vec<u8> = start[at..]
        .iter()
        .copied()
        .skip_while(|b| matches!(b, b'"' | b'\''))
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        .collect();
    String::from_utf8(name).ok().filter(|name| !name.is_empty())
}
