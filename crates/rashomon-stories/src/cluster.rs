use std::collections::BTreeMap;

use crate::fields::{BODY_FIELD, FIELDS, Fields, HEAD_FIELD};
use crate::vector::Vector;

/// How many terms the sum of a group keeps in each field.
pub const KEPT: usize = 200;

/// Articles taken for one story so far.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// The articles.
    pub members: Vec<usize>,
    /// The sums of their vectors, and the squared lengths of these.
    sums: [Vector; FIELDS],
    squares: [f32; FIELDS],
    /// The sum of the numbers of their terms.
    length: f64,
    /// The sum of their days, and how many are dated.
    days: f64,
    dated: f64,
    /// The clusters that it may be joined with, and the likest two bodies across.
    pub near: BTreeMap<usize, f32>,
}

impl Cluster {
    /// One article; `day` is its time of publication in days.
    pub fn new(article: usize, fields: &Fields, day: Option<f64>) -> Cluster {
        let sums = fields.vectors.clone();
        let squares = sums.each_ref().map(|sum| sum.dot(sum));
        Cluster {
            members: vec![article],
            sums,
            squares,
            length: fields.length as f64,
            days: day.unwrap_or(0.0),
            dated: f64::from(u8::from(day.is_some())),
            near: BTreeMap::new(),
        }
    }

    /// Some articles of which the sums are known; `days` are times of publication.
    pub fn of(
        members: Vec<usize>,
        sums: [Vector; FIELDS],
        length: f64,
        days: impl Iterator<Item = f64>,
    ) -> Cluster {
        let squares = sums.each_ref().map(|sum| sum.dot(sum));
        let (dated, days) = days.fold((0.0, 0.0), |(dated, sum), day| (dated + 1.0, sum + day));
        Cluster { members, sums, squares, length, days, dated, near: BTreeMap::new() }
    }

    /// Both together. What is near is left to the caller.
    pub fn joined(&self, other: &Cluster) -> Cluster {
        let sums: [Vector; FIELDS] =
            std::array::from_fn(|at| self.sums[at].plus(&other.sums[at], KEPT));
        let squares = sums.each_ref().map(|sum| sum.dot(sum));
        Cluster {
            members: [self.members.as_slice(), other.members.as_slice()].concat(),
            sums,
            squares,
            length: self.length + other.length,
            days: self.days + other.days,
            dated: self.dated + other.dated,
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

    fn size(&self) -> f64 {
        self.members.len() as f64
    }

    /// The mean likeness of two different members, in one field.
    fn coherence(&self, field: usize) -> f64 {
        let size = self.size();
        if size > 1.0 {
            ((f64::from(self.squares[field]) - size) / (size * (size - 1.0))).max(0.0)
        } else {
            0.0
        }
    }
}

/// How many figures the likeness of two clusters has.
pub const FIGURES: usize = 27;

/// What the decision to join two clusters looks at; [`WEIGHTS`](crate::decision::WEIGHTS) has one
/// weight for each, in this order.
pub fn likeness(a: &Cluster, b: &Cluster, likest: f32) -> [f64; FIGURES] {
    let across = Across::new(a, b);
    across.figures(likest, across.gap())
}

/// Two clusters side by side.
pub struct Across<'c> {
    a: &'c Cluster,
    b: &'c Cluster,
    dots: [f64; FIELDS],
}

impl<'c> Across<'c> {
    /// Holds two clusters against each other.
    pub fn new(a: &'c Cluster, b: &'c Cluster) -> Across<'c> {
        let dots = std::array::from_fn(|at| f64::from(a.sums[at].dot(&b.sums[at])));
        Across { a, b, dots }
    }

    /// How many days lie between them, where both are dated.
    pub fn gap(&self) -> Option<f64> {
        let dated = self.a.dated > 0.0 && self.b.dated > 0.0;
        dated.then(|| (self.a.mean_day() - self.b.mean_day()).abs())
    }

    /// The figures, if the likest two bodies across were so like and so many days lay between the
    /// clusters.
    pub fn figures(&self, likest: f32, gap: Option<f64>) -> [f64; FIGURES] {
        figures(self, likest, gap)
    }
}

fn figures(across: &Across<'_>, likest: f32, gap: Option<f64>) -> [f64; FIGURES] {
    let Across { a, b, dots } = across;
    let cosine: [f64; FIELDS] = std::array::from_fn(|at| {
        let lengths = f64::from(a.squares[at] * b.squares[at]).sqrt();
        if lengths > 0.0 { dots[at] / lengths } else { 0.0 }
    });
    let [head, body, capitals, pairs] = cosine;
    let across = a.size() * b.size();
    let (head_mean, body_mean) = (dots[HEAD_FIELD] / across, dots[BODY_FIELD] / across);
    let (few, many) = (a.size().min(b.size()).ln(), a.size().max(b.size()).ln());
    let both_several = a.members.len() > 1 && b.members.len() > 1;
    let coherence = |field| {
        let (x, y) = (a.coherence(field), b.coherence(field));
        if both_several { x.min(y) } else { x.max(y) }
    };
    let (head_coherence, body_coherence) = (coherence(HEAD_FIELD), coherence(BODY_FIELD));
    let when = |figure: f64| if gap.is_some() { figure } else { 0.0 };
    let gap = gap.unwrap_or(0.0);
    let length = (a.length / a.size()).min(b.length / b.size()).max(1.0).ln();
    [
        head,
        body,
        capitals,
        pairs,
        head_mean,
        body_mean,
        f64::from(likest),
        few,
        many,
        head_coherence,
        body_coherence,
        when(1.0),
        when(gap.ln_1p()),
        when((-(gap / 3.0).powi(2) / 2.0).exp()),
        length,
        body * few,
        head * few,
        body * many,
        head * many,
        head_mean / (head_coherence + 0.1),
        body_mean / (body_coherence + 0.1),
        body.max(0.0).sqrt(),
        head.max(0.0).sqrt(),
        pairs.max(0.0).sqrt(),
        length * body,
        length * head,
        few * length,
    ]
}
