//! Lengthened words: "sooo" is "so", "goooood" is "good".

/// Runs of letters that are shortened; a word with more of them keeps the rest.
const RUNS: usize = 3;

/// Tries each form of a word in which runs of three and more of a letter are cut to two or one, the longer forms first, until `take` takes
/// one. Words without such a run are not tried.
pub(super) fn shorter(word: &str, mut take: impl FnMut(&str) -> bool) {
    let chars: Vec<char> = word.chars().collect();
    // (first letter of the run, its length)
    let runs: Vec<(usize, usize)> = chars
        .chunk_by(|a, b| a.to_lowercase().eq(b.to_lowercase()))
        .scan(0, |at, run| {
            let start = *at;
            *at += run.len();
            Some((start, run.len()))
        })
        .filter(|&(start, len)| len >= 3 && chars[start].is_alphabetic())
        .take(RUNS)
        .collect();
    if runs.is_empty() {
        return;
    }
    let mut choices: Vec<u32> = (0..1 << runs.len()).collect();
    choices.sort_by_key(|c: &u32| c.count_ones());
    for ones in choices {
        let mut shorter = String::with_capacity(word.len());
        let mut at = 0;
        for (i, &(start, len)) in runs.iter().enumerate() {
            let keep = if ones >> i & 1 == 1 { 1 } else { 2 };
            shorter.extend(&chars[at..start + keep]);
            at = start + len;
        }
        shorter.extend(&chars[at..]);
        if take(&shorter) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::shorter;

    #[test]
    fn forms_in_order() {
        let rows: &[(&str, &[&str])] = &[
            ("good", &[]),
            ("sooo", &["soo", "so"]),
            ("GOOOD", &["GOOD", "GOD"]),
            ("goooddd", &["goodd", "godd", "good", "god"]),
            ("Яяяя", &["Яя", "Я"]),
            ("!!!", &[]),
        ];
        for (word, want) in rows {
            let mut got = Vec::new();
            shorter(word, |form| {
                got.push(form.to_string());
                false
            });
            assert_eq!(&got, want, "{word}");
        }
    }
}
