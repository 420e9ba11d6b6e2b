//! What must hold for any stream.

mod by_hand;
mod chains;
mod oracle;
mod restoring;
mod window;

use jiff::Timestamp;
use proptest::prelude::*;
use rashomon_article::{Article, Block, BlockKind, Document};
use rashomon_language::english;
use rashomon_text::{Layer, Text};

use super::{Correction, Stream, StreamOptions};
use crate::signature::{Signature, signature};

/// The signature of a text.
pub fn signed(text: &str) -> Signature {
    let text = Text::from(text);
    let blocks = Layer::new(vec![Block { span: text.span(), kind: BlockKind::Paragraph }]);
    let mut document = Document::new(Article { text, blocks, ..Article::default() });
    document.tokens = rashomon_segment::tokens(&document, english());
    signature(&document, english())
}

/// The time of a number of hours.
pub fn hour(hours: i64) -> Option<Timestamp> {
    Timestamp::from_second(1_700_000_000 + hours * 3600).ok()
}

/// An arrival: an article and what it says, some of the words of an event and some of its own.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub event: usize,
    pub own: [usize; 3],
    pub hours: Option<i64>,
}

/// What events are about.
const EVENTS: [&str; 8] = [
    "ferry Marlin sank pier Sorrel fishermen fog",
    "Velland bank rate inflation Trell governor",
    "Kestrel comet telescope astronomers Brightwater tail",
    "ferry Marlin inquiry captain Sorrel harbour insurers",
    "orchard blight growers Hallin pears spray",
    "Quillon strike tram drivers wages depot",
    "Trell governor resigned Velland parliament ballot",
    "museum burglary Ostrava paintings guards alarm",
];

/// What reports say besides.
const WORDS: [&str; 12] = [
    "rescue",
    "markets",
    "orbit",
    "lawyers",
    "harvest",
    "union",
    "coalition",
    "detectives",
    "morning",
    "officials",
    "neighbours",
    "winter",
];

pub fn arrival() -> impl Strategy<Value = Arrival> {
    let own = [0..WORDS.len(), 0..WORDS.len(), 0..WORDS.len()];
    (0..EVENTS.len(), own, proptest::option::weighted(0.9, 0i64..900))
        .prop_map(|(event, own, hours)| Arrival { event, own, hours })
}

impl Arrival {
    pub fn signature(&self) -> Signature {
        let [a, b, c] = self.own.map(|at| WORDS[at]);
        let event = EVENTS[self.event];
        signed(&format!("The {event} was told by {a} and {b}. In the {b} of {event} a {c}."))
    }
}

/// A stream that is put to the test: small, so that articles leave it and rounds are frequent.
pub fn small() -> StreamOptions {
    StreamOptions { window_days: 14, least_articles: 0, most_articles: 40 }
}

/// Follows the stories of articles as somebody would who keeps them.
#[derive(Clone, Debug, Default)]
pub struct Keeper {
    /// The story of each article, by number.
    pub stories: std::collections::BTreeMap<u64, u64>,
}

impl Keeper {
    pub fn put_right(&mut self, corrections: &[Correction]) {
        for correction in corrections {
            match *correction {
                Correction::Merged { from, into, .. } => {
                    for story in self.stories.values_mut().filter(|story| **story == from) {
                        *story = into;
                    }
                }
                Correction::Moved { article, from, into, .. } => {
                    assert_eq!(self.stories.insert(article, into), Some(from));
                }
            }
        }
    }

    /// That the stream says the same of all articles it still holds.
    pub fn agrees(&self, stream: &Stream) {
        for (&article, &story) in &self.stories {
            if let Some(known) = stream.story_of(article) {
                assert_eq!(known, story, "article {article}");
            }
        }
    }
}
