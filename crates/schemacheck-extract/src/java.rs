//! Java: strings, text blocks and constants.

use crate::code::Language;
use crate::code::tokens::{Kind, Quote, Strip, behind_line_end};
use crate::{Format, Read};

pub(super) static FORMAT: Format =
    Format { name: "Java", detect: |path, _| LANGUAGE.owns(path), read: Read::Code(&LANGUAGE) };

static LANGUAGE: Language = Language { extensions: &["java", "groovy"], string, ..Language::BASE };

fn string(text: &str, at: usize, _: Option<Kind>) -> Option<Quote<'_>> {
    let bytes = text.as_bytes();
    match bytes[at] {
        b'"' if bytes[at..].starts_with(b"\"\"\"") => {
            // The text begins on the next line.
            let body = behind_line_end(text, at + 3);
            Some(Quote { strip: Strip::Least, ..Quote::block(body, b'"', 3) })
        }
        quote @ (b'"' | b'\'') => Some(Quote::plain(at + 1, quote)),
        _ => None,
    }
}
