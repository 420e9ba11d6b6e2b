/*!
Lists of feeds, in and out: OPML 2.0.

```
use rashomon_desk::{outline, store::Feed};

let feed = Feed { address: "https://herald.example/feed.xml".into(), ..Feed::default() };
let opml = outline::write(vec![feed.clone()]);
assert_eq!(outline::read(opml.as_bytes())?[0].address, feed.address);
# Ok::<(), rashomon_desk::Error>(())
```
*/

use rashomon_feeds::{Source, Subscription};
use rashomon_store::Feed;

use crate::Error;

/// The feeds of an OPML file. Anything else gives the error `bad-value`.
pub fn read(bytes: &[u8]) -> Result<Vec<Feed>, Error> {
    match rashomon_feeds::read(bytes, None, None) {
        Ok(Source::Subscriptions(list)) => Ok(list.feeds.into_iter().map(feed).collect()),
        Ok(_) => Err(Error::new("bad-value", "this is no OPML, it names no feeds")),
        Err(error) => Err(Error::new("bad-value", format!("this is no OPML: {error}"))),
    }
}

/// Feeds as OPML.
pub fn write(feeds: Vec<Feed>) -> String {
    let subscriptions: Vec<Subscription> = feeds.into_iter().map(subscription).collect();
    rashomon_feeds::opml(&subscriptions, "Feeds")
}

fn feed(subscription: Subscription) -> Feed {
    Feed {
        address: subscription.address,
        title: Some(subscription.title).filter(|title| !title.is_empty()),
        home: subscription.home,
        folder: Some(subscription.folder.join("/")).filter(|folder| !folder.is_empty()),
        ..Feed::default()
    }
}

fn subscription(feed: Feed) -> Subscription {
    Subscription {
        title: feed.title.unwrap_or_else(|| feed.address.clone()),
        address: feed.address,
        home: feed.home,
        folder: feed.folder.map(|f| f.split('/').map(str::to_owned).collect()).unwrap_or_default(),
        ..Subscription::default()
    }
}
