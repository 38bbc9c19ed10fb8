//! Yoshikoder's XML: `cnode` is a category, `pnode` a pattern in it.

use roxmltree::{Document, Node};

use super::term::Wildcards;
use super::{Draft, ImportError};

const FORMAT: &str = "Yoshikoder XML";

pub(super) fn read(text: &str, draft: &mut Draft) -> Result<(), ImportError> {
    let document = Document::parse(text).map_err(|e| ImportError::Format { line: e.pos().row, format: FORMAT, reason: e.to_string() })?;
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let line = |node: Node<'_, '_>| starts.partition_point(|&start| start <= node.range().start) as u32;
    let root = document.root_element();
    if root.tag_name().name() != "dictionary" {
        let reason = format!("its root is <{}>, expected <dictionary>", root.tag_name().name());
        return Err(ImportError::Format { line: line(root), format: FORMAT, reason });
    }
    let regular = root.attribute("patternengine").is_some_and(|engine| engine.to_ascii_lowercase().contains("reg"));
    // One category that holds all others is the dictionary's name.
    let mut top = root.children().filter(Node::is_element);
    let whole = match (top.next(), top.next()) {
        (Some(only), None) if is(only, "cnode") && !only.children().any(|n| is(n, "pnode")) => only,
        _ => root,
    };
    // Entered and left, so that the path needs no recursion.
    let mut path: Vec<String> = Vec::new();
    let mut open: Vec<(Node<'_, '_>, bool)> = whole.children().rev().map(|n| (n, true)).collect();
    while let Some((node, enter)) = open.pop() {
        if !node.is_element() {
            continue;
        }
        if !enter {
            path.pop();
        } else if is(node, "cnode") {
            if node.attribute("name").is_none() {
                draft.changed(line(node), "", "a category without a name is called \"unnamed\"");
            }
            path.push(node.attribute("name").unwrap_or("unnamed").to_string());
            open.push((node, false));
            open.extend(node.children().rev().map(|n| (n, true)));
        } else if is(node, "pnode") {
            let Some(name) = node.attribute("name") else {
                draft.lost(line(node), "", "a pattern without a name");
                continue;
            };
            if regular && name.contains(['.', '^', '$', '[', ']', '(', ')', '{', '}', '|', '\\', '+', '?']) {
                draft.lost(line(node), name, "a regular expression cannot be carried over");
                continue;
            }
            let category = draft.category(&path);
            draft.term(line(node), name, category, Wildcards::Star);
        } else {
            draft.lost(line(node), "", format!("<{}> is not known here", node.tag_name().name()));
        }
    }
    Ok(())
}

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}
