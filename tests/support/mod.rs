//! What tests need beyond cargo: Node packages and Python programs, pinned in `tests/reports` and `tests/python`, installed
//! below `target/` on first use.

#![allow(dead_code, unreachable_pub, reason = "not every test needs every part")]

mod python;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

/// One installation at a time.
static INSTALLING: Mutex<()> = Mutex::new(());

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The program under test.
pub fn schemacheck() -> Command {
    Command::new(env!("CARGO_BIN_EXE_schemacheck"))
}

pub struct Answer {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs a command with an input; it has to end by itself.
pub fn run(command: &mut Command, input: &[u8]) -> Answer {
    let shown = format!("{command:?}");
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{shown}: {error}"));
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    Answer {
        code: output.status.code().unwrap_or_else(|| panic!("{shown}: {:?}", output.status)),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Runs a command that has to succeed; gives its standard output.
pub fn must(command: &mut Command) -> String {
    let shown = format!("{command:?}");
    let answer = run(command, b"");
    assert_eq!(answer.code, 0, "{shown}\n{}\n{}", answer.out, answer.err);
    answer.out
}

/// A folder with the packages and scripts of `tests/reports`.
pub fn node() -> PathBuf {
    let _guard = INSTALLING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let source = root().join("tests/reports");
    let folder = root().join("target/npm/reports");
    // The mark comes last and tells which list is installed, so that a half-done installation is done again.
    let wanted = fs::read_to_string(source.join("package.json")).unwrap();
    let mark = folder.join("installed");
    if !fs::read_to_string(&mark).is_ok_and(|found| found == wanted) {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        fs::copy(source.join("package.json"), folder.join("package.json")).unwrap();
        let flags =
            ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--legacy-peer-deps"];
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        must(Command::new(npm).arg("install").args(flags).current_dir(&folder));
        fs::write(mark, wanted).unwrap();
    }
    for entry in fs::read_dir(source).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
    }
    folder
}

/// The folder with the programs of `tests/python/reports.txt`.
pub fn python() -> PathBuf {
    self::python::python("reports.txt").parent().unwrap().to_owned()
}

/// A folder with these files.
pub fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), files);
    folder
}

/// Writes files below a folder.
pub fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// A schema of many fields before and after a change of each of them, and operations that use them.
pub fn large(fields: usize) -> tempfile::TempDir {
    let schema = |new: bool| {
        let fields: String = (0..fields)
            .map(|at| match (new, at % 3) {
                (false, _) => format!("  user_{at}_name(limit: Int): String!\n"),
                (true, 0) => format!("  usr_{at}_name(limit: Int): String!\n"),
                (true, 1) => format!("  user_{at}_name(limit: Int): String\n"),
                (true, _) => format!("  user_{at}_name: String!\n"),
            })
            .collect();
        format!("type Query {{\n{fields}}}\n")
    };
    let folder = folder(&[("old.graphql", &schema(false)), ("new.graphql", &schema(true))]);
    for at in 0..fields.min(60) {
        let text = format!("query Q{at} {{\n  user_{at}_name(limit: 1)\n}}\n");
        write(folder.path(), &[(&format!("queries/web/{at}/q.graphql"), &text)]);
    }
    folder
}

/// Texts that try to break out of every medium, each short enough to be shown whole.
pub const HOSTILE: [&str; 9] = [
    "</script><script>globalThis.pwned=1</script>",
    "<img src=x onerror='globalThis.pwned=1'>",
    "]]>--><!-- ::error::x ##[error]x %0A",
    "`` ``` | @octocat #1 GH-1",
    "https://evil.example www.evil.example me@evil.example",
    "[x](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "*b* _i_ ~~s~~ &amp; {0} $x$",
    "</pre></td></table></details>",
    "\u{202E}turned\u{2066}",
];

/// A change whose texts are hostile, and an operation for each of them that it breaks.
pub fn hostile() -> tempfile::TempDir {
    let schema =
        |default: &str, rest: &str| format!("type Query {{\n  a(x: String = {default}): Int\n{rest}}}\n");
    let old = schema("\"old\"", "  gone: Int # ::error::pwned\n  b: Int\n");
    let new = schema(&format!("{:?}", HOSTILE[0]), "  b: Int\n");
    let folder = folder(&[("old.graphql", &old), ("new.graphql", &new)]);
    // What a file system takes.
    let name = if cfg!(windows) { "q" } else { "`@octocat` <b>|%0A\u{202E}\u{1}::error::x #1" };
    for (at, text) in HOSTILE.iter().enumerate() {
        let query = format!("query Q{at} {{\n  a\n  gone # {text}\n}}\n");
        write(folder.path(), &[(&format!("queries/@octocat/{name}/{at}.graphql"), &query)]);
    }
    folder
}
