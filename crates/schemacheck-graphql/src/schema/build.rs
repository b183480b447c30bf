//! Documents to a schema: definitions and extensions merged, names resolved, duplicates judged.

use bumpalo::Bump;
use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

use super::by_name::{ByName, is_long};
use super::{
    DirectiveDefinition, DirectiveId, EnumValue, Field, InputValue, Schema, Type, TypeId, TypeRef, Unknown,
};
use crate::ast::{self, Definition, Document, OperationKind, TypeKind};
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::suggestion::Suggestions;

/// Builds the schema of these documents, of which the first is the built-in one.
pub(super) fn build<'a>(arena: &'a Bump, documents: &[Document<'a>]) -> (Schema<'a>, Vec<Diagnostic>) {
    let mut builder = Builder {
        arena,
        schema: Schema {
            types: Vec::new(),
            fields: Vec::new(),
            input_values: Vec::new(),
            enum_values: Vec::new(),
            directives: Vec::new(),
            definitions: Vec::new(),
            roots: [None; 3],
            types_by_name: HashMap::new(),
            directives_by_name: HashMap::new(),
            fields_by_name: ByName::default(),
            input_values_by_name: ByName::default(),
            enum_values_by_name: ByName::default(),
            possible_types: Vec::new(),
            possible_starts: Vec::new(),
            meta_fields: 0..0,
            unknown: Unknown::default(),
        },
        names: Vec::new(),
        diagnostics: Vec::new(),
        suggestions: Suggestions::new(),
        built_in_end: documents[0].definitions.last().map_or(0, |last| last.span().end),
    };
    builder.reserve(documents);
    builder.declare(documents);
    for index in 0..builder.schema.types.len() {
        builder.define_type(TypeId(index as u32));
    }
    for index in 0..builder.schema.directives.len() {
        builder.define_directive(index);
    }
    builder.find_roots();
    builder.find_possible_types();
    (builder.schema, builder.diagnostics)
}

struct Builder<'a> {
    arena: &'a Bump,
    schema: Schema<'a>,
    /// A buffer for the types that one type names.
    names: Vec<TypeId>,
    diagnostics: Vec<Diagnostic>,
    suggestions: Suggestions,
    /// Where the built-in text ends.
    built_in_end: u32,
}

