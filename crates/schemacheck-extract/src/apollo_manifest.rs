//! Apollo's persisted query manifest (web, Kotlin, iOS, `rover persisted-queries generate`).

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{ClientRef, Format, Found, Read, Unreadable, json};

pub(super) static FORMAT: Format =
    Format { name: "Apollo persisted query manifest", detect, read: Read::Sent(read) };

#[derive(Deserialize)]
struct Manifest<'a> {
    #[serde(borrow)]
    operations: Vec<Operation<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Operation<'a> {
    #[serde(borrow)]
    body: &'a RawValue,
    client_name: Option<String>,
}

fn detect(_: &str, text: &str) -> bool {
    json::has_format(text, "apollo-persisted-query-manifest")
}

fn read(text: &str) -> Result<Vec<Found>, Unreadable> {
    let manifest: Manifest<'_> = json::parse(text)?;
    let documents = manifest.operations.into_iter().map(|operation| {
        let found = json::document(text, operation.body)?;
        let client = operation.client_name.map(|name| ClientRef { name, version: None });
        Ok(Found { client, ..found })
    });
    documents.collect()
}
