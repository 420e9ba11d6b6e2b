use crate::frequencies::Frequencies;
use crate::signature::{Counted, Signature};
use crate::vector::Vector;

/// How many terms of an article are kept in each field.
const KEPT: usize = 100;

/// How many parts of an article are compared by themselves.
pub const FIELDS: usize = 7;

/// The article in parts, each a vector of length one or nought: the head, the whole, the words
/// written with a capital, pairs of words, the lead, the title, and the times that it names.
#[derive(Clone, Debug)]
pub struct Fields {
    /// See [`HEAD_FIELD`], [`BODY_FIELD`].
    pub vectors: [Vector; FIELDS],
    /// How many terms were read.
    pub length: usize,
}

/// The title and the first terms.
pub const HEAD_FIELD: usize = 0;
/// All terms read.
pub const BODY_FIELD: usize = 1;
/// Words with a capital inside a sentence.
pub const CAPITALS_FIELD: usize = 2;
/// Words that follow each other.
pub const PAIRS_FIELD: usize = 3;
/// The title and the very first terms.
pub const LEAD_FIELD: usize = 4;
/// The title that came beside the text.
pub const TITLE_FIELD: usize = 5;
/// Days, months and years that the text names.
pub const CALENDAR_FIELD: usize = 6;

impl Fields {
    /// Weighs the terms of a signature.
    pub fn new(signature: &Signature, frequencies: &Frequencies) -> Fields {
        let words: Vec<(Counted, f64)> =
            signature.words.iter().map(|&word| (word, frequencies.idf(&word))).collect();
        let pairs: Vec<(Counted, f64)> =
            signature.pairs.iter().map(|&pair| (pair, frequencies.idf(&pair))).collect();
        let vectors = [
            field(&words, |word| word.head),
            field(&words, |word| word.whole),
            field(&words, |word| word.capitals),
            field(&pairs, |pair| pair.whole),
            field(&words, |word| word.lead),
            field(&words, |word| word.title),
            calendar(signature),
        ];
        Fields { vectors, length: signature.length as usize }
    }
}

fn field(terms: &[(Counted, f64)], count: impl Fn(&Counted) -> u8) -> Vector {
    let weighed = terms.iter().filter_map(|(counted, idf)| {
        let often = match count(counted) {
            0 => return None,
            1 => 1.0,
            count => 1.0 + f64::from(count).ln(),
        };
        let weight = often * idf;
        (weight > 0.0).then_some((counted.term, weight as f32))
    });
    Vector::unit(weighed.collect(), KEPT)
}

/// Times are named by many articles or few: that says nothing of what they weigh.
fn calendar(signature: &Signature) -> Vector {
    let times = signature.calendar.iter();
    Vector::unit(times.map(|time| (time.term, f32::from(time.whole))).collect(), KEPT)
}

/// The fields of all articles of a batch, weighed by the frequencies of the batch and of news at
/// large.
pub fn fields(signatures: &[Signature]) -> Vec<Fields> {
    let frequencies = Frequencies::of(signatures);
    signatures.iter().map(|signature| Fields::new(signature, &frequencies)).collect()
}
