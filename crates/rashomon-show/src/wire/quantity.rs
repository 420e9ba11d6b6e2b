use rashomon_article as core;
use serde::Serialize;

use super::article::{Findings, Speaker};
use super::names::{Change, Comparator, Dimension, ScopeKind};
use super::places::Pair;

/// A number with what it says.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Quantity {
    /// The first code point of the whole expression.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The number alone.
    pub number: Pair,
    /// The least that the words state; null where it is no finite number.
    pub min: Option<f64>,
    /// The most that the words state; null where it is no finite number.
    pub max: Option<f64>,
    /// The canonical singular name of the unit.
    pub unit: Option<String>,
    /// What is measured.
    pub dimension: Dimension,
    /// How the stated number bounds the true one.
    pub comparator: Comparator,
    /// The noun that is counted, in the report's words.
    pub counted: Option<String>,
    /// The word that tells what happened to what is counted.
    pub role: Option<String>,
    /// Which way it moves.
    pub change: Option<Change>,
    /// The same in another unit, where the report gives it twice.
    pub restated: Option<Restated>,
    /// Who or what it is said of.
    pub subject: Option<Pair>,
    /// What narrows it down: places, periods, what it adds to.
    pub scope: Vec<Scope>,
    /// Who gives the figure; null for the outlet itself.
    pub source: Option<Speaker>,
    /// As of when it holds, where the text tells.
    pub as_of: Option<AsOf>,
    /// The start and end of the quantity of which it is a part.
    pub part_of: Option<Pair>,
}

/// A quantity in a second unit.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Restated {
    /// The number alone.
    pub number: Pair,
    /// The least that the words state.
    pub min: Option<f64>,
    /// The most that the words state.
    pub max: Option<f64>,
    /// The canonical singular name of the unit.
    pub unit: Option<String>,
}

/// Words that narrow a quantity down.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Scope {
    /// The first code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// In which way.
    pub kind: ScopeKind,
}

/// The time expression that dates a quantity.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AsOf {
    /// The first code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// Its TIMEX3 value.
    pub value: String,
}

impl<F: Fn(core::EntityIndex) -> String> Findings<'_, F> {
    pub(super) fn quantities(&self) -> Vec<Quantity> {
        self.document.quantities.iter().map(|quantity| self.quantity(quantity)).collect()
    }

    fn quantity(&self, quantity: &core::Quantity) -> Quantity {
        let (start, end) = self.offsets.code_points(quantity.span);
        let pair = |span| self.offsets.code_points(span);
        let unit = |quantity: &core::Quantity| quantity.unit.as_ref().map(|unit| unit.name.clone());
        let told = &quantity.circumstances;
        let scope = |scope: &core::Scope| {
            let (start, end) = pair(scope.span);
            Scope { start, end, kind: scope.kind.into() }
        };
        let as_of = |span| {
            let (start, end) = pair(span);
            let time = self.document.times.overlapping(span).find(|time| time.span == span)?;
            Some(AsOf { start, end, value: time.value.clone() })
        };
        let restated = |other: &core::Quantity| Restated {
            number: pair(other.number),
            min: finite(other.min),
            max: finite(other.max),
            unit: unit(other),
        };
        Quantity {
            start,
            end,
            number: pair(quantity.number),
            min: finite(quantity.min),
            max: finite(quantity.max),
            unit: unit(quantity),
            dimension: quantity.dimension.into(),
            comparator: quantity.comparator.into(),
            counted: quantity.counted.map(|span| self.words(span)),
            role: quantity.role.map(|span| self.words(span)),
            change: quantity.change.map(Change::from),
            restated: quantity.restated.as_deref().map(restated),
            subject: told.subject.map(pair),
            scope: told.scope.iter().map(scope).collect(),
            source: told.source.as_ref().map(|speaker| self.speaker(speaker)),
            as_of: told.as_of.and_then(as_of),
            part_of: told.part_of.map(pair),
        }
    }
}

fn finite(number: f64) -> Option<f64> {
    Some(number).filter(|number| number.is_finite())
}