impl<'a> Builder<'a> {
    #[cold]
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Makes room for what the documents define. To count the arguments as well, all fields would have to be visited.
    fn reserve(&mut self, documents: &[Document<'a>]) {
        let (mut types, mut fields, mut input_fields, mut values) = (0, 0, 0, 0);
        for definition in documents.iter().flat_map(|document| document.definitions) {
            if let Definition::Type(node) = definition {
                types += usize::from(!node.extend);
                fields += node.fields.len();
                input_fields += node.input_fields.len();
                values += node.values.len();
            }
        }
        let schema = &mut self.schema;
        schema.types.reserve(types);
        schema.types_by_name.reserve(types);
        schema.fields.reserve(fields);
        schema.fields_by_name = ByName::with_capacity(fields);
        schema.input_values.reserve(input_fields);
        schema.input_values_by_name = ByName::with_capacity(input_fields);
        schema.enum_values.reserve(values);
        schema.enum_values_by_name = ByName::with_capacity(values);
    }

    /// Gathers the names of all types and directives, so that definitions can refer to each other in any order.
    fn declare(&mut self, documents: &[Document<'a>]) {
        let mut extensions = Vec::new();
        for (index, document) in documents.iter().enumerate() {
            let built_in = index == 0;
            for definition in document.definitions {
                match definition {
                    Definition::Type(node) if node.extend => extensions.push(*node),
                    Definition::Type(node) => self.declare_type(node, built_in),
                    Definition::Directive(node) => self.declare_directive(node, built_in),
                    Definition::Schema(node) => self.schema.definitions.push(node),
                    Definition::Operation(_) | Definition::Fragment(_) => self.report(
                        Diagnostic::error(
                            "executable-definitions",
                            definition.span(),
                            "operations and fragments are no part of a schema",
                        )
                        .warning()
                        .help("it is left out; give operations apart from the schema"),
                    ),
                }
            }
        }
        for node in extensions {
            self.declare_extension(node);
        }
    }

    fn declare_type(&mut self, node: &'a ast::TypeDefinition<'a>, built_in: bool) {
        let name = node.name.text;
        let id = TypeId(self.schema.types.len() as u32);
        match self.schema.types_by_name.entry(name) {
            Entry::Occupied(entry) => {
                let first = &self.schema.types[entry.get().index()];
                // A published schema may spell out what the specification defines.
                if first.built_in {
                    if first.kind == node.kind {
                        return;
                    }
                    let message = format!(
                        "{name} is defined as {}, but the name is a built-in type's",
                        node.kind.name()
                    );
                    let diagnostic = Diagnostic::error("unique-type-names", node.name.span, message)
                        .help("choose another name")
                        .at(SchemaCoordinate::type_named(name));
                    return self.report(diagnostic);
                }
                let mut diagnostic = Diagnostic::error(
                    "unique-type-names",
                    node.name.span,
                    format!("the type {name} is defined twice"),
                )
                .related(first.definition.name.span, "first here")
                .at(SchemaCoordinate::type_named(name));
                if same_type(first.definition, node) {
                    diagnostic = diagnostic.warning().help("both are the same; delete one");
                } else {
                    diagnostic =
                        diagnostic.help("the two differ; delete one, or make one an extension: extend …");
                }
                self.report(diagnostic);
            }
            Entry::Vacant(entry) => {
                // No operation can name the type that holds the meta fields.
                if !(built_in && name == "__MetaFields") {
                    entry.insert(id);
                }
                self.schema.types.push(Type {
                    name,
                    kind: node.kind,
                    definition: node,
                    extensions: Vec::new(),
                    interfaces: &[],
                    members: &[],
                    built_in,
                    fields: 0..0,
                    input_fields: 0..0,
                    values: 0..0,
                });
            }
        }
    }

    fn declare_extension(&mut self, node: &'a ast::TypeDefinition<'a>) {
        let name = node.name.text;
        let Some(id) = self.schema.type_named(name) else {
            let message = format!("the type {name} is extended, but not defined");
            return self.report(
                Diagnostic::error("possible-type-extensions", node.name.span, message)
                    .help("give the file that defines it as well"),
            );
        };
        let ty = &mut self.schema.types[id.index()];
        if ty.built_in {
            // The extension is left out, for every operation relies on what the specification defines.
            let message = format!("the built-in type {name} is extended");
            let diagnostic = Diagnostic::error("possible-type-extensions", node.name.span, message)
                .help("define a type of your own")
                .at(SchemaCoordinate::type_named(name));
            let harmless = ty.kind == TypeKind::Scalar && node.kind == TypeKind::Scalar;
            return self.report(if harmless { diagnostic.warning() } else { diagnostic });
        }
        if ty.kind == node.kind {
            ty.extensions.push(node);
            return;
        }
        let message = format!("{name} is defined as {} and extended as {}", ty.kind.name(), node.kind.name());
        let diagnostic = Diagnostic::error("possible-type-extensions", node.name.span, message)
            .related(ty.definition.name.span, "defined here")
            .help(format!("write: extend {} {name}", ty.kind.keyword()))
            .at(SchemaCoordinate::type_named(name));
        self.report(diagnostic);
    }

    fn declare_directive(&mut self, node: &'a ast::DirectiveDefinition<'a>, built_in: bool) {
        let name = node.name.text;
        let id = DirectiveId(self.schema.directives.len() as u32);
        let directive = DirectiveDefinition { name, definition: node, built_in, arguments: 0..0 };
        let built_in_end = self.built_in_end;
        match self.schema.directives_by_name.entry(name) {
            Entry::Vacant(entry) => {
                entry.insert(id);
                self.schema.directives.push(directive);
            }
            Entry::Occupied(entry) => {
                let first = &mut self.schema.directives[entry.get().index()];
                if first.definition.span.start < built_in_end {
                    // A schema may define a specified directive in its own, older or newer form.
                    *first = DirectiveDefinition { built_in: true, ..directive };
                    return;
                }
                let mut diagnostic = Diagnostic::error(
                    "unique-directive-names",
                    node.name.span,
                    format!("the directive @{name} is defined twice"),
                )
                .related(first.definition.name.span, "first here")
                .at(SchemaCoordinate::Directive(name.to_owned()));
                if same_directive(first.definition, node) {
                    diagnostic = diagnostic.warning();
                }
                self.report(diagnostic.help("delete one"));
            }
        }
    }

    /// The type that a name means, or a diagnostic.
    fn resolve(&mut self, name: ast::Name<'a>, from: impl FnOnce() -> SchemaCoordinate) -> Option<TypeId> {
        let id = self.schema.type_named(name.text);
        if id.is_none() {
            self.report_unknown(name, from());
        }
        id
    }

    #[cold]
    fn report_unknown(&mut self, name: ast::Name<'a>, from: SchemaCoordinate) {
        let known = self.schema.types.iter().map(|ty| ty.name).filter(|name| !name.starts_with("__"));
        let close = self.suggestions.closest(name.text, known);
        let message = format!("the type {} is not defined", name.text);
        let diagnostic = Diagnostic::error("known-type-names", name.span, message).at(from);
        self.report(match close {
            Some(close) => diagnostic.help(format!("did you mean {close}?")),
            None => diagnostic.help("define it, or give the file that does as well"),
        });
    }

    fn resolve_reference(
        &mut self,
        ty: &ast::TypeReference<'a>,
        from: impl FnOnce() -> SchemaCoordinate,
    ) -> Option<TypeRef> {
        Some(TypeRef { named: self.resolve(ty.name, from)?, wrappers: ty.wrappers })
    }

    fn define_type(&mut self, id: TypeId) {
        let definition = self.schema.ty(id).definition;
        if self.schema.ty(id).extensions.is_empty() {
            return self.define_parts(id, &[definition]);
        }
        let mut parts = vec![definition];
        parts.extend(self.schema.ty(id).extensions.iter().copied());
        self.define_parts(id, &parts);
    }

    fn define_parts(&mut self, id: TypeId, parts: &[&'a ast::TypeDefinition<'a>]) {
        let name = parts[0].name.text;
        if name == "__MetaFields" && self.schema.ty(id).built_in {
            let start = self.schema.fields.len() as u32;
            self.schema.meta_fields = start..start + 3;
        }
        match self.schema.ty(id).kind {
            TypeKind::Scalar => {}
            TypeKind::Object | TypeKind::Interface => {
                let interfaces = self.define_names(
                    name,
                    &parts.iter().flat_map(|part| part.interfaces),
                    "unique-interface-names",
                    "implements",
                );
                self.schema.types[id.index()].interfaces = interfaces;
                self.define_fields(id, parts);
            }
            TypeKind::Union => {
                let members = self.define_names(
                    name,
                    &parts.iter().flat_map(|part| part.members),
                    "unique-union-members",
                    "has",
                );
                self.schema.types[id.index()].members = members;
            }
            TypeKind::Enum => self.define_enum_values(id, parts),
            TypeKind::InputObject => {
                let fields = self.define_input_values(
                    parts.iter().map(|part| part.input_fields),
                    "unique-field-definition-names",
                    |field| SchemaCoordinate::member(name, field),
                );
                self.schema.types[id.index()].input_fields = fields;
            }
        }
    }

    /// The interfaces or members that a type names, each once.
    fn define_names(
        &mut self,
        parent: &str,
        names: &(impl Iterator<Item = &'a ast::Name<'a>> + Clone),
        rule: &'static str,
        verb: &str,
    ) -> &'a [TypeId] {
        let mut ids = std::mem::take(&mut self.names);
        ids.clear();
        // Only where a search through the list would be slow.
        let mut seen: HashMap<TypeId, usize> = HashMap::new();
        for name in names.clone() {
            let Some(id) = self.resolve(*name, || SchemaCoordinate::type_named(parent)) else { continue };
            let first = if ids.len() <= 16 {
                ids.iter().position(|&first| first == id)
            } else {
                for (at, &id) in ids.iter().enumerate().skip(seen.len()) {
                    seen.insert(id, at);
                }
                seen.get(&id).copied()
            };
            if first.is_none() {
                ids.push(id);
                continue;
            }
            let first = names.clone().find(|first| first.text == name.text).unwrap_or(name);
            let message = format!("{parent} {verb} {} twice", name.text);
            let diagnostic = Diagnostic::error(rule, name.span, message)
                .warning()
                .related(first.span, "first here")
                .help("delete one")
                .at(SchemaCoordinate::type_named(parent));
            self.report(diagnostic);
        }
        let list = self.arena.alloc_slice_copy(&ids);
        self.names = ids;
        list
    }

    fn define_fields(&mut self, id: TypeId, parts: &[&'a ast::TypeDefinition<'a>]) {
        let parent = parts[0].name.text;
        let start = self.schema.fields.len();
        let long = is_long(parts.iter().map(|part| part.fields));
        for node in parts.iter().flat_map(|part| part.fields) {
            let name = node.name.text;
            let coordinate = || SchemaCoordinate::member(parent, name);
            let Some(ty) = self.resolve_reference(&node.ty, coordinate) else { continue };
            let (fields, by_name) = (&self.schema.fields, &mut self.schema.fields_by_name);
            if let Some(first) = by_name.first(fields, start, long, name, |field| field.name) {
                let first = first.definition;
                let same = same_field(first, node);
                let rule = "unique-field-definition-names";
                self.duplicate(rule, node.name, first.name.span, coordinate(), same);
                continue;
            }
            let arguments = self.define_input_values(
                std::iter::once(node.arguments),
                "unique-argument-definition-names",
                |argument| SchemaCoordinate::argument(parent, name, argument),
            );
            self.schema.fields.push(Field { name, parent: id, ty, definition: node, arguments });
        }
        self.schema.types[id.index()].fields = start as u32..self.schema.fields.len() as u32;
    }

    /// Defines arguments, or the fields of an input object.
    fn define_input_values(
        &mut self,
        lists: impl Iterator<Item = &'a [ast::InputValueDefinition<'a>]> + Clone,
        rule: &'static str,
        coordinate: impl Fn(&str) -> SchemaCoordinate,
    ) -> std::ops::Range<u32> {
        let start = self.schema.input_values.len();
        let long = is_long(lists.clone());
        for node in lists.flatten() {
            let name = node.name.text;
            let Some(ty) = self.resolve_reference(&node.ty, || coordinate(name)) else { continue };
            let (values, by_name) = (&self.schema.input_values, &mut self.schema.input_values_by_name);
            match by_name.first(values, start, long, name, |value| value.name) {
                None => self.schema.input_values.push(InputValue::new(ty, node)),
                Some(first) => {
                    let first = first.definition;
                    let same = same_input_value(first, node);
                    self.duplicate(rule, node.name, first.name.span, coordinate(name), same);
                }
            }
        }
        start as u32..self.schema.input_values.len() as u32
    }

