use rashomon_article::{
    ArticleIndex, Claim, Discrepancy, Lineage, Origin, Passage, Side, Story, Verdict,
};

use super::page::{Ink, Page, Words};
use super::{Style, more};
use crate::editor::{
    Account, Places, Remark, Wording, account, breadth, by_gravity, by_speaker, count, days,
    excuse, label, likely, omissions, one_line, otherwise, sentence, some_names, suggests, tellers,
    title, told, when,
};

/// How many entries of each section are shown where not all are. Set so that a story of six
/// reports fits on three or four screens.
mod most {
    pub const DIFFERENCES: usize = 12;
    pub const CLAIMS: usize = 8;
    pub const SPEAKERS: usize = 6;
    pub const REMARKS: usize = 5;
    pub const WORDINGS: usize = 5;
    pub const OMISSIONS: usize = 5;
    pub const UNIQUE: usize = 8;
    pub const DAYS: usize = 8;
    pub const SOURCES: usize = 6;
    pub const LIKELY: usize = 4;
    pub const ALONE: usize = 10;
}

/// More origins than this are told by a figure, not by dots.
const DOTS: usize = 12;

/// All sections of one story.
pub(super) fn show(page: &mut Page<'_>, story: &Story, style: &Style) {
    let view = View { story, places: Places::new(story), all: style.all };
    view.head(page);
    view.origins(page);
    view.differences(page);
    view.agreed(page);
    view.said(page);
    view.left_out(page);
    view.unique(page);
    view.timeline(page);
}

/// Reports that no other report tells the event of.
pub(super) fn show_alone(page: &mut Page<'_>, alone: &[&Story], only: bool, style: &Style) {
    let alone: Vec<&&Story> = alone.iter().filter(|story| !story.documents.is_empty()).collect();
    if alone.is_empty() {
        return;
    }
    page.heading(if only { "NOTHING TO COMPARE" } else { "TOLD BY ONE REPORT" });
    let shown = if style.all { alone.len() } else { most::ALONE };
    for story in alone.iter().take(shown) {
        let places = Places::new(story);
        let words = Words::new(title(story), Ink::Plain).and(" — ", Ink::Faint);
        let words = words.and(places.outlet(ArticleIndex(0)), Ink::Blue);
        page.hanging(2, &Words::new("· ", Ink::Faint), &words);
    }
    more(page, 2, alone.len(), shown);
}

struct View<'s> {
    story: &'s Story,
    places: Places<'s>,
    all: bool,
}

