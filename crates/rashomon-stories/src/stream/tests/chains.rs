use super::super::{Correction, Link, Stream, StreamOptions};
use super::{hour, signed};

/// Hands a stream reports of some hours, settles it, and gives the links.
fn links(reports: &[(i64, &str)]) -> (Stream, Vec<Link>) {
    let mut stream = Stream::new(StreamOptions::default());
    let mut links = Vec::new();
    for (article, (hours, text)) in reports.iter().enumerate() {
        links.extend(stream.assign(article as u64, &signed(text), hour(*hours)).links);
    }
    let (corrections, last) = stream.settle();
    assert!(corrections.iter().all(|c| matches!(c, Correction::Merged { .. })), "{corrections:?}");
    links.extend(last);
    (stream, links)
}

const SINKING: [&str; 3] = [
    "The ferry Marlin sank off pier Sorrel in fog. Fishermen took its passengers from the water.",
    "Fishermen saved the passengers of the ferry Marlin, which sank in fog off pier Sorrel.",
    "The Marlin, a ferry, sank near pier Sorrel. The fishermen who saved passengers saw only fog.",
];

const INQUIRY: [&str; 2] = [
    "The captain of the ferry Marlin told an inquiry of old engines, tired crews and late repairs, \
     while insurers and lawyers listened at Sorrel.",
    "Lawyers and insurers heard at the inquiry how the captain of the Marlin, a ferry, complained \
     of late repairs, old engines and tired crews.",
];

#[test]
fn a_story_that_takes_up_an_older_one_is_linked_with_it_and_stays_itself() {
    let mut reports: Vec<(i64, &str)> = SINKING.iter().map(|text| (1, *text)).collect();
    reports.extend(INQUIRY.iter().map(|text| (300, *text)));
    let (stream, links) = links(&reports);
    let (old, new) = (stream.story_of(0).unwrap(), stream.story_of(3).unwrap());
    assert_ne!(old, new);
    assert_eq!(links.len(), 1, "{links:?}");
    assert_eq!((links[0].from, links[0].to), (old, new));
    assert!(links[0].why.iter().any(|reason| reason.word == "Marlin" && reason.is_name));
}

#[test]
fn strangers_are_not_linked() {
    let (_, links) = links(&[
        (1, SINKING[0]),
        (1, SINKING[1]),
        (30, "The Velland bank raised its rate. Inflation is what governor Trell fears."),
        (30, "Governor Trell of the Velland bank fears inflation and raised the rate."),
    ]);
    assert_eq!(links, []);
}
