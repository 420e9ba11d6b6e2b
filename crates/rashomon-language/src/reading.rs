/// What reading a page needs to know: the words by which a line shows that it is a byline, a
/// dateline, a credit or the page's own furniture.
///
/// Lists are in lower case with straight apostrophes, sorted, and matched against lines whose
/// outer punctuation was taken off: `share it` stands for “Share it:”.
#[derive(Debug)]
pub struct Reading {
    /// Names of months, long and short, with their number.
    pub months: &'static [(&'static str, i8)],
    /// Names of weekdays, long and short.
    pub weekdays: &'static [&'static str],
    /// Words that may stand between the parts of a date: `at`, `on`, `updated`.
    pub date_fillers: &'static [&'static str],
    /// Time zones that mean one offset wherever they are written, in minutes east of Greenwich.
    pub zones: &'static [(&'static str, i32)],
    /// Labels of fields at the head of a text that say when it was published.
    pub date_labels: &'static [&'static str],
    /// Labels that say when it was changed, which is not when it was published.
    pub update_labels: &'static [&'static str],
    /// Labels that say who published it.
    pub outlet_labels: &'static [&'static str],
    /// Labels before a headline.
    pub title_labels: &'static [&'static str],
    /// Labels before the names of the authors.
    pub author_labels: &'static [&'static str],
    /// Labels before an address.
    pub address_labels: &'static [&'static str],
    /// Labels of fields that are of no use: section, topics.
    pub idle_labels: &'static [&'static str],
    /// What a byline opens with: `by`, `written by`.
    pub byline_openers: &'static [&'static str],
    /// Words that join the names of a byline: `and`, `with`.
    pub name_joiners: &'static [&'static str],
    /// Words after a name that begin its place: `in` of “Ada Bell in Lisbon”.
    pub place_openers: &'static [&'static str],
    /// Small words inside a name: `van`, `bin`.
    pub name_particles: &'static [&'static str],
    /// What writers are called: `correspondent`, `staff`.
    pub roles: &'static [&'static str],
    /// Words that names of outlets are made of: `herald`, `news`.
    pub outlet_words: &'static [&'static str],
    /// Words that stand in headings and names of sections, so that a line with one of them is no
    /// name of a writer.
    pub section_words: &'static [&'static str],
    /// Cities and countries that datelines name without more: `london`.
    pub dateline_places: &'static [&'static str],
    /// Words in capitals that open a paragraph before a dash or colon and are no place.
    pub labels: &'static [&'static str],
    /// News agencies: every way to write one, and its usual short name.
    pub agencies: &'static [(&'static str, &'static str)],
    /// What opens a sentence that credits others: `with reporting by`.
    pub credit_openers: &'static [&'static str],
    /// What a sentence of credit holds: `contributed to this report`.
    pub credit_phrases: &'static [&'static str],
    /// What says of somebody, beyond doubt, that they helped with the report at hand:
    /// `contributed to this report`. An agency so named gave a part, not the whole.
    pub help_phrases: &'static [&'static str],
    /// Words that follow a name in the line about an author: `is a`.
    pub bio_openers: &'static [&'static str],
    /// What such a line says of an author's work: `covers`.
    pub bio_words: &'static [&'static str],
    /// Words for a picture, before the name of who made it: `photo` of “Photo: Ada Bell”.
    pub picture_words: &'static [&'static str],
    /// What shows a credit of a picture wherever it stands: `getty images`.
    pub picture_credits: &'static [&'static str],
    /// Whole lines of furniture.
    pub furniture_lines: &'static [&'static str],
    /// Beginnings of short lines of furniture.
    pub furniture_openers: &'static [&'static str],
    /// What short lines of furniture hold.
    pub furniture_phrases: &'static [&'static str],
    /// Headings after which a list of other articles follows.
    pub link_headings: &'static [&'static str],
    /// Headings after which readers' comments follow to the end.
    pub comment_headings: &'static [&'static str],
    /// Words with which a page speaks to its reader, as prose of a report does not: `your`.
    pub reader_words: &'static [&'static str],
    /// Units of a reading time: `min` of “3 min read”.
    pub reading_units: &'static [&'static str],
    /// What one does in a reading time: `read`, `listen`.
    pub reading_words: &'static [&'static str],
    /// What pages count of their readers' doings: `comments` of “12 Comments”.
    pub counted_words: &'static [&'static str],
}
