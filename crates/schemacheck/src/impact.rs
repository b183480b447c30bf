//! What the changes of a schema do to each stored operation.
//!
//! For documents the validator decides and the rule explains: an operation that is valid on the old schema and invalid
//! on the new one is broken, and each of its errors is joined to the change that caused it. An operation that stays
//! valid may still be hurt: by what it uses of the schema, held against the changes that break variables or responses.

use bumpalo::Bump;
use hashbrown::{HashMap, HashSet};
use rayon::prelude::*;
use schemacheck_graphql::ast::{
    Definition, Document, OperationDefinition, OperationKind, Selection, TypeKind,
};
use schemacheck_graphql::coordinate::SchemaCoordinate;
use schemacheck_graphql::diagnostic::Diagnostic;
use schemacheck_graphql::parser::{self, Limits};
use schemacheck_graphql::schema::{ElementId, FieldId, Schema, TypeId, Valid};
use schemacheck_graphql::source::{Source, Sources, Span};
use schemacheck_graphql::usage::{Use, Used, each_use};
use schemacheck_graphql::validation::validate;
use serde::{Deserialize, Serialize};

use crate::change::{Breaks, Change, Severity};
use crate::client_only::strip;
use crate::diff::Diff;
use crate::element::Pair;
use crate::operation::{StoredDocument, operations_of, parts_of};
use crate::presence::{Moved, moved, regrouped};
use crate::rules::Check;
use crate::shape::{Difference, differences};
use crate::untold::why_unsure;

/// What becomes of an operation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Valid, and nothing that it uses changed for the worse.
    Valid,
    /// Valid on the old schema; on the new one invalid, or hurt for certain.
    Broken,
    /// Valid on both, but something that it uses changed in a way that may hurt; or it uses what the introspection of the
    /// new schema does not tell.
    AtRisk,
    /// Invalid on both; never blamed on the change.
    AlreadyInvalid,
    /// Invalid on the old schema, valid on the new one.
    Fixed,
    /// Not valid on the one schema that it was held against.
    Invalid,
    /// Its text is no GraphQL document, or it hit a bound of the validation: there is no answer.
    Unparsable,
    /// It was found, and there is no schema to hold it against.
    Unchecked,
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
            Verdict::Unchecked => "unchecked",
        }
    }
}

/// One operation and what becomes of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
    /// The directives that were taken out of its document, since the client does not send them.
    pub stripped: Vec<String>,
    /// Its parts that are not known: indices into the holes of its text.
    pub holes: Vec<usize>,
}

/// A validation error of an operation and the change that caused it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OperationError {
    /// The error.
    pub diagnostic: Diagnostic,
    /// The index of the change; nothing where no change explains it.
    pub change: Option<usize>,
}

/// A change that hurts an operation without making it invalid.
#[derive(Clone, Debug, Serialize, Deserialize)]
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

/// The operations of the documents, held against nothing.
pub fn found_operations(
    sources: &Sources,
    documents: &[StoredDocument],
    limits: Limits,
) -> Vec<CheckedOperation> {
    each_document(sources, documents, limits, &|_| false, |_, source, document| {
        per_operation(source, document, Vec::new(), |_, _| (Verdict::Unchecked, Vec::new(), Vec::new()))
    })
}

