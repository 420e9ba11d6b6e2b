use std::collections::BTreeMap;

use crate::fields::{BODY_FIELD, FIELDS, Fields};
use crate::links::Links;
use crate::vector::Vector;

/// How many terms the sum of a group keeps in each field.
pub const KEPT: usize = 200;

/// One in so many articles must be dated for the group to be.
const DATED: f64 = 4.0;

/// How unlike each other reports in words of their own are at least.
const UNLIKE: f64 = 0.4;

/// Articles taken for one story so far.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// The articles.
    pub members: Vec<usize>,
    /// What a stream tells it by: another one whenever anything in it has changed.
    pub stamp: u64,
    /// The sums of their vectors, and the squared lengths of these.
    pub(crate) sums: [Vector; FIELDS],
    pub(crate) squares: [f32; FIELDS],
    /// The sum of the numbers of their terms.
    length: f64,
    /// The sum of their days, and how many are dated.
    days: f64,
    dated: f64,
    /// The first and the last of their days.
    first: f64,
    last: f64,
    /// The clusters that it may be joined with.
    pub near: BTreeMap<usize, Near>,
}

/// A cluster beside another one.
#[derive(Clone, Copy, Debug)]
pub struct Near {
    /// What single articles have in common.
    pub links: Links,
    /// The logarithm of the odds that both belong together.
    pub odds: f64,
}

impl Cluster {
    /// One article; `day` is its time of publication in days.
    pub fn new(article: usize, fields: &Fields, day: Option<f64>) -> Cluster {
        let length = fields.length as f64;
        Cluster::of(vec![article], fields.vectors.clone(), length, day.into_iter())
    }

    /// Some articles of which the sums are known; `days` are times of publication.
    pub fn of(
        members: Vec<usize>,
        sums: [Vector; FIELDS],
        length: f64,
        days: impl Iterator<Item = f64>,
    ) -> Cluster {
        let squares = sums.each_ref().map(Vector::square);
        let mut cluster = Cluster {
            members,
            stamp: 0,
            sums,
            squares,
            length,
            days: 0.0,
            dated: 0.0,
            first: f64::INFINITY,
            last: f64::NEG_INFINITY,
            near: BTreeMap::new(),
        };
        for day in days {
            cluster.days += day;
            cluster.dated += 1.0;
            cluster.first = cluster.first.min(day);
            cluster.last = cluster.last.max(day);
        }
        cluster
    }

    /// Both together. What is near is left to the caller.
    pub fn joined(&self, other: &Cluster) -> Cluster {
        let sums: [Vector; FIELDS] =
            std::array::from_fn(|at| self.sums[at].plus(&other.sums[at], KEPT));
        let squares = sums.each_ref().map(Vector::square);
        Cluster {
            members: [self.members.as_slice(), other.members.as_slice()].concat(),
            stamp: 0,
            sums,
            squares,
            length: self.length + other.length,
            days: self.days + other.days,
            dated: self.dated + other.dated,
            first: self.first.min(other.first),
            last: self.last.max(other.last),
            near: BTreeMap::new(),
        }
    }

    /// The sum of the vectors of a field.
    pub fn sum(&self, field: usize) -> &Vector {
        &self.sums[field]
    }

    /// The length of the sum of the vectors of a field.
    pub fn norm(&self, field: usize) -> f32 {
        self.squares[field].sqrt()
    }

    /// The weight of a term in the sum of the bodies.
    pub fn weight(&self, term: u32) -> f32 {
        self.sums[BODY_FIELD].weight(term)
    }

    /// The mean of its days, where one is dated.
    pub fn mean_day(&self) -> f64 {
        self.days / self.dated
    }

    /// Whether enough of its articles are dated to tell when its event was: one stranger with a
    /// date does not date a story of many without.
    pub fn is_dated(&self) -> bool {
        self.dated > 0.0 && self.dated * DATED >= self.size()
    }

    /// For how many days neither tells of anything, between the one and the other.
    pub fn days_between(&self, other: &Cluster) -> f64 {
        (self.first - other.last).max(other.first - self.last).max(0.0)
    }

    /// How many terms its articles have, on average.
    pub fn mean_length(&self) -> f64 {
        self.length / self.size()
    }

    /// How many different texts it has, about: copies of one text make its articles more alike
    /// than reports in words of their own are.
    pub fn texts(&self) -> f64 {
        let own = (1.0 - self.coherence(BODY_FIELD)) / UNLIKE;
        1.0 + (self.size() - 1.0) * own.clamp(0.0, 1.0)
    }

    /// How many articles it has.
    pub fn size(&self) -> f64 {
        self.members.len() as f64
    }

    /// The mean likeness of two different members, in one field.
    pub fn coherence(&self, field: usize) -> f64 {
        let size = self.size();
        if size > 1.0 {
            ((f64::from(self.squares[field]) - size) / (size * (size - 1.0))).max(0.0)
        } else {
            0.0
        }
    }
}
