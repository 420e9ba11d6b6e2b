/// Two groups of reports become one when at least this share of the compared pairs across them
/// are kin: a round-up that copies two agencies must not make them one.
const QUORUM: f64 = 0.3;

/// An article of a large group is compared with about this many others of it (the index pairs a
/// very frequent fingerprint with its first places only).
const COMPARED: usize = 16;

/// A pair of articles.
pub trait Pair {
    /// Their indices.
    fn pair(&self) -> (usize, usize);
}

/// The group of each article (the least index in it), and the bonds that joined them.
pub fn grouped<B: Pair>(articles: usize, bonds: &[B]) -> (Vec<usize>, Vec<&B>) {
    let mut groups: Vec<usize> = (0..articles).collect();
    let mut members: Vec<Vec<usize>> = (0..articles).map(|at| vec![at]).collect();
    let mut kin: Vec<Vec<usize>> = vec![Vec::new(); articles];
    for bond in bonds {
        let (a, b) = bond.pair();
        kin[a].push(b);
        kin[b].push(a);
    }
    let mut tree = Vec::new();
    for bond in bonds {
        let (a, b) = bond.pair();
        let (keep, join) = (groups[a].min(groups[b]), groups[a].max(groups[b]));
        if keep == join || !quorum(&members[keep], &members[join], &kin, &groups) {
            continue;
        }
        for member in std::mem::take(&mut members[join]) {
            groups[member] = keep;
            members[keep].push(member);
        }
        tree.push(bond);
    }
    (groups, tree)
}

/// Whether enough pairs across two groups are kin. One article joins a group by one bond where it
/// is alone.
fn quorum(x: &[usize], y: &[usize], kin: &[Vec<usize>], groups: &[usize]) -> bool {
    if x.len() == 1 || y.len() == 1 {
        return true;
    }
    let (few, many) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    let other = groups[many[0]];
    let bonded: usize =
        few.iter().map(|&at| kin[at].iter().filter(|&&to| groups[to] == other).count()).sum();
    bonded as f64 >= QUORUM * (few.len() * many.len().min(COMPARED)) as f64
}
