//! GitHub's published schemas from npm, for tests and measurements.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Mutex;

/// One installation at a time.
static INSTALLING: Mutex<()> = Mutex::new(());

/// A file of this version of `@octokit/graphql-schema`, installed below `target/npm` on first use.
pub(crate) fn file(version: &str, name: &str) -> String {
    let guard = INSTALLING.lock().unwrap();
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/npm"));
    let folder = root.join(format!("octokit-{version}"));
    let file = folder.join("node_modules/@octokit/graphql-schema").join(name);
    if !file.exists() {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("package.json"), "{\"private\": true}").unwrap();
        let output = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
            .args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"])
            .arg(format!("@octokit/graphql-schema@{version}"))
            .current_dir(&folder)
            .output()
            .expect("npm must be on the path to fetch GitHub's schema");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "npm could not install GitHub's schema {version}:\n{told}");
    }
    drop(guard);
    std::fs::read_to_string(&file).unwrap()
}
