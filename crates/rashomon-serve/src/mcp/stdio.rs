use std::io::{BufRead, Read as _, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

use rashomon_desk::store::Store;

use super::protocol::{answer, too_long};
use crate::Error;

/// The most bytes of a message.
pub(super) const LONGEST: usize = 1 << 20;
/// How soon a wish to stop is seen.
const TURN: Duration = Duration::from_millis(50);

/// Answers messages, one a line, until there are no more or `stop` is set. Nothing but answers is
/// written to `output`.
pub fn stdio(
    store: &mut Store,
    input: impl BufRead + Send + 'static,
    mut output: impl Write,
    stop: &AtomicBool,
) -> Result<(), Error> {
    let (sender, lines) = sync_channel(16);
    // Reading a line cannot be called off: the thread ends with the process.
    std::thread::spawn(move || {
        let mut input = input;
        loop {
            let line = read(&mut input);
            let is_last = !matches!(line, Ok(Some(_)));
            if sender.send(line).is_err() || is_last {
                return;
            }
        }
    });
    let failed = |error: std::io::Error| Error::new("io", format!("the client is gone: {error}"));
    while !stop.load(Ordering::Relaxed) {
        let line = match lines.recv_timeout(TURN) {
            Ok(Ok(Some(line))) => line,
            Err(RecvTimeoutError::Timeout) => continue,
            Ok(Ok(None)) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
            Ok(Err(error)) => return Err(failed(error)),
        };
        let answer = match line {
            Line::TooLong => Some(too_long(LONGEST)),
            Line::Whole(line) if line.trim_ascii().is_empty() => None,
            Line::Whole(line) => answer(store, &line),
        };
        if let Some(answer) = answer {
            match writeln!(output, "{answer}").and_then(|()| output.flush()) {
                // Who no longer listens has had enough.
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(()),
                written => written.map_err(failed)?,
            }
        }
    }
    Ok(())
}

enum Line {
    Whole(Vec<u8>),
    TooLong,
}

/// The next line; `None` at the end. One that is too long is skipped and never held.
fn read(input: &mut impl BufRead) -> std::io::Result<Option<Line>> {
    let mut line = Vec::new();
    input.by_ref().take(LONGEST as u64 + 1).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.len() <= LONGEST || line.ends_with(b"\n") {
        return Ok(Some(Line::Whole(line)));
    }
    loop {
        line.clear();
        input.by_ref().take(LONGEST as u64).read_until(b'\n', &mut line)?;
        if line.is_empty() || line.ends_with(b"\n") {
            return Ok(Some(Line::TooLong));
        }
    }
}
