use std::collections::BTreeSet;

use rashomon_article::{ArticleIndex, QuotationKind, Story};
use rashomon_language::Language;
use rashomon_terms::fold;

use crate::piece::Piece;
use crate::telling::Telling;

/// Words of matter that are a remark whatever they are.
const MATTER: usize = 4;
/// Weight of a word of matter that is rare, in news and in the story.
const RARE: f32 = 0.6;
/// Rare words that two outlets must both put in quotation marks.
const RARE_WORDS: usize = 2;

/// Whether tellings are of a remark, and not of a thing that several reports name: one of them
/// is a whole clause or says much, or several outlets quote the same rare words.
pub(crate) fn has_substance(
    story: &Story,
    pieces: &[Piece],
    tellings: &[Telling],
    language: &Language,
) -> bool {
    // A thing that somebody wants or promises is no remark where nobody quotes it: `a pay rise`.
    let quoted = tellings.iter().any(|telling| telling.quoted);
    let told = |telling: &Telling| is_told(&words(story, telling), language);
    if !quoted && !tellings.iter().any(told) {
        return false;
    }
    tellings.iter().any(|telling| {
        let words = words(story, telling);
        let matter = telling.words.iter().filter(|word| word.content).count();
        (telling.quoted || is_complete(&words, language) && matter >= 2)
            && (matter >= MATTER
                || is_clause(&words, language)
                || is_sentence(story, &pieces[telling.first], telling))
    }) || is_quoted_phrase(pieces, tellings)
}

/// The words of a telling as lists of words have them.
fn words(story: &Story, telling: &Telling) -> Vec<String> {
    let document = story.document(telling.article);
    telling
        .parts
        .iter()
        .flat_map(|&part| document.tokens_in(part))
        .map(|token| fold(document.slice(token.span)).replace('’', "'"))
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect()
}

fn is_in(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

/// Whether words do not break off where a quoted fragment goes on: `the bridge had been`.
fn is_complete(words: &[String], language: &Language) -> bool {
    let pack = &language.quotations;
    words.last().is_some_and(|last| {
        !is_in(pack.skipped, last) && !is_in(pack.finite, last) && !is_in(pack.auxiliaries, last)
    })
}

/// Whether a verb stands there with a subject before it.
fn is_clause(words: &[String], language: &Language) -> bool {
    let pack = &language.quotations;
    let finite = words.iter().skip(1).any(|word| is_in(pack.finite, word));
    words.len() >= 3 && (finite || is_in(pack.pronouns, &words[0]))
}

/// Whether a verb of its own makes a statement, and not one of a clause that hangs on a noun: `the
/// rules under which a shift can be moved`.
fn is_told(words: &[String], language: &Language) -> bool {
    let pack = &language.quotations;
    let from = words.iter().position(|word| !is_in(pack.conjunctions, word)).unwrap_or(0);
    let own = words[from..].iter().take_while(|word| !is_in(pack.relatives, word));
    let begins =
        words.get(from).is_some_and(|word| is_in(pack.pronouns, word) || word == pack.infinitive);
    let verb = |word: &String| {
        is_in(pack.finite, word) || pack.past_endings.iter().any(|end| word.ends_with(end))
    };
    from > 0 || begins || own.skip(1).any(verb)
}

/// Whether a telling goes from a capital to a mark at its end, all in quotation marks.
fn is_sentence(story: &Story, piece: &Piece, telling: &Telling) -> bool {
    let text = story.document(telling.article).article.text.as_str();
    piece.kind == QuotationKind::Direct
        && text[telling.span.range()].starts_with(char::is_uppercase)
        && text[..telling.span.end()].ends_with(['.', ',', '!', '?'])
        && telling.words.len() >= 4
}

/// Whether two outlets put the same phrase of one speaker in quotation marks, and it is rare.
fn is_quoted_phrase(pieces: &[Piece], tellings: &[Telling]) -> bool {
    let quoted = || tellings.iter().filter(|telling| telling.quoted);
    let articles: BTreeSet<ArticleIndex> = quoted().map(|telling| telling.article).collect();
    let speakers: BTreeSet<Option<usize>> =
        quoted().map(|telling| pieces[telling.first].speaker).collect();
    let rare = |telling: &Telling| {
        telling.words.iter().filter(|word| word.content && word.weight >= RARE).count()
    };
    // What three outlets quote is no chance, with one rare word less.
    let least = if articles.len() >= 3 { RARE_WORDS - 1 } else { RARE_WORDS };
    articles.len() >= 2
        && speakers.len() == 1
        && !speakers.contains(&None)
        && quoted().all(|telling| telling.words.len() >= 2 && rare(telling) >= least)
}
