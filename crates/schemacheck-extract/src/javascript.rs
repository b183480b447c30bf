//! JavaScript and TypeScript: tagged templates, calls, `/* GraphQL */`, and plain strings that look like documents.

use crate::code::tokens::{Interpolation, Kind, Quote};
use crate::code::{Imports, Language};
use crate::{Format, Read};

pub(super) static FORMAT: Format =
    Format { name: "JavaScript", detect: |path, _| LANGUAGE.owns(path), read: Read::Code(&LANGUAGE) };

/// Without elements: `<T>` is a type here.
pub(super) static TYPESCRIPT: Format = Format {
    name: "TypeScript",
    detect: |path, _| TYPESCRIPT_LANGUAGE.owns(path),
    read: Read::Code(&TYPESCRIPT_LANGUAGE),
};

pub(super) static LANGUAGE: Language = Language {
    extensions: &["js", "jsx", "mjs", "cjs", "tsx", "gjs", "gts", "flow"],
    elements: true,
    ..BASE
};

static TYPESCRIPT_LANGUAGE: Language = Language { extensions: &["ts", "mts", "cts"], ..BASE };

/// What the formats of JavaScript have in common.
pub(super) const BASE: Language = Language {
    string,
    regexes: true,
    markup: true,
    dollar_words: true,
    imports: Imports::JavaScript,
    ..Language::BASE
};

fn string(text: &str, at: usize, _: Option<Kind>) -> Option<Quote<'_>> {
    match text.as_bytes()[at] {
        quote @ (b'"' | b'\'') => Some(Quote::plain(at + 1, quote)),
        b'`' => Some(Quote { interpolation: Interpolation::DollarBrace, ..Quote::block(at + 1, b'`', 1) }),
        _ => None,
    }
}

/// The insides of the elements with this name: their code.
pub(super) fn elements(text: &str, name: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let (opening, closing) = (format!("<{name}"), format!("</{name}"));
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&bytes[at..], opening.as_bytes()) {
        let tag = at + found + opening.len();
        at = tag;
        if !bytes.get(tag).is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'>') {
            continue;
        }
        let Some(end) = memchr::memchr(b'>', &bytes[tag..]) else { break };
        let start = tag + end + 1;
        let end = memchr::memmem::find(&bytes[start..], closing.as_bytes());
        let end = end.map_or(text.len(), |end| start + end);
        parts.push((start, end));
        at = end;
    }
    parts
}
