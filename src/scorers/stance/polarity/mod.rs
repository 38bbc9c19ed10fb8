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
//! | here | predicates with what they stand to, and the evidence of a mention from all of these |
//! | `places.rs` | verbs, nouns, adjectives by place; whose stance it is |
//! | `near.rs` | what stands near |
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
mod near;
mod places;
mod states;
mod topic;

use std::ops::Range;

use super::features::{Feature, Features, Piece};
use super::figures::Mention;
use super::names::{REPORTING, TITLES};
use super::speech::{Speech, Speeches};
use super::syntax::Syntax;
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

/// A piece weaker than this is no evidence.
const FLOOR: f32 = 0.04;
/// Tokens on either side of a mention that can say something of it: a sentence for nearly all sentences, and a bound for the rest.
const WINDOW: u32 = 80;
/// What is left of what somebody only asks ("Is X guilty of bribery?") or supposes ("if X lied").
const ASKED: f32 = 0.1;
const SUPPOSED: f32 = 0.3;
/// What a denial leaves of what is denied: "X denied that Y lied" clears Y, as far as X is concerned.
const DENIED: f32 = 0.95;
/// Least weight of "no better", "no worse" before a noun.
const PEERLESS: f32 = 0.5;

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

    fn owns(&self, tokens: &Range<u32>) -> bool {
        self.syntax.has(tokens.end - 1, Marks::POSSESSIVE) || self.syntax.is(tokens.start, Cat::POSSESSIVE.tag())
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
