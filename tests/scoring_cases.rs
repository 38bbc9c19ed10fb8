//! What users of other tools complained of, and what each rule of the sentiment scorer is for: tables of named texts with the range in
//! which the score must lie. The complaints and their sources are collected in the issue tracker (issue 4).

use philippic::lexicon::Lexicon;
use philippic::report::Paragraph;
use philippic::{Analyzer, Options, Scratch};

fn analyzer(without: &[&str]) -> Analyzer {
    let without = without.iter().map(|w| (*w).to_string()).collect();
    Analyzer::new(&Lexicon::english(), Options { evidence: true, without, ..Options::default() })
}

fn paragraphs(analyzer: &Analyzer, text: &str) -> Vec<Paragraph> {
    analyzer.analyze_with(text, &mut Scratch::default()).expect("a short text").paragraphs
}

fn sentiment(analyzer: &Analyzer, text: &str) -> f32 {
    let paragraphs = paragraphs(analyzer, text);
    assert_eq!(paragraphs.len(), 1, "{text}");
    paragraphs[0].sentiment.score
}

/// The range a score must lie in.
#[derive(Clone, Copy, Debug)]
enum Want {
    Favourable,
    Unfavourable,
    /// Between -0.12 and 0.12.
    About0,
    /// Not below -0.05.
    NotUnfavourable,
    /// Not above 0.05.
    NotFavourable,
    /// Exactly 0 with no hits.
    Nothing,
}
use Want::*;

fn holds(want: Want, score: f32, hits: u32) -> bool {
    match want {
        Favourable => score > 0.1,
        Unfavourable => score < -0.1,
        About0 => score.abs() <= 0.12,
        NotUnfavourable => score >= -0.05,
        NotFavourable => score <= 0.05,
        Nothing => score == 0.0 && hits == 0,
    }
}

