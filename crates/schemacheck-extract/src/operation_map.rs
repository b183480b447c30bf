//! A map from id to document: Relay's `persistConfig.file`, graphql-codegen's persisted documents, Hive's app
//! deployments.

use std::fmt;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{Format, Found, Read, Unreadable, json};

pub(super) static FORMAT: Format = Format { name: "map of operations", detect, read: Read::Documents(read) };

/// The entries in the order of the file.
struct Entries<'a>(Vec<&'a RawValue>);

impl<'de> serde::Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor;
        impl<'de> Visitor<'de> for EntriesVisitor {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map from id to document")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some((_, document)) =
                    map.next_entry::<std::borrow::Cow<'de, str>, &'de RawValue>()?
                {
                    entries.push(document);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(EntriesVisitor)
    }
}

/// A map of which the first value is a text that looks like a document.
fn detect(_: &str, text: &str) -> bool {
    let looks_like_document = |raw: &RawValue| {
        serde_json::from_str::<String>(raw.get()).is_ok_and(|document| document.contains('{'))
    };
    json::looks_like_json(text)
        && serde_json::from_str::<Entries<'_>>(text)
            .is_ok_and(|entries| entries.0.first().is_some_and(|first| looks_like_document(first)))
}

fn read(text: &str) -> Result<Vec<Found>, Unreadable> {
    let entries: Entries<'_> = serde_json::from_str(text).map_err(|error| json::unreadable(text, &error))?;
    entries.0.into_iter().map(|raw| json::document(text, raw)).collect()
}
