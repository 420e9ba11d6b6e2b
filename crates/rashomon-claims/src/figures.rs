use rashomon_terms::{Unit, Units};

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
pub fn figures(units: &Units, a: &Prepared<'_>, b: &Prepared<'_>) -> [f32; FIGURES] {
    let common = Common::new(units, a.unit, b.unit);
    let rows = a.rows.iter().filter(|row| b.rows.binary_search(row).is_ok()).count() as f32;
    let both = (a.unit.weight + b.unit.weight).max(LEAST);
    let lighter = a.unit.weight.min(b.unit.weight).max(LEAST);
    let heavier = a.unit.weight.max(b.unit.weight).max(LEAST);
    let near = (near(units, &common.only_a, b.unit) + near(units, &common.only_b, a.unit)) / 2.0;
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
}

impl<'u> Prepared<'u> {
    pub fn new(units: &Units, unit: &'u Unit) -> Prepared<'u> {
        let mut rows: Vec<(u32, u32)> =
            unit.order.windows(2).map(|pair| (pair[0], pair[1])).collect();
        rows.sort_unstable();
        rows.dedup();
        let square = unit.features.iter().map(|feature| feature.weight * feature.weight).sum();
        let is_name = |id: u32| units.names[id as usize];
        let matter = unit.features.iter().filter(|feature| !is_name(feature.id));
        Prepared {
            unit,
            rows,
            square,
            matter: matter.map(|feature| feature.weight).sum(),
            has_name: unit.features.iter().any(|feature| is_name(feature.id)),
            has_value: unit.features.iter().any(|feature| units.figures[feature.id as usize]),
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
    only_a: Vec<(u32, f32)>,
    only_b: Vec<(u32, f32)>,
}

impl Common {
    fn new(units: &Units, a: &Unit, b: &Unit) -> Common {
        let mut common = Common::default();
        let (mut x, mut y) = (a.features.as_slice(), b.features.as_slice());
        while let ([first, rest_x @ ..], [second, rest_y @ ..]) = (x, y) {
            match first.id.cmp(&second.id) {
                std::cmp::Ordering::Less => {
                    common.only_a.push((first.id, first.weight));
                    x = rest_x;
                }
                std::cmp::Ordering::Greater => {
                    common.only_b.push((second.id, second.weight));
                    y = rest_y;
                }
                std::cmp::Ordering::Equal => {
                    common.add(units, first.id as usize, first.weight, second.weight);
                    (x, y) = (rest_x, rest_y);
                }
            }
        }
        common.only_a.extend(x.iter().map(|feature| (feature.id, feature.weight)));
        common.only_b.extend(y.iter().map(|feature| (feature.id, feature.weight)));
        common
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

/// The weight of words to which another unit has one that lies near.
fn near(units: &Units, words: &[(u32, f32)], other: &Unit) -> f32 {
    let place = |id: u32| {
        let vector = &units.vectors[id as usize];
        (!vector.is_empty() && !units.names[id as usize]).then_some(vector)
    };
    let nearness = |id: u32| {
        let Some(x) = place(id) else { return 0.0 };
        let cosines = other.features.iter().filter_map(|feature| {
            Some(x.iter().zip(place(feature.id)?).map(|(p, q)| p * q).sum::<f32>())
        });
        ((cosines.fold(0.0, f32::max) - NEAR) / (1.0 - NEAR)).max(0.0)
    };
    words.iter().map(|&(id, weight)| weight * nearness(id)).sum()
}
