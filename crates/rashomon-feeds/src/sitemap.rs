use rashomon_article::{Diagnostic, Published};

/// The pages of a site, or the sitemaps that list them.
#[derive(Clone, Debug, Default)]
pub struct Sitemap {
    /// Its pages, in its own order.
    pub entries: Vec<SitemapEntry>,
    /// Other sitemaps that it names, where it is an index.
    pub nested: Vec<NestedSitemap>,
    /// What was mended, left out or cannot be read.
    pub diagnostics: Vec<Diagnostic>,
}

/// One page of a sitemap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SitemapEntry {
    /// Its address, absolute.
    pub address: String,
    /// When it last changed, as the site says.
    pub modified: Option<Published>,
    /// What a news sitemap tells of it.
    pub news: Option<News>,
}

/// A sitemap that an index names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NestedSitemap {
    /// Its address, absolute.
    pub address: String,
    /// When it last changed, as the index says.
    pub modified: Option<Published>,
}

/// What Google's extension for news tells of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// The name of the outlet.
    pub publication: Option<String>,
    /// BCP 47, as the sitemap has it.
    pub language: Option<String>,
    /// When the report was published.
    pub published: Option<Published>,
    /// Its headline, as plain text.
    pub title: Option<String>,
    /// Its subjects.
    pub keywords: Vec<String>,
}
