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
    /// The weight of a form that the table does not hold.
    unknown: f32,
}

impl Frequencies {
    /// A table in the form that `rashomon-eval frequencies` writes.
    pub const fn new(table: &'static str, unknown: f32) -> Frequencies {
        Frequencies { table, unknown }
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

    /// Halves the table, line by line.
    fn find(&self, form: &str) -> Option<f32> {
        let bytes = self.table.as_bytes();
        let (mut from, mut to) = (0, bytes.len());
        while from < to {
            let middle = from + (to - from) / 2;
            let start = bytes[..middle].iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
            let length = bytes[start..].iter().position(|&b| b == b'\n');
            let end = length.map_or(bytes.len(), |length| start + length);
            let (known, weight) = self.table[start..end].split_once(' ')?;
            match known.as_bytes().cmp(form.as_bytes()) {
                std::cmp::Ordering::Equal => return weight.parse().ok().map(|w: f32| w / 10.0),
                std::cmp::Ordering::Less => from = end + 1,
                std::cmp::Ordering::Greater => to = start,
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_line_and_nothing_else() {
        let table = Frequencies::new("a 1\nbell 45\nbells 50\nzoo 93\n", 9.9);
        let found = ["a", "bell", "bells", "zoo"].map(|form| (table.idf(form) * 10.0).round());
        assert_eq!(found, [1.0, 45.0, 50.0, 93.0]);
        for form in ["", "b", "belle", "zzz", "0"] {
            assert!(!table.knows(form), "{form}");
        }
    }
}
