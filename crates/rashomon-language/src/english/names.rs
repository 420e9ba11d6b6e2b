use crate::Names;
use crate::names::Table;

pub const NAMES: Names = Names {
    given: Table(include_str!("names/given.tsv")),
    nicknames: Table(include_str!("names/nicknames.tsv")),
    places: Table(include_str!("names/places.tsv")),
    demonyms: Table(include_str!("names/demonyms.tsv")),
    organisations: Table(include_str!("names/organisations.tsv")),
    others: Table(include_str!("names/others.tsv")),
    titles: Table(include_str!("names/titles.tsv")),
    ambiguous_titles: Table(include_str!("names/ambiguous_titles.tsv")),
    title_modifiers: Table(include_str!("names/title_modifiers.tsv")),
    person_nouns: Table(include_str!("names/person_nouns.tsv")),
    organisation_heads: Table(include_str!("names/organisation_heads.tsv")),
    place_heads: Table(include_str!("names/place_heads.tsv")),
    other_heads: Table(include_str!("names/other_heads.tsv")),
    heads_with_of: Table(include_str!("names/heads_with_of.tsv")),
    place_starts: Table(include_str!("names/place_starts.tsv")),
    particles: Table(include_str!("names/particles.tsv")),
    joiners: Table(include_str!("names/joiners.tsv")),
    suffixes: Table(include_str!("names/suffixes.tsv")),
    not_names: Table(include_str!("names/not_names.tsv")),
    groups: Table(include_str!("names/groups.tsv")),
    place_cues: Table(include_str!("names/place_cues.tsv")),
    definite: Table(include_str!("names/definite.tsv")),
    pronouns: Table(include_str!("names/pronouns.tsv")),
    saying: Table(include_str!("names/saying.tsv")),
    organisation_nouns: Table(include_str!("names/organisation_nouns.tsv")),
    somebody: Table(include_str!("names/somebody.tsv")),
    corporate: Table(include_str!("names/corporate.tsv")),
    operating: Table(include_str!("names/operating.tsv")),
    possessives: Table(include_str!("names/possessives.tsv")),
    noun_endings: Table(include_str!("names/noun_endings.tsv")),
    place_nouns: Table(include_str!("names/place_nouns.tsv")),
    well_known: Table(include_str!("names/well_known.tsv")),
    other_starts: Table(include_str!("names/other_starts.tsv")),
    leaders: Table(include_str!("names/leaders.tsv")),
    vessels: Table(include_str!("names/vessels.tsv")),
    common: Table(include_str!("names/common.tsv")),
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
    }
}
