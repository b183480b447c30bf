//! Files that are no good: every one ends, with a document, with a place that could not be read, or with nothing.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail where they cannot go on")]

mod support;

use support::{documents, project};

const PATHS: [&str; 15] = [
    "a.js", "a.ts", "a.tsx", "a.vue", "a.svelte", "a.astro", "a.py", "a.go", "a.rs", "a.kt", "a.swift",
    "a.rb", "a.java", "a.cs", "a.php",
];

#[test]
fn a_minified_file_of_five_megabytes_is_read() {
    let mut text = String::new();
    while text.len() < 5 << 20 {
        text.push_str(
            "var a=function(b,c){return b?c+\"x\":/[`'\"]/.test(b)?`${b}${c?`y`:1}`:{d:b/c,query:'z'}};",
        );
    }
    text.push_str("var q=gql`query A { a }`;");
    assert_eq!(documents(&project(&[("a.js", &text)])), ["query A { a }"]);
}

#[test]
fn what_does_not_end_ends() {
    let openings = [
        "gql`query A { ",
        "gql(`${",
        "\"\"\"query A {",
        "<<~A\n query A {",
        "f'''{f'''{",
        "/* query",
        "<script>`",
        "gql(\"",
        "r#\"query A { ",
        "$$\"\"\"{{",
        "#[derive(cynic::QueryFragment)] struct Query<",
        "#[derive(cynic::QueryFragment)] struct Query where A: ",
        "#[derive(cynic::QueryFragment)] struct Query { a: Query<",
        "#[derive(cynic::QueryFragment)] #[arguments(a: [{",
        "include_str!(concat!(env!(cynic",
        "use cynic use a::{b::{c as ",
    ];
    for path in PATHS {
        for opening in openings {
            for text in [
                opening.to_owned(),
                opening.repeat(20_000),
                format!("<script>\n{opening}"),
                format!("<?php {opening}"),
            ] {
                assert!(
                    documents(&project(&[(path, &text)])).iter().all(|text| text.len() < 1 << 21),
                    "{path}"
                );
            }
        }
    }
}

#[test]
fn deep_nesting_is_told() {
    for (open, close) in [("(", ")"), ("[", "]"), ("{", "}"), ("`${", "}`"), ("<a>{", "}</a>")] {
        let text = format!("const q = gql`query A {{ a }}`; {}{}", open.repeat(50_000), close.repeat(50_000));
        let extracted = project(&[("a.tsx", &text)]);
        assert_eq!(documents(&extracted)[0], "query A { a }", "{open}");
        assert!(extracted.unresolved.iter().any(|place| place.reason.contains("nests too deep")), "{open}");
    }
    let sum = format!("x = gql('query A {{' {})", "+ (a ".repeat(5_000));
    let _ = project(&[("a.py", &sum)]);
    let conditions = format!("const q = gql({} a)", "a ? b : ".repeat(20_000));
    let _ = project(&[("a.ts", &conditions)]);
}

/// Trees in trees, lists of templates, and each of them many times in one line.
#[test]
fn trees_and_templates_without_end_end() {
    let nested = [
        ("{kind:\"Document\",definitions:[", "]}"),
        ("{kind:\"Document\",definitions:[{kind:\"FragmentDefinition\",name:{kind:\"Name\",value:", "}}]}"),
        ("{kind:", "}"),
        ("{kind:\"Document\",definitions:[],loc:{source:{body:", "}}}"),
        ("JSON.parse('{\"kind\":\"Document\"' + ", ")"),
        ("gql(t||(t=m([\"query\", ", "])))"),
    ];
    for (open, close) in nested {
        for text in [open.repeat(3_000) + &close.repeat(3_000), open.repeat(20_000)] {
            let _ = project(&[("a.js", &format!("query; x = {text}"))]);
        }
    }
    let mut text = String::new();
    for number in 0..20_000 {
        text.extend([format!(
            "function t(){{var d=m([\"query A{number} {{ a }}\"]);t=function(){{return d}};return d}}var q=gql(u||(u=m([\"{{ a \",\" }}\"])),b);"
        )]);
    }
    let extracted = project(&[("a.js", &text)]);
    assert_eq!((extracted.documents.len(), extracted.unresolved.len()), (40_000, 0));
}

