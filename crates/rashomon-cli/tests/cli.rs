//! The built program, run as a user runs it.
#![allow(clippy::disallowed_methods, reason = "tests write the reports that they compare")]

use std::path::Path;
use std::process::Stdio;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use serde_json::Value;
use tempfile::TempDir;

const MORNING: &str = "Ferry runs aground off Port Ellis\n\n\
By Nora Tamm\n\
2 March 2026\n\n\
PORT ELLIS (NPA) - A ferry with 120 passengers ran aground off Port Ellis on Monday.\n\n\
\"Nobody was hurt, and nobody even spilled a drink,\" Captain Ida Roos told reporters.\n";

const EVENING: &str = "<!doctype html><html><head><title>Ferry pulled free | Evening Post</title>\
<meta property=\"og:site_name\" content=\"Evening Post\">\
<meta property=\"article:published_time\" content=\"2026-03-02T18:00:00Z\"></head><body>\
<nav><a href=\"/\">Home</a></nav><article><h1>Ferry pulled free</h1>\
<p>A ferry that ran aground off Port Ellis on Monday with 150 passengers was pulled free by two \
tugs in the evening, the port authority said in a statement to the press.</p>\
<p>“Nobody was hurt, and nobody even spilled a drink,” Captain Ida Roos said after the ferry \
came back to Port Ellis under its own steam.</p></article></body></html>";

const RECORDS: &str = "{\"id\":\"r1\",\"outlet\":\"Island Radio\",\"date\":\"2026-03-02\",\"text\":\"The ferry that ran aground off Port Ellis carried 120 passengers.\",\"desk\":\"night\"}\n\
{\"id\":\"r2\",\"outlet\":\"Coast Mail\",\"text\":\"Captain Ida Roos said nobody was hurt when the ferry ran aground off Port Ellis.\"}\n";

/// A folder with three reports in three formats.
fn reports() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    write(&folder, "evening.html", EVENING);
    write(&folder, "morning.txt", MORNING);
    write(&folder, "records.jsonl", RECORDS);
    folder
}

fn write(folder: &TempDir, name: &str, content: impl AsRef<[u8]>) {
    std::fs::write(folder.path().join(name), content).expect("the file can be written");
}

fn rashomon(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("rashomon").expect("the program is built");
    command.current_dir(folder).args(arguments);
    command
}

fn run(folder: &TempDir, arguments: &[&str]) -> Assert {
    rashomon(folder.path(), arguments).assert()
}

fn printed(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).expect("output is UTF-8")
}

fn told(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).expect("messages are UTF-8")
}

fn lines(assert: &Assert) -> Vec<Value> {
    printed(assert)
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is a JSON document"))
        .collect()
}

#[test]
fn help_is_no_error_and_a_wrong_command_line_is() {
    let folder = reports();
    for arguments in [&["--help"][..], &["compare", "--help"], &["annotate", "-h"], &["--version"]]
    {
        let assert = run(&folder, arguments).code(0);
        assert!(printed(&assert).contains("rashomon"), "{arguments:?}");
    }
    for arguments in [
        &[][..],
        &["compare"],
        &["compair", "."],
        &["compare", ".", "--format", "pdf"],
        &["compare", ".", "--max-size", "5x"],
        &["compare", ".", "--quiet", "--verbose"],
    ] {
        let assert = run(&folder, arguments).code(2);
        assert!(told(&assert).contains("--help"), "{arguments:?}: {}", told(&assert));
    }
}

#[test]
fn a_folder_is_compared() {
    let folder = reports();
    let text = printed(&run(&folder, &["compare", "."]).code(0));
    assert!(text.contains("Ida Roos"), "{text}");
    assert!(!text.contains('\u{1b}'), "no colours outside of a terminal");
    let coloured = run(&folder, &["compare", ".", "--color", "always"]).code(0);
    assert!(printed(&coloured).contains('\u{1b}'));
}

