//! Packages of npm that tests need, pinned, installed below `target/node` on first use.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// One installation at a time.
static INSTALLING: Mutex<()> = Mutex::new(());

/// The folder that holds what `tests/node` pins in its lock file, and its other files.
#[allow(dead_code, reason = "not every test runs a framework")]
pub(crate) fn node() -> PathBuf {
    installed("node")
}

/// The folder that holds what a folder of `tests` pins in its lock file, and its other files.
pub(crate) fn installed(list: &str) -> PathBuf {
    let _guard = INSTALLING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let files = root.join("tests").join(list);
    let files = fs::read_dir(files).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<PathBuf> = files.filter(|file| file.is_file()).collect();
    files.sort();
    let texts: Vec<String> = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    let hash = schemacheck::report::sha256(texts.iter().map(String::as_str));
    let folder = root.join("target/node").join(&hash[..16]);
    // The mark comes last, so that a half-done installation is done again.
    if !folder.join("installed").exists() {
        fs::create_dir_all(&folder).unwrap();
        for file in files {
            fs::copy(&file, folder.join(file.file_name().unwrap())).unwrap();
        }
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        let output = Command::new(npm)
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(&folder)
            .output()
            .expect("npm must be on the path to fetch what this test needs");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "npm could not install what tests/{list} pins:\n{told}");
        fs::write(folder.join("installed"), "").unwrap();
    }
    folder
}
