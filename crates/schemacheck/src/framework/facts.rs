//! What a compatibility patch asks of a server's code: the patched schema held against the new one, type by type.
//!
//! An emitter reads these facts and writes text. All of them come from the patched schema, which is proven: names, types,
//! defaults and the reason of a deprecation are what the SDL says.

use hashbrown::HashMap;
use schemacheck_graphql::ast::{self, OperationKind, TypeKind};
use schemacheck_graphql::coordinate::SchemaCoordinate;
use schemacheck_graphql::schema::{FieldId, InputValue, InputValueId, Schema, TypeId, TypeRef, deprecation};
use schemacheck_graphql::value;

use crate::diff::Diff;
use crate::suggest::{Suggestion, SuggestionKind};

/// A type of the server, and what the patch changes of it.
#[derive(Clone, Debug)]
pub struct PatchedType<'s> {
    /// Its name.
    pub name: &'s str,
    /// The name by which the server's code knows it: that of the new schema, also where the patch keeps the old one.
    pub in_code: String,
    /// Its kind.
    pub kind: TypeKind,
    /// Of which operations it is the root type.
    pub operation: Option<OperationKind>,
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
}

/// An argument or input field that takes an input type or an enum.
#[derive(Clone, Debug)]
pub struct InputPosition<'s> {
    /// The type that has it.
    pub parent: &'s str,
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
    /// Whether an interface of the type gets the field as well.
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
}

impl InputPatchKind<'_> {
    /// Whether it is about an argument or input field of this name.
    pub fn names(&self, name: &str) -> bool {
        match self {
            InputPatchKind::Renamed { old, new, .. } => [old.name, new.name].contains(&name),
            InputPatchKind::Restored(facts) | InputPatchKind::Relaxed(facts) => facts.name == name,
        }
    }
}

/// An argument or input field.
#[derive(Clone, Debug)]
pub struct InputFacts<'s> {
    /// Its name.
    pub name: &'s str,
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
    /// The value that it means; nothing where the value was removed.
    pub target: Option<String>,
    /// Why it is deprecated.
    pub deprecation: Option<String>,
    suggestion: usize,
}

/// A type reference (specification, section 3.12).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TypeReference<'s> {
    /// A named type and its kind.
    Named(&'s str, TypeKind),
    /// A list.
    List(Box<TypeReference<'s>>),
    /// Never null; holds no other non-null.
    NonNull(Box<TypeReference<'s>>),
}

impl<'s> TypeReference<'s> {
    fn new(schema: &Schema<'s>, reference: TypeRef) -> Self {
        let TypeRef { named, wrappers } = reference;
        let inner = if wrappers.list_depth > 0 {
            let item = TypeRef { named, wrappers: wrappers.nullable().item() };
            TypeReference::List(Box::new(TypeReference::new(schema, item)))
        } else {
            TypeReference::Named(schema.ty(named).name, schema.ty(named).kind)
        };
        if wrappers.is_non_null() { TypeReference::NonNull(Box::new(inner)) } else { inner }
    }

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
    pub fn named(&self) -> (&'s str, TypeKind) {
        match self {
            TypeReference::Named(name, kind) => (name, *kind),
            TypeReference::List(inner) | TypeReference::NonNull(inner) => inner.named(),
        }
    }
}

impl PatchedType<'_> {
    /// The part of it that one suggestion asks for; nothing where it asks for none.
    pub(super) fn only(&self, suggestion: usize) -> Option<Self> {
        let mut part = self.clone();
        part.fields.retain(|field| field.suggestion == suggestion);
        part.non_null.retain(|field| field.suggestion == suggestion);
        part.input_fields.retain(|patch| patch.suggestion == suggestion);
        part.enum_values.retain(|value| value.suggestion == suggestion);
        for field in &mut part.arguments {
            field.patches.retain(|patch| patch.suggestion == suggestion);
        }
        part.arguments.retain(|field| !field.patches.is_empty());
        (!part.is_unchanged()).then_some(part)
    }

    fn is_unchanged(&self) -> bool {
        self.fields.is_empty()
            && self.arguments.is_empty()
            && self.non_null.is_empty()
            && self.input_fields.is_empty()
            && self.enum_values.is_empty()
    }
}

/// All types that the patch changes, in the order of the patched schema.
pub(super) fn patched_types<'s>(
    diff: &Diff<'_>,
    suggestions: &[Suggestion],
    patched: &'s Schema<'s>,
) -> Vec<PatchedType<'s>> {
    let origins = origins(diff, suggestions);
    let facts = Facts { diff, new: diff.matching.new, patched, origins, kept: kept_names(diff, suggestions) };
    let types = patched.types().filter(|(_, ty)| !ty.built_in);
    types.filter_map(|(id, _)| facts.patched_type(id)).collect()
}

