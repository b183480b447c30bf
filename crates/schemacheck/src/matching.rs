//! Which element of the new schema is which element of the old one.
//!
//! Elements are the same where their names are; what remains on both sides of one parent goes to the detection of
//! renames. The result is a list of pairs of each kind, which the rules then judge one by one.

use hashbrown::HashMap;
use schemacheck_graphql::ast::OperationKind;
use schemacheck_graphql::coordinate::SchemaCoordinate;
use schemacheck_graphql::source::Span;
use schemacheck_graphql::schema::{ElementId, FieldId, Schema, TypeId, TypeRef};

use crate::change::Rename;
use crate::element::{
    ArgumentElement, DirectiveArgumentElement, DirectiveElement, EnumValueElement, FieldElement,
    InputFieldElement, MembershipElement, Pair, RootElement, SchemaElement, TypeElement,
};
use crate::pairs::Pairs;
use crate::rename::{self, FoundRename, Gap, Kind, RenameRule};

/// Two schemas side by side.
#[derive(Debug)]
pub struct Matching<'s> {
    /// The old schema.
    pub old: &'s Schema<'s>,
    /// The new schema.
    pub new: &'s Schema<'s>,
    /// The schemas themselves.
    pub schema: [Pair<SchemaElement<'s>>; 1],
    /// The root operation types.
    pub roots: Vec<Pair<RootElement<'s>>>,
    /// The named types. A root type that goes by another name is renamed.
    pub types: Vec<Pair<TypeElement<'s>>>,
    /// The fields of types that both schemas have.
    pub fields: Pairs<FieldElement<'s>>,
    /// The arguments of fields that both schemas have.
    pub arguments: Pairs<ArgumentElement<'s>>,
    /// The fields of input objects that both schemas have.
    pub input_fields: Pairs<InputFieldElement<'s>>,
    /// The values of enums that both schemas have.
    pub enum_values: Pairs<EnumValueElement<'s>>,
    /// The members of unions that both schemas have.
    pub union_members: Vec<Pair<MembershipElement<'s>>>,
    /// The interfaces that types implement; of types that only the new schema has, too.
    pub interfaces: Vec<Pair<MembershipElement<'s>>>,
    /// The directives.
    pub directives: Pairs<DirectiveElement<'s>>,
    /// The arguments of directives that both schemas have.
    pub directive_arguments: Pairs<DirectiveArgumentElement<'s>>,
    /// The rules that explain several renames, those that explain most first.
    pub rename_rules: Vec<RenameRule>,
    renames: HashMap<ElementId, Rename>,
    hints: HashMap<ElementId, String>,
    new_types: Vec<Option<TypeId>>,
    old_types: Vec<Option<TypeId>>,
}

/// How the type of an output element changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OutputTypeChange {
    /// Not at all.
    None,
    /// Every new value is an old value: covariant.
    Narrowed,
    /// The same but for null, which is possible now where it was not.
    NullabilityLoosened,
    /// Anything else.
    Changed,
}

/// How the type of an input element changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InputTypeChange {
    /// Not at all.
    None,
    /// Every old value is a new value: contravariant.
    Loosened,
    /// The same but for null at the outermost level, which is impossible now.
    BecameNonNull,
    /// Anything else.
    Changed,
}

impl<'s> Matching<'s> {
    /// Matches two schemas.
    pub fn new(old: &'s Schema<'s>, new: &'s Schema<'s>) -> Self {
        let mut matching = Matching {
            old,
            new,
            schema: [Pair::Persisted {
                old: SchemaElement { schema: old },
                new: SchemaElement { schema: new },
            }],
            roots: Vec::new(),
            types: Vec::new(),
            fields: Pairs::default(),
            arguments: Pairs::default(),
            input_fields: Pairs::default(),
            enum_values: Pairs::default(),
            union_members: Vec::new(),
            interfaces: Vec::new(),
            directives: Pairs::default(),
            directive_arguments: Pairs::default(),
            rename_rules: Vec::new(),
            renames: HashMap::new(),
            hints: HashMap::new(),
            new_types: vec![None; old.types().len()],
            old_types: vec![None; new.types().len()],
        };
        matching.match_roots();
        matching.match_types();
        matching.match_members();
        matching.match_directives();
        matching.match_renames();
        matching
    }

