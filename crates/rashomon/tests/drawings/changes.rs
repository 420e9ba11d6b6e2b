use rashomon::article::Story;
use rashomon::changes::{SUSPECT, changes, probability};
use rashomon::language::english;
use rashomon_spec::Findings;

/// The first text is the source, the second a telling of it: each word that is worth a look with
/// the kind of its change, and under the same number the words that it is held against.
pub fn draw(story: &Story) -> Findings {
    let mut findings = Findings::default();
    let [source, telling] = &story.documents[..] else { return findings };
    let found = changes(source, telling, english());
    let suspects = found.iter().filter(|change| change.probability >= SUSPECT);
    for (at, change) in suspects.enumerate() {
        let label = format!("{} {} {:.1}", at + 1, change.kind.name(), change.probability);
        findings.marks.push((1, change.span, label));
        for &span in change.source.iter().take(1) {
            findings.marks.push((0, span, format!("{}", at + 1)));
        }
    }
    let changed = probability(&found) >= english().changes.threshold();
    let verdict = if changed { "a fact may be changed" } else { "facts are kept" };
    findings.statements.push(verdict.to_owned());
    findings
}
