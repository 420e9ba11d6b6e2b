//! Pairs of a report and an edited sentence, made from plain news by rule: facts kept by synonyms,
//! or changed by other names and numbers, opposites, other words of the kind, denials, and words
//! that change places. `rashomon-eval make-changes --docs FILE --pred OUT`.

use std::collections::{BTreeMap, BTreeSet};

use rashomon::article::{Document, MentionForm, TokenKind};
use rashomon::language::{Class, english, word_key};
use rashomon::terms::{fold, normal_form};
use rashomon::text::Span;
use serde_json::{Value, json};

use super::facts;
use super::inflection::inflect;
use crate::Options;
use crate::files::{read_items, write_items};

/// Every so many articles one is taken.
const STEP: usize = 10;
/// Words that a sentence to be edited has.
const LENGTH: std::ops::RangeInclusive<usize> = 12..=40;
/// Bytes of a report that serve as the source.
const SOURCE: usize = 5_000;

/// Draws from a fixed seed (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound.max(1) as u64) as usize
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        if from.is_empty() { None } else { from.get(self.below(from.len())) }
    }
}

/// A replacement in a sentence; an empty span inserts.
type Edit = (Span, String);

/// What edits draw from.
struct Maker {
    random: Random,
    /// Usual words by class.
    pool: BTreeMap<Class, Vec<String>>,
    synonyms: BTreeMap<(String, Class), Vec<String>>,
    /// Names by kind, of other reports.
    names: BTreeMap<String, Vec<String>>,
}

/// A report and a sentence that tells of it, edited.
pub struct Pair {
    /// The number of the report.
    pub report: usize,
    pub source: String,
    pub telling: String,
    /// Whether the edits keep its facts.
    pub kept: bool,
}

/// Writes the pairs, to be read by a person.
pub fn run(options: &Options) -> Result<Value, String> {
    let pairs = pairs(&read_items(&options.path("docs")?)?);
    let item = |(at, pair): (usize, &Pair)| {
        let id = format!("made-{}-{at}", pair.report);
        let label = i32::from(pair.kept);
        json!({"id": id, "document": pair.source, "edited": pair.telling, "label": label})
    };
    let items: Vec<Value> = pairs.iter().enumerate().map(item).collect();
    write_items(&options.path("pred")?, &items)?;
    let kept = pairs.iter().filter(|pair| pair.kept).count();
    Ok(json!({"task": "make-changes", "pairs": pairs.len(), "kept": kept}))
}

/// Makes pairs of some of these articles.
pub fn pairs(articles: &[Value]) -> Vec<Pair> {
    let texts: Vec<&str> =
        articles.iter().step_by(STEP).filter_map(|item| item["text"].as_str()).collect();
    let mut maker = Maker {
        random: Random(11),
        pool: BTreeMap::new(),
        synonyms: BTreeMap::new(),
        names: BTreeMap::new(),
    };
    maker.gather_pool(&texts);
    let mut made = Vec::new();
    for (report, text) in texts.iter().enumerate() {
        maker.pairs(report, text, &mut made);
    }
    made
}

impl Maker {
    fn gather_pool(&mut self, texts: &[&str]) {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for text in texts.iter().take(400) {
            for word in text.split(|c: char| !c.is_ascii_lowercase()).filter(|word| word.len() > 3)
            {
                *counts.entry(word.to_owned()).or_default() += 1;
            }
        }
        for (word, count) in counts {
            let entry = english().thesaurus.entry(&word, None);
            if count >= 4
                && english().thesaurus.lemmas(&word).first() == Some(&word.as_str())
                && let Some(class) = entry.class()
            {
                self.pool.entry(class).or_default().push(word);
            }
        }
    }

    /// Pairs of a report: of sentences near its head that the rest of it bears out, with that rest as
    /// the source, and of one that the source has.
    fn pairs(&mut self, report: usize, text: &str, made: &mut Vec<Pair>) {
        let end = text.char_indices().map(|(at, _)| at).take_while(|&at| at < SOURCE).last();
        let document = facts("made", &text[..end.unwrap_or(0)]);
        let fit: Vec<Span> = document
            .sentences
            .iter()
            .map(|sentence| sentence.span)
            .take(20)
            .filter(|&span| is_plain(&document, span))
            .collect();
        let whole = document.article.text.as_str();
        let mut bases: Vec<(Span, String)> = fit
            .iter()
            .filter_map(|&span| {
                let rest = format!("{} {}", &whole[..span.start()], &whole[span.end()..]);
                is_borne_out(&document, span, &rest).then_some((span, rest))
            })
            .take(3)
            .collect();
        if let Some(&span) = self.random.pick(&fit).filter(|_| !bases.is_empty()) {
            bases.push((span, whole.to_owned()));
        }
        for (sentence, source) in bases {
            for kept in [true, false] {
                let Some(telling) = self.edited(&document, sentence, kept) else { continue };
                made.push(Pair { report, source: source.clone(), telling, kept });
            }
        }
        for mention in document.mentions.iter().filter(|mention| mention.form == MentionForm::Name)
        {
            let names = self.names.entry(format!("{:?}", mention.kind)).or_default();
            names.push(document.slice(mention.span).to_owned());
        }
    }

