//! Programs of Rust that tests need, built with the packages that `tests/frameworks/rust` pins, below `target/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds a program of these files, the first of which is its main one; gives the program.
pub(crate) fn cargo(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let source = root.join("tests/frameworks/rust");
    // All programs share one folder of built packages; Cargo lets one build at a time into it.
    let target = root.join("target/frameworks-rust");
    let project = target.join("projects").join(name);
    fs::create_dir_all(project.join("src")).unwrap();
    for file in ["Cargo.toml", "Cargo.lock", "src/lib.rs", "src/async_graphql.rs", "src/juniper.rs"] {
        fs::copy(source.join(file), project.join(file)).unwrap();
    }
    let program = project.join("src/bin").join(name);
    fs::create_dir_all(&program).unwrap();
    for (at, (file, text)) in files.iter().enumerate() {
        fs::write(program.join(if at == 0 { "main.rs" } else { file }), text).unwrap();
    }
    let output = Command::new(env!("CARGO"))
        .args(["build", "--locked", "--quiet", "--target-dir"])
        .arg(&target)
        .current_dir(&project)
        .output()
        .unwrap();
    assert!(output.status.success(), "{name}:\n{}", String::from_utf8_lossy(&output.stderr));
    target.join("debug").join(name).with_extension(std::env::consts::EXE_EXTENSION)
}
