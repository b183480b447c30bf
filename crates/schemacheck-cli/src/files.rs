//! Files, directories and globs: which files a pattern on the command line means, and their texts.

use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use schemacheck_graphql::source::decode;
use walkdir::WalkDir;

/// The largest file that is read.
const MAX_BYTES: u64 = 64 << 20;

/// A file or pattern that could not be read, in one line with what to do.
#[derive(Clone, Debug)]
pub(crate) struct Unread {
    /// The file or the pattern.
    pub(crate) name: String,
    pub(crate) message: String,
}

/// A file and its text.
#[derive(Debug)]
pub(crate) struct TextFile {
    /// As messages show it: relative as it was given, with forward slashes.
    pub(crate) name: String,
    pub(crate) text: String,
    /// Whether the command line names the file itself, not a directory or glob that it lies in.
    pub(crate) explicit: bool,
}

/// Reads what a pattern means: standard input for `-`, a file, the files of a directory with one of the extensions, or
/// the files that a glob matches. Files come in the order of their names.
pub(crate) fn read(pattern: &str, extensions: &[&str]) -> (Vec<TextFile>, Vec<Unread>) {
    if pattern == "-" {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes);
        return one(
            read.map_err(|error| error.to_string()).and_then(|_| text_of(bytes)),
            "standard input",
            true,
        );
    }
    let path = Path::new(pattern);
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => walk(path, &|file| has_extension(file, extensions)),
        Ok(_) => one(read_file(path), &shown(path), true),
        Err(_) if pattern.contains(['*', '?', '[', '{']) => glob(pattern),
        Err(error) => one(Err(error.to_string()), &shown(path), true),
    }
}

fn one(text: Result<String, String>, name: &str, explicit: bool) -> (Vec<TextFile>, Vec<Unread>) {
    match text {
        Ok(text) => (vec![TextFile { name: name.to_owned(), text, explicit }], Vec::new()),
        Err(message) => (Vec::new(), vec![Unread { name: name.to_owned(), message }]),
    }
}

fn glob(pattern: &str) -> (Vec<TextFile>, Vec<Unread>) {
    let tidy = pattern.strip_prefix("./").unwrap_or(pattern);
    let matcher: GlobMatcher = match GlobBuilder::new(tidy).literal_separator(true).build() {
        Ok(glob) => glob.compile_matcher(),
        Err(error) => return one(Err(format!("the pattern cannot be read: {error}")), pattern, false),
    };
    // The walk begins at the part of the pattern that has no wildcard.
    let fixed: PathBuf = Path::new(tidy)
        .components()
        .take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']))
        .collect();
    let root = if fixed.as_os_str().is_empty() { Path::new(".") } else { fixed.as_path() };
    walk(root, &|file| matcher.is_match(shown(file)))
}

fn walk(root: &Path, wanted: &dyn Fn(&Path) -> bool) -> (Vec<TextFile>, Vec<Unread>) {
    let (mut files, mut unread) = (Vec::new(), Vec::new());
    for entry in WalkDir::new(root).sort_by_file_name() {
        match entry {
            Ok(entry) => {
                let path = entry.path();
                if entry.file_type().is_file() && wanted(path) {
                    let (read, failed) = one(read_file(path), &shown(path), false);
                    files.extend(read);
                    unread.extend(failed);
                }
            }
            Err(error) => {
                let name = error.path().map_or_else(|| shown(root), shown);
                unread.push(Unread { name, message: "cannot be read; check its permissions".into() });
            }
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    (files, unread)
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension()
        .is_some_and(|extension| extensions.iter().any(|wanted| extension.eq_ignore_ascii_case(wanted)))
}

fn read_file(path: &Path) -> Result<String, String> {
    let metadata = fs::metadata(path).map_err(|error| error.to_string())?;
    if !metadata.is_file() {
        return Err("is neither a file nor a directory".into());
    }
    if metadata.len() > MAX_BYTES {
        return Err(format!("has more than {} MiB; split it", MAX_BYTES >> 20));
    }
    text_of(fs::read(path).map_err(|error| error.to_string())?)
}

fn text_of(bytes: Vec<u8>) -> Result<String, String> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!("has more than {} MiB; split it", MAX_BYTES >> 20));
    }
    decode(bytes).map_err(|error| error.to_string())
}

/// A path as messages show it.
fn shown(path: &Path) -> String {
    let parts = path.components().filter(|part| !matches!(part, Component::CurDir));
    let shown: PathBuf = parts.collect();
    shown.to_string_lossy().replace('\\', "/")
}
