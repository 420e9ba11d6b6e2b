use crate::table::hash;

/// How rare words are in news at large: a table of normal forms (see `rashomon-terms`), made by
/// `rashomon-eval frequencies`.
///
/// A handful of reports of one event cannot tell which of their words matter, as all of them
/// hold the words of the event; a background can.
#[derive(Debug)]
pub struct Frequencies {
    /// One line for each form, sorted by bytes: the form, a blank, ten times its inverse document
    /// frequency (natural logarithm).
    table: &'static str,
    /// Where the lines start, and one, by the hash of their forms, open addressing; 0 where
    /// nothing is. The compiler makes it: every word of every report is looked up.
    places: &'static [u32],
    /// The weight of a form that the table does not hold.
    unknown: f32,
}

impl Frequencies {
    /// A table in the form that `rashomon-eval frequencies` writes, with its index, which
    /// `frequencies!` makes.
    pub(crate) const fn new(
        table: &'static str,
        places: &'static [u32],
        unknown: f32,
    ) -> Frequencies {
        Frequencies { table, places, unknown }
    }

    /// The index of the lines of a table.
    pub(crate) const fn index<const SLOTS: usize>(table: &str) -> [u32; SLOTS] {
        let bytes = table.as_bytes();
        let mut places = [0; SLOTS];
        let mut start = 0;
        while start < bytes.len() {
            let mut end = start;
            while end < bytes.len() && bytes[end] != b' ' {
                end += 1;
            }
            let mut place = hash(bytes, start, end) as usize & (SLOTS - 1);
            while places[place] != 0 {
                place = (place + 1) & (SLOTS - 1);
            }
            places[place] = start as u32 + 1;
            while end < bytes.len() && bytes[end] != b'\n' {
                end += 1;
            }
            start = end + 1;
        }
        places
    }

    /// The inverse document frequency of a normal form: `ln(reports / reports that hold it)`.
    pub fn idf(&self, form: &str) -> f32 {
        self.find(form).unwrap_or(self.unknown)
    }

    /// Whether the form is common enough to stand in the table.
    pub fn knows(&self, form: &str) -> bool {
        self.find(form).is_some()
    }

    /// The weight of a form that the table does not hold.
    pub fn unknown(&self) -> f32 {
        self.unknown
    }

    fn find(&self, form: &str) -> Option<f32> {
        let mask = self.places.len().checked_sub(1)?;
        let mut place = hash(form.as_bytes(), 0, form.len()) as usize & mask;
        loop {
            let start = self.places[place].checked_sub(1)? as usize;
            let rest = self.table[start..].strip_prefix(form).and_then(|r| r.strip_prefix(' '));
            if let Some(rest) = rest {
                let weight = rest.split('\n').next()?;
                return weight.parse().ok().map(|weight: f32| weight / 10.0);
            }
            place = (place + 1) & mask;
        }
    }
}

/// The table of a file beside the pack, which weighs other forms so much.
macro_rules! frequencies {
    ($file:literal, $unknown:literal) => {{
        const TABLE: &str = include_str!($file);
        const SLOTS: usize = $crate::Table::slots(TABLE);
        static PLACES: [u32; SLOTS] = $crate::Frequencies::index::<SLOTS>(TABLE);
        $crate::Frequencies::new(TABLE, &PLACES, $unknown)
    }};
}

pub(crate) use frequencies;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_line_and_nothing_else() {
        const TABLE: &str = "a 1\nbell 45\nbells 50\nzoo 93\n";
        static PLACES: [u32; 16] = Frequencies::index(TABLE);
        let table = Frequencies::new(TABLE, &PLACES, 9.9);
        let found = ["a", "bell", "bells", "zoo"].map(|form| (table.idf(form) * 10.0).round());
        assert_eq!(found, [1.0, 45.0, 50.0, 93.0]);
        for form in ["", "b", "belle", "zzz", "0"] {
            assert!(!table.knows(form), "{form}");
        }
    }

    #[test]
    fn every_form_of_the_pack_has_the_weight_of_its_line() {
        let known = &crate::english().words.frequencies;
        for (form, weight) in known.table.lines().filter_map(|line| line.split_once(' ')) {
            let tenths: f32 = weight.parse().unwrap();
            assert_eq!(known.idf(form), tenths / 10.0, "{form}");
            assert!(!known.knows(&format!("{form} {weight}")), "{form}");
        }
    }
}
