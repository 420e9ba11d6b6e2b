//! Many addresses at a time.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rashomon_fetch::{FetchOptions, Fetcher, Request};

use crate::server::{Act, Server, answer};
use crate::world::{TestWorld, bare};

/// Never set.
static GO: AtomicBool = AtomicBool::new(false);

/// Servers on hosts of their own, by name; each notes how many requests it has at a time.
struct Town {
    world: Arc<TestWorld>,
    servers: Vec<Server>,
    most: Arc<AtomicUsize>,
}

impl Town {
    fn new(hosts: usize, work: Duration) -> Town {
        let world = TestWorld::new();
        let most = Arc::new(AtomicUsize::new(0));
        let servers: Vec<_> = (0..hosts)
            .map(|index| {
                world.name(&format!("host{index}.example"), &[&["127.0.0.1"]]);
                let (busy, most) = (AtomicUsize::new(0), Arc::clone(&most));
                Server::start(move |_, _| {
                    let now = busy.fetch_add(1, Ordering::SeqCst) + 1;
                    most.fetch_max(now, Ordering::SeqCst);
                    thread::sleep(work);
                    busy.fetch_sub(1, Ordering::SeqCst);
                    answer("200 OK", "", "text")
                })
            })
            .collect();
        Town { world, servers, most }
    }

    fn url(&self, host: usize, path: &str) -> String {
        format!("http://host{host}.example:{}{path}", self.servers[host].address.port())
    }

    fn fetcher(&self, change: impl FnOnce(&mut FetchOptions)) -> Fetcher {
        let mut options = bare();
        change(&mut options);
        Fetcher::in_world(options, self.world.clone()).expect("good options")
    }

    fn requests(&self, each: usize) -> Vec<Request> {
        let hosts = 0..self.servers.len();
        hosts
            .flat_map(|host| (0..each).map(move |page| (host, page)))
            .map(|(host, page)| Request::new(self.url(host, &format!("/{page}"))))
            .collect()
    }
}

#[test]
fn each_request_gets_one_answer() {
    let town = Town::new(7, Duration::ZERO);
    let mut requests = town.requests(11);
    requests.push(Request::new("no address"));
    requests.push(Request::new("http://unknown.example/"));
    requests.push(Request::new(""));
    let mut codes: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    let caller = thread::current().id();
    town.fetcher(|_| {}).get_all(&requests, 4, &GO, |index, answer| {
        assert_eq!(thread::current().id(), caller);
        if let Ok(response) = &answer {
            assert_eq!(response.address, requests[index].address);
        }
        codes.entry(index).or_default().push(answer.map_or_else(|error| error.code(), |_| "ok"));
    });
    assert_eq!(codes.len(), requests.len());
    for (index, codes) in &codes {
        let expected = match index {
            77 | 79 => "bad-address",
            78 => "dns",
            _ => "ok",
        };
        assert_eq!(codes, &[expected], "{index}");
    }
}

#[test]
fn nothing_asked_nothing_answered() {
    let town = Town::new(0, Duration::ZERO);
    town.fetcher(|_| {}).get_all(&[], 4, &GO, |_, _| panic!("an answer to nothing"));
}

#[test]
fn one_host_gets_one_request_at_a_time_and_in_order() {
    let town = Town::new(3, Duration::from_millis(5));
    let requests = town.requests(6);
    let mut order: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    town.fetcher(|_| {}).get_all(&requests, 9, &GO, |index, answer| {
        answer.expect("an answer");
        order.entry(index / 6).or_default().push(index % 6);
    });
    assert_eq!(town.most.load(Ordering::SeqCst), 1);
    assert!(order.values().all(|pages| *pages == [0, 1, 2, 3, 4, 5]), "{order:?}");
}

#[test]
fn threads_that_share_a_fetcher_wait_for_each_other() {
    let town = Town::new(1, Duration::from_millis(5));
    let fetcher = town.fetcher(|_| {});
    thread::scope(|scope| {
        for request in town.requests(8) {
            let fetcher = fetcher.clone();
            scope.spawn(move || fetcher.get(&request).expect("an answer"));
        }
    });
    assert_eq!(town.most.load(Ordering::SeqCst), 1);
}

