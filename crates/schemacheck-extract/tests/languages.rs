//! Documents in client code, language by language: what is found, what stays a hole, and where it stands.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail where they cannot go on")]

mod support;

use schemacheck_extract::Base;

use support::{assert_places, documents, project};

/// Checks one file: its documents, with `«…»` for holes.
fn check(path: &str, text: &str, expected: &[&str]) {
    let extracted = project(&[(path, text)]);
    assert_eq!(documents(&extracted), expected, "{path}:\n{text}");
    assert_places(&[(path, text)], &extracted);
}

/// Checks that one file builds a text that cannot be read.
fn unresolved(path: &str, text: &str, reason: &str) {
    let extracted = project(&[(path, text)]);
    assert_eq!(documents(&extracted), Vec::<String>::new(), "{path}:\n{text}");
    let reasons: Vec<&str> = extracted.unresolved.iter().map(|place| place.reason.as_str()).collect();
    assert!(reasons.iter().any(|found| found.contains(reason)), "{path}:\n{text}\n{reasons:?}");
}

#[test]
fn python() {
    let py = |text: &str, expected: &[&str]| check("bot.py", text, expected);
    py("q = gql('query A { a }')", &["query A { a }"]);
    py("q = gql.gql(\"\"\"\n  query A {\n    a\n  }\n\"\"\")", &["query A { a }"]);
    py("q = gql('{ a }')", &["{ a }"]);
    // Escapes, raw strings, strings side by side.
    py(
        r#"q = gql("query A {\n  a(b: \"x\", c: \"\u00e4\x41\") }")"#,
        &["query A { a(b: \"x\", c: \"äA\") }"],
    );
    py(r#"q = gql(r"query A { a(b: \"x\") }")"#, &[r#"query A { a(b: \"x\") }"#]);
    py("q = gql('query A '\n  '{ a }')", &["query A { a }"]);
    // Interpolations: braces doubled, formats, nested strings.
    py("q = gql(f'query A {{ {field} }}')", &["query A { «{field}» }"]);
    py(
        "q = gql(f'mutation {who}Create {{ a(n: {n!r:>{w}}) }}')",
        &["mutation «{who}»Create { a(n: «{n!r:>{w}}») }"],
    );
    py("q = gql(f'query A {{ {d[\"x\"]} }}')", &["query A { «{d[\"x\"]}» }"]);
    // Constants, of the module, of the function, of the class; a parameter hides them.
    py("N = 5\nF = 'a b'\nq = gql(f'query A {{ {F} c(n: {N}) }}')", &["query A { a b c(n: 5) }"]);
    py("def f():\n    q = 'query A { a }'\n    return gql(q)\n", &["query A { a }"]);
    py(
        "class C:\n    Q = 'query A { a }'\n    def f(self):\n        return gql(self.Q)\n",
        &["query A { a }"],
    );
    // A function in a class does not see the names of the class.
    py(
        "F = 'b'\nclass C:\n    F = 'a'\n    P = gql(f'query A {{ {F} }}')\n    def f(self):\n        return gql(f'query B {{ {F} }}')\n",
        &["query A { a }", "query B { b }"],
    );
    py(
        "Q = 'query A { a }'\ndef f(Q):\n    return gql(f'query B {{ {Q} }}')\n",
        &["query A { a }", "query B { «{Q}» }"],
    );
    // Format, percent, plus, replace, join, dedent.
    py("q = gql('query A {{ {} {name} }}'.format(x, name='b'))", &["query A { «x» b }"]);
    py("q = gql('query A { %(n)s 5%% }' % {'n': 'b'})", &["query A { b 5% }"]);
    py("q = gql('query A { %s }' % x)", &["query A { «x» }"]);
    py("q = gql('query A { ' + x + ' b }')", &["query A { «x» b }"]);
    py("q = gql('query A { X }'.replace('X', 'b'))", &["query A { b }"]);
    py("q = gql('query A { X }'.replace('X', x))", &["query A { «'query A { X }'.replace('X', x)» }"]);
    py("q = gql('\\n'.join(['query A {', f, '}']))", &["query A { «f» }"]);
    py("q = gql(textwrap.dedent('''\n  query A { a }\n'''))", &["query A { a }"]);
    // Either of two, and a name bound twice.
    py(
        "q = gql(A if x else B)\nA = 'query A { a }'\nB = 'query B { b }'\n",
        &["query A { a }", "query B { b }"],
    );
    py(
        "def f():\n    if x:\n        q = 'query A { a }'\n    else:\n        q = 'query B { b }'\n    return gql(q)\n",
        &["query A { a }", "query B { b }"],
    );
    // Without a tag, what looks like a document.
    py("requests.post(u, json={'query': 'query A { a { b } }'})", &["query A { a { b } }"]);
    py("client.execute('''\n# c\nmutation { a }''')", &["# c mutation { a }"]);
    py("Q = FRAGMENT + 'query A { ...F }'", &["«FRAGMENT»query A { ...F }"]);
    // What does not.
    py("log('query {name} failed'); x = 'query'; y = 'fragment of a text'; '''mutation of {x}'''", &[]);
    py("# gql('query A { a }')\n\"it's\"\ndef gql(query): pass\n", &[]);
    unresolved("bot.py", "def f(query):\n    return gql(query)\n", "query is no text");
    unresolved("bot.py", "q = gql(build())", "only the running client");
    unresolved("bot.py", "Q = 'query A { X }'\nQ = Q.replace(x, y)\nq = gql(Q)\n", "Q is no text");
    unresolved("bot.py", "import sgqlc.operation\nop = sgqlc.operation.Operation(Query)\n", "sgqlc");
    unresolved("bot.py", "q = gql('''query A { a }", "does not end");
}

#[test]
fn python_across_files() {
    let files = [
        (
            "app/bot.py",
            "from app.queries import A, F as Fields\nfrom . import more\nimport app.queries as q\nx = gql(A)\ny = gql(f'query B {{ {Fields} {q.F} {more.G} {q.NONE} }}')\n",
        ),
        ("app/queries.py", "F = 'f'\nA = f'''query A {{ {F} }}'''\n"),
        ("app/more.py", "from .deep.constants import *\n"),
        ("app/deep/constants.py", "G = 'g'\n"),
    ];
    let extracted = project(&files);
    assert_eq!(documents(&extracted), ["query A { f }", "query B { f f g «{q.NONE}» }"]);
    assert_places(&files, &extracted);
}

/// The selection that a class is: nested and optional types, lists, inheritance, quoted types, enums; in any file.
#[test]
fn python_classes_are_selections() {
    let files = [
        (
            "kit/bot.py",
            "import dataclasses\nfrom kit import types, gql_utils\nfrom kit.types import Thread\nq = gql.gql(f'''subscription S {{\n  threads {{\n    {gql_utils.gql_fields(types.Thread)}\n  }}\n  one {{ {gql_fields(Thread, depth=1)} }}\n  none {{ {gql_fields(unknown)} }}\n}}''')\n",
        ),
        (
            "kit/types.py",
            "import enum\nfrom typing import ClassVar, Dict, List, Optional, TypedDict\nfrom pydantic import BaseModel, Field\n\nclass Kind(str, enum.Enum):\n    A = 'a'\n\nclass Base(BaseModel):\n    \"\"\"What all have.\"\"\"\n    id: str\n    limit: ClassVar[int] = 5\n\n@dataclass\nclass Message:\n    m_id: str\n    kind: Kind\n    extra: Dict[str, int]\n\nclass Thread(Base):\n    t_title: str = 'x'\n    messages: Optional[List['Message']] = None\n    last: Message | None = Field(None, alias='lastMessage')\n\n    def method(self, x: int) -> None:\n        y: int = 5\n",
        ),
    ];
    let extracted = project(&files);
    let message = "{ m_id kind extra }";
    assert_eq!(
        documents(&extracted),
        [format!(
            "subscription S {{ threads {{ id t_title messages {message} lastMessage {message} }} one {{ «{{gql_fields(Thread, depth=1)}}» }} \
         none {{ «{{gql_fields(unknown)}}» }} }}"
        )]
    );
    // A field of the selection stands where the class defines it.
    let document = &extracted.documents[0].found;
    let at = document.text.find("m_id").unwrap() as u32;
    let map = document.map.as_ref().unwrap();
    let (from, to) = map[map.partition_point(|&(from, _)| from <= at) - 1];
    let (file, offset) = extracted.locate(to + (at - from));
    assert!(files[file].1[offset as usize..].starts_with("m_id: str"), "{file} {offset}");
}

#[test]
fn javascript() {
    let js = |text: &str, expected: &[&str]| check("app.jsx", text, expected);
    let ts = |text: &str, expected: &[&str]| check("app.ts", text, expected);
    js("const q = gql`query A { a }`;", &["query A { a }"]);
    js("const q = gql`\n  query A { a(b: \\`x\\`, c: \"\\u00e4\") }`", &["query A { a(b: `x`, c: \"ä\") }"]);
    js("const q = graphql(`query A { a }`), r = gql(\"query B { b }\")", &["query A { a }", "query B { b }"]);
    js(
        "const q = /* GraphQL */ `query A { a }`; const r = /* graphql */ 'query B { b }'",
        &["query A { a }", "query B { b }"],
    );
    ts("const q = gql<Data, Vars<X>>`query A { a }`;", &["query A { a }"]);
    ts(
        "export const q: TypedDocumentNode<A, B> = gql(`query A { a }` as const) as unknown as Doc<A>;",
        &["query A { a }"],
    );
    // Interpolations: fragments once, constants, expressions with braces and templates in them.
    js(
        "const F = gql`fragment F on U { id }`;\nconst q = gql`query A { ...F } ${F} ${F}`",
        &["fragment F on U { id }", "query A { ...F } fragment F on U { id }"],
    );
    js(
        "const q = gql`query A { a(n: ${n ? `${'}'}` : {a: 1}}) b }`",
        &["query A { a(n: «${n ? `${'}'}` : {a: 1}}») b }"],
    );
    js("const N = 'n';\nconst q = gql`query A { ${N} ${x.y} }`", &["query A { n «${x.y}» }"]);
    js(
        "Entry.fragments = { entry: gql`fragment E on U { id }` };\nconst q = gql`query A { ...E } ${Entry.fragments.entry}`",
        &["fragment E on U { id }", "query A { ...E } fragment E on U { id }"],
    );
    js(
        "const q = graphql(`query A { ...F }`, [F]);\nconst F = graphql(`fragment F on U { id }`)",
        &["query A { ...F } fragment F on U { id }", "fragment F on U { id }"],
    );
    js("const q = 'query A {' + fields + '}'", &["query A {«fields»}"]);
    js(
        "import { gql as g } from '@apollo/client'; import t from 'graphql-tag'; g`query A { a }`; t`query B { b }`",
        &["query A { a }", "query B { b }"],
    );
    // Without a tag.
    js("fetch(u, { body: JSON.stringify({ query: `query A { a }` }) })", &["query A { a }"]);
    // What only looks like one.
    js("const x = gql; graphql({ schema, source }); const s = 'query'; const t = `mutation of ${x} {}`", &[]);
    js(
        "// gql`query A { a }`\n/* gql`query B { b }` */ const r = /`gql/; const d = a / b; gql`query C { c }`",
        &["query C { c }"],
    );
    // Elements: their text is no code.
    js(
        "const a = <p title=\"`\">Don't use ` here {gql`query A { a }`} <b/>{`x`}</p>; gql`query B { b }`",
        &["query A { a }", "query B { b }"],
    );
    js("const f = (x) => x < 5 ? <A b={<C/>}>it's</A> : null; gql`query B { b }`", &["query B { b }"]);
    ts("const f = <T,>(x: T) => x; const g = <T>(x) => 5 > 3; gql`query B { b }`", &["query B { b }"]);
    unresolved("app.ts", "const run = (query: string) => client.run(gql(query))", "query is no text");
    unresolved("app.ts", "const q = gql`${build()}`", "only the running client");
    unresolved("app.ts", "const q = gql`query A { a ", "does not end");
}

#[test]
fn javascript_across_files() {
    let files = [
        (
            "src/pages/user.tsx",
            "import { USER, Roles as R } from '../fragments';\nimport Org from '@/fragments/org';\nimport * as all from '../fragments/all.js';\nexport const Q = gql`query A { ...U ...R ...O ...L } ${USER} ${R} ${Org} ${all.LINK} ${missing}`;",
        ),
        ("src/fragments/index.ts", "export { USER } from './user';\nexport * from './roles';"),
        ("src/fragments/user.ts", "export const USER = gql`fragment U on User { id }`;"),
        ("src/fragments/roles.ts", "export const Roles = gql`fragment R on User { role }`;"),
        ("src/fragments/org.ts", "export default gql`fragment O on Org { id }`;"),
        ("src/fragments/all.js", "const LINK = gql`fragment L on Link { url }`;\nmodule.exports = { LINK };"),
    ];
    let extracted = project(&files);
    let found = documents(&extracted);
    assert_eq!(
        found[0],
        "query A { ...U ...R ...O ...L } fragment U on User { id } fragment R on User { role } fragment O on Org { id } \
         fragment L on Link { url } «${missing}»"
    );
    assert_eq!(found.len(), 5);
    assert_places(&files, &extracted);
}

/// A document that a generator wrote as a tree: with what it has and what it leaves out, in every form of the literal.
#[test]
fn trees() {
    let name = |name: &str| format!(r#"{{"kind":"Name","value":"{name}"}}"#);
    let named = |kind: &str, of: &str| format!(r#"{{"kind":"{kind}","name":{}}}"#, name(of));
    let set = |selections: &str| format!(r#"{{"kind":"SelectionSet","selections":[{selections}]}}"#);
    let whole = |definitions: &str| format!(r#"{{"kind":"Document","definitions":[{definitions}]}}"#);
    let query = |of: &str, selections: &str| {
        format!(
            r#"{{"kind":"OperationDefinition","operation":"query","name":{},"selectionSet":{}}}"#,
            name(of),
            set(selections)
        )
    };
    let fragment = |of: &str| {
        format!(
            r#"{{"kind":"FragmentDefinition","name":{},"typeCondition":{},"selectionSet":{}}}"#,
            name(of),
            named("NamedType", "User"),
            set(&named("Field", "id"))
        )
    };
    let js = |text: &str, expected: &[&str]| {
        let extracted = project(&[("a.ts", text)]);
        assert_eq!(documents(&extracted), expected, "{text}");
        assert!(extracted.unresolved.is_empty(), "{:?}", extracted.unresolved);
    };
    let tree = whole(&query("A", &named("Field", "a")));
    js(&format!("export const A = {tree} as unknown as DocumentNode<A, B<C>>;"), &["query A { a }"]);
    js(&format!("export const A = JSON.parse('{tree}')"), &["query A { a }"]);
    js(&format!("export const A = JSON.parse({tree:?})"), &["query A { a }"]);
    js(
        &format!("const all = JSON.parse('{{\"a\":{tree},\"b\":[{}]}}')", tree.replace("\"A\"", "\"B\"")),
        &["query A { a }", "query B { a }"],
    );
    // Without quotes, with other quotes, and with the constants of graphql-js.
    let bare = tree
        .replace(r#""kind""#, "kind")
        .replace(r#""value""#, "value")
        .replace(r#""definitions""#, "definitions");
    js(&format!("var a={bare};"), &["query A { a }"]);
    js(&bare.replace('"', "'"), &["query A { a }"]);
    let constants = bare
        .replace(r#""Document""#, "Kind.DOCUMENT")
        .replace(r#""OperationDefinition""#, "graphql_1.Kind.OPERATION_DEFINITION")
        .replace(r#""Field""#, "Kind.FIELD");
    js(&format!("const a = {constants}"), &["query A { a }"]);
    // Fragments of other trees, once; joined as compilers and generators do it.
    let frag = whole(&fragment("F"));
    let own = query("A", &named("FragmentSpread", "F"));
    for joined in [
        format!("[{own},...F.definitions,...F.definitions]"),
        format!("[{own}].concat(F.definitions)"),
        format!("__spreadArray([{own}], F.definitions, true)"),
        format!("(0, t.unique)([].concat([{own}], _toConsumableArray(F.definitions)))"),
    ] {
        js(
            &format!("const F = {frag};\nconst A = {{kind: 'Document', definitions: {joined}}};"),
            &["fragment F on User { id }", "query A { ...F } fragment F on User { id }"],
        );
    }
    js(&format!("const A = {{kind: 'Document', definitions: [{own}, ...other()]}};"), &["query A { ...F }"]);
    // What is not known is a hole.
    js(
        &tree
            .replace(r#""value":"A""#, r#""value":NAME"#)
            .replace(r#"[{"kind":"Field""#, r#"[...more, {"kind":"Field""#),
        &["query «NAME» { «...more» a }"],
    );
    // The text that it was made of, in the tree or behind it.
    let body = r##"loc:{start:0,end:13,source:{body:"# A\nquery A {a}",name:"GraphQL request"}}"##;
    let with = tree.replacen('{', &format!("{{{body},"), 1);
    js(&format!("const a = {with}"), &["# A query A {a}"]);
    js(&format!("var doc = {tree};\ndoc.loc.source = {{\"body\":\"query A {{a}}\"}};"), &["query A {a}"]);
    // Another text: the tree is what is sent.
    js(&format!("var doc = {tree}; doc.loc.source = {{\"body\":\"query A {{b}}\"}};"), &["query A { a }"]);
    // No trees of operations.
    js(
        "interface D { kind: 'Document'; definitions: X[] }\nif (a.kind === 'Document') b(a.definitions)",
        &[],
    );
    js(&whole(&named("ScalarTypeDefinition", "Date")), &[]);
    unresolved(
        "a.ts",
        "f({kind: 'Document', definitions: fragments.map(toNode)})",
        "the definitions of the tree",
    );
    unresolved("a.ts", "query({kind: 'Document', definitions})", "the definitions of the tree");
    unresolved("a.ts", &whole(&query("A", "5")).replace("\"A\"", "\"A B\""), "not as graphql-js makes it");
    unresolved("a.ts", &tree.replace("\"query\"", "operation"), "the kind of the operation");
    let mut deep = named("Field", "a");
    for _ in 0..200 {
        deep = format!(r#"{{"kind":"Field","name":{},"selectionSet":{}}}"#, name("a"), set(&deep));
    }
    unresolved("a.ts", &whole(&query("A", &deep)), "nests too deep");
}

/// Tagged templates as compilers write them for old browsers.
#[test]
fn compiled_templates() {
    let js = |text: &str, expected: &[&str]| {
        let extracted = project(&[("a.js", text)]);
        assert_eq!(documents(&extracted), expected, "{text}");
        assert!(extracted.unresolved.is_empty(), "{:?}", extracted.unresolved);
        assert_places(&[("a.js", text)], &extracted);
    };
    // TypeScript, with the texts as they were written behind them.
    js(
        "var F = gql(templateObject_1 || (templateObject_1 = __makeTemplateObject([\"fragment F on U { id }\"], [\"fragment F on U { id }\"])));\n         var A = (0, client_1.gql)(templateObject_2 || (templateObject_2 = tslib_1.__makeTemplateObject([\"\\n query A { ...F }\\n\", \"\\n\"], [\"\\\\n\", \"\"])), F);\n         var templateObject_1, templateObject_2;",
        &["fragment F on U { id }", "query A { ...F } fragment F on U { id }"],
    );
    // Babel, esbuild; an argument that is not known.
    js(
        "var A = /*#__PURE__*/gql(_templateObject || (_templateObject = /*#__PURE__*/_taggedTemplateLiteralLoose([\"{ a(x: \", \") }\"])), x);",
        &["{ a(x: «x») }"],
    );
    js("var _a; const A = gql(_a || (_a = __template([\"query A { a }\"])));", &["query A { a }"]);
    // With a function that makes the list, before or behind its use.
    let function = "function _templateObject() { const data = _taggedTemplateLiteral([\"query A { \", \" }\"], [\"query A { \", \" }\"]); _templateObject = function () { return data; }; return data; }";
    js(&format!("{function}\nconst A = (0, _client.gql)(_templateObject(), f);"), &["query A { «f» }"]);
    js(&format!("const A = gql(_templateObject(), f);\n{function}"), &["query A { «f» }"]);
    // Two of the same name, as in a bundle of modules.
    js(
        &format!(
            "[function(){{ const A = gql(_templateObject(), f); {function} }}, function(){{ const B = gql(_templateObject(), g); {} }}]",
            function.replace("query A", "query B")
        ),
        &["query A { «f» }", "query B { «g» }"],
    );
    // Without a tag that is known: all names are short.
    js("var A=(0,r.ZP)(n||(n=(0,i.Z)([\"query A { ...F }\",\"\"])),f);", &["query A { ...F }«f»"]);
    js(&format!("{function}\nvar A = (0,r.ZP)(_templateObject(), f)"), &["query A { «f» }"]);
    js(function, &["query A { «[» }"]);
    js("var c = css(t || (t = s([\"a { color: \", \" }\"])), f);", &[]);
    // The oldest forms.
    js("var t = Object.freeze([\"{ a \", \" }\"]); var A = gql(t, f);", &["{ a «f» }"]);
    js("var A = gql(__makeTemplateObject([\"{ a }\"], [\"{ a }\"]))", &["{ a }"]);
    // A tag that is reached through its module.
    js(
        "const graphql_tag_1 = __importDefault(require(\"graphql-tag\"));\nconst A = graphql_tag_1.default(t || (t = m([\"{ a }\"])));\n         const B = (0, graphql_tag_1.default) `{ b }`; const C = graphql_tag_1[\"default\"]`{ c }`;",
        &["{ a }", "{ b }", "{ c }"],
    );
    unresolved("a.js", "gql(_templateObject(), f)", "only the running client");
}

#[test]
fn components() {
    check(
        "a.vue",
        "<template><p>it's `</p></template>\n<script setup lang=\"ts\">\nconst q = gql`query A { a }`\n</script>\n<style>a{b:'}</style>",
        &["query A { a }"],
    );
    check(
        "a.svelte",
        "<script context=\"module\">\nconst q = gql`query A { a }`\n</script>\n<p>`{x}</p>\n<script>const r = gql`query B { b }`</script>",
        &["query A { a }", "query B { b }"],
    );
    check(
        "a.astro",
        "---\nconst q = gql`query A { a }`;\n---\n<p>don't `</p>\n<script>const r = gql`query B { b }`</script>",
        &["query A { a }", "query B { b }"],
    );
}

#[test]
fn go() {
    let go = |text: &str, expected: &[&str]| check("main.go", text, expected);
    go("const q = `query A { a }`\nvar r string = \"query B {\\n b }\"", &["query A { a }", "query B { b }"]);
    go(
        "_ = `# @genqlient\n# @genqlient(for: \"X\")\nquery A { a }\n`",
        &["# @genqlient # @genqlient(for: \"X\") query A { a }"],
    );
    go("const (\n\tfields = `a b`\n\tq = `query A { ` + fields + ` }`\n)", &["query A { a b }"]);
    go("q := fmt.Sprintf(`query A { a(n: %d) %s }`, 5, fields)", &["query A { a(n: 5) «fields» }"]);
    go(
        "graphql.NewRequest(`\n  mutation ($id: ID!) { a(id: $id) }`)",
        &["mutation ($id: ID!) { a(id: $id) }"],
    );
    go("type T struct { A string `json:\"query\"` }; r := '\"'; s := \"query\"", &[]);
}

#[test]
fn rust() {
    let rs = |text: &str, expected: &[&str]| check("main.rs", text, expected);
    rs("const Q: &str = \"query A {\n    a(b: \\\"x\\\") \\\n  }\";", &["query A { a(b: \"x\") }"]);
    rs(
        "static Q: &'static str = r#\"query A { a(b: \"x\") }\"#; let c = '\"'; let d: &'a str = b\"x\";",
        &["query A { a(b: \"x\") }"],
    );
    rs("let q = concat!(\"query A {\", \" a\", \" }\");", &["query A { a }"]);
    rs("let q = format!(\"query A {{ a(n: {}) {name} }}\", n);", &["query A { a(n: «n») «{name}» }"]);
    rs("const F: &str = \"a\"; let q = format!(\"query A {{ {} }}\", F);", &["query A { a }"]);
}

/// What cynic makes of structs. What it makes of a whole client is held against cynic itself in `tests/code.rs`.
#[test]
fn rust_structs_are_operations() {
    let rs = |text: &str, expected: &[&str]| {
        let extracted = project(&[("main.rs", text)]);
        assert_eq!(documents(&extracted), expected, "{text}");
        assert!(extracted.unresolved.is_empty(), "{text}\n{:?}", extracted.unresolved);
    };
    let fragment = |text: &str| format!("#[derive(cynic::QueryFragment)]\n{text}");
    let two = |one: &str, other: &str| format!("{}\n{}", fragment(one), fragment(other));
    rs(
        &fragment(
            "#[cynic(graphql_type = \"Query\")] pub(crate) struct A { pub one_two: Option<Vec<String>>, _id3: i32, }",
        ),
        &["query A { oneTwo _id3 }"],
    );
    // Names: as they are, in another case, of a keyword.
    rs(
        &fragment(
            "#[cynic(rename_all = \"SCREAMING_SNAKE_CASE\")] struct Query { oneTwo: bool, r#type: f64 }",
        ),
        &["query Query { ONE_TWO TYPE }"],
    );
    for (case, expected) in [
        ("none", "one_two threeFOUR _five_six"),
        ("lowercase", "one_two threefour _five_six"),
        ("UPPERCASE", "ONE_TWO THREEFOUR _FIVE_SIX"),
        ("PascalCase", "OneTwo ThreeFour _fiveSix"),
        ("camelCase", "oneTwo threeFour _fiveSix"),
        ("snake_case", "one_two three_four _five_six"),
        ("SCREAMING_SNAKE_CASE", "ONE_TWO THREE_FOUR _FIVE_SIX"),
    ] {
        let names = "struct Query { one_two: bool, threeFOUR: bool, _five_six: bool }";
        let expected = format!("query Query {{ {expected} }}");
        rs(&fragment(&format!("#[cynic(rename_all = \"{case}\")] {names}")), &[&expected]);
    }
    rs(&fragment("struct Query { #[cynic(rename = \"b_c\")] a: bool }"), &["query Query { b_c }"]);
    // The root by its name, by what builds it.
    rs(&fragment("#[cynic(graphql_type = \"mutation_root\")] struct A { b: bool }"), &["mutation A { b }"]);
    rs(
        &(fragment("#[cynic(graphql_type = \"Root\")] struct A { b: bool }")
            + "use cynic::SubscriptionBuilder; fn f() { return A::build(()); }"),
        &["subscription A { b }"],
    );
    rs(
        &(fragment("#[cynic(graphql_type = \"Root\")] struct A { b: bool }")
            + "fn f() { cynic::OperationBuilder::<crate::A, Vars<'_>>::mutation() }"),
        &["mutation A { b }"],
    );
    // Types: of the project, declared scalars, and what is not known, which may be either.
    rs(
        &two("struct Query { b: Box<B>, c: &'static [Option<B>] }", "struct B { c: bool }"),
        &["query Query { b { c } c { c } }"],
    );
    rs(
        &(fragment("struct Query { at: chrono::DateTime<Utc>, of: Kind }")
            + "cynic::impl_scalar!(chrono::DateTime<Utc>, schema::Instant); #[derive(cynic::Enum)] enum Kind { A }"),
        &["query Query { at of }"],
    );
    rs(
        &fragment("struct Query<T> { at: other::DateTime, b: Vec<T>, c: (i32, i32), d: bool }"),
        &["query Query { at «other::DateTime» b «Vec<T>» c «(i32, i32)» d }"],
    );
    // A type that holds itself, without an end and with one.
    rs(
        &two("struct Query { b: B }", "struct B { c: bool, b: Option<Box<B>> }"),
        &["query Query { b { c b { «b: Option<Box<B>>» } } }"],
    );
    rs(
        &two("struct Query { b: B }", "struct B { c: bool, #[cynic(recurse = \"1\")] b: Option<Box<B>> }"),
        &["query Query { b { c b { c } } }"],
    );
    // Arguments: literals, and what only the build knows; a text that may be the name of an enum's value.
    rs(
        &fragment(
            "struct Query { #[arguments(a: -5, b: [1.5, null], c: {d: true, e: X}, f = \"x\", g = 7)] h: bool }",
        ),
        &["query Query { h(a: -5, b: [1.5, null], c: {d: true, e: X}, f: \"x\", g: 7) }"],
    );
    rs(
        &fragment(
            "struct Query { #[arguments(a: \"X\", b = Id::new(\"x\"), c: \"a\\n\", #[feature = \"x\"] d: 5)] h: bool }",
        ),
        &["query Query { h(a: «\"X\"», b: «Id::new(\"x\")», c: «\"a\\n\"», «#[feature = \"x\"] d: 5») }"],
    );
    // Variables, of a struct that is read and of one that is not.
    rs(
        &(fragment(
            "#[cynic(variables = \"V\")] struct Query { #[arguments(a: $the_id, b: $other)] c: bool }",
        ) + "#[derive(cynic::QueryVariables)] struct V<'a> { the_id: &'a cynic::Id, other: Option<Vec<Option<Unread>>>, unused: i32 }"),
        &["query Query($theId: ID!, $other: [«Option<Vec<Option<Unread>>>»]) { c(a: $theId, b: $other) }"],
    );
    rs(
        &fragment("#[cynic(variables = \"V\")] struct Query { #[arguments(a: $the_id)] c: bool }"),
        &["query Query(«V») { c(a: $theId) }"],
    );
    // What is no attribute of a client, and what is no struct.
    rs("#[derive(SimpleObject)] #[graphql(name = \"B\", complex)] struct A { #[graphql(skip)] b: i32 }", &[]);
    rs("// #[derive(cynic::QueryFragment)]\nfn query() { cynic() }", &[]);
}

#[test]
fn rust_structs_of_which_no_operation_is_known_are_told() {
    let rs = |text: &str, reason: &str| unresolved("main.rs", text, reason);
    rs(
        "#[derive(cynic::QueryFragment)] #[cynic(graphql_type = \"Root\")] struct A { b: bool }",
        "whether Root is the root of queries, mutations or subscriptions is not known",
    );
    rs(
        "use cynic::{QueryBuilder, MutationBuilder}; #[derive(QueryFragment)] #[cynic(graphql_type = \"R\")] struct A { b: bool } \
         fn f() { A::build(()) }",
        "it is built, but whether R",
    );
    rs(
        "macro_rules! m { ($n:ident) => { #[derive(cynic::QueryFragment)] struct $n { a: i32 } } }",
        "a macro",
    );
    rs("impl cynic::QueryFragment for A { fn query() {} }", "by code here");
    rs("#[derive(cynic::QueryFragment)] struct Query {}", "it selects nothing");
    rs("#[derive(GraphQLQuery)] #[graphql(schema_path = \"s.graphql\")] struct A;", "no query_path");
    rs("const A: &str = include_str!(concat!(env!(\"OUT_DIR\"), \"/a.graphql\"));", "only the build");
}

/// Names lead to the struct of the module that they mean; where that is not clear, to none.
#[test]
fn rust_structs_across_files() {
    let derive = "#[derive(cynic::QueryFragment)]";
    let main = format!(
        "use crate::parts::User as Member; use crate::{{parts::{{self, Team}}, other::*}}; use outside::Thing;\n\
         {derive} struct Query {{ a: Member, b: other::User, c: parts::User, d: Team, e: User, f: Thing, g: inner::Team }}\n\
         mod inner {{ {derive} struct Team {{ inner: bool }} }}"
    );
    let parts = format!("{derive} struct User {{ part: bool }} {derive} struct Team {{ user: User }}");
    let other = format!("{derive} struct User {{ other: bool }} {derive} struct Thing {{ thing: bool }}");
    let files = [("src/main.rs", &*main), ("src/parts/mod.rs", &*parts), ("src/other.rs", &*other)];
    let extracted = project(&files);
    assert_eq!(
        documents(&extracted),
        [
            "query Query { a { part } b { other } c { part } d { user { part } } e «User» f «Thing» g { inner } }"
        ]
    );
    // `Thing` of this project is not the one of another crate, so nothing holds it.
    let told: Vec<&str> = extracted.unresolved.iter().map(|place| place.text.as_str()).collect();
    assert_eq!(told, ["struct Thing"]);
    // A field of the selection stands where the struct defines it.
    let document = &extracted.documents[0].found;
    let at = document.text.find("other").unwrap() as u32;
    let map = document.map.as_ref().unwrap();
    let (from, to) = map[map.partition_point(|&(from, _)| from <= at) - 1];
    let (file, offset) = extracted.locate(to + (at - from));
    assert!(files[file].1[offset as usize..].starts_with("other: bool"), "{file} {offset}");
}

/// The files that Rust names as documents, each with where its path leads from.
#[test]
fn rust_names_files_of_documents() {
    let text = "const A: &str = include_str!(\"../a.graphql\",);\n\
                const B: &[u8] = include_bytes!(r\"b.GQL\"); const C: &str = include_str!(\"c.txt\");\n\
                const D: &str = include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/d/\", \"d.graphql\"));\n\
                // include_str!(\"e.graphql\")\n\
                #[derive(Debug, graphql_client::GraphQLQuery)]\n#[graphql(query_path = \"f.graphql\", schema_path = \"s\")]\npub struct F;\n\
                fn g() { gql(A); gql(include_str!(\"g.graphql\")); concat!(include_str!(\"h.graphql\"), \"query H { ...F }\"); }";
    let extracted = project(&[("src/main.rs", text)]);
    let named: Vec<(&str, &str, Base)> = extracted
        .imports
        .iter()
        .map(|named| (&text[named.at as usize..][..7], named.module.as_str(), named.base))
        .collect();
    let included = "include";
    let expected = [
        (included, "../a.graphql", Base::File),
        (included, "b.GQL", Base::File),
        (included, "d/d.graphql", Base::Package),
        ("struct ", "f.graphql", Base::Package),
        (included, "g.graphql", Base::File),
        (included, "h.graphql", Base::File),
    ];
    assert_eq!(named, expected);
    assert!(extracted.unresolved.is_empty(), "{:?}", extracted.unresolved);
    assert_eq!(documents(&extracted), ["query H { ...F }"]);
}

#[test]
fn kotlin() {
    let kt = |text: &str, expected: &[&str]| check("Main.kt", text, expected);
    kt(
        "val q = \"\"\"\n    |query A(${'$'}id: ID!) { a(id: ${'$'}id) }\n\"\"\".trimMargin()",
        &["query A($id: ID!) { a(id: $id) }"],
    );
    kt(
        "val q = \"\"\"query A { $fields ${user.more()} }\"\"\".trimIndent()",
        &["query A { «$fields» «${user.more()}» }"],
    );
    kt("const val F = \"a\"\nval q = \"query A { $F }\"; val c = '\"'", &["query A { a }"]);
    kt(
        "val q = $$\"\"\"query A($id: ID!) { a(id: $id) $$more }\"\"\"",
        &["query A($id: ID!) { a(id: $id) «$$more» }"],
    );
}

#[test]
fn swift() {
    let swift = |text: &str, expected: &[&str]| check("Main.swift", text, expected);
    swift(
        "let q = \"\"\"\n    query A {\n      a(b: \\\"x\\\")\n    }\n    \"\"\"",
        &["query A { a(b: \"x\") }"],
    );
    swift(
        "let q = \"query A { \\(fields) }\"; let r = #\"query B { b(x: \"y\") \\#(more) }\"#",
        &["query A { «\\(fields)» }", "query B { b(x: \"y\") «\\#(more)» }"],
    );
    swift("static let definition: String = \"query A { a }\"", &["query A { a }"]);
}

#[test]
fn ruby() {
    let rb = |text: &str, expected: &[&str]| check("app.rb", text, expected);
    rb(
        "QUERY = Client.parse <<~'GRAPHQL'\n  query A {\n    a(b: \"#{x}\")\n  }\nGRAPHQL\n",
        &["query A { a(b: \"#{x}\") }"],
    );
    rb("Q = <<-GRAPHQL.strip\n  query A { #{fields} }\n  GRAPHQL\nx = 'it'", &["query A { «#{fields}» }"]);
    rb(
        "f(<<~A, <<~B)\n  query A { a }\nA\n  query B { b }\nB\nr = /'/; s = \"query C { c }\"",
        &["query A { a }", "query B { b }", "query C { c }"],
    );
    rb(
        "Q = 'query A { a }' # it's\nF = 'f'\nR = \"query B { #{F} }\"\nS = %q(query C { c })",
        &["query A { a }", "query B { f }", "query C { c }"],
    );
}

#[test]
fn java() {
    let java = |text: &str, expected: &[&str]| check("Main.java", text, expected);
    java(
        "static final String Q = \"query A {\" +\n  \" a(b: \\\"x\\\")\" +\n  \"}\";",
        &["query A { a(b: \"x\")}"],
    );
    java("String q = \"\"\"\n    query A {\n      a\n    }\n    \"\"\";", &["query A { a }"]);
    java(
        "String q = String.format(\"query A { a(n: %d) %1$s }\", n); String r = \"query B { %s }\".formatted(f);",
        &["query A { a(n: «n») «n» }", "query B { «f» }"],
    );
    java(
        "class A { static final String F = \"f\"; String q = \"query A { \" + F + B.G + \" }\"; char c = '\"'; }\nclass B { static final String G = \"g\"; }",
        &["query A { fg }"],
    );
}

#[test]
fn csharp() {
    let cs = |text: &str, expected: &[&str]| check("Main.cs", text, expected);
    cs(
        "var q = @\"query A { a(b: \"\"x\"\") }\"; var r = \"query B { b(c: \\\"x\\\") }\"; var c = '\"';",
        &["query A { a(b: \"x\") }", "query B { b(c: \"x\") }"],
    );
    cs(
        "var q = $\"query A {{ {fields} }}\"; var r = $@\"query B {{ b(x: \"\"{y}\"\") }}\";",
        &["query A { «{fields}» }", "query B { b(x: \"«{y}»\") }"],
    );
    cs(
        "var q = \"\"\"\n    query A { a(b: \"x\") }\n    \"\"\"; var r = $$\"\"\"query B { {{fields}} c { d } }\"\"\";",
        &["query A { a(b: \"x\") }", "query B { «{{fields}» c { d } }"],
    );
    cs(
        "const string F = \"f\"; var q = $\"query A {{ {F} }}\"; var r = string.Format(\"query B {{ {0} }}\", x);",
        &["query A { f }", "query B { «x» }"],
    );
}

#[test]
fn php() {
    let php = |text: &str, expected: &[&str]| check("main.php", text, expected);
    php(
        "it's <?php\n$q = <<<'GRAPHQL'\n  query A($id: ID!) { a(id: $id) }\n  GRAPHQL;\n$r = 'query B { b(c: \"it\\'s\") }';",
        &["query A($id: ID!) { a(id: $id) }", "query B { b(c: \"it's\") }"],
    );
    php(
        "<?php\n$q = <<<GRAPHQL\nquery A(\\$id: ID!) { {$this->fields()} $more }\nGRAPHQL;",
        &["query A($id: ID!) { «{$this->fields()}» «$more» }"],
    );
    php(
        "<?php class C { const F = 'f'; private $g = 'g'; function q() { return 'query A { ' . self::F . ' ' . $this->g . \"{$x}\" . '}'; } }",
        &["query A { f g«{$x}»}"],
    );
    php("<?php $q = sprintf('query A { %s }', $fields);", &["query A { «$fields» }"]);
}
