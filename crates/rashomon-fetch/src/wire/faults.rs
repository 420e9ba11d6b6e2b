//! Errors of the HTTP library, told in our words.

use std::io;

use super::names::{NameFault, fault_in};
use super::sockets::Reset;
use crate::address::PRIVATE;
use crate::error::{Error, Kind};

/// How far an exchange had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Head,
    Body,
}

pub(super) fn read(error: ureq::Error, address: &str, stage: Stage) -> Error {
    let (kind, detail) = judge(&error, stage);
    Error::new(kind, address, detail)
}

fn judge(error: &ureq::Error, stage: Stage) -> (Kind, String) {
    match error {
        ureq::Error::Timeout(what) => (Kind::TimedOut, format!("no full answer in time ({what})")),
        ureq::Error::HostNotFound => (Kind::Dns, "the host is not known".to_owned()),
        ureq::Error::Io(error) => judge_io(error, stage),
        ureq::Error::Protocol(error) => {
            let detail = error.to_string();
            if detail.contains("too many headers") {
                return (Kind::HeaderTooLarge, "the answer has too many headers".to_owned());
            }
            (Kind::BadResponse, format!("the answer is no proper HTTP: {detail}"))
        }
        ureq::Error::LargeResponseHeader(_, most) => {
            (Kind::HeaderTooLarge, format!("the head of the answer has more than {most} bytes"))
        }
        ureq::Error::Tls(detail) => (Kind::Tls, format!("no safe connection: {detail}")),
        ureq::Error::Rustls(error) => (Kind::Tls, format!("no safe connection: {error}")),
        ureq::Error::Other(error) => judge_other(error.as_ref(), stage),
        ureq::Error::BadUri(detail) => (Kind::BadAddress, detail.clone()),
        other => (Kind::BadResponse, format!("the answer cannot be read: {other}")),
    }
}

fn judge_other(
    error: &(dyn std::error::Error + Send + Sync + 'static),
    stage: Stage,
) -> (Kind, String) {
    match fault_in(error) {
        Some(NameFault::Private) => return (Kind::PrivateAddress, PRIVATE.to_owned()),
        Some(NameFault::TimedOut) => return (Kind::TimedOut, NameFault::TimedOut.to_string()),
        Some(NameFault::Unknown(detail)) => {
            return (Kind::Dns, format!("the host is not known: {detail}"));
        }
        None => {}
    }
    if error.downcast_ref::<Reset>().is_some() {
        return broken(stage, "the connection was reset");
    }
    (Kind::Connection, error.to_string())
}

fn judge_io(error: &io::Error, stage: Stage) -> (Kind, String) {
    if let Some(inner) = error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>()) {
        return judge(inner, stage);
    }
    match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => {
            (Kind::TimedOut, "no full answer in time".to_owned())
        }
        // The TLS library wraps its own errors as invalid data; nothing else does.
        io::ErrorKind::InvalidData => (Kind::Tls, format!("no safe connection: {error}")),
        io::ErrorKind::UnexpectedEof => broken(stage, "the server closed the connection"),
        io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe => broken(stage, "the connection was reset"),
        io::ErrorKind::ConnectionRefused => {
            (Kind::Connection, "the host refuses the connection".to_owned())
        }
        _ => (Kind::Connection, format!("the connection failed: {error}")),
    }
}

fn broken(stage: Stage, what: &str) -> (Kind, String) {
    match stage {
        Stage::Head => (Kind::Connection, format!("{what} before it answered")),
        Stage::Body => (Kind::CutShort, format!("{what} in the middle of the body")),
    }
}