#[test]
fn inputs_keep_their_order_and_their_unknown_fields() {
    let folder = reports();
    let assert = run(&folder, &["annotate", "records.jsonl", "morning.txt", "evening.html"]);
    let articles = lines(&assert.code(0));
    let ids: Vec<&str> = articles.iter().filter_map(|article| article["id"].as_str()).collect();
    assert_eq!(ids.len(), 4, "{ids:?}");
    assert!(ids[0].contains("r1") && ids[2].contains("morning"), "{ids:?}");
    assert_eq!(articles[0]["extra"]["desk"], "night");
    assert_eq!(articles[3]["outlet"], "Evening Post");
    assert!(articles.iter().all(|article| article["schema"] == "rashomon/1"));
}

#[test]
fn quotations_are_slices_of_the_text() {
    let folder = reports();
    let mut seen = 0;
    for article in lines(&run(&folder, &["annotate", "."]).code(0)) {
        let text: Vec<char> = article["text"].as_str().expect("a text").chars().collect();
        for quotation in article["quotations"].as_array().expect("a list") {
            for part in quotation["content"].as_array().expect("a list") {
                let at = |end: usize| part[end].as_u64().expect("an offset") as usize;
                let words: String = text[at(0)..at(1)].iter().collect();
                assert!(!words.contains(['"', '“', '”']), "marks stay outside: {words}");
                seen += usize::from(words.contains("even spilled a drink"));
            }
        }
    }
    assert_eq!(seen, 2);
}

#[test]
fn one_file_twice_gives_two_ids() {
    let folder = reports();
    let articles = lines(&run(&folder, &["annotate", "morning.txt", "morning.txt"]).code(0));
    assert_ne!(articles[0]["id"], articles[1]["id"]);
}

#[test]
fn stories_are_one_line_for_each_article() {
    let folder = reports();
    let found = lines(&run(&folder, &["stories", "."]).code(0));
    assert_eq!(found.len(), 4);
    for line in &found {
        assert!(line["story"].is_string() && line["score"].is_number() && line["why"].is_array());
    }
}

#[test]
fn standard_input_is_a_report() {
    let folder = reports();
    let mut command = rashomon(folder.path(), &["annotate", "-"]);
    let articles = lines(&command.write_stdin(MORNING).assert().code(0));
    assert!(articles[0]["text"].as_str().is_some_and(|text| text.contains("Ida Roos")));
    let mut command = rashomon(folder.path(), &["annotate", "-"]);
    let articles = lines(&command.write_stdin(RECORDS).assert().code(0));
    assert_eq!(articles.len(), 2, "records are known by what they are, not by a name");
}

#[test]
fn what_cannot_be_read_is_named() {
    let folder = reports();
    write(&folder, "picture.png", [0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13, 0, 255]);
    write(&folder, "empty.txt", "");
    write(&folder, "broken.jsonl", "{\"id\":\"x\",\"text\":\"A ferry ran aground.\"}\n{\"id\":");
    for name in ["missing.txt", "picture.png", "empty.txt"] {
        let alone = run(&folder, &["compare", name]).code(1);
        assert!(told(&alone).contains(name), "{}", told(&alone));
        assert!(printed(&alone).is_empty());
        let beside = run(&folder, &["compare", "morning.txt", name]).code(3);
        assert!(told(&beside).contains(name), "{}", told(&beside));
        assert!(printed(&beside).contains("Port Ellis"));
    }
    let broken = run(&folder, &["annotate", "broken.jsonl"]).code(3);
    assert_eq!(lines(&broken).len(), 1);
    let address = run(&folder, &["compare", "http://127.0.0.1:8080/story"]).code(1);
    assert!(told(&address).contains("private-address"), "{}", told(&address));
    run(&folder, &["compare", "morning.txt", "--max-size", "10"]).code(1);
}

