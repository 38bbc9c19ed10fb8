//! Stance toward given spans, and toward a figure paragraph by paragraph.

use crate::evaluate::gold::Item;
use crate::evaluate::run::Judged;
use crate::segment::Span;
use crate::{AnalyzeError, Analyzer, Scratch};

/// One judged item a target: `gold` and `class` are -1, 0 or 1, `score` the stance.
pub(super) fn judge_targets(
    item: &Item,
    targets: &[(Span, i8)],
    analyzer: &Analyzer,
    scratch: &mut Scratch,
    out: &mut Vec<Judged>,
) -> Result<(), AnalyzeError> {
    let _ = (item, targets, analyzer, scratch, out);
    Ok(())
}

/// One judged item a labelled paragraph.
pub(super) fn judge_paragraphs(
    item: &Item,
    figure: &str,
    labels: &[Option<i8>],
    analyzer: &Analyzer,
    scratch: &mut Scratch,
    out: &mut Vec<Judged>,
) -> Result<(), AnalyzeError> {
    let _ = (item, figure, labels, analyzer, scratch, out);
    Ok(())
}
