//! Stored operations: from the patterns of the command line to documents, each text once.

use std::collections::{BTreeMap, BTreeSet};

use schemacheck::operation::{Client, StoredDocument};
use schemacheck::report::{Place, Report, UnresolvedPlace};
use schemacheck_extract::{
    CodeFile, CodeOptions, Embedded, Extracted, Found, Hole, Language, Read, Unreadable,
};
use schemacheck_graphql::source::{self, Origin, SourceError, SourceId, Sources};

use crate::args::OperationArgs;
use crate::client_path::client_of;
use crate::files::{self, TextFile, Unread};

/// In a directory, the files beside code that may hold operations.
const EXTENSIONS: &[&str] = &["graphql", "gql", "json"];

// What stands for a hole is the same where it is made and where it is read.
const _: () = assert!(schemacheck_extract::HOLE as u32 == source::HOLE as u32);

/// The operations of a run.
#[derive(Debug, Default)]
pub(crate) struct Operations {
    pub(crate) documents: Vec<StoredDocument>,
    pub(crate) unread: Vec<Unread>,
    /// Places in code that build a text which could not be read.
    unresolved: Vec<UnresolvedPlace>,
    /// How much may be unknown.
    max_holes: Option<usize>,
    /// Whether no operations at all are an answer.
    pub(crate) allow_empty: bool,
}

impl Operations {
    /// Tells what could not be read, and ends the run as an error where that is too much.
    pub(crate) fn tell_unknown(&self, report: &mut Report) {
        report.set_unresolved(self.unresolved.iter().cloned());
        if let Some(most) = self.max_holes {
            report.limit_holes(most);
        }
    }
}

/// A pattern of the command line and what became of it.
struct Pattern<'a> {
    text: &'a str,
    found_any: bool,
    failed: bool,
}

/// A file of code, until all of them are read.
struct Code {
    file: TextFile,
    language: &'static Language,
    pattern: usize,
}

/// Reads all operations; nothing where none are asked for.
pub(crate) fn read(args: &OperationArgs, sources: &mut Sources) -> Option<Operations> {
    (!args.operations.is_empty()).then(|| read_patterns(&args.operations, args, sources))
}

/// Reads the operations that these patterns mean.
pub(crate) fn read_patterns(patterns: &[String], args: &OperationArgs, sources: &mut Sources) -> Operations {
    let operations =
        Operations { allow_empty: args.allow_empty, max_holes: args.max_holes, ..Operations::default() };
    let mut reader = Reader { args, sources, operations, by_text: BTreeMap::new(), seen: BTreeSet::new() };
    let extensions: Vec<&str> =
        EXTENSIONS.iter().copied().chain(schemacheck_extract::code_extensions()).collect();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut read: Vec<Pattern<'_>> = Vec::new();
    let mut code: Vec<Code> = Vec::new();
    for text in patterns {
        let (files, unread) = files::read(text, &extensions);
        let mut pattern = Pattern { text, found_any: false, failed: !unread.is_empty() };
        reader.operations.unread.extend(unread);
        for file in files {
            let Some(format) = schemacheck_extract::detect(&file.name, &file.text) else {
                if file.explicit {
                    let message = "is no document, no code and no manifest that schemacheck knows".to_owned();
                    reader.operations.unread.push(Unread { name: file.name, message });
                    pattern.found_any = true;
                }
                continue;
            };
            let new = seen.insert(file.name.clone());
            match format.read {
                Read::Code(language) if new => code.push(Code { file, language, pattern: read.len() }),
                Read::Code(_) => {}
                Read::Documents(documents) => {
                    pattern.found_any = true;
                    if new {
                        reader.file(&file, format.name, documents);
                    }
                }
            }
        }
        read.push(pattern);
    }
    reader.code(&code, &mut read);
    for pattern in read {
        if !pattern.found_any && !pattern.failed && !args.allow_empty {
            let message = "holds no operations; name a file, a directory or a glob that does, or allow it with --allow-empty";
            let unread = Unread { name: pattern.text.to_owned(), message: message.into() };
            reader.operations.unread.push(unread);
        }
    }
    reader.operations
}

struct Reader<'r> {
    args: &'r OperationArgs,
    sources: &'r mut Sources,
    operations: Operations,
    /// The document of each text with the expressions in its holes.
    by_text: BTreeMap<(String, Vec<Hole>), usize>,
    /// The texts in code with the place where they begin.
    seen: BTreeSet<(u32, String)>,
}

