//! Alarm language through the public API: named rows, one table a rule. A row says how the alarm of its text compares.

use std::sync::LazyLock;

use philippic::lexicon::Lexicon;
use philippic::report::Alarm;
use philippic::{Analyzer, Options};

static ANALYZER: LazyLock<Analyzer> =
    LazyLock::new(|| Analyzer::new(&Lexicon::english(), Options { evidence: true, ..Options::default() }));

fn alarm(text: &str) -> Alarm {
    ANALYZER.analyze(text).expect("short text").paragraphs.swap_remove(0).alarm
}

fn without(names: &[&str], text: &str) -> Alarm {
    let without = names.iter().map(|n| (*n).to_string()).collect();
    let analyzer = Analyzer::new(&Lexicon::english(), Options { evidence: true, without, ..Options::default() });
    analyzer.analyze(text).expect("short text").paragraphs.swap_remove(0).alarm
}

/// The first text alarms more than the second, by a tenth at least.
#[test]
fn more_than() {
    let rows = [
        ("nearness: will", "The militia will attack the capital within days.", "The militia attacked the capital decades ago."),
        ("nearness: a past year", "The flood threatens the town.", "The flood threatened the town in 1953."),
        ("nearness: a past decade", "Famine threatens the province.", "Famine threatened the province in the 1930s."),
        ("negation", "There is a threat to the city.", "There is no threat to the city."),
        ("negation: curly apostrophe", "The plant is in danger.", "The plant isn’t in danger."),
        ("reassurance", "The virus is spreading in the city.", "The virus is spreading in the city, but there is no cause for alarm."),
        ("reassurance: the threat has passed", "Storm warning: the danger is near.", "The danger has passed."),
        ("to us", "A catastrophe threatens our country.", "A catastrophe threatens a village."),
        ("call to act", "We must stop the invasion now.", "An invasion was described."),
        ("own fear", "I am terrified of the future.", "The book is about a terrified painter."),
        ("brink", "The country is on the brink of disaster.", "The country is governed by a council."),
        ("scale", "An existential threat faces the nation.", "A threat faces the nation."),
        (
            "rhetoric over report",
            "They are coming for us, and we must act before it is too late!",
            "A man was killed in a road accident, police said.",
        ),
        ("hashtag", "No power for days #panic #emergency", "No power for days"),
        ("emoji", "The water is rising 😱", "The water is rising"),
        ("plague metaphor", "A flood of criminals is swarming over our borders.", "Travellers are crossing the border."),
    ];
    let mut wrong = Vec::new();
    for (name, more, less) in rows {
        let (more, less) = (alarm(more).score, alarm(less).score);
        if more < less + 0.1 {
            wrong.push(format!("{name}: {more} against {less}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn within() {
    let rows = [
        ("time is running out", "Time is running out and we must act now before it is too late.", 0.6, 1.0),
        ("reassurance alone", "There is no cause for alarm.", 0.0, 0.05),
        ("no threat", "The suspect is in custody and there is no threat to the public.", 0.0, 0.15),
        ("not in danger", "Residents are not in danger, the fire service said.", 0.0, 0.15),
        ("calm", "The committee will meet on Thursday to discuss irrigation.", 0.0, 0.05),
        ("praise", "The orchestra played a wonderful concert in the park.", 0.0, 0.02),
        ("one grim word in ten", "The council debated the war memorial for an hour on Monday.", 0.0, 0.3),
        ("empty", " . ", 0.0, 0.0),
    ];
    let mut wrong = Vec::new();
    for (name, text, low, high) in rows {
        let report = ANALYZER.analyze(text).expect("short text");
        let score = report.paragraphs.first().map_or(0.0, |p| p.alarm.score);
        if !(low..=high).contains(&score) {
            wrong.push(format!("{name}: {score} is not in {low}..={high}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn parts() {
    let rows = [
        ("brink", "The region stands on the brink of collapse."),
        ("urgency", "The clock is ticking."),
        ("threat", "They threaten our security."),
        ("catastrophe", "A catastrophe destroyed the town."),
        ("fear", "People are terrified."),
        ("violence", "Gunmen killed nine people."),
        ("scale", "It is an unprecedented and existential crisis."),
        ("decline", "The economy continues to deteriorate."),
        ("action", "Rise up and fight for your country!"),
    ];
    for (part, text) in rows {
        let alarm = alarm(text);
        assert!(alarm.parts.get(part).is_some_and(|&v| v > 0.1), "{part}: {:?}", alarm.parts);
    }
}

#[test]
fn same_once_and_a_hundred_times() {
    for text in ["We are on the brink of disaster. ", "The danger is near, and nobody is safe. The sun shines. "] {
        let (once, often) = (alarm(text).score, alarm(&text.repeat(100)).score);
        assert!((once - often).abs() < 0.01, "{text}: {once} and {often}");
    }
}

#[test]
fn length() {
    let danger = "They are coming for us and we must act before it is too late.";
    let calm = " The committee met on Monday to discuss the budget.".repeat(9);
    let (short, long) = (alarm(danger).score, alarm(&format!("{danger}{calm}")).score);
    assert!(long > 0.45 * short && long < 0.8 * short, "a long paragraph is diluted, not silenced: {short}, {long}");
    let repeated = alarm("War, war, war, war, war, war.").score;
    assert!(repeated < 0.75, "one word again and again: {repeated}");
}

#[test]
fn rules_switch_off() {
    let rows = [
        ("nearness", "The flood threatened the town in 1953.", true),
        ("reassurance", "The virus spreads, but there is no cause for alarm.", true),
        ("repetition", "War, war, war, war, war, war.", true),
        ("company", "An unprecedented threat brings us to the brink of catastrophe.", false),
        ("address", "We must stop this threat to our country.", false),
        ("facts", "Nine people were killed in the crash.", true),
        ("alarm.brink", "The region stands on the brink of collapse.", false),
        ("tone", "The lovely, wonderful, peaceful garden was attacked.", true),
    ];
    let mut wrong = Vec::new();
    for (rule, text, lowers) in rows {
        let (with, off) = (alarm(text).score, without(&[rule], text).score);
        if if lowers { off <= with } else { off >= with } {
            wrong.push(format!("{rule}: {with} with, {off} without"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn evidence_adds_up() {
    let alarm = alarm("The country is on the brink of disaster. Time is running out. The sun shines.");
    let raising: f32 = alarm.evidence.iter().map(|e| e.contribution.max(0.0)).sum();
    assert!((raising - alarm.score).abs() < 0.01, "{raising} {}", alarm.score);
    assert_eq!(alarm.hits as usize, alarm.evidence.len());
}
