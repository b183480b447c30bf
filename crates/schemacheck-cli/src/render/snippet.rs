//! Lines of the texts with a mark below what is meant.

use schemacheck_graphql::source::Sources;

use crate::terminal::{clean, width};

/// How many columns of a line are shown.
const COLUMNS: usize = 100;

/// A line of a file and the columns of what is meant in it.
#[derive(Debug)]
pub(crate) struct Snippet {
    pub(crate) line: u32,
    /// The text, clean, cut to a window around the mark.
    pub(crate) text: String,
    /// How many columns stand before the mark.
    pub(crate) before: usize,
    /// How many columns the mark takes.
    pub(crate) marked: usize,
}

/// The line of a place; the mark covers the name that begins there.
pub(crate) fn snippet(sources: &Sources, file: &str, line: u32, column: u32) -> Option<Snippet> {
    let text = sources.line(file, line)?;
    let at = byte_of_column(text, column);
    let rest = &text[at..];
    let prefix = rest.len() - rest.trim_start_matches(['$', '@', '.', ' ']).len();
    let name = rest[prefix..]
        .find(|char: char| !char.is_alphanumeric() && char != '_')
        .unwrap_or(rest.len() - prefix);
    let end = at + (prefix + name).max(rest.chars().next().map_or(0, char::len_utf8));
    let indent = text.len() - text.trim_start().len();
    let (mut start, mut shown_before) = (indent.min(at), String::new());
    if at - start > COLUMNS / 2 {
        start = floor_boundary(text, at - COLUMNS / 3);
        shown_before.push('…');
    }
    let stop = floor_boundary(text, (start + COLUMNS).max(end).min(text.len()));
    let shown_behind = if stop < text.trim_end().len() { "…" } else { "" };
    let before = format!("{shown_before}{}", clean(&text[start..at]));
    let marked = clean(&text[at..end]);
    let (before_width, marked_width) = (width(&before), width(&marked).max(1));
    let text = format!("{before}{marked}{}{shown_behind}", clean(text[end..stop.max(end)].trim_end()));
    Some(Snippet { line, text, before: before_width, marked: marked_width })
}

/// The byte at a column of UTF-16 units, counted from 1.
fn byte_of_column(text: &str, column: u32) -> usize {
    let mut units = 1;
    for (at, char) in text.char_indices() {
        if units >= column {
            return at;
        }
        units += char.len_utf16() as u32;
    }
    text.len()
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
