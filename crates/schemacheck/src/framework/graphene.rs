//! Graphene (Python, code first). An alias answers by the resolver that the schema has for the new field, wherever that
//! comes from: a `resolve_` method, a `Mutation`, an interface, an attribute.

use schemacheck_graphql::ast::{OperationKind, TypeKind, Value};

use super::facts::{
    AddedEnumValue, AddedField, InputFacts, InputPatchKind, NamedType, PatchedArguments, PatchedDirective,
    PatchedServer, PatchedType, ReturnedType, TypeReference,
};
use super::python::{
    self, GET_ARGUMENT_VALUES, Helper, MERGE, ONE_OF, add, assigned, indented, is_keyword, locations, name,
    placed, read_arguments, said, string, truth, with_helpers,
};
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
        inherits_interface_fields: &[TypeKind::Object],
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

const SET_META: Helper = Helper {
    name: "set_meta(",
    imports: &["from typing import Any"],
    code: r#"def set_meta(type_: type, **options: Any) -> None:
    """Changes what the Meta of a class says, after Graphene has read and frozen it."""
    vars(type_._meta).update(options)
"#,
};

/// What is only imported.
const DIRECTIVE: Helper =
    Helper { name: "GraphQLDirective(", imports: &["from graphql import GraphQLDirective"], code: "" };
const DIRECTIVE_LOCATION: Helper =
    Helper { name: "DirectiveLocation.", imports: &["from graphql import DirectiveLocation"], code: "" };
const ARGUMENT: Helper =
    Helper { name: "GraphQLArgument(", imports: &["from graphql import GraphQLArgument"], code: "" };
const NON_NULL: Helper =
    Helper { name: "GraphQLNonNull(", imports: &["from graphql import GraphQLNonNull"], code: "" };
const LIST: Helper = Helper { name: "GraphQLList(", imports: &["from graphql import GraphQLList"], code: "" };
const INT: Helper = Helper { name: "GraphQLInt", imports: &["from graphql import GraphQLInt"], code: "" };
const FLOAT: Helper =
    Helper { name: "GraphQLFloat", imports: &["from graphql import GraphQLFloat"], code: "" };
const STRING: Helper =
    Helper { name: "GraphQLString", imports: &["from graphql import GraphQLString"], code: "" };
const BOOLEAN: Helper =
    Helper { name: "GraphQLBoolean", imports: &["from graphql import GraphQLBoolean"], code: "" };
const ID: Helper = Helper { name: "GraphQLID", imports: &["from graphql import GraphQLID"], code: "" };

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
    SET_META,
    GET_ARGUMENT_VALUES,
    MERGE,
    ONE_OF,
    DIRECTIVE,
    DIRECTIVE_LOCATION,
    ARGUMENT,
    NON_NULL,
    LIST,
    INT,
    FLOAT,
    STRING,
    BOOLEAN,
    ID,
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
    with_helpers("above the types", &["import graphene"], HELPERS, snippets)
}

/// A type that comes back.
fn returned(snippets: &mut Vec<Snippet>, place: &str, ty: &ReturnedType<'_>) {
    if ty.kind == TypeKind::Scalar && scalar(ty.name).is_some() {
        return add(snippets, place, &format!("# Graphene has the scalar {}.\n", ty.name));
    }
    let mut meta = Vec::new();
    match &ty.description {
        Some(text) => meta.push(format!("description = {}\n", string(text))),
        // Graphene would describe it.
        None if ty.kind == TypeKind::Enum => meta.push("description = \"\"\n".to_owned()),
        None => {}
    }
    let classes = |types: &[NamedType<'_>]| match types {
        [only] => format!("{},", only.in_code),
        types => types.iter().map(|ty| ty.in_code).collect::<Vec<_>>().join(", "),
    };
    if !ty.interfaces.is_empty() {
        meta.push(format!("interfaces = ({})\n", classes(&ty.interfaces)));
    }
    if !ty.members.is_empty() {
        meta.push(format!("types = ({})\n", classes(&ty.members)));
    }
    let mut body = Vec::new();
    if !meta.is_empty() {
        body.push(format!("class Meta:\n{}", indented(&meta.concat())));
    }
    body.extend(ty.fields.iter().map(|field| match field.arguments.as_slice() {
        [] => graphene_field(field),
        _ => restored(None, field),
    }));
    body.extend(ty.input_fields.iter().map(input_field));
    body.extend(ty.enum_values.iter().map(|value| member(value.name)));
    let base = match ty.kind {
        TypeKind::Object => "ObjectType",
        TypeKind::Interface => "Interface",
        TypeKind::InputObject => "InputObjectType",
        TypeKind::Enum => "Enum",
        TypeKind::Union => "Union",
        TypeKind::Scalar => "Scalar",
    };
    let body = if body.is_empty() { "pass\n".to_owned() } else { separated(&body) };
    add(snippets, place, &format!("class {}(graphene.{base}):\n{}", ty.name, indented(&body)));
    if ty.unreferenced {
        add(snippets, "in the types of the schema", &format!("{},\n", ty.name));
    }
    let finished = type_in_schema(ty.name);
    if let Some(url) = &ty.specified_by {
        add(snippets, BELOW_SCHEMA, &format!("{finished}.specified_by_url = {}\n", string(url)));
    }
    if ty.one_of {
        add(snippets, BELOW_SCHEMA, &format!("{finished}.is_one_of = True\n"));
    }
    for value in &ty.enum_values {
        add(snippets, BELOW_SCHEMA, &enum_value(ty.name, value));
    }
}

