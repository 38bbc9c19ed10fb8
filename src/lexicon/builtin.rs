//! The lexicon files that are compiled into the program.

use super::LexiconFile;

/// Path prefix of the built-in files in provenance and errors.
pub(super) const PREFIX: &str = "lexicons/en/";

macro_rules! files {
    ($($name:literal)*) => {
        /// Path and text of every built-in lexicon file, in the order in which they are compiled.
        pub const BUILTIN_FILES: &[(&str, &str)] =
            &[$((concat!("lexicons/en/", $name), include_str!(concat!("../../lexicons/en/", $name))),)*];
    };
}

include!("builtin_list.rs");

/// The built-in files, parsed.
///
/// # Panics
/// Never: a test parses every file that is compiled in.
pub fn builtin_files() -> Vec<LexiconFile> {
    BUILTIN_FILES.iter().filter_map(|(path, text)| LexiconFile::parse(path, text).ok()).collect()
}
