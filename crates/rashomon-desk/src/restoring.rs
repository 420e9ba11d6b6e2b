use jiff::Timestamp;
use rashomon::{Kept, Signature, Stream, StreamOptions};
use rashomon_store::{Batch, Store, WindowRow};

use crate::Error;
use crate::decisions::in_force;

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
    let decisions = in_force(store, ..)?;
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
