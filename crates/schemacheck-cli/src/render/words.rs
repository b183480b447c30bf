//! What several forms say in the same words. Nothing here is escaped: that is each form's own affair.

use std::collections::BTreeSet;
use std::fmt::Write;

use schemacheck::impact::Verdict;
use schemacheck::operation::Client;
use schemacheck::report::{Report, ReportedChange, ReportedError, ReportedOperation, State, count};

/// How many clients of an operation are named.
const MOST_CLIENTS: usize = 4;

/// The answer in one sentence. `name` writes the name of the new schema.
pub(crate) fn headline(report: &Report, name: impl Fn(&str) -> String) -> String {
    let new = name(report.new.as_ref().map_or("", |new| new.source.as_str()));
    let summary = &report.summary;
    let (operations, stored) = (report.coverage.operations, report.coverage.stored);
    let of_stored = |verdict: Verdict| {
        let copies = |operation: &ReportedOperation| 1 + operation.duplicates.len();
        let with = report.operations.iter().flatten().filter(|operation| operation.verdict == verdict);
        let copies: usize = with.map(copies).sum();
        if stored == operations { String::new() } else { format!(" ({copies} of {stored} stored copies)") }
    };
    match report.state {
        State::Error => format!("{} gave no answer", report.command),
        _ if summary.operations_broken > 0 => {
            let clients = clients_hit(report);
            let sent = if clients == 0 {
                String::new()
            } else {
                format!(", sent by {}", count(clients, "client version", "client versions"))
            };
            format!(
                "{new} breaks {} of {}{}{sent}",
                summary.operations_broken,
                count(operations, "operation", "operations"),
                of_stored(Verdict::Broken),
            )
        }
        _ if summary.operations_invalid > 0 => format!(
            "{} of {} invalid on {new}{}",
            summary.operations_invalid,
            count(operations, "operation is", "operations are"),
            of_stored(Verdict::Invalid),
        ),
        State::Fail => {
            format!("{new} has {}", count(summary.breaking, "breaking change", "breaking changes"))
        }
        State::Pass if report.is_inventory() => {
            format!("{} stored", count(operations, "operation is", "operations are"))
        }
        State::Pass if report.operations.is_some() => {
            format!("{new} keeps all {} alive", count(operations, "operation", "operations"))
        }
        State::Pass => format!("{new} has no change at or above the bar"),
    }
}

fn clients_hit(report: &Report) -> usize {
    let broken = report.operations.iter().flatten().filter(|operation| operation.verdict == Verdict::Broken);
    let clients: BTreeSet<&Client> = broken.flat_map(|operation| &operation.clients).collect();
    clients.len()
}

/// The counts behind the answer, one part for each thing that was counted.
pub(crate) fn counts(report: &Report) -> Vec<String> {
    let (summary, coverage) = (&report.summary, &report.coverage);
    let mut parts = Vec::new();
    if report.changes.is_some() {
        let mut changes =
            format!("{} breaking, {} dangerous, {} safe", summary.breaking, summary.dangerous, summary.safe);
        if summary.approved > 0 {
            let _ = write!(changes, ", {} accepted", summary.approved);
        }
        parts.push(changes);
    }
    if report.operations.is_none() {
        return parts;
    }
    let mut first = count(coverage.operations, "operation", "operations");
    if !report.is_inventory() {
        let bad = summary.operations_broken + summary.operations_invalid;
        let word = if report.changes.is_some() { "broken" } else { "invalid" };
        first = format!("{bad} {word} of {first}");
    }
    if summary.operations_at_risk > 0 {
        let _ = write!(first, ", {} at risk", summary.operations_at_risk);
    }
    if summary.operations_already_invalid > 0 {
        let _ = write!(first, ", {} already invalid", summary.operations_already_invalid);
    }
    parts.push(first);
    parts.extend(super::inventory::seen(coverage));
    parts
}

/// pass, fail or error.
pub(crate) fn state(state: State) -> &'static str {
    match state {
        State::Pass => "pass",
        State::Fail => "fail",
        State::Error => "error",
    }
}

/// What to call an operation.
pub(crate) fn name(operation: &ReportedOperation) -> &str {
    match (&operation.name, operation.verdict) {
        (Some(name), _) => name,
        (None, Verdict::Unparsable) => "a document that is no GraphQL",
        (None, _) => "an anonymous operation",
    }
}

/// A client and its version.
pub(crate) fn client(client: &Client) -> String {
    match &client.version {
        Some(version) => format!("{}@{version}", client.name),
        None => client.name.clone(),
    }
}

/// The first clients, the rest counted.
pub(crate) fn clients(clients: &[Client]) -> String {
    let mut text = clients.iter().take(MOST_CLIENTS).map(client).collect::<Vec<_>>().join(" ");
    if clients.len() > MOST_CLIENTS {
        let _ = write!(text, " +{}", clients.len() - MOST_CLIENTS);
    }
    text
}

/// The element that a coordinate lies in: the field of an argument, the type of a member.
pub(crate) fn parent(coordinate: &str) -> &str {
    match coordinate.split_once('(') {
        Some((field, _)) => field,
        None => coordinate.split_once('.').map_or(coordinate, |(parent, _)| parent),
    }
}

/// The last name of a coordinate.
pub(crate) fn last(coordinate: &str) -> &str {
    coordinate.trim_end_matches([':', ')']).rsplit(['.', '(']).next().unwrap_or(coordinate)
}

/// The change that caused an error.
pub(crate) fn change_of<'r>(report: &'r Report, error: &ReportedError) -> Option<&'r ReportedChange> {
    change(report, error.change.as_ref()?)
}

