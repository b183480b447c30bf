//! What the changes of a schema do to each stored operation.
//!
//! For documents the validator decides and the rule explains: an operation that is valid on the old schema and invalid
//! on the new one is broken, and each of its errors is joined to the change that caused it. An operation that stays
//! valid may still be hurt: by what it uses of the schema, held against the changes that break variables or responses.

use std::collections::BTreeMap;

use bumpalo::Bump;
use hashbrown::{HashMap, HashSet};
use rayon::prelude::*;
use schemacheck_graphql::ast::{Document, OperationDefinition, OperationKind, TypeKind};
use schemacheck_graphql::coordinate::SchemaCoordinate;
use schemacheck_graphql::diagnostic::Diagnostic;
use schemacheck_graphql::parser::{self, Limits};
use schemacheck_graphql::schema::{ElementId, Schema, TypeId, Valid};
use schemacheck_graphql::source::{Sources, Span};
use schemacheck_graphql::usage::{Usage, Use, usage};
use schemacheck_graphql::validation::validate;

use crate::change::{Breaks, Change, Severity};
use crate::diff::Diff;
use crate::operation::{StoredDocument, operations_of, parts_of};

/// What becomes of an operation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Verdict {
    /// Valid, and nothing that it uses changed for the worse.
    Valid,
    /// Valid on the old schema; on the new one invalid, or hurt for certain.
    Broken,
    /// Valid on both, but something that it uses changed in a way that may hurt.
    AtRisk,
    /// Invalid on both; never blamed on the change.
    AlreadyInvalid,
    /// Invalid on the old schema, valid on the new one.
    Fixed,
    /// Not valid on the one schema that it was held against.
    Invalid,
    /// Its text is no GraphQL document.
    Unparsable,
}

impl Verdict {
    /// The word of the contract.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Valid => "valid",
            Verdict::Broken => "broken",
            Verdict::AtRisk => "at-risk",
            Verdict::AlreadyInvalid => "already-invalid",
            Verdict::Fixed => "fixed",
            Verdict::Invalid => "invalid",
            Verdict::Unparsable => "unparsable",
        }
    }
}

/// One operation and what becomes of it.
#[derive(Clone, Debug)]
pub struct CheckedOperation {
    /// The index of its document.
    pub document: usize,
    /// Its name; nothing for an anonymous one.
    pub name: Option<String>,
    /// Its kind; nothing where the document could not be parsed.
    pub kind: Option<OperationKind>,
    /// The place of the operation.
    pub span: Span,
    /// What becomes of it.
    pub verdict: Verdict,
    /// Its errors on the new schema, or of its syntax.
    pub errors: Vec<OperationError>,
    /// How it is hurt though it stays valid.
    pub impacts: Vec<Impact>,
}

/// A validation error of an operation and the change that caused it.
#[derive(Clone, Debug)]
pub struct OperationError {
    /// The error.
    pub diagnostic: Diagnostic,
    /// The index of the change; nothing where no change explains it.
    pub change: Option<usize>,
}

/// A change that hurts an operation without making it invalid.
#[derive(Clone, Debug)]
pub struct Impact {
    /// The index of the change.
    pub change: usize,
    /// Where it hurts.
    pub breaks: Breaks,
    /// Whether it hurts for certain.
    pub certain: bool,
    /// What happens, in one line.
    pub message: String,
    /// The place in the operation.
    pub span: Span,
}

/// Holds every operation against one schema.
pub fn check_against(
    sources: &Sources,
    schema: &Valid<Schema<'_>>,
    documents: &[StoredDocument],
    limits: Limits,
) -> Vec<CheckedOperation> {
    each_document(sources, documents, limits, |arena, document| {
        let errors = validate(arena, schema, document);
        let judge = |_: &OperationDefinition<'_>, errors: Vec<Diagnostic>| {
            let verdict = if errors.is_empty() { Verdict::Valid } else { Verdict::Invalid };
            let errors =
                errors.into_iter().map(|diagnostic| OperationError { diagnostic, change: None }).collect();
            (verdict, errors, Vec::new())
        };
        per_operation(document, errors, judge)
    })
}

/// Holds every operation against the old and the new schema and joins what hurts to the changes.
pub fn check_operations(
    sources: &Sources,
    old: &Valid<Schema<'_>>,
    new: &Valid<Schema<'_>>,
    diff: &Diff<'_>,
    documents: &[StoredDocument],
    limits: Limits,
) -> Vec<CheckedOperation> {
    let index = ChangeIndex::new(old, diff);
    each_document(sources, documents, limits, |arena, document| {
        let on_old = validate(arena, old, document);
        let on_new = validate(arena, new, document);
        let old_errors = distribute(document, on_old);
        let mut old_errors = old_errors.into_iter();
        per_operation(document, on_new, |operation, errors| {
            let was_valid = old_errors.next().is_none_or(|errors| errors.is_empty());
            let errors: Vec<OperationError> = errors
                .into_iter()
                .map(|diagnostic| OperationError { change: index.cause_of(&diagnostic), diagnostic })
                .collect();
            match (was_valid, errors.is_empty()) {
                (true, false) => (Verdict::Broken, errors, Vec::new()),
                (false, false) => (Verdict::AlreadyInvalid, errors, Vec::new()),
                (false, true) => (Verdict::Fixed, errors, Vec::new()),
                (true, true) => {
                    let impacts = index.impacts(document, operation);
                    let verdict = match impacts.iter().map(|impact| impact.certain).max() {
                        None => Verdict::Valid,
                        Some(true) => Verdict::Broken,
                        Some(false) => Verdict::AtRisk,
                    };
                    (verdict, errors, impacts)
                }
            }
        })
    })
}

