//! The text of string literals, with the place of each character.

use super::tokens::{Escape, Interpolation, Kind, Quote, Strip, Tokens};

/// A text and where its parts stand in the file: pairs (offset in the text, offset in the file), ascending, the first
/// at 0. Between two pairs both advance alike.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(crate) struct Literal {
    pub(crate) text: String,
    pub(crate) map: Vec<(u32, u32)>,
}

impl Literal {
    /// Notes that what comes next stands at this offset of the file.
    pub(crate) fn place(&mut self, at: usize) {
        let local = self.text.len() as u32;
        let at = at as u32;
        if let Some(&(from, to)) = self.map.last()
            && to + (local - from) == at
        {
            return;
        }
        if self.map.last().is_some_and(|&(from, _)| from == local) {
            self.map.pop();
        }
        self.map.push((local, at));
    }

    /// Where a character of it stands in the file.
    pub(crate) fn place_of(&self, local: u32) -> u32 {
        let index = self.map.partition_point(|&(from, _)| from <= local).saturating_sub(1);
        self.map.get(index).map_or(0, |&(from, to)| to + (local - from))
    }

    /// Adds a text of the same file.
    pub(crate) fn append(&mut self, other: &Literal) {
        for (index, &(from, to)) in other.map.iter().enumerate() {
            let end = other.map.get(index + 1).map_or(other.text.len(), |next| next.0 as usize);
            self.place(to as usize);
            self.text.push_str(&other.text[from as usize..end]);
        }
    }

    /// The same text, whose places are offsets in `outer`, with its places in the file.
    pub(crate) fn within(&self, outer: &Literal) -> Literal {
        let mut told = Literal::default();
        for (index, &(from, to)) in self.map.iter().enumerate() {
            let end = self.map.get(index + 1).map_or(self.text.len(), |next| next.0 as usize);
            let (mut local, mut at) = (from as usize, to);
            while local < end {
                told.place(outer.place_of(at) as usize);
                let next = outer.map.partition_point(|&(begin, _)| begin <= at);
                let run = outer.map.get(next).map_or(end - local, |&(begin, _)| (begin - at) as usize);
                let mut run = run.min(end - local);
                while !self.text.is_char_boundary(local + run) {
                    run += 1;
                }
                told.text.push_str(&self.text[local..local + run]);
                local += run;
                at += run as u32;
            }
        }
        told
    }
}

/// How much indentation each line of a string loses.
pub(crate) fn indentation(tokens: &Tokens<'_>, open: usize, quote: &Quote<'_>) -> usize {
    let close = tokens.partner(open);
    let Some(end) = tokens.list.get(close) else { return 0 };
    let bytes = tokens.text.as_bytes();
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    match quote.strip {
        Strip::Nothing => 0,
        Strip::Closing => {
            let inside =
                bytes[end.start as usize..end.end as usize].iter().take_while(|byte| blank(byte)).count();
            let before = bytes[quote.body..(end.start as usize).max(quote.body)].iter().rev();
            inside.max(before.take_while(|byte| blank(byte)).count())
        }
        Strip::Least => {
            let body = &tokens.text[quote.body..(end.start as usize).max(quote.body)];
            let lines = body.split('\n').filter(|line| !line.trim().is_empty());
            lines.map(|line| line.bytes().take_while(|byte| blank(byte)).count()).min().unwrap_or(0)
        }
    }
}

/// The text of a stretch of a string.
pub(crate) fn decode(tokens: &Tokens<'_>, chunk: usize, quote: &Quote<'_>, strip: usize) -> Literal {
    let mut literal = Literal::default();
    let token = tokens.list[chunk];
    debug_assert_eq!(token.kind, Kind::Chunk, "only stretches of strings have a text");
    let (start, end) = (token.start as usize, token.end as usize);
    let text = &tokens.text[..end];
    let bytes = text.as_bytes();
    let mut at = start;
    let skip_indent = |at: usize| {
        at + bytes[at..].iter().take(strip).take_while(|byte| matches!(byte, b' ' | b'\t')).count()
    };
    if start == quote.body {
        at = skip_indent(at);
    }
    let doubled_braces = quote.interpolation == Interpolation::Braces(1);
    let special = |byte: u8| {
        byte == b'\\'
            || (byte == b'\n' && strip > 0)
            || byte == b'"'
            || byte == b'\''
            || (doubled_braces && matches!(byte, b'{' | b'}'))
    };
    while at < end {
        literal.place(at);
        let plain = bytes[at..].iter().take_while(|&&byte| !special(byte)).count();
        literal.text.push_str(&text[at..at + plain]);
        at += plain;
        let Some(&byte) = bytes.get(at) else { break };
        match byte {
            b'\n' => {
                literal.text.push('\n');
                at = skip_indent(at + 1);
            }
            b'{' | b'}' => {
                literal.text.push(byte as char);
                at += if bytes.get(at + 1) == Some(&byte) { 2 } else { 1 };
            }
            b'\\' => {
                let (char, length) = escape(&text[at..], quote.escape);
                match char {
                    Escaped::Char(char) => literal.text.push(char),
                    Escaped::Nothing => {}
                    Escaped::Itself => literal.text.push_str(&text[at..at + length]),
                }
                at += length;
            }
            // A quote, which may stand for two.
            _ => {
                literal.text.push(byte as char);
                at += if quote.escape == Escape::Doubled && bytes.get(at + 1) == Some(&byte) && byte == b'"' {
                    2
                } else {
                    1
                };
            }
        }
    }
    literal
}

