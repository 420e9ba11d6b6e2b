use rashomon_terms::{Unit, Units};

use crate::kin::product;
use crate::memo::{Memo, Near};

/// How many figures tell what two units have in common.
pub const FIGURES: usize = 16;

/// A word of another stem counts as told where it lies nearer than this, as a cosine; it counts in
/// full where it is the same.
const NEAR: f32 = 0.4;

/// What two units have in common.
///
/// | figure | what |
/// | --- | --- |
/// | 0 | words of matter that both hold, as ln(1 + n) |
/// | 1 | the weight that they share, as ln(1 + w) |
/// | 2 | Dice's coefficient of the weights |
/// | 3 | the share of the lighter one that the other holds |
/// | 4 | the cosine of the weights |
/// | 5 | the heaviest word of matter that both hold |
/// | 6 | quantities and days that both hold, at most 3 |
/// | 7 | words in a row that both hold, as ln(1 + n) |
/// | 8 | Dice's coefficient where words count that lie near to one of the other |
/// | 9 | how many of the two are headings |
/// | 10 | the weight of the heavier one, as ln(w) |
/// | 11, 12 | how deep in its report the nearer, the deeper one stands, as ln(1 + sentences) |
/// | 13 | the share of the words of matter of the lighter one that the other holds, by weight |
/// | 14 | whether both name somebody or something, and nothing in common |
/// | 15 | whether both have quantities or days, and none in common |
pub fn figures(
    units: &Units,
    a: &Prepared<'_>,
    b: &Prepared<'_>,
    memo: Option<&Memo>,
) -> [f32; FIGURES] {
    let common = match memo {
        None => {
            let (to_b, to_a) = (|at| nearest(units, a, at, b), |at| nearest(units, b, at, a));
            Common::new(units, a, b, to_b, to_a)
        }
        Some(memo) => {
            let (x, y) = if a.number <= b.number { (a, b) } else { (b, a) };
            let all = |a, b| (0..Prepared::words(a)).map(|at| nearest(units, a, at, b)).collect();
            let find = || Near { first: all(x, y), second: all(y, x) };
            let known = memo.near(x.number, y.number, find);
            let (of_a, of_b) = match a.number <= b.number {
                true => (&known.first, &known.second),
                false => (&known.second, &known.first),
            };
            Common::new(units, a, b, |at| of_a[at], |at| of_b[at])
        }
    };
    let rows = a.rows.iter().filter(|row| b.rows.binary_search(row).is_ok()).count() as f32;
    let both = (a.unit.weight + b.unit.weight).max(LEAST);
    let lighter = a.unit.weight.min(b.unit.weight).max(LEAST);
    let heavier = a.unit.weight.max(b.unit.weight).max(LEAST);
    let near = (common.near_b + common.near_a) / 2.0;
    let depth = |sentence: usize| (sentence as f32).ln_1p();
    [
        (common.count as f32).ln_1p(),
        common.shared.ln_1p(),
        2.0 * common.shared / both,
        common.shared / lighter,
        common.product / (a.square * b.square).sqrt().max(LEAST),
        common.heaviest,
        (common.values as f32).min(3.0),
        rows.ln_1p(),
        2.0 * (common.shared + near) / both,
        f32::from(u8::from(a.unit.heading) + u8::from(b.unit.heading)),
        heavier.ln(),
        depth(a.unit.sentence.min(b.unit.sentence)),
        depth(a.unit.sentence.max(b.unit.sentence)),
        common.matter / a.matter.min(b.matter).max(LEAST),
        f32::from(u8::from(!common.has_name && a.has_name && b.has_name)),
        f32::from(u8::from(common.values == 0 && a.has_value && b.has_value)),
    ]
}

/// Keeps quotients and logarithms finite.
const LEAST: f32 = 0.1;

/// A unit with what is worked out once for all pairs that it stands in.
pub struct Prepared<'u> {
    pub unit: &'u Unit,
    /// The pairs of words in a row, sorted, each once.
    pub rows: Vec<(u32, u32)>,
    /// The sum of the squares of the weights.
    square: f32,
    /// The weight of the features beside names.
    matter: f32,
    has_name: bool,
    has_value: bool,
    /// The features that lie somewhere, names apart: by feature in order, [`NOWHERE`] or where it is
    /// among `places`.
    words: Vec<u32>,
    /// Where these lie, by the numbers of the units.
    places: Vec<(u32, u32)>,
    /// The number of `places` in the memo.
    number: u32,
}

/// A feature that lies nowhere.
const NOWHERE: u32 = u32::MAX;

