//! The rename in the stored documents, so that clients can migrate before an alias goes.
//!
//! Each document is read by the old schema. Every name in it that the new schema calls otherwise becomes an edit; a field
//! keeps its key in the response, which the client's code reads, so that `price` becomes `price: cost`. The document as a
//! whole is the unit: its edits are made only where each of its operations that was valid on the old schema is valid on the
//! new one with them. Only documents that a person keeps as files of their own are edited; what stands in code, in a
//! manifest, in a log or in a registry is told with its place, and so are the keys in variables, which only the client's
//! code can rename.

use std::collections::BTreeMap;

use bumpalo::Bump;
use rayon::prelude::*;
use schemacheck_graphql::ast::{
    Argument, Definition, Directive, Document, Name, OperationDefinition, Selection, SelectionSet, Value,
    ValueKind,
};
use schemacheck_graphql::diagnostic::Diagnostic;
use schemacheck_graphql::parser::{self, Limits};
use schemacheck_graphql::schema::{ElementId, InputValueId, Schema, TypeId, TypeRef, Valid};
use schemacheck_graphql::source::{HOLE, Hole, SourceId, Sources, Span, without_holes};
use schemacheck_graphql::validation::validate;

use crate::change::Breaks;
use crate::client_only::strip;
use crate::diff::Diff;
use crate::impact::{ChangeIndex, Impact, distribute};
use crate::matching::Matching;
use crate::operation::{StoredDocument, operations_of};
use crate::suggest::Edit;
use crate::suggest::edit::apply;

/// The endings of the files that are one document each, kept by a person.
const DOCUMENT_ENDINGS: [&str; 2] = [".graphql", ".gql"];

/// The documents with the new names.
#[derive(Clone, Default, Debug)]
pub struct Migration {
    /// The files that change, by name, with their new texts.
    pub texts: Vec<(SourceId, String)>,
    /// What only a person can change.
    pub by_hand: Vec<ByHand>,
    /// Operations that were valid on the old schema and stay broken, whatever is renamed.
    pub broken: Vec<StaysBroken>,
}

/// A place to change by hand.
#[derive(Clone, Debug)]
pub struct ByHand {
    /// Where.
    pub span: Span,
    /// What to do there.
    pub message: String,
    /// Whether it is broken for certain until then; only the client knows what a variable holds.
    pub certain: bool,
}

/// An operation that no rename saves.
#[derive(Clone, Debug)]
pub struct StaysBroken {
    /// The place of the operation.
    pub span: Span,
    /// Its name; nothing for an anonymous one.
    pub name: Option<String>,
    /// What remains wrong with it.
    pub reason: String,
}

/// What becomes of one document.
#[derive(Default)]
struct Migrated {
    /// In the document's own text; none where it cannot be migrated.
    edits: Vec<Edit>,
    by_hand: Vec<ByHand>,
    broken: Vec<StaysBroken>,
}

/// Renames in all documents what the new schema calls otherwise, as far as it can be proven. Documents that are no GraphQL
/// are passed over.
pub fn migrate(
    sources: &Sources,
    old: &Valid<Schema<'_>>,
    new: &Valid<Schema<'_>>,
    diff: &Diff<'_>,
    documents: &[StoredDocument],
    limits: Limits,
) -> Migration {
    let run = Run { sources, old, new, diff, index: ChangeIndex::new(diff), limits };
    let migrated: Vec<Migrated> = documents
        .par_iter()
        .map_init(Bump::new, |arena, document| {
            arena.reset();
            run.document(arena, document)
        })
        .collect();
    let mut migration = Migration::default();
    let mut files: BTreeMap<&str, File> = BTreeMap::new();
    for (document, Migrated { edits, by_hand, broken }) in documents.iter().zip(migrated) {
        migration.by_hand.extend(by_hand);
        migration.broken.extend(broken);
        let first = sources.get(document.source).base();
        for &copy in std::iter::once(&document.source).chain(&document.duplicates) {
            let base = sources.get(copy).base();
            for edit in &edits {
                let moved = |at: u32| at - first + base;
                let span = Span { start: moved(edit.span.start), end: moved(edit.span.end) };
                if !add(sources, &mut files, span, &edit.text) {
                    let message = format!("{} becomes {}", sources.text(span), edit.text);
                    migration.by_hand.push(ByHand { span, message, certain: true });
                }
            }
        }
    }
    for File { source, edits } in files.into_values() {
        let edits: Vec<Edit> = edits.into_iter().map(|(span, text)| Edit::replace(span, text)).collect();
        migration.texts.extend(apply(sources, &[source], &edits.iter().collect::<Vec<_>>()));
    }
    // Documents that share a fragment share what is to do in it.
    migration.by_hand.sort_by_cached_key(|one| (sources.locate(one.span.start), one.message.clone()));
    migration.by_hand.dedup_by_key(|one| (sources.locate(one.span.start), one.message.clone()));
    migration
}

