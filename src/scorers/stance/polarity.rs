//! Stance hits by their syntactic place to a mention: features with their evidence.
//!
//! Connotation frames (Rashkin et al. 2016) say what a verb does to its subject and object, a noun to whom it names, who owns
//! it and whom it is aimed at, an adjective to its bearer and to whom it points. Each hit that reaches the mention becomes a
//! [`Piece`]: the feature is the place, the value the weight after negation, intensity and certainty. Hits that stand near
//! without a relation count by distance. State features (is the mention a source, in a quotation, a pronoun) say how
//! likely it is that nothing is meant.

use std::ops::Range;

use super::figures::Mention;
use super::names::REPORTING;
use super::speech::{Speech, Speeches};
use super::syntax::Syntax;
use crate::document::Document;
use crate::lexicon::{Cat, EntryId, Family, Hit};
use crate::report::{SpeechForm, Via};
use crate::scorers::shift::Shift;
use crate::segment::{Marks, TokenKind};

macro_rules! features {
    ($($id:ident $name:literal;)*) => {
        /// A named feature of the stance model. Signed ones come in pairs, for and against.
        #[allow(missing_docs)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub(crate) enum Feature { $($id,)* }
        /// Names of the stance model's features, by number.
        pub const FEATURE_NAMES: &[&str] = &[$($name,)*];
        const ALL: &[Feature] = &[$(Feature::$id,)*];
    };
}

features! {
    Bias "bias";
    SubjectFor "subject+"; SubjectAgainst "subject-";
    ObjectFor "object+"; ObjectAgainst "object-";
    PassiveFor "passive+"; PassiveAgainst "passive-";
    AgentFor "agent+"; AgentAgainst "agent-";
    ObliqueFor "oblique+"; ObliqueAgainst "oblique-";
    PartFor "part+"; PartAgainst "part-";
    NamedFor "named+"; NamedAgainst "named-";
    OwnerFor "owner+"; OwnerAgainst "owner-";
    TargetFor "target+"; TargetAgainst "target-";
    BearerFor "bearer+"; BearerAgainst "bearer-";
    TowardFor "toward+"; TowardAgainst "toward-";
    AttitudeFor "attitude+"; AttitudeAgainst "attitude-";
    BeforeFor "before+"; BeforeAgainst "before-";
    AfterFor "after+"; AfterAgainst "after-";
    WordsBeforeFor "words_before+"; WordsBeforeAgainst "words_before-";
    WordsAfterFor "words_after+"; WordsAfterAgainst "words_after-";
    FarBeforeFor "far_before+"; FarBeforeAgainst "far_before-";
    FarAfterFor "far_after+"; FarAfterAgainst "far_after-";
    FarWordsBeforeFor "far_words_before+"; FarWordsBeforeAgainst "far_words_before-";
    FarWordsAfterFor "far_words_after+"; FarWordsAfterAgainst "far_words_after-";
    DoesFor "does+"; DoesAgainst "does-";
    MockedFor "mocked+"; MockedAgainst "mocked-";
    LinkedFor "linked+"; LinkedAgainst "linked-";
    ClauseFor "clause+"; ClauseAgainst "clause-";
    SaidFor "said+"; SaidAgainst "said-";
    LevelFor "level+"; LevelAgainst "level-";
    SentenceFor "sentence+"; SentenceAgainst "sentence-";
    Source "source";
    SourceAttitude "source_attitude";
    SourceDenies "source_denies";
    InQuote "in_quote";
    InSpeech "in_speech";
    Addressed "addressed";
    Pronoun "pronoun";
    Possessive "possessive";
    Held "held";
    First "first";
    Doer "doer";
    Done "done";
    Question "question";
    Modal "modal";
    Negated "negated";
    Contrast "contrast";
    Alarm "alarm";
    Number "number";
    Others "others";
    Long "long";
    SpeechAround "speech_around";
    Past "past";
    Named "named_alone";
    Against "against";
    About "about";
    Than "than";
    Governs "governs";
    Obliged "obliged";
    DoesNot "does_not";
    Being "being";
    Modifier "modifier";
    Titled "titled";
    We "we";
    Will "will";
    Kin "kin";
    If "if";
    Because "because";
    Why "why";
    Follows "follows";
    InThat "in_that";
    Dated "dated";
    SourceNeutral "source_neutral";
    SourceQuotes "source_quotes";
}

impl Feature {
    pub(crate) const COUNT: usize = FEATURE_NAMES.len();

