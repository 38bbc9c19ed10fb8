//! What cues of one sentence make of each other.

use super::{PARTS, REASSURANCE, scale};
use crate::scorers::combine::Cue;
use crate::scorers::sentence::Sentence;

/// The second cue of a part in a sentence keeps this share, the third its square, and so on: three killings told in one sentence are one
/// report.
const AGAIN: f32 = 0.7;
/// The same line of the lexicon again, among the last few cues.
const SAME_AGAIN: f32 = 0.7;
const LAST_FEW: usize = 8;
/// A sentence whose only parts are violence and catastrophe tells facts.
const FACTS_ALONE: f32 = 0.8;
/// A sentence with cues of one part, of two, of three and more; a cue this faint does not count.
const TOGETHER: [f32; 4] = [1.0, 1.0, 1.15, 1.3];
const FAINT: f32 = 0.1;

/// A cue repeated counts less each time.
pub(super) fn repetition(_: &Sentence<'_>, cues: &mut Vec<Cue>) {
    let mut seen = [0i32; PARTS.len()];
    for i in 0..cues.len() {
        let Some(part) = part(&cues[i]) else { continue };
        let same = cues[i.saturating_sub(LAST_FEW)..i].iter().any(|c| c.entry == cues[i].entry);
        scale(&mut cues[i], AGAIN.powi(seen[part].min(LAST_FEW as i32)) * if same { SAME_AGAIN } else { 1.0 });
        seen[part] += 1;
    }
}

/// Sober reports of crime, accident and disease have cues of violence and catastrophe, and no others.
pub(super) fn facts(_: &Sentence<'_>, cues: &mut Vec<Cue>) {
    let fact = |c: &Cue| matches!(c.family, "alarm.violence" | "alarm.catastrophe");
    if cues.iter().all(|c| fact(c) || c.strength <= FAINT) {
        cues.iter_mut().for_each(|c| scale(c, FACTS_ALONE));
    }
}

/// A threat that is near, to us and to be fought is more than its parts.
pub(super) fn company(_: &Sentence<'_>, cues: &mut Vec<Cue>) {
    let parts = cues.iter().filter(|c| c.strength > FAINT).filter_map(part).fold(0u32, |all, p| all | 1 << p);
    let factor = TOGETHER[parts.count_ones().min(3) as usize];
    if factor != 1.0 {
        cues.iter_mut().for_each(|c| scale(c, factor));
    }
}

/// Number of the part that raises; none for reassurance.
fn part(cue: &Cue) -> Option<usize> {
    PARTS.iter().position(|row| row.1 == cue.family && row.1 != REASSURANCE)
}
