/*!
Articles grouped into stories, all at once or as they come.

[`group`] puts the articles of a batch that tell of one event into one story. Each article is
vectors of weighted terms: its head, its whole, its words in capitals, its pairs of words, its lead,
its title and the times that it names; the weights blend the frequencies of the batch with those of
news at large, so that five articles group as well as five thousand. Starting with each article
alone, the two groups that most likely belong together are joined, until none does more likely than
not; then a group joins the one that stands out among all that it may belong to, although it is less
sure. How likely is a learned decision on fifty figures: likeness of the sums in each part, beside
that of the articles within, size, distance in time.

A [`Stream`] does the same for articles that come one by one, and puts itself right as it goes.
What it needs of an article is its [`Signature`], a pure function of the document, which can be made
on many threads and is kept as some two kilobytes.

```
use rashomon_article::{Article, Block, BlockKind, Document};
use rashomon_stories::{Kept, Signature, Stream, StreamOptions, signature};
use rashomon_text::{Layer, Text};

let english = rashomon_language::english();
let signed = |text: &str| {
    let text = Text::from(text);
    let blocks = Layer::new(vec![Block { span: text.span(), kind: BlockKind::Paragraph }]);
    let mut document = Document::new(Article { text, blocks, ..Article::default() });
    document.tokens = rashomon_segment::tokens(&document, english);
    signature(&document, english)
};

let mut stream = Stream::new(StreamOptions::default());
let first = signed("The ferry Marlin sank off pier Sorrel in fog. Fishermen saved everybody.");
let second = signed("In fog the Marlin, a ferry, sank off Sorrel. Fishermen saved its passengers.");
assert!(stream.assign(1, &first, None).placement.is_new);
let placement = stream.assign(2, &second, None).placement;
let (_corrections, _links) = stream.settle();
assert_eq!(stream.story_of(1), stream.story_of(2));

// What was kept brings the stream back.
let kept = [(1, first), (2, second)].map(|(article, signature)| Kept {
    article,
    at: None,
    signature: Signature::from_bytes(&signature.to_bytes()).expect("its own bytes"),
    story: stream.story_of(article).expect("it is in the window"),
});
let restored = Stream::restore(StreamOptions::default(), &stream.state(), kept, &[])?;
assert_eq!(restored.state(), stream.state());
# Ok::<(), rashomon_stories::StoriesError>(())
```

# What a stream promises

**Numbers.** Stories are numbered from 1 as they begin, and a number is never given twice. Where two
stories turn out to be one, the number of the one with more articles in the window stays, of two as
large the older one's, and the other leads to it from then on. Where a story falls in parts, the
largest part keeps the number and each other one gets a new one.

**Placement.** An article is held against the few stories that share its heaviest terms, found in an
inverted index, so that the time it takes hardly depends on how many stories there are. It joins
the likest if that is clearly above the bar. An article that is less sure begins a story, and the
next round, which sees all that came with it, may merge this one away.

**Corrections.** After every 32 arrivals, counted and not timed, the stories that have changed are
looked at: those that have grown to 3, 6, 12… articles are grouped afresh and what no longer belongs
leaves; those that belong together are united, the likest first, if a quorum of the smaller one's
articles is as much at home in the other. [`Stream::settle`] also groups stories afresh together with
those around them, so that single articles go to the story they are liker to.

**Time.** An article can be joined for [`window_days`](StreamOptions::window_days) after it came, and
as long as it is among the last [`least_articles`](StreamOptions::least_articles). The
day is told by the dates of the articles, not by a clock: it is the ninth decile of the last 64
dated ones and never goes back, so that a few wrong dates move nothing. An article that comes late,
or bears no date, is taken as coming on that day: it joins whatever story is still held, its own
date counts for how near in time it is, and it stays for a whole window. An article that comes
again, as a revised one does, is placed anew.

**Links.** When a story has got its second article and would be one with an older story, or nearly,
if both were told on one day, it is linked with that one: a [`Link`], which merges nothing. Only
stories that are still in the window are found.

**Decisions by hand.** [`Stream::split`], [`Stream::merge`] and [`Stream::pin`] give a
[`HandDecision`] to be kept. It names articles and binds all later arrivals and corrections; a later
decision wins over an earlier one. [`Stream::decide`] takes a decision that was kept, and
[`Stream::undo`] takes one back.

**Coming back.** Whatever a stream knows follows from the signatures, times and stories of the
articles in its window, in the order in which they came, from all decisions by hand that are in force, and from the
bytes of [`Stream::state`]. A stream that is [restored](Stream::restore) from these goes on exactly
as it would have done: sums of vectors are kept as whole numbers, so that no rounding depends on the
order in which articles came and went.

# Errors

| code of a [`StoriesError`] | what happened |
| --- | --- |
| `other-version` | a signature or state was written by another version of the program: make it anew, or [adopt](Stream::adopt) the stories |
| `damaged` | the bytes are no signature or state |
| `missing-articles` | other articles were given than those of the window |
*/

mod bytes;
mod calendar;
mod cluster;
mod decision;
mod error;
mod fields;
mod figures;
mod frequencies;
mod grouping;
mod learning;
mod links;
mod neighbours;
mod outlook;
mod reading;
mod signature;
mod stories;
mod stream;
mod vector;

pub use decision::Decision;
pub use error::StoriesError;
pub use learning::{Batch, Lesson, Met, learn};
pub use signature::{Signature, signature};
pub use stories::{Assignment, group};
pub use stream::{
    Correction, HandDecision, Kept, Link, Placement, Reason, Step, Stream, StreamOptions, Undone,
};