#[test]
fn one_host_gets_more_at_a_time_where_allowed() {
    let town = Town::new(1, Duration::from_millis(100));
    let requests = town.requests(6);
    let fetcher = town.fetcher(|options| options.max_concurrency_per_host = 3);
    fetcher.get_all(&requests, 9, &GO, |_, answer| assert!(answer.is_ok()));
    let most = town.most.load(Ordering::SeqCst);
    assert!((2..=3).contains(&most), "{most}");
}

#[test]
fn hosts_are_asked_side_by_side() {
    let town = Town::new(8, Duration::from_millis(200));
    let requests = town.requests(1);
    let start = Instant::now();
    town.fetcher(|_| {}).get_all(&requests, 8, &GO, |_, answer| assert!(answer.is_ok()));
    assert!(start.elapsed() < Duration::from_millis(8 * 200), "{:?}", start.elapsed());
}

#[test]
fn while_one_host_rests_others_are_asked() {
    let town = Town::new(3, Duration::ZERO);
    let requests = town.requests(3);
    let mut order = Vec::new();
    // One thread: it would sit still for a minute at each page if it waited for one host.
    let fetcher = town.fetcher(|options| options.delay_per_host = Duration::from_secs(60));
    fetcher.get_all(&requests, 1, &GO, |index, answer| {
        answer.expect("an answer");
        order.push(index);
    });
    assert_eq!(order, [0, 3, 6, 1, 4, 7, 2, 5, 8]);
    let waited: Duration = town.world.naps().iter().sum();
    assert!(waited >= Duration::from_secs(120), "{waited:?}");
    assert!(waited < Duration::from_secs(130), "{waited:?}");
}

#[test]
fn while_one_waits_to_be_tried_again_others_are_fetched() {
    let world = TestWorld::new();
    let server = Server::start(|path, time| match (path, time) {
        ("/bad", 0 | 1) => answer("503 Busy", "", ""),
        _ => answer("200 OK", "", "text"),
    });
    let fetcher = Fetcher::in_world(FetchOptions { max_retries: 2, ..bare() }, world.clone());
    let requests: Vec<_> =
        ["/bad", "/a", "/b"].iter().map(|path| Request::new(server.url(path))).collect();
    let mut order = Vec::new();
    fetcher.expect("good options").get_all(&requests, 1, &GO, |index, answer| {
        answer.expect("an answer");
        order.push(index);
    });
    assert_eq!(order, [1, 2, 0]);
    assert_eq!(server.paths(), ["/bad", "/a", "/b", "/bad", "/bad"]);
}

#[test]
fn stopping_answers_what_waits() {
    let town = Town::new(2, Duration::from_millis(10));
    let requests = town.requests(50);
    let stop = AtomicBool::new(false);
    let mut answers = vec![0; requests.len()];
    let mut cancelled = 0;
    town.fetcher(|_| {}).get_all(&requests, 2, &stop, |index, answer| {
        answers[index] += 1;
        match answer {
            Ok(_) => stop.store(true, Ordering::Relaxed),
            Err(error) => {
                assert_eq!(error.code(), "cancelled");
                assert_eq!(error.address(), requests[index].address);
                cancelled += 1;
            }
        }
    });
    assert!(answers.iter().all(|&count| count == 1), "{answers:?}");
    assert!(cancelled >= 90, "{cancelled}");
}

