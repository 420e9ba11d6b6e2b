//! robots.txt, as RFC 9309 reads it, with `Crawl-delay`.

use std::borrow::Cow;
use std::time::Duration;

/// How much of a robots.txt is read; RFC 9309 asks for at least this much.
pub(crate) const MAX_BYTES: usize = 500 << 10;

/// What a robots.txt says to one crawler.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Robots {
    rules: Vec<Rule>,
    /// The rest between two requests that the host asks for.
    pub(crate) crawl_delay: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    pattern: String,
    allows: bool,
}

/// A group of lines, as they are gathered for our name or for everybody.
#[derive(Default)]
struct Group {
    robots: Robots,
    is_there: bool,
}

impl Robots {
    /// Reads what is said to the crawler of a name, or else to everybody. Whatever is no rule is
    /// passed over.
    pub(crate) fn read(bytes: &[u8], name: &str) -> Robots {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut ours = Group::default();
        let mut everybodys = Group::default();
        let (mut is_ours, mut is_everybodys, mut in_names) = (false, false, false);
        for line in bytes.split(|&byte| byte == b'\n' || byte == b'\r') {
            let Some((field, value)) = record(line) else { continue };
            if field == "user-agent" {
                if !in_names {
                    (is_ours, is_everybodys, in_names) = (false, false, true);
                }
                let named = String::from_utf8_lossy(value);
                is_everybodys |= named.trim() == "*";
                is_ours |= product(&named).eq_ignore_ascii_case(name);
            } else {
                in_names &= !matches!(field.as_str(), "allow" | "disallow");
                for (group, is_meant) in [(&mut ours, is_ours), (&mut everybodys, is_everybodys)] {
                    if is_meant {
                        group.take(&field, value);
                    }
                }
            }
            ours.is_there |= is_ours;
            everybodys.is_there |= is_everybodys;
        }
        let group = if ours.is_there && !name.is_empty() { ours } else { everybodys };
        group.robots
    }

    /// Whether a path with its query may be fetched: the longest rule that fits decides, and of
    /// two of one length the one that allows.
    pub(crate) fn allows(&self, path: &str) -> bool {
        if path == "/robots.txt" {
            return true;
        }
        let path = normalised(path.as_bytes());
        let fitting = self.rules.iter().filter(|rule| fits(&rule.pattern, &path));
        fitting.max_by_key(|rule| (rule.pattern.len(), rule.allows)).is_none_or(|rule| rule.allows)
    }
}

impl Group {
    fn take(&mut self, field: &str, value: &[u8]) {
        match field {
            "allow" | "disallow" if !value.is_empty() => {
                let mut pattern = normalised(value).into_owned();
                if !pattern.starts_with(['/', '*', '$']) {
                    // Against the standard, but what is meant is plain.
                    pattern.insert(0, '/');
                }
                self.robots.rules.push(Rule { pattern, allows: field == "allow" });
            }
            "crawl-delay" => {
                let seconds = std::str::from_utf8(value).ok().and_then(|value| value.parse().ok());
                let delay = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
                self.robots.crawl_delay = self.robots.crawl_delay.max(delay);
            }
            _ => {}
        }
    }
}

/// The name that a user agent goes by in robots.txt: letters, hyphens and underscores at its
/// beginning.
pub(crate) fn product(user_agent: &str) -> &str {
    let text = user_agent.trim_start();
    let end = text.find(|letter: char| !letter.is_ascii_alphabetic() && !"-_".contains(letter));
    &text[..end.unwrap_or(text.len())]
}

/// The field in lower case and the value of a line.
fn record(line: &[u8]) -> Option<(String, &[u8])> {
    let line = line.split(|&byte| byte == b'#').next()?;
    let colon = line.iter().position(|&byte| byte == b':')?;
    let field = std::str::from_utf8(line[..colon].trim_ascii()).ok()?.to_ascii_lowercase();
    Some((field, line[colon + 1..].trim_ascii()))
}

