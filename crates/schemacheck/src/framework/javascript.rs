//! What the frameworks on graphql-js have in common. Its resolvers all have one signature, so that the field under its old
//! name can call whatever the field under its new name has, and leave out nothing: middleware, guards, pipes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use schemacheck_graphql::ast::{OperationKind, TypeKind, Value, ValueKind};

use super::facts::{
    AddedField, InputFacts, InputPatch, InputPatchKind, InputPosition, PatchedType, TypeReference,
};
use super::{Snippet, json_string};

/// The module that holds the helpers.
const MODULE: &str = "oldNames";

/// What stands in a resolver that only the author of the server can write.
pub(super) const PUT_BACK: &str = "throw new Error('put the resolver back');";

/// A definition that pasted code calls.
struct Helper {
    name: &'static str,
    /// What it takes from `graphql`.
    imports: &'static [&'static str],
    code: &'static str,
}

/// All helpers, those that others call last.
const HELPERS: &[Helper] = &[
    Helper {
        name: "resolveAs",
        imports: &["defaultFieldResolver", "type GraphQLFieldResolver"],
        code: "/** Resolves a field under its old name as the field that has its work now, with all that its resolver does. */
export function resolveAs(name: string, newNames: Record<string, string> = {}): GraphQLFieldResolver<any, any, any, any> {
  return (parent, args, context, info) => {
    const field = info.parentType.getFields()[name];
    const resolve = field.resolve ?? defaultFieldResolver;
    return resolve(parent, currentArguments(field, args, newNames), context, { ...info, fieldName: name });
  };
}
",
    },
    Helper {
        name: "subscribeAs",
        imports: &["type GraphQLFieldResolver"],
        code: "/** The source stream of the subscription field that has the work of this one now. */
export function subscribeAs(name: string, newNames: Record<string, string> = {}): GraphQLFieldResolver<any, any, any, any> {
  return (parent, args, context, info) => {
    const field = info.parentType.getFields()[name];
    const current = currentArguments(field, args, newNames);
    return field.subscribe?.(parent, current, context, { ...info, fieldName: name });
  };
}
",
    },
    Helper {
        name: "currentArguments",
        imports: &["type GraphQLField"],
        code: "/** The arguments under their new names, with the defaults of those that the old field did not have. */
function currentArguments(field: GraphQLField<any, any>, args: object, newNames: Record<string, string>) {
  const current: Record<string, unknown> = {};
  for (const { name, defaultValue } of field.args) {
    if (defaultValue !== undefined) current[name] = defaultValue;
  }
  for (const [name, value] of Object.entries(args)) {
    if (value !== undefined) current[newNames[name] ?? name] = value;
  }
  return current;
}
",
    },
    Helper {
        name: "withArguments",
        imports: &["defaultFieldResolver", "type GraphQLFieldResolver"],
        code: "/** The same resolver; what comes under old names is moved to the new ones before. */
function withArguments(resolve: any, move: (args: any) => void): GraphQLFieldResolver<any, any, any, any> {
  return (parent, args, context, info) => {
    move(args);
    return (resolve ?? defaultFieldResolver)(parent, args, context, info);
  };
}
",
    },
    Helper {
        name: "keepTypeNames",
        imports: &["type GraphQLSchema", "isAbstractType"],
        code: "/** Lets a `resolveType` or `__typename` that answers the name of a type in code mean the name that the type keeps. */
export function keepTypeNames(schema: GraphQLSchema, names: Record<string, string>): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = withKeptNames(names, type.resolveType);
  }
  return schema;
}
",
    },
    Helper {
        name: "underKeptNames",
        imports: &["GraphQLScalarType", "isScalarType"],
        code: "/** The resolvers, those of a type under the name that it keeps. */
function underKeptNames(names: Record<string, string>, resolvers: any): any {
  const kept: any = {};
  for (const [name, type] of Object.entries<any>(resolvers)) {
    const keptName = names[name] ?? name;
    kept[keptName] = isScalarType(type) ? new GraphQLScalarType({ ...type.toConfig(), name: keptName }) : type;
  }
  return kept;
}
",
    },
    Helper {
        name: "withKeptNames",
        imports: &["defaultTypeResolver", "type GraphQLTypeResolver"],
        code: "/** The same `resolveType`; where it answers the name of a type in code, it answers the name that the type keeps. */
function withKeptNames(
  names: Record<string, string>, resolveType?: GraphQLTypeResolver<any, any> | null,
): GraphQLTypeResolver<any, any> {
  const kept = (name?: string) => (name === undefined ? name : names[name] ?? name);
  return (value, context, info, type) => {
    const name = (resolveType ?? defaultTypeResolver)(value, context, info, type);
    return name instanceof Promise ? name.then(kept) : kept(name);
  };
}
",
    },
    Helper {
        name: "exactlyOne",
        imports: &[],
        code: "/** Like `atMostOne`, for what is required: exactly one of both names has to be given, and not as null. */
export function exactlyOne<T extends object, N extends string>(
  given: T, name: N, oldName: string,
): asserts given is Given<T, N> {
  atMostOne(given, name, oldName);
  if ((given as any)[name] === undefined) throw badInput(`${name} is required.`);
  notNull(given, name);
}
",
    },
    Helper {
        name: "notNull",
        imports: &[],
        code: "/** Rejects null for what may only be absent. */
export function notNull(given: object, name: string): void {
  if ((given as any)[name] === null) throw badInput(`${name} must not be null.`);
}
",
    },
    Helper {
        name: "atMostOne",
        imports: &[],
        code: "/**
 * Moves what is given under an old name to the new one. What is absent stays absent, which is not null. A new name that holds
 * its default counts as absent.
 */
export function atMostOne(given: object, name: string, oldName: string, defaultValue?: unknown): void {
  const values = given as Record<string, unknown>;
  if (values[oldName] === undefined) return;
  if (values[name] !== undefined && JSON.stringify(values[name]) !== JSON.stringify(defaultValue)) {
    throw badInput(`Give either ${name} or ${oldName}, not both.`);
  }
  values[name] = values[oldName];
  delete values[oldName];
}
",
    },
    Helper {
        name: "badInput",
        imports: &["GraphQLError"],
        code: "function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
",
    },
    Helper {
        name: "Given",
        imports: &[],
        code: "type Given<T, N extends string> = T & { [K in N & keyof T]: NonNullable<T[K]> };
",
    },
];

