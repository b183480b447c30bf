//! Texts and places in them.
//!
//! All texts of a run (old schema, new schema, every operation) live in one [`Sources`]. A [`Span`] is a pair of
//! offsets into that whole, so a span alone says which file it is in, and a span of the old schema cannot be
//! mistaken for one of the new.

use std::fmt;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

/// A half-open range of bytes, counted over all texts of a [`Sources`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Serialize, Deserialize)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The span that begins where `self` begins and ends where `last` ends.
    #[must_use]
    pub fn to(self, last: Span) -> Span {
        Span { start: self.start, end: last.end }
    }
}

/// One text with the name a reader knows it by.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
    base: u32,
    origin: Option<Origin>,
    lines: OnceLock<Vec<u32>>,
}

/// Where an embedded text comes from: a document inside a manifest, a log or client code.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The text of the file that holds the document.
    pub parent: SourceId,
    /// Pairs (offset in the document, offset in the parent's text), ascending, the first at 0. Between two pairs
    /// both advance alike; an escape sequence begins a new pair.
    pub map: Vec<(u32, u32)>,
}

/// Names one text of a [`Sources`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SourceId(u32);

/// A place as people and editors name it. Lines and columns count from 1.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Location {
    /// The name of the text.
    pub file: String,
    /// Line; a line ends with LF, CR or CR LF (specification, section 2.1.3).
    pub line: u32,
    /// Column in UTF-16 code units, as editors, graphql-js and SARIF count.
    pub column: u32,
    /// Column in bytes, as compilers count.
    pub byte_column: u32,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// Why a text cannot be taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SourceError {
    /// All texts of a run together may have 4 GiB.
    TooLarge,
    /// The bytes are UTF-16; GraphQL texts are UTF-8 here.
    Utf16,
    /// The bytes are not UTF-8 from this offset on.
    NotUtf8(usize),
    /// A NUL byte at this offset: the file is not a text.
    Binary(usize),
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SourceError::TooLarge => {
                f.write_str("the texts of this run have more than 4 GiB together; check them in parts")
            }
            SourceError::Utf16 => f.write_str("the file is UTF-16; save it as UTF-8"),
            SourceError::NotUtf8(offset) => {
                write!(f, "the file is not UTF-8: byte {offset} begins no character; save it as UTF-8")
            }
            SourceError::Binary(offset) => write!(f, "the file is binary: byte {offset} is NUL"),
        }
    }
}

impl std::error::Error for SourceError {}

/// Takes the bytes of a file as text, or says why they are none.
pub fn decode(bytes: Vec<u8>) -> Result<String, SourceError> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(SourceError::Utf16);
    }
    let text =
        String::from_utf8(bytes).map_err(|error| SourceError::NotUtf8(error.utf8_error().valid_up_to()))?;
    match memchr::memchr(0, text.as_bytes()) {
        Some(offset) => Err(SourceError::Binary(offset)),
        None => Ok(text),
    }
}

/// All texts of a run. The first is the part of every schema that the specification defines.
#[derive(Debug)]
pub struct Sources {
    list: Vec<Source>,
    end: u32,
}

impl Default for Sources {
    fn default() -> Self {
        Self::new()
    }
}

impl Sources {
    /// No texts yet but the built-in one.
    pub fn new() -> Self {
        let text = crate::schema::BUILT_IN.to_owned();
        let end = text.len() as u32 + 1;
        let built_in =
            Source { name: "built-in".into(), text, base: 0, origin: None, lines: OnceLock::new() };
        Sources { list: vec![built_in], end }
    }

    /// The definitions that every schema has: built-in scalars, directives and introspection.
    pub fn built_in(&self) -> &Source {
        &self.list[0]
    }

