//! What elements of every kind have beside their meaning: descriptions, deprecation, applied directives.

use schemacheck_graphql::ast::{self, Value, ValueKind};
use schemacheck_graphql::schema::{ElementId, Schema, deprecation};
use schemacheck_graphql::value;

use super::Context;
use crate::element::{Element, Pair};
use crate::matching::Matching;

/// Why an element is deprecated; nothing where it is not.
pub(super) fn deprecation_reason(element: &dyn Element<'_>) -> Option<String> {
    let deprecation = deprecation(&*element.directives())?;
    Some(deprecation.told_reason().into_owned())
}

/// Whether this is an input of a schema that does not tell which of its inputs are deprecated.
pub(super) fn is_deprecation_unknown(element: &dyn Element<'_>, schema: &Schema<'_>) -> bool {
    schema.unknown().deprecated_inputs && matches!(element.id(), ElementId::InputValue(_))
}

/// Whether an element has a description that is not blank.
pub(super) fn is_described(element: &dyn Element<'_>) -> bool {
    element.description().is_some_and(|text| !text.is_blank())
}

/// What became of the directives on an element.
#[derive(Debug, Default)]
pub(super) struct AppliedDirectives {
    pub(super) added: Vec<String>,
    pub(super) removed: Vec<String>,
    /// The arguments differ: before and after.
    pub(super) changed: Vec<(String, String)>,
}

/// Compares the directives on an element. One that may stand only once keeps its identity when its arguments change;
/// of one that may be repeated, each application is its arguments.
pub(super) fn applied_directives(
    old: &dyn Element<'_>,
    new: &dyn Element<'_>,
    cx: &Context<'_, '_>,
) -> AppliedDirectives {
    let mut applied = AppliedDirectives::default();
    if cx.matching.old.unknown().or(cx.matching.new.unknown()).applied_directives {
        return applied;
    }
    let (before, after) = (old.directives(), new.directives());
    let mut added = texts(&after, cx.matching.new, &Renames::default());
    for (name, text) in texts(&before, cx.matching.old, &cx.directive_renames) {
        let same = added.iter().position(|(_, other)| *other == text);
        let successor = || {
            let repeatable = is_repeatable(name, cx.matching.old) || is_repeatable(name, cx.matching.new);
            added.iter().position(|(other, _)| *other == name).filter(|_| !repeatable)
        };
        match same.map(|at| (at, false)).or_else(|| successor().map(|at| (at, true))) {
            None => applied.removed.push(text),
            Some((at, differs)) => {
                let (_, after) = added.remove(at);
                if differs {
                    applied.changed.push((text, after));
                }
            }
        }
    }
    applied.added = added.into_iter().map(|(_, text)| text).collect();
    applied
}

/// What directives of the old schema and their arguments are called now.
#[derive(Debug, Default)]
pub(super) struct Renames<'s> {
    directives: Vec<(&'s str, &'s str)>,
    /// By the new name of the directive.
    arguments: Vec<(&'s str, &'s str, &'s str)>,
}

impl<'s> Renames<'s> {
    pub(super) fn of(matching: &Matching<'s>) -> Self {
        let mut renames = Renames::default();
        for pair in matching.directives.iter() {
            if let Pair::Renamed { old, new } = pair {
                renames
                    .directives
                    .push((matching.old.directive(old.id).name, matching.new.directive(new.id).name));
            }
        }
        for pair in matching.directive_arguments.iter() {
            if let Pair::Renamed { old, new } = pair {
                let (from, to) =
                    (matching.old.input_value(old.id).name, matching.new.input_value(new.id).name);
                renames.arguments.push((matching.new.directive(new.directive).name, from, to));
            }
        }
        renames
    }

    fn directive<'n>(&self, name: &'n str) -> &'n str
    where
        's: 'n,
    {
        self.directives.iter().find(|(from, _)| *from == name).map_or(name, |(_, to)| to)
    }

    fn argument<'n>(&self, directive: &str, name: &'n str) -> &'n str
    where
        's: 'n,
    {
        let mut renames = self.arguments.iter();
        renames.find(|(of, from, _)| *of == directive && *from == name).map_or(name, |(_, _, to)| to)
    }
}

/// The name and the text of each of these directives that the specification does not define, as they are called in the
/// new schema.
fn texts<'e>(
    directives: &'e [ast::Directive<'_>],
    schema: &Schema<'_>,
    renames: &Renames<'e>,
) -> Vec<(&'e str, String)> {
    let built_in = |name: &str| schema.directive_named(name).is_some_and(|id| schema.directive(id).built_in);
    let directives = directives.iter();
    directives
        .filter(|directive| !built_in(directive.name.text))
        .map(|directive| (renames.directive(directive.name.text), text(directive, renames)))
        .collect()
}

fn is_repeatable(name: &str, schema: &Schema<'_>) -> bool {
    schema.directive_named(name).is_some_and(|id| schema.directive(id).definition.repeatable)
}

/// A directive without regard to the order of arguments and keys.
fn text(directive: &ast::Directive<'_>, renames: &Renames<'_>) -> String {
    let name = renames.directive(directive.name.text);
    let arguments = directive.arguments.iter();
    let mut arguments: Vec<String> = arguments
        .map(|argument| {
            format!("{}: {}", renames.argument(name, argument.name.text), ordered(&argument.value))
        })
        .collect();
    arguments.sort_unstable();
    match arguments.as_slice() {
        [] => format!("@{name}"),
        arguments => format!("@{name}({})", arguments.join(", ")),
    }
}

/// A value with the keys of its objects in order.
fn ordered(value: &Value<'_>) -> String {
    match value.kind {
        ValueKind::List(items) => format!("[{}]", items.iter().map(ordered).collect::<Vec<_>>().join(", ")),
        ValueKind::Object(fields) => {
            let fields = fields.iter();
            let mut fields: Vec<String> =
                fields.map(|field| format!("{}: {}", field.name.text, ordered(&field.value))).collect();
            fields.sort_unstable();
            format!("{{{}}}", fields.join(", "))
        }
        _ => value::write(value),
    }
}
