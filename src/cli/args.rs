//! Arguments that several subcommands share, and what they stand for.

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use philippic::input::{self, Decoded};
use philippic::lexicon::{Lexicon, LexiconFile};
use philippic::report::Via;
use philippic::segment::ParagraphMode;
use philippic::{Analyzer, Options};

use super::console::Console;
use super::{Outcome, own_figures};

/// `--paragraphs`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Paragraphs {
    /// Blank lines separate paragraphs if there are any, else each line is one; hard-wrapped lines join
    #[default]
    Auto,
    /// Blank lines separate paragraphs
    Blank,
    /// Each line is a paragraph
    Line,
}

impl From<Paragraphs> for ParagraphMode {
    fn from(mode: Paragraphs) -> ParagraphMode {
        match mode {
            Paragraphs::Auto => ParagraphMode::Auto,
            Paragraphs::Blank => ParagraphMode::Blank,
            Paragraphs::Line => ParagraphMode::Line,
        }
    }
}

/// How text is read.
#[derive(Args, Debug)]
#[command(next_help_heading = "Reading")]
pub(super) struct ReadArgs {
    /// What separates paragraphs
    #[arg(long, value_enum, default_value_t = Paragraphs::Auto, value_name = "HOW")]
    pub(super) paragraphs: Paragraphs,
    #[command(flatten)]
    pub(super) encoding: EncodingArgs,
}

/// How bytes become text.
#[derive(Args, Debug)]
#[command(next_help_heading = "Reading")]
pub(super) struct EncodingArgs {
    /// Encoding of the input; default: UTF-8, else by byte order mark or detected, and said
    #[arg(long, value_name = "NAME")]
    pub(super) encoding: Option<String>,
}

/// `--drop-links`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(super) enum Link {
    /// The full name
    Name,
    /// A part of the name, a nickname
    Alias,
    /// A title or role: "the president"
    Title,
    /// he, she, his, her
    Pronoun,
}

impl From<Link> for Via {
    fn from(link: Link) -> Via {
        match link {
            Link::Name => Via::Name,
            Link::Alias => Via::Alias,
            Link::Title => Via::Title,
            Link::Pronoun => Via::Pronoun,
        }
    }
}

/// What is scored and by which words.
#[derive(Args, Debug)]
#[command(next_help_heading = "Scoring")]
pub(super) struct AnalysisArgs {
    /// A lexicon to add; its lines override built-in ones (repeatable)
    #[arg(long, value_name = "FILE")]
    pub(super) lexicon: Vec<String>,
    /// Figures to look for besides those that are found
    #[arg(long, value_name = "FILE")]
    pub(super) figures: Option<String>,
    /// Drop mentions that were linked to a figure so
    #[arg(long, value_enum, value_delimiter = ',', value_name = "KINDS")]
    pub(super) drop_links: Vec<Link>,
    /// Switch off a rule, a lexicon or a category, to see what it does; "figures" leaves out persons and stances, in half of the time (repeatable)
    #[arg(long, value_name = "NAME")]
    pub(super) without: Vec<String>,
    /// Take the text for English without checking
    #[arg(long)]
    pub(super) assume_language: bool,
}

impl AnalysisArgs {
    /// The analyzer that these arguments ask for.
    pub(super) fn analyzer(&self, paragraphs: ParagraphMode, evidence: bool) -> anyhow::Result<Analyzer> {
        let mut lexicon = lexicon_with(&self.lexicon)?;
        let rules = philippic::rule_names();
        for name in &self.without {
            if !rules.contains(&name.as_str()) && !lexicon.remove(name) {
                let known: Vec<&str> = rules.iter().copied().chain(lexicon.files().iter().map(|f| f.name.as_str())).collect();
                bail!(
                    "--without {name}: no such rule, lexicon or category; known: {}, and the categories of `philippic lexicon list`",
                    known.join(", ")
                );
            }
        }
        let figures = self.figures.as_deref().map(own_figures::read).transpose()?.unwrap_or_default();
        let drop_links = self.drop_links.iter().map(|&link| link.into()).collect();
        let options = Options { paragraphs, evidence, without: self.without.clone(), drop_links, figures };
        Ok(Analyzer::new(&lexicon, options))
    }
}

/// The built-in lexicons and the files given.
pub(super) fn lexicon_with(files: &[String]) -> anyhow::Result<Lexicon> {
    let mut lexicon = Lexicon::english();
    for path in files {
        let text = read_text(path)?;
        let file = LexiconFile::parse(path, &text).map_err(|e| anyhow::anyhow!("{e}"))?;
        lexicon.add(file);
    }
    let (own, most) = (lexicon.own_categories(), Lexicon::MOST_OWN_CATEGORIES);
    if own > most {
        bail!("{own} categories of your own are more than can be scored at once ({most}): take fewer files, or split them");
    }
    Ok(lexicon)
}

/// Reads a file that must be there.
pub(super) fn read_text(path: &str) -> anyhow::Result<String> {
    Ok(input::read(path, None).with_context(|| display(path))?.text)
}

/// How an input is called in messages.
pub(super) fn display(path: &str) -> String {
    if path == "-" { "standard input".to_string() } else { path.to_string() }
}

/// Reads an input; what went wrong is said, and the outcome returned.
pub(super) fn read_input(path: &str, args: &EncodingArgs, console: &mut Console) -> Result<String, Outcome> {
    match input::read(path, args.encoding.as_deref()) {
        Ok(Decoded { text, notice, .. }) => {
            if let Some(notice) = notice {
                console.note(&format!("{}: {notice}", display(path)));
            }
            Ok(text)
        }
        Err(error) => {
            console.error(&format!("{}: {error}", display(path)));
            Err(if error.is_rejection() { Outcome::Rejected } else { Outcome::Failed })
        }
    }
}

/// Bytes that are looked at.
const SAMPLE: usize = 20_000;
/// Fewer words than this tell nothing of the language.
const ENOUGH_WORDS: usize = 30;
/// English prose has three times as many function words.
const FUNCTION_WORDS: f32 = 0.12;

/// Says so if a text does not look English.
pub(super) fn check_language(path: &str, text: &str, analyzer: &Analyzer, console: &mut Console) {
    let end = (text.len().min(SAMPLE)..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len());
    let sample = &text[..end];
    let (share, words) = philippic::function_words(analyzer.lexicon(), sample);
    if words >= ENOUGH_WORDS && share < FUNCTION_WORDS {
        let percent = (share * 100.0).round();
        console.note(&format!(
            "{}: does not look English ({percent} % of its words are function words), scores mean little; --assume-language to be quiet",
            display(path)
        ));
    }
}
