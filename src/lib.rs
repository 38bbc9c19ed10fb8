//! Scores every paragraph of news, speeches and transcripts for sarcasm markers, alarm language, stance toward named
//! figures (and who holds it), and sentiment, each number with the words that caused it.

pub mod segment;
