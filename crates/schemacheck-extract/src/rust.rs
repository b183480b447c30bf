//! Rust: string constants and literals, raw ones among them, `concat!` and `format!`; the structs that cynic makes operations
//! of; and the documents in files of their own that `include_str!` and `graphql_client` name.

pub(crate) mod cynic;
pub(crate) mod items;

use crate::code::Language;
use crate::code::tokens::{Close, Escape, Kind, Quote};
use crate::{Format, Read};

pub(super) static FORMAT: Format =
    Format { name: "Rust", detect: |path, _| LANGUAGE.owns(path), read: Read::Code(&LANGUAGE) };

static LANGUAGE: Language = Language { extensions: &["rs"], string, items: items::items, ..Language::BASE };

fn string(text: &str, at: usize, before: Option<Kind>) -> Option<Quote<'_>> {
    let bytes = text.as_bytes();
    if bytes[at] == b'"' {
        return Some(Quote::block(at + 1, b'"', 1));
    }
    // A quote begins a character or a lifetime: a character ends two or three places on.
    if bytes[at] == b'\'' {
        let escaped = bytes.get(at + 1) == Some(&b'\\');
        let width = text[at + 1..].chars().next().map_or(0, char::len_utf8);
        return (escaped || bytes.get(at + 1 + width) == Some(&b'\'')).then(|| Quote::plain(at + 1, b'\''));
    }
    if before == Some(Kind::Word) {
        return None;
    }
    let prefix = bytes[at..].iter().take(2).take_while(|byte| b"rbc".contains(byte)).count();
    let hashes = bytes[at + prefix..].iter().take(255).take_while(|&&byte| byte == b'#').count();
    let open = at + prefix + hashes;
    if prefix == 0 || bytes.get(open) != Some(&b'"') {
        return None;
    }
    if bytes[at + prefix - 1] != b'r' {
        return (hashes == 0).then(|| Quote::block(open + 1, b'"', 1));
    }
    let close = Close::Quotes { quote: b'"', count: 1, hashes: hashes as u8 };
    Some(Quote { close, escape: Escape::No, ..Quote::block(open + 1, b'"', 1) })
}