    /// The new type that an old type is.
    pub fn new_type(&self, old: TypeId) -> Option<TypeId> {
        self.new_types[old.index()]
    }

    /// The old type that a new type is.
    pub fn old_type(&self, new: TypeId) -> Option<TypeId> {
        self.old_types[new.index()]
    }

    /// Why an element of the old schema is taken for renamed.
    pub fn rename(&self, old: ElementId) -> Option<&Rename> {
        self.renames.get(&old)
    }

    /// What a removed element of the old schema may have been renamed to, below the bar of certainty.
    pub fn hint(&self, old: ElementId) -> Option<&str> {
        self.hints.get(&old).map(String::as_str)
    }

    /// What an element of the old schema lay in, in the new schema: the field of an argument, else the type.
    pub fn near(&self, coordinate: &SchemaCoordinate) -> Option<Span> {
        if let SchemaCoordinate::DirectiveArgument(directive, _) = coordinate {
            let directive = self.new.directive_named(directive)?;
            return Some(self.new.directive(directive).definition.name.span);
        }
        let ty = self.new_type(self.old.type_named(coordinate.type_name()?)?)?;
        if let SchemaCoordinate::Argument(_, field, _) = coordinate
            && let Some(field) = self.new.field_named(ty, field)
        {
            return Some(self.new.field(field).definition.name.span);
        }
        Some(self.new.ty(ty).definition.name.span)
    }

    /// How an output type changed (specification, section 3.6.1, covariance of fields).
    pub fn output_type_change(&self, old: TypeRef, new: TypeRef) -> OutputTypeChange {
        let same_name = self.new_type(old.named) == Some(new.named);
        let narrower = !same_name
            && self
                .new_type(old.named)
                .is_some_and(|counterpart| self.new.is_subtype(new.named, counterpart));
        if !(same_name || narrower) || old.wrappers.list_depth != new.wrappers.list_depth {
            return OutputTypeChange::Changed;
        }
        let lost = old.wrappers.non_null & !new.wrappers.non_null;
        let gained = new.wrappers.non_null & !old.wrappers.non_null;
        match (lost != 0, gained != 0 || narrower) {
            (false, false) => OutputTypeChange::None,
            (false, true) => OutputTypeChange::Narrowed,
            (true, _) if same_name => OutputTypeChange::NullabilityLoosened,
            (true, _) => OutputTypeChange::Changed,
        }
    }

    /// How an input type changed (contravariance).
    pub fn input_type_change(&self, old: TypeRef, new: TypeRef) -> InputTypeChange {
        if self.new_type(old.named) != Some(new.named) || old.wrappers.list_depth != new.wrappers.list_depth {
            return InputTypeChange::Changed;
        }
        let lost = old.wrappers.non_null & !new.wrappers.non_null;
        let gained = new.wrappers.non_null & !old.wrappers.non_null;
        match (lost != 0, gained) {
            (false, 0) => InputTypeChange::None,
            (true, 0) => InputTypeChange::Loosened,
            (false, 1) => InputTypeChange::BecameNonNull,
            _ => InputTypeChange::Changed,
        }
    }

    /// Types are the same where their names are. A root type is the same under another name as well: operations do
    /// not begin with its name.
    fn match_types(&mut self) {
        let (old, new) = (self.old, self.new);
        for (id, ty) in old.types() {
            if let Some(counterpart) = new.type_named(ty.name) {
                self.join_types(id, counterpart);
            }
        }
        for at in 0..self.roots.len() {
            if let Some((a, b)) = self.roots[at].both()
                && self.new_type(a.ty).is_none()
                && self.old_type(b.ty).is_none()
            {
                self.join_types(a.ty, b.ty);
            }
        }
        for (id, ty) in old.types().filter(|(_, ty)| !ty.built_in) {
            let element = TypeElement { schema: old, id };
            self.types.push(match self.new_type(id).map(|id| TypeElement { schema: new, id }) {
                None => Pair::Removed(element),
                Some(new) if new.name == ty.name => Pair::Persisted { old: element, new },
                Some(new) => Pair::Renamed { old: element, new },
            });
        }
        for (id, _) in new.types().filter(|(_, ty)| !ty.built_in) {
            if self.old_type(id).is_none() {
                self.types.push(Pair::Added(TypeElement { schema: new, id }));
            }
        }
    }

