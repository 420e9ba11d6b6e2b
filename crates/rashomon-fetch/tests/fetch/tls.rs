//! Servers that should not be trusted, and one that is.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rashomon_fetch::{FetchOptions, Fetcher, Request};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::server::{Server, answer, header, read_head, redirect};
use crate::world::{TestWorld, bare};

/// What a server of TLS does wrong.
#[derive(Clone, Copy, PartialEq)]
enum Flaw {
    None,
    Expired,
    OtherName,
    SelfSigned,
    /// Ends the connection in the middle of a body of stated length.
    CutBody,
    /// Ends the connection without a farewell after a body of no stated length.
    Unmarked,
    /// Closes before the handshake is over.
    Hangup,
    /// Never says a word.
    Silent,
    /// Leads to a port without TLS.
    Downgrade(u16),
}

struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Authority {
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        Authority { issuer: CertifiedIssuer::self_signed(params, key).expect("a certificate") }
    }

    fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// Starts a server with a certificate for `news.example`, and gives its port.
    fn serve(&self, flaw: Flaw) -> u16 {
        let name = if flaw == Flaw::OtherName { "other.example" } else { "news.example" };
        let mut params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
        if flaw == Flaw::Expired {
            params.not_before = date_time_ymd(2001, 1, 1);
            params.not_after = date_time_ymd(2002, 1, 1);
        }
        let key = KeyPair::generate().expect("a key");
        let certificate = match flaw {
            Flaw::SelfSigned => params.self_signed(&key),
            _ => params.signed_by(&key, &self.issuer),
        };
        let der = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let chain = vec![certificate.expect("a certificate").der().clone()];
        let config =
            ServerConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
                .with_safe_default_protocol_versions()
                .expect("versions")
                .with_no_client_auth()
                .with_single_cert(chain, der)
                .expect("a certificate");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let config = Arc::new(config);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let config = Arc::clone(&config);
                thread::spawn(move || talk(stream, config, flaw));
            }
        });
        port
    }
}

fn talk(mut stream: TcpStream, config: Arc<ServerConfig>, flaw: Flaw) {
    match flaw {
        Flaw::Hangup => {
            let _ = stream.read(&mut [0; 100]);
            return;
        }
        Flaw::Silent => return thread::sleep(Duration::from_secs(20)),
        _ => {}
    }
    let Ok(connection) = ServerConnection::new(config) else { return };
    let mut stream = StreamOwned::new(connection, stream);
    while read_head(&mut stream).is_some() {
        if let Flaw::Downgrade(port) = flaw {
            let target = format!("Location: http://127.0.0.1:{port}/\r\nContent-Length: 0\r\n");
            let _ = write!(stream, "HTTP/1.1 301 Moved\r\n{target}\r\n");
            let _ = stream.flush();
            return;
        }
        let length = match flaw {
            Flaw::CutBody => "Content-Length: 99\r\n",
            Flaw::Unmarked => "",
            _ => "Content-Length: 4\r\n",
        };
        let text = format!("HTTP/1.1 200 OK\r\n{length}\r\ntext");
        let sent = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
        if sent.is_err() || matches!(flaw, Flaw::CutBody | Flaw::Unmarked) {
            return;
        }
    }
}

fn fetcher(authority: Option<&Authority>) -> Fetcher {
    patient(authority, Duration::from_secs(5))
}

fn patient(authority: Option<&Authority>, connect_timeout: Duration) -> Fetcher {
    let world = TestWorld::new();
    world.name("news.example", &[&["127.0.0.1"]]);
    let options =
        FetchOptions { authorities: authority.map(Authority::pem), connect_timeout, ..bare() };
    Fetcher::in_world(options, world).expect("good options")
}

