use std::collections::HashMap;

use rashomon_language::{Language, word_key};

/// How a word is used, as a point: words used alike lie near to each other.
#[derive(Clone, Copy, Debug)]
struct Usage {
    /// A unit vector in steps of 1/127, in the width that processors multiply and add at once.
    place: [i16; PLACE],
    /// One bit for each pair of opposites that it is the first word of.
    ayes: u64,
    /// The same for the second.
    noes: u64,
}

/// Numbers of a place.
pub(crate) const PLACE: usize = 64;
/// The first components of a vector tell little but how frequent a word is.
const FREQUENCY_COMPONENTS: usize = 2;

/// How the words of a story are used, by the numbers that its words carry.
#[derive(Debug, Default)]
pub(crate) struct Usages {
    known: Vec<Usage>,
    /// By the number of the word as written.
    numbers: HashMap<u32, Option<u32>>,
}

impl Usages {
    /// The number of how a word is used. Words of time have no usage: Monday and Friday are used
    /// alike and are not kin.
    pub fn number(
        &mut self,
        exact: u32,
        written: &str,
        opposites: (u64, u64),
        language: &Language,
    ) -> Option<u32> {
        if let Some(&known) = self.numbers.get(&exact) {
            return known;
        }
        let of_time = language.times.words.iter().any(|(word, _)| *word == written);
        let place = if of_time { None } else { place(written, language) };
        let number = place.map(|place| {
            let (ayes, noes) = opposites;
            self.known.push(Usage { place, ayes, noes });
            self.known.len() as u32 - 1
        });
        self.numbers.insert(exact, number);
        number
    }

    /// The place of a usage.
    pub fn place(&self, number: u32) -> &[i16; PLACE] {
        &self.known[number as usize].place
    }

    /// The cosine of two places, 0 where the words are opposites.
    pub fn nearness(&self, a: u32, b: u32) -> f32 {
        let (a, b) = (&self.known[a as usize], &self.known[b as usize]);
        if a.ayes & b.noes | a.noes & b.ayes != 0 {
            return 0.0;
        }
        let mut dot = 0;
        for at in 0..PLACE {
            dot += i32::from(a.place[at]) * i32::from(b.place[at]);
        }
        dot as f32 / (127.0 * 127.0)
    }
}

fn place(written: &str, language: &Language) -> Option<[i16; PLACE]> {
    let vector = language.vectors.get(word_key(written))?;
    let telling = vector.get(FREQUENCY_COMPONENTS..)?;
    let length = telling.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length <= f32::EPSILON {
        return None;
    }
    let mut place = [0; PLACE];
    for (step, x) in place.iter_mut().zip(telling) {
        *step = (x / length * 127.0).round() as i16;
    }
    Some(place)
}
