//! The compatibility patch as server code. A framework is one file and one line in [`FRAMEWORKS`].
//!
//! The patched schema says what the server has to become; [`facts`] say it type by type; a framework writes it in its own
//! language, as its own documentation would. Code exists only for a patch that is proven. It is made to be pasted: nothing
//! that a server has is replaced.

#![allow(
    clippy::format_push_string,
    reason = "an emitter that reads as its text matters more than an allocation"
)]

pub mod facts;

use bumpalo::Bump;
use schemacheck_graphql::ast::TypeKind;
use schemacheck_graphql::schema;
use schemacheck_graphql::source::Sources;
use schemacheck_graphql::suggestion::closest;
use serde::Serialize;

use self::facts::PatchedServer;
use crate::change::Rename;
use crate::diff::Diff;
use crate::suggest::{Patch, Proof, Suggestion, SuggestionKind};

/// Declares the modules and the list of the frameworks.
macro_rules! frameworks {
    ($($module:ident,)*) => {
        $(mod $module;)*

        /// All frameworks, in the order of the documentation.
        pub static FRAMEWORKS: &[&Framework] = &[$(&$module::FRAMEWORK,)*];
    };
}

mod decorators;
mod directives;
mod javascript;
mod python;
mod rust;

frameworks! {
    strawberry,
    graphene,
    ariadne,
    apollo_server,
    nestjs,
    pothos,
    type_graphql,
    async_graphql,
    juniper,
}

/// A server framework.
#[derive(Debug)]
pub struct Framework {
    /// Its name on the command line: `framework_name!()`, the name of its file.
    pub name: &'static str,
    /// How it calls itself.
    pub title: &'static str,
    /// The language of its code, as Markdown fences name it.
    pub language: &'static str,
    /// The packages whose presence says that a server uses it.
    pub packages: &'static [Package],
    /// The versions that its code was executed with.
    pub executed_with: &'static str,
    /// What it can do.
    pub capabilities: Capabilities,
    /// Writes the code.
    pub emit: fn(&PatchedServer<'_>) -> Vec<Snippet>,
}

/// The name of the framework in whose file it stands.
macro_rules! framework_name {
    () => {
        schemacheck_graphql::rule_id!()
    };
}
use framework_name;

/// A package of an ecosystem.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Package {
    /// Where it is published.
    pub ecosystem: Ecosystem,
    /// Its name there. Names of `PyPI` in their normal form: lower case, with `-`.
    pub name: &'static str,
}

/// Where packages are published.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Ecosystem {
    /// Python: `pyproject.toml`, `requirements*.txt`, `setup.cfg`.
    Pypi,
    /// JavaScript: `package.json`.
    Npm,
    /// Rust: `Cargo.toml`.
    Cargo,
}

/// What a framework can do, and what its engine makes of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Capabilities {
    /// Whether arguments and input fields can be deprecated.
    pub deprecates_inputs: bool,
    /// The kinds of types that have the fields of their interfaces without saying so.
    pub inherits_interface_fields: &'static [TypeKind],
    /// How two values of an enum can mean one thing.
    pub enum_alias: EnumAlias,
    /// Whether the server is written to its SDL, so that the patch is applied to that as well.
    pub schema_first: bool,
}

/// How two values of an enum can mean one thing to the server. Where both have one internal value, the engine has to
/// choose which name it answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EnumAlias {
    /// It answers the first one that is declared: the alias comes after.
    AnswersFirst,
    /// It answers the last one that is declared: the alias comes before.
    AnswersLast,
    /// Each value is one of its own, and the server brings them together.
    Distinct,
}

/// Code to paste.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Snippet {
    /// Where, in words that are the same for the same place.
    pub place: String,
    /// The code, with a line end.
    pub code: String,
}

