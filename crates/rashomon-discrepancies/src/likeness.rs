use crate::desk::{Key, Line};

/// The shared weight at which a resemblance counts half.
const EVIDENCE: f32 = 4.0;

/// The weight that two sorted lists of keys have in common.
pub fn shared(a: &[(Key, f32)], b: &[(Key, f32)]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1.min(b[j].1);
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

/// How far two sentences tell the same, 0 to 1: the mean of Dice's coefficient and of how much of
/// the smaller one the other holds, scaled down where little is shared in all.
pub fn likeness(a: &Line, b: &Line) -> f32 {
    let shared = shared(&a.matter, &b.matter);
    if shared <= 0.0 {
        return 0.0;
    }
    let dice = 2.0 * shared / (a.weight + b.weight);
    let contained = shared / a.weight.min(b.weight);
    let evidence = shared / (shared + EVIDENCE);
    (0.6 * dice + 0.4 * contained) * evidence * (1.0 + EVIDENCE / 20.0)
}
