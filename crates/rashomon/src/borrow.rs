use jiff::civil::Date;
use rashomon_article::{ArticleIndex, Diagnostic, Document, TimeExpression};
use rashomon_language::Language;
use rashomon_terms::{Kept, Stamp};
use rashomon_text::Layer;

/// A day that a report borrows, and who published on it.
struct Loan {
    day: Date,
    lender: String,
}

/// The times of documents that count from a borrowed day, by the stamps of the documents.
#[derive(Default)]
pub struct Borrowed {
    /// The stamps of the documents at hand, or none.
    pub stamps: Vec<Stamp>,
    day: Option<Date>,
    times: Kept<Layer<TimeExpression>>,
}

/// The code of the diagnostic of a report whose times count from a borrowed day.
const CODE: &str = "borrowed-date";

/// Counts the times of reports without a date of publication from a day of the other reports of
/// their story. Nothing else in them changes, `published` least of all: spans of times are those
/// that [`annotate`](crate::annotate) found, and what counts from the borrowed day is a guess.
///
/// What `kept` knows of a document for the day is not read again.
pub fn borrow_dates(documents: &mut [Document], language: &Language, kept: &mut Borrowed) {
    let loan = loan(documents);
    let day = loan.as_ref().map(|loan| loan.day);
    if std::mem::replace(&mut kept.day, day) != day {
        kept.times.turn_to(&[]);
    }
    kept.times.turn_to(&kept.stamps);
    let Some(loan) = loan else { return };
    let articles = (0..).map(ArticleIndex);
    let undated = articles.zip(documents).filter(|(_, one)| one.article.published.is_none());
    for (article, document) in undated {
        let times = || rashomon_times::times_as_of(document, loan.day, language);
        document.times = (*kept.times.of(article, times)).clone();
        document.diagnostics.retain(|diagnostic| diagnostic.code != CODE);
        document.diagnostics.push(Diagnostic::article(
            CODE,
            format!(
                "no date of publication: “yesterday” and the like count from {}, when {} was \
                 published; give the report its date to be sure",
                loan.day, loan.lender
            ),
        ));
    }
}

/// The median of the days of publication, the earlier of two: most reports of an event stand
/// close to it, one that looks back a year later moves it little, and it is a day on which a
/// report of the story was written.
fn loan(documents: &[Document]) -> Option<Loan> {
    let mut dated: Vec<(Date, &Document)> = documents
        .iter()
        .filter_map(|document| Some((document.article.published?.day(), document)))
        .collect();
    dated.sort_by_key(|(day, _)| *day);
    let day = dated.get(dated.len().checked_sub(1)? / 2)?.0;
    let (_, lender) = dated.iter().find(|(one, _)| *one == day)?;
    Some(Loan { day, lender: name(lender) })
}

fn name(document: &Document) -> String {
    let article = &document.article;
    match &article.outlet {
        Some(outlet) => format!("“{}” of {outlet}", article.id),
        None => format!("“{}”", article.id),
    }
}

#[cfg(test)]
mod tests {
    use rashomon_article::{Published, TimeBasis};
    use rashomon_language::english;
    use rashomon_read::read_plain;

    use crate::{annotate, compare_story, gather};

    use super::*;

    const FERRY: &str = "The ferry sank on Friday, the harbour said. Ten people were saved.";

    fn report(id: &str, text: &str, published: Option<&str>) -> Document {
        let mut document = read_plain(id, text, english());
        document.article.published = published.map(|day| Published::Day(day.parse().unwrap()));
        annotate(document, english())
    }

    fn friday<'d>(documents: &'d [Document], id: &str) -> &'d rashomon_article::TimeExpression {
        let document = documents.iter().find(|document| document.article.id == id).unwrap();
        let mut times = document.times.iter();
        times.find(|time| document.slice(time.span) == "Friday").unwrap()
    }

    #[test]
    fn a_report_without_a_date_borrows_the_median_day() {
        let documents = vec![
            report("gazette", FERRY, None),
            report("herald", FERRY, Some("2026-03-02")),
            report("npa", FERRY, Some("2026-03-01")),
            report("courier", FERRY, Some("2027-03-03")),
        ];
        let story = gather("s1".into(), documents, english());
        let gazette = &story.documents[0];
        assert_eq!(gazette.article.id, "gazette");
        assert_eq!(gazette.article.published, None);
        let time = friday(&story.documents, "gazette");
        assert_eq!((time.value.as_str(), time.basis), ("2026-02-27", TimeBasis::Guessed));
        let codes: Vec<_> = gazette.diagnostics.iter().map(|one| one.code.as_ref()).collect();
        assert_eq!(codes, [CODE]);
        assert!(gazette.diagnostics[0].message.contains("2026-03-02"));
        assert!(gazette.diagnostics[0].message.contains("“herald”"));
        let time = friday(&story.documents, "herald");
        assert_eq!((time.value.as_str(), time.basis), ("2026-02-27", TimeBasis::Resolved));
        assert!(story.documents[1..].iter().all(|document| document.diagnostics.is_empty()));
    }

    #[test]
    fn gathering_again_says_it_once() {
        let documents =
            vec![report("gazette", FERRY, None), report("herald", FERRY, Some("2026-03-02"))];
        let story = gather("s1".into(), documents, english());
        let again = gather("s1".into(), story.documents.clone(), english());
        assert_eq!(again.documents[0].diagnostics, story.documents[0].diagnostics);
        assert_eq!(again.documents[0].times, story.documents[0].times);
    }

    #[test]
    fn without_a_dated_report_nothing_changes() {
        let documents = vec![report("gazette", FERRY, None), report("herald", FERRY, None)];
        let story = gather("s1".into(), documents.clone(), english());
        for (before, after) in documents.iter().zip(&story.documents) {
            assert_eq!(before.times, after.times);
            assert!(after.diagnostics.is_empty());
        }
    }

    /// Quantities and quotations were read beside the times that the report had alone: they
    /// would be the same beside the new ones.
    #[test]
    fn layers_that_read_times_stay_as_they_are() {
        let text = "The ferry sank on Friday, three hours later than planned, at 9 p.m. on March \
            3. “We waited 20 minutes on Monday,” said Ada Bell, 45. In 2025 it carried 2,000 people.";
        let mut alone = report("gazette", text, None);
        let documents = vec![alone.clone(), report("herald", FERRY, Some("2026-03-02"))];
        let story = compare_story("s1".into(), documents, english());
        let with = &story.documents[0];
        let shape = |document: &Document| -> Vec<_> {
            document.times.iter().map(|time| (time.span, time.kind)).collect()
        };
        assert_eq!(shape(with), shape(&alone));
        alone.times = with.times.clone();
        assert_eq!(rashomon_quantities::quantities(&alone, english()), with.quantities);
        assert_eq!(rashomon_quotations::quotations(&alone, english()), with.quotations);
    }
}
