//! The picture of the README: the page of a sample story, as a browser shows it.

use crate::browser;
use crate::shell::{self, Outcome, build_rashomon, scratch};

const STORY: &str = "samples/harbour-strike";
const PICTURE: &str = "docs/page.png";

/// Takes the picture anew.
pub fn run() -> Outcome {
    let program = build_rashomon()?;
    let folder = scratch("picture")?;
    let page = folder.join("page.html");
    shell::run(&format!("{} compare {STORY} -q -o {}", program.display(), page.display()))?;
    let chromium = browser::chromium()?;
    shell::run(&format!(
        "{chromium} --headless --no-sandbox --disable-gpu --hide-scrollbars \
         --force-device-scale-factor=1 --window-size=1280,1000 --virtual-time-budget=5000 \
         --user-data-dir={} --screenshot={PICTURE} file://{}",
        folder.join("profile").display(),
        page.display()
    ))
}
