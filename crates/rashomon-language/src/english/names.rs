use crate::Names;
use crate::table::table;

pub const NAMES: Names = Names {
    given: table!("names/given.tsv"),
    nicknames: table!("names/nicknames.tsv"),
    places: table!("names/places.tsv"),
    demonyms: table!("names/demonyms.tsv"),
    organisations: table!("names/organisations.tsv"),
    others: table!("names/others.tsv"),
    titles: table!("names/titles.tsv"),
    ambiguous_titles: table!("names/ambiguous_titles.tsv"),
    title_modifiers: table!("names/title_modifiers.tsv"),
    person_nouns: table!("names/person_nouns.tsv"),
    organisation_heads: table!("names/organisation_heads.tsv"),
    legal_forms: table!("names/legal_forms.tsv"),
    company_words: table!("names/company_words.tsv"),
    departments: table!("names/departments.tsv"),
    kin: table!("names/kin.tsv"),
    place_heads: table!("names/place_heads.tsv"),
    other_heads: table!("names/other_heads.tsv"),
    heads_with_of: table!("names/heads_with_of.tsv"),
    place_starts: table!("names/place_starts.tsv"),
    particles: table!("names/particles.tsv"),
    joiners: table!("names/joiners.tsv"),
    suffixes: table!("names/suffixes.tsv"),
    compound_ends: table!("names/compound_ends.tsv"),
    not_names: table!("names/not_names.tsv"),
    groups: table!("names/groups.tsv"),
    place_cues: table!("names/place_cues.tsv"),
    definite: table!("names/definite.tsv"),
    pronouns: table!("names/pronouns.tsv"),
    saying: table!("names/saying.tsv"),
    organisation_nouns: table!("names/organisation_nouns.tsv"),
    somebody: table!("names/somebody.tsv"),
    corporate: table!("names/corporate.tsv"),
    operating: table!("names/operating.tsv"),
    possessives: table!("names/possessives.tsv"),
    noun_endings: table!("names/noun_endings.tsv"),
    place_nouns: table!("names/place_nouns.tsv"),
    well_known: table!("names/well_known.tsv"),
    other_starts: table!("names/other_starts.tsv"),
    leaders: table!("names/leaders.tsv"),
    vessels: table!("names/vessels.tsv"),
    common: table!("names/common.tsv"),
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
            NAMES.departments,
            NAMES.kin,
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
        for (entry, _) in NAMES.places.entries() {
            let first = entry.split([' ', '-']).next().expect("a split has a first part");
            assert!(first == entry || NAMES.places.goes_on_after(first), "{entry}");
        }
        assert!(!NAMES.places.goes_on_after("oslo"));
    }
}
