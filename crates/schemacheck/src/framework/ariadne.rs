//! Ariadne (Python, schema first): the SDL patch goes into the type definitions, and below the executable schema stands
//! what its old names mean. An alias answers by the resolver that the schema has for the new field; `set_alias` would read
//! an attribute and pass that resolver by.

use schemacheck_graphql::ast::{OperationKind, TypeKind};

use super::facts::{AddedField, InputPatchKind, PatchedServer, PatchedType, ReturnedType};
use super::python::{
    GET_ARGUMENT_VALUES, Helper, MERGE, ONE_OF, add, name, read_arguments, string, truth, with_helpers,
};
use super::{Capabilities, Ecosystem, EnumAlias, Framework, Package, Snippet, framework_name};

pub(super) static FRAMEWORK: Framework = Framework {
    name: framework_name!(),
    title: "Ariadne",
    language: "python",
    packages: &[Package { ecosystem: Ecosystem::Pypi, name: "ariadne" }],
    executed_with: "ariadne 1.1.1",
    capabilities: Capabilities {
        deprecates_inputs: true,
        inherits_interface_fields: &[],
        enum_alias: EnumAlias::AnswersFirst,
        schema_first: true,
    },
    emit,
};

const OLD_NAME: Helper = Helper {
    name: "old_name(",
    imports: &[
        "from ariadne import resolve_to",
        "from graphql import GraphQLSchema",
        "from typing import Any",
    ],
    code: r#"def old_name(schema: GraphQLSchema, type_: str, new: str, old: str, arguments: dict | None = None) -> None:
    """Lets a field answer under its old name as well. Where the arguments had other names, `arguments` holds the old ones,
    each with the name that it has now."""
    fields = schema.type_map[type_].fields
    field, names = fields[new], {}
    for old_argument, argument in (arguments or {}).items():
        now = argument and (field.args[argument].out_name or argument)
        names[fields[old].args[old_argument].out_name or old_argument] = now

    def renamed(given: dict[str, Any]) -> dict[str, Any]:
        return {names.get(name, name): value for name, value in given.items() if names.get(name, name)}

    resolve, subscribe = field.resolve or resolve_to(new), field.subscribe
    fields[old].resolve = lambda root, info, **given: resolve(root, info, **renamed(given))
    if subscribe:
        fields[old].subscribe = lambda root, info, **given: subscribe(root, info, **renamed(given))
"#,
};

const RENAMED_ARGUMENT: Helper = Helper {
    name: "renamed_argument(",
    imports: &["from graphql import GraphQLSchema, Undefined", "from typing import Any"],
    code: r#"def renamed_argument(
    schema: GraphQLSchema, type_: str, field: str, new: str, old: str, required: bool, nullable: bool
) -> None:
    """Takes an argument under its old name as well. The resolver gets it under the new one, as before."""
    arguments = schema.type_map[type_].fields[field].args
    new_name, old_name = arguments[new].out_name or new, arguments[old].out_name or old
    default = default_of(arguments[new])

    def merged(given: dict[str, Any]) -> dict[str, Any]:
        value, old_value = given.pop(new_name, Undefined), given.pop(old_name, Undefined)
        if old_value is not Undefined and value == default:
            value = Undefined
        value = one_of((new, old), value, old_value, required, nullable)
        return given if value is Undefined else {**given, new_name: value}

    with_arguments(schema, type_, field, merged)
"#,
};

const RESTORED_ARGUMENT: Helper = Helper {
    name: "restored_argument(",
    imports: &["from graphql import GraphQLSchema"],
    code: r#"def restored_argument(schema: GraphQLSchema, type_: str, field: str, name: str) -> None:
    """Takes an argument that the resolver no longer knows, and leaves it out."""
    name = schema.type_map[type_].fields[field].args[name].out_name or name
    with_arguments(schema, type_, field, lambda given: {key: value for key, value in given.items() if key != name})
"#,
};

