//! The report for a person: understood in ten seconds, with what to paste.

use std::collections::BTreeMap;
use std::fmt::Write;

use schemacheck::change::Severity;
use schemacheck::excerpt::Excerpt;
use schemacheck::impact::Verdict;
use schemacheck::report::{
    Place, Report, ReportedChange, ReportedDiagnostic, ReportedError, ReportedOperation, State, count,
};

use super::words::{self, parent};
use super::{Form, Look, inventory};
use crate::schemas::place_text;
use crate::terminal::{Palette, clean, width};

pub(super) const FORM: Form = Form { name: "human", about: "for a person at a terminal", render };

/// How many broken operations are shown with their places; the rest is counted.
const MOST_OPERATIONS: usize = 10;
/// How many changes of a kind are listed; the rest is counted.
const MOST_CHANGES: usize = 20;
/// How many renames in one parent are listed one by one.
const MOST_OF_A_PARENT: usize = 3;
/// How many holes, and how many places that could not be read, are listed; the rest is counted.
const MOST_HOLES: usize = 10;
/// How many problems of the inputs are shown.
const MOST_PROBLEMS: usize = 20;

/// The whole report, or only the verdict.
pub(super) fn render(report: &Report, look: Look) -> String {
    if report.is_inventory() {
        return inventory::render(report, look.palette, look.quiet);
    }
    let mut view = View { report, palette: look.palette, text: String::new() };
    if !look.quiet {
        view.headline();
        view.text.push_str(&super::gate::lines(report, look.palette));
        view.problems();
        view.renames();
        view.changes();
        view.operations();
        view.unknown();
        view.suggestions();
        view.rolling();
        view.next();
    }
    view.verdict();
    view.text
}

struct View<'r> {
    report: &'r Report,
    palette: Palette,
    text: String,
}

