//! What is measured on: files or generated news, cut into documents.

use std::ops::Range;

use philippic::corpus::generate::Text;
use philippic::input;
use philippic::segment::{self, ParagraphMode};
use philippic::{Analyzer, Scratch};

use super::super::args::display;
use super::super::console::Console;
use super::super::{Outcome, args};
use super::{BenchArgs, Size};

/// Longer texts are cut.
const LONGEST: usize = 32_000;
/// Into documents of at least so many bytes.
const LEAST: usize = 16_000;

/// Where bytes come from, each time they are read.
pub(super) enum Source {
    File(String),
    /// Standard input, read once; generated text.
    Bytes(String, Vec<u8>),
}

impl Source {
    /// Reads and decodes it.
    pub(super) fn read(&self, encoding: Option<&str>) -> Result<input::Decoded, input::InputError> {
        match self {
            Source::File(path) => input::read(path, encoding),
            Source::Bytes(_, bytes) => input::decode(bytes.clone(), encoding),
        }
    }

    fn name(&self) -> String {
        match self {
            Source::File(path) => display(path),
            Source::Bytes(name, _) => name.clone(),
        }
    }
}

pub(super) fn sources(args: &BenchArgs) -> anyhow::Result<Vec<Source>> {
    if args.files.is_empty() {
        let text = Text::EnglishNews.generate(args.bytes as usize, 1);
        return Ok(vec![Source::Bytes("generated news".to_string(), text.into_bytes())]);
    }
    let source = |path: &String| {
        if path == "-" { Ok(Source::Bytes(display(path), args::read_text(path)?.into_bytes())) } else { Ok(Source::File(path.clone())) }
    };
    args.files.iter().map(source).collect()
}

/// The documents of all sources that can be read; what cannot is said.
pub(super) fn documents(sources: &[Source], args: &BenchArgs, console: &mut Console) -> (Vec<String>, Outcome) {
    let mut out = Vec::new();
    let mut outcome = Outcome::Done;
    for source in sources {
        match source.read(args.read.encoding.encoding.as_deref()) {
            Ok(decoded) => {
                if let Some(notice) = decoded.notice {
                    console.note(&format!("{}: {notice}", source.name()));
                }
                cut(&decoded.text, args, &mut out);
            }
            Err(error) => {
                console.error(&format!("{}: {error}", source.name()));
                outcome = outcome.max(if error.is_rejection() { Outcome::Rejected } else { Outcome::Failed });
            }
        }
    }
    (out, outcome)
}

fn cut(text: &str, args: &BenchArgs, out: &mut Vec<String>) {
    if text.trim().is_empty() {
        return;
    }
    if args.whole || text.len() <= LONGEST {
        return out.push(text.to_string());
    }
    let mode: ParagraphMode = args.read.paragraphs.into();
    let mut document: Option<Range<usize>> = None;
    for paragraph in segment::paragraphs(text, mode) {
        let (start, end) = (paragraph.start as usize, paragraph.end as usize);
        let from = document.map_or(start, |d| d.start);
        document = Some(from..end);
        if end - from >= LEAST {
            out.push(text[from..end].to_string());
            document = None;
        }
    }
    out.extend(document.map(|d| text[d].to_string()));
}

/// Counts the corpus.
pub(super) fn size(args: &BenchArgs, documents: &[String], analyzer: &Analyzer) -> anyhow::Result<Size> {
    let name = match args.files.as_slice() {
        [] => "generated news".to_string(),
        [one] => display(one),
        [first, rest @ ..] => format!("{} and {} more", display(first), rest.len()),
    };
    let mut scratch = Scratch::default();
    let mut size = Size { name, documents: documents.len(), bytes: 0, words: 0, paragraphs: 0, hash: String::new() };
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for document in documents {
        size.bytes += document.len();
        size.words += segment::words(document).count();
        size.paragraphs += analyzer.analyze_with(document, &mut scratch)?.paragraphs.len();
        // The length keeps two documents from being one.
        for byte in document.bytes().chain(document.len().to_le_bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    size.hash = format!("{hash:016x}");
    Ok(size)
}
