//! The verb of a form that the stemmer does not bring to it: "broke" is "break". The table is `lexicons/en/irregular_forms.txt`.

use std::collections::HashMap;
use std::sync::OnceLock;

const FORMS: &str = include_str!("../../lexicons/en/irregular_forms.txt");

/// The verb of a word in small letters, where the table has it.
pub(crate) fn verb(form: &str) -> Option<&'static str> {
    static TABLE: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    let rows = || FORMS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' '));
    TABLE.get_or_init(|| rows().collect()).get(form).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_stemmers::{Algorithm, Stemmer};

    #[test]
    fn no_line_says_what_the_stemmer_knows() {
        let stemmer = Stemmer::create(Algorithm::English);
        let mut seen = std::collections::HashSet::new();
        for line in FORMS.lines().filter(|line| !line.starts_with('#')) {
            let (form, verb) = line.split_once(' ').expect("two words");
            assert_ne!(stemmer.stem(form), stemmer.stem(verb), "{line}");
            assert!(seen.insert(form), "{line} stands twice");
        }
    }
}