    fn define_enum_values(&mut self, id: TypeId, parts: &[&'a ast::TypeDefinition<'a>]) {
        let parent = parts[0].name.text;
        let start = self.schema.enum_values.len();
        let long = is_long(parts.iter().map(|part| part.values));
        for node in parts.iter().flat_map(|part| part.values) {
            let name = node.name.text;
            let (values, by_name) = (&self.schema.enum_values, &mut self.schema.enum_values_by_name);
            match by_name.first(values, start, long, name, |value| value.name) {
                None => self.schema.enum_values.push(EnumValue { name, definition: node }),
                Some(first) => {
                    let first = first.definition.name.span;
                    let coordinate = SchemaCoordinate::member(parent, name);
                    self.duplicate("unique-enum-value-names", node.name, first, coordinate, true);
                }
            }
        }
        self.schema.types[id.index()].values = start as u32..self.schema.enum_values.len() as u32;
    }

    /// Reports a second definition under one name; the first one is used.
    fn duplicate(
        &mut self,
        rule: &'static str,
        name: ast::Name<'a>,
        first: Span,
        coordinate: SchemaCoordinate,
        same: bool,
    ) {
        let diagnostic = Diagnostic::error(rule, name.span, format!("{coordinate} is defined twice"))
            .related(first, "first here")
            .at(coordinate);
        self.report(if same {
            diagnostic.warning().help("both are the same; delete one")
        } else {
            diagnostic.help("the two differ; delete the wrong one")
        });
    }

