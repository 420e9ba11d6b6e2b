//! The terminal report and the Markdown notes, on an invented story made by hand.

use rashomon_article::{
    Article, ArticleIndex, Certainty, Claim, Counts, Diagnostic, Discrepancy, DiscrepancyKind,
    Document, Lineage, Origin, Passage, Quotation, QuotationKind, Relation, Side, Story,
    TimelineEntry, Utterance, Variant, Verdict,
};
use rashomon_show::markdown::notes;
use rashomon_show::terminal::{Style, report};
use rashomon_text::{Layer, Span, Text};
use unicode_width::UnicodeWidthStr;

const HERALD: &str = "Ferry strike enters third day\nThe ferries of Talvia stood still on Monday. \
    Talks lasted nine hours. “This offer is an insult with a ribbon on it,” Ada Bell said.\n";
const GAZETTE: &str = "The ferries of Talvia stood still on Monday.\nTalks lasted six hours. \
    “This offer is an insult with a bow on top,” Ada Bell said.\nA goat\u{1b}[2J slept on the \
    <b>quay</b> | *alone*.\n";

fn document(id: &str, outlet: &str, text: &str) -> Document {
    let text = Text::new(text);
    let mut document = Document::new(Article {
        id: format!("reports/{id}"),
        outlet: Some(outlet.to_owned()),
        published: Some(rashomon_article::Published::Day(jiff::civil::date(2026, 3, 2))),
        text: text.clone(),
        ..Article::default()
    });
    let start = text.as_str().find("This offer").expect("the remark is there");
    let end = text.as_str().find(",”").expect("the remark ends") + 1;
    document.quotations = Layer::new(vec![Quotation {
        span: Span::new(start, end),
        kind: QuotationKind::Direct,
        content: vec![Span::new(start, end)],
        cue: Vec::new(),
        speaker: None,
        reported_by: None,
    }]);
    document
}

fn passage(story: &Story, article: u32, words: &str) -> Passage {
    let text = story.documents[article as usize].article.text.as_str();
    let start = text.find(words).expect("the words are there");
    Passage { article: ArticleIndex(article), span: Span::new(start, start + words.len()) }
}

fn story() -> Story {
    let mut story = Story {
        id: "s1".into(),
        title: "Ferry strike enters third day".into(),
        documents: vec![
            document("herald.txt", "The Herald", HERALD),
            document("gazette.txt", "Gazette", GAZETTE),
        ],
        ..Story::default()
    };
    let alone = |at| Lineage {
        origin: Origin::Article(ArticleIndex(at)),
        articles: vec![ArticleIndex(at)],
        evidence: Vec::new(),
    };
    story.lineages = vec![alone(0), alone(1)];
    let stood = "The ferries of Talvia stood still on Monday.";
    let mentions = vec![passage(&story, 0, stood), passage(&story, 1, stood)];
    story.claims = vec![Claim {
        text: mentions[0],
        mentions: mentions.clone(),
        counts: Counts { articles: 2, outlets: 2, origins: 2 },
        certainty: Certainty::Told,
        issue: 0,
    }];
    story.timeline = vec![TimelineEntry { when: "2026-03-02".into(), mentions }];
    story.discrepancies = vec![Discrepancy {
        kind: DiscrepancyKind::Duration,
        verdict: Verdict::Conflict,
        about: "Talks lasted".into(),
        sides: vec![
            Side { value: "nine hours".into(), mentions: vec![passage(&story, 0, "nine hours")] },
            Side { value: "six hours".into(), mentions: vec![passage(&story, 1, "six hours")] },
        ],
        silent: Vec::new(),
        why: "Both cannot be right.".into(),
    }];
    let variant = |article: u32, differs: &[&str]| Variant {
        article: ArticleIndex(article),
        quotation: 0,
        telling: article as usize,
        span: story.documents[article as usize].quotations[0].span,
        kind: QuotationKind::Direct,
        differing: differs.iter().map(|words| passage(&story, article, words).span).collect(),
    };
    let variants = vec![variant(0, &["ribbon on it"]), variant(1, &["bow on top"])];
    story.utterances = vec![Utterance {
        speaker: None,
        speaker_name: Some("Ada Bell".into()),
        variants,
        relation: Relation::Reworded,
        note: "The words in quotation marks differ.".into(),
        flags: Vec::new(),
        alignment: Vec::new(),
    }];
    story.unique = vec![passage(&story, 1, "A goat\u{1b}[2J slept on the <b>quay</b> | *alone*.")];
    story
}

