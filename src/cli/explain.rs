//! `philippic explain`: the text with each cue marked, and what each added to which score.

use std::io::Write;

use anstyle::Style;
use clap::Args;
use philippic::report::{Evidence, Paragraph, Report};

use super::args::{AnalysisArgs, ReadArgs, check_language, display, read_input};
use super::console::{ALARM, BOLD, Console, DIM, NEGATIVE, PLAIN, POSITIVE, SARCASM, STANCE, paint};
use super::layout::{Piece, clip, columns, one_line, pad, wrap};
use super::score_table::{count, holder, pair, polarity, strength};
use super::{Outcome, Run};

/// Show the text with every cue marked and what it adds to its score
#[derive(Args, Debug)]
#[command(before_help = "\
Examples:
  philippic explain article.txt
  philippic explain --paragraph 3 article.txt
  philippic explain --without negation article.txt   (what does the rule do here?)

Without colour a cue stands in brackets: [on the brink of: alarm +0.31].")]
pub(super) struct ExplainArgs {
    /// A text; - is standard input
    #[arg(value_name = "FILE")]
    file: String,
    /// Only these paragraphs, counted from 1 (repeatable)
    #[arg(short, long, value_name = "NUMBER")]
    paragraph: Vec<u32>,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    analysis: AnalysisArgs,
}

pub(super) fn run(args: &ExplainArgs, console: &mut Console) -> Run {
    let analyzer = args.analysis.analyzer(args.read.paragraphs.into(), true)?;
    let text = match read_input(&args.file, &args.read.encoding, console) {
        Ok(text) => text,
        Err(failed) => return Ok(failed),
    };
    if !args.analysis.assume_language {
        check_language(&args.file, &text, &analyzer, console);
    }
    let report = analyzer.analyze(&text).map_err(|e| anyhow::anyhow!("{}: {e}", display(&args.file)))?;
    if let Some(missing) = args.paragraph.iter().find(|&&n| n == 0 || n as usize > report.paragraphs.len()) {
        anyhow::bail!("--paragraph {missing}: {} has {}", display(&args.file), count(report.paragraphs.len(), "paragraph"));
    }
    let page = Page { report: &report, text: &text, width: console.width(), colour: console.colour() };
    let chosen = report.paragraphs.iter().filter(|p| args.paragraph.is_empty() || args.paragraph.contains(&(p.index + 1)));
    for (i, paragraph) in chosen.enumerate() {
        let gap = if i == 0 { "" } else { "\n" };
        write!(console, "{gap}{}", page.paragraph(paragraph))?;
    }
    Ok(Outcome::Done)
}

/// Smaller contributions are listed under the text, not marked in it.
const SHOWN: f32 = 0.005;
/// The same for stances, which have many small pieces.
const SHOWN_STANCE: f32 = 0.05;

struct Page<'p> {
    report: &'p Report,
    text: &'p str,
    width: usize,
    colour: bool,
}

/// One piece of evidence and the score it belongs to.
struct Mark<'p> {
    evidence: &'p Evidence,
    score: &'static str,
    style: Style,
    /// "holder → figure" of a stance.
    about: Option<String>,
}

impl Mark<'_> {
    fn is_shown(&self) -> bool {
        let least = if self.score == "stance" { SHOWN_STANCE } else { SHOWN };
        self.evidence.contribution.abs() >= least
    }
}

