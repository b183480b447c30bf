//! What a compatibility patch asks of a server's code: the patched schema held against the new one, type by type, and
//! then the directives.
//!
//! An emitter reads these facts and writes text. All of them come from the patched schema, which is proven: names, types,
//! defaults and the reason of a deprecation are what the SDL says.

use std::cmp::Reverse;

use hashbrown::HashMap;
use schemacheck_graphql::ast::{self, DirectiveLocation, OperationKind, StringValue, TypeKind};
use schemacheck_graphql::coordinate::SchemaCoordinate;
use schemacheck_graphql::schema::{
    DirectiveId, ElementId, FieldId, InputValue, InputValueId, Schema, TypeId, TypeRef, deprecation,
};
use schemacheck_graphql::value;

use crate::diff::Diff;
use crate::element::Pair;
use crate::suggest::{Suggestion, SuggestionKind};

/// What a patch asks of a server: all in the order of the patched schema.
#[derive(Clone, Debug)]
pub struct PatchedServer<'s> {
    /// The types that the server has and that change.
    pub types: Vec<PatchedType<'s>>,
    /// The types that come back whole.
    pub returned: Vec<ReturnedType<'s>>,
    /// The directives that change or come back.
    pub directives: Vec<PatchedDirective<'s>>,
}

/// A type of the server, and what the patch changes of it.
#[derive(Clone, Debug)]
pub struct PatchedType<'s> {
    /// Its name.
    pub name: &'s str,
    /// The name by which the server's code knows it: that of the new schema, also where the patch keeps the old one.
    pub in_code: &'s str,
    /// Its kind.
    pub kind: TypeKind,
    /// Of which operations it is the root type.
    pub operation: Option<OperationKind>,
    /// Interfaces that it implements again.
    pub interfaces: Vec<Membership<'s>>,
    /// Members that it gets again as a union.
    pub members: Vec<Membership<'s>>,
    /// All interfaces that it implements with the patch.
    pub all_interfaces: Vec<NamedType<'s>>,
    /// All unions that have it as a member with the patch.
    pub all_unions: Vec<NamedType<'s>>,
    /// Fields that it gets.
    pub fields: Vec<AddedField<'s>>,
    /// Fields that it has, with arguments that change.
    pub arguments: Vec<PatchedArguments<'s>>,
    /// Fields that it has, whose value is non-null again.
    pub non_null: Vec<NonNullField<'s>>,
    /// Input fields that it gets or that change.
    pub input_fields: Vec<InputPatch<'s>>,
    /// Where values of it come in, where its input fields change or its enum values get an old name: arguments and input
    /// fields that take it, those that take an input type with such a field, and so on.
    pub positions: Vec<InputPosition<'s>>,
    /// Enum values that it gets.
    pub enum_values: Vec<AddedEnumValue<'s>>,
    kept: Option<usize>,
    relaxed: Option<usize>,
}

/// A type that was removed and comes back whole, no root type. Its fields are as they were; no resolver is left.
#[derive(Clone, Debug)]
pub struct ReturnedType<'s> {
    /// Its name, also in code.
    pub name: &'s str,
    /// Its kind.
    pub kind: TypeKind,
    /// Its description.
    pub description: Option<String>,
    /// The interfaces that it implements, those that implement others before these.
    pub interfaces: Vec<NamedType<'s>>,
    /// The members of a union.
    pub members: Vec<NamedType<'s>>,
    /// The fields of an object or interface; none has a target.
    pub fields: Vec<AddedField<'s>>,
    /// The fields of an input object.
    pub input_fields: Vec<InputFacts<'s>>,
    /// The values of an enum; none has a target.
    pub enum_values: Vec<AddedEnumValue<'s>>,
    /// Whether exactly one field of an input object is to be given.
    pub one_of: bool,
    /// Where a scalar is specified.
    pub specified_by: Option<String>,
    /// Whether nothing names it: no field, no argument, no union, no type that implements it. A server that collects its
    /// types from what its operations reach has to be told of it.
    pub unreferenced: bool,
    /// Whether a field answers it, so that an interface or a union has to know the type of a value.
    pub answered: bool,
    suggestion: usize,
}

/// An interface or a union member.
#[derive(Clone, Copy, Debug)]
pub struct Membership<'s> {
    /// The interface or the member.
    pub ty: NamedType<'s>,
    suggestion: usize,
}

/// A directive that operations apply, as it is with the patch, and what the patch changes of it.
#[derive(Clone, Debug)]
pub struct PatchedDirective<'s> {
    /// Its name.
    pub name: &'s str,
    /// The name by which the server's code knows it: that of the new schema, also where the patch keeps the old one.
    pub in_code: &'s str,
    /// Its description.
    pub description: Option<String>,
    /// Whether it may stand several times at a place.
    pub repeatable: bool,
    /// Where it may stand.
    pub locations: Vec<DirectiveLocation>,
    /// All its arguments.
    pub arguments: Vec<InputFacts<'s>>,
    /// The arguments that change.
    pub patches: Vec<InputPatch<'s>>,
    returned: Option<usize>,
    kept: Option<usize>,
    repeated: Option<usize>,
    /// The locations that it gets, each with the suggestion that asks for it first.
    moved: Vec<(DirectiveLocation, usize)>,
}

