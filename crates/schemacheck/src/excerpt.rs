//! A line of a text with what is meant in it, for reports that show a place.

use schemacheck_graphql::source::Sources;
use serde::Serialize;

/// How many characters of a line are shown.
const COLUMNS: usize = 100;

/// A line of a text around what is meant, cut to a window; a cut is told by `…`. Joined, the three parts are the line.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Excerpt {
    /// What stands before it, without the indentation.
    pub before: String,
    /// The name that is meant.
    pub marked: String,
    /// What stands behind it.
    pub after: String,
}

impl Excerpt {
    /// The line of an offset; the mark covers the name that begins there. A document inside a manifest is shown as it is,
    /// not as the manifest writes it.
    pub fn at(sources: &Sources, offset: u32) -> Self {
        let (_, line, start) = sources.source_at(offset).line_at(offset);
        let at = floor_boundary(line, (offset - start) as usize);
        let rest = &line[at..];
        let prefix = rest.len() - rest.trim_start_matches(['$', '@', '.', ' ']).len();
        let name = rest[prefix..]
            .find(|char: char| !char.is_alphanumeric() && char != '_')
            .unwrap_or(rest.len() - prefix);
        let end = at + (prefix + name).max(rest.chars().next().map_or(0, char::len_utf8));
        let end = floor_boundary(line, end.min(at + COLUMNS));
        let indent = line.len() - line.trim_start().len();
        let (mut first, mut cut) = (indent.min(at), "");
        if at - first > COLUMNS / 2 {
            first = floor_boundary(line, at - COLUMNS / 3);
            cut = "…";
        }
        let stop = floor_boundary(line, first + COLUMNS).max(end);
        let cut_behind = if stop < line.trim_end().len() { "…" } else { "" };
        Excerpt {
            before: format!("{cut}{}", &line[first..at]),
            marked: line[at..end].to_owned(),
            after: format!("{}{cut_behind}", line[end..stop].trim_end()),
        }
    }

    /// The whole line.
    pub fn line(&self) -> String {
        format!("{}{}{}", self.before, self.marked, self.after)
    }
}

/// The last boundary of a character up to a byte.
fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str, needle: &str) -> (String, String, String) {
        let mut sources = Sources::new();
        let id = sources.add("x", format!("first\n{line}\nlast")).unwrap();
        let at = sources.get(id).text().find(needle).unwrap() as u32;
        let excerpt = Excerpt::at(&sources, sources.get(id).base() + at);
        (excerpt.before, excerpt.marked, excerpt.after)
    }

    #[test]
    fn the_mark_covers_a_name_and_long_lines_are_cut() {
        assert_eq!(parts("    a(b: 1) { c }  ", "b:"), ("a(".into(), "b".into(), ": 1) { c }".into()));
        assert_eq!(parts("  $grün: Int", "$"), (String::new(), "$grün".into(), ": Int".into()));
        let (before, marked, after) = parts(&format!("{} here {}", "é".repeat(90), "ü".repeat(90)), "here");
        assert!(
            before.starts_with("…é") && marked == "here" && after.ends_with("ü…"),
            "{before}{marked}{after}"
        );
        assert!(before.len() + marked.len() + after.len() < 120);
        let (_, marked, _) = parts(&"x".repeat(100_000), "x");
        assert_eq!(marked.len(), COLUMNS);
    }
}
