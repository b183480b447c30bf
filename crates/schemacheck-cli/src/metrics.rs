//! `--metrics-file`: how a run ended, for the textfile collector of Prometheus' node exporter.
//!
//! The file is replaced as a whole, so that nobody reads half of one. It always says when the last run was and when the
//! last one that passed: a check that runs no longer shows as a time that stands still.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use schemacheck::impact::Verdict;
use schemacheck::report::Report;

use crate::output;

/// Above so many clients, the rest is counted together: every value of a label is a series of its own.
const CLIENTS: usize = 100;
const LAST_SUCCESS: &str = "schemacheck_last_success_timestamp_seconds";

/// Replaces the file. `exit_code` is how the run ends, and `took` how long it took.
pub(crate) fn write(path: &Path, report: &Report, exit_code: u8, took: Duration) -> Result<(), String> {
    let failed =
        |error: std::io::Error| format!("{}: the metrics cannot be written: {error}", path.display());
    let now = Timestamp::now().as_second();
    let last_success = if exit_code == 0 { now } else { last_success(path, report.command) };
    let text = text(report, exit_code, took, now, last_success);
    output::replace(path, &text).map_err(failed)
}

/// Whether a path is one that the collector reads; it passes over all others without a word.
pub(crate) fn check(path: &Path) -> Result<(), String> {
    if path.extension().is_some_and(|ending| ending == "prom") {
        return Ok(());
    }
    Err(format!("--metrics-file {}: the collector only reads files that end in .prom", path.display()))
}

/// When the last run passed, by the file that is there; 0 where none has.
fn last_success(path: &Path, command: &str) -> i64 {
    let text = fs::read_to_string(path).unwrap_or_default();
    let line = format!("{LAST_SUCCESS}{{command=\"{command}\"}} ");
    let value = text.lines().find_map(|found| found.strip_prefix(line.as_str()));
    value.and_then(|value| value.parse().ok()).unwrap_or_default()
}

/// A metric: its name, what it says, and its values by labels.
type Metric = (&'static str, &'static str, Vec<(Vec<(&'static str, String)>, String)>);

fn text(report: &Report, exit_code: u8, took: Duration, now: i64, last_success: i64) -> String {
    let value = |value: String| vec![(Vec::new(), value)];
    let by = |label: &'static str, values: &[(&str, usize)]| {
        let values = values.iter();
        values.map(|(name, value)| (vec![(label, (*name).to_owned())], value.to_string())).collect::<Vec<_>>()
    };
    let ends = |code: u8| usize::from(exit_code == code);
    let summary = &report.summary;
    let mut metrics: Vec<Metric> = vec![
        ("schemacheck_last_run_timestamp_seconds", "When the last run ended.", value(now.to_string())),
        (
            LAST_SUCCESS,
            "When the last run that passed ended; 0 where none has.",
            value(last_success.to_string()),
        ),
        (
            "schemacheck_run_duration_seconds",
            "How long the last run took.",
            value(format!("{:.3}", took.as_secs_f64())),
        ),
        (
            "schemacheck_state",
            "How the last run ended: 1 for its state.",
            by("state", &[("pass", ends(0)), ("fail", ends(1)), ("error", ends(2))]),
        ),
        (
            "schemacheck_changes",
            "Changes that nobody accepted, and those that somebody did.",
            by(
                "severity",
                &[
                    ("breaking", summary.breaking),
                    ("dangerous", summary.dangerous),
                    ("safe", summary.safe),
                    ("approved", summary.approved),
                ],
            ),
        ),
        (
            "schemacheck_operations_checked",
            "Stored operations that were checked.",
            value(report.coverage.operations.to_string()),
        ),
        (
            "schemacheck_operations",
            "Stored operations by what becomes of them.",
            by(
                "verdict",
                &[
                    ("broken", summary.operations_broken),
                    ("at-risk", summary.operations_at_risk),
                    ("already-invalid", summary.operations_already_invalid),
                    ("invalid", summary.operations_invalid),
                    ("unparsable", report.coverage.unparsable),
                ],
            ),
        ),
    ];
    let clients = broken_by_client(report);
    if !clients.is_empty() {
        let clients = clients.into_iter().map(|(name, count)| (vec![("client", name)], count.to_string()));
        let help = "Stored operations that break or are invalid, by client.";
        metrics.push(("schemacheck_client_operations_broken", help, clients.collect()));
    }
    let mut text = String::new();
    for (name, help, values) in metrics {
        let _ = write!(text, "# HELP {name} {help}\n# TYPE {name} gauge\n");
        for (labels, value) in values {
            let _ = write!(text, "{name}{{command=\"{}\"", report.command);
            for (label, value) in labels {
                let _ = write!(text, ",{label}=\"{}\"", escaped(&value));
            }
            let _ = writeln!(text, "}} {value}");
        }
    }
    text
}

fn broken_by_client(report: &Report) -> BTreeMap<String, usize> {
    let mut clients = BTreeMap::new();
    let broken = report.operations.iter().flatten();
    for operation in
        broken.filter(|operation| matches!(operation.verdict, Verdict::Broken | Verdict::Invalid))
    {
        let mut names: Vec<&str> = operation.clients.iter().map(|client| client.name.as_str()).collect();
        names.dedup();
        for name in names {
            let known = clients.len() < CLIENTS || clients.contains_key(name);
            *clients.entry(if known { name.to_owned() } else { "others".to_owned() }).or_default() += 1;
        }
    }
    clients
}

/// The value of a label, by the text format of Prometheus.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
