//! Text to tokens (specification, section 2.1).

use std::borrow::Cow;

use crate::diagnostic::Diagnostic;
use crate::source::{HOLE, Span};

/// What a token is (section 2.1.6 and 2.1.7).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "each kind is the punctuator or lexeme it is named after")]
pub enum TokenKind {
    EndOfFile,
    Bang,
    Dollar,
    Ampersand,
    ParenOpen,
    ParenClose,
    Spread,
    Colon,
    Equals,
    At,
    BracketOpen,
    BracketClose,
    BraceOpen,
    Pipe,
    BraceClose,
    Name,
    Int,
    Float,
    String,
    BlockString,
    /// A part of the text that is not known; a name of which a part is not known is a [`TokenKind::Name`].
    Hole,
    /// No token can begin here; the lexer has recorded why.
    Invalid,
}

impl TokenKind {
    /// How a message names the kind.
    pub(crate) fn describe(self) -> &'static str {
        match self {
            TokenKind::EndOfFile => "the end of the text",
            TokenKind::Bang => "\"!\"",
            TokenKind::Dollar => "\"$\"",
            TokenKind::Ampersand => "\"&\"",
            TokenKind::ParenOpen => "\"(\"",
            TokenKind::ParenClose => "\")\"",
            TokenKind::Spread => "\"...\"",
            TokenKind::Colon => "\":\"",
            TokenKind::Equals => "\"=\"",
            TokenKind::At => "\"@\"",
            TokenKind::BracketOpen => "\"[\"",
            TokenKind::BracketClose => "\"]\"",
            TokenKind::BraceOpen => "\"{\"",
            TokenKind::Pipe => "\"|\"",
            TokenKind::BraceClose => "\"}\"",
            TokenKind::Name => "a name",
            TokenKind::Int => "an integer",
            TokenKind::Float => "a number",
            TokenKind::String | TokenKind::BlockString => "a string",
            TokenKind::Hole => "an interpolation",
            TokenKind::Invalid => "an invalid character",
        }
    }
}

/// One token with its place in the text, counted in bytes from the text's own start.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Offset of its first byte.
    pub start: u32,
    /// Offset behind its last byte.
    pub end: u32,
}

/// The kind of a token and the offset of its first byte.
type Start = (TokenKind, u32);

/// Reads one text token by token.
pub struct Lexer<'a> {
    text: &'a str,
    base: u32,
    at: usize,
    /// Whether [`HOLE`] stands for parts that are not known.
    holes: bool,
    /// Why the last [`TokenKind::Invalid`] token is invalid.
    error: Option<Diagnostic>,
}

const IGNORED: u8 = 1;
const NAME: u8 = 2;
const PUNCTUATOR: u8 = 4;
const QUOTE: u8 = 8;

/// What can begin with each byte.
const CLASS: [u8; 256] = {
    let mut class = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        class[byte] = match byte as u8 {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => IGNORED,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => NAME,
            b'!' | b'$' | b'&' | b'(' | b')' | b':' | b'=' | b'@' | b'[' | b']' | b'{' | b'|' | b'}' => {
                PUNCTUATOR
            }
            b'"' => QUOTE,
            _ => 0,
        };
        byte += 1;
    }
    class
};

/// The token that each punctuator is.
const PUNCTUATORS: [TokenKind; 256] = {
    let mut kinds = [TokenKind::Invalid; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'!' => TokenKind::Bang,
            b'$' => TokenKind::Dollar,
            b'&' => TokenKind::Ampersand,
            b'(' => TokenKind::ParenOpen,
            b')' => TokenKind::ParenClose,
            b':' => TokenKind::Colon,
            b'=' => TokenKind::Equals,
            b'@' => TokenKind::At,
            b'[' => TokenKind::BracketOpen,
            b']' => TokenKind::BracketClose,
            b'{' => TokenKind::BraceOpen,
            b'|' => TokenKind::Pipe,
            b'}' => TokenKind::BraceClose,
            _ => TokenKind::Invalid,
        };
        byte += 1;
    }
    kinds
};

impl<'a> Lexer<'a> {
    /// Begins at the start of `text`, which stands at offset `base` of the run.
    pub fn new(text: &'a str, base: u32) -> Self {
        Lexer { text, base, at: 0, holes: false, error: None }
    }

