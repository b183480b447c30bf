//! Python: `gql("…")`, f-strings, `.format`, `%`, constants, selections built from classes.

use crate::code::tokens::{Escape, Interpolation, Kind, Quote};
use crate::code::{Imports, Language};
use crate::{Format, Read};

pub(super) static FORMAT: Format = Format {
    name: "Python",
    detect: |path, text| {
        let script =
            || text.starts_with("#!") && text.lines().next().is_some_and(|line| line.contains("python"));
        LANGUAGE.owns(path) || script()
    },
    read: Read::Code(&LANGUAGE),
};

static LANGUAGE: Language = Language {
    extensions: &["py", "pyi"],
    line_comments: &["#"],
    block_comments: &[],
    string,
    newlines: true,
    adjacent: true,
    imports: Imports::Python,
    ..Language::BASE
};

/// A string begins with quotes; letters before them say how it is read.
fn string(text: &str, at: usize, before: Option<Kind>) -> Option<Quote<'_>> {
    let bytes = text.as_bytes();
    let prefix = bytes[at..].iter().take(2).take_while(|byte| b"rRbBuUfFtT".contains(byte)).count();
    let quote = *bytes.get(at + prefix).filter(|byte| matches!(byte, b'"' | b'\''))?;
    // The end of a longer word is no prefix.
    if prefix > 0 && before == Some(Kind::Word) {
        return None;
    }
    let letters = &bytes[at..at + prefix];
    let has = |letter: u8| letters.iter().any(|byte| byte.eq_ignore_ascii_case(&letter));
    let body = at + prefix;
    let three = bytes[body..].starts_with(&[quote; 3]);
    let plain = if three { Quote::block(body + 3, quote, 3) } else { Quote::plain(body + 1, quote) };
    let escape = if has(b'r') { Escape::Raw } else { Escape::Keep };
    let interpolation = if has(b'f') || has(b't') { Interpolation::Braces(1) } else { Interpolation::None };
    Some(Quote { escape, interpolation, ..plain })
}
