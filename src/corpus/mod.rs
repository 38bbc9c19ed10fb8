//! Collections of texts.

pub mod generate;