impl Page<'_> {
    fn paragraph(&self, paragraph: &Paragraph) -> String {
        let marks = marks(paragraph);
        let mut out = self.head(paragraph);
        out.push('\n');
        for line in wrap(&self.marked(paragraph, &marks), self.width.saturating_sub(4)) {
            out.push_str(&format!("  {line}\n"));
        }
        for (score, style) in [("sentiment", PLAIN), ("sarcasm", SARCASM), ("alarm", ALARM)] {
            let marks: Vec<&Mark<'_>> = marks.iter().filter(|m| m.score == score).collect();
            if !marks.is_empty() {
                out.push_str(&format!("\n  {}\n", paint(style.bold(), score)));
                self.list(&marks, &mut out);
            }
        }
        for stance in &paragraph.stances {
            let via: Vec<String> = stance.via.iter().map(|v| format!("{v:?}").to_lowercase()).collect();
            let via = if via.is_empty() { String::new() } else { format!(", by {}", via.join(", ")) };
            let score = if stance.hits == 0 { "–".to_string() } else { format!("{:+.2}", stance.score) };
            let about = clip(&format!("{}{via}", count(stance.mentions as usize, "mention")), self.width / 2);
            let names = pair(&stance.holder, &stance.figure, self.width.saturating_sub(columns(&about) + 10));
            out.push_str(&format!("\n  {names} {}  {}\n", paint(polarity(stance.score), score), paint(DIM, about)));
            let marks: Vec<Mark<'_>> =
                stance.evidence.iter().map(|e| Mark { evidence: e, score: "stance", style: STANCE, about: None }).collect();
            self.list(&marks.iter().collect::<Vec<_>>(), &mut out);
        }
        for custom in paragraph.custom.iter().filter(|(_, c)| c.hits > 0) {
            let share = format!("{:.1} % of the words", custom.1.share * 100.0);
            out.push_str(&format!("\n  {} {:.2} per 100 words  {}\n", paint(BOLD, custom.0), custom.1.score, paint(DIM, share)));
            let marks: Vec<Mark<'_>> =
                custom.1.evidence.iter().map(|e| Mark { evidence: e, score: "custom", style: PLAIN, about: None }).collect();
            self.list(&marks.iter().collect::<Vec<_>>(), &mut out);
        }
        out
    }

    fn head(&self, paragraph: &Paragraph) -> String {
        let title = format!("¶ {} of {}", paragraph.index + 1, self.report.paragraphs.len());
        let dash = |hits: u32, text: String, style: Style| if hits == 0 { paint(DIM, "–") } else { paint(style, text) };
        let (s, i, a) = (&paragraph.sentiment, &paragraph.sarcasm, &paragraph.alarm);
        let scores = format!(
            "sentiment {}   sarcasm {}   alarm {}",
            dash(s.hits, format!("{:+.2}", s.score), polarity(s.score)),
            dash(i.hits, format!("{:.2}", i.score), strength(SARCASM, i.score)),
            dash(a.hits, format!("{:.2}", a.score), strength(ALARM, a.score)),
        );
        format!("{}   {scores}\n", paint(BOLD, title))
    }

    /// The paragraph's text; where marks overlap they share one pair of brackets.
    fn marked(&self, paragraph: &Paragraph, marks: &[Mark<'_>]) -> Vec<Piece> {
        let mut sorted: Vec<&Mark<'_>> = marks.iter().filter(|m| m.is_shown()).collect();
        sorted.sort_by_key(|m| (m.evidence.start, m.evidence.end));
        let mut groups: Vec<(u32, u32, Vec<&Mark<'_>>)> = Vec::new();
        for mark in sorted {
            match groups.last_mut() {
                Some((_, end, group)) if mark.evidence.start < *end => {
                    *end = (*end).max(mark.evidence.end);
                    group.push(mark);
                }
                _ => groups.push((mark.evidence.start, mark.evidence.end, vec![mark])),
            }
        }
        let mut pieces: Vec<Piece> = Vec::new();
        let mut at = paragraph.start;
        for (start, end, group) in groups {
            pieces.push((PLAIN, self.flat(at, start)));
            // The strongest contribution gives the colour.
            let lead = group.iter().max_by(|a, b| a.evidence.contribution.abs().total_cmp(&b.evidence.contribution.abs()));
            let style = lead.map_or(PLAIN, |m| m.style);
            let tags: Vec<String> = summed(&group).iter().map(|(name, sum)| format!("{name} {sum:+.2}")).collect();
            let (words, tags) = (self.flat(start, end), tags.join(", "));
            if self.colour {
                pieces.push((style.bold().underline(), words));
                pieces.push((DIM, format!(" {tags}")));
            } else {
                pieces.push((PLAIN, format!("[{words}: {tags}]")));
            }
            at = end;
        }
        pieces.push((PLAIN, self.flat(at, paragraph.end)));
        pieces
    }

    /// Text on one line; spaces at the ends matter to what comes before and behind.
    fn flat(&self, start: u32, end: u32) -> String {
        let slice = &self.text[start as usize..(end.max(start)) as usize];
        let edge = |space: bool| if space { " " } else { "" };
        let inner = one_line(slice);
        let before = edge(slice.starts_with(char::is_whitespace));
        let after = edge(!inner.is_empty() && slice.ends_with(char::is_whitespace));
        format!("{before}{inner}{after}")
    }

    fn list(&self, marks: &[&Mark<'_>], out: &mut String) {
        let width = self.width.saturating_sub(34).clamp(12, 40);
        for mark in marks {
            let e = mark.evidence;
            let words = clip(&one_line(&self.text[e.start as usize..e.end as usize]), width);
            let mut why = e.cue.clone();
            if !e.term.is_empty() && !e.term.eq_ignore_ascii_case(&words) {
                why.push_str(&format!(" ({})", one_line(&e.term)));
            }
            if !e.shifts.is_empty() {
                why.push_str(&format!(", {}", e.shifts.join(", ")));
            }
            let sign = format!("{:+.2}", e.contribution);
            let tone = if mark.score == "sentiment" || mark.score == "stance" { polarity(e.contribution) } else { mark.style };
            let used = 4 + columns(&sign) + 2 + width + 2;
            let why = clip(&why, self.width.saturating_sub(used));
            out.push_str(&format!("    {}  {}  {}\n", paint(tone, sign), pad(&words, width), paint(DIM, why)));
        }
    }
}

/// Contributions by score, in the order of the scores.
fn summed(group: &[&Mark<'_>]) -> Vec<(String, f32)> {
    let mut sums: Vec<(String, f32)> = Vec::new();
    for mark in group {
        let name = mark.about.clone().unwrap_or_else(|| mark.score.to_string());
        match sums.iter_mut().find(|(n, _)| *n == name) {
            Some((_, sum)) => *sum += mark.evidence.contribution,
            None => sums.push((name, mark.evidence.contribution)),
        }
    }
    sums
}

/// All evidence of a paragraph.
fn marks(paragraph: &Paragraph) -> Vec<Mark<'_>> {
    let mut out = Vec::new();
    for evidence in &paragraph.sentiment.evidence {
        let style = if evidence.contribution < 0.0 { NEGATIVE } else { POSITIVE };
        out.push(Mark { evidence, score: "sentiment", style, about: None });
    }
    out.extend(paragraph.sarcasm.evidence.iter().map(|evidence| Mark { evidence, score: "sarcasm", style: SARCASM, about: None }));
    out.extend(paragraph.alarm.evidence.iter().map(|evidence| Mark { evidence, score: "alarm", style: ALARM, about: None }));
    for stance in &paragraph.stances {
        let about = format!("{} → {}", holder(&stance.holder), one_line(&stance.figure));
        out.extend(stance.evidence.iter().map(|evidence| Mark { evidence, score: "stance", style: STANCE, about: Some(about.clone()) }));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::score_table::tests::{TEXT, report};

    #[test]
    fn pages() {
        let report = report();
        for (name, width, colour) in
            [("brackets_60", 60, false), ("brackets_80", 80, false), ("colour_80", 80, true), ("brackets_140", 140, false)]
        {
            let page = Page { report: &report, text: TEXT, width, colour };
            let text: Vec<String> = report.paragraphs.iter().map(|p| page.paragraph(p)).collect();
            let text = text.join("\n");
            let plain = anstream::adapter::strip_str(&text).to_string();
            assert!(plain.lines().all(|line| columns(line) <= width), "a line is wider than {width}:\n{plain}");
            insta::assert_snapshot!(name, if colour { text.replace('\x1b', "␛") } else { plain });
        }
    }
}
