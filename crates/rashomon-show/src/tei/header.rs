use std::collections::BTreeMap;

use rashomon_article::{Article, Story};

use super::xml::Xml;
use super::{prefix, siglum};

/// How the apparatus is made, for who reads it without this program.
const NORMALIZATION: &str = "The text is that of the fullest witness of each remark. Where \
witnesses differ only in marks, capitals, contractions or the spelling of a name, the apparatus \
has the readings with the type orthographic; otherwise it has the type substantive. Blanks at the \
ends of readings that are equal otherwise are not recorded.";

/// The header: what this is, how it was made, and who the witnesses are.
pub(super) fn header(xml: &mut Xml, stories: &[Story]) {
    xml.lines("teiHeader", &[], |xml| {
        xml.lines("fileDesc", &[], |xml| {
            xml.lines("titleStmt", &[], |xml| xml.text_element("title", &[], &title(stories)));
            xml.lines("publicationStmt", &[], |xml| {
                xml.text_element(
                    "p",
                    &[],
                    "Collated by machine from the reports that are named as witnesses.",
                );
            });
            xml.lines("sourceDesc", &[], |xml| sources(xml, stories));
        });
        xml.lines("encodingDesc", &[], |xml| {
            xml.lines("editorialDecl", &[], |xml| {
                xml.lines("normalization", &[], |xml| xml.text_element("p", &[], NORMALIZATION));
            });
            let method = [("method", "parallel-segmentation"), ("location", "internal")];
            xml.empty("variantEncoding", &method);
            xml.line();
        });
    });
}

fn title(stories: &[Story]) -> String {
    match stories {
        [story] if !story.title.is_empty() => format!("Remarks in the reports of: {}", story.title),
        _ => "Remarks and their readings in the reports".to_owned(),
    }
}

fn sources(xml: &mut Xml, stories: &[Story]) {
    if stories.iter().all(|story| story.documents.is_empty()) {
        xml.text_element("p", &[], "No report was read.");
    }
    for (at, story) in stories.iter().enumerate().filter(|(_, story)| !story.documents.is_empty()) {
        let prefix = prefix(at);
        let times = times(story);
        xml.lines("listWit", &[("n", &story.id)], |xml| {
            for (article, document) in story.documents.iter().enumerate() {
                let id = siglum(&prefix, article, 0);
                xml.lines("witness", &[("xml:id", &id)], |xml| report(xml, &document.article));
                for time in 1..times.get(&article).copied().unwrap_or(0) {
                    let again = siglum(&prefix, article, time);
                    let whole = format!("#{id}");
                    let attributes = [("xml:id", again.as_str()), ("corresp", whole.as_str())];
                    let what = "The same report, where it has words of a remark again.";
                    xml.text_element("witness", &attributes, what);
                }
            }
        });
    }
}

/// How many tellings of one remark an article has, at most.
fn times(story: &Story) -> BTreeMap<usize, usize> {
    let mut times: BTreeMap<usize, usize> = BTreeMap::new();
    for utterance in &story.utterances {
        let mut tellings: Vec<(usize, usize)> =
            utterance.variants.iter().map(|v| (v.article.get(), v.telling)).collect();
        tellings.sort_unstable();
        tellings.dedup();
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for (article, _) in tellings {
            *counts.entry(article).or_insert(0) += 1;
        }
        for (article, count) in counts {
            let most = times.entry(article).or_insert(0);
            *most = count.max(*most);
        }
    }
    times
}

fn report(xml: &mut Xml, article: &Article) {
    xml.lines("bibl", &[], |xml| {
        for author in &article.byline {
            xml.text_element("author", &[], author);
        }
        if let Some(title) = &article.title {
            xml.text_element("title", &[("level", "a")], title);
        }
        xml.text_element("publisher", &[], article.outlet_or_id());
        if let Some(published) = article.published {
            let day = published.day().to_string();
            xml.text_element("date", &[("when", &day)], &published.to_rfc3339());
        }
        xml.text_element("idno", &[("type", "article")], &article.id);
        if let Some(address) = article.canonical.as_ref().or(article.source.as_ref()) {
            xml.text_element("idno", &[("type", "source")], address);
        }
    });
}