/// Entries of a class: a blank line around those of several lines.
fn separated(entries: &[String]) -> String {
    let mut text = String::new();
    for (at, entry) in entries.iter().enumerate() {
        let several = |entry: &String| entry.lines().count() > 1;
        if at > 0 && (several(entry) || several(&entries[at - 1])) {
            text.push('\n');
        }
        text += entry;
    }
    text
}

/// A value in the class of its enum, whose name in GraphQL is that of the member: a keyword as well.
fn member(name: &str) -> String {
    let text = string(name);
    if is_keyword(name) { format!("locals()[{text}] = {text}\n") } else { format!("{name} = {text}\n") }
}

/// A default as code takes it.
fn default(value: &Value<'_>, ty: &TypeReference<'_>) -> String {
    python::default(value, ty, |class, value| {
        if is_keyword(value) { format!("{class}[{}]", string(value)) } else { format!("{class}.{value}") }
    })
}

/// What Graphene cannot say of a value in its class.
fn enum_value(ty: &str, value: &AddedEnumValue<'_>) -> String {
    let value_in_schema = format!("{}.values[{}]", type_in_schema(ty), string(value.name));
    let said = [("description", &value.description), ("deprecation_reason", &value.deprecation)];
    let said = said.into_iter().filter_map(|(what, text)| Some((what, text.as_deref()?)));
    let said = said.map(|(what, text)| format!("{value_in_schema}.{what} = {}\n", string(text)));
    said.collect()
}

/// A type of the finished schema.
fn type_in_schema(name: &str) -> String {
    format!("schema.graphql_schema.type_map[{}]", string(name))
}

const BELOW_SCHEMA: &str = "below the schema";

fn type_snippets(snippets: &mut Vec<Snippet>, ty: &PatchedType<'_>) {
    let mut inside: Vec<String> = Vec::new();
    let mut below = String::new();
    let mut options = Vec::new();
    if ty.keeps_name() {
        options.push(format!("name={}", string(ty.name)));
    }
    for (option, again) in [("interfaces", &ty.interfaces), ("types", &ty.members)] {
        let again: Vec<&str> = again.iter().map(|membership| membership.ty.in_code).collect();
        if !again.is_empty() {
            options.push(format!("{option}=(*{}._meta.{option}, {})", ty.in_code, again.join(", ")));
        }
    }
    if !options.is_empty() {
        let code = format!("set_meta({}, {})\n", ty.in_code, options.join(", "));
        add(snippets, "above the schema", &code);
    }
    if ty.loses_one_of() {
        add(snippets, BELOW_SCHEMA, &format!("{}.is_one_of = False\n", type_in_schema(ty.name)));
    }
    // Classes take over the fields of their interface.
    for field in &ty.fields {
        match &field.target {
            Some(target) => below += &alias(ty, field, target),
            None => inside.push(restored(ty.operation, field)),
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
                below += &format!(
                    "old_input_name(\n    {}, {}, {}, ({}, {}), required={}, nullable={}\n)\n",
                    ty.in_code,
                    string(&name(new.name)),
                    string(&name(old.name)),
                    string(new.name),
                    string(old.name),
                    truth(*required),
                    truth(!required && !new.ty.is_non_null()),
                );
            }
            InputPatchKind::Restored(facts)
            | InputPatchKind::Relaxed(facts)
            | InputPatchKind::Defaulted(facts) => inside.push(input_field(facts)),
        }
    }
    for value in ty.enum_values.iter().filter(|value| value.target.is_none()) {
        inside.push(member(value.name));
    }
    let place = format!("in the class {}, below its fields", ty.in_code);
    add(snippets, &place, &indented(&inside.join("\n")));
    add(snippets, &format!("below the class {}", ty.in_code), &below);
    for value in &ty.enum_values {
        let code = match &value.target {
            Some(new) => {
                let reason = value.deprecation.as_deref().unwrap_or_default();
                let [ty, new, old, reason] = [ty.name, new, value.name, reason].map(string);
                format!("old_value(schema, {ty}, {new}, {old}, {reason})\n")
            }
            None => enum_value(ty.name, value),
        };
        add(snippets, BELOW_SCHEMA, &code);
    }
}

