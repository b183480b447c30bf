//! Files, directories and globs: which files a pattern on the command line means, and what is in them.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};

use globset::{GlobBuilder, GlobMatcher};
use ignore::WalkBuilder;

use super::{Kind, MAX_BYTES, TextFile, Texts, Unread, text_of};
use crate::compression::decompressed;

/// Whatever is nothing else.
pub(super) const KIND: Kind = Kind { is: |_| true, read: |name, extensions, _| read(name, extensions) };

/// A file that a pattern means.
#[derive(Debug)]
pub(crate) struct FoundFile {
    /// As messages show it: relative as it was given, with forward slashes.
    pub(crate) name: String,
    /// Nothing for standard input.
    path: Option<PathBuf>,
    /// Whether the command line names the file itself, not a directory or glob that it lies in.
    pub(crate) explicit: bool,
}

/// What a pattern means.
#[derive(Debug, Default)]
pub(crate) struct Matches {
    /// In the order of their names.
    pub(crate) files: Vec<FoundFile>,
    pub(crate) unread: Vec<Unread>,
    /// What lies in a directory and is not read, and why.
    pub(crate) skipped: Vec<Unread>,
}

/// How a directory is walked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Walk {
    /// Every file.
    Whole,
    /// As git does: without what `.gitignore` names, and without dependencies.
    AsGit,
}

const GITIGNORE: &str = ".gitignore";

/// In a directory that is walked as git does, these folders hold what others wrote.
const FOREIGN: [&str; 2] = [".git", "node_modules"];

/// Reads what a pattern means as texts. Files come in the order of their names.
pub(crate) fn read(pattern: &str, extensions: &[&str]) -> Texts {
    let Matches { files, mut unread, .. } = find(pattern, extensions, Walk::Whole);
    let mut texts = Vec::with_capacity(files.len());
    for file in files {
        match file.open().and_then(|mut reader| read_text(&mut *reader, Vec::new())) {
            Ok(text) => {
                texts.push(TextFile { name: file.name, text, explicit: file.explicit, remote: false });
            }
            Err(message) => unread.push(Unread { name: file.name, message }),
        }
    }
    (texts, unread)
}

/// Finds what a pattern means: standard input for `-`, a file, the files of a directory with one of the extensions
/// (that of a compressed file stands before `.gz` or `.zst`), or the files that a glob matches.
pub(crate) fn find(pattern: &str, extensions: &[&str], walk: Walk) -> Matches {
    if pattern == "-" {
        let file = FoundFile { name: "standard input".into(), path: None, explicit: true };
        return Matches { files: vec![file], ..Matches::default() };
    }
    let path = Path::new(pattern);
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => {
            walk_through(path, walk, &|file| has_extension(file, extensions))
        }
        Ok(_) => {
            let file = FoundFile { name: shown(path), path: Some(path.to_owned()), explicit: true };
            Matches { files: vec![file], ..Matches::default() }
        }
        Err(_) if is_glob(pattern) => glob(pattern, walk),
        Err(error) => failed(shown(path), error.to_string()),
    }
}

fn failed(name: String, message: String) -> Matches {
    Matches { unread: vec![Unread { name, message }], ..Matches::default() }
}

impl FoundFile {
    /// A file that another one names.
    pub(crate) fn at(path: &Path) -> Self {
        FoundFile { name: shown(path), path: Some(path.to_owned()), explicit: true }
    }

    /// The bytes of the file, decompressed.
    pub(crate) fn open(&self) -> Result<Box<dyn Read>, String> {
        let Some(path) = &self.path else { return text_error(decompressed(io::stdin())) };
        // A pipe or a device could make the run wait for ever.
        if !text_error(fs::metadata(path))?.is_file() {
            return Err("is neither a file nor a directory".into());
        }
        text_error(File::open(path).and_then(decompressed))
    }

    /// Where the file lies; nothing for standard input.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }
}

fn text_error<T>(result: io::Result<T>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}

