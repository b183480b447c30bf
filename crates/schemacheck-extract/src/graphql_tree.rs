//! Documents as trees in JSON, as graphql-js keeps them: `{"kind": "Document", "definitions": […]}`, one or several of them.

use serde::de::IgnoredAny;

use super::code::tree::{JsonTree, in_json};
use super::{Format, Found, Read, Unreadable, json};

pub(super) static FORMAT: Format =
    Format { name: "GraphQL document as a tree", detect, read: Read::Documents(read) };

/// Somewhere in it is such a tree. Where the JSON is damaged, its beginning tells.
fn detect(_: &str, text: &str) -> bool {
    let holds = |what: &str| memchr::memmem::find(text.as_bytes(), what.as_bytes()).is_some();
    if !json::looks_like_json(text) || !holds("\"Document\"") {
        return false;
    }
    if json::parse::<IgnoredAny>(text).is_ok() {
        return !in_json(text).is_empty();
    }
    json::first_entry(text).is_some_and(|(key, value)| {
        key == "kind" && json::string(value).is_some_and(|kind| kind == "Document")
    })
}

fn read(text: &str) -> Result<Vec<Found>, Unreadable> {
    json::parse::<IgnoredAny>(text)?;
    let trees = in_json(text).into_iter().map(|JsonTree { text, at, .. }| match text {
        Ok(text) => Ok(Found { text: text.text, map: Some(text.map), ..Found::default() }),
        Err(reason) => Err(Unreadable { message: reason.to_owned(), offset: at as usize }),
    });
    trees.collect()
}
