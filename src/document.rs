//! A document cut and looked up: the one thing that all scorers read.
//!
//! [`Workspace`] owns the buffers of one thread and fills them from a text; [`Document`] is the view of them.

use std::ops::Range;

use crate::analyzer::Stage;
use crate::lexicon::{Cat, Compiled, Family, FormCache, Hit, Looked, Matches};
use crate::segment::{self, Abbreviation, Marks, ParagraphMode, Quotation, Span, Token, TokenKind};

/// One paragraph as ranges into the document's tokens, sentences and hits.
#[derive(Clone, Debug)]
pub(crate) struct ParagraphUnit {
    pub(crate) span: Span,
    pub(crate) tokens: Range<u32>,
    pub(crate) sentences: Range<u32>,
    pub(crate) hits: Range<u32>,
    pub(crate) words: u32,
}

/// The reused buffers of one thread.
#[derive(Default)]
pub(crate) struct Workspace {
    tokens: Vec<Token>,
    lexemes: Vec<u32>,
    clauses: Vec<u32>,
    sentence_of: Vec<u32>,
    paragraphs: Vec<ParagraphUnit>,
    ranges: Vec<Range<u32>>,
    sentences: Vec<Range<u32>>,
    quotes: Vec<Quotation>,
    matches: Matches,
    forms: FormCache,
    /// Surnames met that are also words of feeling or alarm.
    surnames: Vec<Token>,
}

/// What the scorers see. Token, sentence, hit and clause numbers count through the document.
#[derive(Clone, Copy)]
pub(crate) struct Document<'d> {
    pub(crate) text: &'d str,
    pub(crate) tokens: &'d [Token],
    pub(crate) paragraphs: &'d [ParagraphUnit],
    pub(crate) sentences: &'d [Range<u32>],
    pub(crate) quotes: &'d [Quotation],
    pub(crate) hits: &'d [Hit],
    pub(crate) table: &'d Compiled,
    /// Clause number of each token.
    pub(crate) clauses: &'d [u32],
    /// Sentence number of each token.
    sentence_of: &'d [u32],
    tags: &'d [u128],
}