/// An argument or input field that takes an input type or an enum.
#[derive(Clone, Debug)]
pub struct InputPosition<'s> {
    /// The type that has it.
    pub parent: &'s str,
    /// The kind of that type.
    pub parent_kind: TypeKind,
    /// The name by which the server's code knows that type.
    pub parent_in_code: &'s str,
    /// The field that has the argument; nothing where it is an input field.
    pub field: Option<&'s str>,
    /// Its name.
    pub name: &'s str,
    /// The type that it takes.
    pub ty: TypeReference<'s>,
}

/// A field that comes back, deprecated.
#[derive(Clone, Debug)]
pub struct AddedField<'s> {
    /// Its name.
    pub name: &'s str,
    /// Its description.
    pub description: Option<String>,
    /// The field of the same type that does its work; nothing where the field was removed, and its resolver with it.
    pub target: Option<String>,
    /// The type of its value.
    pub ty: TypeReference<'s>,
    /// Its arguments, in order.
    pub arguments: Vec<AddedFieldArgument<'s>>,
    /// The arguments of the target, in order.
    pub target_arguments: Vec<InputFacts<'s>>,
    /// Whether its arguments are those of the target on the unpatched server: names, types and defaults.
    pub same_arguments: bool,
    /// Why it is deprecated.
    pub deprecation: Option<String>,
    /// Whether an interface of the type has or gets the same field.
    pub inherited: bool,
    suggestion: usize,
}

/// An argument of a field that comes back.
#[derive(Clone, Debug)]
pub struct AddedFieldArgument<'s> {
    /// The argument.
    pub argument: InputFacts<'s>,
    /// The argument of the target that takes its value; nothing where the target has none.
    pub target: Option<String>,
}

/// A field whose arguments change.
#[derive(Clone, Debug)]
pub struct PatchedArguments<'s> {
    /// The name of the field.
    pub field: &'s str,
    /// The type of its value.
    pub ty: TypeReference<'s>,
    /// All its arguments as they are with the patch.
    pub all: Vec<InputFacts<'s>>,
    /// Those that change.
    pub patches: Vec<InputPatch<'s>>,
}

/// A field whose value may no longer be null.
#[derive(Clone, Debug)]
pub struct NonNullField<'s> {
    /// Its name.
    pub name: &'s str,
    /// The type of its value.
    pub ty: TypeReference<'s>,
    suggestion: usize,
}

/// What changes of an argument or input field.
#[derive(Clone, Debug)]
pub struct InputPatch<'s> {
    /// What is done.
    pub kind: InputPatchKind<'s>,
    suggestion: usize,
}

/// What is done to an argument or input field.
#[derive(Clone, Debug)]
pub enum InputPatchKind<'s> {
    /// The old name is taken as well.
    Renamed {
        /// Under its old name: optional and deprecated.
        old: InputFacts<'s>,
        /// Under its new name, with the patch.
        new: InputFacts<'s>,
        /// The new one was required, so exactly one of both must be given. Otherwise at most one.
        required: bool,
    },
    /// It was removed and is taken again, optional and deprecated; the server may ignore it.
    Restored(InputFacts<'s>),
    /// It was required and is optional; the server supplies a value.
    Relaxed(InputFacts<'s>),
    /// It was required and has the default again that it had.
    Defaulted(InputFacts<'s>),
}

impl InputPatchKind<'_> {
    /// Whether it is about an argument or input field of this name.
    pub fn names(&self, name: &str) -> bool {
        match self {
            InputPatchKind::Renamed { old, new, .. } => [old.name, new.name].contains(&name),
            InputPatchKind::Restored(facts)
            | InputPatchKind::Relaxed(facts)
            | InputPatchKind::Defaulted(facts) => facts.name == name,
        }
    }
}

/// An argument or input field.
#[derive(Clone, Debug)]
pub struct InputFacts<'s> {
    /// Its name.
    pub name: &'s str,
    /// Its description.
    pub description: Option<String>,
    /// Its type.
    pub ty: TypeReference<'s>,
    /// The value where none is given.
    pub default: Option<&'s ast::Value<'s>>,
    /// Why it is deprecated.
    pub deprecation: Option<String>,
}

/// An enum value that comes back, deprecated.
#[derive(Clone, Debug)]
pub struct AddedEnumValue<'s> {
    /// Its name.
    pub name: &'s str,
    /// Its description.
    pub description: Option<String>,
    /// The value that it means; nothing where the value was removed.
    pub target: Option<String>,
    /// Why it is deprecated.
    pub deprecation: Option<String>,
    suggestion: usize,
}

/// A type where something else names it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NamedType<'s> {
    /// Its name.
    pub name: &'s str,
    /// The name by which the server's code knows it.
    pub in_code: &'s str,
    /// Its kind.
    pub kind: TypeKind,
}

