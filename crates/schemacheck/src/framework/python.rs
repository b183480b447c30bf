//! What the frameworks of Python have in common.

use std::collections::{BTreeMap, BTreeSet};

use schemacheck_graphql::ast::{DirectiveLocation, TypeKind, Value, ValueKind};

use super::facts::{InputPatchKind, NamedType, PatchedDirective, ReturnedType, TypeReference};
use super::{DEFINED, Snippet};

/// A definition that pasted code calls, with the imports that it needs.
pub(super) struct Helper {
    /// How code that calls it is recognised.
    pub(super) name: &'static str,
    /// Whole lines.
    pub(super) imports: &'static [&'static str],
    /// Empty where the import is all.
    pub(super) code: &'static str,
}

/// The function that brings the values of two names together, with a word for "not given" that is not null.
macro_rules! one_of {
    ($unset:literal) => {
        concat!(
            r#"def one_of(names: tuple[str, str], new: Any, old: Any, required: bool, nullable: bool) -> Any:
    """The value that is given under either name; unset where none is, which is not null."""
    unset = "#,
            $unset,
            r#"
    if new is not unset and old is not unset:
        raise GraphQLError(f"Give either {names[0]} or {names[1]}, not both.")
    value = old if new is unset else new
    if value is unset and required:
        raise GraphQLError(f"{names[0]} is required.")
    if value is None and not nullable:
        raise GraphQLError(f"{names[0]} must not be null.")
    return value
"#
        )
    };
}
pub(super) use one_of;

/// That function for servers on graphql-core.
pub(super) const ONE_OF: Helper = Helper {
    name: "one_of(",
    imports: &["from graphql import GraphQLError, Undefined", "from typing import Any"],
    code: one_of!("Undefined"),
};

/// The function that reads the arguments of a directive whatever name they are given under, and how it is called; nothing
/// where no argument has two names or may be missing.
fn directive_reader(directive: &PatchedDirective<'_>) -> Option<(String, String)> {
    let statements = directive.patches.iter().filter_map(|patch| match &patch.kind {
        InputPatchKind::Renamed { old, new, required } => Some(format!(
            "    merge(values, ({}, {}), {}, required={}, nullable={})\n",
            string(new.name),
            string(old.name),
            new.default.map_or("Undefined".to_owned(), literal),
            truth(*required),
            truth(!required && !new.ty.is_non_null()),
        )),
        InputPatchKind::Relaxed(new) => Some(format!(
            "    # The last is the value for clients that do not give it.\n    values.setdefault({}, None)\n",
            string(new.name)
        )),
        InputPatchKind::Restored(_) | InputPatchKind::Defaulted(_) => None,
    });
    let statements: String = statements.collect();
    let function = format!("{}_arguments", name(directive.in_code));
    let code = format!(
        "def {function}(directive: GraphQLDirective, node: DirectiveNode, variables: Any = None) -> dict[str, Any]:\n    \
         \"\"\"The arguments of @{}, each under its new name.\"\"\"\n    \
         values = get_argument_values(directive, node, variables)\n{statements}    return values\n",
        directive.name
    );
    (!statements.is_empty()).then_some((function, code))
}

/// That function, and its name where the server reads the arguments.
pub(super) fn read_arguments(snippets: &mut Vec<Snippet>, directive: &PatchedDirective<'_>, place: &str) {
    if let Some((function, code)) = directive_reader(directive) {
        add(snippets, place, &code);
        let place = format!("where @{} is read, in place of get_argument_values", directive.in_code);
        add(snippets, &place, &format!("{function}\n"));
    }
}

/// What that function needs.
pub(super) const GET_ARGUMENT_VALUES: Helper = Helper {
    name: "node: DirectiveNode",
    imports: &[
        "from graphql import DirectiveNode, GraphQLDirective, get_argument_values",
        "from typing import Any",
    ],
    code: "",
};

/// And what it calls.
pub(super) const MERGE: Helper = Helper {
    name: " merge(",
    imports: &["from graphql import Undefined", "from typing import Any"],
    code: r#"def merge(values: dict[str, Any], names: tuple[str, str], default: Any, required: bool, nullable: bool) -> None:
    """Puts what is given under either name under the new one."""
    new, old = (values.pop(name, Undefined) for name in names)
    if old is not Undefined and new == default:
        new = Undefined
    value = one_of(names, new, old, required, nullable)
    if value is not Undefined:
        values[names[0]] = value
"#,
};

