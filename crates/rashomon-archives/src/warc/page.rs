//! Which records of a crawl are pages to read, and what the others are.

use serde_json::Value;

use super::block::Head;
use super::{content, http};
use crate::record::{Body, Record};

/// What a sound record is.
pub(super) enum Verdict {
    /// A page or text; with the code of what is amiss.
    Page(Box<Record>, Option<&'static str>),
    /// Nothing to read, and nothing wrong: counted.
    Quiet(&'static str),
    Broken(&'static str, String),
}

/// Takes the page out of a record.
pub(super) fn judge(head: Head, content: Vec<u8>, most: u64) -> Verdict {
    match head.kind.as_str() {
        "response" | "resource" | "conversion" | "arc" => {}
        "revisit" => return Verdict::Quiet("revisit"),
        "request" => return Verdict::Quiet("request"),
        "metadata" => return Verdict::Quiet("metadata"),
        "warcinfo" | "filedesc" => return Verdict::Quiet("warcinfo"),
        "continuation" => return Verdict::Quiet("segment"),
        _ => return Verdict::Quiet("other-kind"),
    }
    if head.is_segment {
        return Verdict::Quiet("segment");
    }
    let address = head.address.as_deref().unwrap_or_default();
    let scheme = address.split(':').next().unwrap_or_default().to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https" | "ftp" | "file" | "") {
        return Verdict::Quiet("no-page");
    }
    if address.split(['?', '#']).next().is_some_and(|path| path.ends_with("/robots.txt")) {
        return Verdict::Quiet("robots");
    }
    let said = head.media_type.as_deref().unwrap_or_default().to_ascii_lowercase();
    let is_answer = head.kind == "response" && said.starts_with("application/http")
        || matches!(head.kind.as_str(), "response" | "arc") && content.starts_with(b"HTTP/");
    if is_answer {
        return answered(head, &content, most);
    }
    if head.kind == "response" {
        return Verdict::Quiet("no-page");
    }
    let media_type = head.media_type.clone();
    finish(head, content, media_type, None)
}

/// Takes the page out of the answer of a server.
fn answered(head: Head, content: &[u8], most: u64) -> Verdict {
    let Some(answer) = http::answer(content) else {
        let why = "the answer of the server has no head that can be read; it is skipped";
        return Verdict::Broken("bad-http", why.to_owned());
    };
    match answer.status {
        200..=299 => {}
        300..=399 => return Verdict::Quiet("redirect"),
        _ => return Verdict::Quiet("http-error"),
    }
    let body = content.get(answer.body..).unwrap_or_default();
    // A picture need not be unpacked to be left out.
    if answer.media_type.is_some() && !content::is_text(answer.media_type.as_deref(), b"<") {
        return Verdict::Quiet("not-text");
    }
    let (body, joined) = if answer.chunked { http::joined(body) } else { (body.to_vec(), true) };
    match content::unpacked(body, &answer.codings, most) {
        None => {
            let why =
                format!("its body is packed as {}, which is not known", answer.codings.join(", "));
            Verdict::Broken("unknown-coding", why)
        }
        Some(Err(error)) => Verdict::Broken(crate::fault::code(&error), error.to_string()),
        Some(Ok((body, whole))) => {
            let note = match (joined, whole) {
                (false, _) => Some("bad-chunks"),
                (_, false) => Some("cut-body"),
                _ => None,
            };
            finish(head, body, answer.media_type, note)
        }
    }
}

fn finish(
    head: Head,
    body: Vec<u8>,
    media_type: Option<String>,
    note: Option<&'static str>,
) -> Verdict {
    if body.trim_ascii().is_empty() {
        return Verdict::Quiet("empty");
    }
    if !content::is_text(media_type.as_deref(), &body) {
        return Verdict::Quiet("not-text");
    }
    let mut record = Record::new(String::new(), Body::Bytes(body));
    record.address = head.address;
    record.at = head.at;
    record.media_type = media_type;
    let mut note = note;
    if let Some(id) = head.id {
        record.extra.insert("warc_record_id".to_owned(), Value::String(id));
    }
    if let Some(why) = head.truncated {
        record.extra.insert("warc_truncated".to_owned(), Value::String(why));
        note = note.or(Some("truncated"));
    }
    Verdict::Page(Box::new(record), note)
}