/// Holds every operation against one schema.
pub fn check_against(
    sources: &Sources,
    schema: &Valid<Schema<'_>>,
    documents: &[StoredDocument],
    limits: Limits,
) -> Vec<CheckedOperation> {
    let defined = |name: &str| schema.directive_named(name).is_some();
    each_document(sources, documents, limits, &defined, |arena, source, document| {
        let errors = validate(arena, schema, document);
        let judge = |_: &OperationDefinition<'_>, errors: Vec<Diagnostic>| {
            let verdict = match &errors[..] {
                [] => Verdict::Valid,
                errors if hit_limit(errors) => Verdict::Unparsable,
                _ => Verdict::Invalid,
            };
            let errors =
                errors.into_iter().map(|diagnostic| OperationError { diagnostic, change: None }).collect();
            (verdict, errors, Vec::new())
        };
        per_operation(source, document, errors, judge)
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
    let index = ChangeIndex::new(diff);
    let defined = |name: &str| old.directive_named(name).is_some() || new.directive_named(name).is_some();
    each_document(sources, documents, limits, &defined, |arena, source, document| {
        let on_old = validate(arena, old, document);
        let on_new = validate(arena, new, document);
        let old_errors = distribute(document, on_old);
        let mut old_errors = old_errors.into_iter();
        per_operation(source, document, on_new, |operation, errors| {
            let on_old = old_errors.next().unwrap_or_default();
            let unanswered = hit_limit(&on_old) || hit_limit(&errors);
            let was_valid = on_old.iter().all(|error| index.why_unsure_on_old(error).is_some());
            let (mut is_valid, no_errors) = (true, errors.is_empty());
            let errors: Vec<OperationError> = errors
                .into_iter()
                .map(|mut diagnostic| {
                    let unsure = index.why_unsure_on_new(&diagnostic);
                    is_valid &= unsure.is_some();
                    let change = match unsure {
                        Some(_) => None,
                        None => index.cause_of(document, &diagnostic),
                    };
                    diagnostic.help = unsure.map(str::to_owned).or(diagnostic.help);
                    OperationError { diagnostic, change }
                })
                .collect();
            match (was_valid, is_valid) {
                _ if unanswered => (Verdict::Unparsable, errors, Vec::new()),
                (true, false) => (Verdict::Broken, errors, Vec::new()),
                (false, _) if !no_errors => (Verdict::AlreadyInvalid, errors, Vec::new()),
                (false, _) => (Verdict::Fixed, errors, Vec::new()),
                (true, true) => {
                    let impacts = index.impacts(document, operation);
                    let verdict = match impacts.iter().map(|impact| impact.certain).max() {
                        None if no_errors => Verdict::Valid,
                        Some(true) => Verdict::Broken,
                        _ => Verdict::AtRisk,
                    };
                    (verdict, errors, impacts)
                }
            }
        })
    })
}

/// Whether a bound of the validation was hit, so that there is no answer.
fn hit_limit(errors: &[Diagnostic]) -> bool {
    errors.iter().any(|error| error.rule == "limit")
}

/// Parses each document, takes out what is for the client alone and gives its operations to `check`, on all cores; the
/// order of the documents is kept. `defined` tells the directives that a schema knows.
fn each_document(
    sources: &Sources,
    documents: &[StoredDocument],
    limits: Limits,
    defined: &(dyn Fn(&str) -> bool + Sync),
    check: impl for<'d> Fn(&'d Bump, &Source, &Document<'d>) -> Vec<CheckedOperation> + Sync,
) -> Vec<CheckedOperation> {
    let checked: Vec<Vec<CheckedOperation>> = documents
        .par_iter()
        .enumerate()
        .map_init(Bump::new, |arena, (at, stored)| {
            arena.reset();
            let source = sources.get(stored.source);
            let mut stripped = Vec::new();
            let mut operations = match parser::parse(arena, source, limits) {
                Err(errors) => vec![unparsable(source, errors)],
                Ok(_) if !stored.problems.is_empty() => vec![unparsable(source, stored.problems.clone())],
                // Nothing is taken out where there is no directive.
                Ok(document) if !source.text().contains('@') => check(arena, source, &document),
                Ok(document) => {
                    let sent = strip(arena, &document, defined);
                    stripped = sent.stripped;
                    check(arena, source, &sent.document)
                }
            };
            for operation in &mut operations {
                operation.document = at;
                operation.stripped.clone_from(&stripped);
            }
            operations
        })
        .collect();
    checked.into_iter().flatten().collect()
}

fn unparsable(source: &Source, errors: Vec<Diagnostic>) -> CheckedOperation {
    CheckedOperation {
        document: 0,
        name: None,
        kind: None,
        span: errors.first().map(|error| error.span).unwrap_or_default(),
        verdict: Verdict::Unparsable,
        errors: errors.into_iter().map(|diagnostic| OperationError { diagnostic, change: None }).collect(),
        impacts: Vec::new(),
        stripped: Vec::new(),
        holes: (0..source.holes().len()).collect(),
    }
}

/// The errors of a document, operation by operation. An error in a fragment belongs to every operation that reaches
/// it; one that no operation reaches belongs to all.
pub(crate) fn distribute(document: &Document<'_>, errors: Vec<Diagnostic>) -> Vec<Vec<Diagnostic>> {
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

/// The holes in each operation; one that is in none belongs to all.
fn holes_of(source: &Source, document: &Document<'_>) -> Vec<Vec<usize>> {
    let operations: Vec<_> = operations_of(document).collect();
    let all = 0..source.holes().len();
    if operations.len() <= 1 || all.is_empty() {
        return vec![all.collect(); operations.len()];
    }
    let parts: Vec<Vec<Span>> = operations.iter().map(|operation| parts_of(document, operation)).collect();
    let within = |parts: &[Span], hole: usize| {
        let at = source.base() + source.holes()[hole].at;
        parts.iter().any(|part| part.start <= at && at < part.end)
    };
    let reached = |hole: usize| parts.iter().any(|parts| within(parts, hole));
    let of = |parts: &Vec<Span>| {
        all.clone().filter(|&hole| within(parts, hole) || !reached(hole)).collect::<Vec<_>>()
    };
    parts.iter().map(of).collect()
}

fn per_operation<'d>(
    source: &Source,
    document: &Document<'d>,
    errors: Vec<Diagnostic>,
    mut judge: impl FnMut(
        &'d OperationDefinition<'d>,
        Vec<Diagnostic>,
    ) -> (Verdict, Vec<OperationError>, Vec<Impact>),
) -> Vec<CheckedOperation> {
    let distributed = distribute(document, errors);
    operations_of(document)
        .zip(distributed)
        .zip(holes_of(source, document))
        .map(|((operation, errors), holes)| {
            let (verdict, errors, impacts) = judge(operation, errors);
            CheckedOperation {
                document: 0,
                name: operation.name.map(|name| name.text.to_owned()),
                kind: Some(operation.kind),
                span: operation.span,
                verdict,
                errors,
                impacts,
                stripped: Vec::new(),
                holes,
            }
        })
        .collect()
}

/// The changes by what they are about.
pub(crate) struct ChangeIndex<'a, 's> {
    diff: &'a Diff<'s>,
    /// By coordinate in the old and in the new schema; those that break documents first.
    by_coordinate: HashMap<SchemaCoordinate<&'a str>, Vec<usize>>,
    /// Those that can hurt a valid operation, by element of the old schema.
    by_element: HashMap<ElementId, Vec<usize>>,
    /// Those that change what a type may answer, by type of the old schema.
    by_returned_type: HashMap<TypeId, Vec<usize>>,
    /// Those that make a selection invalid, by the type of the old schema that it is on: a hole may select it.
    by_selected_type: HashMap<TypeId, Vec<usize>>,
    /// Those inside of input objects and enums, by the type that a variable has.
    by_variable_type: HashMap<TypeId, Vec<Carried>>,
    /// The interfaces and unions of the old schema that an object left or joined, each with one such object.
    regrouped: HashMap<TypeId, TypeId>,
    /// Whether `__typename` can answer another name.
    renames_types: bool,
}

/// One step of the way to a place of a document.
struct Step {
    /// The field of the old schema; nothing for a fragment or the root.
    field: Option<FieldId>,
    /// The type of the old schema that the selections below it are on.
    ty: TypeId,
}

/// A change inside an input object or enum that a variable may carry.
#[derive(Clone, Copy)]
struct Carried {
    change: usize,
    /// Whether every value of the variable's type breaks.
    certain: bool,
}

impl<'a, 's> ChangeIndex<'a, 's> {
    pub(crate) fn new(diff: &'a Diff<'s>) -> Self {
        let mut index = ChangeIndex {
            diff,
            by_coordinate: HashMap::new(),
            by_element: HashMap::new(),
            by_returned_type: HashMap::new(),
            by_selected_type: HashMap::new(),
            by_variable_type: HashMap::new(),
            regrouped: regrouped(&diff.matching),
            renames_types: diff.matching.types.iter().any(|pair| match pair {
                Pair::Persisted { old, new } => old.kind != new.kind,
                pair => matches!(pair, Pair::Renamed { .. }),
            }),
        };
        let mut users = InputUsers::new(diff.matching.old);
        for (at, change) in diff.changes.iter().enumerate() {
            // What is said about an element breaks nothing.
            if !matches!(change.rule.check, Check::Description(_) | Check::Directives(_)) {
                for coordinate in std::iter::once(change.coordinate).chain(change.new_coordinate) {
                    index.by_coordinate.entry(coordinate).or_default().push(at);
                }
            }
            if change.severity() == Severity::Breaking
                && change.rule.breaks.contains(&Breaks::Document)
                && let Some(ElementId::Field(field)) = change.old_id
            {
                index.by_selected_type.entry(diff.matching.old.field(field).parent).or_default().push(at);
            }
            if change.severity() > Severity::Safe {
                index.add_silent(at, change, &mut users);
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

    /// Adds a change that can hurt an operation which stays valid.
    fn add_silent(&mut self, at: usize, change: &Change<'_>, users: &mut InputUsers) {
        let old = self.diff.matching.old;
        let breaks = |part: Breaks| change.rule.breaks.contains(&part);
        if !breaks(Breaks::Variables) && !breaks(Breaks::Response) {
            return;
        }
        if let Some(element) = change.old_id.filter(|element| !matches!(element, ElementId::Type(_))) {
            self.by_element.entry(element).or_default().push(at);
        }
        // What the new name of a type does to answers, only the selections tell.
        if change.rename.is_some() && matches!(change.old_id, Some(ElementId::Type(_))) {
            return;
        }
        // The type whose answers change: the one it lies in, or the interface that has one implementation more.
        let parent = change.coordinate.type_name().and_then(|name| old.type_named(name));
        let interface = change.member.and_then(|name| old.type_named(name));
        // What ceases to occur hurts nobody.
        if breaks(Breaks::Response) && change.new.is_some() {
            let returned = match interface {
                Some(interface) if old.ty(interface).kind == TypeKind::Interface => Some(interface),
                _ => parent.filter(|&ty| !matches!(old.ty(ty).kind, TypeKind::Object | TypeKind::Interface)),
            };
            if let Some(ty) = returned {
                self.by_returned_type.entry(ty).or_default().push(at);
            }
        }
        let input = |&ty: &TypeId| matches!(old.ty(ty).kind, TypeKind::InputObject | TypeKind::Enum);
        if let (true, Some(ty)) = (breaks(Breaks::Variables), parent.filter(input)) {
            let breaks_every_value = self.breaks_every_value(change);
            let must_carry: HashSet<TypeId> = if breaks_every_value {
                users.reaching(ty, true).iter().copied().collect()
            } else {
                HashSet::new()
            };
            for &carrier in users.reaching(ty, false) {
                let certain = must_carry.contains(&carrier);
                self.by_variable_type.entry(carrier).or_default().push(Carried { change: at, certain });
            }
        }
    }

    /// Whether a change of an input object rejects every value that a client of the old schema can send: it must have
    /// sent what is gone, or cannot have sent what is required.
    fn breaks_every_value(&self, change: &Change<'_>) -> bool {
        let matching = &self.diff.matching;
        let required = |schema: &Schema<'_>, element: Option<ElementId>| match element {
            Some(ElementId::InputValue(id)) => schema.input_value(id).is_required(),
            _ => false,
        };
        let gone = change.new_id.is_none() || change.rename.is_some();
        let came = change.old_id.is_none() || change.rename.is_some();
        (gone && required(matching.old, change.old_id)) || (came && required(matching.new, change.new_id))
    }

    /// The change that an error comes from. It is looked for nearest first: at the element that the error is about; at a
    /// field around the error or around a place that belongs to it, since a fragment becomes impossible below a field that
    /// changed its type, and two fields conflict where one of them did; at the types on the way there; at the root.
    fn cause_of(&self, document: &Document<'_>, error: &Diagnostic) -> Option<usize> {
        let coordinate = error.coordinate.as_ref().map(|coordinate| self.in_old(coordinate.borrowed()));
        let about = coordinate.and_then(|coordinate| self.cause_at(coordinate));
        coordinate
            .filter(|_| error.rule == "possible-fragment-spreads")
            .and_then(|condition| self.cause_between(document, condition, error.span))
            .or(about)
            .or_else(|| coordinate.and_then(|coordinate| self.cause_in_type_of(coordinate)))
            .or_else(|| {
                let mut places =
                    std::iter::once(error.span).chain(error.related.iter().map(|&(span, _)| span));
                places.find_map(|place| self.cause_around(document, place))
            })
            .or_else(|| self.by_coordinate.get(&SchemaCoordinate::Schema)?.first().copied())
    }

    /// A coordinate of the new schema with the name that its type had in the old one: there the changes of a renamed
    /// type's members stand.
    fn in_old<'n>(&'n self, coordinate: SchemaCoordinate<&'n str>) -> SchemaCoordinate<&'n str> {
        let matching = &self.diff.matching;
        let old = coordinate.type_name().and_then(|name| matching.new.type_named(name));
        let old = old.and_then(|new| matching.old_type(new)).map(|old| matching.old.ty(old).name);
        old.map_or(coordinate, |old| coordinate.of_type(old))
    }

    /// A coordinate of the old schema with the name that its type has in the new one.
    fn in_new<'n>(&'n self, coordinate: SchemaCoordinate<&'n str>) -> SchemaCoordinate<&'n str> {
        let matching = &self.diff.matching;
        let new = coordinate.type_name().and_then(|name| matching.old.type_named(name));
        let new = new.and_then(|old| matching.new_type(old)).map(|new| matching.new.ty(new).name);
        new.map_or(coordinate, |new| coordinate.of_type(new))
    }

    /// Why an error on the old schema may be none.
    fn why_unsure_on_old(&self, error: &Diagnostic) -> Option<&'static str> {
        let (old, new) = (self.diff.matching.old, self.diff.matching.new);
        why_unsure(error, old, new, self.in_new(error.coordinate.as_ref()?.borrowed()))
    }

    /// Why an error on the new schema may be none.
    fn why_unsure_on_new(&self, error: &Diagnostic) -> Option<&'static str> {
        let (old, new) = (self.diff.matching.old, self.diff.matching.new);
        why_unsure(error, new, old, self.in_old(error.coordinate.as_ref()?.borrowed()))
    }

    /// The change of membership that makes a fragment on `condition` impossible at a place: that of the one type in the
    /// other, else that of an object which was both.
    fn cause_between(
        &self,
        document: &Document<'_>,
        condition: SchemaCoordinate<&str>,
        place: Span,
    ) -> Option<usize> {
        let old = self.diff.matching.old;
        let condition = old.type_named(condition.type_name()?)?;
        let way = self.way_to(document, place);
        let parent = way.iter().rev().map(|step| step.ty).find(|&ty| ty != condition)?;
        let objects = old.possible_types(condition).iter().copied();
        let mut both = objects.filter(|object| old.possible_types(parent).contains(object));
        self.membership(condition, parent).or_else(|| {
            both.find_map(|object| {
                self.membership(object, condition).or_else(|| self.membership(object, parent))
            })
        })
    }

    /// The change of an element, or of the field or type that it lies in.
    fn cause_at(&self, mut coordinate: SchemaCoordinate<&str>) -> Option<usize> {
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

    /// The change of the type that an argument, an input field or a field has: a literal fits no more where an enum
    /// became a scalar.
    fn cause_in_type_of(&self, coordinate: SchemaCoordinate<&str>) -> Option<usize> {
        let old = self.diff.matching.old;
        let ty = match coordinate {
            SchemaCoordinate::Argument(ty, field, argument) => {
                let field = old.field_named(old.type_named(ty)?, field)?;
                old.input_value(old.argument_named(field, argument)?).ty
            }
            SchemaCoordinate::Member(ty, member) => {
                let ty = old.type_named(ty)?;
                let field = old.field_named(ty, member).map(|id| old.field(id).ty);
                field.or_else(|| old.input_field_named(ty, member).map(|id| old.input_value(id).ty))?
            }
            _ => return None,
        };
        self.cause_of_type(ty.named)
    }

    /// The change of a type itself, or of one of its members or implementers that left.
    fn cause_of_type(&self, ty: TypeId) -> Option<usize> {
        let old = self.diff.matching.old;
        let own = self.by_coordinate.get(&SchemaCoordinate::Type(old.ty(ty).name));
        let left = || {
            let possible = old.possible_types(ty).iter().filter(|&&object| object != ty);
            let mut names = possible.map(|&object| SchemaCoordinate::Type(old.ty(object).name));
            names.find_map(|name| self.by_coordinate.get(&name))
        };
        own.or_else(left)?.first().copied()
    }

    /// The change of the innermost field around a place that has one, as the old schema reads the document; else of the
    /// types on the way there, the innermost first.
    fn cause_around(&self, document: &Document<'_>, place: Span) -> Option<usize> {
        let old = self.diff.matching.old;
        let way = self.way_to(document, place);
        let of_field = |step: &Step| {
            let field = old.field(step.field?);
            let coordinate = SchemaCoordinate::Member(old.ty(field.parent).name, field.name);
            self.by_coordinate.get(&coordinate)?.first().copied()
        };
        let mut fields = way.iter().rev();
        let mut types = way.iter().rev();
        fields.find_map(of_field).or_else(|| types.find_map(|step| self.cause_of_type(step.ty)))
    }

    /// The fields and fragments around a place, the outermost first, as far as the old schema knows them.
    fn way_to(&self, document: &Document<'_>, place: Span) -> Vec<Step> {
        let old = self.diff.matching.old;
        let around = |span: Span| span.start <= place.start && place.start < span.end;
        let root = document.definitions.iter().find_map(|definition| match definition {
            Definition::Operation(node) if around(node.span) => {
                Some((&node.selection_set, old.root(node.kind)?))
            }
            Definition::Fragment(node) if around(node.span) => {
                Some((&node.selection_set, old.type_named(node.type_condition.text)?))
            }
            _ => None,
        });
        let Some((mut set, mut ty)) = root else { return Vec::new() };
        let mut way = vec![Step { field: None, ty }];
        loop {
            let inner = set.selections.iter().find_map(|selection| match selection {
                Selection::Field(node) if around(node.span) => {
                    let field = old.selected_field(ty, node.name.text)?;
                    let step = Step { field: Some(field), ty: old.field(field).ty.named };
                    Some((step, node.selection_set.as_ref()))
                }
                Selection::InlineFragment(node) if around(node.span) => {
                    let condition = match node.type_condition {
                        Some(condition) => old.type_named(condition.text)?,
                        None => ty,
                    };
                    Some((Step { field: None, ty: condition }, Some(&node.selection_set)))
                }
                _ => None,
            });
            let Some((step, below)) = inner else { return way };
            ty = step.ty;
            way.push(step);
            let Some(below) = below else { return way };
            set = below;
        }
    }

    /// How an operation is hurt all the same where it is valid, or made so by the new names, by what it uses of the old
    /// schema.
    pub(crate) fn impacts<'d>(
        &self,
        document: &Document<'d>,
        operation: &'d OperationDefinition<'d>,
    ) -> Vec<Impact> {
        let silent = self.by_element.is_empty()
            && self.by_returned_type.is_empty()
            && self.by_variable_type.is_empty()
            && self.regrouped.is_empty()
            && !self.renames_types;
        if silent && (!document.holes || self.by_selected_type.is_empty()) {
            return Vec::new();
        }
        let matching = &self.diff.matching;
        let differences = differences(matching, document, operation);
        let mut impacts: Vec<Impact> =
            differences.iter().filter_map(|found| self.shape_impact(found)).collect();
        let mut conditions: Vec<(TypeId, TypeId)> = Vec::new();
        each_use(matching.old, document, operation, |used| match (used.element, used.how) {
            (ElementId::Type(ty), Use::Named) => {
                let group = self.regrouped.get_key_value(&ty);
                conditions.extend(group.map(|(&group, &object)| (group, object)));
            }
            (ElementId::Type(ty), Use::Returned) => {
                let changes = self.by_returned_type.get(&ty).into_iter().flatten();
                impacts.extend(changes.map(|&at| self.impact(at, Breaks::Response, false, used.span)));
            }
            (ElementId::Type(ty), Use::Variable | Use::RequiredVariable) => {
                self.carried(ty, used, &mut impacts);
            }
            (ElementId::Type(ty), Use::Open) => {
                let changes = self.by_selected_type.get(&ty).into_iter().flatten();
                impacts.extend(changes.map(|&at| self.impact(at, Breaks::Document, false, used.span)));
            }
            (element, how) => {
                let changes = self.by_element.get(&element).into_iter().flatten();
                impacts.extend(changes.filter_map(|&at| self.element_impact(at, how, used.span)));
            }
        });
        if !conditions.is_empty() {
            let found = moved(matching, document, operation).unwrap_or_else(|| {
                let unsure = |&(group, object): &(TypeId, TypeId)| {
                    let span = operation.span;
                    Moved { span, object, group, left: true, certain: false }
                };
                conditions.iter().map(unsure).collect()
            });
            impacts.extend(found.iter().filter_map(|moved| self.moved_impact(moved)));
        }
        impacts.sort_by_key(|impact| (impact.change, std::cmp::Reverse(impact.certain), impact.span));
        impacts.dedup_by_key(|impact| impact.change);
        impacts
    }

    /// What a change of a field, an argument or an input field does to an operation that uses it and stays valid.
    fn element_impact(&self, at: usize, how: Use, span: Span) -> Option<Impact> {
        let change = &self.diff.changes[at];
        let breaks = |part: Breaks| change.rule.breaks.contains(&part);
        match how {
            // A default that changed counts where the document leaves the value out.
            Use::Omitted if breaks(Breaks::Response) => Some(self.impact(at, Breaks::Response, false, span)),
            // The document is valid, so every value of the variable fits but null.
            Use::NullableVariable if breaks(Breaks::Variables) && self.refuses_null(change) => {
                Some(self.impact(at, Breaks::Variables, false, span))
            }
            _ => None,
        }
    }

    /// Whether an argument or input field takes no null now.
    fn refuses_null(&self, change: &Change<'_>) -> bool {
        let Some(ElementId::InputValue(new)) = change.new_id else { return false };
        self.diff.matching.new.input_value(new).ty.wrappers.is_non_null()
    }

    /// The impact of a selection that answers differently, joined to the change of its field, else to that of the type
    /// it stands in or of the field above that leads to another type.
    fn shape_impact(&self, difference: &Difference) -> Option<Impact> {
        let matching = &self.diff.matching;
        let of_field = |field: FieldId| {
            let changes = self.by_element.get(&ElementId::Field(field))?.iter().copied();
            changes.max_by_key(|&at| self.diff.changes[at].severity())
        };
        let of_type = |field: FieldId| {
            let parent = matching.old.ty(matching.old.field(field).parent).name;
            let changes = self.by_coordinate.get(&SchemaCoordinate::Type(parent))?;
            changes.first().copied()
        };
        let of_name = |ty: TypeId| {
            self.by_coordinate.get(&SchemaCoordinate::Type(matching.old.ty(ty).name))?.first().copied()
        };
        let at = difference
            .renamed
            .and_then(of_name)
            .or_else(|| difference.field.and_then(of_field))
            .or_else(|| difference.above.and_then(of_field))
            .or_else(|| difference.field.and_then(of_type))?;
        Some(self.impact(at, Breaks::Response, difference.certain, difference.span))
    }

    /// The impact of an object that is answered with more or with less, joined to the change of its membership.
    fn moved_impact(&self, moved: &Moved) -> Option<Impact> {
        let at = self.membership(moved.object, moved.group).or_else(|| self.cause_of_type(moved.group))?;
        let mut impact = self.impact(at, Breaks::Response, moved.certain, moved.span);
        let object = self.diff.matching.old.ty(moved.object).name;
        let how = match (moved.left, moved.certain) {
            (true, true) => "no answer has this any more".to_owned(),
            (true, false) => format!("{object} is answered without this"),
            (false, _) => format!("{object} is answered with this too"),
        };
        impact.message = format!("{how}: {}", impact.message);
        Some(impact)
    }

    /// The change by which one type of the old schema left or joined the other, as a member or by its interfaces.
    fn membership(&self, one: TypeId, other: TypeId) -> Option<usize> {
        let matching = &self.diff.matching;
        let between = |ty: &str, member: &str| {
            let changes = self.by_coordinate.get(&SchemaCoordinate::Type(ty))?;
            changes.iter().copied().find(|&at| self.diff.changes[at].member == Some(member))
        };
        let either = |one: &str, other: &str| between(one, other).or_else(|| between(other, one));
        let in_new = |old: TypeId| Some(matching.new.ty(matching.new_type(old)?).name);
        either(matching.old.ty(one).name, matching.old.ty(other).name)
            .or_else(|| either(in_new(one)?, in_new(other)?))
    }

    /// Changes inside an input type that a variable has: what the client sends is not in the document.
    fn carried(&self, ty: TypeId, used: Used, impacts: &mut Vec<Impact>) {
        for carried in self.by_variable_type.get(&ty).into_iter().flatten() {
            let certain = used.how == Use::RequiredVariable && carried.certain;
            impacts.push(self.impact(carried.change, Breaks::Variables, certain, used.span));
        }
    }

    fn impact(&self, at: usize, breaks: Breaks, certain: bool, span: Span) -> Impact {
        let message = &self.diff.changes[at].message;
        let message = match (breaks, certain) {
            (Breaks::Variables, true) => {
                format!("every value that the variable can have is rejected: {message}")
            }
            (Breaks::Document, _) => format!("what is interpolated here may select it: {message}"),
            (Breaks::Variables, false) => format!("only the client knows what the variable holds: {message}"),
            _ => message.clone(),
        };
        Impact { change: at, breaks, certain, message, span }
    }
}

/// Which input objects use an input type, over all fields or over those that every value has.
struct InputUsers {
    any: HashMap<TypeId, Vec<TypeId>>,
    required: HashMap<TypeId, Vec<TypeId>>,
    /// What was asked before.
    known: HashMap<(TypeId, bool), Vec<TypeId>>,
}

impl InputUsers {
    fn new(schema: &Schema<'_>) -> Self {
        let mut users = InputUsers { any: HashMap::new(), required: HashMap::new(), known: HashMap::new() };
        for (id, ty) in schema.types() {
            if ty.kind != TypeKind::InputObject {
                continue;
            }
            for (_, field) in schema.input_fields_of(id) {
                users.any.entry(field.ty.named).or_default().push(id);
                if field.is_required() && !field.ty.wrappers.is_list() {
                    users.required.entry(field.ty.named).or_default().push(id);
                }
            }
        }
        users
    }

    /// The input types of which a value may hold one of `target`, or must; itself included.
    fn reaching(&mut self, target: TypeId, must: bool) -> &[TypeId] {
        let users = if must { &self.required } else { &self.any };
        self.known.entry((target, must)).or_insert_with(|| {
            let mut seen: HashSet<TypeId> = HashSet::from([target]);
            let mut reaching = vec![target];
            let mut at = 0;
            while at < reaching.len() {
                let new = users.get(&reaching[at]).into_iter().flatten().filter(|&&user| seen.insert(user));
                let new: Vec<TypeId> = new.copied().collect();
                reaching.extend(new);
                at += 1;
            }
            reaching
        })
    }
}
