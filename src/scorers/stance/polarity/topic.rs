//! What a quotation says of the one of whom it is said, where it names nobody: "'There is no better goalkeeper,' said X of *Y*".

use std::ops::Range;

use super::Context;
use crate::lexicon::{Cat, Hit};
use crate::scorers::stance::features::{Feature, Features, Piece};
use crate::segment::TokenKind;

/// How much of what is said in a quotation without a name counts for its topic.
const SAID: f32 = 0.8;
/// What "nobody has done more" says for its topic.
const PEERLESS: f32 = 0.6;

impl Context<'_> {
    /// The evidence of a quotation for its topic: what its predicates say of their subjects, or what its speaker feels where the subject is "I".
    pub(in super::super) fn about_topic<'p>(&self, parts: impl Iterator<Item = &'p Range<u32>>) -> Features {
        let mut out = Features::default();
        for part in parts {
            if let Some(piece) = self.peerless(part) {
                out.pieces.push(piece);
                continue;
            }
            let from = self.frames.partition_point(|f| f.tokens.start < part.start);
            for frame in self.frames[from..].iter().take_while(|f| f.tokens.start < part.end).filter(|f| !f.hidden) {
                let [first, second, third] = self.weights(frame.hit);
                let own = frame.subject.as_ref().is_some_and(|r| self.syntax.is(r.start, Cat::PRONOUN_I.tag()));
                let (pair, weight) = match self.document.hits[frame.hit].cat {
                    Cat::VERB if frame.verb && own => (Feature::AttitudeFor, if third == 0.0 { second } else { third }),
                    Cat::VERB if frame.verb => (Feature::SubjectFor, if frame.passive { second } else { first }),
                    Cat::NOUN => (Feature::NamedFor, if first == 0.0 { second } else { first }),
                    Cat::ADJECTIVE => (Feature::BearerFor, first),
                    _ => continue,
                };
                self.push(pair, frame.hit, weight, SAID, &mut out);
            }
            let hits = self.document.hits;
            let from = hits.partition_point(|h| h.start < part.start);
            for (i, hit) in hits.iter().enumerate().skip(from).take_while(|(_, h)| h.start < part.end) {
                let free = hit.cat == Cat::SENTIMENT && !self.in_name(hit) && !self.is_fact(hit) && !self.framed(&(hit.start..hit.end));
                if free {
                    self.push(Feature::LinkedFor, i, hit.weight, SAID, &mut out);
                }
            }
        }
        out
    }

    /// "Nobody has done more for young cellists", "there is no braver man": a comparative behind the negator that opens what is said.
    fn peerless(&self, part: &Range<u32>) -> Option<Piece> {
        let s = &self.syntax;
        let first = (part.start..part.end.min(part.start + 4)).find(|&t| s.is(t, Cat::NEGATOR.tag()))?;
        let better = |t: &u32| matches!(s.word(*t), "more" | "better" | "harder" | "braver" | "finer" | "kinder");
        let comparative = (first + 1..part.end.min(first + 8)).take_while(|&t| s.kind(t) == Some(TokenKind::Word)).find(better)?;
        let bad = |h: &Hit| h.cat == Cat::SENTIMENT && h.weight < -0.25;
        let hits = &self.document.hits[self.document.hits.partition_point(|h| h.start < comparative)..];
        let sign = if hits.iter().take_while(|h| h.start < comparative + 3).any(bad) { -1.0 } else { 1.0 };
        Some(Piece::of_rule(Feature::TowardFor, sign * PEERLESS, first..comparative + 1))
    }
}
