//! Definitions of the old schema written for the new one.

use schemacheck_graphql::schema::{FieldId, TypeRef};
use schemacheck_graphql::value;

use crate::diff::Diff;

/// The text of an old type in the new schema; nothing where its named type is gone.
pub(super) fn in_new(diff: &Diff<'_>, old: TypeRef) -> Option<String> {
    let named = diff.matching.new_type(old.named)?;
    Some(diff.matching.new.type_text(TypeRef { named, ..old }))
}

/// The arguments of an old field, with their parentheses; nothing where a type of theirs is gone.
pub(super) fn arguments_text(diff: &Diff<'_>, old: FieldId) -> Option<String> {
    let arguments: Vec<String> = diff
        .matching
        .old
        .arguments_of(old)
        .map(|(_, argument)| {
            let ty = in_new(diff, argument.ty)?;
            let default =
                argument.default().map_or(String::new(), |default| format!(" = {}", value::write(default)));
            Some(format!("{}: {ty}{default}", argument.name))
        })
        .collect::<Option<_>>()?;
    Some(if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) })
}

/// A type without its outermost non-null.
pub(super) fn nullable(ty: &str) -> &str {
    ty.strip_suffix('!').unwrap_or(ty)
}
