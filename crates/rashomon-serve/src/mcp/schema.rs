//! JSON Schema of arguments and answers, made from the types themselves.

use serde_json::{Map, Value, json};
use utoipa::{PartialSchema, ToSchema};

/// The schema of a type that is whole by itself.
pub(super) fn schema_of<T: PartialSchema + ToSchema>() -> Value {
    let mut parts = Vec::new();
    T::schemas(&mut parts);
    let mut schema = serde_json::to_value(T::schema()).unwrap_or_default();
    let parts = parts
        .into_iter()
        .map(|(name, part)| (name, serde_json::to_value(part).unwrap_or_default()));
    let mut parts: Map<String, Value> = parts.collect();
    parts.sort_keys();
    if !parts.is_empty() {
        schema["$defs"] = Value::Object(parts);
    }
    lead_home(&mut schema);
    if schema.get("type").is_none() {
        schema["type"] = json!("object");
    }
    schema
}

/// Lets references lead into the schema itself.
fn lead_home(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(target) if name == "$ref" => {
                        *target = target.replace("#/components/schemas/", "#/$defs/");
                    }
                    value => lead_home(value),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(lead_home),
        _ => {}
    }
}