    /// The name in the weights file and in evidence.
    pub(crate) fn name(self) -> &'static str {
        FEATURE_NAMES[self as usize]
    }

    pub(crate) fn of(name: &str) -> Option<Feature> {
        FEATURE_NAMES.iter().position(|n| *n == name).map(|i| ALL[i])
    }

    /// A signed feature that says something for the target.
    pub(crate) fn is_for(self) -> bool {
        self.name().ends_with('+')
    }

    /// The other one of a pair.
    fn turned(self) -> Feature {
        match self.name().as_bytes().last() {
            Some(b'+') => ALL[self as usize + 1],
            Some(b'-') => ALL[self as usize - 1],
            _ => self,
        }
    }

    /// Features of what is said of the target itself.
    pub(crate) fn is_outright(self) -> bool {
        use Feature as F;
        let at = self as u8;
        let of = |first: F, last: F| (first as u8..=last as u8).contains(&at);
        of(F::SubjectFor, F::AgentAgainst) || of(F::NamedFor, F::TowardAgainst) || of(F::MockedFor, F::MockedAgainst)
    }

    /// Features of what stands near without a relation.
    pub(crate) fn is_near(self) -> bool {
        use Feature as F;
        let near = (F::BeforeFor as u8..=F::WordsAfterAgainst as u8).contains(&(self as u8));
        near || (F::FarBeforeFor as u8..=F::DoesAgainst as u8).contains(&(self as u8))
    }

    /// The pair for what stands in another clause.
    fn far(self) -> Feature {
        match self {
            Feature::BeforeFor => Feature::FarBeforeFor,
            Feature::AfterFor => Feature::FarAfterFor,
            Feature::WordsBeforeFor => Feature::FarWordsBeforeFor,
            Feature::WordsAfterFor => Feature::FarWordsAfterFor,
            other => other,
        }
    }

    /// The one of a pair that takes the value.
    fn signed(pair: Feature, value: f32) -> Feature {
        if value >= 0.0 { pair } else { ALL[pair as usize + 1] }
    }
}

/// One piece of evidence for the stance toward a mention.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) feature: Feature,
    /// Absolute value of the shifted weight.
    pub(crate) value: f32,
    pub(crate) tokens: Range<u32>,
    pub(crate) entry: Option<EntryId>,
    /// How far it is evidence for the one who holds the mention, 0..1. Readers' impressions need no holder and take it in full.
    pub(crate) held: f32,
    /// Weight in the lexicon.
    pub(crate) weight: f32,
    pub(crate) shift: Shift,
}

/// Who does something to a mention.
#[derive(Clone, Debug)]
pub(crate) enum Doer {
    /// Another mention.
    Mention(u32),
    /// Somebody without a name: "teachers' unions", "colleagues".
    Words(Range<u32>),
    /// Nobody is told: "X has been accused".
    Unknown,
}

/// The evidence for one mention or one (holder, figure).
#[derive(Clone, Debug, Default)]
pub(crate) struct Features {
    pub(crate) pieces: Vec<Piece>,
    /// (feature, value) of the states.
    pub(crate) states: Vec<(Feature, f32)>,
    /// What others do to this mention.
    pub(crate) by_others: Vec<(Doer, Piece)>,
}

/// A feature's sum counts no further than this.
const CEILING: f32 = 1.6;

impl Features {
    fn state(&mut self, feature: Feature, value: f32) {
        if value != 0.0 {
            self.states.push((feature, value));
        }
    }

    /// Turns praise, as far as the text around it is ironic (0..1): "our tireless Mr. Roe" in a column that mocks him.
    pub(crate) fn turn_praise(&mut self, ironic: f32) {
        for piece in self.pieces.iter_mut().filter(|p| p.feature.is_for()) {
            piece.feature = piece.feature.turned();
            piece.value *= -IRONY * ironic;
        }
    }