    fn define_directive(&mut self, index: usize) {
        let definition = self.schema.directives[index].definition;
        let name = definition.name.text;
        let arguments = self.define_input_values(
            std::iter::once(definition.arguments),
            "unique-argument-definition-names",
            |argument| SchemaCoordinate::DirectiveArgument(name.to_owned(), argument.to_owned()),
        );
        self.schema.directives[index].arguments = arguments;
    }

    /// The root types: those that `schema` names, else those with the default names (section 3.3.1).
    fn find_roots(&mut self) {
        let definitions = std::mem::take(&mut self.schema.definitions);
        let mut used: Vec<&'a ast::SchemaDefinition<'a>> = Vec::new();
        let mut first = None;
        for &definition in &definitions {
            match first {
                Some(first) if !definition.extend => {
                    self.report_second_schema(first, definition);
                    continue;
                }
                None if !definition.extend => first = Some(definition),
                _ => {}
            }
            used.push(definition);
        }
        if first.is_none() {
            for kind in OperationKind::ALL {
                let named = self.schema.type_named(kind.default_type_name());
                self.schema.roots[kind as usize] =
                    named.filter(|&id| self.schema.ty(id).kind == TypeKind::Object);
            }
        }
        let mut firsts: [Option<&ast::OperationTypeDefinition<'_>>; 3] = [None; 3];
        for entry in used.iter().flat_map(|definition| definition.operation_types) {
            let at = entry.kind as usize;
            let Some(id) = self.resolve(entry.ty, || SchemaCoordinate::Schema) else { continue };
            let Some(first) = firsts[at] else {
                firsts[at] = Some(entry);
                self.schema.roots[at] = Some(id);
                continue;
            };
            let message = format!("the {} root type is given twice", entry.kind.name());
            let diagnostic = Diagnostic::error("unique-operation-types", entry.span, message)
                .related(first.span, "first here")
                .help("keep one")
                .at(SchemaCoordinate::Schema);
            let same = first.ty.text == entry.ty.text;
            self.report(if same { diagnostic.warning() } else { diagnostic });
        }
        self.schema.definitions = definitions;
    }

    fn report_second_schema(&mut self, first: &ast::SchemaDefinition<'a>, again: &ast::SchemaDefinition<'a>) {
        let diagnostic =
            Diagnostic::error("lone-schema-definition", again.span, "the schema is defined twice")
                .related(first.span, "first here")
                .help("keep one, or extend it: extend schema { … }")
                .at(SchemaCoordinate::Schema);
        let same = same_list(first.operation_types, again.operation_types, |one, other| {
            one.kind == other.kind && one.ty.text == other.ty.text
        });
        self.report(if same { diagnostic.warning() } else { diagnostic });
    }

    fn find_possible_types(&mut self) {
        let schema = &mut self.schema;
        let is = |id: TypeId, kind| schema.types[id.index()].kind == kind;
        // Each pair of a type and an object type behind it, by ascending object types.
        let behind = |index: usize, ty: &Type<'_>, each: &mut dyn FnMut(TypeId, TypeId)| {
            let id = TypeId(index as u32);
            match ty.kind {
                TypeKind::Object => {
                    each(id, id);
                    let interfaces = ty.interfaces.iter().filter(|&&other| is(other, TypeKind::Interface));
                    interfaces.for_each(|&interface| each(interface, id));
                }
                TypeKind::Union => {
                    let members = ty.members.iter().filter(|&&other| is(other, TypeKind::Object));
                    members.for_each(|&member| each(id, member));
                }
                _ => {}
            }
        };
        let mut starts = vec![0; schema.types.len() + 1];
        for (index, ty) in schema.types.iter().enumerate() {
            behind(index, ty, &mut |of, _| starts[of.index() + 1] += 1);
        }
        for index in 0..schema.types.len() {
            starts[index + 1] += starts[index];
        }
        let mut ends = starts.clone();
        let mut possible = vec![TypeId(0); starts.last().map_or(0, |&end| end as usize)];
        for (index, ty) in schema.types.iter().enumerate() {
            behind(index, ty, &mut |of, object| {
                possible[ends[of.index()] as usize] = object;
                ends[of.index()] += 1;
            });
            if ty.kind == TypeKind::Union {
                possible[starts[index] as usize..ends[index] as usize].sort_unstable();
            }
        }
        (schema.possible_types, schema.possible_starts) = (possible, starts);
    }
}

