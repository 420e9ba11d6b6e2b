/*!
Views of a comparison. Every view is made from the same [`Story`](rashomon_article::Story) and
changes nothing in it: the JSON that programs build on, a report for the terminal, Markdown for
notes, and a self-contained page.
*/

mod editor;
pub mod html;
pub mod markdown;
pub mod terminal;
pub mod wire;
