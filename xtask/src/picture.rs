//! The pictures of the README, as a browser shows them: the page of a sample story, and the desk.

use crate::browser;
use crate::shell::{Outcome, scratch};
use crate::workspace::root;

const STORY: &str = "harbour-strike";
const PICTURE: &str = "docs/page.png";
/// Where pictures of the desk go.
const FOLDER: &str = "docs/desk";

/// Takes the pictures anew.
pub fn run() -> Outcome {
    let page = browser::page(STORY, &scratch("picture")?)?;
    let picture = root().join(PICTURE);
    let size = "--width 1280 --height 1000";
    let arguments = format!("{} --screenshot {} {size}", page.display(), picture.display());
    browser::open(&browser::ready()?, &arguments)?;
    browser::pictures(&root().join(FOLDER))
}
