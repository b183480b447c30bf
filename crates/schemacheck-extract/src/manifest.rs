//! The manifest of schemacheck itself: what `operations extract` writes and the registry stores.
//!
//! One JSON object with the operations that were found, each with its whole document, all who send it and where it came
//! from. Equal operations give equal bytes. Reading it gives the same documents, clients and places.

use std::collections::BTreeMap;
use std::fmt::Write;

use schemacheck_graphql::source::{HOLE, Hole, RecordedPlace};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{ClientRef, Recorded, Traffic, Unreadable, json};

/// What the object says of itself.
pub const FORMAT: &str = "schemacheck-operations";

/// The version of the form.
pub const VERSION: u32 = 1;

/// The whole manifest.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    format: String,
    version: u32,
    operations: Vec<ManifestOperation>,
}

/// One operation in one place.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ManifestOperation {
    /// Its name; nothing for an anonymous one.
    pub name: Option<String>,
    /// query, mutation or subscription; nothing where the document is no GraphQL.
    pub kind: Option<String>,
    /// The document that it stands in, with all fragments that it needs.
    pub document: String,
    /// Over the document, in hexadecimal.
    pub sha256: String,
    /// Where the operation begins.
    pub origin: ManifestPlace,
    /// Where the parts of the document stand. Left out where the document begins at the origin and runs on from there,
    /// line by line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<ManifestPart>,
    /// Who sends it, sorted.
    pub clients: Vec<ClientRef>,
    /// How often it is sent, where a log tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traffic: Option<Traffic>,
    /// The parts that only the running client knows, in the order of the document, in which U+FDD0 stands for each.
    pub holes: Vec<String>,
}

/// A place in a file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestPlace {
    /// The file.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in UTF-16 code units.
    pub column: u32,
}

/// Where the part of a document from one offset on stands.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestPart {
    /// Offset in the document, in bytes of UTF-8.
    pub at: u32,
    /// The file; that of the part before where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// From 1.
    pub line: u32,
    /// From 1, in UTF-16 code units.
    pub column: u32,
}

/// An operation of a document, for [`operation`].
#[derive(Clone, Debug)]
pub struct Named<'n> {
    /// Its name; nothing for an anonymous one.
    pub name: Option<&'n str>,
    /// query, mutation or subscription; nothing where the document is no GraphQL.
    pub kind: Option<&'n str>,
    /// Where it begins.
    pub origin: ManifestPlace,
}

/// The entry of one operation of a document.
pub fn operation(document: &Recorded, named: Named<'_>) -> ManifestOperation {
    let Named { name, kind, origin } = named;
    let runs_on = matches!(&document.places[..], [place]
        if (place.line, place.column) == (origin.line, origin.column) && place.file == origin.file);
    let mut file = None;
    let parts = document.places.iter().filter(|_| !runs_on).map(|place| {
        let named = file.replace(&place.file) != Some(&place.file);
        let (at, line, column) = (place.at, place.line, place.column);
        ManifestPart { at, file: named.then(|| place.file.clone()), line, column }
    });
    let parts = parts.collect();
    let mut clients = document.clients.clone();
    clients.sort();
    clients.dedup();
    ManifestOperation {
        name: name.map(str::to_owned),
        kind: kind.map(str::to_owned),
        document: document.text.clone(),
        sha256: sha256(&document.text),
        origin,
        parts,
        clients,
        traffic: document.traffic.clone(),
        holes: document.holes.iter().map(|hole| hole.text.clone()).collect(),
    }
}

/// The manifest of these operations, in the order of their places.
pub fn write(mut operations: Vec<ManifestOperation>) -> String {
    operations.sort_by(|one, other| one.origin.cmp(&other.origin).then_with(|| one.cmp(other)));
    operations.dedup();
    let manifest = Manifest { format: FORMAT.into(), version: VERSION, operations };
    // Plain data has nothing that JSON cannot say.
    let mut text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
    text.push('\n');
    text
}

/// Whether a file is such a manifest.
pub fn is_manifest(text: &str) -> bool {
    json::has_format(text, FORMAT)
}

/// The documents of a manifest, each with all places of its operations.
pub fn read(text: &str) -> Result<Vec<Recorded>, Unreadable> {
    #[derive(Deserialize)]
    struct Head {
        version: u32,
    }
    let wrong = |message: String| Unreadable { message, offset: 0 };
    let Head { version } = json::parse(text)?;
    if version != VERSION {
        return Err(wrong(format!(
            "has version {version} of its form; this program reads version {VERSION}"
        )));
    }
    let manifest: Manifest = json::parse(text)?;
    // Operations of one document in one place have the same text and the same places.
    let mut known: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut documents: Vec<Recorded> = Vec::new();
    for operation in manifest.operations {
        let name = operation.name.as_deref().unwrap_or("an anonymous operation").to_owned();
        if sha256(&operation.document) != operation.sha256 {
            return Err(wrong(format!("the document of {name} is not the one that its sha256 is of")));
        }
        let places = places(&operation)
            .ok_or_else(|| wrong(format!("the parts of {name} do not begin at 0 or are out of order")))?;
        let at = operation.document.match_indices(HOLE).map(|(at, _)| at as u32);
        let holes: Vec<Hole> =
            at.zip(&operation.holes).map(|(at, text)| Hole { at, text: text.clone() }).collect();
        if holes.len() != operation.holes.len() || holes.len() != operation.document.matches(HOLE).count() {
            return Err(wrong(format!("the document of {name} has other holes than the list of them")));
        }
        let mut key = String::new();
        for place in &places {
            let _ = writeln!(key, "{} {} {} {}", place.at, place.line, place.column, place.file);
        }
        let ManifestOperation { document: text, clients, traffic, .. } = operation;
        let at = *known.entry((text.clone(), key)).or_insert_with(|| {
            documents.push(Recorded { text, places, clients: Vec::new(), holes, traffic });
            documents.len() - 1
        });
        documents[at].clients.extend(clients);
    }
    for document in &mut documents {
        document.clients.sort();
        document.clients.dedup();
    }
    Ok(documents)
}

fn places(operation: &ManifestOperation) -> Option<Vec<RecordedPlace>> {
    let ManifestPlace { file, line, column } = operation.origin.clone();
    if operation.parts.is_empty() {
        return Some(vec![RecordedPlace { at: 0, file, line, column }]);
    }
    let mut places: Vec<RecordedPlace> = Vec::with_capacity(operation.parts.len());
    for part in &operation.parts {
        let ManifestPart { at, file, line, column } = part.clone();
        let last = places.last();
        let in_order = last.map_or(at == 0, |last| last.at < at) && line > 0 && column > 0;
        let file = file.or_else(|| last.map(|last| last.file.clone()));
        places.push(RecordedPlace { at, file: file.filter(|_| in_order)?, line, column });
    }
    Some(places)
}

fn sha256(text: &str) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
