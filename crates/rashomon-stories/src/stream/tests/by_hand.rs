use proptest::prelude::*;

use super::super::{Correction, HandDecision, Stream};
use super::{Arrival, Keeper, arrival, hour, small};

fn comes(stream: &mut Stream, keeper: &mut Keeper, article: u64, arrival: &Arrival) -> u64 {
    let step = stream.assign(article, &arrival.signature(), arrival.hours.and_then(hour));
    keeper.stories.insert(article, step.placement.story);
    keeper.put_right(&step.corrections);
    step.placement.story
}

/// An article of an event with words of its own.
fn of(event: usize, own: usize) -> Arrival {
    Arrival { event, own: [own, own + 1, own + 2], hours: Some(own as i64) }
}

#[test]
fn what_was_split_stays_apart_and_takes_later_articles_of_its_own() {
    let (mut stream, mut keeper) = (Stream::new(small()), Keeper::default());
    for article in 1..=4 {
        comes(&mut stream, &mut keeper, article, &of(0, article as usize));
    }
    let whole = stream.articles_of(1);
    assert_eq!(whole, [1, 2, 3, 4]);
    let (decision, corrections) = stream.split(&[3, 4]);
    assert_eq!(decision, HandDecision::Split { articles: vec![3, 4], from: vec![1, 2] });
    keeper.put_right(&corrections);
    let (corrections, _) = stream.settle();
    assert_eq!(corrections, []);
    let new = stream.story_of(3);
    assert!(new != Some(1) && stream.story_of(4) == new && stream.story_of(2) == Some(1));
}

#[test]
fn decisions_may_come_before_their_articles() {
    let (mut stream, mut keeper) = (Stream::new(small()), Keeper::default());
    stream.decide(&HandDecision::Merge { articles: vec![1, 3] });
    stream.decide(&HandDecision::Split { articles: vec![2], from: vec![1] });
    let one = comes(&mut stream, &mut keeper, 1, &of(0, 1));
    let two = comes(&mut stream, &mut keeper, 2, &of(0, 1));
    let three = comes(&mut stream, &mut keeper, 3, &of(4, 5));
    assert!(one == three && one != two);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_arrival_or_correction_overrides_a_decision(
        before in proptest::collection::vec(arrival(), 4..30),
        after in proptest::collection::vec(arrival(), 1..60),
        hands in [0u64..30, 0..30, 0..30, 0..30],
    ) {
        let options = super::StreamOptions { most_articles: 200, ..small() };
        let (mut stream, mut keeper) = (Stream::new(options), Keeper::default());
        let all = before.iter().chain(&after).map(|known| Arrival { hours: None, ..known.clone() });
        let [a, b, c, d] = hands.map(|hand| hand % before.len() as u64);
        for (article, arrival) in all.enumerate() {
            if article == before.len() {
                let together = HandDecision::Merge { articles: vec![a, b] };
                keeper.put_right(&stream.decide(&together));
                let apart = HandDecision::Split { articles: vec![c], from: vec![d] };
                keeper.put_right(&stream.decide(&apart));
            }
            comes(&mut stream, &mut keeper, article as u64, &arrival);
        }
        keeper.put_right(&stream.settle().0);
        keeper.agrees(&stream);
        if c != d {
            prop_assert_ne!(stream.story_of(c), stream.story_of(d));
        }
        if c != a && c != b {
            prop_assert_eq!(stream.story_of(a), stream.story_of(b));
        }
    }
}

/// Somebody decides something at random; nothing where it cannot be done.
fn decides(
    stream: &mut Stream,
    kind: u8,
    a: u64,
    b: u64,
) -> Option<(HandDecision, Vec<Correction>)> {
    let (story, other) = (stream.story_of(a)?, stream.story_of(b)?);
    match kind {
        0 => Some(stream.split(&[a, b])),
        1 => (story != other).then(|| stream.merge(story, other)),
        _ => stream.pin(a, other),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_was_decided_last_can_be_taken_back(
        arrivals in proptest::collection::vec(arrival(), 4..80),
        hands in proptest::collection::vec((0u8..3, 0u64..80, 0u64..80), 1..5),
        after in proptest::collection::vec(arrival(), 0..40),
    ) {
        let (mut stream, mut keeper) = (Stream::new(small()), Keeper::default());
        for (article, arrival) in arrivals.iter().enumerate() {
            comes(&mut stream, &mut keeper, article as u64, arrival);
        }
        // One decision after the other; then one after the other is taken back, the last first.
        let (mut before, mut in_force) = (Vec::new(), Vec::new());
        let (there, none) = (arrivals.len() as u64, stream.constraints.clone());
        for (kind, a, b) in hands {
            let was = keeper.stories.clone();
            let Some((decision, corrections)) = decides(&mut stream, kind, a % there, b % there)
            else { continue };
            keeper.put_right(&corrections);
            before.push(was);
            in_force.push(decision);
        }
        while let Some(was) = before.pop() {
            in_force.pop();
            let moved = was.iter().filter(|(article, story)| {
                stream.story_of(**article).is_some_and(|now| now != **story)
            });
            let back: Vec<(u64, u64)> = moved.map(|(&article, &story)| (article, story)).collect();
            let undone = stream.undo(&in_force, &[], &back);
            prop_assert_eq!(undone.elsewhere, []);
            keeper.put_right(&undone.corrections);
            keeper.agrees(&stream);
            for (article, story) in was {
                prop_assert!(stream.story_of(article).is_none_or(|now| now == story));
            }
        }
        prop_assert_eq!(&stream.constraints, &none);
        for (article, arrival) in after.iter().enumerate() {
            comes(&mut stream, &mut keeper, there + article as u64, arrival);
        }
        keeper.put_right(&stream.settle().0);
        keeper.agrees(&stream);
    }
}

#[test]
fn what_a_later_decision_holds_stays_when_an_earlier_one_is_taken_back() {
    let (mut stream, mut keeper) = (Stream::new(small()), Keeper::default());
    for article in 1..=4 {
        comes(&mut stream, &mut keeper, article, &of(0, article as usize));
    }
    comes(&mut stream, &mut keeper, 5, &of(4, 1));
    let other = stream.story_of(5).expect("it came");
    stream.split(&[3, 4]);
    let (pinned, _) = stream.pin(4, other).expect("the story has an article");
    let undone = stream.undo(&[], &[pinned], &[(3, 1), (4, 1)]);
    let moved = |correction: &Correction| match correction {
        Correction::Moved { article, into, .. } => Some((*article, *into)),
        Correction::Merged { .. } => None,
    };
    assert_eq!(undone.corrections.iter().map(moved).collect::<Vec<_>>(), [Some((3, 1))]);
    assert_eq!(stream.story_of(4), Some(other));
}
