use rashomon::article::{Direction, Origin, Sign, Story, Tie, TieKind};
use rashomon_spec::Findings;

/// Each shared passage with its number and how much of it is equal, the lineages, and the ties.
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
    findings.statements.extend(story.ties.iter().map(|tie| statement(story, tie)));
    findings
}

/// Who was first and what shows it; what two reports have in common.
fn statement(story: &Story, tie: &Tie) -> String {
    let [a, b] = [tie.a, tie.b].map(|at| story.document(at).article.id.as_str());
    let direction = match tie.direction {
        None => format!("{a} and {b}"),
        Some(direction) => format!("{a} before {b} by {}", shown(direction)),
    };
    let kind = match tie.kind {
        TieKind::Copy => "share",
        TieKind::Likely => "likely share",
    };
    let signs: Vec<String> = tie
        .signs
        .iter()
        .map(|sign| match sign {
            Sign::SharedProse { words, .. } => format!("{words} words"),
            Sign::Credit(name) => format!("a credit to {name}"),
            Sign::SameAddress(address) => format!("the address {address}"),
            Sign::SameOwner(name) => format!("the owner {name}"),
            Sign::SameOrder { sentences, .. } => format!("{sentences} sentences in one order"),
        })
        .collect();
    format!("{direction} {kind} {}", signs.join(", "))
}

fn shown(direction: Direction) -> &'static str {
    match direction {
        Direction::Credit => "its credit",
        Direction::EarlierDate => "its date",
        Direction::Containment => "holding the other",
    }
}