const OPTIONAL_ARGUMENT: Helper = Helper {
    name: "optional_argument(",
    imports: &["from graphql import GraphQLSchema", "from typing import Any"],
    code: r#"def optional_argument(schema: GraphQLSchema, type_: str, field: str, name: str, value: Any) -> None:
    """Where an argument is not given that was required, the resolver gets the value."""
    name = schema.type_map[type_].fields[field].args[name].out_name or name
    with_arguments(
        schema, type_, field, lambda given: {**given, name: value if given.get(name) is None else given[name]}
    )
"#,
};

const WITH_ARGUMENTS: Helper = Helper {
    name: "with_arguments(",
    imports: &[
        "from collections.abc import Callable",
        "from graphql import GraphQLSchema, default_field_resolver",
    ],
    code: r#"def with_arguments(schema: GraphQLSchema, type_: str, field: str, change: Callable[[dict], dict]) -> None:
    """Changes the arguments before the resolver of a field gets them, or the source of a subscription."""
    field = schema.type_map[type_].fields[field]
    resolve, subscribe = field.resolve or default_field_resolver, field.subscribe
    field.resolve = lambda root, info, **given: resolve(root, info, **change(given))
    if subscribe:
        field.subscribe = lambda root, info, **given: subscribe(root, info, **change(given))
"#,
};

const OLD_INPUT_NAME: Helper = Helper {
    name: "old_input_name(",
    imports: &["from graphql import GraphQLSchema, Undefined", "from typing import Any"],
    code: r#"def old_input_name(schema: GraphQLSchema, type_: str, new: str, old: str, required: bool, nullable: bool) -> None:
    """Takes an input field under its old name as well. The resolver finds it under the new one."""
    type_ = schema.type_map[type_]
    new_name, old_name = type_.fields[new].out_name or new, type_.fields[old].out_name or old
    default, out_type = default_of(type_.fields[new]), type_.out_type

    def merged(values: dict[str, Any]) -> Any:
        values = dict(values)
        value, old_value = values.pop(new_name, Undefined), values.pop(old_name, Undefined)
        if old_value is not Undefined and value == default:
            value = Undefined
        value = one_of((new, old), value, old_value, required, nullable)
        return out_type(values if value is Undefined else {**values, new_name: value})

    type_.out_type = merged
"#,
};

const DEFAULT_OF: Helper = Helper {
    name: "default_of(",
    imports: &[
        "from graphql import FieldNode, GraphQLArgument, GraphQLField, GraphQLInputField, GraphQLString, NameNode",
        "from graphql import Undefined, get_argument_values",
        "from typing import Any",
    ],
    code: r#"def default_of(taken: GraphQLArgument | GraphQLInputField) -> Any:
    """What a resolver gets for an argument or input field that is not given."""
    argument = GraphQLArgument(**taken.to_kwargs())
    field = GraphQLField(GraphQLString, {"value": argument})
    given = get_argument_values(field, FieldNode(name=NameNode(value="field")))
    return given.get(argument.out_name or "value", Undefined)
"#,
};

const OLD_VALUE: Helper = Helper {
    name: "old_value(",
    imports: &["from graphql import GraphQLSchema"],
    code: r#"def old_value(schema: GraphQLSchema, enum: str, new: str, old: str) -> None:
    """Lets an enum value mean the same under its old name. The engine answers the first name of a value."""
    values = schema.type_map[enum].values
    values[old] = values.pop(old)
    values[old].value = values[new].value
    # It knows the names of values by heart.
    schema.type_map[enum].__dict__.pop("_value_lookup", None)
"#,
};

