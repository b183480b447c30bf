//! Packages of Python that tests need, pinned, installed below `target/python` on first use.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// One installation at a time.
static INSTALLING: Mutex<()> = Mutex::new(());

/// The interpreter of a virtual environment that holds what a file of `tests/python` pins.
pub(crate) fn python(requirements: &str) -> PathBuf {
    let _guard = INSTALLING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let file = root.join("tests/python").join(requirements);
    let hash = schemacheck::report::sha256([std::fs::read_to_string(&file).unwrap().as_str()]);
    let folder = root.join("target/python").join(&hash[..16]);
    let interpreter = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    // The mark comes last, so that a half-done installation is done again.
    if !folder.join("installed").exists() {
        std::fs::create_dir_all(&folder).unwrap();
        let system = if cfg!(windows) { "python" } else { "python3" };
        run(Command::new(system).args(["-m", "venv", "--clear"]).arg(&folder));
        let pip = ["-m", "pip", "install", "--disable-pip-version-check", "--quiet", "--requirement"];
        run(Command::new(&interpreter).args(pip).arg(&file));
        std::fs::write(folder.join("installed"), "").unwrap();
    }
    interpreter
}

fn run(command: &mut Command) {
    let output =
        command.output().unwrap_or_else(|error| panic!("{command:?} must run for this test: {error}"));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed:\n{told}");
}
