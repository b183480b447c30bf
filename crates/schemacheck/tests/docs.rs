//! The documentation of the rules is true: every example is executed, and `docs/rules.md` is what the rules say.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read and write the project's own files, and fail where they cannot"
)]

mod support;

use std::fmt::Write;

use schemacheck::change::Severity;
use schemacheck::framework::{EnumAlias, FRAMEWORKS};
use schemacheck::rules::{RULES, Rule};
use schemacheck_graphql::ast::TypeKind;
use support::{change_lines, check, operation_lines};

/// The fenced blocks of a rule's documentation with this label.
fn fences(rule: &Rule, label: &str) -> Vec<String> {
    let mut fences = Vec::new();
    let mut lines = rule.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
    while let Some(line) = lines.next() {
        if line.starts_with("```") && line.split_whitespace().nth(1) == Some(label) {
            let block = lines.by_ref().take_while(|line| *line != "```");
            fences.push(block.fold(String::new(), |text, line| text + line + "\n"));
        }
    }
    fences
}

/// The one block with this label.
fn fence(rule: &Rule, label: &str) -> String {
    let mut found = fences(rule, label);
    assert_eq!(found.len(), 1, "{} has one example with `{label}`", rule.id);
    found.remove(0)
}

#[test]
fn every_example_gives_its_report() {
    for rule in RULES {
        let operations = fences(rule, "operation");
        let documents: Vec<(&str, &str)> =
            operations.iter().map(|text| ("operation.graphql", text.as_str())).collect();
        let report = check(&fence(rule, "old"), &fence(rule, "new"), &documents).report;
        let mut lines = change_lines(&report);
        assert!(
            lines.iter().any(|line| line.contains(&format!(" {} ", rule.id))),
            "{} fires on its example",
            rule.id
        );
        lines.extend(operation_lines(&report));
        assert_eq!(lines.join("\n") + "\n", fence(rule, "report"), "the report of {}", rule.id);
    }
}

#[test]
fn equal_schemas_have_no_change() {
    for rule in RULES {
        for label in ["old", "new"] {
            let text = fence(rule, label);
            assert_eq!(change_lines(&check(&text, &text, &[]).report), [""; 0], "{} {label}", rule.id);
        }
    }
}

#[test]
fn an_example_backwards_is_another_change() {
    // A rename and a change of a value or type are themselves in both directions.
    let symmetric = |rule: &Rule| rule.id.ends_with("-renamed") || rule.id.ends_with("-changed");
    for rule in RULES.iter().filter(|rule| !symmetric(rule)) {
        let report = check(&fence(rule, "new"), &fence(rule, "old"), &[]).report;
        let fired = report.changes.iter().flatten().any(|change| change.rule == rule.id);
        assert!(!fired, "{} must not fire on its example backwards", rule.id);
    }
}

#[test]
fn records_are_complete() {
    let mut ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), RULES.len(), "ids are unique");
    for rule in RULES {
        assert!(rule.summary().ends_with('.'), "{}: the summary is a sentence", rule.id);
        assert!(rule.docs.contains("**What to do.**"), "{}: says what to do", rule.id);
        // What directives on a schema mean is known to its tools alone; operations cannot have them.
        let harmless = rule.severity == Severity::Safe
            || rule.severity == Severity::Dangerous
                && ["type-system-directive-", "applied-directive-"].iter().any(|of| rule.id.starts_with(of));
        assert_eq!(rule.breaks.is_empty(), harmless, "{}: what is not safe breaks something", rule.id);
    }
}

/// The table of `docs/frameworks.md` from the records; `UPDATE_DOCS=1` writes it.
#[test]
fn frameworks_md_is_fresh() {
    let mut table = String::from(
        "| `--framework` | executed with | found by | deprecates arguments and input fields | fields of interfaces | \
         the old name of an enum value | the SDL patch |\n|---|---|---|---|---|---|---|\n",
    );
    for framework in FRAMEWORKS {
        let packages: Vec<String> =
            framework.packages.iter().map(|package| format!("`{}`", package.name)).collect();
        let capabilities = framework.capabilities;
        let _ = writeln!(
            table,
            "| [`{}`](#{}) | {} | {} | {} | {} | {} | {} |",
            framework.name,
            framework.name,
            framework.executed_with,
            packages.join(", "),
            if capabilities.deprecates_inputs { "yes" } else { "no" },
            match capabilities.inherits_interface_fields {
                [] => "on each type",
                [TypeKind::Object] => "inherited by objects",
                _ => "inherited",
            },
            match capabilities.enum_alias {
                EnumAlias::AnswersFirst => "behind the new one",
                EnumAlias::AnswersLast => "before the new one",
                EnumAlias::Distinct => "a value of its own",
            },
            if capabilities.schema_first { "is applied" } else { "is what the code makes" }
        );
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/frameworks.md");
    let written = std::fs::read_to_string(path).unwrap();
    let (before, rest) = written.split_once("<!-- frameworks -->\n").unwrap();
    let (shown, after) = rest.split_once("<!-- /frameworks -->\n").unwrap();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let text = format!("{before}<!-- frameworks -->\n{table}<!-- /frameworks -->\n{after}");
        std::fs::write(path, text).unwrap();
    } else {
        assert!(
            shown == table,
            "docs/frameworks.md is stale; write it with: UPDATE_DOCS=1 cargo test -p schemacheck --test docs"
        );
    }
    for framework in FRAMEWORKS {
        let heading = format!("\n## {}\n", framework.name);
        assert!(after.contains(&heading), "docs/frameworks.md has a section on {}", framework.title);
    }
}

/// `docs/rules.md` from the records; `UPDATE_DOCS=1` writes it.
#[test]
fn rules_md_is_fresh() {
    let mut text = String::from(
        "# Rules\n\nEvery change that schemacheck knows, in the order of its reports. Made from the records in \
         `crates/schemacheck/src/rules/`; every example is executed by the tests.\n\n\
         | rule | severity | breaks | graphql-js | graphql-inspector |\n|---|---|---|---|---|\n",
    );
    let breaks = |rule: &Rule| rule.breaks.iter().map(|breaks| breaks.name()).collect::<Vec<_>>().join(", ");
    for rule in RULES {
        let name = |name: Option<&str>| name.map_or(String::new(), |name| format!("`{name}`"));
        let (js, inspector) = (name(rule.graphql_js), name(rule.graphql_inspector));
        let (id, severity, breaks) = (rule.id, rule.severity.name(), breaks(rule));
        let _ = writeln!(text, "| [`{id}`](#{id}) | {severity} | {breaks} | {js} | {inspector} |");
    }
    for rule in RULES {
        let _ = write!(text, "\n## {}\n\n", rule.id);
        for line in rule.docs.lines() {
            // The label of an example stands above it, since Markdown shows none.
            let line = line.strip_prefix(' ').unwrap_or(line);
            match line.strip_prefix("```").and_then(|fence| fence.split_once(' ')) {
                Some((language, label)) => {
                    let language = if language == "text" { "" } else { language };
                    let _ = write!(text, "\n{label}:\n\n```{language}\n");
                }
                None => {
                    let _ = writeln!(text, "{line}");
                }
            }
        }
        let _ = write!(
            text,
            "\nSeverity: {}. Since {}. [Specification]({})\n",
            rule.severity.name(),
            rule.since,
            rule.spec
        );
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/rules.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == text,
        "docs/rules.md is stale; write it with: UPDATE_DOCS=1 cargo test -p schemacheck --test docs"
    );
}
