//! A signature as bytes, to be kept beside its article.
//!
//! One byte for the version; then numbers of seven bits a byte: the length, how many words, pairs,
//! times and spellings. A word takes eight bytes: its term, what it weighs at large, its counts. A
//! pair takes six, a time five. A spelling is the place of its word among the words, and a string.

use crate::error::StoriesError;
use crate::signature::{Counted, Signature, Spelling};

/// The form of the bytes. Whoever changes what stands in them, or how terms are found, counts on.
const VERSION: u8 = 2;

/// What these bytes are, in messages.
const WHAT: &str = "signature";

impl Signature {
    /// The signature as bytes, from which [`Signature::from_bytes`] makes the same one.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        let sizes = [self.words.len(), self.pairs.len(), self.calendar.len(), self.spellings.len()];
        put_number(&mut bytes, u64::from(self.length));
        for size in sizes {
            put_number(&mut bytes, size as u64);
        }
        for word in &self.words {
            bytes.extend(word.term.to_le_bytes());
            bytes.extend([word.background, word.whole]);
            bytes.extend([word.head | word.capitals << 4, word.lead | word.title << 4]);
        }
        for pair in &self.pairs {
            bytes.extend(pair.term.to_le_bytes());
            bytes.extend([pair.background, pair.whole]);
        }
        for time in &self.calendar {
            bytes.extend(time.term.to_le_bytes());
            bytes.push(time.whole);
        }
        for spelling in &self.spellings {
            let at = self.words.partition_point(|word| word.term < spelling.term);
            put_number(&mut bytes, at as u64);
            put_number(&mut bytes, spelling.written.len() as u64);
            bytes.extend(spelling.written.as_bytes());
        }
        bytes
    }

    /// Reads what [`Signature::to_bytes`] wrote.
    ///
    /// # Errors
    ///
    /// Bytes of another version, or damaged ones.
    pub fn from_bytes(bytes: &[u8]) -> Result<Signature, StoriesError> {
        let (mut signature, mut rest, spellings) = Signature::terms_of(bytes)?;
        let words = &signature.words;
        signature.spellings = (0..spellings)
            .map(|_| {
                let at = rest.number()? as usize;
                let term = words.get(at).ok_or(damaged())?.term;
                let size = rest.size()?;
                let written = std::str::from_utf8(rest.take(size)?).map_err(|_| damaged())?;
                Ok(Spelling { term, written: written.into() })
            })
            .collect::<Result<Vec<_>, _>>()?;
        let sorted = |terms: &[Counted]| terms.windows(2).all(|pair| pair[0].term < pair[1].term);
        let Signature { words, pairs, calendar, .. } = &signature;
        if rest.rest.is_empty() && [words, pairs, calendar].into_iter().all(|terms| sorted(terms)) {
            Ok(signature)
        } else {
            Err(damaged())
        }
    }

    /// A signature without its spellings, the bytes that hold these, and how many there are: what
    /// terms weigh does not depend on them, and each takes room of its own.
    pub(crate) fn terms_of(bytes: &[u8]) -> Result<(Signature, Reader<'_>, usize), StoriesError> {
        let mut rest = Reader { rest: bytes, what: WHAT };
        let [version] = rest.array()?;
        if version != VERSION {
            return Err(StoriesError::version(WHAT, version, VERSION));
        }
        let length = u32::try_from(rest.number()?).map_err(|_| damaged())?;
        let [words, pairs, calendar, spellings] =
            [rest.size()?, rest.size()?, rest.size()?, rest.size()?];
        let words = (0..words).map(|_| word(&mut rest)).collect::<Result<Vec<_>, _>>()?;
        let pairs = (0..pairs).map(|_| pair(&mut rest)).collect::<Result<Vec<_>, _>>()?;
        let calendar = (0..calendar).map(|_| time(&mut rest)).collect::<Result<Vec<_>, _>>()?;
        Ok((Signature { words, pairs, calendar, length, ..Signature::default() }, rest, spellings))
    }
}

fn word(rest: &mut Reader<'_>) -> Result<Counted, StoriesError> {
    let term = u32::from_le_bytes(rest.array()?);
    let [background, whole, head, lead] = rest.array()?;
    let (head, capitals, lead, title) = (head & 15, head >> 4, lead & 15, lead >> 4);
    Ok(Counted { term, background, whole, head, capitals, lead, title })
}

