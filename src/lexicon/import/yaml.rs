//! quanteda's YAML: mappings are categories inside categories, sequences and single words are terms.
//!
//! Read as events, so that each term keeps its line and `no`, `yes` and `on` stay words.

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::term::Wildcards;
use super::{Draft, ImportError};

enum Frame {
    /// Whether a key waits for its value, and whether that key is on the path.
    Map {
        open: bool,
        named: bool,
    },
    List,
}

pub(super) fn read(text: &str, draft: &mut Draft) -> Result<(), ImportError> {
    let broken = |line: usize, reason: &str| ImportError::Format { line: line as u32, format: "quanteda YAML", reason: reason.to_string() };
    let mut frames: Vec<Frame> = Vec::new();
    let mut path: Vec<String> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|e| broken(e.marker().line(), &e.to_string()))?;
        let line = span.start.line();
        let expects_key = matches!(frames.last(), Some(Frame::Map { open: false, .. }));
        match event {
            Event::Scalar(word, style, ..) => {
                if let Some(Frame::Map { open: open @ false, named }) = frames.last_mut() {
                    *open = true;
                    // quanteda writes the words of a category that has categories below it under this key.
                    *named = word != "__";
                    if *named {
                        path.push(word.into_owned());
                    }
                    continue;
                }
                if frames.is_empty() {
                    draft.lost(line as u32, &word, "it is in no category: expected \"category: [words]\"");
                    continue;
                }
                if matches!(style, ScalarStyle::Plain) && matches!(&*word, "" | "~") {
                    draft.lost(line as u32, "", "an empty item");
                } else {
                    let category = draft.category(&path);
                    draft.term(line as u32, &word, category, Wildcards::Glob);
                }
                close(&mut frames, &mut path);
            }
            Event::Alias(_) if expects_key => return Err(broken(line, "an alias is no name for a category")),
            Event::Alias(_) => {
                draft.lost(line as u32, "", "an alias (*name) cannot be carried over: write its words out");
                close(&mut frames, &mut path);
            }
            Event::MappingStart(..) | Event::SequenceStart(..) if expects_key => {
                return Err(broken(line, "a list or mapping is no name for a category"));
            }
            Event::MappingStart(..) => frames.push(Frame::Map { open: false, named: false }),
            Event::SequenceStart(..) => frames.push(Frame::List),
            Event::MappingEnd | Event::SequenceEnd => {
                frames.pop();
                close(&mut frames, &mut path);
            }
            _ => {}
        }
    }
    Ok(())
}

/// A value is complete: its key goes off the path.
fn close(frames: &mut [Frame], path: &mut Vec<String>) {
    if let Some(Frame::Map { open, named }) = frames.last_mut() {
        if *open && *named {
            path.pop();
        }
        *open = false;
        *named = false;
    }
}
