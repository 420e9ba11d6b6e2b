//! Links out of the page: only to addresses of the web, and to the very words there.

use rashomon_article::Article;

/// The most words that a text fragment quotes whole; of more it names the two ends.
const WHOLE: usize = 8;
/// How many words name an end.
const END: usize = 4;

/// The address where an article can be read, if it is one of the web. Anything else that calls
/// itself an address (`javascript:`, `data:`, a path) is no link.
pub(super) fn address(article: &Article) -> Option<&str> {
    [&article.canonical, &article.source]
        .into_iter()
        .flatten()
        .map(|address| address.trim())
        .find(|address| is_web(address))
}

fn is_web(address: &str) -> bool {
    let scheme = |scheme: &str| {
        address.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme))
            && address.len() > scheme.len()
    };
    (scheme("http://") || scheme("https://"))
        && !address.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// The address with a text fragment (WICG, URL Fragment Text Directives) that makes a browser
/// open it at the words.
pub(super) fn at_words(address: &str, words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    if words.is_empty() {
        return address.to_owned();
    }
    let directive = if words.len() <= WHOLE {
        encode(&words.join(" "))
    } else {
        let end = words.len() - END;
        format!("{},{}", encode(&words[..END].join(" ")), encode(&words[end..].join(" ")))
    };
    let (page, fragment) = address.split_once('#').unwrap_or((address, ""));
    let fragment = fragment.split(":~:").next().unwrap_or_default();
    format!("{page}#{fragment}:~:text={directive}")
}

/// Percent-encodes all but letters and digits: `-`, `,` and `&` have a meaning in a directive.
fn encode(words: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(words.len() * 2);
    for byte in words.bytes() {
        if byte.is_ascii_alphanumeric() {
            encoded.push(byte as char);
        } else {
            encoded.push('%');
            encoded.push(HEX[usize::from(byte >> 4)] as char);
            encoded.push(HEX[usize::from(byte & 15)] as char);
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_linked() {
        let table = [
            ("https://herald.example/a", true),
            ("HTTP://herald.example", true),
            ("https://", false),
            ("javascript:alert(1)", false),
            (" javascript:alert(1)//http://a", false),
            ("data:text/html,x", false),
            ("https://a.example/ onclick=x", false),
            ("/home/a.txt", false),
            ("hé", false),
        ];
        for (address, web) in table {
            assert_eq!(is_web(address), web, "{address}");
        }
    }

    #[test]
    fn the_canonical_address_goes_first() {
        let mut article =
            Article { source: Some("http://mirror.example/".into()), ..Article::default() };
        assert_eq!(address(&article), Some("http://mirror.example/"));
        article.canonical = Some("https://herald.example/".into());
        assert_eq!(address(&article), Some("https://herald.example/"));
        article.canonical = Some("javascript:alert(1)".into());
        assert_eq!(address(&article), Some("http://mirror.example/"));
    }

    #[test]
    fn words_become_a_directive() {
        let at = |words| at_words("https://a.example/x", words);
        assert_eq!(
            at("two-day talks, & more"),
            "https://a.example/x#:~:text=two%2Dday%20talks%2C%20%26%20more"
        );
        assert_eq!(
            at("one two three four five six seven eight nine"),
            "https://a.example/x#:~:text=one%20two%20three%20four,six%20seven%20eight%20nine"
        );
        assert_eq!(at("“é”"), "https://a.example/x#:~:text=%E2%80%9C%C3%A9%E2%80%9D");
        assert_eq!(
            at_words("https://a.example/x#p2", "word"),
            "https://a.example/x#p2:~:text=word"
        );
        assert_eq!(at("  "), "https://a.example/x");
    }
}