#[test]
fn stopping_ends_a_dripping_body_and_a_long_rest() {
    let server = Server::start(|path, _| match path {
        "/drip" => vec![
            Act::Send(b"HTTP/1.1 200 OK\r\n\r\n".to_vec()),
            Act::Drip(vec![b'a'; 99_999], Duration::from_millis(5)),
        ],
        _ => answer("200 OK", "", "text"),
    });
    let fetcher = Fetcher::new(FetchOptions {
        delay_per_host: Duration::from_secs(600),
        max_concurrency_per_host: 2,
        ..bare()
    });
    let paths = ["/drip", "/a", "/b"];
    let requests: Vec<_> = paths.iter().map(|path| Request::new(server.url(path))).collect();
    let stop = AtomicBool::new(false);
    let start = Instant::now();
    let codes = Mutex::new(Vec::new());
    thread::scope(|scope| {
        scope.spawn(|| {
            thread::sleep(Duration::from_millis(100));
            stop.store(true, Ordering::Relaxed);
        });
        fetcher.expect("good options").get_all(&requests, 3, &stop, |_, answer| {
            codes
                .lock()
                .expect("no panic")
                .push(answer.map_or_else(|error| error.code(), |_| "ok"));
        });
    });
    assert_eq!(*codes.lock().expect("no panic"), ["cancelled"; 3]);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn a_server_that_says_nothing_keeps_nobody_who_wants_to_stop() {
    // One is silent from the beginning, one in the middle of its answer.
    let server = Server::start(|path, _| match path {
        "/half" => vec![
            Act::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf".to_vec()),
            Act::Pause(Duration::from_secs(60)),
        ],
        _ => vec![Act::Pause(Duration::from_secs(60))],
    });
    let options = FetchOptions { max_concurrency_per_host: 2, ..bare() };
    let fetcher = Fetcher::new(options).expect("good options");
    let paths = ["/mute", "/half", "/waits"];
    let requests: Vec<_> = paths.iter().map(|path| Request::new(server.url(path))).collect();
    let stop = AtomicBool::new(false);
    let mut codes = BTreeMap::new();
    let mut stopped = Instant::now();
    thread::scope(|scope| {
        let stopper = scope.spawn(|| {
            while server.paths().len() < 2 {
                thread::sleep(Duration::from_millis(5));
            }
            stop.store(true, Ordering::Relaxed);
            Instant::now()
        });
        fetcher.get_all(&requests, 3, &stop, |index, answer| {
            let code = answer.map_or_else(|error| error.code(), |_| "ok");
            assert_eq!(codes.insert(index, code), None, "one answer for each");
        });
        stopped = stopper.join().expect("no panic");
    });
    assert!(stopped.elapsed() < Duration::from_secs(1), "{:?}", stopped.elapsed());
    assert_eq!(codes.into_values().collect::<Vec<_>>(), ["cancelled"; 3]);
}

#[test]
fn hosts_that_redirect_to_each_other_do_not_wait_for_ever() {
    let town_world = TestWorld::new();
    let ports: Arc<Mutex<Vec<u16>>> = Arc::default();
    let servers: Vec<_> = (0..2)
        .map(|index: usize| {
            town_world.name(&format!("host{index}.example"), &[&["127.0.0.1"]]);
            let ports = Arc::clone(&ports);
            Server::start(move |path, _| {
                if path == "/end" {
                    return answer("200 OK", "", "text");
                }
                let other = 1 - index;
                let port = ports.lock().expect("no panic")[other];
                let target = format!("Location: http://host{other}.example:{port}/end\r\n");
                answer("302 Found", &target, "")
            })
        })
        .collect();
    *ports.lock().expect("no panic") = servers.iter().map(|server| server.address.port()).collect();
    let requests: Vec<_> = (0..20)
        .map(|number| {
            let (host, port) = (number % 2, servers[number % 2].address.port());
            Request::new(format!("http://host{host}.example:{port}/{number}"))
        })
        .collect();
    let mut count = 0;
    let fetcher = Fetcher::in_world(bare(), town_world).expect("good options");
    fetcher.get_all(&requests, 4, &GO, |_, answer| {
        assert_eq!(answer.expect("an answer").body, b"text");
        count += 1;
    });
    assert_eq!(count, 20);
}

#[test]
fn a_host_that_asks_for_a_long_rest_keeps_nobody_waiting() {
    let world = TestWorld::new();
    let server = Server::start(|_, _| answer("429 Slow", "Retry-After: 3600\r\n", ""));
    let fetcher = Fetcher::in_world(FetchOptions { max_retries: 2, ..bare() }, world.clone());
    let requests: Vec<_> =
        (0..50).map(|number| Request::new(server.url(&format!("/{number}")))).collect();
    let mut count = 0;
    fetcher.expect("good options").get_all(&requests, 2, &GO, |_, answer| {
        let error = answer.expect_err("a rest");
        assert_eq!(
            (error.code(), error.retry_after()),
            ("rate-limited", Some(Duration::from_secs(3600)))
        );
        count += 1;
    });
    assert_eq!((count, server.paths().len()), (50, 1));
    assert!(world.naps().is_empty());
}
