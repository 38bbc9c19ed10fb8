//! Files and streams in, UTF-8 text out, with the encoding that was found; binary data is refused.
//!
//! [`read`] takes a path or `-`, [`decode`] the bytes. In order: a byte order mark decides; valid UTF-8 is UTF-8; zero bytes
//! on one side of every pair are UTF-16; known file signatures and control characters are binary; the rest is detected
//! (`chardetng`) and decoded (`encoding_rs`).
//!
//! **Offsets.** Everything that philippic reports counts bytes of the UTF-8 text that [`decode`] gives. No normalisation form is
//! applied and nothing is stripped, not even the byte order mark of a UTF-8 file, so that for UTF-8 input they are offsets
//! into the file as it lies on disk.

use std::io::Read;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A text and how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// Name of the encoding, as the WHATWG standard has it: `UTF-8`, `UTF-16LE`, `windows-1252`.
    pub encoding: &'static str,
    /// What a reader should be told: a guess that was made, bytes that were replaced.
    pub notice: Option<String>,
}

/// Why an input gave no text. The message says what, and what to do; the caller puts the name of the input before it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// There is no such file.
    #[error("no such file; check the path, or use - for standard input")]
    Missing,
    /// A directory.
    #[error("is a directory; name the files in it")]
    Directory,
    /// Reading failed.
    #[error("cannot be read ({0}); check its permissions")]
    Unreadable(std::io::Error),
    /// 4 GiB and more.
    #[error("has {0} bytes and the limit is 4 GiB; split it")]
    TooLong(u64),
    /// A file of a known kind that holds no plain text.
    #[error("is {what}, not text; {hint}")]
    Kind {
        /// The kind with its article.
        what: &'static str,
        /// What to do with it.
        hint: &'static str,
    },
    /// Bytes that are no text in any encoding.
    #[error("is binary ({0}), not text; convert it to plain text first")]
    Binary(String),
    /// An encoding that nobody knows.
    #[error("unknown encoding {0:?}; use a name such as utf-8, utf-16le, windows-1252 or shift_jis")]
    UnknownEncoding(String),
}

impl InputError {
    /// Whether the input was there and was refused for what it holds, rather than not readable.
    pub fn is_rejection(&self) -> bool {
        matches!(self, InputError::Kind { .. } | InputError::Binary(_) | InputError::TooLong(_))
    }
}

/// Reads a file, or standard input for `-`, and decodes it; `encoding` overrides detection.
///
/// # Errors
/// An [`InputError`] without the name of the input.
pub fn read(path: &str, encoding: Option<&str>) -> Result<Decoded, InputError> {
    decode(read_bytes(path)?, encoding)
}

fn read_bytes(path: &str) -> Result<Vec<u8>, InputError> {
    let from = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => InputError::Missing,
        std::io::ErrorKind::IsADirectory => InputError::Directory,
        _ => InputError::Unreadable(error),
    };
    // One byte past the limit is enough to know.
    let limit = u64::from(u32::MAX) + 1;
    let mut bytes = Vec::new();
    if path == "-" {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(from)?;
    } else {
        let file = std::fs::File::open(path).map_err(from)?;
        let meta = file.metadata().map_err(from)?;
        if meta.is_dir() {
            return Err(InputError::Directory);
        }
        if meta.len() >= limit {
            return Err(InputError::TooLong(meta.len()));
        }
        bytes.reserve(usize::try_from(meta.len()).unwrap_or(0));
        file.take(limit).read_to_end(&mut bytes).map_err(from)?;
    }
    if bytes.len() as u64 >= limit {
        return Err(InputError::TooLong(bytes.len() as u64));
    }
    Ok(bytes)
}

