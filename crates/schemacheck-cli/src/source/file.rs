//! Files, directories and globs: which files a pattern on the command line means, and their texts.

use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use walkdir::WalkDir;

use super::{Kind, MAX_BYTES, Texts, Unread, one, text_of, too_large};

/// Whatever is nothing else.
pub(super) const KIND: Kind = Kind { is: |_| true, read: |name, extensions, _| read(name, extensions) };

/// Reads what a pattern means: standard input for `-`, a file, the files of a directory with one of the extensions, or
/// the files that a glob matches. Files come in the order of their names.
pub(crate) fn read(pattern: &str, extensions: &[&str]) -> Texts {
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
        Err(_) if is_glob(pattern) => glob(pattern),
        Err(error) => one(Err(error.to_string()), &shown(path), true),
    }
}

/// Whether a name is a pattern with wildcards.
pub(crate) fn is_glob(name: &str) -> bool {
    name.contains(['*', '?', '[', '{'])
}

/// What a pattern with wildcards matches: `*` and `?` stay within a part of the path.
pub(crate) fn matcher(pattern: &str) -> Result<GlobMatcher, String> {
    let glob = GlobBuilder::new(pattern).literal_separator(true).build();
    glob.map(|glob| glob.compile_matcher()).map_err(|error| format!("the pattern cannot be read: {error}"))
}

fn glob(pattern: &str) -> Texts {
    let tidy = pattern.strip_prefix("./").unwrap_or(pattern);
    let matcher = match matcher(tidy) {
        Ok(matcher) => matcher,
        Err(message) => return one(Err(message), pattern, false),
    };
    // The walk begins at the part of the pattern that has no wildcard.
    let fixed: PathBuf = Path::new(tidy)
        .components()
        .take_while(|part| !is_glob(&part.as_os_str().to_string_lossy()))
        .collect();
    let root = if fixed.as_os_str().is_empty() { Path::new(".") } else { fixed.as_path() };
    walk(root, &|file| matcher.is_match(shown(file)))
}

fn walk(root: &Path, wanted: &dyn Fn(&Path) -> bool) -> Texts {
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

/// Whether the name ends in one of these.
pub(crate) fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension()
        .is_some_and(|extension| extensions.iter().any(|wanted| extension.eq_ignore_ascii_case(wanted)))
}

fn read_file(path: &Path) -> Result<String, String> {
    let metadata = fs::metadata(path).map_err(|error| error.to_string())?;
    if !metadata.is_file() {
        return Err("is neither a file nor a directory".into());
    }
    if metadata.len() > MAX_BYTES {
        return Err(too_large());
    }
    text_of(fs::read(path).map_err(|error| error.to_string())?)
}

/// A path as messages show it.
pub(crate) fn shown(path: &Path) -> String {
    let parts = path.components().filter(|part| !matches!(part, Component::CurDir));
    let shown: PathBuf = parts.collect();
    shown.to_string_lossy().replace('\\', "/")
}
