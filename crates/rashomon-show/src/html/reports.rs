//! The whole reports, in columns beside each other, each marked passage tied to its finding.

use maud::{Markup, html};
use rashomon_article::{ArticleIndex, Block, BlockKind, Passage};
use rashomon_text::Span;

use super::pieces::{Section, number, section, source};
use super::segments::{Segment, segments};
use super::view::{MarkKind, View, moment};

const SECTION: Section = Section {
    slug: "reports",
    title: "The reports side by side",
    lede: "Point at a passage and its counterparts light up; choose it and they line up.",
};

/// All reports of the story.
pub(super) fn reports(view: &View<'_>) -> Markup {
    let story = view.story;
    let body = html! {
        p.legend {
            span { b.k-claim { "Underlined" } " is told by others too; " }
            span { b.k-conflict { "marked" } " is told differently; " }
            span { b.k-unique { "dotted" } " stands here alone. " }
        }
        details.picker hidden {
            summary { "Choose among " (number(story.documents.len(), "report")) }
            fieldset {
                legend.vh { "Reports to show" }
                @for article in story.articles() {
                    label.(view.hue(article)) {
                        input type="checkbox" value=(view.column(article)) checked;
                        i.dot.full {} bdi { (view.teller(article).label) }
                    }
                }
            }
        }
        div.columns tabindex="0" role="region" aria-label=(view.named("Reports in columns")) {
            @for article in story.articles() { (column(view, article)) }
        }
    };
    section(view, &SECTION, body)
}

fn column(view: &View<'_>, article: ArticleIndex) -> Markup {
    let report = &view.document(article).article;
    let teller = view.teller(article);
    let id = view.column(article);
    let whole = Passage { article, span: Span::new(0, 0) };
    html! {
        section.report.(view.hue(article)) #(id) data-name=(teller.label) {
            header {
                h3 { bdi { (report.outlet_or_id()) } (source(view, whole)) }
                p.quiet {
                    @if let Some(published) = report.published { (moment(published)) " " }
                    @if !report.byline.is_empty() { "by " bdi { (report.byline.join(", ")) } " " }
                    @if !report.agencies.is_empty() { "credits " bdi { (report.agencies.join(", ")) } }
                }
                p.missing hidden { "does not tell this" }
            }
            div.text tabindex="0" role="region" aria-label=(view.named(&format!("Text of {}", teller.label))) lang=[view.language(article)] {
                @if let Some(title) = &report.title && !has_headline(view, article) {
                    p.block.headline dir="auto" { (title) }
                }
                @for run in paragraphs(view, article) { (paragraph(view, article, &run)) }
            }
        }
    }
}

fn has_headline(view: &View<'_>, article: ArticleIndex) -> bool {
    view.document(article).article.blocks.iter().any(|block| block.kind == BlockKind::Headline)
}

/// Blocks that share a line stand in one paragraph: a dateline and what it leads in. Words that
/// no block holds are shown as furniture, so that the text is whole.
fn paragraphs(view: &View<'_>, article: ArticleIndex) -> Vec<Vec<Block>> {
    let article = &view.document(article).article;
    let mut whole: Vec<Block> = Vec::new();
    let mut at = 0;
    for block in &article.blocks {
        if block.span.start() < at {
            continue;
        }
        whole.extend(stray(article, at, block.span.start()));
        whole.push(*block);
        at = block.span.end();
    }
    whole.extend(stray(article, at, article.text.len()));
    let mut paragraphs: Vec<Vec<Block>> = Vec::new();
    for block in whole {
        let joins = paragraphs.last().and_then(|run| run.last()).is_some_and(|last| {
            let between = Span::new(last.span.end(), block.span.start());
            !article.text.get(between).unwrap_or_default().contains('\n')
                && last.kind == BlockKind::Dateline
        });
        match paragraphs.last_mut() {
            Some(run) if joins => run.push(block),
            _ => paragraphs.push(vec![block]),
        }
    }
    paragraphs
}

fn stray(article: &rashomon_article::Article, from: usize, to: usize) -> Option<Block> {
    let gap = article.text.trim(Span::new(from, to));
    (!gap.is_empty()).then_some(Block { span: gap, kind: BlockKind::Furniture })
}

fn paragraph(view: &View<'_>, article: ArticleIndex, run: &[Block]) -> Markup {
    let kind = run.last().map_or("furniture", |block| class(block.kind));
    let text = &view.document(article).article.text;
    html! {
        p.block.(kind) dir="auto" {
            @for (at, block) in run.iter().enumerate() {
                @if at > 0 { " " }
                @if run.len() > 1 && block.kind == BlockKind::Dateline {
                    span.dateline { (block_words(view, article, *block)) }
                } @else { (block_words(view, article, *block)) }
            }
            @if text.is_empty() { "" }
        }
    }
}

fn block_words(view: &View<'_>, article: ArticleIndex, block: Block) -> Markup {
    html! {
        @for segment in segments(block.span, &view.marks[article.get()]) { (self::segment(view, article, &segment)) }
    }
}

fn segment(view: &View<'_>, article: ArticleIndex, segment: &Segment<'_>) -> Markup {
    let words = view.document(article).article.text.get(segment.span).unwrap_or_default();
    let innermost = segment.keys.first().filter(|_| !words.trim().is_empty());
    let Some(innermost) = innermost else {
        return html! { (words) };
    };
    let id = segment.starts.then(|| format!("{}-{}", view.column(article), segment.span.start()));
    let tab = (!segment.starts).then_some("-1");
    html! {
        a class=(format!("p {}", mark(&segment.kinds))) id=[id] href=(format!("#{innermost}")) data-k=(segment.keys.join(" ")) tabindex=[tab] { (words) }
    }
}

fn mark(kinds: &[MarkKind]) -> &'static str {
    match kinds.first() {
        Some(MarkKind::Conflict) => "k-conflict",
        Some(MarkKind::Difference) => "k-differ",
        _ if kinds.contains(&MarkKind::Claim) => "k-claim",
        _ if kinds.contains(&MarkKind::Unique) => "k-unique",
        Some(MarkKind::Remark) => "k-remark",
        _ => "k-other",
    }
}

fn class(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Headline => "headline",
        BlockKind::Byline => "byline",
        BlockKind::Dateline => "dateline",
        BlockKind::Subheading => "subheading",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Caption => "caption",
        BlockKind::Furniture => "furniture",
    }
}
