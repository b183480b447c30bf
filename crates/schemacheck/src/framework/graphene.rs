//! Graphene (Python, code first). An alias answers by the resolver that the schema has for the new field, wherever that
//! comes from: a `resolve_` method, a `Mutation`, an interface, an attribute.

use schemacheck_graphql::ast::{OperationKind, Value, ValueKind};

use super::facts::{
    AddedField, InputFacts, InputPatchKind, PatchedArguments, PatchedServer, PatchedType, TypeReference,
};
use super::python::{Helper, ONE_OF, indented, literal, name, string, with_helpers};
use super::{Capabilities, Ecosystem, EnumAlias, Framework, Package, Snippet, framework_name};

pub(super) static FRAMEWORK: Framework = Framework {
    name: framework_name!(),
    title: "Graphene",
    language: "python",
    packages: &[
        Package { ecosystem: Ecosystem::Pypi, name: "graphene" },
        Package { ecosystem: Ecosystem::Pypi, name: "graphene-django" },
        Package { ecosystem: Ecosystem::Pypi, name: "graphene-sqlalchemy" },
    ],
    executed_with: "graphene 3.4.3",
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
    imports: &["from copy import copy", "from graphql import GraphQLResolveInfo", "from typing import Any"],
    code: r#"def old_name(type_: type, new: tuple[str, str], old: tuple[str, str], reason: str, arguments: dict | None = None):
    """Gives a field its old name as well. Names are those in Python and in GraphQL. Where the arguments had other names,
    `arguments` holds the old ones, each with the name that it has now."""
    (new, new_name), (old, old_name) = new, old
    field = copy(field_of(type_, new))
    field.name, field.description, field.deprecation_reason = old_name, None, reason
    names = {}
    if arguments is not None:
        field.args = {name: argument for name, (argument, _) in arguments.items()}
        names = {name: now for name, (_, now) in arguments.items()}

    def renamed(given: dict[str, Any]) -> dict[str, Any]:
        return {names.get(name, name): value for name, value in given.items() if names.get(name, name)}

    def resolve(root: Any, info: GraphQLResolveInfo, **given: Any) -> Any:
        return info.parent_type.fields[new_name].resolve(root, info, **renamed(given))

    field.resolver = resolve
    type_._meta.fields[old] = field
    subscribe = getattr(type_, f"subscribe_{new}", None)
    if subscribe:
        setattr(type_, f"subscribe_{old}", lambda root, info, **given: subscribe(root, info, **renamed(given)))
"#,
};

const RENAMED_ARGUMENT: Helper = Helper {
    name: "renamed_argument(",
    imports: &["from graphql import Undefined", "from typing import Any"],
    code: r#"def renamed_argument(
    type_: type, field: str, new: str, old: str, names: tuple[str, str], reason: str, required: bool = False
) -> None:
    """Takes an argument under its old name as well. The resolver gets it under the new one, as before."""
    arguments = field_of(type_, field).args
    argument = arguments[new]

    def nullable() -> Any:
        return argument.type.of_type if isinstance(argument.type, graphene.NonNull) else argument.type

    arguments[old] = graphene.Argument(nullable, name=names[1], deprecation_reason=reason)
    if required:
        arguments[new] = graphene.Argument(nullable, name=names[0], description=argument.description)

    def merged(given: dict[str, Any]) -> dict[str, Any]:
        value, old_value = given.pop(new, Undefined), given.pop(old, Undefined)
        if old_value is not Undefined and value == argument.default_value:
            value = Undefined
        allows_null = not isinstance(argument.type, graphene.NonNull)
        value = one_of(names, value, old_value, required, allows_null)
        return given if value is Undefined else {**given, new: value}

    with_arguments(type_, field, merged)
"#,
};

const RESTORED_ARGUMENT: Helper = Helper {
    name: "restored_argument(",
    imports: &[],
    code: r#"def restored_argument(type_: type, field: str, name: str, argument: graphene.Argument) -> None:
    """Takes an argument that the resolver no longer knows, and leaves it out."""
    field_of(type_, field).args[name] = argument
    with_arguments(type_, field, lambda given: {key: value for key, value in given.items() if key != name})
"#,
};

