//! The published JSON Schemas, generated from the wire types, and real output held against them.

use std::path::PathBuf;

use rashomon::language::english;
use rashomon::{CompareOptions, annotate, compare, read::read_plain};
use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings, json_schema};
use serde_json::Value;

/// The one value that the field `schema` takes.
pub(super) struct Version;

impl JsonSchema for Version {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Version".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> schemars::Schema {
        json_schema!({ "const": super::SCHEMA })
    }
}

fn schema<T: JsonSchema>(title: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".into(), title.into());
    schema.to_value()
}

fn published() -> [(&'static str, Value); 2] {
    [
        ("compare", schema::<super::Comparison>("What rashomon compare --format json writes")),
        ("annotate", schema::<super::Article>("A line of rashomon annotate --format jsonl")),
    ]
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads and writes the published files")]
fn the_published_schemas_are_those_of_the_types() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../schema");
    for (name, schema) in published() {
        let path = folder.join(format!("rashomon-1.{name}.json"));
        let schema = format!("{schema:#}\n");
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::write(&path, &schema).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(kept, schema, "{path:?} is stale: run with UPDATE_SCHEMA=1 and read the diff");
    }
}

#[test]
fn real_output_is_valid() {
    let herald = "Ada Bell of the Union said on Friday: “We waited 14 hours.” 3,000 men left.";
    let gazette = "“Wir waited 14 hours,” said Ms Bell. Nearly 2,500 😀 dockers left on Friday.";
    let documents = [("herald", herald), ("gazette", gazette), ("empty", "")]
        .map(|(name, text)| annotate(read_plain(name, text, english()), english()));
    let [compare_schema, annotate_schema] = published().map(|(_, schema)| {
        jsonschema::validator_for(&schema).expect("the generated schema is a schema")
    });
    for document in &documents {
        let line = serde_json::to_value(super::annotate_line(document)).unwrap();
        assert_eq!(annotate_schema.validate(&line).map_err(|e| e.to_string()), Ok(()));
    }
    let comparison = compare(documents.into(), &CompareOptions { one_story: true }, english());
    let whole = super::comparison(&comparison.stories, &comparison.diagnostics);
    let whole = serde_json::to_value(whole).unwrap();
    assert_eq!(compare_schema.validate(&whole).map_err(|e| e.to_string()), Ok(()));
    assert!(compare_schema.validate(&serde_json::json!({"schema": "rashomon/1"})).is_err());
}
