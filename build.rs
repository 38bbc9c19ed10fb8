//! Compiles the lexicons of `lexicons/en` into the table that the program reads in place (see `src/lexicon/compile.rs`), with the
//! crate's own parser, tokenizer and compiler.

#![allow(dead_code, unused_imports, unreachable_pub, missing_docs, clippy::all)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[path = "src/segment"]
mod segment {
    mod tokens;
    mod words;
    pub use tokens::{Marks, Token, TokenKind, tokens};
    pub use words::*;
}

#[path = "src/lexicon"]
mod lexicon {
    pub mod blob;
    pub mod category;
    pub mod compile;
    pub mod parse;
}

use lexicon::compile::{Built, compile};
use lexicon::parse::LexiconFile;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=lexicons/en");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let folder = Path::new("lexicons").join("en");
    let mut names: Vec<String> =
        fs::read_dir(root.join(&folder))?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect::<io::Result<_>>()?;
    names.retain(|name| name.ends_with(".tsv"));
    names.sort();
    let mut files = Vec::new();
    let mut list = String::from("pub const BUILTIN_FILES: &[(&str, &str)] = &[\n");
    let mut sources = String::from("pub(super) const SOURCES: &[(&str, &str, u64)] = &[\n");
    for name in &names {
        let path = format!("lexicons/en/{name}");
        let absolute = root.join(&folder).join(name);
        match LexiconFile::parse(&path, &fs::read_to_string(&absolute)?) {
            Ok(file) => {
                let _ = writeln!(list, "    ({path:?}, include_str!({absolute:?})),");
                let _ = writeln!(sources, "    ({:?}, {:?}, {:#x}),", file.name, file.version, file.hash);
                files.push(file);
            }
            Err(error) => println!("cargo::error={error}"),
        }
    }
    let Built { blob, custom } = compile(&files);
    fs::write(out.join("lexicon.bin"), blob)?;
    fs::write(
        out.join("lexicon.rs"),
        format!(
            "/// Path and text of every built-in lexicon file, in the order in which they are compiled.\n{list}];\n\
             /// Name, version and hash of each.\n{sources}];\n\
             /// Categories of theirs that the program does not know.\npub(super) const CUSTOM: &[&str] = &{custom:?};\n"
        ),
    )
}
