//! How long an alias lives: the reason of its deprecation says it, in one form that a program reads again.
//!
//! `Use emsg_id. Remove after 2027-03-31.` names what to use instead and the day from which on the alias can go.
//! An alias that outlived its day, or that no stored operation uses any more, is a warning.

use bumpalo::Bump;
use hashbrown::HashSet;
use jiff::civil::Date;
use schemacheck_graphql::coordinate::is_name;
use schemacheck_graphql::parser::{self, Limits};
use schemacheck_graphql::schema::{ElementId, Schema, TypeId, deprecation};
use schemacheck_graphql::source::{Sources, Span};
use schemacheck_graphql::usage::{Use, usage};

use crate::diff::Diff;
use crate::element::{ArgumentElement, Element, EnumValueElement, FieldElement, InputFieldElement, Pair};
use crate::operation::{StoredDocument, operations_of};
use crate::report::ReportedDiagnostic;

/// What stands before the name of the element that replaces a deprecated one.
const USE: &str = "Use ";
/// What the patch says of an element that has no successor.
pub(crate) const KEPT: &str = "Kept for old clients";
/// What stands before the date.
const REMOVE_AFTER: &str = "emove after ";

/// The reason of a deprecation: what to do, and from when on the element may go.
pub(crate) fn reason(advice: &str, remove_after: Option<Date>) -> String {
    match remove_after {
        Some(date) if self::remove_after(advice).is_none() => {
            format!("{}. R{REMOVE_AFTER}{date}.", advice.trim_end_matches(['.', ' ']))
        }
        _ => advice.to_owned(),
    }
}

/// What to use instead, as a reason says it.
pub(crate) fn advice(successor: &str) -> String {
    format!("{USE}{successor}")
}

/// The day after which an element may go, where its reason names one.
pub(crate) fn remove_after(reason: &str) -> Option<Date> {
    let (_, date) = reason.split_once(REMOVE_AFTER)?;
    date.get(..10)?.parse().ok()
}

/// The element that a reason names as successor.
fn successor(reason: &str) -> Option<&str> {
    let rest = reason.strip_prefix(USE)?;
    let name = rest.split(|char: char| !char.is_ascii_alphanumeric() && char != '_').next()?;
    is_name(name).then_some(name)
}

/// A deprecated element of the new schema that the old one has too.
struct Alias {
    id: ElementId,
    /// The type that has it, where that is an input object or enum: variables may hold it.
    carried_by: Option<TypeId>,
    coordinate: String,
    span: Span,
    reason: String,
}

/// The warnings about aliases of the new schema: those past their day, and those that no stored operation uses.
pub(crate) fn warnings(
    sources: &Sources,
    diff: &Diff<'_>,
    documents: Option<&[StoredDocument]>,
    today: Date,
    limits: Limits,
) -> Vec<ReportedDiagnostic> {
    let aliases = aliases(diff);
    let mut warnings = Vec::new();
    for alias in &aliases {
        if let Some(date) = remove_after(&alias.reason).filter(|&date| date < today) {
            let message = format!("{} was to be removed after {date}", alias.coordinate);
            let help = "remove it, or give it another day";
            warnings.push(warning(sources, "alias-overdue", message, help, alias.span));
        }
    }
    let (Some(documents), false) = (documents.filter(|documents| !documents.is_empty()), aliases.is_empty())
    else {
        return warnings;
    };
    let seen = used(sources, diff.matching.new, documents, limits);
    let mut carriers: Vec<TypeId> = seen.variable_types.into_iter().collect();
    carriers.sort_unstable();
    let in_variables = held_by(diff.matching.new, carriers);
    for alias in aliases {
        let of_ours = successor(&alias.reason).is_some() || alias.reason.starts_with(KEPT);
        let may_be_sent = alias.carried_by.is_some_and(|ty| in_variables.contains(&ty));
        if of_ours && !may_be_sent && !seen.elements.contains(&alias.id) {
            let message =
                format!("{} is deprecated, and no stored operation uses it any more", alias.coordinate);
            let help = "remove it where you know all clients";
            warnings.push(warning(sources, "alias-unused", message, help, alias.span));
        }
    }
    warnings
}

fn warning(
    sources: &Sources,
    rule: &'static str,
    message: String,
    help: &str,
    place: Span,
) -> ReportedDiagnostic {
    ReportedDiagnostic {
        level: "warning",
        rule,
        message,
        place: Some(sources.locate(place.start).into()),
        help: Some(help.to_owned()),
    }
}

