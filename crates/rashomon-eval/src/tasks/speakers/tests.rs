use rashomon::article::{Entity, EntityIndex, EntityKind, Mention, Speaker};
use rashomon::text::Layer;

use super::*;

/// Ada Bell (entity 0) speaks in the first paragraph, and by pronoun in the second; Carl Dorn
/// (entity 1) stands between.
const TEXT: &str = "“The mill is closed,” Ada Bell said.\n\nCarl Dorn left. “It’s over,” she said.";

fn place(words: &str) -> Span {
    let start = TEXT.find(words).expect("the words stand in the text");
    Span::new(start, start + words.len())
}

fn mention(words: &str, form: MentionForm, entity: u32) -> Mention {
    Mention { span: place(words), kind: EntityKind::Person, form, entity: EntityIndex(entity) }
}

fn quotation(kind: QuotationKind, words: &str, speaker: Option<(&str, Option<u32>)>) -> Quotation {
    let speaker = speaker.map(|(words, entity)| Speaker {
        spans: vec![place(words)],
        entity: entity.map(EntityIndex),
        name: words.to_owned(),
    });
    let span = place(words);
    Quotation { span, kind, content: vec![span], cue: Vec::new(), speaker, reported_by: None }
}

fn document(she: u32, quotations: Vec<Quotation>) -> Document {
    let mut document = rashomon::read::read_plain("mill", TEXT, english());
    document.entities = ["Ada Bell", "Carl Dorn"]
        .map(|name| Entity { kind: EntityKind::Person, name: name.to_owned(), roles: Vec::new() })
        .to_vec();
    document.mentions = Layer::new(vec![
        mention("Ada Bell", MentionForm::Name, 0),
        mention("Carl Dorn", MentionForm::Name, 1),
        mention("she", MentionForm::Pronoun, she),
    ]);
    document.quotations = Layer::new(quotations);
    document
}

/// A line of the gold file for words of the text.
fn gold(words: &str, kind: &str, names: &[&str], is_quotation: bool) -> Value {
    let points = |words: &str| {
        let (start, end) = Offsets::new(TEXT).code_points(place(words));
        json!([start, end])
    };
    let spans: Vec<Value> = names.iter().map(|name| points(name)).collect();
    let speaker = if names.is_empty() {
        Value::Null
    } else {
        json!({"name": "Ada Bell", "source": spans[spans.len() - 1], "spans": spans})
    };
    json!({"id": "sp-1", "sample": "listed", "part": "tune", "article": "mill", "kind": kind,
           "start": points(words)[0], "end": points(words)[1], "speaker": speaker,
           "quotation": is_quotation})
}

fn outcome(item: &Value, document: &Document) -> Option<Outcome> {
    let passage = Passage::new(item, &Offsets::new(TEXT)).expect("the offsets are in the text");
    passage.judge(document).outcome
}

#[test]
fn a_pronoun_is_right_only_with_the_right_person() {
    let item = gold("It’s over", "pronoun", &["Ada Bell", "she"], true);
    let listed = |speaker| vec![quotation(QuotationKind::Direct, "It’s over", speaker)];
    let ada = document(0, listed(Some(("she", Some(0)))));
    assert_eq!(outcome(&item, &ada), Some(Outcome::Right));
    let carl = document(1, listed(Some(("she", Some(1)))));
    assert_eq!(outcome(&item, &carl), Some(Outcome::Another));
    let open = document(0, listed(Some(("she", None))));
    assert_eq!(outcome(&item, &open), Some(Outcome::Unresolved));
    assert_eq!(outcome(&item, &document(0, listed(None))), Some(Outcome::Nobody));
}

#[test]
fn words_without_an_entity_are_right_where_they_are_the_name() {
    let item = gold("The mill is closed", "name", &["Ada Bell"], true);
    let found = quotation(QuotationKind::Direct, "The mill is closed", Some(("Ada Bell", None)));
    assert_eq!(outcome(&item, &document(0, vec![found])), Some(Outcome::Right));
}

#[test]
fn a_carried_over_speaker_is_compared_by_words() {
    let item = gold("It’s over", "name", &["Ada Bell"], true);
    let mut found = quotation(QuotationKind::Direct, "It’s over", Some(("Ada Bell", None)));
    let name = |found: &mut Quotation, name: &str| {
        let speaker = Speaker { spans: Vec::new(), entity: None, name: name.to_owned() };
        found.speaker = Some(speaker);
    };
    name(&mut found, "the miller Ada Bell");
    assert_eq!(outcome(&item, &document(0, vec![found.clone()])), Some(Outcome::Right));
    name(&mut found, "Ada Bellamy");
    assert_eq!(outcome(&item, &document(0, vec![found])), Some(Outcome::Unresolved));
}

#[test]
fn where_nobody_is_named_nobody_is_right() {
    let item = gold("The mill is closed", "none", &[], true);
    let listed = |speaker| vec![quotation(QuotationKind::Direct, "The mill is closed", speaker)];
    assert_eq!(outcome(&item, &document(0, listed(None))), Some(Outcome::Right));
    let carl = document(0, listed(Some(("Carl Dorn", Some(1)))));
    assert_eq!(outcome(&item, &carl), Some(Outcome::Another));
}

#[test]
fn half_of_the_words_must_be_covered() {
    let item = gold("The mill is closed", "name", &["Ada Bell"], true);
    let speaker = Some(("Ada Bell", Some(0)));
    let part = |words| document(0, vec![quotation(QuotationKind::Direct, words, speaker)]);
    assert_eq!(outcome(&item, &part("The mill")), None);
    assert_eq!(outcome(&item, &part("mill is closed")), Some(Outcome::Right));
}

#[test]
fn counts_tell_found_from_missed_and_from_listed_without_cause() {
    let speaker = Some(("Ada Bell", Some(0)));
    let document = document(
        0,
        vec![
            quotation(QuotationKind::Direct, "The mill is closed", speaker),
            quotation(QuotationKind::Indirect, "It’s over", Some(("Carl Dorn", Some(1)))),
        ],
    );
    let items = [
        gold("The mill is closed", "name", &["Ada Bell"], true),
        gold("The mill", "none", &[], false),
        gold("It’s over", "pronoun", &["Ada Bell", "she"], true),
        gold("Carl Dorn left", "name", &["Ada Bell"], true),
    ];
    let mut tally = Tally::default();
    for item in &items {
        let passage = Passage::new(item, &Offsets::new(TEXT)).expect("the offsets are in the text");
        tally.add(&passage, &passage.judge(&document));
    }
    let metrics = tally.metrics();
    assert_eq!(metrics["quotations"], 3);
    assert_eq!(metrics["direct"], json!({"found": 1, "right": 1, "share": 1.0}));
    assert_eq!(metrics["direct and mixed"], metrics["direct"]);
    assert_eq!(metrics["missed"]["all"], 2);
    assert_eq!(metrics["missed"]["of these as reported speech"]["found"], 1);
    assert_eq!(metrics["no quotation"], json!({"gold": 1, "listed": 1}));
}

#[test]
fn an_offset_outside_of_the_text_is_told() {
    let mut item = gold("The mill", "name", &["Ada Bell"], true);
    item["end"] = json!(10_000);
    assert!(Passage::new(&item, &Offsets::new(TEXT)).is_err());
}
