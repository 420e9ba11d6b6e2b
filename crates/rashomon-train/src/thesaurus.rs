//! The thesaurus: the part of WordNet that news has a use for, without its glosses.

use std::collections::{BTreeMap, BTreeSet};

use rashomon::language::{english, word_key};

use crate::Task;

const FILE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../rashomon-language/src/english/models/thesaurus.bin");

/// The word classes, as the files are named, each with the letter of its pointers.
const CLASSES: &[(&str, char)] = &[("noun", 'n'), ("verb", 'v'), ("adj", 'a'), ("adv", 'r')];

/// Senses of a word beyond this rank are left out: nobody means them.
const SENSES: usize = 8;

/// A synset of the database, by class and offset.
type Key = (char, u32);

/// How usual a sense is among those of its lemma, the most usual first: by how often it was met in
/// annotated text, then by its place in the database.
type Rank = (std::cmp::Reverse<u32>, usize);

#[derive(Default)]
struct Synset {
    words: Vec<String>,
    pointers: Vec<Pointer>,
    /// An adjective that stands by another one of which it is a shade.
    satellite: bool,
}

struct Pointer {
    symbol: String,
    to: Key,
    /// The numbers of the words in either synset, from 1; 0 for the whole synset.
    words: (usize, usize),
}

/// Reads the files `index.*` and `data.*` of WordNet in a folder and keeps the lemmas that the
/// word vectors know, with their usual senses.
pub fn train(task: &Task) -> Result<(), String> {
    let read = |name: String| {
        let file = task.folder.join(name);
        std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))
    };
    let mut synsets = BTreeMap::new();
    let mut senses: BTreeMap<String, Vec<(Rank, Key)>> = BTreeMap::new();
    let uses = read_uses(&read("index.sense".to_owned())?);
    for &(class, letter) in CLASSES {
        read_data(&read(format!("data.{class}"))?, letter, &mut synsets)?;
        read_index(&read(format!("index.{class}"))?, letter, &uses, &mut senses)?;
    }
    let bytes = to_bytes(&synsets, &usual(senses))?;
    task.write(FILE, &bytes)
}

fn read_data(text: &str, class: char, synsets: &mut BTreeMap<Key, Synset>) -> Result<(), String> {
    for line in text.lines().filter(|line| !line.starts_with(' ')) {
        let synset = parse_synset(line, class).ok_or_else(|| format!("not a synset: {line}"))?;
        synsets.insert(synset.0, synset.1);
    }
    Ok(())
}

fn parse_synset(line: &str, class: char) -> Option<(Key, Synset)> {
    let mut fields = line.split(" | ").next()?.split(' ');
    let offset = fields.next()?.parse().ok()?;
    let kind = fields.nth(1)?;
    let count = usize::from_str_radix(fields.next()?, 16).ok()?;
    let mut synset = Synset { satellite: kind == "s", ..Synset::default() };
    for _ in 0..count {
        let word = fields.next()?;
        fields.next()?;
        // `galore(ip)` tells where an adjective stands.
        synset.words.push(plain(word.split('(').next()?));
    }
    for _ in 0..fields.next()?.parse().ok()? {
        let symbol = fields.next()?.to_owned();
        let offset = fields.next()?.parse().ok()?;
        let class = match fields.next()? {
            "s" => 'a',
            class => class.chars().next()?,
        };
        let words = u16::from_str_radix(fields.next()?, 16).ok()?;
        let words = (usize::from(words >> 8), usize::from(words & 0xff));
        synset.pointers.push(Pointer { symbol, to: (class, offset), words });
    }
    Some(((class, offset), synset))
}

/// How often each sense of a lemma was met in annotated text.
fn read_uses(text: &str) -> BTreeMap<(String, Key), u32> {
    let line = |line: &str| {
        let mut fields = line.split(' ');
        let (lemma, rest) = fields.next()?.split_once('%')?;
        let class = match rest.split(':').next()? {
            "1" => 'n',
            "2" => 'v',
            "4" => 'r',
            _ => 'a',
        };
        let offset = fields.next()?.parse().ok()?;
        let count = fields.nth(1)?.parse().ok()?;
        Some(((plain(lemma), (class, offset)), count))
    };
    text.lines().filter_map(line).collect()
}

fn read_index(
    text: &str,
    class: char,
    uses: &BTreeMap<(String, Key), u32>,
    senses: &mut BTreeMap<String, Vec<(Rank, Key)>>,
) -> Result<(), String> {
    for line in text.lines().filter(|line| !line.starts_with(' ')) {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let count: usize = fields.get(2).and_then(|field| field.parse().ok()).unwrap_or(0);
        let from = fields.len().checked_sub(count).ok_or_else(|| format!("not a lemma: {line}"))?;
        let lemma = plain(fields[0]);
        let all = senses.entry(lemma.clone()).or_default();
        for (rank, offset) in fields[from..].iter().take(SENSES).enumerate() {
            let offset = offset.parse().map_err(|_| format!("not a lemma: {line}"))?;
            let key = (class, offset);
            let uses = uses.get(&(lemma.clone(), key)).copied().unwrap_or(0);
            all.push(((std::cmp::Reverse(uses), rank), key));
        }
    }
    Ok(())
}

fn plain(word: &str) -> String {
    word.to_lowercase().replace('_', " ")
}