const OPTIONAL_ARGUMENT: Helper = Helper {
    name: "optional_argument(",
    imports: &["from typing import Any"],
    code: r#"def optional_argument(type_: type, field: str, name: str, graphql_name: str, value: Any) -> None:
    """Makes a required argument optional. Where it is not given, the resolver gets the value."""
    arguments = field_of(type_, field).args
    argument = arguments[name]
    arguments[name] = graphene.Argument(
        lambda: argument.type.of_type if isinstance(argument.type, graphene.NonNull) else argument.type,
        name=graphql_name,
        description=argument.description,
    )
    with_arguments(
        type_, field, lambda given: {**given, name: value if given.get(name) is None else given[name]}
    )
"#,
};

const WITH_ARGUMENTS: Helper = Helper {
    name: "with_arguments(",
    imports: &["from collections.abc import Callable"],
    code: r#"def with_arguments(type_: type, field: str, change: Callable[[dict], dict]) -> None:
    """Changes the arguments before the resolver of a field gets them."""
    field = field_of(type_, field)
    wrap_resolve, wrap_subscribe = field.wrap_resolve, field.wrap_subscribe

    def changed(resolver: Callable | None) -> Callable | None:
        return resolver and (lambda root, info, **given: resolver(root, info, **change(given)))

    field.wrap_resolve = lambda resolver: changed(wrap_resolve(resolver))
    field.wrap_subscribe = lambda resolver: changed(wrap_subscribe(resolver))
"#,
};

const OLD_INPUT_NAME: Helper = Helper {
    name: "old_input_name(",
    imports: &["from graphql import Undefined", "from typing import Any"],
    code: r#"def old_input_name(
    type_: type, new: str, old: str, names: tuple[str, str], required: bool, nullable: bool
) -> None:
    """Takes an input field under its old name as well. The resolver finds it under the new one."""
    container = type_._meta.container
    init = container.__init__

    def merged(self, *args: Any, **kwargs: Any) -> None:
        values = dict(*args, **kwargs)
        value = one_of(names, values.pop(new, Undefined), values.pop(old, Undefined), required, nullable)
        init(self, values if value is Undefined else {**values, new: value})

    container.__init__ = merged
"#,
};

const FIELD_OF: Helper = Helper {
    name: "field_of(",
    imports: &[],
    code: r#"def field_of(type_: type, name: str) -> graphene.Field:
    if name not in type_._meta.fields:
        raise LookupError(f"{type_.__name__} has no field {name}: which name has it in Python?")
    return type_._meta.fields[name]
"#,
};

const OLD_VALUE: Helper = Helper {
    name: "old_value(",
    imports: &["from graphql import GraphQLEnumValue"],
    code: r#"def old_value(schema: graphene.Schema, enum: str, new: str, old: str, reason: str) -> None:
    """Takes an enum value under its old name as well. Both mean one value; the engine answers its first name."""
    values = schema.graphql_schema.type_map[enum].values
    values[old] = GraphQLEnumValue(values[new].value, deprecation_reason=reason)
"#,
};

/// All helpers; what one calls comes after it.
const HELPERS: &[Helper] = &[
    OLD_NAME,
    RENAMED_ARGUMENT,
    RESTORED_ARGUMENT,
    OPTIONAL_ARGUMENT,
    WITH_ARGUMENTS,
    OLD_INPUT_NAME,
    FIELD_OF,
    OLD_VALUE,
    ONE_OF,
];