#[test]
fn certificates_are_held_to_account() {
    let authority = Authority::new();
    let stranger = Authority::new();
    let cases = [
        (Flaw::None, Some(&authority), "ok"),
        (Flaw::None, Some(&stranger), "tls"),
        (Flaw::None, None, "tls"),
        (Flaw::SelfSigned, Some(&authority), "tls"),
        (Flaw::SelfSigned, None, "tls"),
        (Flaw::Expired, Some(&authority), "tls"),
        (Flaw::OtherName, Some(&authority), "tls"),
        (Flaw::CutBody, Some(&authority), "cut-short"),
        (Flaw::Hangup, Some(&authority), "connection"),
        (Flaw::Silent, Some(&authority), "timed-out"),
    ];
    for (number, (flaw, trusted, expected)) in cases.into_iter().enumerate() {
        let address = format!("https://news.example:{}/", authority.serve(flaw));
        let patience = Duration::from_millis(if flaw == Flaw::Silent { 300 } else { 5000 });
        let answer = patient(trusted, patience).get(&Request::new(address));
        let code = answer.map_or_else(|error| error.code(), |_| "ok");
        assert_eq!(code, expected, "case {number}");
    }
}

#[test]
fn an_unmarked_end_is_told() {
    let authority = Authority::new();
    let address = |flaw| format!("https://news.example:{}/", authority.serve(flaw));
    let fetcher = fetcher(Some(&authority));
    for (flaw, warnings) in [(Flaw::Unmarked, &["end-unmarked"][..]), (Flaw::None, &[])] {
        let response = fetcher.get(&Request::new(address(flaw))).expect("an answer");
        assert_eq!(response.body, b"text");
        let told: Vec<_> = response.warnings.iter().map(|warning| warning.code).collect();
        assert_eq!(told, warnings);
    }
}

#[test]
fn a_name_is_vetted_by_certificate_and_not_by_number() {
    let authority = Authority::new();
    let port = authority.serve(Flaw::None);
    let error = fetcher(Some(&authority)).get(&Request::new(format!("https://127.0.0.1:{port}/")));
    assert_eq!(error.expect_err("another name").code(), "tls");
}

#[test]
fn no_tls_is_told() {
    let server = Server::start(|_, _| answer("200 OK", "", "text"));
    let address = format!("https://news.example:{}/", server.address.port());
    // The server waits for the end of a head that never comes; it has to be spoken to first.
    let plain = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = plain.local_addr().expect("an address").port();
    thread::spawn(move || {
        for mut stream in plain.incoming().flatten() {
            let _ = stream.read(&mut [0; 100]);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let spoken = format!("https://news.example:{port}/");
    assert_eq!(fetcher(None).get(&Request::new(spoken)).expect_err("plain").code(), "tls");
    let hasty = patient(None, Duration::from_millis(300));
    assert_eq!(hasty.get(&Request::new(address)).expect_err("mute").code(), "timed-out");
}

#[test]
fn redirects_between_schemes() {
    let authority = Authority::new();
    let port = authority.serve(Flaw::None);
    let upgrade =
        Server::start(move |_, _| redirect(301, &format!("https://news.example:{port}/")));
    let world = TestWorld::new();
    world.name("news.example", &[&["127.0.0.1"]]);
    let options = FetchOptions { authorities: Some(authority.pem()), ..bare() };
    let fetcher = Fetcher::in_world(options, world).expect("good options");
    let response = fetcher.get(&Request::new(upgrade.url("/"))).expect("an answer");
    assert_eq!(response.moved_to, Some(format!("https://news.example:{port}/")));
    assert!(response.warnings.is_empty());

    let open = Server::start(|_, _| answer("200 OK", "", "text"));
    let port = authority.serve(Flaw::Downgrade(open.address.port()));
    let address = format!("https://news.example:{port}/");
    let etag = Some("\"reader-4711\"".to_owned());
    let request = Request { etag, ..Request::new(address) };
    let response = fetcher.get(&request).expect("an answer");
    assert_eq!(response.moved_to, Some(open.url("/")));
    assert_eq!(response.warnings[0].code, "downgraded");
    assert_eq!(header(&open.heads()[0], "If-None-Match"), None, "what may name a reader stays");
}
