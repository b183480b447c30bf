//! Documents inside JSON, with the place of each character.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{Found, Unreadable};

/// Whether a text is JSON rather than GraphQL: an object whose first key is quoted, or a list.
pub(super) fn looks_like_json(text: &str) -> bool {
    let text = body(text).trim_start();
    match text.strip_prefix('{') {
        Some(rest) => rest.trim_start().starts_with(['"', '}']),
        None => text.starts_with('['),
    }
}

/// Whether a text inside JSON can be a document: many other files hold texts with braces.
pub(super) fn looks_like_document(text: &str) -> bool {
    let text = text.trim();
    let keyword = ["query", "mutation", "subscription", "fragment", "{", "#", "\""];
    keyword.iter().any(|keyword| text.starts_with(keyword)) && text.contains('{') && text.ends_with('}')
}

/// Reads JSON; a byte order mark is no part of it.
pub(super) fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Unreadable> {
    serde_json::from_str(body(text)).map_err(|error| unreadable(text, body(text), &error))
}

/// Reads a value inside of `text`.
pub(super) fn parse_within<'a, T: Deserialize<'a>>(text: &str, raw: &'a RawValue) -> Result<T, Unreadable> {
    serde_json::from_str(raw.get()).map_err(|error| unreadable(text, raw.get(), &error))
}

fn body(text: &str) -> &str {
    text.trim_start_matches('\u{FEFF}')
}

/// The values of an object in the order of the file.
pub(super) struct Values<'a>(pub(super) Vec<&'a RawValue>);

impl<'de> Deserialize<'de> for Values<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut values = Vec::new();
        each_entry(deserializer, |_, value| {
            values.push(value);
            true
        })?;
        Ok(Values(values))
    }
}

/// The first entry of an object: what tells the format of a file, also where the file is damaged further down.
pub(super) fn first_entry(text: &str) -> Option<(Cow<'_, str>, &RawValue)> {
    let first = Cell::new(None);
    let mut deserializer = serde_json::Deserializer::from_str(body(text));
    // The rest is not read, which the deserializer takes for an error.
    let _ = each_entry(&mut deserializer, |key, value| {
        first.set(Some((key, value)));
        false
    });
    first.into_inner()
}

/// Calls `entry` for each entry of an object, until it says no.
fn each_entry<'de, D: Deserializer<'de>>(
    deserializer: D,
    entry: impl FnMut(Cow<'de, str>, &'de RawValue) -> bool,
) -> Result<(), D::Error> {
    struct Entries<F>(F);
    impl<'de, F: FnMut(Cow<'de, str>, &'de RawValue) -> bool> Visitor<'de> for Entries<F> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
            while let Some((key, value)) = map.next_entry()? {
                if !(self.0)(key, value) {
                    return Err(A::Error::custom("the rest is not read"));
                }
            }
            Ok(())
        }
    }
    deserializer.deserialize_map(Entries(entry))
}

/// The text in a JSON string, where it is one.
pub(super) fn string(raw: &RawValue) -> Option<Cow<'_, str>> {
    serde_json::from_str(raw.get()).ok()
}

/// The document in a JSON string of `text`.
pub(super) fn document(text: &str, raw: &RawValue) -> Result<Found, Unreadable> {
    let offset = offset_in(text, raw.get());
    let decoded = serde_json::from_str::<String>(raw.get()).map_err(|_| Unreadable {
        message: "expected a text that holds a GraphQL document".into(),
        offset,
    })?;
    let mut map = vec![(0, offset as u32 + 1)];
    map.extend(breaks(raw.get()).map(|(local, at)| (local as u32, (offset + at) as u32)));
    Ok(Found { text: decoded, map: Some(map), ..Found::default() })
}

/// How far into `text` a part of it begins. The part borrows the text, so the distance of both is its offset.
pub(super) fn offset_in(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

/// Behind every escape sequence of a JSON string: the offset in the decoded text and in the literal, which begins with
/// its quote. In between both advance alike.
pub(super) fn breaks(literal: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let bytes = literal.as_bytes();
    let (mut at, mut local) = (1, 0);
    std::iter::from_fn(move || {
        let escape = at + memchr::memchr(b'\\', bytes.get(at..)?)?;
        local += escape - at;
        let (length, width) = match bytes.get(escape + 1)? {
            b'u' => {
                let unit =
                    |at: usize| literal.get(at + 2..at + 6).and_then(|hex| u32::from_str_radix(hex, 16).ok());
                match unit(escape) {
                    Some(0xD800..0xDC00) => (12, 4),
                    Some(unit) => (6, char::from_u32(unit).map_or(3, char::len_utf8)),
                    None => (2, 1),
                }
            }
            _ => (2, 1),
        };
        at = escape + length;
        local += width;
        Some((local, at))
    })
}

/// An error of the JSON reader on `part` with its offset in `text`.
fn unreadable(text: &str, part: &str, error: &serde_json::Error) -> Unreadable {
    let line_start =
        part.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
    let offset = (line_start + error.column().saturating_sub(1)).min(part.len());
    Unreadable { message: message(error), offset: offset_in(text, part) + offset }
}

/// What is wrong, without the place.
pub(super) fn message(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or(&message).to_owned()
}

/// Whether the `format` of an object is this one. It comes first in what programs write.
pub(super) fn has_format(text: &str, format: &str) -> bool {
    #[derive(serde::Deserialize)]
    struct Head<'a> {
        #[serde(borrow)]
        format: Option<Cow<'a, str>>,
    }
    if !looks_like_json(text) {
        return false;
    }
    match first_entry(text) {
        Some((key, value)) if key == "format" => string(value).is_some_and(|found| found == format),
        _ => parse::<Head<'_>>(text).is_ok_and(|head| head.format.is_some_and(|found| found == format)),
    }
}