/// A type reference (specification, section 3.12).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TypeReference<'s> {
    /// A named type.
    Named(NamedType<'s>),
    /// A list.
    List(Box<TypeReference<'s>>),
    /// Never null; holds no other non-null.
    NonNull(Box<TypeReference<'s>>),
}

impl<'s> TypeReference<'s> {
    /// Whether it is non-null.
    pub fn is_non_null(&self) -> bool {
        matches!(self, TypeReference::NonNull(_))
    }

    /// The same without its outermost non-null.
    pub fn nullable(&self) -> &Self {
        match self {
            TypeReference::NonNull(inner) => inner,
            other => other,
        }
    }

    /// The innermost type.
    pub fn named(&self) -> NamedType<'s> {
        match self {
            TypeReference::Named(named) => *named,
            TypeReference::List(inner) | TypeReference::NonNull(inner) => inner.named(),
        }
    }
}

impl<'s> PatchedServer<'s> {
    /// The part that one suggestion asks for.
    pub(super) fn only(&self, suggestion: usize) -> PatchedServer<'s> {
        let returned = self.returned.iter().filter(|ty| ty.suggestion == suggestion);
        PatchedServer {
            types: self.types.iter().filter_map(|ty| ty.only(suggestion)).collect(),
            returned: returned.cloned().collect(),
            directives: self.directives.iter().filter_map(|directive| directive.only(suggestion)).collect(),
        }
    }

    /// What is asked of a server whose types of these kinds have the fields of their interfaces without saying so.
    pub(super) fn without_inherited(&self, kinds: &[TypeKind]) -> PatchedServer<'s> {
        let mut own = self.clone();
        let lists = own.types.iter_mut().map(|ty| (ty.kind, &mut ty.fields));
        for (kind, fields) in lists.chain(own.returned.iter_mut().map(|ty| (ty.kind, &mut ty.fields))) {
            fields.retain(|field| !(field.inherited && kinds.contains(&kind)));
        }
        own.types.retain(|ty| !ty.is_unchanged());
        own
    }

    /// Whether nothing is asked.
    pub(super) fn is_empty(&self) -> bool {
        self.types.is_empty() && self.returned.is_empty() && self.directives.is_empty()
    }
}

impl PatchedType<'_> {
    /// Whether it has its old name in the schema and the new one in code.
    pub fn keeps_name(&self) -> bool {
        self.kept.is_some()
    }

    /// Whether of an input object several fields may be given again, or none.
    pub fn loses_one_of(&self) -> bool {
        self.relaxed.is_some()
    }

    /// The part of it that one suggestion asks for; nothing where it asks for none.
    fn only(&self, suggestion: usize) -> Option<Self> {
        let part = PatchedType {
            interfaces: chosen(&self.interfaces, |membership| membership.suggestion == suggestion),
            members: chosen(&self.members, |membership| membership.suggestion == suggestion),
            all_interfaces: self.all_interfaces.clone(),
            all_unions: self.all_unions.clone(),
            fields: chosen(&self.fields, |field| field.suggestion == suggestion),
            arguments: self.arguments.iter().filter_map(|field| field.only(suggestion)).collect(),
            non_null: chosen(&self.non_null, |field| field.suggestion == suggestion),
            input_fields: chosen(&self.input_fields, |patch| patch.suggestion == suggestion),
            positions: Vec::new(),
            enum_values: chosen(&self.enum_values, |value| value.suggestion == suggestion),
            kept: self.kept.filter(|kept| *kept == suggestion),
            relaxed: self.relaxed.filter(|relaxed| *relaxed == suggestion),
            ..*self
        };
        (!part.is_unchanged()).then(|| PatchedType { positions: self.positions.clone(), ..part })
    }

    fn is_unchanged(&self) -> bool {
        self.fields.is_empty()
            && self.arguments.is_empty()
            && self.non_null.is_empty()
            && self.input_fields.is_empty()
            && self.enum_values.is_empty()
            && self.interfaces.is_empty()
            && self.members.is_empty()
            && self.kept.is_none()
            && self.relaxed.is_none()
    }
}

impl PatchedArguments<'_> {
    fn only(&self, suggestion: usize) -> Option<Self> {
        let patches = chosen(&self.patches, |patch| patch.suggestion == suggestion);
        (!patches.is_empty()).then(|| PatchedArguments {
            patches,
            ty: self.ty.clone(),
            all: self.all.clone(),
            ..*self
        })
    }
}

fn chosen<T: Clone>(all: &[T], is_chosen: impl Fn(&T) -> bool) -> Vec<T> {
    all.iter().filter(|one| is_chosen(one)).cloned().collect()
}

impl PatchedDirective<'_> {
    /// Whether it was removed and comes back whole.
    pub fn comes_back(&self) -> bool {
        self.returned.is_some()
    }

    /// Whether it has its old name in the schema and the new one in code.
    pub fn keeps_name(&self) -> bool {
        self.kept.is_some()
    }

    /// Whether it may stand several times at a place again.
    pub fn is_repeatable_again(&self) -> bool {
        self.repeated.is_some()
    }

    /// Where it may stand again.
    pub fn locations_again(&self) -> impl Iterator<Item = DirectiveLocation> + '_ {
        self.moved.iter().map(|(location, _)| *location)
    }

    /// The part of it that one suggestion asks for; nothing where it asks for none.
    fn only(&self, suggestion: usize) -> Option<Self> {
        let mut part = self.clone();
        part.patches.retain(|patch| patch.suggestion == suggestion);
        part.returned = part.returned.filter(|returned| *returned == suggestion);
        part.kept = part.kept.filter(|kept| *kept == suggestion);
        part.repeated = part.repeated.filter(|repeated| *repeated == suggestion);
        part.moved.retain(|(_, moved)| *moved == suggestion);
        (!part.is_unchanged()).then_some(part)
    }

    fn is_unchanged(&self) -> bool {
        self.patches.is_empty()
            && self.returned.is_none()
            && self.kept.is_none()
            && self.repeated.is_none()
            && self.moved.is_empty()
    }
}

