use super::super::Stream;
use super::{Arrival, hour, small};

const DAY: i64 = 24;

fn comes(stream: &mut Stream, article: u64, event: usize, hours: Option<i64>) -> u64 {
    let arrival = Arrival { event, own: [0, 1, 2], hours };
    stream.assign(article, &arrival.signature(), hours.and_then(hour)).placement.story
}

#[test]
fn articles_leave_after_the_window_and_numbers_are_not_given_again() {
    let mut stream = Stream::new(small());
    assert_eq!(comes(&mut stream, 1, 0, Some(0)), 1);
    assert_eq!(comes(&mut stream, 2, 1, Some(14 * DAY)), 2);
    assert_eq!(stream.story_of(1), Some(1));
    assert_eq!(comes(&mut stream, 3, 0, Some(15 * DAY)), 3);
    assert_eq!((stream.story_of(1), stream.size()), (None, (2, 2)));
}

#[test]
fn a_late_article_stays_for_a_window_from_when_it_came() {
    let mut stream = Stream::new(small());
    comes(&mut stream, 1, 1, Some(30 * DAY));
    let late = comes(&mut stream, 2, 0, Some(0));
    comes(&mut stream, 3, 1, Some(40 * DAY));
    assert_eq!(stream.story_of(2), Some(late));
    comes(&mut stream, 4, 1, Some(45 * DAY));
    assert_eq!(stream.story_of(2), None);
}

#[test]
fn no_more_articles_are_held_than_was_said() {
    let mut stream = Stream::new(small());
    for article in 0..100 {
        comes(&mut stream, article, article as usize % 8, None);
        assert!(stream.size().0 <= small().most_articles);
    }
    assert_eq!((stream.oldest(), stream.story_of(59)), (Some(60), None));
}