impl Workspace {
    /// Cuts and looks up `text`.
    pub(crate) fn read<'d>(&'d mut self, table: &'d Compiled, text: &'d str, mode: ParagraphMode) -> Document<'d> {
        self.read_in_stages(table, text, mode, &mut |_| ())
    }

    /// As [`read`](Workspace::read), calling `done` behind each stage.
    pub(crate) fn read_in_stages<'d>(
        &'d mut self,
        table: &'d Compiled,
        text: &'d str,
        mode: ParagraphMode,
        done: &mut impl FnMut(Stage),
    ) -> Document<'d> {
        self.tokens.clear();
        self.lexemes.clear();
        self.paragraphs.clear();
        self.ranges.clear();
        self.sentences.clear();
        self.quotes.clear();
        self.surnames.clear();
        segment::tokens(text, &mut self.tokens);
        join_plural_possessives(text, &mut self.tokens);
        done(Stage::Tokens);
        self.forms.look_up(table, &self.tokens, text, &mut self.lexemes);
        self.matches.start(self.tokens.len());
        let mut at = 0;
        for span in segment::paragraphs(text, mode) {
            let first = at;
            while at < self.tokens.len() && self.tokens[at].start < span.end {
                at += 1;
            }
            let range = first..at;
            let first_hit = self.matches.hits.len() as u32;
            let tokens = &self.tokens[range.clone()];
            let looked = Looked { tokens, lexemes: &self.lexemes[range.clone()], known: self.forms.lexemes() };
            table.hits(looked, first as u32, &mut self.matches);
            drop_surnames(
                text,
                tokens,
                first,
                &self.matches.tags[range.clone()],
                first_hit as usize,
                &mut self.matches.hits,
                &mut self.surnames,
            );
            let words = tokens.iter().filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number)).count() as u32;
            let range = first as u32..at as u32;
            self.ranges.push(range.clone());
            self.paragraphs.push(ParagraphUnit {
                span,
                tokens: range,
                sentences: 0..0,
                hits: first_hit..self.matches.hits.len() as u32,
                words,
            });
        }
        done(Stage::Lexicon);
        for paragraph in &mut self.paragraphs {
            let range = paragraph.tokens.start as usize..paragraph.tokens.end as usize;
            let first_sentence = self.sentences.len() as u32;
            let tags = &self.matches.tags[range.clone()];
            let offset = paragraph.tokens.start;
            segment::sentences(&self.tokens[range], text, offset, |token| abbreviation(tags[token]), &mut self.sentences);
            paragraph.sentences = first_sentence..self.sentences.len() as u32;
        }
        segment::quotations(&self.tokens, text, &self.ranges, &mut self.quotes);
        self.cut_clauses();
        done(Stage::Structure);
        Document {
            text,
            tokens: &self.tokens,
            paragraphs: &self.paragraphs,
            sentences: &self.sentences,
            quotes: &self.quotes,
            hits: &self.matches.hits,
            table,
            clauses: &self.clauses,
            sentence_of: &self.sentence_of,
            tags: &self.matches.tags,
        }
    }

    /// Numbers the sentences of the tokens, and the clauses: a new one begins with each sentence, behind `;` `:` a dash or a bracket, at an emoji, at a comma that a
    /// conjunction, relative or subject pronoun follows or that ends a dependent clause at the head of its sentence, and at a
    /// subordinating conjunction.
    fn cut_clauses(&mut self) {
        const OPENERS: u128 = Cat::COORDINATOR.tag()
            | Cat::SUBORDINATOR.tag()
            | Cat::RELATIVE.tag()
            | Cat::CONTRAST.tag()
            | Cat::CONCESSION.tag()
            | SUBJECT_PRONOUNS;
        const SUBJECT_PRONOUNS: u128 = Cat::PRONOUN_HE.tag()
            | Cat::PRONOUN_SHE.tag()
            | Cat::PRONOUN_THEY.tag()
            | Cat::PRONOUN_I.tag()
            | Cat::PRONOUN_YOU.tag()
            | Cat::PRONOUN_IT.tag();
        self.clauses.clear();
        self.clauses.resize(self.tokens.len(), 0);
        self.sentence_of.clear();
        let all_tags = &self.matches.tags;
        let mut clause = 0;
        for (number, sentence) in (0u32..).zip(&self.sentences) {
            self.sentence_of.resize(sentence.end as usize, number);
            clause += 1;
            let end = sentence.end as usize;
            let mut fresh = true;
            let first = all_tags.get(sentence.start as usize).copied().unwrap_or(0);
            // "Although he won, ..." ends at its comma.
            let mut dependent = first & (Cat::SUBORDINATOR.tag() | Cat::CONCESSION.tag() | Cat::CONDITIONAL.tag()) != 0;
            for i in sentence.start as usize..end {
                let tags = all_tags[i];
                let next_tags = if i + 1 < end { all_tags[i + 1] } else { 0 };
                let begins = match self.tokens[i].kind {
                    TokenKind::Semicolon
                    | TokenKind::Colon
                    | TokenKind::Dash
                    | TokenKind::Open
                    | TokenKind::Close
                    | TokenKind::Ellipsis => true,
                    TokenKind::Comma => std::mem::take(&mut dependent) || next_tags & OPENERS != 0,
                    TokenKind::Emoji | TokenKind::Emoticon => true,
                    TokenKind::DoubleQuote => i > 0 && self.tokens[i - 1].kind == TokenKind::Comma,
                    TokenKind::Word => {
                        tags & (Cat::SUBORDINATOR.tag() | Cat::CONTRAST.tag() | Cat::CONCESSION.tag()) != 0
                            || (tags & Cat::COORDINATOR.tag() != 0
                                && next_tags & SUBJECT_PRONOUNS != 0
                                && next_tags & Cat::POSSESSIVE.tag() == 0)
                    }
                    _ => false,
                };
                if begins && !fresh {
                    clause += 1;
                    fresh = true;
                }
                if self.tokens[i].is_lexical() && !begins {
                    fresh = false;
                }
                if self.tokens[i].has(Marks::POSSESSIVE) && tags & (SUBJECT_PRONOUNS | Cat::RELATIVE.tag()) != 0 {
                    self.tokens[i].marks.shorten();
                }
                self.clauses[i] = clause;
            }
        }
    }
}

/// "The *players'* union": takes the apostrophe that closes no quotation off the tokens and marks its word as a possessive.
fn join_plural_possessives(text: &str, tokens: &mut Vec<Token>) {
    /// Tokens over which a single quotation is taken to be open.
    const OPEN: usize = 80;
    let mut opened: Option<usize> = None;
    let mut dropped = Vec::new();
    for i in 1..tokens.len() {
        if tokens[i].kind != TokenKind::SingleQuote {
            continue;
        }
        let (before, after) = (&tokens[i - 1], tokens.get(i + 1));
        let close = tokens[i].start == before.end;
        let opens = !close && after.is_some_and(|a| a.start == tokens[i].end);
        let in_quotation = opened.is_some_and(|o| i - o < OPEN);
        let plural = close && before.is_word() && before.text(text).ends_with(['s', 'S']) && before.end - before.start > 3;
        let word = after.is_some_and(|a| a.is_word() && a.start == tokens[i].end + 1);
        if opens {
            opened = Some(i);
        } else if plural && word && !in_quotation {
            dropped.push(i);
        } else {
            opened = None;
        }
    }
    for &i in &dropped {
        tokens[i - 1].marks.set(Marks::POSSESSIVE);
    }
    if !dropped.is_empty() {
        let mut next = dropped.iter().peekable();
        let mut at = 0;
        tokens.retain(|_| {
            let drop = next.next_if(|&&i| i == at).is_some();
            at += 1;
            !drop
        });
    }
}

