//! Comparisons: what praises the other one, "nobody is better than X", and what would have been without X.

use std::ops::Range;

use super::Context;
use crate::lexicon::Cat;
use crate::report::Via;
use crate::scorers::stance::features::{Feature, Features, Piece};
use crate::scorers::stance::names::TITLES;
use crate::segment::TokenKind;

/// What a comparison that praises another leaves for the one compared with.
const COMPARED: f32 = 0.6;
/// What "give me X over Y" says for X and against Y.
const PREFERRED: f32 = 0.5;
/// "Nobody works harder than X": hard work is no blame.
const FAINT_PRAISE: f32 = 0.25;
/// What "nobody has done more than X" says for X, and tokens before the comparative in which the "nobody" stands.
const PRAISE_OF_THE_PEERLESS: f32 = 0.6;
const PEERLESS: u32 = 20;

impl Context<'_> {
    /// The word before a mention and its titles and articles.
    fn before_titles(&self, tokens: &Range<u32>, sentence: &Range<u32>) -> Option<u32> {
        let s = &self.syntax;
        let title = |t: u32| s.is(t, TITLES | Cat::DETERMINER.tag()) || s.kind(t) == Some(TokenKind::Period);
        (sentence.start..tokens.start).rev().find(|&t| !title(t))
    }

    /// "Without X, my son would not be alive", "I would never have passed without X": what would have been without somebody speaks for him.
    pub(super) fn indispensable(&self, tokens: &Range<u32>, sentence: &Range<u32>, out: &mut Features) {
        let s = &self.syntax;
        let without = self.before_titles(tokens, sentence).filter(|&t| matches!(s.word(t), "Without" | "without"));
        let Some(without) = without.filter(|_| !self.owns(tokens)) else { return };
        let would = |t: u32| matches!(s.word(t), "would" | "wouldn't" | "could" | "wouldn’t" | "couldn't" | "couldn’t");
        let behind = (tokens.end..sentence.end.min(tokens.end + 8)).any(would);
        let never = |t: u32| s.is(t, Cat::NEGATOR.tag()) || matches!(s.word(t), "lost" | "nothing" | "nowhere");
        let before = sentence.start.max(without.saturating_sub(14))..without;
        if !(behind || before.clone().any(would) && before.clone().any(never)) {
            return;
        }
        out.pieces.retain(|p| !p.feature.is_near() || p.tokens.start < without);
        out.pieces.push(Piece::of_rule(Feature::TowardFor, PRAISE_OF_THE_PEERLESS, without..tokens.end));
    }

    /// "Compared with X, Y was a statesman", "next to X, Y is a windbag": what is said behind the comma is said against, or for, X.
    pub(super) fn set_beside(&self, tokens: &Range<u32>, sentence: &Range<u32>, out: &mut Features) {
        let s = &self.syntax;
        let comma = s.kind(tokens.end) == Some(TokenKind::Comma);
        let Some(with) = self.before_titles(tokens, sentence).filter(|_| comma && !self.owns(tokens)) else { return };
        let opens = |t: u32| (sentence.start..t).all(|b| s.kind(b) != Some(TokenKind::Word));
        let pair = with > sentence.start
            && matches!((s.word(with - 1), s.word(with)), ("Compared" | "compared", "with" | "to") | ("Next" | "next", "to"))
            && opens(with - 1);
        if !(pair || matches!(s.word(with), "Unlike" | "unlike" | "Beside" | "beside") && opens(with)) {
            return;
        }
        for piece in out.pieces.iter_mut().filter(|p| p.feature.is_near() && p.tokens.start > tokens.end) {
            piece.feature = if piece.feature.is_for() { Feature::TowardAgainst } else { Feature::TowardFor };
            piece.value = piece.value.max(0.3) * COMPARED;
        }
    }

    /// "Give me *X* over *Y* any day": who is preferred, and to whom.
    pub(super) fn preferred(&self, tokens: &Range<u32>, sentence: &Range<u32>, out: &mut Features) {
        let s = &self.syntax;
        let Some(before) = self.before_titles(tokens, sentence).filter(|_| !self.owns(tokens)) else { return };
        let give_me = |t: u32| s.word(t) == "me" && t > sentence.start && matches!(s.word(t - 1), "Give" | "give");
        let value = match s.word(before) {
            "me" if give_me(before) && s.word(tokens.end) == "over" => PREFERRED,
            "over" if (sentence.start.max(before.saturating_sub(6))..before).any(give_me) => -PREFERRED,
            _ => return,
        };
        out.pieces.push(Piece::of_rule(Feature::TowardFor, value, before..tokens.end));
    }

    /// "better than X", "more honest than X": what praises the other one is said against X, and milder.
    pub(super) fn compared(&self, tokens: &Range<u32>, sentence: &Range<u32>, out: &mut Features) {
        let s = &self.syntax;
        if self.owns(tokens) {
            return;
        }
        let mut than = tokens.start;
        while than > sentence.start && (s.is(than - 1, TITLES | Cat::DETERMINER.tag()) || s.kind(than - 1) == Some(TokenKind::Period)) {
            // "a better coach than any she has known"
            if matches!(s.word(than - 1), "any" | "all" | "most" | "some" | "every") {
                return;
            }
            than -= 1;
        }
        let Some(than) = than.checked_sub(1).filter(|&t| t >= sentence.start && matches!(s.word(t), "than" | "as")) else { return };
        // "X was a far better runner than she herself had been": she is somebody else.
        let own = s.mention(tokens.start).map(|m| &self.mentions[m as usize]);
        let named = |t: u32| s.mention(t).map(|m| self.mentions[m as usize].figure);
        if own.is_some_and(|own| own.via == Via::Pronoun && (sentence.start..than).rev().find_map(named) == Some(own.figure)) {
            return;
        }
        let as_good = s.word(than) == "as";
        let from = sentence.start.max(than.saturating_sub(8));
        let comparative = |t: u32| {
            let word = s.word(t);
            if as_good {
                return word == "as" && t + 1 < than;
            }
            matches!(word, "more" | "better" | "far" | "greater")
                || word.len() > 4 && word.ends_with("er") && s.is(t, Cat::ADJECTIVE.tag() | Cat::SENTIMENT.tag())
        };
        // "Nobody trains harder than X"
        let adverbial = |t: u32| !as_good && (s.word(t).len() > 4 && s.word(t).ends_with("er") || s.word(t) == "less");
        let Some(first) = (from..than).find(|&t| comparative(t) || adverbial(t)) else { return };
        // "Nobody has done more than X", "there is no braver man than X", "none was as good as X": there is none better.
        let clause = sentence.start.max(first.saturating_sub(PEERLESS));
        let within = (clause..first).rev().filter(|&t| !self.outside(tokens.start, t));
        // "It is hard to think of a minister who has shown more grace than X"
        let hard = |t: u32| {
            matches!(s.word(t), "hard" | "difficult" | "impossible")
                && s.word(t + 1) == "to"
                && matches!(s.word(t + 2), "think" | "imagine" | "name" | "find" | "recall" | "picture")
        };
        let peerless = within.take_while(|&t| s.kind(t) == Some(TokenKind::Word)).any(|t| s.is(t, Cat::NEGATOR.tag()) || hard(t));
        if !peerless && !(from..than).any(comparative) {
            return;
        }
        if peerless {
            let bad = out
                .pieces
                .iter()
                .any(|p| (first..=first + 1).contains(&p.tokens.start) && p.tokens.end <= than && p.weight < -FAINT_PRAISE);
            out.pieces.retain(|p| p.tokens.start < clause || p.tokens.end > than);
            let value = if bad { -PRAISE_OF_THE_PEERLESS } else { PRAISE_OF_THE_PEERLESS };
            out.pieces.push(Piece::of_rule(Feature::TowardFor, value, first..than + 1));
            return;
        }
        if as_good {
            return;
        }
        // "even more dishonest than X": so is X.
        let even = first > sentence.start && s.word(first - 1) == "even";
        let within = |p: &&mut Piece| p.tokens.start >= first && p.tokens.end <= than && (even || p.feature.is_for());
        for piece in out.pieces.iter_mut().filter(within) {
            piece.feature = if even && piece.feature.is_for() { Feature::TowardFor } else { Feature::TowardAgainst };
            piece.value = piece.value.max(0.3) * COMPARED;
        }
    }
}
