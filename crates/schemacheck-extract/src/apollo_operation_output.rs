//! Apollo's older lists of operations, Kotlin's `operationOutput.json` and iOS' operation identifiers: a map from id to
//! an object with the document as `source`.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Format, Found, Read, Unreadable, json};

pub(super) static FORMAT: Format = Format { name: "Apollo operation output", detect, read: Read::Sent(read) };

#[derive(Deserialize)]
struct Operation<'a> {
    #[serde(borrow)]
    source: &'a RawValue,
}

/// A map of which the first value has a `source` that looks like a document.
fn detect(_: &str, text: &str) -> bool {
    json::looks_like_json(text)
        && json::first_entry(text)
            .and_then(|(_, first)| serde_json::from_str::<Operation<'_>>(first.get()).ok())
            .and_then(|first| json::string(first.source))
            .is_some_and(|document| json::looks_like_document(&document))
}

fn read(text: &str) -> Result<Vec<Found>, Unreadable> {
    let entries: json::Values<'_> = json::parse(text)?;
    let documents = entries.0.into_iter().map(|raw| {
        let operation: Operation<'_> = json::parse_within(text, raw)?;
        json::document(text, operation.source)
    });
    documents.collect()
}
