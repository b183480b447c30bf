//! Schemas from git: branches, merge bases, shallow clones, symbolic links. The program finds no git binary; the tests
//! need one to build what it reads.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read and write files, and fail where they cannot"
)]
#![allow(dead_code, reason = "other tests use more of what is shared")]

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

#[path = "support/program.rs"]
mod program;

use program::{Answer, folder, report_with, run_with};

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "protocol.file.allow=always"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env_remove("GIT_DIR")
        .output()
        .unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn commit(folder: &Path, files: &[(&str, &str)]) -> String {
    for (name, text) in files {
        fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
        fs::write(folder.join(name), text).unwrap();
    }
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "c"]);
    git(folder, &["rev-parse", "HEAD"])
}

const BASE: &str = "type Query { a: Int b: Int }";

/// `main` and `feature` part at a commit and each goes on: main adds `m`, feature removes `b`.
fn repository() -> TempDir {
    let work = folder(&[]);
    git(work.path(), &["init", "--quiet", "--initial-branch=main"]);
    let parts = [
        ("schema.graphql", BASE),
        ("parts/query.graphql", "type Query { a: Int b: U }"),
        ("parts/deep/user.graphqls", "type U { id: ID }"),
        ("parts/readme.md", "no schema"),
        ("app/schema.graphql", "type Query { app: Int }"),
    ];
    commit(work.path(), &parts);
    git(work.path(), &["tag", "v1"]);
    git(work.path(), &["checkout", "--quiet", "-b", "feature"]);
    commit(work.path(), &[("schema.graphql", "type Query { a: Int }")]);
    git(work.path(), &["checkout", "--quiet", "main"]);
    commit(work.path(), &[("schema.graphql", "type Query { a: Int b: Int m: Int }")]);
    git(work.path(), &["checkout", "--quiet", "feature"]);
    work
}

/// The rules of the changes between two schemas.
fn changes(folder: &Path, old: &str, new: &str) -> Vec<String> {
    let (code, report) = report_with(folder, &["diff", old, new], &[]);
    assert_ne!(code, 2, "{old} {new}: {}", report["reasons"]);
    let changes = report["changes"].as_array().unwrap().iter();
    changes
        .map(|change| {
            format!("{} {}", change["rule"].as_str().unwrap(), change["coordinate"].as_str().unwrap())
        })
        .collect()
}

fn fails(folder: &Path, old: &str) -> String {
    let answer: Answer = run_with(folder, &["diff", old, "schema.graphql"], &[]);
    assert_eq!(answer.code, 2, "{old}: {}", answer.told());
    answer.out
}

#[test]
fn a_revision_is_compared_with_the_working_tree() {
    let work = repository();
    let here = work.path();
    let first = git(here, &["rev-parse", "v1"]);
    // Against the tip of main, what others added shows as removed; against the merge base it does not.
    assert_eq!(
        changes(here, "git:main:schema.graphql", "schema.graphql"),
        ["field-removed Query.b", "field-removed Query.m"]
    );
    for base in
        ["merge-base(main)", "v1", "HEAD~1", "main^", "feature@{upstream}~0", first.as_str(), &first[..10]]
    {
        let old = format!("git:{base}:schema.graphql");
        if base.contains('@') {
            assert!(fails(here, &old).contains("has no revision"), "{base}");
        } else {
            assert_eq!(changes(here, &old, "schema.graphql"), ["field-removed Query.b"], "{base}");
        }
    }
    assert_eq!(changes(here, "git:HEAD:schema.graphql", "schema.graphql"), [""; 0]);
    assert_eq!(changes(here, "git:v1:parts", "parts"), [""; 0]);
    assert_eq!(changes(here, "git:v1:parts/**/*.graphql*", "git:main:parts/"), [""; 0]);
    // A merge of main moves the merge base.
    git(here, &["merge", "--quiet", "--strategy-option=ours", "main"]);
    assert_eq!(changes(here, "git:merge-base(main):schema.graphql", "git:main:schema.graphql"), [""; 0]);
}