/// Holds the patched schema against the new one.
pub(super) fn patched_server<'s>(
    diff: &'s Diff<'s>,
    suggestions: &'s [Suggestion],
    patched: &'s Schema<'s>,
) -> PatchedServer<'s> {
    let (origins, asked) = (origins(diff, suggestions), asked(diff, suggestions));
    let facts = Facts { diff, new: diff.matching.new, patched, origins, asked };
    let types = || patched.types().filter(|(_, ty)| !ty.built_in).map(|(id, _)| id);
    let directives = patched.directives().filter(|(_, directive)| !directive.built_in);
    PatchedServer {
        types: types().filter_map(|id| facts.patched_type(id)).collect(),
        returned: types().filter_map(|id| facts.returned_type(id)).collect(),
        directives: directives.filter_map(|(id, _)| facts.patched_directive(id)).collect(),
    }
}

/// What a suggestion asks of a type or a directive as a whole. Those that the server has are meant by their ids in the new
/// schema, those that it no longer has by their ids in the old one.
#[derive(PartialEq, Eq, Hash)]
enum Asked {
    /// That a type keeps its old name.
    TypeName(TypeId),
    /// That a type of the old schema comes back.
    Type(TypeId),
    /// That a union gets a member again, or a type an interface; that one is of the old schema.
    Membership(TypeId, TypeId),
    /// That not exactly one field has to be given.
    OneOf(TypeId),
    /// That a directive keeps its old name.
    DirectiveName(DirectiveId),
    /// That a directive of the old schema comes back.
    Directive(DirectiveId),
    /// That a directive may stand where it could.
    Locations(DirectiveId),
    /// That a directive may stand several times at a place.
    Repeatable(DirectiveId),
}

/// Which suggestion asks first for what.
fn asked(diff: &Diff<'_>, suggestions: &[Suggestion]) -> HashMap<Asked, usize> {
    let matching = &diff.matching;
    let mut asked = HashMap::new();
    for (at, suggestion) in suggestions.iter().enumerate().filter(|(_, one)| !one.edits.is_empty()) {
        let keeps = suggestion.kind == SuggestionKind::KeepTypeName;
        for change in suggestion.resolves.iter().map(|&change| &diff.changes[change]) {
            let asks = match (change.rule.id, change.old_id, change.new_id) {
                (_, _, Some(ElementId::Type(new))) if keeps => Some(Asked::TypeName(new)),
                (_, _, Some(ElementId::Root(kind))) if keeps => matching.new.root(kind).map(Asked::TypeName),
                (_, _, Some(ElementId::Directive(new))) if keeps => Some(Asked::DirectiveName(new)),
                ("type-removed", Some(ElementId::Type(old)), _) => Some(Asked::Type(old)),
                ("directive-removed", Some(ElementId::Directive(old)), _) => Some(Asked::Directive(old)),
                ("one-of-added", _, Some(ElementId::Type(new))) => Some(Asked::OneOf(new)),
                ("directive-location-removed", _, Some(ElementId::Directive(new))) => {
                    Some(Asked::Locations(new))
                }
                ("directive-repeatable-removed", _, Some(ElementId::Directive(new))) => {
                    Some(Asked::Repeatable(new))
                }
                ("union-member-removed" | "interface-removed-from-type", ..) => {
                    let old = |name: &str| matching.old.type_named(name);
                    let parent = change.coordinate.type_name().and_then(old);
                    let parent = parent.and_then(|old| matching.new_type(old));
                    let other = change.member.and_then(old);
                    parent.zip(other).map(|(parent, other)| Asked::Membership(parent, other))
                }
                _ => None,
            };
            if let Some(asks) = asks {
                asked.entry(asks).or_insert(at);
            }
        }
    }
    asked
}

/// From which suggestion an element of the patched schema comes.
struct Origin<'d> {
    suggestion: usize,
    /// The new name, where the element is an alias of it.
    target: Option<&'d str>,
}

/// The elements of the patched schema that suggestions add or change, by their coordinates.
fn origins<'d>(
    diff: &'d Diff<'_>,
    suggestions: &[Suggestion],
) -> HashMap<SchemaCoordinate<&'d str>, Origin<'d>> {
    let mut origins = HashMap::new();
    for (at, suggestion) in suggestions.iter().enumerate() {
        for change in suggestion.resolves.iter().map(|&change| &diff.changes[change]) {
            let renamed = change.rename.as_ref().and(change.new_coordinate);
            // What comes back as it was does not do what the new element does.
            let aliased = renamed.filter(|_| suggestion.kind != SuggestionKind::Restore);
            let coordinate = match renamed {
                Some(new) => with_name_of(new, change.coordinate),
                None => in_new(diff, change.new_coordinate.unwrap_or(change.coordinate)),
            };
            origins
                .entry(coordinate)
                .or_insert(Origin { suggestion: at, target: aliased.and_then(own_name) });
        }
    }
    origins
}

/// The name of a member or an argument itself.
fn own_name(coordinate: SchemaCoordinate<&str>) -> Option<&str> {
    match coordinate {
        SchemaCoordinate::Member(_, name)
        | SchemaCoordinate::Argument(_, _, name)
        | SchemaCoordinate::DirectiveArgument(_, name) => Some(name),
        _ => None,
    }
}