    fn edited(&mut self, document: &Document, sentence: Span, kept: bool) -> Option<String> {
        let mut edits: Vec<Edit> = Vec::new();
        let tokens: Vec<Span> = document
            .tokens_in(sentence)
            .iter()
            .filter(|token| token.kind == TokenKind::Word || token.kind == TokenKind::Number)
            .map(|token| token.span)
            .collect();
        if !kept {
            let wanted = 1 + usize::from(self.random.below(3) == 0);
            for _ in 0..60 {
                if edits.len() >= wanted {
                    break;
                }
                let changes = self.change(document, sentence, &tokens);
                add(&mut edits, changes);
            }
            if edits.is_empty() {
                return None;
            }
        }
        let wanted = edits.len() + self.random.below(5) + usize::from(kept);
        for _ in 0..40 {
            if edits.len() >= wanted {
                break;
            }
            let at = *self.random.pick(&tokens)?;
            let change = self.synonym(document, at);
            add(&mut edits, change.into_iter().collect());
        }
        edits.sort();
        let mut edited = String::new();
        let mut at = sentence.start();
        for (span, words) in edits {
            edited.push_str(&document.article.text.as_str()[at..span.start()]);
            edited.push_str(&words);
            at = span.end();
        }
        edited.push_str(&document.article.text.as_str()[at..sentence.end()]);
        Some(edited)
    }

    /// A word that means the same, in the same form.
    fn synonym(&mut self, document: &Document, at: Span) -> Option<Edit> {
        let (form, lemma, class) = lexical(document, at)?;
        let thesaurus = &english().thesaurus;
        let candidates = self.synonyms.entry((lemma.to_owned(), class)).or_insert_with(|| {
            let own = thesaurus.entry(lemma, Some(class));
            let listed = english().renderings.synonyms.iter().filter(|set| set.contains(&lemma));
            let near = thesaurus.synonyms(lemma).into_iter().filter(|other| {
                let other = thesaurus.entry(other, Some(class));
                own.relation(&other).synonyms.is_some_and(|(a, b)| a <= 1 && a + b <= 2)
            });
            let known =
                |word: &str| english().words.frequencies.knows(&normal_form(word, english()));
            listed
                .flat_map(|set| set.iter().copied())
                .chain(near)
                .filter(|other| *other != lemma && known(other))
                .map(str::to_owned)
                .collect()
        });
        let candidates = candidates.clone();
        let other = self.random.pick(&candidates)?;
        Some((at, inflect(&form, lemma, other, english())?))
    }

    fn change(&mut self, document: &Document, sentence: Span, tokens: &[Span]) -> Vec<Edit> {
        let Some(&at) = self.random.pick(tokens) else { return Vec::new() };
        let edit = match self.random.below(16) {
            0..=2 => self.opposite(document, at),
            3..=8 => {
                let thing = tokens.iter().filter(|&&at| is_thing(document, at));
                let things: Vec<Span> = thing.copied().collect();
                let at = if self.random.below(2) == 0 { self.random.pick(&things) } else { None }
                    .copied()
                    .unwrap_or(at);
                self.other_word(document, at)
            }
            9 | 10 => self.other_name(document, sentence),
            11 | 12 => self.other_number(document, tokens),
            13 => self.denial(document, tokens),
            14 if self.random.below(2) == 0 => self.turned(document, tokens),
            14 => self.addition(document, at),
            _ => return self.exchange(document, sentence, tokens),
        };
        edit.into_iter().collect()
    }

    fn opposite(&mut self, document: &Document, at: Span) -> Option<Edit> {
        let (form, lemma, _) = lexical(document, at)?;
        let mut candidates = english().thesaurus.antonyms(lemma);
        for &(a, b) in english().changes.opposites.iter().chain(english().senses.antonyms) {
            candidates.extend((a == lemma).then_some(b));
            candidates.extend((b == lemma).then_some(a));
        }
        let other = *self.random.pick(&candidates)?;
        Some((at, inflect(&form, lemma, other, english())?))
    }

