//! The picture of the README: the page of a sample story, as a browser shows it.

use crate::browser;
use crate::shell::{Outcome, scratch};
use crate::workspace::root;

const STORY: &str = "harbour-strike";
const PICTURE: &str = "docs/page.png";

/// Takes the picture anew.
pub fn run() -> Outcome {
    let page = browser::page(STORY, &scratch("picture")?)?;
    let picture = root().join(PICTURE);
    let size = "--width 1280 --height 1000";
    let arguments = format!("{} --screenshot {} {size}", page.display(), picture.display());
    browser::open(&browser::ready()?, &arguments)
}
