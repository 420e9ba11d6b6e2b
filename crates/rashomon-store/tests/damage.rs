//! Files that are damaged, foreign, full, locked or only to be read: a clear error, and nothing
//! is made worse.
#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(clippy::disallowed_methods, reason = "a test of files")]

mod invented;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use invented::add;
use rashomon_store::{Error, OpenOptions, Query, Store};

/// A folder with a store of some articles in it.
fn store_with(articles: usize) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.rashomon");
    let mut store = Store::open(&path, &OpenOptions::default()).unwrap();
    fill(&mut store, 0, articles).unwrap();
    (folder, path)
}

fn fill(store: &mut Store, from: usize, articles: usize) -> Result<(), Error> {
    let mut batch = store.begin()?;
    for n in from..from + articles {
        let text = format!("Number {n}\n{}", "The harbour strike goes on. ".repeat(20));
        let document = invented::article("Herald", &format!("a{n}"), &text);
        batch.add(&invented::incoming(&document, "2026-01-05T00:00:00Z"))?;
    }
    batch.commit()
}

/// Opening fails with a code, names the file, and leaves every byte of the folder as it was.
fn refused(path: &Path, options: &OpenOptions, code: &str) {
    let before = fs::read(path).unwrap();
    let error = Store::open(path, options).unwrap_err();
    assert_eq!(error.code(), code, "{error}");
    assert!(error.to_string().contains("desk.rashomon"), "{error}");
    assert!(fs::read(path).unwrap() == before, "{error}");
    let names = fs::read_dir(path.parent().unwrap()).unwrap().count();
    assert_eq!(names, 1, "nothing else is left in the folder");
}

#[test]
fn what_is_no_store_is_refused_and_left_alone() {
    let (_folder, path) = store_with(50);
    let whole = fs::read(&path).unwrap();
    let options = OpenOptions::default();
    let mut foreign = whole.clone();
    foreign[68..72].fill(0);
    let mut newer = whole.clone();
    newer[60..64].copy_from_slice(&99u32.to_be_bytes());
    let mut schema = whole.clone();
    schema[100..4000].fill(0x5a);
    let table: [(&[u8], &str); 8] = [
        (b"", "not-a-database"),
        (b"The bridge will close on Monday.\n", "not-a-database"),
        (&[0; 8192], "not-a-database"),
        (&whole[..60], "corrupt"),
        (&whole[..whole.len() / 2], "corrupt"),
        (&foreign, "not-a-store"),
        (&newer, "newer-version"),
        (&schema, "corrupt"),
    ];
    for (bytes, code) in table {
        fs::write(&path, bytes).unwrap();
        refused(&path, &options, code);
    }
    fs::write(&path, &whole).unwrap();
    assert_eq!(Store::open(&path, &options).unwrap().stats().unwrap().articles, 50);
}

#[test]
fn a_missing_file_is_made_only_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.rashomon");
    for options in [
        OpenOptions { create: false, ..OpenOptions::default() },
        OpenOptions { read_only: true, ..OpenOptions::default() },
    ] {
        assert_eq!(Store::open(&path, &options).unwrap_err().code(), "not-found");
    }
    let nowhere = folder.path().join("no/such/desk.rashomon");
    let error = Store::open(&nowhere, &OpenOptions::default()).unwrap_err();
    assert_eq!(error.code(), "not-found");
    assert!(error.to_string().contains("there is no folder"), "{error}");
    let error = Store::open(folder.path(), &OpenOptions::default()).unwrap_err();
    assert_eq!(error.code(), "cannot-open", "{error}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// Wherever a page is damaged, reading and writing never panic, what fails says so, and a check
/// finds it.
#[test]
fn flipped_pages_are_found() {
    let (_folder, path) = store_with(200);
    let whole = fs::read(&path).unwrap();
    let pages = whole.len() / 4096;
    let mut failures = 0;
    for page in (1..pages).step_by(pages / 40 + 1) {
        let mut bytes = whole.clone();
        for byte in &mut bytes[page * 4096..page * 4096 + 200] {
            *byte ^= 0xff;
        }
        fs::write(&path, &bytes).unwrap();
        let fine = |code: &str| assert!(["corrupt", "sqlite", "not-a-database"].contains(&code));
        let checked = OpenOptions { check: true, ..OpenOptions::default() };
        match Store::open(&path, &checked) {
            Err(error) => {
                fine(error.code());
                failures += 1;
            }
            Ok(store) => failures += usize::from(!store.check().unwrap().is_sound()),
        }
        if let Ok(mut store) = Store::open(&path, &OpenOptions::default()) {
            let query = Query::parse("harbour number").unwrap();
            let read: Result<(), Error> = store
                .search(&query, 20, None)
                .map(|_| ())
                .and_then(|()| store.articles().try_for_each(|article| article.map(|_| ())));
            read.unwrap_or_else(|error| fine(error.code()));
            fill(&mut store, 200, 3).unwrap_or_else(|error| fine(error.code()));
        }
    }
    assert!(failures >= 30, "{failures} of 40 damaged files were found");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig {
        cases: 60,
        failure_persistence: None,
        ..proptest::prelude::ProptestConfig::default()
    })]

    /// Bytes that are other ones, anywhere: whatever is read or written gives a result or an error
    /// of a known kind.
    #[test]
    fn no_byte_makes_it_panic(
        flips in proptest::collection::vec((0usize..1 << 20, 1u8..), 1..40),
        cut in proptest::option::of(0usize..1 << 20),
    ) {
        thread_local!(static WHOLE: (tempfile::TempDir, PathBuf) = store_with(60));
        let mut bytes = WHOLE.with(|(_, path)| fs::read(path).unwrap());
        let len = bytes.len();
        flips.iter().for_each(|(at, flip)| bytes[at % len] ^= flip);
        bytes.truncate(cut.map_or(len, |cut| cut % len));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.rashomon");
        fs::write(&path, &bytes).unwrap();
        let tried = Store::open(&path, &OpenOptions::default()).and_then(|mut store| {
            let _ = store.check()?;
            let _ = store.stats()?;
            store.search(&Query::parse("harbour")?, 20, None)?;
            store.articles().try_for_each(|article| article.map(|_| ()))?;
            fill(&mut store, 100, 5)
        });
        if let Err(error) = tried {
            let known = ["corrupt", "not-a-database", "not-a-store", "newer-version", "sqlite"];
            proptest::prop_assert!(known.contains(&error.code()), "{}: {error}", error.code());
        }
    }
}