fn pair(rest: &mut Reader<'_>) -> Result<Counted, StoriesError> {
    let term = u32::from_le_bytes(rest.array()?);
    let [background, whole] = rest.array()?;
    Ok(Counted { term, background, whole, ..Counted::default() })
}

fn time(rest: &mut Reader<'_>) -> Result<Counted, StoriesError> {
    let term = u32::from_le_bytes(rest.array()?);
    let [whole] = rest.array()?;
    Ok(Counted { term, whole, ..Counted::default() })
}

/// Writes a number, seven bits a byte, the low ones first.
pub(crate) fn put_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 128 {
        bytes.push(number as u8 | 128);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Writes a number that may be negative.
pub(crate) fn put_signed(bytes: &mut Vec<u8>, number: i64) {
    put_number(bytes, ((number << 1) ^ (number >> 63)) as u64);
}

fn damaged() -> StoriesError {
    StoriesError::damaged(WHAT)
}

/// What is left to be read.
pub(crate) struct Reader<'b> {
    /// The bytes.
    pub rest: &'b [u8],
    /// What they are, in messages.
    pub what: &'static str,
}

impl<'b> Reader<'b> {
    /// The next bytes.
    pub fn take(&mut self, size: usize) -> Result<&'b [u8], StoriesError> {
        let (taken, rest) = self.rest.split_at_checked(size).ok_or(self.damaged())?;
        self.rest = rest;
        Ok(taken)
    }

    /// The next few bytes.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], StoriesError> {
        self.take(N)?.try_into().map_err(|_| self.damaged())
    }

    /// The next number, as [`put_number`] writes it.
    pub fn number(&mut self) -> Result<u64, StoriesError> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let [byte] = self.array()?;
            number |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return Ok(number);
            }
        }
        Err(self.damaged())
    }

    /// The next number, as [`put_signed`] writes it.
    pub fn signed(&mut self) -> Result<i64, StoriesError> {
        let number = self.number()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// A number of things that follow, each of one byte or more.
    pub fn size(&mut self) -> Result<usize, StoriesError> {
        let size = self.number()? as usize;
        if size <= self.rest.len() { Ok(size) } else { Err(self.damaged()) }
    }

    /// That the bytes are not what they should be.
    pub fn damaged(&self) -> StoriesError {
        StoriesError::damaged(self.what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rashomon_article::{Article, Block, BlockKind, Document};
    use rashomon_language::english;
    use rashomon_text::{Layer, Text};

    fn signed(text: &str) -> Signature {
        let text = Text::from(text);
        let blocks = Layer::new(vec![Block { span: text.span(), kind: BlockKind::Paragraph }]);
        let title = Some("Ferry Marlin sinks".to_owned());
        let mut document = Document::new(Article { text, blocks, title, ..Article::default() });
        document.tokens = rashomon_segment::tokens(&document, english());
        crate::signature(&document, english())
    }

    #[test]
    fn words_are_spelled_as_they_stand() {
        let signature = signed("Fishermen saw the ferry. On Sunday the Marlin left pier Sorrel.");
        let spelled: Vec<&str> = signature.spellings.iter().map(|s| &*s.written).collect();
        for word in ["Marlin", "Sorrel", "ferry", "Fishermen"] {
            assert!(spelled.contains(&word), "{spelled:?}");
        }
    }

    #[test]
    fn other_versions_and_damage_are_told_apart() {
        let bytes = signed("The ferry Marlin left pier Sorrel.").to_bytes();
        let code = |bytes: &[u8]| Signature::from_bytes(bytes).map_err(|error| error.code());
        let mut other = bytes.clone();
        other[0] = 99;
        assert_eq!(code(&other), Err("other-version"));
        for cut in 1..bytes.len() {
            assert_eq!(code(&bytes[..cut]), Err("damaged"));
        }
        assert_eq!(code(&[]), Err("damaged"));
    }

    proptest! {
        #[test]
        fn bytes_give_the_signature_back(text in "([A-Za-zé’]{1,9}[ .]){0,300}") {
            let signature = signed(&text);
            prop_assert_eq!(Signature::from_bytes(&signature.to_bytes()), Ok(signature));
        }

        #[test]
        fn any_bytes_are_read_or_refused(mut bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            bytes.insert(0, VERSION);
            if let Ok(signature) = Signature::from_bytes(&bytes) {
                prop_assert_eq!(Signature::from_bytes(&signature.to_bytes()), Ok(signature));
            }
        }
    }
}
