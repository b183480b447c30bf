//! The merging of fields against a word by word reading of the specification (section 5.3.2), on random documents.
//!
//! The reading below compares each field with each other, level by level, as the text has it. It is slow and plain;
//! that both agree on every document is what is tested.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use bumpalo::Bump;
use schemacheck_graphql::ast::{
    Definition, Document, Field, FragmentDefinition, Selection, SelectionSet, TypeKind,
};
use schemacheck_graphql::parser::{Limits, parse};
use schemacheck_graphql::schema::{self, Schema, TypeId, Valid};
use schemacheck_graphql::source::Sources;
use schemacheck_graphql::validation::validate;
use schemacheck_graphql::value;

const SCHEMA: &str = "
    interface I { a: I b: I v: Int w(x: Int): Int n: Int! l: [Int] c: I }
    type A implements I { a: I b: I v: Int w(x: Int): Int n: Int! l: [Int] c: A p: Int q: I r: Int }
    type B implements I { a: I b: I v: Int w(x: Int): Int n: Int! l: [Int] c: B p: String q: [I] r: Int! }
    union U = A | B
    type Query { i: I }
";

struct Reading<'s, 'd> {
    schema: &'s Schema<'s>,
    fragments: BTreeMap<&'d str, &'d FragmentDefinition<'d>>,
}

type Fields<'d> = BTreeMap<&'d str, Vec<(&'d Field<'d>, TypeId)>>;

impl<'d> Reading<'_, 'd> {
    /// `CollectFields`, without regard to what runs.
    fn collect(
        &self,
        set: &'d SelectionSet<'d>,
        parent: TypeId,
        seen: &mut BTreeSet<&'d str>,
        fields: &mut Fields<'d>,
    ) {
        for selection in set.selections {
            match *selection {
                Selection::Field(field) => {
                    fields.entry(field.response_name()).or_default().push((field, parent));
                }
                Selection::InlineFragment(node) => {
                    let ty =
                        node.type_condition.map_or(parent, |name| self.schema.type_named(name.text).unwrap());
                    self.collect(&node.selection_set, ty, seen, fields);
                }
                Selection::FragmentSpread(node) => {
                    if seen.insert(node.name.text) {
                        let fragment = self.fragments[node.name.text];
                        let ty = self.schema.type_named(fragment.type_condition.text).unwrap();
                        self.collect(&fragment.selection_set, ty, seen, fields);
                    }
                }
            }
        }
    }

    fn fields_below(&self, fields: &[(&'d Field<'d>, TypeId)]) -> Fields<'d> {
        let (mut below, mut seen) = (Fields::new(), BTreeSet::new());
        for &(field, parent) in fields {
            if let Some(set) = &field.selection_set {
                let ty = self.schema.field(self.schema.selected_field(parent, field.name.text).unwrap()).ty;
                self.collect(set, ty.named, &mut seen, &mut below);
            }
        }
        below
    }

    /// `FieldsInSetCanMerge`
    fn can_merge(&self, fields: &Fields<'d>) -> bool {
        fields.values().all(|group| {
            group.iter().enumerate().all(|(index, &one)| {
                group[index + 1..].iter().all(|&other| {
                    let object = |ty| self.schema.ty(ty).kind == TypeKind::Object;
                    let apart = one.1 != other.1 && object(one.1) && object(other.1);
                    self.same_shape(one, other)
                        && (apart
                            || one.0.name.text == other.0.name.text
                                && same_arguments(one.0, other.0)
                                && self.can_merge(&self.fields_below(&[one, other])))
                })
            }) && group.iter().all(|&one| self.can_merge(&self.fields_below(&[one])))
        })
    }

    /// `SameResponseShape`
    fn same_shape(&self, one: (&'d Field<'d>, TypeId), other: (&'d Field<'d>, TypeId)) -> bool {
        let ty = |(field, parent): (&Field<'_>, TypeId)| {
            self.schema.field(self.schema.selected_field(parent, field.name.text).unwrap()).ty
        };
        let (one_type, other_type) = (ty(one), ty(other));
        let leaf = |ty| self.schema.ty(ty).kind.is_leaf();
        if one_type.wrappers != other_type.wrappers {
            return false;
        }
        if leaf(one_type.named) || leaf(other_type.named) {
            return one_type.named == other_type.named;
        }
        self.fields_below(&[one, other]).values().all(|group| {
            group
                .iter()
                .enumerate()
                .all(|(index, &one)| group[index + 1..].iter().all(|&other| self.same_shape(one, other)))
        })
    }

    fn document(&self, document: &Document<'d>) -> bool {
        document.definitions.iter().all(|definition| {
            let (set, ty) = match definition {
                Definition::Operation(node) => (&node.selection_set, "Query"),
                Definition::Fragment(node) => (&node.selection_set, node.type_condition.text),
                _ => return true,
            };
            let mut fields = Fields::new();
            self.collect(set, self.schema.type_named(ty).unwrap(), &mut BTreeSet::new(), &mut fields);
            self.can_merge(&fields)
        })
    }
}

