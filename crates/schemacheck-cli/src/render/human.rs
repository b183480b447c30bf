//! The report for a person: understood in ten seconds, with what to paste.

use std::collections::BTreeMap;
use std::fmt::Write;

use schemacheck::change::Severity;
use schemacheck::impact::Verdict;
use schemacheck::operation::Client;
use schemacheck::report::{
    Place, Report, ReportedChange, ReportedDiagnostic, ReportedError, ReportedOperation, State, count,
};
use schemacheck_graphql::source::Sources;

use super::snippet::{Snippet, snippet};
use crate::schemas::place_text;
use crate::terminal::{Palette, clean};

/// How many broken operations are shown with their places; the rest is counted.
const MOST_OPERATIONS: usize = 10;
/// How many changes of a kind are listed; the rest is counted.
const MOST_CHANGES: usize = 20;
/// How many renames in one parent are listed one by one.
const MOST_OF_A_PARENT: usize = 3;
/// How many clients of an operation are named.
const MOST_CLIENTS: usize = 4;
/// How many problems of the inputs are shown.
const MOST_PROBLEMS: usize = 20;

/// The whole report, or only the verdict. `arguments` name the inputs again, for commands to paste.
pub(crate) fn render(
    report: &Report,
    sources: &Sources,
    palette: Palette,
    quiet: bool,
    arguments: &str,
) -> String {
    let mut view = View { report, sources, palette, text: String::new() };
    if !quiet {
        view.headline();
        view.text.push_str(&super::gate::lines(report, palette));
        view.problems();
        view.renames();
        view.changes();
        view.operations();
        view.suggestions();
        view.rolling();
        view.next(arguments);
    }
    view.verdict();
    view.text
}

struct View<'r> {
    report: &'r Report,
    sources: &'r Sources,
    palette: Palette,
    text: String,
}

