//! The report: plain data, the only thing that renderers see. Its JSON form is the contract, version 1.
//!
//! A report is a function of its inputs: no clock, no hash order, no absolute path, no thread order.

use std::collections::{BTreeMap, BTreeSet};

use schemacheck_graphql::diagnostic::Diagnostic;
use schemacheck_graphql::source::{Location, SourceId, Sources, Span, without_holes};
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};
use similar::TextDiff;

use crate::change::{Breaks, Change, Rename, Severity};
use crate::excerpt::Excerpt;
use crate::framework::{ServerCode, Snippet};
use crate::gate::{Gate, Matrix};
use crate::impact::{CheckedOperation, Verdict};
use crate::migrate::Migration;
use crate::operation::{Client, StoredDocument, Traffic};
use crate::partition::Part;
use crate::rename::RenameRule;
use crate::rolling::Rolling;
use crate::suggest::{Patch, Suggestion};

/// The version of the report's form.
pub const REPORT_VERSION: u32 = 1;

/// How a run ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// The question was answered, and nothing is at or above the bar.
    Pass,
    /// A finding is at or above the bar.
    Fail,
    /// The question could not be answered.
    Error,
}

impl State {
    /// The exit code of the contract.
    pub fn exit_code(self) -> u8 {
        match self {
            State::Pass => 0,
            State::Fail => 1,
            State::Error => 2,
        }
    }
}

/// From where on a run fails.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FailOn {
    /// Any unapproved breaking change, and any stored operation that breaks.
    Breaking,
    /// Only a stored operation that breaks.
    Affected,
    /// Dangerous changes as well.
    Dangerous,
    /// Never.
    Never,
}

/// The whole answer of a run.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The version of the program.
    pub schemacheck: &'static str,
    /// The version of this form.
    pub report_version: u32,
    /// The command that made it.
    pub command: &'static str,
    /// How the run ends.
    pub state: State,
    /// The old schema; nothing where there is one schema only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<SchemaSource>,
    /// The new schema, or the only one.
    pub new: Option<SchemaSource>,
    /// What differs; nothing where there is one schema only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<Vec<ReportedChange>>,
    /// The rules that explain several renames.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rename_rules: Option<Vec<RenameRule>>,
    /// Where the stored operations came from, as the command line names it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub operation_sources: Vec<String>,
    /// The stored operations; nothing where none were asked for, which the JSON form tells by `affects` alone.
    #[serde(serialize_with = "none_as_empty")]
    pub operations: Option<Vec<ReportedOperation>>,
    /// What was seen.
    pub coverage: Coverage,
    /// What to do about the changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestions: Option<Vec<ReportedSuggestion>>,
    /// The suggestions as one patch, proven.
    pub patch: Option<ReportedPatch>,
    /// The stored documents with the new names; nothing where they were not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub migration: Option<ReportedMigration>,
    /// The four quadrants of a rolling deploy; nothing where they were not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rolling: Option<Rolling>,
    /// What a gate says for each client version; nothing in other commands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gate: Option<Gate>,
    /// Client versions by schemas; nothing in other commands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matrix: Option<Matrix>,
    /// The part of a run that this is; nothing where it is whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partition: Option<Part>,
    /// The label of a pull request that accepts everything, where there is such a label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approve_label: Option<String>,
    /// Files that were looked at and passed over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<SkippedFile>,
    /// Places that build a text which could not be read, and so was not checked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unresolved: Vec<UnresolvedPlace>,
    /// The counts.
    pub summary: Summary,
    /// What is wrong with the inputs: errors and warnings with their places.
    pub diagnostics: Vec<ReportedDiagnostic>,
    /// Why the run ends as it does, one line each.
    pub reasons: Vec<String>,
}

/// Where a schema came from.
#[derive(Clone, Debug, Serialize)]
pub struct SchemaSource {
    /// As the command line names it.
    pub source: String,
    /// Over the texts in their order.
    pub sha256: String,
}

/// A place in a file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Place {
    /// The file.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in UTF-16 units.
    pub column: u32,
    /// The line, where the place is worth a look.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<Excerpt>,
}

impl From<Location> for Place {
    fn from(location: Location) -> Self {
        Place { file: location.file, line: location.line, column: location.column, excerpt: None }
    }
}

