use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event as Sent, KeepAlive, Sse};
use futures_util::Stream;
use tokio::sync::broadcast::error::RecvError;

use crate::state::Office;

/// What happens, as server-sent events (HTML Living Standard): `story`, `feeds`, `alert`, and
/// `behind` where a reader was too slow and had better look anew.
pub(crate) async fn events(
    State(office): State<Office>,
) -> Sse<impl Stream<Item = Result<Sent, Infallible>>> {
    let (events, closing) = (office.events.listen(), office.closing.clone());
    let stream = futures_util::stream::unfold((events, closing), |(mut events, mut closing)| {
        Box::pin(async move {
            if *closing.borrow() {
                return None;
            }
            let sent = tokio::select! {
                _ = closing.changed() => return None,
                event = events.recv() => match event {
                    Ok(event) => {
                        let json = serde_json::to_value(&event).unwrap_or_default();
                        let kind = json["kind"].as_str().unwrap_or("story").to_owned();
                        Sent::default().event(kind).data(json.to_string())
                    }
                    Err(RecvError::Lagged(_)) => Sent::default().event("behind").data("{}"),
                    Err(RecvError::Closed) => return None,
                },
            };
            Some((Ok(sent), (events, closing)))
        })
    });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}