#[test]
fn other_files_of_a_folder_are_left_alone() {
    let folder = reports();
    write(&folder, "notes.docx", "not a report");
    write(&folder, ".hidden.txt", MORNING);
    let assert = run(&folder, &["annotate", "."]).code(0);
    assert_eq!(lines(&assert).len(), 4);
    let empty = TempDir::new().expect("a folder");
    run(&empty, &["compare", "."]).code(1);
}

#[test]
fn quiet_says_nothing() {
    let folder = reports();
    let assert = run(&folder, &["compare", "morning.txt", "missing.txt", "--quiet"]).code(3);
    assert_eq!(told(&assert), "");
}

#[test]
fn the_ending_of_the_file_is_the_format() {
    let folder = reports();
    let read = |name: &str| {
        let arguments = ["compare", ".", "-o", name];
        assert_eq!(printed(&run(&folder, &arguments).code(0)), "");
        let path = folder.path().join(name);
        let text = std::fs::read_to_string(&path).expect("the file is there");
        std::fs::remove_file(path).expect("and can be removed");
        text
    };
    assert!(read("page.html").to_lowercase().starts_with("<!doctype html"));
    assert!(read("notes.md").starts_with('#'));
    let json: Value = serde_json::from_str(&read("data.json")).expect("JSON");
    assert_eq!(json["schema"], "rashomon/1");
    let report = read("report.txt");
    assert_eq!(report, printed(&run(&folder, &["compare", "."]).code(0)));
    let asked = run(&folder, &["compare", ".", "--format", "json"]).code(0);
    let asked: Value = serde_json::from_str(&printed(&asked)).expect("JSON");
    assert_eq!(asked, json);
}

