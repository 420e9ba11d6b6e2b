//! The critical apparatus: well-formed, and every word of a reading is its witnesses' own.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rashomon::language::english;
use rashomon::{CompareOptions, Comparison, annotate, compare, read::read_plain};
use rashomon_show::tei::edition;

fn comparison() -> Comparison {
    let herald = "“We expect the canal to become a meeting place & to mark the beginning of the restoration of trade,” President Ilka Varro said through an interpreter.";
    let gazette = "“We expect the canal to become a meeting place & to launch the restoration of commerce,” Ilka Varro said.";
    let post = "Ilka Varro said she expected the canal “to become a meeting place” for <all>.";
    let documents = [("herald", herald), ("gazette", gazette), ("post", post)]
        .map(|(name, text)| annotate(read_plain(name, text, english()), english()));
    compare(documents.into(), &CompareOptions { one_story: true }, english())
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.try_get_attribute(name).expect("attributes are well-formed")?;
    Some(found.value.into_owned())
}

#[test]
fn readings_are_the_words_of_their_witnesses() {
    let comparison = comparison();
    let story = &comparison.stories[0];
    let document = edition(&comparison.stories);
    let mut reader = Reader::from_str(&document);
    let (mut open, mut readings) = (Vec::new(), Vec::new());
    let mut text = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                open.push(start.name().as_ref().to_owned());
                if start.name().as_ref() == "rdg" {
                    text.clear();
                    readings.push((attribute(&start, "wit").unwrap(), String::new()));
                }
            }
            Event::Text(words) => text.push_str(&words),
            Event::GeneralRef(name) if name.as_ref() == "amp" => text.push('&'),
            Event::End(end) => {
                assert_eq!(open.pop().as_deref(), Some(end.name().as_ref()));
                if end.name().as_ref() == "rdg" {
                    readings.last_mut().unwrap().1 = text.trim().to_owned();
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    assert!(readings.iter().any(|(_, words)| words == "launch"), "{document}");
    let texts: BTreeMap<String, &str> = story
        .documents
        .iter()
        .enumerate()
        .map(|(at, document)| (format!("#s1.w{}", at + 1), document.article.text.as_str()))
        .collect();
    for (witnesses, words) in readings {
        for witness in witnesses.split(' ') {
            assert!(texts[witness].contains(&words), "{witness} does not have {words:?}");
        }
    }
}

#[test]
fn columns_hold_all_words_of_each_telling() {
    let comparison = comparison();
    for utterance in &comparison.stories[0].utterances {
        for (at, variant) in utterance.variants.iter().enumerate() {
            let spans: Vec<_> =
                utterance.alignment.iter().filter_map(|column| column.cells[at].span()).collect();
            if let (Some(first), Some(last)) = (spans.first(), spans.last()) {
                assert_eq!((first.start(), last.end()), (variant.span.start(), variant.span.end()));
                assert!(spans.windows(2).all(|two| two[0].end() == two[1].start()));
            }
        }
    }
}
