//! `git:REV:path`: a file, directory or glob of a revision of the repository around the working directory, read without
//! a git binary.
//!
//! The path begins at the root of the repository, as in git, and with `./` at the working directory. Symbolic links are
//! followed where they are named themselves, and never out of the repository.

use std::collections::VecDeque;
use std::path::Path;

use gix::objs::tree::EntryKind;
use gix::{ObjectId, Repository};

use super::file::{has_extension, is_glob, matcher};
use super::{Kind, MAX_BYTES, TextFile, Texts, Unread, one, text_of, too_large};

pub(super) const KIND: Kind =
    Kind { is: |name| name.starts_with(PREFIX), read: |name, extensions, _| read(name, extensions) };

const PREFIX: &str = "git:";
/// How many symbolic links are followed in one path.
const LINKS: usize = 40;
/// How many files and directories are looked at. The same directory can stand in a tree any number of times.
const ENTRIES: usize = 1_000_000;

fn read(name: &str, extensions: &[&str]) -> Texts {
    match Revision::open(name).and_then(|revision| revision.read(extensions)) {
        Ok(texts) => texts,
        Err(message) => one(Err(message), name, true),
    }
}

/// The repository around the working directory.
pub(crate) struct Here {
    /// The branch that a clone of it begins with, where that is known.
    pub(crate) branch: Option<String>,
    /// Whether the working directory is its root.
    pub(crate) at_root: bool,
}

/// The repository around the working directory, where there is one.
pub(crate) fn here() -> Option<Here> {
    let repository = gix::discover(".").ok()?;
    let remote = remote_of(&repository);
    let prefix = format!("refs/remotes/{remote}/");
    let head = repository.find_reference(&format!("{prefix}HEAD")).ok();
    let target = head.and_then(|head| Some(head.target().try_name()?.as_bstr().to_string()));
    let named = target.and_then(|target| target.strip_prefix(&prefix).map(str::to_owned));
    let there = |branch: &&str| {
        let places = [format!("refs/heads/{branch}"), format!("{prefix}{branch}")];
        places.iter().any(|place| repository.find_reference(place).is_ok())
    };
    let branch = named.or_else(|| ["main", "master"].into_iter().find(there).map(str::to_owned));
    let at_root =
        repository.prefix().is_ok_and(|prefix| prefix.is_none_or(|prefix| prefix.as_os_str().is_empty()));
    Some(Here { branch, at_root })
}

fn remote_of(repository: &Repository) -> String {
    repository.remote_names().into_iter().next().map_or_else(|| "origin".to_owned(), |name| name.to_string())
}

/// The tree of a revision, and where in it to look.
struct Revision {
    repository: Repository,
    tree: ObjectId,
    /// The name up to the path, for messages.
    prefix: String,
    path: String,
}

/// What a path leads to.
enum Found {
    File(ObjectId),
    Directory(ObjectId),
}

impl Revision {
    fn open(name: &str) -> Result<Self, String> {
        let (revision, path) = split(name)?;
        let repository = gix::discover(".").map_err(|error| {
            format!("no git repository is around this directory; run schemacheck inside one ({error})")
        })?;
        let branch = revision.strip_prefix("merge-base(").and_then(|rest| rest.strip_suffix(')'));
        let commit = match branch {
            Some(branch) => merge_base(&repository, branch)?,
            None => resolve(&repository, revision)?,
        };
        let object = repository.find_object(commit).map_err(|_| absent(&repository, revision))?;
        let tree = object.peel_to_tree().map_err(|_| absent(&repository, revision))?.id;
        let path = from_root(&repository, path)?;
        Ok(Revision { tree, prefix: format!("{PREFIX}{revision}:"), path, repository })
    }

    fn read(&self, extensions: &[&str]) -> Result<Texts, String> {
        match self.find(&self.path)? {
            Some(Found::File(id)) => Ok(one(self.text(id), &format!("{}{}", self.prefix, self.path), true)),
            Some(Found::Directory(id)) => {
                let wanted = |path: &str| has_extension(path.as_ref(), extensions);
                self.walk(&self.path, id, &wanted)
            }
            None if is_glob(&self.path) => {
                let matcher = matcher(&self.path)?;
                // The walk begins at the part of the pattern that has no wildcard.
                let parts = self.path.split('/').take_while(|part| !is_glob(part));
                let start = parts.collect::<Vec<_>>().join("/");
                match self.find(&start)? {
                    Some(Found::Directory(id)) => self.walk(&start, id, &|path| matcher.is_match(path)),
                    _ => Ok((Vec::new(), Vec::new())),
                }
            }
            None => Err(self.missing()),
        }
    }

