//! GitLab's code quality report: what a merge request shows in its widget and beside the changed lines.

use schemacheck::report::Report;
use serde_json::{Value, json};

use super::findings::{Finding, Level, findings};
use super::{Form, Look};

pub(super) const FORM: Form = Form { name: "gitlab", about: "a GitLab code quality report", render };

fn render(report: &Report, _: Look) -> String {
    let list: Vec<Value> = findings(report).iter().map(|finding| issue(report, finding)).collect();
    let mut text = serde_json::to_string_pretty(&list).unwrap_or_default();
    text.push('\n');
    text
}

fn issue(report: &Report, finding: &Finding<'_>) -> Value {
    let severity = match finding.level {
        Level::Error if finding.rule == "no-answer" => "blocker",
        Level::Error => "critical",
        Level::Warning => "minor",
        Level::Note => "info",
    };
    let accepted = finding.approved.map_or(String::new(), |approval| {
        format!(" (accepted by {} until {}: {})", approval.by, approval.expires, approval.reason)
    });
    // GitLab drops an issue without a place. What the new schema no longer has is told where the old one had it.
    let place = finding.place.as_ref().or(finding.related.first().map(|(place, _)| *place));
    let (path, line) = match place {
        Some(place) => (place.file.as_str(), place.line),
        None => (report.new.as_ref().map_or("schema", |new| new.source.as_str()), 1),
    };
    json!({
        "type": "issue",
        "check_name": finding.rule,
        "description": format!("{}{accepted}", finding.message),
        "categories": ["Compatibility"],
        "severity": severity,
        "fingerprint": finding.fingerprint,
        "location": {"path": path.strip_prefix("./").unwrap_or(path), "lines": {"begin": line}},
    })
}
