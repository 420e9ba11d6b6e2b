use std::fmt::Write as _;

use rashomon_article::{ArticleIndex, Discrepancy, Lineage, Origin, Passage, Story};
use rashomon_text::Span;

use super::escape::escape;
use super::footnotes::Footnotes;
use crate::editor::{
    Account, Places, Wording, account, breadth, by_gravity, by_speaker, days, excuse, label,
    likely, omissions, otherwise, sentence, some_names, suggests, tellers, title, told, when,
};

/// The notes on one story.
pub(super) fn write(out: &mut String, story: &Story, footnotes: &mut Footnotes) {
    let mut notes = Notes { out, story, places: Places::new(story), footnotes };
    notes.head();
    notes.origins();
    notes.differences();
    notes.agreed();
    notes.said();
    notes.left_out();
    notes.unique();
    notes.timeline();
}

struct Notes<'n, 's> {
    out: &'n mut String,
    story: &'s Story,
    places: Places<'s>,
    footnotes: &'n mut Footnotes,
}

impl Notes<'_, '_> {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn heading(&mut self, heading: &str) {
        let _ = write!(self.out, "\n## {heading}\n\n");
    }

    fn words(&self, passage: Passage) -> String {
        escape(self.story.slice(passage))
    }

    fn sources(&mut self, passages: &[Passage]) -> String {
        self.footnotes.sources(&self.places, passages)
    }

    fn outlets(&self, articles: &[ArticleIndex]) -> String {
        let names: Vec<String> =
            articles.iter().map(|&article| escape(self.places.outlet(article))).collect();
        names.join(", ")
    }

    fn head(&mut self) {
        let when = days(self.story).map_or(String::new(), |days| format!("{days} · "));
        self.line(&format!("# {}\n", escape(title(self.story))));
        self.line(&format!("{when}{}", breadth(self.story)));
    }

    fn origins(&mut self) {
        if self.story.lineages.is_empty() {
            return;
        }
        self.heading("Origins");
        for lineage in &self.story.lineages {
            let line = self.lineage(lineage);
            self.line(&line);
        }
        let mut ties = likely(self.story).peekable();
        if ties.peek().is_some() {
            self.line(
                "\nLikely to be one text in other words; they count as origins of their own:\n",
            );
        }
        for tie in ties {
            let [a, b] = [tie.a, tie.b].map(|at| escape(self.places.outlet(at)));
            let sources: Vec<Passage> = tie.passages.iter().flat_map(|p| [p.a, p.b]).collect();
            let sources = self.sources(&sources);
            let arrow = if tie.direction.is_some() { "→" } else { "~" };
            self.line(&format!("- {a} {arrow} {b}: {}{sources}", escape(&suggests(tie))));
        }
    }

    fn lineage(&self, lineage: &Lineage) -> String {
        let origin = match &lineage.origin {
            Origin::Agency(agency) => escape(agency),
            Origin::Article(article) => escape(self.places.outlet(*article)),
        };
        let others: Vec<ArticleIndex> = lineage
            .articles
            .iter()
            .copied()
            .filter(|&article| lineage.origin != Origin::Article(article))
            .collect();
        if others.is_empty() {
            return format!("- {origin}");
        }
        format!("- **{origin}** → {}", self.outlets(&others))
    }

    fn differences(&mut self) {
        self.heading("Where they differ");
        let differences = by_gravity(self.story);
        if differences.is_empty() {
            self.line("Nothing found in which the reports differ.");
        }
        for (at, difference) in differences.into_iter().enumerate() {
            if at > 0 {
                self.out.push('\n');
            }
            self.difference(difference);
        }
    }

    fn difference(&mut self, difference: &Discrepancy) {
        let (verdict, kind) = (difference.verdict.name(), difference.kind.name());
        self.line(&format!("### {verdict}, {kind}: {}\n", escape(&difference.about)));
        self.line("| Account | Told by |");
        self.line("| --- | --- |");
        for side in &difference.sides {
            let value = match account(self.story, difference, side) {
                Account::Words { passage, differing, cut_before, cut_after } => format!(
                    "{}“{}”{}",
                    if cut_before { "…" } else { "" },
                    self.marked(passage, &differing),
                    if cut_after { "…" } else { "" }
                ),
                Account::Exact(value) => format!("“{}”", escape(&value)),
                Account::Value(value) => escape(&value),
            };
            let sources = self.sources(&side.mentions);
            self.line(&format!("| {value} | {sources} |"));
        }
        if !difference.silent.is_empty() {
            let outlets: Vec<&str> =
                difference.silent.iter().map(|&article| self.places.outlet(article)).collect();
            let (named, more) = some_names(&outlets, false);
            let named: Vec<String> = named.iter().map(|name| escape(name)).collect();
            self.line(&format!("| *do not say* | {}{more} |", named.join(", ")));
        }
        if !difference.why.is_empty() {
            self.line(&format!("\n{}", escape(&sentence(&difference.why))));
        }
    }

