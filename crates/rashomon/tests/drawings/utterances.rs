use rashomon::article::Story;
use rashomon_spec::Findings;

/// Each telling with the number of its remark, what differs in it, and what is said of the
/// remark.
pub fn draw(story: &Story) -> Findings {
    let mut findings = Findings::default();
    for (at, utterance) in story.utterances.iter().enumerate() {
        let number = at + 1;
        for variant in &utterance.variants {
            let article = variant.article.get();
            findings.marks.push((article, variant.span, format!("remark {number}")));
            for &span in &variant.differing {
                findings.marks.push((article, span, "differs".to_owned()));
            }
        }
        let speaker = utterance.speaker_name.as_deref().unwrap_or("nobody named");
        let note = match utterance.note.as_str() {
            "" => String::new(),
            note => format!(" — {note}"),
        };
        let relation = utterance.relation.name();
        findings.statements.push(format!("{number}: {relation}, {speaker}{note}"));
    }
    if story.utterances.is_empty() {
        findings.statements.push("no remark is told twice".to_owned());
    }
    findings
}
