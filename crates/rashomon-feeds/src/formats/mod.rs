//! One file for each format: from a tree of elements, or from JSON, to what it says.

pub(crate) mod atom;
pub(crate) mod json;
pub(crate) mod modules;
pub(crate) mod opml;
pub(crate) mod rss;
pub(crate) mod sitemap;