fn check(rows: &[(&str, &str, Want)]) {
    let analyzer = analyzer(&[]);
    let mut wrong = Vec::new();
    for (name, text, want) in rows {
        let sentiment = &paragraphs(&analyzer, text)[0].sentiment;
        if !holds(*want, sentiment.score, sentiment.hits) {
            let evidence: Vec<_> = sentiment.evidence.iter().map(|e| (e.term.as_str(), e.contribution, e.shifts.join("+"))).collect();
            wrong.push(format!("{name}: {text:?} scores {:.3}, wanted {want:?}; {evidence:?}", sentiment.score));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn complaints_about_other_tools() {
    check(&[
        ("straight apostrophe", "I don't like it.", Unfavourable),
        ("curly apostrophe", "I don’t like it.", Unfavourable),
        ("isn't good", "It isn't good.", Unfavourable),
        ("isn’t good", "It isn’t good.", Unfavourable),
        ("is not good", "It is not good", Unfavourable),
        ("no problem", "No problem.", NotUnfavourable),
        ("no complaints", "I have no complaints.", NotUnfavourable),
        ("nobody loves her", "Nobody loves her.", Unfavourable),
        ("without a doubt", "Without a doubt, an excellent idea.", Favourable),
        ("not the worst", "It is not the worst plan.", NotUnfavourable),
        ("kindly stop", "Kindly stop disturbing me.", Unfavourable),
        ("can't recommend", "I can't recommend it.", Unfavourable),
        ("can’t recommend", "I can’t recommend this hotel to anyone.", Unfavourable),
        ("fed up", "I am fed up", Unfavourable),
        ("glued by a comma", "great,terrible", About0),
        ("reported denial", "He denied that he was corrupt.", About0),
        ("reported denial of another", "Petrov denied that Jones was corrupt.", About0),
        ("denial against assertion", "Petrov said that Jones was corrupt.", Unfavourable),
        ("alarm is not praise", "Time is running out and we must act now before it is too late.", NotFavourable),
        ("no evidence", "The meeting is on Tuesday.", Nothing),
    ]);
}

#[test]
fn both_apostrophes_say_the_same() {
    let analyzer = analyzer(&[]);
    let rows = [
        "I don't like it.",
        "It isn't good.",
        "They won't be happy, and she can't be trusted.",
        "He hasn't shown courage; it wasn't a success.",
        "You shouldn't trust a word of it.",
    ];
    for straight in rows {
        assert_eq!(sentiment(&analyzer, straight), sentiment(&analyzer, &straight.replace('\'', "’")), "{straight}");
    }
}

#[test]
fn negation() {
    check(&[
        ("not", "The plan is not good.", Unfavourable),
        ("never", "He was never honest.", Unfavourable),
        ("no", "There was no progress.", Unfavourable),
        ("hardly", "It was hardly a success.", NotFavourable),
        ("without", "A man without courage.", Unfavourable),
        ("over some words", "This is not in any way a good plan.", Unfavourable),
        ("ends with the clause", "It is not cheap, but it is wonderful.", Favourable),
        ("ends with the sentence", "I did not go. It was wonderful.", Favourable),
        ("double", "Nobody can say that it is not good.", NotUnfavourable),
        ("not only", "She is not only brave but also kind.", Favourable),
        ("no doubt", "No doubt the plan is excellent.", Favourable),
        ("no less than", "It is no less than a triumph.", Favourable),
        ("neither nor", "He is neither honest nor brave.", Unfavourable),
        ("a negated fault is no praise", "The plan is not bad enough to stop.", NotUnfavourable),
        ("a fault far behind", "No idea where the money went after that terrible crash.", Unfavourable),
        ("a question that wants a yes", "Wouldn't that be great?", Favourable),
        ("an emoji is not negated", "Still no cheque 😢", Unfavourable),
        ("tokenised", "It is n't good .", Unfavourable),
    ]);
}

#[test]
fn reversal_and_denial() {
    check(&[
        ("failed to", "He failed to improve the schools.", Unfavourable),
        ("lack of", "The report found a lack of progress.", Unfavourable),
        ("prevent", "The dam prevented a flood.", About0),
        ("denied that", "The minister denied that his deputy was a liar.", About0),
        ("dismissed as", "The minister dismissed his deputy as a liar.", Unfavourable),
        ("anything but", "The vote was anything but fair.", NotFavourable),
        ("no choice but", "They had no choice but to praise him.", Favourable),
    ]);
}

#[test]
fn contrast() {
    let analyzer = analyzer(&[]);
    check(&[
        ("but, bad end", "The food was good but the service was terrible.", Unfavourable),
        ("but, good end", "The service was terrible but the food was good.", NotUnfavourable),
        ("although", "Although the plan is flawed, it is brilliant.", Favourable),
        ("despite", "Despite the problems it was a great success.", Favourable),
    ]);
    // The strongest contrast decides, not the last.
    let weak_last = "It was a disaster, but they showed great courage, whereas others slept.";
    assert!(sentiment(&analyzer, weak_last) > sentiment(&analyzer, "It was a disaster, and they showed great courage, and others slept."));
}

/// Pairs in which the first must score above the second.
#[test]
fn order() {
    let analyzer = analyzer(&[]);
    let rows = [
        ("very", "The plan is very good.", "The plan is good."),
        ("extremely", "The plan is extremely good.", "The plan is very good."),
        ("slightly", "The plan is good.", "The plan is slightly good."),
        ("very bad", "The plan is bad.", "The plan is very bad."),
        ("less corrupt", "He is less corrupt.", "He is corrupt."),
        ("more dangerous than", "It is dangerous.", "It is more dangerous than war."),
        ("the most", "It was the most beautiful day.", "It was a beautiful day."),
        ("terribly good", "It was terribly good.", "It was terribly bad."),
        ("shouted", "This is GREAT news.", "This is great news."),
        ("lengthened", "It was sooo good.", "It was good."),
        ("lengthened itself", "It was gooood.", "It was good."),
        ("one mark", "It was good!", "It was good."),
        ("three marks", "It was good!!!", "It was good!"),
        ("if", "The plan is good.", "If the plan is good, we shall see."),
        ("might", "The plan is good.", "The plan might be good."),
        ("question", "The plan is good.", "Is the plan good?"),
        ("allegedly", "He is allegedly corrupt.", "He is corrupt."),
        ("denial", "He denied that he was corrupt.", "He admitted that he was corrupt."),
        ("some agreeing sentences", "The food was good. The room was lovely. The staff smiled.", "The food was good."),
    ];
    let wrong: Vec<_> = rows
        .iter()
        .map(|(name, more, less)| (name, sentiment(&analyzer, more), sentiment(&analyzer, less)))
        .filter(|(_, more, less)| more <= less)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn runs_do_not_pile_up() {
    let analyzer = analyzer(&[]);
    let one = sentiment(&analyzer, "So happy 😂");
    let three = sentiment(&analyzer, "So happy 😂😂😂");
    let thirty = sentiment(&analyzer, &format!("So happy {}", "😂".repeat(30)));
    assert!(three >= one && three - one < 0.15, "{one} {three}");
    assert!(thirty - three < 0.05, "{three} {thirty}");
    let marks = sentiment(&analyzer, "It was good!!!");
    assert_eq!(marks, sentiment(&analyzer, "It was good!!!!!!!!!!!!"));
}

#[test]
fn hashtags() {
    check(&[
        ("in capitals", "#EpicFail", Unfavourable),
        ("in one case", "#epicfail", Unfavourable),
        ("negated inside", "#NotHappy", Unfavourable),
        ("underscores", "#so_proud", Favourable),
        ("one word", "#happy", Favourable),
        ("no sentiment", "#NotMyPresident", Nothing),
        ("no chance find", "#therapist", Nothing),
    ]);
}

#[test]
fn length() {
    let analyzer = analyzer(&[]);
    let texts = ["The market is good. ", "He lied to us. The plan failed, and the city burned. Yet the people were brave! "];
    for text in texts {
        let once = sentiment(&analyzer, text);
        for times in [5, 20, 100] {
            let more = sentiment(&analyzer, &text.repeat(times));
            assert!((once - more).abs() < 0.005, "{text:?} x{times}: {once} {more}");
        }
    }
    let one = sentiment(&analyzer, "The market is good.");
    assert!((0.25..0.6).contains(&one), "{one}");
}

#[test]
fn parts_and_evidence_add_up() {
    let analyzer = analyzer(&[]);
    let text = "The brave firemen saved a child. The mayor, a corrupt liar, was not happy! #EpicFail";
    let sentiment = &paragraphs(&analyzer, text)[0].sentiment;
    assert!((sentiment.score - (sentiment.positive - sentiment.negative)).abs() < 1e-5);
    let sum: f32 = sentiment.evidence.iter().map(|e| e.contribution).sum();
    assert!((sum - sentiment.score).abs() < 1e-4, "{sum} {}", sentiment.score);
    assert_eq!(sentiment.hits as usize, sentiment.evidence.len());
    let happy = sentiment.evidence.iter().find(|e| e.term == "happy").expect("happy");
    assert!(happy.shifts.iter().any(|s| s == "negated"), "{happy:?}");
}

/// Each rule, switched off, changes the text that it is for.
#[test]
fn each_rule_can_be_switched_off() {
    let rows = [
        ("negation", "The plan is not a good one."),
        ("reversers", "The report found a lack of progress."),
        ("intensity", "The plan is very good."),
        ("contrast", "The food was good but the service was terrible."),
        ("certainty", "The plan might be good."),
        ("emphasis", "The plan is good!"),
        ("hashtags", "#SoProud"),
    ];
    let all = analyzer(&[]);
    for (rule, text) in rows {
        assert_ne!(sentiment(&all, text), sentiment(&analyzer(&[rule]), text), "{rule}");
    }
}

#[test]
fn names_carry_no_polarity() {
    let analyzer = analyzer(&[]);
    for text in ["NAME praised the plan but called it late.", "NAME was accused of fraud.", "A good day for NAME."] {
        let scores = ["Dave", "David", "Olga", "Frank", "Grace", "Joy"].map(|name| sentiment(&analyzer, &text.replace("NAME", name)));
        assert!(scores.iter().all(|s| (s - scores[0]).abs() < 1e-6), "{text}: {scores:?}");
    }
}
