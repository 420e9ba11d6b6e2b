//! Names of members, as foreign programs wrote them.

/// The path without what leads out of the archive: no root, no drive, no `..`, and no characters
/// that a terminal obeys.
pub(super) fn tidy(path: &str) -> String {
    let path = path.replace('\\', "/");
    let parts = path.split('/').enumerate().filter(|(at, part)| {
        let is_drive = *at == 0 && part.len() == 2 && part.ends_with(':');
        !matches!(*part, "" | "." | "..") && !is_drive
    });
    let clean =
        |part: &str| part.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    let parts: Vec<String> = parts.map(|(_, part)| clean(part)).collect();
    if parts.is_empty() { "unnamed".to_owned() } else { parts.join("/") }
}

/// Whether a file is what systems leave behind rather than what somebody packed.
pub(super) fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| {
        part.starts_with('.')
            || part == "__MACOSX"
            || part.eq_ignore_ascii_case("thumbs.db")
            || part.eq_ignore_ascii_case("desktop.ini")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside() {
        let table = [
            ("news/a.html", "news/a.html"),
            ("./news//a.html", "news/a.html"),
            ("../../etc/passwd", "etc/passwd"),
            ("/etc/passwd", "etc/passwd"),
            ("C:\\news\\a.html", "news/a.html"),
            ("a\u{1b}[2J.html", "a\u{fffd}[2J.html"),
            ("..", "unnamed"),
            ("", "unnamed"),
        ];
        for (path, expected) in table {
            assert_eq!(tidy(path), expected, "{path}");
        }
    }

    #[test]
    fn hidden_files() {
        for path in [".DS_Store", "a/.git/x", "__MACOSX/._a.html", "a/Thumbs.db"] {
            assert!(is_hidden(path), "{path}");
        }
        assert!(!is_hidden("news/a.html"));
    }
}
