//! Writes pages of hand-made stories, for the browser test to open: `pages FOLDER`.

#[path = "../tests/fixture/mod.rs"]
mod fixture;

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
    Ok(())
}
