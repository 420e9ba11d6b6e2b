//! Who said what: the variants of each remark, word by word.

use std::collections::BTreeMap;

use maud::{Markup, html};
use rashomon_article::{Passage, QuotationKind, Relation, Utterance, Variant};
use rashomon_text::Span;

use super::collation::{self, Piece};
use super::pieces::{Section, dots, names, number, section, source, teller};
use super::view::View;
use crate::editor::tellers;

const SECTION: Section = Section {
    slug: "said",
    title: "Who said what",
    lede: "The same remark in the words of each report. Marked words differ between the reports; equal numbers stand for the same place.",
};

/// How many remarks of a speaker stand unfolded.
const SHOWN: usize = 5;

/// With more places than this where the words part, their list is folded.
const PARTING: usize = 4;

/// Somebody with the remarks, by their index in the story.
struct Voice<'s> {
    name: &'s str,
    several: Vec<usize>,
    single: Vec<usize>,
}

/// Remarks by speaker; those with the most remarks that several report go first.
pub(super) fn remarks(view: &View<'_>) -> Markup {
    let voices = voices(view);
    if voices.is_empty() {
        return html! {};
    }
    let body = html! {
        @for voice in &voices { (self::voice(view, voice)) }
    };
    section(view, &SECTION, body)
}

fn voices<'s>(view: &View<'s>) -> Vec<Voice<'s>> {
    let story = view.story;
    let mut at: BTreeMap<(Option<usize>, &str), usize> = BTreeMap::new();
    let mut voices: Vec<Voice<'_>> = Vec::new();
    for (index, utterance) in story.utterances.iter().enumerate() {
        let name = utterance
            .speaker
            .and_then(|speaker| story.entities.get(speaker))
            .map(|entity| entity.name.as_str())
            .or(utterance.speaker_name.as_deref())
            .unwrap_or_default();
        let voice = *at.entry((utterance.speaker, name)).or_insert_with(|| {
            voices.push(Voice { name, several: Vec::new(), single: Vec::new() });
            voices.len() - 1
        });
        let several = view.first_of_each(&passages(utterance)).len() > 1;
        if several { &mut voices[voice].several } else { &mut voices[voice].single }.push(index);
    }
    voices.sort_by_key(|voice| {
        let unnamed = voice.name.is_empty();
        (unnamed, std::cmp::Reverse((voice.several.len(), voice.single.len())))
    });
    voices
}

fn voice(view: &View<'_>, voice: &Voice<'_>) -> Markup {
    let name = if voice.name.is_empty() { "Not said by whom" } else { voice.name };
    let shown = if voice.several.len() <= SHOWN + 1 { voice.several.len() } else { SHOWN };
    let single = html! {
        ul.singles { @for &at in &voice.single { (single(view, at)) } }
    };
    html! {
        section.voice {
            h3.speaker dir="auto" { (name) }
            div.said {
                @for &at in &voice.several[..shown] { (remark(view, at)) }
                @if voice.several.len() > shown {
                    details.more {
                        summary { (number(voice.several.len() - shown, "remark")) " more that several report" }
                        @for &at in &voice.several[shown..] { (remark(view, at)) }
                    }
                }
                @if !voice.single.is_empty() {
                    details.tellings {
                        summary { (number(voice.single.len(), "remark")) " that one report has" }
                        (single)
                    }
                }
            }
        }
    }
}

fn passages(utterance: &Utterance) -> Vec<Passage> {
    utterance.variants.iter().map(passage).collect()
}

fn passage(variant: &Variant) -> Passage {
    Passage { article: variant.article, span: variant.span }
}

fn remark(view: &View<'_>, at: usize) -> Markup {
    let utterance = &view.story.utterances[at];
    let key = view.key('u', at);
    let filled = view.filled(utterance.variants.iter().map(|variant| variant.article));
    html! {
        div.remark #(key) {
            p.relation { (dots(view, &filled)) " " (relation(utterance.relation)) (told(view, utterance)) }
            ol.variants {
                @for same in readings(view, utterance) {
                    li.variant {
                        p.reading { (quoted(view, &key, utterance, same[0])) }
                        p.reading-tellers {
                            @for variant in same { span.nobr { (teller(view, &key, passage(variant))) (source(view, passage(variant))) } @if variant.kind == QuotationKind::Indirect { span.quiet { "retold " } } " " }
                        }
                    }
                }
            }
            (parting(view, &key, utterance))
            @for flag in &utterance.flags { p.note { (flag.why) } }
            @if utterance.flags.is_empty() && !utterance.note.is_empty() { p.note { (utterance.note) } }
        }
    }
}