/// A string literal.
pub(super) fn string(text: &str) -> String {
    let json = json_string(text);
    // Only the quotes change places.
    format!("'{}'", json[1..json.len() - 1].replace("\\\"", "\"").replace('\'', "\\'"))
}

/// A value as a literal; `enum_value` writes the name of an enum value.
pub(super) fn literal(value: &Value<'_>, enum_value: &dyn Fn(&str) -> String) -> String {
    match value.kind {
        ValueKind::Int(text) | ValueKind::Float(text) => text.to_owned(),
        ValueKind::String(text) => string(&text.value()),
        ValueKind::Enum(text) => enum_value(text),
        ValueKind::Boolean(truth) => truth.to_string(),
        // A default holds no variables and no holes.
        ValueKind::Null | ValueKind::Variable(_) | ValueKind::Hole => "null".to_owned(),
        ValueKind::List(values) => {
            let items: Vec<String> = values.iter().map(|value| literal(value, enum_value)).collect();
            format!("[{}]", items.join(", "))
        }
        ValueKind::Object(fields) => {
            let fields = fields
                .iter()
                .map(|field| format!("{}: {}", field.name.text, literal(&field.value, enum_value)));
            format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
        }
    }
}

/// A GraphQL name as the name of a parameter or variable.
pub(super) fn identifier(name: &str) -> String {
    /// Names of GraphQL that are no names of variables in a module.
    const RESERVED: &[&str] = &[
        "arguments",
        "await",
        "break",
        "case",
        "catch",
        "class",
        "const",
        "continue",
        "debugger",
        "default",
        "delete",
        "do",
        "else",
        "enum",
        "eval",
        "export",
        "extends",
        "false",
        "finally",
        "for",
        "function",
        "if",
        "implements",
        "import",
        "in",
        "instanceof",
        "interface",
        "let",
        "new",
        "null",
        "package",
        "private",
        "protected",
        "public",
        "return",
        "static",
        "super",
        "switch",
        "this",
        "throw",
        "true",
        "try",
        "typeof",
        "var",
        "void",
        "while",
        "with",
        "yield",
    ];
    if RESERVED.contains(&name) { format!("{name}_") } else { name.to_owned() }
}

/// A property of an object literal whose value is a variable of the same name.
pub(super) fn property(name: &str) -> String {
    let variable = identifier(name);
    if variable == name { variable } else { format!("{name}: {variable}") }
}

/// A text with each line that is not empty moved to the right.
pub(super) fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") }).collect()
}

