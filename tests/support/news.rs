//! Small generated news for the batch tests.
#![allow(dead_code)] // each test file uses some of it

use std::fmt::Write as _;

/// One article.
#[derive(Clone, Debug)]
pub(crate) struct Article {
    pub(crate) id: String,
    pub(crate) date: String,
    pub(crate) text: String,
}

const WHO: [&str; 6] = ["Jane Roe", "John Doe", "Maria Voss", "Peter Okafor", "Olga Haddad", "Karl Mercer"];
const WHAT: [&str; 6] = [
    "accused President Doe of lying to parliament",
    "praised Mayor Voss for the new harbour",
    "mocked the “so-called” plan of the minister",
    "warned that the city stands on the brink of collapse",
    "said, \"Of course it will work; it always has,\" and left",
    "announced a budget for schools and roads",
];

/// `count` articles of a few short paragraphs, always the same.
pub(crate) fn articles(count: usize) -> Vec<Article> {
    let mut seed = 12_345_u64;
    let mut next = move |bound: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % bound
    };
    let sentence = |next: &mut dyn FnMut(usize) -> usize| format!("{} {} on Monday.", WHO[next(6)], WHAT[next(6)]);
    (0..count)
        .map(|i| {
            let paragraphs: Vec<String> =
                (0..2 + next(3)).map(|_| (0..1 + next(3)).map(|_| sentence(&mut next)).collect::<Vec<_>>().join(" ")).collect();
            Article { id: format!("n{i}"), date: format!("2024-01-{:02}", i % 28 + 1), text: paragraphs.join("\n\n") }
        })
        .collect()
}

/// As JSON Lines.
pub(crate) fn jsonl(articles: &[Article]) -> String {
    articles.iter().fold(String::new(), |mut out, a| {
        let _ = writeln!(out, "{}", serde_json::json!({"id": a.id, "date": a.date, "text": a.text}));
        out
    })
}

/// As CSV, every field in quotes.
pub(crate) fn csv(articles: &[Article], separator: char) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut out = format!("id{separator}date{separator}text\r\n");
    for a in articles {
        let _ = write!(out, "{}{separator}{}{separator}{}\r\n", quoted(&a.id), a.date, quoted(&a.text));
    }
    out
}

/// As Common Crawl's WET.
pub(crate) fn wet(articles: &[Article]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut record = |kind: &str, head: &str, body: &str| {
        let text = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\n{head}WARC-Record-ID: <urn:uuid:0>\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
            body.len()
        );
        out.extend_from_slice(text.as_bytes());
    };
    record("warcinfo", "WARC-Filename: news.warc.wet\r\nContent-Type: application/warc-fields\r\n", "Software-Info: made for a test\r\n");
    for a in articles {
        let head = format!("WARC-Target-URI: {}\r\nWARC-Date: {}\r\nContent-Type: text/plain\r\n", a.id, a.date);
        record("conversion", &head, &a.text);
    }
    out
}

/// As a crawl: requests, pages, an error page, an image.
pub(crate) fn warc(pages: &[(&str, &str)]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut record = |kind: &str, uri: &str, body: &[u8]| {
        let head = format!(
            "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2024-02-03T00:00:00Z\r\nContent-Type: application/http; msgtype={kind}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        out.extend_from_slice(head.as_bytes());
        out.extend_from_slice(body);
        out.extend_from_slice(b"\r\n\r\n");
    };
    for (uri, page) in pages {
        record("request", uri, b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n");
        let chunked = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{page}\r\n0\r\n\r\n",
            page.len()
        );
        record("response", uri, chunked.as_bytes());
    }
    record("response", "https://a.example/gone", b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Gone.</p>");
    record("response", "https://a.example/i.png", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG");
    out
}
