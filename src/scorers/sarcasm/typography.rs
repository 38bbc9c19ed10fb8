//! Typography: `?!` runs, `(!)` and `(?)`, lengthened letters, single shouted words, an ellipsis behind praise.

use super::Scene;
use crate::lexicon::Cat;
use crate::scorers::combine::Cue;
use crate::segment::{Marks, TokenKind};

const FAMILY: &str = "sarcasm.typography";

const BRACKETED: f32 = 0.6;
const MIXED_MARKS: f32 = 0.25;
const LENGTHENED: f32 = 0.15;
const SHOUTED: f32 = 0.08;
const TRAILING: f32 = 0.2;

pub(super) fn cues(scene: &Scene<'_>, out: &mut Vec<Cue>) {
    let document = scene.document;
    let tokens = scene.paragraph.tokens.clone();
    let kind = |t: u32| if t < tokens.end { document.tokens.get(t as usize).map(|t| t.kind) } else { None };
    let is_mark = |k: Option<TokenKind>| matches!(k, Some(TokenKind::Question | TokenKind::Exclamation));
    let mut t = tokens.start;
    while t < tokens.end {
        let token = &document.tokens[t as usize];
        match token.kind {
            TokenKind::Open if is_mark(kind(t + 1)) && kind(t + 2) == Some(TokenKind::Close) => {
                out.push(scene.rule_cue(FAMILY, t..t + 3, BRACKETED));
                t += 2;
            }
            TokenKind::Question | TokenKind::Exclamation => {
                let mut end = t + 1;
                while is_mark(kind(end)) {
                    end += 1;
                }
                let mixed = (t..end).any(|i| kind(i) != Some(token.kind));
                if mixed {
                    out.push(scene.rule_cue(FAMILY, t..end, MIXED_MARKS));
                }
                t = end - 1;
            }
            TokenKind::Word if token.has(Marks::LENGTHENED) => out.push(scene.rule_cue(FAMILY, t..t + 1, LENGTHENED)),
            TokenKind::Word if token.has(Marks::SHOUTED) && document.is(t as usize, Cat::SENTIMENT.tag() | Cat::INTENSIFIER.tag()) => {
                out.push(scene.rule_cue(FAMILY, t..t + 1, SHOUTED));
            }
            TokenKind::Ellipsis => {
                let before = t.saturating_sub(4).max(tokens.start)..t;
                let (minus, plus) = scene.sentiment(before.clone());
                if plus > 0.4 && minus == 0.0 {
                    out.push(scene.rule_cue(FAMILY, before.start..t + 1, TRAILING));
                }
            }
            _ => {}
        }
        t += 1;
    }
}
