//! Praise where sincere praise seldom stands: opening a sentence without a subject ("Great, another meeting"), alone behind what it
//! comments ("The lift is stuck. Lovely."), before a weekday, a number of hours, an ellipsis, a verb in -ing, a grim emoji.
//!
//! Each place is a row of [`PLACES`]; a term of praise gets one cue, its places combined by noisy-or. Praise in long sentences and in quoted
//! speech is mostly meant, and counts less.

use crate::lexicon::{Cat, Hit};
use crate::scorers::combine::Cue;
use crate::scorers::sentence::Sentence;
use crate::scorers::shift::Shift;
use crate::segment::{Marks, TokenKind};

pub(super) const FAMILY: &str = "sarcasm.praise";

/// A place: does this praise stand there? And how likely is it ironic then, apart from the other places (from counts in ironic and
/// plain posts, shrunk toward even odds, and lowered where plain news does it too).
type Place = fn(&Sentence<'_>, &Hit, Shift) -> bool;
const PLACES: [(Place, f32); 8] = [
    (ends, 0.42),
    (stands_alone, 0.45),
    (before_a_day, 0.42),
    (before_hours, 0.45),
    (before_ellipsis, 0.35),
    (before_clause, 0.42),
    (before_participle, 0.42),
    (with_grim_emoji, 0.4),
];
/// Praise of some weight, anywhere.
const ANYWHERE: f32 = 0.15;
/// Intensified praise ("so happy", "really love").
const INTENSIFIED: f32 = 0.25;
/// Weights from here on are strong praise; weaker praise counts half.
const STRONG: f32 = 0.4;
const WEAK: f32 = 0.5;
/// Praise that opens the sentence, however long that is.
const OPENS: f32 = 0.55;
/// Another positive word that opens a sentence, and one that is intensified, from this weight on.
const POSITIVE: f32 = 0.5;
const POSITIVE_OPENS: f32 = 0.4;
/// The same set off by a mark ("Marvellous, the roof leaks"): not the subject or verb of a sincere sentence.
const POSITIVE_SET_OFF: f32 = 0.5;
const POSITIVE_INTENSIFIED: f32 = 0.25;
/// An intensifier is near.
const INTENSE: f32 = 1.1;
/// A negated praise is none.
const NEGATED: f32 = 0.4;
/// Words of a sentence up to which praise counts in full.
const SHORT: f32 = 20.0;
/// Words of a sentence that is short enough to end in mock praise.
const FEW: u32 = 14;
/// Further praise in the same sentence.
const FURTHER: f32 = 0.5;
/// In quoted speech.
const SPOKEN: f32 = 0.5;

pub(super) fn cues(sentence: &Sentence<'_>, out: &mut Vec<Cue>) {
    if !sentence.holds(Cat::PRAISE.tag() | Cat::SENTIMENT.tag()) {
        return;
    }
    let short = (SHORT / sentence.words.max(1) as f32).min(1.0);
    let first = out.len();
    let meant = |t: u32| if sentence.is_spoken(t) { short * SPOKEN } else { short };
    for (_, hit, shift) in sentence.of(Cat::PRAISE) {
        if shift.negation > NEGATED {
            continue;
        }
        if hit.start + 1 == hit.end && is_name(sentence, hit.start) {
            continue;
        }
        let weak = if hit.weight < STRONG { WEAK } else { 1.0 };
        let spoken = if sentence.is_spoken(hit.start) { SPOKEN } else { 1.0 };
        let opens = if opens(sentence, hit, shift) { OPENS } else { 0.0 };
        let strength = 1.0 - (1.0 - opens * weak * spoken) * (1.0 - strength(sentence, hit, shift) * weak * spoken * short);
        out.push(sentence.hit_cue(FAMILY, hit, shift, strength));
    }
    for (i, hit, shift) in sentence.of(Cat::SENTIMENT) {
        if hit.weight < POSITIVE
            || shift.negation > NEGATED
            || sentence.kind(hit.start) != Some(TokenKind::Word)
            || is_praise(sentence, i, hit)
        {
            continue;
        }
        let opens = match sentence.kind(hit.end) {
            _ if !opens(sentence, hit, shift) => 0.0,
            Some(TokenKind::Comma | TokenKind::Exclamation | TokenKind::Ellipsis | TokenKind::Period) => POSITIVE_SET_OFF,
            _ => POSITIVE_OPENS,
        };
        let intense = if shift.intensity > INTENSE { POSITIVE_INTENSIFIED } else { 0.0 };
        let strength = 1.0 - (1.0 - opens) * (1.0 - intense);
        if strength > 0.0 {
            out.push(sentence.hit_cue(FAMILY, hit, shift, strength * meant(hit.start)));
        }
    }
    thin_out(&mut out[first..]);
}

/// The strongest counts in full, the others less: a hymn of praise is not irony piled up.
fn thin_out(cues: &mut [Cue]) {
    let strongest = cues.iter().map(|c| c.strength).fold(0.0, f32::max);
    let mut found = false;
    for cue in cues {
        if !found && cue.strength == strongest {
            found = true;
        } else {
            cue.strength *= FURTHER;
        }
    }
}

fn strength(sentence: &Sentence<'_>, hit: &Hit, shift: Shift) -> f32 {
    let mut plain = 1.0 - ANYWHERE;
    if shift.intensity > INTENSE {
        plain *= 1.0 - INTENSIFIED;
    }
    for (stands, likely) in PLACES {
        if stands(sentence, hit, shift) {
            plain *= 1.0 - likely;
        }
    }
    1.0 - plain
}

/// Whether a term of praise covers the sentiment hit: hits are in order, so that it is a neighbour.
fn is_praise(sentence: &Sentence<'_>, at: usize, hit: &Hit) -> bool {
    /// Hits of other categories on the same words.
    const NEIGHBOURS: usize = 6;
    let near = &sentence.hits[at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS).min(sentence.hits.len())];
    near.iter().any(|h| h.cat == Cat::PRAISE && h.start < hit.end && hit.start < h.end)
}