    /// Another word of the class that is used alike and means something else.
    fn other_word(&mut self, document: &Document, at: Span) -> Option<Edit> {
        let (form, lemma, class) = lexical(document, at)?;
        let own = english().thesaurus.entry(lemma, Some(class));
        let vector = english().vectors.get(word_key(lemma))?;
        let pool = self.pool.get(&class)?.clone();
        for _ in 0..150 {
            let other = self.random.pick(&pool)?;
            let entry = english().thesaurus.entry(other, Some(class));
            let relation = own.relation(&entry);
            let related = relation.same
                || relation.synonyms.is_some()
                || relation.kin
                || relation.wider.is_some()
                || relation.narrower.is_some();
            let Some(beside) = english().vectors.get(word_key(other)) else { continue };
            let wanted = if relation.siblings { 0.2 } else { 0.35 };
            if !related && cosine(&vector, &beside) > wanted && is_new(document, other) {
                return Some((at, inflect(&form, lemma, other, english())?));
            }
        }
        None
    }

    fn other_name(&mut self, document: &Document, sentence: Span) -> Option<Edit> {
        let names: Vec<_> =
            document.mentions.iter().filter(|mention| mention.form == MentionForm::Name).collect();
        let own: Vec<_> = names.iter().filter(|mention| sentence.covers(mention.span)).collect();
        let own = **self.random.pick(&own)?;
        let mut others: Vec<String> = names
            .iter()
            .filter(|mention| mention.kind == own.kind && mention.entity != own.entity)
            .map(|mention| document.slice(mention.span).to_owned())
            .collect();
        if self.random.below(2) == 0 || others.is_empty() {
            others = self.names.get(&format!("{:?}", own.kind))?.clone();
        }
        let other = self.random.pick(&others)?.clone();
        (other != document.slice(own.span)).then_some((own.span, other))
    }

