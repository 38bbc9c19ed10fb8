//! Finds what to read: files, folders, globs and standard input, each with its format and compression, in a fixed order.

use std::path::{Component, Path, PathBuf};

use ignore::WalkBuilder;
use ignore::overrides::OverrideBuilder;
use serde::{Deserialize, Serialize};

use super::error::CorpusError;

/// Form of an input once it is decompressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Format {
    /// Told by the first bytes.
    #[default]
    Detect,
    /// A file is a document.
    Text,
    /// An object a line.
    Jsonl,
    /// An array of objects, or objects one after another.
    Json,
    /// With a header line.
    Csv,
    /// With a header line, separated by tabs.
    Tsv,
    /// Parquet.
    Parquet,
    /// Arrow IPC, as a file (also called Feather 2) or a stream.
    Arrow,
    /// A page is a document.
    Html,
    /// WARC: web pages (responses) or extracted text (Common Crawl WET).
    Warc,
}

impl Format {
    /// The format that a file extension stands for.
    pub fn of_extension(extension: &str) -> Option<Format> {
        Some(match extension.to_ascii_lowercase().as_str() {
            "txt" | "text" | "md" | "markdown" => Format::Text,
            "jsonl" | "ndjson" | "jsonlines" => Format::Jsonl,
            "json" => Format::Json,
            "csv" => Format::Csv,
            "tsv" | "tab" => Format::Tsv,
            "parquet" | "pq" => Format::Parquet,
            "arrow" | "arrows" | "ipc" | "feather" => Format::Arrow,
            "html" | "htm" | "xhtml" => Format::Html,
            "warc" | "wet" => Format::Warc,
            _ => return None,
        })
    }

    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            Format::Detect => "detect",
            Format::Text => "txt",
            Format::Jsonl => "jsonl",
            Format::Json => "json",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Parquet => "parquet",
            Format::Arrow => "arrow",
            Format::Html => "html",
            Format::Warc => "warc",
        }
    }
}

/// How an input is compressed. The first bytes decide; this is what the name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Compression {
    /// `.gz`, of one or many members.
    Gzip,
    /// `.zst`.
    Zstd,
    /// `.bz2`.
    Bzip2,
    /// `.xz`.
    Xz,
}

impl Compression {
    fn of_extension(extension: &str) -> Option<Compression> {
        Some(match extension.to_ascii_lowercase().as_str() {
            "gz" | "gzip" => Compression::Gzip,
            "zst" | "zstd" => Compression::Zstd,
            "bz2" => Compression::Bzip2,
            "xz" => Compression::Xz,
            _ => return None,
        })
    }

    /// The compression that the first bytes show.
    pub fn of_bytes(start: &[u8]) -> Option<Compression> {
        if start.starts_with(b"\x1f\x8b") {
            Some(Compression::Gzip)
        } else if start.starts_with(b"\x28\xb5\x2f\xfd") || matches!(start, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..]) {
            Some(Compression::Zstd)
        } else if start.starts_with(b"BZh") {
            Some(Compression::Bzip2)
        } else if start.starts_with(b"\xfd7zXZ\0") {
            Some(Compression::Xz)
        } else {
            None
        }
    }

    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            Compression::Gzip => "gzip",
            Compression::Zstd => "zstd",
            Compression::Bzip2 => "bzip2",
            Compression::Xz => "xz",
        }
    }
}

/// One thing to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// How it is called in messages and ids: the path as given, `-` for standard input.
    pub name: String,
    /// Its place below the folder that was named, with `/`; the file name for a file that was named itself.
    pub below: String,
    /// Form of its records.
    pub format: Format,
    /// Compression by its name.
    pub compression: Option<Compression>,
    /// Its size; unknown for standard input.
    pub bytes: Option<u64>,
    /// When it was changed last, in nanoseconds since 1970.
    pub modified: Option<u64>,
}

impl Source {
    /// Whether it is standard input.
    pub fn is_stdin(&self) -> bool {
        self.name == "-"
    }

    /// How it is called in messages.
    pub fn title(&self) -> &str {
        if self.is_stdin() { "standard input" } else { &self.name }
    }
}

