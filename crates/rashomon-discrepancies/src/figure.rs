use rashomon_article::{Comparator, DayRange, Passage, Quantity, Story};

use crate::desk::Key;

/// Two measures in different units are one where they differ by no more than this share.
const CONVERSION: f64 = 0.03;
/// A quantity with all that tells what it is a quantity of.
#[derive(Debug)]
pub struct Figure<'s> {
    pub quantity: &'s Quantity,
    /// The whole expression.
    pub passage: Passage,
    /// The line of its sentence, by index among those of the desk.
    pub line: usize,
    /// The least and most that the words leave room for, in base units.
    pub interval: (f64, f64),
    /// The claims that its passage takes part in, by index, in order.
    pub claims: Vec<usize>,
    /// The sense or form of the noun that is counted.
    pub counted: Option<Key>,
    /// The words between the number and the noun: `crew` in `four crew members`.
    pub modifiers: Vec<Key>,
    /// The sense or form of what happened to them.
    pub role: Option<Key>,
    /// What stands around it, weighted: senses, forms, names. Sorted by key, each once.
    pub context: Vec<(Key, f32)>,
    /// The sum of these weights.
    pub weight: f32,
    /// The sense of the event that a length of time is the length of.
    pub event: Option<Key>,
    /// The weighted words of matter within a few tokens of the number, names left out. Sorted
    /// by key, each once.
    pub near: Vec<(Key, f32)>,
    /// The persons of the sentence, by index among the entities of the story.
    pub persons: Vec<usize>,
    /// The words beside it that give it another scope: `another`, `since`, `total`.
    pub scope: Vec<String>,
    /// It stands in the headline or the first sentences: it is the figure of the story.
    pub central: bool,
    /// The clause denies: `have no electricity`.
    pub denied: bool,
    /// Who gives the figure, by index among the entities of the story.
    pub source: Option<usize>,
    /// The place that it is told of, by index among the entities of the story.
    pub place: Option<usize>,
    /// The days as of which it holds, where the text tells.
    pub as_of: Option<DayRange>,
    /// A word says that it is a part of another figure.
    pub subset: bool,
    /// What happened to what is counted, where that can only grow while the event lasts: the sense
    /// of `killed`, `missing`, `evacuated`.
    pub toll: Option<Key>,
    /// The year or day that the sentence gives for it, where that is not the time of the event.
    pub anchor: Option<String>,
}

impl<'s> Figure<'s> {
    pub fn comparator(&self) -> Comparator {
        self.quantity.comparator
    }

    pub fn words(&self, story: &'s Story) -> &'s str {
        story.slice(self.passage)
    }

    pub fn middle(&self) -> f64 {
        let (min, max) = self.quantity.base();
        (min + max) / 2.0
    }

    pub fn width(&self) -> f64 {
        self.interval.1 - self.interval.0
    }

    pub fn same_value(&self, other: &Figure<'_>) -> bool {
        let unit = |figure: &Figure<'_>| figure.quantity.unit.as_ref().map(|unit| unit.scale);
        let slack = if unit(self) == unit(other) { 1e-6 } else { CONVERSION };
        let close = |a: f64, b: f64| a == b || (a - b).abs() <= slack * a.abs().min(b.abs());
        close(self.interval.0, other.interval.0) && close(self.interval.1, other.interval.1)
    }

    /// `over three hours` and `less than three hours` touch, and do not overlap.
    pub fn overlaps(&self, other: &Figure<'_>) -> bool {
        let (low, high) =
            (self.interval.0.max(other.interval.0), self.interval.1.min(other.interval.1));
        low < high || (low == high && !self.excludes_by_comparator(other))
    }

    /// Whether the two state one bound from its two sides.
    pub fn excludes_by_comparator(&self, other: &Figure<'_>) -> bool {
        use Comparator::{AtMost, Less, More};
        let strict =
            |a: Comparator, b: Comparator| matches!((a, b), (More, Less | AtMost) | (Less, More));
        let pair = (self.comparator(), other.comparator());
        let disjoint = self.interval.0 >= other.interval.1 || other.interval.0 >= self.interval.1;
        disjoint && (strict(pair.0, pair.1) || strict(pair.1, pair.0))
    }
}
