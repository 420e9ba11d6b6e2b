use rashomon::article::Story;
use rashomon_spec::Findings;

/// Each telling with the number of its fact, the sentences that one report alone tells, and how
/// many tell each fact.
pub fn draw(story: &Story) -> Findings {
    let mut findings = Findings::default();
    for (at, claim) in story.claims.iter().enumerate() {
        for mention in &claim.mentions {
            findings.marks.push((mention.article.get(), mention.span, format!("fact {}", at + 1)));
        }
        let counts = claim.counts;
        findings.statements.push(format!(
            "fact {}: {} articles, {} outlets, {} origins",
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
