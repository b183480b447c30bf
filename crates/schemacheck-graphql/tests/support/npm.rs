//! Packages from npm that tests and measurements need, pinned, installed below `target/npm` on first use.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Mutex;

/// One installation at a time.
static INSTALLING: Mutex<()> = Mutex::new(());

/// The folder that holds `node_modules` with this version of a package.
pub(crate) fn install(package: &str, version: &str) -> PathBuf {
    let _guard = INSTALLING.lock().unwrap();
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/npm"));
    let folder = root.join(format!("{}-{version}", package.trim_start_matches('@').replace('/', "-")));
    // The mark comes last, so that a half-done installation is done again.
    if !folder.join("installed").exists() {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("package.json"), "{\"private\": true}").unwrap();
        let output = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
            .args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"])
            .arg(format!("{package}@{version}"))
            .current_dir(&folder)
            .output()
            .expect("npm must be on the path to fetch what this test needs");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "npm could not install {package} {version}:\n{told}");
        std::fs::write(folder.join("installed"), "").unwrap();
    }
    folder
}

/// A file of this version of GitHub's published schema.
#[allow(dead_code, reason = "not every test reads GitHub's schema")]
pub(crate) fn github(version: &str, name: &str) -> String {
    let package = "@octokit/graphql-schema";
    let folder = install(package, version).join("node_modules").join(package);
    std::fs::read_to_string(folder.join(name)).unwrap()
}
