//! The page: whole, safe, and the same for the same story.

mod fixture;

use std::collections::BTreeSet;

use rashomon_show::html::page;

/// What stands between the head and the script.
fn body(page: &str) -> &str {
    let (_, body) = page.split_once("<body>").expect("a page has a body");
    body.rsplit_once("<script>").map_or(body, |(body, _)| body)
}

/// All values of an attribute, as they are written.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let head = format!(" {attribute}=\"");
    let value = |rest: &'p str| rest.split_once('"').map_or(rest, |(value, _)| value);
    body(page).split(&head).skip(1).map(value).collect()
}

/// The text of the body as a browser would show it, tags cut out.
fn shown(page: &str) -> String {
    let mut text = String::new();
    for piece in body(page).split('<').skip(1) {
        text.push_str(piece.split_once('>').map_or("", |(_, text)| text));
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn all() -> Vec<rashomon_article::Story> {
    vec![fixture::ferry(), fixture::hostile(), fixture::lonely(), fixture::crowd(30)]
}

#[test]
fn every_link_leads_somewhere_and_no_id_stands_twice() {
    let page = page(&all(), &[]);
    let ids = values(&page, "id");
    let unique: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "ids stand twice");
    for href in values(&page, "href") {
        match href.strip_prefix('#') {
            Some(id) => assert!(unique.contains(id), "{href} leads nowhere"),
            None => assert!(href.starts_with("https://"), "{href} is no address of the web"),
        }
    }
    for keys in values(&page, "data-k") {
        for key in keys.split(' ') {
            assert!(unique.contains(key), "the finding {key} is not on the page");
        }
    }
}

#[test]
fn a_report_cannot_script_the_page() {
    let page = page(&[fixture::hostile()], &[]);
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("<style").count(), 1);
    assert!(!page.contains("<img"));
    assert!(!page.contains("href=\"javascript:") && !page.contains("href=\"data:"));
    for event in ["onerror", "onmouseover", "onclick"] {
        assert!(values(&page, event).is_empty());
    }
    assert!(values(&page, "style").is_empty(), "the policy forbids style attributes");
    assert!(page.contains("default-src 'none'") && !page.contains("unsafe-inline"));
}

#[test]
fn every_report_stands_whole() {
    let squeeze = |text: &str| text.split_whitespace().collect::<String>();
    for story in all() {
        let shown = squeeze(&shown(&page(std::slice::from_ref(&story), &[])));
        for document in &story.documents {
            let text = squeeze(document.article.text.as_str());
            assert!(shown.contains(&text), "{} is not whole on the page", document.article.id);
        }
    }
}

#[test]
fn an_empty_cell_says_why_and_a_half_one_leads_to_the_words() {
    let page = page(&[fixture::ferry()], &[]);
    assert!(page.contains(">not told; much shorter report<"));
    assert!(page.contains(">not told; only a few lines<"));
    assert!(page.contains(">not told<"));
    let near = fixture::ferry().near[0].passage;
    let place = format!("href=\"#s1a{}-{}\"", near.article.get() + 1, near.span.start());
    assert!(page.contains(&place) && page.contains("comes near"));
}

#[test]
fn a_figure_is_drawn_over_time_where_the_reports_are_dated() {
    let drawn = |story| page(&[story], &[]).matches("<figure class=\"history\">").count();
    let mut story = fixture::ferry();
    assert_eq!(drawn(story.clone()), 3, "hours, people on board, people treated");
    for document in &mut story.documents {
        document.article.published = None;
    }
    assert_eq!(drawn(story), 0);
}

#[test]
fn the_same_story_gives_the_same_bytes() {
    assert_eq!(page(&all(), &[]), page(&all(), &[]));
}

#[test]
fn without_a_story_it_says_so() {
    assert!(page(&[], &[]).contains("Nothing to compare"));
}
