//! The lexicon files that are compiled into the program: their text, and the table that `build.rs` made of them.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::LexiconFile;
use super::blob::Blob;

include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));

/// The table of all of them.
pub(super) const BLOB: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));

/// The table of all of them, read in place.
pub(super) fn blob() -> Blob {
    Blob::new(Cow::Borrowed(BLOB))
}

/// The built-in files, parsed.
pub fn builtin_files() -> Vec<LexiconFile> {
    (0..BUILTIN_FILES.len()).map(|number| builtin_file(number).clone()).collect()
}

/// One of them, parsed when it is first asked for.
pub(super) fn builtin_file(number: usize) -> &'static LexiconFile {
    static PARSED: [OnceLock<LexiconFile>; BUILTIN_FILES.len()] = [const { OnceLock::new() }; BUILTIN_FILES.len()];
    PARSED[number].get_or_init(|| {
        let (path, text) = BUILTIN_FILES[number];
        LexiconFile::parse(path, text).expect("build.rs has parsed it")
    })
}

/// The term in a line (from 1) of a built-in file, without parsing the file.
pub(super) fn builtin_term(number: usize, line: u32) -> &'static str {
    static LINES: [OnceLock<Vec<u32>>; BUILTIN_FILES.len()] = [const { OnceLock::new() }; BUILTIN_FILES.len()];
    let text = BUILTIN_FILES[number].1;
    let starts = LINES[number].get_or_init(|| {
        let next = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1);
        std::iter::once(0).chain(next).collect()
    });
    let row = &text[starts[line as usize - 1] as usize..];
    row.split('\t').next().unwrap_or("")
}