/// The edits of a file, which may have been read more than once.
struct File {
    source: SourceId,
    edits: BTreeMap<Span, String>,
}

/// Adds an edit to those of the file that its place stands in; false where that is no document that a person keeps.
fn add<'s>(sources: &'s Sources, files: &mut BTreeMap<&'s str, File>, span: Span, text: &str) -> bool {
    let Some((source, place)) = sources.origin(span) else { return false };
    let (name, base) = (sources.get(source).name(), sources.get(source).base());
    if !DOCUMENT_ENDINGS.iter().any(|ending| name.ends_with(ending)) {
        return false;
    }
    let file = files.entry(name).or_insert(File { source, edits: BTreeMap::new() });
    let known = sources.get(file.source);
    if known.text() != sources.get(source).text() {
        return false;
    }
    let moved = |at: u32| at - base + known.base();
    file.edits.insert(Span { start: moved(place.start), end: moved(place.end) }, text.to_owned());
    true
}

struct Run<'r, 's> {
    sources: &'r Sources,
    old: &'r Valid<Schema<'s>>,
    new: &'r Valid<Schema<'s>>,
    diff: &'r Diff<'s>,
    index: ChangeIndex<'r, 's>,
    limits: Limits,
}

impl Run<'_, '_> {
    fn document(&self, arena: &Bump, stored: &StoredDocument) -> Migrated {
        let Run { sources, old, new, diff, limits, .. } = *self;
        let defined = |name: &str| old.directive_named(name).is_some() || new.directive_named(name).is_some();
        let source = sources.get(stored.source);
        let parsed = parser::parse(arena, source, limits).ok().filter(|_| stored.problems.is_empty());
        let Some(written) = parsed else { return Migrated::default() };
        let sent = strip(arena, &written, &defined).document;
        let on_old = distribute(&sent, validate(arena, old, &sent));
        let edits = edits(&diff.matching, &written);
        let on_new = match apply(sources, &[stored.source], &edits.iter().collect::<Vec<_>>()).pop() {
            None => distribute(&sent, validate(arena, new, &sent)).into_iter().map(first_message).collect(),
            Some((_, text)) => self.errors_of(arena, text, &defined),
        };
        let mut migrated = Migrated { edits, ..Migrated::default() };
        let mut spoilt = false;
        for (at, operation) in operations_of(&sent).enumerate() {
            if on_old.get(at).is_none_or(|errors| !errors.is_empty()) {
                continue;
            }
            let unreadable = || Some("its document cannot be read with the new names".to_owned());
            let error = on_new.get(at).cloned().unwrap_or_else(unreadable);
            spoilt |= error.is_some();
            let impacts = self.index.impacts(&sent, operation);
            let (in_variables, others): (Vec<Impact>, Vec<Impact>) =
                impacts.into_iter().partition(|impact| {
                    impact.breaks == Breaks::Variables && diff.changes[impact.change].rename.is_some()
                });
            let certain = others.into_iter().find(|impact| impact.certain).map(|impact| impact.message);
            if let Some(reason) = error.or(certain) {
                let name = operation.name.map(|name| without_holes(name.text));
                migrated.broken.push(StaysBroken { span: operation.span, name, reason });
            }
            for impact in in_variables {
                migrated.by_hand.extend(self.in_variable(operation, &impact));
            }
        }
        if spoilt || on_old.iter().all(|errors| !errors.is_empty()) {
            // The others in the document stay as they are with it.
            let before = distribute(&sent, validate(arena, new, &sent));
            for (at, operation) in operations_of(&sent).enumerate() {
                let was_valid = on_old.get(at).is_some_and(Vec::is_empty);
                let saved = on_new.get(at).is_some_and(Option::is_none);
                let is_told = migrated.broken.iter().any(|one| one.span == operation.span);
                let needs_it = before.get(at).is_some_and(|errors| !errors.is_empty());
                if was_valid && saved && needs_it && !is_told {
                    let name = operation.name.map(|name| without_holes(name.text));
                    let reason = "another operation of its document cannot be migrated".to_owned();
                    migrated.broken.push(StaysBroken { span: operation.span, name, reason });
                }
            }
            migrated.edits.clear();
        }
        migrated
    }