/// What is wanted of folders.
#[derive(Clone, Debug, Default)]
pub struct FindOptions {
    /// For every input, whatever its name says.
    pub format: Option<Format>,
    /// Patterns as in a `.gitignore` file, relative to the folder.
    pub exclude: Vec<String>,
    /// Files of such patterns.
    pub exclude_from: Vec<PathBuf>,
}

/// Finds the sources of `inputs` (files, folders, globs, `-`), each once, in the order named and by name within a folder.
///
/// Folders are read recursively: files of a known extension, without hidden ones, without what `exclude` or a file
/// `.philippicignore` in them names.
///
/// # Errors
/// [`CorpusError::Missing`], [`CorpusError::Nothing`], [`CorpusError::Pattern`].
pub fn find_inputs(inputs: &[String], options: &FindOptions) -> Result<Vec<Source>, CorpusError> {
    let mut found = Vec::new();
    for input in inputs {
        let path = Path::new(input);
        if input == "-" || path.is_file() || is_special(path) {
            found.push(find_source(input, options.format)?);
        } else if path.is_dir() {
            walk(input, path, None, options, &mut found)?;
        } else if let Some((base, pattern)) = split_glob(input) {
            walk(input, &base, Some(&pattern), options, &mut found)?;
        } else {
            return Err(CorpusError::Missing(input.clone()));
        }
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|source| seen.insert(source.name.clone()));
    Ok(found)
}

/// A pipe or device: read as it comes.
fn is_special(path: &Path) -> bool {
    path.metadata().is_ok_and(|m| !m.is_dir() && !m.is_file())
}

/// One file, or standard input for `-`.
///
/// # Errors
/// [`CorpusError::Missing`].
pub fn find_source(name: &str, format: Option<Format>) -> Result<Source, CorpusError> {
    if name == "-" {
        let format = format.unwrap_or(Format::Detect);
        return Ok(Source { name: name.into(), below: "stdin".into(), format, compression: None, bytes: None, modified: None });
    }
    let path = Path::new(name);
    let meta = path.metadata().map_err(|_| CorpusError::Missing(name.to_string()))?;
    let below = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let mut source = source_of(name, below, format);
    if meta.is_file() {
        source.bytes = Some(meta.len());
        source.modified =
            meta.modified().ok().and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok()).and_then(|d| u64::try_from(d.as_nanos()).ok());
    }
    Ok(source)
}

/// What a name says of format and compression.
pub fn source_of(name: &str, below: String, format: Option<Format>) -> Source {
    let (by_name, compression) = by_name(Path::new(name));
    let format = format.or(by_name).unwrap_or_default();
    Source { name: name.to_string(), below, format, compression, bytes: None, modified: None }
}

/// `news.jsonl.gz`: JSONL, gzip.
fn by_name(path: &Path) -> (Option<Format>, Option<Compression>) {
    let extension = |p: &Path| p.extension().map(|e| e.to_string_lossy().into_owned()).unwrap_or_default();
    match Compression::of_extension(&extension(path)) {
        Some(compression) => {
            let stem = path.file_stem().map(PathBuf::from).unwrap_or_default();
            (Format::of_extension(&extension(&stem)), Some(compression))
        }
        None => (Format::of_extension(&extension(path)), None),
    }
}

/// The folder before the first part with a wildcard, and the pattern from there.
fn split_glob(input: &str) -> Option<(PathBuf, String)> {
    let special = |part: &str| part.contains(['*', '?', '[', '{']);
    let parts: Vec<Component<'_>> = Path::new(input).components().collect();
    let at = parts.iter().position(|c| special(&c.as_os_str().to_string_lossy()))?;
    let base: PathBuf = parts[..at].iter().collect();
    let rest: Vec<String> = parts[at..].iter().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
    Some((if at == 0 { PathBuf::from(".") } else { base }, format!("/{}", rest.join("/"))))
}

