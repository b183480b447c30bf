//! C#: strings, verbatim, interpolated and raw ones.

use crate::code::Language;
use crate::code::tokens::{Close, Escape, Interpolation, Kind, Quote, Strip, behind_line_end};
use crate::{Format, Read};

pub(super) static FORMAT: Format =
    Format { name: "C#", detect: |path, _| LANGUAGE.owns(path), read: Read::Code(&LANGUAGE) };

static LANGUAGE: Language = Language { extensions: &["cs", "razor", "cshtml"], string, ..Language::BASE };

fn string(text: &str, at: usize, _: Option<Kind>) -> Option<Quote<'_>> {
    let bytes = text.as_bytes();
    if bytes[at] == b'\'' {
        return Some(Quote::plain(at + 1, b'\''));
    }
    let prefix = bytes[at..].iter().take(8).take_while(|byte| matches!(byte, b'$' | b'@')).count();
    let letters = &bytes[at..at + prefix];
    let open = at + prefix;
    let quotes = bytes[open..].iter().take(255).take_while(|&&byte| byte == b'"').count();
    if quotes == 0 {
        return None;
    }
    let dollars = memchr::memchr_iter(b'$', letters).count() as u8;
    let verbatim = letters.contains(&b'@');
    let interpolation = if dollars > 0 { Interpolation::Braces(dollars) } else { Interpolation::None };
    if quotes >= 3 && !verbatim {
        let body = behind_line_end(text, open + quotes);
        let close = Close::Quotes { quote: b'"', count: quotes as u8, hashes: 0 };
        let raw = Quote { close, escape: Escape::No, interpolation, ..Quote::block(body, b'"', 3) };
        return Some(Quote { strip: Strip::Closing, ..raw });
    }
    if verbatim {
        return Some(Quote { escape: Escape::Doubled, interpolation, ..Quote::block(open + 1, b'"', 1) });
    }
    Some(Quote { interpolation, ..Quote::plain(open + 1, b'"') })
}
