//! Sarcasm markers through the public API: named rows, one table a cue family, ironic and plain.

use std::sync::LazyLock;

use philippic::lexicon::Lexicon;
use philippic::report::Sarcasm;
use philippic::{Analyzer, Options};

static ANALYZER: LazyLock<Analyzer> =
    LazyLock::new(|| Analyzer::new(&Lexicon::english(), Options { evidence: true, ..Options::default() }));

fn sarcasm(text: &str) -> Sarcasm {
    ANALYZER.analyze(text).expect("short text").paragraphs.swap_remove(0).sarcasm
}

/// Texts that carry a marker: at least 0.5, and the family that says why.
#[test]
fn marked() {
    let rows = [
        ("scare quotes, straight", "The so-called \"president\" signed the order.", "scare_quotes"),
        ("scare quotes, curly", "The so-called “president” signed the order.", "scare_quotes"),
        ("scare quotes, single", "The so-called 'president' signed the order.", "scare_quotes"),
        ("scare quotes without so-called", "The \"president\" signed the order.", "scare_quotes"),
        ("quoted praise", "He was a \"great\" president.", "scare_quotes"),
        ("quoted praise, curly", "He was a “great” president.", "scare_quotes"),
        ("self-styled", "The self-styled 'saviour' left the hall.", "scare_quotes"),
        ("mock honour", "Our dear leader has spoken again.", "mock_honour"),
        ("reported", "\"What a plan,\" she added with biting sarcasm.", "reported"),
        ("reported verb", "\"I am shocked,\" he deadpanned.", "reported"),
        ("interjection", "Oh great, another meeting.", "praise"),
        ("yeah right", "Yeah, right.", "interjection"),
        ("so much for", "So much for the promised reform.", "interjection"),
        ("praise and situation", "She enjoys being ignored by her boss.", "incongruity"),
        ("situation and praise", "Stuck in traffic again, lovely.", "incongruity"),
        ("praise alone", "The lift is stuck again. Brilliant!", "praise"),
        ("rhetorical", "They gave him the keys. What could possibly go wrong?", "rhetorical"),
        ("certainty alone", "He will pay it back. Naturally.", "certainty"),
        ("typography", "The experts (!) disagreed.", "typography"),
        ("hashtag", "Best day of my life #sarcasm", "explicit"),
        ("hashtag not", "I am so happy about the delay #not", "explicit"),
        ("slash s", "That went well. /s", "explicit"),
        ("emoji", "Thanks for the help 🙄", "explicit"),
    ];
    let mut wrong = Vec::new();
    for (name, text, family) in rows {
        let sarcasm = sarcasm(text);
        if sarcasm.score < 0.5 || !sarcasm.cues.contains_key(family) {
            wrong.push(format!("{name}: {} {:?}", sarcasm.score, sarcasm.cues));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Plain texts: well below 0.5.
#[test]
fn plain() {
    let rows = [
        ("quoted fragment", "The minister called the decision \"a mistake\" on Monday.", 0.3),
        ("quoted fragment of praise", "She described the talks as \"productive\" and \"friendly\".", 0.45),
        ("quoted speech", "\"We are happy with the result,\" the coach said.", 0.45),
        ("title", "He wrote the novel \"The Great Escape\" in 1950.", 0.3),
        ("named", "The storm, known as \"Bertha\", moved north.", 0.3),
        ("sincere praise", "The mayor praised the wonderful work of the volunteers during the long rescue operation in the hills.", 0.45),
        ("honour", "The hero of the rescue was honoured by the town.", 0.3),
        ("question", "What did the committee decide?", 0.2),
        ("of course in a clause", "Of course the budget must still be passed by parliament.", 0.3),
        ("calm", "The committee will meet on Thursday to discuss irrigation.", 0.0),
        ("great power", "Russia is a great power with a great fleet.", 0.45),
        ("name", "Joy Martinez was elected on Tuesday.", 0.3),
        ("supposed to", "He was supposed to arrive at noon.", 0.1),
        ("ellipsis", "He walked in... and sat down.", 0.1),
        ("shouted", "BREAKING: Parliament VOTES on the budget", 0.1),
    ];
    let mut wrong = Vec::new();
    for (name, text, most) in rows {
        let sarcasm = sarcasm(text);
        if sarcasm.score > most {
            wrong.push(format!("{name}: {} {:?}", sarcasm.score, sarcasm.cues));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn rules_switch_off() {
    let rows = [
        ("scare_quotes", "He was a \"great\" president."),
        ("mock_honour", "Our dear leader has spoken again."),
        ("praise", "The lift is stuck again. Brilliant!"),
        ("incongruity", "She enjoys being ignored by her boss."),
        ("typography", "The plan (!) was ready."),
        ("words", "So much for the promised reform."),
        ("sarcasm.interjection", "So much for the promised reform."),
    ];
    for (rule, text) in rows {
        let options = Options { without: vec![rule.to_string()], ..Options::default() };
        let off = Analyzer::new(&Lexicon::english(), options).analyze(text).expect("short text").paragraphs.swap_remove(0).sarcasm;
        let with = sarcasm(text);
        assert!(off.score < with.score, "{rule}: {} with, {} without", with.score, off.score);
    }
}

#[test]
fn same_once_and_a_hundred_times() {
    let text = "Oh great, another meeting. The room was full. ";
    let (once, often) = (sarcasm(text).score, sarcasm(&text.repeat(100)).score);
    assert!((once - often).abs() < 0.01, "{once} and {often}");
}

/// In one paragraph the mocked title says why.
#[test]
fn mocked_title() {
    let text = "\"And all this was done by the so-called 'president'-'The Great' Petrov,\" he added with biting sarcasm.";
    let sarcasm = sarcasm(text);
    assert!(sarcasm.score > 0.8, "{}", sarcasm.score);
    for family in ["scare_quotes", "mock_honour", "reported", "distancing"] {
        assert!(sarcasm.cues.contains_key(family), "{family}: {:?}", sarcasm.cues);
    }
}