const NAMES_IN_CODE: Helper = Helper {
    name: "NamesInCode(",
    imports: &[
        "from ariadne import SchemaBindable",
        "from collections.abc import Callable",
        "from graphql import GraphQLResolveInfo, GraphQLSchema, default_type_resolver, is_abstract_type",
        "from typing import Any",
    ],
    code: r#"class NamesInCode(SchemaBindable):
    """Lets bindables and type resolvers call types by the names that they have in code. `names` holds these, each with the
    name in the schema."""

    def __init__(self, names: dict[str, str]):
        self.names = names

    def bind_to_schema(self, schema: GraphQLSchema) -> None:
        for name, kept in self.names.items():
            schema.type_map[name] = schema.type_map[kept]

    def finish(self, schema: GraphQLSchema) -> None:
        """When all are bound, the schema has its own names alone, and type resolvers answer them."""
        for name in self.names:
            del schema.type_map[name]
        for type_ in filter(is_abstract_type, schema.type_map.values()):
            type_.resolve_type = self.renamed(type_.resolve_type or default_type_resolver)

    def renamed(self, resolve: Callable) -> Callable:
        async def awaited(name: Any) -> Any:
            name = await name
            return self.names.get(name, name)

        def resolve_type(value: Any, info: GraphQLResolveInfo, type_: Any) -> Any:
            name = resolve(value, info, type_)
            return awaited(name) if info.is_awaitable(name) else self.names.get(name, name)

        return resolve_type
"#,
};

/// What is only imported.
const INTERFACE_TYPE: Helper =
    Helper { name: "= InterfaceType(", imports: &["from ariadne import InterfaceType"], code: "" };
const UNION_TYPE: Helper =
    Helper { name: "= UnionType(", imports: &["from ariadne import UnionType"], code: "" };
const OBJECT_TYPE: Helper =
    Helper { name: "= ObjectType(", imports: &["from ariadne import ObjectType"], code: "" };
const SUBSCRIPTION_TYPE: Helper =
    Helper { name: "= SubscriptionType(", imports: &["from ariadne import SubscriptionType"], code: "" };

/// All helpers; what one calls comes after it.
const HELPERS: &[Helper] = &[
    OLD_NAME,
    RENAMED_ARGUMENT,
    RESTORED_ARGUMENT,
    OPTIONAL_ARGUMENT,
    WITH_ARGUMENTS,
    OLD_INPUT_NAME,
    DEFAULT_OF,
    OLD_VALUE,
    NAMES_IN_CODE,
    GET_ARGUMENT_VALUES,
    MERGE,
    ONE_OF,
    INTERFACE_TYPE,
    UNION_TYPE,
    OBJECT_TYPE,
    SUBSCRIPTION_TYPE,
];

fn emit(server: &PatchedServer<'_>) -> Vec<Snippet> {
    let types = &server.types;
    let mut snippets = Vec::new();
    let kept = types.iter().filter(|ty| ty.keeps_name());
    let kept = kept.map(|ty| format!("    {}: {},\n", string(ty.in_code), string(ty.name)));
    let kept: String = kept.collect();
    if !kept.is_empty() {
        add(&mut snippets, ABOVE_SCHEMA, &format!("names_in_code = NamesInCode({{\n{kept}}})\n"));
        add(&mut snippets, "first among the bindables of make_executable_schema", "names_in_code,\n");
    }
    for directive in &server.directives {
        if directive.keeps_name() {
            let place = format!("in place of {} where the directive is looked up", string(directive.in_code));
            add(&mut snippets, &place, &format!("{}\n", string(directive.name)));
        }
        read_arguments(&mut snippets, directive, ABOVE_SCHEMA);
    }
    let mut code = String::new();
    for ty in types {
        let of = |member: &str| format!("schema, {}, {}", string(ty.name), string(member));
        // Aliases first: they answer as the field does that is not wrapped yet.
        for field in ty.fields.iter().filter(|_| ty.kind == TypeKind::Object) {
            code += &match &field.target {
                Some(target) => alias(ty, field, target),
                None => restored(ty.name, ty.operation, field),
            };
        }
        for field in &ty.arguments {
            for patch in &field.patches {
                let at = of(field.field);
                code += &match &patch.kind {
                    InputPatchKind::Renamed { old, new, required } => renamed(
                        "renamed_argument",
                        &at,
                        (new.name, old.name),
                        *required,
                        !required && !new.ty.is_non_null(),
                    ),
                    InputPatchKind::Restored(old) => {
                        format!("restored_argument({at}, {})\n", string(old.name))
                    }
                    // The schema says it.
                    InputPatchKind::Defaulted(_) => continue,
                    InputPatchKind::Relaxed(new) => format!(
                        "# The last is the value for clients that do not give it.\noptional_argument({at}, {}, None)\n",
                        string(new.name)
                    ),
                };
            }
        }
        for patch in &ty.input_fields {
            if let InputPatchKind::Renamed { old, new, required } = &patch.kind {
                let at = format!("schema, {}", string(ty.name));
                let nullable = !required && !new.ty.is_non_null();
                code += &renamed("old_input_name", &at, (new.name, old.name), *required, nullable);
            }
        }
        for value in &ty.enum_values {
            if let Some(new) = &value.target {
                code += &format!("old_value({}, {})\n", of(new), string(value.name));
            }
        }
    }
    for ty in &server.returned {
        for field in
            ty.fields.iter().filter(|field| ty.kind == TypeKind::Object && !field.arguments.is_empty())
        {
            code += &restored(ty.name, None, field);
        }
        if ty.answered {
            code += &type_resolver(ty);
        }
    }
    if !kept.is_empty() {
        code += "names_in_code.finish(schema)\n";
    }
    add(&mut snippets, "below the schema", code.trim_start());
    with_helpers(ABOVE_SCHEMA, &[], HELPERS, snippets)
}

