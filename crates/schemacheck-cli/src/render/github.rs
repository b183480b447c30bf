//! GitHub Actions: the report for the log, then annotations as workflow commands. The summary of the job is the Markdown
//! form, which `crate::github` puts where GitHub wants it.

use std::fmt::Write;

use schemacheck::report::Report;

use super::findings::{Finding, Level, findings};
use super::{Form, Look, human};
use crate::terminal::is_hostile;

pub(super) const FORM: Form =
    Form { name: "github", about: "GitHub Actions: log, annotations, job summary and outputs", render };

/// GitHub shows so many annotations of a kind and step, and drops the others silently.
const MOST_OF_A_KIND: usize = 10;
/// Longer annotations are cut.
const MOST_CHARACTERS: usize = 1_000;

fn render(report: &Report, look: Look) -> String {
    let mut text = String::new();
    for line in human::render(report, look).lines() {
        text.push_str(&log_line(line));
        text.push('\n');
    }
    let findings = findings(report);
    for (level, command) in [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Note, "notice")] {
        annotations(&chosen(&findings, level), command, &mut text);
    }
    text
}

/// The findings of a level, what is wrong with the inputs first, then changes and operations in turn; of an operation
/// the first one.
fn chosen<'f, 'r>(findings: &'f [Finding<'r>], level: Level) -> Vec<&'f Finding<'r>> {
    let mut seen = std::collections::BTreeSet::new();
    let (mut inputs, mut changes, mut operations) = (Vec::new(), Vec::new(), Vec::new());
    for finding in findings.iter().filter(|finding| finding.level == level) {
        match finding.operation {
            Some(operation) if seen.insert(operation) => operations.push(finding),
            Some(_) => {}
            None if finding.title == finding.rule || finding.rule == "no-answer" => inputs.push(finding),
            None => changes.push(finding),
        }
    }
    let (mut changes, mut operations) = (changes.into_iter(), operations.into_iter());
    let mut chosen = inputs;
    loop {
        let (change, operation) = (changes.next(), operations.next());
        if change.is_none() && operation.is_none() {
            return chosen;
        }
        chosen.extend(change.into_iter().chain(operation));
    }
}

fn annotations(findings: &[&Finding<'_>], command: &str, text: &mut String) {
    let shown = if findings.len() > MOST_OF_A_KIND { MOST_OF_A_KIND - 1 } else { findings.len() };
    for finding in &findings[..shown] {
        let mut properties = Vec::new();
        if let Some(place) = &finding.place {
            properties.push(format!("file={}", property(&place.file)));
            properties.push(format!("line={},col={}", place.line, place.column));
            if let Some(excerpt) = &place.excerpt {
                let units = excerpt.marked.encode_utf16().count().max(1);
                properties.push(format!("endColumn={}", place.column as usize + units));
            }
        }
        properties.push(format!("title={}", property(&format!("schemacheck: {}", finding.title))));
        let _ = writeln!(text, "::{command} {}::{}", properties.join(","), data(&finding.message));
    }
    if findings.len() > shown {
        let rest = findings.len() - shown;
        let _ =
            writeln!(text, "::{command} title=schemacheck::and {rest} more; the summary of the job has them");
    }
}

/// A line for the log that is no workflow command, whatever its text is: `::` counts at the start of a line, `##[`
/// anywhere.
fn log_line(line: &str) -> String {
    let line = line.replace("##[", "# #[");
    match line.trim_start().strip_prefix("::") {
        Some(rest) => format!(": :{rest}"),
        None => line,
    }
}

/// The text of a workflow command.
fn data(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, char) in text.chars().enumerate() {
        if at == MOST_CHARACTERS {
            escaped.push('…');
            break;
        }
        match char {
            '%' => escaped.push_str("%25"),
            '\r' => escaped.push_str("%0D"),
            '\n' => escaped.push_str("%0A"),
            _ if is_hostile(char) => escaped.extend(char.escape_unicode()),
            _ => escaped.push(char),
        }
    }
    escaped
}

/// A property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
