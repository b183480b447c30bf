//! Packages of npm that tests and measurements need: each folder of `tests` with a lock file is a list of them, pinned, installed
//! below `target/npm` on first use.

#![allow(dead_code, reason = "not every test reads GitHub's schema")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// One installation at a time.
static INSTALLING: Mutex<()> = Mutex::new(());

/// The folder that holds what a folder of `tests` pins, and its other files.
pub(crate) fn installed(list: &str) -> PathBuf {
    let _guard = INSTALLING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (source, folder) = (root.join("tests").join(list), root.join("target/npm").join(list));
    let wanted = fs::read(source.join("package-lock.json")).unwrap();
    // The mark comes last and holds what is installed, so that a half-done installation and an old one are done again.
    let mark = folder.join("installed");
    let is_installed = fs::read(&mark).is_ok_and(|found| found == wanted);
    if !is_installed {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
    }
    for file in fs::read_dir(source).unwrap().map(|file| file.unwrap().path()).filter(|file| file.is_file()) {
        let (copy, text) = (folder.join(file.file_name().unwrap()), fs::read(&file).unwrap());
        // What another test reads at this moment is not written again.
        if !fs::read(&copy).is_ok_and(|found| found == text) {
            fs::write(copy, text).unwrap();
        }
    }
    if !is_installed {
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        let output = Command::new(npm)
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(&folder)
            .output()
            .expect("npm must be on the path to fetch what this test needs");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "npm could not install what tests/{list} pins:\n{told}");
        fs::write(mark, wanted).unwrap();
    }
    folder
}

/// A package of `tests/published`: graphql-js or GitHub's schema, of one of several ages.
pub(crate) fn published(package: &str) -> PathBuf {
    installed("published").join("node_modules").join(package)
}

/// A file of GitHub's published schema, of this age.
pub(crate) fn github(version: u8, file: &str) -> String {
    fs::read_to_string(published(&format!("github-schema-{version}")).join(file)).unwrap()
}
