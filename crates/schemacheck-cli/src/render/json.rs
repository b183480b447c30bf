//! The report as JSON: the contract.

use schemacheck::report::Report;

use super::{Form, Look};

pub(super) const FORM: Form =
    Form { name: "json", about: "for programs; schemacheck json-schema describes it", render };

/// One JSON object with a line end.
pub(crate) fn render(report: &Report, _: Look) -> String {
    let mut text =
        serde_json::to_string_pretty(report).unwrap_or_else(|error| format!("{{\"error\": \"{error}\"}}"));
    text.push('\n');
    text
}