/// Decodes bytes; `encoding` (a WHATWG label) overrides detection. No bytes are an empty text.
///
/// # Errors
/// [`InputError::Kind`] and [`InputError::Binary`] for what is no text, [`InputError::UnknownEncoding`] for an unknown label.
pub fn decode(bytes: Vec<u8>, encoding: Option<&str>) -> Result<Decoded, InputError> {
    if let Some(label) = encoding {
        let known = Encoding::for_label(label.as_bytes()).ok_or_else(|| InputError::UnknownEncoding(label.to_string()))?;
        return Ok(decode_as(&bytes, known, None));
    }
    if bytes.starts_with(b"\xff\xfe") && !bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\xfe\xff") {
        let (encoding, name) = if bytes[0] == 0xff { (UTF_16LE, "UTF-16LE") } else { (UTF_16BE, "UTF-16BE") };
        return Ok(decode_as(&bytes[2..], encoding, Some(format!("read as {name} by its byte order mark"))));
    }
    if let Some(&(_, what, hint)) = SIGNATURES.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Err(InputError::Kind { what, hint });
    }
    if memchr::memchr(0, &bytes).is_some() {
        return match utf16_without_mark(&bytes) {
            Some(encoding) => {
                let notice = format!("read as {} (no byte order mark); say --encoding to choose another", encoding.name());
                Ok(decode_as(&bytes, encoding, Some(notice)))
            }
            None => Err(InputError::Binary("it has zero bytes".to_string())),
        };
    }
    refuse_controls(&bytes)?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text, encoding: UTF_8.name(), notice: None }),
        Err(error) => Ok(not_utf8(&error.into_bytes())),
    }
}

/// First bytes of files that are often passed by mistake, what they are, what to do.
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (b"%PDF-", "a PDF", "extract its text first, for example with pdftotext"),
    (b"PK\x03\x04", "a zip archive or an office document", "save it as plain text first"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save it as plain text first"),
    (b"{\\rtf", "an RTF document", "save it as plain text first"),
    (b"\x89PNG", "a PNG image", "philippic reads text only"),
    (b"\xff\xd8\xff", "a JPEG image", "philippic reads text only"),
    (b"GIF8", "a GIF image", "philippic reads text only"),
    (b"\x1f\x8b", "gzip data", "decompress it first, for example: gunzip -c FILE | philippic score -"),
    (b"\x28\xb5\x2f\xfd", "zstd data", "decompress it first, for example: zstd -dc FILE | philippic score -"),
    (b"\xfd7zXZ\0", "xz data", "decompress it first, for example: xz -dc FILE | philippic score -"),
    (b"BZh", "bzip2 data", "decompress it first, for example: bunzip2 -c FILE | philippic score -"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"\x7fELF", "a program", "philippic reads text only"),
    (b"SQLite format 3\0", "an SQLite database", "export its text first"),
    (b"PAR1", "a Parquet file", "export its text first, or use a command that reads corpora"),
    (b"OggS", "an audio file", "philippic reads text only"),
    (b"ID3", "an audio file", "philippic reads text only"),
    (b"RIFF", "an audio, video or image file", "philippic reads text only"),
];

/// Text has few control characters: form feeds and escapes occur, runs of them do not.
fn refuse_controls(bytes: &[u8]) -> Result<(), InputError> {
    let controls =
        bytes.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b | 0x08) || b == 0x7f).count();
    if controls > 4 && controls * 50 > bytes.len() {
        return Err(InputError::Binary(format!("{controls} control characters in {} bytes", bytes.len())));
    }
    Ok(())
}

/// UTF-16 without a mark is clear where zero bytes stand on one side of the pairs only and all else decodes to text.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(1 << 16) & !1];
    let zeros = |side: usize| sample.iter().skip(side).step_by(2).filter(|&&b| b == 0).count();
    let encoding = match (zeros(0), zeros(1)) {
        (0, n) if n > 0 => UTF_16LE,
        (n, 0) if n > 0 => UTF_16BE,
        _ => return None,
    };
    let (text, broken) = encoding.decode_without_bom_handling(sample);
    let plausible = |c: char| {
        c.is_alphanumeric() || c.is_whitespace() || c.is_ascii_punctuation() || matches!(c as u32, 0x2000..=0x206f | 0x3000..=0x303f)
    };
    let odd = text.chars().filter(|&c| !plausible(c)).count();
    (bytes.len().is_multiple_of(2) && !broken && odd * 20 <= text.chars().count()).then_some(encoding)
}

