//! Sources: what a name on the command line means. A kind of source is one file here and one line in [`KINDS`].

pub(crate) mod file;
pub(crate) mod git;
pub(crate) mod http;
mod registry;

use std::collections::BTreeSet;

use globset::GlobMatcher;

use crate::http::Access;

/// The largest text of a source.
const MAX_BYTES: u64 = 64 << 20;

/// A file or pattern that could not be read, in one line with what to do.
#[derive(Clone, Debug)]
pub(crate) struct Unread {
    /// The file or the pattern.
    pub(crate) name: String,
    pub(crate) message: String,
}

/// A text and what it is called.
#[derive(Debug)]
pub(crate) struct TextFile {
    /// As messages show it: relative as it was given, with forward slashes.
    pub(crate) name: String,
    pub(crate) text: String,
    /// Whether the command line names the text itself, not a directory or glob that it lies in.
    pub(crate) explicit: bool,
    /// Whether a person can open it. Places in the answer of a server are told in the SDL that it means.
    pub(crate) remote: bool,
}

/// The texts that a name means, and what could not be read.
pub(crate) type Texts = (Vec<TextFile>, Vec<Unread>);

/// A kind of source.
struct Kind {
    /// Whether a name is of this kind.
    is: fn(&str) -> bool,
    /// Reads the texts; in a directory, the files with these extensions.
    read: fn(&str, &[&str], &Access) -> Texts,
}

/// All kinds; the first that knows a name reads it. What nobody else knows is a file.
const KINDS: &[Kind; 4] = &[git::KIND, http::KIND, registry::KIND, file::KIND];

/// Reads what a name means, in the order of the names of the texts.
pub(crate) fn read(name: &str, extensions: &[&str], access: &Access) -> Texts {
    let kind = KINDS.iter().find(|kind| (kind.is)(name)).unwrap_or(&file::KIND);
    (kind.read)(name, extensions, access)
}

/// Reads what several names mean, each text once. A name that begins with `!` takes out what it matches.
pub(crate) fn read_all(names: &[String], extensions: &[&str], access: &Access) -> Texts {
    let (mut files, mut unread): Texts = (Vec::new(), Vec::new());
    let (taken_out, failed) = taken_out(names);
    unread.extend(failed);
    let mut known = BTreeSet::new();
    for name in names.iter().filter(|name| !name.starts_with('!')) {
        let (found, failed) = read(name, extensions, access);
        if found.is_empty() && failed.is_empty() {
            let message =
                "matches nothing; name a file, a directory or a glob that holds something".to_owned();
            unread.push(Unread { name: shown(name), message });
        }
        for file in found {
            let out = taken_out.iter().any(|matcher| matcher.is_match(&file.name));
            if !out && known.insert(file.name.clone()) {
                files.push(file);
            }
        }
        unread.extend(failed);
    }
    (files, unread)
}

/// What the names that begin with `!` match.
pub(crate) fn taken_out(names: &[String]) -> (Vec<GlobMatcher>, Vec<Unread>) {
    let (mut matchers, mut unread) = (Vec::new(), Vec::new());
    for name in names.iter().filter_map(|name| name.strip_prefix('!')) {
        match file::matcher(name.strip_prefix("./").unwrap_or(name)) {
            Ok(matcher) => matchers.push(matcher),
            Err(message) => unread.push(Unread { name: format!("!{name}"), message }),
        }
    }
    (matchers, unread)
}

/// Whether a name is a path of a file, a directory or a glob.
pub(crate) fn is_path(name: &str) -> bool {
    let [elsewhere @ .., _] = KINDS;
    name != "-" && !elsewhere.iter().any(|kind| (kind.is)(name))
}

/// A name as reports show it.
pub(crate) fn shown(name: &str) -> String {
    if (http::KIND.is)(name) { crate::http::shown(name) } else { name.to_owned() }
}

/// One text, or why there is none.
fn one(text: Result<String, String>, name: &str, explicit: bool) -> Texts {
    match text {
        Ok(text) => (vec![TextFile { name: name.to_owned(), text, explicit, remote: false }], Vec::new()),
        Err(message) => (Vec::new(), vec![Unread { name: name.to_owned(), message }]),
    }
}

/// Why a text of so many bytes is not read.
fn too_large() -> String {
    format!("has more than {} MiB; split it", MAX_BYTES >> 20)
}

fn text_of(bytes: Vec<u8>) -> Result<String, String> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(too_large());
    }
    schemacheck_graphql::source::decode(bytes).map_err(|error| error.to_string())
}
