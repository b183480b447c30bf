//! Makes valid operations over any schema: the same ones for the same seed.
//!
//! They look like what clients send: a dozen fields in up to five levels, arguments as variables and as literals,
//! fragments with and without a name, aliases, a directive here and there. Fields that meet in one object all have
//! names of their own in the response, so that they merge.

use std::fmt::Write;

use schemacheck_graphql::ast::{OperationKind, TypeKind, Wrappers};
use schemacheck_graphql::schema::{FieldId, InputValueId, Schema, TypeId, TypeRef};

/// The seed of all measurements.
pub(crate) const SEED: u64 = 42;

/// Gives one document after the other.
pub(crate) struct Generator<'s> {
    schema: &'s Schema<'s>,
    random: Random,
    /// How many documents were made.
    documents: u32,
    /// How many fields the document at hand may still get.
    fields_left: usize,
    /// How many aliases it has.
    aliases: u32,
    variables: Vec<Variable>,
    fragments: Vec<Fragment>,
}

struct Variable {
    name: String,
    ty: String,
    default: Option<String>,
}

struct Fragment {
    ty: TypeId,
    /// The names that it adds to the object that it is spread in.
    response_names: Vec<String>,
    text: String,
}

/// Where selections are written: how deep they may still nest, and the names that their object has already.
struct Place<'p> {
    ty: TypeId,
    depth: usize,
    indent: usize,
    names: &'p mut Vec<String>,
}

impl<'s> Generator<'s> {
    pub(crate) fn new(schema: &'s Schema<'s>, seed: u64) -> Self {
        Generator {
            schema,
            random: Random(seed | 1),
            documents: 0,
            fields_left: 0,
            aliases: 0,
            variables: Vec::new(),
            fragments: Vec::new(),
        }
    }

    /// One operation with the fragments that it uses.
    pub(crate) fn document(&mut self) -> String {
        self.documents += 1;
        self.fields_left = 5 + self.random.below(18);
        self.aliases = 0;
        self.variables.clear();
        self.fragments.clear();
        let (kind, root) = self.root();
        let depth = if self.random.one_in(40) { 1 } else { 2 + self.random.below(4) };
        let mut selections = String::new();
        let mut place = Place { ty: root, depth, indent: 1, names: &mut Vec::new() };
        if kind == OperationKind::Subscription {
            self.one_field(&mut place, &mut selections);
        } else {
            for _ in 0..=self.random.below(3) {
                self.one_field(&mut place, &mut selections);
            }
        }
        let mut text = format!("{} Operation{}", kind.name(), self.documents);
        for (index, variable) in self.variables.iter().enumerate() {
            text.push_str(if index == 0 { "(" } else { ", " });
            put(&mut text, format_args!("${}: {}", variable.name, variable.ty));
            if let Some(default) = &variable.default {
                put(&mut text, format_args!(" = {default}"));
            }
        }
        text.push_str(if self.variables.is_empty() { " {\n" } else { ") {\n" });
        text.push_str(&selections);
        text.push_str("}\n");
        for (index, fragment) in self.fragments.iter().enumerate() {
            let ty = self.schema.ty(fragment.ty).name;
            put(&mut text, format_args!("\nfragment Part{index} on {ty} {{\n{}}}\n", fragment.text));
        }
        text
    }

    fn root(&mut self) -> (OperationKind, TypeId) {
        let kind = match self.random.below(8) {
            0 => OperationKind::Mutation,
            1 => OperationKind::Subscription,
            _ => OperationKind::Query,
        };
        let of = |kind| self.schema.root(kind).map(|root| (kind, root));
        of(kind).or_else(|| of(OperationKind::Query)).expect("a schema has a query type")
    }

    /// What is selected on an object: up to eight fields, parts of them in fragments.
    fn selections(&mut self, place: &mut Place<'_>, text: &mut String) {
        let begun = text.len();
        for _ in 0..=self.random.below(8) {
            if self.fields_left == 0 {
                break;
            }
            let is_abstract = self.schema.ty(place.ty).kind.is_abstract();
            if self.random.one_in(if is_abstract { 3 } else { 25 }) {
                self.inline_fragment(place, text);
            } else if self.random.one_in(15) {
                self.fragment_spread(place, text);
            } else {
                self.one_field(place, text);
            }
        }
        if text.len() == begun {
            self.leaf(place, text);
        }
    }

