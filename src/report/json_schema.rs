//! The JSON Schema of a report, made from the types.

use super::{Report, SCHEMA};

/// The JSON Schema (draft 2020-12) of [`Report`]; `schema/philippic-1.schema.json` is its copy.
pub fn json_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Report).to_value();
    if let Some(object) = schema.as_object_mut() {
        object.insert("$id".to_string(), "https://github.com/philippic/philippic/blob/main/schema/philippic-1.schema.json".into());
        object.insert("title".to_string(), "philippic report, version 1".into());
    }
    if let Some(property) = schema.pointer_mut("/properties/schema").and_then(serde_json::Value::as_object_mut) {
        property.insert("const".to_string(), SCHEMA.into());
    }
    schema
}
