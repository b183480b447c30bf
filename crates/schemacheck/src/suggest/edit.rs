//! Edits of a schema's own texts: formatting and comments stay as they are.

use schemacheck_graphql::source::{Source, SourceId, Sources, Span};

/// Replaces a span of a text; an empty span inserts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
    /// The list that the text begins; what else is inserted there goes into the same list.
    list: Option<List>,
}

/// A list that a definition does not have yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum List {
    /// `(…)` behind a name.
    Arguments,
    /// `implements … & …` behind a name.
    Interfaces,
}

impl List {
    fn open(self) -> &'static str {
        match self {
            List::Arguments => "(",
            List::Interfaces => " implements ",
        }
    }

    fn separator(self) -> &'static str {
        match self {
            List::Arguments => ", ",
            List::Interfaces => " & ",
        }
    }

    fn close(self) -> &'static str {
        match self {
            List::Arguments => ")",
            List::Interfaces => "",
        }
    }
}

impl Edit {
    /// Replaces a span.
    pub(crate) fn replace(span: Span, text: String) -> Edit {
        Edit { span, text, list: None }
    }

    /// Inserts a text.
    pub(super) fn insert(at: u32, text: String) -> Edit {
        Edit::replace(Span { start: at, end: at }, text)
    }

    /// Inserts the first entry of a list.
    pub(super) fn begin(list: List, at: u32, entry: String) -> Edit {
        Edit { list: Some(list), ..Edit::insert(at, entry) }
    }

    /// Adds a definition at the end of a text.
    pub(super) fn append(source: &Source, definition: &str) -> Edit {
        let text = source.text();
        let end = line_end(text);
        let gap = if text.ends_with('\n') { end.to_owned() } else { end.repeat(2) };
        Edit::insert(source.base() + text.len() as u32, format!("{gap}{definition}{end}"))
    }

    /// Deletes a span.
    pub(super) fn delete(span: Span) -> Edit {
        Edit::replace(span, String::new())
    }

    /// Inserts an entry of a block (a field, an argument, a value) behind another one that ends at `anchor.end`: on a
    /// line of its own where that one has one, else beside it with `separator` between.
    pub(super) fn insert_behind(sources: &Sources, anchor: Span, entry: &str, separator: &str) -> Edit {
        let source = sources.source_at(anchor.start);
        let (_, line, line_start) = source.line_at(anchor.start);
        let before = &line[..(anchor.start - line_start) as usize];
        let (_, last_line, last_start) = source.line_at(anchor.end);
        let behind = &last_line[(anchor.end - last_start) as usize..];
        let rest = behind.trim_start_matches([' ', '\t', ',']);
        if before.trim().is_empty() && (rest.is_empty() || rest.starts_with('#')) {
            // A comment at the end of the line stays with what it is about.
            let at = last_start + last_line.len() as u32;
            return Edit::insert(at, format!("{}{before}{entry}", line_end(source.text())));
        }
        Edit::insert(anchor.end, format!("{separator}{entry}"))
    }

    /// Inserts an entry of a block above another one and its comments: on a line of its own where that one has one, else
    /// beside it with `separator` between.
    pub(super) fn insert_above(sources: &Sources, anchor: Span, entry: &str, separator: &str) -> Edit {
        let source = sources.source_at(anchor.start);
        let (_, line, mut at) = source.line_at(anchor.start);
        let indent = &line[..(anchor.start - at) as usize];
        if !indent.trim().is_empty() {
            return Edit::insert(anchor.start, format!("{entry}{separator}"));
        }
        while at > source.base() {
            let (_, above, start) = source.line_at(at - 1);
            if !above.trim_start().starts_with('#') {
                break;
            }
            at = start;
        }
        Edit::insert(at, format!("{indent}{entry}{}", line_end(source.text())))
    }
}

/// Whether a place lies in a text that a person keeps: not in that of an introspection.
pub(super) fn is_editable(sources: &Sources, place: Span) -> bool {
    !sources.source_at(place.start).is_embedded()
}

/// The line end that a text uses.
fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Applies edits to the texts that they lie in; gives the texts that change. Edits at one place keep their order.
pub(crate) fn apply(sources: &Sources, texts: &[SourceId], edits: &[&Edit]) -> Vec<(SourceId, String)> {
    let mut changed = Vec::new();
    for &id in texts {
        let source = sources.get(id);
        let (base, text) = (source.base(), source.text());
        let end = base + text.len() as u32;
        let mut here: Vec<&Edit> =
            edits.iter().copied().filter(|edit| base <= edit.span.start && edit.span.end <= end).collect();
        if here.is_empty() {
            continue;
        }
        // What lies inside a replaced span goes with it: the wider edit knows of it.
        here.sort_by_key(|edit| {
            (edit.span.start, edit.span.start != edit.span.end, std::cmp::Reverse(edit.span.end))
        });
        here.dedup();
        let mut result = String::with_capacity(text.len() + 64 * here.len());
        let mut at = 0;
        for (nth, edit) in here.iter().enumerate() {
            let (start, end) = ((edit.span.start - base) as usize, (edit.span.end - base) as usize);
            if start < at {
                continue;
            }
            result.push_str(&text[at..start]);
            let in_list =
                |other: &Edit| edit.list.is_some() && (other.span, other.list) == (edit.span, edit.list);
            let opens = nth == 0 || !in_list(here[nth - 1]);
            let closes = here.get(nth + 1).is_none_or(|next| !in_list(next));
            if let Some(list) = edit.list {
                result.push_str(if opens { list.open() } else { list.separator() });
            }
            result.push_str(&edit.text);
            result.push_str(edit.list.filter(|_| closes).map_or("", List::close));
            at = end;
        }
        result.push_str(&text[at..]);
        changed.push((id, result));
    }
    changed
}
