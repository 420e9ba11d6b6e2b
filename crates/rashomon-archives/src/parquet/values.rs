//! Values of Arrow as JSON.

use arrow_array::cast::AsArray;
use arrow_array::types::*;
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, TimeUnit};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value};

/// Lists and structs lie no deeper in one another.
const DEEPEST: usize = 16;

/// The value in a row of a column; `None` for kinds that have no form in JSON.
pub(super) fn value(column: &ArrayRef, row: usize) -> Option<Value> {
    nested(column, row, DEEPEST)
}

fn nested(column: &ArrayRef, row: usize, depth: usize) -> Option<Value> {
    if column.is_null(row) {
        return Some(Value::Null);
    }
    let deeper = depth.checked_sub(1)?;
    let list = |items: ArrayRef| {
        (0..items.len()).map(|at| nested(&items, at, deeper)).collect::<Option<Vec<_>>>()
    };
    Some(match column.data_type() {
        DataType::Null => Value::Null,
        DataType::Utf8 => column.as_string::<i32>().value(row).into(),
        DataType::LargeUtf8 => column.as_string::<i64>().value(row).into(),
        DataType::Utf8View => column.as_string_view().value(row).into(),
        DataType::Binary => text(column.as_binary::<i32>().value(row)),
        DataType::LargeBinary => text(column.as_binary::<i64>().value(row)),
        DataType::BinaryView => text(column.as_binary_view().value(row)),
        DataType::Boolean => column.as_boolean().value(row).into(),
        DataType::Int8 => column.as_primitive::<Int8Type>().value(row).into(),
        DataType::Int16 => column.as_primitive::<Int16Type>().value(row).into(),
        DataType::Int32 => column.as_primitive::<Int32Type>().value(row).into(),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).into(),
        DataType::UInt8 => column.as_primitive::<UInt8Type>().value(row).into(),
        DataType::UInt16 => column.as_primitive::<UInt16Type>().value(row).into(),
        DataType::UInt32 => column.as_primitive::<UInt32Type>().value(row).into(),
        DataType::UInt64 => column.as_primitive::<UInt64Type>().value(row).into(),
        DataType::Float32 => f64::from(column.as_primitive::<Float32Type>().value(row)).into(),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row).into(),
        DataType::Date32 => day(i64::from(column.as_primitive::<Date32Type>().value(row)))?,
        DataType::Date64 => {
            day(column.as_primitive::<Date64Type>().value(row).div_euclid(86_400_000))?
        }
        DataType::Timestamp(unit, zone) => {
            let at = match unit {
                TimeUnit::Second => {
                    Timestamp::from_second(column.as_primitive::<TimestampSecondType>().value(row))
                }
                TimeUnit::Millisecond => Timestamp::from_millisecond(
                    column.as_primitive::<TimestampMillisecondType>().value(row),
                ),
                TimeUnit::Microsecond => Timestamp::from_microsecond(
                    column.as_primitive::<TimestampMicrosecondType>().value(row),
                ),
                TimeUnit::Nanosecond => Timestamp::from_nanosecond(
                    column.as_primitive::<TimestampNanosecondType>().value(row).into(),
                ),
            };
            let at = at.ok()?.to_string();
            // Without a zone it is a time on somebody's wall, and nobody says whose.
            if zone.is_some() { at } else { at.trim_end_matches('Z').to_owned() }.into()
        }
        DataType::Decimal128(..) => {
            column.as_primitive::<Decimal128Type>().value_as_string(row).into()
        }
        DataType::List(_) => list(column.as_list::<i32>().value(row))?.into(),
        DataType::LargeList(_) => list(column.as_list::<i64>().value(row))?.into(),
        DataType::FixedSizeList(..) => list(column.as_fixed_size_list().value(row))?.into(),
        DataType::Struct(fields) => {
            let columns = column.as_struct().columns();
            let mut object = Map::new();
            for (field, column) in fields.iter().zip(columns) {
                object.insert(field.name().clone(), nested(column, row, deeper)?);
            }
            Value::Object(object)
        }
        DataType::Map(..) => {
            let entries = column.as_map().value(row);
            let (keys, items) = (entries.column(0), entries.column(1));
            let mut object = Map::new();
            for at in 0..entries.len() {
                let key = match nested(keys, at, deeper)? {
                    Value::String(key) => key,
                    other => other.to_string(),
                };
                object.insert(key, nested(items, at, deeper)?);
            }
            Value::Object(object)
        }
        DataType::Dictionary(..) => {
            let dictionary = column.as_any_dictionary();
            let key = *dictionary.normalized_keys().get(row)?;
            nested(dictionary.values(), key, deeper)?
        }
        _ => return None,
    })
}

/// Bytes that a writer did not mark as text mostly are text.
fn text(bytes: &[u8]) -> Value {
    String::from_utf8_lossy(bytes).into_owned().into()
}

fn day(days: i64) -> Option<Value> {
    let days = jiff::Span::new().try_days(days).ok()?;
    let day = Date::constant(1970, 1, 1).checked_add(days).ok()?;
    Some(day.to_string().into())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::builder::{ListBuilder, StringBuilder, StringDictionaryBuilder};
    use arrow_array::*;
    use arrow_schema::Field;
    use serde_json::json;

    use super::*;

    #[test]
    fn kinds_of_columns() {
        let mut words = StringDictionaryBuilder::<Int8Type>::new();
        words.append_value("Herald");
        let mut lists = ListBuilder::new(StringBuilder::new());
        lists.append_value([Some("Ada"), None]);
        let names: ArrayRef = Arc::new(StringArray::from(vec!["Ada"]));
        let field = Arc::new(Field::new("name", DataType::Utf8, true));
        let millis = TimestampMillisecondArray::from(vec![1_773_484_200_250]);
        let table: Vec<(ArrayRef, Value)> = vec![
            (Arc::new(words.finish()), json!("Herald")),
            (Arc::new(lists.finish()), json!(["Ada", null])),
            (Arc::new(StructArray::from(vec![(field, names)])), json!({"name": "Ada"})),
            (Arc::new(Date32Array::from(vec![20526])), json!("2026-03-14")),
            (Arc::new(millis.clone()), json!("2026-03-14T10:30:00.25")),
            (Arc::new(millis.with_timezone("UTC")), json!("2026-03-14T10:30:00.25Z")),
            (
                Arc::new(StringViewArray::from(vec!["long enough to be a view"])),
                json!("long enough to be a view"),
            ),
            (Arc::new(LargeStringArray::from(vec!["text"])), json!("text")),
            (Arc::new(BinaryArray::from(vec![&b"caf\xe9"[..]])), json!("caf\u{fffd}")),
            (Arc::new(Float32Array::from(vec![0.5])), json!(0.5)),
            (Arc::new(UInt64Array::from(vec![u64::MAX])), json!(u64::MAX)),
            (Arc::new(Int64Array::from(vec![None])), Value::Null),
        ];
        for (column, expected) in table {
            assert_eq!(value(&column, 0), Some(expected), "{}", column.data_type());
        }
        let durations: ArrayRef = Arc::new(DurationSecondArray::from(vec![1]));
        assert_eq!(value(&durations, 0), None, "a kind without a form in JSON");
    }
}