/// A directive of operations. Graphene hands those of graphql-core to the schema, so they change there.
fn directive_snippets(snippets: &mut Vec<Snippet>, directive: &PatchedDirective<'_>) {
    let argument = |facts: &InputFacts<'_>| {
        let default = facts.default.map(|value| format!("default_value={}", default(value, &facts.ty)));
        let said = said(facts.description.as_deref(), facts.deprecation.as_deref());
        let options = default.into_iter().chain(said).map(|option| format!(", {option}"));
        let options: String = options.collect();
        format!("GraphQLArgument({}{options})", core_type(&facts.ty))
    };
    if directive.comes_back() {
        let mut options = vec![
            format!("name={}", string(directive.name)),
            format!("locations=[{}]", locations(directive.locations.iter().copied())),
        ];
        if !directive.arguments.is_empty() {
            let entry = |facts: &InputFacts<'_>| format!("{}: {},\n", string(facts.name), argument(facts));
            let entries: String = directive.arguments.iter().map(entry).collect();
            options.push(format!("args={{\n{}}}", indented(&entries)));
        }
        if directive.repeatable {
            options.push("is_repeatable=True".to_owned());
        }
        options.extend(said(directive.description.as_deref(), None));
        let options = indented(&indented(&(options.join(",\n") + ",\n")));
        let code =
            format!("schema.graphql_schema.directives += (\n    GraphQLDirective(\n{options}    ),\n)\n");
        add(snippets, BELOW_SCHEMA, &code);
        return;
    }
    let mut code =
        format!("directive = schema.graphql_schema.get_directive({})\n", string(directive.in_code));
    if directive.keeps_name() {
        code += &format!("directive.name = {}\n", string(directive.name));
    }
    let again = locations(directive.locations_again());
    if !again.is_empty() {
        code += &format!("directive.locations += ({again},)\n");
    }
    if directive.is_repeatable_again() {
        code += "directive.is_repeatable = True\n";
    }
    for patch in &directive.patches {
        let set = |facts: &InputFacts<'_>| {
            format!("directive.args[{}] = {}\n", string(facts.name), argument(facts))
        };
        code += &match &patch.kind {
            InputPatchKind::Renamed { old, new, required } => {
                (if *required { set(new) } else { String::new() }) + &set(old)
            }
            InputPatchKind::Restored(facts)
            | InputPatchKind::Relaxed(facts)
            | InputPatchKind::Defaulted(facts) => set(facts),
        };
    }
    add(snippets, BELOW_SCHEMA, &code);
    read_arguments(snippets, directive, "above the types");
}

/// A type of graphql-core.
fn core_type(ty: &TypeReference<'_>) -> String {
    match ty {
        TypeReference::NonNull(inner) => format!("GraphQLNonNull({})", core_type(inner)),
        TypeReference::List(item) => format!("GraphQLList({})", core_type(item)),
        TypeReference::Named(named) => match named.name {
            built_in @ ("Int" | "Float" | "String" | "Boolean" | "ID") => format!("GraphQL{built_in}"),
            name => type_in_schema(name),
        },
    }
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
fn restored(operation: Option<OperationKind>, field: &AddedField<'_>) -> String {
    let stream = operation == Some(OperationKind::Subscription);
    format!(
        "{}\n{}def {}_{}(root, info, **arguments):\n    raise NotImplementedError(\"put the resolver back\")\n",
        graphene_field(field),
        if stream { "async " } else { "" },
        if stream { "subscribe" } else { "resolve" },
        name(field.name),
    )
}

/// The definition of a field.
fn graphene_field(field: &AddedField<'_>) -> String {
    let mut options = vec![lazily(&field.ty), format!("name={}", string(field.name))];
    options.extend(said(field.description.as_deref(), field.deprecation.as_deref()));
    options.extend(field.arguments.iter().map(|argument| {
        let facts = &argument.argument;
        format!("{}={}", name(facts.name), graphene_argument(facts))
    }));
    assigned(&name(field.name), "graphene.Field", &options)
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
    assigned(&name(facts.name), "graphene.InputField", &options(facts))
}

fn graphene_argument(facts: &InputFacts<'_>) -> String {
    format!("graphene.Argument({})", options(facts).join(", "))
}

/// The type and the options that arguments and input fields have.
fn options(facts: &InputFacts<'_>) -> Vec<String> {
    let mut options = vec![lazily(&facts.ty), format!("name={}", string(facts.name))];
    options.extend(facts.default.map(|value| format!("default_value={}", default(value, &facts.ty))));
    options.extend(said(facts.description.as_deref(), facts.deprecation.as_deref()));
    options
}

/// A type; of a class that may be defined further down, in a function.
fn lazily(ty: &TypeReference<'_>) -> String {
    let text = type_text(ty);
    if scalar(ty.named().in_code).is_some() { text } else { format!("lambda: {text}") }
}

fn type_text(ty: &TypeReference<'_>) -> String {
    match ty {
        TypeReference::NonNull(inner) => format!("graphene.NonNull({})", type_text(inner)),
        TypeReference::List(item) => format!("graphene.List({})", type_text(item)),
        TypeReference::Named(named) => scalar(named.in_code).unwrap_or(named.in_code).to_owned(),
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
