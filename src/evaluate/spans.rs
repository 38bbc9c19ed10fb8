//! The tasks whose labels are spans: persons, attributions, and stances toward spans or figures.
//!
//! | task | what is compared | measures |
//! | --- | --- | --- |
//! | `stance` | class of each target span | macro-F1 and kin |
//! | `paragraph-stance` | class of the figure in each labelled paragraph | macro-F1 and kin |
//! | `figures` | spans of persons named, exactly | precision, recall, F1 over spans |
//! | `attributions` | characters inside attributed content; the holder of content that is found | F1 of characters, share of holders |

use super::gold::{Gold, Item};
use super::run::{Counts, Judged};
use crate::report::{Attribution, Evidence, Report, Via};
use crate::segment::Span;
use crate::{AnalyzeError, Analyzer, KnownFigure, Scratch};

/// Judges the stance toward each target span.
pub(super) fn targets(item: &Item, analyzer: &Analyzer, scratch: &mut Scratch, out: &mut Vec<Judged>) -> Result<(), AnalyzeError> {
    let Gold::Targets(targets) = &item.gold else { return Ok(()) };
    let spans: Vec<Span> = targets.iter().map(|(span, _)| *span).collect();
    for ((_, gold), stance) in targets.iter().zip(analyzer.stance_toward(&item.text, &spans, scratch)?) {
        out.push(item.judged(f64::from(*gold), stance.score, stance.class, stance.evidence));
    }
    Ok(())
}

/// Judges the stance toward the figure, paragraph by paragraph.
pub(super) fn paragraphs(item: &Item, analyzer: &Analyzer, scratch: &mut Scratch, out: &mut Vec<Judged>) -> Result<(), AnalyzeError> {
    let Gold::Paragraphs(figure, labels) = &item.gold else { return Ok(()) };
    let known = KnownFigure { name: figure.clone(), ..KnownFigure::default() };
    let classes = analyzer.paragraph_stances(&item.text, &known, scratch)?;
    for (number, label) in labels.iter().enumerate() {
        let Some(gold) = label else { continue };
        let (score, class, evidence) = classes.get(number).cloned().map_or((0.0, 0, Vec::new()), |s| (s.score, s.class, s.evidence));
        out.push(item.judged(f64::from(*gold), score, class, evidence));
    }
    Ok(())
}

/// Judges the spans of persons that are named.
pub(super) fn figures(item: &Item, analyzer: &Analyzer, scratch: &mut Scratch, out: &mut Vec<Judged>) -> Result<Counts, AnalyzeError> {
    let Gold::Figures(gold) = &item.gold else { return Ok(Counts::default()) };
    let report = analyzer.analyze_with(&item.text, scratch)?;
    let mut found: Vec<Span> = named(&report);
    found.sort();
    found.dedup();
    let hits = found.iter().filter(|span| gold.contains(span)).count();
    let evidence = found.iter().map(|s| piece("figure", *s, &item.text)).collect();
    let counts = Counts { hits: hits as f64, predicted: found.len() as f64, gold: gold.len() as f64, ..Counts::default() };
    let (_, _, f1) = super::metrics::f1(counts.hits, counts.predicted, counts.gold);
    let score = if found.is_empty() && gold.is_empty() { 1.0 } else { f1 as f32 };
    out.push(item.judged(gold.len() as f64, score, i8::from(hits == gold.len() && hits == found.len()), evidence));
    Ok(counts)
}

fn named(report: &Report) -> Vec<Span> {
    let spans = report.figures.iter().flat_map(|f| &f.spans);
    spans.filter(|m| matches!(m.via, Via::Name | Via::Alias)).map(|m| Span { start: m.start, end: m.end }).collect()
}

/// Judges attributed content by characters (bytes), and the holder of each gold content of which half or more is found.
pub(super) fn attributions(item: &Item, analyzer: &Analyzer, scratch: &mut Scratch, out: &mut Vec<Judged>) -> Result<Counts, AnalyzeError> {
    let Gold::Attributions(gold) = &item.gold else { return Ok(Counts::default()) };
    let report = analyzer.analyze_with(&item.text, scratch)?;
    let size = item.text.len();
    let mut in_gold = vec![false; size];
    let mut in_found = vec![false; size];
    let paint = |bits: &mut [bool], spans: &[Span]| {
        for s in spans {
            bits.iter_mut().take(s.end as usize).skip(s.start as usize).for_each(|b| *b = true);
        }
    };
    gold.iter().for_each(|[_, _, content]| paint(&mut in_gold, content));
    report.attributions.iter().for_each(|a| paint(&mut in_found, &a.content));
    let count = |f: &dyn Fn(usize) -> bool| (0..size).filter(|&i| f(i)).count() as f64;
    let mut counts = Counts {
        hits: count(&|i| in_gold[i] && in_found[i]),
        predicted: count(&|i| in_found[i]),
        gold: count(&|i| in_gold[i]),
        ..Counts::default()
    };
    for [source, _, content] in gold {
        let length: u32 = content.iter().map(|s| s.end - s.start).sum();
        let found: u32 = content.iter().map(|s| (s.start..s.end).filter(|&i| in_found.get(i as usize) == Some(&true)).count() as u32).sum();
        let best = report
            .attributions
            .iter()
            .map(|a| (overlap(&a.content, content), a))
            .filter(|(n, _)| *n > 0)
            .max_by_key(|(n, _)| *n)
            .map(|(_, a)| a);
        let right = best.is_some_and(|a| a.source.is_some_and(|s| overlap(&[s], source) > 0));
        if found * 2 >= length && length > 0 && !source.is_empty() {
            counts.holders += 1.0;
            counts.holders_right += f64::from(u8::from(right));
        }
        let share = if length > 0 { found as f32 / length as f32 } else { 0.0 };
        out.push(item.judged(f64::from(length), share, i8::from(right), best.map(|a| pieces(a, &item.text)).unwrap_or_default()));
    }
    Ok(counts)
}

fn overlap(a: &[Span], b: &[Span]) -> u32 {
    a.iter().flat_map(|x| b.iter().map(move |y| x.end.min(y.end).saturating_sub(x.start.max(y.start)))).sum()
}

fn pieces(attribution: &Attribution, text: &str) -> Vec<Evidence> {
    let source = attribution.source.map(|s| piece("source", s, text));
    let cue = attribution.cue.map(|s| piece("cue", s, text));
    source.into_iter().chain(cue).chain(attribution.content.iter().map(|s| piece("content", *s, text))).collect()
}

fn piece(cue: &str, span: Span, text: &str) -> Evidence {
    let term = text.get(span.start as usize..span.end as usize).unwrap_or("").to_string();
    Evidence { start: span.start, end: span.end, cue: cue.to_string(), term, weight: 1.0, contribution: 0.0, shifts: Vec::new() }
}
