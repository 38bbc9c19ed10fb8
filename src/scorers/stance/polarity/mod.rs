//! Stance hits by their syntactic place to a mention: features with their evidence.
//!
//! Connotation frames (Rashkin et al. 2016) say what a verb does to its subject and object, a noun to whom it names, who owns
//! it and whom it is aimed at, an adjective to its bearer and to whom it points. Each hit that reaches the mention becomes a
//! [`Piece`]: the feature is the place, the value the weight after negation, intensity and certainty. Hits that stand near
//! without a relation count by distance. State features (is the mention a source, in a quotation, a pronoun) say how
//! likely it is that nothing is meant.
//!
//! | file | rules |
//! | --- | --- |
//! | here | verbs, nouns, adjectives by place; what stands near; whose evidence it is |
//! | `complement.rs` | copulas, appositions, verbs of having |
//! | `naming.rs` | "called X a liar", "X was described by Y as" |
//! | `comparison.rs` | "better than X", "nobody is better than X", "without X" |
//! | `topic.rs` | quotations that name nobody |
//! | `mockery.rs` | distancing words, quoted honours, sarcastic speakers |
//! | `states.rs` | the states |

mod comparison;
mod complement;
mod mockery;
mod naming;
mod states;
mod topic;

use std::ops::Range;

use self::naming::NAMING;
use super::features::{Doer, Feature, Features, Piece};
use super::figures::Mention;
use super::names::{REPORTING, TITLES};
use super::speech::{Speech, Speeches};
use super::syntax::{SUBJECT_PRONOUN, Syntax};
use crate::document::Document;
use crate::lexicon::{Cat, Family, Hit};
use crate::report::Via;
use crate::scorers::shift::Shift;
use crate::segment::{Marks, TokenKind};

/// A predicate of the document with what it stands to.
struct Frame {
    hit: usize,
    tokens: Range<u32>,
    passive: bool,
    verb: bool,
    subject: Option<Range<u32>>,
    object: Option<(Range<u32>, Option<u32>)>,
    /// "by X" behind a passive.
    agent: Option<Range<u32>>,
    /// The owner of a noun: "*X's* attack on Y".
    owner: Option<u32>,
    /// The mention that an adjective or noun is said of by a copula: "*X* is a liar".
    bearer: Option<u32>,
    /// A word that stands as a verb holds these tokens too.
    hidden: bool,
}

/// A document ready to be asked for the features of its mentions.
pub(super) struct Context<'c> {
    document: &'c Document<'c>,
    shifts: &'c [Shift],
    syntax: Syntax<'c>,
    mentions: &'c [Mention],
    speeches: &'c Speeches,
    headlines: &'c [bool],
    /// Predicates in order of the text, of the sentences that hold a mention.
    frames: Vec<Frame>,
}

/// Words over which what stands near fades to a third.
const FADE: f32 = 9.0;
/// A piece weaker than this is no evidence.
const FLOOR: f32 = 0.04;
/// Tokens on either side of a mention that can say something of it: a sentence for nearly all sentences, and a bound for the rest.
const WINDOW: u32 = 80;
/// What is left of what somebody only asks ("Is X guilty of bribery?") or supposes ("if X lied").
const ASKED: f32 = 0.1;
const SUPPOSED: f32 = 0.3;
/// What a denial leaves of what is denied: "X denied that Y lied" clears Y, as far as X is concerned.
const DENIED: f32 = 0.95;
/// What is left for the holder of a mention of what somebody else is told to do to it, and of a faint impression that a verb of saying or judging
/// leaves of its subject.
const TOLD: f32 = 0.2;
const MILD: f32 = 0.3;
const FAINT: f32 = 0.15;
/// As kind as "thanked" makes its subject look.
const KIND: f32 = 0.4;
/// Least weight of "no better", "no worse" before a noun.
const PEERLESS: f32 = 0.5;
/// How much of what is said of another mention right behind it counts as standing near.
const OF_ANOTHER: f32 = 0.35;