#[test]
fn a_full_disk_keeps_what_was_committed() {
    let (_folder, path) = store_with(50);
    let mut store = Store::open(&path, &OpenOptions::default()).unwrap();
    store.limit_bytes(400_000).unwrap();
    let error = (0..50).find_map(|n| fill(&mut store, 50 + n * 50, 50).err()).unwrap();
    assert_eq!(error.code(), "disk-full", "{error}");
    let kept = store.stats().unwrap().articles;
    assert_eq!(kept % 50, 0);
    assert!(store.check().unwrap().is_sound());
    drop(store);
    // With room again, it goes on where it was.
    let mut store = Store::open(&path, &OpenOptions::default()).unwrap();
    assert_eq!(store.stats().unwrap().articles, kept);
    fill(&mut store, 10_000, 50).unwrap();
    assert_eq!(store.stats().unwrap().articles, kept + 50);
}

#[test]
fn a_batch_in_which_writing_failed_is_not_kept() {
    let mut store = Store::in_memory().unwrap();
    let mut batch = store.begin().unwrap();
    add(&mut batch, "Herald", "a", "Bridge\nShut.", "2026-01-05T00:00:00Z");
    let document = invented::article("Herald", "a", "Bridge\nOpen.");
    let known = invented::incoming(&document, "2026-01-05T00:00:00Z");
    assert_eq!(batch.add(&known).unwrap_err().code(), "exists");
    // There is no such feed.
    let astray = rashomon_store::Incoming { key: "c", feed: Some(7), ..known };
    assert_eq!(batch.add(&astray).unwrap_err().code(), "sqlite");
    let other = invented::article("Herald", "b", "Bridge\nOpen.");
    let error = batch.add(&invented::incoming(&other, "2026-01-05T00:00:00Z")).unwrap_err();
    assert_eq!(error.code(), "batch-failed");
    assert_eq!(batch.commit().unwrap_err().code(), "batch-failed");
    assert_eq!(store.stats().unwrap().articles, 0);
}

#[test]
fn one_writes_at_a_time_and_the_other_is_told_who() {
    let (_folder, path) = store_with(1);
    let options = OpenOptions { wait: Duration::from_millis(50), ..OpenOptions::default() };
    let mut first = Store::open(&path, &options).unwrap();
    let mut second = Store::open(&path, &options).unwrap();
    let mut batch = first.begin().unwrap();
    add(&mut batch, "Herald", "b", "Bridge\nShut.", "2026-01-05T00:00:00Z");
    let error = second.begin().unwrap_err();
    assert!(error.is_locked() && error.code() == "locked");
    let message = error.to_string();
    assert!(message.contains("is writing to it; wait for it"), "{message}");
    if cfg!(target_os = "linux") {
        assert!(message.contains("another thread of this process"), "{message}");
    }
    // Whoever reads is not held up, and sees what was committed.
    assert_eq!(second.stats().unwrap().articles, 1);
    batch.commit().unwrap();
    assert_eq!(second.stats().unwrap().articles, 2);
    second.begin().unwrap().commit().unwrap();
}

/// Tells the process that it is the one that holds the store, and where.
const HELD: &str = "RASHOMON_STORE_TEST_HELD";

/// Not a test of its own: what is run by the process that holds the store.
#[test]
fn holder() {
    let Some(path) = std::env::var_os(HELD) else { return };
    let mut store = Store::open(Path::new(&path), &OpenOptions::default()).unwrap();
    let _batch = store.begin().unwrap();
    println!("held");
    std::io::stdin().read_line(&mut String::new()).unwrap();
}

