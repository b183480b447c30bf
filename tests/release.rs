//! What a release is made of, built and run: a static program alone in a file system, the wheel, the npm packages, the
//! crates, the pre-commit hook.

#![cfg(target_os = "linux")]
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read and write files, and fail where they cannot"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use support::{must, python, root, run, schemacheck, write};

/// What the machine is, in Rust's words.
fn target(c_library: &str) -> String {
    format!("{}-unknown-linux-{c_library}", std::env::consts::ARCH)
}

/// A command whose builds end in the folder of the static program, so that each part is compiled once.
fn building(mut command: Command) -> Command {
    command
        .env("RUSTFLAGS", "-C target-feature=+crt-static")
        .env("CARGO_TARGET_DIR", root().join("target/static"));
    command.current_dir(root());
    command
}

/// The static program. The release builds it for musl; here it is the C library of
/// this machine, which is linked in the same way.
static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let arguments = ["build", "--package", "schemacheck-cli", "--locked", "--target"];
    let mut build = Command::new(env!("CARGO"));
    build.args(arguments).arg(target("gnu"));
    must(&mut building(build));
    root().join("target/static").join(target("gnu")).join("debug/schemacheck")
});

const INCIDENT: [&str; 5] =
    ["diff", "schemas/incident/old.graphql", "schemas/incident/new.graphql", "--operations", "queries"];

/// A program that people installed does the main job as the one of this build does.
fn does_its_job(mut command: impl FnMut() -> Command) {
    let expected = run(schemacheck().args(INCIDENT).current_dir(root()), b"");
    let answer = run(command().args(INCIDENT), b"");
    assert_eq!((answer.code, answer.out), (1, expected.out), "{}", answer.err);
    let same = [
        "diff",
        "schemas/incident/old.graphql",
        "schemas/incident/old.graphql",
        "--operations",
        "queries",
        "-q",
    ];
    assert_eq!(run(command().args(same), b"").code, 0);
    assert_eq!(run(command().args(["diff", "missing.graphql", "-", "-q"]), b"type Query { a: Int }").code, 2);
}

fn copy(from: &Path, to: &Path) {
    must(Command::new("cp").arg("-r").arg(from).arg(to));
}

#[test]
fn the_static_program_runs_where_there_is_nothing_else() {
    let empty = tempfile::tempdir().unwrap();
    copy(&PROGRAM, &empty.path().join("schemacheck"));
    for data in ["schemas", "queries"] {
        copy(&root().join(data), &empty.path().join(data));
    }
    // Root may change the root of the file system; anybody else may in a user namespace.
    let root_user = must(Command::new("id").arg("-u")).trim() == "0";
    does_its_job(|| {
        let mut command = if root_user { Command::new("chroot") } else { Command::new("unshare") };
        if !root_user {
            command.args(["--user", "--map-root-user", "chroot"]);
        }
        command.arg(empty.path()).arg("/schemacheck");
        command
    });
    // The container is the same: nothing but the program and certificates.
    let recipe = fs::read_to_string(root().join("packages/container/Dockerfile")).unwrap();
    let steps: Vec<&str> = recipe.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(steps[0], "FROM scratch");
    assert_eq!(steps.iter().filter(|step| step.starts_with("COPY ")).count(), 2);
    assert!(!recipe.contains("\nRUN "), "there is no shell");
}

/// The wheel of the static program.
static WHEEL: LazyLock<PathBuf> = LazyLock::new(|| {
    LazyLock::force(&PROGRAM);
    let folder = root().join("target/wheels");
    let _ = fs::remove_dir_all(&folder);
    let mut build = Command::new(python().join("maturin"));
    build.args(["build", "--profile", "dev", "--locked", "--offline", "--target"]).arg(target("gnu"));
    must(building(build).arg("--out").arg(&folder));
    let mut wheels: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(wheels.len(), 1, "{wheels:?}");
    wheels.remove(0)
});

#[test]
fn the_wheel_is_installed_into_a_fresh_environment_and_run() {
    let name = WHEEL.file_name().unwrap().to_string_lossy().into_owned();
    assert!(name.starts_with("schemacheck-0.1.0-py3-none-manylinux"), "{name}");
    let folder = tempfile::tempdir().unwrap();
    must(Command::new("python3").args(["-m", "venv"]).arg(folder.path()));
    let pip = ["-m", "pip", "install", "--quiet", "--no-index", "--disable-pip-version-check"];
    must(Command::new(folder.path().join("bin/python")).args(pip).arg(&*WHEEL));
    does_its_job(|| {
        let mut command = Command::new(folder.path().join("bin/schemacheck"));
        command.current_dir(root());
        command
    });
}

#[test]
fn a_pre_commit_hook_stops_a_commit_that_breaks_a_client() {
    let tool = python().join("pre-commit");
    must(Command::new(&tool).args(["validate-manifest", ".pre-commit-hooks.yaml"]).current_dir(root()));
    let folder = tempfile::tempdir().unwrap();
    let config = format!(
        "repos:\n- repo: local\n  hooks:\n  - id: schemacheck\n    name: schemacheck\n    language: python\n    \
         additional_dependencies: ['{}']\n    entry: schemacheck diff\n    \
         args: [released.graphql, schema.graphql, --operations, queries]\n    files: \\.graphql$\n    pass_filenames: false\n",
        WHEEL.display()
    );
    write(
        folder.path(),
        &[
            (".pre-commit-config.yaml", &config),
            ("released.graphql", "type Query { a: Int b: Int }\n"),
            ("schema.graphql", "type Query { a: Int b: Int c: Int }\n"),
            ("queries/q.graphql", "query Q { a }\n"),
        ],
    );
    must(Command::new("git").args(["init", "--quiet"]).current_dir(folder.path()));
    let hook = || {
        must(Command::new("git").args(["add", "--all"]).current_dir(folder.path()));
        let mut command = Command::new(&tool);
        command
            .args(["run", "--all-files"])
            .current_dir(folder.path())
            .env("PRE_COMMIT_HOME", folder.path().join("home"));
        run(command.env_remove("GIT_DIR"), b"")
    };
    fs::write(folder.path().join(".gitignore"), "home\n").unwrap();
    let passed = hook();
    assert_eq!(passed.code, 0, "{}{}", passed.out, passed.err);
    write(folder.path(), &[("schema.graphql", "type Query { b: Int }\n")]);
    let stopped = hook();
    assert_eq!(stopped.code, 1, "{}{}", stopped.out, stopped.err);
    assert!(stopped.out.contains("schema.graphql breaks 1 of 1 operation"), "{}", stopped.out);
}

