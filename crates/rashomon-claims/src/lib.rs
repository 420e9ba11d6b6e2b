/*!
The same fact across reports, counted by articles, outlets and origins; what only one tells; what
most tell and one leaves out; and what happened when.

A fact is told by a sentence or a clause. Each becomes a
[`Unit`](rashomon_terms::Unit): a bag of weighted features
(words by normal form and sense, entities of the story, numbers), where a feature that every
sentence of the story shares weighs little. Units of different reports are compared where they
share a rare feature, and grouped by average linkage: a group grows only while its members
resemble each other on the whole, as a chain of resemblances would merge different facts.
*/

mod background;
mod candidates;
mod certainty;
mod clusters;
mod core;
mod denials;
mod facts;
mod figures;
mod holdings;
mod innocence;
mod kin;
mod likeness;
mod memo;
mod omissions;
mod place;
mod script;
mod shares;
mod tellings;
mod timeline;
mod unique;

pub use facts::{claims, claims_of};
pub use memo::Memo;
pub use omissions::{omissions, omissions_with};
pub use script::OmissionMemo;
pub use tellings::Tellings;
pub use timeline::timeline;
pub use unique::{unique, unique_of};
