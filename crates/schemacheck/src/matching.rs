//! Which element of the new schema is which element of the old one.
//!
//! Elements are the same where their names are; what remains on both sides of one parent goes to the detection of
//! renames. The result is a list of pairs of each kind, which the rules then judge one by one.

use hashbrown::HashMap;
use schemacheck_graphql::ast::{OperationKind, TypeKind};
use schemacheck_graphql::coordinate::SchemaCoordinate;
use schemacheck_graphql::schema::{DirectiveId, ElementId, FieldId, InputValueId, Schema, TypeId, TypeRef};
use schemacheck_graphql::source::Span;
use schemacheck_graphql::value;

use crate::change::Rename;
use crate::element::{
    ArgumentElement, DirectiveArgumentElement, DirectiveElement, EnumValueElement, FieldElement,
    InputElement, InputFieldElement, MembershipElement, Pair, RootElement, SchemaElement, TypeElement,
};
use crate::pairs::Pairs;
use crate::rename::{
    self, Clues, Decisions, FoundRename, Gap, Kind, Occurrences, References, RenameRule, Vocabulary,
};
use crate::untold::may_hide;

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
    pub types: Pairs<TypeElement<'s>>,
    /// The types of which the texts are the same to the letter: none of the lists has their members.
    pub unchanged: Vec<(TypeId, TypeId)>,
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
    decisions: &'s Decisions,
    renames: HashMap<ElementId, Rename>,
    hints: HashMap<ElementId, &'s str>,
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

/// How often renamed types are looked for: the members of those that were found tell of others.
const TYPE_ROUNDS: usize = 4;

impl<'s> Matching<'s> {
    /// Matches two schemas.
    pub fn new(old: &'s Schema<'s>, new: &'s Schema<'s>, decisions: &'s Decisions) -> Self {
        let mut matching = Matching {
            old,
            new,
            schema: [Pair::Persisted {
                old: SchemaElement { schema: old },
                new: SchemaElement { schema: new },
            }],
            roots: Vec::new(),
            types: Pairs::default(),
            unchanged: Vec::new(),
            fields: Pairs::default(),
            arguments: Pairs::default(),
            input_fields: Pairs::default(),
            enum_values: Pairs::default(),
            union_members: Vec::new(),
            interfaces: Vec::new(),
            directives: Pairs::default(),
            directive_arguments: Pairs::default(),
            rename_rules: Vec::new(),
            decisions,
            renames: HashMap::new(),
            hints: HashMap::new(),
            new_types: vec![None; old.types().len()],
            old_types: vec![None; new.types().len()],
        };
        matching.match_roots();
        matching.match_types();
        let mut vocabulary = Vocabulary::default();
        let members = matching.match_renamed_types(&mut vocabulary);
        matching.match_memberships();
        matching.match_directives();
        matching.match_renames(members, &mut vocabulary);
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

    /// The old directive that a new one is.
    pub fn old_directive(&self, new: DirectiveId) -> Option<DirectiveElement<'s>> {
        self.directives.iter().find(|pair| pair.after().is_some_and(|after| after.id == new))?.before()
    }

    /// Why an element of the old schema is taken for renamed.
    pub fn rename(&self, old: ElementId) -> Option<&Rename> {
        self.renames.get(&old)
    }