    /// One field: a leaf, or one with selections where there is room for them.
    fn one_field(&mut self, place: &mut Place<'_>, text: &mut String) {
        self.fields_left = self.fields_left.saturating_sub(1);
        let mut fields: Vec<FieldId> = self.schema.fields_of(place.ty).map(|(id, _)| id).collect();
        // The same field twice, under an alias, is rare.
        if !self.random.one_in(20) {
            fields.retain(|&id| !place.names.iter().any(|name| name == self.schema.field(id).name));
        }
        // Most objects have more branches than leaves; clients ask for more leaves.
        let wants_leaf = place.depth == 1 || (place.indent > 1 && !self.random.one_in(3));
        let fitting = |&id: &FieldId| self.is_leaf(id) == wants_leaf;
        if fields.iter().any(fitting) {
            fields.retain(fitting);
        } else if place.depth == 1 {
            fields.clear();
        }
        if fields.is_empty() {
            if place.names.is_empty() {
                self.leaf(place, text);
            }
            return;
        }
        let id = self.random.pick(&fields);
        let schema = self.schema;
        let field = schema.field(id);
        self.begin_field(field.name, place, text);
        let arguments: Vec<_> = schema.arguments_of(id).map(|(id, _)| id).collect();
        self.arguments(&arguments, text);
        if place.indent > 1 && self.random.one_in(25) {
            let name = self.random.pick(&["include", "skip"]);
            let condition = schema.type_named("Boolean").expect("Boolean is built in");
            let wrappers = Wrappers::default().required();
            let condition = self.variable("condition", TypeRef { named: condition, wrappers });
            put(text, format_args!(" @{name}(if: {condition})"));
        }
        if schema.ty(field.ty.named).kind.is_composite() {
            text.push_str(" {\n");
            let (ty, indent) = (field.ty.named, place.indent + 1);
            let mut names = Vec::new();
            self.selections(&mut Place { ty, depth: place.depth - 1, indent, names: &mut names }, text);
            indented(text, place.indent, "}");
        }
        text.push('\n');
    }

    /// A leaf that needs no arguments, or `__typename`, which every object has.
    fn leaf(&mut self, place: &mut Place<'_>, text: &mut String) {
        let leaves: Vec<_> = self.schema.fields_of(place.ty).map(|(id, _)| id).collect();
        let needs_nothing = |id| !self.schema.arguments_of(id).any(|(_, argument)| argument.is_required());
        let leaves: Vec<_> = leaves.into_iter().filter(|&id| self.is_leaf(id) && needs_nothing(id)).collect();
        let name =
            if leaves.is_empty() { "__typename" } else { self.schema.field(self.random.pick(&leaves)).name };
        self.begin_field(name, place, text);
        text.push('\n');
    }

    fn is_leaf(&self, field: FieldId) -> bool {
        self.schema.ty(self.schema.field(field).ty.named).kind.is_leaf()
    }

    /// The name of a field, with an alias where the object has the name already.
    fn begin_field(&mut self, name: &str, place: &mut Place<'_>, text: &mut String) {
        let taken = place.names.iter().any(|other| other == name);
        if taken || self.random.one_in(12) {
            self.aliases += 1;
            let alias = format!("{}{}", name.trim_start_matches('_'), self.aliases);
            let alias = if place.names.contains(&alias) { format!("{alias}_alias") } else { alias };
            indented(text, place.indent, &format!("{alias}: {name}"));
            place.names.push(alias);
        } else {
            indented(text, place.indent, name);
            place.names.push(name.to_owned());
        }
    }

    /// On one of the object types behind an abstract type, or on the type itself.
    fn inline_fragment(&mut self, place: &mut Place<'_>, text: &mut String) {
        let ty = self.narrowed(place.ty);
        indented(text, place.indent, &format!("... on {} {{\n", self.schema.ty(ty).name));
        let indent = place.indent + 1;
        self.selections(&mut Place { ty, depth: place.depth, indent, names: place.names }, text);
        indented(text, place.indent, "}\n");
    }

    fn narrowed(&mut self, ty: TypeId) -> TypeId {
        match self.schema.possible_types(ty) {
            [] => ty,
            types => self.random.pick(types),
        }
    }

    /// A fragment that was used before where it fits, else a new one.
    fn fragment_spread(&mut self, place: &mut Place<'_>, text: &mut String) {
        let fits = |fragment: &Fragment| {
            fragment.ty == place.ty && !fragment.response_names.iter().any(|name| place.names.contains(name))
        };
        let index = if let Some(index) = self.fragments.iter().position(fits) {
            place.names.extend(self.fragments[index].response_names.iter().cloned());
            index
        } else {
            let ty = if self.random.one_in(2) { place.ty } else { self.narrowed(place.ty) };
            let begun = place.names.len();
            let mut part = String::new();
            let depth = place.depth;
            self.selections(&mut Place { ty, depth, indent: 1, names: place.names }, &mut part);
            let response_names = place.names[begun..].to_vec();
            self.fragments.push(Fragment { ty, response_names, text: part });
            self.fragments.len() - 1
        };
        indented(text, place.indent, &format!("...Part{index}\n"));
    }

