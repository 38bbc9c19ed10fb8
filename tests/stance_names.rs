//! Names carry no polarity: other names in the same places leave every score as it is, and the stances go with the names.
//!
//! The swaps go over names of many origins and both genders. When the shared labelled files are there, the target of every sentence of the
//! stance dev file gets other names of the same shape too.

use philippic::lexicon::Lexicon;
use philippic::report::Report;
use philippic::segment::Span;
use philippic::{Analyzer, Options, Scratch};

/// Given names and surnames by gender, of many origins; none is a word that the scoring lexicons know.
const MEN: [(&str, &str); 8] = [
    ("Henrik", "Lindqvist"),
    ("Carlos", "Moreno"),
    ("Tomasz", "Kowalski"),
    ("Hassan", "Karimi"),
    ("Daniel", "Osei"),
    ("Dmitri", "Sorokin"),
    ("Rajesh", "Patel"),
    ("Martin", "Jensen"),
];
const WOMEN: [(&str, &str); 8] = [
    ("Ingrid", "Lindqvist"),
    ("Maria", "Moreno"),
    ("Anna", "Kowalski"),
    ("Fatima", "Karimi"),
    ("Helen", "Osei"),
    ("Svetlana", "Sorokin"),
    ("Priya", "Patel"),
    ("Laura", "Jensen"),
];

/// Sentences over two persons: `{a}` and `{b}` full names, `{A}` and `{B}` surnames.
const SENTENCES: [&str; 14] = [
    "{a} accused {b} of corruption and lies.",
    "\"{B} is a coward and a thief,\" said {a}.",
    "{a} praised {b} for courage and honesty.",
    "{b} was convicted of fraud. {a} welcomed the verdict.",
    "According to {a}, {b} betrayed the voters.",
    "President {b} failed to protect the victims, {a} said on Monday.",
    "{a}, a hero of the flood, met the disgraced former mayor {b}.",
    "{a} said that {b} had lied. {B} denied it.",
    "Critics called {b} a liar; {a} defended the embattled minister.",
    "{A}: {B} lied to parliament",
    "\"I admire {B},\" {a} told reporters. \"{B} is brilliant.\"",
    "{b} refused to resign, and {a} condemned the decision.",
    "The crowd cheered {a} and booed {b}.",
    "The lies of {b} have cost lives, {a} wrote.",
];

fn analyzer() -> Analyzer {
    Analyzer::new(&Lexicon::english(), Options { evidence: true, ..Options::default() })
}

/// Every score of a report, with the names replaced by their roles.
fn scores(report: &Report, roles: &[(&str, &str)]) -> Vec<String> {
    let role = |name: &str| roles.iter().fold(name.to_string(), |text, (from, to)| text.replace(from, to));
    let mut out = Vec::new();
    for p in &report.paragraphs {
        out.push(format!("{} {:.4} {:.4} {:.4}", p.index, p.sentiment.score, p.sarcasm.score, p.alarm.score));
        for s in &p.stances {
            out.push(format!("{} {} -> {} {:.4} {} {}", p.index, role(&s.holder), role(&s.figure), s.score, s.mentions, s.hits));
        }
    }
    out
}

fn fill(sentence: &str, a: (&str, &str), b: (&str, &str)) -> String {
    let full = |(given, last): (&str, &str)| format!("{given} {last}");
    sentence.replace("{a}", &full(a)).replace("{b}", &full(b)).replace("{A}", a.1).replace("{B}", b.1)
}

#[test]
fn other_names_of_any_origin_and_gender_leave_all_scores() {
    let analyzer = analyzer();
    for sentence in SENTENCES {
        let of = |a: (&str, &str), b: (&str, &str)| {
            let text = fill(sentence, a, b);
            let report = analyzer.analyze(&text).expect("short");
            let (full_a, full_b) = (format!("{} {}", a.0, a.1), format!("{} {}", b.0, b.1));
            (scores(&report, &[(&full_a, "A"), (&full_b, "B"), (a.1, "A"), (b.1, "B")]), text)
        };
        let (expected, first) = of(MEN[0], MEN[1]);
        assert!(expected.len() > 1, "no stance in {first}");
        for names in [MEN, WOMEN] {
            for i in 0..names.len() {
                for j in (0..names.len()).filter(|&j| j != i) {
                    let (found, text) = of(names[i], names[j]);
                    assert_eq!(found, expected, "{text}\nagainst {first}");
                }
            }
        }
        for (man, woman) in MEN.iter().zip(WOMEN.iter().skip(1)) {
            assert_eq!(of(*man, *woman).0, expected, "{}", of(*man, *woman).1);
            assert_eq!(of(*woman, *man).0, expected, "{}", of(*woman, *man).1);
        }
    }
}

