//! Stored operations: documents of clients, each text once with all who send it.

use std::collections::BTreeSet;

use schemacheck_graphql::ast::{Definition, Document, OperationDefinition, Selection, SelectionSet};
use schemacheck_graphql::diagnostic::Diagnostic;
use schemacheck_graphql::source::{SourceId, Span};
use schemacheck_graphql::usage::fragment_named;
use serde::Serialize;

/// Who sends an operation.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
pub struct Client {
    /// The name of the client.
    pub name: String,
    /// Its version, where it is known.
    pub version: Option<String>,
}

/// A document that clients send.
#[derive(Clone, Debug)]
pub struct StoredDocument {
    /// Its text.
    pub source: SourceId,
    /// Further texts that are the same to the letter.
    pub duplicates: Vec<SourceId>,
    /// Who sends it; empty where that is not known.
    pub clients: BTreeSet<Client>,
    /// How often it is sent, where a log tells.
    pub traffic: Option<Traffic>,
    /// Why it cannot be checked, beside its own syntax.
    pub problems: Vec<Diagnostic>,
}

impl StoredDocument {
    /// A document of which nothing but its text is known.
    pub fn new(source: SourceId) -> Self {
        StoredDocument {
            source,
            duplicates: Vec::new(),
            clients: BTreeSet::new(),
            traffic: None,
            problems: Vec::new(),
        }
    }
}

/// How often a document is sent, as logs tell.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Traffic {
    /// Requests.
    pub count: u64,
    /// The first of them (RFC 3339, UTC, whole seconds), where it is told.
    pub first_seen: Option<String>,
    /// The last of them.
    pub last_seen: Option<String>,
}

impl Traffic {
    /// Adds what another log tells. Times of one form sort as texts do.
    pub fn add(&mut self, other: Traffic) {
        self.count = self.count.saturating_add(other.count);
        self.first_seen = [self.first_seen.take(), other.first_seen].into_iter().flatten().min();
        self.last_seen = [self.last_seen.take(), other.last_seen].into_iter().flatten().max();
    }
}

/// The operations of a document.
pub fn operations_of<'d>(document: &Document<'d>) -> impl Iterator<Item = &'d OperationDefinition<'d>> {
    document.definitions.iter().filter_map(|definition| match definition {
        Definition::Operation(operation) => Some(*operation),
        _ => None,
    })
}

/// The spans of an operation and of all fragments that it reaches.
pub(crate) fn parts_of<'d>(document: &Document<'d>, operation: &OperationDefinition<'d>) -> Vec<Span> {
    let mut parts = vec![operation.span];
    let mut names = Vec::new();
    spreads_in(&operation.selection_set, &mut names);
    let mut at = 0;
    while at < names.len() {
        if let Some(fragment) = fragment_named(document, names[at]) {
            parts.push(fragment.span);
            spreads_in(&fragment.selection_set, &mut names);
        }
        at += 1;
    }
    parts
}

fn spreads_in<'d>(set: &SelectionSet<'d>, names: &mut Vec<&'d str>) {
    for selection in set.selections {
        match selection {
            Selection::Field(field) => {
                if let Some(set) = &field.selection_set {
                    spreads_in(set, names);
                }
            }
            Selection::FragmentSpread(spread) => {
                if !names.contains(&spread.name.text) {
                    names.push(spread.name.text);
                }
            }
            Selection::InlineFragment(fragment) => spreads_in(&fragment.selection_set, names),
        }
    }
}
