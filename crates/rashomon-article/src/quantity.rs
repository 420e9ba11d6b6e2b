use rashomon_text::{Span, Spanned};

use crate::Speaker;

/// How the stated number bounds the true one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Comparator {
    /// `15`
    Equal,
    /// `about 15`, `nearly 15`
    About,
    /// `fewer than 15`
    Less,
    /// `up to 15`
    AtMost,
    /// `more than 15`, `over 15`
    More,
    /// `at least 15`
    AtLeast,
    /// `15 to 20`, `between 15 and 20`
    Range,
    /// `dozens`, `several`, `a handful`
    Vague,
}

impl Comparator {
    /// The sign that the JSON writes.
    pub fn sign(self) -> &'static str {
        match self {
            Comparator::Equal => "=",
            Comparator::About => "~",
            Comparator::Less => "<",
            Comparator::AtMost => "<=",
            Comparator::More => ">",
            Comparator::AtLeast => ">=",
            Comparator::Range => "range",
            Comparator::Vague => "vague",
        }
    }
}

/// Which way a quantity moves: `rose by 3%`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// It grows.
    Up,
    /// It shrinks.
    Down,
}

/// What is measured. Only quantities of one dimension can be held against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dimension {
    /// Things counted: `15 people`.
    Count,
    /// A place in an order: `the 21st`.
    Ordinal,
    /// A share of a whole: `12%`, `a third`. Base: 1.
    Share,
    /// Percentage points. Base: 1.
    PercentagePoints,
    /// Money; two currencies cannot be compared. Base: one unit of the currency.
    Money,
    /// A length of time. Base: a second.
    Duration,
    /// Years since birth. Base: a year.
    Age,
    /// Base: metre.
    Length,
    /// Base: square metre.
    Area,
    /// Base: cubic metre.
    Volume,
    /// Base: kilogram.
    Mass,
    /// Base: metre a second.
    Speed,
    /// Base: degree Celsius.
    Temperature,
    /// A result of two sides: `57-43`. `min` is the first, `max` the second.
    Score,
    /// A magnitude, a rate, a unit the program cannot convert.
    Other,
}

/// The unit of a quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// A canonical singular name: `kilometre`, `percent`, `euro`, `hour`.
    pub name: String,
    /// What it measures.
    pub dimension: Dimension,
    /// How many base units of the dimension one of it is; 1 where it has none.
    pub scale: f64,
    /// What its zero is in base units: -17.8 for a reading in Fahrenheit. 0 for all that begins at
    /// nothing, and for a difference of temperatures: `5 degrees Fahrenheit warmer`.
    pub offset: f64,
}

impl Unit {
    /// A unit whose zero is the zero of its dimension.
    pub fn new(name: &str, dimension: Dimension, scale: f64) -> Unit {
        Unit { name: name.to_owned(), dimension, scale, offset: 0.0 }
    }

    /// A value of this unit in base units of the dimension.
    ///
    /// ```
    /// use rashomon_article::{Dimension, Unit};
    ///
    /// let kelvin = Unit { offset: -273.15, ..Unit::new("kelvin", Dimension::Temperature, 1.0) };
    /// assert_eq!(kelvin.base(273.15), 0.0);
    /// assert_eq!(kelvin.from_base(0.0), 273.15);
    /// ```
    pub fn base(&self, value: f64) -> f64 {
        value * self.scale + self.offset
    }

    /// A value in base units as one of this unit.
    pub fn from_base(&self, base: f64) -> f64 {
        (base - self.offset) / self.scale
    }
}

/// In which way words narrow down what a quantity holds for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ScopeKind {
    /// Where: `Lusa` in `15 people died in Lusa`.
    Place,
    /// Over which time it adds up: `since Monday`, `so far`, `a year`.
    Period,
    /// It comes on top of what was told before: `another 15`, `15 more`.
    Addition,
    /// Everything together: `a total of 15`, `15 in all`.
    Total,
    /// A mean: `an average of 15`, `15 on average`.
    Average,
}

impl ScopeKind {
    /// The name that the JSON writes.
    pub fn name(self) -> &'static str {
        match self {
            ScopeKind::Place => "place",
            ScopeKind::Period => "period",
            ScopeKind::Addition => "addition",
            ScopeKind::Total => "total",
            ScopeKind::Average => "average",
        }
    }
}

/// Words that narrow down what a quantity holds for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Scope {
    /// The words.
    pub span: Span,
    /// In which way.
    pub kind: ScopeKind,
}

