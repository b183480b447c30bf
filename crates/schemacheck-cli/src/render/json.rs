//! The report as JSON: the contract.

use schemacheck::report::Report;

/// One JSON object with a line end.
pub(crate) fn render(report: &Report) -> String {
    let mut text =
        serde_json::to_string_pretty(report).unwrap_or_else(|error| format!("{{\"error\": \"{error}\"}}"));
    text.push('\n');
    text
}