impl Place {
    /// The place of an offset with its line.
    fn shown(sources: &Sources, offset: u32) -> Self {
        Place { excerpt: Some(Excerpt::at(sources, offset)), ..sources.locate(offset).into() }
    }
}

/// One change.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportedChange {
    /// Counted in the report's order.
    pub id: String,
    /// The rule that found it.
    pub rule: &'static str,
    /// The severity that counts: that of the rule, unless the policy says otherwise.
    pub severity: Severity,
    /// Why the severity is not that of the rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// The element in the old schema; in the new one for an addition.
    pub coordinate: String,
    /// The element in the new schema, where that has another name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_coordinate: Option<String>,
    /// The union member or the interface.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// What changed and whom it breaks.
    pub message: String,
    /// Identifies the change.
    pub fingerprint: String,
    /// Where it hurts.
    pub breaks: &'static [Breaks],
    /// The place in the old schema.
    pub old: Option<Place>,
    /// The place in the new schema.
    pub new: Option<Place>,
    /// Where a removed element lay, in the new schema.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub near: Option<Place>,
    /// Whether it fails the run: at or above the bar, and not accepted.
    pub fails: bool,
    /// The operations that it hurts; nothing where no operations were asked for.
    pub affects: Option<Vec<String>>,
    /// Why it is taken for a rename.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rename: Option<Rename>,
    /// What a removed element may be called now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Who accepted it and until when.
    pub approved: Option<Approval>,
}

/// That a person accepted a finding.
#[derive(Clone, Debug, Serialize)]
pub struct Approval {
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// The last day.
    pub expires: String,
}

/// One stored operation.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportedOperation {
    /// Counted in the report's order.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// query, mutation or subscription.
    pub kind: Option<&'static str>,
    /// Over the text of its document.
    pub sha256: String,
    /// The first place that holds it.
    pub source: Place,
    /// All other places that hold the same text.
    pub duplicates: Vec<Place>,
    /// Who sends it.
    pub clients: Vec<Client>,
    /// How often its document is sent, where a log tells. It changes no verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traffic: Option<Traffic>,
    /// The directives that were taken out of its document, since the client does not send them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stripped: Vec<String>,
    /// What becomes of it.
    #[serde(serialize_with = "verdict_name")]
    pub verdict: Verdict,
    /// Whether it fails the run.
    pub fails: bool,
    /// Parts of it that are not known.
    pub holes: Vec<Hole>,
    /// Its errors on the new schema.
    pub errors: Vec<ReportedError>,
    /// How it is hurt though it stays valid.
    pub impacts: Vec<ReportedImpact>,
}

/// A file that holds no operations, or that nobody asked for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct SkippedFile {
    /// The file.
    pub file: String,
    /// Why it was passed over.
    pub reason: String,
}

/// A place that builds a text which could not be read.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct UnresolvedPlace {
    /// Where.
    pub place: Place,
    /// What stands there.
    pub text: String,
    /// Why it could not be read.
    pub reason: String,
}

/// A part of an operation that is not known.
#[derive(Clone, Debug, Serialize)]
pub struct Hole {
    /// The file that it is in.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in UTF-16 units.
    pub column: u32,
    /// What stands there.
    pub text: String,
}

/// An error of an operation.
#[derive(Clone, Debug, Serialize)]
pub struct ReportedError {
    /// The rule of the specification.
    pub rule: &'static str,
    /// What is wrong.
    pub message: String,
    /// The file that it is in.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in UTF-16 units.
    pub column: u32,
    /// The line that it is in.
    pub excerpt: Excerpt,
    /// The element of the schema that it is about.
    pub coordinate: Option<String>,
    /// The change that caused it.
    pub change: Option<String>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

/// A change that hurts a valid operation.
#[derive(Clone, Debug, Serialize)]
pub struct ReportedImpact {
    /// The change.
    pub change: String,
    /// Where it hurts.
    pub breaks: Breaks,
    /// Whether it hurts for certain.
    pub certain: bool,
    /// What happens.
    pub message: String,
    /// The file that it is in.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in UTF-16 units.
    pub column: u32,
    /// The line that it is in.
    pub excerpt: Excerpt,
}

/// What was seen.
#[derive(Clone, Default, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Coverage {
    /// Files that held operations.
    pub files: usize,
    /// Different operations.
    pub operations: usize,
    /// Operations as they are stored, each copy counted.
    pub stored: usize,
    /// Versions of clients.
    pub clients: usize,
    /// Operations with parts that are not known.
    pub with_holes: usize,
    /// Parts that are not known, each place once.
    pub holes: usize,
    /// Places that build a text that could not be read.
    pub unresolved: usize,
    /// Documents that are no GraphQL.
    pub unparsable: usize,
    /// Files that were looked at and passed over: they hold no operation, or are links out of the directory.
    pub skipped: usize,
    /// Operations from which directives for the client alone were taken out.
    pub stripped: usize,
    /// Requests that logs tell of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requests: Option<u64>,
    /// The time of the last request that logs tell of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<String>,
}