/// Names that stand for each other, and texts that double with each name.
#[test]
fn names_in_circles_and_texts_that_grow_end() {
    let mut text = "A0 = 'x' * 1\nA0 = 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'\nB0 = 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy'\n".to_owned();
    for level in 1..30 {
        text.extend([format!("B{level} = B{0} + B{0} + B{0}\n", level - 1)]);
    }
    text.push_str("C = D\nD = C\nq = gql('query A { ' + B29 + C + '}')\n");
    let extracted = project(&[("a.py", &text)]);
    assert!(extracted.documents.len() + extracted.unresolved.len() >= 1);
    let circle =
        "class A(B):\n    a: 'B'\nclass B(A):\n    b: A\nq = gql(f'query Q {{ {gql_fields(A)} }}')\n";
    assert_eq!(documents(&project(&[("a.py", circle)])), ["query Q { «{gql_fields(A)}» }"]);
    let files = [
        ("a.ts", "export * from './b'; gql`query A { ${X} }`"),
        ("b.ts", "export * from './a'; export * from './b'"),
    ];
    assert_eq!(documents(&project(&files)), ["query A { «${X}» }"]);
}

/// What a part writes for each of these numbers.
fn repeated(numbers: std::ops::Range<usize>, part: impl Fn(usize) -> String) -> String {
    numbers.map(part).collect::<Vec<_>>().concat()
}

/// Very many places, each of which asks what a name stands for that is bound, imported or out of sight very often.
#[test]
fn very_many_places_and_names_end() {
    const COUNT: usize = 60_000;
    let places = "gql(x);".repeat(COUNT);
    let many = |part: &str| part.repeat(COUNT);
    let texts = [
        ("a.js", places.clone()),
        ("a.js", many("x = f();") + &places),
        ("a.js", many("{const x = f();gql(x);}")),
        ("a.js", many("{}") + &places),
        ("a.js", repeated(0..COUNT, |at| format!("import {{x{at}}} from './b';")) + &places),
        ("a.js", many("export * from './a';") + &places),
        ("a.js", many("class A { a() { gql(this.x); } x = f(); }")),
        ("a.py", many("def a():\n  x = f()\n  gql(x)\n")),
        ("a.py", repeated(0..COUNT, |at| format!("class A{at}:\n  a: A{at}\ngql(gql_fields(A{at}))\n"))),
        ("a.go", many("x := f();") + &places),
    ];
    for (path, text) in texts {
        let extracted = project(&[(path, &text)]);
        assert_eq!((extracted.documents.len(), extracted.unresolved.len()), (0, COUNT), "{}", &text[..60]);
    }
}

/// What doubles with each name and adds nothing: files that pass on each other's names, classes and enums of nothing.
#[test]
fn what_doubles_and_adds_nothing_ends() {
    let stars: String = repeated(0..30, |at| format!("export * from './f{at}';"));
    let mut files: Vec<(String, String)> = (0..30).map(|at| (format!("f{at}.ts"), stars.clone())).collect();
    files[0].1.push_str("gql(x); const y = gql`query A { ${z} }`;");
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let extracted = project(&files);
    assert_eq!(
        (documents(&extracted), extracted.unresolved.len()),
        (vec!["query A { «${z}» }".to_owned()], 1)
    );
    let bases = repeated(1..32, |level| format!("class A{level}(A{0}, A{0}):\n  pass\n", level - 1));
    let text =
        format!("class A0:\n  pass\n{bases}class B:\n  b: A31\nq = gql(f'{{{{ {{gql_fields(B)}} }}}}')\n");
    let extracted = project(&[("a.py", &text)]);
    assert_eq!(extracted.unresolved[0].reason, "the text that it builds is too large");
    let fallbacks = repeated(1..32, |level| {
        let part = level - 1;
        format!(
            "#[derive(cynic::InlineFragments)] enum A{level} {{ #[cynic(fallback)] A(A{part}), #[cynic(fallback)] B(A{part}) }}"
        )
    });
    let text = format!(
        "#[derive(cynic::QueryFragment)] struct Query {{ a: A31 }} #[derive(cynic::InlineFragments)] enum A0 {{}} {fallbacks}"
    );
    assert_eq!(project(&[("a.rs", &text)]).unresolved[0].reason, "the operation is too large");
}

