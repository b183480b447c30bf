//! SARIF 2.1.0, for GitHub code scanning and every viewer that reads it. Safe changes are no findings and are left out.

use std::collections::{BTreeMap, BTreeSet};

use schemacheck::change::Severity;
use schemacheck::report::{Place, Report, State};
use schemacheck::rules::Rule;
use serde_json::{Value, json};

use super::findings::{Finding, Level, findings};
use super::{Form, Look};

pub(super) const FORM: Form = Form { name: "sarif", about: "SARIF 2.1.0, for code scanning", render };

/// GitHub keeps so many results of a run.
const MOST_RESULTS: usize = 5_000;
/// GitHub shows so many locations of a result.
const MOST_RELATED: usize = 100;
/// Longer messages are cut.
const MOST_CHARACTERS: usize = 1_000;

fn render(report: &Report, _: Look) -> String {
    let mut findings = findings(report);
    // What counts most is kept where not all can be.
    findings.sort_by_key(|finding| finding.level);
    let left_out = findings.len().saturating_sub(MOST_RESULTS);
    findings.truncate(MOST_RESULTS);
    let ids: BTreeSet<&str> = findings.iter().map(|finding| finding.rule).collect();
    let rules: Vec<Value> = ids.iter().map(|id| rule(id)).collect();
    let index: BTreeMap<&str, usize> = ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let results: Vec<Value> = findings.iter().map(|finding| result(finding, index[finding.rule])).collect();
    let mut notifications: Vec<Value> = Vec::new();
    if report.state == State::Error {
        notifications.extend(
            report.reasons.iter().map(|reason| json!({"level": "error", "message": {"text": text(reason)}})),
        );
    }
    if left_out > 0 {
        let message = format!("{left_out} more findings are left out; the JSON report has all");
        notifications.push(json!({"level": "warning", "message": {"text": message}}));
    }
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "schemacheck",
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "semanticVersion": report.schemacheck,
                "rules": rules,
            }},
            "automationDetails": {"id": format!("schemacheck/{}/", report.command)},
            "columnKind": "utf16CodeUnits",
            "invocations": [{
                "executionSuccessful": report.state != State::Error,
                "exitCode": report.state.exit_code(),
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn rule(id: &str) -> Value {
    let repository = env!("CARGO_PKG_REPOSITORY");
    match Rule::by_id(id) {
        Some(rule) => json!({
            "id": id,
            "shortDescription": {"text": rule.summary()},
            "help": {"text": rule.text(), "markdown": rule.text()},
            "helpUri": format!("{repository}/blob/main/docs/rules.md#{id}"),
            "defaultConfiguration": {"level": match rule.severity {
                Severity::Breaking => "error",
                Severity::Dangerous => "warning",
                Severity::Safe => "note",
            }},
            "properties": {"tags": ["graphql", rule.severity.name()]},
        }),
        None => json!({
            "id": id,
            "shortDescription": {"text": format!("{} is violated.", id.replace('-', " "))},
            "properties": {"tags": ["graphql"]},
        }),
    }
}

fn result(finding: &Finding<'_>, rule_index: usize) -> Value {
    let mut result = json!({
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        },
        "message": {"text": text(&finding.message)},
        "partialFingerprints": {"schemacheckFinding/v1": finding.fingerprint},
    });
    // What the new schema no longer has is told where the old one had it.
    let place = finding.place.as_ref().or(finding.related.first().map(|(place, _)| *place));
    if let Some(place) = place {
        result["locations"] = json!([location(place)]);
    }
    let related: Vec<Value> = finding
        .related
        .iter()
        .take(MOST_RELATED)
        .enumerate()
        .map(|(at, (place, what))| {
            let mut location = location(place);
            location["id"] = json!(at + 1);
            location["message"] = json!({"text": text(what)});
            location
        })
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = json!(related);
    }
    if let Some(approval) = finding.approved {
        let justification =
            format!("{} (accepted by {} until {})", approval.reason, approval.by, approval.expires);
        result["suppressions"] = json!([{"kind": "external", "justification": text(&justification)}]);
    }
    result
}

fn location(place: &Place) -> Value {
    let mut region = json!({"startLine": place.line, "startColumn": place.column});
    if let Some(excerpt) = &place.excerpt {
        let units = excerpt.marked.encode_utf16().count().max(1);
        region["endColumn"] = json!(place.column as usize + units);
    }
    let path = place.file.replace('\\', "/");
    let artifact = match path.strip_prefix('/') {
        Some(absolute) => json!({"uri": format!("file:///{}", uri(absolute))}),
        None => json!({"uri": uri(path.strip_prefix("./").unwrap_or(&path)), "uriBaseId": "%SRCROOT%"}),
    };
    json!({"physicalLocation": {"artifactLocation": artifact, "region": region}})
}

/// A path for a URI.
fn uri(path: &str) -> String {
    use std::fmt::Write;
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

/// A message for SARIF, where `[…](…)` would be a link and `{0}` a placeholder. Characters that hide or turn text around
/// are made visible.
fn text(message: &str) -> String {
    let mut text = String::with_capacity(message.len());
    for (at, char) in message.chars().enumerate() {
        if at == MOST_CHARACTERS {
            text.push('…');
            break;
        }
        match char {
            '\\' | '[' | ']' => text.extend(['\\', char]),
            '{' => text.push_str("{{"),
            '}' => text.push_str("}}"),
            '\n' => text.push(' '),
            _ if crate::terminal::is_hostile(char) => text.extend(char.escape_unicode()),
            _ => text.push(char),
        }
    }
    text
}
