//! Every literate spec is run.

use super::Breaches;
use crate::shell::read;
use crate::workspace::files;

const LIST: &str = "crates/rashomon/tests/specs.rs";

pub fn breaches() -> Breaches {
    let list = read(LIST)?;
    let named: Vec<&str> = list
        .split_once("specs!(")
        .and_then(|(_, rest)| {
            rest.rsplit_once("specs!(").map_or(Some(rest), |(_, last)| Some(last))
        })
        .and_then(|rest| rest.split_once(')'))
        .map(|(names, _)| names.split(',').map(str::trim).collect())
        .unwrap_or_default();
    let mut breaches = Vec::new();
    for path in files()? {
        let name = path.strip_prefix("specs/").and_then(|path| path.strip_suffix(".md"));
        if let Some(name) = name
            && name != "README"
            && !named.contains(&name)
        {
            breaches.push(format!("{path} is run by no test: name it in {LIST}"));
        }
    }
    Ok(breaches)
}
