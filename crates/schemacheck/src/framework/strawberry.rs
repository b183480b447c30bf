//! Strawberry (Python, code first). An alias is a copy of the field, so that the resolver, its permissions and its
//! extensions are the same; an argument's old name is a field extension, so that the resolver stays as it is.

use schemacheck_graphql::ast::{OperationKind, TypeKind, Value, ValueKind};

use super::facts::{
    AddedEnumValue, AddedField, InputFacts, InputPatchKind, NamedType, PatchedArguments, PatchedDirective,
    PatchedServer, PatchedType, ReturnedType, TypeReference,
};
use super::python::{
    self, Helper, add, assigned, indented, is_keyword, is_plain, locations, name, one_of, placed, said,
    string, truth, with_helpers,
};
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
        inherits_interface_fields: &[TypeKind::Object, TypeKind::Interface],
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

/// What an extension that changes arguments needs.
const EXTENSION_IMPORTS: &[&str] = &[
    "from typing import Any",
    "from strawberry.annotation import StrawberryAnnotation",
    "from strawberry.extensions import FieldExtension",
    "from strawberry.types.arguments import StrawberryArgument",
    "from strawberry.types.field import StrawberryField",
];

const OLD_ARGUMENTS: Helper = Helper {
    name: "OldArguments(",
    imports: EXTENSION_IMPORTS,
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
    imports: EXTENSION_IMPORTS,
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
    imports: EXTENSION_IMPORTS,
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

const WITH_ARGUMENTS: Helper = Helper {
    name: "with_arguments(",
    imports: &[
        "from collections.abc import Callable",
        "from functools import wraps",
        "from strawberry.directive import StrawberryDirective",
    ],
    code: r#"def with_arguments(directive: StrawberryDirective, change: Callable[[dict], dict]) -> None:
    """Changes the arguments before the function of a directive gets them."""
    call = directive.resolver.wrapped_func
    directive.resolver.wrapped_func = wraps(call)(lambda **given: call(**change(given)))
"#,
};

const UNDER_ONE_NAME: Helper = Helper {
    name: "under_one_name(",
    imports: &["from collections.abc import Callable", "from typing import Any"],
    code: r#"def under_one_name(
    python_names: tuple[str, str], names: tuple[str, str], default: Any, required: bool, nullable: bool
) -> Callable[[dict], dict]:
    """The function gets what is given under either name under the new one, as before."""

    def merged(given: dict[str, Any]) -> dict[str, Any]:
        new, old = (given.pop(name, strawberry.UNSET) for name in python_names)
        if old is not strawberry.UNSET and new == default:
            new = strawberry.UNSET
        value = one_of(names, new, old, required, nullable)
        return given if value is strawberry.UNSET else {**given, python_names[0]: value}

    return merged
"#,
};

const WITHOUT: Helper = Helper {
    name: " without(",
    imports: &["from collections.abc import Callable"],
    code: r#"def without(name: str) -> Callable[[dict], dict]:
    """The function does not know the argument any more."""
    return lambda given: {key: value for key, value in given.items() if key != name}
"#,
};

const WITH_VALUE: Helper = Helper {
    name: "with_value(",
    imports: &["from collections.abc import Callable", "from typing import Any"],
    code: r#"def with_value(name: str, value: Any) -> Callable[[dict], dict]:
    """Where the argument is not given, the function gets the value."""
    return lambda given: {**given, name: value if given.get(name) is None else given[name]}
"#,
};

const DIRECTIVE_ARGUMENT: Helper = Helper {
    name: "directive_argument(",
    imports: &[
        "from typing import Any",
        "from strawberry.annotation import StrawberryAnnotation",
        "from strawberry.directive import StrawberryDirective",
        "from strawberry.types.arguments import StrawberryArgument",
    ],
    code: r#"def directive_argument(
    directive: StrawberryDirective,
    name: str,
    graphql_name: str,
    type_: str,
    default: Any = strawberry.UNSET,
    description: str | None = None,
    deprecation_reason: str | None = None,
) -> None:
    """Adds an argument to a directive, or puts it in place of the one with its name."""
    argument = StrawberryArgument(
        name,
        graphql_name,
        StrawberryAnnotation(type_, namespace=globals()),
        default=default,
        description=description,
        deprecation_reason=deprecation_reason,
    )
    others = [other for other in directive.arguments if other.python_name != name]
    directive.arguments = [*others, argument]
