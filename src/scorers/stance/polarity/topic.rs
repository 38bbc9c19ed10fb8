//! What a quotation says of the one of whom it is said, where it names nobody: "'There is no better goalkeeper,' said X of *Y*".

use super::Context;
use crate::lexicon::Cat;
use crate::scorers::stance::features::{Feature, Features};
use crate::scorers::stance::speech::Speech;

/// How much of what is said in a quotation without a name counts for its topic.
const SAID: f32 = 0.8;

impl Context<'_> {
    /// The evidence of a quotation for its topic: what its predicates say of their subjects, or what its speaker feels where the subject is "I".
    pub(in super::super) fn about_topic(&self, speech: &Speech) -> Features {
        let mut out = Features::default();
        for part in &speech.quoted {
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
}
