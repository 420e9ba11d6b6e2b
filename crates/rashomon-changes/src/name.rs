use crate::context::Context;
use crate::word::Word;

/// Lengths of abbreviations in letters.
const SHORT: std::ops::RangeInclusive<usize> = 2..=5;
/// Names that share so many first letters are of one stem, if one of them ends there or a letter on.
const STEM: usize = 4;

/// Where the source has another form of a name of the telling: its abbreviation, what it is an
/// abbreviation of, or a name derived from it (`Iran`, `Iranian`).
pub fn other_form(context: &Context<'_>, at: usize) -> Option<u32> {
    spelled(context, at).or_else(|| abbreviated(context, at)).or_else(|| derived(context, at))
}

/// Where the words stand whose first letters a name is.
fn spelled(context: &Context<'_>, at: usize) -> Option<u32> {
    let source = &context.source.words;
    let letters = letters(&context.telling.words[at]);
    if !SHORT.contains(&letters.len()) {
        return None;
    }
    let is_it = |run: &[Word]| {
        run[0].sort.is_name() && run[run.len() - 1].sort.is_name() && begins(run, &letters)
    };
    source.windows(letters.len()).position(is_it).map(|place| place as u32)
}

/// Where an abbreviation of the run of words stands in which this one is.
fn abbreviated(context: &Context<'_>, at: usize) -> Option<u32> {
    let words = &context.telling.words;
    let is_it = |other: &Word| {
        let letters = letters(other);
        other.sort.is_name()
            && SHORT.contains(&letters.len())
            && (at.saturating_sub(letters.len() - 1)..=at).any(|from| {
                words.get(from..from + letters.len()).is_some_and(|run| begins(run, &letters))
            })
    };
    context.source.words.iter().position(is_it).map(|place| place as u32)
}

/// Where a name of the same stem or derivation stands.
fn derived(context: &Context<'_>, at: usize) -> Option<u32> {
    let lexeme = context.telling.lexeme(at);
    let names = context.source.vocabulary.iter().filter(|other| other.sort.is_name());
    let found = names.into_iter().find(|other| {
        let relation = lexeme.entry.relation(&other.entry);
        let pairs = lexeme.written.chars().zip(other.written.chars());
        let stem = pairs.take_while(|(a, b)| a == b).count();
        let short = lexeme.written.chars().count().min(other.written.chars().count());
        relation.kin
            || relation.same
            || relation.synonyms.is_some()
            || stem >= STEM && short - stem <= 1
    });
    found.and_then(|lexeme| lexeme.places.first().copied())
}

fn letters(word: &Word) -> Vec<char> {
    word.written.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether words begin with these letters, one each.
fn begins(run: &[Word], letters: &[char]) -> bool {
    run.iter().zip(letters).all(|(word, &letter)| word.written.starts_with(letter))
}