#[test]
fn a_report_for_the_terminal() {
    let expected = "\
Ferry strike enters third day
2026-03-02 · 2 articles · 2 outlets · 2 independent origins

ORIGINS ────────────────────────────────────────────────────
  · on their own: The Herald, Gazette

WHERE THEY DIFFER ──────────────────────────────────────────
  ✗ conflict · duration Talks lasted
    • “nine hours” The Herald herald.txt:2
    • “six hours” Gazette gazette.txt:2
    Both cannot be right.

WHAT THEY AGREE ON ─────────────────────────────────────────
  ●● The ferries of Talvia stood still on Monday.
    2 origins · 2 outlets: The Herald herald.txt:2, Gazette
    gazette.txt:1

WHO SAID WHAT ──────────────────────────────────────────────
  Ada Bell
    reworded · 2 outlets · 2 origins
      “This offer is an insult with a ribbon on it,”
                                      ~~~~~~~~~~~~
      The Herald herald.txt:2
      “This offer is an insult with a bow on top,” Gazette
                                      ~~~~~~~~~~
      gazette.txt:2
      ! The words in quotation marks differ.

ONLY ONE TELLS ─────────────────────────────────────────────
  ○ A goat␛[2J slept on the <b>quay</b> | *alone*. Gazette
    gazette.txt:3

WHEN ───────────────────────────────────────────────────────
  2026-03-02 The ferries of Talvia stood still on Monday.
             The Herald herald.txt:2, Gazette gazette.txt:1
";
    let shown = report(&[story()], &[], &Style { width: 60, ..Style::default() });
    assert_eq!(shown.replace('\u{a0}', " "), expected, "{shown}");
}

/// What one tells and another only alleges is told by two, though neither claim is.
#[test]
fn what_each_tells_with_another_certainty_is_shown_once() {
    let mut story = story();
    let stood = "The ferries of Talvia stood still on Monday.";
    let claim = |article, certainty| {
        let text = passage(&story, article, stood);
        let counts = Counts { articles: 1, outlets: 1, origins: 1 };
        Claim { text, mentions: vec![text], counts, certainty, issue: 0 }
    };
    story.claims = vec![claim(0, Certainty::Told), claim(1, Certainty::Alleged)];
    story.timeline = Vec::new();
    assert!(story.leads(0) && !story.leads(1));
    let style = Style { width: 80, ..Style::default() };
    for view in [report(&[story.clone()], &[], &style), notes(&[story], &[])] {
        assert!(view.contains("as alleged by"), "{view}");
        assert_eq!(view.matches("The ferries of Talvia stood still").count(), 1, "{view}");
    }
}

#[test]
fn every_width_fits_and_colour_changes_no_word() {
    let stories = [story()];
    let note = [Diagnostic::input("too-large", "It is larger than 64 MiB.", "big.html")];
    for width in [60, 80, 100, 200] {
        let plain = report(&stories, &note, &Style { width, ..Style::default() });
        for line in plain.lines() {
            assert!(line.width() <= width, "{width}: {line}");
        }
        let colour = report(&stories, &note, &Style { width, colour: true, all: true });
        let words = |text: &str| -> String {
            let mut kept = String::new();
            let mut rest = text;
            while let Some((before, after)) = rest.split_once('\u{1b}') {
                kept.push_str(before);
                rest = after.split_once('m').map_or("", |(_, after)| after);
            }
            kept.push_str(rest);
            kept.lines().filter(|line| !line.contains('~')).collect()
        };
        assert_eq!(words(&plain), words(&colour));
    }
}

#[test]
fn a_source_can_write_neither_escapes_nor_markdown() {
    let shown = report(&[story()], &[], &Style::default());
    assert!(!shown.contains('\u{1b}'));
    let noted = notes(&[story()], &[]);
    assert!(!noted.contains('\u{1b}') && !noted.contains("<b>"), "{noted}");
    assert!(noted.contains("\\<b\\>quay\\</b\\> \\| \\*alone\\*."), "{noted}");
}

#[test]
fn notes_for_editors() {
    let noted = notes(&[story()], &[]);
    let expected = [
        "# Ferry strike enters third day\n",
        "### conflict, duration: Talks lasted\n\n| Account | Told by |\n| --- | --- |\n\
         | “nine hours” | The Herald[^1] |\n| “six hours” | Gazette[^2] |\n",
        "- The ferries of Talvia stood still on Monday. (2 of 2 origins: The Herald[^1], Gazette[^3])\n",
        "  - “This offer is an insult with a **ribbon on it**,” The Herald[^1]\n",
        "[^1]: The Herald, herald.txt:2\n",
    ];
    for part in expected {
        assert!(noted.contains(part), "{part}\n---\n{noted}");
    }
}

#[test]
fn nothing_found_is_said() {
    let mut empty = story();
    empty.discrepancies.clear();
    empty.claims.clear();
    empty.utterances.clear();
    empty.unique.clear();
    empty.timeline.clear();
    let shown = report(std::slice::from_ref(&empty), &[], &Style::default());
    assert!(shown.contains("Nothing found in which the reports differ."), "{shown}");
    empty.documents.truncate(1);
    empty.lineages.truncate(1);
    let shown = report(&[empty], &[], &Style::default());
    assert!(shown.contains("NOTHING TO COMPARE"), "{shown}");
}
