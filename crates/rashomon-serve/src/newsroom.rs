use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Weak};
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::Timestamp;
use rashomon::article::{Diagnostic, Story};
use rashomon_desk::fetch::Fetcher;
use rashomon_desk::store::{ArticleNumber, StoryNumber};
use rashomon_desk::{Desk, Gathering, Monitor, Pages};
use tokio::sync::oneshot;

use crate::Error;
use crate::events::{Event, Events};
use crate::priority::give_way;
use crate::shelf::Shelf;
use crate::state::shelve;

/// How long the newsroom naps at most before it looks at the clock again.
const NAP: Duration = Duration::from_millis(500);

/// From how many reports on the page of a story is made before anybody asks for it.
const LARGE: usize = 40;

/// How many arrivals pages are told of at once.
const MOST: usize = 10_000;

type Job = Box<dyn FnOnce(&mut Desk) -> Vec<StoryNumber> + Send>;

/// The one thread that writes: it asks the feeds that are due, groups and compares what came, and
/// in between does what people ask for. A wish that comes while feeds are asked ends the asking at
/// the next safe place; what was not asked is still due.
#[derive(Clone)]
pub(crate) struct Newsroom {
    jobs: Sender<Job>,
    /// Set while somebody waits.
    wanted: Arc<AtomicBool>,
    /// How many wishes wait. Who works holds it, and lets go of it in the end.
    waiting: Weak<AtomicU64>,
}

/// How feeds are asked.
pub(crate) struct Rounds {
    pub fetcher: Option<Fetcher>,
    pub pages: Pages,
    pub every: Duration,
}

impl Newsroom {
    /// Opens for work, and goes on until `stop` is set.
    pub fn open(
        desk: Desk,
        rounds: Rounds,
        events: Events,
        shelf: Shelf,
        stop: Arc<AtomicBool>,
    ) -> (Newsroom, JoinHandle<()>) {
        let (jobs, inbox) = channel();
        let wanted = Arc::new(AtomicBool::new(false));
        let waiting = Arc::new(AtomicU64::new(0));
        let newsroom =
            Newsroom { jobs, wanted: Arc::clone(&wanted), waiting: Arc::downgrade(&waiting) };
        let (last, health) = (0, Vec::new());
        let staff = Staff { desk, rounds, events, shelf, stop, wanted, waiting, last, health };
        let work = move || {
            give_way();
            staff.work(&inbox);
        };
        (newsroom, std::thread::spawn(work))
    }

    /// Whether anybody works.
    pub fn is_open(&self) -> bool {
        self.waiting.strong_count() > 0
    }

    /// How many wishes wait.
    pub fn waiting(&self) -> u64 {
        self.waiting.upgrade().map_or(0, |waiting| waiting.load(Ordering::Relaxed))
    }

    /// Ends what is being asked and compared at the next safe place.
    pub fn hurry(&self) {
        self.wanted.store(true, Ordering::SeqCst);
    }

    /// Has something done with the desk, and tells which stories it touched.
    pub async fn ask<T, F>(&self, what: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut Desk) -> Result<(T, Vec<StoryNumber>), rashomon_desk::Error>
            + Send
            + 'static,
    {
        let gone = || Error::new("stopped", "the server is going down");
        let (reply, answer) = oneshot::channel();
        let job = Box::new(move |desk: &mut Desk| {
            let (done, touched) = match what(desk) {
                Ok((done, touched)) => (Ok(done), touched),
                Err(error) => (Err(Error::from(error)), Vec::new()),
            };
            // Who asked may have gone; it is done all the same.
            let _ = reply.send(done);
            touched
        });
        self.waiting.upgrade().ok_or_else(gone)?.fetch_add(1, Ordering::Relaxed);
        self.jobs.send(job).map_err(|_| gone())?;
        self.wanted.store(true, Ordering::SeqCst);
        answer.await.map_err(|_| gone())?
    }
}

struct Staff {
    desk: Desk,
    rounds: Rounds,
    events: Events,
    stop: Arc<AtomicBool>,
    wanted: Arc<AtomicBool>,
    waiting: Arc<AtomicU64>,
    /// Where pages of stories are held.
    shelf: Shelf,
    /// The newest article that pages were told of.
    last: ArticleNumber,
    /// How the feeds were when pages were told of them.
    health: Vec<Health>,
}

/// A feed, its failures, whether it is gone, was ever read, and has a name.
type Health = (i64, u32, bool, bool, bool);