    /// The value of every feature, by number.
    pub(crate) fn values(&self) -> Vec<f32> {
        let mut values = vec![0.0; Feature::COUNT];
        for piece in &self.pieces {
            let v = &mut values[piece.feature as usize];
            *v = (*v + piece.value).min(CEILING);
        }
        for &(feature, value) in &self.states {
            values[feature as usize] += value;
        }
        values[Feature::Bias as usize] = 1.0;
        values
    }
}

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
/// What a comparison that praises another leaves for the one compared with.
const COMPARED: f32 = 0.6;
/// "Nobody works harder than X": hard work is no blame.
const FAINT_PRAISE: f32 = 0.25;
/// What "nobody has done more than X" says for X, and tokens before the comparative in which the "nobody" stands.
const PRAISE_OF_THE_PEERLESS: f32 = 0.6;
const PEERLESS: u32 = 20;
/// Tokens between a verb of naming and the name.
const NAMING: u32 = 12;
/// Tokens that an insertion between a name and its verb has at most.
const INSERTION: u32 = 14;
/// Tokens over which a complement can be split from its subject by a reporting clause.
const REACH_OF_COMPLEMENT: u32 = 32;
/// What is left for the holder of a mention of what somebody else is told to do to it, and of a faint impression that a verb of saying or judging
/// leaves of its subject.
const TOLD: f32 = 0.2;
const MILD: f32 = 0.3;
const FAINT: f32 = 0.15;
/// How much of what is said of another mention right behind it counts as standing near.
const OF_ANOTHER: f32 = 0.35;
/// What open mockery makes of praise: 'the so-called "genius"'.
const IRONY: f32 = -0.8;

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
            if wanted && !context.in_name(hit) {
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
        // "heavily criticised"
        let head =
            if hit.cat == Cat::VERB { (hit.start..hit.end - 1).find(|&t| !s.is_adverb(t)).unwrap_or(hit.end - 1) } else { hit.start };
        let mut frame = Frame {
            hit: hit_number,
            tokens: tokens.clone(),
            passive: false,
            verb: hit.cat == Cat::VERB && s.is_verb(head),
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
            frame.object = s.object(hit.end);
            let reports = s.is(hit.start, REPORTING);
            // "denied that X lied", "said X lied": X is no object.
            let clause = matches!(s.word(hit.end), "that" | "That" | "whether")
                || frame.object.as_ref().is_some_and(|(o, p)| reports && p.is_none() && self.governs(o, s.sentence(hit.start).end));
            if reports && clause {
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
                frame.owner = s.owner_of(hit.start).or(frame.bearer).or_else(|| self.apposed_to(hit.start));
            }
        }
        frame
    }

    /// Whether a hit lies on a name, or on the role that stands for one. A capital inside a sentence makes a name of any word ("the
    /// *Hope* Foundation"), unless all words of the sentence have one.
    fn in_name(&self, hit: &Hit) -> bool {
        let s = &self.syntax;
        let capital = |t: u32| {
            s.has(t, Marks::CAPITAL)
                && !s.has(t, Marks::SHOUTED)
                && t > 0
                && s.kind(t - 1) == Some(TokenKind::Word)
                && !s.is(t, super::names::TITLES)
        };
        let (first, last) = (hit.start, hit.end - 1);
        if capital(first) && capital(last) {
            let sentence = self.document.sentence_of(first);
            let inside = self.document.sentences.get(sentence).is_some_and(|s| s.start < first);
            if inside && !self.headlines.get(sentence).copied().unwrap_or(false) {
                return true;
            }
        }
        (hit.start..hit.end).any(|t| {
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
            if frame.hidden || (inside && frame.verb) {
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
        self.indispensable(&tokens, &sentence, &mut out);
        self.mockery(&tokens, &sentence, &mut out);
        self.levels(&tokens, &mut out);
        out
    }

    /// "Without X, my son would not be alive": what would have been without somebody speaks for him.
    fn indispensable(&self, tokens: &Range<u32>, sentence: &Range<u32>, out: &mut Features) {
        let s = &self.syntax;
        let title = |t: u32| s.is(t, super::names::TITLES | Cat::DETERMINER.tag()) || s.kind(t) == Some(TokenKind::Period);
        let without = (sentence.start..tokens.start).rev().find(|&t| !title(t)).filter(|&t| matches!(s.word(t), "Without" | "without"));
        let Some(without) = without.filter(|_| !self.owns(tokens)) else { return };
        let near = tokens.end..sentence.end.min(tokens.end + 8);
        if !near.clone().any(|t| matches!(s.word(t), "would" | "wouldn't" | "could" | "wouldn’t")) {
            return;
        }
        out.pieces.retain(|p| !p.feature.is_near() || p.tokens.start < without);
        out.pieces.push(Piece {
            feature: Feature::TowardFor,
            value: PRAISE_OF_THE_PEERLESS,
            tokens: without..tokens.end,
            entry: None,
            held: 1.0,
            weight: PRAISE_OF_THE_PEERLESS,
            shift: Shift::NONE,
        });
    }

    /// "better than X", "more honest than X": what praises the other one is said against X, and milder.
    fn compared(&self, tokens: &Range<u32>, sentence: &Range<u32>, out: &mut Features) {
        let s = &self.syntax;
        if self.owns(tokens) {
            return;
        }
        let mut than = tokens.start;
        while than > sentence.start
            && (s.is(than - 1, super::names::TITLES | Cat::DETERMINER.tag()) || s.kind(than - 1) == Some(TokenKind::Period))
        {
            than -= 1;
        }
        let Some(than) = than.checked_sub(1).filter(|&t| t >= sentence.start && matches!(s.word(t), "than" | "as")) else { return };
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
        let peerless = within.take_while(|&t| s.kind(t) == Some(TokenKind::Word)).any(|t| s.is(t, Cat::NEGATOR.tag()));
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
            out.pieces.push(Piece {
                feature: Feature::signed(Feature::TowardFor, value),
                value: value.abs(),
                tokens: first..than + 1,
                entry: None,
                held: 1.0,
                weight: value,
                shift: Shift::NONE,
            });
            return;
        }
        if as_good {
            return;
        }
        for piece in &mut out.pieces {
            if piece.tokens.start >= first && piece.tokens.end <= than && piece.feature.is_for() {
                piece.feature = Feature::TowardAgainst;
                piece.value = piece.value.max(0.3) * COMPARED;
            }
        }
    }

    /// What stands near the mention is no evidence for its holder where somebody else says it, or where a verb says of the mention what there is
    /// to say.
    fn levels(&self, tokens: &Range<u32>, out: &mut Features) {
        let own = self.speeches.number(tokens.start);
        let told: Vec<Range<u32>> = out.pieces.iter().filter(|p| p.held == TOLD).map(|p| p.tokens.clone()).collect();
        for piece in out.pieces.iter_mut().filter(|p| p.feature.is_near()) {
            let told = told.iter().any(|t| t.start < piece.tokens.end && piece.tokens.start < t.end);
            if told || self.speeches.number(piece.tokens.start) != own || self.related(&piece.tokens, tokens) {
                piece.held = 0.0;
            }
        }
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

    /// Mockery of the mention: a distancing word or a quoted honour right before it ("the so-called 'president' X"), or a speaker who is
    /// said to be sarcastic. Praise inside is turned.
    fn mockery(&self, tokens: &Range<u32>, sentence: &Range<u32>, out: &mut Features) {
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
            let clause = tags & (super::syntax::SUBJECT_PRONOUN | Cat::BE.tag() | Cat::HAVE.tag() | Cat::AUXILIARY.tag()) != 0;
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
                        || tags & (super::names::TITLES | Cat::TITLE_ADJECTIVE.tag() | Cat::DISTANCING.tag() | Cat::DETERMINER.tag()) != 0
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
            let entry = None;
            out.pieces.push(Piece {
                feature: Feature::MockedAgainst,
                value: 0.5,
                tokens: from..tokens.start,
                entry,
                held: 1.0,
                weight: -0.5,
                shift: Shift::NONE,
            });
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
        let first = self.syntax.sentence(h.start).start;
        let asked = Cat::BE.tag() | Cat::HAVE.tag() | Cat::DO.tag() | Cat::AUXILIARY.tag();
        let share = match () {
            _ if shift.has(Shift::QUESTION) && self.syntax.is(first, asked) => share * ASKED,
            _ if shift.has(Shift::CONDITIONAL) => share * SUPPOSED,
            _ => share,
        };
        let turned = 1.0 - 1.6 * shift.negation;
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

    /// What stands near without a relation: by distance, and apart where it stands in another clause.
    fn near(&self, pair: Feature, hit: usize, weight: f32, tokens: &Range<u32>, out: &mut Features) {
        let h = &self.document.hits[hit];
        let span = h.start..h.end;
        let gap = self.gap(&span, tokens);
        let same = self.document.clauses[h.start as usize] == self.document.clauses[tokens.start as usize];
        let share = if self.of_another(&span, tokens) || self.borne_by_another(&span, tokens) { OF_ANOTHER } else { 1.0 };
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
            } else if !wanted && weight.abs() <= MILD && self.judges(frame) {
                self.told(frame, out);
            }
            return;
        }
        if frame.agent.as_ref().is_some_and(|a| self.share(a, tokens) == Some(Role::Head)) {
            self.push(Feature::AgentFor, frame.hit, subject_weight, 1.0, out);
            if subject_weight.abs() <= MILD && self.judges(frame) {
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
            let passes =
                comma || s.is(t, Cat::COORDINATOR.tag() | super::names::TITLES | Cat::TITLE_ADJECTIVE.tag()) || s.mention(t).is_some();
            if !passes {
                return None;
            }
        }
        and.then_some(Role::Head)
    }

    /// A verb of praise, blame or the like, whose subject does no more than judge; "boasted" and "admitted" say something of their subject.
    fn judges(&self, frame: &Frame) -> bool {
        let [subject, _, attitude] = self.weights(frame.hit);
        attitude.abs() >= MILD || subject.abs() <= FAINT && self.syntax.is(frame.tokens.start, REPORTING)
    }

    /// The piece just added tells what somebody else does or says: a part of it, at most, is the holder's own.
    fn told(&self, frame: &Frame, out: &mut Features) {
        if let Some(piece) = out.pieces.last_mut().filter(|p| p.tokens == frame.tokens) {
            piece.held = TOLD;
        }
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
            None if self.syntax.is(frame.tokens.start, REPORTING | Cat::REPORT_NOUN.tag())
                && (frame.passive || self.syntax.can_speak(phrase))
                && phrase.clone().all(|t| {
                    self.syntax.mention(t).is_none() && !self.syntax.is(t, Cat::RELATIVE.tag() | super::syntax::SUBJECT_PRONOUN)
                }) =>
            {
                let first = self.syntax.sentence(phrase.start).start.max(phrase.start.saturating_sub(6));
                let whole = self.syntax.phrase_ending(phrase.end - 1, first);
                Doer::Words(if whole.end == phrase.end { whole } else { phrase.clone() })
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
                return self.push(Feature::NamedFor, frame.hit, named, 0.9, out);
            }
            if let Some(verb) = self.called(tokens, hit.start) {
                // Who denies having called X a bully says nothing of X.
                if self.speeches.innermost(verb).is_some_and(Speech::denies) {
                    return;
                }
                let other = self.by_caller(verb, frame, named, tokens, out);
                self.push(Feature::NamedFor, frame.hit, named, 0.9, out);
                if other {
                    self.told(frame, out);
                }
                return;
            }
            if self.named_passively(frame, named, tokens, out) {
                return;
            }
            if self.has_verb(tokens.end, hit.start) || self.has(tokens, hit.start) {
                return self.push(Feature::OwnerFor, frame.hit, owner, 0.9, out);
            }
            let weight = strongest([named * 0.6, owner, target]);
            return self.near(Feature::AfterFor, frame.hit, weight, tokens, out);
        }
        // "criticism of Y by her predecessor, X"
        let front =
            |t: u32| s.is(t, super::names::TITLES | Cat::DETERMINER.tag() | Cat::POSSESSIVE.tag()) || s.kind(t) == Some(TokenKind::Comma);
        let by = (hit.end..tokens.start).rev().find(|&t| !front(t));
        if by.is_some_and(|t| s.word(t) == "by")
            && hit.end + NAMING > tokens.start
            && self.syntax.object(hit.end).is_some_and(|(o, _)| o.end <= tokens.start)
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
                None if hit.end + 3 >= tokens.start => return self.push(Feature::NamedFor, frame.hit, named, 0.9, out),
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
                if self.is_relation(hit.end) {
                    return;
                }
                return self.push(Feature::BearerFor, frame.hit, bearer, 0.9, out);
            }
            if let Some(verb) = self.called(tokens, hit.start) {
                if self.speeches.innermost(verb).is_some_and(Speech::denies) {
                    return;
                }
                let other = self.by_caller(verb, frame, bearer, tokens, out);
                self.push(Feature::BearerFor, frame.hit, bearer, 0.9, out);
                if other {
                    self.told(frame, out);
                }
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
                    }
                    return self.push(Feature::TowardFor, frame.hit, toward, 1.0, out);
                }
                None if hit.end + 4 >= tokens.start => return self.push(Feature::BearerFor, frame.hit, bearer, 1.0, out),
                _ => {}
            }
        }
        self.near(Feature::BeforeFor, frame.hit, bearer, tokens, out);
    }

    /// The mention that an adjective or noun behind a copula, or right behind it, is said of: one of the three before it.
    fn bearer(&self, word: u32) -> Option<u32> {
        let s = &self.syntax;
        let first = s.sentence(word).start.max(word.saturating_sub(INSERTION + 9));
        let ends = (first..word).rev().filter(|&t| s.mention(t).is_some() && s.mention(t) != s.mention(t + 1));
        let at = ends.take(3).find(|&at| at + 1 == word || !self.owns(&(at..at + 1)) && self.complement(at + 1, word))?;
        s.mention(at)
    }

    /// Whether a noun that says how one stands to another begins at the token or behind an adjective: "critic of", "supporter of".
    fn is_relation(&self, from: u32) -> bool {
        let at = self.frames.partition_point(|f| f.tokens.start < from);
        let near = self.frames[at..].iter().take_while(|f| f.tokens.start <= from + 1);
        near.filter(|f| self.document.hits[f.hit].cat == Cat::NOUN)
            .any(|f| self.weights(f.hit)[2].abs() >= 0.25 && self.syntax.is(f.tokens.end, Cat::PREPOSITION.tag()))
    }

    /// "*X*, a harsh critic of Y": the mention right before the comma of an apposition that the noun heads.
    fn apposed_to(&self, noun: u32) -> Option<u32> {
        let s = &self.syntax;
        let first = s.sentence(noun).start.max(noun.saturating_sub(6));
        let plain = |t: &u32| s.kind(*t) == Some(TokenKind::Word) && s.mention(*t).is_none() && !s.is(*t, Cat::PREPOSITION.tag());
        let comma = (first..noun).rev().find(|t| !plain(t)).filter(|&t| s.kind(t) == Some(TokenKind::Comma) && t > first)?;
        s.mention(comma - 1).filter(|_| !s.has(comma - 1, Marks::POSSESSIVE))
    }

    fn gap(&self, a: &Range<u32>, b: &Range<u32>) -> f32 {
        (if a.end <= b.start { b.start - a.end } else { a.start.saturating_sub(b.end) }) as f32
    }

    /// "X, the minister, is ...": behind the second comma, if an auxiliary follows there.
    fn behind_insertion(&self, from: u32, to: u32) -> u32 {
        let s = &self.syntax;
        if s.kind(from) != Some(TokenKind::Comma) {
            return from;
        }
        let plain = |t: &u32| matches!(s.kind(*t), Some(TokenKind::Word | TokenKind::Hyphen | TokenKind::Number));
        let closing = (from + 1..to.min(from + INSERTION)).find(|t| !plain(t)).filter(|&t| s.kind(t) == Some(TokenKind::Comma));
        let auxiliary = Cat::BE.tag() | Cat::HAVE.tag() | Cat::AUXILIARY.tag();
        closing.map(|c| c + 1).filter(|&c| s.is(c, auxiliary)).unwrap_or(from)
    }

    /// Whether a token between two parts of the speech that holds `inside` is no part of it: the reporting clause, the quotation marks around
    /// it, and the comma before them.
    fn outside(&self, inside: u32, t: u32) -> bool {
        let mark = |t: u32| matches!(self.syntax.kind(t), Some(TokenKind::DoubleQuote | TokenKind::SingleQuote));
        let speech = self.speeches.number(inside);
        speech.is_some() && (self.speeches.number(t) != speech || mark(t) || self.syntax.kind(t) == Some(TokenKind::Comma) && mark(t + 1))
    }

    /// "X is a liar", "X seems weak": only a form of "to be", articles, adverbs, adjectives and nouns between.
    fn complement(&self, from: u32, to: u32) -> bool {
        let from = self.behind_insertion(from, to);
        // "She is," said X, "the finest voice"
        let outside = |t: u32| from > 0 && self.outside(from - 1, t);
        if to < from || to - from > REACH_OF_COMPLEMENT || (from..to).filter(|&t| !outside(t)).count() > 9 {
            return false;
        }
        let mut be = false;
        for t in from..to {
            if outside(t) {
                continue;
            }
            if self.syntax.kind(t) != Some(TokenKind::Word) && self.syntax.kind(t) != Some(TokenKind::Hyphen) {
                if matches!(self.syntax.kind(t), Some(TokenKind::DoubleQuote | TokenKind::SingleQuote)) {
                    continue;
                }
                return false;
            }
            let copula = self.syntax.is(t, Cat::BE.tag())
                || matches!(
                    self.syntax.word(t),
                    "became"
                        | "becomes"
                        | "become"
                        | "seems"
                        | "seemed"
                        | "appears"
                        | "appeared"
                        | "looks"
                        | "looked"
                        | "remains"
                        | "remained"
                );
            be |= copula;
            if be
                && !copula
                && self.syntax.is(t, Cat::PREPOSITION.tag() | Cat::SUBORDINATOR.tag() | Cat::RELATIVE.tag())
                && !self.syntax.is(t, Cat::DETERMINER.tag())
            {
                return false;
            }
            if !be && !self.syntax.is_adverb(t) && !self.syntax.is(t, Cat::AUXILIARY.tag() | Cat::HAVE.tag() | Cat::NEGATOR.tag()) {
                return false;
            }
        }
        be
    }

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
        let front = super::names::TITLES | Cat::TITLE_ADJECTIVE.tag() | Cat::DETERMINER.tag() | Cat::DEMONYM.tag();
        let first = s.sentence(tokens.start).start.max(tokens.start.saturating_sub(6));
        let skipped = |t: u32| s.is(t, front) && !s.is(t, REPORTING) || apposed && t + 1 == tokens.start;
        let verb = (first..tokens.start).rev().find(|&t| !skipped(t))?;
        // "said X, a liar" is an apposition, and "told X a lie" gives him one.
        let names = s.is(verb, REPORTING & !Cat::REPORT_FACTIVE.tag())
            && !matches!(s.word(verb), "said" | "says" | "told" | "tells" | "asked" | "asks");
        (names && s.is_verb(verb)).then_some(verb)
    }

    /// "X was described by Y as generous", "X was branded a cheat": a passive verb of naming has the target as its subject, and nothing but its
    /// agent, "as", an article, adjectives and quotation marks stands between it and the hit. It is the agent who says so, or somebody.
    fn named_passively(&self, frame: &Frame, weight: f32, tokens: &Range<u32>, out: &mut Features) -> bool {
        let s = &self.syntax;
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
        let told = match agent {
            Some(agent) if self.other_in(&agent, frame, weight, out) => true,
            // "by colleagues"
            Some(agent) => {
                let piece = self.piece(Feature::AttitudeFor, frame.hit, weight, 1.0);
                out.by_others.extend(piece.map(|piece| (Doer::Words(agent), piece)));
                true
            }
            None => {
                out.by_others.extend(self.piece(Feature::AttitudeFor, frame.hit, weight, 1.0).map(|piece| (Doer::Unknown, piece)));
                true
            }
        };
        self.push(Feature::NamedFor, frame.hit, weight, 0.9, out);
        if told {
            self.told(frame, out);
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

    /// "X, the disgraced mayor": between a comma behind the target and the next comma, and no verb before.
    fn apposed(&self, from: u32, to: u32) -> bool {
        self.syntax.kind(from) == Some(TokenKind::Comma)
            && (from + 1..to).all(|t| {
                matches!(self.syntax.kind(t), Some(TokenKind::Word | TokenKind::Hyphen | TokenKind::Number))
                    && !self.syntax.is(t, REPORTING | Cat::BE.tag() | Cat::RELATIVE.tag() | Cat::COORDINATOR.tag())
            })
    }

    /// "X was right to go and *showed* courage": the verb right before the noun has the target as its subject.
    fn has(&self, tokens: &Range<u32>, noun: u32) -> bool {
        let s = &self.syntax;
        let near = tokens.end.max(noun.saturating_sub(3))..noun;
        let verb = near.rev().find(|&t| !s.is(t, Cat::DETERMINER.tag() | Cat::ADJECTIVE.tag() | Cat::INTENSIFIER.tag()));
        verb.is_some_and(|v| is_having(s.word(v)) && s.subject(v).is_some_and(|r| self.share(&r, tokens) == Some(Role::Head)))
    }

    /// The target governs a "have"-like verb before the noun: "X has courage", "X made a mistake".
    fn has_verb(&self, from: u32, to: u32) -> bool {
        let outside = |t: u32| from > 0 && self.outside(from - 1, t);
        if to - from > REACH_OF_COMPLEMENT || (from..to).filter(|&t| !outside(t)).count() > 7 {
            return false;
        }
        let mut verb = false;
        for t in from..to {
            if outside(t) {
                continue;
            }
            let with =
                self.syntax.word(t) == "with" && t > from && matches!(self.syntax.word(t - 1), "acted" | "behaved" | "acts" | "behaves");
            if with {
                verb = true;
                continue;
            }
            if self.syntax.kind(t) == Some(TokenKind::DoubleQuote) {
                continue;
            }
            if self.syntax.kind(t) != Some(TokenKind::Word) || self.syntax.is(t, Cat::PREPOSITION.tag()) {
                return false;
            }
            // "has handled a trial" has nothing.
            let next = self.syntax.word(t + 1);
            let auxiliary = next.ends_with("ed") || next.ends_with("en") || self.syntax.is(t + 1, Cat::PARTICIPLE.tag());
            verb |= self.syntax.is(t, Cat::HAVE.tag()) && !auxiliary || is_having(self.syntax.word(t));
        }
        verb
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
            if hit.cat != Cat::SENTIMENT || self.in_name(hit) {
                continue;
            }
            let span = hit.start..hit.end;
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
            && (span.end..tokens.start)
                .all(|t| s.is(t, super::names::TITLES | Cat::TITLE_ADJECTIVE.tag()) || s.kind(t) == Some(TokenKind::Hyphen));
        attribute
            || (span.end + 6 >= tokens.start
                && s.object(span.end).is_some_and(|(o, p)| p.is_none() && self.share(&o, tokens) == Some(Role::Head)))
    }

    fn valence(&self, i: usize, hit: &Hit) -> f32 {
        hit.weight * self.shifts[i].intensity * (1.0 - 1.6 * self.shifts[i].negation)
    }

    fn states(&self, number: u32, tokens: &Range<u32>, sentence: &Range<u32>, out: &mut Features) {
        let s = &self.syntax;
        let any = |tags: u128| (sentence.start..sentence.end).filter(|&t| s.is(t, tags)).count() as f32;
        let before = tokens.start.checked_sub(1).filter(|&b| b >= sentence.start);
        if let Some(speech) = self.speeches.with_source(tokens) {
            out.state(Feature::Source, 1.0);
            out.state(Feature::SourceNeutral, f32::from(u8::from(speech.class == Some(Cat::REPORT_NEUTRAL))));
            out.state(Feature::SourceQuotes, f32::from(u8::from(speech.form != SpeechForm::Indirect)));
            let cue = speech.cue.clone().unwrap_or(0..0);
            let tags = cue.fold(0, |all, t| all | s.tags(t));
            out.state(Feature::SourceAttitude, f32::from(u8::from(tags & Cat::REPORT_ATTITUDE.tag() != 0)));
            out.state(Feature::SourceDenies, f32::from(u8::from(tags & (Cat::REPORT_DENIAL.tag() | Cat::REPORT_HEDGE.tag()) != 0)));
        }
        if let Some(speech) = self.speeches.innermost(tokens.start) {
            let quoted = speech.form != SpeechForm::Indirect && speech.quotes(tokens.start);
            out.state(if quoted { Feature::InQuote } else { Feature::InSpeech }, 1.0);
        } else if self.speeches.touch(sentence) {
            out.state(Feature::SpeechAround, 1.0);
        }
        let pronoun = s.is(tokens.start, super::syntax::SUBJECT_PRONOUN) && tokens.end - tokens.start == 1;
        out.state(Feature::Pronoun, f32::from(u8::from(pronoun)));
        out.state(Feature::Named, f32::from(u8::from(!pronoun && tokens.end - tokens.start == 1)));
        out.state(Feature::Addressed, f32::from(u8::from(s.is(tokens.start, Cat::PRONOUN_YOU.tag()))));
        out.state(Feature::Possessive, f32::from(u8::from(self.owns(tokens))));
        let held = before.is_some_and(|b| s.is(b, Cat::PREPOSITION.tag()));
        out.state(Feature::Held, f32::from(u8::from(held)));
        out.state(Feature::First, f32::from(u8::from(tokens.start <= sentence.start + 2)));
        let from = self.frames.partition_point(|f| f.tokens.start < sentence.start);
        let (mut doer, mut done) = (false, false);
        for frame in self.frames[from..].iter().take_while(|f| f.tokens.start < sentence.end).filter(|f| f.verb) {
            let is = |r: &Range<u32>| r.start < tokens.end && tokens.start < r.end;
            doer |= !frame.passive && frame.subject.as_ref().is_some_and(is);
            done |= frame.passive && frame.subject.as_ref().is_some_and(is) || frame.object.as_ref().is_some_and(|(o, _)| is(o));
        }
        out.state(Feature::Doer, f32::from(u8::from(doer)));
        out.state(Feature::Done, f32::from(u8::from(done)));
        self.place(tokens, sentence, before, out);
        let question = (sentence.start..sentence.end).rev().take(3).any(|t| s.kind(t) == Some(TokenKind::Question));
        out.state(Feature::Question, f32::from(u8::from(question)));
        out.state(Feature::Modal, any(Cat::MODAL.tag() | Cat::HEDGE.tag() | Cat::CONDITIONAL.tag()).min(2.0) * 0.5);
        out.state(Feature::Negated, any(Cat::NEGATOR.tag()).min(2.0) * 0.5);
        out.state(Feature::Contrast, any(Cat::CONTRAST.tag() | Cat::CONCESSION.tag()).min(1.0));
        out.state(Feature::Past, any(Cat::TIME_PAST.tag()).min(1.0));
        let numbers = (sentence.start..sentence.end).filter(|&t| s.kind(t) == Some(TokenKind::Number)).count() as f32;
        out.state(Feature::Number, numbers.min(3.0) / 3.0);
        let at = self.mentions.partition_point(|m| m.tokens.start < sentence.start);
        let mine = self.mentions.get(number as usize).map(|m| m.figure);
        let others = self.mentions[at..]
            .iter()
            .take_while(|m| m.tokens.start < sentence.end)
            .filter(|m| Some(m.figure) != mine && m.tokens != *tokens)
            .count();
        out.state(Feature::Others, (others as f32).min(3.0) / 3.0);
        out.state(Feature::Long, ((sentence.end - sentence.start) as f32 / 40.0).min(1.5));
    }
}

impl Context<'_> {
    /// The words of closed classes right around the target, and those that tell the kind of its sentence.
    fn place(&self, tokens: &Range<u32>, sentence: &Range<u32>, before: Option<u32>, out: &mut Features) {
        let s = &self.syntax;
        let yes = |b: bool| f32::from(u8::from(b));
        // Back over titles and articles.
        let mut b = before;
        let mut titled = false;
        while let Some(t) = b.filter(|&t| {
            s.is(t, super::names::TITLES | Cat::TITLE_ADJECTIVE.tag() | Cat::DEMONYM.tag() | Cat::DETERMINER.tag()) && tokens.start - t < 6
                || s.kind(t) == Some(TokenKind::Period) && titled
        }) {
            titled |= s.is(t, super::names::TITLES);
            b = t.checked_sub(1).filter(|&t| t >= sentence.start);
        }
        out.state(Feature::Titled, yes(titled));
        let word = b.map_or("", |t| s.word(t));
        out.state(Feature::Against, yes(word == "against"));
        out.state(Feature::About, yes(matches!(word, "about" | "over" | "on")));
        out.state(Feature::Than, yes(matches!(word, "than" | "like" | "unlike")));
        let governs = self.governs(tokens, sentence.end);
        out.state(Feature::Governs, yes(governs));
        let next = |n: u32| tokens.end..(tokens.end + n).min(sentence.end);
        out.state(Feature::Obliged, yes(next(2).any(|t| matches!(s.word(t), "must" | "should" | "needs" | "ought"))));
        out.state(Feature::DoesNot, yes(governs && next(4).any(|t| s.is(t, Cat::NEGATOR.tag()))));
        out.state(Feature::Being, yes(next(1).any(|t| s.word(t) == "being")));
        let modifier = !self.owns(tokens)
            && next(1).any(|t| {
                s.kind(t) == Some(TokenKind::Word)
                    && !s.has(t, Marks::CAPITAL)
                    && !s.is_adverb(t)
                    && s.is(t, Cat::ORG_WORD.tag() | super::names::TITLES | Cat::NOUN.tag() | Cat::REPORT_NOUN.tag())
                    && !s.is(t, Cat::VERB.tag() | REPORTING)
                    || matches!(s.word(t), "administration" | "campaign" | "supporters" | "allies" | "aides" | "team")
            });
        out.state(Feature::Modifier, yes(modifier));
        let in_that = (tokens.start.saturating_sub(5).max(sentence.start)..tokens.start).any(|t| s.word(t) == "that");
        out.state(Feature::InThat, yes(in_that));
        let (mut we, mut will, mut kin, mut conditional, mut because, mut why, mut follows, mut dated) =
            (0.0f32, 0.0f32, 0.0f32, 0.0, 0.0, 0.0, 0.0f32, 0.0);
        for t in sentence.start..sentence.end {
            let tags = s.tags(t);
            if tags
                & (Cat::PRONOUN_I.tag()
                    | Cat::MODAL.tag()
                    | Cat::TIME_FUTURE.tag()
                    | Cat::KIN.tag()
                    | Cat::CALENDAR.tag()
                    | Cat::SUBORDINATOR.tag()
                    | Cat::QUESTION_WORD.tag()
                    | Cat::PRONOUN_HE.tag()
                    | Cat::PRONOUN_SHE.tag()
                    | Cat::CONDITIONAL.tag()
                    | Cat::AUXILIARY.tag())
                == 0
            {
                continue;
            }
            match s.word(t) {
                "we" | "We" | "our" | "Our" | "us" => we += 0.5,
                "will" | "would" | "'ll" => will += 0.5,
                "if" | "If" | "whether" | "unless" => conditional = 1.0,
                "because" | "Because" => because = 1.0,
                "why" | "Why" | "how" | "How" | "what" | "What" => why = 1.0,
                _ => {}
            }
            kin += 0.5 * yes(tags & Cat::KIN.tag() != 0 && !s.has(t, Marks::CAPITAL));
            dated = f32::max(dated, yes(tags & Cat::CALENDAR.tag() != 0));
            follows += 0.34 * yes(t >= tokens.end && tags & (Cat::PRONOUN_HE.tag() | Cat::PRONOUN_SHE.tag()) != 0);
        }
        let rows = [
            (Feature::We, we),
            (Feature::Will, will),
            (Feature::Kin, kin),
            (Feature::If, conditional),
            (Feature::Because, because),
            (Feature::Why, why),
            (Feature::Follows, follows),
            (Feature::Dated, dated),
        ];
        for (feature, value) in rows {
            out.state(feature, value.min(1.0));
        }
    }
}

/// What a noun behind it says of the subject.
fn is_having(verb: &str) -> bool {
    const VERBS: &[&str] =
        &["made", "makes", "make", "shows", "showed", "lacks", "lacked", "displayed", "committed", "commits", "told", "faces", "faced"];
    VERBS.contains(&verb)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Head,
    Part,
}

fn strongest<const N: usize>(weights: [f32; N]) -> f32 {
    weights.into_iter().fold(0.0, |a: f32, b| if b.abs() > a.abs() { b } else { a })
}