/// "Joy Villa": a name.
fn is_name(sentence: &Sentence<'_>, token: u32) -> bool {
    let capital = |t: u32| sentence.kind(t) == Some(TokenKind::Word) && sentence.document.has(t as usize, Marks::CAPITAL);
    capital(token)
        && capital(token + 1)
        && sentence.document.is(token as usize, Cat::GIVEN_F.tag() | Cat::GIVEN_M.tag() | Cat::GIVEN_U.tag())
}

/// First words, or behind "so", "oh", "just", "I", "what a".
fn opens(sentence: &Sentence<'_>, hit: &Hit, _: Shift) -> bool {
    const LEAD: [&str; 16] = ["so", "oh", "ah", "just", "well", "how", "what", "such", "i", "i'm", "im", "really", "yay", "wow", "a", "an"];
    let from = sentence.first;
    if hit.start <= from {
        return true;
    }
    hit.start - from <= 2
        && !is_one_of(sentence, from, &["a", "an"])
        && !sentence.asks()
        && (from..hit.start).all(|t| !sentence.document.tokens[t as usize].is_lexical() || is_one_of(sentence, t, &LEAD))
}

/// Last words of a sentence of a few; one that holds a quotation mark is speech, or tells of it.
fn ends(sentence: &Sentence<'_>, hit: &Hit, shift: Shift) -> bool {
    hit.end > sentence.last && sentence.words <= FEW && !sentence.has_kind(TokenKind::DoubleQuote) && !opens(sentence, hit, shift)
}

/// A sentence of at most two words besides, behind another.
fn stands_alone(sentence: &Sentence<'_>, hit: &Hit, _: Shift) -> bool {
    sentence.number > 0 && sentence.words <= (hit.end - hit.start) + 1
}

/// "lovely Monday", "great start to the day".
fn before_a_day(sentence: &Sentence<'_>, hit: &Hit, _: Shift) -> bool {
    const DAYS: [&str; 18] = [
        "day",
        "days",
        "morning",
        "mornings",
        "week",
        "weekend",
        "start",
        "night",
        "evening",
        "afternoon",
        "monday",
        "mondays",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    (hit.end..hit.end + 3).take_while(|&t| sentence.kind(t) == Some(TokenKind::Word)).any(|t| is_one_of(sentence, t, &DAYS))
}

/// "love getting up at 5 am", "only 3 hours of sleep, great".
fn before_hours(sentence: &Sentence<'_>, hit: &Hit, _: Shift) -> bool {
    const UNITS: [&str; 10] = ["am", "pm", "hour", "hours", "hrs", "minutes", "mins", "times", "pages", "days"];
    if !sentence.has_kind(TokenKind::Number) {
        return false;
    }
    let numbers = (hit.end..hit.end + 7).filter(|&t| sentence.kind(t) == Some(TokenKind::Number));
    numbers.into_iter().any(|t| {
        let word = sentence.document.word(t as usize);
        word.ends_with("am") || word.ends_with("pm") || (sentence.kind(t + 1).is_some() && is_one_of(sentence, t + 1, &UNITS))
    })
}

fn before_ellipsis(sentence: &Sentence<'_>, hit: &Hit, _: Shift) -> bool {
    (hit.end..hit.end + 2).any(|t| sentence.kind(t) == Some(TokenKind::Ellipsis))
}

/// "love when", "nice how".
fn before_clause(sentence: &Sentence<'_>, hit: &Hit, _: Shift) -> bool {
    const OPENERS: [&str; 5] = ["when", "how", "that", "being", "it"];
    sentence.kind(hit.end).is_some()
        && is_one_of(sentence, hit.end, &OPENERS)
        && (!is_one_of(sentence, hit.end, &["it"]) || (sentence.kind(hit.end + 1).is_some() && is_one_of(sentence, hit.end + 1, &["when"])))
}

/// "love waiting", "fun being ignored".
fn before_participle(sentence: &Sentence<'_>, hit: &Hit, _: Shift) -> bool {
    /// "a wonderful thing"
    const NOUNS: [&str; 5] = ["thing", "wedding", "darling", "sibling", "spring"];
    let word = if sentence.kind(hit.end) == Some(TokenKind::Word) { sentence.document.word(hit.end as usize) } else { "" };
    word.len() > 4
        && word.ends_with("ing")
        && !word.eq_ignore_ascii_case("being")
        && !NOUNS.iter().any(|n| word.ends_with(n))
        && !sentence.document.is(hit.end as usize, Cat::PREPOSITION.tag())
}

/// A negative emoji or emoticon in the sentence.
fn with_grim_emoji(sentence: &Sentence<'_>, hit: &Hit, _: Shift) -> bool {
    const FAR: u32 = 12;
    (sentence.has_kind(TokenKind::Emoji) || sentence.has_kind(TokenKind::Emoticon))
        && sentence.within(hit.end..hit.end + FAR).any(|(h, _)| {
            h.cat == Cat::SENTIMENT && h.weight < 0.0 && matches!(sentence.kind(h.start), Some(TokenKind::Emoji | TokenKind::Emoticon))
        })
}

fn is_one_of(sentence: &Sentence<'_>, token: u32, words: &[&str]) -> bool {
    let word = sentence.document.word(token as usize);
    words.iter().any(|w| w.eq_ignore_ascii_case(word))
}
