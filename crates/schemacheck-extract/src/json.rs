//! Documents inside JSON, with the place of each character.

use serde_json::value::RawValue;

use super::{Found, Unreadable};

/// Whether a text is JSON rather than GraphQL: an object whose first key is quoted, or a list.
pub(super) fn looks_like_json(text: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    match text.strip_prefix('{') {
        Some(rest) => rest.trim_start().starts_with(['"', '}']),
        None => text.starts_with('['),
    }
}

/// The document in a JSON string of `text`.
pub(super) fn document(text: &str, raw: &RawValue) -> Result<Found, Unreadable> {
    let literal = raw.get();
    // The raw value borrows the text, so the distance of both is its offset.
    let offset = literal.as_ptr() as usize - text.as_ptr() as usize;
    let decoded = serde_json::from_str::<String>(literal).map_err(|_| Unreadable {
        message: "expected a text that holds a GraphQL document".into(),
        offset,
    })?;
    Ok(Found { text: decoded, map: Some(map(literal, offset)), ..Found::default() })
}

/// The places of a JSON string's characters: a new pair behind every escape sequence.
fn map(literal: &str, offset: usize) -> Vec<(u32, u32)> {
    let bytes = literal.as_bytes();
    let mut map = vec![(0, offset as u32 + 1)];
    let (mut at, mut local) = (1, 0);
    while at + 1 < bytes.len() {
        if bytes[at] != b'\\' {
            at += 1;
            local += 1;
            continue;
        }
        let (length, width) = match bytes[at + 1] {
            b'u' => {
                let unit =
                    |at: usize| literal.get(at + 2..at + 6).and_then(|hex| u32::from_str_radix(hex, 16).ok());
                match unit(at) {
                    Some(0xD800..0xDC00) => (12, 4),
                    Some(unit) => (6, char::from_u32(unit).map_or(3, char::len_utf8)),
                    None => (2, 1),
                }
            }
            _ => (2, 1),
        };
        at += length;
        local += width;
        map.push((local as u32, (offset + at) as u32));
    }
    map
}

/// An error of the JSON reader with its offset.
pub(super) fn unreadable(text: &str, error: &serde_json::Error) -> Unreadable {
    let line_start =
        text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
    Unreadable { message, offset: (line_start + error.column().saturating_sub(1)).min(text.len()) }
}
