//! `JUnit` XML: what every CI server shows as tests. The run is a test, each change that counts is one, each operation is one.

use std::fmt::Write;

use schemacheck::change::Severity;
use schemacheck::excerpt::Excerpt;
use schemacheck::impact::Verdict;
use schemacheck::report::{Report, ReportedChange, ReportedOperation, State};

use super::{Form, Look, words};

pub(super) const FORM: Form = Form { name: "junit", about: "JUnit XML, one test for each operation", render };

/// How much of what is wrong with one operation is told.
const MOST_ERRORS: usize = 50;

fn render(report: &Report, _: Look) -> String {
    let mut run = Suite::new("schemacheck");
    let outcome = match report.state {
        State::Error => Outcome::Error(report.reasons.join("; "), problems(report)),
        State::Pass | State::Fail => Outcome::Passed,
    };
    run.case(report.command, "the question was answered", &outcome);
    let mut suites = vec![run];
    if let Some(changes) = &report.changes {
        let mut suite = Suite::new("schema changes");
        for change in changes.iter().filter(|change| change.severity > Severity::Safe) {
            suite.case(change.rule, &change.coordinate, &of_change(report, change));
        }
        suites.push(suite);
    }
    if let Some(operations) = &report.operations {
        let mut suite = Suite::new("operations");
        for operation in operations {
            let name = format!("{} ({})", words::name(operation), operation.source.file);
            let clients: Vec<String> = operation.clients.iter().map(words::client).collect();
            let class = if clients.is_empty() { "operations".to_owned() } else { clients.join(" ") };
            suite.case(&class, &name, &of_operation(report, operation));
        }
        suites.push(suite);
    }
    let sum = |of: fn(&Suite) -> usize| suites.iter().map(of).sum::<usize>();
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        text,
        "<testsuites name=\"schemacheck\" tests=\"{}\" failures=\"{}\" errors=\"{}\">",
        sum(|suite| suite.tests),
        sum(|suite| suite.failures),
        sum(|suite| suite.errors)
    );
    for suite in &suites {
        let _ = writeln!(
            text,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">\n{}  </testsuite>",
            suite.name, suite.tests, suite.failures, suite.errors, suite.skipped, suite.cases
        );
    }
    text.push_str("</testsuites>\n");
    text
}

fn problems(report: &Report) -> String {
    let told = report.diagnostics.iter().map(|diagnostic| match &diagnostic.place {
        Some(place) => format!("{}:{}:{}: {}", place.file, place.line, place.column, diagnostic.message),
        None => diagnostic.message.clone(),
    });
    told.collect::<Vec<_>>().join("\n")
}

fn of_change(report: &Report, change: &ReportedChange) -> Outcome {
    if let Some(approval) = &change.approved {
        return Outcome::Skipped(format!(
            "accepted by {} until {}: {}",
            approval.by, approval.expires, approval.reason
        ));
    }
    if !change.fails {
        return Outcome::Passed;
    }
    let mut lines = Vec::new();
    for (word, place) in [("old", &change.old), ("new", &change.new)] {
        if let Some(place) = place {
            let line = place.excerpt.as_ref().map_or(String::new(), Excerpt::line);
            lines.push(format!("{word} {}:{}:{}  {line}", place.file, place.line, place.column));
        }
    }
    lines.extend(words::affected(report, change).map(|affected| format!("hurts {affected}")));
    lines.push(format!("fingerprint {}", change.fingerprint));
    Outcome::Failed(change.message.clone(), lines.join("\n"))
}

fn of_operation(report: &Report, operation: &ReportedOperation) -> Outcome {
    let mut lines: Vec<String> = Vec::new();
    for error in operation.errors.iter().take(MOST_ERRORS) {
        lines.push(format!("{}:{}:{}: {}", error.file, error.line, error.column, error.message));
    }
    if operation.errors.len() > MOST_ERRORS {
        lines.push(format!("and {} more", operation.errors.len() - MOST_ERRORS));
    }
    for impact in operation.impacts.iter().take(MOST_ERRORS) {
        lines.push(format!("{}:{}:{}: {}", impact.file, impact.line, impact.column, impact.message));
    }
    let first = match (operation.errors.first(), operation.impacts.first()) {
        (Some(error), _) => format!("{} {}", error.excerpt.marked, words::note(report, error)),
        (None, Some(impact)) => impact.message.clone(),
        (None, None) => operation.verdict.name().to_owned(),
    };
    match operation.verdict {
        Verdict::Unparsable => Outcome::Error(first, lines.join("\n")),
        Verdict::AlreadyInvalid => Outcome::Skipped("it was invalid before".to_owned()),
        _ if operation.fails => Outcome::Failed(first, lines.join("\n")),
        _ => Outcome::Passed,
    }
}

enum Outcome {
    Passed,
    Failed(String, String),
    Error(String, String),
    Skipped(String),
}

struct Suite {
    name: &'static str,
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
    cases: String,
}

impl Suite {
    fn new(name: &'static str) -> Self {
        Suite { name, tests: 0, failures: 0, errors: 0, skipped: 0, cases: String::new() }
    }

    fn case(&mut self, class: &str, name: &str, outcome: &Outcome) {
        self.tests += 1;
        let _ = write!(self.cases, "    <testcase classname=\"{}\" name=\"{}\"", escape(class), escape(name));
        let (element, kind, message, text) = match outcome {
            Outcome::Passed => {
                self.cases.push_str("/>\n");
                return;
            }
            Outcome::Skipped(why) => {
                self.skipped += 1;
                let _ = writeln!(self.cases, "><skipped message=\"{}\"/></testcase>", escape(why));
                return;
            }
            Outcome::Failed(message, text) => {
                self.failures += 1;
                ("failure", "broken", message, text)
            }
            Outcome::Error(message, text) => {
                self.errors += 1;
                ("error", "no-answer", message, text)
            }
        };
        let _ = writeln!(
            self.cases,
            "><{element} type=\"{kind}\" message=\"{}\">{}</{element}></testcase>",
            escape(message),
            escape(text)
        );
    }
}

/// Text for XML 1.0, in content and in attributes. Characters that XML does not know, and those that hide or turn text
/// around, are made visible.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            '\u{FFFE}' | '\u{FFFF}' => escaped.extend(char.escape_unicode()),
            _ if crate::terminal::is_hostile(char) => escaped.extend(char.escape_unicode()),
            _ => escaped.push(char),
        }
    }
    escaped
}