"#,
};

/// What is only imported.
const DIRECTIVE_VALUE: Helper = Helper {
    name: "DirectiveValue[Any]",
    imports: &["from strawberry.directive import DirectiveValue", "from typing import Any"],
    code: "",
};
const DIRECTIVE_LOCATION: Helper = Helper {
    name: "DirectiveLocation.",
    imports: &["from strawberry.directive import DirectiveLocation"],
    code: "",
};
const ENUM: Helper = Helper { name: "(Enum):", imports: &["from enum import Enum"], code: "" };
const NEW_TYPE: Helper =
    Helper { name: "NewType(", imports: &["from typing import Any", "from typing import NewType"], code: "" };
const ONE_OF_DIRECTIVE: Helper =
    Helper { name: ", OneOf)", imports: &["from strawberry.schema_directives import OneOf"], code: "" };
const OPTIONAL: Helper = Helper {
    name: "StrawberryOptional",
    imports: &["from strawberry.types.base import StrawberryOptional"],
    code: "",
};
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
    DIRECTIVE_ARGUMENT,
    WITH_ARGUMENTS,
    UNDER_ONE_NAME,
    WITHOUT,
    WITH_VALUE,
    FIELD_OF,
    ONE_OF,
    DIRECTIVE_VALUE,
    DIRECTIVE_LOCATION,
    ENUM,
    NEW_TYPE,
    ONE_OF_DIRECTIVE,
    OPTIONAL,
    ENUM_VALUE,
    ANNOTATED,
    ASYNC_GENERATOR,
    DATETIME,
    DECIMAL,
    UUID,
];

fn emit(server: &PatchedServer<'_>) -> Vec<Snippet> {
    let mut snippets = Vec::new();
    for (place, ty) in placed(&server.returned) {
        returned(&mut snippets, &place, ty);
    }
    for ty in &server.types {
        type_snippets(&mut snippets, ty);
    }
    for directive in &server.directives {
        directive_snippets(&mut snippets, directive);
    }
    with_helpers("above the types", &["import strawberry"], HELPERS, snippets)
}

/// A type that comes back.
fn returned(snippets: &mut Vec<Snippet>, place: &str, ty: &ReturnedType<'_>) {
    if ty.kind == TypeKind::Scalar && scalar(ty.name).is_some() {
        return add(snippets, place, &format!("# Strawberry has the scalar {}.\n", ty.name));
    }
    let description = said(ty.description.as_deref(), None);
    let decorator = |kind: &str, more: Option<&str>| {
        let options: Vec<&str> = description.iter().map(String::as_str).chain(more).collect();
        let options = if options.is_empty() { String::new() } else { format!("({})", options.join(", ")) };
        format!("@strawberry.{kind}{options}\n")
    };
    let class = |bases: &[&str], body: Vec<String>| {
        let bases = if bases.is_empty() { String::new() } else { format!("({})", bases.join(", ")) };
        let body = if body.is_empty() { "pass\n".to_owned() } else { body.concat() };
        format!("class {}{bases}:\n{}", ty.name, indented(&body))
    };
    let code = match ty.kind {
        TypeKind::Object | TypeKind::Interface => {
            let kind = if ty.kind == TypeKind::Object { "type" } else { "interface" };
            let bases: Vec<&str> = ty.interfaces.iter().map(|interface| interface.in_code).collect();
            decorator(kind, None) + &class(&bases, ty.fields.iter().map(returned_field).collect())
        }
        TypeKind::InputObject => {
            let fields = ty.input_fields.iter().map(|facts| input_field(facts, &facts.ty)).collect();
            decorator("input", ty.one_of.then_some("one_of=True")) + &class(&[], fields)
        }
        TypeKind::Enum => {
            decorator("enum", None) + &class(&["Enum"], ty.enum_values.iter().map(enum_value).collect())
        }
        TypeKind::Union => {
            let members: Vec<&str> = ty.members.iter().map(|member| member.in_code).collect();
            let options: Vec<String> = [string(ty.name)].into_iter().chain(description).collect();
            let (members, options) = (members.join(" | "), options.join(", "));
            format!("{} = Annotated[{members}, strawberry.union({options})]\n", ty.name)
        }
        TypeKind::Scalar => {
            let url = ty.specified_by.as_deref().map(|url| format!("specified_by_url={}", string(url)));
            let options = [format!("name={}", string(ty.name))].into_iter().chain(description).chain(url);
            let options = options.collect::<Vec<_>>().join(", ");
            let entry = format!("{}: strawberry.scalar({options}),\n", ty.name);
            add(snippets, "in the scalar_map of the StrawberryConfig of the schema", &entry);
            format!("{} = NewType({}, Any)\n", ty.name, string(ty.name))
        }
    };
    add(snippets, place, &code);
    if ty.unreferenced {
        add(snippets, "in the types of the schema", &format!("{},\n", ty.name));
    }
}

