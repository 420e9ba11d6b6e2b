/// Words in an article: `FILE | words`.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// `npa.txt`, or `feed.jsonl#id`.
    pub key: String,
    /// The words, exactly as the article has them.
    pub words: String,
}

/// One line of an `expect` block; `samples/README.md` says what each means.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    OneStory,
    Outlet { key: String, name: String },
    Published { key: String, time: String },
    Origins(usize),
    Lineage(Vec<String>),
    Credited { key: String, name: String },
    Quote { place: Place, speaker: String, in_marks: bool },
    NotQuote(Place),
    SameRemark { places: Vec<Place>, relation: String },
    SamePerson(String, String),
    DifferentPerson(String, String),
    SameClaim(Vec<Place>),
    Conflict { kind: String, places: Vec<Place> },
    Update(Vec<Place>),
    Variant(Vec<Place>),
    Compatible(Vec<Place>),
    Only(Place),
    Omits(Place),
    Furniture(Place),
}

/// All lines of the `expect` blocks of a Markdown file.
///
/// # Panics
///
/// At a line that has no meaning: a misspelt expectation would hold nothing.
pub fn parse(markdown: &str) -> Vec<Line> {
    let mut section = "";
    let mut inside = false;
    let mut lines = Vec::new();
    for line in markdown.lines() {
        if line.starts_with("```") {
            inside = line == "```expect";
        } else if let Some(heading) = line.strip_prefix("## ") {
            section = heading;
        } else if inside && !line.is_empty() {
            let in_marks = section != "Indirect speech";
            let parsed = parse_line(line, in_marks);
            lines.push(parsed.unwrap_or_else(|| panic!("an expectation without meaning: {line}")));
        }
    }
    lines
}

fn parse_line(line: &str, in_marks: bool) -> Option<Line> {
    let (verb, rest) = line.split_once(' ')?;
    Some(match verb {
        "story" if rest == "one" => Line::OneStory,
        "outlet" => pair(rest, " = ").map(|(key, name)| Line::Outlet { key, name })?,
        "published" => pair(rest, " = ").map(|(key, time)| Line::Published { key, time })?,
        "credited" => pair(rest, " = ").map(|(key, name)| Line::Credited { key, name })?,
        "origins" => Line::Origins(rest.parse().ok()?),
        "lineage" => Line::Lineage(rest.split(", ").map(str::to_owned).collect()),
        "quote" => {
            let (words, speaker) = rest.rsplit_once(" | ")?;
            Line::Quote { place: place(words)?, speaker: speaker.to_owned(), in_marks }
        }
        "not-quote" => Line::NotQuote(place(rest)?),
        "same-remark" => {
            let (words, relation) = rest.rsplit_once(" = ")?;
            Line::SameRemark { places: places(words)?, relation: relation.to_owned() }
        }
        "same-person" => pair(rest, " | ").map(|(a, b)| Line::SamePerson(a, b))?,
        "different-person" => pair(rest, " | ").map(|(a, b)| Line::DifferentPerson(a, b))?,
        "same-claim" => Line::SameClaim(places(rest)?),
        "conflict" => {
            let (kind, words) = rest.split_once(" | ")?;
            Line::Conflict { kind: kind.to_owned(), places: places(words)? }
        }
        "update" => Line::Update(places(rest)?),
        "variant" => Line::Variant(places(rest)?),
        "compatible" => Line::Compatible(places(rest)?),
        "only" => Line::Only(place(rest)?),
        "omits" => Line::Omits(place(rest)?),
        "furniture" => Line::Furniture(place(rest)?),
        _ => return None,
    })
}

fn pair(text: &str, between: &str) -> Option<(String, String)> {
    let (a, b) = text.split_once(between)?;
    Some((a.to_owned(), b.to_owned()))
}

fn place(text: &str) -> Option<Place> {
    pair(text, " | ").map(|(key, words)| Place { key, words })
}

fn places(text: &str) -> Option<Vec<Place>> {
    text.split(" || ").map(place).collect()
}
