//! Names that people give each other: "called X a liar", "X was described by Y as generous".

use std::ops::Range;

use super::{Context, Frame, Role};
use crate::lexicon::Cat;
use crate::scorers::stance::features::{Doer, Feature, Features};
use crate::scorers::stance::names::{REPORTING, TITLES};
use crate::scorers::stance::speech::Speech;
use crate::segment::TokenKind;

/// Tokens between a verb of naming and the name.
pub(super) const NAMING: u32 = 12;

impl Context<'_> {
    /// The verb of "called X a liar", "dubbed the new boss X 'toxic'", "mocked X as an amateur": a verb of saying or thinking has the target as its
    /// object, and nothing but "as", an article, adjectives and a quotation mark stands between the target and the hit.
    fn called(&self, tokens: &Range<u32>, hit: u32) -> Option<u32> {
        let s = &self.syntax;
        // "called the chief executive, X, 'a disaster'"
        let apposed =
            s.kind(tokens.end) == Some(TokenKind::Comma) && tokens.start > 0 && s.kind(tokens.start - 1) == Some(TokenKind::Comma);
        let passes = |t: u32| match s.kind(t) {
            Some(TokenKind::DoubleQuote | TokenKind::SingleQuote) => true,
            Some(TokenKind::Comma) => apposed && t == tokens.end,
            Some(TokenKind::Word) => matches!(s.word(t), "as") || s.is(t, Cat::DETERMINER.tag() | Cat::ADJECTIVE.tag()) || s.is_adverb(t),
            _ => false,
        };
        if hit - tokens.end > 5 || self.owns(tokens) || !(tokens.end..hit).all(passes) {
            return None;
        }
        let front = TITLES | Cat::TITLE_ADJECTIVE.tag() | Cat::DETERMINER.tag() | Cat::DEMONYM.tag();
        let first = s.sentence(tokens.start).start.max(tokens.start.saturating_sub(6));
        let skipped = |t: u32| s.is(t, front) && !s.is(t, REPORTING) || apposed && t + 1 == tokens.start;
        let mut verb = (first..tokens.start).rev().find(|&t| !skipped(t))?;
        // "called X a patriot and *Y* a puppet"
        if matches!(s.word(verb), "and" | "but" | "while") {
            let first = s.sentence(verb).start.max(verb.saturating_sub(2 * NAMING));
            verb = (first..verb).rev().find(|&t| s.is(t, REPORTING) && s.is_verb(t))?;
            s.object(verb + 1).filter(|(o, p)| p.is_none() && o.clone().any(|t| s.mention(t).is_some()))?;
        }
        // "said X, a liar" is an apposition, and "told X a lie" gives him one.
        let names = s.is(verb, REPORTING & !Cat::REPORT_FACTIVE.tag())
            && !matches!(s.word(verb), "said" | "says" | "told" | "tells" | "asked" | "asks");
        (names && s.is_verb(verb)).then_some(verb)
    }

    /// "X considered Y unreliable": what X calls another says nothing of X.
    pub(super) fn calls_another(&self, hit: u32, tokens: &Range<u32>) -> bool {
        let s = &self.syntax;
        let first = s.sentence(hit).start.max(hit.saturating_sub(6));
        let other = (first..hit).rev().find(|&t| s.mention(t).is_some()).map(|t| s.whole_mention(t));
        other.is_some_and(|other| tokens.end <= other.start && other.end <= hit && self.called(&other, hit).is_some())
    }

    /// "X was described by Y as generous", "X was branded a cheat": a passive verb of naming has the target as its subject, and nothing but its
    /// agent, "as", an article, adjectives and quotation marks stands between it and the hit. It is the agent who says so, or somebody.
    pub(super) fn named_passively(&self, frame: &Frame, weight: f32, tokens: &Range<u32>, out: &mut Features) -> bool {
        let s = &self.syntax;
        if self.described(frame, weight, tokens, out) {
            return true;
        }
        // In a quotation the list before it does not matter.
        let quotes = self.document.quotes;
        let behind = quotes.partition_point(|q| q.tokens.start <= frame.tokens.start);
        let quote = quotes[..behind].last().filter(|q| q.tokens.end > frame.tokens.start && q.tokens.start > tokens.end);
        let hit = quote.map_or(frame.tokens.start, |q| q.tokens.start);
        let mut verb = None;
        let mut agent = None;
        let mut t = hit;
        while t > tokens.end && hit - t < NAMING {
            t -= 1;
            match s.kind(t) {
                Some(TokenKind::DoubleQuote | TokenKind::SingleQuote | TokenKind::Hyphen) => {}
                Some(TokenKind::Word) if s.word(t) == "by" => agent = s.object(t + 1).filter(|(_, p)| p.is_none()).map(|(o, _)| o),
                Some(TokenKind::Word) if s.is(t, REPORTING & !Cat::REPORT_FACTIVE.tag()) && s.is_passive(t..t + 1) => {
                    verb = Some(t);
                    break;
                }
                Some(TokenKind::Word) if !s.is(t, Cat::BE.tag() | Cat::HAVE.tag() | Cat::AUXILIARY.tag()) => {}
                _ => return false,
            }
        }
        let Some(verb) = verb.filter(|&v| s.subject(v).is_some_and(|r| self.share(&r, tokens) == Some(Role::Head))) else { return false };
        // Between "by" and "as" stands the agent; without one only what belongs to the name itself.
        let named = (verb + 1..hit).all(|t| {
            let within = agent.as_ref().is_some_and(|a| t < a.end);
            within
                || s.word(t) == "as"
                || s.is(t, Cat::DETERMINER.tag() | Cat::ADJECTIVE.tag())
                || s.is_adverb(t)
                || s.kind(t) != Some(TokenKind::Word)
                || matches!(s.word(t), "and" | "both")
        });
        if !named {
            return false;
        }
        let agent = agent.or_else(|| s.agent(frame.tokens.end));
        let doer = match agent {
            Some(agent) if self.other_in(&agent, frame, weight, out) => None,
            // "by colleagues"
            Some(agent) => Some(Doer::Words(agent)),
            None => Some(Doer::Unknown),
        };
        if let Some(doer) = doer {
            out.by_others.extend(self.piece(Feature::AttitudeFor, frame.hit, weight, 1.0).map(|piece| (doer, piece)));
        }
        self.push(Feature::NamedFor, frame.hit, weight, 0.9, out);
        self.told(frame, out);
        true
    }

    /// "X was described by Y, who chaired the panel, as brilliant and fair": what stands behind the "as" of a passive verb is what its agent says.
    fn described(&self, frame: &Frame, weight: f32, tokens: &Range<u32>, out: &mut Features) -> bool {
        let s = &self.syntax;
        let speech = self.speeches.innermost(frame.tokens.start);
        let cue = speech.and_then(|speech| {
            let cue = speech.cue.clone()?;
            let first = speech.content.first()?;
            let behind_as = s.word(first.start) == "as" || first.start > 0 && s.word(first.start - 1) == "as";
            (behind_as && s.is_passive(cue.clone()) && cue.end <= first.start).then_some(cue)
        });
        let (Some(speech), Some(cue)) = (speech, cue) else { return false };
        if !s.subject(cue.start).is_some_and(|r| self.share(&r, tokens) == Some(Role::Head)) {
            return false;
        }
        if let Some(source) = speech.source.as_ref().filter(|source| !self.other_in(source, frame, weight, out)) {
            let doer = Doer::Words(source.clone());
            out.by_others.extend(self.piece(Feature::AttitudeFor, frame.hit, weight, 1.0).map(|piece| (doer, piece)));
        }
        self.push(Feature::NamedFor, frame.hit, weight, 0.9, out);
        self.told(frame, out);
        true
    }

    /// Gives the target what a verb of calling calls it, and the caller the attitude; says whether there is such a verb.
    pub(super) fn named_by_caller(&self, frame: &Frame, pair: Feature, weight: f32, tokens: &Range<u32>, out: &mut Features) -> bool {
        let Some(verb) = self.called(tokens, frame.tokens.start) else { return false };
        // Who denies having called X a bully says nothing of X.
        if !self.speeches.innermost(verb).is_some_and(Speech::denies) {
            let other = self.by_caller(verb, frame, weight, tokens, out);
            self.push(pair, frame.hit, weight, 0.9, out);
            if other {
                self.told(frame, out);
            }
        }
        true
    }

    /// What the subject of a verb of calling makes of the target; says whether it is a mention.
    fn by_caller(&self, verb: u32, frame: &Frame, weight: f32, tokens: &Range<u32>, out: &mut Features) -> bool {
        let Some(subject) = self.syntax.subject(verb).filter(|s| s.end <= verb) else { return false };
        // In a quotation it is the speech that holds it.
        if self.speeches.number(tokens.start).is_some() && self.speeches.number(verb) != self.speeches.number(tokens.start) {
            return false;
        }
        self.other_in(&subject, frame, weight, out)
    }
}
