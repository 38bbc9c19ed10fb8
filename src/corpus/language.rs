//! The language of a document, as far as it matters: whether the lexicons fit.
//!
//! Function words decide for English at almost no cost; only where they are rare is the detector asked.

use whatlang::{Lang, Script};

/// A language by its code: ISO 639-1 where there is one, else ISO 639-3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(pub &'static str);

impl Language {
    /// English.
    pub const ENGLISH: Language = Language("en");
    /// Not English, and not known.
    pub const UNKNOWN: Language = Language("und");
}

/// Bytes of the text that are looked at for function words, and by the detector.
const GLANCE: usize = 1024;
const SAMPLE: usize = 4096;
/// English prose has 0.3 and more of its words in the list below; with so many the detector is not asked.
const ENGLISH_SHARE: f32 = 0.2;
/// With so many the detector is not believed: names and headlines mislead it. Dutch, the closest, has 0.08.
const DOUBT_SHARE: f32 = 0.12;
/// A text with fewer words is taken for English unless its script says otherwise.
const ENOUGH_WORDS: usize = 12;
/// Below this share a text of some length is not English, whatever the detector makes of it.
const FOREIGN_SHARE: f32 = 0.03;

const FUNCTION_WORDS: [&str; 51] = [
    "the", "of", "and", "to", "in", "that", "is", "was", "for", "it", "on", "with", "as", "his", "he", "be", "at", "by", "had", "not",
    "are", "but", "from", "have", "they", "which", "one", "were", "this", "their", "been", "has", "would", "who", "will", "said", "its",
    "an", "or", "after", "about", "she", "her", "we", "a", "you", "if", "more", "than", "when", "him",
];

/// The language of `text`: English unless there is enough in it to say otherwise.
pub fn detect(text: &str) -> Language {
    let glance = start(text, GLANCE);
    let (mut words, mut known) = (0_usize, 0_usize);
    let mut folded = [0_u8; 8];
    for word in glance.split(|c: char| c.is_whitespace() || c.is_ascii_punctuation()).filter(|w| !w.is_empty()) {
        words += 1;
        if let Some(folded) = folded.get_mut(..word.len()) {
            folded.copy_from_slice(word.as_bytes());
            folded.make_ascii_lowercase();
            known += usize::from(FUNCTION_WORDS.iter().any(|f| f.as_bytes() == folded));
        }
    }
    let share = known as f32 / words.max(1) as f32;
    if share >= ENGLISH_SHARE {
        return Language::ENGLISH;
    }
    let Some(info) = whatlang::detect(start(text, SAMPLE)) else { return Language::ENGLISH };
    if info.lang() == Lang::Eng {
        return Language::ENGLISH;
    }
    let other_script = info.script() != Script::Latin;
    if (other_script && text.chars().take(200).filter(|c| c.is_alphabetic()).count() >= 8)
        || (words >= ENOUGH_WORDS && share < DOUBT_SHARE && info.is_reliable())
    {
        return code(info.lang());
    }
    if words >= 3 * ENOUGH_WORDS && share < FOREIGN_SHARE {
        return Language::UNKNOWN;
    }
    Language::ENGLISH
}

fn start(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// ISO 639-1 for the languages that have such a code and that news comes in.
fn code(language: Lang) -> Language {
    const SHORT: [(&str, &str); 60] = [
        ("rus", "ru"),
        ("cmn", "zh"),
        ("spa", "es"),
        ("por", "pt"),
        ("ita", "it"),
        ("ben", "bn"),
        ("fra", "fr"),
        ("deu", "de"),
        ("ukr", "uk"),
        ("kat", "ka"),
        ("ara", "ar"),
        ("hin", "hi"),
        ("jpn", "ja"),
        ("heb", "he"),
        ("yid", "yi"),
        ("pol", "pl"),
        ("amh", "am"),
        ("jav", "jv"),
        ("kor", "ko"),
        ("nob", "nb"),
        ("dan", "da"),
        ("swe", "sv"),
        ("fin", "fi"),
        ("tur", "tr"),
        ("nld", "nl"),
        ("hun", "hu"),
        ("ces", "cs"),
        ("ell", "el"),
        ("bul", "bg"),
        ("bel", "be"),
        ("mar", "mr"),
        ("kan", "kn"),
        ("ron", "ro"),
        ("slv", "sl"),
        ("hrv", "hr"),
        ("srp", "sr"),
        ("mkd", "mk"),
        ("lit", "lt"),
        ("lav", "lv"),
        ("est", "et"),
        ("tam", "ta"),
        ("vie", "vi"),
        ("urd", "ur"),
        ("tha", "th"),
        ("guj", "gu"),
        ("uzb", "uz"),
        ("pan", "pa"),
        ("aze", "az"),
        ("ind", "id"),
        ("tel", "te"),
        ("pes", "fa"),
        ("mal", "ml"),
        ("ori", "or"),
        ("mya", "my"),
        ("nep", "ne"),
        ("sin", "si"),
        ("khm", "km"),
        ("tuk", "tk"),
        ("cat", "ca"),
        ("slk", "sk"),
    ];
    let long = language.code();
    Language(SHORT.iter().find(|(l, _)| *l == long).map_or(long, |(_, short)| short))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        let rows = [
            ("", "en"),
            ("Schande!", "en"),
            ("The minister said that the talks had failed and that nobody in the room wanted them to go on.", "en"),
            ("Rain. Flood. Ruin. Storm warning issued; ferries cancelled.", "en"),
            (
                "Der Minister sagte am Montag, dass die Gespräche gescheitert seien und dass niemand im Raum gewollt habe, dass sie noch länger dauerten.",
                "de",
            ),
            (
                "El ministro dijo el lunes que las conversaciones habían fracasado y que nadie en la sala quería que duraran más tiempo.",
                "es",
            ),
            (
                "Le ministre a déclaré lundi que les pourparlers avaient échoué et que personne dans la salle ne voulait qu’ils durent.",
                "fr",
            ),
            ("Президент солгал, сказал министр в понедельник.", "ru"),
            ("港の市長は嘘をついた。", "ja"),
            ("الرئيس كذب على الشعب يوم الاثنين", "ar"),
        ];
        for (text, want) in rows {
            assert_eq!(detect(text).0, want, "{text}");
        }
    }
}
