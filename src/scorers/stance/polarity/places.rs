//! What verbs, nouns and adjectives say of a mention by its place: subject, object, agent, owner, target, bearer; and whose stance it is, the
//! holder's or that of another who does it.

use std::ops::Range;

use super::naming::NAMING;
use super::{Context, Frame, Role};
use crate::lexicon::Cat;
use crate::scorers::stance::features::{Doer, Feature, Features};
use crate::scorers::stance::names::{REPORTING, TITLES};
use crate::scorers::stance::syntax::SUBJECT_PRONOUN;
use crate::segment::TokenKind;

/// What is left for the holder of a mention of what somebody else is told to do to it, and of a faint impression that a verb of saying or judging
/// leaves of its subject.
const TOLD: f32 = 0.2;
const MILD: f32 = 0.3;
const FAINT: f32 = 0.15;
/// As kind as "thanked" makes its subject look.
const KIND: f32 = 0.4;

impl Context<'_> {
    pub(super) fn verb(&self, frame: &Frame, tokens: &Range<u32>, out: &mut Features) {
        let [subject_weight, object_weight, attitude] = self.weights(frame.hit);
        let subject = frame.subject.as_ref().and_then(|s| self.share(s, tokens).or_else(|| self.joined(s, tokens)));
        if let Some(role) = subject {
            let (pair, weight) = match (frame.passive, role) {
                (true, Role::Head) => (Feature::PassiveFor, object_weight),
                (false, Role::Head) => (Feature::SubjectFor, subject_weight),
                (true, Role::Part) => (Feature::PartFor, object_weight * 0.6),
                (false, Role::Part) => (Feature::PartFor, subject_weight * 0.6),
            };
            self.push(pair, frame.hit, weight, 1.0, out);
            // The agent of a passive holds the attitude: "X was praised by Y".
            // "Parents demanded that X be dismissed": who says so wants it.
            let group = self.syntax.group_start(frame.tokens.start)..frame.tokens.start;
            let wanted = self.speeches.number(frame.tokens.start).is_some()
                && group.clone().any(|t| self.syntax.word(t) == "be")
                && !group.clone().any(|t| matches!(self.syntax.word(t), "will" | "would" | "can" | "could" | "may" | "might"));
            if frame.passive && !wanted {
                let told = match &frame.agent {
                    Some(agent) if role == Role::Head => self.other_in(agent, frame, attitude, out),
                    // "X has been accused": by somebody.
                    None if role == Role::Head && self.syntax.is(frame.tokens.start, REPORTING) && attitude.abs() >= MILD => {
                        out.by_others
                            .extend(self.piece(Feature::AttitudeFor, frame.hit, attitude, 1.0).map(|piece| (Doer::Unknown, piece)));
                        true
                    }
                    _ => false,
                };
                if told || attitude.abs() >= MILD {
                    self.told(frame, out);
                }
            } else if !wanted && self.judges(frame, subject_weight) {
                self.told(frame, out);
            }
            return;
        }
        if frame.agent.as_ref().is_some_and(|a| self.share(a, tokens) == Some(Role::Head)) {
            self.push(Feature::AgentFor, frame.hit, subject_weight, 1.0, out);
            if self.judges(frame, subject_weight) {
                self.told(frame, out);
            }
            return;
        }
        if let Some((phrase, preposition)) = &frame.object {
            let role = self.share(phrase, tokens).or_else(|| self.joined(phrase, tokens));
            // "condemned the conduct of X"
            let role = role.or_else(|| {
                let (of, Some(p)) = self.syntax.object(phrase.end)? else { return None };
                (matches!(self.syntax.word(p), "of" | "by") && p == phrase.end && self.share(&of, tokens).is_some()).then_some(Role::Part)
            });
            if let Some(role) = role {
                if frame.passive {
                    return self.push(Feature::ObliqueFor, frame.hit, object_weight, 0.3, out);
                }
                // A possessive owner of the object: "criticised Trump's plan".
                let part = role == Role::Part || (phrase.start == tokens.start && self.owns(tokens));
                let share = if part { 0.6 } else { 1.0 };
                let pair = match preposition {
                    Some(_) => Feature::ObliqueFor,
                    None if part => Feature::PartFor,
                    None => Feature::ObjectFor,
                };
                self.push(pair, frame.hit, object_weight, share, out);
                // "demanded that the board dismiss X": who demands it is against X.
                if attitude != 0.0 && self.is_demanded(frame) {
                    self.told(frame, out);
                    return self.push(Feature::AttitudeFor, frame.hit, attitude * share, 1.0, out);
                }
                let other = attitude != 0.0 && self.by_other(frame, attitude * if preposition.is_some() { 0.6 } else { share }, out);
                // What a crowd does is told as everybody's.
                if other && matches!(out.by_others.last(), Some((Doer::Mention(_), _))) {
                    self.told(frame, out);
                }
                return;
            }
        }
        if frame.tokens.start < tokens.start {
            self.near(Feature::BeforeFor, frame.hit, 0.7 * object_weight + 0.3 * subject_weight, tokens, out);
        } else {
            self.near(Feature::AfterFor, frame.hit, 0.5 * (subject_weight + object_weight), tokens, out);
        }
    }

    /// Whether somebody demands the deed: "urged that the board *dismiss* X", in the base form.
    pub(super) fn is_demanded(&self, frame: &Frame) -> bool {
        let s = &self.syntax;
        let at = frame.tokens.start;
        let verb = s.word(at);
        let base = !["ed", "ing", "s"].iter().any(|ending| verb.ends_with(ending)) && !s.is(at, Cat::PARTICIPLE.tag());
        let cue = self.speeches.innermost(at).and_then(|speech| speech.cue.clone());
        let demands = |t: u32| ["demand", "urge", "insist", "recommend", "propose", "request"].iter().any(|w| s.word(t).starts_with(w));
        base && s.group_start(at) == at && cue.is_some_and(|c| c.end <= at && c.clone().any(demands))
    }

    /// A target joined to a phrase by "and": both are what the predicate says they are.
    pub(super) fn joined(&self, phrase: &Range<u32>, tokens: &Range<u32>) -> Option<Role> {
        let s = &self.syntax;
        let (from, to) = if tokens.end <= phrase.start { (tokens.end, phrase.start) } else { (phrase.end, tokens.start) };
        if to < from || to - from > 6 || self.owns(tokens) {
            return None;
        }
        let mut and = false;
        for t in from..to {
            let comma = s.kind(t) == Some(TokenKind::Comma);
            and |= matches!(s.word(t), "and" | "or" | "&") || comma;
            let passes = comma || s.is(t, Cat::COORDINATOR.tag() | TITLES | Cat::TITLE_ADJECTIVE.tag()) || s.mention(t).is_some();
            if !passes {
                return None;
            }
        }
        and.then_some(Role::Head)
    }

    /// A verb of praise, blame or the like, whose subject does no more than judge and looks so (`impression`) by it; "boasted" and "admitted" say
    /// something of their subject.
    pub(super) fn judges(&self, frame: &Frame, impression: f32) -> bool {
        let [subject, _, attitude] = self.weights(frame.hit);
        let reports = self.syntax.is(frame.tokens.start, REPORTING);
        let mild = if reports { KIND } else { MILD };
        attitude.abs() >= MILD && impression.abs() <= mild || subject.abs() <= FAINT && reports
    }

    /// The piece just added tells what somebody else does or says, with the adjectives in front of it: a part of it, at most, is the holder's own.
    pub(super) fn told(&self, frame: &Frame, out: &mut Features) {
        if let Some(piece) = out.pieces.last_mut().filter(|p| p.tokens == frame.tokens) {
            piece.held = TOLD;
        }
        let s = &self.syntax;
        let attribute = |&t: &u32| s.is(t, Cat::ADJECTIVE.tag()) && !s.is(t, Cat::DETERMINER.tag()) || s.is_adverb(t);
        let adjectives = (frame.tokens.start.saturating_sub(3)..frame.tokens.start).rev().take_while(attribute).count() as u32;
        out.told.push(frame.tokens.start - adjectives..frame.tokens.end);
    }

    pub(super) fn by_other(&self, frame: &Frame, attitude: f32, out: &mut Features) -> bool {
        frame.subject.as_ref().is_some_and(|subject| self.other_in(subject, frame, attitude, out))
    }

    /// Gives the first mention of a phrase the attitude; says whether there is one.
    pub(super) fn other_in(&self, phrase: &Range<u32>, frame: &Frame, attitude: f32, out: &mut Features) -> bool {
        let head = |t: u32| self.syntax.mention(t).filter(|&m| self.share(phrase, &self.mentions[m as usize].tokens) == Some(Role::Head));
        let other = match phrase.clone().find_map(head) {
            Some(mention) => Doer::Mention(mention),
            // Who has no name is told of where he says something, not where he does something.
            None if (frame.tokens.clone().any(|t| self.syntax.is(t, REPORTING | Cat::REPORT_NOUN.tag()))
                || self.syntax.is_organisation(phrase))
                && (frame.passive || self.syntax.can_speak(phrase))
                && phrase
                    .clone()
                    .all(|t| self.syntax.mention(t).is_none() && !self.syntax.is(t, Cat::RELATIVE.tag() | SUBJECT_PRONOUN)) =>
            {
                let first = self.syntax.sentence(phrase.start).start.max(phrase.start.saturating_sub(6));
                let whole = self.syntax.phrase_ending(phrase.end - 1, first);
                Doer::Words(self.syntax.whole_organisation(if whole.end == phrase.end { whole } else { phrase.clone() }))
            }
            None => return false,
        };
        out.by_others.extend(self.piece(Feature::AttitudeFor, frame.hit, attitude, 1.0).map(|piece| (other, piece)));
        true
    }

    pub(super) fn noun(&self, frame: &Frame, tokens: &Range<u32>, out: &mut Features) {
        let [named, owner, target] = self.weights(frame.hit);
        let s = &self.syntax;
        let hit = &frame.tokens;
        if hit.start >= tokens.end {
            let gap = hit.start - tokens.end;
            if self.owns(tokens) && self.syntax.owned(tokens.end).contains(&hit.start) {
                return self.push(Feature::OwnerFor, frame.hit, owner, 1.0, out);
            }
            if self.complement(tokens.end, hit.start) {
                return self.push(Feature::NamedFor, frame.hit, named, 1.0, out);
            }
            if gap <= 14 && self.apposed(tokens.end, hit.start) {
                self.push(Feature::NamedFor, frame.hit, named, 0.9, out);
                // "X, a harsh critic of Y" is told of X.
                if self.is_relation(hit.start) {
                    self.told(frame, out);
                }
                return;
            }
            if self.named_by_caller(frame, Feature::NamedFor, named, tokens, out) {
                return;
            }
            if self.named_passively(frame, named, tokens, out) {
                return;
            }
            if self.has_verb(tokens.end, hit.start) || self.has(tokens, hit.start) {
                return self.push(Feature::OwnerFor, frame.hit, owner, 0.9, out);
            }
            // "X launched an attack on Y" is told of X.
            if target.abs() >= 0.25 && frame.owner.is_some_and(|m| self.mentions[m as usize].tokens == *tokens) {
                self.push(Feature::OwnerFor, frame.hit, owner, 1.0, out);
                return self.told(frame, out);
            }
            let weight = strongest([named * 0.6, owner, target]);
            return self.near(Feature::AfterFor, frame.hit, weight, tokens, out);
        }
        // "criticism of Y by her predecessor, X"
        let front = |t: u32| s.is(t, TITLES | Cat::DETERMINER.tag() | Cat::POSSESSIVE.tag()) || s.kind(t) == Some(TokenKind::Comma);
        let by = (hit.end..tokens.start).rev().find(|&t| !front(t));
        if by.is_some_and(|t| s.word(t) == "by")
            && hit.end + NAMING > tokens.start
            && !self.owns(tokens)
            && self.syntax.object(hit.end).is_some_and(|(o, _)| by.is_some_and(|by| o.end <= by))
        {
            return self.push(Feature::OwnerFor, frame.hit, owner, 1.0, out);
        }
        // In front of the target: "criticism of X", "the coward X", "X's critics".
        if let Some((phrase, preposition)) = self.syntax.object(hit.end)
            && phrase.start < tokens.end
            && tokens.start < phrase.end
        {
            // "full confidence in" as one term has its preposition inside.
            let last = hit.end - 1;
            let preposition =
                preposition.or_else(|| (hit.end - hit.start > 1 && self.syntax.is(last, Cat::PREPOSITION.tag())).then_some(last));
            match preposition {
                Some(p) if matches!(self.syntax.word(p), "by" | "from") => return self.push(Feature::OwnerFor, frame.hit, owner, 1.0, out),
                Some(p) => {
                    let before = out.by_others.len();
                    self.by_owner(frame, target, tokens, out);
                    self.by_agent(frame, target, tokens, out);
                    let owned = target == 0.0 && self.syntax.word(p) == "of";
                    let (pair, weight) = if owned { (Feature::OwnerFor, owner) } else { (Feature::TargetFor, target) };
                    self.push(pair, frame.hit, weight, 1.0, out);
                    if out.by_others.len() > before {
                        self.told(frame, out);
                    }
                    return;
                }
                None if hit.end + 3 >= tokens.start && self.adjoins(hit.end, tokens.start) => {
                    return self.push(Feature::NamedFor, frame.hit, named, 0.9, out);
                }
                None => {}
            }
        }
        self.near(Feature::BeforeFor, frame.hit, strongest([named * 0.6, owner * 0.8, target]), tokens, out);
    }

    /// "criticism of Y by X", "praise for Y, the chief, came from X": the agent's attitude.
    pub(super) fn by_agent(&self, frame: &Frame, target: f32, tokens: &Range<u32>, out: &mut Features) {
        let s = &self.syntax;
        let mut by = tokens.end + u32::from(s.kind(tokens.end) == Some(TokenKind::Comma));
        if matches!(s.word(by), "came" | "comes") && s.word(by + 1) == "from" {
            by += 1;
        }
        if matches!(s.word(by), "by" | "from")
            && let Some((phrase, None)) = s.object(by + 1)
        {
            self.other_in(&phrase, frame, target, out);
        }
    }

    /// "X's attack on Y": the owner's attitude, as strong as what it says of Y.
    pub(super) fn by_owner(&self, frame: &Frame, target: f32, tokens: &Range<u32>, out: &mut Features) {
        let Some(owner) = frame.owner.filter(|&m| !self.mentions[m as usize].tokens.contains(&tokens.start)) else { return };
        if let Some(piece) = self.piece(Feature::AttitudeFor, frame.hit, target, 1.0) {
            out.by_others.push((Doer::Mention(owner), piece));
        }
    }

    pub(super) fn adjective(&self, frame: &Frame, tokens: &Range<u32>, out: &mut Features) {
        let [bearer, toward] = {
            let w = self.weights(frame.hit);
            [w[0], w[1]]
        };
        let hit = &frame.tokens;
        if hit.start >= tokens.end {
            let gap = hit.start - tokens.end;
            if self.complement(tokens.end, hit.start) {
                return self.push(Feature::BearerFor, frame.hit, bearer, 1.0, out);
            }
            if self.owns(tokens) && self.syntax.owned(tokens.end).contains(&hit.start) {
                return self.push(Feature::OwnerFor, frame.hit, bearer, 0.8, out);
            }
            if gap <= 14 && self.apposed(tokens.end, hit.start) {
                // "X, a harsh critic of Y": harsh to Y.
                if self.is_relation(hit.start) || self.is_relation(hit.end) {
                    return;
                }
                return self.push(Feature::BearerFor, frame.hit, bearer, 0.9, out);
            }
            if self.named_by_caller(frame, Feature::BearerFor, bearer, tokens, out) {
                return;
            }
            if self.named_passively(frame, bearer, tokens, out) {
                return;
            }
            // "X has the finest voice"
            if self.has_verb(tokens.end, hit.start) {
                return self.push(Feature::OwnerFor, frame.hit, bearer, 0.8, out);
            }
            // "X falsely claimed"
            if gap <= 2 && self.syntax.is_adverb(hit.start) {
                return self.push(Feature::BearerFor, frame.hit, bearer, 0.9, out);
            }
            return self.near(Feature::AfterFor, frame.hit, bearer, tokens, out);
        }
        if let Some((phrase, preposition)) = self.syntax.object(hit.end)
            && phrase.start < tokens.end
            && tokens.start < phrase.end
        {
            // "loyal to" as one term has its preposition inside.
            let preposition =
                preposition.or_else(|| Some(hit.end - 1).filter(|&t| hit.end - hit.start > 1 && self.syntax.is(t, Cat::PREPOSITION.tag())));
            match preposition {
                Some(_) if toward != 0.0 => {
                    // "X is critical of Y": X holds it.
                    if let Some(bearer) = self.bearer(hit.start)
                        && let Some(piece) = self.piece(Feature::AttitudeFor, frame.hit, toward, 1.0)
                    {
                        out.by_others.push((Doer::Mention(bearer), piece));
                        self.push(Feature::TowardFor, frame.hit, toward, 1.0, out);
                        return self.told(frame, out);
                    }
                    return self.push(Feature::TowardFor, frame.hit, toward, 1.0, out);
                }
                None if hit.end + 4 >= tokens.start && self.adjoins(hit.end, tokens.start) => {
                    return self.push(Feature::BearerFor, frame.hit, bearer, 1.0, out);
                }
                _ => {}
            }
        }
        self.near(Feature::BeforeFor, frame.hit, bearer, tokens, out);
    }

    /// Whether an attribute that ends at `from` belongs to the name at `to`: no "and" behind a closed quotation between them ("called X 'a
    /// true patriot' and *Y* 'a puppet'").
    pub(super) fn adjoins(&self, from: u32, to: u32) -> bool {
        let s = &self.syntax;
        let mark = |t: u32| matches!(s.kind(t), Some(TokenKind::DoubleQuote | TokenKind::SingleQuote));
        !(from..to).any(|t| s.is(t, Cat::COORDINATOR.tag()) && (from..t).any(mark))
    }
}

fn strongest<const N: usize>(weights: [f32; N]) -> f32 {
    weights.into_iter().fold(0.0, |a: f32, b| if b.abs() > a.abs() { b } else { a })
}
