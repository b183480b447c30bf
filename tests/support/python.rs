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

/// The folder with the files of a wheel that is pinned as `name==version`; it is not installed, nor is what it needs.
#[allow(dead_code, reason = "not every test reads a wheel")]
pub(crate) fn wheel(interpreter: &Path, pinned: &str) -> PathBuf {
    let _guard = INSTALLING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/python").join(pinned);
    // The mark comes last, so that a half-done download is done again.
    if !folder.join("unpacked").exists() {
        _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let pip = ["-m", "pip", "download", "--disable-pip-version-check", "--quiet", "--no-deps"];
        let portable = ["--platform", "any", "--only-binary", ":all:", "--dest"];
        run(Command::new(interpreter).args(pip).args(portable).arg(&folder).arg(pinned));
        let file = std::fs::read_dir(&folder).unwrap().next().expect("pip wrote a file").unwrap().path();
        run(Command::new(interpreter).args(["-m", "zipfile", "-e"]).arg(file).arg(folder.join("files")));
        std::fs::write(folder.join("unpacked"), "").unwrap();
    }
    folder.join("files")
}

fn run(command: &mut Command) {
    let output =
        command.output().unwrap_or_else(|error| panic!("{command:?} must run for this test: {error}"));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed:\n{told}");
}