    /// The first error of each operation of a document on the new schema.
    fn errors_of(&self, arena: &Bump, text: String, defined: &dyn Fn(&str) -> bool) -> Vec<Option<String>> {
        let holes =
            text.match_indices(HOLE).map(|(at, _)| Hole { at: at as u32, text: String::new() }).collect();
        let mut sources = Sources::new();
        let added = sources.add("document", "").and_then(|home| {
            let places = vec![(0, sources.get(home).base())];
            sources.add_assembled(home, text, places, holes)
        });
        let Ok(id) = added else { return Vec::new() };
        let Ok(document) = parser::parse(arena, sources.get(id), self.limits) else { return Vec::new() };
        let sent = strip(arena, &document, defined).document;
        distribute(&sent, validate(arena, self.new, &sent)).into_iter().map(first_message).collect()
    }

    /// What a client has to rename in the values of a variable.
    fn in_variable(&self, operation: &OperationDefinition<'_>, impact: &Impact) -> Option<ByHand> {
        let change = &self.diff.changes[impact.change];
        let (rename, variable) = (change.rename.as_ref()?, impact.span);
        let variable = operation.variables.iter().find(|node| node.span == variable)?;
        let what = if matches!(change.old_id, Some(ElementId::EnumValue(_))) { "value" } else { "key" };
        let message = format!(
            "variables of type {} may hold the {what} {}, which is {} now; only the client's code can rename it",
            variable.ty.name.text, rename.from, rename.to
        );
        Some(ByHand { span: variable.span, message, certain: impact.certain })
    }
}

fn first_message(errors: Vec<Diagnostic>) -> Option<String> {
    errors.into_iter().next().map(|error| without_holes(&error.message))
}

/// Every name of a document that the new schema calls otherwise.
fn edits(matching: &Matching<'_>, document: &Document<'_>) -> Vec<Edit> {
    let mut walk = Walk { matching, old: matching.old, edits: Vec::new() };
    for definition in document.definitions {
        match definition {
            Definition::Operation(node) => {
                for variable in node.variables {
                    walk.type_name(variable.ty.name);
                    if let (Some(default), Some(named)) =
                        (&variable.default, walk.old.type_named(variable.ty.name.text))
                    {
                        walk.value(default, TypeRef { named, wrappers: variable.ty.wrappers });
                    }
                    walk.directives(variable.directives);
                }
                walk.directives(node.directives);
                walk.selection_set(&node.selection_set, walk.old.root(node.kind));
            }
            Definition::Fragment(node) => {
                walk.type_name(node.type_condition);
                walk.directives(node.directives);
                walk.selection_set(&node.selection_set, walk.old.type_named(node.type_condition.text));
            }
            _ => {}
        }
    }
    walk.edits
}

