//! A property: a random document, embedded in each language with random indentation, escapes and holes, comes back whole,
//! and every character of it is known to stand where it does.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail where they cannot go on")]

mod support;

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
    let mut pieces = vec![Ok(format!("{} Op{} ", random.of(&["query", "mutation"]), random.below(100)))];
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
            _ => {}
        }
        if depth < 4 && random.below(2) == 0 {
            text(pieces, " ");
            selections(random, pieces, holes, depth + 1);
        }
        text(pieces, random.of(&["\n", " ", ",\n\t", "\n\n"]));
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
