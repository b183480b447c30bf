//! What the introspection of one schema does not tell and the other schema has: that it is absent there says nothing.

use schemacheck_graphql::coordinate::SchemaCoordinate;
use schemacheck_graphql::diagnostic::Diagnostic;
use schemacheck_graphql::schema::{InputValue, Schema, deprecation};

/// Whether a schema may have an input of the other schema though it does not list it.
pub(crate) fn may_hide(schema: &Schema<'_>, input: &InputValue<'_>) -> bool {
    schema.unknown().deprecated_inputs && deprecation(input.definition.directives).is_some()
}

/// Why an error of an operation on this schema may be none: what the operation uses is in the other schema, under
/// `in_other`, and the introspection of this one does not tell it. Nothing where the error is certain.
pub(crate) fn why_unsure(
    error: &Diagnostic,
    schema: &Schema<'_>,
    other: &Schema<'_>,
    in_other: SchemaCoordinate<&str>,
) -> Option<&'static str> {
    let unknown = schema.unknown();
    let coordinate = error.coordinate.as_ref()?.borrowed();
    if let SchemaCoordinate::Directive(name) = coordinate {
        let definition = other.directive(other.directive_named(name)?).definition;
        let told = schema.directive_named(name).is_some();
        return match error.rule {
            "known-directives" if unknown.directives && !told => {
                Some("the introspection does not tell which directives there are, so it may be one of them")
            }
            "unique-directives-per-location" if unknown.repeatable && definition.repeatable => Some(
                "the introspection does not tell which directives are repeatable, so it may be one of them",
            ),
            _ => None,
        };
    }
    let hidden = input_at(schema, coordinate).is_none()
        && input_at(other, in_other).is_some_and(|input| may_hide(schema, input));
    hidden.then_some(
        "the introspection does not tell deprecated arguments and input fields, so it may be one of them",
    )
}

/// The argument or input field with this coordinate.
fn input_at<'s, 'a>(
    schema: &'s Schema<'a>,
    coordinate: SchemaCoordinate<&str>,
) -> Option<&'s InputValue<'a>> {
    let id = match coordinate {
        SchemaCoordinate::Argument(ty, field, argument) => {
            schema.argument_named(schema.field_named(schema.type_named(ty)?, field)?, argument)
        }
        SchemaCoordinate::Member(ty, field) => schema.input_field_named(schema.type_named(ty)?, field),
        SchemaCoordinate::DirectiveArgument(directive, argument) => {
            schema.directive_argument_named(schema.directive_named(directive)?, argument)
        }
        _ => None,
    }?;
    Some(schema.input_value(id))
}
