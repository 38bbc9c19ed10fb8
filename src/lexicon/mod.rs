//! Lexicons: TSV text in, one immutable table out, and per token of a text the entries that it meets.
//!
//! [`LexiconFile`] is one parsed file (format: `lexicons/README.md`), [`Lexicon`] the compiled union of many. Words are
//! data: nothing in the program knows a word that is not in a file here.

mod blob;
mod builtin;
mod category;
mod check;
mod compile;
mod diff;
mod forms;
#[cfg(feature = "import")]
mod import;
pub(crate) mod irregular;
mod lengthened;
mod parse;
mod stats;
mod table;
#[cfg(test)]
mod tests;

pub use builtin::{BUILTIN_FILES, builtin_files};
pub use category::Family;
pub use check::{Finding, Severity, check};
pub use diff::{Change, Side, diff};
#[cfg(feature = "import")]
pub use import::{CategoryMap, Columns, ImportError, ImportFormat, ImportOptions, Imported, Remark, detect, import};
#[cfg(feature = "corpus")]
pub(crate) use parse::fnv1a;
pub use parse::{Entry, LexiconError, LexiconErrorKind, LexiconFile, Match};
pub use stats::{CategoryStats, Spread, stats};
pub use table::{Compiled, EntryId, Lexicon, Met, SourceInfo};

pub(crate) use category::Cat;
pub(crate) use compile::fold;
pub(crate) use forms::FormCache;
pub(crate) use table::{Hit, Looked, Matches};

impl serde::Serialize for Match {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
