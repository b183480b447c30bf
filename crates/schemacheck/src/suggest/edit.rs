//! Edits of a schema's own texts: formatting and comments stay as they are.

use schemacheck_graphql::source::{SourceId, Sources, Span};

/// Replaces a span of a text; an empty span inserts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
}

impl Edit {
    /// Inserts a text.
    pub(super) fn insert(at: u32, text: String) -> Edit {
        Edit { span: Span { start: at, end: at }, text }
    }

    /// Deletes a span.
    pub(super) fn delete(span: Span) -> Edit {
        Edit { span, text: String::new() }
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
            return Edit {
                span: Span { start: at, end: at },
                text: format!("{}{before}{entry}", line_end(source.text())),
            };
        }
        Edit::insert(anchor.end, format!("{separator}{entry}"))
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
pub(super) fn apply(sources: &Sources, texts: &[SourceId], edits: &[&Edit]) -> Vec<(SourceId, String)> {
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
        here.sort_by_key(|edit| edit.span);
        here.dedup();
        let mut result = String::with_capacity(text.len() + 64 * here.len());
        let mut at = 0;
        for edit in here {
            let (start, end) = ((edit.span.start - base) as usize, (edit.span.end - base) as usize);
            result.push_str(&text[at..start.max(at)]);
            result.push_str(&edit.text);
            at = end.max(at);
        }
        result.push_str(&text[at..]);
        changed.push((id, result));
    }
    changed
}
