use rashomon::article::Story;
use rashomon_spec::Findings;

/// Who tells a fact and who comes near to it, with the number of the fact; and who leaves it out,
/// with the explanation.
pub fn draw(story: &Story) -> Findings {
    let mut findings = Findings::default();
    for (at, claim) in story.claims.iter().enumerate() {
        for mention in &claim.mentions {
            findings.marks.push((mention.article.get(), mention.span, format!("fact {}", at + 1)));
        }
    }
    for near in &story.near {
        let label = format!("near {}", near.claim + 1);
        findings.marks.push((near.passage.article.get(), near.passage.span, label));
    }
    for omission in &story.omissions {
        let report = &story.document(omission.article).article.id;
        findings.statements.push(format!(
            "fact {}, {}, {report}: {}",
            omission.claim + 1,
            omission.note.name(),
            omission.why
        ));
    }
    findings
}