impl Reader<'_> {
    /// Reads a file of documents.
    fn file(&mut self, file: &TextFile, format: &str, read: fn(&str) -> Result<Vec<Found>, Unreadable>) {
        let found = match read(&file.text) {
            Ok(found) => found,
            Err(error) => {
                let message = format!("is a damaged {format}: {}", error.message);
                let before = &file.text[..error.offset.min(file.text.len())];
                let line = before.matches('\n').count() + 1;
                self.operations.unread.push(Unread { name: format!("{}:{line}", file.name), message });
                return;
            }
        };
        let mut parent: Option<SourceId> = None;
        for mut document in found {
            let added = match document.map.take() {
                None => self.sources.add(&file.name, document.text.as_str()),
                Some(map) => parent
                    .map_or_else(|| self.sources.add(&file.name, file.text.as_str()), Ok)
                    .and_then(|id| {
                        parent = Some(id);
                        self.sources.add_embedded(document.text.as_str(), Origin { parent: id, map })
                    }),
            };
            match added {
                Ok(id) => self.store(&file.name, document, id),
                Err(error) => {
                    let message = error.to_string();
                    self.operations.unread.push(Unread { name: file.name.clone(), message });
                    return;
                }
            }
        }
    }

    /// Reads all code together: what a file builds may stand in another.
    fn code(&mut self, code: &[Code], patterns: &mut [Pattern<'_>]) {
        let mut options = CodeOptions::default();
        options.tags.extend(self.args.tag.iter().cloned());
        options.selections.extend(self.args.selection_builder.iter().cloned());
        let files: Vec<CodeFile<'_>> = code
            .iter()
            .map(|code| CodeFile { path: &code.file.name, text: &code.file.text, language: code.language })
            .collect();
        let mut extracted = schemacheck_extract::extract(&files, &options);
        let mut texts: BTreeMap<usize, SourceId> = BTreeMap::new();
        for document in std::mem::take(&mut extracted.documents) {
            patterns[code[document.file].pattern].found_any = true;
            if let Err(error) = self.embedded(code, &extracted, document, &mut texts) {
                let name = code.first().map_or_else(String::new, |code| code.file.name.clone());
                self.operations.unread.push(Unread { name, message: error.to_string() });
                return;
            }
        }
        for place in &extracted.unresolved {
            let code = &code[place.file];
            patterns[code.pattern].found_any = true;
            let (text, reason) = (place.text.clone(), place.reason.clone());
            let place = match self.text_of(&code.file, place.file, &mut texts) {
                Ok(id) => self.sources.locate(self.sources.get(id).base() + place.at).into(),
                Err(_) => Place { file: code.file.name.clone(), line: 1, column: 1 },
            };
            self.operations.unresolved.push(UnresolvedPlace { place, text, reason });
        }
    }

    fn text_of(
        &mut self,
        file: &TextFile,
        index: usize,
        texts: &mut BTreeMap<usize, SourceId>,
    ) -> Result<SourceId, SourceError> {
        if let Some(&id) = texts.get(&index) {
            return Ok(id);
        }
        let id = self.sources.add(&file.name, file.text.as_str())?;
        texts.insert(index, id);
        Ok(id)
    }

    fn embedded(
        &mut self,
        code: &[Code],
        extracted: &Extracted,
        document: Embedded,
        texts: &mut BTreeMap<usize, SourceId>,
    ) -> Result<(), SourceError> {
        let Embedded { file, mut found, .. } = document;
        let mut places = Vec::new();
        for (at, offset) in found.map.take().unwrap_or_default() {
            let (of, local) = extracted.locate(offset);
            let id = self.text_of(&code[of].file, of, texts)?;
            places.push((at, self.sources.get(id).base() + local));
        }
        // A text that is sent from several places is stored once.
        let here = places.first().map_or(0, |&(_, place)| place);
        if !self.seen.insert((here, found.text.clone())) {
            return Ok(());
        }
        let holes = found.holes.iter().map(|hole| source::Hole { at: hole.at, text: hole.text.clone() });
        let parent = self.text_of(&code[file].file, file, texts)?;
        let id = self.sources.add_assembled(parent, found.text.as_str(), places, holes.collect())?;
        self.store(&code[file].file.name, found, id);
        Ok(())
    }

    /// Keeps a document, each text once.
    fn store(&mut self, file: &str, document: Found, id: SourceId) {
        let version = self.args.client.as_ref().and_then(|client| client.version.clone());
        let client = document
            .client
            .map(|client| Client { name: client.name, version: client.version.or(version) })
            .or_else(|| client_of(file, &self.args.client_path))
            .or_else(|| self.args.client.clone());
        let documents = &mut self.operations.documents;
        let at = *self.by_text.entry((document.text, document.holes)).or_insert_with(|| {
            documents.push(StoredDocument { source: id, duplicates: Vec::new(), clients: BTreeSet::new() });
            documents.len() - 1
        });
        if documents[at].source != id {
            documents[at].duplicates.push(id);
        }
        documents[at].clients.extend(client);
    }
}