// Whether two definitions of one name say the same; descriptions and directives do not count.

fn same_type(one: &ast::TypeDefinition<'_>, other: &ast::TypeDefinition<'_>) -> bool {
    one.kind == other.kind
        && same_list(one.interfaces, other.interfaces, |a, b| a.text == b.text)
        && same_list(one.members, other.members, |a, b| a.text == b.text)
        && same_list(one.values, other.values, |a, b| a.name.text == b.name.text)
        && same_list(one.fields, other.fields, same_field)
        && same_list(one.input_fields, other.input_fields, same_input_value)
}

fn same_field(one: &ast::FieldDefinition<'_>, other: &ast::FieldDefinition<'_>) -> bool {
    one.name.text == other.name.text
        && same_reference(&one.ty, &other.ty)
        && same_list(one.arguments, other.arguments, same_input_value)
}

fn same_input_value(one: &ast::InputValueDefinition<'_>, other: &ast::InputValueDefinition<'_>) -> bool {
    one.name.text == other.name.text
        && same_reference(&one.ty, &other.ty)
        && match (&one.default, &other.default) {
            (None, None) => true,
            (Some(one), Some(other)) => crate::value::same(one, other),
            _ => false,
        }
}

fn same_directive(one: &ast::DirectiveDefinition<'_>, other: &ast::DirectiveDefinition<'_>) -> bool {
    one.repeatable == other.repeatable
        && one.locations == other.locations
        && same_list(one.arguments, other.arguments, same_input_value)
}

