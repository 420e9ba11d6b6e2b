use proptest::prelude::*;

use super::super::{HandDecision, Kept, Stream};
use super::{Arrival, Keeper, arrival, hour, small};

/// What happens to a stream.
#[derive(Clone, Debug)]
enum Event {
    Comes(Arrival),
    ComesAgain(usize, Arrival),
    Settle,
    Split(usize),
    Merge(usize, usize),
    Pin(usize, usize),
    Restart,
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        20 => arrival().prop_map(Event::Comes),
        1 => (0..80usize, arrival()).prop_map(|(at, arrival)| Event::ComesAgain(at, arrival)),
        1 => Just(Event::Settle),
        1 => (0..80usize).prop_map(Event::Split),
        1 => (0..80usize, 0..80usize).prop_map(|(a, b)| Event::Merge(a, b)),
        1 => (0..80usize, 0..80usize).prop_map(|(a, b)| Event::Pin(a, b)),
        3 => Just(Event::Restart),
    ]
}

/// Somebody who keeps what a stream says, and may forget the stream.
#[derive(Default)]
struct Desk {
    keeper: Keeper,
    /// Articles in the order in which they last came.
    came: Vec<(u64, Arrival)>,
    decisions: Vec<HandDecision>,
    next: u64,
}

impl Desk {
    /// Lets an event happen and tells everything that the stream says to it.
    fn happen(&mut self, event: &Event, stream: &mut Stream) -> String {
        match event {
            Event::Comes(arrival) => {
                self.next += 1;
                self.comes(self.next, arrival, stream)
            }
            Event::ComesAgain(at, arrival) => {
                let article = *at as u64 % self.next.max(1) + 1;
                self.next = self.next.max(article);
                self.comes(article, arrival, stream)
            }
            Event::Settle => {
                let (corrections, links) = stream.settle();
                self.keeper.put_right(&corrections);
                format!("{corrections:?} {links:?}")
            }
            Event::Split(at) => {
                let articles = self.article(*at).into_iter().collect::<Vec<u64>>();
                let (decision, corrections) = stream.split(&articles);
                self.decided(decision, &corrections)
            }
            Event::Merge(a, b) => {
                let story = |at| self.article(at).and_then(|article| stream.story_of(article));
                let Some((a, b)) = story(*a).zip(story(*b)) else { return String::new() };
                let (decision, corrections) = stream.merge(a, b);
                self.decided(decision, &corrections)
            }
            Event::Pin(a, b) => {
                let Some(article) = self.article(*a) else { return String::new() };
                let story = self.article(*b).and_then(|article| stream.story_of(article));
                let pinned = story.and_then(|story| stream.pin(article, story));
                let Some((decision, corrections)) = pinned else { return String::new() };
                self.decided(decision, &corrections)
            }
            Event::Restart => String::new(),
        }
    }

    fn article(&self, at: usize) -> Option<u64> {
        (self.next > 0).then(|| at as u64 % self.next + 1)
    }

    fn comes(&mut self, article: u64, arrival: &Arrival, stream: &mut Stream) -> String {
        let step = stream.assign(article, &arrival.signature(), arrival.hours.and_then(hour));
        self.came.retain(|&(other, _)| other != article);
        self.came.push((article, arrival.clone()));
        self.keeper.stories.insert(article, step.placement.story);
        self.keeper.put_right(&step.corrections);
        format!("{step:?}")
    }

    fn decided(
        &mut self,
        decision: HandDecision,
        corrections: &[super::super::Correction],
    ) -> String {
        self.keeper.put_right(corrections);
        self.decisions.push(decision.clone());
        format!("{decision:?} {corrections:?}")
    }

    /// The stream as it is made from what is kept.
    fn restored(&self, stream: &Stream) -> Stream {
        let oldest = stream.oldest();
        let from = self.came.iter().position(|&(article, _)| Some(article) == oldest);
        let kept =
            self.came[from.unwrap_or(self.came.len())..].iter().map(|(article, arrival)| Kept {
                article: *article,
                at: arrival.hours.and_then(hour),
                signature: arrival.signature(),
                story: self.keeper.stories[article],
            });
        Stream::restore(small(), &stream.state(), kept, &self.decisions).expect("a good state")
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn stopping_and_going_on_changes_nothing(
        events in proptest::collection::vec(event(), 1..120),
    ) {
        let mut straight = (Stream::new(small()), Desk::default());
        let mut stopped = (Stream::new(small()), Desk::default());
        for event in &events {
            if let Event::Restart = event {
                stopped.0 = stopped.1.restored(&stopped.0);
            }
            let one = straight.1.happen(event, &mut straight.0);
            let other = stopped.1.happen(event, &mut stopped.0);
            prop_assert_eq!(one, other);
            straight.1.keeper.agrees(&straight.0);
        }
        prop_assert_eq!(straight.0.state(), stopped.0.state());
    }
}

#[test]
fn a_damaged_state_and_missing_articles_are_refused() {
    let mut stream = Stream::new(small());
    let arrival = Arrival { event: 0, own: [0, 1, 2], hours: Some(3) };
    stream.assign(1, &arrival.signature(), hour(3));
    let state = stream.state();
    let code = |state: &[u8]| {
        Stream::restore(small(), state, None, &[]).map(|_| ()).map_err(|error| error.code())
    };
    assert_eq!(code(&state), Err("missing-articles"));
    for cut in 1..state.len() {
        assert_eq!(code(&state[..cut]), Err("damaged"));
    }
    let mut other = state;
    other[0] = 77;
    assert_eq!(code(&other), Err("other-version"));
}
