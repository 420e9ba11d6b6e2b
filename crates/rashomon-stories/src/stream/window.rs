use std::collections::{BTreeMap, VecDeque};

use crate::fields::{BODY_FIELD, Fields};
use crate::frequencies::Frequencies;
use crate::signature::Signature;
use crate::vector::Vector;

/// An article that may still be joined.
#[derive(Clone, Debug)]
pub struct Live {
    /// Its number outside.
    pub article: u64,
    /// When it was published, in days.
    pub day: Option<f64>,
    /// The day of the stream when it came, if one was known.
    pub came: Option<i64>,
    /// Its story.
    pub story: u64,
    /// Its signature, as bytes: it is read seldom.
    signature: Box<[u8]>,
    /// Its fields, as the terms are weighed at present.
    pub fields: Fields,
}

impl Live {
    /// The signature.
    pub fn signature(&self) -> Signature {
        Signature::from_bytes(&self.signature).expect("these bytes were made of a signature")
    }

    /// The terms of the signature, without how they are written.
    pub fn terms(&self) -> Signature {
        let terms = Signature::terms_of(&self.signature);
        terms.expect("these bytes were made of a signature").0
    }

    /// The whole as a vector.
    pub fn body(&self) -> &Vector {
        &self.fields.vectors[BODY_FIELD]
    }

    /// Weighs the fields anew.
    pub fn weigh(&mut self, frequencies: &Frequencies) {
        self.fields = Fields::new(&self.terms(), frequencies);
    }
}

/// The articles that came in the last days, in order of arrival. Inside the stream an article is
/// known by its place in this order, which is never given twice.
#[derive(Clone, Debug, Default)]
pub struct Window {
    /// `None` where an article came again later.
    articles: VecDeque<Option<Live>>,
    /// The place of the first.
    first: usize,
    /// How many there are.
    live: usize,
    places: BTreeMap<u64, usize>,
}

impl Window {
    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.live
    }

    /// The place of an article.
    pub fn place(&self, article: u64) -> Option<usize> {
        self.places.get(&article).copied()
    }

    /// The article of a place.
    pub fn get(&self, place: usize) -> Option<&Live> {
        self.articles.get(place.checked_sub(self.first)?)?.as_ref()
    }

    /// The article of a place that a story has.
    pub fn at(&self, place: usize) -> &Live {
        self.get(place).expect("members of stories are in the window")
    }

    /// The same, to be changed.
    pub fn at_mut(&mut self, place: usize) -> &mut Live {
        let article = self.articles.get_mut(place - self.first).and_then(Option::as_mut);
        article.expect("members of stories are in the window")
    }

    /// The places, in order of arrival.
    pub fn places(&self) -> impl DoubleEndedIterator<Item = usize> {
        let there = |(at, article): (usize, &Option<Live>)| article.is_some().then_some(at);
        self.articles.iter().enumerate().filter_map(there).map(|at| at + self.first)
    }

    /// Takes an article in and gives its place.
    pub fn push(
        &mut self,
        (article, story): (u64, u64),
        (day, came): (Option<f64>, Option<i64>),
        signature: &Signature,
        fields: Fields,
    ) -> usize {
        let place = self.first + self.articles.len();
        self.places.insert(article, place);
        self.live += 1;
        self.articles.push_back(Some(Live {
            article,
            day,
            came,
            story,
            signature: signature.to_bytes().into(),
            fields,
        }));
        place
    }

    /// Sets the day on which all articles came.
    pub fn came_on(&mut self, day: Option<i64>) {
        for article in self.articles.iter_mut().flatten() {
            article.came = day;
        }
    }

    /// Lets an article go.
    pub fn remove(&mut self, place: usize) {
        let article = self.articles.get_mut(place - self.first).and_then(Option::take);
        let article = article.expect("only what is in the window leaves it");
        self.places.remove(&article.article);
        self.live -= 1;
        while let Some(None) = self.articles.front() {
            self.articles.pop_front();
            self.first += 1;
        }
    }

    /// The place of the article that came first.
    pub fn oldest(&self) -> Option<usize> {
        self.articles.front().map(|_| self.first)
    }
}
