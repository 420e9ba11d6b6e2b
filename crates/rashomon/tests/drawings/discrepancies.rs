use rashomon::article::Story;
use rashomon_spec::Findings;

/// Each side with the number of its difference, and what is said of each difference.
pub fn draw(story: &Story) -> Findings {
    let mut findings = Findings::default();
    for (at, discrepancy) in story.discrepancies.iter().enumerate() {
        for (side, letter) in discrepancy.sides.iter().zip('a'..) {
            for mention in &side.mentions {
                let label = format!("{} {letter}", at + 1);
                findings.marks.push((mention.article.get(), mention.span, label));
            }
        }
        findings.statements.push(format!(
            "{}: {} {}, {}: {}",
            at + 1,
            discrepancy.kind.name(),
            discrepancy.verdict.name(),
            discrepancy.about,
            discrepancy.why
        ));
    }
    findings
}