fn emit(server: &PatchedServer<'_>) -> Vec<Snippet> {
    let types = &server.types;
    let mut snippets: Vec<Snippet> = types.iter().flat_map(type_snippets).collect();
    let values = types.iter().flat_map(|ty| ty.enum_values.iter().map(move |value| (ty, value)));
    let values = values.map(|(ty, value)| {
        let reason = value.deprecation.as_deref().unwrap_or_default();
        let [enum_name, name, reason] = [ty.name, value.name, reason].map(string);
        match &value.target {
            Some(new) => format!("old_value(schema, {enum_name}, {}, {name}, {reason})\n", string(new)),
            None => {
                format!("schema.graphql_schema.type_map[{enum_name}].values[{name}].deprecation_reason = {reason}\n")
            }
        }
    });
    let values: String = values.collect();
    if !values.is_empty() {
        snippets.push(Snippet { place: "below the schema".to_owned(), code: values });
    }
    with_helpers("above the types", &["import graphene"], HELPERS, snippets)
}

fn type_snippets(ty: &PatchedType<'_>) -> Vec<Snippet> {
    let mut inside: Vec<String> = Vec::new();
    let mut below = String::new();
    // Classes take over the fields of their interface.
    for field in &ty.fields {
        match &field.target {
            Some(target) => below += &alias(ty, field, target),
            None => inside.push(restored(ty, field)),
        }
    }
    for field in &ty.arguments {
        below += &arguments(ty, field);
    }
    for field in &ty.non_null {
        let field_name = string(&name(field.name));
        below +=
            &format!("field_of({}, {field_name})._type = lambda: {}\n", ty.in_code, type_text(&field.ty));
    }
    for patch in &ty.input_fields {
        match &patch.kind {
            InputPatchKind::Renamed { old, new, required } => {
                if *required {
                    inside.push(input_field(new));
                }
                inside.push(input_field(old));
                let python = |truth: bool| if truth { "True" } else { "False" };
                below += &format!(
                    "old_input_name(\n    {}, {}, {}, ({}, {}), required={}, nullable={}\n)\n",
                    ty.in_code,
                    string(&name(new.name)),
                    string(&name(old.name)),
                    string(new.name),
                    string(old.name),
                    python(*required),
                    python(!required && !new.ty.is_non_null()),
                );
            }
            InputPatchKind::Restored(facts)
            | InputPatchKind::Relaxed(facts)
            | InputPatchKind::Defaulted(facts) => inside.push(input_field(facts)),
        }
    }
    for value in ty.enum_values.iter().filter(|value| value.target.is_none()) {
        inside.push(format!("{} = {}\n", value.name, string(value.name)));
    }
    let mut snippets = Vec::new();
    if !inside.is_empty() {
        let place = format!("in the class {}, below its fields", ty.in_code);
        snippets.push(Snippet { place, code: indented(&inside.join("\n")) });
    }
    if !below.is_empty() {
        snippets.push(Snippet { place: format!("below the class {}", ty.in_code), code: below });
    }
    snippets
}

/// A field under its old name as well.
fn alias(ty: &PatchedType<'_>, field: &AddedField<'_>, target: &str) -> String {
    let names = |graphql: &str| format!("({}, {})", string(&name(graphql)), string(graphql));
    let reason = string(field.deprecation.as_deref().unwrap_or_default());
    let call = format!("old_name({}, {}, {}, {reason}", ty.in_code, names(target), names(field.name));
    if field.same_arguments {
        return format!("{call})\n");
    }
    let arguments = field.arguments.iter().map(|argument| {
        let target = argument.target.as_ref().map_or("None".to_owned(), |target| string(&name(target)));
        let facts = &argument.argument;
        format!("    {}: ({}, {target}),\n", string(&name(facts.name)), graphene_argument(facts))
    });
    format!("{call}, {{\n{}}})\n", arguments.collect::<String>())
}

/// A field that was removed with its resolver.
fn restored(ty: &PatchedType<'_>, field: &AddedField<'_>) -> String {
    let python = name(field.name);
    let arguments = field.arguments.iter().map(|argument| {
        let facts = &argument.argument;
        format!("    {}={},\n", name(facts.name), graphene_argument(facts))
    });
    let stream = ty.operation == Some(OperationKind::Subscription);
    format!(
        "{python} = graphene.Field(\n    {},\n    name={},\n    deprecation_reason={},\n{})\n\n\
         {}def {}_{python}(root, info, **arguments):\n    raise NotImplementedError(\"put the resolver back\")\n",
        lazily(&field.ty),
        string(field.name),
        string(field.deprecation.as_deref().unwrap_or_default()),
        arguments.collect::<String>(),
        if stream { "async " } else { "" },
        if stream { "subscribe" } else { "resolve" },
    )
}

