/*!
The page: one file that needs no network, reads without scripts, and is lit up by one.

Every word of a report is escaped on its way in, and a content security policy names the page's
own style and script by their hashes, so that a report cannot script the page. The whole text of
each report stands at the end of its story, in columns; every finding links to its exact words
there, and these words link back to the finding.
*/

mod agreement;
mod collation;
mod differences;
mod head;
mod history;
mod links;
mod matrix;
mod omissions;
mod pieces;
mod policy;
mod remarks;
mod reports;
mod scale;
mod segments;
mod solo;
mod view;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use rashomon_article::{Article, Diagnostic, Story};

use view::View;

/// From how many reports on a story is laid out piece by piece.
const LARGE: usize = 40;

/// The style sheet of a page, for whoever serves [`fragment`]s.
pub const STYLE: &str = include_str!("assets/page.css");
/// The script that lights a page up.
pub const SCRIPT: &str = include_str!("assets/page.js");

/// One story as an element to be put into a page that has [`STYLE`], [`SCRIPT`] and [`bar`].
pub fn fragment(story: &Story) -> Markup {
    self::story(&View::new(story, 1))
}

/// A comparison as a self-contained page.
pub fn page(stories: &[Story], diagnostics: &[Diagnostic]) -> String {
    let views: Vec<View<'_>> =
        stories.iter().enumerate().map(|(at, story)| View::new(story, at + 1)).collect();
    let title = match stories {
        [story] if !story.title.is_empty() => story.title.as_str(),
        _ => "The same event, told by many",
    };
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy::policy(STYLE, SCRIPT));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                meta name="generator" content="rashomon";
                title { (title) " · Rashomon" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { "Skip to the stories" }
                (masthead(&views))
                main #main tabindex="-1" {
                    @if views.is_empty() { header.story.story-head { h1 { "Nothing to compare" } p { "No report was read." } } }
                    @for view in &views { (self::story(view)) }
                }
                (colophon(&views, diagnostics))
                (bar())
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string()
}

fn masthead(views: &[View<'_>]) -> Markup {
    html! {
        header.masthead {
            p.mark { span.seal aria-hidden="true" {} "Rashomon" }
            button.theme type="button" hidden { "Light or dark" }
        }
        @if views.len() > 1 {
            nav.contents aria-label="Stories" {
                ol {
                    @for view in views {
                        li {
                            a href=(format!("#{}", view.prefix)) { bdi { (head::title(view)) } }
                            " " span.quiet { (pieces::number(view.story.documents.len(), "report")) }
                        }
                    }
                }
            }
        }
    }
}

fn story(view: &View<'_>) -> Markup {
    html! {
        article.story.large[view.story.documents.len() >= LARGE] #(view.prefix) aria-labelledby=(format!("{}-title", view.prefix)) {
            (head::head(view))
            (head::origins(view))
            (agreement::agreement(view))
            (differences::differences(view))
            (remarks::remarks(view))
            (matrix::matrix(view))
            (omissions::omissions(view))
            (solo::unique(view))
            (solo::timeline(view))
            (reports::reports(view))
        }
    }
}

fn colophon(views: &[View<'_>], diagnostics: &[Diagnostic]) -> Markup {
    let of_articles = views.iter().flat_map(|view| {
        view.story.documents.iter().enumerate().flat_map(move |(at, document)| {
            document
                .diagnostics
                .iter()
                .map(move |diagnostic| (Some(&view.tellers[at].label), diagnostic))
        })
    });
    let all: Vec<_> =
        diagnostics.iter().map(|diagnostic| (None, diagnostic)).chain(of_articles).collect();
    html! {
        footer.colophon {
            p {
                "Every word set in the type of the reports stands so in a report and links to its place there. "
                "Nothing is judged true or false. Reports that copy each other, or one agency, count as one origin."
            }
            @if !all.is_empty() {
                details {
                    summary { (pieces::number(all.len(), "note")) " on the reading of the reports" }
                    ul {
                        @for (label, diagnostic) in all {
                            li {
                                @if let Some(label) = label { bdi { (label) } ": " }
                                @if let Some(source) = &diagnostic.source { bdi { (source) } ": " }
                                bdi { (diagnostic.message) } " " code { (diagnostic.code) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Where an article can be read on the web; anything that only calls itself an address is left out.
pub fn address(article: &Article) -> Option<&str> {
    links::address(article)
}

/// What the script shows at the foot of the window while a finding is held.
pub fn bar() -> Markup {
    html! {
        section.bar aria-label="Where it is told" hidden {
            p.bar-what role="status" {}
            div.bar-keys {
                button type="button" data-go="-1" { span aria-hidden="true" { "‹ " } "previous" kbd { "p" } }
                button type="button" data-go="1" { "next" span aria-hidden="true" { " ›" } kbd { "n" } }
                button type="button" data-go="back" { "to the finding" kbd { "b" } }
                button type="button" data-go="close" { "close" kbd { "Esc" } }
            }
        }
    }
}