/// Where the new element stands, under the name of the old one.
fn with_name_of<'n>(
    new: SchemaCoordinate<&'n str>,
    old: SchemaCoordinate<&'n str>,
) -> SchemaCoordinate<&'n str> {
    match (new, own_name(old)) {
        (SchemaCoordinate::Member(ty, _), Some(name)) => SchemaCoordinate::Member(ty, name),
        (SchemaCoordinate::Argument(ty, field, _), Some(name)) => SchemaCoordinate::Argument(ty, field, name),
        (SchemaCoordinate::DirectiveArgument(directive, _), Some(name)) => {
            SchemaCoordinate::DirectiveArgument(directive, name)
        }
        _ => new,
    }
}

/// The coordinate with the name that its type or directive has in the new schema.
fn in_new<'d>(diff: &'d Diff<'_>, coordinate: SchemaCoordinate<&'d str>) -> SchemaCoordinate<&'d str> {
    let matching = &diff.matching;
    if let SchemaCoordinate::DirectiveArgument(directive, name) = coordinate {
        let mut pairs = matching.directives.iter().filter_map(Pair::both);
        let pair = pairs.find(|(old, _)| old.name == directive);
        let directive = pair.map_or(directive, |(_, new)| new.name);
        return SchemaCoordinate::DirectiveArgument(directive, name);
    }
    let type_name = coordinate.type_name().and_then(|name| matching.old.type_named(name));
    let new_name = type_name.and_then(|id| matching.new_type(id)).map(|id| matching.new.ty(id).name);
    match (coordinate, new_name) {
        (SchemaCoordinate::Member(..) | SchemaCoordinate::Argument(..), Some(ty)) => coordinate.of_type(ty),
        _ => coordinate,
    }
}

struct Facts<'s> {
    diff: &'s Diff<'s>,
    new: &'s Schema<'s>,
    patched: &'s Schema<'s>,
    origins: HashMap<SchemaCoordinate<&'s str>, Origin<'s>>,
    asked: HashMap<Asked, usize>,
}

impl<'s> Facts<'s> {
    /// The type of the new schema that a type of the patched one is; nothing where that comes back.
    fn new_type(&self, id: TypeId) -> Option<TypeId> {
        let (name, matching) = (self.patched.ty(id).name, &self.diff.matching);
        let kept = || matching.new_type(matching.old.type_named(name)?);
        self.new.type_named(name).or_else(kept)
    }

    /// The type of the old schema that a type of the patched one is.
    fn old_type(&self, id: TypeId) -> Option<TypeId> {
        let matching = &self.diff.matching;
        match self.new_type(id) {
            Some(new) => matching.old_type(new),
            None => matching.old.type_named(self.patched.ty(id).name),
        }
    }

