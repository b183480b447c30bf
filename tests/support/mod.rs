//! What tests need beyond cargo: Node packages and Python programs, pinned in folders of `tests`, installed below `target/` on
//! first use.

#![allow(dead_code, unreachable_pub, unused_imports, reason = "not every test needs every part")]

pub mod node;
mod python;
mod run;

use std::path::PathBuf;

pub use self::run::{Answer, folder, must, report, root, run, schemacheck, write};

/// The folder with the programs of `tests/python/reports.txt`.
pub fn python() -> PathBuf {
    self::python::python("reports.txt").parent().unwrap().to_owned()
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