    fn agreed(&mut self) {
        let story = self.story;
        let origins = story.counts(story.articles()).origins;
        let agreed: Vec<_> = story
            .claims
            .iter()
            .enumerate()
            .filter(|(at, _)| story.leads(*at))
            .map(|(_, claim)| claim)
            .collect();
        if agreed.is_empty() {
            return;
        }
        self.heading("What they agree on");
        for claim in agreed {
            let words = self.words(claim.text);
            let sources = self.sources(&claim.mentions);
            let count = claim.counts.origins;
            let label =
                label(claim.certainty).map_or(String::new(), |label| format!("*{label}:* "));
            self.line(&format!("- {label}{words} ({count} of {origins} origins: {sources})"));
            for other in otherwise(story, claim) {
                let sources = self.sources(&other.mentions);
                self.line(&format!("  - {} {sources}", told(other.certainty)));
            }
        }
    }

    fn said(&mut self) {
        let speakers = by_speaker(self.story);
        if speakers.is_empty() {
            return;
        }
        self.heading("Who said what");
        for (at, (name, remarks)) in speakers.iter().enumerate() {
            let gap = if at > 0 { "\n" } else { "" };
            self.line(&format!("{gap}### {}\n", name.map_or("Not named".into(), escape)));
            for remark in remarks {
                let note = match remark.utterance.note.as_str() {
                    "" => String::new(),
                    note => format!(": {}", escape(note)),
                };
                let told = match tellers(self.story, remark.utterance).as_slice() {
                    [] => String::new(),
                    names => format!(", as told by {}", escape(&names.join(", "))),
                };
                self.line(&format!("- *{}*{told}{note}", remark.utterance.relation.name()));
                for wording in &remark.wordings {
                    let words = self.wording(wording);
                    let sources = self.sources(&wording.passages);
                    self.line(&format!("  - {words} {sources}"));
                }
            }
        }
    }

    /// The words, those that the other tellings have not in bold.
    fn wording(&self, wording: &Wording) -> String {
        let words = self.marked(wording.passages[0], &wording.differing);
        if wording.quoted { format!("“{words}”") } else { words }
    }

    /// The words of a passage, some of them in bold.
    fn marked(&self, passage: Passage, bold: &[Span]) -> String {
        let text = self.story.document(passage.article).article.text.as_str();
        let mut words = String::new();
        let mut at = passage.span.start();
        for differs in bold {
            let rest = Span::new(at, passage.span.end());
            let Some(inside) = differs.intersection(rest) else { continue };
            push(&mut words, &text[at..inside.start()], "");
            push(&mut words, &text[inside.range()], "**");
            at = inside.end();
        }
        push(&mut words, &text[at..passage.span.end()], "");
        words.trim().to_owned()
    }

    fn left_out(&mut self) {
        let story = self.story;
        let claims = omissions(story);
        if claims.is_empty() {
            return;
        }
        self.heading("What some leave out");
        let origins = story.counts(story.articles()).origins;
        for (at, reasons) in claims {
            let claim = &story.claims[at];
            let (words, told) = (self.words(claim.text), claim.counts.origins);
            self.line(&format!("- {words} (told by {told} of {origins} origins)"));
            for (note, articles) in reasons {
                let outlets = self.outlets(&articles);
                self.line(&format!("  - *{}*: {outlets}", excuse(note)));
            }
        }
    }

    fn unique(&mut self) {
        let story = self.story;
        if story.unique.is_empty() {
            return;
        }
        self.heading("Only one tells");
        for &passage in &story.unique {
            let words = self.words(passage);
            let sources = self.sources(&[passage]);
            self.line(&format!("- {words} {sources}"));
        }
    }

    fn timeline(&mut self) {
        let story = self.story;
        if story.timeline.is_empty() {
            return;
        }
        self.heading("When");
        self.line("| Day | What | Told by |");
        self.line("| --- | --- | --- |");
        for entry in &story.timeline {
            let Some(&first) = entry.mentions.first() else { continue };
            let (when, words) = (escape(&when(&entry.when)), self.words(first));
            let sources = self.sources(&entry.mentions);
            self.line(&format!("| {when} | {words} | {sources} |"));
        }
    }
}

/// Adds words between marks of emphasis, with the blanks around them outside of the marks.
fn push(out: &mut String, words: &str, marks: &str) {
    let inner = escape(words);
    let blank = |c: Option<char>| if c.is_some_and(char::is_whitespace) { " " } else { "" };
    out.push_str(blank(words.chars().next()));
    if !inner.is_empty() {
        out.push_str(&format!("{marks}{inner}{marks}"));
        out.push_str(blank(words.chars().next_back()));
    }
}
