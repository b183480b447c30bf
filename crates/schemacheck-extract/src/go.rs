//! Go: string constants and literals, genqlient's among them.

use crate::code::Language;
use crate::code::tokens::{Escape, Kind, Quote};
use crate::{Format, Read};

pub(super) static FORMAT: Format =
    Format { name: "Go", detect: |path, _| LANGUAGE.owns(path), read: Read::Code(&LANGUAGE) };

static LANGUAGE: Language = Language { extensions: &["go"], string, ..Language::BASE };

fn string(text: &str, at: usize, _: Option<Kind>) -> Option<Quote<'_>> {
    match text.as_bytes()[at] {
        quote @ (b'"' | b'\'') => Some(Quote::plain(at + 1, quote)),
        b'`' => Some(Quote { escape: Escape::No, ..Quote::block(at + 1, b'`', 1) }),
        _ => None,
    }
}
