//! The whole check, from loaded schemas to the report.

use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema::{Schema, Valid};
use schemacheck_graphql::source::{SourceId, Sources};

use crate::diff::diff_of;
use crate::impact::{CheckedOperation, check_against, check_operations};
use crate::operation::StoredDocument;
use crate::policy::Policy;
use crate::report::{FailOn, Report};
use crate::rolling;
use crate::suggest::{Patch, Proof, Suggestion, suggest};

/// Two schemas and the operations to hold against them.
#[derive(Debug)]
pub struct DiffRequest<'r, 's> {
    /// The texts of the run.
    pub sources: &'r Sources,
    /// The old schema.
    pub old: &'s Valid<Schema<'s>>,
    /// The new schema.
    pub new: &'s Valid<Schema<'s>>,
    /// The texts of the new schema, which a patch edits.
    pub new_texts: &'r [SourceId],
    /// The stored operations; nothing where none were asked for.
    pub documents: Option<&'r [StoredDocument]>,
    /// The new clients' operations, where a rolling deploy is to be judged.
    pub new_documents: Option<&'r [StoredDocument]>,
    /// Whether no operations at all are an answer.
    pub allow_empty: bool,
    /// From where on the run fails.
    pub fail_on: FailOn,
    /// What the team decided.
    pub policy: &'r Policy,
    /// The bounds on texts.
    pub limits: Limits,
}

/// What a comparison of two schemas gives beside the report.
#[derive(Debug)]
pub struct DiffAnswer {
    /// The report.
    pub report: Report,
    /// What to do about the changes.
    pub suggestions: Vec<Suggestion>,
    /// The suggestions as one proven patch.
    pub patch: Option<Patch>,
}

/// Compares two schemas, holds every operation against both, suggests what keeps old clients alive and proves it.
pub fn check_diff(request: &DiffRequest<'_, '_>, command: &'static str) -> DiffAnswer {
    let DiffRequest { sources, old, new, limits, .. } = *request;
    let found = diff_of(sources, old, new);
    let mut report = Report::new(command);
    report.set_changes(sources, &found.changes, &found.matching.rename_rules);
    let documents = request.documents.unwrap_or_default();
    let operations = check_operations(sources, old, new, &found, documents, limits);
    if request.documents.is_some() {
        report.set_operations(sources, documents, &operations);
    }
    request.policy.apply(old, &found.changes, &mut report);
    let operations_asked = request.documents.map(|_| operations.as_slice());
    let new_texts = request.new_texts;
    let proof = Proof { sources, old, new_texts, documents, operations: operations_asked, limits };
    let (suggestions, patch) = suggest(&proof, &found);
    report.set_suggestions(sources, &suggestions, patch.as_ref());
    report.judge(request.fail_on);
    require_operations(&mut report, request.allow_empty);
    if let Some(new_documents) = request.new_documents {
        let rolling = rolling::judge(sources, old, new, &operations, new_documents, limits);
        let [.., new_on_new, _] = rolling.quadrants;
        if new_on_new.of == 0 {
            report.error("no new operations were found; the rolling deploy was not judged");
        } else if new_on_new.broken > 0 && request.fail_on != FailOn::Never {
            report.fail(format!("{} new operations are invalid on the new schema", new_on_new.broken));
        }
        report.rolling = Some(rolling);
    }
    DiffAnswer { report, suggestions, patch }
}

/// Holds every operation against one schema.
pub fn check_validate(
    sources: &Sources,
    schema: &Valid<Schema<'_>>,
    documents: &[StoredDocument],
    allow_empty: bool,
    limits: Limits,
) -> Report {
    let mut report = Report::new("validate");
    let operations = check_against(sources, schema, documents, limits);
    report.set_operations(sources, documents, &operations);
    report.judge(FailOn::Breaking);
    require_operations(&mut report, allow_empty);
    report
}

/// What operations there are, held against nothing.
pub fn list_operations(
    sources: &Sources,
    documents: &[StoredDocument],
    operations: &[CheckedOperation],
    allow_empty: bool,
    command: &'static str,
) -> Report {
    let mut report = Report::new(command);
    report.set_operations(sources, documents, operations);
    report.judge(FailOn::Never);
    require_operations(&mut report, allow_empty);
    report
}

/// Where operations were asked for, none is an error: nothing was checked.
fn require_operations(report: &mut Report, allow_empty: bool) {
    let none = report.operations.is_some() && report.coverage.operations == 0;
    if none && allow_empty {
        report.reasons.push("no operations were found; that was allowed".to_owned());
    } else if none && report.coverage.unparsable == 0 {
        report.error("no operations were found where some were asked for; nothing was checked");
    }
}
