use rashomon_article::ArticleIndex;
use rashomon_terms::Units;

/// A report is known by so many of its heaviest features.
const HEAVIEST: usize = 96;
/// A report is held against so many others to tell how near two reports are at large.
const SAMPLE: usize = 48;
/// Among fewer reports than this nothing can be told of how they lie to each other.
const FEWEST: usize = 8;

/// The whole reports of a story, and how near each two are: not by what they share alone, but by
/// whether they lie alike to all the others. Reports of one event do, and those of its twin lie
/// elsewhere, however many words the kind of event has them share.
pub struct Background {
    /// For each report its cosines with some others, with a mean of zero and of length 1.
    rows: Vec<Vec<f32>>,
}

impl Background {
    /// Reads the sentences of units; `articles` is how many reports there are.
    pub fn new(units: &Units, articles: usize) -> Background {
        if articles < FEWEST {
            return Background { rows: Vec::new() };
        }
        let reports = reports(units, articles);
        let step = articles.div_ceil(SAMPLE);
        Background { rows: (0..articles).map(|at| row(&reports, at, step)).collect() }
    }

    /// The correlation of how two reports lie to the others, -1 to 1; `None` where there are too
    /// few reports to tell.
    pub fn nearness(&self, a: ArticleIndex, b: ArticleIndex) -> Option<f32> {
        let (a, b) = (self.rows.get(a.get())?, self.rows.get(b.get())?);
        Some(a.iter().zip(b).map(|(x, y)| x * y).sum())
    }
}

/// The cosines of a report with every so-manieth one, less their mean, of length 1. For itself
/// stands the mean.
fn row(reports: &[Vec<(u32, f32)>], at: usize, step: usize) -> Vec<f32> {
    let others = (0..reports.len()).step_by(step);
    let mut row: Vec<Option<f32>> =
        others.map(|other| (other != at).then(|| cosine(&reports[at], &reports[other]))).collect();
    let known: Vec<f32> = row.iter().flatten().copied().collect();
    let mean = known.iter().sum::<f32>() / known.len().max(1) as f32;
    let length = known.iter().map(|x| (x - mean).powi(2)).sum::<f32>().sqrt();
    let centred = |x: f32| (x - mean) / length.max(f32::MIN_POSITIVE);
    row.iter_mut().map(|x| x.map_or(0.0, centred)).collect()
}

/// The heaviest features of each report: the root of their weight in all its sentences, times how
/// rare they are among the reports.
fn reports(units: &Units, articles: usize) -> Vec<Vec<(u32, f32)>> {
    let mut sums: Vec<Vec<(u32, f32)>> = vec![Vec::new(); articles];
    for unit in units.all.iter().filter(|unit| unit.whole) {
        let features = unit.features.iter().map(|feature| (feature.id, feature.weight));
        sums[unit.passage.article.get()].extend(features);
    }
    for sum in &mut sums {
        sum.sort_by_key(|&(id, _)| id);
        sum.dedup_by(|next, sum| {
            let same = next.0 == sum.0;
            if same {
                sum.1 += next.1;
            }
            same
        });
    }
    let mut holders = vec![0.0_f32; units.frequency.len()];
    sums.iter().flatten().for_each(|&(id, _)| holders[id as usize] += 1.0);
    let all = 1.0 + articles as f32;
    let rare = |id: u32, sum: f32| sum.sqrt() * (all / holders[id as usize]).ln();
    sums.into_iter()
        .map(|sum| {
            let mut report: Vec<(u32, f32)> =
                sum.into_iter().map(|(id, sum)| (id, rare(id, sum))).collect();
            report.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
            report.truncate(HEAVIEST);
            report.sort_unstable_by_key(|feature| feature.0);
            let length = report.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
            report.iter_mut().for_each(|(_, weight)| *weight /= length.max(f32::MIN_POSITIVE));
            report
        })
        .collect()
}

fn cosine(mut a: &[(u32, f32)], mut b: &[(u32, f32)]) -> f32 {
    let mut sum = 0.0;
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Less => a = rest_a,
            std::cmp::Ordering::Greater => b = rest_b,
            std::cmp::Ordering::Equal => {
                sum += x.1 * y.1;
                (a, b) = (rest_a, rest_b);
            }
        }
    }
    sum
}
