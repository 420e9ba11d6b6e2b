use std::collections::BTreeMap;

use rashomon_article::{Cell, Column, Passage, QuotationKind, Story, Utterance};

use super::siglum;
use super::xml::Xml;

/// A telling of a remark: its siglum and its variants, which are its parts.
struct Witness {
    siglum: String,
    variants: Vec<usize>,
    /// The first and the last column in which it has words.
    reach: Option<(usize, usize)>,
}

/// The remarks of a story, each with its apparatus.
pub(super) fn story(xml: &mut Xml, prefix: &str, story: &Story) {
    xml.lines("div", &[("type", "story"), ("xml:id", prefix)], |xml| {
        if !story.title.is_empty() {
            xml.text_element("head", &[], &story.title);
        }
        for (at, utterance) in story.utterances.iter().enumerate() {
            Remark::new(story, prefix, utterance).write(xml, &format!("{prefix}.u{}", at + 1));
        }
        if story.utterances.is_empty() {
            xml.text_element("p", &[], "No remark is told more than once.");
        }
    });
}

/// A remark on its way into the document.
struct Remark<'s> {
    story: &'s Story,
    utterance: &'s Utterance,
    witnesses: Vec<Witness>,
}

impl<'s> Remark<'s> {
    fn new(story: &'s Story, prefix: &str, utterance: &'s Utterance) -> Remark<'s> {
        let mut tellings: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, variant) in utterance.variants.iter().enumerate() {
            tellings.entry(variant.telling).or_default().push(at);
        }
        let mut times: BTreeMap<usize, usize> = BTreeMap::new();
        let witnesses = tellings
            .into_values()
            .map(|variants| {
                let article = utterance.variants[variants[0]].article.get();
                let time = times.entry(article).or_insert(0);
                let siglum = siglum(prefix, article, *time);
                *time += 1;
                let reached = || {
                    let has = |column: &Column| {
                        variants.iter().any(|&at| matches!(column.cells[at], Cell::Words(_)))
                    };
                    let columns = utterance.alignment.iter().enumerate();
                    columns.filter(move |(_, column)| has(column)).map(|(at, _)| at)
                };
                let reach = reached().next().zip(reached().next_back());
                Witness { siglum, variants, reach }
            })
            .collect();
        Remark { story, utterance, witnesses }
    }

    fn write(&self, xml: &mut Xml, id: &str) {
        let kind = self.utterance.relation.name();
        xml.lines("div", &[("type", "remark"), ("subtype", kind), ("xml:id", id)], |xml| {
            xml.lines("sp", &[], |xml| {
                if let Some(name) = &self.utterance.speaker_name {
                    xml.text_element("speaker", &[], name);
                }
                xml.element("ab", &[], |xml| self.text(xml));
                xml.line();
            });
            for witness in self.witnesses.iter().filter(|witness| witness.reach.is_none()) {
                self.note_of(xml, witness);
            }
            for flag in &self.utterance.flags {
                xml.text_element("note", &[("type", flag.kind.name())], &flag.why);
            }
        });
    }

    fn text(&self, xml: &mut Xml) {
        for (at, column) in self.utterance.alignment.iter().enumerate() {
            let readings = self.readings(at, column);
            let aligned = self.witnesses.iter().filter(|witness| witness.reach.is_some()).count();
            match &readings[..] {
                [(words, witnesses)] if witnesses.len() == aligned => xml.text(words),
                _ => self.app(xml, at, column, &readings),
            }
        }
    }

    fn app(&self, xml: &mut Xml, at: usize, column: &Column, readings: &[(String, Vec<usize>)]) {
        let kind = if column.agrees { "orthographic" } else { "substantive" };
        let attributes = [("type", kind)];
        let kept = if readings.len() > 1 { &attributes[..] } else { &[] };
        xml.element("app", kept, |xml| {
            for (words, witnesses) in readings {
                let sigla = |of: &[usize]| {
                    let sigla: Vec<String> =
                        of.iter().map(|&at| format!("#{}", self.witnesses[at].siglum)).collect();
                    sigla.join(" ")
                };
                let those = |reaches: fn((usize, usize), usize) -> bool| -> Vec<usize> {
                    let all = witnesses.iter().copied();
                    all.filter(|&w| self.witnesses[w].reach.is_some_and(|r| reaches(r, at)))
                        .collect()
                };
                let last = self.utterance.alignment.len() - 1;
                let begin = those(|reach, at| reach.0 == at && at > 0);
                let end = those(|reach, at| reach.1 == at);
                xml.element("rdg", &[("wit", &sigla(witnesses))], |xml| {
                    if !begin.is_empty() {
                        xml.empty("witStart", &[("wit", &sigla(&begin))]);
                    }
                    xml.text(words);
                    if !end.is_empty() && at < last {
                        xml.empty("witEnd", &[("wit", &sigla(&end))]);
                    }
                });
            }
        });
    }

    /// The readings of a column with the witnesses of each, the fullest witness first.
    fn readings(&self, at: usize, column: &Column) -> Vec<(String, Vec<usize>)> {
        let mut readings: Vec<(String, Vec<usize>)> = Vec::new();
        for (witness, telling) in self.witnesses.iter().enumerate() {
            let reaches = telling.reach.is_some_and(|(first, last)| first <= at && at <= last);
            if !reaches {
                continue;
            }
            let words = self.words(column, telling);
            let known = readings.iter_mut().find(|(known, _)| known.trim() == words.trim());
            match known {
                Some((_, witnesses)) => witnesses.push(witness),
                None => readings.push((words, vec![witness])),
            }
        }
        readings
    }

    /// The words of a telling in a column, with a blank behind them where more follow.
    fn words(&self, column: &Column, witness: &Witness) -> String {
        let mut words = String::new();
        for &at in &witness.variants {
            if let Cell::Words(span) = column.cells[at] {
                let variant = &self.utterance.variants[at];
                words.push_str(self.story.slice(Passage { article: variant.article, span }));
                if span.end() == variant.span.end() && !words.ends_with(char::is_whitespace) {
                    words.push(' ');
                }
            }
        }
        words
    }

    /// What a report retells in its own words.
    fn note_of(&self, xml: &mut Xml, witness: &Witness) {
        for &at in &witness.variants {
            let variant = &self.utterance.variants[at];
            let words = self.story.slice(Passage { article: variant.article, span: variant.span });
            let from = format!("#{}", witness.siglum);
            let kind = match variant.kind {
                QuotationKind::Indirect => "retold",
                QuotationKind::Direct | QuotationKind::Mixed => "quoted",
            };
            xml.text_element("note", &[("type", kind), ("source", &from)], words);
        }
    }
}
