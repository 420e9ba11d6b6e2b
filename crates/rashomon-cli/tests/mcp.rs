//! The tools over standard input and output, as a client starts and asks them.
#![allow(clippy::disallowed_methods, reason = "tests wait and run the program")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

struct Server {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    _folder: TempDir,
}

impl Server {
    fn new() -> Server {
        let folder = TempDir::new().expect("a folder");
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/harbour-strike");
        let program = assert_cmd::cargo::cargo_bin("rashomon");
        let ingest = Command::new(&program)
            .args(["ingest", "--quiet", "--db", "desk.db"])
            .arg(samples)
            .current_dir(folder.path())
            .status();
        assert!(ingest.expect("the program starts").success());
        let mut child = Command::new(program)
            .args(["mcp", "--db", "desk.db"])
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().expect("output"));
        Server { child, input, output, _folder: folder }
    }

    fn write(&mut self, line: &str) {
        let input = self.input.as_mut().expect("input");
        writeln!(input, "{line}").expect("it listens");
    }

    fn read(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("an answer");
        serde_json::from_str(&line).expect("each line is a message")
    }

    fn ask(&mut self, id: u64, method: &str, params: Value) -> Value {
        let message = json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params});
        self.write(&message.to_string());
        let answer = self.read();
        assert_eq!(answer["id"], id);
        answer
    }

    /// The exit code, and what is left of both outputs.
    fn end(mut self) -> (Option<i32>, String, String) {
        let begin = Instant::now();
        let status = self.child.wait().expect("it ends");
        assert!(begin.elapsed() < Duration::from_secs(1), "{:?}", begin.elapsed());
        let (mut out, mut err) = (String::new(), String::new());
        self.output.read_to_string(&mut out).expect("text");
        self.child.stderr.take().expect("messages").read_to_string(&mut err).expect("text");
        (status.code(), out, err)
    }
}

#[test]
fn a_client_begins_asks_errs_and_ends() {
    let mut server = Server::new();
    let client = json!({
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    });
    let begun = server.ask(1, "initialize", client);
    assert_eq!(begun["result"]["protocolVersion"], "2025-06-18");
    server.write(r#"{"jsonrpc": "2.0", "method": "notifications/initialized"}"#);
    let tools = server.ask(2, "tools/list", json!({}));
    assert_eq!(tools["result"]["tools"].as_array().map(Vec::len), Some(8));

    server.write("{broken");
    assert_eq!(server.read()["error"]["code"], -32700);
    server.write("");
    server.write(&format!("\"{}\"", "a".repeat(3 << 20)));
    assert_eq!(server.read()["error"]["data"]["code"], "too-large");
    let words = json!({"words": "We left the door open. They left the room."});
    let call = json!({"name": "check_quotation", "arguments": words});
    let answer = server.ask(3, "tools/call", call);
    let found = &answer["result"]["structuredContent"];
    assert_eq!((&found["verbatim"], &found["exact"]), (&json!(true), &json!(true)));
    let call = json!({"name": "check_quotation", "arguments": {"word": "x"}});
    assert_eq!(server.ask(4, "tools/call", call)["result"]["isError"], true);

    server.input = None;
    assert_eq!(server.end(), (Some(0), String::new(), String::new()));
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_though_the_client_waits() {
    let mut server = Server::new();
    assert_eq!(server.ask(1, "ping", json!({}))["result"], json!({}));
    let kill = Command::new("kill").args(["-INT", &server.child.id().to_string()]).status();
    assert!(kill.expect("kill is there").success());
    let (code, out, _) = server.end();
    assert_eq!((code, out.as_str()), (Some(0), ""));
}

#[test]
fn a_store_that_is_not_there_is_an_error_and_none_is_made() {
    let folder = TempDir::new().expect("a folder");
    let out = Command::new(assert_cmd::cargo::cargo_bin("rashomon"))
        .args(["mcp", "--db", "none.db"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    assert_eq!((out.status.code(), out.stdout.len()), (Some(1), 0));
    assert!(!folder.path().join("none.db").exists());
}
