//! Each direct dependency has its reason on the line above; each crate takes the licence and the
//! lints of the workspace.

use super::Breaches;
use crate::workspace::manifests;

pub fn breaches() -> Breaches {
    let mut breaches = Vec::new();
    for (name, manifest) in manifests()? {
        for dependency in &manifest.dependencies {
            let ours = dependency.name == "rashomon" || dependency.name.starts_with("rashomon-");
            // The workspace gives the reason of what comes from it.
            let elsewhere = dependency.what.contains("workspace");
            if !ours && !elsewhere && !dependency.has_reason {
                breaches.push(format!(
                    "{}: {} has no reason on the line above it",
                    manifest.path, dependency.name
                ));
            }
        }
        let inherits = ["license.workspace = true", "[lints]\nworkspace = true"];
        if !name.is_empty() && name != "fuzz" {
            for line in inherits.iter().filter(|line| !manifest.text.contains(*line)) {
                breaches.push(format!(
                    "{}: `{}` is missing",
                    manifest.path,
                    line.replace('\n', " ")
                ));
            }
        }
    }
    Ok(breaches)
}

#[cfg(test)]
mod tests {
    use crate::workspace::Manifest;

    #[test]
    fn reasons_stand_on_the_line_above() {
        let text =
            "[dependencies]\n# Why.\na = \"1\"\nb = \"1\"\nc.workspace = true\n[lints]\nx = 1\n";
        let manifest = Manifest::parse("Cargo.toml", text.to_owned());
        let found: Vec<(&str, bool)> =
            manifest.dependencies.iter().map(|d| (d.name.as_str(), d.has_reason)).collect();
        assert_eq!(found, [("a", true), ("b", false), ("c", false)]);
        assert_eq!(manifest.dependencies[2].what, "workspace = true");
    }
}
