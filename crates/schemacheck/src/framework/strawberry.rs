//! Strawberry (Python, code first). An alias is a copy of the field, so that the resolver, its permissions and its
//! extensions are the same; an argument's old name is a field extension, so that the resolver stays as it is.

use schemacheck_graphql::ast::{OperationKind, TypeKind};

use super::facts::{
    AddedField, InputFacts, InputPatchKind, NamedType, PatchedArguments, PatchedServer, PatchedType,
    TypeReference,
};
use super::python::{Helper, indented, is_plain, literal, name, one_of, string, with_helpers};
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

const OLD_NAME: Helper = Helper {
    name: "old_name(",
    imports: &["from copy import copy", "from operator import attrgetter"],
    code: r#"def old_name(type_: type, new: str, old: str, name: str, reason: str) -> StrawberryField:
    """Gives a field its old name as well, with its resolver, arguments, permissions and extensions."""
    alias = copy(field_of(type_, new))
    alias.python_name, alias.graphql_name = old, name
    alias.description, alias.deprecation_reason = None, reason
    type_.__strawberry_definition__.fields.append(alias)
    if alias.base_resolver is None:
        setattr(type_, old, property(attrgetter(new)))
    return alias
"#,
};

const OLD_ARGUMENTS: Helper = Helper {
    name: "OldArguments(",
    imports: &[
        "from typing import Any",
        "from strawberry.annotation import StrawberryAnnotation",
        "from strawberry.extensions import FieldExtension",
        "from strawberry.types.arguments import StrawberryArgument",
        "from strawberry.types.field import StrawberryField",
    ],
    code: r#"class OldArguments(FieldExtension):
    """Takes the arguments that the field had under its old name. The resolver gets them under their new names."""

    def __init__(self, *arguments: tuple[str, str | None, Any, Any]):
        self.arguments = arguments

    def apply(self, field: StrawberryField) -> None:
        field.arguments = [
            StrawberryArgument(old, old, StrawberryAnnotation(type_, namespace=globals()), default=default)
            for old, _, type_, default in self.arguments
        ]

    def map_arguments(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        names = {old: new for old, new, _, _ in self.arguments}
        given = {names.get(name, name): value for name, value in kwargs.items()}
        return {name: value for name, value in given.items() if name is not None}
"#,
};

/// What an extension that changes an argument needs.
const EXTENSION_IMPORTS: &[&str] = &[
    "from typing import Any",
    "from strawberry.annotation import StrawberryAnnotation",
    "from strawberry.extensions import FieldExtension",
    "from strawberry.types.arguments import StrawberryArgument",
    "from strawberry.types.base import StrawberryOptional",
    "from strawberry.types.field import StrawberryField",
];

const RENAMED_ARGUMENT: Helper = Helper {
    name: "RenamedArgument(",
    imports: EXTENSION_IMPORTS,
    code: r#"class RenamedArgument(FieldExtension):
    """Takes an argument under its old name as well. The resolver gets it under the new one, as before."""

    def __init__(self, new: str, old: str, names: tuple[str, str], reason: str, required: bool = False):
        self.new, self.old, self.names, self.reason, self.required = new, old, names, reason, required

    def apply(self, field: StrawberryField) -> None:
        arguments = {argument.python_name: argument for argument in field.arguments}
        if self.old in arguments:
            return
        new = arguments[self.new]
        self.nullable, self.default = isinstance(new.type, StrawberryOptional), new.default
        optional = StrawberryAnnotation(new.type if self.nullable else StrawberryOptional(new.type))
        if self.required:
            arguments[self.new] = StrawberryArgument(
                self.new, self.names[0], optional, description=new.description
            )
        arguments[self.old] = StrawberryArgument(
            self.old, self.names[1], optional, deprecation_reason=self.reason
        )
        field.arguments = list(arguments.values())

    def map_arguments(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        new, old = kwargs.pop(self.new, strawberry.UNSET), kwargs.pop(self.old, strawberry.UNSET)
        if old is not strawberry.UNSET and new == self.default:
            new = strawberry.UNSET
        value = one_of(self.names, new, old, self.required, self.nullable)
        return kwargs if value is strawberry.UNSET else {**kwargs, self.new: value}
"#,
};

const RESTORED_ARGUMENT: Helper = Helper {
    name: "RestoredArgument(",
    imports: &[
        "from typing import Any",
        "from strawberry.annotation import StrawberryAnnotation",
        "from strawberry.extensions import FieldExtension",
        "from strawberry.types.arguments import StrawberryArgument",
        "from strawberry.types.field import StrawberryField",
    ],
    code: r#"class RestoredArgument(FieldExtension):
    """Takes an argument that the resolver no longer knows, and leaves it out."""

    def __init__(self, name: str, graphql_name: str, type_: Any, reason: str):
        self.name, self.graphql_name, self.type, self.reason = name, graphql_name, type_, reason

    def apply(self, field: StrawberryField) -> None:
        if all(argument.python_name != self.name for argument in field.arguments):
            annotation = StrawberryAnnotation(self.type, namespace=globals())
            argument = StrawberryArgument(
                self.name, self.graphql_name, annotation, deprecation_reason=self.reason
            )
            field.arguments = [*field.arguments, argument]

    def map_arguments(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in kwargs.items() if name != self.name}
"#,
};

const OPTIONAL_ARGUMENT: Helper = Helper {
    name: "OptionalArgument(",
    imports: EXTENSION_IMPORTS,
    code: r#"class OptionalArgument(FieldExtension):
    """Makes a required argument optional. Where it is not given, the resolver gets the value."""

    def __init__(self, name: str, graphql_name: str, value: Any):
        self.name, self.graphql_name, self.value = name, graphql_name, value

    def apply(self, field: StrawberryField) -> None:
        field.arguments = [
            StrawberryArgument(
                self.name,
                self.graphql_name,
                StrawberryAnnotation(StrawberryOptional(argument.type)),
                description=argument.description,
            )
            if argument.python_name == self.name and not isinstance(argument.type, StrawberryOptional)
            else argument
            for argument in field.arguments
        ]

    def map_arguments(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        given = kwargs.get(self.name)
        return {**kwargs, self.name: self.value if given is None else given}
"#,
};

const DEFAULT_ARGUMENT: Helper = Helper {
    name: "DefaultArgument(",
    imports: &[
        "from typing import Any",
        "from strawberry.annotation import StrawberryAnnotation",
        "from strawberry.extensions import FieldExtension",
        "from strawberry.types.arguments import StrawberryArgument",
        "from strawberry.types.field import StrawberryField",
    ],
    code: r#"class DefaultArgument(FieldExtension):
    """Gives a required argument a default."""

    def __init__(self, name: str, graphql_name: str, default: Any):
        self.name, self.graphql_name, self.default = name, graphql_name, default

    def apply(self, field: StrawberryField) -> None:
        field.arguments = [
            StrawberryArgument(
                self.name,
                self.graphql_name,
                StrawberryAnnotation(argument.type),
                description=argument.description,
                default=self.default,
            )
            if argument.python_name == self.name
            else argument
            for argument in field.arguments
        ]
"#,
};

const FIELD_OF: Helper = Helper {
    name: "field_of(",
    imports: &["from strawberry.types.field import StrawberryField"],
    code: r#"def field_of(type_: type, name: str) -> StrawberryField:
    field = type_.__strawberry_definition__.get_field(name)
    if field is None:
        raise LookupError(f"{type_.__name__} has no field {name}: which name has it in Python?")
    return field
"#,
};

const ONE_OF: Helper = Helper {
    name: "one_of(",
    imports: &["from typing import Any", "from graphql import GraphQLError"],
    code: one_of!("strawberry.UNSET"),
};

/// What is only imported.
const ENUM_VALUE: Helper =
    Helper { name: "EnumValue(", imports: &["from strawberry.types.enum import EnumValue"], code: "" };
const ANNOTATED: Helper = Helper { name: "Annotated[", imports: &["from typing import Annotated"], code: "" };
const ASYNC_GENERATOR: Helper =
    Helper { name: "AsyncGenerator[", imports: &["from collections.abc import AsyncGenerator"], code: "" };
const DATETIME: Helper = Helper { name: "datetime.", imports: &["import datetime"], code: "" };
const DECIMAL: Helper = Helper { name: "decimal.", imports: &["import decimal"], code: "" };
const UUID: Helper = Helper { name: "uuid.", imports: &["import uuid"], code: "" };

/// All helpers, those that others call last.
const HELPERS: &[Helper] = &[
    OLD_NAME,
    OLD_ARGUMENTS,
    RENAMED_ARGUMENT,
    RESTORED_ARGUMENT,
    OPTIONAL_ARGUMENT,
    DEFAULT_ARGUMENT,
    FIELD_OF,
    ONE_OF,
    ENUM_VALUE,
    ANNOTATED,
    ASYNC_GENERATOR,
    DATETIME,
    DECIMAL,
    UUID,
];

fn emit(server: &PatchedServer<'_>) -> Vec<Snippet> {
    let types = &server.types;
    let snippets = types.iter().flat_map(type_snippets).collect();
    with_helpers("above the types", &["import strawberry"], HELPERS, snippets)
}

fn type_snippets(ty: &PatchedType<'_>) -> Vec<Snippet> {
    let mut inside: Vec<String> = Vec::new();
    let mut below = Vec::new();
    // Classes inherit the fields of their interface.
    for field in &ty.fields {
        match &field.target {
            Some(target) => below.push(alias(ty, field, target)),
            None => inside.push(restored(ty, field)),
        }
    }
    for field in &ty.arguments {
        below.extend(arguments(ty, field));
    }
    for field in &ty.non_null {
        inside.push(format!("{}: {}\n", name(field.name), annotation(&field.ty)));
    }
    inside.extend(input_fields(ty));
    for value in &ty.enum_values {
        let (old, reason) = (string(value.name), reason(value.deprecation.as_deref()));
        match &value.target {
            // The engine answers the first name of a value, so the old one comes behind the new one.
            Some(new) => below.push(format!(
                "{ty}.__strawberry_definition__.values.append(\n    EnumValue({old}, {ty}.{new}.value, {reason})\n)\n",
                ty = ty.in_code
            )),
            None => inside.push(format!("{} = strawberry.enum_value({old}, {reason})\n", value.name)),
        }
    }
    let mut snippets = Vec::new();
    if !inside.is_empty() {
        let place = format!("in the class {}, below its fields", ty.in_code);
        snippets.push(Snippet { place, code: indented(&inside.join("\n")) });
    }
    if !below.is_empty() {
        snippets.push(Snippet { place: format!("below the class {}", ty.in_code), code: below.concat() });
    }
    snippets
}

/// A field under its old name as well.
fn alias(ty: &PatchedType<'_>, field: &AddedField<'_>, target: &str) -> String {
    let call = format!(
        "old_name({}, {}, {}, {}, {})",
        ty.in_code,
        string(&name(target)),
        string(&name(field.name)),
        string(field.name),
        string(field.deprecation.as_deref().unwrap_or_default())
    );
    if field.same_arguments {
        return format!("{call}\n");
    }
    let arguments = field.arguments.iter().map(|argument| {
        let facts = &argument.argument;
        let target = argument.target.as_ref().map_or("None".to_owned(), |target| string(&name(target)));
        let default = facts.default.map_or("strawberry.UNSET".to_owned(), literal);
        format!("        ({}, {target}, {}, {default}),\n", string(facts.name), quoted(&facts.ty))
    });
    format!("{call}.extensions.append(\n    OldArguments(\n{}    )\n)\n", arguments.collect::<String>())
}

/// A field that was removed with its resolver.
fn restored(ty: &PatchedType<'_>, field: &AddedField<'_>) -> String {
    let parameters = field.arguments.iter().map(|argument| parameter(&argument.argument));
    let parameters = std::iter::once("self".to_owned()).chain(parameters).collect::<Vec<_>>().join(", ");
    let (decorator, define, answer) = match ty.operation {
        Some(OperationKind::Subscription) => {
            ("subscription", "async def", format!("\"AsyncGenerator[{}, None]\"", type_text(&field.ty)))
        }
        Some(OperationKind::Mutation) => ("mutation", "def", annotation(&field.ty)),
        _ => ("field", "def", annotation(&field.ty)),
    };
    format!(
        "@strawberry.{decorator}({}{})\n{define} {}({parameters}) -> {answer}:\n    \
         raise NotImplementedError(\"put the resolver back\")\n",
        named(field.name),
        reason(field.deprecation.as_deref()),
        name(field.name),
    )
}

/// What changes of the arguments of a field that stays.
fn arguments(ty: &PatchedType<'_>, field: &PatchedArguments<'_>) -> Vec<String> {
    let extension = |kind: &InputPatchKind<'_>| match kind {
        InputPatchKind::Renamed { old, new, required } => format!(
            "RenamedArgument(\n        {}, {}, ({}, {}), {}{}\n    )",
            string(&name(new.name)),
            string(&name(old.name)),
            string(new.name),
            string(old.name),
            string(old.deprecation.as_deref().unwrap_or_default()),
            if *required { ", required=True" } else { "" },
        ),
        InputPatchKind::Restored(old) => format!(
            "RestoredArgument({}, {}, {}, {})",
            string(&name(old.name)),
            string(old.name),
            quoted(&old.ty),
            string(old.deprecation.as_deref().unwrap_or_default()),
        ),
        InputPatchKind::Defaulted(new) => format!(
            "DefaultArgument({}, {}, {})",
            string(&name(new.name)),
            string(new.name),
            new.default.map_or("None".to_owned(), literal),
        ),
        InputPatchKind::Relaxed(new) => format!(
            "# The value for clients that do not give it:\n    OptionalArgument({}, {}, None)",
            string(&name(new.name)),
            string(new.name),
        ),
    };
    let append = |extension: String| {
        format!(
            "field_of({}, {}).extensions.append(\n    {extension}\n)\n",
            ty.in_code,
            string(&name(field.field))
        )
    };
    field.patches.iter().map(|patch| append(extension(&patch.kind))).collect()
}

/// The input fields that come back, those that become optional for them, and what brings both together.
fn input_fields(ty: &PatchedType<'_>) -> Vec<String> {
    let mut entries = Vec::new();
    let mut joined = String::new();
    let optional = |facts: &InputFacts<'_>, deprecation: &str| {
        format!(
            "{}: {} = strawberry.field(\n    {}default=strawberry.UNSET{deprecation}\n)\n",
            name(facts.name),
            annotation(facts.ty.nullable()),
            named(facts.name)
        )
    };
    let deprecated = |facts: &InputFacts<'_>| {
        let reason = string(facts.deprecation.as_deref().unwrap_or_default());
        optional(facts, &format!(", deprecation_reason={reason}"))
    };
    for patch in &ty.input_fields {
        match &patch.kind {
            InputPatchKind::Renamed { old, new, required } => {
                if *required {
                    entries.push(optional(new, ""));
                }
                entries.push(deprecated(old));
                let python = |truth: bool| if truth { "True" } else { "False" };
                let nullable = !required && !new.ty.is_non_null();
                let names = (name(new.name), name(old.name));
                joined += &format!(
                    "    self.{new} = one_of(\n        ({}, {}), self.{new}, self.{old}, required={}, nullable={}\n    )\n",
                    string(new.name),
                    string(old.name),
                    python(*required),
                    python(nullable),
                    new = names.0,
                    old = names.1,
                );
            }
            InputPatchKind::Restored(old) => entries.push(deprecated(old)),
            InputPatchKind::Relaxed(new) => entries.push(optional(new, "")),
            InputPatchKind::Defaulted(new) => entries.push(format!(
                "{}: {} = strawberry.field({}default={})\n",
                name(new.name),
                annotation(&new.ty),
                named(new.name),
                new.default.map_or("None".to_owned(), literal)
            )),
        }
    }
    if !joined.is_empty() {
        entries.push(format!("def __post_init__(self):\n{joined}"));
    }
    entries
}