/// The call of `resolveAs` or `subscribeAs` for a field that comes back.
pub(super) fn call_as(helper: &str, field: &AddedField<'_>, target: &str) -> String {
    let renamed = field.arguments.iter().filter_map(|argument| {
        let new = argument.target.as_deref().filter(|&new| new != argument.argument.name)?;
        Some(format!("{}: {}", argument.argument.name, string(new)))
    });
    let renamed = renamed.collect::<Vec<_>>().join(", ");
    if renamed.is_empty() {
        format!("{helper}({})", string(target))
    } else {
        format!("{helper}({}, {{ {renamed} }})", string(target))
    }
}

/// Whether the fields of a type are subscriptions.
pub(super) fn is_subscription(operation: Option<OperationKind>) -> bool {
    operation == Some(OperationKind::Subscription)
}

/// The statements that bring the old and the new names together in an object that holds arguments or is an input object.
pub(super) fn moved<'p>(object: &str, patches: impl IntoIterator<Item = &'p InputPatch<'p>>) -> String {
    let mut statements = String::new();
    for patch in patches {
        match &patch.kind {
            InputPatchKind::Renamed { old, new, required: true } => {
                let (old, new) = (string(old.name), string(new.name));
                _ = writeln!(statements, "exactlyOne({object}, {new}, {old});");
            }
            InputPatchKind::Renamed { old, new, required: false } => {
                let default =
                    new.default.map(|value| format!(", {}", literal(value, &string))).unwrap_or_default();
                let (old, name) = (string(old.name), string(new.name));
                _ = writeln!(statements, "atMostOne({object}, {name}, {old}{default});");
                if new.ty.is_non_null() {
                    _ = writeln!(statements, "notNull({object}, {name});");
                }
            }
            InputPatchKind::Relaxed(input) => {
                let name = input.name;
                _ = writeln!(
                    statements,
                    "// Old clients do not give {name}: here it gets its value for them."
                );
            }
            InputPatchKind::Restored(_) | InputPatchKind::Defaulted(_) => {}
        }
    }
    statements
}

/// The arguments that take an input object whose fields change, by type (as code names it) and field.
pub(super) fn input_arguments<'t, 's>(
    types: &'t [PatchedType<'s>],
) -> BTreeMap<(&'s str, &'s str), Vec<&'t InputPosition<'s>>> {
    let mut arguments: BTreeMap<_, Vec<&InputPosition<'_>>> = BTreeMap::new();
    for position in types.iter().filter(|ty| changes_input(ty)).flat_map(|ty| &ty.positions) {
        if let Some(field) = position.field {
            let arguments = arguments.entry((position.parent_in_code, field)).or_default();
            if arguments.iter().all(|known| known.name != position.name) {
                arguments.push(position);
            }
        }
    }
    arguments
}

/// Whether something has to be done with the values of an input type.
fn changes_input(ty: &PatchedType<'_>) -> bool {
    !moved("input", &ty.input_fields).is_empty()
}

/// The statement that moves the old names in an expression of an input type.
pub(super) fn current(expression: &str, ty: &TypeReference<'_>) -> String {
    let nullable = !ty.is_non_null();
    if let TypeReference::List(item) = ty.nullable() {
        let safe = if nullable { "?" } else { "" };
        let inner = current("item", item);
        let inner = inner.trim_end().trim_end_matches(';');
        let inner = if inner.starts_with("if") { format!("{{ {inner}; }}") } else { inner.to_owned() };
        format!("{expression}{safe}.forEach((item) => {inner});\n")
    } else {
        let guard = if nullable { format!("if ({expression}) ") } else { String::new() };
        format!("{guard}current{}({expression});\n", ty.named().name)
    }
}

