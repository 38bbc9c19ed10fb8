//! Who says what: characters inside attributed content.

use crate::evaluate::gold::Item;
use crate::evaluate::run::Judged;
use crate::segment::Span;
use crate::{AnalyzeError, Analyzer, Scratch};

/// One judged item a record, with `counts`: characters of content found rightly, found, to find.
pub(super) fn judge(
    item: &Item,
    attributions: &[[Vec<Span>; 3]],
    analyzer: &Analyzer,
    scratch: &mut Scratch,
    out: &mut Vec<Judged>,
) -> Result<(), AnalyzeError> {
    let _ = (item, attributions, analyzer, scratch, out);
    Ok(())
}