#[test]
fn the_npm_packages_are_packed_installed_and_run() {
    let folder = tempfile::tempdir().unwrap();
    let program = format!("{}={}", target("musl"), PROGRAM.display());
    let packages = folder.path().join("packages");
    must(
        Command::new("node")
            .arg(root().join("packages/npm/assemble.mjs"))
            .arg("0.1.0")
            .arg(&packages)
            .arg(&program),
    );
    let machine = if cfg!(target_arch = "aarch64") { "linux-arm64" } else { "linux-x64" };
    let mut archives = Vec::new();
    for package in [packages.join("@schemacheck").join(machine), packages.join("schemacheck")] {
        let told = must(
            Command::new("npm")
                .args(["pack", "--json", "--pack-destination"])
                .arg(folder.path())
                .current_dir(package),
        );
        let told: serde_json::Value = serde_json::from_str(&told).unwrap();
        archives.push(folder.path().join(told[0]["filename"].as_str().unwrap()));
    }
    let project = folder.path().join("project");
    write(&project, &[("package.json", "{\"private\": true}")]);
    must(
        Command::new("npm")
            .args(["install", "--offline", "--no-audit", "--no-fund"])
            .args(&archives)
            .current_dir(&project),
    );
    does_its_job(|| {
        let mut command = Command::new(project.join("node_modules/.bin/schemacheck"));
        command.current_dir(root());
        command
    });
    // Without the part for this machine it is an error, never a pass.
    fs::remove_dir_all(project.join("node_modules/@schemacheck")).unwrap();
    let answer = run(Command::new(project.join("node_modules/.bin/schemacheck")).arg("--version"), b"");
    assert_eq!(answer.code, 2);
    assert!(
        answer.err.contains(&format!("the package @schemacheck/{machine} is not installed")),
        "{}",
        answer.err
    );
}

#[test]
fn the_crates_are_packaged() {
    let folder = root().join("target/crates");
    let mut package = Command::new(env!("CARGO"));
    package
        .args(["package", "--workspace", "--no-verify", "--allow-dirty", "--offline", "--target-dir"])
        .arg(&folder);
    must(package.current_dir(root()));
    for name in ["schemacheck-graphql", "schemacheck", "schemacheck-extract", "schemacheck-cli"] {
        let file = folder.join(format!("package/{name}-0.1.0.crate"));
        let list = must(Command::new("tar").arg("-tzf").arg(&file));
        assert!(list.contains("/src/"), "{list}");
    }
    // What the program is compiled with travels with it.
    let list = must(Command::new("tar").arg("-tzf").arg(folder.join("package/schemacheck-cli-0.1.0.crate")));
    for asset in ["render/html/page.css", "render/html/page.js", "command/report.schema.json"] {
        assert!(list.contains(asset), "{asset} in {list}");
    }
}

#[test]
fn completions_and_the_man_page_know_every_command() {
    let help = must(schemacheck().arg("--help"));
    let commands: Vec<&str> = help
        .split("Commands:\n")
        .nth(1)
        .unwrap()
        .lines()
        .take_while(|line| !line.is_empty())
        // A line that goes on begins further to the right.
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .collect();
    assert!(commands.len() >= 8, "{commands:?}");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let text = must(schemacheck().args(["completions", shell]));
        for command in &commands {
            assert!(text.contains(command), "{command} for {shell}");
        }
        assert!(text.contains("approve-label"), "{shell}");
    }
    let bash = must(schemacheck().args(["completions", "bash"]));
    assert_eq!(run(Command::new("bash").arg("-n"), bash.as_bytes()).code, 0);
    let man = must(schemacheck().arg("man"));
    assert!(man.contains(".TH schemacheck 1"), "{man}");
    for command in commands {
        assert!(man.contains(&format!(".SH \"SCHEMACHECK {}\"", command.to_uppercase())), "{command}");
    }
}

#[test]
fn all_parts_have_one_version_and_every_target_its_package() {
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(must(schemacheck().arg("--version")), format!("schemacheck {version}\n"));
    let read = |file: &str| fs::read_to_string(root().join(file)).unwrap();
    assert!(read("Cargo.toml").contains(&format!("\nversion = \"{version}\"\n")));
    let (release, npm, action) = (
        read(".github/workflows/release.yml"),
        read("packages/npm/assemble.mjs"),
        read(".github/action/run.sh"),
    );
    let targets: Vec<&str> = release
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- { target: ")?.split(',').next())
        .collect();
    assert_eq!(targets.len(), 5, "{targets:?}");
    for target in targets {
        assert!(
            npm.contains(&format!("\"{target}\"")) && action.contains(&format!("echo {target} ;;")),
            "{target}"
        );
    }
}
