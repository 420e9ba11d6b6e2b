use crate::fields::{BODY_FIELD, Fields, LEAD_FIELD};
use crate::neighbours::NEIGHBOURS;
use crate::vector::Probe;

/// Bodies alike beyond this speak for one story.
const LIKE: f32 = 0.2;

/// How many pairs across are asked what they have in common at most.
pub const WITNESSES: usize = 36;

/// What single articles of two groups have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Links {
    /// The likeness of the two likest bodies.
    pub body: f32,
    /// The likeness of the two likest leads.
    pub lead: f32,
    /// How many pairs across have bodies alike.
    pub count: f32,
    /// The sum of the likeness of these.
    pub sum: f32,
    /// How many pairs were asked, where it was not the neighbours of each article.
    pub asked: f32,
}

impl Links {
    /// What two articles have in common of which body and lead are so alike.
    pub fn of_pair(body: f32, lead: f32) -> Links {
        let count = if body >= LIKE { 1.0 } else { 0.0 };
        Links { body, lead, count, sum: body * count, asked: 0.0 }
    }

    /// The same with so many pairs asked.
    pub fn of(self, asked: usize) -> Links {
        Links { asked: asked as f32, ..self }
    }

    /// The most that two groups can have in common.
    pub const MOST: Links =
        Links { body: 1.0, lead: 1.0, count: f32::INFINITY, sum: f32::INFINITY, asked: 1.0 };

    /// Both together.
    pub fn and(self, other: Links) -> Links {
        Links {
            body: self.body.max(other.body),
            lead: self.lead.max(other.lead),
            count: self.count + other.count,
            sum: self.sum + other.sum,
            asked: self.asked + other.asked,
        }
    }

    /// The share of pairs across that are alike, 0 to 1, and how alike these are, for groups of so
    /// many articles.
    pub fn share(&self, sizes: [usize; 2]) -> (f64, f64) {
        let few = sizes[0].min(sizes[1]);
        let neighbours = (sizes[0] * sizes[1]).min(NEIGHBOURS * few) as f32;
        let pairs = if self.asked > 0.0 { self.asked } else { neighbours };
        let mean = if self.count.is_infinite() { 1.0 } else { self.sum / self.count.max(1.0) };
        (f64::from((self.count / pairs).min(1.0)), f64::from(mean))
    }
}

/// An article that is asked what it has in common with many others.
pub struct Witness<'f> {
    body: Probe<'f>,
    lead: Probe<'f>,
}

impl<'f> Witness<'f> {
    /// Makes an article ready to be asked.
    pub fn new(fields: &'f Fields) -> Witness<'f> {
        let [body, lead] = [BODY_FIELD, LEAD_FIELD].map(|field| Probe::new(&fields.vectors[field]));
        Witness { body, lead }
    }

    /// What it has in common with another.
    pub fn and(&self, other: &Fields) -> Links {
        let [body, lead] = [BODY_FIELD, LEAD_FIELD].map(|field| &other.vectors[field]);
        Links::of_pair(self.body.dot(body), self.lead.dot(lead))
    }
}