    /// What a removed element of the old schema may have been renamed to, below the bar of certainty.
    pub fn hint(&self, old: ElementId) -> Option<&'s str> {
        self.hints.get(&old).copied()
    }

    /// What people decided about renames.
    pub(crate) fn decisions(&self) -> &'s Decisions {
        self.decisions
    }

    /// What an element of the old schema lay in, in the new schema: the field of an argument, else the type.
    pub fn near(&self, coordinate: SchemaCoordinate<&str>) -> Option<Span> {
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

    /// Whether two input values can differ in anything but what stands beside their meaning.
    fn input_value_differs(&self, old: InputValueId, new: InputValueId) -> bool {
        let (old, new) = (self.old.input_value(old), self.new.input_value(new));
        let same_default = match (old.default(), new.default()) {
            (Some(old), Some(new)) => value::same(old, new),
            (None, None) => true,
            _ => false,
        };
        !same_default || self.input_type_change(old.ty, new.ty) != InputTypeChange::None
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
        let element = |schema, id| TypeElement { schema, id };
        self.types.add_parent(
            old.types().filter(|(_, ty)| !ty.built_in).map(|(id, _)| element(old, id)),
            new.types().filter(|(_, ty)| !ty.built_in).map(|(id, _)| element(new, id)),
            |ty| ty.name,
            |ty| new.type_named(ty.name).map(|id| element(new, id)),
            |ty| old.type_named(ty.name).is_some(),
            |_| true,
        );
        let renamed_roots: Vec<(usize, usize)> = self
            .roots
            .iter()
            .filter_map(Pair::both)
            .filter(|(old, new)| self.new_type(old.ty) == Some(new.ty))
            .filter_map(|(old, new)| {
                let removed =
                    |pair: &Pair<TypeElement<'_>>| matches!(pair, Pair::Removed(ty) if ty.id == old.ty);
                let added = |pair: &Pair<TypeElement<'_>>| matches!(pair, Pair::Added(ty) if ty.id == new.ty);
                Some((self.types.iter().position(removed)?, self.types.iter().position(added)?))
            })
            .collect();
        self.types.join(&renamed_roots);
        let both: Vec<(TypeId, TypeId)> =
            self.types.iter().filter_map(Pair::both).map(|(old, new)| (old.id, new.id)).collect();
        for (a, b) in both {
            if old.ty(a).is_written_as(new.ty(b)) {
                self.unchanged.push((a, b));
            } else {
                self.match_members(a, b);
            }
        }
    }

    /// Finds the types that have another name, and matches their members. Those tell of further types. What remains in
    /// the end of the members of all types is the result.
    fn match_renamed_types(&mut self, vocabulary: &mut Vocabulary) -> Vec<Gap<'s>> {
        let decided = !self.decisions.is_empty();
        let mut members = self.member_gaps(vocabulary);
        let mut gaps = self.types.gaps(Kind::Type, 0, decided, vocabulary);
        let occurrences = Occurrences::of(&gaps, self);
        for round in 1..=TYPE_ROUNDS {
            if gaps.is_empty() {
                break;
            }
            let references = References::new(self);
            let clues = Clues { vocabulary, references: &references, occurrences: &occurrences };
            let found = rename::detect(self, &gaps, &members, clues);
            if found.renames.is_empty() || round == TYPE_ROUNDS {
                self.note_hints(&gaps, found.hints);
                break;
            }
            let joined: Vec<(TypeId, TypeId)> = found
                .renames
                .iter()
                .filter_map(|found| {
                    let gap = &gaps[found.gap];
                    Some((gap.removed[found.removed].type_id()?, gap.added[found.added].type_id()?))
                })
                .collect();
            self.join(&gaps, found.renames);
            for (old, new) in joined {
                self.join_types(old, new);
                self.match_members(old, new);
            }
            members = self.member_gaps(vocabulary);
            gaps = self.types.gaps(Kind::Type, 0, decided, vocabulary);
        }
        members
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

    /// The fields, input fields and enum values of a type that both schemas have, and the arguments of the fields.
    fn match_members(&mut self, a: TypeId, b: TypeId) {
        let (old, new) = (self.old, self.new);
        // Of a type that became another kind of type, nothing can be held against what it was.
        if !self.can_have_the_same_members(a, b) {
            return;
        }
        let first = self.fields.len();
        self.fields.add_parent(
            old.fields_of(a).map(|(id, _)| FieldElement { schema: old, id }),
            new.fields_of(b).map(|(id, _)| FieldElement { schema: new, id }),
            |field| field.name,
            |field| new.field_named(b, field.name).map(|id| FieldElement { schema: new, id }),
            |field| old.field_named(a, field.name).is_some(),
            |_| true,
        );
        self.input_fields.add_parent(
            old.input_fields_of(a).map(|(id, _)| InputFieldElement { schema: old, id, parent: a }),
            new.input_fields_of(b).map(|(id, _)| InputFieldElement { schema: new, id, parent: b }),
            |field| field.name,
            |field| {
                new.input_field_named(b, field.name).map(|id| InputFieldElement {
                    schema: new,
                    id,
                    parent: b,
                })
            },
            |field| old.input_field_named(a, field.name).is_some(),
            |pair| is_told(old, new, pair),
        );
        self.enum_values.add_parent(
            old.enum_values_of(a).map(|(id, _)| EnumValueElement { schema: old, id, parent: a }),
            new.enum_values_of(b).map(|(id, _)| EnumValueElement { schema: new, id, parent: b }),
            |value| value.name,
            |value| {
                new.enum_value_named(b, value.name).map(|id| EnumValueElement { schema: new, id, parent: b })
            },
            |value| old.enum_value_named(a, value.name).is_some(),
            |_| true,
        );
        for at in first..self.fields.len() {
            if let Pair::Persisted { old, new } = self.fields[at] {
                self.match_arguments(old.id, new.id);
            }
        }
    }

    fn can_have_the_same_members(&self, a: TypeId, b: TypeId) -> bool {
        let (old, new) = (self.old.ty(a).kind, self.new.ty(b).kind);
        let has_fields = |kind| matches!(kind, TypeKind::Object | TypeKind::Interface);
        old == new || (has_fields(old) && has_fields(new))
    }

    /// The members of unions and the interfaces of types.
    fn match_memberships(&mut self) {
        let (old, new) = (self.old, self.new);
        for at in 0..self.types.len() {
            match self.types[at] {
                Pair::Added(ty) => {
                    let added = ty.interfaces.iter();
                    self.interfaces.extend(
                        added.map(|&other| Pair::Added(MembershipElement { schema: new, ty: ty.id, other })),
                    );
                }
                pair => {
                    let both = pair.both().map(|(old, new)| (old.id, new.id));
                    let Some((a, b)) = both.filter(|&(a, b)| self.can_have_the_same_members(a, b)) else {
                        continue;
                    };
                    let members = self.memberships((a, old.ty(a).members), (b, new.ty(b).members));
                    self.union_members.extend(members);
                    let interfaces = self.memberships((a, old.ty(a).interfaces), (b, new.ty(b).interfaces));
                    self.interfaces.extend(interfaces);
                }
            }
        }
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
            |directive| directive.name,
            |directive| new.directive_named(directive.name).map(|id| DirectiveElement { schema: new, id }),
            |directive| old.directive_named(directive.name).is_some(),
            |pair| match pair {
                Pair::Removed(_) => !new.unknown().directives,
                _ => !old.unknown().directives,
            },
        );
        // A schema may spell out what the specification defines, in an older form; that is no change.
        self.directives.retain(|pair| !pair.both().is_some_and(|(old, new)| old.built_in && new.built_in));
        let both: Vec<_> = self.directives.iter().filter_map(Pair::both).collect();
        for (old, new) in both {
            self.match_directive_arguments(old.id, new.id);
        }
    }

    fn match_directive_arguments(&mut self, a: DirectiveId, b: DirectiveId) {
        let (old, new) = (self.old, self.new);
        let element = |schema, id, directive| DirectiveArgumentElement { schema, id, directive };
        self.directive_arguments.add_parent(
            old.directive_arguments_of(a).map(|(id, _)| element(old, id, a)),
            new.directive_arguments_of(b).map(|(id, _)| element(new, id, b)),
            |argument| argument.name,
            |argument| new.directive_argument_named(b, argument.name).map(|id| element(new, id, b)),
            |argument| old.directive_argument_named(a, argument.name).is_some(),
            |pair| is_told(old, new, pair),
        );
    }

    fn match_arguments(&mut self, a: FieldId, b: FieldId) {
        let (old, new) = (self.old, self.new);
        self.arguments.add_parent(
            old.arguments_of(a).map(|(id, _)| ArgumentElement { schema: old, id, field: a }),
            new.arguments_of(b).map(|(id, _)| ArgumentElement { schema: new, id, field: b }),
            |argument| argument.name,
            |argument| {
                new.argument_named(b, argument.name).map(|id| ArgumentElement { schema: new, id, field: b })
            },
            |argument| old.argument_named(a, argument.name).is_some(),
            |pair| is_told(old, new, pair),
        );
    }

    /// What remains on both sides of the types and fields that both schemas have.
    fn member_gaps(&self, vocabulary: &mut Vocabulary) -> Vec<Gap<'s>> {
        let decided = !self.decisions.is_empty();
        let mut gaps = self.fields.gaps(Kind::Field, 0, decided, vocabulary);
        gaps.extend(self.arguments.gaps(Kind::Argument, 0, decided, vocabulary));
        gaps.extend(self.input_fields.gaps(Kind::InputField, 0, decided, vocabulary));
        gaps.extend(self.enum_values.gaps(Kind::EnumValue, 0, decided, vocabulary));
        gaps
    }

    /// Finds renames among what remains of members and directives. Arguments of renamed fields and directives come last,
    /// since they pair up only then.
    fn match_renames(&mut self, mut gaps: Vec<Gap<'s>>, vocabulary: &mut Vocabulary) {
        let decided = !self.decisions.is_empty();
        gaps.extend(self.directives.gaps(Kind::Directive, 0, decided, vocabulary));
        gaps.extend(self.directive_arguments.gaps(Kind::DirectiveArgument, 0, decided, vocabulary));
        self.detect(&gaps, &[], vocabulary);

        let matched = (self.arguments.parents(), self.directive_arguments.parents());
        for at in 0..self.fields.len() {
            if let Pair::Renamed { old, new } = self.fields[at] {
                self.match_arguments(old.id, new.id);
            }
        }
        for at in 0..self.directives.len() {
            if let Pair::Renamed { old, new } = self.directives[at] {
                self.match_directive_arguments(old.id, new.id);
            }
        }
        let mut inner = self.arguments.gaps(Kind::Argument, matched.0, decided, vocabulary);
        inner.extend(self.directive_arguments.gaps(Kind::DirectiveArgument, matched.1, decided, vocabulary));
        self.detect(&inner, &gaps, vocabulary);
        let renamed = self.renames.values().map(|rename| (rename.from.as_str(), rename.to.as_str()));
        self.rename_rules = rename::explain(renamed.collect(), vocabulary);
    }

    fn detect(&mut self, gaps: &[Gap<'s>], beside: &[Gap<'s>], vocabulary: &Vocabulary) {
        if gaps.is_empty() {
            return;
        }
        let (references, occurrences) = (References::default(), Occurrences::default());
        let clues = Clues { vocabulary, references: &references, occurrences: &occurrences };
        let found = rename::detect(self, gaps, beside, clues);
        self.join(gaps, found.renames);
        self.note_hints(gaps, found.hints);
    }

    fn note_hints(&mut self, gaps: &[Gap<'s>], hints: Vec<(usize, usize, &'s str)>) {
        for (gap, removed, hint) in hints {
            self.hints.insert(gaps[gap].removed[removed].id, hint);
        }
    }

    /// Turns each removal and addition that are one rename into one pair.
    fn join(&mut self, gaps: &[Gap<'s>], renames: Vec<FoundRename>) {
        let mut joins = [const { Vec::new() }; Kind::COUNT];
        for FoundRename { gap, removed, added, rename } in renames {
            let gap = &gaps[gap];
            joins[gap.kind as usize].push((gap.removed[removed].pair, gap.added[added].pair));
            self.renames.insert(gap.removed[removed].id, rename);
        }
        let of = |kind: Kind| joins[kind as usize].as_slice();
        self.types.join(of(Kind::Type));
        self.fields.join(of(Kind::Field));
        self.arguments.join(of(Kind::Argument));
        self.input_fields.join(of(Kind::InputField));
        self.enum_values.join(of(Kind::EnumValue));
        self.directives.join(of(Kind::Directive));
        self.directive_arguments.join(of(Kind::DirectiveArgument));
    }
}

