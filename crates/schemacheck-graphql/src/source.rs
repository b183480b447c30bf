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
    home: Home,
    holes: Vec<Hole>,
    lines: OnceLock<Vec<u32>>,
    /// How many UTF-16 code units stand before each stretch of [`STRETCH`] bytes: a line may be megabytes long.
    units: OnceLock<Vec<u32>>,
}

/// So many bytes are counted at most to find a column.
const STRETCH: usize = 1 << 9;

/// What stands for a hole in a text: a noncharacter, which no document holds.
pub const HOLE: char = '\u{FDD0}';

/// A part of a text that is not known: an expression of the client's language stands there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hole {
    /// Offset of its [`HOLE`] from the start of the text.
    pub at: u32,
    /// The expression.
    pub text: String,
}

/// Whether a name, or the text of a value, is not known as a whole.
#[inline]
pub fn has_hole(text: &str) -> bool {
    text.contains(HOLE)
}

/// A text with `{…}` in place of each hole, for messages.
pub fn without_holes(text: &str) -> String {
    text.replace(HOLE, "{…}")
}

/// Where the places of a text are.
#[derive(Debug)]
enum Home {
    /// The text is the file.
    Own,
    /// The text is kept where there are no files, as in a registry.
    Kept,
    /// In other texts of the run: pairs (offset in the text, offset of the run), ascending, the first at 0.
    Texts(Vec<(u32, u32)>),
    /// In files that are not texts of the run, as somebody wrote them down: ascending, the first at 0.
    Recorded(Vec<RecordedPlace>),
}

/// Where a part of a text stands in a file that is not read: the text runs on from there, line by line, to the next
/// place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordedPlace {
    /// Offset in the text.
    pub at: u32,
    /// The file, as messages name it.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in UTF-16 code units.
    pub column: u32,
}

