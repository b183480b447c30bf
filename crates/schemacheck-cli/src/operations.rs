//! Stored operations: from the patterns of the command line to documents, each text once.
//!
//! One pattern is one project: its documents share their fragments. What manifests and logs hold is complete and stands
//! apart.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use globset::GlobMatcher;
use schemacheck::fragments::{Completed, complete};
use schemacheck::operation::{Client, StoredDocument, Traffic};
use schemacheck::report::{Place, Report, SkippedFile, UnresolvedPlace, sha256};
use schemacheck_extract::log::{self, LogLimits, LogReader};
use schemacheck_extract::{
    ClientRef, CodeFile, CodeOptions, Embedded, Extracted, Found, Imported, Language, Recorded, Unreadable,
    Unresolved, manifest,
};
use schemacheck_graphql::diagnostic::Diagnostic;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::source::{HOLE, Hole, RecordedPlace, SourceError, SourceId, Sources};

use crate::args::{OperationArgs, ReadingArgs};
use crate::client_path::client_of;
use crate::config::Config;
use crate::imports::{CodeImport, MAX_IMPORTED, Project};
use crate::registry::{self, Registered};
use crate::source::file::{self, FoundFile, Matches, Walk};
use crate::source::{self, Unread};

/// In a directory, the files beside code that may hold operations.
const EXTENSIONS: &[&str] = &["graphql", "gql", "json", "ndjson", "jsonl"];

/// How files end that are documents.
const DOCUMENT_ENDINGS: &[&str] = &[".graphql", ".gql"];

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
    /// Places in code that build a text which could not be read.
    unresolved: Vec<UnresolvedPlace>,
    /// How much may be unknown.
    max_holes: Option<usize>,
    /// Whether no operations at all are an answer.
    pub(crate) allow_empty: bool,
}

impl Operations {
    /// Tells in the report what was passed over and what could not be read, and ends the run as an error where that is too
    /// much.
    pub(crate) fn tell_unknown(&self, report: &mut Report) {
        report.set_unresolved(self.unresolved.iter().cloned());
        if let Some(most) = self.max_holes {
            report.limit_holes(most);
        }
        let file =
            |skipped: &Unread| SkippedFile { file: skipped.name.clone(), reason: skipped.message.clone() };
        report.add_skipped(self.skipped.iter().map(file));
    }
}

/// Reads all operations that the command line names, else those of the configuration; nothing where none are asked for.
pub(crate) fn read(
    args: &OperationArgs,
    config: &Config,
    registry: &str,
    sources: &mut Sources,
) -> Option<Operations> {
    let patterns = either(&args.operations, &config.operations);
    (!patterns.is_empty()).then(|| read_patterns(patterns, &args.reading, config, registry, sources))
}

/// Reads the operations that these patterns mean. A pattern that begins with `!` takes out what it matches.
pub(crate) fn read_patterns(
    patterns: &[String],
    args: &ReadingArgs,
    config: &Config,
    registry: &str,
    sources: &mut Sources,
) -> Operations {
    let allow_empty = args.allow_empty;
    let max_holes = args.max_holes.or(config.max_holes);
    let mut operations = Operations { max_holes, allow_empty, ..Operations::default() };
    let (taken_out, unread) = source::taken_out(patterns);
    operations.unread.extend(unread);
    let (by_text, seen, code, sent) = (BTreeMap::new(), BTreeSet::new(), Vec::new(), BTreeSet::new());
    let mut reading = Reading { args, config, taken_out, sources, operations, by_text, seen, code, sent };
    let mut found: Vec<Pattern<'_>> = Vec::with_capacity(patterns.len());
    for pattern in patterns.iter().filter(|pattern| !pattern.starts_with('!')) {
        let Some(spec) = pattern.strip_prefix(registry::PREFIX) else {
            let number = found.len();
            found.push(reading.pattern(pattern, number));
            continue;
        };
        match registry::operations(spec, registry) {
            Ok(documents) => {
                reading.operations.add_registered(documents, &mut reading.by_text, reading.sources);
            }
            Err(unread) => reading.operations.unread.push(unread),
        }
    }
    reading.code(&mut found);
    for pattern in found {
        reading.complete(pattern);
    }
    reading.operations
}

