use crate::Table;

/// What finding names needs to know.
#[derive(Debug)]
pub struct Names {
    /// Given names; the value is `m`, `f` or `mf`.
    pub given: Table,
    /// Short forms of given names; the value is the full forms, with commas between.
    pub nicknames: Table,
    /// Countries, states, cities, seas; the value is the name that variants share, or empty.
    pub places: Table,
    /// Peoples, faiths and their adjectives; the value is the country, or empty.
    pub demonyms: Table,
    /// Organisations that no word in their name gives away; the value is the fuller name.
    pub organisations: Table,
    /// Events, faiths, laws, works that no word in their name gives away.
    pub others: Table,
    /// Titles and offices that stand before the name of a person; the value is `m` or `f` where
    /// the title tells.
    pub titles: Table,
    /// Titles that are parts of names as well: `king`, `judge`.
    pub ambiguous_titles: Table,
    /// Words that modify a title: `former`, `vice`, `deputy`.
    pub title_modifiers: Table,
    /// Words that stand before a person's name and tell nothing: `suspect`, `spokesman`.
    pub person_nouns: Table,
    /// Words that an organisation's name ends with: `ministry`, `inc`; the value is `b` for a
    /// business.
    pub organisation_heads: Table,
    /// Legal forms of organisations and what they are spelt out as, folded; the value is the
    /// form that they share: `limited`, `ltd`.
    pub legal_forms: Table,
    /// Words that say of a company only that it is one: `group`, `holdings`.
    pub company_words: Table,
    /// Heads that stand before or after what they are of: `department` of justice, justice
    /// `department`.
    pub departments: Table,
    /// Nouns that tie somebody to a person of the same name: `wife`, `son`.
    pub kin: Table,
    /// Words that a place's name ends with: `river`, `airport`.
    pub place_heads: Table,
    /// Words that the name of an event, law or work ends with: `war`, `act`.
    pub other_heads: Table,
    /// Words that a name goes on after with `of`: `ministry`, `gulf`.
    pub heads_with_of: Table,
    /// Words that a place's name begins with: `mount`, `lake`.
    pub place_starts: Table,
    /// Small words inside names of persons: `van`, `bin`.
    pub particles: Table,
    /// Small words inside names of organisations: `of`, `for`.
    pub joiners: Table,
    /// Words that set the name they follow apart from its bearer's father: `jr`.
    pub suffixes: Table,
    /// What a hyphen ties to a name that is no part of it: `led` in `Bell-led`.
    pub compound_ends: Table,
    /// Capitalised words that name nothing here: months, days, `monday`.
    pub not_names: Table,
    /// Plurals that own an organisation: `children` in `the Children’s Fund`.
    pub groups: Table,
    /// Words after which a name is likely a place.
    pub place_cues: Table,
    /// Articles and demonstratives that lead a description.
    pub definite: Table,
    /// Pronouns for one person; the value is `m` or `f`.
    pub pronouns: Table,
    /// Reporting verbs that have a person or organisation as their subject.
    pub saying: Table,
    /// Words that stand for an organisation: `company`, `ministry`; the value is `b` for those
    /// that mean a business.
    pub organisation_nouns: Table,
    /// Nouns for somebody who need not be named; the value is `m` or `f` where the noun tells.
    pub somebody: Table,
    /// What businesses have and persons seldom do: `shareholders`, after `’s` or before `of`.
    pub corporate: Table,
    /// What organisations do for a living: `runs`, in `which runs the dam`.
    pub operating: Table,
    /// Pronouns that own what follows: `its`.
    pub possessives: Table,
    /// Endings of common nouns that few family names have: `tion`, `ship`.
    pub noun_endings: Table,
    /// Nouns that a place's name follows with `of`: `the villages of`.
    pub place_nouns: Table,
    /// Family names by which reports call persons whom they need not introduce.
    pub well_known: Table,
    /// Words that the name of an event, law or work begins with: `hurricane`, `operation`.
    pub other_starts: Table,
    /// Offices whose holder is called the leader of a country or people.
    pub leaders: Table,
    /// Things that bear the names of persons: `ferry`, `uss`.
    pub vessels: Table,
    /// Capitalised words that start a sentence, head a section or shout, and name nothing.
    pub common: Table,
}
