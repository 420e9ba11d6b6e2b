use crate::Names;
use crate::names::Table;

pub const NAMES: Names = Names {
    given: Table::new(include_str!("names/given.tsv")),
    nicknames: Table::new(include_str!("names/nicknames.tsv")),
    places: Table::new(include_str!("names/places.tsv")),
    demonyms: Table::new(include_str!("names/demonyms.tsv")),
    organisations: Table::new(include_str!("names/organisations.tsv")),
    others: Table::new(include_str!("names/others.tsv")),
    titles: Table::new(include_str!("names/titles.tsv")),
    ambiguous_titles: Table::new(include_str!("names/ambiguous_titles.tsv")),
    title_modifiers: Table::new(include_str!("names/title_modifiers.tsv")),
    person_nouns: Table::new(include_str!("names/person_nouns.tsv")),
    organisation_heads: Table::new(include_str!("names/organisation_heads.tsv")),
    legal_forms: Table::new(include_str!("names/legal_forms.tsv")),
    company_words: Table::new(include_str!("names/company_words.tsv")),
    place_heads: Table::new(include_str!("names/place_heads.tsv")),
    other_heads: Table::new(include_str!("names/other_heads.tsv")),
    heads_with_of: Table::new(include_str!("names/heads_with_of.tsv")),
    place_starts: Table::new(include_str!("names/place_starts.tsv")),
    particles: Table::new(include_str!("names/particles.tsv")),
    joiners: Table::new(include_str!("names/joiners.tsv")),
    suffixes: Table::new(include_str!("names/suffixes.tsv")),
    not_names: Table::new(include_str!("names/not_names.tsv")),
    groups: Table::new(include_str!("names/groups.tsv")),
    place_cues: Table::new(include_str!("names/place_cues.tsv")),
    definite: Table::new(include_str!("names/definite.tsv")),
    pronouns: Table::new(include_str!("names/pronouns.tsv")),
    saying: Table::new(include_str!("names/saying.tsv")),
    organisation_nouns: Table::new(include_str!("names/organisation_nouns.tsv")),
    somebody: Table::new(include_str!("names/somebody.tsv")),
    corporate: Table::new(include_str!("names/corporate.tsv")),
    operating: Table::new(include_str!("names/operating.tsv")),
    possessives: Table::new(include_str!("names/possessives.tsv")),
    noun_endings: Table::new(include_str!("names/noun_endings.tsv")),
    place_nouns: Table::new(include_str!("names/place_nouns.tsv")),
    well_known: Table::new(include_str!("names/well_known.tsv")),
    other_starts: Table::new(include_str!("names/other_starts.tsv")),
    leaders: Table::new(include_str!("names/leaders.tsv")),
    vessels: Table::new(include_str!("names/vessels.tsv")),
    common: Table::new(include_str!("names/common.tsv")),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_lower_case() {
        let tables = [
            NAMES.given,
            NAMES.nicknames,
            NAMES.places,
            NAMES.demonyms,
            NAMES.organisations,
            NAMES.others,
            NAMES.titles,
            NAMES.person_nouns,
            NAMES.organisation_heads,
            NAMES.legal_forms,
            NAMES.company_words,
            NAMES.place_heads,
            NAMES.other_heads,
            NAMES.common,
            NAMES.organisation_nouns,
            NAMES.corporate,
            NAMES.operating,
            NAMES.possessives,
            NAMES.somebody,
        ];
        for table in tables {
            let entries: Vec<&str> = table.entries().map(|(entry, _)| entry).collect();
            for pair in entries.windows(2) {
                assert!(pair[0] < pair[1], "{} before {}", pair[0], pair[1]);
            }
            for entry in entries {
                assert_eq!(entry, entry.to_lowercase());
                assert!(table.contains(entry), "{entry} is found");
            }
        }
        assert_eq!(NAMES.places.get("usa"), Some("united states"));
        assert_eq!(NAMES.given.get("ada"), Some("f"));
        assert!(!NAMES.given.contains(""));
        assert!(!NAMES.given.contains("zzz") && !NAMES.given.contains("é"));
        assert_eq!(NAMES.definite.at_or_after("thf"), Some(("this", "")));
        assert_eq!(NAMES.definite.at_or_after("u"), None);
        assert_eq!(NAMES.definite.at_or_after(""), Some(("that", "")));
    }
}