    fn missing(&self) -> String {
        let from_here =
            self.repository.prefix().ok().flatten().map(|prefix| prefix.to_string_lossy().into_owned());
        let here = from_here.filter(|prefix| {
            !prefix.is_empty()
                && self.find(&format!("{prefix}/{}", self.path)).is_ok_and(|found| found.is_some())
        });
        match here {
            Some(_) => format!(
                "the revision has no {0} at its root; from this directory it is {1}./{0}",
                self.path, self.prefix
            ),
            None => format!("the revision has no {}; paths begin at the root of the repository", self.path),
        }
    }

    /// What a path leads to; symbolic links are followed.
    fn find(&self, path: &str) -> Result<Option<Found>, String> {
        let mut ahead: VecDeque<String> = path.split('/').map(str::to_owned).collect();
        let mut behind = vec![self.tree];
        let mut links = 0;
        while let Some(part) = ahead.pop_front() {
            match part.as_str() {
                "" | "." => continue,
                ".." => {
                    behind.pop();
                    if behind.is_empty() {
                        return Err(format!("{path} leads out of the repository"));
                    }
                    continue;
                }
                _ => {}
            }
            let here = behind.last().copied().unwrap_or(self.tree);
            let Some((kind, id)) = self.entry(here, &part)? else { return Ok(None) };
            match kind {
                EntryKind::Tree => behind.push(id),
                EntryKind::Blob | EntryKind::BlobExecutable => {
                    return Ok(ahead.iter().all(String::is_empty).then_some(Found::File(id)));
                }
                EntryKind::Link => {
                    links += 1;
                    if links > LINKS {
                        return Err(format!(
                            "{path} follows more than {LINKS} symbolic links; does one lead to itself?"
                        ));
                    }
                    let target = self.text(id)?;
                    if target.starts_with('/') {
                        return Err(format!("{path} is a symbolic link that leads out of the repository"));
                    }
                    for part in target.split('/').rev() {
                        ahead.push_front(part.to_owned());
                    }
                }
                EntryKind::Commit => {
                    return Err(format!(
                        "{part} is a submodule; run schemacheck inside it, or name a checked out file"
                    ));
                }
            }
        }
        Ok(behind.last().copied().map(Found::Directory))
    }

    fn entry(&self, tree: ObjectId, name: &str) -> Result<Option<(EntryKind, ObjectId)>, String> {
        let tree = self.object(tree)?.try_into_tree().map_err(|error| error.to_string())?;
        let entry = tree.find_entry(name);
        Ok(entry.map(|entry| (entry.kind(), entry.object_id())))
    }

    fn object(&self, id: ObjectId) -> Result<gix::Object<'_>, String> {
        self.repository.find_object(id).map_err(|_| {
            let path = &self.path;
            let revision = self.prefix.trim_start_matches(PREFIX);
            format!(
                "the clone does not hold all of it, as a partial one; fetch it: git show {revision}{path}"
            )
        })
    }

    fn text(&self, id: ObjectId) -> Result<String, String> {
        let header = self.repository.find_header(id);
        if header.is_ok_and(|header| header.size() > MAX_BYTES) {
            return Err(too_large());
        }
        text_of(self.object(id)?.detach().data)
    }

    /// The files below a directory that are wanted, in the order of their names. Links in it are not followed.
    fn walk(&self, start: &str, tree: ObjectId, wanted: &dyn Fn(&str) -> bool) -> Result<Texts, String> {
        let (mut files, mut unread) = (Vec::new(), Vec::new());
        let mut ahead = vec![(start.trim_matches('/').to_owned(), tree)];
        let mut entries = 0;
        while let Some((folder, id)) = ahead.pop() {
            let tree = self.object(id)?.try_into_tree().map_err(|error| error.to_string())?;
            for entry in tree.iter() {
                entries += 1;
                if entries > ENTRIES {
                    return Err(format!(
                        "has more than {ENTRIES} files and directories; name a smaller part"
                    ));
                }
                let entry = entry.map_err(|error| error.to_string())?;
                let name = entry.filename().to_string();
                let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
                match entry.kind() {
                    EntryKind::Tree => ahead.push((path, entry.object_id())),
                    EntryKind::Blob | EntryKind::BlobExecutable if wanted(&path) => {
                        let name = format!("{}{path}", self.prefix);
                        match self.text(entry.object_id()) {
                            Ok(text) => files.push(TextFile { name, text, explicit: false, remote: false }),
                            Err(message) => unread.push(Unread { name, message }),
                        }
                    }
                    _ => {}
                }
            }
        }
        files.sort_by(|one, other| one.name.cmp(&other.name));
        unread.sort_by(|one, other| one.name.cmp(&other.name));
        Ok((files, unread))
    }
}