impl View<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn headline(&mut self) {
        let sentence = words::headline(self.report, clean);
        let line = match self.report.state {
            State::Error => self.palette.yellow(&format!("! {sentence}")),
            State::Pass if self.report.summary.operations_broken == 0 => {
                self.palette.green(&format!("✓ {sentence}"))
            }
            _ => self.palette.red(&format!("✗ {sentence}")),
        };
        self.line(&line);
        self.line("");
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
        if let Some(Place { line, excerpt: Some(excerpt), .. }) = &diagnostic.place {
            self.excerpt(*line, excerpt, "");
        }
    }

    /// A line with a mark below what is meant.
    fn excerpt(&mut self, line: u32, excerpt: &Excerpt, note: &str) {
        let number = format!("{line:>5} │ ");
        self.line(&format!("  {}{}", self.palette.dim(&number), clean(&excerpt.line())));
        let (before, marked) = (width(&clean(&excerpt.before)), width(&clean(&excerpt.marked)).max(1));
        let mark = format!("{}{} {}", " ".repeat(before), "^".repeat(marked), clean(note));
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
            let Some((what, file, line)) = words::risk(self.report, operation) else { continue };
            let place = format!("   {file}:{line}");
            let line = format!("    {}: {}", clean(words::name(operation)), clean(&what));
            self.line(&format!("{line}{}", self.palette.dim(&clean(&place))));
        }
        if at_risk.len() > MOST_OPERATIONS {
            self.line(&format!("    and {} more", at_risk.len() - MOST_OPERATIONS));
        }
        self.line("");
    }

    /// What could not be read: parts of operations, and whole texts.
    fn unknown(&mut self) {
        let operations = || self.report.operations.iter().flatten();
        let holes: Vec<(String, String)> = operations()
            .flat_map(|operation| operation.holes.iter().map(move |hole| (operation, hole)))
            .map(|(operation, hole)| {
                let place = format!("{}:{}:{}", hole.file, hole.line, hole.column);
                (format!("{} in {}", hole.text, words::name(operation)), place)
            })
            .collect();
        let unresolved: Vec<(String, String)> = (self.report.unresolved.iter())
            .map(|place| (format!("{}: {}", place.text, place.reason), place_text(&place.place)))
            .collect();
        let hole_count = self.report.coverage.holes;
        let holes_title = format!(
            "{}, not known without running the client; everything around them was checked",
            count(hole_count, "hole", "holes")
        );
        let unresolved_title = format!(
            "{} not checked, for the text could not be read",
            count(unresolved.len(), "place", "places")
        );
        for (title, list) in [(holes_title, holes), (unresolved_title, unresolved)] {
            if list.is_empty() {
                continue;
            }
            self.line(&format!("  {}", self.palette.bold(&title)));
            for (text, place) in list.iter().take(MOST_HOLES) {
                self.line(&format!("    {}   {}", clean(text), self.palette.dim(&clean(place))));
            }
            if list.len() > MOST_HOLES {
                self.line(&format!("    and {} more; --format json lists all", list.len() - MOST_HOLES));
            }
            self.line("");
        }
    }

    fn operation(&mut self, operation: &ReportedOperation) {
        let kind = operation.kind.unwrap_or(operation.verdict.name());
        let groups = words::alike(self.report, &operation.errors);
        let first = groups.first().map(|errors| (errors[0].line, errors[0].column));
        let (line, column) = first.unwrap_or((operation.source.line, operation.source.column));
        let title = format!("  {}", self.palette.bold(&clean(words::name(operation))));
        let file = groups.first().map_or(&operation.source.file, |errors| &errors[0].file);
        let place = format!("{file}:{line}:{column}");
        let mut clients = words::clients(&operation.clients);
        if !clients.is_empty() {
            clients.push_str("   ");
        }
        self.line(&format!("{title}   {kind}   {}{}", clean(&clients), self.palette.dim(&clean(&place))));
        for errors in &groups {
            self.errors(errors);
        }
        for impact in operation.impacts.iter().filter(|impact| impact.certain).take(3) {
            self.excerpt(impact.line, &impact.excerpt, &impact.message);
        }
        self.line("");
    }

    /// Errors at one element: the first with its places, the others by name.
    fn errors(&mut self, errors: &[&ReportedError]) {
        let first = errors[0];
        self.excerpt(first.line, &first.excerpt, &words::note(self.report, first));
        if let Some(others) = words::others(errors) {
            self.line(&self.palette.dim(&format!("        │ {}", clean(&others))));
        }
        let change = words::change_of(self.report, first);
        for (word, place) in change.iter().flat_map(|change| [("old", &change.old), ("new", &change.new)]) {
            let Some(Place { file, line, excerpt: Some(excerpt), .. }) = place else { continue };
            let at = clean(&format!("    {word} {file}:{line}"));
            self.line(&format!("{}  {}", self.palette.dim(&at), clean(excerpt.line().trim())));
        }
    }

    fn suggestions(&mut self) {
        let suggestions = self.report.suggestions.as_deref().unwrap_or_default();
        let (possible, impossible): (Vec<_>, Vec<_>) =
            suggestions.iter().partition(|suggestion| suggestion.kind != "none-possible");
        if let (Some(patch), false) = (&self.report.patch, possible.is_empty()) {
            let sentence = words::patch(self.report).unwrap_or_default();
            let title = if patch.verified {
                self.palette.green(&format!("Keep these clients alive: {sentence}"))
            } else {
                self.palette.yellow(&clean(&sentence))
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

    fn next(&mut self) {
        if self.report.command != "diff" {
            return;
        }
        let Some(command) = words::suggest_command(self.report) else { return };
        self.line(&format!("  {}", self.palette.bold("Next")));
        self.line(&format!("    {}", clean(&command)));
        self.line("      writes the patch into the schema; take it out again when no stored operation needs it any more");
        self.line("");
    }

    fn verdict(&mut self) {
        let word = words::state(self.report.state);
        let painted = match self.report.state {
            State::Pass => self.palette.green(word),
            State::Fail => self.palette.red(word),
            State::Error => self.palette.yellow(word),
        };
        let part = self.report.partition.as_ref().map(|part| format!("part {}", part.partition));
        let counts: Vec<String> = words::counts(self.report).into_iter().chain(part).collect();
        self.line(&format!("{painted}   {}", counts.join("   ")));
    }
}