    fn join_types(&mut self, old: TypeId, new: TypeId) {
        self.new_types[old.index()] = Some(new);
        self.old_types[new.index()] = Some(old);
    }

    fn match_roots(&mut self) {
        for kind in OperationKind::ALL {
            let old = self.old.root(kind).map(|ty| RootElement { schema: self.old, kind, ty });
            let new = self.new.root(kind).map(|ty| RootElement { schema: self.new, kind, ty });
            self.roots.extend(match (old, new) {
                (Some(old), Some(new)) => Some(Pair::Persisted { old, new }),
                (Some(old), None) => Some(Pair::Removed(old)),
                (None, Some(new)) => Some(Pair::Added(new)),
                (None, None) => None,
            });
        }
    }

    /// The members of all types that both schemas have: fields, input fields, enum values, union members, interfaces.
    fn match_members(&mut self) {
        let (old, new) = (self.old, self.new);
        for at in 0..self.types.len() {
            let pair = self.types[at];
            let Some((old_type, new_type)) = pair.both() else {
                if let Pair::Added(ty) = pair {
                    let added = ty.interfaces.iter();
                    self.interfaces.extend(
                        added.map(|&other| Pair::Added(MembershipElement { schema: new, ty: ty.id, other })),
                    );
                }
                continue;
            };
            // Of a type that became another kind of type, nothing can be held against what it was.
            if old_type.kind != new_type.kind && !(old_type.has_fields() && new_type.has_fields()) {
                continue;
            }
            let (a, b) = (old_type.id, new_type.id);
            self.fields.add_parent(
                old.fields_of(a).map(|(id, _)| FieldElement { schema: old, id }),
                new.fields_of(b).map(|(id, _)| FieldElement { schema: new, id }),
                |field| new.field_named(b, field.name).map(|id| FieldElement { schema: new, id }),
                |field| old.field_named(a, field.name).is_some(),
            );
            self.input_fields.add_parent(
                old.input_fields_of(a).map(|(id, _)| InputFieldElement { schema: old, id, parent: a }),
                new.input_fields_of(b).map(|(id, _)| InputFieldElement { schema: new, id, parent: b }),
                |field| {
                    new.input_field_named(b, field.name).map(|id| InputFieldElement {
                        schema: new,
                        id,
                        parent: b,
                    })
                },
                |field| old.input_field_named(a, field.name).is_some(),
            );
            self.enum_values.add_parent(
                old.enum_values_of(a).map(|(id, _)| EnumValueElement { schema: old, id, parent: a }),
                new.enum_values_of(b).map(|(id, _)| EnumValueElement { schema: new, id, parent: b }),
                |value| {
                    new.enum_value_named(b, value.name).map(|id| EnumValueElement {
                        schema: new,
                        id,
                        parent: b,
                    })
                },
                |value| old.enum_value_named(a, value.name).is_some(),
            );
            self.match_memberships(a, b);
        }
    }

    fn match_memberships(&mut self, a: TypeId, b: TypeId) {
        let (old, new) = (self.old, self.new);
        self.union_members.extend(self.memberships((a, &old.ty(a).members), (b, &new.ty(b).members)));
        self.interfaces.extend(self.memberships((a, &old.ty(a).interfaces), (b, &new.ty(b).interfaces)));
    }