struct Reading<'r> {
    args: &'r ReadingArgs,
    config: &'r Config,
    /// What was taken out of the patterns.
    taken_out: Vec<GlobMatcher>,
    sources: &'r mut Sources,
    operations: Operations,
    /// The document of each text with the expressions in its holes, by its hash.
    by_text: BTreeMap<String, usize>,
    /// The files that were read.
    seen: BTreeSet<String>,
    /// The files of code, which are read together: what a file builds may stand in another.
    code: Vec<Code>,
    /// The texts in code, by their hashes, with the places where they begin.
    sent: BTreeSet<(u32, String)>,
}

/// A pattern of the command line, which is a project, and what was found so far.
struct Pattern<'p> {
    text: &'p str,
    found_any: bool,
    project: Project,
    documents: Vec<FoundDocument>,
}

/// A file of code, until all of them are read.
struct Code {
    name: String,
    text: String,
    language: &'static Language,
    /// The numbers of its pattern and of the file in it.
    pattern: usize,
    file: usize,
}

/// A document of a pattern.
struct FoundDocument {
    /// The number of its file.
    file: usize,
    source: SourceId,
    clients: Vec<Client>,
    traffic: Option<Traffic>,
    /// Its number in the project, unless it is complete.
    in_project: Option<usize>,
}