fn same_arguments(one: &Field<'_>, other: &Field<'_>) -> bool {
    one.arguments.len() == other.arguments.len()
        && one.arguments.iter().all(|one| {
            other
                .arguments
                .iter()
                .any(|other| one.name.text == other.name.text && value::same(&one.value, &other.value))
        })
}

/// The same documents in every run: a linear congruential generator chooses.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap() % end
    }

    /// Selections on `ty`; spreads only of fragments with a number from `first` on, so that there are no cycles.
    fn selections(&mut self, text: &mut String, ty: &str, depth: u32, first: u32) {
        text.push_str("{ __typename ");
        for _ in 0..=self.below(3) {
            let leaves: &[&str] = match ty {
                "U" => &["__typename"],
                "I" => &["v", "v", "v", "n", "n", "l", "l", "x: n", "w", "w", "w(x: 1)"],
                _ => &["v", "v", "n", "n", "l", "x: n", "w", "w", "w(x: 1)", "p", "r"],
            };
            let objects: &[(&str, &str)] = match ty {
                "U" => &[],
                "I" => &[("a", "I"), ("a", "I"), ("b", "I"), ("c", "I")],
                "A" => &[("a", "I"), ("b", "I"), ("c", "A"), ("q", "I")],
                _ => &[("a", "I"), ("b", "I"), ("c", "B"), ("q", "I")],
            };
            let alias = ["v: ", "a: ", ""][self.below(25).min(2) as usize];
            match self.below(6) {
                0 | 1 if depth > 0 && !objects.is_empty() => {
                    let (name, inner) = objects[self.below(objects.len() as u32) as usize];
                    let _ = write!(text, "{alias}{name} ");
                    self.selections(text, inner, depth - 1, first);
                }
                2 | 3 if depth > 0 => {
                    let on = ["A", "B", "I", "U"][self.below(4) as usize];
                    // On an object type no other object's fragment stands.
                    let on = if matches!(ty, "A" | "B") && matches!(on, "A" | "B") { ty } else { on };
                    let _ = write!(text, "... on {on} ");
                    self.selections(text, on, depth - 1, first);
                }
                4 if first < 4 => {
                    let _ = write!(text, "...F{} ", first + self.below(4 - first));
                }
                _ => {
                    let leaf = leaves[self.below(leaves.len() as u32) as usize];
                    let _ = write!(text, "{leaf} ");
                }
            }
        }
        text.push_str("} ");
    }
}

#[test]
fn both_readings_agree_on_random_documents() {
    let mut sources = Sources::new();
    let sdl = sources.add("schema", SCHEMA).unwrap();
    let mut random = Random(2025);
    let ids: Vec<_> = (0..4000)
        .map(|_| {
            let mut text = String::from("query { i ");
            random.selections(&mut text, "I", 3, 0);
            text.push('}');
            for fragment in 0..4 {
                let ty = ["A", "B", "I", "U"][random.below(4) as usize];
                let _ = write!(text, " fragment F{fragment} on {ty} ");
                random.selections(&mut text, ty, 2, fragment + 1);
            }
            sources.add("document", text).unwrap()
        })
        .collect();
    let arena = Bump::new();
    let (schema, _) = schema::build(&arena, &sources, &[sdl], Limits::default()).unwrap();
    let schema = Valid::assume_valid(schema);
    let mut verdicts = [0, 0];
    for id in ids {
        let text = sources.get(id).text();
        let document = parse(&arena, sources.get(id), Limits::default()).unwrap();
        let fragments = document.definitions.iter().filter_map(|definition| match *definition {
            Definition::Fragment(node) => Some((node.name.text, node)),
            _ => None,
        });
        let reading = Reading { schema: &schema, fragments: fragments.collect() };
        let expected = reading.document(&document);
        let errors = validate(&arena, &schema, &document);
        let conflict = errors.iter().find(|error| error.rule == "overlapping-fields-can-be-merged");
        assert_eq!(conflict.is_none(), expected, "{text}\n{conflict:?}");
        verdicts[usize::from(expected)] += 1;
    }
    assert!(verdicts.iter().all(|&count| count > 400), "the documents are too much alike: {verdicts:?}");
}
