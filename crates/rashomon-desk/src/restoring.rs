use jiff::Timestamp;
use rashomon::{HandDecision, Kept, Signature, Stream, StreamOptions};
use rashomon_store::{Batch, Store, WindowRow};
use serde_json::{Value, json};

use crate::Error;

/// What the store keeps as the signature of an article: when the engine was told that it was
/// published, if it was told, and then the signature.
pub(crate) fn engine_bytes(day: Option<Timestamp>, signature: &Signature) -> Vec<u8> {
    let mut bytes = vec![u8::from(day.is_some())];
    bytes.extend(day.map(Timestamp::as_nanosecond).unwrap_or_default().to_be_bytes());
    bytes.extend(signature.to_bytes());
    bytes
}

/// The other way round; `None` for what another version of the program wrote.
fn kept(row: &WindowRow) -> Option<Kept> {
    let (is_dated, rest) = row.signature.split_first()?;
    let (day, signature) = rest.split_first_chunk::<16>()?;
    let day = Timestamp::from_nanosecond(i128::from_be_bytes(*day)).ok()?;
    Some(Kept {
        article: row.article,
        at: (*is_dated != 0).then_some(day),
        signature: Signature::from_bytes(signature).ok()?,
        story: row.story?,
    })
}

/// Keeps what the engine knows beside the articles, in the batch that brought it there.
pub(crate) fn keep_state(batch: &mut Batch<'_>, stream: &Stream) -> Result<(), Error> {
    let mut state = stream.oldest().unwrap_or(u64::MAX).to_be_bytes().to_vec();
    state.extend(stream.state());
    Ok(batch.set_engine_state(&state)?)
}

/// The engine as it was when the store was last written. Where its state is of another version of
/// the program, it goes on from the stories as they are.
pub(crate) fn restore(store: &Store, options: &StreamOptions) -> Result<Stream, Error> {
    let decisions = decisions(store)?;
    if let Some(state) = store.engine_state()?
        && let Some((oldest, state)) = state.split_first_chunk::<8>()
    {
        let window = window(store, u64::from_be_bytes(*oldest))?;
        if let Ok(stream) = Stream::restore(options.clone(), state, window, &decisions) {
            return Ok(stream);
        }
    }
    let next_story = store.highest_story()? + 1;
    Ok(Stream::adopt(options.clone(), next_story, window(store, 0)?, &decisions))
}

fn window(store: &Store, oldest: u64) -> Result<Vec<Kept>, Error> {
    let mut window = Vec::new();
    for row in store.window_from(oldest) {
        window.extend(kept(&row?));
    }
    Ok(window)
}

/// What was decided by hand, in order.
pub(crate) fn decisions(store: &Store) -> Result<Vec<HandDecision>, Error> {
    let decisions = store.decisions()?;
    decisions
        .iter()
        .map(|decision| read_decision(decision).ok_or_else(|| unknown(decision)))
        .collect()
}

fn unknown(decision: &Value) -> Error {
    let message = format!("a decision by hand cannot be read: {decision}; a newer version made it");
    Error::new("newer-version", message)
}

pub(crate) fn write_decision(decision: &HandDecision) -> Value {
    match decision {
        HandDecision::Split { articles, from } => json!({"split": articles, "from": from}),
        HandDecision::Merge { articles } => json!({"merge": articles}),
        HandDecision::Pin { article, with } => json!({"pin": article, "with": with}),
    }
}

fn read_decision(decision: &Value) -> Option<HandDecision> {
    let numbers = |key: &str| -> Option<Vec<u64>> {
        decision[key].as_array()?.iter().map(Value::as_u64).collect()
    };
    if let Some(articles) = numbers("split") {
        return Some(HandDecision::Split { articles, from: numbers("from")? });
    }
    if let Some(articles) = numbers("merge") {
        return Some(HandDecision::Merge { articles });
    }
    let (article, with) = (decision["pin"].as_u64()?, decision["with"].as_u64()?);
    Some(HandDecision::Pin { article, with })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_are_read_as_they_were_written() {
        let decisions = [
            HandDecision::Split { articles: vec![3, 5], from: vec![1] },
            HandDecision::Merge { articles: vec![1, 9] },
            HandDecision::Pin { article: 4, with: 2 },
        ];
        for decision in decisions {
            assert_eq!(read_decision(&write_decision(&decision)), Some(decision));
        }
        assert_eq!(read_decision(&json!({"burn": [1]})), None);
    }
}
