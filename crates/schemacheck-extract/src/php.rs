//! PHP: strings, heredocs and nowdocs.

use crate::code::Language;
use crate::code::tokens::{Close, Escape, Interpolation, Kind, Quote, Strip, next_line};
use crate::{Format, Read};

pub(super) static FORMAT: Format =
    Format { name: "PHP", detect: |path, _| LANGUAGE.owns(path), read: Read::Code(&LANGUAGE) };

static LANGUAGE: Language = Language {
    extensions: &["php"],
    parts,
    line_comments: &["//", "# "],
    string,
    dollar_words: true,
    concatenation: b'.',
    ..Language::BASE
};

/// What stands between `<?php` and `?>`.
fn parts(text: &str) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find("<?") {
        let start = at + found + 2;
        let end = text[start..].find("?>").map_or(text.len(), |end| start + end);
        parts.push((start, end));
        at = end;
    }
    parts
}

fn string(text: &str, at: usize, _: Option<Kind>) -> Option<Quote<'_>> {
    match text.as_bytes()[at] {
        b'"' => Some(Quote {
            escape: Escape::Keep,
            interpolation: Interpolation::Php,
            ..Quote::block(at + 1, b'"', 1)
        }),
        b'\'' => Some(Quote { escape: Escape::Quote, ..Quote::block(at + 1, b'\'', 1) }),
        b'<' => heredoc(text, at),
        _ => None,
    }
}

/// `<<<LABEL` and `<<<'LABEL'`
fn heredoc(text: &str, at: usize) -> Option<Quote<'_>> {
    let rest = text[at..].strip_prefix("<<<")?.trim_start_matches([' ', '\t']);
    let quote = rest.chars().next().filter(|char| matches!(char, '\'' | '"'));
    let start = text.len() - rest.len() + usize::from(quote.is_some());
    let length =
        text[start..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    if length == 0 {
        return None;
    }
    let label = &text[start..start + length];
    let body = next_line(text, start)?;
    let raw = quote == Some('\'');
    let (escape, interpolation) =
        if raw { (Escape::No, Interpolation::None) } else { (Escape::Keep, Interpolation::Php) };
    let close = Close::Label(label);
    Some(Quote { close, escape, interpolation, strip: Strip::Closing, ..Quote::block(body, b'"', 1) })
}