#[test]
fn two_leaders_who_swap_names_swap_their_stances_and_nothing_else() {
    let text = include_str!("../examples/hostile_article.txt");
    let marks = [("Radek Mirsan", "\u{1}"), ("Anselm Orlo", "\u{2}"), ("Mirsan", "\u{3}"), ("Orlo", "\u{4}")];
    let other = [("\u{1}", "Anselm Orlo"), ("\u{2}", "Radek Mirsan"), ("\u{3}", "Orlo"), ("\u{4}", "Mirsan")];
    let swapped = marks.iter().chain(&other).fold(text.to_string(), |text, (from, to)| text.replace(from, to));
    let analyzer = analyzer();
    let before = analyzer.analyze(text).expect("short");
    let after = analyzer.analyze(&swapped).expect("short");
    let first = scores(&before, &[("Radek Mirsan", "A"), ("Anselm Orlo", "B"), ("Mirsan", "A"), ("Orlo", "B")]);
    let second = scores(&after, &[("Radek Mirsan", "B"), ("Anselm Orlo", "A"), ("Mirsan", "B"), ("Orlo", "A")]);
    assert_eq!(first, second);
}

#[test]
fn words_inside_a_name_are_no_evidence() {
    let analyzer = analyzer();
    for name in ["Grace Hope", "Senator Savage", "Judge Fear", "Bob Strange", "Dr. Victor Wise", "John Bravo"] {
        let text = format!("{name} met Laura Jensen on Monday.");
        let report = analyzer.analyze(&text).expect("short");
        for s in report.paragraphs.iter().flat_map(|p| &p.stances) {
            assert!(s.score.abs() < 0.05, "{text} {} -> {} {}: {:?}", s.holder, s.figure, s.score, s.evidence);
        }
    }
}

#[test]
fn surnames_that_are_words_carry_neither_feeling_nor_alarm() {
    let analyzer = analyzer();
    let scores = |text: &str| {
        let report = analyzer.analyze(text).expect("short");
        report.paragraphs.iter().map(|p| (p.sentiment.score, p.alarm.score)).collect::<Vec<_>>()
    };
    for title in ["Mr. ", "Mrs ", "Senator ", "Gen. ", "Judge ", "Mayor "] {
        for name in ["Love", "Savage", "Wise", "Hope", "Bravo", "Strange"] {
            let text =
                format!("{title}{name} met the council on Monday.\n\n{name} spoke of the roads, and {name}'s brother spoke of rain.");
            assert_eq!(scores(&text), scores(&text.replace(name, "Jensen")), "{text}");
        }
    }
    // The words themselves still count, in lower case and where nothing says that it is a name.
    assert!(scores("Mr. Savage spoke of a savage attack.")[0].0 < 0.0);
    assert!(scores("Savage cuts hit the poor on Monday.")[0].0 < 0.0);
}

/// Share of the dev file's targets that may change class under another name: where the name finder takes the words around it with it.
const TOLERATED: f64 = 0.01;

#[test]
fn other_targets_in_the_dev_file_keep_their_class() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/eval/stance_sentences.dev.jsonl");
    let path = if path.exists() {
        path
    } else {
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/stance_sentences.dev.jsonl")
    };
    let Ok(lines) = std::fs::read_to_string(path) else { return };
    let analyzer = Analyzer::new(&Lexicon::english(), Options::default());
    let mut scratch = Scratch::default();
    let (mut changed, mut all, mut kept) = (0, 0, 0);
    for line in lines.lines() {
        let item: serde_json::Value = serde_json::from_str(line).expect("a JSON line");
        let text = item["text"].as_str().expect("text");
        for target in item["targets"].as_array().expect("targets") {
            let (start, end) = (target["start"].as_u64().expect("start") as usize, target["end"].as_u64().expect("end") as usize);
            let mention = &text[start..end];
            let words: Vec<&str> = mention.split(' ').collect();
            // Names of one or two plain words.
            let plain = |w: &&str| w.chars().all(char::is_alphabetic) && w.len() > 3 && w.chars().next().is_some_and(char::is_uppercase);
            if words.len() > 2 || !words.iter().all(plain) || text.matches(words[words.len() - 1]).count() > 1 {
                continue;
            }
            let mut class = |name: &str| {
                let other = format!("{}{name}{}", &text[..start], &text[end..]);
                let span = Span { start: start as u32, end: (start + name.len()) as u32 };
                analyzer.stance_toward(&other, &[span], &mut scratch).expect("short")[0].class
            };
            let names = [MEN[1], MEN[4], WOMEN[1], WOMEN[7]]
                .map(|(given, last)| if words.len() == 2 { format!("{given} {last}") } else { last.to_string() });
            let classes: Vec<i8> = names.iter().map(|n| class(n)).collect();
            all += 1;
            changed += i32::from(classes.iter().any(|c| *c != classes[0]));
            kept += i32::from(class(mention) == classes[0]);
        }
    }
    println!("{all} targets; {changed} change class among other names, {kept} have the class of the name in the file");
    assert!(f64::from(changed) <= TOLERATED * f64::from(all), "{changed} of {all}");
}