/// Puts, where there are any, one more snippet before the others: the imports and helpers that they need, and those that these need in turn.
/// In the list of helpers, what a helper calls comes after it.
pub(super) fn with_helpers(
    place: &str,
    imports: &[&'static str],
    helpers: &[Helper],
    mut snippets: Vec<Snippet>,
) -> Vec<Snippet> {
    if snippets.is_empty() {
        return snippets;
    }
    let mut imports = imports.to_vec();
    let mut definitions: Vec<&str> = Vec::new();
    for helper in helpers {
        let calls = |code: &str| code.contains(helper.name);
        if snippets.iter().any(|snippet| calls(&snippet.code)) || definitions.iter().any(|code| calls(code)) {
            imports.extend(helper.imports);
            definitions.extend((!helper.code.is_empty()).then_some(helper.code));
        }
    }
    let code = format!("{}\n\n\n{}", sorted(&imports), definitions.join("\n\n"));
    let mut first = vec![Snippet { place: place.to_owned(), code: code.trim_end().to_owned() + "\n" }];
    if let Some(at) = snippets.iter().position(|snippet| snippet.place == place) {
        let separated = if definitions.is_empty() { "\n\n" } else { "" };
        add(&mut first, place, &format!("{separated}{}", snippets.remove(at).code));
    }
    first.append(&mut snippets);
    first
}

/// Imports as the tools of Python sort them: whole modules first, then names of modules, those of one module in one line.
fn sorted(imports: &[&str]) -> String {
    let mut modules: BTreeSet<&str> = BTreeSet::new();
    let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for import in imports {
        match import.strip_prefix("from ").and_then(|import| import.split_once(" import ")) {
            Some((module, imported)) => names.entry(module).or_default().extend(imported.split(", ")),
            None => _ = modules.insert(import),
        }
    }
    let modules = modules.into_iter().map(str::to_owned);
    let names = names.into_iter().map(|(module, names)| {
        let names: Vec<&str> = names.into_iter().collect();
        let line = format!("from {module} import {}", names.join(", "));
        if line.len() > 100 {
            format!("from {module} import (\n    {},\n)", names.join(",\n    "))
        } else {
            line
        }
    });
    modules.chain(names).collect::<Vec<_>>().join("\n")
}

/// Adds code at a place, behind what stands there already. Between a definition and what else a module holds are two lines.
pub(super) fn add(snippets: &mut Vec<Snippet>, place: &str, code: &str) {
    match snippets.iter_mut().find(|snippet| snippet.place == place) {
        _ if code.is_empty() => {}
        Some(snippet) => {
            let ends_definition = snippet.code.lines().last().is_some_and(|line| line.starts_with(' '));
            let defines = ["@", "class ", "def "].iter().any(|start| code.starts_with(start));
            if defines || (ends_definition && !code.starts_with(' ')) {
                snippet.code += "\n\n";
            }
            snippet.code += code;
        }
        None => snippets.push(Snippet { place: place.to_owned(), code: code.to_owned() }),
    }
}

/// The types that come back, each below those that its class needs when it is defined, and where it goes. Everything that
/// a class only names is looked up later, save the members of a union.
pub(super) fn placed<'t, 's>(returned: &'t [ReturnedType<'s>]) -> Vec<(String, &'t ReturnedType<'s>)> {
    let mut types: Vec<&ReturnedType<'_>> = returned.iter().collect();
    // An interface that implements others has at least one more than these.
    types.sort_by_key(|ty| (DEFINED.iter().position(|kind| *kind == ty.kind), ty.interfaces.len()));
    let comes_back =
        |interface: &&NamedType<'_>| returned.iter().any(|returned| returned.name == interface.name);
    let place = |ty: &ReturnedType<'_>| {
        let existing = ty.interfaces.iter().rfind(|interface| !comes_back(interface));
        match existing {
            Some(interface) => format!("below the class {}", interface.in_code),
            None if ty.kind == TypeKind::Union => "above the schema".to_owned(),
            None => "above the types".to_owned(),
        }
    };
    types.into_iter().map(|ty| (place(ty), ty)).collect()
}