enum Escaped {
    Char(char),
    Nothing,
    Itself,
}

/// What an escape sequence at the start of a text stands for, and its length.
fn escape(text: &str, kind: Escape) -> (Escaped, usize) {
    use Escaped::{Char, Itself, Nothing};
    let bytes = text.as_bytes();
    let prefix = match kind {
        Escape::No | Escape::Doubled => return (Itself, 1),
        Escape::Hashed(hashes) => {
            let hashes = hashes as usize;
            if bytes.get(1..=hashes).is_none_or(|rest| rest.iter().any(|&byte| byte != b'#')) {
                return (Itself, 1);
            }
            1 + hashes
        }
        _ => 1,
    };
    let Some(next) = text[prefix..].chars().next() else { return (Itself, prefix) };
    let length = prefix + next.len_utf8();
    match kind {
        Escape::Raw => return (Itself, length),
        Escape::Quote => {
            return if matches!(next, '\\' | '\'' | '"') { (Char(next), length) } else { (Itself, length) };
        }
        _ => {}
    }
    let code = |from: usize, digits: usize, radix: u32| {
        let digits = text.get(from..from + digits)?;
        u32::from_str_radix(digits, radix).ok()
    };
    let char = match next {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{C}',
        'v' => '\u{B}',
        'a' => '\u{7}',
        'e' => '\u{1B}',
        's' if kind == Escape::Decode && bytes.get(length) != Some(&b'{') => ' ',
        '\n' => {
            // A continued line; its indentation is no part of the text, and where it is, GraphQL ignores it.
            return (Nothing, length);
        }
        '\r' if bytes.get(length) == Some(&b'\n') => return (Nothing, length + 1),
        'u' if bytes.get(length) == Some(&b'{') => {
            let digits = text[length + 1..].find('}').filter(|&digits| digits <= 8);
            let value = digits.and_then(|digits| code(length + 1, digits, 16)).and_then(char::from_u32);
            return match (value, digits) {
                (Some(char), Some(digits)) => (Char(char), length + digits + 2),
                _ => (Itself, length),
            };
        }
        'u' => return unicode(text, length).map_or((Itself, length), |(char, length)| (Char(char), length)),
        'U' => match code(length, 8, 16).and_then(char::from_u32) {
            Some(char) => return (Char(char), length + 8),
            None => return (Itself, length),
        },
        'x' => match code(length, 2, 16).and_then(char::from_u32) {
            Some(char) => return (Char(char), length + 2),
            None => return (Itself, length),
        },
        '0'..='7' => {
            let digits =
                bytes[prefix..].iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
            let value = code(prefix, digits, 8).and_then(char::from_u32).unwrap_or('\0');
            return (Char(value), prefix + digits);
        }
        '\\' | '"' | '\'' | '`' | '$' | '#' => next,
        _ if kind == Escape::Keep => return (Itself, length),
        other => other,
    };
    (Char(char), length)
}

/// `XXXX` behind `\u`, or two of them that are one character.
fn unicode(text: &str, at: usize) -> Option<(char, usize)> {
    let unit = |at: usize| u32::from_str_radix(text.get(at..at + 4)?, 16).ok();
    let first = unit(at)?;
    if let Some(char) = char::from_u32(first) {
        return Some((char, at + 4));
    }
    let trail = text.get(at + 4..at + 6).filter(|escape| *escape == "\\u").and_then(|_| unit(at + 6))?;
    let value = 0x1_0000
        + (first.checked_sub(0xD800)? << 10)
        + trail.checked_sub(0xDC00).filter(|&trail| trail < 0x400)?;
    Some((char::from_u32(value)?, at + 10))
}