/// The framework with a name, or the one that may be meant.
pub fn named(name: &str) -> Result<&'static Framework, Option<&'static str>> {
    let found = FRAMEWORKS.iter().find(|framework| framework.name == name);
    found.copied().ok_or_else(|| closest(name, FRAMEWORKS.iter().map(|framework| framework.name)))
}

/// The frameworks of which a package is among those that a server depends on, in the order of the list. Servers of code-first
/// schemas run on the packages of schema-first ones, so a code-first framework says what the server is written with.
pub fn detect(is_dependency: impl Fn(Package) -> bool) -> Vec<&'static Framework> {
    let uses = |framework: &&&Framework| framework.packages.iter().any(|&package| is_dependency(package));
    let mut found: Vec<&Framework> = FRAMEWORKS.iter().filter(uses).copied().collect();
    let code_first: Vec<Ecosystem> = found
        .iter()
        .filter(|framework| !framework.capabilities.schema_first)
        .flat_map(|framework| framework.packages.iter().map(|package| package.ecosystem))
        .collect();
    let served = |package: &Package| code_first.contains(&package.ecosystem);
    found.retain(|framework| !framework.capabilities.schema_first || !framework.packages.iter().any(served));
    found
}

/// The code of one framework.
#[derive(Clone, Debug)]
pub struct ServerCode {
    /// The framework.
    pub framework: &'static Framework,
    /// The code of the whole patch.
    pub snippets: Vec<Snippet>,
    /// The code of each suggestion alone, in their order; nothing where it needs none.
    pub by_suggestion: Vec<Option<String>>,
}

/// Writes a proven patch as server code, for each framework.
pub(crate) fn server_code(
    proof: &Proof<'_, '_>,
    diff: &Diff<'_>,
    suggestions: &[Suggestion],
    patch: &Patch,
    frameworks: &[&'static Framework],
) -> Vec<ServerCode> {
    if !patch.verified || frameworks.is_empty() {
        return Vec::new();
    }
    let Proof { sources, new_texts, limits, .. } = *proof;
    let mut patched_sources = Sources::new();
    let mut ids = Vec::new();
    for &id in new_texts {
        let patched = patch.texts.iter().find(|(patched, _)| *patched == id);
        let text = patched.map_or(sources.get(id).text(), |(_, text)| text.as_str());
        ids.extend(patched_sources.add(sources.get(id).name(), text));
    }
    let arena = Bump::new();
    // What is proven loads.
    let Ok(loaded) = schema::load(&arena, &patched_sources, &ids, limits) else { return Vec::new() };
    let server = facts::patched_server(diff, suggestions, &loaded.schema);
    let part = |at: usize| {
        let part = server.only(at);
        let edits = &suggestions[at].edits;
        if edits.is_empty() || !part.is_empty() {
            return part;
        }
        // Of suggestions with the same edits, the first has the facts.
        let first = suggestions.iter().position(|other| other.edits == *edits);
        first.map_or(part, |first| server.only(first))
    };
    let parts: Vec<PatchedServer<'_>> = (0..suggestions.len()).map(part).collect();
    let code = |framework: &'static Framework| {
        let own = |server: &PatchedServer<'_>| {
            (framework.emit)(&server.without_inherited(framework.capabilities.inherits_interface_fields))
        };
        let by_suggestion = suggestions.iter().zip(&parts).map(|(suggestion, part)| {
            let mut snippets = own(part);
            if !snippets.is_empty() {
                snippets.extend(by_hand(framework, one_name(framework, diff, suggestion)));
            }
            let code = text(framework, &snippets);
            (!code.is_empty()).then_some(code)
        });
        let by_suggestion: Vec<Option<String>> = by_suggestion.collect();
        let without = suggestions.iter().zip(&parts).zip(&by_suggestion);
        let without = without.filter(|(_, code)| code.is_none()).map(|(asked, _)| asked);
        let mut snippets = own(&server);
        let remaining = remaining(framework, without);
        let names = suggestions.iter().filter_map(|suggestion| one_name(framework, diff, suggestion));
        snippets.extend(by_hand(framework, remaining.chain(names)));
        ServerCode { framework, snippets, by_suggestion }
    };
    frameworks.iter().map(|framework| code(framework)).collect()
}

