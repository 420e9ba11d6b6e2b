//! Side by side with passim: `rashomon-eval passim --gold ALIGNMENTS --docs ARTICLES --pred OUT
//! [--certain WORDS]`.
//!
//! passim (github.com/dasmiq/passim) is a program of its own and no part of this one. Given the
//! articles as JSON Lines with `id`, `series` (here the id again) and `text`, its option
//! `--pairwise` writes the folder `align.json`; its lines, one file, are the gold here. Each is a
//! passage: two articles, begin and end in code points, and both texts with hyphens for gaps.
//!
//! The words of a passage are those that passim aligns letter by letter. One is covered where both
//! of its places lie in a passage that the index finds in the two articles, all articles indexed
//! at once and every line of them read, as passim does. A passage is missed where none of its
//! words is covered. Of what is covered, passim's passages also hold words that it aligns around
//! gaps of up to 600 characters: `under_half` are those of which less than half is covered. OUT has
//! both kinds.

use std::collections::BTreeMap;
use std::time::Instant;

use rashomon::article::{Document, Evidence};
use rashomon::text::Span;
use rashomon_lineage::PassageIndex;
use serde_json::{Value, json};

use super::reuse::whole;
use crate::Options;
use crate::files::{read_items, write_items};

/// Passages of two articles, by article.
type Found = BTreeMap<(usize, usize), Vec<Evidence>>;

pub fn run(options: &Options) -> Result<Value, String> {
    let gold = read_items(&options.path("gold")?)?;
    let items = read_items(&options.path("docs")?)?;
    let documents: Vec<Document> = items.iter().map(whole).collect();
    let views: Vec<&Document> = documents.iter().collect();
    let begin = Instant::now();
    let certain = match options.get("certain") {
        Some(words) => words.parse().map_err(|_| "--certain is a number of words".to_owned())?,
        None => PassageIndex::CERTAIN,
    };
    let overlaps = PassageIndex::with_certain(&views, certain).overlaps();
    let seconds = begin.elapsed().as_secs_f64();
    let places: BTreeMap<&str, usize> =
        documents.iter().enumerate().map(|(at, d)| (d.article.id.as_str(), at)).collect();
    let found: Found = overlaps
        .into_iter()
        .map(|overlap| ((overlap.a.get(), overlap.b.get()), overlap.passages))
        .collect();
    let mut poor = Vec::new();
    let mut missed = 0;
    let (mut words, mut covered, mut nine_tenths) = (0, 0, 0);
    for passage in &gold {
        let place = |key: &str| passage[key].as_str().and_then(|id| places.get(id)).copied();
        let (Some(a), Some(b)) = (place("id"), place("id2")) else {
            return Err(format!("an article of {} is not among the documents", passage["id"]));
        };
        let aligned = aligned_words(passage, [&documents[a], &documents[b]]);
        let is_covered = |word: &[Span; 2]| covers(&found, (a, b), *word);
        let own = aligned.iter().filter(|word| is_covered(word)).count();
        (words, covered) = (words + aligned.len(), covered + own);
        missed += usize::from(own == 0);
        nine_tenths += usize::from(own * 10 >= aligned.len() * 9);
        if own * 2 < aligned.len() {
            poor.push(json!({"a": passage["id"], "b": passage["id2"], "words": aligned.len(),
                               "covered": own, "s1": passage["s1"], "s2": passage["s2"]}));
        }
    }
    write_items(&options.path("pred")?, &poor)?;
    Ok(
        json!({"task": "passim", "passages": gold.len(), "missed": missed, "under_half": poor.len() - missed,
              "covered_nine_tenths": nine_tenths, "words": words, "words_covered": covered,
              "share_of_words": covered as f64 / words.max(1) as f64,
              "pairs": found.len(), "seconds": seconds}),
    )
}

/// Whether a passage that was found holds a word in both articles.
fn covers(found: &Found, (a, b): (usize, usize), word: [Span; 2]) -> bool {
    let (key, word) = if a < b { ((a, b), word) } else { ((b, a), [word[1], word[0]]) };
    found.get(&key).is_some_and(|passages| {
        passages.iter().any(|p| p.a.span.covers(word[0]) && p.b.span.covers(word[1]))
    })
}

/// The words that passim aligns letter by letter, by their bytes in both articles.
fn aligned_words(passage: &Value, documents: [&Document; 2]) -> Vec<[Span; 2]> {
    let text = |side: usize| documents[side].article.text.as_str();
    let number = |key: &str| passage[key].as_u64().unwrap_or_default() as usize;
    let byte = |side: usize, points: usize| {
        text(side).char_indices().nth(points).map_or(text(side).len(), |(at, _)| at)
    };
    let mut at = [byte(0, number("begin")), byte(1, number("begin2"))];
    let letters = |key: &str| passage[key].as_str().unwrap_or_default().chars();
    let mut words = Vec::new();
    // The places where the word that is being read begins, and whether its letters are equal.
    let mut open: Option<([usize; 2], bool)> = None;
    for (x, y) in letters("s1").zip(letters("s2")) {
        let parts = |c: char| c != '-' && !c.is_alphanumeric();
        if parts(x) || parts(y) {
            if let Some((from, true)) = open.take() {
                words.push([0, 1].map(|side| Span::new(from[side], at[side])));
            }
        } else {
            let equal = x.to_lowercase().eq(y.to_lowercase());
            let (_, all_equal) = open.get_or_insert((at, true));
            *all_equal &= equal;
        }
        for (side, letter) in [x, y].into_iter().enumerate() {
            if letter != '-' {
                at[side] += text(side)[at[side]..].chars().next().map_or(0, char::len_utf8);
            }
        }
    }
    if let Some((from, true)) = open {
        words.push([0, 1].map(|side| Span::new(from[side], at[side])));
    }
    words
}