/// The functions that move the old names of input objects, those of input objects inside of others as well.
fn input_functions(types: &[PatchedType<'_>]) -> String {
    let changed: Vec<&PatchedType<'_>> = types.iter().filter(|ty| changes_input(ty)).collect();
    let mut names: BTreeSet<&str> = changed.iter().map(|ty| ty.name).collect();
    let mut inner: BTreeMap<&str, BTreeMap<&str, &TypeReference<'_>>> = BTreeMap::new();
    for position in changed.iter().flat_map(|ty| &ty.positions).filter(|position| position.field.is_none()) {
        names.insert(position.parent);
        inner.entry(position.parent).or_default().insert(position.name, &position.ty);
    }
    let mut functions = String::new();
    for name in names {
        let own = changed
            .iter()
            .find(|ty| ty.name == name)
            .map(|ty| ty.input_fields.as_slice())
            .unwrap_or_default();
        let required = own.iter().filter_map(|patch| match &patch.kind {
            InputPatchKind::Renamed { new, required: true, .. } => Some(string(new.name)),
            _ => None,
        });
        let required = required.collect::<Vec<_>>().join(" | ");
        let returns = if required.is_empty() {
            "void".to_owned()
        } else {
            format!("asserts input is Given<T, {required}>")
        };
        _ = writeln!(
            functions,
            "\n/** Moves what a {name} holds under old names to the new ones. */\nexport function current{name}<T extends \
             object>(input: T): {returns} {{"
        );
        functions += &indented(&moved("input", own));
        if let Some(inner) = inner.get(name) {
            functions += "  const values = input as any;\n";
            for (field, ty) in inner {
                let statement = current(&format!("values.{field}"), ty.nullable());
                functions += &indented(&statement.replace("((item) =>", "((item: any) =>"));
            }
        }
        functions += "}\n";
    }
    functions
}

/// The module of helpers that code calls, and the names of those; nothing where it calls none.
pub(super) fn helpers(types: &[PatchedType<'_>], codes: &[&str]) -> Option<(String, Vec<String>)> {
    let mut module = input_functions(types);
    let mut imports = BTreeSet::new();
    for helper in HELPERS {
        if calls(&[&module], helper.name) || calls(codes, helper.name) {
            imports.extend(helper.imports);
            _ = write!(module, "\n{}", helper.code);
        }
    }
    if module.is_empty() {
        return None;
    }
    let inputs = types.iter().flat_map(|ty| {
        ty.positions
            .iter()
            .map(|position| position.ty.named().name)
            .chain([ty.name])
            .map(|name| format!("current{name}"))
    });
    let exported = HELPERS.iter().map(|helper| helper.name.to_owned()).chain(inputs);
    let called: BTreeSet<String> = exported.filter(|name| calls(codes, name)).collect();
    let imports = if imports.is_empty() { String::new() } else { import(imports, "graphql") };
    Some((imports + &module, called.into_iter().collect()))
}

/// An import declaration.
pub(super) fn import<'n>(names: impl IntoIterator<Item = &'n &'n str>, module: &str) -> String {
    let mut names: Vec<&str> = names.into_iter().copied().collect();
    names.sort_unstable_by_key(|name| name.trim_start_matches("type ").to_ascii_lowercase());
    names.dedup();
    let line = format!("import {{ {} }} from '{module}';\n", names.join(", "));
    if line.len() <= 120 {
        line
    } else {
        format!("import {{\n  {},\n}} from '{module}';\n", names.join(",\n  "))
    }
}

/// A module of its own, beside the one of the helpers.
pub(super) struct Module {
    /// The name of its file, without the ending.
    pub(super) name: &'static str,
    /// What it imports from packages.
    pub(super) imports: String,
    pub(super) code: String,
    /// What it exports.
    pub(super) names: Vec<String>,
    /// Whether it names types of the server.
    pub(super) names_types: bool,
}

/// Snippets of a code-first framework.
#[derive(Default)]
pub(super) struct Code {
    /// Modules of their own; one may import those before it.
    pub(super) modules: Vec<Module>,
    /// What goes to the definitions of types.
    pub(super) of_types: Vec<Snippet>,
    /// Everything else.
    pub(super) snippets: Vec<Snippet>,
}

impl Code {
    /// All snippets: modules of their own first, then what is imported from them, then the rest.
    pub(super) fn with_helpers(self, types: &[PatchedType<'_>]) -> Vec<Snippet> {
        let Code { modules, of_types, snippets } = self;
        let texts = |snippets: &[Snippet]| snippets.iter().map(|one| one.code.clone()).collect::<Vec<_>>();
        let (types_code, code) = (texts(&of_types), texts(&snippets));
        let mut all = Vec::new();
        let everything: Vec<&str> = code
            .iter()
            .map(String::as_str)
            .chain(modules.iter().map(|module| module.code.as_str()))
            .collect();
        let called = helpers(types, &everything).map(|(module, exported)| {
            all.push(Snippet { place: format!("a module of its own, {MODULE}.ts"), code: module });
            exported
        });
        let called = called.unwrap_or_default();
        // What a text names of the first modules, and of the helpers.
        let imported = |codes: &[String], count: usize| {
            let mut imports = String::new();
            for module in &modules[..count] {
                let named: Vec<&str> =
                    module.names.iter().map(String::as_str).filter(|name| mentions(codes, name)).collect();
                if !named.is_empty() {
                    imports += &import(&named, &format!("./{}.js", module.name));
                }
            }
            let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
            let named: Vec<&str> =
                called.iter().map(String::as_str).filter(|name| calls(&codes, name)).collect();
            if !named.is_empty() {
                imports += &import(&named, &format!("./{MODULE}.js"));
            }
            imports
        };
        for (at, module) in modules.iter().enumerate() {
            let yours = if module.names_types { "; the types that it names are yours to import" } else { "" };
            let head = format!("{}{}", module.imports, imported(std::slice::from_ref(&module.code), at));
            all.push(Snippet {
                place: format!("a module of its own, {}.ts{yours}", module.name),
                code: format!("{head}{}", module.code),
            });
        }
        for (place, codes) in
            [("the imports of the types", &types_code), ("the imports where the code below is", &code)]
        {
            let imports = imported(codes, modules.len());
            if !imports.is_empty() {
                all.push(Snippet { place: place.to_owned(), code: imports });
            }
        }
        all.extend(of_types);
        all.extend(snippets);
        all
    }
}

/// Whether code names something that is exported; what stands in a string is no name.
fn mentions(codes: &[String], name: &str) -> bool {
    let part = |char: char| char.is_alphanumeric() || ['_', '$', '\''].contains(&char);
    codes.iter().any(|code| {
        code.match_indices(name).any(|(at, _)| {
            let (before, after) = (&code[..at], &code[at + name.len()..]);
            !before.ends_with(part) && !after.starts_with(part)
        })
    })
}

/// The types that keep their names, by their names in code, as an object literal; nothing where no type does.
pub(super) fn kept_names<'p>(types: impl IntoIterator<Item = &'p PatchedType<'p>>) -> Option<String> {
    let kept = types.into_iter().filter(|ty| ty.keeps_name());
    let names: Vec<String> = kept.map(|ty| format!("{}: {}", ty.in_code, string(ty.name))).collect();
    let line = format!("{{ {} }}", names.join(", "));
    let lines = || format!("{{\n  {},\n}}", names.join(",\n  "));
    (!names.is_empty()).then(|| if line.len() <= 80 { line } else { lines() })
}

/// The call that lets abstract types answer the names that their objects keep.
pub(super) fn kept_objects(types: &[PatchedType<'_>]) -> Option<String> {
    let is_one_of_several = |ty: &&PatchedType<'_>| {
        ty.kind == TypeKind::Object && !(ty.all_interfaces.is_empty() && ty.all_unions.is_empty())
    };
    kept_names(types.iter().filter(is_one_of_several)).map(|names| format!("keepTypeNames(schema, {names})"))
}

/// Adds code at a place, behind what is already there.
pub(super) fn push(snippets: &mut Vec<Snippet>, place: String, code: String) {
    if code.is_empty() {
        return;
    }
    match snippets.iter_mut().find(|snippet| snippet.place == place) {
        Some(snippet) => snippet.code += &code,
        None => snippets.push(Snippet { place, code }),
    }
}

/// Whether code calls or names a helper.
fn calls(codes: &[&str], name: &str) -> bool {
    ["(", "<"].iter().any(|open| codes.iter().any(|code| code.contains(&format!("{name}{open}"))))
}

/// The input values that patches add or change, each with the name that it stands in place of.
pub(super) fn declared<'p>(
    patches: &'p [InputPatch<'p>],
) -> impl Iterator<Item = (&'p InputFacts<'p>, bool)> {
    patches.iter().flat_map(|patch| match &patch.kind {
        InputPatchKind::Renamed { old, new, required } => {
            let new = required.then_some((new, true));
            new.into_iter().chain([(old, false)]).collect::<Vec<_>>()
        }
        InputPatchKind::Restored(old) => vec![(old, false)],
        InputPatchKind::Relaxed(input) | InputPatchKind::Defaulted(input) => vec![(input, true)],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_literal() {
        assert_eq!(string("a \"b\" 'c' \\ \n d"), r#"'a "b" \'c\' \\ \n d'"#);
        assert_eq!(string("a\u{9b}2J\u{202e}b\u{1b}c é"), r"'a\u009b2J\u202eb\u001bc é'");
    }

    #[test]
    fn names_are_no_words_of_the_language() {
        assert_eq!(
            (property("delete"), property("deleted")),
            ("delete: delete_".to_owned(), "deleted".to_owned())
        );
    }
}