impl<'u> Prepared<'u> {
    pub fn new(units: &Units, unit: &'u Unit, memo: Option<&mut Memo>) -> Prepared<'u> {
        let mut rows: Vec<(u32, u32)> =
            unit.order.windows(2).map(|pair| (pair[0], pair[1])).collect();
        rows.sort_unstable();
        rows.dedup();
        let square = unit.features.iter().map(|feature| feature.weight * feature.weight).sum();
        let is_name = |id: u32| units.names[id as usize];
        let matter = unit.features.iter().filter(|feature| !is_name(feature.id));
        let mut places: Vec<(u32, u32)> = Vec::with_capacity(unit.features.len());
        let mut words = Vec::with_capacity(unit.features.len());
        for feature in &unit.features {
            let place = units.places[feature.id as usize];
            let lies = place > 0 && !is_name(feature.id);
            words.push(if lies { places.len() as u32 } else { NOWHERE });
            if lies {
                places.push((feature.id, place));
            }
        }
        let number = memo.map_or(0, |memo| {
            let places: Vec<u32> = places.iter().map(|&(_, place)| place).collect();
            memo.number(&places)
        });
        Prepared {
            unit,
            rows,
            square,
            matter: matter.map(|feature| feature.weight).sum(),
            has_name: unit.features.iter().any(|feature| is_name(feature.id)),
            has_value: unit.features.iter().any(|feature| units.figures[feature.id as usize]),
            words,
            places,
            number,
        }
    }

    /// How many of its words lie somewhere.
    fn words(&self) -> usize {
        self.places.len()
    }

    /// What a feature, by index, weighs by how near another unit comes to it.
    fn near(&self, at: usize, nearest: impl Fn(usize) -> f32) -> f32 {
        match self.words[at] {
            NOWHERE => 0.0,
            word => {
                let nearness = ((nearest(word as usize) - NEAR) / (1.0 - NEAR)).max(0.0);
                self.unit.features[at].weight * nearness
            }
        }
    }
}

/// What a merge of the features of two units finds.
#[derive(Default)]
struct Common {
    /// The weight of what both hold, in the lighter of the two.
    shared: f32,
    /// The sum of the products of the weights.
    product: f32,
    count: usize,
    /// The weight of the words of matter that both hold.
    matter: f32,
    has_name: bool,
    heaviest: f32,
    values: usize,
    /// The weight of what the other lacks and has something near to.
    near_b: f32,
    near_a: f32,
}

impl Common {
    /// Of each word that the other lacks, by index among those that lie somewhere, `near_b` tells how
    /// near the nearest word of `b` lies to it, and `near_a` the same of `a`.
    fn new(
        units: &Units,
        a: &Prepared<'_>,
        b: &Prepared<'_>,
        near_b: impl Fn(usize) -> f32,
        near_a: impl Fn(usize) -> f32,
    ) -> Common {
        let mut common = Common::default();
        let (x, y) = (a.unit.features.as_slice(), b.unit.features.as_slice());
        let (mut i, mut j) = (0, 0);
        loop {
            let order = match (x.get(i), y.get(j)) {
                (Some(first), Some(second)) => first.id.cmp(&second.id),
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (None, None) => return common,
            };
            match order {
                std::cmp::Ordering::Less => {
                    common.near_b += a.near(i, &near_b);
                    i += 1;
                }
                std::cmp::Ordering::Greater => {
                    common.near_a += b.near(j, &near_a);
                    j += 1;
                }
                std::cmp::Ordering::Equal => {
                    common.add(units, x[i].id as usize, x[i].weight, y[j].weight);
                    (i, j) = (i + 1, j + 1);
                }
            }
        }
    }

    fn add(&mut self, units: &Units, feature: usize, a: f32, b: f32) {
        let weight = a.min(b);
        self.shared += weight;
        self.product += a * b;
        self.values += usize::from(units.figures[feature]);
        self.has_name |= units.names[feature];
        if !units.names[feature] {
            self.count += 1;
            self.matter += weight;
            self.heaviest = self.heaviest.max(weight);
        }
    }
}

/// How near the nearest word of another unit lies to a word, as a cosine.
fn nearest(units: &Units, own: &Prepared<'_>, word: usize, other: &Prepared<'_>) -> f32 {
    let vector = |&(id, _): &(u32, u32)| &units.vectors[id as usize][..];
    let own = vector(&own.places[word]);
    other.places.iter().map(|other| product(own, vector(other))).fold(0.0, f32::max)
}