/// The new names of the types that keep their old ones, by these.
fn kept_names<'d>(diff: &'d Diff<'_>, suggestions: &[Suggestion]) -> HashMap<&'d str, &'d str> {
    let kept = suggestions.iter().filter(|suggestion| suggestion.kind == SuggestionKind::KeepTypeName);
    let changes = kept.flat_map(|suggestion| &suggestion.resolves).map(|&change| &diff.changes[change]);
    let names = changes.filter_map(|change| {
        Some((change.coordinate.type_name()?, change.new_coordinate.as_ref()?.type_name()?))
    });
    names.collect()
}

/// From which suggestion an element of the patched schema comes.
struct Origin<'d> {
    suggestion: usize,
    /// The new name, where the element is an alias of it.
    target: Option<&'d str>,
}

/// The elements of the patched schema that suggestions add or change, by their coordinates.
fn origins<'d>(diff: &'d Diff<'_>, suggestions: &[Suggestion]) -> HashMap<SchemaCoordinate, Origin<'d>> {
    let mut origins = HashMap::new();
    for (at, suggestion) in suggestions.iter().enumerate() {
        for change in suggestion.resolves.iter().map(|&change| &diff.changes[change]) {
            let renamed = change.rename.as_ref().and(change.new_coordinate.as_ref());
            let coordinate = match renamed {
                Some(new) => with_name_of(new, &change.coordinate),
                None => in_new(diff, change.new_coordinate.as_ref().unwrap_or(&change.coordinate)),
            };
            origins
                .entry(coordinate)
                .or_insert(Origin { suggestion: at, target: renamed.and_then(own_name) });
        }
    }
    origins
}

/// The name of a member or an argument itself.
fn own_name(coordinate: &SchemaCoordinate) -> Option<&str> {
    match coordinate {
        SchemaCoordinate::Member(_, name) | SchemaCoordinate::Argument(_, _, name) => Some(name),
        _ => None,
    }
}

/// Where the new element stands, under the name of the old one.
fn with_name_of(new: &SchemaCoordinate, old: &SchemaCoordinate) -> SchemaCoordinate {
    match (new, own_name(old)) {
        (SchemaCoordinate::Member(ty, _), Some(name)) => SchemaCoordinate::member(ty, name),
        (SchemaCoordinate::Argument(ty, field, _), Some(name)) => SchemaCoordinate::argument(ty, field, name),
        _ => new.clone(),
    }
}

/// The coordinate with the name that its type has in the new schema.
fn in_new(diff: &Diff<'_>, coordinate: &SchemaCoordinate) -> SchemaCoordinate {
    let matching = &diff.matching;
    let type_name = coordinate.type_name().and_then(|name| matching.old.type_named(name));
    let new_name = type_name.and_then(|id| matching.new_type(id)).map(|id| matching.new.ty(id).name);
    match (coordinate, new_name) {
        (SchemaCoordinate::Member(_, name), Some(ty)) => SchemaCoordinate::member(ty, name),
        (SchemaCoordinate::Argument(_, field, name), Some(ty)) => SchemaCoordinate::argument(ty, field, name),
        _ => coordinate.clone(),
    }
}

struct Facts<'d, 's> {
    diff: &'d Diff<'d>,
    new: &'d Schema<'d>,
    patched: &'s Schema<'s>,
    origins: HashMap<SchemaCoordinate, Origin<'d>>,
    kept: HashMap<&'d str, &'d str>,
}

