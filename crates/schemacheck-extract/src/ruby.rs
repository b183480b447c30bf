//! Ruby: strings and heredocs.

use crate::code::Language;
use crate::code::tokens::{Close, Escape, Interpolation, Kind, Quote, Strip, next_line};
use crate::{Format, Read};

pub(super) static FORMAT: Format = Format {
    name: "Ruby",
    detect: |path, text| {
        let script =
            || text.starts_with("#!") && text.lines().next().is_some_and(|line| line.contains("ruby"));
        LANGUAGE.owns(path) || script()
    },
    read: Read::Code(&LANGUAGE),
};

static LANGUAGE: Language = Language {
    extensions: &["rb", "rake"],
    line_comments: &["#"],
    block_comments: &[("\n=begin", "\n=end")],
    string,
    regexes: true,
    ..Language::BASE
};

fn string(text: &str, at: usize, before: Option<Kind>) -> Option<Quote<'_>> {
    let bytes = text.as_bytes();
    match bytes[at] {
        b'"' => Some(Quote { interpolation: Interpolation::Hash, ..Quote::block(at + 1, b'"', 1) }),
        b'\'' => Some(Quote { escape: Escape::Quote, ..Quote::block(at + 1, b'\'', 1) }),
        b'<' if before != Some(Kind::Word) => heredoc(text, at),
        b'%' => percent(bytes, at, before),
        _ => None,
    }
}

/// `<<~LABEL`: the text begins on the next line.
fn heredoc(text: &str, at: usize) -> Option<Quote<'_>> {
    let rest = text[at..].strip_prefix("<<")?;
    let (rest, strip) = match rest.strip_prefix('~') {
        Some(rest) => (rest, Strip::Least),
        None => (rest.strip_prefix('-').unwrap_or(rest), Strip::Nothing),
    };
    let quote = rest.chars().next().filter(|char| matches!(char, '\'' | '"' | '`'));
    let label_start = text.len() - rest.len() + usize::from(quote.is_some());
    let label = &text[label_start..];
    let length = label.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    // In lower case it is a shift or a class.
    if length == 0 || !label.as_bytes()[0].is_ascii_uppercase() {
        return None;
    }
    let label = &label[..length];
    let resume = label_start + length + usize::from(quote.is_some());
    let body = next_line(text, resume)?;
    let raw = quote == Some('\'');
    let (escape, interpolation) =
        if raw { (Escape::No, Interpolation::None) } else { (Escape::Decode, Interpolation::Hash) };
    let close = Close::Label(label);
    Some(Quote { close, escape, interpolation, strip, resume: Some(resume), ..Quote::block(body, b'"', 1) })
}

/// `%q(…)`, `%Q{…}`, `%(…)` without the bracket inside.
fn percent(bytes: &[u8], at: usize, before: Option<Kind>) -> Option<Quote<'static>> {
    let letter = usize::from(matches!(bytes.get(at + 1), Some(b'q' | b'Q')));
    let close = match bytes.get(at + 1 + letter)? {
        b'(' => b')',
        b'[' => b']',
        b'|' => b'|',
        b'!' => b'!',
        _ => return None,
    };
    // Behind a value it is the remainder.
    if letter == 0 || matches!(before, Some(Kind::Word | Kind::Number)) {
        return None;
    }
    let raw = bytes[at + 1] == b'q';
    let (escape, interpolation) =
        if raw { (Escape::Quote, Interpolation::None) } else { (Escape::Decode, Interpolation::Hash) };
    Some(Quote { escape, interpolation, ..Quote::block(at + 2 + letter, close, 1) })
}
