use crate::cluster::Cluster;
use crate::fields::{
    BODY_FIELD, CALENDAR_FIELD, CAPITALS_FIELD, FIELDS, HEAD_FIELD, LEAD_FIELD, PAIRS_FIELD,
    TITLE_FIELD,
};
use crate::links::Links;
use crate::vector::Probe;

/// How many figures the likeness of two clusters has.
pub const FIGURES: usize = 50;

/// What the decision to join two clusters looks at; the weights of a
/// [`Decision`](crate::decision::Decision) are in this order.
pub fn likeness(a: &Cluster, b: &Cluster, links: Links) -> [f64; FIGURES] {
    let across = Across::new(a, b);
    across.figures(links, across.gap())
}

/// A cluster laid out to be held against many others.
pub struct Laid<'c> {
    cluster: &'c Cluster,
    probes: [Probe<'c>; FIELDS],
}

impl<'c> Laid<'c> {
    /// Lays a cluster out.
    pub fn new(cluster: &'c Cluster) -> Laid<'c> {
        Laid { cluster, probes: cluster.sums.each_ref().map(Probe::new) }
    }

    /// Both side by side. It does not matter which of the two is laid out.
    pub fn beside(&self, other: &'c Cluster) -> Across<'c> {
        let product = |at: usize| f64::from(self.probes[at].dot_by_halves(&other.sums[at]));
        Across { a: self.cluster, b: other, dots: std::array::from_fn(product) }
    }
}

/// Two clusters side by side.
pub struct Across<'c> {
    /// The one.
    pub a: &'c Cluster,
    /// The other.
    pub b: &'c Cluster,
    /// The scalar products of their sums.
    pub dots: [f64; FIELDS],
}

impl<'c> Across<'c> {
    /// Holds two clusters against each other.
    pub fn new(a: &'c Cluster, b: &'c Cluster) -> Across<'c> {
        let dots = std::array::from_fn(|at| f64::from(a.sums[at].dot(&b.sums[at])));
        Across { a, b, dots }
    }

    /// What the articles have in common, where either cluster is one article.
    pub fn links(&self) -> Links {
        Links::of_pair(self.dots[BODY_FIELD] as f32, self.dots[LEAD_FIELD] as f32)
    }

    /// The second beside the first.
    pub fn turned(&self) -> Across<'c> {
        Across { a: self.b, b: self.a, dots: self.dots }
    }

    /// How many days lie between them, where both are dated.
    pub fn gap(&self) -> Option<f64> {
        let dated = self.a.is_dated() && self.b.is_dated();
        dated.then(|| (self.a.mean_day() - self.b.mean_day()).abs())
    }

    /// The figures, if single articles had so much in common and so many days lay between the
    /// clusters.
    pub fn figures(&self, links: Links, gap: Option<f64>) -> [f64; FIGURES] {
        figures(self, links, gap)
    }
}

fn figures(across: &Across<'_>, links: Links, gap: Option<f64>) -> [f64; FIGURES] {
    let Across { a, b, dots } = across;
    let cosine: [f64; FIELDS] = std::array::from_fn(|at| {
        let lengths = f64::from(a.squares[at] * b.squares[at]).sqrt();
        if lengths > 0.0 { (dots[at] / lengths).max(0.0) } else { 0.0 }
    });
    let [head, body, capitals, pairs, lead, title, calendar] = cosine;
    let both = |field: usize| f64::from(u8::from(a.squares[field] * b.squares[field] > 0.0));
    let across = a.size() * b.size();
    let mean = |field: usize| dots[field] / across;
    let texts = [a.texts(), b.texts()];
    let (few, many) = (texts[0].min(texts[1]).ln(), texts[0].max(texts[1]).ln());
    let both_several = a.members.len() > 1 && b.members.len() > 1;
    let coherence = |field| {
        let (x, y) = (a.coherence(field), b.coherence(field));
        if both_several { x.min(y) } else { x.max(y) }
    };
    // How like members across are, beside how like those within are.
    let ratio = |field: usize| {
        let (x, y) = (a.coherence(field), b.coherence(field));
        let within = if both_several { (x * y).sqrt() } else { x.max(y) };
        (mean(field) / (within + 0.05)).min(3.0)
    };
    let ratios = [HEAD_FIELD, BODY_FIELD, CAPITALS_FIELD, PAIRS_FIELD, LEAD_FIELD].map(ratio);
    let (share, alike) = links.share([a.members.len(), b.members.len()]);
    let when = |figure: f64| if gap.is_some() { figure } else { 0.0 };
    let gap = gap.unwrap_or(0.0);
    let apart = when(a.days_between(b).min(gap));
    let [length, longer] = {
        let (x, y) = (a.mean_length().max(1.0).ln(), b.mean_length().max(1.0).ln());
        [x.min(y), x.max(y)]
    };
    let (head_mean, body_mean) = (mean(HEAD_FIELD), mean(BODY_FIELD));
    let (head_coherence, body_coherence) = (coherence(HEAD_FIELD), coherence(BODY_FIELD));
    let lead_ratio = mean(LEAD_FIELD) / (coherence(LEAD_FIELD) + 0.1);
    [
        head,
        body,
        capitals,
        pairs,
        head_mean,
        body_mean,
        f64::from(links.body),
        few,
        many,
        head_coherence,
        body_coherence,
        when(1.0),
        when(gap.ln_1p()),
        when((-(gap / 3.0).powi(2) / 2.0).exp()),
        length,
        body * few,
        head * few,
        body * many,
        head * many,
        head_mean / (head_coherence + 0.1),
        body_mean / (body_coherence + 0.1),
        body.sqrt(),
        head.sqrt(),
        pairs.sqrt(),
        length * body,
        length * head,
        few * length,
        lead,
        title,
        both(TITLE_FIELD),
        calendar,
        both(CALENDAR_FIELD),
        f64::from(links.lead),
        share,
        alike,
        apart.ln_1p(),
        lead_ratio,
        longer,
        lead.sqrt(),
        title.sqrt(),
        ratios[0],
        ratios[1],
        ratios[2],
        ratios[3],
        ratios[4],
        few * ratios[0],
        few * ratios[1],
        few * ratios[2],
        few * ratios[3],
        few * ratios[4],
    ]
}
