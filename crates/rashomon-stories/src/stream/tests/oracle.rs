use proptest::prelude::*;

use super::super::Stream;
use super::{arrival, hour, small};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The index leaves no story out that would have been chosen if all were looked at.
    #[test]
    fn the_index_finds_what_looking_at_all_stories_finds(
        arrivals in proptest::collection::vec(arrival(), 1..100),
    ) {
        let mut fast = Stream::new(small());
        let mut slow = Stream::new(small());
        slow.index.names_all = true;
        for (article, arrival) in arrivals.iter().enumerate() {
            let at = arrival.hours.and_then(hour);
            let signature = arrival.signature();
            let one = fast.assign(article as u64, &signature, at);
            let other = slow.assign(article as u64, &signature, at);
            prop_assert_eq!(&one.placement.story, &other.placement.story);
            prop_assert_eq!(one.corrections, other.corrections);
        }
        prop_assert_eq!(fast.settle().0, slow.settle().0);
    }
}
