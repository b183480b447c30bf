//! Stored operations: from the patterns of the command line to documents, each text once.
//!
//! One pattern is one project: its documents share their fragments. What manifests and logs hold is complete and stands
//! apart.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use schemacheck::fragments::{Completed, complete};
use schemacheck::operation::{Client, StoredDocument, Traffic};
use schemacheck::report::{Report, SkippedFile, sha256};
use schemacheck_extract::log::{self, LogReader};
use schemacheck_extract::{ClientRef, Found, Recorded, Unreadable, manifest};
use schemacheck_graphql::diagnostic::Diagnostic;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::source::{SourceError, SourceId, Sources};

use crate::args::{OperationArgs, ReadingArgs};
use crate::client_path::client_of;
use crate::config;
use crate::files::{self, FoundFile, Matches, Unread, Walk};
use crate::imports::Project;

/// In a directory, the files that may hold operations.
const EXTENSIONS: &[&str] = &["graphql", "gql", "json", "ndjson", "jsonl"];

/// How much of a file is looked at to know a log.
const HEAD: u64 = 2 << 20;

/// How many bytes a log may have, after decompression.
const MAX_LOG_BYTES: u64 = 64 << 30;

/// The operations of a run.
#[derive(Debug, Default)]
pub(crate) struct Operations {
    pub(crate) documents: Vec<StoredDocument>,
    pub(crate) unread: Vec<Unread>,
    /// Files that were looked at and hold nothing, and why.
    pub(crate) skipped: Vec<Unread>,
    /// Whether no operations at all are an answer.
    pub(crate) allow_empty: bool,
}

impl Operations {
    /// Tells in the report what was passed over.
    pub(crate) fn tell_skipped(&self, report: &mut Report) {
        let file =
            |skipped: &Unread| SkippedFile { file: skipped.name.clone(), reason: skipped.message.clone() };
        report.add_skipped(self.skipped.iter().map(file));
    }
}

/// Reads all operations; nothing where none are asked for.
pub(crate) fn read(args: &OperationArgs, sources: &mut Sources) -> Option<Operations> {
    (!args.operations.is_empty()).then(|| read_patterns(&args.operations, &args.reading, sources))
}

/// Reads the operations that these patterns mean.
pub(crate) fn read_patterns(patterns: &[String], args: &ReadingArgs, sources: &mut Sources) -> Operations {
    let mut operations = Operations { allow_empty: args.allow_empty, ..Operations::default() };
    let client_paths = match &args.client_path[..] {
        [] => config::client_paths().unwrap_or_else(|error| {
            operations.unread.push(error);
            Vec::new()
        }),
        named => named.to_vec(),
    };
    let (by_text, seen) = (BTreeMap::new(), BTreeSet::new());
    let mut reading = Reading { args, client_paths, sources, operations, by_text, seen, found: Vec::new() };
    for pattern in patterns {
        reading.pattern(pattern);
    }
    reading.operations
}

struct Reading<'r> {
    args: &'r ReadingArgs,
    client_paths: Vec<String>,
    sources: &'r mut Sources,
    operations: Operations,
    /// The document of each text, by its hash.
    by_text: BTreeMap<String, usize>,
    /// The files that were read.
    seen: BTreeSet<String>,
    /// What the files of the pattern at hand hold, in their order.
    found: Vec<FoundDocument>,
}

/// A document of a pattern.
struct FoundDocument {
    source: SourceId,
    clients: Vec<Client>,
    traffic: Option<Traffic>,
    /// Its number in the project, unless it is complete.
    in_project: Option<usize>,
}

/// What became of a file.
enum Content {
    Operations,
    /// It holds no operations, and why that is thought.
    Other(String),
}

/// Why a file could not be read: the line, where it is known, and what is wrong.
struct Failure {
    line: Option<u64>,
    message: String,
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Failure { line: None, message }
    }
}

impl From<SourceError> for Failure {
    fn from(error: SourceError) -> Self {
        error.to_string().into()
    }
}

