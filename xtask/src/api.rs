//! The API of a running server, asked by a program that reads its description and makes up
//! requests: schemathesis.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::shell::{self, Outcome, build_rashomon, scratch};

/// Whoever sets it says that the API may go untested.
const WITHOUT: &str = "RASHOMON_NO_SCHEMATHESIS";
/// The version whose options these are.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";
/// What no answer may be: a failure of the server, or other than its description says.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_headers_conformance,response_schema_conformance";

/// Serves the sample stories and asks for all kinds of things, the same ones each time.
pub fn run() -> Outcome {
    if std::env::var_os(WITHOUT).is_some() {
        eprintln!("xtask: {WITHOUT} is set: the API was NOT asked by schemathesis");
        return Ok(());
    }
    let asker = ready()
        .map_err(|error| format!("{error}\nset {WITHOUT}=1 to leave the tests of the API out"))?;
    let program = build_rashomon()?;
    let store = scratch("api")?.join("desk.db");
    shell::run(&format!("{} ingest --quiet --db {} samples", program.display(), store.display()))?;
    let mut command = shell::command(&program.display().to_string());
    command.args(["serve", "--no-fetch", "--listen", "127.0.0.1:0", "--db"]).arg(&store);
    command.env("RUST_LOG", "error").stderr(Stdio::piped());
    let mut server = Server(command.spawn().map_err(|error| format!("rashomon serve: {error}"))?);
    let address = server.address()?;
    // Events go on for ever: there is no end of an answer to look at.
    let line = format!(
        "{} run {address}api/v1/openapi.json --checks {CHECKS} --max-examples 100 --seed 7 \
         --generation-deterministic --phases examples,coverage,fuzzing --request-timeout 20 \
         --exclude-path /api/v1/events --workers 1 --no-color",
        asker.display()
    );
    shell::run(&line)
}

/// A server that goes down with the test.
struct Server(Child);

impl Server {
    /// Where it listens, which it says once it does.
    fn address(&mut self) -> Result<String, String> {
        let stderr = self.0.stderr.take().ok_or("rashomon serve says nothing")?;
        let mut lines = BufReader::new(stderr).lines();
        let address = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let (_, rest) = line.split_once("http://")?;
            Some(format!("http://{}", rest.split_whitespace().next()?))
        });
        // What it says from now on is shown, and read so that it does not wait for us.
        std::thread::spawn(move || {
            lines.map_while(Result::ok).for_each(|line| eprintln!("{line}"));
        });
        address.ok_or_else(|| "rashomon serve ended before it listened".to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended by itself is what we want.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Installs schemathesis below the target folder where it is missing, and gives its path.
fn ready() -> Result<PathBuf, String> {
    let built = shell::built("xtask")?;
    let target = built.ancestors().nth(2).ok_or("there is no target folder")?;
    let folder = target.join("schemathesis");
    let program = folder.join("bin/schemathesis");
    let works = |program: &PathBuf| {
        let version = Command::new(program).arg("--version").output();
        let wanted = SCHEMATHESIS.rsplit('=').next().unwrap_or_default();
        version.is_ok_and(|done| String::from_utf8_lossy(&done.stdout).contains(wanted))
    };
    if !works(&program) {
        shell::run(&format!("python3 -m venv {}", folder.display()))?;
        let pip = folder.join("bin/pip");
        shell::run(&format!("{} install --quiet {SCHEMATHESIS}", pip.display()))?;
    }
    Ok(program)
}
