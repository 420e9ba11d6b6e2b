use rashomon_article::{Certainty, Claim, Story};

/// The claims that tell the same as one with another certainty.
pub(crate) fn otherwise<'s>(story: &'s Story, claim: &Claim) -> Vec<&'s Claim> {
    let same = story.claims.iter().filter(|other| other.issue == claim.issue);
    same.filter(|other| other.certainty != claim.certainty).collect()
}

/// How certainly something is told, in a word or two: `denied by`.
pub(crate) fn told(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Told => "told as a fact by",
        Certainty::Planned => "as planned by",
        Certainty::Expected => "as expected by",
        Certainty::Alleged => "as alleged by",
        Certainty::Confirmed => "as confirmed by",
        Certainty::Denied => "as not so by",
    }
}

/// What stands before a claim that is not told as a fact.
pub(crate) fn label(certainty: Certainty) -> Option<&'static str> {
    (certainty != Certainty::Told).then(|| certainty.name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_article::{ArticleIndex, Counts, Passage};
    use rashomon_text::Span;

    fn claim(certainty: Certainty, issue: u32) -> Claim {
        let text = Passage { article: ArticleIndex(0), span: Span::new(0, 1) };
        Claim { text, mentions: vec![text], counts: Counts::default(), certainty, issue }
    }

    #[test]
    fn other_certainties_of_one_issue() {
        let claims = vec![
            claim(Certainty::Told, 0),
            claim(Certainty::Denied, 0),
            claim(Certainty::Denied, 1),
        ];
        let story = Story { claims, ..Story::default() };
        let others = otherwise(&story, &story.claims[0]);
        assert_eq!(others.len(), 1);
        assert_eq!(others[0].issue, 0);
        assert_eq!(told(others[0].certainty), "as not so by");
        assert_eq!(label(Certainty::Told), None);
    }
}