    /// The same for a text of which parts are not known.
    #[must_use]
    pub fn with_holes(self, holes: bool) -> Self {
        Lexer { holes, ..self }
    }

    /// The reason of the last invalid token.
    pub fn take_error(&mut self) -> Option<Diagnostic> {
        self.error.take()
    }

    /// The next token; behind the last one, [`TokenKind::EndOfFile`] for ever.
    #[inline]
    pub fn next_token(&mut self) -> Token {
        // A token that is written to memory in parts and read back whole makes the processor wait, a third of the
        // time of a parse; kind and start travel in registers instead.
        let (kind, start) = self.next_start();
        Token { kind, start, end: self.at as u32 }
    }

    /// The next token without its end, which is where the lexer stands.
    fn next_start(&mut self) -> Start {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        loop {
            let Some(&byte) = bytes.get(at) else {
                self.at = at;
                return Self::token(TokenKind::EndOfFile, at);
            };
            let class = CLASS[byte as usize];
            // Blanks are passed over one by one: the processor mostly foresees how many there are, and need not wait
            // until their end is found.
            if class & IGNORED != 0 {
                at += 1;
                continue;
            }
            return if class & NAME != 0 {
                self.name(at)
            } else if class & PUNCTUATOR != 0 {
                self.at = at + 1;
                Self::token(PUNCTUATORS[byte as usize], at)
            } else if class & QUOTE != 0 {
                self.string(at)
            } else {
                self.other(at)
            };
        }
    }

    #[inline]
    fn name(&mut self, start: usize) -> Start {
        self.at = name_end(self.text.as_bytes(), start + 1);
        if self.holes {
            return self.name_with_holes(start);
        }
        Self::token(TokenKind::Name, start)
    }

    /// The token at `start`, or behind the comment there.
    #[inline(never)]
    fn other(&mut self, start: usize) -> Start {
        let bytes = self.text.as_bytes();
        let rest = &bytes[start..];
        match bytes[start] {
            b'-' | b'0'..=b'9' => self.number(start),
            b'.' if rest.starts_with(b"...") => {
                self.at = start + 3;
                Self::token(TokenKind::Spread, start)
            }
            _ if self.holes && self.text[start..].starts_with(HOLE) => {
                self.at = start;
                self.name_with_holes(start)
            }
            b'#' => self.behind_comments(start),
            _ if rest.starts_with("\u{FEFF}".as_bytes()) => self.behind_comments(start),
            _ => self.unexpected(start),
        }
    }

