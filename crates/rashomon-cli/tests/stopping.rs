//! Ctrl-C ends the program soon, whatever it waits for.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests listen, wait and run the program")]

use std::io::Read as _;
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

#[test]
fn a_server_that_never_answers_keeps_nobody() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}/feed.xml", listener.local_addr().expect("an address"));
    for command in ["ingest", "watch", "compare"] {
        let folder = TempDir::new().expect("a folder");
        let mut run = Command::new(assert_cmd::cargo::cargo_bin("rashomon"));
        run.args([command, &address, "--allow-private"]).current_dir(folder.path());
        run.stdout(Stdio::null()).stderr(Stdio::piped());
        if command != "compare" {
            run.args(["--db", "desk.db"]);
        }
        let child = run.spawn().expect("the program starts");
        // It has asked, and will wait for half a minute.
        let (mut client, _) = listener.accept().expect("it asks");
        let mut head = [0; 16];
        client.read_exact(&mut head).expect("a request");
        let begin = Instant::now();
        let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        assert!(kill.expect("kill is there").success());
        let out = child.wait_with_output().expect("the program ends");
        let said = String::from_utf8_lossy(&out.stderr);
        assert!(begin.elapsed() < Duration::from_secs(1), "{command}: {:?}", begin.elapsed());
        let code = if command == "watch" { 0 } else { 130 };
        assert_eq!(out.status.code(), Some(code), "{command}: {said}");
    }
}