/// What to do about a change.
#[derive(Clone, Debug, Serialize)]
pub struct ReportedSuggestion {
    /// Counted in the report's order.
    pub id: String,
    /// What it does.
    pub kind: &'static str,
    /// The element that stays alive.
    pub coordinate: String,
    /// The element that does its work.
    pub target: String,
    /// The changes that it resolves.
    pub resolves: Vec<String>,
    /// What it does and what remains.
    pub why: String,
    /// The definition, as SDL.
    pub sdl: String,
    /// Server code by framework.
    pub code: BTreeMap<&'static str, String>,
}

/// The suggestions as one patch.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportedPatch {
    /// For `patch -p1` and `git apply`.
    pub unified_diff: String,
    /// Whether the proof holds.
    pub verified: bool,
    /// Breaking changes that remain with it.
    pub breaking_after: usize,
    /// Operations that remain broken with it.
    pub broken_operations_after: usize,
    /// The patch as server code, by framework: what to paste where.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub code: BTreeMap<&'static str, Vec<Snippet>>,
    /// Why the proof does not hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<String>,
}

/// The stored documents with the new names.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportedMigration {
    /// For `patch -p1` and `git apply`.
    pub unified_diff: String,
    /// The files that change.
    pub documents: Vec<String>,
    /// What only a person can change.
    pub by_hand: Vec<ReportedByHand>,
    /// Operations that were valid on the old schema and stay broken, whatever is renamed.
    pub broken: Vec<ReportedStaysBroken>,
}

/// A place to change by hand.
#[derive(Clone, Debug, Serialize)]
pub struct ReportedByHand {
    /// Where.
    pub place: Place,
    /// What to do there.
    pub message: String,
    /// Whether it is broken for certain until then.
    pub certain: bool,
}

/// An operation that no rename saves.
#[derive(Clone, Debug, Serialize)]
pub struct ReportedStaysBroken {
    /// Where.
    pub place: Place,
    /// Its name.
    pub name: Option<String>,
    /// What remains wrong with it.
    pub reason: String,
}

/// The counts of a report.
#[derive(Clone, Copy, Default, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// Breaking changes that nobody accepted.
    pub breaking: usize,
    /// Dangerous changes that nobody accepted.
    pub dangerous: usize,
    /// Safe changes.
    pub safe: usize,
    /// Accepted changes.
    pub approved: usize,
    /// Operations that break.
    pub operations_broken: usize,
    /// Operations that may be hurt.
    pub operations_at_risk: usize,
    /// Operations that were invalid before.
    pub operations_already_invalid: usize,
    /// Operations that are invalid on the one schema they were held against.
    pub operations_invalid: usize,
}

/// Something wrong with an input.
#[derive(Clone, Debug, Serialize)]
pub struct ReportedDiagnostic {
    /// error or warning.
    pub level: &'static str,
    /// The rule.
    pub rule: &'static str,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub place: Option<Place>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn verdict_name<S: Serializer>(verdict: &Verdict, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(verdict.name())
}

#[expect(clippy::ref_option, reason = "serde calls it so")]
fn none_as_empty<S: Serializer>(
    operations: &Option<Vec<ReportedOperation>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    operations.as_deref().unwrap_or_default().serialize(serializer)
}

