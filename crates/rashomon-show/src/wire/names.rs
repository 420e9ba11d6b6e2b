//! The words that the JSON uses for what the core has as enumerations. A new word may be added;
//! none is renamed.

use rashomon_article as core;
use serde::Serialize;

/// Declares a wire enumeration with its words and the translation from the core's one.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)+
        }

        impl From<core::$name> for $name {
            fn from(kind: core::$name) -> $name {
                match kind {
                    $(core::$name::$variant => $name::$variant,)+
                }
            }
        }
    };
}

words! {
    /// What kind of thing a name names.
    EntityKind {
        /// A human being.
        Person = "person",
        /// A company, agency, party, team, ministry, court, outlet.
        Organization = "organization",
        /// A country, city, region, building, body of water.
        Place = "place",
        /// Events, laws, ships, works, nationalities and whatever else bears a name.
        Other = "other",
    }
}

words! {
    /// How a mention refers.
    MentionForm {
        /// By name.
        Name = "name",
        /// By a description that the report makes plain.
        Description = "description",
        /// By a pronoun.
        Pronoun = "pronoun",
    }
}

words! {
    /// What a block of an article is.
    BlockKind {
        /// The headline over the report.
        Headline = "headline",
        /// Who wrote it.
        Byline = "byline",
        /// Where and when it was written.
        Dateline = "dateline",
        /// A line between paragraphs that heads the next ones.
        Subheading = "subheading",
        /// Running text.
        Paragraph = "paragraph",
        /// A caption or credit of a picture.
        Caption = "caption",
        /// What the page brought along; no analysis reads it.
        Furniture = "furniture",
    }
}

words! {
    /// How the stated number bounds the true one.
    Comparator {
        /// `15`
        Equal = "=",
        /// `about 15`
        About = "~",
        /// `fewer than 15`
        Less = "<",
        /// `up to 15`
        AtMost = "<=",
        /// `more than 15`
        More = ">",
        /// `at least 15`
        AtLeast = ">=",
        /// `15 to 20`
        Range = "range",
        /// `dozens`
        Vague = "vague",
    }
}

words! {
    /// Which way a quantity moves.
    Change {
        /// It grows.
        Up = "up",
        /// It shrinks.
        Down = "down",
    }
}

words! {
    /// In which way words narrow a quantity down.
    ScopeKind {
        /// Where.
        Place = "place",
        /// Over which time it adds up.
        Period = "period",
        /// It comes on top of what was told before.
        Addition = "addition",
        /// Everything together.
        Total = "total",
        /// A mean.
        Average = "average",
    }
}

words! {
    /// What is measured.
    Dimension {
        /// Things counted.
        Count = "count",
        /// A place in an order.
        Ordinal = "ordinal",
        /// A share of a whole.
        Share = "share",
        /// Percentage points.
        PercentagePoints = "percentage-points",
        /// Money.
        Money = "money",
        /// A length of time.
        Duration = "duration",
        /// Years since birth.
        Age = "age",
        /// A length.
        Length = "length",
        /// An area.
        Area = "area",
        /// A volume.
        Volume = "volume",
        /// A mass.
        Mass = "mass",
        /// A speed.
        Speed = "speed",
        /// A temperature.
        Temperature = "temperature",
        /// A result of two sides: `min` is the first, `max` the second.
        Score = "score",
        /// A magnitude, a rate, a unit the program cannot convert.
        Other = "other",
    }
}

words! {
    /// TIMEX3 type.
    TimeKind {
        /// A day or anything coarser.
        Date = "DATE",
        /// A time of day.
        Time = "TIME",
        /// A length of time.
        Duration = "DURATION",
        /// Something that comes again.
        Set = "SET",
    }
}