/// The change with this id. Ids count in the order of the report.
pub(crate) fn change<'r>(report: &'r Report, id: &str) -> Option<&'r ReportedChange> {
    let at: usize = id.strip_prefix('c')?.parse().ok()?;
    report.changes.as_ref()?.get(at.checked_sub(1)?)
}

/// What an operation is at risk of, with its file and line: what changed, else what the new schema does not tell.
pub(crate) fn risk<'r>(report: &Report, operation: &'r ReportedOperation) -> Option<(String, &'r str, u32)> {
    let impact = operation.impacts.first();
    let changed = impact.map(|impact| (impact.message.clone(), impact.file.as_str(), impact.line));
    let untold = || {
        let error = operation.errors.first()?;
        Some((note(report, error), error.file.as_str(), error.line))
    };
    changed.or_else(untold)
}

/// What is wrong at the place of an error.
pub(crate) fn note(report: &Report, error: &ReportedError) -> String {
    let renamed = change_of(report, error).and_then(|change| change.rename.as_ref());
    match renamed {
        Some(rename) if error.message.contains(&rename.from) => format!("is now {}", rename.to),
        _ => match &error.help {
            Some(help) => format!("{}; {help}", error.message),
            None => error.message.clone(),
        },
    }
}

/// Errors grouped by the element that they lie in. The error at the changed element itself leads its group; others
/// of the same change, such as the new name that is missing, follow from it.
pub(crate) fn alike<'e>(report: &Report, errors: &'e [ReportedError]) -> Vec<Vec<&'e ReportedError>> {
    let key = |error: &'e ReportedError| (error.coordinate.as_deref().map(parent), error.file.as_str());
    let mut groups: Vec<Vec<&ReportedError>> = Vec::new();
    for error in errors {
        match groups.iter_mut().find(|group| key(group[0]) == key(error)) {
            Some(group) => group.push(error),
            None => groups.push(vec![error]),
        }
    }
    for group in &mut groups {
        group.sort_by_key(|error| {
            let change = change_of(report, error);
            change.is_none_or(|change| error.coordinate.as_deref() != Some(change.coordinate.as_str()))
        });
    }
    groups
}

/// The other errors of a group after its first: by name where they are of one kind.
pub(crate) fn others(group: &[&ReportedError]) -> Option<String> {
    let (first, rest) = group.split_first()?;
    if rest.is_empty() {
        return None;
    }
    Some(if rest.iter().all(|error| error.rule == first.rule) {
        let names = rest.iter().filter_map(|error| error.coordinate.as_deref()).map(last).take(8);
        format!("and {} more: {}", rest.len(), names.collect::<Vec<_>>().join(", "))
    } else {
        rest.iter().map(|error| error.message.as_str()).take(3).collect::<Vec<_>>().join("; ")
    })
}

/// What the patch does, in one sentence; nothing where there is none.
pub(crate) fn patch(report: &Report) -> Option<String> {
    let patch = report.patch.as_ref()?;
    let possible: Vec<_> =
        report.suggestions.iter().flatten().filter(|suggestion| suggestion.kind != "none-possible").collect();
    if possible.is_empty() {
        return None;
    }
    let aliases = if possible.iter().all(|suggestion| suggestion.kind.starts_with("alias-")) {
        count(possible.len(), "deprecated alias", "deprecated aliases")
    } else {
        count(possible.len(), "suggestion", "suggestions")
    };
    if !patch.verified {
        return Some(format!("{aliases} are possible, but not proven: {}", patch.failures.join("; ")));
    }
    let left = if report.operations.is_some() {
        let broken = patch.broken_operations_after;
        let still = if broken > 0 { " still" } else { "" };
        count(broken, &format!("operation{still} breaks"), &format!("operations{still} break"))
    } else {
        count(patch.breaking_after, "breaking change remains", "breaking changes remain")
    };
    Some(format!("{aliases}, proven: with this patch {left}"))
}

/// The command that applies the patch; nothing where there is no proven one.
pub(crate) fn suggest_command(report: &Report) -> Option<String> {
    report.patch.as_ref().filter(|patch| patch.verified && !patch.unified_diff.is_empty())?;
    let (old, new) = (&report.old.as_ref()?.source, &report.new.as_ref()?.source);
    let mut words = vec!["schemacheck".to_owned(), "suggest".to_owned(), quote(old), quote(new)];
    for pattern in &report.operation_sources {
        words.extend(["--operations".to_owned(), quote(pattern)]);
    }
    words.extend(["--write".to_owned(), quote(new)]);
    Some(words.join(" "))
}

/// A word as a shell reads it back.
fn quote(word: &str) -> String {
    let plain = |char: char| char.is_ascii_alphanumeric() || "/._-:@%+=,".contains(char);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

/// How many operations a change hurts, and the first of them by name.
pub(crate) fn affected(report: &Report, change: &ReportedChange) -> Option<String> {
    let affects = change.affects.as_ref()?;
    if affects.is_empty() {
        return None;
    }
    let names = affects.iter().filter_map(|id| operation(report, id)).take(3).map(name);
    let mut text = format!(
        "{}: {}",
        count(affects.len(), "operation", "operations"),
        names.collect::<Vec<_>>().join(", ")
    );
    if affects.len() > 3 {
        let _ = write!(text, " +{}", affects.len() - 3);
    }
    Some(text)
}

/// The operation with this id. Ids count in the order of the report.
pub(crate) fn operation<'r>(report: &'r Report, id: &str) -> Option<&'r ReportedOperation> {
    let at: usize = id.strip_prefix('o')?.parse().ok()?;
    report.operations.as_ref()?.get(at.checked_sub(1)?)
}
