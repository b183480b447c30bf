//! The report as a flat list of findings with places: what annotations, SARIF and code quality reports are made of.

use schemacheck::change::Severity;
use schemacheck::impact::Verdict;
use schemacheck::report::{Approval, Place, Report, ReportedChange, ReportedOperation, State, sha256};

use super::words;

/// How much a finding counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Level {
    /// It fails the run, or the run has no answer because of it.
    Error,
    /// Worth a look; it fails nothing.
    Warning,
    /// Somebody accepted it.
    Note,
}

/// Something to tell at a place.
#[derive(Debug)]
pub(super) struct Finding<'r> {
    pub(super) level: Level,
    /// The rule of changes, of the specification or of the program.
    pub(super) rule: &'r str,
    /// What it is about: a coordinate, or the name of an operation.
    pub(super) title: String,
    pub(super) message: String,
    pub(super) place: Option<Place>,
    /// Other places that explain it.
    pub(super) related: Vec<(&'r Place, String)>,
    /// Identifies it from run to run, whatever its line and wording.
    pub(super) fingerprint: String,
    pub(super) approved: Option<&'r Approval>,
    /// The operation that it is in.
    pub(super) operation: Option<&'r str>,
}

/// All findings: what is wrong with the inputs, then changes, then operations.
pub(super) fn findings(report: &Report) -> Vec<Finding<'_>> {
    let mut findings = Vec::new();
    if report.state == State::Error {
        for reason in &report.reasons {
            findings.push(Finding {
                level: Level::Error,
                rule: "no-answer",
                title: format!("{} gave no answer", report.command),
                message: format!("nothing was decided: {reason}"),
                place: None,
                related: Vec::new(),
                fingerprint: fingerprint(&["no-answer", reason]),
                approved: None,
                operation: None,
            });
        }
    }
    for diagnostic in &report.diagnostics {
        let help = diagnostic.help.as_ref().map_or(String::new(), |help| format!("; {help}"));
        findings.push(Finding {
            level: if diagnostic.level == "error" { Level::Error } else { Level::Warning },
            rule: diagnostic.rule,
            title: diagnostic.rule.to_owned(),
            message: format!("{}{help}", diagnostic.message),
            place: diagnostic.place.clone(),
            related: Vec::new(),
            fingerprint: fingerprint(&[diagnostic.rule, &diagnostic.message]),
            approved: None,
            operation: None,
        });
    }
    let changes = report.changes.iter().flatten();
    findings.extend(changes.filter(|change| change.severity > Severity::Safe).map(|c| of_change(report, c)));
    for operation in report.operations.iter().flatten() {
        of_operation(report, operation, &mut findings);
    }
    findings
}

fn of_change<'r>(report: &'r Report, change: &'r ReportedChange) -> Finding<'r> {
    let mut message = change.message.clone();
    if let Some(affected) = words::affected(report, change) {
        message = format!("{message}; hurts {affected}");
    }
    if let Some(hint) = &change.hint {
        message = format!("{message} (did you rename it to {hint}?)");
    }
    let old = change.old.as_ref();
    Finding {
        level: match (&change.approved, change.fails) {
            (Some(_), _) => Level::Note,
            (None, true) => Level::Error,
            (None, false) => Level::Warning,
        },
        rule: change.rule,
        title: change.coordinate.clone(),
        message,
        place: change.new.clone().or_else(|| change.near.clone()),
        related: old.map(|old| (old, format!("{} before", change.coordinate))).into_iter().collect(),
        fingerprint: change.fingerprint.clone(),
        approved: change.approved.as_ref(),
        operation: None,
    }
}

fn of_operation<'r>(report: &'r Report, operation: &'r ReportedOperation, findings: &mut Vec<Finding<'r>>) {
    let level = match operation.verdict {
        Verdict::Valid | Verdict::Fixed | Verdict::AlreadyInvalid | Verdict::Unchecked => return,
        Verdict::Unparsable => Level::Error,
        Verdict::Broken | Verdict::Invalid if operation.fails => Level::Error,
        Verdict::Broken | Verdict::Invalid | Verdict::AtRisk => Level::Warning,
    };
    let title = words::name(operation).to_owned();
    let clients = words::clients(&operation.clients);
    let sent = if clients.is_empty() { String::new() } else { format!(" (sent by {clients})") };
    let word = operation.verdict.name();
    let identity = operation.name.as_deref().unwrap_or(&operation.sha256);
    // The error at the changed element itself leads; what follows from it comes after.
    let errors: Vec<_> = words::alike(report, &operation.errors).concat();
    for (at, error) in errors.iter().enumerate() {
        let change = words::change_of(report, error);
        let new = change.and_then(|change| change.new.as_ref().map(|new| (new, change)));
        let approved = change.and_then(|change| change.approved.as_ref());
        let what = match words::note(report, error) {
            note if note.starts_with("is now ") => format!("{} {note}", error.excerpt.marked),
            note => note,
        };
        findings.push(Finding {
            level: if approved.is_some() { Level::Note } else { level },
            rule: error.rule,
            title: title.clone(),
            message: format!("{title} is {word}{sent}: {what}"),
            place: Some(Place {
                file: error.file.clone(),
                line: error.line,
                column: error.column,
                excerpt: Some(error.excerpt.clone()),
            }),
            related: new.map(|(new, change)| (new, change.message.clone())).into_iter().collect(),
            fingerprint: fingerprint(&[
                identity,
                &operation.source.file,
                error.rule,
                error.coordinate.as_deref().unwrap_or_default(),
                // Two errors of one kind at one element are told apart by their order.
                &errors[..at]
                    .iter()
                    .filter(|other| other.rule == error.rule && other.coordinate == error.coordinate)
                    .count()
                    .to_string(),
            ]),
            approved,
            operation: Some(&operation.id),
        });
    }
    for impact in &operation.impacts {
        let change = words::change(report, &impact.change);
        let approved = change.and_then(|change| change.approved.as_ref());
        findings.push(Finding {
            level: match (approved, impact.certain) {
                (Some(_), _) => Level::Note,
                (None, true) => level,
                (None, false) => Level::Warning,
            },
            rule: change.map_or("operation-hurt", |change| change.rule),
            title: title.clone(),
            message: format!("{title} is {word}{sent}: {}", impact.message),
            place: Some(Place {
                file: impact.file.clone(),
                line: impact.line,
                column: impact.column,
                excerpt: Some(impact.excerpt.clone()),
            }),
            related: change
                .and_then(|change| Some((change.new.as_ref()?, change.message.clone())))
                .into_iter()
                .collect(),
            fingerprint: fingerprint(&[
                identity,
                &operation.source.file,
                change.map_or("", |change| &change.fingerprint),
                &impact.message,
            ]),
            approved,
            operation: Some(&operation.id),
        });
    }
}

fn fingerprint(parts: &[&str]) -> String {
    let mut hash = sha256(parts.iter().flat_map(|part| [*part, "\0"]));
    hash.truncate(32);
    hash
}