#[test]
fn paths_begin_at_the_root_or_here_and_places_name_the_revision() {
    let work = repository();
    let app = work.path().join("app");
    assert_eq!(changes(&app, "git:HEAD:./schema.graphql", "schema.graphql"), [""; 0]);
    assert_eq!(changes(&app, "git:HEAD:./../schema.graphql", "../schema.graphql"), [""; 0]);
    fs::rename(work.path().join("app"), work.path().join("elsewhere")).unwrap();
    fs::create_dir(&app).unwrap();
    fs::write(app.join("schema.graphql"), "type Query { other: Int }").unwrap();
    let (_, report) = report_with(&app, &["diff", "git:HEAD:app/schema.graphql", "schema.graphql"], &[]);
    assert_eq!(report["old"]["source"], "git:HEAD:app/schema.graphql");
    assert_eq!(report["changes"][0]["old"]["file"], "git:HEAD:app/schema.graphql");
    assert_eq!(report["changes"][0]["old"]["column"], 14);
    assert!(fails(&app, "git:HEAD:only.graphql").contains("paths begin at the root"));
    commit(work.path(), &[("app/only.graphql", BASE)]);
    assert!(fails(&app, "git:HEAD:only.graphql").contains("git:HEAD:./only.graphql"));
}

#[test]
fn what_is_not_there_says_what_to_do() {
    let work = repository();
    let here = work.path();
    for (old, expected) in [
        (
            "git:nowhere:schema.graphql",
            "git fetch --no-tags origin +refs/heads/nowhere:refs/remotes/origin/nowhere",
        ),
        ("git:v9.1:schema.graphql", "git fetch --no-tags origin tag v9.1"),
        ("git:main:missing.graphql", "the revision has no missing.graphql"),
        ("git:main:missing/**/*.graphql", "matches nothing"),
        ("git:main:parts/readme.md", "git:main:parts/readme.md:1:1"),
        ("git:main:../schema.graphql", "leads out of the repository"),
        ("git:main", "a revision and a path are needed"),
        ("git::schema.graphql", "a revision and a path are needed"),
        ("git:main:schema.graphql/x", "the revision has no schema.graphql/x"),
    ] {
        let told = fails(here, old);
        assert!(told.contains(expected), "{old}: {told}");
    }
    git(here, &["checkout", "--quiet", "--orphan", "alone"]);
    commit(here, &[]);
    assert!(fails(here, "git:merge-base(main):schema.graphql").contains("no common history"));
    let nowhere = folder(&[("schema.graphql", BASE)]);
    assert!(fails(nowhere.path(), "git:main:schema.graphql").contains("no git repository"));
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_followed_inside_the_repository_only() {
    use std::os::unix::fs::symlink;
    let work = repository();
    let here = work.path();
    fs::create_dir_all(here.join("links")).unwrap();
    for (target, link) in [
        ("../schema.graphql", "links/file.graphql"),
        ("file.graphql", "links/twice.graphql"),
        ("parts", "folder"),
        ("../links/../folder", "links/through"),
        ("loop-b.graphql", "loop-a.graphql"),
        ("loop-a.graphql", "loop-b.graphql"),
        ("/etc/hostname", "absolute.graphql"),
        ("../../secret.graphql", "links/out.graphql"),
        ("gone.graphql", "dangling.graphql"),
    ] {
        symlink(target, here.join(link)).unwrap();
    }
    commit(here, &[]);
    for link in ["links/file.graphql", "links/twice.graphql"] {
        assert_eq!(changes(here, &format!("git:HEAD:{link}"), "schema.graphql"), [""; 0], "{link}");
    }
    for link in ["folder", "links/through", "folder/**/*.graphql*"] {
        assert_eq!(changes(here, &format!("git:HEAD:{link}"), "parts"), [""; 0], "{link}");
    }
    for (link, expected) in [
        ("loop-a.graphql", "symbolic links"),
        ("absolute.graphql", "leads out of the repository"),
        ("links/out.graphql", "leads out of the repository"),
        ("dangling.graphql", "has no dangling.graphql"),
    ] {
        let told = fails(here, &format!("git:HEAD:{link}"));
        assert!(told.contains(expected), "{link}: {told}");
    }
}

/// Runs the command that a message names behind `run: `.
fn obey(folder: &Path, told: &str) {
    let command = told.split_once("run: git ").unwrap_or_else(|| panic!("no command in {told}")).1;
    let command = command.lines().next().unwrap();
    git(folder, &command.split(' ').collect::<Vec<_>>());
}

#[test]
fn a_shallow_clone_names_the_command_that_helps() {
    let work = repository();
    let url = format!("file://{}", work.path().display());
    let clones = folder(&[]);
    let clone = |name: &str| {
        git(clones.path(), &["clone", "--quiet", "--depth=1", "--branch=feature", &url, name]);
        clones.path().join(name)
    };
    let here = clone("tip");
    obey(&here, &fails(&here, "git:main:schema.graphql"));
    assert_eq!(changes(&here, "git:main:schema.graphql", "schema.graphql").len(), 2);
    // The tip of main is there now, and still not what both have in common.
    let told = fails(&here, "git:merge-base(main):schema.graphql");
    assert!(told.contains("shallow"), "{told}");
    obey(&here, &told);
    assert_eq!(
        changes(&here, "git:merge-base(main):schema.graphql", "schema.graphql"),
        ["field-removed Query.b"]
    );

    let here = clone("parent");
    obey(&here, &fails(&here, "git:HEAD~1:schema.graphql"));
    assert_eq!(changes(&here, "git:HEAD~1:schema.graphql", "schema.graphql"), ["field-removed Query.b"]);

    let here = clone("tag");
    obey(&here, &fails(&here, "git:v1:schema.graphql"));
    assert_eq!(changes(&here, "git:v1:schema.graphql", "schema.graphql"), ["field-removed Query.b"]);
}

#[test]
fn a_wrong_merge_base_of_a_shallow_clone_is_no_answer() {
    let work = folder(&[]);
    let here = work.path();
    git(here, &["init", "--quiet", "--initial-branch=main"]);
    commit(here, &[("schema.graphql", BASE)]);
    git(here, &["checkout", "--quiet", "-b", "side"]);
    commit(here, &[("side", "1")]);
    git(here, &["checkout", "--quiet", "main"]);
    let base = commit(here, &[("schema.graphql", "type Query { a: Int b: Int m: Int }")]);
    git(here, &["checkout", "--quiet", "-b", "feature"]);
    let cut = commit(here, &[("feature", "1")]);
    commit(here, &[("feature", "2")]);
    git(here, &["merge", "--quiet", "side"]);
    git(here, &["checkout", "--quiet", "main"]);
    commit(here, &[("main", "1")]);
    git(here, &["checkout", "--quiet", "feature"]);
    let old = "git:merge-base(main):schema.graphql";
    assert_eq!(changes(here, old, &format!("git:{base}:schema.graphql")), [""; 0]);
    // Cut off between HEAD and its merge base: by way of the side branch there still is an older common ancestor.
    fs::write(here.join(".git/shallow"), format!("{cut}\n")).unwrap();
    assert_ne!(git(here, &["merge-base", "HEAD", "main"]), base, "git itself is misled");
    let told = fails(here, old);
    assert!(told.contains("git fetch --no-tags --unshallow origin"), "{told}");
}

#[test]
fn a_branch_of_the_remote_stands_for_one_that_is_not_here() {
    let work = repository();
    let url = format!("file://{}", work.path().display());
    let clones = folder(&[]);
    git(clones.path(), &["clone", "--quiet", "--branch=feature", &url, "clone"]);
    let here = clones.path().join("clone");
    assert_eq!(
        changes(&here, "git:merge-base(main):schema.graphql", "schema.graphql"),
        ["field-removed Query.b"]
    );
    // A linked worktree is a working directory as any other.
    git(&here, &["worktree", "add", "--quiet", "../linked", "v1"]);
    let linked = clones.path().join("linked");
    assert_eq!(changes(&linked, "git:HEAD:schema.graphql", "schema.graphql"), [""; 0]);
}
