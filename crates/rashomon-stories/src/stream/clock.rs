use std::collections::VecDeque;

/// How many of the last dated articles tell what day it is.
const LAST: usize = 64;

/// The share of them that may be dated after it.
const AHEAD: usize = 10;

/// The day of a stream, told from the dates of its articles: the ninth decile of the last
/// sixty-four, so that few wrong dates move nothing. It never goes back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clock {
    /// The days of the last dated articles, in order of arrival.
    pub last: VecDeque<i64>,
    /// The present day, if any article was dated yet.
    pub today: Option<i64>,
}

impl Clock {
    /// Takes notice of an article; `day` counts whole days.
    pub fn hear(&mut self, day: i64) {
        self.last.push_back(day);
        if self.last.len() > LAST {
            self.last.pop_front();
        }
        let mut days: Vec<i64> = self.last.iter().copied().collect();
        days.sort_unstable();
        let ahead = days.len() / AHEAD;
        let now = days[days.len() - 1 - ahead];
        self.today = Some(self.today.map_or(now, |today| today.max(now)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_dates_do_not_move_the_day() {
        let mut clock = Clock::default();
        for day in 0..100 {
            clock.hear(100 + day / 10);
            if day % 20 == 15 {
                clock.hear(40_000);
            }
            if day % 7 == 3 {
                clock.hear(2);
            }
        }
        assert_eq!(clock.today, Some(109));
    }
}