/// The words that no name may be.
const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// The Python name of a GraphQL name by convention: `threadGet` is `thread_get`, `from` is `from_`.
pub(super) fn name(graphql: &str) -> String {
    let mut name = String::with_capacity(graphql.len() + 4);
    let mut before: Option<char> = None;
    let mut letters = graphql.chars().peekable();
    while let Some(letter) = letters.next() {
        let word_ends = before.is_some_and(|before| before.is_ascii_lowercase() || before.is_ascii_digit());
        // In HTTPServer the S begins a word: the next letter is small.
        let acronym_ends = before.is_some_and(|before| before.is_ascii_uppercase())
            && letters.peek().is_some_and(char::is_ascii_lowercase);
        if letter.is_ascii_uppercase() && (word_ends || acronym_ends) {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
        before = Some(letter);
    }
    if is_keyword(&name) {
        name.push('_');
    }
    name
}

/// Whether no name may be this word.
pub(super) fn is_keyword(word: &str) -> bool {
    KEYWORDS.contains(&word)
}

/// Whether both conventions of the frameworks, camel case and as it stands, make this GraphQL name of its Python name, so
/// that it need not be said.
pub(super) fn is_plain(graphql: &str) -> bool {
    name(graphql) == graphql && !graphql.contains('_')
}

/// A string literal: the escapes of JSON are escapes of Python.
pub(super) use super::json_string as string;

/// A value as a literal; an enum value is its name.
pub(super) fn literal(value: &Value<'_>) -> String {
    match value.kind {
        ValueKind::Int(text) | ValueKind::Float(text) => text.to_owned(),
        ValueKind::String(text) => string(&text.value()),
        ValueKind::Enum(text) => string(text),
        ValueKind::Boolean(true) => "True".to_owned(),
        ValueKind::Boolean(false) => "False".to_owned(),
        // A default holds no variables and no holes.
        ValueKind::Null | ValueKind::Variable(_) | ValueKind::Hole => "None".to_owned(),
        ValueKind::List(values) => {
            format!("[{}]", values.iter().map(literal).collect::<Vec<_>>().join(", "))
        }
        ValueKind::Object(fields) => {
            let fields =
                fields.iter().map(|field| format!("{}: {}", string(field.name.text), literal(&field.value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
    }
}

/// A default as code takes it: like a literal, but an enum value is the member of its class, which `member` writes of the names
/// of both.
pub(super) fn default(value: &Value<'_>, ty: &TypeReference<'_>, member: fn(&str, &str) -> String) -> String {
    let item_of = |value, item| default(value, item, member);
    match (&value.kind, ty.nullable()) {
        (ValueKind::List(values), TypeReference::List(item)) => {
            format!("[{}]", values.iter().map(|value| item_of(value, item)).collect::<Vec<_>>().join(", "))
        }
        // One value stands for a list of one (specification, section 3.12).
        (kind, TypeReference::List(item)) if !matches!(kind, ValueKind::Null) => {
            format!("[{}]", item_of(value, item))
        }
        (ValueKind::Enum(value), ty) => member(ty.named().in_code, value),
        _ => literal(value),
    }
}

/// What is said of an element, as options of a call.
pub(super) fn said(description: Option<&str>, deprecation: Option<&str>) -> Vec<String> {
    let said = [("description", description), ("deprecation_reason", deprecation)];
    let said = said.into_iter().filter_map(|(option, text)| Some(format!("{option}={}", string(text?))));
    said.collect()
}

/// An assignment of a call, on several lines where one is too long.
pub(super) fn assigned(variable: &str, function: &str, options: &[String]) -> String {
    let line = format!("{variable} = {function}({})\n", options.join(", "));
    if line.len() > 100 {
        format!("{variable} = {function}(\n    {},\n)\n", options.join(",\n    "))
    } else {
        line
    }
}

/// Locations of directives, as both GraphQL libraries of Python call them.
pub(super) fn locations(locations: impl Iterator<Item = DirectiveLocation>) -> String {
    let locations = locations.map(|location| format!("DirectiveLocation.{}", location.name()));
    locations.collect::<Vec<_>>().join(", ")
}

pub(super) fn truth(truth: bool) -> &'static str {
    if truth { "True" } else { "False" }
}

/// A text with each line that is not empty moved to the right.
pub(super) fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_convention() {
        let names = ["threadGet", "thread_get", "HTTPServer", "userID", "v2Name", "from", "_id", "URL"];
        let python = ["thread_get", "thread_get", "http_server", "user_id", "v2_name", "from_", "_id", "url"];
        assert_eq!(names.map(name), python);
        assert!(
            is_plain("threads") && !is_plain("thread_get") && !is_plain("threadGet") && !is_plain("from")
        );
    }

    #[test]
    fn no_text_ends_its_literal() {
        assert_eq!(string("a \"b\" \\ \n c"), r#""a \"b\" \\ \n c""#);
        assert_eq!(string("a\u{9b}2J\u{202e}b\u{1b}c é"), r#""a\u009b2J\u202eb\u001bc é""#);
    }
}