/// A field of a type that comes back; a resolver only where it has arguments, which the type's own values do not know.
fn returned_field(field: &AddedField<'_>) -> String {
    if !field.arguments.is_empty() {
        return format!("{}\n", restored(None, field));
    }
    let mut options = Vec::new();
    if !is_plain(field.name) {
        options.push(format!("name={}", string(field.name)));
    }
    if !field.ty.is_non_null() {
        options.push("default=None".to_owned());
    }
    options.extend(said(field.description.as_deref(), field.deprecation.as_deref()));
    attribute(field.name, &field.ty, &options)
}

/// A field of a class, with the options of `strawberry.field`.
fn attribute(graphql: &str, ty: &TypeReference<'_>, options: &[String]) -> String {
    let declared = format!("{}: {}", name(graphql), annotation(ty));
    match options {
        [] => format!("{declared}\n"),
        options => assigned(&declared, "strawberry.field", options),
    }
}

/// A field of an input class, of the type that it has there.
fn input_field(facts: &InputFacts<'_>, ty: &TypeReference<'_>) -> String {
    let mut options = Vec::new();
    if !is_plain(facts.name) {
        options.push(format!("name={}", string(facts.name)));
    }
    match facts.default {
        Some(value) => {
            let is_shared = matches!(value.kind, ValueKind::List(_) | ValueKind::Object(_));
            let value = default(value, &facts.ty);
            // A list or an object of its own for each.
            options.push(if is_shared {
                format!("default_factory=lambda: {value}")
            } else {
                format!("default={value}")
            });
        }
        None if !ty.is_non_null() => options.push("default=strawberry.UNSET".to_owned()),
        None => {}
    }
    options.extend(said(facts.description.as_deref(), facts.deprecation.as_deref()));
    attribute(facts.name, ty, &options)
}

fn enum_value(value: &AddedEnumValue<'_>) -> String {
    let variable = member_name(value.name);
    let mut options = vec![string(value.name)];
    if variable != value.name {
        options.push(format!("name={}", string(value.name)));
    }
    options.extend(said(value.description.as_deref(), value.deprecation.as_deref()));
    match &options[..] {
        [only] => format!("{variable} = {only}\n"),
        options => assigned(&variable, "strawberry.enum_value", options),
    }
}

/// The name of an enum value in its class: its own, with an underscore behind it where Python has that for itself.
fn member_name(graphql: &str) -> String {
    let is_sunder = graphql.len() > 2 && graphql.starts_with('_') && graphql.ends_with('_');
    let is_reserved = is_keyword(graphql) || graphql == "mro" || is_sunder;
    if is_reserved { format!("{graphql}_") } else { graphql.to_owned() }
}

/// A default as code takes it.
fn default(value: &Value<'_>, ty: &TypeReference<'_>) -> String {
    python::default(value, ty, |class, value| format!("{class}.{}", member_name(value)))
}

