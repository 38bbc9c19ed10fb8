//! Scores measured against labelled files.
//!
//! [`read_gold`] turns JSONL or CSV into items, [`run`] scores them and measures the agreement, [`compare`] tells whether one run is
//! better than another. Record forms, by task:
//!
//! | task | record | gold |
//! | --- | --- | --- |
//! | `sentiment` | `{"id", "text", "score"}` | any scale, signed |
//! | `alarm` | `{"id", "text", "score"}` or `"label"` | 0..1, or 0 / 1 |
//! | `sarcasm` | `{"id", "text", "label"}` | 0 / 1 |
//! | `stance` | `{"id", "text", "targets": [{"start", "end", "label"}]}` | -1, 0, 1 |
//! | `paragraph-stance` | `{"id", "text", "figure", "paragraph_labels"}` | -1, 0, 1 or null |
//! | `figures` | `{"id", "text", "figures": [{"start", "end"}]}` | spans |
//! | `attributions` | `{"id", "text", "attributions": [{"source", "cue", "content"}]}` | lists of `[start, end]` |
//!
//! | file | what |
//! | --- | --- |
//! | `gold.rs` | labelled files to items |
//! | `texts.rs` | a labelled text to a judged item: sentiment, alarm, sarcasm |
//! | `spans.rs` | labelled spans to judged items: stance, figures, attributions |
//! | `measures.rs` | which measures a task has |
//! | `metrics.rs` | the measures themselves, the bootstrap |
//! | `compare.rs` | the paired test of two runs |
//! | `suggest.rs` | terms that separate the classes and are not in the lexicon yet |

mod compare;
mod gold;
mod measures;
pub mod metrics;
mod run;
mod spans;
mod suggest;
mod texts;

pub use compare::{Comparison, compare, read_predictions};
pub use gold::{Fields, Form, Gold, GoldError, Item, Task, read_gold, read_gold_with};
pub use measures::{main_measure, measure};
pub use run::{Counts, Evaluation, Interval, Judged, Settings, run, run_with};
pub use suggest::{Class, SuggestError, SuggestOptions, Suggestion, Suggestions, suggest};