/// The elements that are deprecated in both schemas.
fn aliases(diff: &Diff<'_>) -> Vec<Alias> {
    let (matching, schema) = (&diff.matching, diff.matching.new);
    let mut aliases = Vec::new();
    let mut add = |old: &dyn Element<'_>, new: &dyn Element<'_>, carried_by| {
        let (Some(_), Some(now)) = (deprecation(&*old.directives()), deprecation(&*new.directives())) else {
            return;
        };
        aliases.push(Alias {
            id: new.id(),
            carried_by,
            coordinate: new.coordinate().to_string(),
            span: new.span(),
            reason: now.reason.unwrap_or_default().into_owned(),
        });
    };
    for (old, new) in matching.fields.iter().filter_map(Pair::both) {
        add(&old, &new, None);
    }
    for (old, new) in matching.arguments.iter().filter_map(Pair::both) {
        add(&old, &new, None);
    }
    for (old, new) in matching.input_fields.iter().filter_map(Pair::both) {
        add(&old, &new, Some(new.parent));
    }
    for (old, new) in matching.enum_values.iter().filter_map(Pair::both) {
        add(&old, &new, Some(new.parent));
    }
    for (old, new) in matching.directive_arguments.iter().filter_map(Pair::both) {
        add(&old, &new, None);
    }
    // What is deprecated in a type that stayed to the letter, was so before.
    for &(_, parent) in &matching.unchanged {
        for (field, _) in schema.fields_of(parent) {
            let element = FieldElement { schema, id: field };
            add(&element, &element, None);
            for (id, _) in schema.arguments_of(field) {
                let element = ArgumentElement { schema, id, field };
                add(&element, &element, None);
            }
        }
        for (id, _) in schema.input_fields_of(parent) {
            let element = InputFieldElement { schema, id, parent };
            add(&element, &element, Some(parent));
        }
        for (id, _) in schema.enum_values_of(parent) {
            let element = EnumValueElement { schema, id, parent };
            add(&element, &element, Some(parent));
        }
    }
    aliases
}

/// What all stored operations use of a schema.
struct UsedElements {
    elements: HashSet<ElementId>,
    /// The types of their variables.
    variable_types: HashSet<TypeId>,
}

fn used(
    sources: &Sources,
    schema: &Schema<'_>,
    documents: &[StoredDocument],
    limits: Limits,
) -> UsedElements {
    let mut used = UsedElements { elements: HashSet::new(), variable_types: HashSet::new() };
    let mut arena = Bump::new();
    for stored in documents {
        arena.reset();
        let Ok(document) = parser::parse(&arena, sources.get(stored.source), limits) else { continue };
        for operation in operations_of(&document) {
            for one in usage(schema, &document, operation) {
                match (one.element, one.how) {
                    (ElementId::Type(ty), Use::Variable | Use::RequiredVariable) => {
                        used.variable_types.insert(ty);
                    }
                    (_, Use::Omitted) => {}
                    (element, _) => {
                        used.elements.insert(element);
                    }
                }
            }
        }
    }
    used
}

/// The input objects and enums of which a value of these types can hold one.
fn held_by(schema: &Schema<'_>, mut types: Vec<TypeId>) -> HashSet<TypeId> {
    let mut held: HashSet<TypeId> = types.iter().copied().collect();
    while let Some(ty) = types.pop() {
        for (_, field) in schema.input_fields_of(ty) {
            if held.insert(field.ty.named) {
                types.push(field.ty.named);
            }
        }
    }
    held
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let date: Date = "2027-03-31".parse().unwrap();
        let text = reason(&advice("emsg_id"), Some(date));
        assert_eq!(text, "Use emsg_id. Remove after 2027-03-31.");
        assert_eq!((successor(&text), remove_after(&text)), (Some("emsg_id"), Some(date)));
        assert_eq!(reason(&text, Some("2028-01-01".parse().unwrap())), text, "a day that is set stays");
        assert_eq!(reason(&advice("emsg_id"), None), "Use emsg_id");
        assert_eq!(
            (successor("Use it or not"), remove_after("Remove after lunch, please")),
            (Some("it"), None)
        );
        assert_eq!(successor("Gone soon"), None);
    }
}
