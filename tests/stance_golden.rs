//! Stance on passages written and labelled for this project before the rules were run on them (`stance_golden.jsonl`): every form
//! that issue 5 names, one to three (holder, figure, sign) each. At least nine in ten must be right.

use philippic::lexicon::Lexicon;
use philippic::{Analyzer, Options};

/// Scores nearer to zero than this point nowhere.
const NOWHERE: f32 = 0.1;
/// Share that must be right.
const DEMANDED: f64 = 0.9;

#[derive(serde::Deserialize)]
struct Passage {
    form: String,
    text: String,
    expect: Vec<(String, String, i8)>,
}

fn same(found: &str, wanted: &str) -> bool {
    found == wanted || found.ends_with(&format!(" {wanted}")) || wanted.ends_with(&format!(" {found}"))
}

#[test]
fn nine_of_ten_golden_stances_are_right() {
    let analyzer = Analyzer::new(&Lexicon::english(), Options { evidence: true, ..Options::default() });
    let text = include_str!("stance_golden.jsonl");
    let passages: Vec<Passage> = text.lines().map(|l| serde_json::from_str(l).expect("a passage a line")).collect();
    assert!(passages.len() >= 80);
    let (mut right, mut all, mut misses) = (0, 0, String::new());
    for passage in &passages {
        let report = analyzer.analyze(&passage.text).expect("short");
        let cells: Vec<_> = report.figures.iter().flat_map(|f| f.stances.iter().map(move |s| (f, s))).collect();
        for (holder, figure, sign) in &passage.expect {
            let score = cells
                .iter()
                .filter(|(f, s)| same(&f.name, figure) && same(&s.holder, holder))
                .map(|(_, s)| s.score)
                .fold(0.0, |a: f32, b| if b.abs() > a.abs() { b } else { a });
            let found = i8::from(score > NOWHERE) - i8::from(score < -NOWHERE);
            all += 1;
            if found == *sign {
                right += 1;
                continue;
            }
            let seen: Vec<String> = cells.iter().map(|(f, s)| format!("{} -> {} {:+.2}", s.holder, f.name, s.score)).collect();
            misses += &format!(
                "[{}] {}\n    wanted {holder} -> {figure} {sign:+}; found {}\n",
                passage.form,
                passage.text.replace('\n', " / "),
                seen.join(", ")
            );
        }
    }
    let share = f64::from(right) / f64::from(all);
    println!("{right} of {all} right ({share:.3})\n{misses}");
    assert!(share >= DEMANDED, "{right} of {all} right\n{misses}");
}