    /// The token behind the comments that begin at `at`.
    fn behind_comments(&mut self, mut at: usize) -> Start {
        let bytes = self.text.as_bytes();
        loop {
            let rest = &bytes[at..];
            at += match rest.first() {
                Some(b'#') => memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len()),
                Some(&byte) if CLASS[byte as usize] & IGNORED != 0 => 1,
                // A byte order mark may stand anywhere (section 2.1.1).
                _ if rest.starts_with("\u{FEFF}".as_bytes()) => 3,
                _ => {
                    self.at = at;
                    return self.next_start();
                }
            };
        }
    }

    /// What begins at `start` and goes on here with holes and characters of names.
    #[inline(never)]
    fn name_with_holes(&mut self, start: usize) -> Start {
        loop {
            let rest = &self.text[self.at..];
            if rest.starts_with(HOLE) {
                self.at += HOLE.len_utf8();
            } else if rest.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
                self.at = name_end(self.text.as_bytes(), self.at);
            } else {
                let hole = &self.text[start..self.at] == HOLE.encode_utf8(&mut [0; 4]);
                return Self::token(if hole { TokenKind::Hole } else { TokenKind::Name }, start);
            }
        }
    }

    #[cold]
    fn unexpected(&mut self, start: usize) -> Start {
        let char = self.text[start..].chars().next().unwrap_or('\0');
        let help = match char {
            '\'' => Some("strings stand in double quotes"),
            '.' => Some("a spread is three dots: ..."),
            _ => None,
        };
        self.at = start + char.len_utf8();
        self.invalid(start, start, format!("unexpected character {}", show(char)), help)
    }

    #[inline]
    fn token(kind: TokenKind, start: usize) -> Start {
        (kind, start as u32)
    }

    /// An invalid token that begins at `start` because of what stands at `place`.
    #[cold]
    fn invalid(&mut self, start: usize, place: usize, message: String, help: Option<&str>) -> Start {
        let place = place.min(self.text.len()) as u32;
        let width = self.text[place as usize..].chars().next().map_or(0, char::len_utf8) as u32;
        let span = Span { start: self.base + place, end: self.base + place + width };
        let mut diagnostic = Diagnostic::error("syntax", span, message);
        if let Some(help) = help {
            diagnostic = diagnostic.help(help);
        }
        self.error = Some(diagnostic);
        self.at = self.at.max(start + 1);
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        Self::token(TokenKind::Invalid, start)
    }

    fn number(&mut self, start: usize) -> Start {
        let bytes = self.text.as_bytes();
        let mut at = start + usize::from(bytes[start] == b'-');
        let mut kind = TokenKind::Int;
        if bytes.get(at) == Some(&b'0') {
            at += 1;
            if bytes.get(at).is_some_and(u8::is_ascii_digit) {
                return self.invalid(start, at, "a number has no digit behind a leading 0".into(), None);
            }
        } else {
            match digits(bytes, at) {
                Some(end) => at = end,
                None => return self.digit_expected(start, at),
            }
        }
        if bytes.get(at) == Some(&b'.') {
            kind = TokenKind::Float;
            match digits(bytes, at + 1) {
                Some(end) => at = end,
                None => return self.digit_expected(start, at + 1),
            }
        }
        if matches!(bytes.get(at), Some(b'e' | b'E')) {
            kind = TokenKind::Float;
            at += 1;
            at += usize::from(matches!(bytes.get(at), Some(b'+' | b'-')));
            match digits(bytes, at) {
                Some(end) => at = end,
                None => return self.digit_expected(start, at),
            }
        }
        if self.holes && self.text[at..].starts_with(HOLE) {
            self.at = at;
            return (TokenKind::Hole, self.name_with_holes(start).1);
        }
        // Neither a dot nor a name may follow a number (section 2.9.1).
        if bytes.get(at).is_some_and(|&byte| byte == b'.' || CLASS[byte as usize] == NAME) {
            return self.digit_expected(start, at);
        }
        self.at = at;
        Self::token(kind, start)
    }

    #[cold]
    fn digit_expected(&mut self, start: usize, at: usize) -> Start {
        let found = self.text.get(at..).and_then(|rest| rest.chars().next());
        self.at = at;
        let found = found.map_or("the end of the text".to_owned(), show);
        self.invalid(start, at, format!("invalid number: expected a digit, found {found}"), None)
    }

    #[inline(never)]
    fn string(&mut self, start: usize) -> Start {
        let bytes = self.text.as_bytes();
        if bytes[start..].starts_with(b"\"\"\"") {
            return self.block_string(start);
        }
        let mut at = start + 1;
        loop {
            let Some(&byte) = bytes.get(at) else {
                self.at = at;
                return self.invalid(start, at, "the string does not end".into(), Some("close it with \""));
            };
            match byte {
                b'"' => {
                    self.at = at + 1;
                    return Self::token(TokenKind::String, start);
                }
                b'\\' => {
                    let Some((_, length)) = escape(&self.text[at..]) else {
                        self.at = at + 1;
                        return self.invalid(start, at, "invalid escape sequence in a string".into(), Some(
                            "valid are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX and \\u{X…} of a Unicode scalar value",
                        ));
                    };
                    at += length;
                }
                b'\n' | b'\r' => {
                    self.at = at;
                    let help = "close it with \" on its line, or use a block string \"\"\"";
                    return self.invalid(start, at, "the string does not end on its line".into(), Some(help));
                }
                _ => at += 1,
            }
        }
    }

    fn block_string(&mut self, start: usize) -> Start {
        let bytes = self.text.as_bytes();
        let mut at = start + 3;
        while let Some(found) = next_quote(bytes, at) {
            at = found;
            if bytes[at..].starts_with(b"\"\"\"") {
                if bytes[at - 1] == b'\\' && at > start + 3 {
                    at += 3;
                    continue;
                }
                self.at = at + 3;
                return Self::token(TokenKind::BlockString, start);
            }
            at += 1;
        }
        self.at = bytes.len();
        self.invalid(start, bytes.len(), "the block string does not end".into(), Some("close it with \"\"\""))
    }
}

