//! The JSON Schema: the committed copy is the generated one, and real reports follow it.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)] // a panic is how a test fails

mod support;

use support::{Folder, OWN, stdout};

const COPY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/philippic-1.schema.json");

#[test]
fn the_committed_schema_is_the_generated_one() {
    let generated = stdout(&["schema"]);
    let committed = std::fs::read_to_string(COPY).unwrap_or_default();
    if committed != generated {
        std::fs::write(COPY, generated).unwrap();
        panic!("{COPY} was out of date and has been rewritten: look at the diff and commit it");
    }
}

#[test]
fn reports_follow_the_schema() {
    let schema: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(COPY).unwrap()).unwrap();
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.add_resource("philippic.json", schema).unwrap();
    let index = compiler.compile("philippic.json", &mut schemas).unwrap();
    let folder = Folder::new();
    let figures = folder.file("figures.tsv", "name\troles\nJane Roe\tmayor\n");
    let text = folder.file(
        "t.txt",
        "The zorbful mayor, Jane Roe, said that John Doe \"lied\". \"He is a grumblish man,\" Roe said.\n\nAt the doomlet brinkle, hoorahtsch!\n\nMr. Doe did not reply.",
    );
    let empty = folder.file("empty.txt", "");
    let samples = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/examples")).unwrap();
    let samples: Vec<String> =
        samples.map(|e| e.unwrap().path().to_string_lossy().into_owned()).filter(|p| p.ends_with(".txt") || p.ends_with(".md")).collect();
    let options: [&[&str]; 3] =
        [&[], &["--evidence"], &["--evidence", "--figures", &figures, "--drop-links", "alias,title,pronoun", "--without", "time"]];
    for file in [text, empty].iter().chain(&samples) {
        for extra in options {
            let report: serde_json::Value =
                serde_json::from_str(&stdout(&[&["score", "-f", "json", "--lexicon", OWN], extra, &[file]].concat())).unwrap();
            if let Err(error) = schemas.validate(&report, index) {
                panic!("{file}: {error:#}");
            }
        }
    }
    let wrong = serde_json::json!({ "schema": "philippic/2", "language": "en", "paragraphs": [], "figures": [], "provenance": {} });
    assert!(schemas.validate(&wrong, index).is_err());
}