/// Very many texts of which each is just not too large.
#[test]
fn the_texts_of_a_file_are_bounded_together() {
    const COUNT: usize = 200;
    let derive = "#[derive(cynic::QueryFragment)]";
    let structs =
        repeated(1..17, |level| format!("{derive} struct S{level} {{ a: S{0}, b: S{0} }}", level - 1));
    let roots = repeated(0..COUNT, |at| {
        format!("{derive} #[cynic(graphql_type = \"Query\")] struct R{at} {{ a: S16 }}")
    });
    let rust = format!("{derive} struct S0 {{ a: bool }} {structs} {roots}");
    let classes = repeated(1..17, |level| format!("class S{level}:\n  a: S{0}\n  b: S{0}\n", level - 1));
    let queries =
        repeated(0..COUNT, |at| format!("q{at} = gql(f'query Q{at} {{{{ {{gql_fields(S16)}} }}}}')\n"));
    let python = format!("class S0:\n  a: bool\n{classes}{queries}");
    let names = repeated(1..17, |level| format!("const s{level} = s{0} + s{0};", level - 1));
    let sites = repeated(0..COUNT, |at| format!("gql(`query Q{at} {{ ${{s16}} }}`);"));
    let script = format!("const s0 = 'abcdefg ';{names}{sites}");
    for (path, text) in [("a.rs", rust), ("a.py", python), ("a.js", script)] {
        let other = ("b.js", "gql`query Other { a }`");
        let extracted = project(&[(path, &text), other]);
        let (read, told) = (extracted.documents.len() - 1, extracted.unresolved.len());
        assert_eq!(read + told, COUNT, "{path}");
        assert!(read > 10 && told > 10, "{path}: {read} are read, {told} are told");
        for place in &extracted.unresolved {
            assert_eq!(place.reason, "the texts that this file builds are too large together", "{path}");
        }
        // Each file has its own bound.
        assert_eq!(extracted.documents.last().unwrap().found.text, "query Other { a }");
    }
}

/// Structs of Rust that hold each other, of which each doubles the one before, and which all have one name.
#[test]
fn structs_in_circles_and_structs_that_grow_end() {
    let derive = "#[derive(cynic::QueryFragment)]";
    let circle = format!(
        "{derive} struct Query {{ a: A }} {derive} struct A {{ b: Vec<B> }} {derive} struct B {{ a: A }}"
    );
    assert_eq!(documents(&project(&[("a.rs", &circle)])), ["query Query { a { b { a { «a: A» } } } }"]);
    let mut text = format!("{derive} struct Query {{ a: S29 }} {derive} struct S0 {{ a: bool }}");
    for level in 1..30 {
        let field = level - 1;
        text.extend([format!("{derive} struct S{level} {{ a: S{field}, b: S{field}, c: S{field} }}")]);
    }
    let extracted = project(&[("a.rs", &text)]);
    assert!(extracted.documents.is_empty());
    assert_eq!(extracted.unresolved[0].reason, "the operation is too large");
    let recursed = format!(
        "{derive} struct Query {{ a: A }} {derive} struct A {{ #[cynic(recurse = \"200\")] a: Box<A>, #[cynic(recurse = \"200\")] b: Box<A> }}"
    );
    assert!(project(&[("a.rs", &recursed)]).documents.is_empty());
    let same = format!("{derive} struct Query {{ a: Query }}").repeat(20_000);
    assert_eq!(project(&[("a.rs", &same)]).documents.len(), 20_000);
    let nested = "a: [".repeat(5_000) + &"]".repeat(5_000);
    let value = format!("{derive} struct Query {{ #[arguments({nested})] a: bool }}");
    assert_eq!(documents(&project(&[("a.rs", &value)])).len(), 1);
}