/// Reads a whole file of which the beginning was read before.
pub(crate) fn read_text(reader: &mut dyn Read, mut begun: Vec<u8>) -> Result<String, String> {
    let left = (MAX_BYTES + 1).saturating_sub(begun.len() as u64);
    text_error(reader.take(left).read_to_end(&mut begun))?;
    text_of(begun)
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

fn glob(pattern: &str, walk: Walk) -> Matches {
    let tidy = pattern.strip_prefix("./").unwrap_or(pattern);
    let matcher = match matcher(tidy) {
        Ok(matcher) => matcher,
        Err(message) => return failed(pattern.to_owned(), message),
    };
    // The walk begins at the part of the pattern that has no wildcard.
    let fixed: PathBuf = Path::new(tidy)
        .components()
        .take_while(|part| !is_glob(&part.as_os_str().to_string_lossy()))
        .collect();
    let root = if fixed.as_os_str().is_empty() { Path::new(".") } else { fixed.as_path() };
    walk_through(root, walk, &|file| matcher.is_match(shown(file)))
}

fn walk_through(root: &Path, walk: Walk, wanted: &dyn Fn(&Path) -> bool) -> Matches {
    let mut found = Matches::default();
    let as_git = walk == Walk::AsGit;
    let blocked = Arc::new(Mutex::new(Vec::new()));
    if as_git {
        let whole = fs::canonicalize(root).unwrap_or_default();
        if let Some(file) = whole.ancestors().find_map(blocking_gitignore) {
            return failed(shown(root), format!("its {GITIGNORE} is no file: {}", file.display()));
        }
    }
    let mut builder = WalkBuilder::new(root);
    // What one machine or one user ignores would make reports differ, so only the files of the repository count.
    builder.standard_filters(false).git_ignore(as_git).parents(as_git).sort_by_file_name(Ord::cmp);
    if as_git {
        let blocked = Arc::clone(&blocked);
        builder.filter_entry(move |entry| {
            let foreign = entry.depth() > 0 && FOREIGN.iter().any(|foreign| entry.file_name() == *foreign);
            let pipe = blocking_gitignore(entry.path()).filter(|_| !foreign);
            if let (Some(file), Ok(mut blocked)) = (&pipe, blocked.lock()) {
                let message = "is neither a file nor a directory".to_owned();
                blocked.push(Unread { name: shown(file), message });
            }
            !foreign && pipe.is_none()
        });
    }
    for entry in builder.build() {
        match entry {
            Err(error) => {
                let name = error_path(&error).map_or_else(|| shown(root), shown);
                found.unread.push(Unread { name, message: "cannot be read; check its permissions".into() });
            }
            Ok(entry) => {
                let (path, kind) = (entry.path(), entry.file_type());
                let name = shown(path);
                if kind.is_some_and(|kind| kind.is_symlink()) {
                    found.link(root, path, wanted);
                } else if kind.is_some_and(|kind| kind.is_dir()) || !wanted(path) {
                } else if kind.is_some_and(|kind| kind.is_file()) {
                    found.files.push(FoundFile { name, path: Some(path.to_owned()), explicit: false });
                } else {
                    let message = "is neither a file nor a directory".to_owned();
                    found.unread.push(Unread { name, message });
                }
            }
        }
    }
    if let Ok(mut blocked) = blocked.lock() {
        found.unread.append(&mut blocked);
    }
    found.files.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

/// What git ignores in a directory, where reading that would wait for ever.
fn blocking_gitignore(directory: &Path) -> Option<PathBuf> {
    let file = directory.join(GITIGNORE);
    let special = fs::metadata(&file).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir());
    special.then_some(file)
}

impl Matches {
    /// A link inside a directory is not followed: what it leads to is read where it lies, and what lies outside of the
    /// directory was not asked for.
    fn link(&mut self, root: &Path, path: &Path, wanted: &dyn Fn(&Path) -> bool) {
        let name = shown(path);
        match fs::canonicalize(path) {
            Err(_) if wanted(path) => {
                let message = "is a link that leads nowhere".to_owned();
                self.unread.push(Unread { name, message });
            }
            Err(_) => {}
            Ok(target) => {
                let inside = fs::canonicalize(root).is_ok_and(|root| target.starts_with(root));
                if !inside && (target.is_dir() || wanted(path)) {
                    let message =
                        format!("is a link out of {}; name what it leads to as a source", shown(root));
                    self.skipped.push(Unread { name, message });
                }
            }
        }
    }
}

fn error_path(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => error_path(err),
        _ => None,
    }
}

/// Whether the name ends in one of these, before that of a compression.
pub(crate) fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let is = |path: &Path, wanted: &[&str]| {
        path.extension()
            .is_some_and(|extension| wanted.iter().any(|wanted| extension.eq_ignore_ascii_case(wanted)))
    };
    is(path, extensions)
        || is(path, &["gz", "zst"]) && path.file_stem().is_some_and(|stem| is(Path::new(stem), extensions))
}

/// A path as messages show it.
pub(crate) fn shown(path: &Path) -> String {
    let parts = path.components().filter(|part| !matches!(part, Component::CurDir));
    let shown: PathBuf = parts.collect();
    let shown = shown.to_string_lossy().replace('\\', "/");
    if shown.is_empty() { ".".to_owned() } else { shown }
}