impl Report {
    /// A report of a command without findings.
    pub fn new(command: &'static str) -> Self {
        Report {
            schemacheck: env!("CARGO_PKG_VERSION"),
            report_version: REPORT_VERSION,
            command,
            state: State::Pass,
            old: None,
            new: None,
            changes: None,
            rename_rules: None,
            operation_sources: Vec::new(),
            operations: None,
            coverage: Coverage::default(),
            suggestions: None,
            patch: None,
            migration: None,
            rolling: None,
            gate: None,
            matrix: None,
            partition: None,
            approve_label: None,
            skipped: Vec::new(),
            unresolved: Vec::new(),
            summary: Summary::default(),
            diagnostics: Vec::new(),
            reasons: Vec::new(),
        }
    }

    /// Adds what differs between the schemas.
    pub fn set_changes(&mut self, sources: &Sources, changes: &[Change<'_>], rules: &[RenameRule]) {
        let place = |span: Option<Span>| span.map(|span| Place::shown(sources, span.start));
        let reported = changes.iter().enumerate().map(|(at, change)| ReportedChange {
            id: change_id(at),
            rule: change.rule.id,
            severity: change.severity(),
            policy: None,
            coordinate: change.coordinate.to_string(),
            new_coordinate: change.new_coordinate.as_ref().map(ToString::to_string),
            member: change.member.map(str::to_owned),
            message: change.message.clone(),
            fingerprint: change.fingerprint(),
            breaks: change.rule.breaks,
            old: place(change.old),
            new: place(change.new),
            near: change.near.map(|span| Place::from(sources.locate(span.start))),
            fails: false,
            affects: None,
            rename: change.rename.clone(),
            hint: change.hint.map(str::to_owned),
            approved: None,
        });
        self.changes = Some(reported.collect());
        self.rename_rules = Some(rules.to_vec());
        self.count_changes();
    }

    /// Counts the changes as they are now.
    pub(crate) fn count_changes(&mut self) {
        let summary = &mut self.summary;
        (summary.breaking, summary.dangerous, summary.safe, summary.approved) = (0, 0, 0, 0);
        for change in self.changes.iter().flatten() {
            match change.severity {
                _ if change.approved.is_some() => summary.approved += 1,
                Severity::Breaking => summary.breaking += 1,
                Severity::Dangerous => summary.dangerous += 1,
                Severity::Safe => summary.safe += 1,
            }
        }
    }

    /// Marks what is at or above the bar. An operation that breaks by accepted changes alone was accepted with them.
    fn mark_failures(&mut self, fail_on: FailOn) {
        let mut approved: BTreeSet<&str> = BTreeSet::new();
        for change in self.changes.iter_mut().flatten() {
            change.fails = change.approved.is_none()
                && match change.severity {
                    Severity::Breaking => matches!(fail_on, FailOn::Breaking | FailOn::Dangerous),
                    Severity::Dangerous => fail_on == FailOn::Dangerous,
                    Severity::Safe => false,
                };
            if change.approved.is_some() {
                approved.insert(&change.id);
            }
        }
        for operation in self.operations.iter_mut().flatten() {
            let errors = operation.errors.iter().map(|error| error.change.as_deref());
            let impacts = operation.impacts.iter().filter(|impact| impact.certain);
            let mut causes = errors.chain(impacts.map(|impact| Some(impact.change.as_str())));
            operation.fails = match operation.verdict {
                Verdict::Broken => {
                    let accepted = causes.all(|cause| cause.is_some_and(|cause| approved.contains(cause)));
                    fail_on != FailOn::Never && !accepted
                }
                Verdict::Invalid => true,
                _ => false,
            };
        }
    }

    /// Adds what becomes of the operations.
    pub fn set_operations(
        &mut self,
        sources: &Sources,
        documents: &[StoredDocument],
        operations: &[CheckedOperation],
    ) {
        let mut clients = BTreeSet::new();
        let mut files = BTreeSet::new();
        for document in documents {
            clients.extend(&document.clients);
            for &id in std::iter::once(&document.source).chain(&document.duplicates) {
                files.insert(sources.locate(sources.get(id).base()).file);
            }
        }
        let mut traffic: Option<Traffic> = None;
        for told in documents.iter().filter_map(|document| document.traffic.clone()) {
            match &mut traffic {
                Some(sum) => sum.add(told),
                None => traffic = Some(told),
            }
        }
        self.coverage.requests = traffic.as_ref().map(|traffic| traffic.count);
        self.coverage.last_seen = traffic.and_then(|traffic| traffic.last_seen);
        self.coverage.stripped = operations.iter().filter(|operation| !operation.stripped.is_empty()).count();
        self.coverage.files = files.len();
        self.coverage.clients = clients.len();
        for change in self.changes.iter_mut().flatten() {
            change.affects = Some(Vec::new());
        }
        let mut reported = Vec::with_capacity(operations.len());
        for (at, operation) in operations.iter().enumerate() {
            let id = format!("o{}", at + 1);
            let document = &documents[operation.document];
            self.count(operation.verdict, document);
            let hurting = operation.errors.iter().filter_map(|error| error.change);
            let hurting: BTreeSet<usize> = match operation.verdict {
                Verdict::Broken => {
                    hurting.chain(operation.impacts.iter().map(|impact| impact.change)).collect()
                }
                Verdict::AtRisk => operation.impacts.iter().map(|impact| impact.change).collect(),
                _ => BTreeSet::new(),
            };
            for change in hurting {
                if let Some(affects) =
                    self.changes.as_mut().and_then(|changes| changes[change].affects.as_mut())
                {
                    affects.push(id.clone());
                }
            }
            reported.push(report_operation(sources, id, document, operation));
        }
        let with_holes = || reported.iter().filter(|operation| !operation.holes.is_empty());
        let places: BTreeSet<_> = with_holes()
            .flat_map(|operation| &operation.holes)
            .map(|hole| (hole.file.as_str(), hole.line, hole.column))
            .collect();
        self.coverage.with_holes = with_holes().count();
        self.coverage.holes = places.len();
        self.operations = Some(reported);
    }

    /// Whether the operations are only listed: there is no schema that they were held against.
    pub fn is_inventory(&self) -> bool {
        self.new.is_none() && self.operations.is_some()
    }

    /// Adds files that were passed over.
    pub fn add_skipped(&mut self, files: impl IntoIterator<Item = SkippedFile>) {
        self.skipped.extend(files);
        self.skipped.sort_unstable();
        self.skipped.dedup();
        self.coverage.skipped = self.skipped.len();
    }

    /// Adds the places that build a text which could not be read.
    pub fn set_unresolved(&mut self, places: impl IntoIterator<Item = UnresolvedPlace>) {
        self.unresolved.extend(places);
        self.unresolved.sort_unstable();
        self.unresolved.dedup();
        self.coverage.unresolved = self.unresolved.len();
    }

    /// Ends the run as an error where more is not known than `most`: holes and places that could not be read.
    pub fn limit_holes(&mut self, most: usize) {
        let Coverage { holes, unresolved, .. } = self.coverage;
        if holes + unresolved > most {
            let (holes, places) = (count(holes, "hole", "holes"), count(unresolved, "place", "places"));
            self.error(format!(
                "{holes} and {places} that could not be read; --max-holes allows {most}: read what builds them, or raise it"
            ));
        }
    }

    fn count(&mut self, verdict: Verdict, document: &StoredDocument) {
        match verdict {
            Verdict::Broken => self.summary.operations_broken += 1,
            Verdict::AtRisk => self.summary.operations_at_risk += 1,
            Verdict::AlreadyInvalid => self.summary.operations_already_invalid += 1,
            Verdict::Invalid => self.summary.operations_invalid += 1,
            Verdict::Unparsable => self.coverage.unparsable += 1,
            Verdict::Valid | Verdict::Fixed | Verdict::Unchecked => {}
        }
        if verdict != Verdict::Unparsable {
            self.coverage.operations += 1;
            self.coverage.stored += 1 + document.duplicates.len();
        }
    }

    /// Adds what to do about the changes.
    pub fn set_suggestions(&mut self, sources: &Sources, suggestions: &[Suggestion], patch: Option<&Patch>) {
        let reported = suggestions.iter().enumerate().map(|(at, suggestion)| ReportedSuggestion {
            id: format!("s{}", at + 1),
            kind: suggestion.kind.name(),
            coordinate: suggestion.coordinate.clone(),
            target: suggestion.target.clone(),
            resolves: suggestion.resolves.iter().map(|&at| change_id(at)).collect(),
            why: suggestion.why.clone(),
            sdl: suggestion.sdl.clone(),
            code: BTreeMap::new(),
        });
        self.suggestions = Some(reported.collect());
        // A patch whose proof failed is not shown, only why it failed.
        self.patch = patch.map(|patch| ReportedPatch {
            unified_diff: if patch.verified { unified_diff(sources, &patch.texts) } else { String::new() },
            verified: patch.verified,
            breaking_after: patch.breaking_after,
            broken_operations_after: patch.broken_operations_after,
            code: BTreeMap::new(),
            failures: patch.failures.clone(),
        });
    }

    /// Adds the stored documents with the new names, and judges by them alone.
    pub(crate) fn set_migration(&mut self, sources: &Sources, migration: &Migration) {
        let place = |span: Span| Place::from(sources.locate(span.start));
        let by_hand = migration.by_hand.iter().map(|one| ReportedByHand {
            place: place(one.span),
            message: without_holes(&one.message),
            certain: one.certain,
        });
        let broken = migration.broken.iter().map(|one| ReportedStaysBroken {
            place: place(one.span),
            name: one.name.clone(),
            reason: one.reason.clone(),
        });
        let migration = ReportedMigration {
            unified_diff: unified_diff(sources, &migration.texts),
            documents: migration.texts.iter().map(|(id, _)| sources.get(*id).name().to_owned()).collect(),
            by_hand: by_hand.collect(),
            broken: broken.collect(),
        };
        if self.state == State::Pass {
            let nothing = migration.documents.is_empty() && migration.by_hand.is_empty();
            let reason = if nothing {
                "no stored operation needs another name"
            } else {
                "with the new names, every operation that was valid is valid on the new schema"
            };
            self.reasons = vec![reason.to_owned()];
        }
        if !migration.broken.is_empty() {
            let broken = count(migration.broken.len(), "operation stays", "operations stay");
            self.fail(format!("{broken} broken, whatever is renamed"));
        }
        let by_hand = migration.by_hand.iter().filter(|one| one.certain).count();
        if by_hand > 0 {
            self.fail(format!("{} to be changed by hand", count(by_hand, "place is", "places are")));
        }
        self.migration = Some(migration);
    }

    /// Adds the patch as server code.
    pub(crate) fn set_server_code(&mut self, codes: &[ServerCode]) {
        for ServerCode { framework, snippets, by_suggestion } in codes {
            if let Some(patch) = &mut self.patch {
                patch.code.insert(framework.name, snippets.clone());
            }
            for (suggestion, code) in self.suggestions.iter_mut().flatten().zip(by_suggestion) {
                suggestion.code.extend(code.iter().map(|code| (framework.name, code.clone())));
            }
        }
    }

    /// Adds what is wrong with an input.
    pub fn add_diagnostics<'d>(
        &mut self,
        sources: &Sources,
        diagnostics: impl IntoIterator<Item = &'d Diagnostic>,
    ) {
        use schemacheck_graphql::diagnostic::Level;
        let reported = diagnostics.into_iter().map(|diagnostic| ReportedDiagnostic {
            level: if diagnostic.level == Level::Error { "error" } else { "warning" },
            rule: diagnostic.rule,
            message: diagnostic.message.clone(),
            place: Some(Place::shown(sources, diagnostic.span.start)),
            help: diagnostic.help.clone(),
        });
        self.diagnostics.extend(reported);
    }

