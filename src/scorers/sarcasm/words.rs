//! Cues that are only words: a line of `sarcasm.tsv` each. The table says how much of its weight a category brings alone,
//! and where in the sentence the words must stand.

use crate::lexicon::{Cat, Hit};
use crate::scorers::combine::Cue;
use crate::scorers::sentence::Sentence;
use crate::segment::TokenKind;

/// Where the words must stand to count in full.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Anywhere,
    /// First or last words of the sentence, or set off by a mark on both sides.
    SetOff,
    /// Last words of the sentence.
    End,
    /// In a sentence that asks.
    Question,
}

/// Category, family, share of the weight that counts, place, share in another place for a clear phrase and for any other term.
///
/// The shares make the weights of a category agree on average with how often its cues stand in ironic rather than plain posts
/// (the lexicon header's scale is "how strongly", not "how likely"); where news differs (distancing, reported, certainty: mostly
/// sincere or about somebody else) news decides.
const TABLE: [(Cat, &str, f32, Place, f32, f32); 9] = [
    (Cat::DISTANCING, "sarcasm.distancing", 0.55, Place::Anywhere, 1.0, 1.0),
    (Cat::REPORTED_SARCASM, "sarcasm.reported", 0.8, Place::Anywhere, 1.0, 1.0),
    (Cat::HYPERBOLE, "sarcasm.hyperbole", 0.9, Place::Anywhere, 1.0, 1.0),
    (Cat::INTERJECTION, "sarcasm.interjection", 1.5, Place::SetOff, 0.8, 0.4),
    (Cat::TAG, "sarcasm.tag", 0.8, Place::End, 0.15, 0.1),
    (Cat::RHETORICAL, "sarcasm.rhetorical", 1.0, Place::Question, 0.4, 0.2),
    (Cat::CERTAINTY, "sarcasm.certainty", 0.45, Place::SetOff, 0.6, 0.3),
    (Cat::LITOTES, "sarcasm.litotes", 0.7, Place::Anywhere, 1.0, 1.0),
    (Cat::EXPLICIT, "sarcasm.explicit", 1.0, Place::Anywhere, 1.0, 1.0),
];

const CATS: u128 = {
    let mut cats = 0;
    let mut i = 0;
    while i < TABLE.len() {
        cats |= TABLE[i].0.tag();
        i += 1;
    }
    cats
};

/// A word of certainty that is the whole sentence ("Naturally.") mocks.
const WHOLE: f32 = 2.4;

/// Terms from here on mock by themselves.
const CLEAR: f32 = 0.6;
/// Others are mostly meant where a report quotes them ("I'm so glad"), and keep this share.
const SPOKEN: f32 = 0.5;
const MEANT: u128 = Cat::INTERJECTION.tag() | Cat::HYPERBOLE.tag();

/// Faint cues are none.
const LEAST: f32 = 0.02;
const MOST: f32 = 0.98;

pub(super) fn cues(sentence: &Sentence<'_>, out: &mut Vec<Cue>) {
    if !sentence.holds(CATS) {
        return;
    }
    for (hit, &shift) in sentence.hits.iter().zip(sentence.shifts) {
        let Some(&(_, family, share, place, phrase, word)) = TABLE.iter().find(|row| row.0 == hit.cat) else { continue };
        let elsewhere = if hit.end - hit.start > 1 && hit.weight >= CLEAR { phrase } else { word };
        let placed = if stands(sentence, hit, place) { 1.0 } else { elsewhere };
        let meant = hit.weight < CLEAR && MEANT & hit.cat.tag() != 0 && sentence.is_spoken(hit.start);
        let placed = if meant { placed * SPOKEN } else { placed };
        let whole = hit.cat == Cat::CERTAINTY && hit.start <= sentence.first && hit.end > sentence.last;
        let strength = (hit.weight * if whole { WHOLE } else { share * placed }).min(MOST);
        if strength > LEAST {
            out.push(sentence.hit_cue(family, hit, shift, strength));
        }
    }
}

/// The families of the table.
pub(super) fn families() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|row| row.1)
}

fn stands(sentence: &Sentence<'_>, hit: &Hit, place: Place) -> bool {
    let first = hit.start <= sentence.first;
    let last = hit.end > sentence.last;
    match place {
        Place::Anywhere => true,
        Place::SetOff => {
            let mark = |t: u32| sentence.kind(t).is_some_and(|k| matches!(k, TokenKind::Comma | TokenKind::Dash | TokenKind::Ellipsis));
            first || last || (hit.start > 0 && mark(hit.start - 1) && mark(hit.end))
        }
        Place::End => last && !first,
        Place::Question => sentence.asks(),
    }
}
