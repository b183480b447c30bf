//! Swift: strings of one line and of several, with any number of `#`.

use crate::code::Language;
use crate::code::tokens::{Close, Escape, Interpolation, Kind, Quote, Strip};
use crate::{Format, Read};

pub(super) static FORMAT: Format =
    Format { name: "Swift", detect: |path, _| LANGUAGE.owns(path), read: Read::Code(&LANGUAGE) };

static LANGUAGE: Language = Language { extensions: &["swift"], string, ..Language::BASE };

fn string(text: &str, at: usize, _: Option<Kind>) -> Option<Quote<'_>> {
    let bytes = text.as_bytes();
    let count = bytes[at..].iter().take(255).take_while(|&&byte| byte == b'#').count();
    let (open, hashes) = (at + count, count as u8);
    if bytes.get(open) != Some(&b'"') {
        return None;
    }
    let escape = if hashes == 0 { Escape::Decode } else { Escape::Hashed(hashes) };
    let interpolation = Interpolation::Backslash(hashes);
    if bytes[open..].starts_with(b"\"\"\"") {
        // The text begins on the next line.
        let body = open + 3 + usize::from(bytes.get(open + 3) == Some(&b'\n'));
        let close = Close::Quotes { quote: b'"', count: 3, hashes };
        return Some(Quote {
            close,
            escape,
            interpolation,
            strip: Strip::Closing,
            ..Quote::block(body, b'"', 3)
        });
    }
    let close = Close::Quotes { quote: b'"', count: 1, hashes };
    Some(Quote { close, escape, interpolation, ..Quote::plain(open + 1, b'"') })
}
