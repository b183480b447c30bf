//! Stored operations: from the patterns of the command line to documents, each text once.

use std::collections::{BTreeMap, BTreeSet};

use schemacheck::operation::StoredDocument;
use schemacheck_graphql::source::{Origin, SourceId, Sources};

use crate::args::OperationArgs;
use crate::client_path::client_of;
use crate::registry::{self, Registered};
use crate::source::{self, Unread};

/// In a directory, the files that may hold operations.
const EXTENSIONS: &[&str] = &["graphql", "gql", "json"];

/// The operations of a run.
#[derive(Debug, Default)]
pub(crate) struct Operations {
    pub(crate) documents: Vec<StoredDocument>,
    pub(crate) unread: Vec<Unread>,
    /// Whether no operations at all are an answer.
    pub(crate) allow_empty: bool,
}

/// Reads all operations that the command line names, else those of the configuration; nothing where none are asked for.
pub(crate) fn read(
    args: &OperationArgs,
    configured: &[String],
    registry: &str,
    sources: &mut Sources,
) -> Option<Operations> {
    let patterns = if args.operations.is_empty() { configured } else { &args.operations };
    (!patterns.is_empty()).then(|| read_patterns(patterns, args, registry, sources))
}

/// Reads the operations that these patterns mean.
pub(crate) fn read_patterns(
    patterns: &[String],
    args: &OperationArgs,
    registry: &str,
    sources: &mut Sources,
) -> Operations {
    let mut operations = Operations { allow_empty: args.allow_empty, ..Operations::default() };
    let mut by_text: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let (taken_out, unread) = source::taken_out(patterns);
    operations.unread.extend(unread);
    for pattern in patterns.iter().filter(|pattern| !pattern.starts_with('!')) {
        if let Some(spec) = pattern.strip_prefix(registry::PREFIX) {
            match registry::operations(spec, registry) {
                Ok(documents) => operations.add_registered(documents, &mut by_text, sources),
                Err(unread) => operations.unread.push(unread),
            }
            continue;
        }
        let (mut files, unread) = source::file::read(pattern, EXTENSIONS);
        files.retain(|file| !taken_out.iter().any(|matcher| matcher.is_match(&file.name)));
        let failed = !unread.is_empty();
        operations.unread.extend(unread);
        let mut found_any = false;
        for file in files {
            let Some(format) = schemacheck_extract::detect(&file.text) else {
                if file.explicit {
                    let message = "is no document and no manifest that schemacheck knows".to_owned();
                    operations.unread.push(Unread { name: file.name, message });
                    found_any = true;
                }
                continue;
            };
            found_any = true;
            if !seen.insert(file.name.clone()) {
                continue;
            }
            let found = match (format.read)(&file.text) {
                Ok(found) => found,
                Err(error) => {
                    let message = format!("is a damaged {}: {}", format.name, error.message);
                    let before = &file.text[..error.offset.min(file.text.len())];
                    let line = before.matches('\n').count() + 1;
                    operations.unread.push(Unread { name: format!("{}:{line}", file.name), message });
                    continue;
                }
            };
            let path_client = client_of(&file.name, &args.client_path);
            let mut parent: Option<SourceId> = None;
            for document in found {
                let added = match document.map {
                    None => sources.add(&file.name, document.text.as_str()),
                    Some(map) => parent
                        .map_or_else(|| sources.add(&file.name, file.text.as_str()), Ok)
                        .and_then(|id| {
                            parent = Some(id);
                            sources.add_embedded(document.text.as_str(), Origin { parent: id, map })
                        }),
                };
                let id = match added {
                    Ok(id) => id,
                    Err(error) => {
                        operations
                            .unread
                            .push(Unread { name: file.name.clone(), message: error.to_string() });
                        break;
                    }
                };
                let version = args.client.as_ref().and_then(|client| client.version.clone());
                let client = document
                    .client
                    .map(|name| schemacheck::operation::Client { name, version })
                    .or_else(|| path_client.clone())
                    .or_else(|| args.client.clone());
                let documents = &mut operations.documents;
                let at = *by_text.entry(document.text).or_insert_with(|| {
                    documents.push(StoredDocument {
                        source: id,
                        duplicates: Vec::new(),
                        clients: BTreeSet::new(),
                    });
                    documents.len() - 1
                });
                if documents[at].source != id {
                    documents[at].duplicates.push(id);
                }
                documents[at].clients.extend(client);
            }
        }
        if !found_any && !failed && !args.allow_empty {
            let message = "holds no operations; name a file, a directory or a glob that does, or allow it with --allow-empty";
            operations.unread.push(Unread { name: pattern.clone(), message: message.into() });
        }
    }
    operations
}

impl Operations {
    /// The documents of published clients.
    pub(crate) fn of_clients(documents: Vec<Registered>, sources: &mut Sources) -> Self {
        let mut operations = Operations::default();
        operations.add_registered(documents, &mut BTreeMap::new(), sources);
        operations
    }

    fn add_registered(
        &mut self,
        documents: Vec<Registered>,
        by_text: &mut BTreeMap<String, usize>,
        sources: &mut Sources,
    ) {
        for Registered { name, text, clients } in documents {
            if let Some(&at) = by_text.get(&text) {
                self.documents[at].clients.extend(clients);
                continue;
            }
            match sources.add(name.as_str(), text.as_str()) {
                Ok(source) => {
                    by_text.insert(text, self.documents.len());
                    self.documents.push(StoredDocument { source, duplicates: Vec::new(), clients });
                }
                Err(error) => return self.unread.push(Unread { name, message: error.to_string() }),
            }
        }
    }
}
