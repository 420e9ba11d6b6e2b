//! Writes pages of hand-made stories, for the browser test to open, and the page that compares
//! the given files: `pages FOLDER [FILE…]`.

#[path = "../tests/fixture/mod.rs"]
mod fixture;

use rashomon::language::english;
use rashomon::read::{ReadOptions, read};
use rashomon::{CompareOptions, annotate, compare};

#[expect(clippy::disallowed_methods, reason = "an example is a door: it writes its files")]
fn main() -> std::io::Result<()> {
    let folder = std::env::args_os().nth(1).unwrap_or_else(|| ".".into());
    let folder = std::path::PathBuf::from(folder);
    std::fs::create_dir_all(&folder)?;
    let pages = [
        ("ferry", vec![fixture::ferry()]),
        ("hostile", vec![fixture::hostile()]),
        ("lonely", vec![fixture::lonely()]),
        ("nothing", vec![]),
        ("crowd", vec![fixture::crowd(130)]),
        ("several", vec![fixture::ferry(), fixture::crowd(3), fixture::lonely()]),
    ];
    for (name, stories) in pages {
        let page = rashomon_show::html::page(&stories, &[]);
        std::fs::write(folder.join(format!("{name}.html")), page)?;
    }
    let mut documents = Vec::new();
    for file in std::env::args().skip(2) {
        let name = file.rsplit('/').next().unwrap_or(&file).to_owned();
        let bytes = std::fs::read(&file)?;
        documents.extend(read(&name, &bytes, &ReadOptions::default(), english()).documents);
    }
    if !documents.is_empty() {
        let documents = documents.into_iter().map(|d| annotate(d, english())).collect();
        let comparison = compare(documents, &CompareOptions { one_story: true }, english());
        let page = rashomon_show::html::page(&comparison.stories, &comparison.diagnostics);
        std::fs::write(folder.join("compared.html"), page)?;
    }
    Ok(())
}