fn type_snippets(snippets: &mut Vec<Snippet>, ty: &PatchedType<'_>) {
    let mut inside: Vec<String> = Vec::new();
    let mut below = Vec::new();
    let definition = format!("{}.__strawberry_definition__", ty.in_code);
    if ty.keeps_name() {
        let kept = string(ty.name);
        match ty.kind {
            TypeKind::Scalar => {
                let place = format!("in the strawberry.scalar of {}, in place of its name", ty.in_code);
                add(snippets, &place, &format!("name={kept},\n"));
            }
            TypeKind::Union => {
                let code = format!("{}.__metadata__[0].graphql_name = {kept}\n", ty.in_code);
                add(snippets, &format!("below the union {}", ty.in_code), &code);
            }
            _ => below.push(format!("{definition}.name = {kept}\n")),
        }
    }
    let bases = ty.interfaces.iter().map(|interface| format!("{},\n", interface.ty.in_code));
    let bases: String = bases.collect();
    add(snippets, &format!("first in the bases of the class {}", ty.in_code), &bases);
    let members = ty.members.iter().map(|member| format!("| {}\n", member.ty.in_code));
    let members: String = members.collect();
    add(snippets, &format!("behind the members of the union {}", ty.in_code), &members);
    if ty.loses_one_of() {
        below.push(format!(
            "{definition}.directives = [\n    directive for directive in {definition}.directives if not \
             isinstance(directive, OneOf)\n]\n"
        ));
    }
    // Classes inherit the fields of their interface.
    for field in &ty.fields {
        match &field.target {
            Some(target) => below.push(alias(ty, field, target)),
            None => inside.push(restored(ty.operation, field)),
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
        match &value.target {
            // The engine answers the first name of a value, so the old one comes behind the new one.
            Some(new) => {
                let reason = string(value.deprecation.as_deref().unwrap_or_default());
                below.push(format!(
                    "{definition}.values.append(\n    EnumValue({}, {}.{}.value, deprecation_reason={reason})\n)\n",
                    string(value.name),
                    ty.in_code,
                    member_name(new)
                ));
            }
            None => inside.push(enum_value(value)),
        }
    }
    let place = format!("in the class {}, below its fields", ty.in_code);
    add(snippets, &place, &indented(&inside.join("\n")));
    add(snippets, &format!("below the class {}", ty.in_code), &below.concat());
}

/// A directive of operations.
fn directive_snippets(snippets: &mut Vec<Snippet>, directive: &PatchedDirective<'_>) {
    let (variable, graphql) = (name(directive.in_code), string(directive.name));
    if directive.comes_back() {
        let mut options = vec![
            format!("locations=[{}]", locations(directive.locations.iter().copied())),
            format!("name={graphql}"),
        ];
        options.extend(said(directive.description.as_deref(), None));
        let parameters = directive.arguments.iter().map(parameter);
        let parameters: Vec<String> =
            ["value: DirectiveValue[Any]".to_owned()].into_iter().chain(parameters).collect();
        let code = format!(
            "@strawberry.directive(\n    {},\n)\ndef {variable}(\n    {},\n):\n    return value\n",
            options.join(",\n    "),
            parameters.join(",\n    ")
        );
        add(snippets, "above the schema", &code);
        add(snippets, "in the directives of the schema", &format!("{variable},\n"));
    }
    let mut below = String::new();
    if directive.keeps_name() {
        below += &format!("{variable}.graphql_name = {graphql}\n");
    }
    let again = locations(directive.locations_again());
    if !again.is_empty() {
        below += &format!("{variable}.locations += [{again}]\n");
    }
    for patch in &directive.patches {
        below += &directive_argument(&variable, &patch.kind);
    }
    add(snippets, &format!("below the directive {variable}"), &below);
    if directive.is_repeatable_again() || (directive.comes_back() && directive.repeatable) {
        // A directive of Strawberry cannot say it.
        let code = format!("schema._schema.get_directive({graphql}).is_repeatable = True\n");
        add(snippets, "below the schema", &code);
    }
}

/// What changes of an argument of a directive that stays.
fn directive_argument(directive: &str, patch: &InputPatchKind<'_>) -> String {
    let argument = |facts: &InputFacts<'_>| {
        let default = facts.default.map(|value| format!("default={}", default(value, &facts.ty)));
        let said = said(facts.description.as_deref(), facts.deprecation.as_deref());
        let options = default.into_iter().chain(said).map(|option| format!(", {option}"));
        let options: String = options.collect();
        let (python, graphql) = (string(&name(facts.name)), string(facts.name));
        format!("directive_argument({directive}, {python}, {graphql}, {}{options})\n", quoted(&facts.ty))
    };
    let called =
        |function: &str, arguments: &str| format!("with_arguments({directive}, {function}({arguments}))\n");
    match patch {
        InputPatchKind::Renamed { old, new, required } => {
            let relaxed = if *required { argument(new) } else { String::new() };
            let merged = format!(
                "({}, {}), ({}, {}), {}, required={}, nullable={}",
                string(&name(new.name)),
                string(&name(old.name)),
                string(new.name),
                string(old.name),
                new.default.map_or("strawberry.UNSET".to_owned(), |value| default(value, &new.ty)),
                truth(*required),
                truth(!required && !new.ty.is_non_null()),
            );
            relaxed + &argument(old) + &called("under_one_name", &merged)
        }
        InputPatchKind::Restored(old) => argument(old) + &called("without", &string(&name(old.name))),
        InputPatchKind::Relaxed(new) => {
            let comment = "# The last is the value for clients that do not give it.\n";
            argument(new) + comment + &called("with_value", &format!("{}, None", string(&name(new.name))))
        }
        InputPatchKind::Defaulted(new) => argument(new),
    }
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
        let default = facts.default.map_or("strawberry.UNSET".to_owned(), |value| default(value, &facts.ty));
        format!("        ({}, {target}, {}, {default}),\n", string(facts.name), quoted(&facts.ty))
    });
    format!("{call}.extensions.append(\n    OldArguments(\n{}    )\n)\n", arguments.collect::<String>())
}