/// Parses each document and gives its operations to `check`, on all cores; the order of the documents is kept.
fn each_document(
    sources: &Sources,
    documents: &[StoredDocument],
    limits: Limits,
    check: impl for<'d> Fn(&'d Bump, &Document<'d>) -> Vec<CheckedOperation> + Sync,
) -> Vec<CheckedOperation> {
    let checked: Vec<Vec<CheckedOperation>> = documents
        .par_iter()
        .enumerate()
        .map_init(Bump::new, |arena, (at, stored)| {
            arena.reset();
            let source = sources.get(stored.source);
            let mut operations = match parser::parse(arena, source, limits) {
                Ok(document) => check(arena, &document),
                Err(errors) => vec![unparsable(errors)],
            };
            for operation in &mut operations {
                operation.document = at;
            }
            operations
        })
        .collect();
    checked.into_iter().flatten().collect()
}

fn unparsable(errors: Vec<Diagnostic>) -> CheckedOperation {
    CheckedOperation {
        document: 0,
        name: None,
        kind: None,
        span: errors.first().map(|error| error.span).unwrap_or_default(),
        verdict: Verdict::Unparsable,
        errors: errors.into_iter().map(|diagnostic| OperationError { diagnostic, change: None }).collect(),
        impacts: Vec::new(),
    }
}

/// The errors of a document, operation by operation. An error in a fragment belongs to every operation that reaches
/// it; one that no operation reaches belongs to all.
fn distribute(document: &Document<'_>, errors: Vec<Diagnostic>) -> Vec<Vec<Diagnostic>> {
    let operations: Vec<_> = operations_of(document).collect();
    if operations.len() <= 1 || errors.is_empty() {
        let mut distributed = vec![Vec::new(); operations.len()];
        if let Some(first) = distributed.first_mut() {
            *first = errors;
        }
        return distributed;
    }
    let parts: Vec<Vec<Span>> = operations.iter().map(|operation| parts_of(document, operation)).collect();
    let within = |parts: &[Span], error: &Diagnostic| {
        parts.iter().any(|part| part.start <= error.span.start && error.span.start < part.end)
    };
    let reached = |error: &Diagnostic| parts.iter().any(|parts| within(parts, error));
    let of = |parts: &Vec<Span>| {
        errors.iter().filter(|error| within(parts, error) || !reached(error)).cloned().collect()
    };
    parts.iter().map(of).collect()
}

fn per_operation<'d>(
    document: &Document<'d>,
    errors: Vec<Diagnostic>,
    mut judge: impl FnMut(
        &OperationDefinition<'d>,
        Vec<Diagnostic>,
    ) -> (Verdict, Vec<OperationError>, Vec<Impact>),
) -> Vec<CheckedOperation> {
    let distributed = distribute(document, errors);
    operations_of(document)
        .zip(distributed)
        .map(|(operation, errors)| {
            let (verdict, errors, impacts) = judge(operation, errors);
            CheckedOperation {
                document: 0,
                name: operation.name.map(|name| name.text.to_owned()),
                kind: Some(operation.kind),
                span: operation.span,
                verdict,
                errors,
                impacts,
            }
        })
        .collect()
}

/// The changes by what they are about.
struct ChangeIndex<'a, 's> {
    old: &'a Schema<'s>,
    changes: &'a [Change],
    /// By coordinate in the old and in the new schema; those that break documents first.
    by_coordinate: HashMap<SchemaCoordinate, Vec<usize>>,
    /// By element of the old schema, those that break variables or responses.
    by_element: BTreeMap<ElementId, Vec<usize>>,
    /// Of each input type with such a change in it, the types that lead to it.
    reaching: HashMap<TypeId, HashSet<TypeId>>,
}

