use rashomon_article::{Discrepancy, Story, Verdict};

/// The weightiest first: conflicts before what explains itself, what more outlets tell before
/// what few tell, what stands near the top of the reports before what stands below.
pub fn sort(story: &Story, found: &mut [Discrepancy]) {
    let gravity = |verdict: Verdict| match verdict {
        Verdict::Conflict => 0,
        Verdict::Update => 1,
        Verdict::Vague => 2,
        Verdict::Compatible => 3,
        Verdict::Variant => 4,
    };
    found.sort_by(|a, b| {
        gravity(a.verdict)
            .cmp(&gravity(b.verdict))
            .then(outlets(story, b).cmp(&outlets(story, a)))
            .then(depth(story, a).total_cmp(&depth(story, b)))
            .then_with(|| first(a).cmp(&first(b)))
            .then_with(|| a.about.cmp(&b.about))
    });
}

fn outlets(story: &Story, discrepancy: &Discrepancy) -> usize {
    let mentions = discrepancy.sides.iter().flat_map(|side| &side.mentions);
    story.counts(mentions.map(|mention| mention.article)).outlets
}

fn first(discrepancy: &Discrepancy) -> Option<rashomon_article::Passage> {
    discrepancy.sides.first().and_then(|side| side.mentions.first()).copied()
}

/// How far down the reports it stands on the average: 0 is the first byte, 1 the last.
fn depth(story: &Story, discrepancy: &Discrepancy) -> f64 {
    let places: Vec<f64> = discrepancy
        .sides
        .iter()
        .flat_map(|side| &side.mentions)
        .map(|mention| {
            let length = story.document(mention.article).article.text.len().max(1);
            mention.span.start() as f64 / length as f64
        })
        .collect();
    places.iter().sum::<f64>() / places.len().max(1) as f64
}
