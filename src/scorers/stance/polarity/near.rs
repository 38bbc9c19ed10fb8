//! What stands near a mention without a relation: by distance, less where it is said of somebody else, nothing where somebody else says it; and
//! the plain sentiment of the sentence.

use std::ops::Range;

use super::{Context, Frame, Role};
use crate::lexicon::{Cat, Family, Hit};
use crate::scorers::stance::features::{Feature, Features, Piece};
use crate::scorers::stance::names::{REPORTING, TITLES};
use crate::segment::{Marks, TokenKind};

/// Words over which what stands near fades to a third.
const FADE: f32 = 9.0;
/// How much of what is said of another mention right behind it counts as standing near.
const OF_ANOTHER: f32 = 0.35;

impl Context<'_> {
    /// What stands near the mention is no evidence for its holder where somebody else says it, or where a verb says of the mention what there is
    /// to say.
    pub(super) fn levels(&self, tokens: &Range<u32>, out: &mut Features) {
        let own = self.speeches.number(tokens.start);
        let told = std::mem::take(&mut out.told);
        // A sentiment word inside a longer predicate that says the contrary: "a *hard* man to *fool*".
        let idioms: Vec<(Range<u32>, bool)> =
            out.pieces.iter().filter(|p| p.tokens.end - p.tokens.start > 1).map(|p| (p.tokens.clone(), p.feature.is_for())).collect();
        let against_idiom = |piece: &Piece| {
            let (span, praise) = (&piece.tokens, piece.feature.is_for());
            let longer = |whole: &Range<u32>| whole.start <= span.start && span.end <= whole.end && whole.len() > span.len();
            idioms.iter().any(|(whole, other)| *other != praise && longer(whole))
        };
        for piece in out.pieces.iter_mut().filter(|p| p.feature.is_near()) {
            let told = told.iter().any(|t| t.start < piece.tokens.end && piece.tokens.start < t.end);
            let elsewhere = self.speeches.number(piece.tokens.start) != own;
            if told || elsewhere || self.related(&piece.tokens, tokens) || against_idiom(piece) {
                piece.held = 0.0;
            } else if self.taken(&piece.tokens, tokens) {
                piece.held = piece.held.min(OF_ANOTHER);
            }
        }
    }

    /// Whether a verb on those tokens is said of somebody else: "X had been fair, but that *Y* had treated them with contempt" for X.
    pub(super) fn taken(&self, span: &Range<u32>, tokens: &Range<u32>) -> bool {
        let figure = |m: u32| self.mentions[m as usize].figure;
        let own = self.syntax.mention(tokens.start).map(figure);
        let other = |r: &Range<u32>| {
            let head = |t: u32| self.syntax.mention(t).filter(|&m| self.share(r, &self.mentions[m as usize].tokens) == Some(Role::Head));
            r.clone().find_map(head).is_some_and(|m| Some(figure(m)) != own)
        };
        let mut verbs = self.frames_over(span).filter(|f| f.verb && !f.hidden);
        verbs.any(|f| f.subject.as_ref().is_some_and(other))
    }

    /// Whether a verb on those tokens has the target as its subject, object or agent.
    pub(super) fn related(&self, span: &Range<u32>, tokens: &Range<u32>) -> bool {
        let is = |r: &Range<u32>| self.share(r, tokens) == Some(Role::Head);
        self.frames_over(span).filter(|f| f.verb).any(|f| {
            f.subject.as_ref().is_some_and(is) || f.object.as_ref().is_some_and(|(o, _)| is(o)) || f.agent.as_ref().is_some_and(is)
        })
    }

    /// What stands near without a relation: by distance, and apart where it stands in another clause.
    pub(super) fn near(&self, pair: Feature, hit: usize, weight: f32, tokens: &Range<u32>, out: &mut Features) {
        let h = &self.document.hits[hit];
        let span = h.start..h.end;
        let gap = self.gap(&span, tokens);
        let same = self.document.clauses[h.start as usize] == self.document.clauses[tokens.start as usize];
        let share = if self.of_another(&span, tokens) || self.borne_by_another(&span, tokens) || self.calls_another(h.start, tokens) {
            OF_ANOTHER
        } else {
            1.0
        };
        self.push(if same { pair } else { pair.far() }, hit, weight, share * (-gap / FADE).exp(), out);
    }

    /// "the brutal warlord *X* and the brave doctor Y": an attribute right before another name says nothing of this one.
    pub(super) fn of_another(&self, span: &Range<u32>, tokens: &Range<u32>) -> bool {
        let s = &self.syntax;
        let name = (span.end..span.end + 4)
            .take_while(|&t| s.kind(t) == Some(TokenKind::Word) || s.kind(t) == Some(TokenKind::Hyphen))
            .find(|&t| {
                s.mention(t).is_some() || s.is(t, Cat::PREPOSITION.tag() | Cat::COORDINATOR.tag() | Cat::DETERMINER.tag() | Cat::VERB.tag())
            });
        name.is_some_and(|t| {
            s.mention(t).is_some() && s.has(t, Marks::CAPITAL) && !(t < tokens.end && tokens.start < s.whole_mention(t).end)
        }) && !s.is_verb(span.start)
    }

    /// "X, her son, is wooden": what is said of another by a copula.
    pub(super) fn borne_by_another(&self, span: &Range<u32>, tokens: &Range<u32>) -> bool {
        let own = self.syntax.mention(tokens.start).map(|m| self.mentions[m as usize].figure);
        self.frames_over(span).filter_map(|f| f.bearer).any(|m| Some(self.mentions[m as usize].figure) != own)
    }

    pub(super) fn gap(&self, a: &Range<u32>, b: &Range<u32>) -> f32 {
        (if a.end <= b.start { b.start - a.end } else { a.start.saturating_sub(b.end) }) as f32
    }

    /// Plain sentiment near the target, by distance, left and right, and over the sentence.
    pub(super) fn words_around(&self, tokens: &Range<u32>, sentence: &Range<u32>, out: &mut Features) {
        let hits = self.document.hits;
        let from = hits.partition_point(|h| h.start < sentence.start);
        let (mut sum, mut in_clause, mut said, mut level, mut alarm) = (0.0, 0.0, 0.0, 0.0, 0.0);
        let clause = self.document.clauses[tokens.start as usize];
        let own = self.speeches.number(tokens.start);
        let speech = self.speeches.with_source(tokens);
        let does = self.governs(tokens, sentence.end);
        for (i, hit) in hits.iter().enumerate().skip(from).take_while(|(_, h)| h.start < sentence.end) {
            if hit.cat.family() == Family::Alarm && hit.weight > 0.0 && hit.cat != Cat::REASSURANCE {
                alarm += hit.weight;
            }
            if hit.cat != Cat::SENTIMENT || self.in_name(hit) || self.is_fact(hit) {
                continue;
            }
            let span = hit.start..hit.end;
            // A span that the caller gives may be a name that was not found: "Winner wrote that".
            if span.start < tokens.end && tokens.start < span.end && self.syntax.has(span.start, Marks::CAPITAL) {
                continue;
            }
            if !self.framed(&span) && self.linked(&span, tokens) {
                self.push(Feature::LinkedFor, i, hit.weight, 1.0, out);
            }
            let same = self.document.clauses[hit.start as usize] == clause;
            if same && does && hit.start >= tokens.end {
                self.push(Feature::DoesFor, i, hit.weight, 0.5, out);
            }
            self.near(if hit.start < tokens.start { Feature::WordsBeforeFor } else { Feature::WordsAfterFor }, i, hit.weight, tokens, out);
            let valence = self.valence(i, hit);
            sum += valence;
            if same {
                in_clause += valence;
            }
            if speech.is_some_and(|s| s.says(hit.start)) {
                said += valence;
            } else if self.speeches.number(hit.start) == own {
                level += valence;
            }
        }
        for (pair, sum) in
            [(Feature::SentenceFor, sum), (Feature::ClauseFor, in_clause), (Feature::SaidFor, said), (Feature::LevelFor, level)]
        {
            let sum: f32 = sum / (1.0 + sum.abs() * 0.5);
            out.state(Feature::signed(pair, sum), sum.abs());
        }
        out.state(Feature::Alarm, f32::min(alarm, 1.5));
    }

    /// Whether the target is followed by a verb group: it is the subject of its clause.
    pub(super) fn governs(&self, tokens: &Range<u32>, end: u32) -> bool {
        let s = &self.syntax;
        if self.owns(tokens) || tokens.start.checked_sub(1).is_some_and(|b| s.is(b, Cat::PREPOSITION.tag()) && s.word(b) != "to") {
            return false;
        }
        let mut t = tokens.end;
        while t < end.min(tokens.end + 3) && s.is_adverb(t) {
            t += 1;
        }
        t < end
            && s.is(
                t,
                Cat::VERB.tag() | REPORTING | Cat::BE.tag() | Cat::HAVE.tag() | Cat::DO.tag() | Cat::AUXILIARY.tag() | Cat::NEGATOR.tag(),
            )
    }

    /// The predicates that stand on one of the tokens.
    fn frames_over(&self, span: &Range<u32>) -> impl Iterator<Item = &Frame> {
        let span = span.clone();
        let from = self.frames.partition_point(|f| f.tokens.start + 6 < span.start);
        self.frames[from..].iter().take_while(move |f| f.tokens.start < span.end).filter(move |f| f.tokens.end > span.start)
    }

    /// Whether a predicate of the stance lexicons stands on one of the tokens.
    pub(super) fn framed(&self, span: &Range<u32>) -> bool {
        self.frames_over(span).next().is_some()
    }

    /// Whether a sentiment word without a frame of its own says something of the target: as its complement, attribute, apposition,
    /// possession or verb.
    pub(super) fn linked(&self, span: &Range<u32>, tokens: &Range<u32>) -> bool {
        let s = &self.syntax;
        if span.start >= tokens.end {
            return self.complement(tokens.end, span.start)
                || (self.owns(tokens) && s.owned(tokens.end).contains(&span.start))
                || (span.start - tokens.end <= 14 && self.apposed(tokens.end, span.start))
                || (span.start - tokens.end <= 12
                    && s.is_verb(span.start)
                    && s.subject(span.start).is_some_and(|r| self.share(&r, tokens) == Some(Role::Head)));
        }
        let attribute = span.end + 3 >= tokens.start
            && (span.end..tokens.start).all(|t| s.is(t, TITLES | Cat::TITLE_ADJECTIVE.tag()) || s.kind(t) == Some(TokenKind::Hyphen));
        attribute
            || (span.end + 6 >= tokens.start
                && s.object(span.end).is_some_and(|(o, p)| p.is_none() && self.share(&o, tokens) == Some(Role::Head)))
    }

    pub(super) fn valence(&self, i: usize, hit: &Hit) -> f32 {
        hit.weight * self.shifts[i].intensity * (1.0 - 1.6 * self.shifts[i].negation)
    }
}
