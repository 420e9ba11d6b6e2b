use std::collections::BTreeMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rashomon_desk::fetch::{Fetcher, Message};
use rashomon_desk::store::{Alert, Channel, SavedSearch, Store};
use tokio::sync::watch;

use super::mail::Post;
use super::message::{self, Told};
use super::signature;
use crate::events::{Event, Events};
use crate::newsroom::Newsroom;
use crate::problem::Problem;
use crate::readers::Readers;

/// How often it is looked whether something is to be told.
const EVERY: Duration = Duration::from_secs(2);

/// How many alerts are told in one go.
const AT_ONCE: usize = 50;

/// How long to wait after each attempt that failed, in seconds: five times within the first hours,
/// as outages are short, then for some days, as weekends are long.
const WAITS: [i64; 9] = [10, 60, 300, 1800, 7200, 18_000, 36_000, 86_400, 172_800];

/// Takes alerts to whoever is to be told, until they are taken. An alert that was told while the
/// process was killed is told once more, under the same id.
pub(crate) struct Courier {
    pub readers: Readers,
    pub newsroom: Newsroom,
    pub fetcher: Option<Fetcher>,
    pub post: Option<Post>,
    pub events: Events,
}

/// What became of telling.
type Outcome = Result<(), String>;

impl Courier {
    /// Works until the server goes down.
    pub async fn work(self, mut closing: watch::Receiver<bool>) {
        loop {
            if let Err(problem) = self.round().await {
                tracing::error!(code = problem.code(), "alerts wait: {}", problem.detail());
            }
            tokio::select! {
                _ = closing.wait_for(|closing| *closing) => return,
                () = tokio::time::sleep(EVERY) => {}
            }
        }
    }

    async fn round(&self) -> Result<(), Problem> {
        let due = self.readers.read(due).await?;
        for (search, channel, alerts) in due {
            let outcomes = match channel {
                Channel::Webhook => self.by_webhook(&search, &alerts).await,
                Channel::Email => self.by_email(&search, &alerts).await,
            };
            let told = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
            tracing::info!(
                search = search.name,
                channel = channel.name(),
                told,
                of = alerts.len(),
                "told"
            );
            let alerts: Vec<Alert> = alerts.into_iter().map(|(alert, _)| alert).collect();
            self.note(alerts, outcomes).await?;
            self.events.tell(Event::Delivered { search: search.name });
        }
        Ok(())
    }

    async fn by_webhook(&self, search: &SavedSearch, alerts: &[(Alert, Told)]) -> Vec<Outcome> {
        let mut outcomes = Vec::with_capacity(alerts.len());
        for (_, told) in alerts {
            // One that is down is not asked for each of its alerts.
            if let Some(Err(last)) = outcomes.last() {
                outcomes.push(Err(String::clone(last)));
                continue;
            }
            let (fetcher, webhook) = (self.fetcher.clone(), search.webhook.clone());
            let told = told.clone();
            let post = move || {
                let fetcher = fetcher.ok_or("this desk fetches nothing")?;
                let webhook = webhook.ok_or("the search has no webhook any more")?;
                send(&fetcher, &webhook.address, webhook.secret.as_deref(), &told)
            };
            let sent = tokio::task::spawn_blocking(post).await;
            outcomes.push(sent.unwrap_or_else(|error| Err(error.to_string())));
        }
        outcomes
    }

    async fn by_email(&self, search: &SavedSearch, alerts: &[(Alert, Told)]) -> Vec<Outcome> {
        let told: Vec<Told> = alerts.iter().map(|(_, told)| told.clone()).collect();
        let (post, to) = (self.post.clone(), search.email.clone());
        let send = move || {
            let post = post.ok_or("no mail server is configured; --smtp names one")?;
            let to = to.ok_or("the search has no e-mail address any more")?;
            post.send(&to, &told)
        };
        let sent = tokio::task::spawn_blocking(send).await;
        let sent = sent.unwrap_or_else(|error| Err(error.to_string()));
        alerts.iter().map(|_| sent.clone()).collect()
    }

    async fn note(&self, alerts: Vec<Alert>, outcomes: Vec<Outcome>) -> Result<(), Problem> {
        let note = move |desk: &mut rashomon_desk::Desk| {
            let now = Timestamp::now();
            let mut batch = desk.store_mut().begin()?;
            for (alert, outcome) in alerts.iter().zip(&outcomes) {
                let noted = match outcome {
                    Ok(()) => batch.alert_told(alert.number, now),
                    Err(error) => {
                        batch.alert_failed(alert.number, error, again(alert.attempts, now))
                    }
                };
                // A search that was taken away meanwhile took its alerts with it.
                match noted {
                    Err(error) if error.code() == "not-found" => {}
                    noted => noted?,
                }
            }
            batch.commit()?;
            Ok(((), Vec::new()))
        };
        Ok(self.newsroom.ask(note).await?)
    }
}

/// When to try again after so many attempts; `None` where it was tried long enough.
fn again(attempts: u32, now: Timestamp) -> Option<Timestamp> {
    let wait = WAITS.get(attempts as usize)?;
    now.checked_add(SignedDuration::from_secs(*wait)).ok()
}

type Due = Vec<(SavedSearch, Channel, Vec<(Alert, Told)>)>;

/// What is to be told now, by search and channel.
fn due(store: &mut Store) -> Result<Due, Problem> {
    let mut by: BTreeMap<(u64, &'static str), Vec<(Alert, Told)>> = BTreeMap::new();
    for alert in store.due_alerts(Timestamp::now(), AT_ONCE)? {
        let told = message::read(store, &alert)?;
        by.entry((alert.search, alert.channel.name())).or_default().push((alert, told));
    }
    by.into_iter()
        .filter_map(|((search, _), alerts)| {
            let channel = alerts.first()?.0.channel;
            Some(store.saved_search(search).map(|search| (search, channel, alerts)))
        })
        .map(|due| Ok(due?))
        .collect()
}

fn send(fetcher: &Fetcher, address: &str, secret: Option<&str>, told: &Told) -> Result<(), String> {
    let body = serde_json::to_string(told).map_err(|error| error.to_string())?;
    let second = Timestamp::now().as_second();
    let mut headers =
        vec![("webhook-id", told.id.clone()), ("webhook-timestamp", second.to_string())];
    if let Some(secret) = secret {
        headers.push(("webhook-signature", signature::webhook(secret, &told.id, second, &body)));
    }
    let (media_type, body) = ("application/json", body.as_bytes());
    let message = Message { address, media_type, headers: &headers, body };
    fetcher.post(&message).map(drop).map_err(|error| format!("{error} [{}]", error.code()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let waits = (0..).map_while(|attempts| again(attempts, Timestamp::UNIX_EPOCH));
        let waits: Vec<Timestamp> = waits.collect();
        assert_eq!(waits.len(), WAITS.len());
        assert!(waits.is_sorted());
    }
}
