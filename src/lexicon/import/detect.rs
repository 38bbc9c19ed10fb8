//! Which format a file is in: its extension where that is clear, else its first lines.

use super::rows::{delimiter, number};
use super::{ImportError, ImportFormat};

/// Lines that are looked at.
const SAMPLE: usize = 60;
/// Names of the emotions of NRC's lists.
const EMOTIONS: [&str; 10] = ["anger", "anticipation", "disgust", "fear", "joy", "negative", "positive", "sadness", "surprise", "trust"];

/// The format of a file.
///
/// # Errors
/// [`ImportError::UnknownFormat`], or [`ImportError::Own`] for a file in the project's format.
pub fn detect(path: &str, text: &str) -> Result<ImportFormat, ImportError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.lines().any(|line| line.starts_with("term\tmatch\tcategory\tweight")) {
        return Err(ImportError::Own);
    }
    let extension = std::path::Path::new(path).extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase();
    let xml = text.trim_start().starts_with('<');
    Ok(match extension.as_str() {
        "dic" => ImportFormat::Liwc,
        "dicx" => ImportFormat::Dicx,
        "yml" | "yaml" => ImportFormat::Yaml,
        "cat" => ImportFormat::Wordstat,
        "ykd" => ImportFormat::Yoshikoder,
        "lc3" | "lcd" if !xml => ImportFormat::Lexicoder,
        _ => sniff(text, &extension).ok_or(ImportError::UnknownFormat)?,
    })
}

fn sniff(text: &str, extension: &str) -> Option<ImportFormat> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(SAMPLE).collect();
    let first = *lines.first()?;
    if first.trim_start().starts_with('<') {
        return text.contains("<dictionary").then_some(ImportFormat::Yoshikoder);
    }
    if first.trim() == "%" {
        return Some(ImportFormat::Liwc);
    }
    if first.starts_with('+') {
        return Some(ImportFormat::Lexicoder);
    }
    let mark = delimiter(text);
    let cells = |line: &str| line.split(char::from(mark)).map(|c| c.trim().trim_matches('"').to_lowercase()).collect::<Vec<String>>();
    let header = cells(first);
    let has = |name: &str| header.iter().any(|cell| cell == name);
    if header[0] == "dicterm" {
        return Some(ImportFormat::Dicx);
    }
    if has("valence") && has("arousal") && has("dominance") {
        return Some(ImportFormat::NrcVad);
    }
    if has("anger") && has("anticipation") {
        return Some(ImportFormat::NrcEmolex);
    }
    // A line of prose above the data must not hide it.
    let most = |holds: &dyn Fn(&[String]) -> bool| lines.iter().filter(|line| holds(&cells(line))).count() * 10 >= lines.len() * 8;
    let numeric = |cell: Option<&String>| cell.is_some_and(|c| number(c).is_some());
    if mark == b'\t' {
        if most(&|c| numeric(c.get(1)) && numeric(c.get(2)) && c.get(3).is_some_and(|c| c.starts_with('['))) {
            return Some(ImportFormat::Vader);
        }
        let emotion = |cell: Option<&String>| cell.is_some_and(|c| EMOTIONS.contains(&c.as_str()));
        if most(&|c| c.len() == 3 && (emotion(c.get(1)) && numeric(c.get(2)) || numeric(c.get(1)) && emotion(c.get(2)))) {
            return Some(ImportFormat::NrcEmolex);
        }
        let small = |cell: &String| number(cell).is_some_and(|n| n.abs() <= 5.0 && n.fract() == 0.0);
        if most(&|c| c.len() == 2 && small(&c[1])) {
            return Some(ImportFormat::Afinn);
        }
    }
    if lines.iter().any(|line| super::outline::weighted(line.trim()).is_some()) && !lines.iter().any(|line| line.contains(',')) {
        return Some(ImportFormat::Wordstat);
    }
    matches!(extension, "csv" | "tsv").then_some(ImportFormat::Csv)
}
