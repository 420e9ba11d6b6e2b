use rashomon_text::{Layer, Span, Spanned, Text};
use serde_json::{Map, Value};

/// When an article was published: to the second where it says so, else to the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Published {
    /// A day, the time of which is not known.
    Day(jiff::civil::Date),
    /// An instant, kept with the day that it was where the outlet wrote it.
    Instant {
        /// The instant.
        at: jiff::Timestamp,
        /// Seconds east of Greenwich, as the outlet wrote it.
        offset: i32,
    },
}

impl Published {
    /// The day of publication, as the outlet's own clock had it.
    pub fn day(self) -> jiff::civil::Date {
        match self {
            Published::Day(day) => day,
            Published::Instant { at, offset } => {
                let offset =
                    jiff::tz::Offset::from_seconds(offset).unwrap_or(jiff::tz::Offset::UTC);
                offset.to_datetime(at).date()
            }
        }
    }

    /// An instant to order articles by: a bare day counts as its first second in UTC.
    pub fn instant(self) -> jiff::Timestamp {
        match self {
            Published::Instant { at, .. } => at,
            Published::Day(day) => jiff::tz::Offset::UTC
                .to_timestamp(day.at(0, 0, 0, 0))
                .unwrap_or(jiff::Timestamp::UNIX_EPOCH),
        }
    }

    /// RFC 3339: an instant with its offset, or the first second of a day in UTC.
    pub fn to_rfc3339(self) -> String {
        match self {
            Published::Day(day) => format!("{day}T00:00:00Z"),
            Published::Instant { at, offset: 0 } => at.to_string(),
            Published::Instant { at, offset } => {
                let offset =
                    jiff::tz::Offset::from_seconds(offset).unwrap_or(jiff::tz::Offset::UTC);
                at.display_with_offset(offset).to_string()
            }
        }
    }
}

/// What a block of an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BlockKind {
    /// The headline over the report.
    Headline,
    /// Who wrote it: "By Ada Bell".
    Byline,
    /// Where and when it was written, at the head of the first paragraph: "LISBON (NPA) —".
    Dateline,
    /// A line between paragraphs that heads the next ones.
    Subheading,
    /// Running text.
    Paragraph,
    /// A caption or credit of a picture.
    Caption,
    /// What the page brought along: share buttons, advertisements, "Read more". No analysis
    /// reads it.
    Furniture,
}

impl BlockKind {
    /// Whether the analyses read the block as the outlet's own prose.
    pub fn is_prose(self) -> bool {
        matches!(self, BlockKind::Headline | BlockKind::Subheading | BlockKind::Paragraph)
    }

    /// Whether the block stands beside the prose and tells of its times and places: datelines and
    /// captions.
    pub fn is_margin(self) -> bool {
        matches!(self, BlockKind::Dateline | BlockKind::Caption)
    }
}

/// A stretch of an article's text and what it is. Blocks do not overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

impl Spanned for Block {
    fn span(&self) -> Span {
        self.span
    }
}

/// One report as it was read: frozen text and what is known about it.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// Unique in a batch; given by the input or made from its name.
    pub id: String,
    /// The path or address that it was read from.
    pub source: Option<String>,
    /// The address that the outlet itself gives for it.
    pub canonical: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The headline, whether or not it stands in the text.
    pub title: Option<String>,
    /// Its authors, each by name, without "By".
    pub byline: Vec<String>,
    /// Agencies credited anywhere in the report, as it names them: "AP", "Reuters".
    pub agencies: Vec<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// BCP 47.
    pub language: Option<String>,
    /// The text, as read. All spans are bytes into it.
    pub text: Text,
    /// What the stretches of the text are.
    pub blocks: Layer<Block>,
    /// Fields of the input record that the program does not know, unchanged.
    pub extra: Map<String, Value>,
}

impl Article {
    /// The name to show for who tells it: the outlet, or else the id.
    pub fn outlet_or_id(&self) -> &str {
        self.outlet.as_deref().unwrap_or(&self.id)
    }

    /// The blocks that the analyses read.
    pub fn prose(&self) -> impl Iterator<Item = &Block> + '_ {
        self.blocks.iter().filter(|block| block.kind.is_prose())
    }

    /// The block that covers a byte offset.
    pub fn block_at(&self, offset: usize) -> Option<&Block> {
        let after = self.blocks.partition_point(|block| block.span.start() <= offset);
        self.blocks[..after].last().filter(|block| block.span.contains(offset))
    }
}
