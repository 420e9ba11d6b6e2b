use rashomon::article::{Certainty, Story};
use rashomon_spec::Findings;

/// Each telling with the number of its fact, the sentences that one report alone tells, and how
/// many tell each fact, how certainly.
pub fn draw(story: &Story) -> Findings {
    let mut findings = Findings::default();
    for (at, claim) in story.claims.iter().enumerate() {
        for mention in &claim.mentions {
            findings.marks.push((mention.article.get(), mention.span, format!("fact {}", at + 1)));
        }
        let counts = claim.counts;
        let told = match claim.certainty {
            Certainty::Told => String::new(),
            other => format!("{}, ", other.name()),
        };
        let first = story.claims.iter().position(|other| other.issue == claim.issue);
        let same = first.filter(|&first| first != at);
        let of =
            same.map_or(String::new(), |first| format!(", of one issue with fact {}", first + 1));
        findings.statements.push(format!(
            "fact {}: {told}{} articles, {} outlets, {} origins{of}",
            at + 1,
            counts.articles,
            counts.outlets,
            counts.origins
        ));
    }
    for passage in &story.unique {
        findings.marks.push((passage.article.get(), passage.span, "alone".to_owned()));
    }
    findings
}