    /// All required arguments and some of the others.
    fn arguments(&mut self, ids: &[InputValueId], text: &mut String) {
        let mut separator = "(";
        for &id in ids {
            let argument = self.schema.input_value(id);
            if argument.is_required() || self.random.one_in(5) {
                let value = self.value(argument.name, argument.ty, 0);
                put(text, format_args!("{separator}{}: {value}", argument.name));
                separator = ", ";
            }
        }
        if separator == ", " {
            text.push(')');
        }
    }

    /// A variable or a literal; `name` is what the value is for.
    fn value(&mut self, name: &str, ty: TypeRef, nested: u32) -> String {
        if nested > 2 || self.random.one_in(2) { self.variable(name, ty) } else { self.literal(ty, nested) }
    }

    fn variable(&mut self, name: &str, mut ty: TypeRef) -> String {
        if self.random.one_in(4) {
            ty.wrappers = ty.wrappers.required();
        }
        let text = self.schema.type_text(ty);
        let reuse = self.random.one_in(2);
        let fits = |variable: &&Variable| reuse && variable.ty == text && variable.default.is_none();
        if let Some(variable) = self.variables.iter().find(fits) {
            return format!("${}", variable.name);
        }
        let taken = self.variables.iter().any(|variable| variable.name == name);
        let name = if taken { format!("{name}_{}", self.variables.len()) } else { name.to_owned() };
        let leaf = self.schema.ty(ty.named).kind.is_leaf();
        let default =
            (leaf && !ty.wrappers.is_non_null() && self.random.one_in(4)).then(|| self.literal(ty, 0));
        let used = format!("${name}");
        self.variables.push(Variable { name, ty: text, default });
        used
    }

    fn literal(&mut self, ty: TypeRef, nested: u32) -> String {
        if ty.wrappers.is_list() {
            let item = TypeRef { wrappers: ty.wrappers.item(), ..ty };
            let items: Vec<_> = (0..=self.random.below(2)).map(|_| self.literal(item, nested)).collect();
            return format!("[{}]", items.join(", "));
        }
        let named = self.schema.ty(ty.named);
        match (named.kind, named.name) {
            (TypeKind::InputObject, _) => self.input_object(ty.named, nested),
            (TypeKind::Enum, _) => {
                let values: Vec<_> =
                    self.schema.enum_values_of(ty.named).map(|(_, value)| value.name).collect();
                self.random.pick(&values).to_owned()
            }
            (_, "Int") => (1 + self.random.below(100)).to_string(),
            (_, "Float") => format!("{}.5", self.random.below(100)),
            (_, "Boolean") => self.random.one_in(2).to_string(),
            // Any string will do for a scalar of the schema's own, as far as the schema says.
            _ => format!(
                "\"{}\"",
                self.random.pick(&["octocat", "hello world", "2026-01-01T00:00:00Z", "MDQ6VXNlcjE="])
            ),
        }
    }

    fn input_object(&mut self, ty: TypeId, nested: u32) -> String {
        let mut fields: Vec<_> = self.schema.input_fields_of(ty).map(|(id, _)| id).collect();
        if self.schema.ty(ty).is_one_of() {
            fields = vec![self.random.pick(&fields)];
        } else {
            fields.retain(|&id| self.schema.input_value(id).is_required() || self.random.one_in(5));
        }
        let one_of = self.schema.ty(ty).is_one_of();
        let mut text = "{".to_owned();
        for (index, id) in fields.into_iter().enumerate() {
            let field = self.schema.input_value(id);
            let mut wanted = field.ty;
            if one_of {
                wanted.wrappers = wanted.wrappers.required();
            }
            let value = self.value(field.name, wanted, nested + 1);
            let separator = if index == 0 { "" } else { ", " };
            put(&mut text, format_args!("{separator}{}: {value}", field.name));
        }
        text + "}"
    }
}

fn put(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    text.write_fmt(arguments).expect("a string takes every text");
}

fn indented(text: &mut String, indent: usize, what: &str) {
    text.extend(std::iter::repeat_n("  ", indent));
    text.push_str(what);
}

/// Marsaglia's xorshift with a multiplication at the end.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % end
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}
