use crate::cluster::Cluster;
use crate::fields::BODY_FIELD;
use crate::signature::Signature;

use super::step::Reason;

/// How many words are named.
const NAMED: usize = 5;

/// The words of an article, as it writes them, that a cluster to which it does not belong shares
/// with it most.
pub fn shared(signature: &Signature, own: &Cluster, other: &Cluster) -> Vec<Reason> {
    let weight = |cluster: &Cluster, term: u32| {
        let norm = cluster.norm(BODY_FIELD).max(f32::MIN_POSITIVE);
        f64::from(cluster.weight(term) / norm)
    };
    let mut reasons: Vec<Reason> = signature
        .spellings
        .iter()
        .map(|spelling| Reason {
            word: spelling.written.to_string(),
            is_name: is_name(signature, spelling.term),
            weight: weight(own, spelling.term) * weight(other, spelling.term),
        })
        .filter(|reason| reason.weight > 0.0)
        .collect();
    reasons.sort_by(|x, y| y.weight.total_cmp(&x.weight).then(x.word.cmp(&y.word)));
    reasons.truncate(NAMED);
    reasons
}

fn is_name(signature: &Signature, term: u32) -> bool {
    let at = signature.words.binary_search_by_key(&term, |word| word.term);
    at.is_ok_and(|at| signature.words[at].capitals > 0)
}
