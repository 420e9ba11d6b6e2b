//! Signatures with a secret that both sides know (HMAC-SHA256, RFC 2104).

use base64::{Engine as _, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

fn mac(secret: &[u8], message: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of every length");
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

/// The signature of a webhook's message as Standard Webhooks 1.0 has it: over id, moment in seconds
/// and body. A secret that begins with `whsec_` is the base64 of the key, any other is the key.
pub(super) fn webhook(secret: &str, id: &str, second: i64, body: &str) -> String {
    let key = secret.strip_prefix("whsec_").and_then(|key| BASE64_STANDARD.decode(key).ok());
    let key = key.unwrap_or_else(|| secret.as_bytes().to_vec());
    let signed = format!("{id}.{second}.{body}");
    format!("v1,{}", BASE64_STANDARD.encode(mac(&key, signed.as_bytes())))
}

/// What opens the feed at a path to readers of feeds, which send no token: it opens nothing else.
pub(crate) fn feed_key(token: &str, path: &str) -> String {
    let mac = mac(token.as_bytes(), format!("feed {path}").as_bytes());
    mac.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a key opens the feed at a path.
pub(crate) fn is_feed_key(key: &str, token: &str, path: &str) -> bool {
    key.as_bytes().ct_eq(feed_key(token, path).as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_signed_as_the_standard_says() {
        // The example of the specification, Standard Webhooks 1.0.
        let body = r#"{"test": 2432232314}"#;
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let signed = webhook(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_key_opens_one_feed_only() {
        let key = feed_key("a secret token", "/alerts/1.atom");
        assert!(is_feed_key(&key, "a secret token", "/alerts/1.atom"));
        assert!(!is_feed_key(&key, "a secret token", "/alerts/2.atom"));
        assert!(!is_feed_key(&key, "another token", "/alerts/1.atom"));
        assert!(!is_feed_key("", "a secret token", "/alerts/1.atom"));
    }
}