/// Whether an argument or input field that only one schema has is a change: the other one may not tell of it.
fn is_told<'s, E: InputElement<'s>>(old: &Schema<'_>, new: &Schema<'_>, pair: &Pair<E>) -> bool {
    match pair {
        Pair::Removed(value) => !may_hide(new, value),
        Pair::Added(value) => !may_hide(old, value),
        _ => true,
    }
}

/// An element of which a persisted pair may be the same on both sides, so that no rule has anything to say of it.
pub(crate) trait Persisting<'s>: Sized {
    /// Whether the two can differ; of few elements, each is judged. What stands beside their meaning does not count.
    fn can_differ(_old: &Self, _new: &Self, _matching: &Matching<'s>) -> bool {
        true
    }
}

impl<'s> Persisting<'s> for TypeElement<'s> {
    fn can_differ(old: &Self, new: &Self, _: &Matching<'s>) -> bool {
        let annotated = |ty: &Self| ty.schema.ty(ty.id).directives().next().is_some();
        old.kind != new.kind || annotated(old) || annotated(new)
    }
}

impl<'s> Persisting<'s> for FieldElement<'s> {
    fn can_differ(old: &Self, new: &Self, matching: &Matching<'s>) -> bool {
        matching.output_type_change(old.ty, new.ty) != OutputTypeChange::None
    }
}

macro_rules! input_values_persist {
    ($($element:ident)*) => {
        $(impl<'s> Persisting<'s> for $element<'s> {
            fn can_differ(old: &Self, new: &Self, matching: &Matching<'s>) -> bool {
                matching.input_value_differs(old.id, new.id)
            }
        })*
    };
}

input_values_persist! { ArgumentElement InputFieldElement DirectiveArgumentElement }

macro_rules! names_persist {
    ($($element:ident)*) => {
        $(impl<'s> Persisting<'s> for $element<'s> {
            fn can_differ(_: &Self, _: &Self, _: &Matching<'s>) -> bool {
                false
            }
        })*
    };
}

names_persist! { EnumValueElement MembershipElement }

impl<'s> Persisting<'s> for RootElement<'s> {}
impl<'s> Persisting<'s> for DirectiveElement<'s> {}
