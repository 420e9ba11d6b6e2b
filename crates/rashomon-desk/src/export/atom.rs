use std::io;

use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use rashomon::article::{Article, BlockKind};

/// What a feed says of itself.
#[derive(Clone, Debug)]
pub struct Head {
    /// A URI that stays the same: `urn:rashomon:story:s17`.
    pub id: String,
    /// What a feed reader shows.
    pub title: String,
}

/// One article in a feed, with what the store knows of it.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// The number of the article in its store.
    pub number: u64,
    /// The article.
    pub article: &'a Article,
    /// When it was last changed or, where it never was, first seen.
    pub updated: Timestamp,
}

/// An Atom feed (RFC 4287) of articles, in the order given. Each entry leads to the outlet's own
/// page and shows its first paragraph, word for word.
pub fn atom(head: &Head, items: &[Item<'_>]) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    write(&mut writer, head, items).expect("a vector takes every byte");
    let mut text = String::from_utf8(writer.into_inner()).expect("UTF-8 went in");
    text.push('\n');
    text
}

fn write(writer: &mut Writer<Vec<u8>>, head: &Head, items: &[Item<'_>]) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let updated = items.iter().map(|item| item.updated).max().unwrap_or(Timestamp::UNIX_EPOCH);
    let feed =
        writer.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
    feed.write_inner_content(|writer| {
        element(writer, "id", &head.id)?;
        element(writer, "title", &head.title)?;
        element(writer, "updated", &updated.to_string())?;
        writer
            .create_element("generator")
            .with_attribute(("version", env!("CARGO_PKG_VERSION")))
            .write_text_content(BytesText::new("rashomon"))?;
        items.iter().try_for_each(|item| entry(writer, item))
    })?;
    Ok(())
}

fn entry(writer: &mut Writer<Vec<u8>>, item: &Item<'_>) -> io::Result<()> {
    let article = item.article;
    writer.create_element("entry").write_inner_content(|writer| {
        element(writer, "id", &format!("urn:rashomon:article:a{}", item.number))?;
        let first = first_paragraph(article);
        let title = article.title.as_deref().or(first).unwrap_or(&article.id);
        element(writer, "title", title)?;
        element(writer, "updated", &item.updated.to_string())?;
        if let Some(published) = article.published {
            element(writer, "published", &published.to_rfc3339())?;
        }
        let authors = if article.byline.is_empty() {
            vec![article.outlet_or_id().to_owned()]
        } else {
            article.byline.clone()
        };
        for author in &authors {
            writer
                .create_element("author")
                .write_inner_content(|writer| element(writer, "name", author))?;
        }
        // An entry has a page to lead to, or else content.
        match web_address(article) {
            Some(address) => {
                let link = writer.create_element("link").with_attribute(("rel", "alternate"));
                link.with_attribute(("href", address)).write_empty()?;
            }
            None => element(writer, "content", article.text.as_str())?,
        }
        if let Some(first) = first {
            element(writer, "summary", first)?;
        }
        writer
            .create_element("source")
            .write_inner_content(|writer| element(writer, "title", article.outlet_or_id()))?;
        Ok(())
    })?;
    Ok(())
}

fn element(writer: &mut Writer<Vec<u8>>, name: &str, text: &str) -> io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(&allowed(text)))?;
    Ok(())
}

/// XML 1.0 has no place for most control characters, not even escaped.
fn allowed(text: &str) -> String {
    text.chars().filter(|&c| !c.is_control() || matches!(c, '\t' | '\n' | '\r')).collect()
}

/// With fewer words, a paragraph names a place or a section.
const PARAGRAPH: usize = 6;

/// The first paragraph that tells something.
fn first_paragraph(article: &Article) -> Option<&str> {
    let paragraphs = article.prose().filter(|block| block.kind == BlockKind::Paragraph);
    let mut texts: Vec<&str> = paragraphs.map(|block| article.text.slice(block.span)).collect();
    let told = texts.iter().position(|text| text.split_whitespace().count() >= PARAGRAPH);
    (!texts.is_empty()).then(|| texts.swap_remove(told.unwrap_or(0)))
}

/// The page that a reader can open: never a script or a file.
fn web_address(article: &Article) -> Option<&str> {
    [article.canonical.as_deref(), article.source.as_deref()]
        .into_iter()
        .flatten()
        .find(|address| address.starts_with("https://") || address.starts_with("http://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_is_escaped_and_leads_to_the_outlet() {
        let document = rashomon::read::read_plain(
            "pier",
            "Pier <closed> & gone\n\nBy Ada Bell\n\nThe pier \u{1}closed on Monday, the port said.",
            rashomon::language::english(),
        );
        let mut article = document.article;
        article.canonical = Some("https://herald.example/a?b=1&c=2".to_owned());
        article.outlet = Some("Herald".to_owned());
        let head = Head { id: "urn:rashomon:story:s1".to_owned(), title: "A & B".to_owned() };
        let item = Item { number: 7, article: &article, updated: Timestamp::UNIX_EPOCH };
        let feed = atom(&head, &[item]);
        assert!(feed.contains("<title>Pier &lt;closed&gt; &amp; gone</title>"), "{feed}");
        assert!(feed.contains("href=\"https://herald.example/a?b=1&amp;c=2\""), "{feed}");
        assert!(
            feed.contains("<summary>The pier closed on Monday, the port said.</summary>"),
            "{feed}"
        );
        assert!(feed.contains("urn:rashomon:article:a7"), "{feed}");
        assert!(!feed.contains("<content>"), "the page has the whole: {feed}");
        article.canonical = None;
        let item = Item { number: 7, article: &article, updated: Timestamp::UNIX_EPOCH };
        let feed = atom(&head, &[item]);
        assert!(feed.contains("<content>") && !feed.contains("<link"), "{feed}");
    }
}
