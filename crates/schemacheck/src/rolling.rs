//! While a deploy rolls, old and new servers answer at once, and old and new clients call them: four quadrants, not one.

use serde::Serialize;

use crate::check::DiffRequest;
use crate::diff::diff_of;
use crate::impact::{CheckedOperation, Verdict, check_against, check_operations};
use crate::operation::StoredDocument;

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

impl Order {
    /// By how many operations die on the new server, and how many wait for it.
    pub fn of(dying: usize, waiting: usize) -> Self {
        match (dying, waiting) {
            (0, 0) => Order::Either,
            (0, _) => Order::ServerFirst,
            (_, 0) => Order::ClientFirst,
            _ => Order::Neither,
        }
    }
}

/// Judges the four quadrants. `old_operations` are the old clients' with what becomes of them on the new schema.
pub(crate) fn judge(
    request: &DiffRequest<'_, '_>,
    old_operations: &[CheckedOperation],
    new_documents: &[StoredDocument],
) -> Rolling {
    let DiffRequest { sources, old, new, limits, verdicts, .. } = *request;
    let decisions = request.policy.renames.reversed();
    let backward = diff_of(new, old, &decisions);
    let share = verdicts.share(sources, new_documents);
    let on_old =
        verdicts.of(&share, |documents| check_operations(sources, new, old, &backward, documents, limits));
    let on_new = verdicts.of(&share, |documents| check_against(sources, new, documents, limits));
    let count = |operations: &[CheckedOperation], verdicts: &[Verdict]| {
        operations.iter().filter(|operation| verdicts.contains(&operation.verdict)).count()
    };
    let unanswered = Verdict::Unparsable;
    let old_on_old = count(old_operations, &[Verdict::AlreadyInvalid, Verdict::Fixed, unanswered]);
    let old_on_new = count(old_operations, &[Verdict::Broken, unanswered]);
    let new_on_new = count(&on_new, &[Verdict::Invalid, unanswered]);
    let new_on_old = count(&on_old, &[Verdict::Broken, unanswered]);
    let quadrant = |operations, schema, broken, of| Quadrant { operations, schema, broken, of };
    let (order, message) = order(old_on_new, new_on_old);
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

/// The safe order where so many old operations break on the new server, and so many new ones need it.
fn order(dying: usize, waiting: usize) -> (Order, String) {
    let order = Order::of(dying, waiting);
    let message = match order {
        Order::Either => {
            "deploy in any order: old clients live on the new server, new ones on the old".into()
        }
        Order::ServerFirst => {
            format!(
                "deploy the server first: {waiting} new operations need it; do not roll it back below them"
            )
        }
        Order::ClientFirst => format!(
            "deploy the clients first, and the server only when no old client is left: {dying} old operations break"
        ),
        Order::Neither => format!(
            "no order is safe: {dying} old operations break on the new server, {waiting} new ones on the old; expand \
             (add the aliases), migrate the clients, then contract"
        ),
    };
    (order, message)
}