fn same_reference(one: &ast::TypeReference<'_>, other: &ast::TypeReference<'_>) -> bool {
    one.name.text == other.name.text && one.wrappers == other.wrappers
}

fn same_list<T>(one: &[T], other: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
}

#[cfg(test)]
mod tests {
    use super::super::build;
    use super::super::by_name::FEW;
    use super::*;
    use crate::parser::Limits;
    use crate::source::Sources;

    #[test]
    fn short_and_long_lists_find_each_member_and_tell_what_stands_twice() {
        for length in 1..=3 * FEW {
            let names: Vec<_> = (0..=length).map(|index| format!("m{index}")).collect();
            let values = names[..length].join(" ");
            let members = format!("{}: Int", names[..length].join(": Int "));
            for again in &names[..length] {
                let text = format!(
                    "type Query {{ {members} }} extend type Query {{ {again}: Int f({members} {again}: Int): Int }}
                     input I {{ {members} {again}: Int }} enum E {{ {values} }} extend enum E {{ {again} }}"
                );
                let (mut sources, arena) = (Sources::new(), Bump::new());
                let id = sources.add("lists", text).unwrap();
                let (schema, diagnostics) = build(&arena, &sources, &[id], Limits::default()).unwrap();

                let found: Vec<_> = diagnostics.into_iter().map(|diagnostic| diagnostic.message).collect();
                let twice = |place: String| format!("{place} is defined twice");
                let places = [format!("Query.{again}"), format!("Query.f({again}:)")];
                let places = places.into_iter().chain(["I", "E"].map(|ty| format!("{ty}.{again}")));
                assert_eq!(found, places.map(twice).collect::<Vec<_>>());

                let [query, input, values] = ["Query", "I", "E"].map(|name| schema.type_named(name).unwrap());
                let f = schema.field_named(query, "f").unwrap();
                for name in &names {
                    let field = schema.fields_of(query).find(|(_, field)| field.name == name);
                    assert_eq!(schema.field_named(query, name), field.map(|(id, _)| id));
                    let argument = schema.arguments_of(f).find(|(_, argument)| argument.name == name);
                    assert_eq!(schema.argument_named(f, name), argument.map(|(id, _)| id));
                    let field = schema.input_fields_of(input).find(|(_, field)| field.name == name);
                    assert_eq!(schema.input_field_named(input, name), field.map(|(id, _)| id));
                    let value = schema.enum_values_of(values).find(|(_, value)| value.name == name);
                    assert_eq!(schema.enum_value_named(values, name), value.map(|(id, _)| id));
                }
            }
        }
    }

    #[test]
    fn many_long_lists_of_equal_names_are_kept_apart() {
        let names: Vec<_> = (0..=FEW).map(|index| format!("m{index}")).collect();
        let fields = format!("{}: Int", names.join(": Int "));
        let types: Vec<_> = (0..500).map(|index| format!("type T{index} {{ {fields} }}")).collect();
        let (mut sources, arena) = (Sources::new(), Bump::new());
        let id = sources.add("lists", format!("type Query {{ a: Int }} {}", types.join(" "))).unwrap();
        let (schema, diagnostics) = build(&arena, &sources, &[id], Limits::default()).unwrap();
        assert_eq!(diagnostics.len(), 0);
        for (ty, _) in schema.types() {
            for (field, definition) in schema.fields_of(ty) {
                assert_eq!(schema.field_named(ty, definition.name), Some(field));
            }
        }
    }
}