/// What remains of the suggestions without code: what the framework cannot say. Nothing remains where types have the fields
/// of their interfaces, nor, save for a name, where the server is written to its schema.
fn remaining<'a>(
    framework: &Framework,
    without_code: impl Iterator<Item = (&'a Suggestion, &'a PatchedServer<'a>)>,
) -> impl Iterator<Item = String> {
    let Capabilities { inherits_interface_fields, schema_first, .. } = framework.capabilities;
    let remains = move |(suggestion, part): &(&Suggestion, &PatchedServer<'_>)| {
        let is_said = !part.is_empty()
            && (part.without_inherited(inherits_interface_fields).is_empty()
                || schema_first && suggestion.kind != SuggestionKind::KeepTypeName);
        !suggestion.edits.is_empty() && !is_said
    };
    let line = |(suggestion, _): (&Suggestion, _)| format!("{}: {}", suggestion.coordinate, suggestion.why);
    without_code.filter(remains).map(line)
}

/// What to look after where an old name and the new one are one name in the language of the server by its conventions.
fn one_name(framework: &Framework, diff: &Diff<'_>, suggestion: &Suggestion) -> Option<String> {
    use SuggestionKind::{AliasEnumValue, KeepTypeName, NonePossible};
    let name = match (framework.language, suggestion.kind) {
        (_, KeepTypeName | NonePossible) => return None,
        ("rust", AliasEnumValue) => rust::variant,
        ("rust", _) => rust::name,
        // Values of enums, and code of servers that are written to their schemas, have the names of the schema.
        ("python", kind) if kind != AliasEnumValue && !framework.capabilities.schema_first => python::name,
        _ => return None,
    };
    let Rename { from, to, .. } = diff.changes[suggestion.resolves[0]].rename.as_ref()?;
    (name(from) == name(to)).then(|| {
        format!(
            "{}: {from} and {to} are both {} by convention; give the old one another name in this code",
            suggestion.coordinate,
            name(from)
        )
    })
}

/// Comments on what people have to do themselves.
fn by_hand(framework: &Framework, lines: impl IntoIterator<Item = String>) -> Option<Snippet> {
    let lines = lines.into_iter();
    let lines = lines.map(|line| format!("{} {}\n", comment(framework), line.replace(['\r', '\n'], " ")));
    let code: String = lines.collect();
    (!code.is_empty()).then(|| Snippet { place: "by hand".to_owned(), code })
}

/// The kinds of types that come back, in their order: what others name stands before them.
const DEFINED: [TypeKind; 6] = [
    TypeKind::Scalar,
    TypeKind::Enum,
    TypeKind::InputObject,
    TypeKind::Interface,
    TypeKind::Object,
    TypeKind::Union,
];

/// Whether a terminal or an editor would obey a character, so that code escapes it.
fn is_obeyed(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A text as a string of JSON, whose escapes Python and JavaScript have as well.
fn json_string(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    for char in serde_json::Value::from(text).to_string().chars() {
        if is_obeyed(char) {
            literal.push_str(&format!("\\u{:04x}", u32::from(char)));
        } else {
            literal.push(char);
        }
    }
    literal
}

/// How a comment begins.
fn comment(framework: &Framework) -> &'static str {
    if framework.language == "python" { "#" } else { "//" }
}

/// Snippets as one text: each under a comment that says where it goes.
pub fn text<'a>(framework: &Framework, snippets: impl IntoIterator<Item = &'a Snippet>) -> String {
    let comment = comment(framework);
    let snippet = |snippet: &Snippet| format!("\n{comment} {}\n\n{}", snippet.place, snippet.code);
    snippets.into_iter().map(snippet).collect()
}
