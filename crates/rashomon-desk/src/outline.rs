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

/// What is kept of a line of OPML.
pub fn feed(subscription: Subscription) -> Feed {
    Feed {
        address: subscription.address,
        title: Some(subscription.title).filter(|title| !title.is_empty()),
        home: subscription.home,
        folder: Some(path(&subscription.folder)).filter(|folder| !folder.is_empty()),
        ..Feed::default()
    }
}

fn subscription(feed: Feed) -> Subscription {
    Subscription {
        title: feed.title.unwrap_or_else(|| feed.address.clone()),
        address: feed.address,
        home: feed.home,
        folder: feed.folder.as_deref().map(names).unwrap_or_default(),
        // What OPML calls any feed.
        kind: Some("rss".to_owned()),
    }
}

/// Folders as one name: `World/North`. A slash in a name stands behind a backslash, and so does a
/// backslash.
fn path(names: &[String]) -> String {
    let names: Vec<String> =
        names.iter().map(|name| name.replace('\\', "\\\\").replace('/', "\\/")).collect();
    names.join("/")
}

fn names(path: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut letters = path.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '/' => names.push(String::new()),
            letter => {
                let escaped = (letter == '\\').then(|| letters.next()).flatten();
                names.last_mut().into_iter().for_each(|name| name.push(escaped.unwrap_or(letter)));
            }
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_come_back_as_they_were_written() {
        let address = |name: &str| format!("https://{name}.example/feed?a=1&b=\"2\"");
        let feeds = [
            Feed {
                address: address("herald"),
                title: Some("Harbour & Herald <daily>".to_owned()),
                home: Some("https://herald.example/".to_owned()),
                folder: Some("World/North".to_owned()),
                ..Feed::default()
            },
            Feed {
                address: address("gazette"),
                title: Some("Gazette".to_owned()),
                folder: Some(path(&["/Radio/TV\\".to_owned(), "Islands/".to_owned()])),
                ..Feed::default()
            },
            Feed { address: address("npa"), title: Some("NPA".to_owned()), ..Feed::default() },
        ];
        let opml = write(feeds.to_vec());
        let addresses = |feeds: &[Feed]| -> Vec<String> {
            feeds.iter().map(|feed| feed.address.replace('"', "%22")).collect()
        };
        let again = read(opml.as_bytes()).expect("it is OPML");
        assert_eq!(addresses(&again), addresses(&feeds));
        for (again, feed) in again.iter().zip(&feeds) {
            assert_eq!((&again.title, &again.home), (&feed.title, &feed.home));
            assert_eq!(again.folder, feed.folder);
        }
        assert_eq!(write(again), write(read(opml.as_bytes()).expect("it is OPML")));
        let line = "<outline text=\"NPA\" title=\"NPA\" type=\"rss\" xmlUrl=\"https://npa.example/";
        assert!(opml.contains(line), "{opml}");
        assert!(opml.contains(" htmlUrl=\"https://herald.example/\""), "{opml}");
        assert!(opml.contains("<outline text=\"/Radio/TV\\\" title=\"/Radio/TV\\\">"), "{opml}");
    }

    #[test]
    fn a_feed_without_a_name_is_called_by_its_address() {
        let feed = Feed { address: "https://npa.example/rss".to_owned(), ..Feed::default() };
        assert!(write(vec![feed]).contains("text=\"https://npa.example/rss\""));
    }
}
