use rashomon::article::{Origin, Story};
use rashomon_spec::Findings;

/// Each shared passage with its number and how much of it is equal, and the lineages.
pub fn draw(story: &Story) -> Findings {
    let mut findings = Findings::default();
    let evidence = story.lineages.iter().flat_map(|lineage| &lineage.evidence);
    for (at, evidence) in evidence.enumerate() {
        let label = format!("passage {}, {:.0} % equal", at + 1, evidence.similarity * 100.0);
        for passage in [evidence.a, evidence.b] {
            findings.marks.push((passage.article.get(), passage.span, label.clone()));
        }
    }
    for lineage in &story.lineages {
        let name = |at: &_| story.document(*at).article.id.as_str();
        let articles: Vec<&str> = lineage.articles.iter().map(name).collect();
        let origin = match &lineage.origin {
            Origin::Article(at) => name(at),
            Origin::Agency(agency) => agency,
        };
        findings.statements.push(format!("from {origin}: {}", articles.join(", ")));
    }
    findings
}