/// Revision and path. The first colon divides them; a revision has none of its own outside brackets.
fn split(name: &str) -> Result<(&str, &str), String> {
    let rest = name.strip_prefix(PREFIX).unwrap_or(name);
    let mut depth = 0_i32;
    let colon = rest.char_indices().find(|&(_, char)| {
        match char {
            '(' | '{' => depth += 1,
            ')' | '}' => depth -= 1,
            _ => {}
        }
        char == ':' && depth == 0
    });
    let (revision, path) = colon.map_or((rest, ""), |(at, _)| (&rest[..at], &rest[at + 1..]));
    if revision.is_empty() || path.is_empty() {
        let example = "git:main:schema.graphql or git:merge-base(main):schema.graphql";
        return Err(format!("a revision and a path are needed, such as {example}"));
    }
    Ok((revision, path))
}

/// The path from the root of the repository.
fn from_root(repository: &Repository, path: &str) -> Result<String, String> {
    let relative = path == "." || path == ".." || path.starts_with("./") || path.starts_with("../");
    let mut parts: Vec<String> = Vec::new();
    if relative {
        let prefix = repository.prefix().map_err(|error| error.to_string())?.unwrap_or(Path::new(""));
        parts.extend(prefix.components().map(|part| part.as_os_str().to_string_lossy().into_owned()));
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.pop().is_none() => return Err(format!("{path} leads out of the repository")),
            ".." => {}
            part => parts.push(part.to_owned()),
        }
    }
    Ok(parts.join("/"))
}

/// The object of a revision. A branch that only the remote has, as after a checkout in CI, is taken from there.
fn resolve(repository: &Repository, revision: &str) -> Result<ObjectId, String> {
    let remote = format!("{}/{revision}", remote_of(repository));
    let found =
        repository.rev_parse_single(revision).or_else(|_| repository.rev_parse_single(remote.as_str()));
    found.map(gix::Id::detach).map_err(|_| absent(repository, revision))
}

/// The best common ancestor of `HEAD` and a branch.
fn merge_base(repository: &Repository, branch: &str) -> Result<ObjectId, String> {
    let commit = |revision: &str| {
        let object = repository.find_object(resolve(repository, revision)?);
        let commit = object.ok().and_then(|object| object.peel_to_commit().ok());
        commit.map(|commit| commit.id).ok_or_else(|| absent(repository, revision))
    };
    let (head, other) = (commit("HEAD")?, commit(branch)?);
    let base = repository.merge_base(head, other).ok().flatten().map(gix::Id::detach);
    // Of a shallow clone the history is cut off. A common ancestor that is found is the best one only where nothing
    // between it and both tips is cut off.
    let shallow = repository.shallow_commits().map_err(|error| error.to_string())?;
    let cut = match (&shallow, base) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(shallow), Some(base)) => repository
            .rev_walk([head, other])
            .with_hidden([base])
            .all()
            .map_err(|error| error.to_string())?
            .any(|commit| commit.map_or(true, |commit| shallow.contains(&commit.id))),
    };
    if cut {
        let fetch = format!("git fetch --no-tags --unshallow {}", fetched(repository, branch));
        return Err(format!(
            "the clone is shallow and its history does not reach the merge base; run: {fetch}"
        ));
    }
    base.ok_or_else(|| format!("HEAD and {branch} have no common history"))
}

/// Why a revision is not there, with the command that brings it.
fn absent(repository: &Repository, revision: &str) -> String {
    let base = revision.split(['~', '^', '@']).next().filter(|base| !base.is_empty()).unwrap_or("HEAD");
    let shallow = repository.is_shallow().unwrap_or_default();
    let (state, flag) = match (shallow, base == revision) {
        (true, true) => ("this shallow clone", "--depth=1 "),
        (true, false) => ("this shallow clone", "--unshallow "),
        (false, _) => ("this clone", ""),
    };
    let what = if base == "HEAD" { remote_of(repository) } else { fetched(repository, base) };
    format!("{state} has no revision {revision}; if it exists, run: git fetch --no-tags {flag}{what}")
}

/// Remote and refspec that bring a revision.
fn fetched(repository: &Repository, revision: &str) -> String {
    let remote = remote_of(repository);
    let name = revision.strip_prefix(&format!("{remote}/")).unwrap_or(revision);
    let is_hash = name.len() >= 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    let tag = name.strip_prefix("refs/tags/").or_else(|| {
        let digits = name.strip_prefix('v').unwrap_or(name);
        digits.starts_with(|char: char| char.is_ascii_digit()).then_some(name)
    });
    match tag {
        _ if is_hash => format!("{remote} {name}"),
        Some(tag) => format!("{remote} tag {tag}"),
        None => {
            let branch = name.strip_prefix("refs/heads/").unwrap_or(name);
            format!("{remote} +refs/heads/{branch}:refs/remotes/{remote}/{branch}")
        }
    }
}
