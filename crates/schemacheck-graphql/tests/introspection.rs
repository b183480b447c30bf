//! Introspection results become the schema that the same SDL gives, with their places in the JSON.
//!
//! The JSON beside each SDL in `fixtures/introspection` is what graphql-js 17 answers for it.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;

use bumpalo::Bump;
use schemacheck_graphql::ast::{self, OperationKind};
use schemacheck_graphql::diagnostic::Diagnostic;
use schemacheck_graphql::parser::{Limits, parse};
use schemacheck_graphql::print::print;
use schemacheck_graphql::schema::introspection::{Unknown, is_introspection, to_sdl};
use schemacheck_graphql::schema::{InputValue, Schema, build, deprecation};
use schemacheck_graphql::source::{Origin, SourceId, Sources, Span};
use schemacheck_graphql::value;

const LIBRARY: &str = include_str!("fixtures/introspection/library.json");
const LIBRARY_SDL: &str = include_str!("fixtures/introspection/library.graphql");
const MINIMAL: &str = include_str!("fixtures/introspection/minimal.json");
const MINIMAL_SDL: &str = include_str!("fixtures/introspection/minimal.graphql");

fn add_json(sources: &mut Sources, json: &str) -> SourceId {
    let parent = sources.add("schema.json", json).unwrap();
    let sdl = to_sdl(json).unwrap();
    sources.add_embedded(sdl.text, Origin { parent, map: sdl.map }).unwrap()
}

fn about(description: Option<ast::StringValue<'_>>, directives: &[ast::Directive<'_>]) -> String {
    let deprecated = deprecation(directives)
        .map(|found| found.reason.unwrap_or("No longer supported".into()).into_owned());
    let description = description.map(|text| text.value().into_owned());
    format!("{description:?} {deprecated:?}")
}

/// Everything that a schema says, element by element, and where each has its name.
fn facts(schema: &Schema<'_>) -> BTreeMap<String, (String, Span)> {
    let mut facts = BTreeMap::new();
    let mut add = |key: String, fact: String, span: Span| {
        assert!(facts.insert(key.clone(), (fact, span)).is_none(), "{key} twice");
    };
    let value_of = |value: &InputValue<'_>| {
        let default = value.default().map(value::write);
        let about = about(value.definition.description, value.definition.directives);
        format!("{} = {default:?} {about}", schema.type_text(value.ty))
    };
    for kind in OperationKind::ALL {
        let root = schema.root(kind).map(|id| schema.ty(id).name.to_owned());
        add(kind.name().to_owned(), format!("{root:?}"), Span::default());
    }
    for definition in schema.definitions() {
        let description = definition.description.map(|text| text.value().into_owned());
        add("schema".to_owned(), format!("{description:?}"), Span::default());
    }
    for (id, ty) in schema.types() {
        let names = |ids: &[_]| ids.iter().map(|&id| schema.ty(id).name.to_owned()).collect::<Vec<_>>();
        let url = ty.directives().find(|directive| directive.name.text == "specifiedBy");
        let url = url.map(|directive| value::write(&directive.arguments[0].value));
        let fact = format!(
            "{:?} {:?} {:?} {url:?} {} {}",
            ty.kind,
            names(ty.interfaces),
            names(ty.members),
            ty.is_one_of(),
            about(ty.definition.description, &[])
        );
        add(ty.name.to_owned(), fact, ty.definition.name.span);
        for (index, (field_id, field)) in schema.fields_of(id).enumerate() {
            let definition = field.definition;
            let about = about(definition.description, definition.directives);
            let key = format!("{}.{}", ty.name, field.name);
            add(key.clone(), format!("{index} {} {about}", schema.type_text(field.ty)), definition.name.span);
            for (index, (_, argument)) in schema.arguments_of(field_id).enumerate() {
                let span = argument.definition.name.span;
                add(format!("{key}({}:)", argument.name), format!("{index} {}", value_of(argument)), span);
            }
        }
        for (index, (_, field)) in schema.input_fields_of(id).enumerate() {
            let span = field.definition.name.span;
            add(format!("{}.{}", ty.name, field.name), format!("{index} {}", value_of(field)), span);
        }
        for (index, (_, value)) in schema.enum_values_of(id).enumerate() {
            let about = about(value.definition.description, value.definition.directives);
            add(
                format!("{}.{}", ty.name, value.name),
                format!("{index} {about}"),
                value.definition.name.span,
            );
        }
    }
    for (id, directive) in schema.directives() {
        let definition = directive.definition;
        let about = about(definition.description, &[]);
        let fact = format!("{} {:?} {about}", definition.repeatable, definition.locations);
        add(format!("@{}", directive.name), fact, definition.name.span);
        for (_, argument) in schema.directive_arguments_of(id) {
            let key = format!("@{}({}:)", directive.name, argument.name);
            add(key, value_of(argument), argument.definition.name.span);
        }
    }
    facts
}

