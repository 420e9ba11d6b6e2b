//! Names of months, of RFC 822 and of publishers who let their language set slip into it.

/// The names in full, by month. A word of a date may be any start of one, three letters at least,
/// if all names that start so are of one month.
const MONTHS: [&[&str]; 12] = [
    &[
        "january",
        "janvier",
        "januar",
        "januari",
        "janeiro",
        "enero",
        "gennaio",
        "ιανουαρίου",
        "января",
        "stycznia",
        "ocak",
    ],
    &[
        "february",
        "février",
        "fevrier",
        "februar",
        "februari",
        "fevereiro",
        "febrero",
        "febbraio",
        "φεβρουαρίου",
        "февраля",
        "lutego",
        "şubat",
    ],
    &[
        "march",
        "mars",
        "märz",
        "mrz",
        "maart",
        "mrt",
        "março",
        "marco",
        "marzo",
        "μαρτίου",
        "марта",
        "marca",
        "mart",
    ],
    &["april", "avril", "abril", "aprile", "απριλίου", "апреля", "kwietnia", "nisan"],
    &[
        "may",
        "mai",
        "mei",
        "maj",
        "maio",
        "mayo",
        "maggio",
        "μαΐου",
        "μάιος",
        "мая",
        "maja",
        "mayıs",
    ],
    &[
        "june",
        "juin",
        "juni",
        "junho",
        "junio",
        "giugno",
        "ιουνίου",
        "ιούνιος",
        "июня",
        "czerwca",
        "haziran",
    ],
    &[
        "july",
        "juillet",
        "juli",
        "julho",
        "julio",
        "luglio",
        "ιουλίου",
        "ιούλιος",
        "июля",
        "lipca",
        "temmuz",
    ],
    &[
        "august",
        "août",
        "aout",
        "augustus",
        "augusti",
        "agosto",
        "αυγούστου",
        "августа",
        "sierpnia",
        "ağustos",
    ],
    &[
        "september",
        "septembre",
        "setembro",
        "septiembre",
        "settembre",
        "σεπτεμβρίου",
        "сентября",
        "września",
        "eylül",
    ],
    &[
        "october",
        "octobre",
        "oktober",
        "outubro",
        "octubre",
        "ottobre",
        "οκτωβρίου",
        "октября",
        "października",
        "ekim",
    ],
    &["november", "novembre", "novembro", "noviembre", "νοεμβρίου", "ноября", "listopada", "kasım"],
    &[
        "december",
        "décembre",
        "decembre",
        "dezember",
        "dezembro",
        "desember",
        "diciembre",
        "dicembre",
        "δεκεμβρίου",
        "декабря",
        "grudnia",
        "aralık",
    ],
];

/// The number of a month.
pub(super) fn number(word: &str) -> Option<i8> {
    let lower = word.trim_end_matches('.').to_lowercase();
    if lower.chars().take(3).count() < 3 || lower == "sept" {
        return (lower == "sept").then_some(9);
    }
    let starts = |names: &&[&str]| names.iter().any(|name| name.starts_with(&lower));
    let mut found = (1..).zip(&MONTHS).filter(|(_, names)| starts(names));
    let (month, _) = found.next()?;
    found.next().is_none().then_some(month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_several_languages() {
        let table = [
            ("Mar", Some(3)),
            ("Sept", Some(9)),
            ("Set", Some(9)),
            ("dez", Some(12)),
            ("Juil.", Some(7)),
            ("Ιούν", Some(6)),
            ("апр", Some(4)),
            ("mag", Some(5)),
            ("jui", None),
            ("ma", None),
            ("noon", None),
            ("", None),
        ];
        for (word, month) in table {
            assert_eq!(number(word), month, "{word}");
        }
    }
}