    /// Ends the run as an error unless it has failed: a proven break is an answer, whatever else could not be read.
    pub fn error(&mut self, reason: impl Into<String>) {
        if self.state == State::Pass {
            self.state = State::Error;
            self.reasons.clear();
        }
        self.reasons.push(reason.into());
    }

    /// Ends the run as failed.
    pub fn fail(&mut self, reason: impl Into<String>) {
        if self.state == State::Pass {
            self.reasons.clear();
        }
        self.state = State::Fail;
        self.reasons.push(reason.into());
    }

    /// Judges changes and operations by the bar.
    pub fn judge(&mut self, fail_on: FailOn) {
        self.mark_failures(fail_on);
        let Summary { breaking, dangerous, operations_invalid, .. } = self.summary;
        let failing = |verdict: Verdict| {
            let operations = self.operations.iter().flatten();
            operations.filter(|operation| operation.fails && operation.verdict == verdict).count()
        };
        let operations_broken = failing(Verdict::Broken);
        if operations_invalid > 0 {
            self.fail(format!("{} invalid", count(operations_invalid, "operation is", "operations are")));
        }
        if fail_on != FailOn::Never {
            if operations_broken > 0 {
                self.fail(count(operations_broken, "stored operation breaks", "stored operations break"));
            }
            if breaking > 0 && fail_on != FailOn::Affected {
                self.fail(count(breaking, "breaking change", "breaking changes"));
            }
            if dangerous > 0 && fail_on == FailOn::Dangerous {
                self.fail(count(dangerous, "dangerous change", "dangerous changes"));
            }
        }
        if self.coverage.unparsable > 0 {
            let count = count(self.coverage.unparsable, "document is", "documents are");
            self.error(format!("{count} no GraphQL or too complex, and could not be checked"));
        }
        if fail_on == FailOn::Affected && self.operations.is_none() {
            self.error("--fail-on affected needs operations; name them with --operations");
        }
        if self.state == State::Pass {
            let nothing = if fail_on == FailOn::Never {
                "only reported, as asked"
            } else {
                "nothing at or above the bar"
            };
            self.reasons.push(nothing.to_owned());
        }
    }
}

