//! States of a mention: how likely it is that nothing is meant.

use std::ops::Range;

use super::Context;
use crate::lexicon::Cat;
use crate::report::SpeechForm;
use crate::scorers::stance::features::{Feature, Features};
use crate::scorers::stance::names::{REPORTING, TITLES};
use crate::scorers::stance::syntax::SUBJECT_PRONOUN;
use crate::segment::{Marks, TokenKind};

impl Context<'_> {
    pub(super) fn states(&self, number: u32, tokens: &Range<u32>, sentence: &Range<u32>, out: &mut Features) {
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
        let pronoun = s.is(tokens.start, SUBJECT_PRONOUN) && tokens.end - tokens.start == 1;
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

    /// The words of closed classes right around the target, and those that tell the kind of its sentence.
    pub(super) fn place(&self, tokens: &Range<u32>, sentence: &Range<u32>, before: Option<u32>, out: &mut Features) {
        let s = &self.syntax;
        let yes = |b: bool| f32::from(u8::from(b));
        // Back over titles and articles.
        let mut b = before;
        let mut titled = false;
        while let Some(t) = b.filter(|&t| {
            s.is(t, TITLES | Cat::TITLE_ADJECTIVE.tag() | Cat::DEMONYM.tag() | Cat::DETERMINER.tag()) && tokens.start - t < 6
                || s.kind(t) == Some(TokenKind::Period) && titled
        }) {
            titled |= s.is(t, TITLES);
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
                    && s.is(t, Cat::ORG_WORD.tag() | TITLES | Cat::NOUN.tag() | Cat::REPORT_NOUN.tag())
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