#[test]
fn output_is_written_whole_or_not_at_all() {
    let folder = reports();
    let lost = run(&folder, &["compare", ".", "-o", "missing/page.html"]).code(1);
    assert!(told(&lost).contains("missing/page.html"), "{}", told(&lost));
    write(&folder, "page.html", "the page of yesterday");
    run(&folder, &["compare", "missing.txt", "-o", "page.html"]).code(1);
    let page = std::fs::read_to_string(folder.path().join("page.html")).expect("it is there");
    assert_eq!(page, "the page of yesterday");
    let names = std::fs::read_dir(folder.path()).expect("the folder can be read");
    assert_eq!(names.count(), 4, "no temporary file is left behind");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let folder = reports();
    for format in ["text", "json", "html", "markdown", "tei"] {
        let once = run(&folder, &["compare", ".", "-f", format, "--threads", "1"]).code(0);
        for threads in ["1", "2"] {
            let again = run(&folder, &["compare", ".", "-f", format, "--threads", threads]).code(0);
            assert!(printed(&once) == printed(&again), "{format} with {threads} threads");
        }
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = reports();
    // More than a pipe holds, so that the program meets the closed end.
    let many: String = (0..300).map(|at| format!("{}\n", record(at))).collect();
    write(&folder, "many.jsonl", many);
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("rashomon"))
        .args(["annotate", "many.jsonl"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let out = child.wait_with_output().expect("the program ends");
    assert_eq!(out.status.code(), Some(0));
    assert!(out.stderr.is_empty(), "{}", String::from_utf8_lossy(&out.stderr));
}

fn record(at: usize) -> Value {
    let text = format!("Ship {at} left Port Ellis on Monday. “We are late,” Ida Roos said.");
    serde_json::json!({"id": format!("m{at}"), "text": text})
}

#[test]
fn what_is_kept_is_listed_shown_searched_and_exported() {
    let folder = reports();
    let missing = run(&folder, &["stories", "--db", "desk.db"]).code(1);
    assert!(told(&missing).contains("rashomon ingest"), "{}", told(&missing));
    run(&folder, &["ingest", ".", "--db", "desk.db"]).code(0);
    let again = run(&folder, &["ingest", "morning.txt", "evening.html", "--db", "desk.db"]).code(0);
    assert!(told(&again).contains("2 known already"), "{}", told(&again));

    let stories =
        lines(&run(&folder, &["stories", "--db", "desk.db", "--format", "jsonl"]).code(0));
    let articles: u64 = stories.iter().filter_map(|story| story["articles"].as_u64()).sum();
    assert_eq!(articles, 4, "{stories:?}");
    let story = stories[0]["story"].as_str().expect("a story");
    let shown = printed(&run(&folder, &["story", story, "--db", "desk.db"]).code(0));
    assert!(shown.contains("Island Radio") || shown.contains("Evening Post"), "{shown}");

    let found = run(&folder, &["search", "speaker:Roos spilled", "--db", "desk.db", "-n", "1"]);
    let found = found.code(0);
    let said = "Ida Roos: “Nobody was hurt, and nobody even spilled a drink,”\n";
    assert!(printed(&found).contains(said), "her words alone: {}", printed(&found));
    assert!(told(&found).contains("1 shown"), "{}", told(&found));
    let wrong = run(&folder, &["search", "\"never closed", "--db", "desk.db"]).code(2);
    assert!(told(&wrong).contains("never closed"), "{}", told(&wrong));

    let exported = lines(&run(&folder, &["export", "--db", "desk.db"]).code(0));
    assert_eq!(exported.len(), 4);
    for (name, begins) in [("all.csv", "number,"), ("all.atom", "<?xml"), ("all.html", "<!")] {
        run(&folder, &["export", "--db", "desk.db", "-o", name]).code(0);
        let bytes = std::fs::read(folder.path().join(name)).expect("the file is there");
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(text.starts_with(begins), "{name}: {}", &text[..40.min(text.len())]);
    }
    let sound = printed(&run(&folder, &["check", "--db", "desk.db"]).code(0));
    assert!(sound.contains("sound"), "{sound}");
}

#[test]
fn a_story_that_is_kept_is_compared_as_its_files_are() {
    let folder = reports();
    run(&folder, &["ingest", "morning.txt", "evening.html", "--db", "desk.db"]).code(0);
    for format in ["json", "text", "markdown", "html", "tei"] {
        let kept = ["compare", "--story", "s1", "--db", "desk.db", "--format", format];
        let files = ["compare", "morning.txt", "evening.html", "--one-story", "--format", format];
        let (kept, files) = (run(&folder, &kept).code(0), run(&folder, &files).code(0));
        assert_eq!(printed(&kept), printed(&files), "{format}");
    }
}

#[test]
fn a_store_that_cannot_be_used_is_left_as_it_is() {
    let folder = reports();
    for (name, bytes) in [("text.db", MORNING.as_bytes()), ("empty.db", b"")] {
        write(&folder, name, bytes);
        let refused = run(&folder, &["ingest", "morning.txt", "--db", name]).code(1);
        assert!(told(&refused).contains(name), "{}", told(&refused));
        let after = std::fs::read(folder.path().join(name)).expect("the file is there");
        assert_eq!(after, bytes, "{name}");
    }
}

#[test]
fn archives_tables_and_feeds_are_compared_too() {
    let folder = reports();
    write(
        &folder,
        "table.csv",
        "id,outlet,text\nt1,Coast Mail,\"The ferry ran aground off Port Ellis, Ida Roos said.\"\n",
    );
    write(
        &folder,
        "feed.xml",
        "<rss version=\"2.0\"><channel><title>Wire</title><item><title>Ferry aground</title>\
         <link>https://wire.example/ferry</link><description>The ferry ran aground off Port \
         Ellis.</description><source url=\"https://npa.example/feed\">NPA</source></item></channel></rss>",
    );
    let articles = lines(&run(&folder, &["annotate", "table.csv", "feed.xml"]).code(0));
    assert_eq!(articles.len(), 2);
    assert_eq!(articles[0]["id"], "t1");
    assert_eq!(articles[1]["outlet"], "NPA", "who told it first: {}", articles[1]);
    assert_eq!(articles[1]["extra"]["feed"], "Wire");
}

/// The program with a pipe for one of its ends that nobody reads.
fn unheard(folder: &TempDir, arguments: &[&str], is_stderr: bool) -> std::process::Output {
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("rashomon"))
        .args(arguments)
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    if is_stderr {
        drop(child.stderr.take());
    } else {
        drop(child.stdout.take());
    }
    child.wait_with_output().expect("the program ends")
}

#[test]
fn messages_that_nobody_reads_lose_nothing() {
    let folder = reports();
    let out = unheard(&folder, &["ingest", ".", "missing.txt", "--db", "desk.db", "-v"], true);
    assert_eq!(out.status.code(), Some(3));
    assert_eq!(lines(&run(&folder, &["export", "--db", "desk.db"]).code(0)).len(), 4);
}

#[test]
fn an_export_whose_reader_goes_away_is_no_error() {
    let folder = reports();
    let many: String = (0..300).map(|at| format!("{}\n", record(at))).collect();
    write(&folder, "many.jsonl", many);
    run(&folder, &["ingest", "many.jsonl", "--db", "desk.db", "--no-compare"]).code(0);
    for format in ["jsonl", "csv", "parquet", "atom"] {
        let out = unheard(&folder, &["export", "--db", "desk.db", "-f", format], false);
        let said = String::from_utf8_lossy(&out.stderr);
        assert_eq!(out.status.code(), Some(0), "{format}: {said}");
        assert!(said.is_empty(), "{format}: {said}");
    }
}

#[test]
fn a_wrong_request_is_refused_before_anything_is_written() {
    let folder = reports();
    run(&folder, &["ingest", ".", "--db", "desk.db"]).code(0);
    for (arguments, word) in [
        (&["export", "--rows", "claims", "-f", "html"][..], "csv"),
        (&["export", "-o", "x.foo"], ".parquet"),
        (&["export", "--search", "(ferry"], "rashomon export"),
        (&["search"], "rashomon search"),
        (&["stories", "--since", "2026-09"], "2026-03-01"),
        (&["compare", "--story", "s1", "--one-story"], "--one-story"),
        (&["compare", "--story", "s1", "--max-size", "3M"], "--max-size"),
    ] {
        let mut all = arguments.to_vec();
        all.extend(["--db", "desk.db"]);
        let refused = run(&folder, &all).code(2);
        assert!(told(&refused).contains(word), "{arguments:?}: {}", told(&refused));
    }
    assert!(!folder.path().join("x.foo").exists());
}

#[test]
fn feeds_take_their_options_after_the_action() {
    let folder = reports();
    let feed = "https://herald.example/feed.xml";
    let added = run(&folder, &["feeds", "add", feed, "--db", "desk.db"]).code(0);
    assert!(told(&added).contains("added"), "{}", told(&added));
    let again = run(&folder, &["feeds", "--db", "desk.db", "add", feed]).code(0);
    assert!(told(&again).contains("there already"), "{}", told(&again));
    assert!(printed(&run(&folder, &["feeds", "--db", "desk.db"]).code(0)).contains(feed));
    let quiet = run(&folder, &["feeds", "remove", feed, "--db", "desk.db", "-q"]).code(0);
    assert_eq!(told(&quiet), "");
    let none = run(&folder, &["feeds", "--db", "desk.db"]).code(0);
    assert!(told(&none).contains("no feed"), "{}", told(&none));
}

#[test]
fn a_change_is_shown_in_its_sentence() {
    let folder = reports();
    run(&folder, &["ingest", "morning.txt", "--db", "desk.db"]).code(0);
    let none = run(&folder, &["revisions", "--db", "desk.db"]).code(0);
    assert!(told(&none).contains("no article was changed"), "{}", told(&none));
    write(&folder, "morning.txt", MORNING.replace("120", "140"));
    run(&folder, &["ingest", "morning.txt", "--db", "desk.db"]).code(0);
    let shown = printed(&run(&folder, &["revisions", "A1", "--db", "desk.db"]).code(0));
    assert!(shown.contains("A ferry with [-120-]{+140+} passengers ran aground"), "{shown}");
}

#[test]
fn a_saved_search_says_what_it_replaces() {
    let folder = reports();
    run(&folder, &["ingest", "morning.txt", "--db", "desk.db"]).code(0);
    let save = |query: &str| {
        let arguments = ["search", query, "--save", "mine", "--db", "desk.db"];
        told(&run(&folder, &arguments).code(0))
    };
    assert!(save("ferry").contains("saved as mine"));
    assert!(save("tug").contains("in place of: ferry"));
}

#[test]
fn a_story_that_was_split_off_is_shown() {
    let folder = reports();
    run(&folder, &["ingest", "morning.txt", "evening.html", "--db", "desk.db"]).code(0);
    let split = run(&folder, &["story", "s1", "--split", "A2", "--db", "desk.db"]).code(0);
    let shown = printed(&split);
    assert!(!shown.starts_with("s1 ") && shown.contains("a2 "), "{shown}");
    let merged = run(&folder, &["story", "s1", "--merge", "s2", "--db", "desk.db"]).code(0);
    assert!(printed(&merged).contains("put there with a merged story"), "{}", printed(&merged));
}

#[test]
fn what_was_decided_is_listed_and_taken_back() {
    let folder = reports();
    run(&folder, &["ingest", "morning.txt", "evening.html", "--db", "desk.db"]).code(0);
    let decisions = || run(&folder, &["story", "--decisions", "--db", "desk.db"]).code(0);
    assert!(told(&decisions()).contains("nothing was decided by hand"));
    let before = printed(&run(&folder, &["story", "s1", "--db", "desk.db"]).code(0));
    run(&folder, &["story", "s1", "--split", "a2", "--db", "desk.db"]).code(0);
    let listed = printed(&decisions());
    assert!(listed.starts_with("1  ") && listed.contains("a2 taken out of s1 as s"), "{listed}");
    let undone = run(&folder, &["story", "--undo", "1", "--db", "desk.db"]).code(0);
    assert!(told(&undone).contains("taken back: a2 taken out of s1"), "{}", told(&undone));
    let heads = |shown: &str| -> Vec<String> {
        shown.lines().filter(|line| !line.starts_with(' ')).map(str::to_owned).collect()
    };
    assert_eq!(heads(&printed(&undone)), heads(&before));
    assert!(printed(&decisions()).is_empty());
    let again = run(&folder, &["story", "--undo", "1", "--db", "desk.db"]).code(1);
    assert!(told(&again).contains("there is no decision 1 in force"), "{}", told(&again));
    for wrong in [&["story"][..], &["story", "s1", "--undo", "1"], &["story", "s1", "--decisions"]]
    {
        run(&folder, wrong).code(2);
    }
}

#[cfg(unix)]
#[test]
fn work_that_is_interrupted_says_so_and_goes_on_the_next_time() {
    let folder = reports();
    let many: String = (0..20_000).map(|at| format!("{}\n", record(at))).collect();
    write(&folder, "many.jsonl", many);
    let child = std::process::Command::new(assert_cmd::cargo::cargo_bin("rashomon"))
        .args(["ingest", "many.jsonl", "--db", "desk.db"])
        .current_dir(folder.path())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // Ctrl-C is waited for before the store is made.
    while !folder.path().join("desk.db").exists() {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    let number = child.id().to_string();
    let killed = std::process::Command::new("kill").args(["-INT", &number]).status();
    assert!(killed.expect("kill is there").success());
    let out = child.wait_with_output().expect("the program ends");
    let said = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(130), "{said}");
    assert!(said.contains("stopped; run it again to go on"), "{said}");
    run(&folder, &["check", "--db", "desk.db"]).code(0);
}
