//! What all suggestions of one patch agree on: the names that types keep, the types that come back, the words of a
//! deprecation. Definitions of the old schema are written for the new one with it.

use std::collections::BTreeSet;

use hashbrown::HashSet;
use jiff::civil::Date;
use schemacheck_graphql::ast::{self, Directive, InputValueDefinition};
use schemacheck_graphql::schema::{DirectiveId, ElementId, FieldId, TypeId, TypeRef};
use schemacheck_graphql::source::{SourceId, Sources, Span};
use schemacheck_graphql::value;

use super::edit::is_editable;
use crate::change::{Change, Severity};
use crate::diff::Diff;
use crate::sunset::reason;

/// A patch that is being written.
pub(super) struct Draft<'d, 's> {
    pub(super) sources: &'d Sources,
    pub(super) new_texts: &'d [SourceId],
    pub(super) diff: &'d Diff<'s>,
    /// The day after which aliases may go.
    pub(super) remove_after: Option<Date>,
    /// Of the new schema, the renamed types that keep their old name.
    pub(super) kept_types: HashSet<TypeId>,
    /// Of the new schema, the renamed directives that keep their old name.
    pub(super) kept_directives: HashSet<DirectiveId>,
    /// Of the old schema, the removed types that come back.
    pub(super) restored: BTreeSet<TypeId>,
}

impl<'d, 's> Draft<'d, 's> {
    /// A patch for the breaking changes that are `wanted`, by index.
    pub(super) fn new(
        sources: &'d Sources,
        new_texts: &'d [SourceId],
        diff: &'d Diff<'s>,
        remove_after: Option<Date>,
        wanted: impl Fn(usize) -> bool,
    ) -> Self {
        let mut draft = Draft {
            sources,
            new_texts,
            diff,
            remove_after,
            kept_types: HashSet::new(),
            kept_directives: HashSet::new(),
            restored: BTreeSet::new(),
        };
        let breaking = diff.changes.iter().enumerate();
        for (at, change) in breaking.filter(|(_, change)| change.severity() == Severity::Breaking) {
            if wanted(at) {
                draft.prepare(change);
            }
        }
        draft
    }

    /// Notes which types keep their names and which come back, so that other suggestions can name them.
    fn prepare(&mut self, change: &Change<'_>) {
        let matching = &self.diff.matching;
        match (change.rule.id, change.old_id, change.new_id) {
            ("type-renamed", _, Some(ElementId::Type(new))) => {
                self.kept_types.insert(new);
            }
            ("directive-renamed", _, Some(ElementId::Directive(new))) => {
                self.kept_directives.insert(new);
            }
            (_, Some(ElementId::Root(kind)), Some(ElementId::Root(_))) => {
                if let (Some(old), Some(new)) = (matching.old.root(kind), matching.new.root(kind))
                    && matching.new_type(old) == Some(new)
                {
                    self.kept_types.insert(new);
                }
            }
            ("type-removed", Some(ElementId::Type(old)), _) => self.restore(old),
            ("field-removed" | "field-renamed", Some(ElementId::Field(old)), _) => {
                let field = matching.old.field(old);
                let arguments = matching.old.arguments_of(old).map(|(_, argument)| argument.ty.named);
                let types: Vec<TypeId> = arguments.chain([field.ty.named]).collect();
                for ty in types {
                    self.restore(ty);
                }
            }
            (
                "argument-removed" | "argument-renamed" | "input-field-removed" | "input-field-renamed",
                Some(ElementId::InputValue(old)),
                _,
            ) => {
                self.restore(matching.old.input_value(old).ty.named);
            }
            ("union-member-removed" | "interface-removed-from-type", _, _) => {
                if let Some(other) = change.member.and_then(|name| matching.old.type_named(name)) {
                    self.restore(other);
                }
            }
            _ => {}
        }
    }

