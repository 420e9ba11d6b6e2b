//! A server that does exactly what it is told, byte by byte.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// One thing that a server does.
#[derive(Clone, Debug)]
pub enum Act {
    /// Sends bytes.
    Send(Vec<u8>),
    /// Sends the same bytes so many times.
    Times(Vec<u8>, usize),
    /// Sends bytes one by one with a pause after each.
    Drip(Vec<u8>, Duration),
    /// Does nothing for a while.
    Pause(Duration),
    /// Breaks the connection off with a reset instead of an end.
    Reset,
    /// Reads the next request on the same connection and answers that.
    Keep,
}

/// Sends bytes and closes.
pub fn send(bytes: impl AsRef<[u8]>) -> Vec<Act> {
    vec![Act::Send(bytes.as_ref().to_vec())]
}

/// A whole answer: status line, headers, length and body.
pub fn answer(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<Act> {
    let body = body.as_ref();
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n");
    send([head.as_bytes(), body].concat())
}

/// A redirect.
pub fn redirect(status: u16, target: &str) -> Vec<Act> {
    answer(&format!("{status} Elsewhere"), &format!("Location: {target}\r\n"), "")
}

/// What a server was asked: the whole head of each request, one character for each byte.
type Asked = Arc<Mutex<Vec<String>>>;

/// What a server does when a path is asked for the n-th time, counted from 0.
type Script = dyn Fn(&str, usize) -> Vec<Act> + Send + Sync;

/// A running server. It ends with the process of the test.
pub struct Server {
    pub address: SocketAddr,
    asked: Asked,
    connections: Arc<Mutex<usize>>,
}

impl Server {
    pub fn start(script: impl Fn(&str, usize) -> Vec<Act> + Send + Sync + 'static) -> Server {
        Server::start_at("127.0.0.1", script)
    }

    pub fn start_at(
        ip: &str,
        script: impl Fn(&str, usize) -> Vec<Act> + Send + Sync + 'static,
    ) -> Server {
        let listener = TcpListener::bind((ip, 0)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let server = Server { address, asked: Asked::default(), connections: Arc::default() };
        let script: Arc<Script> = Arc::new(script);
        let (asked, connections) = (Arc::clone(&server.asked), Arc::clone(&server.connections));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                *connections.lock().expect("no panic") += 1;
                let (script, asked) = (Arc::clone(&script), Arc::clone(&asked));
                thread::spawn(move || serve(stream, script.as_ref(), &asked));
            }
        });
        server
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The heads of the requests so far.
    pub fn heads(&self) -> Vec<String> {
        self.asked.lock().expect("no panic").clone()
    }

    /// The paths of the requests so far.
    pub fn paths(&self) -> Vec<String> {
        self.heads().iter().map(|head| path_of(head).to_owned()).collect()
    }

    /// How many connections came in.
    pub fn connections(&self) -> usize {
        *self.connections.lock().expect("no panic")
    }
}

/// The value of a header in a head.
pub fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

fn path_of(head: &str) -> &str {
    head.split(' ').nth(1).unwrap_or_default()
}

fn serve(mut stream: TcpStream, script: &Script, asked: &Asked) {
    while let Some(head) = read_head(&mut stream) {
        let path = path_of(&head).to_owned();
        let time = {
            let mut asked = asked.lock().expect("no panic");
            let time = asked.iter().filter(|head| path_of(head) == path).count();
            asked.push(head);
            time
        };
        let acts = script(&path, time);
        let keeps = acts.iter().any(|act| matches!(act, Act::Keep));
        for act in acts {
            if perform(&mut stream, act).is_err() {
                return;
            }
        }
        if !keeps {
            close(&mut stream);
            return;
        }
    }
}

/// Closes after what was sent: with unread bytes, a close would be a reset.
fn close(stream: &mut TcpStream) {
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
    let _ = io::copy(stream, &mut io::sink());
}

/// Reads up to the empty line that ends a head.
pub fn read_head(stream: &mut impl Read) -> Option<String> {
    let mut head = String::new();
    let mut byte = [0];
    while !head.ends_with("\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        head.push(char::from(byte[0]));
    }
    Some(head)
}

fn perform(stream: &mut TcpStream, act: Act) -> io::Result<()> {
    match act {
        Act::Send(bytes) => stream.write_all(&bytes),
        Act::Times(bytes, times) => (0..times).try_for_each(|_| stream.write_all(&bytes)),
        Act::Drip(bytes, pause) => bytes.iter().try_for_each(|byte| {
            stream.write_all(&[*byte])?;
            thread::sleep(pause);
            Ok(())
        }),
        Act::Pause(time) => {
            thread::sleep(time);
            Ok(())
        }
        Act::Reset => {
            // What was sent should be there before the reset takes it away.
            thread::sleep(Duration::from_millis(50));
            socket2::SockRef::from(&*stream).set_linger(Some(Duration::ZERO))?;
            Err(io::ErrorKind::ConnectionReset.into())
        }
        Act::Keep => Ok(()),
    }
}
