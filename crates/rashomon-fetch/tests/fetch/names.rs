//! Names and what they lead to.

use std::process::Command;
use std::time::Duration;

use rashomon_fetch::{FetchOptions, Fetcher, Request};

use crate::server::{Server, answer, header};
use crate::world::{TestWorld, bare};

fn code(fetcher: &Fetcher, address: &str) -> &'static str {
    fetcher.get(&Request::new(address)).map_or_else(|error| error.code(), |_| "ok")
}

#[test]
fn what_was_vetted_is_what_is_dialled() {
    // The first look-up leads to the server and all later ones elsewhere: whoever looked up once
    // to vet and once more to connect would not arrive.
    let world = TestWorld::new();
    world.name("news.example", &[&["127.0.0.1"], &["192.0.2.1"]]);
    let server = Server::start(|_, _| answer("200 OK", "", "text"));
    let options = FetchOptions {
        allow_private: false,
        private_hosts: vec!["News.Example.".to_owned()],
        ..bare()
    };
    let fetcher = Fetcher::in_world(options, world.clone()).expect("good options");
    let address = format!("http://news.example:{}/", server.address.port());
    assert_eq!(code(&fetcher, &address), "ok");
    assert_eq!(world.looked_up(), ["news.example"]);
    assert_eq!(server.paths(), ["/"]);
}

#[test]
fn a_name_is_vetted_each_time() {
    let world = TestWorld::new();
    world.name("rebinding.example", &[&["127.0.0.1"], &["192.0.2.1"], &["::ffff:10.0.0.1"]]);
    let server = Server::start(|_, _| answer("200 OK", "", "inside"));
    let options = FetchOptions { allow_private: false, ..bare() };
    let fetcher = Fetcher::in_world(options, world.clone()).expect("good options");
    let address = format!("http://rebinding.example:{}/", server.address.port());
    for time in 1..=3 {
        assert_eq!(code(&fetcher, &address), "private-address");
        assert_eq!(world.looked_up().len(), time);
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn of_several_addresses_the_public_ones_are_dialled() {
    let world = TestWorld::new();
    let server = Server::start(|_, _| answer("200 OK", "", "inside"));
    world.name("mixed.example", &[&["127.0.0.1", "192.88.99.1", "::1", "10.0.0.1"]]);
    let options = FetchOptions { allow_private: false, ..bare() };
    let fetcher = Fetcher::in_world(options, world).expect("good options");
    let address = format!("http://mixed.example:{}/", server.address.port());
    assert_eq!(code(&fetcher, &address), "private-address");
    assert_eq!(server.connections(), 0);
}

#[test]
fn names_are_asked_for_in_the_form_of_the_network() {
    let world = TestWorld::new();
    world.name("xn--bcher-kva.example", &[&["127.0.0.1"]]);
    let server = Server::start(|_, _| answer("200 OK", "", "text"));
    let fetcher = Fetcher::in_world(bare(), world.clone()).expect("good options");
    let port = server.address.port();
    for spelling in ["b\u{fc}cher.example", "B\u{dc}CHER.EXAMPLE.", "xn--bcher-kva.example"] {
        let response =
            fetcher.get(&Request::new(format!("http://{spelling}:{port}/\u{fc}?\u{e4}")));
        let response = response.expect(spelling);
        assert_eq!(response.address, format!("http://xn--bcher-kva.example:{port}/%C3%BC?%C3%A4"));
    }
    assert!(world.looked_up().iter().all(|name| name == "xn--bcher-kva.example"));
    let host = format!("xn--bcher-kva.example:{port}");
    assert!(server.heads().iter().all(|head| header(head, "Host") == Some(&host)));
}

#[test]
fn a_name_without_an_address_is_told() {
    let world = TestWorld::new();
    world.name("empty.example", &[&[]]);
    let options =
        FetchOptions { allow_private: false, max_retries: 2, obey_robots: true, ..bare() };
    let fetcher = Fetcher::in_world(options, world.clone()).expect("good options");
    for address in ["http://empty.example/", "http://unknown.example/"] {
        let error = fetcher.get(&Request::new(address)).expect_err(address);
        assert_eq!(error.code(), "dns");
        assert!(error.is_temporary());
    }
    assert_eq!(world.naps().len(), 4, "a name may be back in a moment");
}

#[test]
fn what_is_no_address_is_told() {
    let long = format!("http://news.example/{}", "a".repeat(9000));
    let fetcher = Fetcher::new(FetchOptions::default()).expect("good options");
    let cases = [
        ("", "bad-address"),
        ("  ", "bad-address"),
        ("news.example/page", "bad-address"),
        ("/page", "bad-address"),
        ("http://", "bad-address"),
        ("http://?", "bad-address"),
        ("http://news.example:99999/", "bad-address"),
        ("http://1.2.3.4.5/", "bad-address"),
        ("http://256.1.1.1/", "bad-address"),
        ("http://[::1/", "bad-address"),
        ("http://[fe80::1%25eth0]/", "bad-address"),
        ("http://news example/", "bad-address"),
        ("http://ada@news.example/", "bad-address"),
        ("http://ada:secret@news.example/", "bad-address"),
        ("http://news.example:22/", "bad-address"),
        ("https://news.example:25/", "bad-address"),
        ("http://news.example:6667/", "bad-address"),
        (&long, "bad-address"),
        ("ftp://news.example/", "unsupported-scheme"),
        ("file:///etc/passwd", "unsupported-scheme"),
        ("gopher://news.example/", "unsupported-scheme"),
        ("mailto:desk@news.example", "unsupported-scheme"),
        ("data:text/plain,text", "unsupported-scheme"),
        ("feed://news.example/", "unsupported-scheme"),
        ("ws://news.example/", "unsupported-scheme"),
    ];
    for (address, expected) in cases {
        let error = fetcher.get(&Request::new(address)).expect_err(address);
        assert_eq!(error.code(), expected, "{address}: {error}");
        assert!(!error.to_string().contains("secret"), "{error}");
        assert!(error.to_string().len() < 500);
    }
}

#[test]
fn options_that_cannot_be_used_are_told() {
    let bad = [
        FetchOptions { user_agent: "rash\nomon".to_owned(), ..bare() },
        FetchOptions { authorities: Some(String::new()), ..bare() },
        FetchOptions { authorities: Some("no PEM".to_owned()), ..bare() },
    ];
    for options in bad {
        let error = Fetcher::new(options).expect_err("bad options");
        assert_eq!(error.code(), "bad-options");
        assert!(!error.to_string().is_empty());
    }
}

#[test]
fn name_servers_that_do_not_answer_are_not_waited_for() {
    let world = TestWorld::new();
    world.name("slow.example", &[&["127.0.0.1"]]);
    let short = Duration::from_millis(50);
    let options = FetchOptions { connect_timeout: short, ..bare() };
    let fetcher = Fetcher::in_world(options, world).expect("good options");
    assert_eq!(code(&fetcher, "http://slow.example/"), "timed-out");
}

#[test]
fn the_environment_brings_no_proxy() {
    // The tests of this program run again in an environment that names proxies which are none.
    let mut command = Command::new(std::env::current_exe().expect("a program"));
    command.args(["--exact", "simple::a_page_comes_with_what_its_head_says"]);
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"] {
        command.env(name, "http://127.0.0.1:9");
    }
    let output = command.env_remove("NO_PROXY").env_remove("no_proxy").output().expect("a run");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && told.contains("1 passed"), "{told}");
}
