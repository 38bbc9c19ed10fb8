//! One labelled item in; one or more judged items out. One file a kind of task.

mod attributions;
mod figures;
mod stance;
mod texts;

use super::gold::{Gold, Item, Task};
use super::run::Judged;
use crate::{AnalyzeError, Analyzer, Scratch};

/// Judges an item and appends what comes of it, in the order of the record's targets.
pub(super) fn judge(task: Task, item: &Item, analyzer: &Analyzer, scratch: &mut Scratch, out: &mut Vec<Judged>) -> Result<(), AnalyzeError> {
    match &item.gold {
        Gold::Score(score) => texts::judge(task, item, *score, analyzer, scratch, out),
        Gold::Label(label) => texts::judge(task, item, f64::from(u8::from(*label)), analyzer, scratch, out),
        Gold::Targets(targets) => stance::judge_targets(item, targets, analyzer, scratch, out),
        Gold::Paragraphs(figure, labels) => stance::judge_paragraphs(item, figure, labels, analyzer, scratch, out),
        Gold::Figures(spans) => figures::judge(item, spans, analyzer, scratch, out),
        Gold::Attributions(attributions) => attributions::judge(item, attributions, analyzer, scratch, out),
    }
}