#[test]
fn the_process_that_writes_is_named() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};

    let (folder, path) = store_with(1);
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "holder", "--nocapture"])
        .env(HELD, &path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.map_while(Result::ok).any(|line| line.contains("held")));
    let options = OpenOptions { wait: Duration::from_millis(50), ..OpenOptions::default() };
    // By a link, too.
    let link = folder.path().join("link");
    #[cfg(unix)]
    std::os::unix::fs::symlink(&path, &link).unwrap();
    for path in [&path, &link].into_iter().filter(|path| path.exists()) {
        let error = Store::open(path, &options).unwrap().begin().map(|_| ()).unwrap_err();
        assert!(error.is_locked());
        if cfg!(target_os = "linux") {
            let process = format!("process {} (", child.id());
            assert!(error.to_string().contains(&process), "{error}");
        }
    }
    drop(child.stdin.take());
    child.wait().unwrap();
    Store::open(&path, &options).unwrap().begin().unwrap().commit().unwrap();
}

#[test]
fn many_may_make_the_same_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.rashomon");
    std::thread::scope(|scope| {
        for n in 0..6 {
            let path = &path;
            scope.spawn(move || {
                let mut store = Store::open(path, &OpenOptions::default()).unwrap();
                fill(&mut store, n * 10, 10).unwrap();
            });
        }
    });
    let store = Store::open(&path, &OpenOptions::default()).unwrap();
    assert_eq!(store.stats().unwrap().articles, 60);
    drop(store);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_reader_sees_whole_batches_and_a_snapshot_one_moment() {
    let (_folder, path) = store_with(50);
    let options = OpenOptions { read_only: true, ..OpenOptions::default() };
    let mut reader = Store::open(&path, &options).unwrap();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut store = Store::open(&path, &OpenOptions::default()).unwrap();
            for n in 1..=30 {
                fill(&mut store, n * 50, 50).unwrap();
            }
        });
        while !writer.is_finished() {
            assert_eq!(reader.stats().unwrap().articles % 50, 0);
            let snapshot = reader.snapshot().unwrap();
            let before = snapshot.stats().unwrap().articles;
            let read = snapshot.articles().map(|article| article.unwrap().number).max();
            assert_eq!(read, Some(before));
            let query = Query::parse("harbour").unwrap();
            assert_eq!(snapshot.count(&query).unwrap(), before);
        }
    });
    assert_eq!(reader.stats().unwrap().articles, 31 * 50);
    let error = reader.begin().map(|_| ()).unwrap_err();
    assert_eq!(error.code(), "read-only", "{error}");
}

#[test]
fn a_store_is_copied_while_it_is_open() {
    let (folder, path) = store_with(50);
    let mut store = Store::open(&path, &OpenOptions::default()).unwrap();
    let copy = folder.path().join("copy of desk's.rashomon");
    store.backup(&copy).unwrap();
    assert_eq!(store.backup(&copy).unwrap_err().code(), "exists");
    fill(&mut store, 50, 50).unwrap();
    store.vacuum().unwrap();
    assert!(store.check().unwrap().is_sound());
    let copy = Store::open(&copy, &OpenOptions { check: true, ..OpenOptions::default() }).unwrap();
    assert_eq!(copy.stats().unwrap().articles, 50);
    assert_eq!(store.stats().unwrap().articles, 100);
    let query = Query::parse("harbour").unwrap();
    assert_eq!((store.count(&query).unwrap(), copy.count(&query).unwrap()), (100, 50));
}

/// Tells the process that it is the one without the right to write, and where.
#[cfg(unix)]
const READ_ONLY: &str = "RASHOMON_STORE_TEST_READ_ONLY";

/// Not a test of its own: what is run by somebody who may not write.
#[cfg(unix)]
#[test]
fn reader_without_rights() {
    let Some(path) = std::env::var_os(READ_ONLY) else { return };
    let path = Path::new(&path);
    let error = Store::open(path, &OpenOptions::default()).unwrap_err();
    assert_eq!(error.code(), "read-only", "{error}");
    let options = OpenOptions { read_only: true, ..OpenOptions::default() };
    let store = Store::open(path, &options).unwrap();
    let query = Query::parse("harbour").unwrap();
    assert_eq!(store.count(&query).unwrap(), 50);
    assert_eq!(store.search(&query, 20, None).unwrap().hits.len(), 20);
    assert!(store.check().unwrap().is_sound());
    println!("read without rights");
}

#[cfg(unix)]
#[test]
fn a_file_in_a_folder_that_can_only_be_read_is_read() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;

    let (folder, path) = store_with(50);
    let strange = folder.path().join("50% of what? #1.rashomon");
    fs::rename(&path, &strange).unwrap();
    let may = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    may(&strange, 0o444);
    may(folder.path(), 0o555);
    let mut reader = std::process::Command::new(std::env::current_exe().unwrap());
    reader.args(["--exact", "reader_without_rights", "--nocapture"]).env(READ_ONLY, &strange);
    // Who may do everything becomes somebody who may not.
    if fs::metadata(&strange).unwrap().uid() == 0 {
        reader.uid(65_534);
    }
    let output = reader.output();
    may(folder.path(), 0o755);
    let output = output.unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("read without rights"), "{said}{output:?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
