//! The whole check, from loaded schemas to the report.

use bumpalo::Bump;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema::{self, Schema, Valid};
use schemacheck_graphql::source::{SourceId, Sources};

use crate::diff::diff_of;
use crate::framework::{Framework, server_code};
use crate::impact::{CheckedOperation, check_against, check_operations};
use crate::operation::StoredDocument;
use crate::partition::Verdicts;
use crate::policy::Policy;
use crate::report::{FailOn, Report, State, schema_source};
use crate::rolling;
use crate::suggest::{Patch, Proof, Suggestion, suggest};
use crate::sunset;

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
    /// The frameworks to write the patch for as server code.
    pub frameworks: &'r [&'static Framework],
    /// What the team decided.
    pub policy: &'r Policy,
    /// The bounds on texts.
    pub limits: Limits,
    /// Where the verdicts come from.
    pub verdicts: &'r Verdicts,
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

/// The short way: two schemas and operations as texts, the default settings, the whole report. What is wrong with a text is
/// in the report, whose state is then an error. The texts are named `old.graphql`, `new.graphql` and `operation-1.graphql`,
/// `operation-2.graphql` and so on; no operations at all are taken as none asked for.
///
/// ```
/// use schemacheck::check::check_texts;
///
/// let (old, new) = ("type Query { price: Int stock: Int }", "type Query { stock: Int }");
/// let report = check_texts(old, new, ["query Shop { price }"]);
///
/// assert_eq!(report.state, schemacheck::report::State::Fail);
/// assert_eq!(report.summary.operations_broken, 1);
/// let told: Vec<String> = report.changes.iter().flatten().map(|change| change.message.clone()).collect();
/// assert_eq!(told[0], "Query.price was removed; operations that select it are rejected");
/// ```
pub fn check_texts<'o>(old: &str, new: &str, operations: impl IntoIterator<Item = &'o str>) -> Report {
    let limits = Limits::default();
    let (arena, mut sources) = (Bump::new(), Sources::new());
    let mut report = Report::new("diff");
    let mut add = |name: String, text: &str| match sources.add(name, text) {
        Ok(id) => Some(id),
        Err(error) => {
            report.error(error.to_string());
            None
        }
    };
    let schemas = [("old.graphql", old), ("new.graphql", new)].map(|(name, text)| add(name.to_owned(), text));
    let documents: Vec<StoredDocument> = operations
        .into_iter()
        .enumerate()
        .filter_map(|(at, text)| add(format!("operation-{}.graphql", at + 1), text))
        .map(StoredDocument::new)
        .collect();
    let [Some(old), Some(new)] = schemas else { return report };
    let mut load = |id| match schema::load(&arena, &sources, &[id], limits) {
        Ok(loaded) => {
            report.add_diagnostics(&sources, &loaded.warnings);
            Some(loaded.schema)
        }
        Err(errors) => {
            report.add_diagnostics(&sources, &errors);
            report.error(format!("{} is no valid schema", sources.get(id).name()));
            None
        }
    };
    let (Some(old_schema), Some(new_schema)) = (load(old), load(new)) else { return report };
    let request = DiffRequest {
        sources: &sources,
        old: &old_schema,
        new: &new_schema,
        new_texts: &[new],
        documents: (!documents.is_empty()).then_some(documents.as_slice()),
        new_documents: None,
        allow_empty: false,
        fail_on: FailOn::Breaking,
        frameworks: &[],
        policy: &Policy::default(),
        limits,
        verdicts: &Verdicts::computed(),
    };
    let mut answer = check_diff(&request, "diff").report;
    answer.old = Some(schema_source(&sources, "old.graphql", &[old]));
    answer.new = Some(schema_source(&sources, "new.graphql", &[new]));
    answer.diagnostics.splice(0..0, report.diagnostics);
    if report.state == State::Error {
        report.reasons.into_iter().for_each(|reason| answer.error(reason));
    }
    answer
}

/// Compares two schemas, holds every operation against both, suggests what keeps old clients alive and proves it.
pub fn check_diff(request: &DiffRequest<'_, '_>, command: &'static str) -> DiffAnswer {
    let DiffRequest { sources, old, new, limits, verdicts, .. } = *request;
    let renames = &request.policy.renames;
    let found = diff_of(old, new, renames);
    let mut report = Report::new(command);
    report.set_changes(sources, &found.changes, &found.matching.rename_rules);
    let share = verdicts.share(sources, request.documents.unwrap_or_default());
    let documents = &*share.documents;
    let operations =
        verdicts.of(&share, |documents| check_operations(sources, old, new, &found, documents, limits));
    if request.documents.is_some() {
        report.set_operations(sources, documents, &operations);
    }
    request.policy.apply(old, &found.changes, &mut report);
    let operations_asked = request.documents.map(|_| operations.as_slice());
    let new_texts = request.new_texts;
    let proof = Proof {
        sources,
        old,
        new_texts,
        documents,
        operations: operations_asked,
        decisions: renames,
        remove_after: request.policy.remove_after,
        limits,
    };
    // The patch depends on the operations of all parts; it is made where they are merged.
    let (suggestions, patch) =
        if verdicts.partition().is_some() { (Vec::new(), None) } else { suggest(&proof, &found) };
    report.set_suggestions(sources, &suggestions, patch.as_ref());
    if let Some(patch) = &patch {
        let frameworks = request.frameworks;
        report.set_server_code(&server_code(&proof, &found, &suggestions, patch, frameworks));
    }
    let today = request.policy.today;
    report.diagnostics.extend(sunset::warnings(sources, &found, request.documents, today, limits));
    report.judge(request.fail_on);
    require_operations(&mut report, request.allow_empty, verdicts);
    if let Some(new_documents) = request.new_documents {
        let rolling = rolling::judge(request, &operations, new_documents);
        let [.., new_on_new, _] = rolling.quadrants;
        if new_on_new.of == 0 && verdicts.partition().is_none() {
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
    verdicts: &Verdicts,
) -> Report {
    let mut report = Report::new("validate");
    let share = verdicts.share(sources, documents);
    let operations = verdicts.of(&share, |documents| check_against(sources, schema, documents, limits));
    report.set_operations(sources, &share.documents, &operations);
    report.judge(FailOn::Breaking);
    require_operations(&mut report, allow_empty, verdicts);
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
    require_operations(&mut report, allow_empty, &Verdicts::computed());
    report
}

/// Where operations were asked for, none is an error: nothing was checked. A part may have none of them.
fn require_operations(report: &mut Report, allow_empty: bool, verdicts: &Verdicts) {
    let none = report.operations.is_some() && report.coverage.operations == 0;
    if none && allow_empty {
        report.reasons.push("no operations were found; that was allowed".to_owned());
    } else if none && verdicts.partition().is_some() {
        report.reasons.push("no operation belongs to this part".to_owned());
    } else if none && report.coverage.unparsable == 0 {
        report.error("no operations were found where some were asked for; nothing was checked");
    }
}
