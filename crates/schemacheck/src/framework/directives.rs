//! Directives of operations on graphql-js: their definitions where a schema is code, and the code that reads them.

use std::collections::BTreeSet;

use schemacheck_graphql::ast::DirectiveLocation;

use super::Snippet;
use super::facts::{InputFacts, PatchedDirective, TypeReference};
use super::javascript::{Module, import, indented, literal, moved, push, string};

/// Puts the definitions of directives into a module, and each of them where the server lists its directives.
pub(super) fn definitions(
    directives: &[PatchedDirective<'_>],
    list: &str,
    snippets: &mut Vec<Snippet>,
) -> Option<Module> {
    let (mut code, mut names) = (String::new(), Vec::new());
    let mut imports = BTreeSet::from(["DirectiveLocation", "GraphQLDirective"]);
    for directive in directives {
        let name = format!("{}Directive", directive.name);
        let Some(definition) = definition(directive, &name, &mut imports) else { continue };
        code += &definition;
        let place = if directive.comes_back() {
            list.to_owned()
        } else {
            format!("{list}, in place of @{}", directive.in_code)
        };
        push(snippets, place, format!("{name},\n"));
        names.push(name);
    }
    (!names.is_empty()).then(|| Module {
        name: "oldDirectives",
        imports: import(&imports, "graphql"),
        code,
        names,
        names_types: false,
    })
}

/// A directive as graphql-js defines it; nothing where an argument has a type of the schema, for which there is no object
/// before the schema is built.
fn definition(
    directive: &PatchedDirective<'_>,
    name: &str,
    imports: &mut BTreeSet<&'static str>,
) -> Option<String> {
    let mut options = format!("name: {},\n", string(directive.name));
    options += &described(directive.description.as_deref());
    if directive.repeatable {
        options += "isRepeatable: true,\n";
    }
    let locations = directive.locations.iter();
    let locations =
        locations.map(|location| format!("DirectiveLocation.{}", DirectiveLocation::name(*location)));
    options += &format!("locations: [{}],\n", locations.collect::<Vec<_>>().join(", "));
    let mut used = BTreeSet::new();
    let arguments = directive.arguments.iter().map(|argument| self::argument(argument, &mut used));
    let arguments: String = arguments.collect::<Option<_>>()?;
    if !arguments.is_empty() {
        options += &format!("args: {{\n{}}},\n", indented(&arguments));
    }
    imports.extend(used);
    Some(format!("\nexport const {name} = new GraphQLDirective({{\n{}}});\n", indented(&options)))
}

fn argument(argument: &InputFacts<'_>, imports: &mut BTreeSet<&'static str>) -> Option<String> {
    let mut options = format!("type: {},\n", type_of(&argument.ty, imports)?);
    if let Some(value) = argument.default {
        options += &format!("defaultValue: {},\n", literal(value, &string));
    }
    options += &described(argument.description.as_deref());
    if let Some(reason) = &argument.deprecation {
        options += &format!("deprecationReason: {},\n", string(reason));
    }
    Some(format!("{}: {{\n{}}},\n", argument.name, indented(&options)))
}

/// The option that describes something.
pub(super) fn described(description: Option<&str>) -> String {
    description.map(|text| format!("description: {},\n", string(text))).unwrap_or_default()
}

/// A type of built-in scalars as an object of graphql-js.
fn type_of(ty: &TypeReference<'_>, imports: &mut BTreeSet<&'static str>) -> Option<String> {
    let (class, inner) = match ty {
        TypeReference::NonNull(inner) => ("GraphQLNonNull", inner),
        TypeReference::List(item) => ("GraphQLList", item),
        TypeReference::Named(named) => {
            let scalars = ["GraphQLBoolean", "GraphQLFloat", "GraphQLID", "GraphQLInt", "GraphQLString"];
            let scalar =
                scalars.into_iter().find(|scalar| scalar.strip_prefix("GraphQL") == Some(named.name))?;
            imports.insert(scalar);
            return Some(scalar.to_owned());
        }
    };
    imports.insert(class);
    Some(format!("new {class}({})", type_of(inner, imports)?))
}

/// What becomes of the code that reads directives: of their names, and of arguments that have two.
pub(super) fn readers(directives: &[PatchedDirective<'_>], snippets: &mut Vec<Snippet>) {
    for directive in directives {
        let in_code = directive.in_code;
        if directive.keeps_name() {
            let place = format!("where @{in_code} is read, in place of its name");
            push(snippets, place, format!("{}\n", string(directive.name)));
        }
        let place = format!("where the arguments of @{in_code} are read, as args");
        push(snippets, place, moved("args", &directive.patches));
    }
}