words! {
    /// How the time meant lies to the value: TIMEX3's `mod`.
    TimeModifier {
        /// Before it.
        Before = "BEFORE",
        /// After it.
        After = "AFTER",
        /// Before it or at it.
        OnOrBefore = "ON_OR_BEFORE",
        /// After it or at it.
        OnOrAfter = "ON_OR_AFTER",
        /// Shorter.
        LessThan = "LESS_THAN",
        /// Longer.
        MoreThan = "MORE_THAN",
        /// No longer.
        EqualOrLess = "EQUAL_OR_LESS",
        /// No shorter.
        EqualOrMore = "EQUAL_OR_MORE",
        /// In its first part.
        Start = "START",
        /// In its middle.
        Mid = "MID",
        /// In its last part.
        End = "END",
        /// More or less.
        Approx = "APPROX",
    }
}

words! {
    /// What a time's value rests on.
    TimeBasis {
        /// The words alone.
        Stated = "stated",
        /// The words and the day of publication.
        Resolved = "resolved",
        /// A choice that no word makes: it contradicts nothing.
        Guessed = "guessed",
    }
}

words! {
    /// Why a report may leave something out.
    OmissionNote {
        /// It came out before the first telling.
        Earlier = "earlier",
        /// It is a headline or a few lines.
        Brief = "brief",
        /// The text that it copies tells it: the copy prints less.
        Cut = "cut",
        /// It has much fewer words than those that tell it.
        Shorter = "shorter",
        /// None of these holds.
        Unexplained = "unexplained",
    }
}

words! {
    /// How words are reported.
    QuotationKind {
        /// All words stand in quotation marks.
        Direct = "direct",
        /// Some words stand in quotation marks.
        Mixed = "mixed",
        /// No words stand in quotation marks.
        Indirect = "indirect",
    }
}

words! {
    /// How the variants of an utterance relate.
    Relation {
        /// The same words.
        Identical = "identical",
        /// One is a part of the other.
        Cut = "cut",
        /// Some words inside quotation marks differ.
        Reworded = "reworded",
        /// Different renderings of a foreign sentence.
        Translated = "translated",
        /// At least one is indirect and says it in other words.
        Paraphrased = "paraphrased",
    }
}

words! {
    /// What an editor must know of a remark.
    FlagKind {
        /// Reports give it to different people.
        Speakers = "speakers",
        /// Words inside quotation marks differ, though nothing suggests a translation.
        Wording = "wording",
        /// A cut leaves out the word that denies what is kept.
        LostDenial = "lost-denial",
        /// A cut leaves out a condition of what is kept.
        LostCondition = "lost-condition",
        /// One quotation joins words that were not said one after the other.
        Stitched = "stitched",
    }
}

words! {
    /// What reports differ in.
    DiscrepancyKind {
        /// Numbers, money, measures.
        Quantity = "quantity",
        /// Lengths of time.
        Duration = "duration",
        /// Days and times.
        Date = "date",
        /// Places.
        Place = "place",
        /// Names and roles.
        Name = "name",
        /// Who said or did it.
        Attribution = "attribution",
        /// One says it, the other denies it.
        Negation = "negation",
        /// One says that it happened, the other that it is planned, possible or alleged.
        Modality = "modality",
        /// Words inside quotation marks.
        Wording = "wording",
        /// A figure that changed with time.
        Update = "update",
    }
}

words! {
    /// What is left of a difference when the innocent explanations have been tried.
    Verdict {
        /// Both cannot be right.
        Conflict = "conflict",
        /// A later report has a newer figure.
        Update = "update",
        /// One is vaguer than the other.
        Vague = "vague",
        /// They overlap, round, or speak of another scope.
        Compatible = "compatible",
        /// Another spelling or title of the same.
        Variant = "variant",
    }
}

/// What the `origin` of a lineage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum OriginKind {
    /// The id of an article.
    Article,
    /// The name of a credited agency.
    Agency,
}

/// How exactly a time of publication is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Only the day is known; the time in the timestamp means nothing.
    Day,
    /// The instant is known.
    Instant,
}
