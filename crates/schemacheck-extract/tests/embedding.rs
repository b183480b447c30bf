//! A property: a random document, embedded in each language with random indentation, escapes and holes, comes back whole,
//! and every character of it is known to stand where it does.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail where they cannot go on")]

mod support;

use bumpalo::Bump;
use schemacheck_extract::{Found, Read, detect};
use schemacheck_graphql::ast::{
    Argument, Definition, Directive, Name, Selection, SelectionSet, TypeReference, Value, ValueKind,
};
use schemacheck_graphql::normal_form::normal_form;
use schemacheck_graphql::parser::{Limits, parse};
use schemacheck_graphql::source::Sources;
use serde_json::{Value as Json, json};
use support::{assert_places, documents, project};

/// A generator of numbers that needs no seed from outside.
struct Random(u64);

impl Random {
    fn below(&mut self, count: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % count
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as u64) as usize]
    }
}

/// A document in pieces: text, and the names of what is interpolated.
fn document(random: &mut Random, holes: bool) -> Vec<Result<String, String>> {
    let variables =
        ["", "($v: [Int!]! = [1, -2])", "($v: T = {a: [B], c: null, d: 5} @d, $w: ID!) @live(if: true)"];
    let head = random.of(&["query", "mutation"]);
    let mut pieces = vec![Ok(format!("{head} Op{}{} ", random.below(100), random.of(&variables)))];
    selections(random, &mut pieces, holes, 0);
    pieces
}

fn selections(random: &mut Random, pieces: &mut Vec<Result<String, String>>, holes: bool, depth: u64) {
    let text = |pieces: &mut Vec<_>, text: &str| pieces.push(Ok(text.to_owned()));
    text(pieces, "{\n");
    for index in 0..=random.below(3) {
        let indent = " ".repeat(random.below(9) as usize);
        text(pieces, &format!("{indent}f{depth}_{index}"));
        match random.below(6) {
            0 => text(pieces, "(a: \"x \\\"y\\\" ä 😀 \\\\ 'z'\")"),
            1 => text(pieces, "(a: $v, b: [1, 2.5e3], c: {d: E})"),
            2 if holes => {
                text(pieces, "(a: ");
                pieces.push(Err(format!("value{}", random.below(9))));
                text(pieces, ")");
            }
            3 => text(pieces, " # a comment: it's `here` {x}\n"),
            4 => text(pieces, random.of(&[": b", ": b @skip(if: $v)", "(e: [true, {f: null}]) @a"])),
            _ => {}
        }
        if depth < 4 && random.below(2) == 0 {
            text(pieces, " ");
            selections(random, pieces, holes, depth + 1);
        }
        text(pieces, random.of(&["\n", " ", ",\n\t", "\n\n"]));
        if random.below(8) == 0 {
            text(pieces, random.of(&["...F\n", "... on U { id }\n", "... @include(if: $v) { id }\n"]));
        }
        if holes && random.below(4) == 0 {
            pieces.push(Err(format!("more{}", random.below(9))));
            text(pieces, "\n");
        }
    }
    text(pieces, "}");
}

