use rashomon_article::{
    Discrepancy, DiscrepancyKind, Document, Passage, QuotationKind, TokenKind, Verdict,
};
use rashomon_text::Span;

use crate::desk::{Desk, Key, Line, Word};
use crate::memo::Memo;
use crate::side::{outlets, side, silent};
use crate::twins::Twin;

/// Two tellings of which one denies what the other says must resemble each other this much.
const LEAST_SIMILARITY: f32 = 0.45;
/// And more where one tells as done what the other announces.
const LEAST_SIMILARITY_OF_PLANS: f32 = 0.33;
/// And have this share of their words in common.
const LEAST_AGREEMENT: f32 = 0.45;
const LEAST_AGREEMENT_OF_PLANS: f32 = 0.35;
/// A denial denies the next word of matter.
const REACH: usize = 1;
/// A word of planning announces the next one.
const PLAN_REACH: usize = 1;
/// Two reports of which the second came out this much later can tell of a later state.
const LATER_SECONDS: i64 = 30 * 60;

/// Facts that one report tells and another denies, and facts that one tells as done and another
/// as planned or alleged.
pub fn polarity(desk: &Desk<'_>, twins: &[Twin], memo: &mut Memo<'_>) -> Vec<Discrepancy> {
    let mut found: Vec<Discrepancy> = Vec::new();
    let alike = |least: f32, agreement: f32| {
        move |twin: &&Twin| {
            let (a, b) = twin.lines(desk);
            twin.likeness >= least && twin.alignment.agreement(a, b) >= agreement
        }
    };
    let denials = twins.iter().filter(|twin| twin.claimed);
    let denials = denials.filter(alike(LEAST_SIMILARITY, LEAST_AGREEMENT));
    // Most pairs come to nothing, and what came to nothing once does so again.
    let denials = denials.map(|twin| twin.lines(desk)).filter_map(|(a, b)| {
        let mut found = None;
        let may = memo.denials.of(a.number, b.number, || {
            found = negation(desk, a, b);
            found.is_some()
        });
        if may { found.or_else(|| negation(desk, a, b)) } else { None }
    });
    let plans = twins.iter().filter(alike(LEAST_SIMILARITY_OF_PLANS, LEAST_AGREEMENT_OF_PLANS));
    let plans = plans.map(|twin| twin.lines(desk)).filter_map(|(a, b)| {
        let mut found = None;
        let may = memo.plans.of(a.number, b.number, || {
            found = announced(desk, a, b);
            found.is_some()
        });
        if may { found.or_else(|| announced(desk, a, b)) } else { None }
    });
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

/// A word of matter and how it is told.
struct Told {
    word: Word,
    mode: Mode,
}

/// The words of matter of a sentence with their modes, in order.
fn words(desk: &Desk<'_>, line: &Line) -> Vec<Told> {
    let document = desk.document(line.article);
    let mut mode = (Mode::Plain, 0);
    let mut words = Vec::new();
    let mut end = line.span.start();
    for &word in &line.words {
        // Neither reaches across a comma, a bracket or a quotation mark.
        let between = Span::new(end.min(word.span.start()), word.span.start());
        if document.tokens_in(between).iter().any(|token| token.kind != TokenKind::Word) {
            mode = (Mode::Plain, 0);
        }
        end = word.span.end();
        if word.negation {
            if denies_what_follows(desk, document, &word) {
                mode = (Mode::Denied, REACH);
            }
            continue;
        }
        // The month of May announces nothing.
        if desk.planned.contains(&word.key)
            && document.times.overlapping(word.span).next().is_none()
        {
            mode = (Mode::Planned, PLAN_REACH);
            continue;
        }
        if word.function {
            continue;
        }
        let reached = if mode.1 > 0 { mode.0 } else { Mode::Plain };
        mode.1 = mode.1.saturating_sub(1);
        words.push(Told { word, mode: reached });
    }
    words
}

/// Whether a sentence announces: a word of planning stands before the first that tells of the past.
fn announces(desk: &Desk<'_>, line: &Line) -> bool {
    let document = desk.document(line.article);
    for word in &line.words {
        let text = desk.slice(line, word.span).to_lowercase();
        let irregular = desk.language.words.irregular_lemma(&text);
        if desk.language.senses.is_past(&text) || irregular.is_some_and(|lemma| lemma != text) {
            return false;
        }
        if desk.planned.contains(&word.key)
            && document.times.overlapping(word.span).next().is_none()
        {
            return true;
        }
    }
    false
}

/// Whether a denial denies the next words: `not`, `no`, or a verb as in `refused to sign`.
pub fn denies_what_follows(desk: &Desk<'_>, document: &Document, word: &Word) -> bool {
    let senses = &desk.language.senses;
    let text = document.slice(word.span).to_lowercase();
    if senses.denying_verbs.binary_search(&text.as_str()).is_err() {
        return true;
    }
    let next = document.tokens.partition_point(|token| token.span.start() < word.span.end());
    let next = document.tokens.get(next);
    next.is_some_and(|token| document.slice(token.span).eq_ignore_ascii_case(senses.infinitive))
}

/// Whether the word before or the word after is the same in both tellings.
fn same_company(x: &[Told], i: usize, y: &[Told], j: usize) -> bool {
    let key =
        |words: &[Told], at: Option<usize>| at.and_then(|at| words.get(at)).map(|w| w.word.key);
    let before = key(x, i.checked_sub(1)).zip(key(y, j.checked_sub(1)));
    let after = key(x, Some(i + 1)).zip(key(y, Some(j + 1)));
    [before, after].into_iter().flatten().any(|(a, b)| a == b)
}

/// Whose word it is: of the outlet (no name) or of somebody whose speech it reports in its own
/// words. `None` for words in quotation marks and for names: neither is denied.
fn voice<'d>(desk: &Desk<'d>, line: &Line, word: &Word) -> Option<&'d str> {
    let document = desk.document(line.article);
    if document.mentions.overlapping(word.span).next().is_some() {
        return None;
    }
    let mut holding = document
        .quotations
        .overlapping(word.span)
        .filter(|quotation| quotation.content.iter().any(|content| content.covers(word.span)));
    match holding.next() {
        None => Some(""),
        Some(quotation) if quotation.kind == QuotationKind::Indirect => {
            Some(quotation.speaker.as_ref().map_or("", |speaker| speaker.name.as_str()))
        }
        Some(_) => None,
    }
}