impl Staff {
    fn work(mut self, inbox: &Receiver<Job>) {
        self.last = self.newest();
        let mut next = Timestamp::MIN;
        let mut is_behind = true;
        while !self.stop.load(Ordering::Relaxed) {
            self.wanted.store(false, Ordering::SeqCst);
            while let Ok(job) = inbox.try_recv() {
                self.take(job);
                is_behind = true;
                next = Timestamp::MIN;
            }
            if Timestamp::now() >= next {
                let (then, brought) = self.look();
                next = then;
                is_behind |= brought;
            }
            if is_behind && !self.is_wanted() {
                is_behind = !self.compare();
                if !is_behind {
                    self.raise();
                }
                continue;
            }
            let pause = Duration::try_from(next.duration_since(Timestamp::now()));
            let pause = pause.unwrap_or_default().min(NAP);
            match inbox.recv_timeout(pause) {
                Ok(job) => {
                    self.take(job);
                    is_behind = true;
                    next = Timestamp::MIN;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        tracing::info!("the newsroom is closed; everything is kept");
    }

    fn is_wanted(&self) -> bool {
        self.wanted.load(Ordering::SeqCst) || self.stop.load(Ordering::Relaxed)
    }

    fn take(&mut self, job: Job) {
        let touched = job(&mut self.desk);
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        for story in touched {
            self.events.tell(Event::Story { story, articles: Vec::new() });
        }
        self.tell_of_arrivals();
    }

    /// Asks the feeds that are due. Gives when the next is, and whether anything came.
    fn look(&mut self) -> (Timestamp, bool) {
        let nap = Timestamp::now() + NAP;
        let Some(fetcher) = &self.rounds.fetcher else { return (nap, false) };
        let halt = Halt { wanted: &self.wanted, stop: &self.stop };
        let gathering = Gathering {
            fetcher: Some(fetcher),
            pages: self.rounds.pages,
            from_start: false,
            stop: &self.wanted,
        };
        match self.desk.look(self.rounds.every, &gathering, &halt) {
            Ok(look) => {
                if look.asked > 0 {
                    let (report, asked, failed) = (&look.report, look.asked, look.failed);
                    let (new, revised) = (report.new, report.revised);
                    tracing::info!(asked, failed, new, revised, "asked feeds");
                    self.tell_of_feeds();
                    self.tell_of_arrivals();
                }
                let brought = look.report.new + look.report.revised > 0;
                (look.next.unwrap_or(nap).max(nap), brought)
            }
            Err(error) => {
                tracing::error!(code = error.code(), "feeds cannot be asked: {error}");
                (Timestamp::now() + self.rounds.every.min(Duration::from_secs(60)), false)
            }
        }
    }

    /// Compares the reports of stories that changed. Gives whether it came to the end.
    fn compare(&mut self) -> bool {
        let halt = Halt { wanted: &self.wanted, stop: &self.stop };
        let shelf = self.shelf.clone();
        let show = move |story: StoryNumber, version: u64, compared: &Story| {
            // Whoever has it open, or opens a large one, waits for nothing.
            if (shelf.holds(story) || compared.documents.len() >= LARGE)
                && let Ok(shelved) = shelve(compared, version)
            {
                shelf.put(story, Arc::new(shelved));
            }
        };
        match self.desk.compare_and_show(&halt, &show) {
            Ok(_) => !self.is_wanted(),
            Err(error) => {
                tracing::error!(code = error.code(), "stories cannot be compared: {error}");
                true
            }
        }
    }

    /// Notes what saved searches find in what came.
    fn raise(&mut self) {
        if let Err(error) = crate::alerts::raise(&mut self.desk, &self.events) {
            tracing::error!(code = error.code(), "saved searches cannot be looked at: {error}");
        }
    }

    /// Tells pages where a feed does better or worse than before.
    fn tell_of_feeds(&mut self) {
        let Ok(feeds) = self.desk.store().feeds() else { return };
        let health = feeds.iter().map(|(number, feed)| {
            (*number, feed.failures, feed.gone, feed.last_ok.is_some(), feed.title.is_some())
        });
        let health: Vec<Health> = health.collect();
        if health != self.health {
            self.health = health;
            self.events.tell(Event::Feeds);
        }
    }

    fn newest(&self) -> ArticleNumber {
        self.desk.store().newest_article().unwrap_or_default()
    }

    /// Tells pages which stories got new articles.
    fn tell_of_arrivals(&mut self) {
        let arrivals = match self.desk.store().changes_since(self.last, MOST) {
            Ok(arrivals) => arrivals,
            Err(error) => {
                tracing::warn!(code = error.code(), "{error}");
                return;
            }
        };
        let mut by_story: BTreeMap<StoryNumber, Vec<ArticleNumber>> = BTreeMap::new();
        for arrival in arrivals {
            self.last = self.last.max(arrival.article);
            if let Some(story) = arrival.story {
                by_story.entry(story).or_default().push(arrival.article);
            }
        }
        for (story, articles) in by_story {
            self.events.tell(Event::Story { story, articles });
        }
    }
}

/// Ends long work as soon as somebody waits, or the server goes down.
struct Halt<'h> {
    wanted: &'h AtomicBool,
    stop: &'h AtomicBool,
}

impl Monitor for Halt<'_> {
    fn told(&self, diagnostic: &Diagnostic) {
        let source = diagnostic.source.as_deref().unwrap_or_default();
        tracing::warn!(code = %diagnostic.code, source, "{}", diagnostic.message);
    }

    fn stopped(&self) -> bool {
        self.wanted.load(Ordering::SeqCst) || self.stop.load(Ordering::Relaxed)
    }
}
