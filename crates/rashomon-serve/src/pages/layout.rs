//! What all pages share.

use maud::{DOCTYPE, Markup, html};

use crate::assets::{DESK_SCRIPT, DESK_STYLE, MARK, PAGE_SCRIPT, PAGE_STYLE};

/// Where a page belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Stories,
    People,
    Outlets,
    Search,
    Alerts,
    Sources,
    /// In none of the ways.
    Nowhere,
}

/// The ways through the desk, in the order of the masthead.
const WAYS: [(Place, &str, &str); 6] = [
    (Place::Stories, "/", "Stories"),
    (Place::People, "/people", "People"),
    (Place::Outlets, "/outlets", "Outlets"),
    (Place::Search, "/search", "Search"),
    (Place::Alerts, "/alerts", "Alerts"),
    (Place::Sources, "/sources", "Sources"),
];

/// A whole page.
pub(crate) fn page(place: Place, title: &str, body: &Markup) -> Markup {
    html! {
        (before(Some(place), title))
        (body)
        (AFTER)
    }
}

/// A page without the ways through the desk.
pub(crate) fn bare(title: &str, body: &Markup) -> Markup {
    html! { (before(None, title)) (body) (AFTER) }
}

/// All of a page up to its content, so that it can be sent before the content is made.
pub(crate) fn before(place: Option<Place>, title: &str) -> Markup {
    html! {
        (DOCTYPE)
        (maud::PreEscaped("<html lang=\"en\">"))
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (title) " · Rashomon" }
            link rel="icon" href=(MARK.address);
            link rel="stylesheet" href=(PAGE_STYLE.address);
            link rel="stylesheet" href=(DESK_STYLE.address);
            script defer src=(PAGE_SCRIPT.address) {}
            script defer src=(DESK_SCRIPT.address) {}
        }
        (maud::PreEscaped("<body>"))
        a.skip href="#main" { "Skip to the content" }
        header.masthead {
            a.mark href="/" { span.seal aria-hidden="true" {} "Rashomon" }
            @if let Some(place) = place {
                nav.ways aria-label="Desk" {
                    ul {
                        @for (to, href, name) in WAYS {
                            li { a href=(href) aria-current=[(to == place).then_some("page")] { (name) } }
                        }
                    }
                }
                // The page of the search has a larger one.
                @if place != Place::Search {
                    form.find role="search" action="/search" {
                        label.vh for="find" { "Search all reports" }
                        input #find type="search" name="q" placeholder="Search" autocomplete="off" aria-keyshortcuts="/";
                    }
                }
            }
            button.theme type="button" hidden { "Light or dark" }
        }
        (maud::PreEscaped("<main id=\"main\" tabindex=\"-1\">"))
    }
}

/// The end of a page.
pub(crate) struct After;
pub(crate) const AFTER: After = After;

impl maud::Render for After {
    fn render(&self) -> Markup {
        html! {
            (maud::PreEscaped("</main>"))
            (rashomon_show::html::bar())
            p.live role="status" aria-live="polite" {}
            (maud::PreEscaped("</body></html>"))
        }
    }
}