struct Walk<'m, 's> {
    matching: &'m Matching<'s>,
    old: &'s Schema<'s>,
    edits: Vec<Edit>,
}

impl Walk<'_, '_> {
    fn new_name(&self, element: ElementId) -> Option<String> {
        self.matching.rename(element).map(|rename| rename.to.clone())
    }

    fn rename(&mut self, element: ElementId, name: Name<'_>) {
        if let Some(new) = self.new_name(element) {
            self.edits.push(Edit::replace(name.span, new));
        }
    }

    fn type_name(&mut self, name: Name<'_>) {
        let new = self.old.type_named(name.text).and_then(|ty| self.matching.new_type(ty));
        let new = new.map(|ty| self.matching.new.ty(ty).name).filter(|&new| new != name.text);
        self.edits.extend(new.map(|new| Edit::replace(name.span, new.to_owned())));
    }

    fn selection_set(&mut self, set: &SelectionSet<'_>, parent: Option<TypeId>) {
        for selection in set.selections {
            match selection {
                Selection::Field(field) => {
                    let id = parent.and_then(|parent| self.old.selected_field(parent, field.name.text));
                    if let Some(new) = id.and_then(|id| self.new_name(ElementId::Field(id))) {
                        let keeps_its_key = field.alias.is_some();
                        let text = if keeps_its_key { new } else { format!("{}: {new}", field.name.text) };
                        self.edits.push(Edit::replace(field.name.span, text));
                    }
                    self.arguments(field.arguments, |schema, name| schema.argument_named(id?, name));
                    self.directives(field.directives);
                    if let Some(set) = &field.selection_set {
                        self.selection_set(set, id.map(|id| self.old.field(id).ty.named));
                    }
                }
                Selection::FragmentSpread(spread) => self.directives(spread.directives),
                Selection::InlineFragment(fragment) => {
                    let ty = match fragment.type_condition {
                        None => parent,
                        Some(name) => {
                            self.type_name(name);
                            self.old.type_named(name.text)
                        }
                    };
                    self.directives(fragment.directives);
                    self.selection_set(&fragment.selection_set, ty);
                }
            }
        }
    }

    fn directives(&mut self, nodes: &[Directive<'_>]) {
        for node in nodes {
            let Some(id) = self.old.directive_named(node.name.text) else { continue };
            if let Some(new) = self.new_name(ElementId::Directive(id)) {
                self.edits.push(Edit::replace(node.name.span, format!("@{new}")));
            }
            self.arguments(node.arguments, |schema, name| schema.directive_argument_named(id, name));
        }
    }

    fn arguments(
        &mut self,
        nodes: &[Argument<'_>],
        definition: impl Fn(&Schema<'_>, &str) -> Option<InputValueId>,
    ) {
        for node in nodes {
            let Some(id) = definition(self.old, node.name.text) else { continue };
            self.rename(ElementId::InputValue(id), node.name);
            self.value(&node.value, self.old.input_value(id).ty);
        }
    }

    fn value(&mut self, value: &Value<'_>, expected: TypeRef) {
        match value.kind {
            ValueKind::Enum(name) => {
                let id = self.old.enum_value_named(expected.named, name);
                let new = id.and_then(|id| self.new_name(ElementId::EnumValue(id)));
                self.edits.extend(new.map(|new| Edit::replace(value.span, new)));
            }
            ValueKind::List(values) => values.iter().for_each(|value| self.value(value, expected)),
            ValueKind::Object(fields) => {
                for field in fields {
                    let Some(id) = self.old.input_field_named(expected.named, field.name.text) else {
                        continue;
                    };
                    self.rename(ElementId::InputValue(id), field.name);
                    self.value(&field.value, self.old.input_value(id).ty);
                }
            }
            _ => {}
        }
    }
}
