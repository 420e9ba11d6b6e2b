use rashomon_article::{
    Discrepancy, DiscrepancyKind, Document, Passage, QuotationKind, TokenKind, Verdict,
};
use rashomon_terms::{Term, Unit};
use rashomon_text::Span;

use crate::Desk;
use crate::pairing::{announcements, key, pairs};
use crate::side::{outlets, side, silent};

/// Two tellings of which one denies what the other says must resemble each other this much.
const LEAST_SIMILARITY: f32 = 0.33;
/// And more where one tells as done what the other announces.
const LEAST_SIMILARITY_OF_PLANS: f32 = 0.5;
/// A denial denies the next word of matter.
const REACH: usize = 1;
/// A word of planning announces the next one.
const PLAN_REACH: usize = 1;
/// Two reports of which the second came out this much later can tell of a later state.
const LATER_SECONDS: i64 = 30 * 60;

/// Facts that one report tells and another denies, and facts that one tells as done and another
/// as planned or alleged.
pub fn polarity(desk: &Desk<'_>) -> Vec<Discrepancy> {
    let mut found: Vec<Discrepancy> = Vec::new();
    let denials = pairs(desk, LEAST_SIMILARITY);
    let denials = denials.iter().filter_map(|pair| negation(desk, pair.a, pair.b));
    let plans = announcements(desk, LEAST_SIMILARITY_OF_PLANS);
    let plans = plans.iter().filter_map(|pair| modality(desk, pair.a, pair.b));
    for discrepancy in denials.chain(plans) {
        let same = |known: &Discrepancy| {
            known.kind == discrepancy.kind
                && known.sides.iter().flat_map(|side| &side.mentions).any(|mention| {
                    discrepancy.sides.iter().any(|side| side.mentions.contains(mention))
                })
        };
        if !found.iter().any(same) {
            found.push(discrepancy);
        }
    }
    found
}

/// How a word of matter is told: denied, planned, or plainly.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mode {
    Plain,
    Denied,
    Planned,
}

struct Word {
    term: Term,
    key: String,
    mode: Mode,
}

/// The words of matter of a telling with their modes, in order.
fn words(desk: &Desk<'_>, unit: &Unit) -> Vec<Word> {
    let document = desk.story.document(unit.passage.article);
    let all = rashomon_terms::terms(document, unit.passage.span, desk.language);
    let planned = |term: &Term| {
        let word = document.slice(term.span).to_lowercase();
        let senses = &desk.language.senses;
        let lemma = desk.language.words.irregular_lemma(&word).unwrap_or(&word).to_owned();
        senses.planned.iter().any(|known| {
            *known == lemma || rashomon_terms::normal_form(known, desk.language) == term.form
        })
    };
    let mut mode = (Mode::Plain, 0);
    let mut words = Vec::new();
    let mut end = unit.passage.span.start();
    for term in all {
        // Neither reaches across a comma, a bracket or a quotation mark.
        let between = Span::new(end.min(term.span.start()), term.span.start());
        if document.tokens_in(between).iter().any(|token| token.kind != TokenKind::Word) {
            mode = (Mode::Plain, 0);
        }
        end = term.span.end();
        if term.negation {
            if denies_what_follows(desk, document, &term) {
                mode = (Mode::Denied, REACH);
            }
            continue;
        }
        // The month of May announces nothing.
        let dated = document.times.overlapping(term.span).next().is_some();
        if planned(&term) && !dated {
            mode = (Mode::Planned, PLAN_REACH);
            continue;
        }
        if term.function_word {
            continue;
        }
        let reached = if mode.1 > 0 { mode.0 } else { Mode::Plain };
        mode.1 = mode.1.saturating_sub(1);
        let key = key(desk, &term);
        words.push(Word { term, key, mode: reached });
    }
    words
}