impl View<'_> {
    fn shown(&self, most: usize) -> usize {
        if self.all { usize::MAX } else { most }
    }

    fn head(&self, page: &mut Page<'_>) {
        page.gap();
        page.paragraph(0, &Words::new(title(self.story), Ink::Strong));
        let when = days(self.story).map_or(String::new(), |days| format!("{days} · "));
        page.paragraph(0, &Words::new(&format!("{when}{}", breadth(self.story)), Ink::Faint));
    }

    /// Who copies whom, and who wrote for themselves.
    fn origins(&self, page: &mut Page<'_>) {
        let of_agency = |lineage: &&Lineage| {
            lineage.articles.len() > 1 || matches!(lineage.origin, Origin::Agency(_))
        };
        let (shared, own): (Vec<&Lineage>, Vec<&Lineage>) =
            self.story.lineages.iter().partition(of_agency);
        if shared.is_empty() && own.is_empty() {
            return;
        }
        page.heading("ORIGINS");
        for lineage in shared {
            let origin = match &lineage.origin {
                Origin::Agency(agency) => agency.as_str(),
                Origin::Article(article) => self.places.outlet(*article),
            };
            let others: Vec<&str> = lineage
                .articles
                .iter()
                .filter(|&&article| lineage.origin != Origin::Article(article))
                .map(|&article| self.places.outlet(article))
                .collect();
            let passages = match lineage.evidence.len() {
                0 => String::new(),
                passages => format!(" · {}", count(passages, "shared passage")),
            };
            let words = Words::new(origin, Ink::Strong)
                .and(" → ", Ink::Faint)
                .and(&others.join(", "), Ink::Plain)
                .and(&passages, Ink::Faint);
            page.hanging(2, &Words::new("⇉ ", Ink::Yellow), &words);
        }
        if !own.is_empty() {
            let outlets: Vec<&str> = own
                .iter()
                .flat_map(|lineage| lineage.articles.iter())
                .map(|&article| self.places.outlet(article))
                .collect();
            let words =
                Words::new("on their own: ", Ink::Faint).and(&outlets.join(", "), Ink::Plain);
            page.hanging(2, &Words::new("· ", Ink::Faint), &words);
        }
        self.likely(page);
    }

    /// Who may have rewritten whom.
    fn likely(&self, page: &mut Page<'_>) {
        let ties: Vec<_> = likely(self.story).collect();
        let shown = self.shown(most::LIKELY);
        for tie in ties.iter().take(shown) {
            let arrow = if tie.direction.is_some() { " → " } else { " ~ " };
            let words = Words::new("likely one text in other words: ", Ink::Faint)
                .and(self.places.outlet(tie.a), Ink::Plain)
                .and(arrow, Ink::Faint)
                .and(self.places.outlet(tie.b), Ink::Plain)
                .and(&format!(" · {}", suggests(tie)), Ink::Faint);
            page.hanging(2, &Words::new("≈ ", Ink::Yellow), &words);
        }
        more(page, 2, ties.len(), shown);
    }

    fn differences(&self, page: &mut Page<'_>) {
        let differences = by_gravity(self.story);
        page.heading("WHERE THEY DIFFER");
        if differences.is_empty() {
            page.paragraph(
                2,
                &Words::new("Nothing found in which the reports differ.", Ink::Faint),
            );
        }
        let shown = self.shown(most::DIFFERENCES);
        for (at, difference) in differences.iter().take(shown).enumerate() {
            if at > 0 {
                page.gap();
            }
            self.difference(page, difference);
        }
        more(page, 2, differences.len(), shown);
    }

    fn difference(&self, page: &mut Page<'_>, difference: &Discrepancy) {
        let (sign, ink) = match difference.verdict {
            Verdict::Conflict => ("✗", Ink::Red),
            Verdict::Update => ("↻", Ink::Yellow),
            Verdict::Variant => ("~", Ink::Blue),
            Verdict::Vague => ("≈", Ink::Faint),
            Verdict::Compatible => ("=", Ink::Green),
        };
        let kind = format!(" · {}", difference.kind.name());
        let words = Words::new(difference.verdict.name(), ink)
            .and(&kind, Ink::Faint)
            .and("  ", Ink::Plain)
            .and(&difference.about, Ink::Strong);
        page.hanging(2, &Words::new(&format!("{sign} "), ink), &words);
        for side in &difference.sides {
            self.side(page, difference, side);
        }
        if !difference.silent.is_empty() {
            let outlets: Vec<&str> =
                difference.silent.iter().map(|&article| self.places.outlet(article)).collect();
            let (named, more) = some_names(&outlets, self.all);
            let words = Words::new("silent: ", Ink::Faint)
                .and(&named.join(", "), Ink::Faint)
                .and(&more, Ink::Faint);
            page.hanging(4, &Words::default(), &words);
        }
        if !difference.why.is_empty() {
            page.paragraph(4, &Words::new(&sentence(&difference.why), Ink::Faint));
        }
    }

    /// The value in quotation marks where a source has exactly these words, else without.
    fn side(&self, page: &mut Page<'_>, difference: &Discrepancy, side: &Side) {
        let words = match account(self.story, difference, side) {
            Account::Words { passage, differing, cut_before, cut_after } => {
                let source = self.story.document(passage.article).article.text.as_str();
                Words::new(if cut_before { "…“" } else { "“" }, Ink::Plain)
                    .and_source(source, passage.span, &differing)
                    .and(if cut_after { "”…" } else { "”" }, Ink::Plain)
            }
            Account::Exact(value) => Words::new(&format!("“{value}”"), Ink::Plain),
            Account::Value(value) => Words::new(&value, Ink::Plain),
        };
        let words = words.and("  ", Ink::Plain);
        let words = self.and_sources(words, &side.mentions);
        page.hanging(4, &Words::new("• ", Ink::Faint), &words);
    }

    /// Outlets and places, one for each article.
    fn and_sources(&self, words: Words, passages: &[Passage]) -> Words {
        let passages = self.places.once_each(passages);
        let shown = self.shown(most::SOURCES).min(passages.len());
        let mut words = words;
        for (at, &passage) in passages[..shown].iter().enumerate() {
            let (outlet, place) = self.places.source(passage);
            if at > 0 {
                words = words.and(", ", Ink::Faint);
            }
            if !outlet.is_empty() {
                words = words.and(&outlet.replace(' ', "\u{a0}"), Ink::Blue).and(" ", Ink::Faint);
            }
            words = words.and(&place, Ink::Faint);
        }
        match passages.len() - shown {
            0 => words,
            rest => words.and(&format!(" and {rest} more"), Ink::Faint),
        }
    }

    fn agreed(&self, page: &mut Page<'_>) {
        let agreed: Vec<&Claim> = self
            .story
            .claims
            .iter()
            .enumerate()
            .filter(|(at, _)| self.story.leads(*at))
            .map(|(_, claim)| claim)
            .collect();
        if agreed.is_empty() {
            return;
        }
        page.heading("WHAT THEY AGREE ON");
        let origins = self.story.counts(self.story.articles()).origins;
        let shown = self.shown(most::CLAIMS);
        for (at, claim) in agreed.iter().take(shown).enumerate() {
            if at > 0 {
                page.gap();
            }
            let label = label(claim.certainty).map_or(String::new(), |label| format!("{label}: "));
            let source = self.story.document(claim.text.article).article.text.as_str();
            let words = Words::new(&label, Ink::Faint).and_source(source, claim.text.span, &[]);
            page.hanging(2, &dots(claim.counts.origins, origins), &words);
            let breadth = format!(
                "{} · {}: ",
                count(claim.counts.origins, "origin"),
                count(claim.counts.outlets, "outlet")
            );
            let sources = self.and_sources(Words::new(&breadth, Ink::Faint), &claim.mentions);
            page.paragraph(4, &sources);
            for other in otherwise(self.story, claim) {
                let told = Words::new(&format!("{} ", told(other.certainty)), Ink::Faint);
                page.paragraph(4, &self.and_sources(told, &other.mentions));
            }
        }
        more(page, 2, agreed.len(), shown);
    }

    fn sentence(&self, passage: Passage) -> Words {
        let source = self.story.document(passage.article).article.text.as_str();
        Words::default().and_source(source, passage.span, &[])
    }

    fn said(&self, page: &mut Page<'_>) {
        let speakers = by_speaker(self.story);
        if speakers.is_empty() {
            return;
        }
        page.heading("WHO SAID WHAT");
        let shown = self.shown(most::SPEAKERS);
        for (at, (name, remarks)) in speakers.iter().take(shown).enumerate() {
            if at > 0 {
                page.gap();
            }
            page.paragraph(2, &Words::new(name.unwrap_or("Not named"), Ink::Strong));
            let shown = self.shown(most::REMARKS);
            for remark in remarks.iter().take(shown) {
                self.remark(page, remark);
            }
            more(page, 4, remarks.len(), shown);
        }
        more(page, 2, speakers.len(), shown);
    }

    fn remark(&self, page: &mut Page<'_>, remark: &Remark<'_>) {
        let articles = remark.utterance.variants.iter().map(|variant| variant.article);
        let counts = self.story.counts(articles);
        let (outlets, origins) = (count(counts.outlets, "outlet"), count(counts.origins, "origin"));
        let ink = if remark.utterance.note.is_empty() { Ink::Faint } else { Ink::Yellow };
        let words = Words::new(remark.utterance.relation.name(), ink)
            .and(&format!(" · {outlets} · {origins}"), Ink::Faint);
        let tellers = tellers(self.story, remark.utterance);
        let told = if tellers.is_empty() { "" } else { " · as told by " };
        let words = words.and(told, Ink::Faint).and(&tellers.join(", "), Ink::Plain);
        page.hanging(4, &Words::default(), &words);
        let shown = self.shown(most::WORDINGS);
        for wording in remark.wordings.iter().take(shown) {
            self.wording(page, wording);
        }
        more(page, 6, remark.wordings.len(), shown);
        if !remark.utterance.note.is_empty() {
            let note = Words::new(&remark.utterance.note, Ink::Yellow);
            page.hanging(6, &Words::new("! ", Ink::Yellow), &note);
        }
    }

    fn wording(&self, page: &mut Page<'_>, wording: &Wording) {
        let first = wording.passages[0];
        let source = self.story.document(first.article).article.text.as_str();
        let (open, close) = if wording.quoted { ("“", "”") } else { ("", "") };
        let words = Words::new(open, Ink::Plain)
            .and_source(source, first.span, &wording.differing)
            .and(close, Ink::Plain)
            .and("  ", Ink::Plain);
        page.hanging(6, &Words::default(), &self.and_sources(words, &wording.passages));
    }

    fn left_out(&self, page: &mut Page<'_>) {
        let claims = omissions(self.story);
        if claims.is_empty() {
            return;
        }
        page.heading("WHAT SOME LEAVE OUT");
        let origins = self.story.counts(self.story.articles()).origins;
        let shown = self.shown(most::OMISSIONS);
        for (at, (claim, reasons)) in claims.iter().take(shown).enumerate() {
            if at > 0 {
                page.gap();
            }
            let claim = &self.story.claims[*claim];
            page.hanging(2, &dots(claim.counts.origins, origins), &self.sentence(claim.text));
            for (note, articles) in reasons {
                let outlets: Vec<&str> =
                    articles.iter().map(|&article| self.places.outlet(article)).collect();
                let (named, more) = some_names(&outlets, self.all);
                let label = Words::new(&format!("{}: ", excuse(*note)), Ink::Faint);
                let names = Words::new(&named.join(", "), Ink::Blue).and(&more, Ink::Faint);
                page.hanging(4, &label, &names);
            }
        }
        more(page, 2, claims.len(), shown);
    }

    fn unique(&self, page: &mut Page<'_>) {
        if self.story.unique.is_empty() {
            return;
        }
        page.heading("ONLY ONE TELLS");
        let shown = self.shown(most::UNIQUE);
        for &passage in self.story.unique.iter().take(shown) {
            let words = self.sentence(passage).and("  ", Ink::Plain);
            let words = self.and_sources(words, &[passage]);
            page.hanging(2, &Words::new("○ ", Ink::Faint), &words);
        }
        more(page, 2, self.story.unique.len(), shown);
    }

    fn timeline(&self, page: &mut Page<'_>) {
        if self.story.timeline.is_empty() {
            return;
        }
        page.heading("WHEN");
        let shown = self.shown(most::DAYS);
        let labels = self.story.timeline.iter().take(shown).map(|entry| when(&entry.when));
        let column = labels.map(|label| Words::new(&label, Ink::Plain).width()).max();
        let column = column.unwrap_or(0).clamp(10, page.columns() / 3);
        for entry in self.story.timeline.iter().take(shown) {
            let Some(&first) = entry.mentions.first() else { continue };
            let label = Words::new(&one_line(&when(&entry.when)), Ink::Strong);
            let blanks = "\u{a0}".repeat(column.saturating_sub(label.width()));
            let label = label.and(&blanks, Ink::Plain).and(" ", Ink::Plain);
            let words = self.sentence(first).and("  ", Ink::Plain);
            page.hanging(2, &label, &self.and_sources(words, &entry.mentions));
        }
        more(page, 2, self.story.timeline.len(), shown);
    }
}

/// Filled dots for the origins that tell it, empty ones for those that do not.
fn dots(told: usize, of: usize) -> Words {
    if of > DOTS {
        return Words::new(&format!("{told}/{of} "), Ink::Green);
    }
    Words::new(&"●".repeat(told), Ink::Green)
        .and(&"○".repeat(of.saturating_sub(told)), Ink::Faint)
        .and(" ", Ink::Plain)
}