/// What became of a file.
enum Content {
    Operations,
    /// It is code, and not looked into yet.
    Code(String, &'static Language),
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
    fn pattern<'p>(&mut self, text: &'p str, number: usize) -> Pattern<'p> {
        let extensions: Vec<&str> =
            EXTENSIONS.iter().copied().chain(schemacheck_extract::code_extensions()).collect();
        let Matches { mut files, unread, skipped } = file::find(text, &extensions, Walk::AsGit);
        files.retain(|file| !self.taken_out.iter().any(|matcher| matcher.is_match(&file.name)));
        let found_any = !unread.is_empty();
        self.operations.unread.extend(unread);
        self.operations.skipped.extend(skipped);
        let mut pattern = Pattern { text, found_any, project: Project::new(text), documents: Vec::new() };
        for (at, file) in files.into_iter().enumerate() {
            if !self.seen.insert(file.name.clone()) {
                pattern.found_any = true;
                continue;
            }
            self.take(file, at, number, &mut pattern);
        }
        pattern
    }

    /// Reads a file of a pattern; `at` is its number in it.
    fn take(&mut self, file: FoundFile, at: usize, number: usize, pattern: &mut Pattern<'_>) {
        let begun = pattern.documents.len();
        match self.file(&file, pattern) {
            Ok(Content::Operations) => pattern.found_any = true,
            Ok(Content::Code(text, language)) => {
                self.code.push(Code { name: file.name, text, language, pattern: number, file: at });
            }
            Ok(Content::Other(why)) if file.explicit => {
                pattern.found_any = true;
                self.unread(&file, None, why);
            }
            Ok(Content::Other(message)) => {
                self.operations.skipped.push(Unread { name: file.name, message });
            }
            Err(Failure { line, message }) => {
                pattern.found_any = true;
                self.unread(&file, line, message);
            }
        }
        for document in &mut pattern.documents[begun..] {
            document.file = at;
        }
    }

    /// Reads all code.
    fn code(&mut self, patterns: &mut [Pattern<'_>]) {
        let code = std::mem::take(&mut self.code);
        let mut options = CodeOptions::default();
        let ReadingArgs { tag, selection_builder, .. } = self.args;
        options.tags.extend_from_slice(either(tag, &self.config.tags));
        options.selections.extend_from_slice(either(selection_builder, &self.config.selection_builders));
        let files: Vec<CodeFile<'_>> = code
            .iter()
            .map(|code| CodeFile { path: &code.name, text: &code.text, language: code.language })
            .collect();
        let mut extracted = schemacheck_extract::extract(&files, &options);
        let mut texts: BTreeMap<usize, SourceId> = BTreeMap::new();
        for document in std::mem::take(&mut extracted.documents) {
            let Code { name, pattern, .. } = &code[document.file];
            if let Err(error) = self.embedded(&code, &extracted, document, &mut texts, patterns) {
                self.operations.unread.push(Unread { name: name.clone(), message: error.to_string() });
                return;
            }
            patterns[*pattern].found_any = true;
        }
        let unread = self.imports(&code, &extracted.imports, patterns);
        for Unresolved { file, at, text, reason } in extracted.unresolved.into_iter().chain(unread) {
            let Code { name, pattern, .. } = &code[file];
            patterns[*pattern].found_any = true;
            let place = match self.text_of(&code, file, &mut texts) {
                Ok(id) => self.sources.locate(self.sources.get(id).base() + at).into(),
                Err(_) => Place { file: name.clone(), line: 1, column: 1, excerpt: None },
            };
            self.operations.unresolved.push(UnresolvedPlace { place, text, reason });
        }
    }

    /// Reads the documents that code imports and that are not read yet; gives the places that lead to none.
    fn imports(
        &mut self,
        code: &[Code],
        imports: &[Imported],
        patterns: &mut [Pattern<'_>],
    ) -> Vec<Unresolved> {
        let mut unresolved = Vec::new();
        if imports.is_empty() {
            return unresolved;
        }
        let is_document = |name: &&String| DOCUMENT_ENDINGS.iter().any(|ending| name.ends_with(ending));
        let documents: BTreeSet<String> = self.seen.iter().filter(is_document).cloned().collect();
        let mut known: BTreeSet<PathBuf> =
            documents.iter().filter_map(|name| fs::canonicalize(name).ok()).collect();
        let mut count = 0;
        for Imported { file, at, text, module, base } in imports {
            let Code { name, pattern: number, file: place, .. } = &code[*file];
            let pattern = &mut patterns[*number];
            let found = pattern.project.code_import(Path::new(name), module, *base, &documents);
            pattern.found_any |= !matches!(found, Ok(CodeImport::Code));
            let reason = match found {
                Ok(CodeImport::Read | CodeImport::Code) => continue,
                Ok(CodeImport::Document(real, shown)) => {
                    let file = FoundFile::at(&shown);
                    if self.taken_out.iter().any(|matcher| matcher.is_match(&file.name))
                        || !known.insert(real)
                    {
                        continue;
                    }
                    count += 1;
                    if count <= MAX_IMPORTED {
                        self.seen.insert(file.name.clone());
                        self.take(file, *place, *number, pattern);
                        continue;
                    }
                    format!("more than {MAX_IMPORTED} files are imported; name their directory as a source")
                }
                Err(why) => why,
            };
            unresolved.push(Unresolved { file: *file, at: *at, text: text.clone(), reason });
        }
        unresolved
    }

    fn text_of(
        &mut self,
        code: &[Code],
        index: usize,
        texts: &mut BTreeMap<usize, SourceId>,
    ) -> Result<SourceId, SourceError> {
        if let Some(&id) = texts.get(&index) {
            return Ok(id);
        }
        let id = self.sources.add(&code[index].name, code[index].text.as_str())?;
        texts.insert(index, id);
        Ok(id)
    }

    fn embedded(
        &mut self,
        code: &[Code],
        extracted: &Extracted,
        document: Embedded,
        texts: &mut BTreeMap<usize, SourceId>,
        patterns: &mut [Pattern<'_>],
    ) -> Result<(), SourceError> {
        let Embedded { file, found, .. } = document;
        let Found { text, map, client, holes, traffic } = found;
        let mut places = Vec::new();
        for (at, offset) in map.unwrap_or_default() {
            let (of, local) = extracted.locate(offset);
            let id = self.text_of(code, of, texts)?;
            places.push((at, self.sources.get(id).base() + local));
        }
        // A text that is sent from several places is stored once.
        let here = places.first().map_or(0, |&(_, place)| place);
        if !self.sent.insert((here, sha256([text.as_str()]))) {
            return Ok(());
        }
        let parent = self.text_of(code, file, texts)?;
        let source = self.sources.add_assembled(parent, text, places, holes)?;
        let Code { name, pattern, file, .. } = &code[file];
        let clients = self.clients(name, client.into_iter().collect());
        let Pattern { project, documents, .. } = &mut patterns[*pattern];
        let (traffic, in_project) = (traffic.map(into_traffic), Some(project.add(source, None)));
        documents.push(FoundDocument { file: *file, source, clients, traffic, in_project });
        Ok(())
    }

    fn unread(&mut self, file: &FoundFile, line: Option<u64>, message: String) {
        let name = line.map_or_else(|| file.name.clone(), |line| format!("{}:{line}", file.name));
        self.operations.unread.push(Unread { name, message });
    }

    fn file(&mut self, file: &FoundFile, pattern: &mut Pattern<'_>) -> Result<Content, Failure> {
        let mut reader = file.open()?;
        let mut head = Vec::new();
        (&mut reader).take(HEAD).read_to_end(&mut head).map_err(|error| error.to_string())?;
        if log::is_log(&head) {
            self.log(file, &head, &mut *reader, pattern)?;
            return Ok(Content::Operations);
        }
        let text = file::read_text(&mut *reader, head)?;
        let damaged = |kind: &str, error: Unreadable| {
            let line = text[..error.offset.min(text.len())].matches('\n').count() as u64 + 1;
            Failure { line: Some(line), message: format!("is a damaged {kind}: {}", error.message) }
        };
        if manifest::is_manifest(&text) {
            let recorded = manifest::read(&text).map_err(|error| damaged("manifest of operations", error))?;
            self.recorded(file, recorded, pattern)?;
        } else if log::is_entry(&text) {
            let mut log = LogReader::new(&file.name, LogLimits::default());
            log.push_entry(&text);
            self.logged(file, log, pattern)?;
        } else {
            let Some(format) = schemacheck_extract::detect(&file.name, &text) else {
                let json = serde_json::from_str::<serde::de::IgnoredAny>(&text);
                return Ok(Content::Other(match json {
                    Err(error) => format!("is no document that schemacheck knows and no valid JSON: {error}"),
                    Ok(_) => "is no document, manifest or log that schemacheck knows".to_owned(),
                }));
            };
            let (read, sent) = match format.read {
                schemacheck_extract::Read::Code(language) => return Ok(Content::Code(text, language)),
                schemacheck_extract::Read::Documents(read) => (read, false),
                schemacheck_extract::Read::Sent(read) => (read, true),
            };
            let found = read(&text).map_err(|error| damaged(format.name, error))?;
            self.found(file, text, found, sent, pattern)?;
        }
        Ok(Content::Operations)
    }

    /// Reads a log to its end, one piece after the other.
    fn log(
        &mut self,
        file: &FoundFile,
        head: &[u8],
        rest: &mut dyn std::io::Read,
        pattern: &mut Pattern<'_>,
    ) -> Result<(), Failure> {
        let mut log = LogReader::new(&file.name, LogLimits::default());
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
        self.logged(file, log, pattern)?;
        failed.map_or(Ok(()), |message| Err(message.into()))
    }

    fn logged(&mut self, file: &FoundFile, log: LogReader, pattern: &mut Pattern<'_>) -> Result<(), Failure> {
        let log = log.finish();
        for (line, message) in log.errors {
            self.unread(file, Some(line), message);
        }
        if log.more_errors > 0 {
            self.unread(file, None, format!("{} more lines are damaged", log.more_errors));
        }
        self.recorded(file, log.documents, pattern)
    }

    fn recorded(
        &mut self,
        file: &FoundFile,
        documents: Vec<Recorded>,
        pattern: &mut Pattern<'_>,
    ) -> Result<(), Failure> {
        for Recorded { text, places, clients, holes, traffic } in documents {
            let source = self.sources.add_recorded(text, places, holes)?;
            let (clients, traffic) = (self.clients(&file.name, clients), traffic.map(into_traffic));
            pattern.documents.push(FoundDocument { file: 0, source, clients, traffic, in_project: None });
        }
        Ok(())
    }

    fn found(
        &mut self,
        file: &FoundFile,
        text: String,
        found: Vec<Found>,
        sent: bool,
        pattern: &mut Pattern<'_>,
    ) -> Result<(), Failure> {
        let mut parent: Option<SourceId> = None;
        let mut file_text = Some(text);
        for Found { text, map, client, holes, traffic } in found {
            // The document is the file, or stands in it.
            let source = match map {
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
            let in_project = (!sent).then(|| pattern.project.add(source, file.path()));
            pattern.documents.push(FoundDocument { file: 0, source, clients, traffic, in_project });
        }
        Ok(())
    }

    /// Takes what was found, each document of the project with the fragments that it uses.
    fn complete(&mut self, pattern: Pattern<'_>) {
        let Pattern { text: pattern, found_any, mut project, mut documents } = pattern;
        if !found_any && !self.args.allow_empty {
            let message = "holds no operations; name a file, a directory or a glob that does (in a directory, what git \
                           ignores is passed over), or allow it with --allow-empty";
            self.operations.unread.push(Unread { name: pattern.to_owned(), message: message.to_owned() });
        }
        // Code was read after all else; what was found comes in the order of the files.
        documents.sort_by_key(|document| document.file);
        self.operations.unread.extend(project.import(self.sources));
        let mut completed = match complete(self.sources, &project.documents, Limits::default()) {
            Ok(completed) => completed,
            Err(message) => {
                self.operations.unread.push(Unread { name: pattern.to_owned(), message });
                Vec::new()
            }
        };
        for FoundDocument { source, clients, traffic, in_project, .. } in documents {
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
        let patterns = either(&self.args.client_path, &self.config.client_paths);
        let by_path = || patterns.iter().find_map(|pattern| client_of(file, pattern));
        self.args.client.clone().or_else(by_path).into_iter().collect()
    }

    fn add(
        &mut self,
        id: SourceId,
        clients: Vec<Client>,
        traffic: Option<Traffic>,
        problems: Vec<Diagnostic>,
    ) {
        let Reading { operations, by_text, sources, .. } = self;
        operations.add(by_text, sources, id, clients, traffic, problems);
    }
}

/// What the command line names, else what the configuration does.
fn either<'l>(named: &'l [String], configured: &'l [String]) -> &'l [String] {
    if named.is_empty() { configured } else { named }
}

fn into_traffic(told: schemacheck_extract::Traffic) -> Traffic {
    let schemacheck_extract::Traffic { count, first_seen, last_seen } = told;
    Traffic { count, first_seen, last_seen }
}

impl Operations {
    /// The documents of published clients.
    pub(crate) fn of_clients(documents: Vec<Registered>, sources: &mut Sources) -> Self {
        let mut operations = Operations::default();
        operations.add_registered(documents, &mut BTreeMap::new(), sources);
        operations
    }

    /// A text that stands in several places is one document with all who send it.
    fn add(
        &mut self,
        by_text: &mut BTreeMap<String, usize>,
        sources: &Sources,
        id: SourceId,
        clients: impl IntoIterator<Item = Client>,
        traffic: Option<Traffic>,
        problems: Vec<Diagnostic>,
    ) {
        let next = self.documents.len();
        // What cannot be told in one project may be clear in another.
        let at = if problems.is_empty() {
            let source = sources.get(id);
            let holes = source.holes().iter().flat_map(|hole| ["\0", &hole.text]);
            *by_text.entry(sha256([source.text()].into_iter().chain(holes))).or_insert(next)
        } else {
            next
        };
        if at == next {
            self.documents.push(StoredDocument { problems, ..StoredDocument::new(id) });
        } else {
            self.documents[at].duplicates.push(id);
        }
        let document = &mut self.documents[at];
        document.clients.extend(clients);
        match (&mut document.traffic, traffic) {
            (Some(known), Some(more)) => known.add(more),
            (known @ None, more) => *known = more,
            (Some(_), None) => {}
        }
    }

    fn add_registered(
        &mut self,
        documents: Vec<Registered>,
        by_text: &mut BTreeMap<String, usize>,
        sources: &mut Sources,
    ) {
        for Registered { name, text, clients } in documents {
            // What was a hole when the client was published is one still; the expression stayed with the client.
            let holes: Vec<Hole> = text
                .match_indices(HOLE)
                .map(|(at, _)| Hole { at: at as u32, text: "…".to_owned() })
                .collect();
            let added = if holes.is_empty() {
                sources.add_kept(name.as_str(), text.as_str())
            } else {
                let place = RecordedPlace { at: 0, file: name.clone(), line: 1, column: 1 };
                sources.add_recorded(text.as_str(), vec![place], holes)
            };
            match added {
                Ok(id) => self.add(by_text, sources, id, clients, None, Vec::new()),
                Err(error) => return self.unread.push(Unread { name, message: error.to_string() }),
            }
        }
    }

    /// Places in code of which nothing could be read.
    pub(crate) fn unresolved(&self) -> &[UnresolvedPlace] {
        &self.unresolved
    }
}