    /// Brings a type back that the new schema does not have, and what it needs itself.
    fn restore(&mut self, ty: TypeId) {
        let old = self.diff.matching.old;
        let mut needed = vec![ty];
        while let Some(ty) = needed.pop() {
            let here = self.diff.matching.new_type(ty).is_some() || old.ty(ty).built_in;
            if here || !self.restored.insert(ty) {
                continue;
            }
            for (id, field) in old.fields_of(ty) {
                needed.push(field.ty.named);
                needed.extend(old.arguments_of(id).map(|(_, argument)| argument.ty.named));
            }
            needed.extend(old.input_fields_of(ty).map(|(_, field)| field.ty.named));
            needed.extend(old.ty(ty).members.iter().chain(old.ty(ty).interfaces));
        }
    }

    /// The name of an old type in the patched schema; nothing where it is gone.
    pub(super) fn name_of(&self, old: TypeId) -> Option<&'s str> {
        let matching = &self.diff.matching;
        match matching.new_type(old) {
            Some(new) if self.kept_types.contains(&new) => Some(matching.old.ty(old).name),
            Some(new) => Some(matching.new.ty(new).name),
            None => self.restored.contains(&old).then(|| matching.old.ty(old).name),
        }
    }

    /// The text of an old type in the patched schema; nothing where its named type is gone.
    pub(super) fn old_type_text(&self, old: TypeRef) -> Option<String> {
        Some(old.wrappers.write(self.name_of(old.named)?))
    }

    /// The text of a new type in the patched schema.
    pub(super) fn new_type_text(&self, new: TypeRef) -> String {
        let matching = &self.diff.matching;
        let old = matching.old_type(new.named).filter(|_| self.kept_types.contains(&new.named));
        new.wrappers.write(old.map_or(matching.new.ty(new.named).name, |old| matching.old.ty(old).name))
    }

    /// The arguments of an old field, with their parentheses; nothing where a type of theirs is gone.
    pub(super) fn arguments_text(&self, old: FieldId) -> Option<String> {
        let arguments = self.diff.matching.old.arguments_of(old);
        let arguments: Vec<String> = arguments
            .map(|(_, argument)| {
                let ty = self.old_type_text(argument.ty)?;
                let default = argument.default();
                let default =
                    default.map_or(String::new(), |default| format!(" = {}", value::write(default)));
                Some(format!("{}: {ty}{default}", argument.name))
            })
            .collect::<Option<_>>()?;
        Some(if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) })
    }

    /// A definition of the old schema as the new one can take it: its own text with the names that types have now, and
    /// without directives that are gone. Nothing where a type that it names is gone.
    pub(super) fn definition_text(&self, part: &ast::TypeDefinition<'s>) -> Option<String> {
        let matching = &self.diff.matching;
        let mut changes: Vec<(Span, String)> = Vec::new();
        for name in super::keep::names_in(part).skip(1) {
            let now = self.name_of(matching.old.type_named(name.text)?)?;
            changes.push((name.span, now.to_owned()));
        }
        let gone = |directive: &&Directive<'_>| matching.new.directive_named(directive.name.text).is_none();
        changes.extend(
            super::keep::directives_in(part).filter(gone).map(|directive| (directive.span, String::new())),
        );
        changes.sort_by_key(|(span, _)| *span);
        let source = self.sources.source_at(part.span.start);
        let text = |from: u32, to: u32| {
            source.text().get((from - source.base()) as usize..(to.max(from) - source.base()) as usize)
        };
        let (mut result, mut at) = (String::new(), part.span.start);
        for (span, now) in changes {
            if span.start >= at {
                result.push_str(text(at, span.start)?);
                result.push_str(&now);
                at = span.end;
            }
        }
        result.push_str(text(at, part.span.end)?);
        Some(result)
    }

    /// `@deprecated` with this advice and the day after which the element may go.
    pub(super) fn deprecated(&self, advice: &str) -> String {
        format!("@deprecated(reason: {})", serde_json::Value::from(reason(advice, self.remove_after)))
    }

    /// Whether a place lies in a text that a person keeps.
    pub(super) fn is_editable(&self, place: Span) -> bool {
        is_editable(self.sources, place)
    }
}

/// A type without its outermost non-null.
pub(super) fn nullable(ty: &str) -> &str {
    ty.strip_suffix('!').unwrap_or(ty)
}

/// The `!` behind the type of an input value.
pub(super) fn bang(definition: &InputValueDefinition<'_>) -> Span {
    let end = definition.ty.span.end;
    Span { start: end - 1, end }
}
