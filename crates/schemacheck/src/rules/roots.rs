//! What the rules on root operation types share.

use schemacheck_graphql::ast::OperationKind;

use super::{Context, Findings};
use crate::element::{Pair, RootElement};

/// So many missing fields are named.
const NAMED_FIELDS: usize = 3;

/// The root is another type, be it by name alone.
pub(super) fn changed(
    kind: OperationKind,
    root: Pair<RootElement<'_>>,
    cx: &Context<'_, '_>,
    findings: &mut Findings,
) {
    let Some((old, new)) = root.both().filter(|(old, _)| old.kind == kind) else { return };
    let (from, to, kind) = (old.ty().name, new.ty().name, kind.name());
    if from == to {
        return;
    }
    let renamed = cx.matching.new_type(old.ty) == Some(new.ty);
    // Of one type under two names, each field is paired and judged on its own.
    let missing: Vec<&str> = old
        .schema
        .fields_of(old.ty)
        .map(|(_, field)| field.name)
        .filter(|name| !renamed && new.schema.field_named(new.ty, name).is_none())
        .collect();
    let consequence = match missing.as_slice() {
        [] => format!("operations with a fragment on {from} are rejected"),
        few if few.len() <= NAMED_FIELDS => format!("operations that select {} are rejected", few.join(", ")),
        many => {
            let (named, rest) = many.split_at(NAMED_FIELDS);
            format!("operations that select {} or {} more are rejected", named.join(", "), rest.len())
        }
    };
    findings.add(
        format_args!("the {kind} root is {to} instead of {from}; {consequence}"),
        &format!("{from} {to}"),
    );
}

/// The schema has no such operations any more.
pub(super) fn removed(kind: OperationKind, root: Pair<RootElement<'_>>, findings: &mut Findings) {
    if let Pair::Removed(old) = root
        && old.kind == kind
    {
        let (name, kind) = (old.ty().name, kind.name());
        findings.add(format_args!("{name} is no longer the {kind} root; every {kind} is rejected"), name);
    }
}

/// The schema has such operations now.
pub(super) fn added(kind: OperationKind, root: Pair<RootElement<'_>>, findings: &mut Findings) {
    if let Pair::Added(new) = root
        && new.kind == kind
    {
        let (name, kind) = (new.ty().name, kind.name());
        findings.add(format_args!("{name} is the {kind} root now; there was none"), name);
    }
}
