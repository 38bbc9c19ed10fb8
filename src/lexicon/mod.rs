//! Lexicons: TSV text in, one immutable table out, and per token of a text the entries that it meets.
//!
//! [`LexiconFile`] is one parsed file (format: `lexicons/README.md`), [`Lexicon`] the compiled union of many. Words are
//! data: nothing in the program knows a word that is not in a file here.

mod blob;
mod builtin;
mod category;
mod check;
mod compile;
mod forms;
mod lengthened;
mod parse;
mod table;
#[cfg(test)]
mod tests;

pub use builtin::{BUILTIN_FILES, builtin_files};
pub use category::Family;
pub use check::{Finding, Severity, check};
#[cfg(feature = "corpus")]
pub(crate) use parse::fnv1a;
pub use parse::{Entry, LexiconError, LexiconErrorKind, LexiconFile, Match};
pub use table::{Compiled, EntryId, Lexicon, Met, SourceInfo};

pub(crate) use category::Cat;
pub(crate) use forms::FormCache;
pub(crate) use table::{Hit, Looked, Matches};

impl serde::Serialize for Match {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
