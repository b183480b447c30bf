//! Apollo's persisted query manifest (web, Kotlin, iOS, `rover persisted-queries generate`).

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{ClientRef, Format, Found, Read, Unreadable, json};

pub(super) static FORMAT: Format =
    Format { name: "Apollo persisted query manifest", detect, read: Read::Documents(read) };

#[derive(Deserialize)]
struct Head<'a> {
    #[serde(borrow)]
    format: Option<std::borrow::Cow<'a, str>>,
}

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
    json::looks_like_json(text)
        && serde_json::from_str::<Head<'_>>(text)
            .is_ok_and(|head| head.format.is_some_and(|format| format == "apollo-persisted-query-manifest"))
}

fn read(text: &str) -> Result<Vec<Found>, Unreadable> {
    let manifest: Manifest<'_> =
        serde_json::from_str(text).map_err(|error| json::unreadable(text, &error))?;
    let documents = manifest.operations.into_iter().map(|operation| {
        let found = json::document(text, operation.body)?;
        Ok(Found { client: operation.client_name.map(|name| ClientRef { name, version: None }), ..found })
    });
    documents.collect()
}