    /// The name that the server's code has for a type of the patched schema.
    fn in_code(&self, id: TypeId) -> &'s str {
        self.new_type(id).map_or(self.patched.ty(id).name, |new| self.new.ty(new).name)
    }

    fn named(&self, id: TypeId) -> NamedType<'s> {
        let ty = self.patched.ty(id);
        NamedType { name: ty.name, in_code: self.in_code(id), kind: ty.kind }
    }

    fn reference(&self, reference: TypeRef) -> TypeReference<'s> {
        let TypeRef { named, wrappers } = reference;
        let inner = if wrappers.list_depth > 0 {
            let item = TypeRef { named, wrappers: wrappers.nullable().item() };
            TypeReference::List(Box::new(self.reference(item)))
        } else {
            TypeReference::Named(self.named(named))
        };
        if wrappers.is_non_null() { TypeReference::NonNull(Box::new(inner)) } else { inner }
    }

    fn operation(&self, id: TypeId) -> Option<OperationKind> {
        OperationKind::ALL.into_iter().find(|&kind| self.patched.root(kind) == Some(id))
    }

    /// The interfaces or members that a type of the new schema gets again, of all that it has with the patch.
    fn memberships(&self, new: TypeId, all: &[TypeId]) -> Vec<Membership<'s>> {
        let again = all.iter().filter_map(|&other| {
            let suggestion = self.asked.get(&Asked::Membership(new, self.old_type(other)?))?;
            Some(Membership { ty: self.named(other), suggestion: *suggestion })
        });
        again.collect()
    }

    fn unions_of(&self, member: TypeId) -> Vec<NamedType<'s>> {
        let unions = self.patched.types().filter(|(_, ty)| ty.members.contains(&member));
        unions.map(|(id, _)| self.named(id)).collect()
    }

    fn patched_type(&self, id: TypeId) -> Option<PatchedType<'s>> {
        let (ty, new) = (self.patched.ty(id), self.new_type(id)?);
        let new_name = self.new.ty(new).name;
        let mut facts = PatchedType {
            name: ty.name,
            in_code: new_name,
            kind: ty.kind,
            operation: self.operation(id),
            interfaces: self.memberships(new, ty.interfaces),
            members: self.memberships(new, ty.members),
            all_interfaces: ty.interfaces.iter().map(|&interface| self.named(interface)).collect(),
            all_unions: self.unions_of(id),
            fields: Vec::new(),
            arguments: Vec::new(),
            non_null: Vec::new(),
            input_fields: Vec::new(),
            positions: Vec::new(),
            enum_values: Vec::new(),
            kept: self.asked.get(&Asked::TypeName(new)).copied(),
            relaxed: self.asked.get(&Asked::OneOf(new)).copied(),
        };
        for (field_id, field) in self.patched.fields_of(id) {
            match self.new.field_named(new, field.name) {
                None => facts.fields.extend(self.added_field(id, field_id)),
                Some(new_field) => self.patched_field(&mut facts, field_id, new_field),
            }
        }
        for (_, value) in self.patched.input_fields_of(id) {
            let before =
                |name: &str| self.new.input_field_named(new, name).map(|id| self.new.input_value(id));
            let named = |name: &str| self.patched.input_field_named(id, name);
            facts.input_fields.extend(self.input_patch(
                value,
                before,
                named,
                SchemaCoordinate::Member(new_name, value.name),
            ));
        }
        for (_, value) in self.patched.enum_values_of(id) {
            if self.new.enum_value_named(new, value.name).is_none()
                && let Some(origin) = self.origins.get(&SchemaCoordinate::Member(new_name, value.name))
            {
                facts.enum_values.push(AddedEnumValue {
                    name: value.name,
                    description: description(value.definition.description.as_ref()),
                    target: origin.target.map(str::to_owned),
                    deprecation: reason(value.definition.directives),
                    suggestion: origin.suggestion,
                });
            }
        }
        if !facts.input_fields.is_empty() || facts.enum_values.iter().any(|value| value.target.is_some()) {
            facts.positions = self.positions(id);
        }
        (!facts.is_unchanged()).then_some(facts)
    }

    /// A type that comes back. Operations of a root type that does are more than its code: the server has to be started with them.
    fn returned_type(&self, id: TypeId) -> Option<ReturnedType<'s>> {
        if self.new_type(id).is_some() || self.operation(id).is_some() {
            return None;
        }
        let ty = self.patched.ty(id);
        let suggestion = *self.asked.get(&Asked::Type(self.old_type(id)?))?;
        let fields = self.patched.fields_of(id);
        let input_fields = self.patched.input_fields_of(id);
        let values = self.patched.enum_values_of(id).map(|(_, value)| AddedEnumValue {
            name: value.name,
            description: description(value.definition.description.as_ref()),
            target: None,
            deprecation: reason(value.definition.directives),
            suggestion,
        });
        let mut interfaces = ty.interfaces.to_vec();
        interfaces.sort_by_key(|&interface| Reverse(self.patched.ty(interface).interfaces.len()));
        let mut specified = ty.directives().filter(|directive| directive.name.text == "specifiedBy");
        Some(ReturnedType {
            name: ty.name,
            kind: ty.kind,
            description: description(ty.definition.description.as_ref()),
            interfaces: interfaces.iter().map(|&interface| self.named(interface)).collect(),
            members: ty.members.iter().map(|&member| self.named(member)).collect(),
            fields: fields.map(|(field, _)| self.returned_field(id, field, suggestion)).collect(),
            input_fields: input_fields.map(|(_, value)| self.input_facts(value)).collect(),
            enum_values: values.collect(),
            one_of: ty.is_one_of(),
            unreferenced: !self.is_referenced(id),
            answered: self
                .patched
                .types()
                .any(|(other, _)| self.patched.fields_of(other).any(|(_, field)| field.ty.named == id)),
            specified_by: specified.find_map(|directive| match directive.arguments.first()?.value.kind {
                ast::ValueKind::String(url) => Some(url.value().into_owned()),
                _ => None,
            }),
            suggestion,
        })
    }

    /// Whether a type of the patched schema names another one.
    fn is_referenced(&self, id: TypeId) -> bool {
        let patched = self.patched;
        let types = patched.types().filter(|(ty, _)| *ty != id);
        let mut references = types.flat_map(|(other, ty)| {
            let fields = patched.fields_of(other).map(|(_, field)| field.ty.named);
            let arguments = patched.fields_of(other).flat_map(|(field, _)| patched.arguments_of(field));
            let inputs = arguments.chain(patched.input_fields_of(other)).map(|(_, value)| value.ty.named);
            fields.chain(inputs).chain(ty.members.iter().chain(ty.interfaces).copied()).collect::<Vec<_>>()
        });
        references.any(|reference| reference == id)
    }

    /// A field of a type that comes back whole.
    fn returned_field(&self, parent: TypeId, id: FieldId, suggestion: usize) -> AddedField<'s> {
        let field = self.patched.field(id);
        let arguments = self.arguments_of(id).into_iter();
        let interfaces = self.patched.ty(parent).interfaces.iter();
        let mut inherited =
            interfaces.filter_map(|&interface| self.patched.field_named(interface, field.name));
        AddedField {
            name: field.name,
            description: description(field.definition.description.as_ref()),
            target: None,
            ty: self.reference(field.ty),
            arguments: arguments.map(|argument| AddedFieldArgument { argument, target: None }).collect(),
            target_arguments: Vec::new(),
            same_arguments: false,
            deprecation: reason(field.definition.directives),
            inherited: inherited.any(|inherited| self.are_same(id, inherited)),
            suggestion,
        }
    }

    /// Whether two fields of the patched schema differ in nothing that clients see.
    fn are_same(&self, one: FieldId, other: FieldId) -> bool {
        let text = |value: Option<&StringValue<'_>>| description(value);
        let seen = |id: FieldId| {
            let field = self.patched.field(id);
            let arguments = self.patched.arguments_of(id).map(|(_, argument)| {
                let definition = argument.definition;
                (
                    argument.name,
                    self.patched.type_text(argument.ty),
                    argument.default().map(value::write),
                    text(definition.description.as_ref()),
                    reason(definition.directives),
                )
            });
            let definition = field.definition;
            (
                self.patched.type_text(field.ty),
                arguments.collect::<Vec<_>>(),
                text(definition.description.as_ref()),
                reason(definition.directives),
            )
        };
        seen(one) == seen(other)
    }

    fn patched_directive(&self, id: DirectiveId) -> Option<PatchedDirective<'s>> {
        let directive = self.patched.directive(id);
        let matching = &self.diff.matching;
        let mut pairs = matching.directives.iter().filter_map(Pair::both);
        let kept = pairs.find(|(old, _)| old.name == directive.name).map(|(_, new)| new.id);
        let new = self.new.directive_named(directive.name).or(kept);
        let ask = |asked: Asked| self.asked.get(&asked).copied();
        let definition = directive.definition;
        let arguments = || self.patched.directive_arguments_of(id).map(|(_, argument)| argument);
        let mut facts = PatchedDirective {
            name: directive.name,
            in_code: new.map_or(directive.name, |new| self.new.directive(new).name),
            description: description(definition.description.as_ref()),
            repeatable: definition.repeatable,
            locations: definition.locations.to_vec(),
            arguments: arguments().map(|argument| self.input_facts(argument)).collect(),
            patches: Vec::new(),
            returned: None,
            kept: None,
            repeated: None,
            moved: Vec::new(),
        };
        if let Some(new) = new {
            facts.kept = ask(Asked::DirectiveName(new));
            let before = self.new.directive(new).definition;
            facts.repeated = ask(Asked::Repeatable(new)).filter(|_| !before.repeatable);
            if let Some(suggestion) = ask(Asked::Locations(new)) {
                let again = definition.locations.iter().filter(|one| !before.locations.contains(one));
                facts.moved = again.map(|&location| (location, suggestion)).collect();
            }
            for argument in arguments() {
                let before = |name: &str| {
                    self.new.directive_argument_named(new, name).map(|id| self.new.input_value(id))
                };
                let named = |name: &str| self.patched.directive_argument_named(id, name);
                let coordinate = SchemaCoordinate::DirectiveArgument(facts.in_code, argument.name);
                facts.patches.extend(self.input_patch(argument, before, named, coordinate));
            }
        } else {
            facts.returned = ask(Asked::Directive(matching.old.directive_named(directive.name)?));
        }
        (!facts.is_unchanged()).then_some(facts)
    }

    /// Where values of a type come in, inside of other input types as well. A field that comes back is none: that of its new
    /// name does its work, or its old resolver, which knows the old names.
    fn positions(&self, input: TypeId) -> Vec<InputPosition<'s>> {
        let (mut takers, mut seen) = (vec![input], 0);
        let mut positions = Vec::new();
        while let Some(&taken) = takers.get(seen) {
            seen += 1;
            for (id, ty) in self.patched.types().filter(|(_, ty)| !ty.built_in) {
                let position = |field: Option<&'s str>, value: &InputValue<'s>| InputPosition {
                    parent: ty.name,
                    parent_kind: ty.kind,
                    parent_in_code: self.in_code(id),
                    field,
                    name: value.name,
                    ty: self.reference(value.ty),
                };
                let is_taken = |value: &InputValue<'s>| value.ty.named == taken;
                let new = self.new_type(id);
                let stays = |name: &str| new.is_some_and(|new| self.new.field_named(new, name).is_some());
                for (field_id, field) in self.patched.fields_of(id).filter(|(_, field)| stays(field.name)) {
                    let arguments = self.patched.arguments_of(field_id).map(|(_, argument)| argument);
                    positions.extend(
                        arguments
                            .filter(|value| is_taken(value))
                            .map(|value| position(Some(field.name), value)),
                    );
                }
                let fields = self.patched.input_fields_of(id).map(|(_, value)| value);
                let before = positions.len();
                positions.extend(fields.filter(|value| is_taken(value)).map(|value| position(None, value)));
                if positions.len() > before && !takers.contains(&id) {
                    takers.push(id);
                }
            }
        }
        positions
    }

    fn added_field(&self, parent: TypeId, id: FieldId) -> Option<AddedField<'s>> {
        let (ty, field) = (self.patched.ty(parent), self.patched.field(id));
        let coordinate = |ty: TypeId| SchemaCoordinate::Member(self.in_code(ty), field.name);
        let from_interface = ty.interfaces.iter().find_map(|&id| self.origins.get(&coordinate(id)));
        // An implementer gets the field of its interface without a suggestion of its own.
        let origin = self.origins.get(&coordinate(parent)).or(from_interface)?;
        let target = origin.target.and_then(|target| self.patched.field_named(parent, target));
        let arguments = self.patched.arguments_of(id).map(|(_, argument)| AddedFieldArgument {
            argument: self.input_facts(argument),
            target: target.and_then(|target| self.target_argument(parent, field.name, target, argument.name)),
        });
        Some(AddedField {
            name: field.name,
            description: description(field.definition.description.as_ref()),
            target: origin.target.map(str::to_owned),
            ty: self.reference(field.ty),
            arguments: arguments.collect(),
            target_arguments: target.into_iter().flat_map(|target| self.arguments_of(target)).collect(),
            same_arguments: target.is_some_and(|target| self.same_arguments(parent, id, target)),
            deprecation: reason(field.definition.directives),
            inherited: from_interface.is_some(),
            suggestion: origin.suggestion,
        })
    }

    /// The argument of the new field that an argument of the old one is.
    fn target_argument(&self, parent: TypeId, old: &str, target: FieldId, argument: &str) -> Option<String> {
        let parent = self.new_type(parent)?;
        let old_parent = self.diff.matching.old_type(parent)?;
        let old = SchemaCoordinate::Argument(self.diff.matching.old.ty(old_parent).name, old, argument);
        let changes = &self.diff.changes;
        let renamed = changes.iter().find(|change| change.coordinate == old && change.rename.is_some());
        match renamed.and_then(|change| change.new_coordinate) {
            Some(new) => own_name(new).map(str::to_owned),
            None => self.patched.argument_named(target, argument).map(|_| argument.to_owned()),
        }
    }

    /// Whether a field has the arguments that its target has on the server as it is.
    fn same_arguments(&self, parent: TypeId, id: FieldId, target: FieldId) -> bool {
        let text = |schema: &Schema<'_>, value: &InputValue<'_>| {
            let default = value.default().map(value::write);
            (value.name.to_owned(), schema.type_text(value.ty), default)
        };
        let (parent, target) = (self.in_code(parent), self.patched.field(target).name);
        let new = self.new.type_named(parent).and_then(|parent| self.new.field_named(parent, target));
        new.is_some_and(|new| {
            let new = self.new.arguments_of(new).map(|(_, argument)| text(self.new, argument));
            let patched = self.patched.arguments_of(id).map(|(_, argument)| text(self.patched, argument));
            new.eq(patched)
        })
    }

    /// What the patch changes of a field that stays.
    fn patched_field(&self, facts: &mut PatchedType<'s>, id: FieldId, new: FieldId) {
        let field = self.patched.field(id);
        let ty = self.reference(field.ty);
        let coordinate = SchemaCoordinate::Member(facts.in_code, field.name);
        if self.new.type_text(self.new.field(new).ty) != self.patched.type_text(field.ty)
            && let Some(origin) = self.origins.get(&coordinate)
        {
            let ty = ty.clone();
            facts.non_null.push(NonNullField { name: field.name, ty, suggestion: origin.suggestion });
        }
        let mut patches = Vec::new();
        for (_, argument) in self.patched.arguments_of(id) {
            let before = |name: &str| self.new.argument_named(new, name).map(|id| self.new.input_value(id));
            let named = |name: &str| self.patched.argument_named(id, name);
            let coordinate = SchemaCoordinate::Argument(facts.in_code, field.name, argument.name);
            patches.extend(self.input_patch(argument, before, named, coordinate));
        }
        if !patches.is_empty() {
            let all = self.arguments_of(id);
            facts.arguments.push(PatchedArguments { field: field.name, ty, all, patches });
        }
    }

    /// What the patch does to one argument or input field; nothing where it does nothing, or where that belongs to
    /// another one's renaming.
    fn input_patch<'n>(
        &self,
        value: &InputValue<'s>,
        before: impl Fn(&str) -> Option<&'n InputValue<'n>>,
        patched: impl Fn(&str) -> Option<InputValueId>,
        coordinate: SchemaCoordinate<&str>,
    ) -> Option<InputPatch<'s>> {
        let was_required = |name: &str| before(name).is_some_and(InputValue::is_required);
        let origin = self.origins.get(&coordinate)?;
        let facts = self.input_facts(value);
        let kind = match (before(value.name), origin.target) {
            (None, Some(target)) => {
                let new = self.patched.input_value(patched(target)?);
                let required = was_required(target) && !new.is_required();
                InputPatchKind::Renamed { old: facts, new: self.input_facts(new), required }
            }
            (None, None) => InputPatchKind::Restored(facts),
            (Some(_), _) if was_required(value.name) && !value.is_required() => {
                if facts.default.is_some() {
                    InputPatchKind::Defaulted(facts)
                } else {
                    InputPatchKind::Relaxed(facts)
                }
            }
            (Some(_), _) => return None,
        };
        Some(InputPatch { kind, suggestion: origin.suggestion })
    }

    fn arguments_of(&self, field: FieldId) -> Vec<InputFacts<'s>> {
        self.patched.arguments_of(field).map(|(_, argument)| self.input_facts(argument)).collect()
    }

    fn input_facts(&self, value: &InputValue<'s>) -> InputFacts<'s> {
        InputFacts {
            name: value.name,
            description: description(value.definition.description.as_ref()),
            ty: self.reference(value.ty),
            default: value.default(),
            deprecation: reason(value.definition.directives),
        }
    }
}

/// Why an element is deprecated; the default of the specification (section 3.13.3) where it only says that it is.
fn reason<'a>(directives: impl IntoIterator<Item = &'a ast::Directive<'a>>) -> Option<String> {
    let deprecation = deprecation(directives)?;
    Some(deprecation.told_reason().into_owned())
}

fn description(text: Option<&StringValue<'_>>) -> Option<String> {
    text.map(|text| text.value().into_owned())
}