fn not_utf8(bytes: &[u8]) -> Decoded {
    // A UTF-8 file with a few broken bytes (cut in the middle, one line pasted from elsewhere) stays UTF-8.
    let (mut broken, mut sound) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        broken += usize::from(!chunk.invalid().is_empty());
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
    }
    if sound >= broken * 4 {
        let notice = format!("{broken} {} not UTF-8 and replaced by U+FFFD", if broken == 1 { "sequence is" } else { "sequences are" });
        return Decoded { text: String::from_utf8_lossy(bytes).into_owned(), encoding: UTF_8.name(), notice: Some(notice) };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let notice = format!("not UTF-8, read as {}; say --encoding to choose another", encoding.name());
    decode_as(bytes, encoding, Some(notice))
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding, notice: Option<String>) -> Decoded {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let mut notice = notice;
    if broken {
        let replaced = "some bytes replaced by U+FFFD";
        notice = Some(notice.map_or_else(|| format!("read as {}, {replaced}", encoding.name()), |n| format!("{n} ({replaced})")));
    }
    Decoded { text: text.into_owned(), encoding: encoding.name(), notice }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn encodings() {
        let text = "The minister’s “plan” failed, said Zoë.";
        let russian = "Министр солгал, сказал он. План провалился.";
        let rows: Vec<(&str, Vec<u8>, &str, &str, bool)> = vec![
            ("empty", vec![], "", "UTF-8", false),
            ("utf-8", text.into(), text, "UTF-8", false),
            ("utf-8 with mark keeps it, so that offsets hold", b"\xef\xbb\xbfHi.".to_vec(), "\u{feff}Hi.", "UTF-8", false),
            ("utf-16le with mark", [b"\xff\xfe".to_vec(), utf16(text, false)].concat(), text, "UTF-16LE", true),
            ("utf-16be with mark", [b"\xfe\xff".to_vec(), utf16(text, true)].concat(), text, "UTF-16BE", true),
            ("utf-16le without", utf16(text, false), text, "UTF-16LE", true),
            ("utf-16be without", utf16(text, true), text, "UTF-16BE", true),
            ("utf-16le without, russian", utf16(russian, false), russian, "UTF-16LE", true),
            ("windows-1252", b"The minister\x92s \x93plan\x94 failed, said Zo\xeb.".to_vec(), text, "windows-1252", true),
            ("windows-1251", encoding_rs::WINDOWS_1251.encode(russian).0.into_owned(), russian, "windows-1251", true),
        ];
        for (name, bytes, want, encoding, told) in rows {
            let got = decode(bytes, None).unwrap();
            assert_eq!((got.text.as_str(), got.encoding, got.notice.is_some()), (want, encoding, told), "{name}");
        }
    }

    #[test]
    fn a_few_broken_bytes_leave_utf8_alone() {
        let mut bytes = "“One” – “two” – “three”.".as_bytes().to_vec();
        bytes.push(0xe2);
        let got = decode(bytes, None).unwrap();
        assert_eq!((got.text.as_str(), got.encoding), ("“One” – “two” – “three”.\u{fffd}", "UTF-8"));
        assert_eq!(got.notice.unwrap(), "1 sequence is not UTF-8 and replaced by U+FFFD");
    }

    #[test]
    fn refusals() {
        let rows: &[(&[u8], &str)] = &[
            (b"%PDF-1.7\n...", "is a PDF, not text; extract its text first, for example with pdftotext"),
            (b"\x1f\x8b\x08\0", "is gzip data, not text; decompress it first, for example: gunzip -c FILE | philippic score -"),
            (b"a\0b\0\0c\0\0d", "is binary (it has zero bytes), not text; convert it to plain text first"),
            (b"\x01\x02\x03\x04\x05\x06abc", "is binary (6 control characters in 9 bytes), not text; convert it to plain text first"),
        ];
        for (bytes, want) in rows {
            let error = decode(bytes.to_vec(), None).unwrap_err();
            assert!(error.is_rejection());
            assert_eq!(error.to_string(), *want);
        }
        assert!(matches!(decode(b"x".to_vec(), Some("klingon")), Err(InputError::UnknownEncoding(_))));
    }

    #[test]
    fn a_chosen_encoding_wins() {
        assert_eq!(decode(b"\xe9".to_vec(), Some("latin1")).unwrap().text, "é");
        assert_eq!(decode(b"\xe9".to_vec(), Some("koi8-r")).unwrap().text, "И");
    }
}