const ABOVE_SCHEMA: &str = "above the schema";

/// What tells the type of a value of an interface or union that comes back; nothing for others.
fn type_resolver(ty: &ReturnedType<'_>) -> String {
    let bindable = match ty.kind {
        TypeKind::Interface => "InterfaceType",
        TypeKind::Union => "UnionType",
        _ => return String::new(),
    };
    let variable = name(ty.name);
    format!(
        "\n{variable} = {bindable}({})\n\n\n@{variable}.type_resolver\ndef resolve_{variable}(value, info, abstract_type):\n    \
         raise NotImplementedError(\"put the resolver back\")\n\n\n{variable}.bind_to_schema(schema)\n",
        string(ty.name)
    )
}

/// A field under its old name as well.
fn alias(ty: &PatchedType<'_>, field: &AddedField<'_>, target: &str) -> String {
    let [type_name, new, old] = [ty.name, target, field.name].map(string);
    let renamed = field.arguments.iter().filter_map(|argument| {
        let (old, new) = (argument.argument.name, argument.target.as_deref());
        let new_name = new.map_or("None".to_owned(), string);
        (new != Some(old)).then(|| format!("{}: {new_name}", string(old)))
    });
    let renamed: Vec<String> = renamed.collect();
    let renamed = if renamed.is_empty() { String::new() } else { format!(", {{{}}}", renamed.join(", ")) };
    format!("old_name(schema, {type_name}, {new}, {old}{renamed})\n")
}

/// A field that was removed with its resolver.
fn restored(ty: &str, operation: Option<OperationKind>, field: &AddedField<'_>) -> String {
    let variable = format!("{}_{}", name(ty), name(field.name));
    let (bindable, decorator, define) = if operation == Some(OperationKind::Subscription) {
        ("SubscriptionType()".to_owned(), "source", "async def")
    } else {
        (format!("ObjectType({})", string(ty)), "field", "def")
    };
    format!(
        "\n{variable} = {bindable}\n\n\n@{variable}.{decorator}({})\n{define} resolve_{variable}(root, info, **arguments):\n    \
         raise NotImplementedError(\"put the resolver back\")\n\n\n{variable}.bind_to_schema(schema)\n",
        string(field.name)
    )
}

/// The call that lets an argument or input field be given under either name.
fn renamed(function: &str, at: &str, names: (&str, &str), required: bool, nullable: bool) -> String {
    let (new, old) = (string(names.0), string(names.1));
    format!("{function}({at}, {new}, {old}, required={}, nullable={})\n", truth(required), truth(nullable))
}
