//! When somebody was here last.

use axum::http::{HeaderMap, HeaderValue, header};
use jiff::{SignedDuration, Timestamp};

const SEEN: &str = "rashomon-seen";
const VISIT: &str = "rashomon-visit";

/// A visit ends when nothing was asked for this long.
const PAUSE: SignedDuration = SignedDuration::from_mins(30);

/// The last visit, by two cookies of the reader's own browser: when this one was last active, and
/// when the one before it ended. Nothing about it is kept on the server.
pub(crate) struct Visits {
    /// When the visit before this one ended.
    pub before: Option<Timestamp>,
    now: Timestamp,
}

impl Visits {
    pub fn read(headers: &HeaderMap, now: Timestamp) -> Visits {
        let last = cookie(headers, SEEN);
        let before = match last {
            Some(last) if now.duration_since(last) > PAUSE => Some(last),
            Some(_) => cookie(headers, VISIT),
            None => None,
        };
        Visits { before, now }
    }

    /// What the browser is to remember.
    pub fn write(&self, headers: &mut HeaderMap) {
        let pairs = [(SEEN, Some(self.now)), (VISIT, self.before)];
        for (name, at) in pairs {
            let Some(at) = at else { continue };
            let cookie = format!(
                "{name}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000",
                at.as_second()
            );
            if let Ok(cookie) = HeaderValue::from_str(&cookie) {
                headers.append(header::SET_COOKIE, cookie);
            }
        }
    }
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<Timestamp> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut all = all.flat_map(|cookies| cookies.split(';'));
    let value = all.find_map(|cookie| cookie.trim().strip_prefix(name)?.strip_prefix('='))?;
    Timestamp::from_second(value.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visit_goes_on_until_a_pause() {
        let at = |second| Timestamp::from_second(second).expect("a time");
        let mut headers = HeaderMap::new();
        assert_eq!(Visits::read(&headers, at(0)).before, None);
        headers.insert(header::COOKIE, HeaderValue::from_static("rashomon-seen=1000"));
        assert_eq!(Visits::read(&headers, at(1001)).before, None);
        assert_eq!(Visits::read(&headers, at(9000)).before, Some(at(1000)));
        let both = HeaderValue::from_static("rashomon-visit=7; rashomon-seen=1000");
        headers.insert(header::COOKIE, both);
        assert_eq!(Visits::read(&headers, at(1001)).before, Some(at(7)));
    }
}
