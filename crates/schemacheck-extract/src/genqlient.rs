//! What genqlient (Go) writes with `export_operations`: a list of operations with their queries.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Format, Found, Read, Unreadable, json};

pub(super) static FORMAT: Format = Format { name: "genqlient operations", detect, read: Read::Sent(read) };

#[derive(Deserialize)]
struct Export<'a> {
    #[serde(borrow)]
    operations: Vec<Operation<'a>>,
}

#[derive(Deserialize)]
struct Operation<'a> {
    #[serde(borrow)]
    query: &'a RawValue,
}

/// A list `operations` of which the first has a `query`.
fn detect(_: &str, text: &str) -> bool {
    #[derive(Deserialize)]
    struct Likely<'a> {
        #[serde(borrow)]
        operations: Vec<&'a RawValue>,
    }
    json::looks_like_json(text)
        && json::parse::<Likely<'_>>(text).is_ok_and(|export| {
            let first = export.operations.first();
            first.is_some_and(|first| serde_json::from_str::<Operation<'_>>(first.get()).is_ok())
        })
}

fn read(text: &str) -> Result<Vec<Found>, Unreadable> {
    let export: Export<'_> = json::parse(text)?;
    export.operations.into_iter().map(|operation| json::document(text, operation.query)).collect()
}
