/// A sorted table of words, one entry a line: the words in lower case, and after a tab a value.
///
/// The long lists of names stand in files of this form beside the pack, so that a person can
/// read and mend them. They are searched without being parsed first: the compiler makes an index
/// of the places of the lines by the hash of their words, and one of the first words of entries
/// that go on after them.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    lines: &'static str,
    /// By hash, open addressing: the start of a line and one, and above it eight bits of the
    /// hash; 0 where nothing is.
    places: &'static [u32],
    /// The same of the hashes of first words alone.
    starts: &'static [u32],
}

/// Bits of the start of a line; the hash has the others.
const PLACE: u32 = 24;

/// FNV-1a, spread once more, as short words differ in their last letters only.
pub(crate) const fn hash(bytes: &[u8], from: usize, to: usize) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    let mut at = from;
    while at < to {
        hash = (hash ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    hash ^ (hash >> 15)
}

/// The end of the leading letters and digits: what an entry's first word begins with, however
/// hyphens and apostrophes cut it.
const fn first_end(bytes: &[u8], from: usize, to: usize) -> usize {
    let mut at = from;
    while at < to && (bytes[at].is_ascii_alphanumeric() || bytes[at] >= 0x80) {
        at += 1;
    }
    at
}

impl Table {
    /// A table of sorted lines with its indices, which `table!` makes.
    pub(crate) const fn new(
        lines: &'static str,
        places: &'static [u32],
        starts: &'static [u32],
    ) -> Table {
        assert!(lines.len() < (1 << PLACE) - 1, "the starts of lines fit");
        Table { lines, places, starts }
    }

    /// The slots that the indices of these lines need: twice as many as lines or more.
    pub(crate) const fn slots(lines: &str) -> usize {
        let bytes = lines.as_bytes();
        let (mut count, mut at) = (1, 0);
        while at < bytes.len() {
            count += (bytes[at] == b'\n') as usize;
            at += 1;
        }
        (2 * count).next_power_of_two()
    }

    /// The index of all entries, or of the first words of entries with more than one.
    pub(crate) const fn index<const SLOTS: usize>(lines: &str, first: bool) -> [u32; SLOTS] {
        let bytes = lines.as_bytes();
        let mut slots = [0; SLOTS];
        let mut start = 0;
        while start < bytes.len() {
            let (mut end, mut next) = (start, start);
            while next < bytes.len() && bytes[next] != b'\n' {
                if bytes[next] != b'\t' && end == next {
                    end += 1;
                }
                next += 1;
            }
            let to = if first { first_end(bytes, start, end) } else { end };
            if !first || to < end {
                let hash = hash(bytes, start, to);
                let entry = (start as u32 + 1) | hash >> PLACE << PLACE;
                let mut slot = hash as usize & (SLOTS - 1);
                while slots[slot] != 0 {
                    slot = (slot + 1) & (SLOTS - 1);
                }
                slots[slot] = entry;
            }
            start = next + 1;
        }
        slots
    }

    /// The lines whose hash may be this one, by where they start.
    fn lines_of(slots: &'static [u32], hash: u32) -> impl Iterator<Item = usize> {
        let mask = slots.len().wrapping_sub(1);
        let from = hash as usize & mask;
        (0..slots.len())
            .map(move |step| slots[(from + step) & mask])
            .take_while(|&entry| entry != 0)
            .filter(move |entry| entry >> PLACE == hash >> PLACE)
            .map(|entry| (entry & ((1 << PLACE) - 1)) as usize - 1)
    }

    /// The value of an entry, empty where it has none; `None` where there is no such entry.
    pub fn get(&self, words: &str) -> Option<&'static str> {
        if words.is_empty() {
            return None;
        }
        let hash = hash(words.as_bytes(), 0, words.len());
        Table::lines_of(self.places, hash).find_map(|start| {
            let rest = self.lines[start..].strip_prefix(words)?;
            match rest.as_bytes().first() {
                None | Some(b'\n') => Some(""),
                Some(b'\t') => rest[1..].split('\n').next(),
                _ => None,
            }
        })
    }

    /// Whether there is such an entry.
    pub fn contains(&self, words: &str) -> bool {
        self.get(words).is_some()
    }

    /// Whether some entry begins with this word and goes on after it. May say so of a word that
    /// none begins with, never the reverse.
    pub fn goes_on_after(&self, word: &str) -> bool {
        let bytes = word.as_bytes();
        let hash = hash(bytes, 0, first_end(bytes, 0, bytes.len()));
        Table::lines_of(self.starts, hash).next().is_some()
    }

    /// All entries with their values, in order.
    pub fn entries(&self) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        self.lines.lines().map(|line| line.split_once('\t').unwrap_or((line, "")))
    }
}

/// The table of a file beside the pack.
macro_rules! table {
    ($file:literal) => {{
        const LINES: &str = include_str!($file);
        const SLOTS: usize = $crate::Table::slots(LINES);
        static PLACES: [u32; SLOTS] = $crate::Table::index::<SLOTS>(LINES, false);
        static STARTS: [u32; SLOTS] = $crate::Table::index::<SLOTS>(LINES, true);
        $crate::Table::new(LINES, &PLACES, &STARTS)
    }};
}

pub(crate) use table;