impl<'c> Context<'c> {
    pub(super) fn new(
        document: &'c Document<'c>,
        shifts: &'c [Shift],
        mentions: &'c [Mention],
        speeches: &'c Speeches,
        headlines: &'c [bool],
    ) -> Context<'c> {
        let syntax = Syntax::new(document, mentions);
        let mut context = Context { document, shifts, syntax, mentions, speeches, headlines, frames: Vec::new() };
        let mut frames: Vec<Frame> = Vec::new();
        let mut at = 0;
        let mut sentence = 0..0;
        let mut wanted = false;
        for (hit_number, hit) in document.hits.iter().enumerate() {
            if hit.cat.family() != Family::Stance {
                continue;
            }
            if hit.start >= sentence.end {
                sentence = context.syntax.sentence(hit.start);
                while mentions.get(at).is_some_and(|m| m.tokens.end <= sentence.start) {
                    at += 1;
                }
                wanted = mentions.get(at).is_some_and(|m| m.tokens.start < sentence.end);
            }
            // Names carry no polarity: a word inside one is no word.
            if wanted && !context.in_name(hit) && !context.is_fact(hit) {
                frames.push(context.frame(hit_number, hit));
            }
        }
        let mut last_verb: Range<u32> = 0..0;
        for i in 0..frames.len() {
            let tokens = frames[i].tokens.clone();
            if frames[i].verb && tokens.end > last_verb.end {
                last_verb = tokens;
            } else if !frames[i].verb {
                // "accused of" as an adjective, where "accused" stands as a verb.
                let later = frames[i + 1..].iter().take_while(|f| f.tokens.start <= tokens.start).any(|f| f.verb);
                frames[i].hidden = later || last_verb.contains(&tokens.start);
            }
        }
        context.frames = frames;
        context
    }

    fn frame(&self, hit_number: usize, hit: &Hit) -> Frame {
        let s = &self.syntax;
        let tokens = hit.start..hit.end;
        // "heavily criticised", "cannot stand"
        let leads = |t: u32| s.is_adverb(t) || s.is(t, Cat::AUXILIARY.tag() | Cat::NEGATOR.tag());
        let head = if hit.cat == Cat::VERB { (hit.start..hit.end - 1).find(|&t| !leads(t)).unwrap_or(hit.end - 1) } else { hit.start };
        let mut frame = Frame {
            hit: hit_number,
            tokens: tokens.clone(),
            passive: false,
            verb: hit.cat == Cat::VERB && s.is_verb(head) && !is_adjectival(s.word(head)),
            subject: None,
            object: None,
            agent: None,
            owner: None,
            bearer: None,
            hidden: false,
        };
        if frame.verb {
            // "has never lied to" is none.
            let certain = head == hit.start || (s.group_start(hit.start)..head).any(|t| s.is(t, Cat::BE.tag()));
            frame.passive = certain && s.is_passive(head..hit.end);
            frame.subject = s.subject(head);
            // "*X* was the first officer who listened"
            let group = s.group_start(head);
            let antecedent = frame.subject.as_ref().filter(|r| group > 0 && s.is(group - 1, Cat::RELATIVE.tag()) && r.end < group);
            if let Some(r) = antecedent.filter(|r| (r.start..r.end).all(|t| s.mention(t).is_none()))
                && let Some(bearer) = self.bearer(r.end - 1)
            {
                frame.subject = Some(self.mentions[bearer as usize].tokens.clone());
            }
            let between = self.between(hit);
            let inside = between.is_some();
            frame.object = between.map(|o| (o, None)).or_else(|| s.object(hit.end));
            let reports = s.is(hit.start, REPORTING);
            // "denied that X lied", "said X lied": X is no object.
            let clause = matches!(s.word(hit.end), "that" | "That" | "whether")
                || frame.object.as_ref().is_some_and(|(o, p)| reports && p.is_none() && self.governs(o, s.sentence(hit.start).end));
            if reports && clause && !inside {
                frame.object = None;
            }
            if let Some(speech) = self.speeches.of_cue(&tokens)
                && let Some(source) = &speech.source
            {
                if frame.passive {
                    frame.agent = Some(source.clone());
                } else {
                    frame.subject = Some(source.clone());
                }
            }
            if frame.passive && frame.agent.is_none() {
                frame.agent = s.agent(hit.end);
            }
        } else {
            frame.bearer = self.bearer(hit.start);
            if hit.cat == Cat::NOUN {
                let owner = s.owner_of(hit.start).or(frame.bearer).or_else(|| self.apposed_to(hit.start));
                frame.owner = owner.or_else(|| self.who_makes(hit.start));
            }
        }
        frame
    }

    /// "gave *X* the cold shoulder": the object that stands inside an expression. "Reaffirmed *her* support for Y" has its object behind.
    fn between(&self, hit: &Hit) -> Option<Range<u32>> {
        let s = &self.syntax;
        if hit.end - hit.start < 3 || s.is(hit.end - 1, Cat::PREPOSITION.tag()) {
            return None;
        }
        let inside = s.whole_mention((hit.start + 1..hit.end - 1).find(|&t| s.mention(t).is_some())?);
        let word = s.word(inside.start);
        let owns = word == "his" || word.ends_with("self");
        let all = matches!(s.word(inside.end), "everything" | "nothing" | "something" | "anything" | "all" | "so");
        let noun = s.is(inside.start, Cat::POSSESSIVE.tag()) && s.is_noun(inside.end) && !all;
        (inside.end < hit.end && !owns && !noun).then_some(inside)
    }

    /// "a broken leg", "finished eighth": what it says is said of nobody.
    fn is_fact(&self, hit: &Hit) -> bool {
        self.syntax.is(hit.start, Cat::FACT.tag())
    }

    /// Whether a hit lies on a name, or on the role that stands for one. A capital inside a sentence makes a name of any word ("the
    /// *Hope* Foundation"), unless all words of the sentence have one.
    fn in_name(&self, hit: &Hit) -> bool {
        let s = &self.syntax;
        let capital = |t: u32| {
            s.has(t, Marks::CAPITAL) && !s.has(t, Marks::SHOUTED) && t > 0 && s.kind(t - 1) == Some(TokenKind::Word) && !s.is(t, TITLES)
        };
        let (first, last) = (hit.start, hit.end - 1);
        if capital(first) && capital(last) {
            let sentence = self.document.sentence_of(first);
            let inside = self.document.sentences.get(sentence).is_some_and(|s| s.start < first);
            if inside && !self.headlines.get(sentence).copied().unwrap_or(false) {
                return true;
            }
        }
        // A name between the words of an expression is none of them.
        let between = hit.end - hit.start > 2;
        (hit.start..hit.end).filter(|&t| !between || t == first || t == last).any(|t| {
            self.syntax.mention(t).is_some_and(|m| {
                let mention = &self.mentions[m as usize];
                match mention.via {
                    Via::Name | Via::Alias => true,
                    Via::Title => t + 1 == mention.tokens.end,
                    Via::Pronoun => false,
                }
            })
        })
    }

    /// The features of the mention `number` (or of a span that is none) at `tokens`: its evidence, and the states around it.
    pub(super) fn features(&self, number: u32, tokens: Range<u32>) -> Features {
        let mut out = self.evidence(tokens.clone());
        self.states(number, &tokens, &self.around(&tokens), &mut out);
        out
    }

    /// The part of its sentence that can say something of a mention.
    fn around(&self, tokens: &Range<u32>) -> Range<u32> {
        let whole = self.syntax.sentence(tokens.start);
        whole.start.max(tokens.start.saturating_sub(WINDOW))..whole.end.min(tokens.end + WINDOW)
    }

    /// The evidence alone: all that a holder's score needs.
    pub(super) fn evidence(&self, tokens: Range<u32>) -> Features {
        let mut out = Features::default();
        let sentence = self.around(&tokens);
        let from = self.frames.partition_point(|f| f.tokens.start < sentence.start);
        for frame in self.frames[from..].iter().take_while(|f| f.tokens.start < sentence.end) {
            let inside = frame.tokens.start < tokens.end && tokens.start < frame.tokens.end;
            let between = || frame.object.as_ref().is_some_and(|(o, _)| o.contains(&tokens.start));
            if frame.hidden || (inside && frame.verb && !between()) {
                continue;
            }
            match self.document.hits[frame.hit].cat {
                Cat::VERB if frame.verb => self.verb(frame, &tokens, &mut out),
                // "the embattled president": part of what the mention says.
                Cat::NOUN if inside => self.push(Feature::NamedFor, frame.hit, self.weights(frame.hit)[0], 1.0, &mut out),
                Cat::ADJECTIVE if inside => self.push(Feature::BearerFor, frame.hit, self.weights(frame.hit)[0], 1.0, &mut out),
                Cat::NOUN => self.noun(frame, &tokens, &mut out),
                Cat::ADJECTIVE => self.adjective(frame, &tokens, &mut out),
                _ => {}
            }
        }
        self.words_around(&tokens, &sentence, &mut out);
        self.compared(&tokens, &sentence, &mut out);
        self.set_beside(&tokens, &sentence, &mut out);
        self.preferred(&tokens, &sentence, &mut out);
        self.indispensable(&tokens, &sentence, &mut out);
        self.mockery(&tokens, &sentence, &mut out);
        self.levels(&tokens, &mut out);
        out
    }

    /// What stands near the mention is no evidence for its holder where somebody else says it, or where a verb says of the mention what there is
    /// to say.
    fn levels(&self, tokens: &Range<u32>, out: &mut Features) {
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
    fn taken(&self, span: &Range<u32>, tokens: &Range<u32>) -> bool {
        let figure = |m: u32| self.mentions[m as usize].figure;
        let own = self.syntax.mention(tokens.start).map(figure);
        let other = |r: &Range<u32>| {
            let head = |t: u32| self.syntax.mention(t).filter(|&m| self.share(r, &self.mentions[m as usize].tokens) == Some(Role::Head));
            r.clone().find_map(head).is_some_and(|m| Some(figure(m)) != own)
        };
        let from = self.frames.partition_point(|f| f.tokens.start + 6 < span.start);
        let over = self.frames[from..].iter().take_while(|f| f.tokens.start < span.end).filter(|f| f.tokens.end > span.start);
        let mut verbs = over.filter(|f| f.verb && !f.hidden);
        verbs.any(|f| f.subject.as_ref().is_some_and(other))
    }

    /// Whether a verb on those tokens has the target as its subject, object or agent.
    fn related(&self, span: &Range<u32>, tokens: &Range<u32>) -> bool {
        let is = |r: &Range<u32>| self.share(r, tokens) == Some(Role::Head);
        let from = self.frames.partition_point(|f| f.tokens.start + 6 < span.start);
        self.frames[from..].iter().take_while(|f| f.tokens.start < span.end).any(|f| {
            let place =
                f.subject.as_ref().is_some_and(is) || f.object.as_ref().is_some_and(|(o, _)| is(o)) || f.agent.as_ref().is_some_and(is);
            f.verb && f.tokens.end > span.start && place
        })
    }

    fn weights(&self, hit: usize) -> [f32; 3] {
        self.document.table.entry(self.document.hits[hit].entry).weights
    }

    fn piece(&self, pair: Feature, hit: usize, weight: f32, share: f32) -> Option<Piece> {
        let mut shift = self.shifts[hit];
        if self.speeches.innermost(self.document.hits[hit].start).is_some_and(Speech::denies) {
            // Who denies that he plotted against Y says nothing of Y; who denies that Y lied does.
            if !pair.is_outright() || matches!(pair, Feature::ObjectFor | Feature::TowardFor | Feature::TargetFor) {
                return None;
            }
            shift.negation = shift.negation.max(DENIED);
        }
        let h = &self.document.hits[hit];
        // Behind the label of a transcript the question begins.
        let said = self.speeches.innermost(h.start).and_then(|s| s.content.iter().map(|c| c.start).rfind(|&c| c <= h.start));
        let first = self.syntax.sentence(h.start).start.max(said.unwrap_or(0));
        let asked = Cat::BE.tag() | Cat::HAVE.tag() | Cat::DO.tag() | Cat::AUXILIARY.tag();
        // "if X had not acted like a tyrant": he did.
        let did = shift.has(Shift::CONDITIONAL) && shift.negation > 0.5 && self.had_not(h.start);
        if did {
            shift.negation = 0.0;
        }
        let share = match () {
            _ if did => share,
            _ if shift.has(Shift::QUESTION) && self.syntax.is(first, asked) => share * ASKED,
            _ if shift.has(Shift::CONDITIONAL) => share * SUPPOSED,
            _ => share,
        };
        // "There is no better goalkeeper", "nobody has had a worse start"
        let peerless = h.end == h.start + 1 && shift.negation > 0.0 && self.is_comparative(h.start) && self.syntax.is_noun(h.end);
        let turned = if peerless { (PEERLESS / weight.abs().max(FLOOR)).max(1.0) } else { 1.0 - 1.6 * shift.negation };
        let value = weight * share * turned * shift.intensity.clamp(0.5, 1.5) * (0.6 + 0.4 * shift.certainty);
        (value.abs() >= FLOOR).then(|| Piece {
            feature: Feature::signed(pair, value),
            value: value.abs(),
            tokens: h.start..h.end,
            entry: Some(h.entry),
            held: 1.0,
            weight,
            shift,
        })
    }

    /// "had not", "hadn't" in the verb group that ends at or right before `t`.
    fn had_not(&self, t: u32) -> bool {
        let s = &self.syntax;
        let mut group = s.group_start(t)..t;
        group.any(|g| matches!(s.word(g), "hadn't" | "hadn’t") || s.word(g) == "had" && matches!(s.word(g + 1), "not" | "never"))
    }

    fn is_comparative(&self, t: u32) -> bool {
        let word = self.syntax.word(t);
        matches!(word, "better" | "worse") || word.len() > 4 && word.ends_with("er") && self.syntax.is(t, Cat::ADJECTIVE.tag())
    }

    /// What stands near without a relation: by distance, and apart where it stands in another clause.
    fn near(&self, pair: Feature, hit: usize, weight: f32, tokens: &Range<u32>, out: &mut Features) {
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
    fn of_another(&self, span: &Range<u32>, tokens: &Range<u32>) -> bool {
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
    fn borne_by_another(&self, span: &Range<u32>, tokens: &Range<u32>) -> bool {
        let from = self.frames.partition_point(|f| f.tokens.start + 6 < span.start);
        let over = self.frames[from..].iter().take_while(|f| f.tokens.start < span.end).filter(|f| f.tokens.end > span.start);
        let own = self.syntax.mention(tokens.start).map(|m| self.mentions[m as usize].figure);
        over.filter_map(|f| f.bearer).any(|m| Some(self.mentions[m as usize].figure) != own)
    }

    fn push(&self, pair: Feature, hit: usize, weight: f32, share: f32, out: &mut Features) {
        out.pieces.extend(self.piece(pair, hit, weight, share));
    }

    /// How far the target is the head of a phrase: 1 as head, a part of it as owner or behind a preposition.
    fn share(&self, phrase: &Range<u32>, tokens: &Range<u32>) -> Option<Role> {
        if tokens.start >= phrase.end || phrase.start >= tokens.end {
            return None;
        }
        let last = tokens.end - 1;
        if tokens.end < phrase.end && (self.syntax.has(last, Marks::POSSESSIVE) || self.syntax.is(tokens.start, Cat::POSSESSIVE.tag())) {
            return Some(Role::Part);
        }
        let held = tokens.start.checked_sub(1).is_some_and(|b| b >= phrase.start && self.syntax.is(b, Cat::PREPOSITION.tag()));
        Some(if held { Role::Part } else { Role::Head })
    }

    fn verb(&self, frame: &Frame, tokens: &Range<u32>, out: &mut Features) {
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
    fn is_demanded(&self, frame: &Frame) -> bool {
        let s = &self.syntax;
        let at = frame.tokens.start;
        let verb = s.word(at);
        let base = !["ed", "ing", "s"].iter().any(|ending| verb.ends_with(ending)) && !s.is(at, Cat::PARTICIPLE.tag());
        let cue = self.speeches.innermost(at).and_then(|speech| speech.cue.clone());
        let demands = |t: u32| ["demand", "urge", "insist", "recommend", "propose", "request"].iter().any(|w| s.word(t).starts_with(w));
        base && s.group_start(at) == at && cue.is_some_and(|c| c.end <= at && c.clone().any(demands))
    }

    /// A target joined to a phrase by "and": both are what the predicate says they are.
    fn joined(&self, phrase: &Range<u32>, tokens: &Range<u32>) -> Option<Role> {
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
    fn judges(&self, frame: &Frame, impression: f32) -> bool {
        let [subject, _, attitude] = self.weights(frame.hit);
        let reports = self.syntax.is(frame.tokens.start, REPORTING);
        let mild = if reports { KIND } else { MILD };
        attitude.abs() >= MILD && impression.abs() <= mild || subject.abs() <= FAINT && reports
    }

    /// The piece just added tells what somebody else does or says, with the adjectives in front of it: a part of it, at most, is the holder's own.
    fn told(&self, frame: &Frame, out: &mut Features) {
        if let Some(piece) = out.pieces.last_mut().filter(|p| p.tokens == frame.tokens) {
            piece.held = TOLD;
        }
        let s = &self.syntax;
        let attribute = |&t: &u32| s.is(t, Cat::ADJECTIVE.tag()) && !s.is(t, Cat::DETERMINER.tag()) || s.is_adverb(t);
        let adjectives = (frame.tokens.start.saturating_sub(3)..frame.tokens.start).rev().take_while(attribute).count() as u32;
        out.told.push(frame.tokens.start - adjectives..frame.tokens.end);
    }

    fn by_other(&self, frame: &Frame, attitude: f32, out: &mut Features) -> bool {
        frame.subject.as_ref().is_some_and(|subject| self.other_in(subject, frame, attitude, out))
    }

    /// Gives the first mention of a phrase the attitude; says whether there is one.
    fn other_in(&self, phrase: &Range<u32>, frame: &Frame, attitude: f32, out: &mut Features) -> bool {
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

    fn owns(&self, tokens: &Range<u32>) -> bool {
        self.syntax.has(tokens.end - 1, Marks::POSSESSIVE) || self.syntax.is(tokens.start, Cat::POSSESSIVE.tag())
    }

    fn noun(&self, frame: &Frame, tokens: &Range<u32>, out: &mut Features) {
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
    fn by_agent(&self, frame: &Frame, target: f32, tokens: &Range<u32>, out: &mut Features) {
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
    fn by_owner(&self, frame: &Frame, target: f32, tokens: &Range<u32>, out: &mut Features) {
        let Some(owner) = frame.owner.filter(|&m| !self.mentions[m as usize].tokens.contains(&tokens.start)) else { return };
        if let Some(piece) = self.piece(Feature::AttitudeFor, frame.hit, target, 1.0) {
            out.by_others.push((Doer::Mention(owner), piece));
        }
    }

    fn adjective(&self, frame: &Frame, tokens: &Range<u32>, out: &mut Features) {
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
    fn adjoins(&self, from: u32, to: u32) -> bool {
        let s = &self.syntax;
        let mark = |t: u32| matches!(s.kind(t), Some(TokenKind::DoubleQuote | TokenKind::SingleQuote));
        !(from..to).any(|t| s.is(t, Cat::COORDINATOR.tag()) && (from..t).any(mark))
    }

    fn gap(&self, a: &Range<u32>, b: &Range<u32>) -> f32 {
        (if a.end <= b.start { b.start - a.end } else { a.start.saturating_sub(b.end) }) as f32
    }

    /// Plain sentiment near the target, by distance, left and right, and over the sentence.
    fn words_around(&self, tokens: &Range<u32>, sentence: &Range<u32>, out: &mut Features) {
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
    fn governs(&self, tokens: &Range<u32>, end: u32) -> bool {
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

    /// Whether a predicate of the stance lexicons stands on one of the tokens.
    fn framed(&self, span: &Range<u32>) -> bool {
        let from = self.frames.partition_point(|f| f.tokens.start + 6 < span.start);
        self.frames[from..].iter().take_while(|f| f.tokens.start < span.end).any(|f| f.tokens.end > span.start)
    }

    /// Whether a sentiment word without a frame of its own says something of the target: as its complement, attribute, apposition,
    /// possession or verb.
    fn linked(&self, span: &Range<u32>, tokens: &Range<u32>) -> bool {
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

    fn valence(&self, i: usize, hit: &Hit) -> f32 {
        hit.weight * self.shifts[i].intensity * (1.0 - 1.6 * self.shifts[i].negation)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Head,
    Part,
}

/// "dreadful" has the stem of "dread", and is no verb.
fn is_adjectival(word: &str) -> bool {
    word.len() > 6 && ["ful", "less", "ous"].iter().any(|ending| word.ends_with(ending))
}

fn strongest<const N: usize>(weights: [f32; N]) -> f32 {
    weights.into_iter().fold(0.0, |a: f32, b| if b.abs() > a.abs() { b } else { a })
}
