//! Kotlin: strings and raw strings with templates.

use crate::code::Language;
use crate::code::tokens::{Escape, Interpolation, Kind, Quote};
use crate::{Format, Read};

pub(super) static FORMAT: Format =
    Format { name: "Kotlin", detect: |path, _| LANGUAGE.owns(path), read: Read::Code(&LANGUAGE) };

static LANGUAGE: Language = Language { extensions: &["kt", "kts"], string, ..Language::BASE };

fn string(text: &str, at: usize, _: Option<Kind>) -> Option<Quote<'_>> {
    let bytes = text.as_bytes();
    // Several dollars in front say how many begin a template.
    let dollars = bytes[at..].iter().take(8).take_while(|&&byte| byte == b'$').count();
    let open = at + dollars;
    match bytes.get(open)? {
        b'\'' if dollars == 0 => Some(Quote::plain(at + 1, b'\'')),
        b'"' => {
            let interpolation = Interpolation::Dollar(dollars.max(1) as u8);
            if bytes[open..].starts_with(b"\"\"\"") {
                return Some(Quote { escape: Escape::No, interpolation, ..Quote::block(open + 3, b'"', 3) });
            }
            Some(Quote { interpolation, ..Quote::plain(open + 1, b'"') })
        }
        _ => None,
    }
}