impl View<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn headline(&mut self) {
        let report = self.report;
        let new = report.new.as_ref().map_or("", |new| new.source.as_str());
        let new = clean(new);
        let summary = &report.summary;
        let (operations, stored) = (report.coverage.operations, report.coverage.stored);
        let of_stored = |verdict: Verdict| {
            let copies = |operation: &ReportedOperation| 1 + operation.duplicates.len();
            let with = report.operations.iter().flatten().filter(|operation| operation.verdict == verdict);
            let copies: usize = with.map(copies).sum();
            if stored == operations {
                String::new()
            } else {
                format!(" ({copies} of {stored} stored copies)")
            }
        };
        let line = match report.state {
            State::Error => self.palette.yellow(&format!("! {} gave no answer", report.command)),
            _ if summary.operations_broken > 0 => {
                let clients = self.clients_hit();
                let sent = if clients == 0 {
                    String::new()
                } else {
                    format!(", sent by {}", count(clients, "client version", "client versions"))
                };
                self.palette.red(&format!(
                    "✗ {new} breaks {} of {}{}{sent}",
                    summary.operations_broken,
                    count(operations, "operation", "operations"),
                    of_stored(Verdict::Broken),
                ))
            }
            _ if summary.operations_invalid > 0 => self.palette.red(&format!(
                "✗ {} of {} invalid on {new}{}",
                summary.operations_invalid,
                count(operations, "operation is", "operations are"),
                of_stored(Verdict::Invalid),
            )),
            State::Fail => {
                let changes = count(summary.breaking, "breaking change", "breaking changes");
                self.palette.red(&format!("✗ {new} has {changes}"))
            }
            State::Pass if report.operations.is_some() => {
                let all = count(operations, "operation", "operations");
                self.palette.green(&format!("✓ {new} keeps all {all} alive"))
            }
            State::Pass => self.palette.green(&format!("✓ {new} has no change at or above the bar")),
        };
        self.line(&line);
        self.line("");
    }

    fn clients_hit(&self) -> usize {
        let broken =
            self.report.operations.iter().flatten().filter(|operation| operation.verdict == Verdict::Broken);
        let clients: std::collections::BTreeSet<&Client> =
            broken.flat_map(|operation| &operation.clients).collect();
        clients.len()
    }

    /// What is wrong with the inputs.
    fn problems(&mut self) {
        let (errors, warnings): (Vec<_>, Vec<_>) =
            self.report.diagnostics.iter().partition(|diagnostic| diagnostic.level == "error");
        for diagnostic in errors.iter().take(MOST_PROBLEMS) {
            self.problem(diagnostic);
        }
        if errors.len() > MOST_PROBLEMS {
            let rest = count(errors.len() - MOST_PROBLEMS, "more error", "more errors");
            self.line(&format!("  and {rest}"));
        }
        if let Some(first) = warnings.first() {
            let place = first
                .place
                .as_ref()
                .map_or(String::new(), |place| format!(" at {}", clean(&place_text(place))));
            let warnings = count(warnings.len(), "warning", "warnings");
            let note = format!("  {warnings} in the schemas; the first{place}: {}", clean(&first.message));
            self.line(&self.palette.yellow(&note));
            self.line("");
        }
        if self.report.state == State::Error {
            for reason in &self.report.reasons {
                self.line(&format!("  {}", clean(reason)));
            }
            self.line("");
        }
    }

    fn problem(&mut self, diagnostic: &ReportedDiagnostic) {
        let place = diagnostic
            .place
            .as_ref()
            .map_or(String::new(), |place| format!("{}: ", clean(&place_text(place))));
        let help = diagnostic.help.as_ref().map_or(String::new(), |help| format!("; {}", clean(help)));
        self.line(&format!("  {place}{}{help}", clean(&diagnostic.message)));
        if let Some(place) = &diagnostic.place {
            self.snippet_of(place, "");
        }
    }

    fn snippet_of(&mut self, place: &Place, note: &str) {
        if let Some(found) = snippet(self.sources, &place.file, place.line, place.column) {
            self.snippet(&found, note);
        }
    }

    fn snippet(&mut self, snippet: &Snippet, note: &str) {
        let number = format!("{:>5} │ ", snippet.line);
        self.line(&format!("  {}{}", self.palette.dim(&number), snippet.text));
        let mark = format!("{}{} {note}", " ".repeat(snippet.before), "^".repeat(snippet.marked));
        self.line(&format!("  {}{}", self.palette.dim("      │ "), self.palette.red(mark.trim_end())));
    }

    /// Renames, those of one parent in one line.
    fn renames(&mut self) {
        let renames: Vec<&ReportedChange> =
            self.report.changes.iter().flatten().filter(|change| change.rename.is_some()).collect();
        if renames.is_empty() {
            return;
        }
        let rules = self.report.rename_rules.as_deref().unwrap_or_default();
        let explained: usize = rules.iter().map(|rule| rule.explains).sum();
        let mut title = count(renames.len(), "rename", "renames");
        if !rules.is_empty() {
            let all =
                if explained >= renames.len() { String::new() } else { format!(", {explained} of them") };
            let _ = write!(title, "{all} by {}", count(rules.len(), "rule", "rules"));
            if rules.len() == 1 {
                title = title.replace("1 rule", "one rule");
            }
            for rule in rules.iter().take(4) {
                let _ = write!(title, "   {} → {} ({})", clean(&rule.from), clean(&rule.to), rule.explains);
            }
        }
        self.line(&format!("  {}", self.palette.bold(&title)));
        let mut by_parent: BTreeMap<(&str, &str), Vec<&ReportedChange>> = BTreeMap::new();
        for change in renames {
            by_parent.entry((parent(&change.coordinate), change.rule)).or_default().push(change);
        }
        for changes in by_parent.values() {
            let shown = if changes.len() <= MOST_OF_A_PARENT { changes.len() } else { 1 };
            for (at, change) in changes.iter().take(shown).enumerate() {
                let to = change.rename.as_ref().map_or("", |rename| rename.to.as_str());
                let rest = changes.len() - shown;
                let more =
                    if at == 0 && rest > 0 { format!("   and {rest} more there") } else { String::new() };
                let places = [&change.old, &change.new].into_iter().flatten();
                let places = places
                    .map(|place| format!("{}:{}", place.file, place.line))
                    .collect::<Vec<_>>()
                    .join(" → ");
                let line = format!("    {} → {}{more}   ", clean(&change.coordinate), clean(to));
                self.line(&format!("{line}{}", self.palette.dim(&clean(&places))));
            }
        }
        self.line("");
    }

    /// Changes that are no renames: breaking and dangerous ones listed, safe ones counted in the verdict.
    fn changes(&mut self) {
        for severity in [Severity::Breaking, Severity::Dangerous] {
            let changes: Vec<&ReportedChange> = self
                .report
                .changes
                .iter()
                .flatten()
                .filter(|change| change.severity == severity && change.rename.is_none())
                .collect();
            if changes.is_empty() {
                continue;
            }
            let title = count(
                changes.len(),
                &format!("{} change", severity.name()),
                &format!("{} changes", severity.name()),
            );
            self.line(&format!("  {}", self.palette.bold(&title)));
            for change in changes.iter().take(MOST_CHANGES) {
                let place = change.old.as_ref().or(change.new.as_ref());
                let place = place.map_or(String::new(), |place| format!("   {}:{}", place.file, place.line));
                let hint = change
                    .hint
                    .as_ref()
                    .map_or(String::new(), |hint| format!(" (did you rename it to {hint}?)"));
                let line = format!("    {}{}", clean(&change.message), clean(&hint));
                self.line(&format!("{line}{}", self.palette.dim(&clean(&place))));
            }
            if changes.len() > MOST_CHANGES {
                self.line(&format!("    and {} more", changes.len() - MOST_CHANGES));
            }
            self.line("");
        }
    }

    fn operations(&mut self) {
        let shown =
            |verdict: Verdict| matches!(verdict, Verdict::Broken | Verdict::Invalid | Verdict::Unparsable);
        let operations: Vec<&ReportedOperation> =
            self.report.operations.iter().flatten().filter(|operation| shown(operation.verdict)).collect();
        for operation in operations.iter().take(MOST_OPERATIONS) {
            self.operation(operation);
        }
        if operations.len() > MOST_OPERATIONS {
            let rest = operations.len() - MOST_OPERATIONS;
            self.line(&format!(
                "  and {}; --format json lists all",
                count(rest, "more operation", "more operations")
            ));
            self.line("");
        }
        let at_risk: Vec<&ReportedOperation> = self
            .report
            .operations
            .iter()
            .flatten()
            .filter(|operation| operation.verdict == Verdict::AtRisk)
            .collect();
        if at_risk.is_empty() {
            return;
        }
        let title =
            format!("{} at risk: still valid, but hurt if", count(at_risk.len(), "operation", "operations"));
        self.line(&format!("  {}", self.palette.bold(&title)));
        for operation in at_risk.iter().take(MOST_OPERATIONS) {
            let Some(impact) = operation.impacts.first() else { continue };
            let place = format!("   {}:{}", impact.file, impact.line);
            let line = format!("    {}: {}", clean(name(operation)), clean(&impact.message));
            self.line(&format!("{line}{}", self.palette.dim(&clean(&place))));
        }
        if at_risk.len() > MOST_OPERATIONS {
            self.line(&format!("    and {} more", at_risk.len() - MOST_OPERATIONS));
        }
        self.line("");
    }

    fn operation(&mut self, operation: &ReportedOperation) {
        let kind = operation.kind.unwrap_or(operation.verdict.name());
        let groups = self.alike(&operation.errors);
        let first = groups.first().map(|errors| (errors[0].line, errors[0].column));
        let (line, column) = first.unwrap_or((operation.source.line, operation.source.column));
        let title = format!("  {}", self.palette.bold(&clean(name(operation))));
        let place = format!("{}:{line}:{column}", operation.source.file);
        let clients = clients(&operation.clients);
        self.line(&format!("{title}   {kind}   {}{}", clean(&clients), self.palette.dim(&clean(&place))));
        for errors in &groups {
            self.errors(errors);
        }
        for impact in operation.impacts.iter().filter(|impact| impact.certain).take(3) {
            let place = Place { file: impact.file.clone(), line: impact.line, column: impact.column };
            self.snippet_of(&place, &clean(&impact.message));
        }
        self.line("");
    }

    /// Errors grouped by the element that they lie in. The error at the changed element itself leads its group; others
    /// of the same change, such as the new name that is missing, follow from it.
    fn alike<'e>(&self, errors: &'e [ReportedError]) -> Vec<Vec<&'e ReportedError>> {
        let key = |error: &ReportedError| {
            (error.coordinate.as_deref().map(parent).map(str::to_owned), error.file.clone())
        };
        let mut groups: Vec<Vec<&ReportedError>> = Vec::new();
        for error in errors {
            match groups.iter_mut().find(|group| key(group[0]) == key(error)) {
                Some(group) => group.push(error),
                None => groups.push(vec![error]),
            }
        }
        for group in &mut groups {
            group.sort_by_key(|error| {
                let change = self.change_of(error);
                change.is_none_or(|change| error.coordinate.as_deref() != Some(change.coordinate.as_str()))
            });
        }
        groups
    }

    fn change_of(&self, error: &ReportedError) -> Option<&ReportedChange> {
        let id = error.change.as_ref()?;
        self.report.changes.iter().flatten().find(|change| change.id == *id)
    }

    /// Errors at one element: the first with its places, the others by name.
    fn errors(&mut self, errors: &[&ReportedError]) {
        let first = errors[0];
        let change = self.change_of(first).cloned();
        let renamed = change.as_ref().and_then(|change| change.rename.as_ref());
        let note = match renamed {
            Some(rename) if first.message.contains(&rename.from) => format!("is now {}", rename.to),
            _ => {
                let help = first.help.as_ref().map_or(String::new(), |help| format!("; {help}"));
                format!("{}{help}", first.message)
            }
        };
        let place = Place { file: first.file.clone(), line: first.line, column: first.column };
        self.snippet_of(&place, &clean(&note));
        if errors.len() > 1 {
            let rest = &errors[1..];
            let more = if rest.iter().all(|error| error.rule == first.rule) {
                let names = rest.iter().filter_map(|error| error.coordinate.as_deref()).map(last).take(8);
                format!("and {} more: {}", rest.len(), names.collect::<Vec<_>>().join(", "))
            } else {
                rest.iter().map(|error| error.message.as_str()).take(3).collect::<Vec<_>>().join("; ")
            };
            self.line(&self.palette.dim(&format!("        │ {}", clean(&more))));
        }
        for (word, place) in change.iter().flat_map(|change| [("old", &change.old), ("new", &change.new)]) {
            let Some(place) = place else { continue };
            let Some(found) = snippet(self.sources, &place.file, place.line, place.column) else { continue };
            let at = format!("    {word} {}:{}", place.file, place.line);
            self.line(&format!("{}  {}", self.palette.dim(&clean(&at)), found.text.trim()));
        }
    }

    fn suggestions(&mut self) {
        let suggestions = self.report.suggestions.as_deref().unwrap_or_default();
        let (possible, impossible): (Vec<_>, Vec<_>) =
            suggestions.iter().partition(|suggestion| suggestion.kind != "none-possible");
        if let (Some(patch), false) = (&self.report.patch, possible.is_empty()) {
            let only_aliases = possible.iter().all(|suggestion| suggestion.kind.starts_with("alias-"));
            let aliases = if only_aliases {
                count(possible.len(), "deprecated alias", "deprecated aliases")
            } else {
                count(possible.len(), "suggestion", "suggestions")
            };
            let title = if patch.verified {
                let left = if self.report.operations.is_some() {
                    let broken = patch.broken_operations_after;
                    let still = if broken > 0 { " still" } else { "" };
                    count(broken, &format!("operation{still} breaks"), &format!("operations{still} break"))
                } else {
                    count(patch.breaking_after, "breaking change remains", "breaking changes remain")
                };
                self.palette
                    .green(&format!("Keep these clients alive: {aliases}, proven: with this patch {left}"))
            } else {
                self.palette
                    .yellow(&format!("{aliases} are possible, but not proven: {}", patch.failures.join("; ")))
            };
            self.line(&format!("  {title}"));
            let mut by_parent: BTreeMap<&str, Vec<String>> = BTreeMap::new();
            for suggestion in &possible {
                let lines = by_parent.entry(parent(&suggestion.target)).or_default();
                if suggestion.kind == "keep-type-name" {
                    lines.push(format!("{}   ({})", suggestion.sdl, suggestion.why));
                } else {
                    lines.extend(suggestion.sdl.lines().map(str::to_owned));
                }
            }
            for (parent, lines) in by_parent {
                self.line(&format!("    {}", clean(parent)));
                for line in lines.iter().take(MOST_CHANGES) {
                    self.line(&format!("      {}", clean(line)));
                }
                if lines.len() > MOST_CHANGES {
                    self.line(&format!("      and {} more", lines.len() - MOST_CHANGES));
                }
            }
            for suggestion in possible.iter().filter(|suggestion| suggestion.why.starts_with("required")) {
                let line = format!("    {}: {}", clean(parent(&suggestion.target)), clean(&suggestion.why));
                self.line(&line);
            }
            self.line("");
        }
        for suggestion in impossible.iter().take(MOST_CHANGES) {
            self.line(&format!(
                "  No patch for {}: {}",
                clean(&suggestion.coordinate),
                clean(&suggestion.why)
            ));
        }
        if !impossible.is_empty() {
            self.line("");
        }
    }

    /// The four quadrants of a rolling deploy.
    fn rolling(&mut self) {
        let Some(rolling) = &self.report.rolling else { return };
        self.line(&format!("  {}", self.palette.bold("While the deploy rolls")));
        for quadrant in &rolling.quadrants {
            let (operations, schema) = (quadrant.operations, quadrant.schema);
            let word = if operations == schema { "invalid" } else { "broken" };
            self.line(&format!(
                "    {operations} clients, {schema} server   {} {word} of {}",
                quadrant.broken, quadrant.of
            ));
        }
        self.line(&format!("    {}", rolling.message));
        self.line("");
    }

    fn next(&mut self, arguments: &str) {
        let verified = self.report.patch.as_ref().is_some_and(|patch| patch.verified);
        if !verified || self.report.command != "diff" {
            return;
        }
        let new = self.report.new.as_ref().map_or("", |new| new.source.as_str());
        let arguments = clean(arguments);
        self.line(&format!("  {}", self.palette.bold("Next")));
        self.line(&format!("    schemacheck suggest {arguments} --write {}", clean(new)));
        self.line("      writes the patch into the schema; take it out again when no stored operation needs it any more");
        self.line("");
    }

    fn verdict(&mut self) {
        let report = self.report;
        let mut parts = Vec::new();
        if report.changes.is_some() {
            let summary = &report.summary;
            parts.push(format!(
                "{} breaking, {} dangerous, {} safe",
                summary.breaking, summary.dangerous, summary.safe
            ));
        }
        if report.operations.is_some() {
            parts.extend(self.operation_counts());
        }
        if let Some(part) = &report.partition {
            parts.push(format!("part {}", part.partition));
        }
        let painted = match report.state {
            State::Pass => self.palette.green("pass"),
            State::Fail => self.palette.red("fail"),
            State::Error => self.palette.yellow("error"),
        };
        self.line(&format!("{painted}   {}", parts.join("   ")));
    }

    fn operation_counts(&self) -> Vec<String> {
        let (summary, coverage) = (&self.report.summary, &self.report.coverage);
        let bad = summary.operations_broken + summary.operations_invalid;
        let word = if self.report.changes.is_some() { "broken" } else { "invalid" };
        let mut first = format!("{bad} {word} of {}", count(coverage.operations, "operation", "operations"));
        if summary.operations_at_risk > 0 {
            let _ = write!(first, ", {} at risk", summary.operations_at_risk);
        }
        if summary.operations_already_invalid > 0 {
            let _ = write!(first, ", {} already invalid", summary.operations_already_invalid);
        }
        let mut parts = vec![first, count(coverage.files, "file", "files")];
        if coverage.clients > 0 {
            parts.push(count(coverage.clients, "client version", "client versions"));
        }
        parts.push(format!(
            "{}, {} unresolved, {} unparsable",
            count(coverage.with_holes, "hole", "holes"),
            coverage.unresolved,
            coverage.unparsable
        ));
        parts
    }
}

fn name(operation: &ReportedOperation) -> &str {
    match (&operation.name, operation.verdict) {
        (Some(name), _) => name,
        (None, Verdict::Unparsable) => "a document that is no GraphQL",
        (None, _) => "an anonymous operation",
    }
}

fn clients(clients: &[Client]) -> String {
    if clients.is_empty() {
        return String::new();
    }
    let names = clients.iter().take(MOST_CLIENTS).map(|client| match &client.version {
        Some(version) => format!("{}@{version}", client.name),
        None => client.name.clone(),
    });
    let mut text = names.collect::<Vec<_>>().join(" ");
    if clients.len() > MOST_CLIENTS {
        let _ = write!(text, " +{}", clients.len() - MOST_CLIENTS);
    }
    text.push_str("   ");
    text
}

/// The element that a coordinate lies in: the field of an argument, the type of a member.
fn parent(coordinate: &str) -> &str {
    match coordinate.split_once('(') {
        Some((field, _)) => field,
        None => coordinate.split_once('.').map_or(coordinate, |(parent, _)| parent),
    }
}

/// The last name of a coordinate.
fn last(coordinate: &str) -> &str {
    coordinate.trim_end_matches([':', ')']).rsplit(['.', '(']).next().unwrap_or(coordinate)
}