/// Whether a denial denies the next words: `not`, `no`, or a verb as in `refused to sign`.
fn denies_what_follows(desk: &Desk<'_>, document: &Document, term: &Term) -> bool {
    let senses = &desk.language.senses;
    let word = document.slice(term.span).to_lowercase();
    if senses.denying_verbs.binary_search(&word.as_str()).is_err() {
        return true;
    }
    let next = document.tokens.partition_point(|token| token.span.start() < term.span.end());
    let next = document.tokens.get(next);
    next.is_some_and(|token| document.slice(token.span).eq_ignore_ascii_case(senses.infinitive))
}

/// Whether the word before or the word after is the same in both tellings.
fn same_company(x: &[Word], i: usize, y: &[Word], j: usize) -> bool {
    let key =
        |words: &[Word], at: Option<usize>| at.and_then(|at| words.get(at)).map(|w| w.key.clone());
    let before = key(x, i.checked_sub(1)).zip(key(y, j.checked_sub(1)));
    let after = key(x, Some(i + 1)).zip(key(y, Some(j + 1)));
    [before, after].into_iter().flatten().any(|(a, b)| a == b)
}

/// Whose word it is: of the outlet (no name) or of somebody whose speech it reports in its own
/// words. `None` for words in quotation marks and for names: neither is denied.
fn voice<'d>(desk: &Desk<'d>, unit: &Unit, term: &Term) -> Option<&'d str> {
    let document = desk.story.document(unit.passage.article);
    if document.mentions.overlapping(term.span).next().is_some() {
        return None;
    }
    let mut holding = document
        .quotations
        .iter()
        .filter(|quotation| quotation.content.iter().any(|content| content.covers(term.span)));
    match holding.next() {
        None => Some(""),
        Some(quotation) if quotation.kind == QuotationKind::Indirect => {
            Some(quotation.speaker.as_ref().map_or("", |speaker| speaker.name.as_str()))
        }
        Some(_) => None,
    }
}

/// Whether two words can be held against each other: what two persons say may differ.
fn one_voice(desk: &Desk<'_>, (a, one): (&Unit, &Term), (b, other): (&Unit, &Term)) -> bool {
    match (voice(desk, a, one), voice(desk, b, other)) {
        (Some(x), Some(y)) => x.is_empty() || y.is_empty() || x == y,
        _ => false,
    }
}

fn negation(desk: &Desk<'_>, a: &Unit, b: &Unit) -> Option<Discrepancy> {
    let (x, y) = (words(desk, a), words(desk, b));
    // Where both deny something, they may well deny the same: `has no role`, `holding no role`.
    let denies = |unit: &Unit| {
        let document = desk.story.document(unit.passage.article);
        let all = rashomon_terms::terms(document, unit.passage.span, desk.language);
        all.iter().any(|term| term.negation)
    };
    let exempts = |unit: &Unit| {
        let document = desk.story.document(unit.passage.article);
        document.tokens_in(unit.passage.span).iter().any(|token| {
            let word = document.slice(token.span).to_lowercase();
            desk.language.senses.exempting.binary_search(&word.as_str()).is_ok()
        })
    };
    // `Could be jailed if guilty` says nothing of guilt.
    let open = a.planned || b.planned;
    if open || denies(a) && denies(b) || exempts(a) || exempts(b) {
        return None;
    }
    let mut opposed = None;
    for (i, one) in x.iter().enumerate() {
        for (j, other) in y.iter().enumerate() {
            // What is denied must be told of one thing: a word beside it is the same in both.
            if !same_company(&x, i, &y, j) {
                continue;
            }
            let denied = |word: &Word| word.mode == Mode::Denied;
            let own = one_voice(desk, (a, &one.term), (b, &other.term));
            if !own || one.term.idf < 1.0 || other.term.idf < 1.0 {
                continue;
            }
            let flipped = one.key == other.key && denied(one) != denied(other);
            let contrary = desk.senses.opposite(&one.term.form, &other.term.form)
                && denied(one) == denied(other);
            if flipped || contrary {
                opposed = Some((one, other));
            }
        }
    }
    let (one, other) = opposed?;
    // Where a telling also has the other pole, both tell of two things.
    let both = |words: &[Word], word: &Word, unlike: &Word| {
        words
            .iter()
            .any(|w| w.key == unlike.key && w.mode == unlike.mode && w.term.span != word.term.span)
    };
    if both(&x, one, other) || both(&y, other, one) {
        return None;
    }
    Some(discrepancy(
        desk,
        DiscrepancyKind::Negation,
        Verdict::Conflict,
        (a, one),
        (b, other),
        "one tells what the other denies",
    ))
}

