use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value};

/// One page, text or row.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Where it stands, for people: the path of a member, `reports.csv:17`,
    /// `crawl.warc.gz@8231`. Unique in its container.
    pub name: String,
    /// Where reading goes on after it; give it as
    /// [`resume_from`](crate::Options::resume_from) to read on later. What the number counts
    /// depends on the container.
    pub position: u64,
    /// What it holds.
    pub body: Body,
    /// The address that it was fetched from.
    pub address: Option<String>,
    /// When it was fetched, which is not when it was published.
    pub at: Option<Timestamp>,
    /// What it is said to be, with its `charset` where that is told: `text/html; charset=utf-8`.
    pub media_type: Option<String>,
    /// What else the container says of it.
    pub extra: Map<String, Value>,
}

impl Record {
    pub(crate) fn new(name: String, body: Body) -> Record {
        Record {
            name,
            position: 0,
            body,
            address: None,
            at: None,
            media_type: None,
            extra: Map::new(),
        }
    }

    /// The `charset` in the media type: `utf-8`.
    pub fn charset(&self) -> Option<&str> {
        let (_, parameters) = self.media_type.as_deref()?.split_once(';')?;
        parameters.split(';').find_map(|parameter| {
            let (key, value) = parameter.split_once('=')?;
            let value = value.trim().trim_matches(['"', '\'']);
            (key.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then_some(value)
        })
    }
}

/// What a record holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// A page or a text.
    Bytes(Vec<u8>),
    /// A row of a table or an object of JSON, with its fields in their order.
    Fields(Map<String, Value>),
}

/// How many records were read, and how many were not, by the code of the reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records handed out.
    pub read: u64,
    /// What was not handed out, by code: what is broken, for which there was a diagnostic too,
    /// and what is whole and of no use, such as the redirects of a crawl.
    pub skipped: BTreeMap<&'static str, u64>,
    /// Records handed out of which something is amiss, by code.
    pub noted: BTreeMap<&'static str, u64>,
}

impl Counts {
    pub(crate) fn skip(&mut self, code: &'static str) {
        *self.skipped.entry(code).or_default() += 1;
    }

    pub(crate) fn note(&mut self, code: &'static str) {
        *self.noted.entry(code).or_default() += 1;
    }
}