/// What a quantity is a quantity of, as far as the words around it tell. Two quantities can only
/// be held against each other where these agree.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Circumstances {
    /// Who or what it is said of: `The talks` in `The talks lasted three hours`, `fine` in `a $5
    /// million fine`, `Police` in `Police arrested 15 people`.
    pub subject: Option<Span>,
    /// What narrows it down, in the order of the text.
    pub scope: Vec<Scope>,
    /// Who gives the figure, where that is somebody else than the outlet.
    pub source: Option<Speaker>,
    /// The time expression that tells as of when it holds: `Friday` in `15 were missing on
    /// Friday`.
    pub as_of: Option<Span>,
    /// The span of the quantity of which it is a part: that of `15` in `four journalists among
    /// 15 people killed`, asked of `four`.
    pub part_of: Option<Span>,
}

/// A number in the text with what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The whole expression, comparator and unit included: `more than 600 miles`.
    pub span: Span,
    /// The number alone: `600`.
    pub number: Span,
    /// The least that the words state, in `unit`; for an open comparator the stated bound.
    pub min: f64,
    /// The most that the words state; equal to `min` but for ranges, vague words and scores.
    pub max: f64,
    /// How the stated number bounds the true one.
    pub comparator: Comparator,
    /// The unit, where there is one.
    pub unit: Option<Unit>,
    /// What is measured.
    pub dimension: Dimension,
    /// The noun that is counted, in the report's words: `people` in `15 people`.
    pub counted: Option<Span>,
    /// The word that tells what happened to what is counted: `killed`, `injured`, `lasted`.
    pub role: Option<Span>,
    /// Which way it moves.
    pub change: Option<Change>,
    /// The same in another unit, as the report gives it in brackets: `(1,000-kilometer)`. It lies
    /// inside `span`.
    pub restated: Option<Box<Quantity>>,
    /// What it is a quantity of.
    pub circumstances: Circumstances,
}

impl Quantity {
    /// The least and the most that the words state, in base units of the dimension.
    pub fn base(&self) -> (f64, f64) {
        let base = |value: f64| self.unit.as_ref().map_or(value, |unit| unit.base(value));
        (base(self.min), base(self.max))
    }

    /// The interval that the true value lies in, in base units of its dimension. The rounding
    /// that a bare or `about` figure allows is included: `about 15` may be 13 to 17.
    pub fn interval(&self) -> (f64, f64) {
        let scale = self.unit.as_ref().map_or(1.0, |unit| unit.scale);
        let (min, max) = self.base();
        let slack = (self.min.abs() * scale * 0.15).max(if self.dimension == Dimension::Count {
            0.5
        } else {
            0.0
        });
        match self.comparator {
            Comparator::Equal | Comparator::Range | Comparator::Vague => (min, max),
            Comparator::About => (min - slack, max + slack),
            Comparator::Less | Comparator::AtMost => (f64::NEG_INFINITY, max),
            Comparator::More | Comparator::AtLeast => (min, f64::INFINITY),
        }
    }
}

impl Spanned for Quantity {
    fn span(&self) -> Span {
        self.span
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fahrenheit(number: f64, comparator: Comparator, offset: f64) -> Quantity {
        let unit = Unit { offset, ..Unit::new("fahrenheit", Dimension::Temperature, 5.0 / 9.0) };
        Quantity {
            span: Span::new(0, 2),
            number: Span::new(0, 2),
            min: number,
            max: number,
            comparator,
            unit: Some(unit),
            dimension: Dimension::Temperature,
            counted: None,
            role: None,
            change: None,
            restated: None,
            circumstances: Circumstances::default(),
        }
    }

    #[test]
    fn a_reading_and_a_difference_of_temperature() {
        let zero = -160.0 / 9.0;
        let (min, max) = fahrenheit(212.0, Comparator::Equal, zero).interval();
        assert!((min - 100.0).abs() < 1e-9 && min == max);
        let (min, max) = fahrenheit(9.0, Comparator::Equal, 0.0).interval();
        assert!((min - 5.0).abs() < 1e-9 && min == max);
        // 15 percent of the 100 degrees that are said, not of the 38 that they are in Celsius.
        let (min, max) = fahrenheit(100.0, Comparator::About, zero).interval();
        assert!((max - min - 2.0 * 15.0 * 5.0 / 9.0).abs() < 1e-9);
    }
}