    /// Adds a text under the name that messages will show.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> Result<SourceId, SourceError> {
        self.push(name.into(), text.into(), None)
    }

    /// Adds a document that was found inside another text; its places are told in that text.
    pub fn add_embedded(&mut self, text: impl Into<String>, origin: Origin) -> Result<SourceId, SourceError> {
        let name = self.get(origin.parent).name.clone();
        self.push(name, text.into(), Some(origin))
    }

    fn push(&mut self, name: String, text: String, origin: Option<Origin>) -> Result<SourceId, SourceError> {
        // One offset more than the text has bytes, so that its end differs from the next one's start.
        let length = u32::try_from(text.len()).ok().and_then(|length| length.checked_add(1));
        let end = length.and_then(|length| self.end.checked_add(length)).ok_or(SourceError::TooLarge)?;
        let id = SourceId(self.list.len() as u32);
        self.list.push(Source { name, text, base: self.end, origin, lines: OnceLock::new() });
        self.end = end;
        Ok(id)
    }

    /// The text with this id.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.list[id.0 as usize]
    }

    /// The text that an offset lies in.
    pub fn source_at(&self, offset: u32) -> &Source {
        let after = self.list.partition_point(|source| source.base <= offset);
        &self.list[after.saturating_sub(1)]
    }

    /// The place of an offset, in the file that a person would open.
    pub fn locate(&self, offset: u32) -> Location {
        let source = self.source_at(offset);
        match &source.origin {
            None => source.locate(offset - source.base),
            Some(origin) => {
                let local = offset - source.base;
                let after = origin.map.partition_point(|&(from, _)| from <= local);
                let (from, to) = origin.map[after.saturating_sub(1)];
                self.get(origin.parent).locate(to + (local - from))
            }
        }
    }

    /// A line of a file by its number from 1, without line end.
    pub fn line(&self, file: &str, line: u32) -> Option<&str> {
        let source =
            self.list.iter().skip(1).find(|source| source.origin.is_none() && source.name == file)?;
        let start = *source.lines().get(line.checked_sub(1)? as usize)?;
        Some(source.line_at(source.base + start).1)
    }

    /// All texts but the built-in one, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.list.iter().skip(1)
    }

    /// The text of a span.
    pub fn text(&self, span: Span) -> &str {
        let source = self.source_at(span.start);
        &source.text[(span.start - source.base) as usize..(span.end - source.base) as usize]
    }
}

impl Source {
    /// The name that messages show.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it was found inside another text.
    pub fn is_embedded(&self) -> bool {
        self.origin.is_some()
    }

    /// The text that it was found inside.
    pub fn parent(&self) -> Option<SourceId> {
        self.origin.as_ref().map(|origin| origin.parent)
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The offset of the text's first byte among all texts of the run.
    pub fn base(&self) -> u32 {
        self.base
    }

    /// The line that an offset of this run lies in: its number (from 1), its text without line end, and the
    /// offset of its first byte.
    pub fn line_at(&self, offset: u32) -> (u32, &str, u32) {
        let lines = self.lines();
        let local = offset - self.base;
        let index = lines.partition_point(|&start| start <= local) - 1;
        let start = lines[index] as usize;
        let end = lines.get(index + 1).map_or(self.text.len(), |&next| next as usize);
        let line = self.text[start..end].trim_end_matches(['\n', '\r']);
        (index as u32 + 1, line, self.base + start as u32)
    }

    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let mut lines = vec![0];
            for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
                if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                    lines.push(at as u32 + 1);
                }
            }
            lines
        })
    }

    fn locate(&self, local: u32) -> Location {
        let lines = self.lines();
        let local = local.min(self.text.len() as u32);
        let index = lines.partition_point(|&start| start <= local) - 1;
        let before = &self.text[lines[index] as usize..local as usize];
        Location {
            file: self.name.clone(),
            line: index as u32 + 1,
            column: before.chars().map(|char| char.len_utf16() as u32).sum::<u32>() + 1,
            byte_column: before.len() as u32 + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_utf16_units_and_bytes() {
        let mut sources = Sources::new();
        let first = sources.add("a", "ä\r\n\u{1F600}x\ry").unwrap();
        let text = sources.get(first).text().to_owned();
        let base = sources.get(first).base();
        let at = |needle: char| sources.locate(base + text.find(needle).unwrap() as u32);
        assert_eq!((at('x').line, at('x').column, at('x').byte_column), (2, 3, 5));
        assert_eq!((at('y').line, at('y').column, at('y').byte_column), (3, 1, 1));
    }

    #[test]
    fn an_embedded_text_is_located_in_its_parent() {
        let mut sources = Sources::new();
        let parent = sources.add("manifest.json", "{\"body\":\n \"{\\n  a }\"}").unwrap();
        let origin = Origin { parent, map: vec![(0, 11), (2, 14)] };
        let document = sources.add_embedded("{\n  a }", origin).unwrap();
        let base = sources.get(document).base();
        assert_eq!(sources.locate(base).to_string(), "manifest.json:2:3");
        assert_eq!(sources.locate(base + 4).to_string(), "manifest.json:2:8");
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert_eq!(decode(vec![0xFF, 0xFE, b'a', 0]), Err(SourceError::Utf16));
        assert_eq!(decode(vec![b'a', 0xC3]), Err(SourceError::NotUtf8(1)));
        assert_eq!(decode(b"type\0".to_vec()), Err(SourceError::Binary(4)));
    }
}
