//! A server that does exactly what it is told, byte by byte.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// One thing that a server does.
#[derive(Clone)]
pub enum Act {
    /// Sends bytes.
    Send(Vec<u8>),
    /// Sends bytes one by one with a pause after each.
    Drip(Vec<u8>, Duration),
    /// Sends the same bytes again and again until nobody listens.
    Forever(Vec<u8>),
    /// Does nothing for a while.
    Pause(Duration),
    /// Breaks the connection off with a reset instead of an end.
    Reset,
    /// Reads the next request on the same connection and answers that.
    Keep,
}

pub fn send(bytes: impl AsRef<[u8]>) -> Vec<Act> {
    vec![Act::Send(bytes.as_ref().to_vec())]
}

/// A whole answer: status line, headers, length and body.
pub fn answer(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<Act> {
    let body = body.as_ref();
    let mut bytes = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n", body.len())
        .into_bytes();
    bytes.extend_from_slice(body);
    send(bytes)
}

/// What a server was asked: the whole head of each request.
pub type Asked = Arc<Mutex<Vec<String>>>;

/// A running server. It ends with the process of the test.
pub struct Server {
    pub address: SocketAddr,
    pub asked: Asked,
}

impl Server {
    /// Starts a server that answers a path, for the time that it is asked.
    pub fn start(script: impl Fn(&str, usize) -> Vec<Act> + Send + Sync + 'static) -> Server {
        Server::start_at("127.0.0.1:0", script)
    }

    pub fn start_at(
        address: &str,
        script: impl Fn(&str, usize) -> Vec<Act> + Send + Sync + 'static,
    ) -> Server {
        let listener = TcpListener::bind(address).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let asked = Asked::default();
        let (script, heads) = (Arc::new(script), Arc::clone(&asked));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (script, heads) = (Arc::clone(&script), Arc::clone(&heads));
                thread::spawn(move || serve(stream, script.as_ref(), &heads));
            }
        });
        Server { address, asked }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The first lines of the requests so far.
    pub fn lines(&self) -> Vec<String> {
        let asked = self.asked.lock().expect("no panic");
        asked.iter().map(|head| head.lines().next().unwrap_or_default().to_owned()).collect()
    }
}

fn serve(mut stream: TcpStream, script: &dyn Fn(&str, usize) -> Vec<Act>, heads: &Asked) {
    loop {
        let Some(head) = read_head(&mut stream) else { return };
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        let time = {
            let mut heads = heads.lock().expect("no panic");
            let same = |other: &&String| other.split(' ').nth(1) == Some(path.as_str());
            let time = heads.iter().filter(same).count();
            heads.push(head);
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
            let _ = stream.shutdown(Shutdown::Write);
            // A close with unread bytes would be a reset; the other side reads to the end first.
            let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
            let _ = std::io::copy(&mut stream, &mut std::io::sink());
            return;
        }
    }
}

fn read_head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        head.push(byte[0]);
    }
    // One character for each byte, so that odd ones can be told apart.
    Some(head.iter().map(|&byte| char::from(byte)).collect())
}

fn perform(stream: &mut TcpStream, act: Act) -> std::io::Result<()> {
    match act {
        Act::Send(bytes) => stream.write_all(&bytes)?,
        Act::Drip(bytes, pause) => {
            for byte in bytes {
                stream.write_all(&[byte])?;
                thread::sleep(pause);
            }
        }
        Act::Forever(bytes) => loop {
            stream.write_all(&bytes)?;
        },
        Act::Pause(time) => thread::sleep(time),
        Act::Reset => {
            // Closing with unread input resets. There is none, so the linger time is set to 0.
            let socket = socket2::SockRef::from(&*stream);
            socket.set_linger(Some(Duration::ZERO))?;
            return Err(std::io::ErrorKind::ConnectionReset.into());
        }
        Act::Keep => {}
    }
    stream.flush()
}
