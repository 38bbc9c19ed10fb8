//! Verbs with what is said: "S said that C", "C, S said", "\"Q,\" said S, \"Q\"", and to whom and of whom it is said.

use std::ops::Range;

use super::{ABSTRACT, CONTENT, Finder, LABEL, NEAR, SURE, SURELY, Speech, is_told, quote_at, quote_ends};
use crate::lexicon::{Cat, Hit};
use crate::report::Via;
use crate::scorers::stance::names::TITLES;
use crate::scorers::stance::syntax::SUBJECT_PRONOUN;
use crate::segment::{Marks, Quotation, TokenKind};

impl Finder<'_> {
    pub(super) fn verb(&mut self, cue: &Hit, next_cue: Option<u32>, quotes: &[&Quotation]) {
        let s = &self.syntax;
        let verb = cue.start;
        if !s.is_verb(verb) {
            return;
        }
        let mut sentence = s.sentence(verb);
        // What is reported inside a quotation ends with it.
        if let Some(bound) = quote_at(quotes, verb).map(|q| q.inner.clone()).or_else(|| self.bound.clone()) {
            sentence = sentence.start.max(bound.start)..sentence.end.min(bound.end);
        }
        let after = cue.end;
        let passive = s.is_passive(cue.start..cue.end);
        let group = s.group_start(verb);
        // "Q," said S: the verb follows a closed quotation or a comma at once, and the subject stands behind.
        let closed_before = group > sentence.start
            && (matches!(s.kind(group - 1), Some(TokenKind::DoubleQuote | TokenKind::SingleQuote))
                || (s.kind(group - 1) == Some(TokenKind::Comma) && quote_ends(quotes, group - 1)));
        // "S, who ..., told reporters that C": what stands behind "told" is the addressee.
        let comma_before = cue.cat == Cat::REPORT_NEUTRAL
            && !is_told(s.word(verb))
            && verb > sentence.start + 3
            && s.kind(verb - 1) == Some(TokenKind::Comma)
            && !s.closes_relative(verb - 1);
        let inverted = if group == verb && cue.weight >= 0.3 && !s.word(verb).ends_with("ing") && (closed_before || comma_before) {
            s.object(after)
                .filter(|(o, p)| p.is_none() && o.start <= after + 5 && !matches!(s.word(after), "that" | "whether"))
                .map(|(o, _)| self.named_behind(o, sentence.end))
                // "S, who lost, said X is ...", "S, the secretary, said the new head, X, had ...": a clause follows, and its subject is no speaker.
                .filter(|o| {
                    let next = o.end + u32::from(s.kind(o.end) == Some(TokenKind::Comma));
                    closed_before || !s.is(next, Cat::BE.tag() | Cat::HAVE.tag() | Cat::DO.tag() | Cat::AUXILIARY.tag())
                })
                .map(|o| self.with_title(after, o))
        } else {
            None
        };
        let mut tail = after;
        // "was told about it": what somebody heard is nobody's words.
        let hears = passive && is_told(s.word(verb)) && matches!(s.word(after), "about" | "of") && s.agent(after).is_none();
        if hears {
            return;
        }
        let source = match &inverted {
            Some(source) => {
                tail = source.end;
                Some(source.clone())
            }
            None if passive => s.agent(after),
            None => s.subject(verb).filter(|r| r.end <= verb),
        };
        let source_start =
            if inverted.is_some() { verb } else { self.titled(source.as_ref().map_or(group, |r| r.start.min(group)), &sentence) };
        if source.is_none() && !passive {
            return;
        }
        // "called on X to apologise": what X is told to say is nobody's words yet.
        let told_to = |o: &Speech| o.content.iter().any(|c| c.start == group) && o.cue.as_ref().is_some_and(|c| c.end <= group);
        if s.word(group) == "to" && self.out.iter().rev().take(4).any(told_to) {
            return;
        }
        // "You know where you stand with him", "it is hard to imagine a worse choice": whoever hears it.
        let anybody = |r: &Range<u32>| {
            r.end == r.start + 1 && (s.is(r.start, Cat::PRONOUN_YOU.tag()) || s.is(r.start, Cat::PRONOUN_IT.tag()) && s.word(group) == "to")
        };
        if cue.cat == Cat::REPORT_THOUGHT && source.as_ref().is_some_and(anybody) {
            return;
        }
        // "had the courage to tell voters": the courage tells nobody anything.
        if s.word(group) == "to" && source.as_ref().is_some_and(|r| s.is(r.start, Cat::DETERMINER.tag()) && !s.can_speak(r)) {
            return;
        }
        // "accused by S, a rival, of C"
        if let Some(agent) = source.as_ref().filter(|_| passive && s.word(after) == "by") {
            tail = self.behind_insertion(agent.end);
        }
        // "The plan, as S put it, is a fraud": all of the sentence but the insertion.
        let insertion = source_start.checked_sub(1).filter(|&b| b >= sentence.start && matches!(s.word(b), "as" | "As"));
        if let (Some(start), false, true) = (insertion, passive, inverted.is_none()) {
            let end = if s.kind(tail) == Some(TokenKind::Word) && matches!(s.word(tail), "it") { tail + 1 } else { tail };
            let closed = matches!(s.kind(end), Some(TokenKind::Comma | TokenKind::Period | TokenKind::Dash)) || end >= sentence.end;
            if closed {
                let parts = vec![sentence.start.max(start.saturating_sub(CONTENT))..start, end..sentence.end.min(end + CONTENT)];
                return self.add(source, Some((cue.start..cue.end, Some(cue.cat))), parts, quotes);
            }
        }
        // What is said may stand on the left: a quotation, or a clause before a comma.
        let mut content: Vec<Range<u32>> = Vec::new();
        let mut left = self.left(cue, source_start, &sentence, quotes);
        let mut right = self.right(cue, tail, &sentence, next_cue, quotes, left.is_some());
        // "On a day of mourning for those who died, the vice president said C": what leads in is not what is said, if there is something else.
        let leads_in = left.as_ref().is_some_and(|l| {
            let lead = Cat::PREPOSITION.tag() | Cat::CALENDAR.tag() | Cat::SUBORDINATOR.tag();
            inverted.is_none() && quote_at(quotes, l.end - 1).is_none() && s.is(l.start, lead)
        });
        if leads_in && let Some(behind) = self.right(cue, tail, &sentence, next_cue, quotes, false) {
            left = None;
            right = Some(behind);
        }
        if let Some(left) = left {
            let right_is_quote = right.as_ref().is_some_and(|r| quote_at(quotes, r.start).is_some());
            let quoted_left =
                quote_at(quotes, left.end.saturating_sub(1)).is_some() || quote_at(quotes, left.end.saturating_sub(2)).is_some();
            if right.is_none() || right_is_quote || quoted_left {
                content.push(left);
            }
        }
        if let Some(right) = right {
            let split = content.is_empty() || quote_at(quotes, right.start).is_some();
            // "accused of fraud by S": the agent is not what is said.
            let by = source.as_ref().filter(|r| passive && r.start > right.start && r.start <= right.end);
            let by = by.map(|r| (right.start..r.start).rev().find(|&t| s.word(t) == "by").unwrap_or(r.start - 1));
            if split {
                content.push(right.start..by.unwrap_or(right.end));
            }
        }
        if passive && source.is_none() && content.first().is_none_or(|c| c.start < verb) {
            return;
        }
        // "His fury finds an audience": what cannot speak needs quotation marks or a "that".
        let marked =
            content.iter().any(|c| quote_at(quotes, c.start).is_some()) || s.word(tail) == "that" || s.kind(tail) == Some(TokenKind::Colon);
        if !marked && cue.weight < ABSTRACT && !source.as_ref().is_some_and(|r| self.syntax.can_speak(r)) {
            return;
        }
        // "tells voters the truth": nothing is reported.
        let told = matches!(s.word(verb), "tells" | "told" | "tell" | "telling") && inverted.is_none() && !marked;
        let clause = |c: &Range<u32>| {
            !s.is(c.start, Cat::DETERMINER.tag()) && !s.is_noun(c.start) || self.clause_in(c.start..c.end) || s.mention(c.start).is_some()
        };
        if told && content.iter().all(|c| c.start >= tail && c.end - c.start <= 4 && !clause(c)) {
            return;
        }
        let addressee = self.addressee(cue, tail);
        let topic = self.topic(tail);
        let known = self.out.len();
        self.add(source, Some((cue.start..cue.end, Some(cue.cat))), content, quotes);
        if let Some(speech) = self.out.get_mut(known) {
            speech.addressee = addressee;
            speech.topic = topic;
        }
    }

    /// Where the titles in front of a source begin: "*Dr.* Jane Roe", "*the economist* Jane Roe".
    pub(super) fn titled(&self, source: u32, sentence: &Range<u32>) -> u32 {
        let s = &self.syntax;
        let front = TITLES | Cat::TITLE_ADJECTIVE.tag() | Cat::DEMONYM.tag();
        let mut start = source;
        while start > sentence.start
            && (s.is(start - 1, front)
                || s.kind(start - 1) == Some(TokenKind::Period) && start > 1 && s.is(start - 2, Cat::ABBREVIATION_TITLE.tag()))
        {
            start -= 1;
        }
        // "*club* president X", "*the fighter* X", where a quotation or the sentence begins before it.
        let mut noun = start;
        while noun > sentence.start && start - noun < 3 && s.is_noun(noun - 1) && s.mention(noun - 1).is_none() {
            noun -= 1;
        }
        let opens = |t: u32| {
            t == sentence.start || matches!(s.kind(t - 1), Some(TokenKind::DoubleQuote | TokenKind::SingleQuote | TokenKind::Comma))
        };
        let article = noun > sentence.start && s.is(noun - 1, Cat::DETERMINER.tag());
        if noun < start && (opens(noun) || article && (start < source || opens(noun - 1))) {
            start = noun;
        }
        // "the hospital's chairwoman, X, said"
        if start > sentence.start + 2
            && s.kind(start - 1) == Some(TokenKind::Comma)
            && s.mention(start - 2).is_none()
            && s.is(start - 2, TITLES)
        {
            let whole = s.phrase_ending(start - 2, sentence.start);
            if whole.end == start - 1 && whole.start > sentence.start && opens(whole.start) {
                return whole.start;
            }
        }
        // "which he claimed": a relative is no article.
        let article = start > sentence.start && s.is(start - 1, Cat::DETERMINER.tag()) && !s.is(start - 1, Cat::RELATIVE.tag());
        if article && !s.is(source, SUBJECT_PRONOUN) { start - 1 } else { start }
    }

    /// Behind the relative clause or the comma that an agent has before what is said: "by Y, *who lost,* of fraud", "by a rival, *Y,* of fraud".
    fn behind_insertion(&self, agent: u32) -> u32 {
        let s = &self.syntax;
        let comma = |t: u32| s.kind(t) == Some(TokenKind::Comma);
        let mut tail = agent;
        if comma(tail) && s.is(tail + 1, Cat::RELATIVE.tag()) {
            tail = (tail + 1..tail + 2 * NEAR).find(|&t| comma(t)).unwrap_or(tail);
        }
        if comma(tail) && matches!(s.word(tail + 1), "of" | "for" | "as") { tail + 1 } else { tail }
    }

    /// The figure behind "told", "asked", or behind a "to" right after the verb and its speaker.
    fn addressee(&self, cue: &Hit, tail: u32) -> Option<u32> {
        let s = &self.syntax;
        let (phrase, preposition) = s.object(tail)?;
        let to = preposition.is_some_and(|p| p == tail && s.word(p) == "to");
        if !(to || preposition.is_none() && is_told(s.word(cue.start))) {
            return None;
        }
        self.whom(phrase)
    }

    /// The figure that a phrase is about: a name in it before a pronoun ("his trainer, X").
    fn whom(&self, phrase: Range<u32>) -> Option<u32> {
        let mentions = || phrase.clone().filter_map(|t| self.syntax.mention(t)).map(|m| &self.mentions[m as usize]);
        mentions().find(|m| m.via != Via::Pronoun).or_else(|| mentions().next()).map(|m| m.figure)
    }

    /// The figure behind an "of" or "about" right behind the verb and its speaker: "said X of *Y*", "said X, a nurse, of *Y*", "said X,
    /// referring to *Y*".
    fn topic(&self, mut tail: u32) -> Option<u32> {
        let s = &self.syntax;
        let speaking = tail + u32::from(s.kind(tail) == Some(TokenKind::Comma));
        if matches!(s.word(speaking), "referring" | "speaking" | "talking" | "alluding" | "looking" | "pointing" | "nodding" | "gesturing")
        {
            return s.object(speaking + 1).filter(|(_, p)| *p == Some(speaking + 1)).and_then(|(phrase, _)| self.whom(phrase));
        }
        if s.kind(tail) == Some(TokenKind::Comma) {
            let plain =
                |t: &u32| matches!(s.kind(*t), Some(TokenKind::Word | TokenKind::Hyphen)) && !s.is(*t, Cat::RELATIVE.tag() | Cat::BE.tag());
            let closing = (tail + 1..tail + 1 + LABEL).find(|t| !plain(t))?;
            tail = if s.kind(closing) == Some(TokenKind::Comma) { closing + 1 } else { return None };
        }
        // "said X, a rival, after Y had left"
        if matches!(s.word(tail), "after" | "when" | "as") {
            return s.object(tail + 1).filter(|(_, p)| p.is_none()).and_then(|(phrase, _)| self.whom(phrase));
        }
        let (phrase, preposition) = s.object(tail)?;
        let of = preposition.is_some_and(|p| p == tail && matches!(s.word(p), "of" | "about"));
        self.whom(phrase).filter(|_| of)
    }

    /// "said the opposition leader, *X*": the name in apposition behind a phrase without one.
    fn named_behind(&self, phrase: Range<u32>, end: u32) -> Range<u32> {
        let s = &self.syntax;
        let comma = phrase.end;
        if phrase.clone().any(|t| s.mention(t).is_some()) || s.kind(comma) != Some(TokenKind::Comma) {
            return phrase;
        }
        let Some(first) = s.mention(comma + 1) else { return phrase };
        let name = self.mentions[first as usize].tokens.clone();
        let closed = name.end >= end || matches!(s.kind(name.end), Some(TokenKind::Comma | TokenKind::Period | TokenKind::Semicolon));
        if closed && s.has(name.start, Marks::CAPITAL) && !s.has(name.end - 1, Marks::POSSESSIVE) { phrase.start..name.end } else { phrase }
    }

    /// The phrase with the titles and determiners before its head: "said Interior Minister *X*".
    fn with_title(&self, from: u32, object: Range<u32>) -> Range<u32> {
        from.min(object.start)..object.end
    }

    /// Content that ends before `source_start`: a quotation that closes there, or the clause before a comma.
    fn left(&self, cue: &Hit, source_start: u32, sentence: &Range<u32>, quotes: &[&Quotation]) -> Option<Range<u32>> {
        let s = &self.syntax;
        let mut end = source_start;
        let mut comma = false;
        while end > sentence.start && matches!(s.kind(end - 1), Some(TokenKind::Comma | TokenKind::Dash)) {
            end -= 1;
            comma = true;
        }
        if end == 0 || end < sentence.start {
            return None;
        }
        let closing = quotes.get(quotes.partition_point(|q| q.tokens.end < end)).filter(|q| q.tokens.end == end && q.closed);
        if let Some(quote) = closing {
            // "\"The Bridge\" star X opened up": a title.
            let mark = |kind: &TokenKind| !matches!(kind, TokenKind::SingleQuote | TokenKind::DoubleQuote | TokenKind::Close);
            let last = quote.inner.clone().rev().take(3).filter_map(|t| s.kind(t)).find(mark);
            let ended = comma
                || matches!(
                    last,
                    Some(
                        TokenKind::Comma
                            | TokenKind::Period
                            | TokenKind::Question
                            | TokenKind::Exclamation
                            | TokenKind::Ellipsis
                            | TokenKind::Dash
                    )
                );
            if self.is_scare(quote) || cue.start != source_start && !ended {
                return None;
            }
            // The clause that runs into the quotation belongs to it, unless it has its own cue.
            let from = if quote.tokens.start > sentence.start
                && !self.covered[quote.tokens.start as usize]
                && !self.has_cue(sentence.start..quote.tokens.start)
                && quote.tokens.start - sentence.start < CONTENT
            {
                sentence.start
            } else {
                quote.tokens.start
            };
            return (!self.covered[quote.inner.start.min(quote.tokens.end - 1) as usize]).then_some(from..end);
        }
        // "The talks had failed, S said."
        let long = end > sentence.start + 2;
        let from = sentence.start.max(end.saturating_sub(CONTENT));
        // "Though the talks failed, his actions showed ...": a clause of its own, not what is said.
        if s.is(sentence.start, Cat::SUBORDINATOR.tag() | Cat::CONCESSION.tag()) && cue.weight < 0.7 {
            return None;
        }
        // "In a message released on Sunday, S urged ...": a phrase that leads in, and no verb with a subject.
        let finite = Cat::BE.tag() | Cat::HAVE.tag() | Cat::DO.tag() | Cat::AUXILIARY.tag() & !Cat::PREPOSITION.tag();
        let mut lead = from;
        while lead < end && (s.is_adverb(lead) || s.kind(lead) == Some(TokenKind::Comma)) {
            lead += 1;
        }
        let leads_in = s.is(lead, Cat::PREPOSITION.tag())
            && !self.clause_in(lead + 1..end)
            && !(from..end).any(|t| s.is(t, finite) && s.word(t) != "to");
        // "Boyle unfit for office, says Ruiz"
        let headline =
            cue.start == source_start && matches!(s.word(cue.start), "says" | "say") && s.kind(sentence.end - 1) == Some(TokenKind::Word);
        (comma && long && !leads_in && !self.covered[end as usize - 1] && (headline || self.has_verb(from..end))).then_some(from..end)
    }

    fn has_cue(&self, range: Range<u32>) -> bool {
        let from = self.cues.partition_point(|c| c.start < range.start);
        self.cues.get(from).is_some_and(|c| c.start < range.end && self.syntax.is_verb(c.start))
    }

    fn has_verb(&self, range: Range<u32>) -> bool {
        let s = &self.syntax;
        range.into_iter().any(|t| {
            s.is(t, Cat::BE.tag() | Cat::HAVE.tag() | Cat::DO.tag() | Cat::AUXILIARY.tag() | Cat::VERB.tag() | Cat::PARTICIPLE.tag())
                || s.word(t).ends_with("ed")
        })
    }

    /// Content that begins behind `tail`.
    fn right(
        &self,
        cue: &Hit,
        tail: u32,
        sentence: &Range<u32>,
        next_cue: Option<u32>,
        quotes: &[&Quotation],
        has_left: bool,
    ) -> Option<Range<u32>> {
        let s = &self.syntax;
        // A quotation near behind, in this sentence or as the next one: it is the content, with what leads into it.
        let near = quotes.get(quotes.partition_point(|q| q.tokens.start < tail));
        let mut start = tail;
        let mut that = None;
        let mut t = tail;
        // "told reporters outside a polling place in X that C"
        let reach = if is_told(s.word(cue.start)) { 2 * NEAR } else { NEAR };
        while t < (tail + reach).min(sentence.end) {
            if matches!(s.word(t), "that" | "whether") || s.kind(t) == Some(TokenKind::Colon) {
                // "indicates a shift that could": behind a plain object it is a relative.
                // "said X was the glue that held it together": so it is in a clause of its own.
                let clause = s.word(t) == "that" && self.clause_in(tail..t);
                let relative =
                    clause || t > tail && s.word(t) == "that" && s.is(tail, Cat::DETERMINER.tag()) && !is_told(s.word(cue.start));
                that = (!relative).then_some(t);
                break;
            }
            if quote_at(quotes, t).is_some() || (t > tail + 1 && s.is(t, SUBJECT_PRONOUN)) {
                break;
            }
            t += 1;
        }
        if let Some(that) = that {
            // "told the crowd in X that C": up to "that" it is not content.
            start = that + 1;
        } else if let Some(quote) = near.filter(|q| q.tokens.start <= tail + NEAR && q.tokens.start < sentence.end + 1) {
            let only_lead = (tail..quote.tokens.start).all(|t| !s.is(t, Cat::BE.tag() | Cat::AUXILIARY.tag()));
            let comma = quote.tokens.start > tail && matches!(s.kind(quote.tokens.start - 1), Some(TokenKind::Comma | TokenKind::Colon));
            if comma || (only_lead && quote.tokens.start <= tail + 1 && !self.is_scare(quote)) || (has_left && only_lead) {
                start = quote.tokens.start;
            }
        }
        if has_left && that.is_none() && quote_at(quotes, start).is_none() {
            return None;
        }
        let end_of = |start: u32| {
            let mut end = sentence.end.min(start + CONTENT);
            // "promised an open house; what they got is another"
            let own = quote_at(quotes, start).is_none() && s.kind(sentence.end - 1) != Some(TokenKind::DoubleQuote);
            if let Some(cut) = (start + 1..end).find(|&t| own && s.kind(t) == Some(TokenKind::Semicolon) && quote_at(quotes, t).is_none()) {
                end = cut;
            }
            // A quotation that runs over the end.
            if let Some(quote) =
                quotes[..quotes.partition_point(|q| q.tokens.start < end)].last().filter(|q| q.tokens.end > end && q.tokens.start >= start)
            {
                end = quote.tokens.end;
            } else if let Some(quote) = quote_at(quotes, start).filter(|q| q.tokens.start > cue.start) {
                end = end.max(quote.tokens.end);
            }
            // "They call me a liar, but ...": a name for somebody is no clause that goes on.
            if cue.cat == Cat::REPORT_ATTITUDE && that.is_none() && quote_at(quotes, start).is_none() {
                let goes_on = |t: &u32| {
                    s.kind(*t) == Some(TokenKind::Comma)
                        && s.is(t + 1, Cat::COORDINATOR.tag() | Cat::CONTRAST.tag())
                        && self.clause_in(t + 2..end)
                };
                end = (start + 1..end).find(goes_on).unwrap_or(end);
            }
            // "S said C and added that D": the second verb has its own.
            if let Some(next) = next_cue.filter(|&n| n > start && quote_at(quotes, n).is_none()) {
                let group = s.group_start(next);
                let joined = group > start
                    && (s.is(group - 1, Cat::COORDINATOR.tag())
                        || s.kind(group - 1) == Some(TokenKind::Comma) && s.subject(next).is_none_or(|r| r.start < start)
                        || s.word(next).ends_with("ing"));
                if joined && s.is_verb(next) {
                    end = end.min(if s.is(group - 1, Cat::COORDINATOR.tag()) { group - 1 } else { group });
                }
            }
            end
        };
        let quoted = quote_at(quotes, start).is_some();
        if that.is_some() || quoted {
            let end = end_of(start);
            return (end > start).then_some(start..end);
        }
        if cue.weight < SURE || start >= sentence.end {
            return None;
        }
        // An addressee: "told reporters", "asked him".
        if let Some((object, None)) = s.object(start) {
            let addressed = is_told(s.word(cue.start));
            if addressed && object.end < sentence.end && object.start <= start + 3 {
                start = object.end;
            }
        }
        let end = end_of(start);
        let first = s.kind(start)?;
        let begins = match first {
            TokenKind::Word => {
                let preposition = s.is(start, Cat::PREPOSITION.tag())
                    && !matches!(s.word(start), "to" | "about" | "of" | "for" | "against" | "on" | "with")
                    && !(s.word(start) == "as" && s.is_passive(cue.start..cue.end) && s.agent(cue.end).is_some());
                let time =
                    s.is(start, Cat::CALENDAR.tag() | Cat::TIME_NOW.tag() | Cat::TIME_PAST.tag()) && !s.is(start, Cat::PREPOSITION.tag());
                let supposes = cue.weight >= SURELY && matches!(s.word(start), "if" | "when" | "while");
                !preposition && !time && (supposes || !s.is(start, Cat::COORDINATOR.tag() | Cat::SUBORDINATOR.tag()))
                    || self.clause_in(start + 1..end)
            }
            TokenKind::Number
            | TokenKind::DoubleQuote
            | TokenKind::SingleQuote
            | TokenKind::Symbol
            | TokenKind::Hashtag
            | TokenKind::Mention => true,
            _ => false,
        };
        (begins && end > start + 1).then_some(start..end)
    }

    /// A subject pronoun or name with a verb of its own.
    fn clause_in(&self, range: Range<u32>) -> bool {
        let s = &self.syntax;
        (range.start..range.end.saturating_sub(1)).take(14).any(|t| {
            (s.is(t, SUBJECT_PRONOUN) || s.mention(t).is_some())
                && (s.is(t + 1, Cat::BE.tag() | Cat::HAVE.tag() | Cat::DO.tag() | Cat::AUXILIARY.tag() | Cat::VERB.tag())
                    || s.mention(t).is_some() && s.word(t + 1).ends_with("ed"))
        })
    }

    pub(super) fn is_scare(&self, quote: &Quotation) -> bool {
        quote.inner.end - quote.inner.start <= 8 && crate::scorers::sarcasm::is_scare_quote(self.document, quote)
    }
}