/// The same byte eight times.
const fn eight(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The highest bit of each of eight bytes.
const HIGH: u64 = eight(0x80);

/// The first words of some bytes.
#[inline]
fn words<const N: usize>(bytes: &[u8]) -> [u64; N] {
    let (words, _) = bytes.as_chunks();
    std::array::from_fn(|index| u64::from_le_bytes(words[index]))
}

/// Of each of eight bytes below 0x80, whether it is at least `from`: as the byte's highest bit.
const fn at_least(word: u64, from: u8) -> u64 {
    word + eight(0x80 - from)
}

/// Of each of eight bytes, whether it can be no part of a name: as the byte's highest bit.
#[inline]
const fn outside_names(word: u64) -> u64 {
    let ascii = word & !HIGH;
    let lower = ascii | eight(0x20);
    let letters = at_least(lower, b'a') & !at_least(lower, b'z' + 1);
    let digits = at_least(ascii, b'0') & !at_least(ascii, b'9' + 1);
    let not_underscores = at_least(ascii ^ eight(b'_'), 1);
    !((letters | digits | !not_underscores) & !word) & HIGH
}

/// Where the name that goes on at `at` ends. Most names end within sixteen bytes, two words, which compilers look at
/// together.
#[inline]
fn name_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<16>) {
        let [low, high] = words(chunk).map(outside_names);
        let (in_low, in_high) = (low.trailing_zeros(), high.trailing_zeros());
        if low | high != 0 {
            return at + if low != 0 { in_low } else { 64 + in_high } as usize / 8;
        }
        at += 16;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count()
}

/// Where the first quote at or behind `at` stands. Descriptions are two thirds of a text, but most are short: a search
/// made for long texts would spend more on its preparations.
#[inline]
fn next_quote(bytes: &[u8], mut at: usize) -> Option<usize> {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<32>) {
        if chunk.iter().fold(0, |found, &byte| found | u8::from(byte == b'"')) != 0 {
            let mut first = 0;
            let mut place = 0;
            for (index, word) in words::<4>(chunk).into_iter().enumerate().rev() {
                let others = word ^ eight(b'"');
                let quotes = others.wrapping_sub(eight(1)) & !others & HIGH;
                if quotes != 0 {
                    (first, place) = (quotes, at + 8 * index);
                }
            }
            return Some(place + first.trailing_zeros() as usize / 8);
        }
        at += 32;
    }
    let rest = bytes.get(at..)?;
    rest.iter().position(|&byte| byte == b'"').map(|offset| at + offset)
}

/// The end of the digits that begin at `at`, or nothing where no digit stands.
fn digits(bytes: &[u8], at: usize) -> Option<usize> {
    let count = bytes.get(at..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (count > 0).then_some(at + count)
}

/// Shows a character in a message: itself where it can be seen, its code point otherwise.
fn show(char: char) -> String {
    if char.is_ascii_graphic() { format!("\"{char}\"") } else { format!("U+{:04X}", char as u32) }
}

/// Reads the escape sequence at the start of `text`: its character and its length in bytes (section 2.9.4).
fn escape(text: &str) -> Option<(char, usize)> {
    let char = match text.as_bytes().get(1)? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{C}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' if text.as_bytes().get(2) == Some(&b'{') => {
            let end = text[3..].find('}')?;
            let digits = &text[3..3 + end];
            let value = hexadecimal(digits).filter(|_| digits.len() <= 8)?;
            return Some((char::from_u32(value)?, end + 4));
        }
        b'u' => {
            let value = hexadecimal(text.get(2..6)?)?;
            return match char::from_u32(value) {
                Some(char) => Some((char, 6)),
                // A leading surrogate; with the trailing one in the next sequence it makes one character.
                None if value < 0xDC00 && text.get(6..8) == Some("\\u") => {
                    let trail =
                        hexadecimal(text.get(8..12)?).filter(|trail| (0xDC00..0xE000).contains(trail))?;
                    let value = 0x1_0000 + ((value - 0xD800) << 10) + (trail - 0xDC00);
                    Some((char::from_u32(value)?, 12))
                }
                None => None,
            };
        }
        _ => return None,
    };
    Some((char, 2))
}

