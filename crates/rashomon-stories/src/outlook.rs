//! Joining below the bar: what stands out among all that a group may belong to.
//!
//! Whatever else is told of an event in other words, a comment or a report of few lines, is less
//! like its story than reports are like each other, but much liker to it than to anything else.

/// What each step that the likest group is ahead of the next adds to its odds.
const WORTH: f64 = 0.5;

/// The most steps that count, and how far below the bar nothing helps.
const MOST: f64 = 3.0;
const TOO_FAR: f64 = 2.0;

/// How many times as many texts the larger group has where only the smaller one is asked. Of two
/// groups about as large both must stand out to the other.
const LARGER: f64 = 3.0;

/// The groups that one may belong to, as odds above the bar.
#[derive(Clone, Copy, Debug)]
pub struct Outlook<Id> {
    /// The likest one.
    pub likest: Option<(f64, Id)>,
    next: f64,
}

impl<Id: Copy + PartialEq> Outlook<Id> {
    /// Nothing is known yet.
    pub fn new() -> Outlook<Id> {
        Outlook { likest: None, next: f64::NEG_INFINITY }
    }

    /// Takes notice of a group.
    pub fn add(&mut self, above: f64, group: Id) {
        match self.likest {
            Some((most, _)) if above <= most => self.next = self.next.max(above),
            likest => {
                self.next = likest.map_or(self.next, |(most, _)| most);
                self.likest = Some((above, group));
            }
        }
    }

    /// The likest of all groups but one, as odds above the bar.
    fn without(&self, group: Id) -> f64 {
        match self.likest {
            Some((_, likest)) if likest == group => self.next,
            Some((most, _)) => most,
            None => f64::NEG_INFINITY,
        }
    }
}

/// Whether a group has so many more texts than another that only the other is asked.
pub fn is_larger(texts: f64, larger: f64) -> bool {
    larger >= LARGER * texts.max(1.0)
}

/// The odds above the bar that a group belongs to the one of which it is likest, with what standing
/// out is worth. `other` is what that one may belong to, where it is not much larger.
pub fn lifted<Id: Copy + PartialEq>(
    group: Id,
    own: &Outlook<Id>,
    other: Option<&Outlook<Id>>,
) -> f64 {
    let Some((above, likest)) = own.likest.filter(|&(above, _)| above > -TOO_FAR) else {
        return f64::NEG_INFINITY;
    };
    let ahead = ahead(above - own.without(likest));
    match other {
        None => above + WORTH * ahead,
        Some(other) => {
            let other = self::ahead(above - other.without(group));
            above + WORTH * ahead.min(other)
        }
    }
}

/// How many steps count. Where there is no other group at all, nothing can stand out.
fn ahead(steps: f64) -> f64 {
    if steps.is_finite() { steps.min(MOST) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_out_is_lifted_above_the_bar() {
        let outlook = |groups: &[(f64, u32)]| {
            let mut outlook = Outlook::new();
            groups.iter().for_each(|&(above, group)| outlook.add(above, group));
            outlook
        };
        let ahead = outlook(&[(-6.0, 7), (-1.0, 8), (-4.0, 9)]);
        assert!(lifted(1, &ahead, None) > 0.0);
        let only = outlook(&[(-0.1, 8)]);
        assert!(lifted(1, &only, None) < 0.0);
        let torn = outlook(&[(-1.0, 8), (-1.2, 9)]);
        assert!(lifted(1, &torn, None) < 0.0);
        let far = outlook(&[(-2.5, 8), (-9.0, 9)]);
        assert!(lifted(1, &far, None) < 0.0);
        let near = outlook(&[(-0.5, 8), (-4.0, 9)]);
        assert!(lifted(1, &near, Some(&outlook(&[(-0.5, 1), (-3.0, 2)]))) > 0.0);
        assert!(lifted(1, &near, Some(&outlook(&[(-0.5, 1), (-0.4, 2)]))) < 0.0);
    }
}
