use rashomon_article::{Sign, Story, Tie, TieKind};

use super::count;

/// The reports that are likely to be one text in other words.
pub(crate) fn likely(story: &Story) -> impl Iterator<Item = &Tie> {
    story.ties.iter().filter(|tie| tie.kind == TieKind::Likely)
}

/// What suggests a likely tie: `5 sentences tell the same in the same order; both credit NPA`.
pub(crate) fn suggests(tie: &Tie) -> String {
    let sign = |sign: &Sign| match sign {
        Sign::SharedProse { words, .. } => format!("they share {}", count(*words, "word")),
        Sign::Credit(name) => format!("a credit to {name}"),
        Sign::SameAddress(_) => "one address".to_owned(),
        Sign::SameOwner(name) => format!("both belong to {name}"),
        Sign::SameOrder { sentences, .. } => {
            format!("{} tell the same in the same order", count(*sentences, "sentence"))
        }
    };
    let signs: Vec<String> = tie.signs.iter().map(sign).collect();
    signs.join("; ")
}