fn hexadecimal(digits: &str) -> Option<u32> {
    let valid = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    valid.then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}

/// The value of a string literal from the text between its quotes.
pub(crate) fn string_value(raw: &str) -> String {
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        value.push_str(&rest[..at]);
        let (char, length) = escape(&rest[at..]).unwrap_or(('\\', 1));
        value.push(char);
        rest = &rest[at + length..];
    }
    value.push_str(rest);
    value
}

/// The value of a block string from the text between its quotes: common indentation and blank edge lines removed
/// (section 2.9.4, `BlockStringValue`). Most descriptions are one line, which is borrowed.
pub(crate) fn block_string_value(raw: &str) -> Cow<'_, str> {
    let indent_of = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut indent = usize::MAX;
    let mut edges: Option<(usize, usize)> = None;
    let mut only = "";
    for (index, line) in lines(raw).enumerate() {
        let here = indent_of(line);
        if here == line.len() {
            continue;
        }
        if index > 0 {
            indent = indent.min(here);
        }
        edges = Some((edges.map_or(index, |(first, _)| first), index));
        only = line;
    }
    let Some((first, last)) = edges else { return Cow::Borrowed("") };
    let of_line = |index: usize, line| if index == 0 { line } else { str::get(line, indent..).unwrap_or("") };
    let escaped = memchr::memchr(b'\\', raw.as_bytes()).is_some();
    if first == last && !escaped {
        return Cow::Borrowed(of_line(first, only));
    }
    let mut value = String::with_capacity(raw.len());
    for (index, line) in lines(raw).enumerate().take(last + 1).skip(first) {
        if index > first {
            value.push('\n');
        }
        value.push_str(of_line(index, line));
    }
    Cow::Owned(if escaped { value.replace("\\\"\"\"", "\"\"\"") } else { value })
}

/// The lines of a text, which end with LF, CR or CR LF.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(at) = memchr::memchr2(b'\n', b'\r', text.as_bytes()) else { return rest.take() };
        let end = at + if text[at..].starts_with("\r\n") { 2 } else { 1 };
        rest = Some(&text[end..]);
        Some(&text[..at])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn block_strings_lose_common_indentation_and_blank_edges() {
        assert_eq!(
            block_string_value("\n    Hello,\n      World!\n\n    Yours.\n  "),
            "Hello,\n  World!\n\nYours."
        );
        assert_eq!(block_string_value(" \n\t\r\n "), "");
        assert_eq!(block_string_value("\n  one line\n  "), "one line");
        assert_eq!(block_string_value("  a\r    b\r\n   c\n\n"), "  a\n b\nc");
        assert_eq!(block_string_value("  first \\\"\"\" line"), "  first \"\"\" line");
    }

    #[test]
    fn bytes_looked_at_together_end_a_name_where_one_by_one_would() {
        for byte in 0..=u8::MAX {
            let continues = byte.is_ascii_alphanumeric() || byte == b'_';
            for length in 1..40 {
                for place in 0..length {
                    let mut bytes = vec![b'a'; length];
                    bytes[place] = byte;
                    for start in 0..=place {
                        let end = if continues { length } else { place };
                        assert_eq!(
                            name_end(&bytes, start),
                            end,
                            "{byte} at {place} of {length} from {start}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn bytes_looked_at_together_hold_a_quote_where_one_by_one_would() {
        // Before the first quote stands any other byte, behind it stand more quotes.
        for byte in (0..=u8::MAX).filter(|&byte| byte != b'"') {
            for length in [0, 1, 31, 32, 33, 63, 64, 65, 90] {
                for place in 0..=length {
                    let mut bytes = vec![byte; length];
                    bytes[place..].fill(b'"');
                    for start in [0, place / 2, place] {
                        let found = next_quote(&bytes, start);
                        assert_eq!(
                            found,
                            (place < length).then_some(place),
                            "{byte} to {place} of {length} from {start}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn escapes_become_characters() {
        assert_eq!(string_value(r#"\u{1F600} \uD83D\uDE00 \/ \" \\ \t"#), "\u{1F600} \u{1F600} / \" \\ \t");
        assert!(escape(r"\uD83D").is_none());
        assert!(escape(r"\u{D83D}").is_none());
        assert!(escape(r"\uDE00\uD83D").is_none());
    }
}