fn walk(input: &str, base: &Path, pattern: Option<&str>, options: &FindOptions, found: &mut Vec<Source>) -> Result<(), CorpusError> {
    if !base.is_dir() {
        return Err(CorpusError::Missing(input.to_string()));
    }
    let bad = |pattern: &str| {
        let pattern = pattern.to_string();
        move |error: ignore::Error| CorpusError::Pattern { pattern, message: error.to_string() }
    };
    let mut excludes = options.exclude.clone();
    for file in &options.exclude_from {
        let text = std::fs::read_to_string(file).map_err(CorpusError::io(file))?;
        excludes.extend(text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).map(String::from));
    }
    let mut overrides = OverrideBuilder::new(base);
    if let Some(pattern) = pattern {
        overrides.add(pattern).map_err(bad(pattern))?;
    }
    for exclude in &excludes {
        // In an override, ! leaves out.
        let line = exclude.strip_prefix('!').map_or_else(|| format!("!{exclude}"), String::from);
        overrides.add(&line).map_err(bad(exclude))?;
    }
    let overrides = overrides.build().map_err(bad(pattern.unwrap_or(input)))?;
    let mut walker = WalkBuilder::new(base);
    walker.standard_filters(false).hidden(true).overrides(overrides).follow_links(true);
    walker.add_custom_ignore_filename(".philippicignore");
    walker.sort_by_file_path(|a, b| a.cmp(b));
    let before = found.len();
    for entry in walker.build() {
        // A loop of links, a folder without permission: the rest is still read.
        let Ok(entry) = entry else { continue };
        if !entry.file_type().is_some_and(|t| t.is_file()) {
            continue;
        }
        let path = entry.path();
        let shown = path.strip_prefix("./").unwrap_or(path).to_string_lossy().into_owned();
        let parts: Vec<String> =
            path.strip_prefix(base).unwrap_or(path).components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
        // A pattern matches hidden files where it names them, as in a shell.
        if parts.iter().any(|part| part.starts_with('.')) && !pattern.is_some_and(|pattern| pattern.contains("/.")) {
            continue;
        }
        let known = by_name(path).0.is_some();
        if pattern.is_none() && !known && options.format.is_none() {
            continue;
        }
        let Ok(mut source) = find_source(&shown, options.format) else { continue };
        source.below = parts.join("/");
        found.push(source);
    }
    if found.len() == before {
        return Err(CorpusError::Nothing(input.to_string()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_format_and_compression() {
        let rows = [
            ("a.jsonl", Some(Format::Jsonl), None),
            ("a.JSONL.GZ", Some(Format::Jsonl), Some(Compression::Gzip)),
            ("a.b.tsv.zst", Some(Format::Tsv), Some(Compression::Zstd)),
            ("CC-MAIN-2024.warc.wet.gz", Some(Format::Warc), Some(Compression::Gzip)),
            ("a.feather", Some(Format::Arrow), None),
            ("a.md.bz2", Some(Format::Text), Some(Compression::Bzip2)),
            ("a.xz", None, Some(Compression::Xz)),
            ("README", None, None),
        ];
        for (name, format, compression) in rows {
            assert_eq!(by_name(Path::new(name)), (format, compression), "{name}");
        }
    }

    #[test]
    fn folders_globs_and_excludes() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for file in ["a.txt", "b.jsonl", "c.bin", ".hidden.txt", "sub/d.txt", "sub/deep/e.txt", "old/f.txt", "ignored/g.txt"] {
            std::fs::create_dir_all(root.join(file).parent().unwrap()).unwrap();
            std::fs::write(root.join(file), "x").unwrap();
        }
        std::fs::write(root.join(".philippicignore"), "ignored/\n").unwrap();
        let below = |input: &str, exclude: &[&str]| -> Vec<String> {
            let options = FindOptions { exclude: exclude.iter().map(|e| e.to_string()).collect(), ..FindOptions::default() };
            let input = root.join(input).to_string_lossy().into_owned();
            find_inputs(&[input], &options).map(|found| found.into_iter().map(|s| s.below).collect()).unwrap_or_default()
        };
        assert_eq!(below("", &["old/"]), ["a.txt", "b.jsonl", "sub/d.txt", "sub/deep/e.txt"]);
        assert_eq!(below("**/*.txt", &["deep"]), ["a.txt", "old/f.txt", "sub/d.txt"]);
        assert_eq!(below("*.txt", &[]), ["a.txt"]);
        assert_eq!(below(".*.txt", &[]), [".hidden.txt"]);
        assert_eq!(below("sub/*/e.*", &[]), ["deep/e.txt"]);
        assert_eq!(below("c.bin", &[]), ["c.bin"]);
        assert_eq!(below("*.none", &[]), Vec::<String>::new());
    }
}