/// A parameter of a resolver.
fn parameter(argument: &InputFacts<'_>) -> String {
    let python = name(argument.name);
    let default = match (argument.default, argument.ty.is_non_null()) {
        (Some(default), _) => format!(" = {}", literal(default)),
        (None, true) => String::new(),
        (None, false) => " = strawberry.UNSET".to_owned(),
    };
    if is_plain(argument.name) {
        return format!("{python}: {}{default}", annotation(&argument.ty));
    }
    let ty = format!(
        "Annotated[{}, strawberry.argument(name={})]",
        type_text(&argument.ty),
        string(argument.name)
    );
    format!("{python}: {ty}{default}")
}

/// `name="threadRead", ` where the configuration decides what a Python name becomes.
fn named(graphql: &str) -> String {
    if is_plain(graphql) { String::new() } else { format!("name={}, ", string(graphql)) }
}

fn reason(text: Option<&str>) -> String {
    format!("deprecation_reason={}", string(text.unwrap_or_default()))
}

/// A type as an annotation; quoted where it names a class that may be defined further down.
fn annotation(ty: &TypeReference<'_>) -> String {
    match ty.named() {
        NamedType { kind: TypeKind::Scalar, .. } => type_text(ty),
        _ => quoted(ty),
    }
}

fn quoted(ty: &TypeReference<'_>) -> String {
    format!("\"{}\"", type_text(ty))
}

/// A type in Python; without non-null, it may be None.
fn type_text(ty: &TypeReference<'_>) -> String {
    match ty {
        TypeReference::NonNull(inner) => match &**inner {
            TypeReference::List(item) => format!("list[{}]", type_text(item)),
            inner => named_type(inner.named()),
        },
        TypeReference::List(item) => format!("list[{}] | None", type_text(item)),
        TypeReference::Named(named) => format!("{} | None", named_type(*named)),
    }
}

/// The Python type of a named type: of a scalar that Strawberry knows, else the class of the same name.
fn named_type(ty: NamedType<'_>) -> String {
    let python = match ty.name {
        "Int" => "int",
        "Float" => "float",
        "String" => "str",
        "Boolean" => "bool",
        "ID" => "strawberry.ID",
        "Date" => "datetime.date",
        "DateTime" => "datetime.datetime",
        "Time" => "datetime.time",
        "Decimal" => "decimal.Decimal",
        "UUID" => "uuid.UUID",
        "JSON" => "strawberry.scalars.JSON",
        _ => ty.in_code,
    };
    python.to_owned()
}