/// Who tells that the speaker said it, where it is not the outlet itself.
fn told(view: &View<'_>, utterance: &Utterance) -> Markup {
    let names = tellers(view.story, utterance);
    html! {
        @if !names.is_empty() { span.quiet { ", as told by " bdi { (names.join(", ")) } } }
    }
}

fn single(view: &View<'_>, at: usize) -> Markup {
    let utterance = &view.story.utterances[at];
    let key = view.key('u', at);
    html! {
        li #(key) {
            @for variant in &utterance.variants {
                p.reading { (quoted(view, &key, utterance, variant)) (told(view, utterance)) }
                p.reading-tellers { span.nobr { (teller(view, &key, passage(variant))) (source(view, passage(variant))) } }
            }
        }
    }
}

/// The span of a variant without the comma or full stop that the paper set at its end.
fn ended(view: &View<'_>, variant: &Variant) -> Span {
    let words = view.words(passage(variant));
    let kept = words.trim_end_matches(['.', ',', ' ']).len();
    let single = words[kept..].matches('.').count() <= 1;
    let kept = if kept == 0 || !single { words.len() } else { kept };
    Span::new(variant.span.start(), variant.span.start() + kept)
}

/// Variants with the same words stand together.
fn readings<'s>(view: &View<'_>, utterance: &'s Utterance) -> Vec<Vec<&'s Variant>> {
    let mut readings: Vec<Vec<&Variant>> = Vec::new();
    let mut known: BTreeMap<(bool, &str), usize> = BTreeMap::new();
    for variant in &utterance.variants {
        let words = view.words(Passage { span: ended(view, variant), ..passage(variant) });
        let key = (variant.kind == QuotationKind::Indirect, words);
        let at = *known.entry(key).or_insert_with(|| {
            readings.push(Vec::new());
            readings.len() - 1
        });
        readings[at].push(variant);
    }
    readings
}

/// The words of a variant, those that differ marked and numbered; in quotation marks only where
/// the report has them in quotation marks.
fn quoted(view: &View<'_>, key: &str, utterance: &Utterance, variant: &Variant) -> Markup {
    let document = view.document(variant.article);
    let text = &document.article.text;
    let (open, close) = match variant.kind {
        QuotationKind::Direct | QuotationKind::Mixed => ("“", "”"),
        QuotationKind::Indirect => ("", ""),
    };
    html! {
        a.words href=(view.href(passage(variant))) data-k=(key) lang=[view.language(variant.article)] dir="auto" {
            (open)
            @for piece in collation::pieces(text, utterance, variant, ended(view, variant)) {
                @match piece {
                    Piece::Same(span) => (text.get(span).unwrap_or_default()),
                    Piece::Differs(span, site) => mark data-n=[site] { (text.get(span).unwrap_or_default()) },
                    Piece::Missing(site) => span.gap data-n=(site) role="img" aria-label="(words are not here)" {},
                }
            }
            (close)
        }
    }
}

/// Each place where the words part: who has which.
fn parting(view: &View<'_>, key: &str, utterance: &Utterance) -> Markup {
    let sites = collation::sites(view, utterance);
    if sites.is_empty() {
        return html! {};
    }
    html! {
        details.parting open[sites.len() <= PARTING] {
            summary { "Where the words part" }
            ol {
                @for ways in &sites {
                    li {
                        @for way in ways {
                            span.way {
                                @if let Some(words) = way.words { (super::pieces::words(view, key, words)) } @else { span.quiet { "nothing" } }
                                " " span.who { (names(view, &way.articles)) }
                            } " "
                        }
                    }
                }
            }
        }
    }
}

fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Identical => "the same words",
        Relation::Cut => "cut to different lengths",
        Relation::Reworded => "quoted with different words",
        Relation::Translated => "translated differently",
        Relation::Paraphrased => "quoted by some, retold by others",
    }
}