impl Reading<'_> {
    fn pattern(&mut self, pattern: &str) {
        let Matches { files, unread, skipped } = files::find(pattern, EXTENSIONS, Walk::AsGit);
        let mut found_any = !unread.is_empty();
        self.operations.unread.extend(unread);
        self.operations.skipped.extend(skipped);
        let mut project = Project::new(pattern);
        for file in files {
            if !self.seen.insert(file.name.clone()) {
                found_any = true;
                continue;
            }
            match self.file(&file, &mut project) {
                Ok(Content::Operations) => found_any = true,
                Ok(Content::Other(why)) if file.explicit => {
                    found_any = true;
                    self.unread(&file, None, why);
                }
                Ok(Content::Other(message)) => {
                    self.operations.skipped.push(Unread { name: file.name, message });
                }
                Err(Failure { line, message }) => {
                    found_any = true;
                    self.unread(&file, line, message);
                }
            }
        }
        self.operations.unread.extend(project.import(self.sources));
        self.project(pattern, &project);
        if !found_any && !self.args.allow_empty {
            let message = "holds no operations; name a file, a directory or a glob that does (in a directory, what git \
                           ignores is passed over), or allow it with --allow-empty";
            self.operations.unread.push(Unread { name: pattern.to_owned(), message: message.to_owned() });
        }
    }

    fn unread(&mut self, file: &FoundFile, line: Option<u64>, message: String) {
        let name = line.map_or_else(|| file.name.clone(), |line| format!("{}:{line}", file.name));
        self.operations.unread.push(Unread { name, message });
    }

    fn file(&mut self, file: &FoundFile, project: &mut Project) -> Result<Content, Failure> {
        let mut reader = file.open()?;
        let mut head = Vec::new();
        (&mut reader).take(HEAD).read_to_end(&mut head).map_err(|error| error.to_string())?;
        if log::is_log(&head) {
            self.log(file, &head, &mut *reader)?;
            return Ok(Content::Operations);
        }
        let text = files::read_text(&mut *reader, head)?;
        let damaged = |kind: &str, error: Unreadable| {
            let line = text[..error.offset.min(text.len())].matches('\n').count() as u64 + 1;
            Failure { line: Some(line), message: format!("is a damaged {kind}: {}", error.message) }
        };
        if manifest::is_manifest(&text) {
            let recorded = manifest::read(&text).map_err(|error| damaged("manifest of operations", error))?;
            self.recorded(file, recorded)?;
        } else if log::is_entry(&text) {
            let mut log = LogReader::new(&file.name);
            log.push_entry(&text);
            self.logged(file, log)?;
        } else {
            let Some(format) = schemacheck_extract::detect(&file.name, &text) else {
                let json = serde_json::from_str::<serde::de::IgnoredAny>(&text);
                return Ok(Content::Other(match json {
                    Err(error) => format!("is no document that schemacheck knows and no valid JSON: {error}"),
                    Ok(_) => "is no document, manifest or log that schemacheck knows".to_owned(),
                }));
            };
            let found = (format.read)(&text).map_err(|error| damaged(format.name, error))?;
            self.found(file, text, found, format.sent, project)?;
        }
        Ok(Content::Operations)
    }

    /// Reads a log to its end, one piece after the other.
    fn log(&mut self, file: &FoundFile, head: &[u8], rest: &mut dyn Read) -> Result<(), Failure> {
        let mut log = LogReader::new(&file.name);
        let mut failed = None;
        let mut buffer = vec![0; 1 << 20];
        let mut bytes = head.len() as u64;
        let mut more = log.push(head);
        while more {
            match rest.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => {
                    bytes += read as u64;
                    if bytes > MAX_LOG_BYTES {
                        failed = Some(format!("has more than {} GiB; split it", MAX_LOG_BYTES >> 30));
                        break;
                    }
                    more = log.push(&buffer[..read]);
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    failed = Some(format!("cannot be read to its end: {error}"));
                    break;
                }
            }
        }
        self.logged(file, log)?;
        failed.map_or(Ok(()), |message| Err(message.into()))
    }

    fn logged(&mut self, file: &FoundFile, log: LogReader) -> Result<(), Failure> {
        let log = log.finish();
        for (line, message) in log.errors {
            self.unread(file, Some(line), message);
        }
        if log.more_errors > 0 {
            self.unread(file, None, format!("{} more lines are damaged", log.more_errors));
        }
        self.recorded(file, log.documents)
    }

    fn recorded(&mut self, file: &FoundFile, documents: Vec<Recorded>) -> Result<(), Failure> {
        for Recorded { text, places, clients, holes, traffic } in documents {
            let id = self.sources.add_recorded(text, places, holes)?;
            let (clients, traffic) = (self.clients(&file.name, clients), traffic.map(into_traffic));
            self.found.push(FoundDocument { source: id, clients, traffic, in_project: None });
        }
        Ok(())
    }

    fn found(
        &mut self,
        file: &FoundFile,
        text: String,
        found: Vec<Found>,
        sent: bool,
        project: &mut Project,
    ) -> Result<(), Failure> {
        let mut parent: Option<SourceId> = None;
        let mut file_text = Some(text);
        for Found { text, map, client, holes, traffic } in found {
            // The document is the file, or stands in it.
            let id = match map {
                None => self.sources.add(&file.name, text)?,
                Some(map) => {
                    let whole = match parent {
                        Some(whole) => whole,
                        None => self.sources.add(&file.name, file_text.take().unwrap_or_default())?,
                    };
                    parent = Some(whole);
                    let base = self.sources.get(whole).base();
                    let places = map.into_iter().map(|(at, within)| (at, base + within)).collect();
                    self.sources.add_assembled(whole, text, places, holes)?
                }
            };
            let version = self.args.client.as_ref().and_then(|client| client.version.clone());
            let told =
                client.map(|ClientRef { name, version: own }| ClientRef { name, version: own.or(version) });
            let clients = self.clients(&file.name, told.into_iter().collect());
            let traffic = traffic.map(into_traffic);
            let in_project = (!sent).then(|| project.add(id, file));
            self.found.push(FoundDocument { source: id, clients, traffic, in_project });
        }
        Ok(())
    }

    /// Takes what was found, each document of the project with the fragments that it uses.
    fn project(&mut self, pattern: &str, project: &Project) {
        let mut completed = match complete(self.sources, &project.documents, Limits::default()) {
            Ok(completed) => completed,
            Err(message) => {
                self.operations.unread.push(Unread { name: pattern.to_owned(), message });
                Vec::new()
            }
        };
        for FoundDocument { source, clients, traffic, in_project } in std::mem::take(&mut self.found) {
            let completed = match in_project {
                None => Completed::AsItIs,
                Some(at) => match completed.get_mut(at) {
                    Some(completed) => std::mem::replace(completed, Completed::Nothing),
                    None => continue,
                },
            };
            match completed {
                Completed::AsItIs => self.add(source, clients, traffic, Vec::new()),
                Completed::Ambiguous(problems) => self.add(source, clients, traffic, problems),
                Completed::Assembled(whole) => {
                    match self.sources.add_assembled(source, whole.text, whole.places, whole.holes) {
                        Ok(source) => self.add(source, clients, traffic, Vec::new()),
                        Err(error) => {
                            let (name, message) = (pattern.to_owned(), error.to_string());
                            self.operations.unread.push(Unread { name, message });
                            return;
                        }
                    }
                }
                Completed::Fragments => {}
                Completed::Nothing => {
                    let name = self.sources.get(source).name().to_owned();
                    let message = "holds no operation and no fragment, only types".to_owned();
                    self.operations.skipped.push(Unread { name, message });
                }
            }
        }
    }

    /// Who sends a document: whom its file names, else the flag, else its path.
    fn clients(&self, file: &str, told: Vec<ClientRef>) -> Vec<Client> {
        if !told.is_empty() {
            return told.into_iter().map(|ClientRef { name, version }| Client { name, version }).collect();
        }
        let by_path = || self.client_paths.iter().find_map(|pattern| client_of(file, pattern));
        self.args.client.clone().or_else(by_path).into_iter().collect()
    }

    fn add(
        &mut self,
        id: SourceId,
        clients: Vec<Client>,
        traffic: Option<Traffic>,
        problems: Vec<Diagnostic>,
    ) {
        let documents = &mut self.operations.documents;
        let next = documents.len();
        // What cannot be told in one project may be clear in another.
        let at = if problems.is_empty() {
            *self.by_text.entry(sha256([self.sources.get(id).text()])).or_insert(next)
        } else {
            next
        };
        if at == next {
            documents.push(StoredDocument { problems, ..StoredDocument::new(id) });
        } else {
            documents[at].duplicates.push(id);
        }
        let document = &mut documents[at];
        document.clients.extend(clients);
        match (&mut document.traffic, traffic) {
            (Some(known), Some(more)) => known.add(more),
            (known @ None, more) => *known = more,
            (Some(_), None) => {}
        }
    }
}

fn into_traffic(told: schemacheck_extract::Traffic) -> Traffic {
    let schemacheck_extract::Traffic { count, first_seen, last_seen } = told;
    Traffic { count, first_seen, last_seen }
}