/// Builds both forms of one schema and hands over their facts.
fn both(sdl: &str, json: &str, judge: impl FnOnce(&Sources, [BTreeMap<String, (String, Span)>; 2])) {
    let mut sources = Sources::new();
    let direct = sources.add("schema.graphql", sdl).unwrap();
    let introspected = add_json(&mut sources, json);
    let arena = Bump::new();
    let schema =
        |id| -> (Schema<'_>, Vec<Diagnostic>) { build(&arena, &sources, &[id], Limits::default()).unwrap() };
    let (direct, introspected) = (schema(direct), schema(introspected));
    assert_eq!((&direct.1, &introspected.1), (&vec![], &vec![]));
    judge(&sources, [facts(&direct.0), facts(&introspected.0)]);
}

#[test]
fn the_schema_is_the_same() {
    both(LIBRARY_SDL, LIBRARY, |_, [direct, introspected]| {
        assert_eq!(direct.keys().collect::<Vec<_>>(), introspected.keys().collect::<Vec<_>>());
        for (key, (fact, _)) in &direct {
            assert_eq!(fact, &introspected[key].0, "{key}");
        }
    });
}

#[test]
fn every_place_is_in_the_json() {
    both(LIBRARY_SDL, LIBRARY, |sources, [_, introspected]| {
        let mut places = 0;
        for (key, (_, span)) in &introspected {
            let place = sources.locate(span.start);
            if place.file == "schema.json" {
                let line = LIBRARY.lines().nth(place.line as usize - 1).unwrap();
                let name = key.trim_end_matches(":)").rsplit(['.', '(', '@']).next().unwrap();
                assert_eq!(
                    &line[..place.byte_column as usize - 1].trim_start(),
                    &"\"name\": \"",
                    "{key} {place}"
                );
                assert!(
                    line[place.byte_column as usize - 1..].starts_with(&format!("{name}\"")),
                    "{key} {place}"
                );
                places += 1;
            }
        }
        assert!(places > 60, "{places}");
    });
}

#[test]
fn what_is_wrong_is_told_in_the_json() {
    let (before, field) = LIBRARY.split_at(LIBRARY.find("\"today\"").unwrap());
    let json = format!("{before}{}", field.replacen("\"Day\"", "\"Dya\"", 1));
    let mut sources = Sources::new();
    let text = add_json(&mut sources, &json);
    let arena = Bump::new();
    let (_, diagnostics) = build(&arena, &sources, &[text], Limits::default()).unwrap();
    assert_eq!(diagnostics.len(), 1, "{diagnostics:#?}");
    let place = sources.locate(diagnostics[0].span.start);
    let line = json.lines().nth(place.line as usize - 1).unwrap();
    assert_eq!((diagnostics[0].rule, &line[place.column as usize - 1..]), ("known-type-names", "Dya\","));
}

#[test]
fn deprecated_input_is_unknown_where_the_service_does_not_tell_it() {
    assert!(!to_sdl(LIBRARY).unwrap().unknown.deprecated_inputs);
    assert!(to_sdl(MINIMAL).unwrap().unknown.deprecated_inputs);
    both(MINIMAL_SDL, MINIMAL, |_, [mut direct, introspected]| {
        // The service leaves them out when it is not asked for them.
        assert!(direct.remove("Query.a(b:)").is_some() && direct.remove("In.b").is_some());
        assert_eq!(direct.keys().collect::<Vec<_>>(), introspected.keys().collect::<Vec<_>>());
    });
}

/// What is unknown where everything was asked for.
const ASKED: Unknown = Unknown {
    applied_directives: true,
    deprecated_inputs: false,
    directives: false,
    one_of: false,
    repeatable: false,
    specified_by: false,
};

#[test]
fn what_nobody_asked_for_is_unknown_and_what_is_not_there_is_not() {
    assert_eq!(to_sdl(LIBRARY).unwrap().unknown, ASKED);
    let without = |key: &str| {
        let mut json: serde_json::Value = serde_json::from_str(LIBRARY).unwrap();
        remove(&mut json, key);
        to_sdl(&json.to_string()).unwrap().unknown
    };
    assert_eq!(without("isOneOf"), Unknown { one_of: true, ..ASKED });
    assert_eq!(without("specifiedByURL"), Unknown { specified_by: true, ..ASKED });
    assert_eq!(without("isRepeatable"), Unknown { repeatable: true, ..ASKED });
    assert_eq!(without("isDeprecated"), Unknown { deprecated_inputs: true, ..ASKED });
    assert_eq!(without("directives"), Unknown { directives: true, ..ASKED });
    assert_eq!((without("directives").warnings().count(), ASKED.warnings().count()), (1, 0));
    // Of a schema without input objects and scalars of its own, there is nothing that it could hide.
    let int = "{\"kind\": \"SCALAR\", \"name\": \"Int\"}";
    let bare = format!(
        "{{\"__schema\": {{\"queryType\": {{\"name\": \"Q\"}}, \"directives\": [], \"types\": [{int}, {{\"kind\": \"OBJECT\", \
         \"name\": \"Q\", \"fields\": [{{\"name\": \"f\", \"args\": [], \"type\": {int}}}]}}]}}}}"
    );
    assert_eq!(to_sdl(&bare).unwrap().unknown, ASKED);
}

fn remove(json: &mut serde_json::Value, key: &str) {
    match json {
        serde_json::Value::Object(map) => {
            map.remove(key);
            map.values_mut().for_each(|value| remove(value, key));
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(|value| remove(value, key)),
        _ => {}
    }
}

#[test]
fn a_printed_schema_says_the_same() {
    let printed = |text: &str| {
        let mut sources = Sources::new();
        let id = sources.add("schema.graphql", text).unwrap();
        let arena = Bump::new();
        print(&parse(&arena, sources.get(id), Limits::default()).unwrap())
    };
    for text in [LIBRARY_SDL, to_sdl(LIBRARY).unwrap().text.as_str()] {
        let pretty = printed(text);
        assert_eq!(printed(&pretty), pretty, "printing is stable");
        both(&pretty, LIBRARY, |_, [printed, direct]| {
            for (key, (fact, _)) in &direct {
                assert_eq!(fact, &printed[key].0, "{key}");
            }
            assert_eq!(printed.len(), direct.len());
        });
    }
    let odd = "\"\\u0001 \\\\\" scalar A\n\"  two\\n spaces \\\"\" scalar B\n\"a\\n\\n  b\\\"\\\"\\\"\" scalar C @c";
    let expected = "\"\\u0001 \\\\\"\nscalar A\n\n\"  two\\n spaces \\\"\"\nscalar B\n\n\"\"\"\na\n\n  b\\\"\"\"\n\"\"\"\nscalar C @c\n";
    assert_eq!(printed(odd), expected);
}

#[test]
fn json_is_told_from_graphql() {
    for json in [LIBRARY, MINIMAL, "\u{FEFF} {\n\"data\": 1}", "{}", "{ }"] {
        assert!(is_introspection(json), "{json:.20}");
    }
    for graphql in [LIBRARY_SDL, "{ a }", "{", "", "# {\"\n{ ...F }", "query { a }", "\"d\" { a }"] {
        assert!(!is_introspection(graphql), "{graphql:.20}");
    }
}

#[test]
fn what_is_no_introspection_says_why_and_where() {
    let with =
        |ty: &str| format!("{{\"__schema\": {{\"queryType\": {{\"name\": \"Q\"}}, \"types\": [\n{ty}\n]}}}}");
    let field = |rest: &str| {
        with(&format!(
            "{{\"kind\": \"OBJECT\", \"name\": \"Q\", \"fields\": [{{\"name\": \"f\", \"args\": [], {rest}}}]}}"
        ))
    };
    let default = |text: &str| {
        let int = "{\"kind\": \"SCALAR\", \"name\": \"Int\"}";
        with(&format!(
            "{{\"kind\": \"INPUT_OBJECT\", \"name\": \"I\", \"inputFields\": [{{\"name\": \"a\", \"type\": {int}, \
             \"defaultValue\": {}}}]}}",
            serde_json::to_string(text).unwrap()
        ))
    };
    let newer = "{\"kind\": \"OBJECT\", \"name\": \"Q\", \"fields\": []}], \"directives\": [{\"name\": \"d\", \
                 \"locations\": [\"FIELD\", \"MOON\"]}, {\"name\": \"e\", \"locations\": [\"MOON\"]}";
    let sdl = to_sdl(&with(newer)).unwrap();
    assert_eq!(sdl.left_out, ["the place MOON of @d", "the place MOON of @e"]);
    assert!(sdl.text.contains("directive @d on FIELD\n") && !sdl.text.contains("@e"), "{}", sdl.text);
    let cases: Vec<(String, &str)> = vec![
        ("\n <!DOCTYPE html>".into(), "2:2: this is an HTML"),
        (String::new(), "1:1: no introspection result"),
        ("{\"data\": ".into(), "1:9: no introspection result"),
        ("[]".into(), "1:2: no introspection result"),
        ("{}".into(), "1:1: no introspection result: no __schema, it holds nothing"),
        ("{\"data\": {\"a\": 1}}".into(), "1:1: no introspection result: no __schema, data holds \"a\""),
        ("{\"data\": null}".into(), "1:1: no introspection result: no __schema, it holds \"data\""),
        (
            "{\"version\": 1, \"x\": 2}".into(),
            "1:1: no introspection result: no __schema, it holds \"version\", \"x\"",
        ),
        (
            "{\"data\": null,\n \"errors\": [{\"message\": \"Not allowed.\"}]}".into(),
            "2:12: the service answered with an error: Not allowed.",
        ),
        (
            MINIMAL.replacen('{', "{\"errors\": [{\"message\": \"Partly.\"}], ", 1),
            "1:12: the service answered with an error: Partly.",
        ),
        ("{\"__schema\": {\"types\": []}}".into(), "1:14: the introspection names no query root type"),
        ("{\"__schema\": {\"types\": 1}}".into(), "1:24: no introspection result: invalid type"),
        (
            with("{\"kind\": \"OBJECT\", \"name\": \"Q\"}"),
            "2:28: the introspection does not list the fields of Q",
        ),
        (with("{\"kind\": \"THING\", \"name\": \"Q\"}"), "2:27: Q has the unknown kind \"THING\""),
        (with("{\"kind\": \"SCALAR\", \"name\": \"A scalar B\"}"), "2:28: \"A scalar B\" is no name"),
        (with("{\"kind\": \"SCALAR\", \"name\": 7}"), "2:28: the name is no text"),
        (with("{\"kind\": \"SCALAR\"}"), "2:18: no introspection result: missing field `name`"),
        (field("\"type\": {\"kind\": \"NON_NULL\"}"), "2:53: the type of f is cut off"),
        (field("\"type\": {\"kind\": \"SCALAR\"}"), "2:53: the type of f has no name"),
        (default("1 b: Int"), "2:128: \"1 b: Int\" is no default value"),
        (default("1 @d"), "2:128: \"1 @d\" is no default value"),
        (default("[1}"), "2:128: \"[1}\" is no default value"),
        (default(""), "2:128: \"\" is no default value"),
    ];
    let mut failures = Vec::new();
    for (json, expected) in cases {
        let error = to_sdl(&json).unwrap_err();
        if !error.to_string().starts_with(expected) {
            failures.push(format!("{json}\n  found    {error}\n  expected {expected}"));
        }
        assert_eq!(error.diagnostic(100).span.start, error.offset + 100);
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(to_sdl(&default("{a: [1, \"}\", E] b: {c: null}} # all")).is_ok());
}
