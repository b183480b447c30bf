//! While a deploy rolls, old and new servers answer at once, and old and new clients call them: four quadrants, not one.

use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema::{Schema, Valid};
use schemacheck_graphql::source::Sources;
use serde::Serialize;

use crate::diff::diff_of;
use crate::impact::{CheckedOperation, Verdict, check_against, check_operations};
use crate::operation::StoredDocument;
use crate::rename::Decisions;

/// The four quadrants and the safe order.
#[derive(Clone, Debug, Serialize)]
pub struct Rolling {
    /// Old operations on the old and the new schema, then new operations on the new and the old schema.
    pub quadrants: [Quadrant; 4],
    /// What to deploy first.
    pub order: Order,
    /// What that means, in one line.
    pub message: String,
}

/// Operations of one side on the schema of one side.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Quadrant {
    /// old or new.
    pub operations: &'static str,
    /// old or new.
    pub schema: &'static str,
    /// Operations that break there; on their own schema, those that are invalid.
    pub broken: usize,
    /// How many operations there are.
    pub of: usize,
}

/// The safe order of a deploy.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// Old clients live on the new server, new clients on the old one.
    Either,
    /// Old clients live on the new server; new clients need it.
    ServerFirst,
    /// New clients live on the old server; old clients die on the new one.
    ClientFirst,
    /// Neither: expand, migrate, contract.
    Neither,
}

/// Judges the four quadrants. `old_operations` are the old clients' with what becomes of them on the new schema.
pub(crate) fn judge(
    sources: &Sources,
    old: &Valid<Schema<'_>>,
    new: &Valid<Schema<'_>>,
    decisions: &Decisions,
    old_operations: &[CheckedOperation],
    new_documents: &[StoredDocument],
    limits: Limits,
) -> Rolling {
    let decisions = decisions.reversed();
    let backward = diff_of(new, old, &decisions);
    let on_old = check_operations(sources, new, old, &backward, new_documents, limits);
    let on_new = check_against(sources, new, new_documents, limits);
    let count = |operations: &[CheckedOperation], verdicts: &[Verdict]| {
        operations.iter().filter(|operation| verdicts.contains(&operation.verdict)).count()
    };
    let unanswered = Verdict::Unparsable;
    let old_on_old = count(old_operations, &[Verdict::AlreadyInvalid, Verdict::Fixed, unanswered]);
    let old_on_new = count(old_operations, &[Verdict::Broken, unanswered]);
    let new_on_new = count(&on_new, &[Verdict::Invalid, unanswered]);
    let new_on_old = count(&on_old, &[Verdict::Broken, unanswered]);
    let quadrant = |operations, schema, broken, of| Quadrant { operations, schema, broken, of };
    let (order, message) = match (old_on_new, new_on_old) {
        (0, 0) => (
            Order::Either,
            "deploy in any order: old clients live on the new server, new ones on the old".into(),
        ),
        (0, waiting) => (
            Order::ServerFirst,
            format!(
                "deploy the server first: {waiting} new operations need it; do not roll it back below them"
            ),
        ),
        (dying, 0) => (
            Order::ClientFirst,
            format!(
                "deploy the clients first, and the server only when no old client is left: {dying} old operations break"
            ),
        ),
        (dying, waiting) => (
            Order::Neither,
            format!(
                "no order is safe: {dying} old operations break on the new server, {waiting} new ones on the old; expand \
                 (add the aliases), migrate the clients, then contract"
            ),
        ),
    };
    Rolling {
        quadrants: [
            quadrant("old", "old", old_on_old, old_operations.len()),
            quadrant("old", "new", old_on_new, old_operations.len()),
            quadrant("new", "new", new_on_new, on_new.len()),
            quadrant("new", "old", new_on_old, on_old.len()),
        ],
        order,
        message,
    }
}