/// A path or pattern in one spelling: what need not be escaped is bare, what must be is escaped,
/// with capital digits.
fn normalised(path: &[u8]) -> Cow<'_, str> {
    let is_plain = path.iter().all(|&byte| byte.is_ascii_graphic() && byte != b'%');
    if let (true, Ok(path)) = (is_plain, std::str::from_utf8(path)) {
        return Cow::Borrowed(path);
    }
    let mut spelled = String::with_capacity(path.len());
    let mut left = path;
    while let [byte, rest @ ..] = left {
        left = rest;
        let escaped = if *byte == b'%' { escaped_byte(rest) } else { None };
        match escaped {
            Some(meant) if meant.is_ascii_alphanumeric() || b"-._~".contains(&meant) => {
                spelled.push(char::from(meant));
                left = &rest[2..];
            }
            Some(meant) => {
                spelled.push_str(&format!("%{meant:02X}"));
                left = &rest[2..];
            }
            None if byte.is_ascii_graphic() => spelled.push(char::from(*byte)),
            None => spelled.push_str(&format!("%{byte:02X}")),
        }
    }
    Cow::Owned(spelled)
}

fn escaped_byte(rest: &[u8]) -> Option<u8> {
    let digits = rest.get(..2)?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// Whether a pattern fits a path: `*` stands for anything, `$` at the end for the end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_the_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let Some(last) = pieces.next_back() else {
        return !to_the_end || rest.is_empty();
    };
    // The first place of each piece leaves the most for those after it.
    for piece in pieces {
        match rest.split_once(piece) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    if to_the_end { rest.ends_with(last) } else { rest.contains(last) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Robots {
        Robots::read(text.as_bytes(), "rashomon")
    }

    #[test]
    fn patterns_fit_as_rfc_9309_says() {
        let cases = [
            ("/", "/anything", true),
            ("/fish", "/fish", true),
            ("/fish", "/fish.html", true),
            ("/fish", "/fishheads/yum", true),
            ("/fish", "/Fish", false),
            ("/fish", "/catfish", false),
            ("/fish*", "/fish", true),
            ("/fish/", "/fish/salmon", true),
            ("/fish/", "/fish", false),
            ("/*.php", "/folder/any.php?x=y", true),
            ("/*.php", "/windows.PHP", false),
            ("/*.php$", "/file.php", true),
            ("/*.php$", "/file.php?x", false),
            ("/fish*.php", "/fishheads/cat.php?x", true),
            ("/fish*.php", "/Fish.php", false),
            ("/$", "/", true),
            ("/$", "/a", false),
            ("/a$b", "/a$b", true),
            ("/a*b*c$", "/axbxbxc", true),
            ("/a*b*c$", "/axbxbxcx", false),
            ("*", "/a", true),
            ("*/a", "/x/a", true),
            ("/**a", "/xa", true),
            ("a", "/a", true),
            ("a", "/b/a", false),
            ("$", "/", false),
            ("/a?b=*", "/a?b=1", true),
            ("/\u{e4}", "/%C3%A4", true),
            ("/%c3%a4", "/%C3%A4", true),
            ("/%61", "/a", true),
            ("/a", "/%61", true),
            ("/%2F", "//", false),
            ("/a%2fb", "/a%2Fb", true),
            ("/100%", "/100%", true),
            ("/%7Eada", "/~ada", true),
        ];
        for (pattern, path, expected) in cases {
            let robots = read(&format!("User-agent: *\nDisallow: {pattern}"));
            assert_eq!(!robots.allows(path), expected, "{pattern} on {path}");
        }
    }

    #[test]
    fn the_longest_rule_decides_and_a_tie_allows() {
        let cases = [
            ("Disallow: /a\nAllow: /a/b", "/a/b", true),
            ("Allow: /a/b\nDisallow: /a", "/a/b", true),
            ("Allow: /a\nDisallow: /a/b", "/a/b", false),
            ("Allow: /a\nDisallow: /a", "/a", true),
            ("Disallow: /a\nAllow: /a", "/a", true),
            ("Disallow: /*.html\nAllow: /page", "/page.html", false),
            ("Disallow:", "/a", true),
            ("Disallow:\nDisallow: /b", "/b", false),
            ("Allow: /$\nDisallow: /", "/", true),
            ("Allow: /$\nDisallow: /", "/a", false),
            ("Disallow: /", "/robots.txt", true),
            ("Disallow: /", "/robots.txt?a", false),
        ];
        for (rules, path, expected) in cases {
            let robots = read(&format!("User-agent: *\n{rules}"));
            assert_eq!(robots.allows(path), expected, "{rules:?} on {path}");
        }
    }

    #[test]
    fn groups_are_found_and_joined() {
        let cases = [
            ("User-agent: rashomon\nDisallow: /", false),
            ("USER-AGENT : RASHOMON \nDISALLOW : / # all", false),
            ("User-agent: rashomon/2.0\nDisallow: /", false),
            ("User-agent: rashomon bot\nDisallow: /", false),
            ("User-agent: rash\nDisallow: /", true),
            ("User-agent: rashomonbot\nDisallow: /", true),
            ("User-agent: other\nDisallow: /", true),
            ("User-agent: other\nUser-agent: rashomon\nDisallow: /", false),
            ("User-agent: rashomon\nUser-agent: other\nDisallow: /", false),
            ("User-agent: rashomon\n\n\nUser-agent: other\n\nDisallow: /", false),
            ("User-agent: *\nDisallow: /\nUser-agent: rashomon\nDisallow: /b", true),
            ("User-agent: rashomon\nDisallow: /b\nUser-agent: *\nDisallow: /", true),
            (
                "User-agent: rashomon\nAllow: /b\nUser-agent: x\nAllow: /\nUser-agent: rashomon\nDisallow: /",
                false,
            ),
            ("User-agent: rashomon\nUser-agent: *\nSitemap: /s\nDisallow: /", false),
            ("User-agent: *\nUser-agent: rashomon\nUser-agent: rashomon\nDisallow: /", false),
            ("User-agent: rashomon", true),
            ("User-agent: *\nDisallow: /\nUser-agent: rashomon", true),
            ("Disallow: /", true),
            ("User-agent: *\nDisallow /", true),
            ("User-agent: *\n# Disallow: /", true),
            ("User-agent: *\nDisallow: /\u{0}", true),
            ("", true),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text).allows("/a"), expected, "{text:?}");
        }
    }

    #[test]
    fn a_crawler_goes_by_the_name_before_the_slash() {
        let cases = [
            ("rashomon/0.1 (+https://example.org)", "rashomon"),
            ("Mozilla/5.0 (compatible; X)", "Mozilla"),
            ("news-reader_x 1", "news-reader_x"),
            (" a", "a"),
            ("42", ""),
        ];
        for (agent, expected) in cases {
            assert_eq!(product(agent), expected);
        }
        // Nameless, nobody is meant but everybody.
        assert!(!Robots::read(b"User-agent: *\nDisallow: /", "").allows("/a"));
        assert!(Robots::read(b"User-agent: 42\nDisallow: /", "").allows("/a"));
    }

    #[test]
    fn the_longest_crawl_delay_of_the_group_counts() {
        let text = "User-agent: *\nCrawl-delay: 9\nUser-agent: rashomon\nDisallow: /x\n\
            Crawl-delay: 2.5\nCrawl-delay: 1\nCrawl-delay: NaN\nCrawl-delay: 1e400";
        assert_eq!(read(text).crawl_delay, Some(Duration::from_millis(2500)));
    }

    #[test]
    fn hostile_rules_take_time_in_proportion() {
        let rule = format!("Disallow: /{}x$\n", "*a".repeat(20));
        let text = format!("User-agent: *\n{}", rule.repeat(MAX_BYTES / rule.len()));
        let path = format!("/{}", "a".repeat(8000));
        let start = std::time::Instant::now();
        assert!(read(&text).allows(&path));
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    }
}