    /// The types that one type names, in both schemas.
    fn memberships(
        &self,
        (a, of_old): (TypeId, &[TypeId]),
        (b, of_new): (TypeId, &[TypeId]),
    ) -> Vec<Pair<MembershipElement<'s>>> {
        let old = |other| MembershipElement { schema: self.old, ty: a, other };
        let new = |other| MembershipElement { schema: self.new, ty: b, other };
        let stays = |&other: &TypeId| self.new_type(other).filter(|counterpart| of_new.contains(counterpart));
        let is_added = |&other: &TypeId| !self.old_type(other).is_some_and(|other| of_old.contains(&other));
        let before = of_old.iter().map(|other| match stays(other) {
            Some(counterpart) => Pair::Persisted { old: old(*other), new: new(counterpart) },
            None => Pair::Removed(old(*other)),
        });
        let added = of_new.iter().copied().filter(is_added).map(|other| Pair::Added(new(other)));
        before.chain(added).collect()
    }

    fn match_directives(&mut self) {
        let (old, new) = (self.old, self.new);
        self.directives.add_parent(
            old.directives().map(|(id, _)| DirectiveElement { schema: old, id }),
            new.directives().map(|(id, _)| DirectiveElement { schema: new, id }),
            |directive| new.directive_named(directive.name).map(|id| DirectiveElement { schema: new, id }),
            |directive| old.directive_named(directive.name).is_some(),
        );
        // A schema may spell out what the specification defines, in an older form; that is no change.
        self.directives.retain(|pair| !pair.both().is_some_and(|(old, new)| old.built_in && new.built_in));
        for pair in self.directives.iter() {
            let Some((a, b)) = pair.both() else { continue };
            self.directive_arguments.add_parent(
                old.directive_arguments_of(a.id).map(|(id, _)| DirectiveArgumentElement {
                    schema: old,
                    id,
                    directive: a.id,
                }),
                new.directive_arguments_of(b.id).map(|(id, _)| DirectiveArgumentElement {
                    schema: new,
                    id,
                    directive: b.id,
                }),
                |argument| {
                    let id = new.directive_argument_named(b.id, argument.name)?;
                    Some(DirectiveArgumentElement { schema: new, id, directive: b.id })
                },
                |argument| old.directive_argument_named(a.id, argument.name).is_some(),
            );
        }
    }

    fn match_arguments(&mut self, a: FieldId, b: FieldId) {
        let (old, new) = (self.old, self.new);
        self.arguments.add_parent(
            old.arguments_of(a).map(|(id, _)| ArgumentElement { schema: old, id, field: a }),
            new.arguments_of(b).map(|(id, _)| ArgumentElement { schema: new, id, field: b }),
            |argument| {
                new.argument_named(b, argument.name).map(|id| ArgumentElement { schema: new, id, field: b })
            },
            |argument| old.argument_named(a, argument.name).is_some(),
        );
    }

    /// Finds renames among what remains on both sides of each parent. Arguments of renamed fields come last, since
    /// they pair up only then.
    fn match_renames(&mut self) {
        for at in 0..self.fields.len() {
            if let Pair::Persisted { old, new } = self.fields[at] {
                self.match_arguments(old.id, new.id);
            }
        }
        let mut gaps = self.fields.gaps(Kind::Field, 0);
        gaps.extend(self.arguments.gaps(Kind::Argument, 0));
        gaps.extend(self.input_fields.gaps(Kind::InputField, 0));
        gaps.extend(self.enum_values.gaps(Kind::EnumValue, 0));
        self.detect(&gaps);

        let matched = self.arguments.parents();
        for at in 0..self.fields.len() {
            if let Pair::Renamed { old, new } = self.fields[at] {
                self.match_arguments(old.id, new.id);
            }
        }
        let gaps = self.arguments.gaps(Kind::Argument, matched);
        self.detect(&gaps);
    }

    /// Turns a removal and an addition that are one rename into one pair.
    fn detect(&mut self, gaps: &[Gap<'s>]) {
        let found = rename::detect(self, gaps);
        let mut joins = [const { Vec::new() }; 4];
        for FoundRename { gap, removed, added, rename } in found.renames {
            let gap = &gaps[gap];
            joins[gap.kind as usize].push((gap.removed[removed].pair, gap.added[added].pair));
            self.renames.insert(gap.removed[removed].id, rename);
        }
        for (gap, removed, hint) in found.hints {
            self.hints.insert(gaps[gap].removed[removed].id, hint);
        }
        let [fields, arguments, input_fields, enum_values] = &joins;
        self.fields.join(fields);
        self.arguments.join(arguments);
        self.input_fields.join(input_fields);
        self.enum_values.join(enum_values);
        let renamed = self.renames.values().map(|rename| (rename.from.as_str(), rename.to.as_str()));
        self.rename_rules = rename::explain(renamed.collect());
    }
}
