use crate::usage::{PLACE, Usages};
use crate::word::Word;

/// What some words are as a whole.
#[derive(Clone, Debug)]
pub(crate) struct Gist {
    /// The weight of the words that carry matter.
    pub matter: f32,
    /// The sum of how the words are used, each by its weight.
    place: [f32; PLACE],
    /// The square of the length of that.
    square: f32,
}

impl Gist {
    pub fn new(words: &[Word], usages: &Usages) -> Gist {
        let mut place = [0.0; PLACE];
        for word in words {
            let Some(usage) = word.usage else { continue };
            for (sum, &step) in place.iter_mut().zip(usages.place(usage)) {
                *sum += word.weight * f32::from(step);
            }
        }
        let matter = words.iter().filter(|word| word.content).map(|word| word.weight).sum();
        Gist { matter, place, square: dot(&place, &place) }
    }

    /// The cosine of how the words are used; 0 where it is negative.
    pub fn nearness(&self, other: &Gist) -> f32 {
        let lengths = (self.square * other.square).sqrt();
        let near = lengths > f32::EPSILON;
        if near { (dot(&self.place, &other.place) / lengths).max(0.0) } else { 0.0 }
    }
}

fn dot(a: &[f32; PLACE], b: &[f32; PLACE]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