impl<'a, 's> ChangeIndex<'a, 's> {
    fn new(old: &'a Schema<'s>, diff: &'a Diff<'_>) -> Self {
        let mut index = ChangeIndex {
            old,
            changes: &diff.changes,
            by_coordinate: HashMap::new(),
            by_element: BTreeMap::new(),
            reaching: HashMap::new(),
        };
        for (at, change) in diff.changes.iter().enumerate() {
            let coordinates = std::iter::once(&change.coordinate).chain(&change.new_coordinate);
            for coordinate in coordinates {
                index.by_coordinate.entry(coordinate.clone()).or_default().push(at);
            }
            let hurts_silently = change.severity() > Severity::Safe
                && change.rule.breaks.iter().any(|&breaks| breaks != Breaks::Document);
            if let Some(element) = change.old_id.filter(|_| hurts_silently) {
                index.by_element.entry(element).or_default().push(at);
                if let Some(parent) = input_parent(change, old) {
                    index.reaching.entry(parent).or_insert_with(|| types_reaching(old, parent));
                }
            }
        }
        for list in index.by_coordinate.values_mut() {
            list.sort_by_key(|&at| {
                let change = &diff.changes[at];
                (!change.rule.breaks.contains(&Breaks::Document), std::cmp::Reverse(change.severity()), at)
            });
        }
        index
    }

    /// The change that an error comes from: at its coordinate, else at the field or type that it lies in.
    fn cause_of(&self, error: &Diagnostic) -> Option<usize> {
        let mut coordinate = error.coordinate.clone()?;
        loop {
            if let Some(list) = self.by_coordinate.get(&coordinate) {
                return list.first().copied();
            }
            coordinate = match coordinate {
                SchemaCoordinate::Argument(ty, field, _) => SchemaCoordinate::Member(ty, field),
                SchemaCoordinate::Member(ty, _) => SchemaCoordinate::Type(ty),
                SchemaCoordinate::DirectiveArgument(directive, _) => SchemaCoordinate::Directive(directive),
                _ => return None,
            };
        }
    }

    /// How a valid operation is hurt all the same.
    fn impacts<'d>(&self, document: &Document<'d>, operation: &OperationDefinition<'d>) -> Vec<Impact> {
        if self.by_element.is_empty() {
            return Vec::new();
        }
        let usage: Usage = usage(self.old, document, operation);
        let mut impacts = Vec::new();
        for (&(element, how), &span) in &usage {
            for &at in self.by_element.get(&element).into_iter().flatten() {
                let change = &self.changes[at];
                let defaults = change.rule.id.contains("default");
                // A changed default counts where the document leaves the value out, anything else where it is named.
                if (how == Use::Omitted) == defaults && how != Use::Variable {
                    impacts.push(impact(at, change, span));
                }
            }
            if let (ElementId::Type(ty), Use::Variable) = (element, how) {
                self.opaque(ty, span, &mut impacts);
            }
        }
        impacts.sort_by_key(|impact| (impact.change, impact.span));
        impacts.dedup_by_key(|impact| impact.change);
        impacts
    }

    /// Changes inside an input type that a variable has: what the client sends is not in the document.
    fn opaque(&self, ty: TypeId, span: Span, impacts: &mut Vec<Impact>) {
        for (at, change) in self.changes.iter().enumerate() {
            if !change.rule.breaks.contains(&Breaks::Variables) || change.severity() < Severity::Breaking {
                continue;
            }
            let Some(parent) = input_parent(change, self.old) else { continue };
            if self.reaching.get(&parent).is_some_and(|reaching| reaching.contains(&ty)) {
                let message = format!("a variable may carry it; only the client knows: {}", change.message);
                impacts.push(Impact { change: at, breaks: Breaks::Variables, certain: false, message, span });
            }
        }
    }
}

fn impact(at: usize, change: &Change, span: Span) -> Impact {
    let breaks =
        *change.rule.breaks.iter().find(|&&breaks| breaks != Breaks::Document).unwrap_or(&Breaks::Response);
    // A changed type of a selected field changes the answer for certain; null or a new value may never come.
    let certain = change.rule.id == "field-type-changed";
    Impact { change: at, breaks, certain, message: change.message.clone(), span }
}

/// The input object or enum that a change lies in.
fn input_parent(change: &Change, old: &Schema<'_>) -> Option<TypeId> {
    let parent = match &change.coordinate {
        SchemaCoordinate::Member(ty, _) | SchemaCoordinate::Type(ty) => old.type_named(ty)?,
        _ => return None,
    };
    matches!(old.ty(parent).kind, TypeKind::InputObject | TypeKind::Enum).then_some(parent)
}

/// The input types from which `target` can be reached, itself included.
fn types_reaching(schema: &Schema<'_>, target: TypeId) -> HashSet<TypeId> {
    let mut users: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
    for (id, ty) in schema.types() {
        if ty.kind == TypeKind::InputObject {
            for (_, field) in schema.input_fields_of(id) {
                users.entry(field.ty.named).or_default().push(id);
            }
        }
    }
    let mut reaching = HashSet::from_iter([target]);
    let mut stack = vec![target];
    while let Some(ty) = stack.pop() {
        for &user in users.get(&ty).into_iter().flatten() {
            if reaching.insert(user) {
                stack.push(user);
            }
        }
    }
    reaching
}