/// A number with its noun.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn change_id(at: usize) -> String {
    format!("c{}", at + 1)
}

fn report_operation(
    sources: &Sources,
    id: String,
    document: &StoredDocument,
    operation: &CheckedOperation,
) -> ReportedOperation {
    let text = sources.get(document.source);
    let offset = operation.span.start - text.base();
    let errors = operation.errors.iter().map(|error| {
        let Location { file, line, column, .. } = sources.locate(error.diagnostic.span.start);
        ReportedError {
            rule: error.diagnostic.rule,
            message: without_holes(&error.diagnostic.message),
            file,
            line,
            column,
            excerpt: Excerpt::at(sources, error.diagnostic.span.start),
            coordinate: error.diagnostic.coordinate.as_ref().map(ToString::to_string),
            change: error.change.filter(|_| operation.verdict == Verdict::Broken).map(change_id),
            help: error.diagnostic.help.as_deref().map(without_holes),
        }
    });
    let holes = operation.holes.iter().map(|&at| {
        let hole = &text.holes()[at];
        let Location { file, line, column, .. } = sources.locate(text.base() + hole.at);
        Hole { file, line, column, text: hole.text.clone() }
    });
    let impacts = operation.impacts.iter().map(|impact| {
        let Location { file, line, column, .. } = sources.locate(impact.span.start);
        ReportedImpact {
            change: change_id(impact.change),
            breaks: impact.breaks,
            certain: impact.certain,
            message: without_holes(&impact.message),
            file,
            line,
            column,
            excerpt: Excerpt::at(sources, impact.span.start),
        }
    });
    ReportedOperation {
        id,
        name: operation.name.as_deref().map(without_holes),
        kind: operation.kind.map(schemacheck_graphql::ast::OperationKind::name),
        sha256: sha256([text.text()]),
        source: sources.locate(operation.span.start).into(),
        duplicates: document
            .duplicates
            .iter()
            .map(|&id| Place::from(sources.locate(sources.get(id).base() + offset)))
            .collect(),
        clients: document.clients.iter().cloned().collect(),
        traffic: document.traffic.clone(),
        stripped: operation.stripped.clone(),
        verdict: operation.verdict,
        fails: false,
        holes: holes.collect(),
        errors: errors.collect(),
        impacts: impacts.collect(),
    }
}

/// The hash of texts in their order, in hexadecimal.
pub fn sha256<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update(text.as_bytes());
    }
    let mut hex = String::with_capacity(64);
    for byte in hash.finalize() {
        use std::fmt::Write;
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// Where a schema came from: its name on the command line and the hash of its texts.
pub fn schema_source(sources: &Sources, name: &str, texts: &[SourceId]) -> SchemaSource {
    let sha256 = sha256(texts.iter().map(|&id| sources.get(id).text()));
    SchemaSource { source: name.to_owned(), sha256 }
}

fn unified_diff(sources: &Sources, texts: &[(SourceId, String)]) -> String {
    let mut result = String::new();
    for (id, new) in texts {
        let source = sources.get(*id);
        let diff = TextDiff::from_lines(source.text(), new);
        let (old_name, new_name) = (format!("a/{}", source.name()), format!("b/{}", source.name()));
        result.push_str(&diff.unified_diff().context_radius(3).header(&old_name, &new_name).to_string());
    }
    result
}
