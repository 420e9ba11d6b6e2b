use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::{Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;
use crate::state::Office;

/// Refuses requests for hosts that this server is not called by: a page of the web that lets its
/// own name lead to this machine is told nothing (DNS rebinding).
pub(crate) async fn known_host(
    State(office): State<Office>,
    request: Request,
    next: Next,
) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let host = host.or(request.uri().authority().map(|authority| authority.as_str()));
    let name = host.and_then(name);
    match name {
        Some(name) if is_known(&name, &office.options.hosts) => next.run(request).await,
        _ => {
            let detail = "this server is not called so; rashomon serve --host NAME allows a name";
            Problem::new("misdirected", detail).into_response()
        }
    }
}

/// The name in a `Host` header, without the port.
pub(crate) fn name(host: &str) -> Option<String> {
    let uri: Uri = format!("http://{host}/").parse().ok()?;
    let name = uri.host()?.trim_start_matches('[').trim_end_matches(']');
    Some(name.trim_end_matches('.').to_ascii_lowercase())
}

/// Addresses are known: no name of somebody else leads to them.
fn is_known(name: &str, hosts: &[String]) -> bool {
    name == "localhost"
        || name.parse::<IpAddr>().is_ok()
        || hosts.iter().any(|host| host.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_others_are_not_ours() {
        let own = ["desk.example".to_owned()];
        let table = [
            ("localhost:7878", true),
            ("127.0.0.1:7878", true),
            ("[::1]:7878", true),
            ("LOCALHOST", true),
            ("desk.example", true),
            ("Desk.Example.:80", true),
            ("evil.example", false),
            ("localhost.evil.example:7878", false),
            ("127.0.0.1.evil.example", false),
            ("", false),
            ("a b", false),
            ("user@localhost", true),
        ];
        for (host, known) in table {
            assert_eq!(name(host).is_some_and(|it| is_known(&it, &own)), known, "{host}");
        }
    }
}
