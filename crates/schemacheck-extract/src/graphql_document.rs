//! `.graphql` and `.gql` files: the file is the document.

use super::{Format, Found, Read, Unreadable, json};

pub(super) static FORMAT: Format = Format { name: "GraphQL document", detect, read: Read::Documents(read) };

/// Anything that is no JSON; what is no GraphQL either fails in the parser, with its place.
fn detect(_: &str, text: &str) -> bool {
    !json::looks_like_json(text)
}

#[expect(clippy::unnecessary_wraps, reason = "a format may fail")]
fn read(text: &str) -> Result<Vec<Found>, Unreadable> {
    Ok(vec![Found { text: text.to_owned(), ..Found::default() }])
}
