/*!
Views of a comparison. Every view is made from the same [`Story`](rashomon_article::Story) and
changes nothing in it: the JSON that programs build on, a report for the terminal, Markdown for
notes, a self-contained page, and a critical apparatus of the remarks in TEI.
*/

mod editor;
pub mod html;
pub mod markdown;
pub mod tei;
pub mod terminal;
pub mod wire;
