use std::collections::BTreeMap;
use std::path::Path;

use crate::shell::{command, read};

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository")
}

/// The files of the repository, sorted: those that git knows and those that it does not ignore.
pub fn files() -> Result<Vec<String>, String> {
    let line = "git ls-files --cached --others --exclude-standard";
    let out = command(line).output().map_err(|error| format!("{line}: {error}"))?;
    if !out.status.success() {
        return Err(format!("{line}: {}", String::from_utf8_lossy(&out.stderr)));
    }
    let mut files: Vec<String> = String::from_utf8_lossy(&out.stdout)
        .lines()
        .filter(|path| root().join(path).is_file())
        .map(str::to_owned)
        .collect();
    files.sort();
    files.dedup();
    Ok(files)
}

/// One line of a table of dependencies.
#[derive(Clone, Debug)]
pub struct Dependency {
    pub name: String,
    /// The table: `dependencies`, `dev-dependencies`, `workspace.dependencies`.
    pub table: String,
    /// What stands after the name.
    pub what: String,
    /// Whether a comment stands on the line above.
    pub has_reason: bool,
}

/// A manifest, as far as the rules ask.
#[derive(Clone, Debug)]
pub struct Manifest {
    pub path: String,
    pub text: String,
    pub dependencies: Vec<Dependency>,
}

impl Manifest {
    /// Reads the tables of dependencies. Each stands on a line of its own, by house rule.
    pub fn parse(path: &str, text: String) -> Manifest {
        let mut dependencies = Vec::new();
        let mut table = String::new();
        let mut above = "";
        for line in text.lines() {
            if let Some(name) = line.strip_prefix('[') {
                table = name.trim_end_matches(']').to_owned();
            } else if table.ends_with("dependencies")
                && let Some((key, what)) = line.split_once('=')
                && !line.starts_with('#')
            {
                let (name, rest) = key.trim().split_once('.').unwrap_or((key.trim(), ""));
                dependencies.push(Dependency {
                    name: name.to_owned(),
                    table: table.clone(),
                    what: format!("{rest} = {}", what.trim()),
                    has_reason: above.starts_with('#'),
                });
            }
            above = line;
        }
        Manifest { path: path.to_owned(), text, dependencies }
    }
}

/// The manifests of the workspace, each by the name of its crate's folder; the root is `""`.
pub fn manifests() -> Result<BTreeMap<String, Manifest>, String> {
    let mut manifests = BTreeMap::new();
    for path in files()? {
        let Some(folder) = path.strip_suffix("Cargo.toml") else {
            continue;
        };
        let name = folder.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        manifests.insert(name.to_owned(), Manifest::parse(&path, read(&path)?));
    }
    Ok(manifests)
}
