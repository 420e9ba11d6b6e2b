/*!
Immutable text, byte spans, and the other units of offset.

A [`Text`] is frozen once it is made. Every finding of the program is a [`Span`] of bytes into
it: half-open, on character boundaries, a small `Copy` value. Code points (the unit of the JSON,
of Python and of W3C's TextPositionSelector), UTF-16 (the unit of a browser) and line and column
(the unit of an error message) exist only at the edge, through [`Offsets`].

```
use rashomon_text::{Offsets, Span, Text};

let text = Text::new("“Não,” she said.");
let said = Span::new(text.as_str().find("she").unwrap(), text.len() - 1);
assert_eq!(text.slice(said), "she said");

let offsets = Offsets::new(text.as_str());
assert_eq!(offsets.code_points(said), (7, 15));
```
*/

mod layer;
mod offsets;
mod span;
mod text;

pub use layer::{Layer, Spanned};
pub use offsets::{LineColumn, Offsets};
pub use span::Span;
pub use text::Text;
