//! Python packages that tests need, pinned, installed below `target/python` on first use.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// One installation at a time.
static INSTALLING: Mutex<()> = Mutex::new(());

/// The interpreter of a virtual environment that holds the packages of a requirements file.
pub(crate) fn python(requirements: &Path) -> PathBuf {
    let _guard = INSTALLING.lock().unwrap();
    let text = std::fs::read_to_string(requirements).unwrap();
    // Other requirements get another environment.
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/python"));
    let folder = root.join(format!("{hash:016x}"));
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    // The mark comes last, so that a half-done installation is done again.
    if !folder.join("installed").exists() {
        std::fs::create_dir_all(&root).unwrap();
        let system = if cfg!(windows) { "python" } else { "python3" };
        run(Command::new(system).args(["-m", "venv", "--clear"]).arg(&folder));
        run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(requirements));
        std::fs::write(folder.join("installed"), "").unwrap();
    }
    python
}

fn run(command: &mut Command) {
    let output = command.output().expect("python3 must be on the path to fetch what this test needs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed:\n{told}");
}
