//! The categories that the scorers know, as small numbers; names that are not here are the user's own.

/// Which part of the program reads a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Family {
    /// Blocks its words in all scorers.
    Neutral,
    /// The sentiment scorer.
    Sentiment,
    /// The alarm scorer.
    Alarm,
    /// The sarcasm scorer.
    Sarcasm,
    /// Predicates and attributes of the stance scorer.
    Stance,
    /// Negation, intensity, modality, time: read by all scorers.
    Modifier,
    /// Reporting verbs and phrases.
    Reporting,
    /// Titles, names, places, organisations: for finding figures.
    Naming,
    /// Function words.
    Grammar,
    /// Abbreviations, for the sentence splitter.
    Abbreviation,
    /// A category that the program does not know: scored by itself.
    Custom,
}

/// A category as a small number, below [`Cat::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Cat(pub(crate) u16);

impl Cat {
    /// One past the largest category number.
    pub(crate) const MAX: usize = 512;
    /// How many categories a user may bring.
    pub(crate) const OWN: usize = Cat::MAX - Cat::KNOWN as usize;

    /// The bit of the category among the tags of a token, which are a `u128`; none for a user's own, which no rule asks for.
    pub(crate) const fn tag(self) -> u128 {
        if self.0 < Cat::KNOWN { 1 << self.0 } else { 0 }
    }
}

macro_rules! categories {
    ($($id:ident $name:literal $family:ident;)*) => {
        // A category is known by being listed, whether or not a rule names it.
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, dead_code)]
        #[repr(u8)]
        enum Number { $($id,)* COUNT }
        #[allow(dead_code)]
        impl Cat {
            $(pub(crate) const $id: Cat = Cat(Number::$id as u16);)*
            /// How many categories the program knows; larger numbers are the user's own.
            pub(crate) const KNOWN: u16 = Number::COUNT as u16;
        }
        /// Name and family, by category number.
        pub(crate) const TABLE: &[(&str, Family)] = &[$(($name, Family::$family),)*];
    };
}

