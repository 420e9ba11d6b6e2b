use std::fmt;
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{Address, Message, SmtpTransport, Transport as _};

use super::message::Told;
use crate::Error;

/// How long a mail server may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A mail server that was configured, and who writes.
#[derive(Clone)]
pub(crate) struct Post {
    transport: SmtpTransport,
    from: Mailbox,
}

impl fmt::Debug for Post {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address of the server may hold a password.
        f.debug_struct("Post").field("from", &self.from).finish_non_exhaustive()
    }
}

impl Post {
    /// A server by its address: `smtps://name:password@mail.example:465` with TLS from the start,
    /// `smtp://mail.example:587?tls=required` with TLS once connected, `smtp://localhost:25` plain.
    pub fn new(server: &str, from: &str) -> Result<Post, Error> {
        let bad = |what: &str, error: &dyn fmt::Display| {
            Error::new("bad-value", format!("the {what} cannot be used: {error}"))
        };
        let transport = SmtpTransport::from_url(server)
            .map_err(|error| bad("address of the mail server", &error))?
            .timeout(Some(PATIENCE))
            .build();
        let from = from.parse().map_err(|error| bad("sender of e-mail", &error))?;
        Ok(Post { transport, from })
    }

    /// Sends what one search found.
    pub(super) fn send(&self, to: &str, told: &[Told]) -> Result<(), String> {
        let to: Address = to.parse().map_err(|error| format!("{to}: {error}"))?;
        let message = write(&self.from, to, told).map_err(|error| error.to_string())?;
        self.transport.send(&message).map_err(|error| error.to_string())?;
        Ok(())
    }
}

/// Whether this is an e-mail address.
pub(crate) fn is_email(address: &str) -> bool {
    address.parse::<Address>().is_ok()
}

fn write(from: &Mailbox, to: Address, told: &[Told]) -> Result<Message, lettre::error::Error> {
    let name = told.first().map(|told| told.search.name.as_str()).unwrap_or_default();
    let subject = match told {
        [one] => format!("{}: {}", name, one.article.title.as_deref().unwrap_or("a new report")),
        many => format!("{name}: {} new reports", many.len()),
    };
    // A headline may hold anything; a line of a header must not end in it.
    let subject: String = subject.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut text = String::new();
    for one in told {
        let found = &one.article;
        text.push_str(&format!("{}\n", found.title.as_deref().unwrap_or("(no headline)")));
        text.push_str(&format!("{}\n", found.outlet));
        if !found.words.is_empty() {
            text.push_str(&format!("\n    {}\n", found.words.replace('\n', "\n    ")));
        }
        if let Some(address) = &found.address {
            text.push_str(&format!("\n{address}\n"));
        }
        text.push_str("\n---\n\n");
    }
    if let Some(first) = told.first() {
        text.push_str(&format!("Found by the saved search {}: {}\n", name, first.search.query));
    }
    let id = told.first().map(|told| format!("<{}@rashomon>", told.id));
    Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .message_id(id)
        .subject(subject)
        .header(ContentType::TEXT_PLAIN)
        .body(text)
}

#[cfg(test)]
mod tests {
    use super::super::message::{Found, Search};
    use super::*;

    #[test]
    fn servers_are_told_by_their_addresses() {
        for server in ["smtp://localhost:25", "smtps://a:b@mail.example:465"] {
            assert!(Post::new(server, "Desk <desk@herald.example>").is_ok(), "{server}");
        }
        assert_eq!(Post::new("http://a", "a@b.example").unwrap_err().code(), "bad-value");
        let error = Post::new("smtp://a:secret@b", "nobody").unwrap_err();
        assert!(!error.to_string().contains("secret"));
    }

    #[test]
    fn debugging_shows_no_password() {
        let post = Post::new("smtps://a:secret@mail.example", "a@b.example").unwrap();
        assert!(!format!("{post:?}").contains("secret"));
    }

    #[test]
    fn a_headline_makes_no_header() {
        let article = Found::titled("Bridge shut\r\nBcc: all@herald.example");
        let search = Search { name: "bridge".into(), query: "bridge".into() };
        let told = Told::new("1-a1-email", search, article);
        let from = "desk@herald.example".parse().unwrap();
        let message = write(&from, "ada@herald.example".parse().unwrap(), &[told]).unwrap();
        let text = String::from_utf8(message.formatted()).unwrap();
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        assert!(!head.lines().any(|line| line.starts_with("Bcc:")), "{head}");
        assert!(head.contains("Message-ID: <1-a1-email@rashomon>"));
    }
}