/// A name is no word of feeling or alarm: takes out "Mr. *Love*", "Grace *Hope*", "Senator *Savage*", and the same word with its capital wherever
/// it comes later. Behind an honorific or an abbreviated title any capitalised word is the name; behind a given name or a title, a known
/// surname where no capital follows (in title case "Senator Savage Attacks" says nothing). `names` are the tokens met so far.
fn drop_surnames(text: &str, tokens: &[Token], first: usize, tags: &[u128], first_hit: usize, hits: &mut Vec<Hit>, names: &mut Vec<Token>) {
    const SHORT: u128 = Cat::ABBREVIATION_TITLE.tag();
    const FRONT: u128 = Cat::GIVEN_M.tag()
        | Cat::GIVEN_F.tag()
        | Cat::GIVEN_U.tag()
        | Cat::HONORIFIC.tag()
        | Cat::OFFICE.tag()
        | Cat::MILITARY.tag()
        | Cat::ROLE.tag();
    /// So many are remembered: a text of nothing else must not cost more a byte.
    const SURNAMES: usize = 64;
    let surname = |t: usize| {
        let token = &tokens[t];
        if t == 0 || !token.has(Marks::CAPITAL) || token.has(Marks::SHOUTED) {
            return false;
        }
        let dotted = tokens[t - 1].kind == TokenKind::Period;
        let Some(before) = t.checked_sub(1 + usize::from(dotted)) else { return false };
        let front = &tokens[before];
        if !front.is_word() || !front.has(Marks::CAPITAL) || front.has(Marks::POSSESSIVE) {
            return false;
        }
        let capital_behind = tokens.get(t + 1).is_some_and(|n| n.is_word() && n.has(Marks::CAPITAL));
        (tags[before] & SHORT != 0 && tags[before] & FRONT != 0)
            || (dotted && tags[before] & Cat::HONORIFIC.tag() != 0)
            || (!dotted && !capital_behind && tags[t] & Cat::SURNAME.tag() != 0 && tags[before] & FRONT != 0)
    };
    let mut kept = first_hit;
    for at in first_hit..hits.len() {
        let hit = &hits[at];
        let mut name = false;
        if hit.end - hit.start == 1 && matches!(hit.cat.family(), Family::Sentiment | Family::Alarm) {
            let t = hit.start as usize - first;
            name = names.iter().any(|known| known.text(text) == tokens[t].text(text));
            if !name && surname(t) {
                if names.len() < SURNAMES {
                    names.push(tokens[t]);
                }
                name = true;
            }
        }
        if !name {
            hits.swap(kept, at);
            kept += 1;
        }
    }
    hits.truncate(kept);
}

fn abbreviation(tags: u128) -> Abbreviation {
    if tags & (Cat::ABBREVIATION_TITLE.tag() | Cat::ABBREVIATION_INNER.tag()) != 0 {
        Abbreviation::Inner
    } else if tags & Cat::ABBREVIATION_FINAL.tag() != 0 {
        Abbreviation::Final
    } else {
        Abbreviation::None
    }
}

impl<'d> Document<'d> {
    /// The categories of the hits that cover a token, of one word or of several, as bits.
    pub(crate) fn tags(&self, token: usize) -> u128 {
        self.tags.get(token).copied().unwrap_or(0)
    }

    /// Whether a token has some of the categories.
    pub(crate) fn is(&self, token: usize, tags: u128) -> bool {
        self.tags(token) & tags != 0
    }

    /// The text of a token.
    pub(crate) fn word(&self, token: usize) -> &'d str {
        self.tokens.get(token).map_or("", |t| t.text(self.text))
    }

    /// Number of the sentence that holds a token; behind the last one, their count.
    pub(crate) fn sentence_of(&self, token: u32) -> usize {
        self.sentence_of.get(token as usize).map_or(self.sentences.len(), |&number| number as usize)
    }

    /// Whether the token has the mark.
    pub(crate) fn has(&self, token: usize, mark: Marks) -> bool {
        self.tokens.get(token).is_some_and(|t| t.has(mark))
    }

    /// Bytes of a token range.
    pub(crate) fn span(&self, tokens: Range<u32>) -> Span {
        let first = self.tokens.get(tokens.start as usize);
        let last = self.tokens.get((tokens.end.max(1) - 1) as usize);
        match (first, last) {
            (Some(first), Some(last)) if tokens.start < tokens.end => Span { start: first.start, end: last.end },
            _ => Span { start: 0, end: 0 },
        }
    }

    /// Text of a token range.
    pub(crate) fn slice(&self, tokens: Range<u32>) -> &'d str {
        let span = self.span(tokens);
        &self.text[span.start as usize..span.end as usize]
    }
}