/// A field that was removed with its resolver.
fn restored(operation: Option<OperationKind>, field: &AddedField<'_>) -> String {
    let parameters = field.arguments.iter().map(|argument| parameter(&argument.argument));
    let parameters = std::iter::once("self".to_owned()).chain(parameters).collect::<Vec<_>>().join(", ");
    let (decorator, define, answer) = match operation {
        Some(OperationKind::Subscription) => {
            ("subscription", "async def", format!("\"AsyncGenerator[{}, None]\"", type_text(&field.ty)))
        }
        Some(OperationKind::Mutation) => ("mutation", "def", annotation(&field.ty)),
        _ => ("field", "def", annotation(&field.ty)),
    };
    let mut options = Vec::new();
    if !is_plain(field.name) {
        options.push(format!("name={}", string(field.name)));
    }
    options.extend(said(field.description.as_deref(), field.deprecation.as_deref()));
    let options = if options.is_empty() { String::new() } else { format!("({})", options.join(", ")) };
    format!(
        "@strawberry.{decorator}{options}\n{define} {}({parameters}) -> {answer}:\n    \
         raise NotImplementedError(\"put the resolver back\")\n",
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
            new.default.map_or("None".to_owned(), |value| default(value, &new.ty)),
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
    let optional = |facts: &InputFacts<'_>| input_field(facts, facts.ty.nullable());
    for patch in &ty.input_fields {
        match &patch.kind {
            InputPatchKind::Renamed { old, new, required } => {
                if *required {
                    entries.push(optional(new));
                }
                entries.push(optional(old));
                let nullable = !required && !new.ty.is_non_null();
                let names = (name(new.name), name(old.name));
                joined += &format!(
                    "    self.{new} = one_of(\n        ({}, {}), self.{new}, self.{old}, required={}, nullable={}\n    )\n",
                    string(new.name),
                    string(old.name),
                    truth(*required),
                    truth(nullable),
                    new = names.0,
                    old = names.1,
                );
            }
            InputPatchKind::Restored(facts) | InputPatchKind::Relaxed(facts) => entries.push(optional(facts)),
            InputPatchKind::Defaulted(new) => entries.push(input_field(new, &new.ty)),
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
        (Some(value), _) => format!(" = {}", default(value, &argument.ty)),
        (None, true) => String::new(),
        (None, false) => " = strawberry.UNSET".to_owned(),
    };
    let mut options = Vec::new();
    if !is_plain(argument.name) {
        options.push(format!("name={}", string(argument.name)));
    }
    options.extend(said(argument.description.as_deref(), argument.deprecation.as_deref()));
    if options.is_empty() {
        return format!("{python}: {}{default}", annotation(&argument.ty));
    }
    let ty = format!("Annotated[{}, strawberry.argument({})]", type_text(&argument.ty), options.join(", "));
    format!("{python}: {ty}{default}")
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
    scalar(ty.in_code).unwrap_or(ty.in_code).to_owned()
}

/// The scalars that Strawberry has.
fn scalar(name: &str) -> Option<&'static str> {
    Some(match name {
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
        _ => return None,
    })
}
