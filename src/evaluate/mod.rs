//! Scores measured against labelled files.
//!
//! [`read_gold`] turns JSONL or CSV into items, [`run`] scores them and measures the agreement. Record forms, by task:
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

mod gold;
pub mod metrics;
mod run;
mod spans;

pub use gold::{Gold, GoldError, Item, Task, read_gold};
pub use run::{Evaluation, Interval, Judged, run};