/// How a language writes a text and an interpolation.
type Style = (&'static str, &'static str, &'static str, fn(&str) -> String, Option<fn(&str) -> String>);

fn backslashes(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

fn one_line(text: &str) -> String {
    backslashes(text).replace('\n', "\\n").replace('\t', "\\t")
}

const STYLES: &[Style] = &[
    ("a.py", "q = gql(\"\"\"\n", "\n\"\"\")", backslashes, None),
    (
        "a.py",
        "q = gql(f\"\"\"\n",
        "\n\"\"\")",
        |text| backslashes(text).replace('{', "{{").replace('}', "}}"),
        Some(|name| format!("{{{name}}}")),
    ),
    ("a.py", "q = gql(\"", "\")", one_line, None),
    (
        "a.ts",
        "const q = gql`\n",
        "`",
        |text| text.replace('\\', "\\\\").replace('`', "\\`").replace("${", "\\${"),
        Some(|name| format!("${{{name}}}")),
    ),
    ("a.tsx", "const q = gql(\"", "\")", one_line, None),
    (
        "a.vue",
        "<script>const q = gql`",
        "`</script>",
        |text| text.replace('\\', "\\\\").replace('`', "\\`"),
        Some(|name| format!("${{{name}}}")),
    ),
    ("a.go", "const q = \"", "\"", one_line, None),
    ("a.rs", "const Q: &str = r#\"", "\"#;", str::to_owned, None),
    ("a.rs", "const Q: &str = \"", "\";", backslashes, None),
    (
        "a.kt",
        "val q = \"",
        "\"",
        |text| one_line(text).replace('$', "\\$"),
        Some(|name| format!("${{{name}}}")),
    ),
    ("a.swift", "let q = \"\"\"\n", "\n\"\"\"", backslashes, Some(|name| format!("\\({name})"))),
    ("a.swift", "let q = ##\"\"\"\n", "\n\"\"\"##", str::to_owned, Some(|name| format!("\\##({name})"))),
    (
        "a.rb",
        "Q = <<~GRAPHQL\n",
        "\nGRAPHQL\n",
        |text| text.replace('\\', "\\\\").replace("#{", "\\#{"),
        Some(|name| format!("#{{{name}}}")),
    ),
    ("a.rb", "Q = <<~'GRAPHQL'\n", "\nGRAPHQL\n", str::to_owned, None),
    ("a.java", "String q = \"\"\"\n", "\n\"\"\";", backslashes, None),
    ("a.java", "String q = \"", "\";", one_line, None),
    ("a.cs", "var q = @\"", "\";", |text| text.replace('"', "\"\""), None),
    (
        "a.cs",
        "var q = $@\"",
        "\";",
        |text| text.replace('"', "\"\"").replace('{', "{{").replace('}', "}}"),
        Some(|name| format!("{{{name}}}")),
    ),
    ("a.cs", "var q = $$\"\"\"\"\n", "\n\"\"\"\";", str::to_owned, Some(|name| format!("{{{{{name}}}}}"))),
    ("a.php", "<?php $q = <<<'GRAPHQL'\n", "\nGRAPHQL;", str::to_owned, None),
    (
        "a.php",
        "<?php $q = <<<GRAPHQL\n",
        "\nGRAPHQL;",
        |text| text.replace('\\', "\\\\").replace('$', "\\$"),
        Some(|name| format!("${name}")),
    ),
];

#[test]
fn a_document_comes_back_from_every_language() {
    let mut random = Random(1);
    for round in 0..60 {
        for &(path, open, close, escape, interpolate) in STYLES {
            let pieces = document(&mut random, interpolate.is_some());
            let (mut code, mut expected) = (String::new(), String::new());
            for piece in &pieces {
                match (piece, interpolate) {
                    (Ok(text), _) => {
                        code.push_str(&escape(text));
                        expected.push_str(text);
                    }
                    (Err(name), Some(interpolate)) => {
                        code.push_str(&interpolate(name));
                        // Of `{{name}}`, one brace opens the interpolation and is shown with it.
                        let shown = interpolate(name);
                        let shown =
                            if shown.starts_with("{{") { shown[..shown.len() - 1].to_owned() } else { shown };
                        expected.extend([format!("«{shown}»")]);
                    }
                    (Err(_), None) => {}
                }
            }
            let head = random.of(&["", "\n\n", "// it is\n"]);
            let head = if head.starts_with("//")
                && [".py", ".rb", ".php", ".vue"].iter().any(|end| path.ends_with(end))
            {
                ""
            } else {
                head
            };
            let text = format!("{head}{open}{code}{close}\n");
            let extracted = project(&[(path, &text)]);
            let expected = expected.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(documents(&extracted), [expected], "{round} {path}:\n{text}");
            assert_places(&[(path, &text)], &extracted);
        }
    }
}

// Trees: what graphql-js makes of a document, as generators write it.

fn tree(document: &str) -> Json {
    let (mut sources, arena) = (Sources::new(), Bump::new());
    let source = sources.add("a.graphql", document).unwrap();
    let parsed = parse(&arena, sources.get(source), Limits::default()).unwrap();
    let definitions = parsed.definitions.iter().map(|definition| match definition {
        Definition::Operation(node) => {
            let variables = node.variables.iter().map(|variable| {
                json!({
                    "kind": "VariableDefinition",
                    "variable": {"kind": "Variable", "name": name(variable.name)},
                    "type": type_of(variable.ty),
                    "defaultValue": variable.default.map(value),
                    "directives": directives(variable.directives),
                })
            });
            json!({
                "kind": "OperationDefinition",
                "operation": node.kind.name(),
                "name": node.name.map(name),
                "variableDefinitions": variables.collect::<Json>(),
                "directives": directives(node.directives),
                "selectionSet": set(node.selection_set),
            })
        }
        Definition::Fragment(node) => json!({
            "kind": "FragmentDefinition",
            "name": name(node.name),
            "typeCondition": {"kind": "NamedType", "name": name(node.type_condition)},
            "directives": directives(node.directives),
            "selectionSet": set(node.selection_set),
        }),
        other => panic!("{other:?}"),
    });
    json!({"kind": "Document", "definitions": definitions.collect::<Json>()})
}

fn name(name: Name<'_>) -> Json {
    json!({"kind": "Name", "value": name.text})
}

fn set(set: SelectionSet<'_>) -> Json {
    let selections = set.selections.iter().map(|selection| match selection {
        Selection::Field(node) => json!({
            "kind": "Field",
            "alias": node.alias.map(name),
            "name": name(node.name),
            "arguments": arguments(node.arguments),
            "directives": directives(node.directives),
            "selectionSet": node.selection_set.map(self::set),
        }),
        Selection::FragmentSpread(node) => {
            json!({"kind": "FragmentSpread", "name": name(node.name), "directives": directives(node.directives)})
        }
        Selection::InlineFragment(node) => json!({
            "kind": "InlineFragment",
            "typeCondition": node.type_condition.map(|on| json!({"kind": "NamedType", "name": name(on)})),
            "directives": directives(node.directives),
            "selectionSet": self::set(node.selection_set),
        }),
    });
    json!({"kind": "SelectionSet", "selections": selections.collect::<Json>()})
}

fn directives(directives: &[Directive<'_>]) -> Json {
    let node = |directive: &Directive<'_>| json!({"kind": "Directive", "name": name(directive.name), "arguments": arguments(directive.arguments)});
    directives.iter().map(node).collect()
}

fn arguments(arguments: &[Argument<'_>]) -> Json {
    let node = |argument: &Argument<'_>| json!({"kind": "Argument", "name": name(argument.name), "value": value(argument.value)});
    arguments.iter().map(node).collect()
}

fn type_of(ty: TypeReference<'_>) -> Json {
    let mut of = json!({"kind": "NamedType", "name": name(ty.name)});
    for level in (0..=ty.wrappers.list_depth).rev() {
        if level < ty.wrappers.list_depth {
            of = json!({"kind": "ListType", "type": of});
        }
        if ty.wrappers.is_non_null_at(level) {
            of = json!({"kind": "NonNullType", "type": of});
        }
    }
    of
}

fn value(of: Value<'_>) -> Json {
    match of.kind {
        ValueKind::Variable(of) => json!({"kind": "Variable", "name": {"kind": "Name", "value": of}}),
        ValueKind::Int(text) => json!({"kind": "IntValue", "value": text}),
        ValueKind::Float(text) => json!({"kind": "FloatValue", "value": text}),
        ValueKind::String(text) => json!({"kind": "StringValue", "value": text.value(), "block": text.block}),
        ValueKind::Boolean(value) => json!({"kind": "BooleanValue", "value": value}),
        ValueKind::Null => json!({"kind": "NullValue"}),
        ValueKind::Enum(text) => json!({"kind": "EnumValue", "value": text}),
        ValueKind::List(values) => {
            json!({"kind": "ListValue", "values": values.iter().map(|of| value(*of)).collect::<Json>()})
        }
        ValueKind::Object(fields) => {
            let field = |name_of: Name<'_>, of| json!({"kind": "ObjectField", "name": name(name_of), "value": value(of)});
            let fields = fields.iter().map(|of| field(of.name, of.value)).collect::<Json>();
            json!({"kind": "ObjectValue", "fields": fields})
        }
        ValueKind::Hole => panic!("no holes here"),
    }
}

/// Without quotes around keys, as bundles have it.
fn bare(json: &str) -> String {
    let keys = [
        "kind",
        "definitions",
        "operation",
        "name",
        "value",
        "variableDefinitions",
        "variable",
        "type",
        "defaultValue",
        "directives",
        "selectionSet",
        "selections",
        "alias",
        "arguments",
        "typeCondition",
        "values",
        "fields",
        "block",
    ];
    keys.iter().fold(json.to_owned(), |text, key| text.replace(&format!("\"{key}\":"), &format!("{key}:")))
}

/// Whether every name and value of a tree's text stands where the tree has it.
fn assert_names(text: &str, file: &str, map: &[(u32, u32)]) {
    let word = |char: char| char.is_ascii_alphanumeric() || char == '_';
    for (at, _) in text.char_indices().filter(|&(at, char)| word(char) && !text[..at].ends_with(word)) {
        let name: &str = &text[at..at + text[at..].find(|char| !word(char)).unwrap_or(text.len() - at)];
        if matches!(name, "fragment" | "on" | "true" | "false" | "null") {
            continue;
        }
        let (from, to) = map[map.partition_point(|&(from, _)| from as usize <= at) - 1];
        let there = &file[to as usize + at - from as usize..];
        assert!(there.starts_with(name), "{name:?} is not at {:?}", &there[..there.len().min(20)]);
    }
}

#[test]
fn a_document_comes_back_from_a_tree() {
    let mut random = Random(7);
    for _ in 0..60 {
        let mut text = String::new();
        for _ in 0..=random.below(2) {
            let pieces = document(&mut random, false);
            text.extend(pieces.into_iter().map(Result::unwrap).chain(["\n".to_owned()]));
        }
        if random.below(3) == 0 {
            text.push_str(
                "fragment F on T @d { ... on U { a: b } ...G @skip(if: true) ... @include(if: $v) { c } }",
            );
        }
        let same = |found: &str| assert_eq!(normal_form(found), normal_form(&text), "{found}\nof\n{text}");
        let tree = tree(&text);
        let (dense, pretty) = (tree.to_string(), serde_json::to_string_pretty(&tree).unwrap());
        // JSON.
        for json in [&dense, &pretty, &format!("{{\"0af1\": {dense}}}"), &format!("[\n{pretty}]")] {
            let Read::Documents(read) = detect("a.json", json).unwrap().read else { panic!("no documents") };
            let [Found { text, map: Some(map), .. }] = &read(json).unwrap()[..] else {
                panic!("one document")
            };
            same(text);
            assert_names(text, json, map);
        }
        // Code, and JSON in a string of it.
        let quoted = |text: &str| text.replace('\\', "\\\\").replace('\'', "\\'");
        for code in [
            format!("export const A = {pretty} as unknown as DocumentNode<A, B>;"),
            format!("var a={};", bare(&dense)),
            format!("e.exports=JSON.parse('{}')", quoted(&dense)),
            format!("const A = JSON.parse(`{}`)", quoted(&dense).replace('`', "\\`")),
            format!("const A = JSON.parse({})", Json::String(dense.clone())),
        ] {
            let extracted = project(&[("a.ts", &code)]);
            assert_eq!(extracted.documents.len(), 1, "{code}");
            assert!(extracted.unresolved.is_empty(), "{code}");
            let Found { text, map, .. } = &extracted.documents[0].found;
            same(text);
            assert_names(text, &code, map.as_ref().unwrap());
        }
    }
}

#[test]
fn a_document_comes_back_from_a_compiled_template() {
    let mut random = Random(11);
    for round in 0..120 {
        let pieces = document(&mut random, true);
        let (mut texts, mut between, mut expected) = (vec![String::new()], Vec::new(), String::new());
        for piece in pieces {
            match piece {
                Ok(text) => {
                    expected.push_str(&text);
                    texts.last_mut().unwrap().push_str(&text);
                }
                Err(name) => {
                    expected.extend([format!("«{name}»")]);
                    between.push(name);
                    texts.push(String::new());
                }
            }
        }
        let list = |write: fn(&str) -> String| {
            texts.iter().map(|text| format!("\"{}\"", write(text))).collect::<Vec<_>>().join(", ")
        };
        let cooked = list(one_line);
        let raw = list(|text| one_line(&one_line(text)));
        let more: String = between.iter().map(|name| format!(", {name}")).collect();
        let function = format!(
            "function t() {{ var d = _taggedTemplateLiteral([{cooked}], [{raw}]); t = function() {{ return d; }}; return d; }}"
        );
        let code = match round % 6 {
            0 => format!(
                "var A = gql(t_1 || (t_1 = __makeTemplateObject([{cooked}], [{raw}])){more});\nvar t_1;"
            ),
            1 => format!("var A = (0, m.gql)(t || (t = (0, h.default)([{cooked}])){more});"),
            2 => format!("var _a;const A=gql(_a||(_a=__template([{cooked}],[{raw}])){more});"),
            3 => format!("{function} var A = gql(t(){more});"),
            4 => format!("var A = gql(t(){more});\n{function}"),
            _ => format!("var A=(0,r.ZP)(n||(n=(0,i.Z)([{cooked}])){more});"),
        };
        let extracted = project(&[("a.js", &code)]);
        assert_eq!(
            documents(&extracted),
            [expected.split_whitespace().collect::<Vec<_>>().join(" ")],
            "{code}"
        );
        assert_places(&[("a.js", &code)], &extracted);
        assert!(extracted.unresolved.is_empty(), "{code}");
    }
}
