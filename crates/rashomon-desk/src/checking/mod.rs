/*!
What somebody is said to have said, and what is said to be so, held against all reports.

[`check_quotation`] finds words as they stand in the newest text of any article. Typographic
quotation marks, dashes and white space are evened out and nothing else; whether not even that was
needed is told for each place. What comes near is told apart and never as a quotation.
[`check_claim`] finds the claims that share most with a sentence, and the differences that touch
them. It looks up; it judges nothing.

```
use rashomon_desk::checking::Even;

let text = "“We won’t wait\nany longer – not now,” she said.";
let places = Even::new(text).find(&Even::new("We won't wait any longer - not now"));
assert_eq!(&text[places[0].range()], "We won’t wait\nany longer – not now");
assert!(Even::new(text).find(&Even::new("we won't wait")).is_empty());
```
*/

mod claim;
mod even;
mod near;
mod quotation;
mod source;
mod words;

pub use claim::{CheckedClaim, ClaimCheck, check_claim};
pub use even::Even;
pub use near::{Piece, PieceKind};
pub use quotation::{Asked, NearPlace, QuotationCheck, Said, VerbatimPlace, check_quotation};
pub use source::Source;
