//! What stored operations there are, as a table; and the line that says what was seen, which every report ends with.

use std::collections::BTreeSet;
use std::fmt::Write;

use schemacheck::impact::Verdict;
use schemacheck::report::{Coverage, Report, ReportedOperation, State, UnresolvedPlace, count};

use super::words;
use crate::terminal::{Palette, clean, width};

/// How many clients of an operation are named.
const MOST_CLIENTS: usize = 3;

/// The widest a column gets before the last one.
const MOST_COLUMNS: usize = 60;

/// The table, what is not in it, and the last line.
pub(crate) fn render(report: &Report, palette: Palette, quiet: bool) -> String {
    let mut text = String::new();
    let mut line = |line: &str| {
        text.push_str(line.trim_end());
        text.push('\n');
    };
    if !quiet {
        let rows: Vec<Vec<String>> = report
            .operations
            .iter()
            .flatten()
            .filter(|operation| operation.verdict != Verdict::Unparsable)
            .map(row)
            .collect();
        for row in table(&rows) {
            line(&row);
        }
        let unparsable: Vec<&ReportedOperation> = report
            .operations
            .iter()
            .flatten()
            .filter(|operation| operation.verdict == Verdict::Unparsable)
            .collect();
        if !unparsable.is_empty() {
            line("\nNot to be read as GraphQL");
        }
        for error in unparsable.iter().flat_map(|operation| &operation.errors) {
            line(&format!(
                "  {}:{}:{}: {}",
                clean(&error.file),
                error.line,
                error.column,
                clean(&error.message)
            ));
        }
        let holes: BTreeSet<String> = report
            .operations
            .iter()
            .flatten()
            .flat_map(|operation| &operation.holes)
            .map(|hole| {
                format!("  {}:{}:{}: {}", clean(&hole.file), hole.line, hole.column, clean(&hole.text))
            })
            .collect();
        if !holes.is_empty() {
            line("\nHoles: what only the client knows");
        }
        for hole in holes {
            line(&hole);
        }
        if !report.unresolved.is_empty() {
            line("\nUnresolved: what builds a document and could not be read");
        }
        for UnresolvedPlace { place, text, reason } in &report.unresolved {
            line(&format!(
                "  {}:{}:{}: {}: {}",
                clean(&place.file),
                place.line,
                place.column,
                clean(text),
                clean(reason)
            ));
        }
        if !report.skipped.is_empty() {
            line("\nPassed over");
        }
        for skipped in &report.skipped {
            line(&format!("  {}: {}", clean(&skipped.file), clean(&skipped.reason)));
        }
        line("");
        if report.state != State::Pass {
            for reason in &report.reasons {
                line(&format!("{}: {}", palette.yellow("error"), clean(reason)));
            }
        }
    }
    let state = match report.state {
        State::Pass => palette.green("pass"),
        State::Fail => palette.red("fail"),
        State::Error => palette.yellow("error"),
    };
    line(&format!("{state}   {}", words::counts(report).join("   ")));
    text
}

/// What was seen beside the operations themselves.
pub(crate) fn seen(coverage: &Coverage) -> Vec<String> {
    let mut parts = vec![count(coverage.files, "file", "files")];
    if coverage.clients > 0 {
        parts.push(count(coverage.clients, "client version", "client versions"));
    }
    if let Some(requests) = coverage.requests {
        let last =
            coverage.last_seen.as_deref().map_or(String::new(), |last| format!(", last {}", day(last)));
        parts.push(format!("{requests} requests{last}"));
    }
    if coverage.stripped > 0 {
        parts.push(format!("{} without client-only directives", coverage.stripped));
    }
    parts.push(format!(
        "{}, {} unresolved, {} unparsable",
        count(coverage.holes, "hole", "holes"),
        coverage.unresolved,
        coverage.unparsable
    ));
    if coverage.skipped > 0 {
        parts.push(format!("{} passed over", coverage.skipped));
    }
    parts
}

/// The day of a time.
fn day(time: &str) -> String {
    clean(time.split('T').next().unwrap_or(time))
}

fn row(operation: &ReportedOperation) -> Vec<String> {
    let clients = operation.clients.iter().take(MOST_CLIENTS).map(|client| match &client.version {
        Some(version) => format!("{}@{version}", client.name),
        None => client.name.clone(),
    });
    let mut clients = clients.collect::<Vec<_>>().join(" ");
    if operation.clients.len() > MOST_CLIENTS {
        let _ = write!(clients, " +{}", operation.clients.len() - MOST_CLIENTS);
    }
    let requests = operation.traffic.as_ref().map_or(String::new(), |traffic| {
        let last = traffic.last_seen.as_deref().map_or(String::new(), |last| format!(", last {}", day(last)));
        format!("{} requests{last}", traffic.count)
    });
    let holes = match operation.holes.len() {
        0 => String::new(),
        holes => count(holes, "hole", "holes"),
    };
    let source = &operation.source;
    let mut place = format!("{}:{}:{}", source.file, source.line, source.column);
    if !operation.duplicates.is_empty() {
        let _ = write!(place, " +{}", operation.duplicates.len());
    }
    let name = operation.name.clone().unwrap_or_else(|| "(anonymous)".to_owned());
    let kind = operation.kind.unwrap_or_default().to_owned();
    [name, kind, clients, requests, holes, place].iter().map(|cell| clean(cell)).collect()
}

/// Lines with columns below one another; a column that is empty in all rows is left out.
fn table(rows: &[Vec<String>]) -> Vec<String> {
    let widths: Vec<usize> = (0..rows.first().map_or(0, Vec::len))
        .map(|column| rows.iter().map(|row| width(&row[column])).max().unwrap_or_default().min(MOST_COLUMNS))
        .collect();
    let line = |row: &Vec<String>| {
        let mut line = String::new();
        for (cell, &column) in row.iter().zip(&widths).filter(|&(_, &width)| width > 0) {
            line.push_str(cell);
            line.push_str(&" ".repeat(column.saturating_sub(width(cell)) + 2));
        }
        line
    };
    rows.iter().map(line).collect()
}
