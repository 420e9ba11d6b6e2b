//! Web pages: their main text by an extraction library, and what they say of themselves.

mod extract;
pub(crate) mod fragment;
mod jsonld;
mod nesting;
mod page;

use rashomon_article::{Diagnostic, Document};
use rashomon_language::Language;
use rashomon_text::Span;

use crate::assemble::{self, Known};
use crate::given::Given;
use crate::plain::{authors, fold};
use crate::{Reading, date};
use page::Page;

/// Reads a page into one article.
pub(crate) fn read(name: &str, html: &str, given: &Given, language: &Language) -> Reading {
    let document = document(name, html, Known::from(given.clone()), language);
    if document.article.text.is_empty() {
        let message = format!("{name}: the page holds no article text");
        return Reading::skipped("no-text", message, name);
    }
    Reading { documents: vec![document], diagnostics: Vec::new() }
}

/// The article of a page; what is `given` stands above what the page says.
pub(crate) fn document(name: &str, html: &str, mut known: Known, language: &Language) -> Document {
    let page = Page::scan(html);
    let flat = nesting::flatten(html, page.depth);
    let main = extract::main_text(flat.as_deref().unwrap_or(html));
    let bad = facts(&page, &main, &mut known.given, language);
    known.diagnostics.extend(bad);
    if flat.is_some() {
        let message = format!(
            "the page nests {} elements; the deepest were unwrapped before reading",
            page.depth
        );
        known.diagnostics.push(Diagnostic::article("nesting-cut", message));
    }
    let (text, headings) = lay_out(&main, known.given.title.as_deref());
    known.headings = headings;
    assemble::document(name, &text, known, language)
}

/// Adds what the page says of its article where nothing is given; tells of a date that is none.
fn facts(
    page: &Page,
    main: &extract::Main,
    given: &mut Given,
    language: &Language,
) -> Option<Diagnostic> {
    let news = jsonld::article(&page.json_ld);
    if let Some(owner) = news.owner {
        given.extra.entry("owner").or_insert(owner.into());
    }
    let outlet = given.outlet.take().or(news.publisher).or_else(|| page.outlet());
    given.title = given
        .title
        .take()
        .or_else(|| page.title(outlet.as_deref(), news.headline.as_deref()))
        .or_else(|| Some(main.title.clone()).filter(|title| !title.is_empty()));
    if given.byline.is_empty() {
        let found = [news.authors, page.authors(), main.authors.clone()];
        let found = found.into_iter().find(|names| !names.is_empty()).unwrap_or_default();
        let (names, agencies) = authors(&found, language);
        // An outlet that signs for itself is no author.
        given.byline = names;
        given.byline.retain(|name| outlet.as_ref().is_none_or(|outlet| fold(outlet) != fold(name)));
        given.agencies.extend(agencies);
    }
    given.outlet = outlet;
    let dates = news.published.into_iter().chain(page.dates());
    let mut bad = None;
    for words in dates {
        match date::read_date(&words, &language.reading) {
            Ok(found) => given.published = given.published.or(found),
            Err(date::BadDate(why)) => {
                bad.get_or_insert(why);
            }
        }
    }
    given.canonical = given.canonical.take().or_else(|| page.canonical());
    given.language = given.language.take().or_else(|| page.language()).or(news.language);
    let why = bad.filter(|_| given.published.is_none())?;
    let message = format!("the date of publication is left out: {why}");
    Some(Diagnostic::article("bad-date", message))
}

/// One paragraph a line, the headline in front; with the places of the headings.
fn lay_out(main: &extract::Main, title: Option<&str>) -> (String, Vec<Span>) {
    let mut text = String::new();
    let mut headings = Vec::new();
    let title = title.filter(|title| !title.trim().is_empty());
    if let Some(title) = title.filter(|title| {
        let folded = fold(title);
        !main.lines.iter().take(3).any(|line| fold(&line.words) == folded)
    }) && !main.lines.is_empty()
    {
        text.push_str(&title.split_whitespace().collect::<Vec<_>>().join(" "));
        text.push('\n');
    }
    for line in &main.lines {
        let start = text.len();
        text.push_str(&line.words);
        if line.is_heading {
            headings.push(Span::new(start, text.len()));
        }
        text.push('\n');
    }
    (text, headings)
}