    fn other_number(&mut self, document: &Document, tokens: &[Span]) -> Option<Edit> {
        const WORDS: &[&str] =
            &["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
        const SCALES: &[&str] = &["dozens", "hundreds", "thousands", "millions", "billions"];
        const DAYS: &[&str] =
            &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        let numbers: Vec<&Span> = tokens
            .iter()
            .filter(|&&at| {
                let word = document.slice(at);
                word.starts_with(|c: char| c.is_ascii_digit())
                    || [WORDS, SCALES, DAYS].iter().any(|list| list.contains(&word))
            })
            .collect();
        let at = **self.random.pick(&numbers)?;
        let word = document.slice(at);
        for list in [WORDS, SCALES, DAYS] {
            if list.contains(&word) {
                let other = self.random.pick(list)?;
                return (*other != word).then(|| (at, (*other).to_owned()));
            }
        }
        let place = self.random.below(word.len().min(2));
        let digit = word.as_bytes().get(place).filter(|byte| byte.is_ascii_digit())?;
        let other = b'1' + (digit - b'0' + self.random.below(8) as u8) % 9;
        let mut changed = word.to_owned();
        changed.replace_range(place..=place, std::str::from_utf8(&[other]).ok()?);
        (changed != word).then_some((at, changed))
    }

    /// A denial put in after an auxiliary, or taken out.
    fn denial(&mut self, document: &Document, tokens: &[Span]) -> Option<Edit> {
        const AUXILIARIES: &[&str] =
            &["are", "can", "could", "had", "has", "have", "is", "was", "were", "will", "would"];
        if let Some(&at) = tokens.iter().find(|&&at| document.slice(at) == "not") {
            return Some((at, "indeed".to_owned()));
        }
        let fit: Vec<&Span> =
            tokens.iter().filter(|&&at| AUXILIARIES.contains(&document.slice(at))).collect();
        let at = **self.random.pick(&fit)?;
        Some((at, format!("{} not", document.slice(at))))
    }

    /// Before and after, all and none, may and will.
    fn turned(&mut self, document: &Document, tokens: &[Span]) -> Option<Edit> {
        const TURNS: &[(&str, &str)] = &[
            ("after", "before"),
            ("before", "after"),
            ("will", "may"),
            ("may", "will"),
            ("could", "will"),
            ("most", "few"),
            ("many", "few"),
            ("more", "less"),
            ("less", "more"),
            ("all", "no"),
            ("first", "last"),
            ("up", "down"),
            ("against", "for"),
            ("with", "without"),
        ];
        let turn = |at: &Span| {
            let word = document.slice(*at);
            TURNS.iter().find(|(from, _)| *from == word).map(|(_, to)| (*at, (*to).to_owned()))
        };
        let turns: Vec<Edit> = tokens.iter().filter_map(turn).collect();
        self.random.pick(&turns).cloned()
    }

    /// An adjective before a noun that the report does not have.
    fn addition(&mut self, document: &Document, at: Span) -> Option<Edit> {
        let (_, _, class) = lexical(document, at)?;
        let pool = self.pool.get(&Class::Adjective)?.clone();
        let word = self.random.pick(&pool)?.clone();
        let new = class == Class::Noun && !document.article.text.as_str().contains(word.as_str());
        new.then(|| (at, format!("{word} {}", document.slice(at))))
    }

    /// Two names, or two nouns, that change places.
    fn exchange(&mut self, document: &Document, sentence: Span, tokens: &[Span]) -> Vec<Edit> {
        let names: Vec<Span> = document
            .mentions
            .inside(sentence)
            .filter(|mention| mention.form == MentionForm::Name)
            .map(|mention| mention.span)
            .collect();
        let nouns: Vec<Span> = tokens
            .iter()
            .filter(|&&at| lexical(document, at).is_some_and(|(_, _, class)| class == Class::Noun))
            .copied()
            .collect();
        let from = if self.random.below(2) == 0 { names } else { nouns };
        let (Some(&a), Some(&b)) = (self.random.pick(&from), self.random.pick(&from)) else {
            return Vec::new();
        };
        if a == b || fold(document.slice(a)) == fold(document.slice(b)) {
            return Vec::new();
        }
        vec![(a, document.slice(b).to_owned()), (b, document.slice(a).to_owned())]
    }
}

/// Adds edits where none of them touches another.
fn add(edits: &mut Vec<Edit>, more: Vec<Edit>) {
    let free = |edit: &Edit| !edits.iter().any(|(span, _)| span.overlaps(edit.0));
    if more.iter().all(free) {
        edits.extend(more);
    }
}

/// A word in small letters outside of names that the thesaurus knows: form, lemma, class.
fn lexical(document: &Document, at: Span) -> Option<(String, &'static str, Class)> {
    let form = document.slice(at);
    if !form.chars().all(|c| c.is_ascii_lowercase())
        || form.len() < 4
        || english().words.is_function_word(form)
        || document.mentions.overlapping(at).next().is_some()
    {
        return None;
    }
    let thesaurus = &english().thesaurus;
    let class = thesaurus.entry(form, None).class()?;
    let lemmas = thesaurus.lemmas(form);
    let of_class = |lemma: &&&str| thesaurus.entry(lemma, Some(class)).has_senses();
    Some((form.to_owned(), lemmas.iter().find(of_class).copied()?, class))
}

/// Whether a report lacks a word, as most made-up facts need words that it lacks; a third of those
/// that it has pass.
fn is_new(document: &Document, word: &str) -> bool {
    word.len().is_multiple_of(3) || !document.article.text.as_str().contains(word)
}

/// A noun for something that can be touched: what facts are mostly about.
fn is_thing(document: &Document, at: Span) -> bool {
    lexical(document, at).is_some_and(|(form, _, class)| {
        class == Class::Noun && english().thesaurus.entry(&form, None).is_tangible()
    })
}

/// A sentence of the outlet's own words.
fn is_plain(document: &Document, span: Span) -> bool {
    let words = document.tokens_in(span).iter().filter(|token| token.kind == TokenKind::Word);
    let text = document.slice(span);
    LENGTH.contains(&words.count())
        && text.ends_with('.')
        && !text.contains(['“', '”', '"', '\n'])
        && text.starts_with(|c: char| c.is_uppercase())
}

/// Whether other sentences hold the names and figures of one, and half of its rarer words: it tells
/// what they tell. What is denied may be denied nowhere else.
fn is_borne_out(document: &Document, span: Span, rest: &str) -> bool {
    let rest: BTreeSet<String> = rest
        .split(|c: char| !c.is_alphanumeric())
        .map(|word| normal_form(word, english()))
        .collect();
    let (mut found, mut all) = (0, 0);
    for token in document.tokens_in(span) {
        let word = document.slice(token.span);
        let named =
            document.mentions.overlapping(token.span).any(|one| one.form == MentionForm::Name);
        let figure = token.kind == TokenKind::Number
            || document
                .quantities
                .overlapping(token.span)
                .any(|one| one.number.overlaps(token.span))
            || document.times.overlapping(token.span).next().is_some();
        let content = token.kind == TokenKind::Word
            && !english().words.is_function_word(&word.to_lowercase());
        if english().words.is_negation(&word.to_lowercase()) {
            return false;
        }
        if !content && !figure {
            continue;
        }
        let held = word
            .split(|c: char| !c.is_alphanumeric())
            .all(|part| part.is_empty() || rest.contains(&normal_form(part, english())));
        if (named || figure) && !held {
            return false;
        }
        all += 1;
        found += usize::from(held);
    }
    2 * found >= all
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).skip(2).map(|(a, b)| a * b).sum::<f32>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt().max(f32::EPSILON)
}