/// Whether two words can be held against each other: what two persons say may differ.
fn one_voice(desk: &Desk<'_>, (a, one): (&Line, &Word), (b, other): (&Line, &Word)) -> bool {
    match (voice(desk, a, one), voice(desk, b, other)) {
        (Some(x), Some(y)) => x.is_empty() || y.is_empty() || x == y,
        _ => false,
    }
}

fn negation(desk: &Desk<'_>, a: &Line, b: &Line) -> Option<Discrepancy> {
    // Where both deny something, they may well deny the same: `has no role`, `holding no role`.
    let denies = |line: &Line| line.words.iter().any(|word| word.negation);
    // `Could be jailed if guilty` says nothing of guilt.
    if denies(a) && denies(b)
        || exempts(desk, a)
        || exempts(desk, b)
        || announces(desk, a)
        || announces(desk, b)
    {
        return None;
    }
    let (x, y) = (words(desk, a), words(desk, b));
    let mut opposed = None;
    for (i, one) in x.iter().enumerate() {
        for (j, other) in y.iter().enumerate() {
            // What is denied must be told of one thing: a word beside it is the same in both.
            if !same_company(&x, i, &y, j) {
                continue;
            }
            let denied = |told: &Told| told.mode == Mode::Denied;
            let own = one_voice(desk, (a, &one.word), (b, &other.word));
            if !own || one.word.idf < 1.0 || other.word.idf < 1.0 {
                continue;
            }
            let flipped = one.word.key == other.word.key && denied(one) != denied(other);
            let contrary =
                desk.opposite(one.word.key, other.word.key) && denied(one) == denied(other);
            if flipped || contrary {
                opposed = Some((one, other));
            }
        }
    }
    let (one, other) = opposed?;
    // Where a telling also has the other pole, both tell of two things.
    let both = |words: &[Told], told: &Told, unlike: &Told| {
        words.iter().any(|w| {
            w.word.key == unlike.word.key && w.mode == unlike.mode && w.word.span != told.word.span
        })
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

/// Whether a word of a sentence takes something back without denying it: `exempt`, `unable`.
pub fn exempts(desk: &Desk<'_>, line: &Line) -> bool {
    line.words.iter().any(|word| {
        let text = desk.slice(line, word.span).to_lowercase();
        desk.language.senses.exempting.binary_search(&text.as_str()).is_ok()
    })
}

/// One of two sentences announces what the other tells as done.
fn announced(desk: &Desk<'_>, a: &Line, b: &Line) -> Option<Discrepancy> {
    if announces(desk, a) == announces(desk, b) || spoken(desk, a) || spoken(desk, b) {
        return None;
    }
    let (x, y) = (words(desk, a), words(desk, b));
    let plans = |words: &[Told]| words.iter().any(|told| told.mode == Mode::Planned);
    if plans(&x) && plans(&y) {
        return None;
    }
    let planned = |words: &[Told], key: Key| {
        words.iter().any(|w| w.word.key == key && w.mode == Mode::Planned)
    };
    for (i, one) in x.iter().enumerate() {
        for (j, other) in y.iter().enumerate() {
            // What is done and what is announced is one thing: `sent 400 soldiers`.
            let after = x.get(i + 1).zip(y.get(j + 1));
            let object = after.is_some_and(|(p, q)| p.word.key == q.word.key);
            if other.word.key != one.word.key || !object {
                continue;
            }
            let (will, did) = match (one.mode, other.mode) {
                (Mode::Planned, Mode::Plain)
                    if is_done(desk, b, other) && !planned(&y, one.word.key) =>
                {
                    ((a, one), (b, other))
                }
                (Mode::Plain, Mode::Planned)
                    if is_done(desk, a, one) && !planned(&x, one.word.key) =>
                {
                    ((b, other), (a, one))
                }
                _ => continue,
            };
            if !one_voice(desk, (a, &one.word), (b, &other.word)) {
                continue;
            }
            let published = |line: &Line| desk.document(line.article).article.published;
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

/// Whether a word tells of the past, and of more than that somebody spoke.
fn is_done(desk: &Desk<'_>, line: &Line, told: &Told) -> bool {
    let lower = desk.slice(line, told.word.span).to_lowercase();
    if desk.language.segmentation.saying.binary_search(&lower.as_str()).is_ok() {
        return false;
    }
    // `are required` tells no past, nor does `are now required`.
    let document = desk.document(line.article);
    let at = document.tokens.partition_point(|token| token.span.start() < told.word.span.start());
    let present = document.tokens[at.saturating_sub(2)..at].iter().any(|token| {
        let before = document.slice(token.span).to_lowercase();
        desk.language.senses.present_be.binary_search(&before.as_str()).is_ok()
    });
    if present {
        return false;
    }
    let irregular = desk.language.words.irregular_lemma(&lower).is_some_and(|lemma| lemma != lower);
    told.mode == Mode::Plain && (irregular || desk.language.senses.is_past(&lower))
}

/// Beyond this share of its words in quotation marks, a sentence is speech and no telling.
const MOST_SPEECH: f32 = 0.6;

/// Whether a sentence is somebody's speech or a question, and not told by the outlet.
fn spoken(desk: &Desk<'_>, line: &Line) -> bool {
    let document = desk.document(line.article);
    let text = document.slice(line.span).trim_end_matches(['”', '"', '’']);
    let spoken = |word: &&Word| {
        document.quotations.overlapping(word.span).any(|quotation| {
            quotation.kind != QuotationKind::Indirect
                && quotation.content.iter().any(|content| content.covers(word.span))
        })
    };
    let matter = || line.words.iter().filter(|word| !word.function);
    let (all, said) = (matter().count(), matter().filter(spoken).count());
    text.ends_with('?') || said as f32 > MOST_SPEECH * all as f32
}

fn discrepancy(
    desk: &Desk<'_>,
    kind: DiscrepancyKind,
    verdict: Verdict,
    (a, one): (&Line, &Told),
    (b, other): (&Line, &Told),
    why: &str,
) -> Discrepancy {
    let story = desk.story;
    let place = |line: &Line| Passage { article: line.article, span: line.span };
    let sides = vec![side(story, vec![place(a)]), side(story, vec![place(b)])];
    let (x, y) = (desk.slice(a, one.word.span), desk.slice(b, other.word.span));
    let names = (outlets(story, [a.article]), outlets(story, [b.article]));
    let same = x.to_lowercase() == y.to_lowercase();
    Discrepancy {
        kind,
        verdict,
        about: if same { x.to_owned() } else { format!("{x} / {y}") },
        silent: silent(story, &sides),
        sides,
        why: format!("{why}: “{x}” in {}, “{y}” in {}", names.0, names.1),
    }
}