categories! {
    NEUTRAL "neutral" Neutral;
    SENTIMENT "sentiment" Sentiment;
    THREAT "alarm.threat" Alarm;
    URGENCY "alarm.urgency" Alarm;
    CATASTROPHE "alarm.catastrophe" Alarm;
    FEAR "alarm.fear" Alarm;
    VIOLENCE "alarm.violence" Alarm;
    DECLINE "alarm.decline" Alarm;
    BRINK "alarm.brink" Alarm;
    SCALE "alarm.scale" Alarm;
    PLAGUE "alarm.plague" Alarm;
    ACTION "alarm.action" Alarm;
    REASSURANCE "alarm.reassurance" Alarm;
    DISTANCING "sarcasm.distancing" Sarcasm;
    HONOUR "sarcasm.honour" Sarcasm;
    REPORTED_SARCASM "sarcasm.reported" Sarcasm;
    PRAISE "sarcasm.praise" Sarcasm;
    SITUATION "sarcasm.situation" Sarcasm;
    HYPERBOLE "sarcasm.hyperbole" Sarcasm;
    INTERJECTION "sarcasm.interjection" Sarcasm;
    TAG "sarcasm.tag" Sarcasm;
    RHETORICAL "sarcasm.rhetorical" Sarcasm;
    CERTAINTY "sarcasm.certainty" Sarcasm;
    LITOTES "sarcasm.litotes" Sarcasm;
    EXPLICIT "sarcasm.tag_explicit" Sarcasm;
    TITLE_CONTEXT "title_context" Grammar;
    VERB "stance.verb" Stance;
    NOUN "stance.noun" Stance;
    ADJECTIVE "stance.adjective" Stance;
    FACT "stance.fact" Grammar;
    HAPPENING "stance.event" Grammar;
    NEGATOR "modifier.negator" Modifier;
    REVERSER "modifier.reverser" Modifier;
    INTENSIFIER "modifier.intensifier" Modifier;
    DOWNTONER "modifier.downtoner" Modifier;
    HEDGE "modifier.hedge" Modifier;
    MODAL "modifier.modal" Modifier;
    CONDITIONAL "modifier.conditional" Modifier;
    CONTRAST "modifier.contrast" Modifier;
    CONCESSION "modifier.concession" Modifier;
    COMPARATIVE "modifier.comparative" Modifier;
    TIME_NOW "time.now" Modifier;
    TIME_FUTURE "time.future" Modifier;
    TIME_PAST "time.past" Modifier;
    US "reference.us" Modifier;
    OBLIGATION "obligation" Modifier;
    REPORT_NEUTRAL "reporting.neutral" Reporting;
    REPORT_ASSERTIVE "reporting.assertive" Reporting;
    REPORT_FACTIVE "reporting.factive" Reporting;
    REPORT_DENIAL "reporting.denial" Reporting;
    REPORT_HEDGE "reporting.hedge" Reporting;
    REPORT_ATTITUDE "reporting.attitude" Reporting;
    REPORT_SARCASTIC "reporting.sarcastic" Reporting;
    REPORT_THOUGHT "reporting.thought" Reporting;
    REPORT_QUESTION "reporting.question" Reporting;
    REPORT_MANNER "reporting.manner" Reporting;
    REPORT_NOUN "reporting.noun" Reporting;
    REPORT_PHRASE "reporting.phrase" Reporting;
    HONORIFIC "title.honorific" Naming;
    OFFICE "title.office" Naming;
    MILITARY "title.military" Naming;
    ROLE "title.role" Naming;
    KIN "title.kin" Naming;
    TITLE_ADJECTIVE "title.adjective" Naming;
    MALE "gender.m" Naming;
    FEMALE "gender.f" Naming;
    GIVEN_M "given.m" Naming;
    GIVEN_F "given.f" Naming;
    GIVEN_U "given.u" Naming;
    SURNAME "surname" Naming;
    PARTICLE "surname.particle" Naming;
    COUNTRY "place.country" Naming;
    REGION "place.region" Naming;
    CITY "place.city" Naming;
    BUILDING "place.building" Naming;
    PLACE_WORD "place.word" Naming;
    DEMONYM "place.demonym" Naming;
    ORG "org.name" Naming;
    ORG_WORD "org.word" Naming;
    EVENT "event.name" Naming;
    EVENT_WORD "event.word" Naming;
    THING "thing.name" Naming;
    CALENDAR "calendar" Naming;
    PEOPLE "language_or_people" Naming;
    CAPITAL_NOISE "capital_noise" Naming;
    PRONOUN_HE "pronoun.he" Grammar;
    PRONOUN_SHE "pronoun.she" Grammar;
    PRONOUN_THEY "pronoun.they" Grammar;
    PRONOUN_IT "pronoun.it" Grammar;
    PRONOUN_I "pronoun.i" Grammar;
    PRONOUN_YOU "pronoun.you" Grammar;
    POSSESSIVE "pronoun.possessive" Grammar;
    REFLEXIVE "pronoun.reflexive" Grammar;
    BE "verb.be" Grammar;
    HAVE "verb.have" Grammar;
    DO "verb.do" Grammar;
    AUXILIARY "verb.auxiliary" Grammar;
    DETERMINER "determiner" Grammar;
    PREPOSITION "preposition" Grammar;
    COORDINATOR "conjunction.coordinating" Grammar;
    SUBORDINATOR "conjunction.subordinating" Grammar;
    RELATIVE "relative" Grammar;
    QUESTION_WORD "question_word" Grammar;
    PARTICIPLE "verb.participle" Grammar;
    ABBREVIATION_TITLE "abbreviation.title" Abbreviation;
    ABBREVIATION_INNER "abbreviation.inner" Abbreviation;
    ABBREVIATION_FINAL "abbreviation.final" Abbreviation;
}

const _: () = assert!(Cat::KNOWN <= 128, "tags are the bits of a u128");

impl Cat {
    /// The known category of that name.
    pub(crate) fn of(name: &str) -> Option<Cat> {
        TABLE.iter().position(|(known, _)| *known == name).map(|i| Cat(i as u16))
    }

    /// The family, [`Family::Custom`] for a user's own category.
    pub(crate) fn family(self) -> Family {
        TABLE.get(self.0 as usize).map_or(Family::Custom, |(_, family)| *family)
    }

    /// Entries of one group compete for a word (the longest match wins): the cues of one scorer together, any other
    /// category by itself.
    pub(crate) fn group(self) -> usize {
        match self.family() {
            Family::Alarm => Cat::THREAT.0 as usize,
            Family::Sarcasm => Cat::DISTANCING.0 as usize,
            _ => self.0 as usize,
        }
    }

    /// Groups that a `neutral` entry blocks.
    pub(crate) const SCORED: [Cat; 6] = [Cat::SENTIMENT, Cat::THREAT, Cat::DISTANCING, Cat::VERB, Cat::NOUN, Cat::ADJECTIVE];
}
