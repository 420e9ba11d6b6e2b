/*!
Articles grouped into stories.

[`group`] puts articles that tell of one event into one story. Each article is four vectors of
weighted terms: its head, its whole, its words in capitals, its pairs of words; the weights blend
the frequencies of the batch with those of news at large, so that five articles group as well as
five thousand. Starting with each article alone, the two groups that most likely belong together
are joined, until none does more likely than not. How likely is a learned decision on few figures:
likeness of the sums in each part, size, coherence, distance in time.
*/

mod bytes;
mod cluster;
mod decision;
mod error;
mod fields;
mod frequencies;
mod grouping;
mod learning;
mod neighbours;
mod reading;
mod signature;
mod stories;
mod stream;
mod vector;

pub use decision::Decision;
pub use error::StoriesError;
pub use learning::{Batch, learn};
pub use signature::{Signature, signature};
pub use stories::{Assignment, group};
pub use stream::{
    Correction, HandDecision, Kept, Link, Placement, Reason, Step, Stream, StreamOptions,
};