/// Where an embedded text comes from: a document inside a manifest or client code.
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
        let built_in = Source {
            name: "built-in".into(),
            text,
            base: 0,
            home: Home::Own,
            holes: Vec::new(),
            lines: OnceLock::new(),
            units: OnceLock::new(),
        };
        Sources { list: vec![built_in], end }
    }

    /// The definitions that every schema has: built-in scalars, directives and introspection.
    pub fn built_in(&self) -> &Source {
        &self.list[0]
    }

    /// Adds a text under the name that messages will show.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> Result<SourceId, SourceError> {
        self.push(name.into(), text.into(), Home::Own, Vec::new())
    }

    /// Adds a text that is no file, under the name that messages will show: its places are told like those of a file, and
    /// nothing can be edited there.
    pub fn add_kept(
        &mut self,
        name: impl Into<String>,
        text: impl Into<String>,
    ) -> Result<SourceId, SourceError> {
        self.push(name.into(), text.into(), Home::Kept, Vec::new())
    }

    /// Adds a document that was found inside another text; its places are told in that text.
    pub fn add_embedded(&mut self, text: impl Into<String>, origin: Origin) -> Result<SourceId, SourceError> {
        let Source { name, base, .. } = self.get(origin.parent);
        let (name, base) = (name.clone(), *base);
        let places = origin.map.into_iter().map(|(local, parent)| (local, base + parent)).collect();
        self.push(name, text.into(), Home::Texts(places), Vec::new())
    }

    /// Adds a document that is put together: its parts stand in one text or several, and some may not be known.
    /// `places` are pairs (offset in the document, offset among all texts), ascending, the first at 0.
    pub fn add_assembled(
        &mut self,
        parent: SourceId,
        text: impl Into<String>,
        places: Vec<(u32, u32)>,
        holes: Vec<Hole>,
    ) -> Result<SourceId, SourceError> {
        let name = self.get(parent).name.clone();
        self.push(name, text.into(), Home::Texts(places), holes)
    }

    /// Adds a text that others found in files which are not read here.
    pub fn add_recorded(
        &mut self,
        text: impl Into<String>,
        places: Vec<RecordedPlace>,
        holes: Vec<Hole>,
    ) -> Result<SourceId, SourceError> {
        let name = places.first().map_or(String::new(), |place| place.file.clone());
        self.push(name, text.into(), Home::Recorded(places), holes)
    }

    fn push(
        &mut self,
        name: String,
        text: String,
        home: Home,
        holes: Vec<Hole>,
    ) -> Result<SourceId, SourceError> {
        // One offset more than the text has bytes, so that its end differs from the next one's start.
        let length = u32::try_from(text.len()).ok().and_then(|length| length.checked_add(1));
        let end = length.and_then(|length| self.end.checked_add(length)).ok_or(SourceError::TooLarge)?;
        let id = SourceId(self.list.len() as u32);
        let (lines, units) = (OnceLock::new(), OnceLock::new());
        self.list.push(Source { name, text, base: self.end, home, holes, lines, units });
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

    /// The text of the file that a text begins in: itself, or the one that it was found inside.
    pub fn root(&self, id: SourceId) -> &Source {
        let source = self.get(id);
        match &source.home {
            Home::Texts(places) => places.first().map_or(source, |&(_, offset)| self.source_at(offset)),
            Home::Own | Home::Kept | Home::Recorded(_) => source,
        }
    }

    /// The place of an offset, in the file that a person would open.
    pub fn locate(&self, offset: u32) -> Location {
        let source = self.source_at(offset);
        let local = offset - source.base;
        match &source.home {
            Home::Own | Home::Kept => source.locate(local),
            Home::Texts(parts) => {
                let after = parts.partition_point(|&(from, _)| from <= local);
                let (from, to) = parts[after.saturating_sub(1)];
                self.locate(to + (local - from))
            }
            Home::Recorded(places) => source.locate_recorded(places, local),
        }
    }

    /// The part of a file's own text that a part of a text was taken from, and the file: nothing where it does not stand
    /// there to the letter and in one piece, or is in no file that is read.
    pub fn origin(&self, span: Span) -> Option<(SourceId, Span)> {
        let mut here = span;
        loop {
            let index = self.list.partition_point(|source| source.base <= here.start).saturating_sub(1);
            let source = &self.list[index];
            let (start, end) = (here.start - source.base, here.end - source.base);
            match &source.home {
                Home::Own => {
                    let there = source.text.get(start as usize..end as usize);
                    return (there == Some(self.text(span))).then_some((SourceId(index as u32), here));
                }
                Home::Kept | Home::Recorded(_) => return None,
                Home::Texts(parts) => {
                    let after = parts.partition_point(|&(from, _)| from <= start);
                    if parts.get(after).is_some_and(|&(next, _)| next < end) {
                        return None;
                    }
                    let (from, to) = parts[after.saturating_sub(1)];
                    here = Span { start: to + (start - from), end: to + (end - from) };
                }
            }
        }
    }

    /// Where the parts of a text are in the files that a person would open, as [`Sources::add_recorded`] takes it.
    pub fn places(&self, id: SourceId) -> Vec<RecordedPlace> {
        let source = self.get(id);
        self.places_within(source, 0, source.text.len() as u32)
    }

    /// The same of the part of a text from one offset to another, counted from its beginning.
    fn places_within(&self, source: &Source, start: u32, end: u32) -> Vec<RecordedPlace> {
        let Location { file, line, column, .. } = self.locate(source.base + start);
        let mut places = vec![RecordedPlace { at: 0, file, line, column }];
        match &source.home {
            Home::Own | Home::Kept => {}
            Home::Recorded(recorded) => {
                let within = recorded.iter().filter(|place| start < place.at && place.at < end);
                places.extend(within.map(|place| RecordedPlace { at: place.at - start, ..place.clone() }));
            }
            Home::Texts(parts) => {
                places.clear();
                for (index, &(from, to)) in parts.iter().enumerate() {
                    let until = parts.get(index + 1).map_or(end, |&(next, _)| next).min(end);
                    let (first, skipped) = (from.max(start), start.saturating_sub(from));
                    if first >= until && !(places.is_empty() && first == until) {
                        continue;
                    }
                    let parent = self.source_at(to);
                    let within = to - parent.base + skipped;
                    for place in self.places_within(parent, within, within + (until - first)) {
                        places.push(RecordedPlace { at: first - start + place.at, ..place });
                    }
                }
            }
        }
        places
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
        !matches!(self.home, Home::Own | Home::Kept)
    }

    /// The parts that are not known, in the order of the text.
    pub fn holes(&self) -> &[Hole] {
        &self.holes
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

    fn locate_recorded(&self, places: &[RecordedPlace], local: u32) -> Location {
        let after = places.partition_point(|place| place.at <= local);
        let place = &places[after.saturating_sub(1)];
        let (begin, here) = (self.locate(place.at), self.locate(local));
        let (line, column, byte_column) = if begin.line == here.line {
            let bytes = here.byte_column - begin.byte_column;
            (place.line, place.column + (here.column - begin.column), place.column + bytes)
        } else {
            (place.line + (here.line - begin.line), here.column, here.byte_column)
        };
        Location { file: place.file.clone(), line, column, byte_column }
    }

    fn locate(&self, local: u32) -> Location {
        let lines = self.lines();
        let local = local.min(self.text.len() as u32);
        let index = lines.partition_point(|&start| start <= local) - 1;
        let (start, end) = (lines[index] as usize, local as usize);
        Location {
            file: self.name.clone(),
            line: index as u32 + 1,
            column: self.units_between(start, end) + 1,
            byte_column: (end - start) as u32 + 1,
        }
    }

    /// How many UTF-16 code units stand between two offsets.
    fn units_between(&self, start: usize, end: usize) -> u32 {
        let bytes = self.text.as_bytes();
        // A character is counted at its first byte; one of four bytes takes two units.
        let count = |bytes: &[u8]| -> u32 {
            bytes.iter().map(|&byte| u32::from(byte & 0xC0 != 0x80) + u32::from(byte >= 0xF0)).sum()
        };
        if end - start <= STRETCH {
            return count(&bytes[start..end]);
        }
        let units = self.units.get_or_init(|| {
            let mut before = 0;
            let stretches = bytes.chunks(STRETCH).map(|stretch| {
                before += count(stretch);
                before
            });
            [0].into_iter().chain(stretches).collect()
        });
        let before = |at: usize| units[at / STRETCH] + count(&bytes[at / STRETCH * STRETCH..at]);
        before(end) - before(start)
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
    fn columns_of_long_lines_count_the_same() {
        let mut sources = Sources::new();
        let text = "\n".to_owned() + &"aä\u{1F600}-".repeat(5_000) + "\n" + &"é".repeat(9_000);
        let id = sources.add("a", text.as_str()).unwrap();
        for (at, _) in text.char_indices().step_by(611) {
            let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
            let units = text[line..at].encode_utf16().count() as u32;
            let Location { column, byte_column, .. } = sources.locate(sources.get(id).base() + at as u32);
            assert_eq!((column, byte_column), (units + 1, (at - line) as u32 + 1), "{at}");
        }
    }

    #[test]
    fn a_line_with_very_many_places_is_not_counted_for_each() {
        let mut sources = Sources::new();
        let text = "äb".repeat(1 << 20);
        let id = sources.add("a", text.as_str()).unwrap();
        let base = sources.get(id).base();
        for at in (0..1 << 20).rev().step_by(4) {
            assert_eq!(sources.locate(base + 3 * at).column, 2 * at + 1);
        }
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
    fn a_kept_text_has_places_like_a_file_and_is_none() {
        let mut sources = Sources::new();
        let file = sources.add("a.graphql", "# a\n{ a }").unwrap();
        let kept = sources.add_kept("web@1:a.graphql", "# a\n{ a }").unwrap();
        for (id, place, is_file) in [(file, "a.graphql:2:3", true), (kept, "web@1:a.graphql:2:3", false)] {
            let start = sources.get(id).base() + 6;
            let span = Span { start, end: start + 1 };
            assert_eq!(sources.locate(start).to_string(), place);
            assert_eq!(sources.origin(span), is_file.then_some((id, span)));
            assert!(!sources.get(id).is_embedded());
        }
    }

    #[test]
    fn a_composed_text_is_located_in_its_parts_and_its_places_say_the_same() {
        let mut sources = Sources::new();
        let first = sources.add("a.graphql", "# head\n{ ...F }\n").unwrap();
        let manifest = sources.add("m.json", "[\"x\\nfragment F\\n{a}\"]").unwrap();
        let embedded =
            Origin { parent: manifest, map: vec![(0, 2), (2, 5), ("x\nfragment F\n".len() as u32, 17)] };
        let second = sources.add_embedded("x\nfragment F\n{a}", embedded).unwrap();
        let (first, second) = (sources.get(first).base(), sources.get(second).base());
        let text = "{ ...F }\nfragment F\n{a}";
        let parts = vec![(0, first + 7), (9, second + 2)];
        let composed = sources.add_assembled(manifest, text, parts, Vec::new()).unwrap();
        let places = sources.places(composed);
        let recorded = sources.add_recorded(text, places, Vec::new()).unwrap();
        for (at, place) in [(2, "a.graphql:2:3"), (9, "m.json:1:6"), (18, "m.json:1:15"), (21, "m.json:1:19")]
        {
            assert_eq!(sources.locate(sources.get(composed).base() + at).to_string(), place);
            assert_eq!(sources.locate(sources.get(recorded).base() + at).to_string(), place);
        }
    }

    #[test]
    fn a_recorded_text_runs_on_line_by_line_from_each_of_its_places() {
        let mut sources = Sources::new();
        let place = |at, line, column| RecordedPlace { at, file: "app.ts".into(), line, column };
        let id =
            sources.add_recorded("{\n  ä }\nb", vec![place(0, 10, 20), place(9, 90, 7)], Vec::new()).unwrap();
        let base = sources.get(id).base();
        let at = |local| sources.locate(base + local).to_string();
        assert_eq!(
            (at(0), at(2), at(6)),
            ("app.ts:10:20".into(), "app.ts:11:1".into(), "app.ts:11:4".into())
        );
        assert_eq!(at(9), "app.ts:90:7");
    }

    #[test]
    fn an_assembled_text_is_located_where_each_part_stands() {
        let mut sources = Sources::new();
        let one = sources.add("one.py", "f'{ a '").unwrap();
        let other = sources.add("other.py", "\n'b }'").unwrap();
        let (one_base, other_base) = (sources.get(one).base(), sources.get(other).base());
        let places = vec![(0, one_base + 2), (4, other_base + 2)];
        let document = sources.add_assembled(one, "{ a b }", places, Vec::new()).unwrap();
        let base = sources.get(document).base();
        assert_eq!(sources.locate(base + 2).to_string(), "one.py:1:5");
        assert_eq!(sources.locate(base + 4).to_string(), "other.py:2:2");
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert_eq!(decode(vec![0xFF, 0xFE, b'a', 0]), Err(SourceError::Utf16));
        assert_eq!(decode(vec![b'a', 0xC3]), Err(SourceError::NotUtf8(1)));
        assert_eq!(decode(b"type\0".to_vec()), Err(SourceError::Binary(4)));
    }
}
