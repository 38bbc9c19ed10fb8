//! Mockery of a mention: distancing words and quoted honours before it, and speakers who are said to be sarcastic.

use std::ops::Range;

use super::Context;
use crate::lexicon::Cat;
use crate::scorers::stance::features::{Feature, Features, IRONY, Piece};
use crate::scorers::stance::names::TITLES;
use crate::scorers::stance::syntax::SUBJECT_PRONOUN;
use crate::segment::TokenKind;

impl Context<'_> {
    /// Mockery of the mention: a distancing word or a quoted honour right before it ("the so-called 'president' X"), or a speaker who is
    /// said to be sarcastic. Praise inside is turned.
    pub(super) fn mockery(&self, tokens: &Range<u32>, sentence: &Range<u32>, out: &mut Features) {
        let s = &self.syntax;
        let first = sentence.start.max(tokens.start.saturating_sub(14));
        // Back over quotation marks, hyphens, titles, honours and adjectives.
        let mut from = tokens.start;
        let mut marks = 0;
        let mut quoted_praise = false;
        let mut distancing = None;
        while from > first {
            let t = from - 1;
            let tags = s.tags(t);
            // Speech before its speaker is no label.
            let clause = tags & (SUBJECT_PRONOUN | Cat::BE.tag() | Cat::HAVE.tag() | Cat::AUXILIARY.tag()) != 0;
            if clause || self.speeches.number(t) != self.speeches.number(tokens.start) {
                break;
            }
            let passes = match s.kind(t) {
                Some(TokenKind::DoubleQuote | TokenKind::SingleQuote) => {
                    marks += 1;
                    true
                }
                Some(TokenKind::Hyphen | TokenKind::Dash | TokenKind::Comma) => marks > 0,
                Some(TokenKind::Word) => {
                    let praise =
                        tags & (Cat::HONOUR.tag() | Cat::OFFICE.tag() | Cat::SENTIMENT.tag() | Cat::ADJECTIVE.tag() | Cat::NOUN.tag()) != 0;
                    quoted_praise |= marks % 2 == 1 && praise && tags & Cat::DISTANCING.tag() == 0;
                    marks % 2 == 1
                        || praise
                        || tags & (TITLES | Cat::TITLE_ADJECTIVE.tag() | Cat::DISTANCING.tag() | Cat::DETERMINER.tag()) != 0
                }
                _ => false,
            };
            if !passes {
                break;
            }
            from = t;
        }
        let hits = self.document.hits;
        let start = hits.partition_point(|h| h.start < from);
        let mut sarcastic = false;
        for (i, hit) in hits.iter().enumerate().skip(start).take_while(|(_, h)| h.start < sentence.end) {
            match hit.cat {
                Cat::DISTANCING if hit.end <= tokens.start => distancing = Some((i, hit.weight)),
                Cat::REPORTED_SARCASM if hit.weight >= 0.4 && !self.in_name(hit) => {
                    sarcastic |= self.speeches.number(tokens.start) != self.speeches.number(hit.start)
                }
                _ => {}
            }
        }
        let mut turn_from = tokens.start;
        if let Some((i, weight)) = distancing {
            self.push(Feature::MockedFor, i, -weight.max(0.5), 1.0, out);
            turn_from = from;
        } else if quoted_praise && marks >= 2 && self.speeches.number(tokens.start).is_none() {
            turn_from = from;
            out.pieces.push(Piece::of_rule(Feature::MockedFor, -0.5, from..tokens.start));
        }
        if turn_from < tokens.start || sarcastic {
            let own = self.speeches.number(tokens.start);
            for piece in &mut out.pieces {
                let near = piece.tokens.start >= turn_from && piece.tokens.end <= tokens.start;
                let said = sarcastic && self.speeches.number(piece.tokens.start) == own;
                if (near || said) && piece.feature.is_for() {
                    piece.feature = piece.feature.turned();
                    piece.value *= -IRONY;
                }
            }
        }
    }
}
