//! Bytes in, operations out: finds GraphQL documents in the files that clients keep them in.
//!
//! A format is one file and one line in [`FORMATS`]; it is recognised from the content, never asked for. This crate
//! does no I/O and judges nothing: its neighbour `schemacheck` holds what it finds against schemas.

mod apollo_manifest;
mod apollo_operation_output;
mod astro;
mod code;
mod csharp;
mod genqlient;
mod go;
mod graphql_document;
mod graphql_tree;
mod java;
mod javascript;
mod json;
mod kotlin;
pub mod log;
pub mod manifest;
mod operation_map;
mod php;
mod python;
mod ruby;
mod rust;
mod svelte;
mod swift;
mod vue;

pub use code::project::{CodeFile, CodeOptions, Embedded, Extracted, Imported, Unresolved, extract};
pub use code::{Base, Language};
pub use schemacheck_graphql::source::{HOLE, Hole};

use schemacheck_graphql::source::RecordedPlace;
use serde::{Deserialize, Serialize};

/// A document that was found in a file.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Found {
    /// Its text.
    pub text: String,
    /// Where it stands in the file: pairs (offset in the document, offset in the file), ascending, the first at 0.
    /// Nothing where the file is the document.
    pub map: Option<Vec<(u32, u32)>>,
    /// The client that the file names for it.
    pub client: Option<ClientRef>,
    /// The parts of the text that are not known, in its order.
    pub holes: Vec<Hole>,
    /// How often it is sent, where the file tells.
    pub traffic: Option<Traffic>,
}

/// A document that a log or a manifest of schemacheck tells of: once, with all who send it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recorded {
    /// Its text.
    pub text: String,
    /// Where its parts stand: ascending, the first at 0.
    pub places: Vec<RecordedPlace>,
    /// Who sends it, sorted.
    pub clients: Vec<ClientRef>,
    /// The parts of the text that are not known, in its order.
    pub holes: Vec<Hole>,
    /// How often it is sent, where that is told.
    pub traffic: Option<Traffic>,
}

/// A client as a file names it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientRef {
    /// Its name.
    pub name: String,
    /// Its version, where the file tells.
    pub version: Option<String>,
}

/// How often a document is sent.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Traffic {
    /// Requests.
    pub count: u64,
    /// The time of the first of them (RFC 3339, UTC), where it is told.
    pub first_seen: Option<String>,
    /// The time of the last of them.
    pub last_seen: Option<String>,
}

/// Why a file cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unreadable {
    /// What is wrong, in one line.
    pub message: String,
    /// Offset in the file.
    pub offset: usize,
}

/// One kind of file.
#[derive(Debug)]
pub struct Format {
    /// What people call it.
    pub name: &'static str,
    /// Whether a file looks like it, by its path and its text.
    pub detect: fn(&str, &str) -> bool,
    /// How it is read.
    pub read: Read,
}

/// How a format is read.
#[derive(Clone, Copy, Debug)]
pub enum Read {
    /// Each file by itself: its documents, which share their fragments with others.
    Documents(fn(&str) -> Result<Vec<Found>, Unreadable>),
    /// Each file by itself: documents as clients send them. They are complete, and no other document uses their fragments.
    Sent(fn(&str) -> Result<Vec<Found>, Unreadable>),
    /// Code, all files of it together, by [`extract`].
    Code(&'static Language),
}

/// All formats; the first that recognises a file reads it.
pub static FORMATS: &[&Format] = &[
    &javascript::FORMAT,
    &javascript::TYPESCRIPT,
    &vue::FORMAT,
    &svelte::FORMAT,
    &astro::FORMAT,
    &python::FORMAT,
    &go::FORMAT,
    &rust::FORMAT,
    &kotlin::FORMAT,
    &swift::FORMAT,
    &ruby::FORMAT,
    &java::FORMAT,
    &csharp::FORMAT,
    &php::FORMAT,
    &apollo_manifest::FORMAT,
    &apollo_operation_output::FORMAT,
    &genqlient::FORMAT,
    &operation_map::FORMAT,
    &graphql_tree::FORMAT,
    &graphql_document::FORMAT,
];

/// How files of code end.
pub fn code_extensions() -> impl Iterator<Item = &'static str> {
    FORMATS
        .iter()
        .flat_map(|format| match format.read {
            Read::Code(language) => language.extensions,
            Read::Documents(_) | Read::Sent(_) => &[],
        })
        .copied()
}