impl<'s> Facts<'_, 's> {
    /// The name that the new schema has for a type of the patched one.
    fn new_name(&self, id: TypeId) -> &str {
        let name = self.patched.ty(id).name;
        self.kept.get(name).copied().unwrap_or(name)
    }

    fn patched_type(&self, id: TypeId) -> Option<PatchedType<'s>> {
        let (ty, new_name) = (self.patched.ty(id), self.new_name(id));
        let new = self.new.type_named(new_name)?;
        let operations = OperationKind::ALL.into_iter();
        let mut facts = PatchedType {
            name: ty.name,
            in_code: new_name.to_owned(),
            kind: ty.kind,
            operation: operations.into_iter().find(|&kind| self.patched.root(kind) == Some(id)),
            fields: Vec::new(),
            arguments: Vec::new(),
            non_null: Vec::new(),
            input_fields: Vec::new(),
            positions: Vec::new(),
            enum_values: Vec::new(),
        };
        for (field_id, field) in self.patched.fields_of(id) {
            match self.new.field_named(new, field.name) {
                None => facts.fields.extend(self.added_field(id, field_id)),
                Some(new_field) => self.patched_field(&mut facts, field_id, new_field),
            }
        }
        let member = |name: &str| SchemaCoordinate::member(new_name, name);
        for (_, value) in self.patched.input_fields_of(id) {
            let before =
                |name: &str| self.new.input_field_named(new, name).map(|id| self.new.input_value(id));
            let named = |name: &str| self.patched.input_field_named(id, name);
            facts.input_fields.extend(self.input_patch(value, before, named, member));
        }
        for (_, value) in self.patched.enum_values_of(id) {
            if self.new.enum_value_named(new, value.name).is_none()
                && let Some(origin) = self.origins.get(&member(value.name))
            {
                facts.enum_values.push(AddedEnumValue {
                    name: value.name,
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

    /// Where values of a type come in, inside of other input types as well.
    fn positions(&self, input: TypeId) -> Vec<InputPosition<'s>> {
        let (mut takers, mut seen) = (vec![input], 0);
        let mut positions = Vec::new();
        while let Some(&taken) = takers.get(seen) {
            seen += 1;
            for (id, ty) in self.patched.types().filter(|(_, ty)| !ty.built_in) {
                let position = |field: Option<&'s str>, value: &InputValue<'s>| InputPosition {
                    parent: ty.name,
                    field,
                    name: value.name,
                    ty: TypeReference::new(self.patched, value.ty),
                };
                let is_taken = |value: &InputValue<'s>| value.ty.named == taken;
                for (field_id, field) in self.patched.fields_of(id) {
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
        let coordinate = |ty: TypeId| SchemaCoordinate::member(self.new_name(ty), field.name);
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
            target: origin.target.map(str::to_owned),
            ty: TypeReference::new(self.patched, field.ty),
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
        let parent = self.new.type_named(self.new_name(parent))?;
        let old_parent = self.diff.matching.old_type(parent)?;
        let old = SchemaCoordinate::argument(self.diff.matching.old.ty(old_parent).name, old, argument);
        let changes = &self.diff.changes;
        let renamed = changes.iter().find(|change| change.coordinate == old && change.rename.is_some());
        match renamed.and_then(|change| change.new_coordinate.as_ref()) {
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
        let (parent, target) = (self.new_name(parent), self.patched.field(target).name);
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
        let ty = TypeReference::new(self.patched, field.ty);
        let coordinate = SchemaCoordinate::member(&facts.in_code, field.name);
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
            let coordinate = |name: &str| SchemaCoordinate::argument(&facts.in_code, field.name, name);
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
        coordinate: impl Fn(&str) -> SchemaCoordinate,
    ) -> Option<InputPatch<'s>> {
        let was_required = |name: &str| before(name).is_some_and(InputValue::is_required);
        let origin = self.origins.get(&coordinate(value.name))?;
        let facts = self.input_facts(value);
        let kind = match (before(value.name), origin.target) {
            (None, Some(target)) => {
                let new = self.patched.input_value(patched(target)?);
                let required = was_required(target) && !new.is_required();
                InputPatchKind::Renamed { old: facts, new: self.input_facts(new), required }
            }
            (None, None) => InputPatchKind::Restored(facts),
            (Some(_), _) if was_required(value.name) && !value.is_required() => {
                InputPatchKind::Relaxed(facts)
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
            ty: TypeReference::new(self.patched, value.ty),
            default: value.default(),
            deprecation: reason(value.definition.directives),
        }
    }
}

/// Why an element is deprecated; the default of the specification (section 3.13.3) where it only says that it is.
fn reason<'a>(directives: impl IntoIterator<Item = &'a ast::Directive<'a>>) -> Option<String> {
    let deprecation = deprecation(directives)?;
    Some(deprecation.reason.unwrap_or_else(|| "No longer supported".to_owned()))
}
