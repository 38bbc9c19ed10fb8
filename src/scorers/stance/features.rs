//! The features of the stance model by name, and the evidence for one mention: pieces, states, and what others do to it.

use std::ops::Range;

use crate::lexicon::EntryId;
use crate::scorers::shift::Shift;

/// What open mockery makes of praise: 'the so-called "genius"'.
pub(super) const IRONY: f32 = -0.8;

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
    pub(super) fn turned(self) -> Feature {
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

    /// What is done to the target, or what it is by that: "X was arrested", "the jailed X".
    pub(crate) fn is_suffered(self) -> bool {
        use Feature as F;
        matches!(self, F::PassiveFor | F::PassiveAgainst | F::BearerFor | F::BearerAgainst | F::TargetFor | F::TargetAgainst)
    }

    /// Features of what stands near without a relation.
    pub(crate) fn is_near(self) -> bool {
        use Feature as F;
        let near = (F::BeforeFor as u8..=F::WordsAfterAgainst as u8).contains(&(self as u8));
        near || (F::FarBeforeFor as u8..=F::DoesAgainst as u8).contains(&(self as u8))
    }

    /// The pair for what stands in another clause.
    pub(super) fn far(self) -> Feature {
        match self {
            Feature::BeforeFor => Feature::FarBeforeFor,
            Feature::AfterFor => Feature::FarAfterFor,
            Feature::WordsBeforeFor => Feature::FarWordsBeforeFor,
            Feature::WordsAfterFor => Feature::FarWordsAfterFor,
            other => other,
        }
    }

    /// The one of a pair that takes the value.
    pub(super) fn signed(pair: Feature, value: f32) -> Feature {
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

impl Piece {
    /// What a rule makes of words that no lexicon line says.
    pub(super) fn of_rule(pair: Feature, weight: f32, tokens: Range<u32>) -> Piece {
        Piece { feature: Feature::signed(pair, weight), value: weight.abs(), tokens, entry: None, held: 1.0, weight, shift: Shift::NONE }
    }
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
    /// Words that tell what others do to this mention, while they are gathered.
    pub(super) told: Vec<Range<u32>>,
}

/// A feature's sum counts no further than this.
const CEILING: f32 = 1.6;

impl Features {
    pub(super) fn state(&mut self, feature: Feature, value: f32) {
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