/// The lemmas that news has a use for: words with a vector, and verbs of two such words.
fn usual(senses: BTreeMap<String, Vec<(Rank, Key)>>) -> BTreeMap<String, Vec<Key>> {
    let known = |word: &str| english().vectors.get(word_key(word)).is_some();
    let mut usual = BTreeMap::new();
    for (lemma, mut senses) in senses {
        let parts: Vec<&str> = lemma.split(' ').collect();
        let kept = match parts.as_slice() {
            [word] => known(word) && word.starts_with(|c: char| c.is_ascii_alphabetic()),
            [first, second] => {
                let is_verb = |&(_, (class, _)): &(Rank, Key)| class == 'v' || class == 'r';
                senses.retain(is_verb);
                known(first) && known(second) && !senses.is_empty()
            }
            _ => false,
        };
        if kept {
            senses.sort_by_key(|&(rank, _)| rank);
            usual.insert(lemma, senses.into_iter().map(|(_, key)| key).collect());
        }
    }
    usual
}

/// The form that `rashomon_language::Thesaurus` reads.
fn to_bytes(
    synsets: &BTreeMap<Key, Synset>,
    senses: &BTreeMap<String, Vec<Key>>,
) -> Result<Vec<u8>, String> {
    let meanings = numbered(synsets, senses);
    let lemmas: BTreeMap<&str, u16> =
        senses.keys().enumerate().map(|(at, lemma)| (lemma.as_str(), at as u16)).collect();
    if meanings.len() > usize::from(u16::MAX) || lemmas.len() > usize::from(u16::MAX) {
        return Err(format!("{} meanings, {} lemmas: too many", meanings.len(), lemmas.len()));
    }
    let sense_lists: Vec<Vec<u16>> =
        senses.values().map(|keys| keys.iter().map(|key| meanings[key]).collect()).collect();
    let mut wider_lists: Vec<Vec<u16>> = vec![Vec::new(); meanings.len()];
    let (mut contrary, mut opposites, mut kin) =
        (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (key, &meaning) in &meanings {
        let synset = &synsets[key];
        wider_lists[usize::from(meaning)] =
            wider(synset).filter_map(|key| meanings.get(key).copied()).collect();
        for pointer in &synset.pointers {
            let Some(&other) = meanings.get(&pointer.to) else { continue };
            let word = |words: &[String], at: usize| {
                lemmas.get(words.get(at.checked_sub(1)?)?.as_str()).copied()
            };
            let pair = word(&synset.words, pointer.words.0)
                .zip(word(&synsets[&pointer.to].words, pointer.words.1))
                .filter(|(a, b)| a != b);
            match pointer.symbol.as_str() {
                "!" => {
                    contrary.extend([(meaning, other), (other, meaning)]);
                    opposites.extend(pair.iter().flat_map(|&(a, b)| [(a, b), (b, a)]));
                }
                "+" | "\\" | "<" => kin.extend(pair.iter().flat_map(|&(a, b)| [(a, b), (b, a)])),
                _ => {}
            }
        }
    }
    let letters: String = senses.keys().map(String::as_str).collect();
    let starts_of_letters = starts(senses.keys().map(String::len));
    let first = |class: char| meanings.keys().take_while(|key| key.0 < class).count();
    let counts = [
        lemmas.len(),
        sense_lists.iter().map(Vec::len).sum(),
        meanings.len(),
        wider_lists.iter().map(Vec::len).sum(),
        contrary.len(),
        opposites.len(),
        kin.len(),
        // Where the nouns, the adverbs and the verbs begin; adjectives are the first.
        first('n'),
        first('r'),
        first('v'),
        physical(synsets, &meanings),
    ];
    let mut bytes = b"RT03".to_vec();
    counts.iter().for_each(|&count| bytes.extend((count as u32).to_le_bytes()));
    starts_of_letters.iter().for_each(|start| bytes.extend(start.to_le_bytes()));
    for lists in [&sense_lists, &wider_lists] {
        let places = starts(lists.iter().map(Vec::len));
        places.iter().for_each(|start| bytes.extend(start.to_le_bytes()));
        lists.iter().flatten().for_each(|value| bytes.extend(value.to_le_bytes()));
    }
    for (a, b) in [&contrary, &opposites, &kin].into_iter().flatten() {
        bytes.extend(a.to_le_bytes());
        bytes.extend(b.to_le_bytes());
    }
    bytes.extend(letters.as_bytes());
    println!("{}", serde_json::json!({"counts": counts, "bytes": bytes.len()}));
    Ok(bytes)
}

/// The meaning under which all things lie that can be touched.
fn physical(synsets: &BTreeMap<Key, Synset>, meanings: &BTreeMap<Key, u16>) -> usize {
    let is_it = |key: &&Key| synsets[*key].words.iter().any(|word| word == "physical entity");
    meanings.keys().find(is_it).map_or(0, |key| usize::from(meanings[key]))
}

/// What lies right above a synset: what it is a kind or an instance of, or for a shade of an
/// adjective that adjective.
fn wider(synset: &Synset) -> impl Iterator<Item = &Key> {
    synset.pointers.iter().filter_map(|pointer| {
        let up = match pointer.symbol.as_str() {
            "@" | "@i" => true,
            "&" => synset.satellite,
            _ => false,
        };
        up.then_some(&pointer.to)
    })
}

/// The meanings of all lemmas and what lies above them, numbered in order.
fn numbered(
    synsets: &BTreeMap<Key, Synset>,
    senses: &BTreeMap<String, Vec<Key>>,
) -> BTreeMap<Key, u16> {
    let mut kept: BTreeSet<Key> = BTreeSet::new();
    let mut ahead: Vec<Key> = senses.values().flatten().copied().collect();
    while let Some(key) = ahead.pop() {
        if kept.insert(key) {
            ahead.extend(synsets.get(&key).into_iter().flat_map(wider));
        }
    }
    kept.into_iter().enumerate().map(|(at, key)| (key, at as u16)).collect()
}

/// Where lists of these lengths start when they stand one after another, and where the last ends.
fn starts(lengths: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut starts = vec![0];
    for length in lengths {
        starts.push(starts[starts.len() - 1] + length as u32);
    }
    starts
}
