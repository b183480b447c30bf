//! A map from id to document: Relay's `persistConfig.file`, graphql-codegen's persisted documents, Hive's app
//! deployments.

use super::{Format, Found, Read, Unreadable, json};

pub(super) static FORMAT: Format = Format { name: "map of operations", detect, read: Read::Sent(read) };

/// A map of which the first value is a text that looks like a document.
fn detect(_: &str, text: &str) -> bool {
    json::looks_like_json(text)
        && json::first_entry(text)
            .and_then(|(_, first)| json::string(first))
            .is_some_and(|document| json::looks_like_document(&document))
}

fn read(text: &str) -> Result<Vec<Found>, Unreadable> {
    let entries: json::Values<'_> = json::parse(text)?;
    entries.0.into_iter().map(|raw| json::document(text, raw)).collect()
}