/// The format of a file; nothing where it is none that holds operations. The content tells, and for code the path.
pub fn detect(path: &str, text: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| (format.detect)(path, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Found> {
        let format = detect("", text).unwrap();
        let (Read::Documents(read) | Read::Sent(read)) = format.read else {
            panic!("{} is code", format.name)
        };
        read(text).unwrap()
    }

    #[test]
    fn formats_are_told_by_content() {
        let cases = [
            ("{ a }", "GraphQL document"),
            ("# c\nquery A { a }", "GraphQL document"),
            (r#"{"0af1": "{ a }"}"#, "map of operations"),
            ("\u{FEFF}{\"0af1\": \"query A { a }\"}", "map of operations"),
            // Recognised, so that the damage is told.
            (r#"{"0af1": "{ a }", "0af2": "#, "map of operations"),
            (r#"{"0af1": {"name": "A", "source": "query A { a }"}}"#, "Apollo operation output"),
            (
                r#"{"operations": [{"operationName": "A", "query": "query A { a }", "sourceLocation": "a.go"}]}"#,
                "genqlient operations",
            ),
            (
                r#"{"format": "apollo-persisted-query-manifest", "version": 1, "operations": []}"#,
                "Apollo persisted query manifest",
            ),
            (
                r#"[{"kind": "Document", "definitions": [{"kind": "FragmentDefinition"}]}]"#,
                "GraphQL document as a tree",
            ),
            (r#"{"kind": "Document", "definitions": [{"#, "GraphQL document as a tree"),
        ];
        for (text, name) in cases {
            assert_eq!(detect("", text).map(|format| format.name), Some(name), "{text}");
        }
        assert!(detect("", r#"{"name": "app", "version": 3}"#).is_none());
        assert!(detect("", "[1, 2]").is_none());
        assert!(detect("", r#"{"kind": "Document", "definitions": {"a": 1}, "pages": 3}"#).is_none());
        assert!(
            detect("", r#"{"kind": "Document", "definitions": [{"kind": "ScalarTypeDefinition"}]}"#)
                .is_none()
        );
        assert!(detect("", r#"{"greeting": "Hello {name}", "bye": "{name}"}"#).is_none());
        assert!(detect("", r#"{"a": {"name": "x", "source": "x.js"}}"#).is_none());
    }

    #[test]
    fn an_apollo_manifest_gives_bodies_with_their_places_and_clients() {
        let text = r#"{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [
            {"id": "1", "name": "A", "type": "query", "body": "query A {\n  a\n}", "clientName": "web"}]}"#;
        let found = read(text);
        assert_eq!(found[0].text, "query A {\n  a\n}");
        assert_eq!(found[0].client.as_ref().map(|client| client.name.as_str()), Some("web"));
        let map = found[0].map.as_ref().unwrap();
        let (local, parent) = map[0];
        assert_eq!((local, &text[parent as usize..parent as usize + 7]), (0, "query A"));
        // Behind the escape, the document's `  a` stands where the manifest's does.
        let (local, parent) = map[1];
        assert_eq!(&found[0].text[local as usize..local as usize + 3], "  a");
        assert_eq!(&text[parent as usize..parent as usize + 3], "  a");
    }

    #[test]
    fn what_is_no_document_is_refused_with_its_place() {
        let text = r#"{"format": "apollo-persisted-query-manifest", "operations": [{"name": "A"}]}"#;
        let (Read::Documents(read) | Read::Sent(read)) = detect("", text).unwrap().read else {
            panic!("no code")
        };
        let error = read(text).unwrap_err();
        assert!(error.message.contains("body"), "{}", error.message);
    }
}