fn modality(desk: &Desk<'_>, a: &Unit, b: &Unit) -> Option<Discrepancy> {
    let (x, y) = (words(desk, a), words(desk, b));
    let plans = |words: &[Word]| words.iter().any(|word| word.mode == Mode::Planned);
    if plans(&x) && plans(&y) {
        return None;
    }
    let planned =
        |words: &[Word], key: &str| words.iter().any(|w| w.key == key && w.mode == Mode::Planned);
    let done = |unit: &Unit, word: &Word| {
        let text =
            desk.story.slice(Passage { article: unit.passage.article, span: word.term.span });
        let lower = text.to_lowercase();
        if desk.language.segmentation.saying.binary_search(&lower.as_str()).is_ok() {
            return false;
        }
        // `are required` tells no past.
        let document = desk.story.document(unit.passage.article);
        let at =
            document.tokens.partition_point(|token| token.span.start() < word.term.span.start());
        let before =
            at.checked_sub(1).map(|at| document.slice(document.tokens[at].span).to_lowercase());
        let present = &desk.language.senses.present_be;
        if before.is_some_and(|before| present.binary_search(&before.as_str()).is_ok()) {
            return false;
        }
        let irregular =
            desk.language.words.irregular_lemma(&lower).is_some_and(|lemma| lemma != lower);
        word.mode == Mode::Plain && (irregular || desk.language.senses.is_past(&lower))
    };
    for one in &x {
        for other in y.iter().filter(|other| other.key == one.key) {
            let (will, did) = match (one.mode, other.mode) {
                (Mode::Planned, Mode::Plain) if done(b, other) && !planned(&y, &one.key) => {
                    ((a, one), (b, other))
                }
                (Mode::Plain, Mode::Planned) if done(a, one) && !planned(&x, &one.key) => {
                    ((b, other), (a, one))
                }
                _ => continue,
            };
            if !one_voice(desk, (a, &one.term), (b, &other.term)) {
                continue;
            }
            let published =
                |unit: &Unit| desk.story.document(unit.passage.article).article.published;
            let later = match (published(will.0), published(did.0)) {
                (Some(will), Some(did)) => {
                    did.instant().duration_since(will.instant()).as_secs() >= LATER_SECONDS
                }
                _ => false,
            };
            let (verdict, why) = if later {
                (Verdict::Update, "the later report tells as done what the earlier one announced")
            } else {
                (Verdict::Conflict, "one tells as done what the other tells as planned or possible")
            };
            return Some(discrepancy(desk, DiscrepancyKind::Modality, verdict, did, will, why));
        }
    }
    None
}

fn discrepancy(
    desk: &Desk<'_>,
    kind: DiscrepancyKind,
    verdict: Verdict,
    (a, one): (&Unit, &Word),
    (b, other): (&Unit, &Word),
    why: &str,
) -> Discrepancy {
    let story = desk.story;
    let sides = vec![side(story, vec![a.passage]), side(story, vec![b.passage])];
    let word = |unit: &Unit, word: &Word| {
        story.slice(Passage { article: unit.passage.article, span: word.term.span }).to_owned()
    };
    let (x, y) = (word(a, one), word(b, other));
    let names = (outlets(story, [a.passage.article]), outlets(story, [b.passage.article]));
    Discrepancy {
        kind,
        verdict,
        about: if x.to_lowercase() == y.to_lowercase() { x.clone() } else { format!("{x} / {y}") },
        silent: silent(story, &sides),
        sides,
        why: format!("{why}: “{x}” in {}, “{y}” in {}", names.0, names.1),
    }
}
