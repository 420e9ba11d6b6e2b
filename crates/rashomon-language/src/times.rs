use crate::Sieve;

/// What reading time expressions needs to know.
#[derive(Debug)]
pub struct Times {
    /// What a word does in a time expression. Sorted by word.
    pub words: &'static [(&'static str, TimeWord)],
    /// Lets those words and numbers in words through.
    pub openers: Sieve,
    /// Names of days: `Christmas Eve`. Words in lower case, month, day (0: moves by the year).
    pub holidays: &'static [(&'static [&'static str], u8, u8)],
    /// Words that tell of what is to come: `will`, `scheduled`.
    pub future_cues: &'static [&'static str],
    /// Words that mostly tell of what is to come: `would`.
    pub modal_cues: &'static [&'static str],
    /// The form of being that leaves the time of a participle to the word before it: `will be
    /// held`.
    pub being: &'static [&'static str],
    /// Words that, before `to` and a verb, tell of what is to come: `is to meet`.
    pub duties: &'static [&'static str],
    /// Verbs in the present by which news announces: `takes effect`, `faces`. Sorted.
    pub announcing: &'static [&'static str],
    /// Prepositions of a date that lies ahead of what was done: `moved to May`.
    pub toward_leads: &'static [&'static str],
    /// Forms of the present that, right before a date, tell of what is to come: `is on Friday`.
    pub present_cues: &'static [&'static str],
    /// Past forms that do not end in `-ed`: `met`, `said`.
    pub past_cues: &'static [&'static str],
    /// Words that a bare year may follow: `in`, `since`.
    pub before_year: &'static [&'static str],
    /// Time zones, in lower case: `est`, `gmt`. Sorted.
    pub zones: &'static [(&'static str, TimeZone)],
    /// Words between the name of a zone and `time`: `daylight`.
    pub zone_hours: &'static [&'static str],
    /// Phrases that tell how the time meant lies to the date or length that they stand before,
    /// with TIMEX3's name for it: `early` is `START`. A longer phrase stands before its beginning.
    pub modifiers: &'static [(&'static [&'static str], &'static str)],
    /// Prepositions of which the date lies behind: `since`.
    pub past_leads: &'static [&'static str],
    /// Prepositions of the date up to which something goes on or is to be done: `until`.
    pub deadline_leads: &'static [&'static str],
    /// Words with which a weekday makes a name: `black` of `Black Friday`.
    pub before_named_day: &'static [&'static str],
    /// Words that head the caption of an archive picture: `file`.
    pub archive_leads: &'static [&'static str],
    /// Words that a season may follow without an article: `in`, `last`. Sorted.
    pub before_season: &'static [&'static str],
    /// Seasons whose names are verbs as well: `fall`.
    pub doubtful_seasons: &'static [&'static str],
    /// Words without any other part in a time expression that may stand between an article and
    /// its rest: `a full three hours`. Sorted.
    pub after_article: &'static [&'static str],
    /// Words between `the` and a length of time that lies within something: `first`. Sorted.
    pub within: &'static [&'static str],
    /// Words that a part of the day may follow: `at night`. Sorted.
    pub before_day_part: &'static [&'static str],
    /// Parts of the day that are adverbs: `overnight`.
    pub day_part_adverbs: &'static [&'static str],
    /// Words that a bare time of day may follow: `at`, `until`.
    pub before_clock: &'static [&'static str],
    /// Words in capitals that begin a sentence as well and are months only beside a number or
    /// after a preposition: `may`, `march`.
    pub doubtful_months: &'static [&'static str],
}

/// What is known of the offset of a time zone from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeZone {
    /// Several zones bear the name: `ist` is India's, Ireland's and Israel's.
    Ambiguous,
    /// So many minutes east of Greenwich, all the year.
    Fixed(i16),
    /// So many minutes east of Greenwich in winter, and an hour more from March to November, as
    /// the United States have it.
    American(i16),
}

/// The unit of a length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A week.
    Week,
    /// Saturday and Sunday.
    Weekend,
    /// Two weeks.
    Fortnight,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

/// What a word does in a time expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeWord {
    /// `february`, `feb`: 1 to 12.
    Month(u8),
    /// `friday`, `fri`: Monday is 1.
    Weekday(u8),
    /// `summer`: TIMEX's `SU`.
    Season(&'static str),
    /// `morning`: TIMEX's `MO`.
    DayPart(&'static str),
    /// `noon`: an hour.
    DayHour(u8),
    /// `week`.
    Unit(TimeUnit),
    /// `weeks`.
    Units(TimeUnit),
    /// `several`, `few`: a number that is not told.
    Vague,
    /// `dozens`... of units: as vague, with `of`.
    VagueOf,
    /// `early`, `mid`.
    Stage,
    /// `end`, `beginning`: a stage with `of`.
    StageNoun,
    /// `last`: before now.
    Last,
    /// `past`: before now, and a preposition.
    Past,
    /// `next`.
    Next,
    /// `previous`: before the time spoken of.
    Previous,
    /// `following`: after the time spoken of.
    Following,
    /// `this`.
    This,
    /// `that`.
    That,
    /// `same`.
    Same,
    /// `ago`.
    Ago,
    /// `earlier`.
    Earlier,
    /// `later`.
    Later,
    /// `fiscal` before a year.
    Fiscal,
    /// `previously`, after a length of time.
    Previously,
    /// `before`.
    Before,
    /// `after`.
    After,
    /// `now`: a reference to the present, past or future.
    Reference(&'static str),
    /// `current`: one that stands before its noun.
    Adjective(&'static str),
    /// `today`: days from now.
    DayFromNow(i8),
    /// `tonight`: a part of today.
    PartOfToday(&'static str),
    /// `daily`: comes again.
    Again(&'static str),
    /// `every`.
    Every,
    /// `per`.
    Per,
    /// `century`'s ordinal is a number word; `a`, `an`.
    Indefinite,
    /// `the`.
    Definite,
    /// `of`, `in` between the parts of a date.
    Of,
    /// `and`.
    And,
    /// `half`.
    Half,
    /// `first` of `first half`, `latter`.
    Part,
    /// `nearly`, `over` before a length of time.
    Approximate,
    /// `about` before a length of time or a date.
    About,
    /// `more`, `less`: with `than`.
    Compared,
    /// `than`.
    Than,
    /// `at` of `at least`.
    At,
    /// `least`.
    Least,
    /// `to` between the ends of a range.
    To,
    /// `a.m.`: whether it is after noon.
    Meridiem(bool),
    /// `o'clock`.
    OClock,
    /// `b.c.`: whether before.
    Era(bool),
    /// `long` of `year-long`.
    Long,
    /// `old` of `two years old`.
    Old,
    /// `age`, `year` `olds`.
    Olds,
    /// `on`, `at` between a time of day and a day.
    On,
    /// `late`, both a stage and half of `later`.
    Circa,
}

impl Times {
    /// What a word in lower case does.
    pub fn word(&self, word: &str) -> Option<TimeWord> {
        if !self.openers.passes(word) {
            return None;
        }
        let at = self.words.binary_search_by_key(&word, |&(known, _)| known).ok()?;
        Some(self.words[at].1)
    }

    /// The time zone of a name in lower case.
    pub fn zone(&self, name: &str) -> Option<TimeZone> {
        let at = self.zones.binary_search_by_key(&name, |&(known, _)| known).ok()?;
        Some(self.zones[at].1)
    }
}