/// What changes of the arguments of a field that stays.
fn arguments(ty: &PatchedType<'_>, field: &PatchedArguments<'_>) -> String {
    let at = format!("{}, {}", ty.in_code, string(&name(field.field)));
    let call = |kind: &InputPatchKind<'_>| match kind {
        InputPatchKind::Renamed { old, new, required } => format!(
            "renamed_argument(\n    {at}, {}, {}, ({}, {}), {}{}\n)\n",
            string(&name(new.name)),
            string(&name(old.name)),
            string(new.name),
            string(old.name),
            string(old.deprecation.as_deref().unwrap_or_default()),
            if *required { ", required=True" } else { "" },
        ),
        InputPatchKind::Restored(old) => {
            format!("restored_argument({at}, {}, {})\n", string(&name(old.name)), graphene_argument(old))
        }
        InputPatchKind::Defaulted(new) => format!(
            "field_of({at}).args[{}].default_value = {}\n",
            string(&name(new.name)),
            new.default.map_or("None".to_owned(), |value| default(value, &new.ty))
        ),
        InputPatchKind::Relaxed(new) => {
            let (python, graphql) = (string(&name(new.name)), string(new.name));
            format!(
                "# The last is the value for clients that do not give it.\noptional_argument({at}, {python}, {graphql}, None)\n"
            )
        }
    };
    field.patches.iter().map(|patch| call(&patch.kind)).collect()
}

fn input_field(facts: &InputFacts<'_>) -> String {
    format!("{} = graphene.InputField(\n    {}{}\n)\n", name(facts.name), lazily(&facts.ty), options(facts))
}

fn graphene_argument(facts: &InputFacts<'_>) -> String {
    format!("graphene.Argument({}{})", lazily(&facts.ty), options(facts))
}

/// The options that arguments and input fields have.
fn options(facts: &InputFacts<'_>) -> String {
    let mut options = format!(", name={}", string(facts.name));
    if let Some(value) = facts.default {
        options += &format!(", default_value={}", default(value, &facts.ty));
    }
    if let Some(reason) = &facts.deprecation {
        options += &format!(", deprecation_reason={}", string(reason));
    }
    options
}

/// A default as Graphene takes it: of an enum, the member.
fn default(value: &Value<'_>, ty: &TypeReference<'_>) -> String {
    match value.kind {
        ValueKind::Enum(value) => format!("{}.{value}", ty.named().in_code),
        _ => literal(value),
    }
}

/// A type; of a class that may be defined further down, in a function.
fn lazily(ty: &TypeReference<'_>) -> String {
    let text = type_text(ty);
    if scalar(ty.named().name).is_some() { text } else { format!("lambda: {text}") }
}

fn type_text(ty: &TypeReference<'_>) -> String {
    match ty {
        TypeReference::NonNull(inner) => format!("graphene.NonNull({})", type_text(inner)),
        TypeReference::List(item) => format!("graphene.List({})", type_text(item)),
        TypeReference::Named(named) => scalar(named.name).unwrap_or(named.in_code).to_owned(),
    }
}

/// The scalars that Graphene has.
fn scalar(name: &str) -> Option<&'static str> {
    Some(match name {
        "Int" => "graphene.Int",
        "Float" => "graphene.Float",
        "String" => "graphene.String",
        "Boolean" => "graphene.Boolean",
        "ID" => "graphene.ID",
        "Date" => "graphene.Date",
        "DateTime" => "graphene.DateTime",
        "Time" => "graphene.Time",
        "Decimal" => "graphene.Decimal",
        "UUID" => "graphene.UUID",
        "JSONString" => "graphene.JSONString",
        "BigInt" => "graphene.BigInt",
        _ => return None,
    })
}
