//! The default value of an input field does not lead back to itself (specification, section 3.10,
//! `InputObjectDefaultValueHasCycle`).
//!
//! Warning, for an operation only asks whether there is a default value; the service would never finish it.

use hashbrown::{HashMap, HashSet};

use super::Context;
use crate::ast::{TypeKind, Value, ValueKind};
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::schema::{InputValueId, Schema, TypeId};

pub(super) const ID: &str = crate::rule_id!();

/// How many fields may be looked at one by one, far more than a schema written by people needs.
const WORK: u32 = 2_000_000;

pub(super) fn check(cx: &mut Context<'_, '_>) {
    let schema = cx.schema;
    let mut search = Search { schema, by_type: HashMap::new(), state: HashMap::new(), work: WORK };
    for (id, _) in cx.types().filter(|(_, ty)| ty.kind == TypeKind::InputObject) {
        for (field, _) in schema.input_fields_of(id) {
            if fills_in_object(schema, field)
                && let Some(circle) = search.circle_from(field)
            {
                report(cx, &circle);
            }
        }
    }
    if search.work == 0 {
        let message = "the default values of input fields refer to each other too often to be followed";
        cx.report(Diagnostic::error("limit", cx.start, message).help("is this the right file?"));
    }
}

/// What is filled in: the default of a field, or all defaults of an object that is given without any of them.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Filled {
    Field(InputValueId),
    Object(TypeId),
}

struct Search<'s, 'a> {
    schema: &'s Schema<'a>,
    /// Of each input object, the fields that have a default value and hold input objects.
    by_type: HashMap<TypeId, Vec<InputValueId>>,
    /// What was begun (`true` while on the path).
    state: HashMap<Filled, bool>,
    work: u32,
}

impl Search<'_, '_> {
    /// The first circle that is found when the defaults are filled in from this field on.
    fn circle_from(&mut self, start: InputValueId) -> Option<Vec<InputValueId>> {
        let mut path: Vec<(Filled, Vec<Filled>)> = Vec::new();
        let mut found = None;
        let mut enter = Some(Filled::Field(start));
        loop {
            if let Some(node) = enter.take() {
                match self.state.get(&node) {
                    None => {
                        self.state.insert(node, true);
                        path.push((node, self.filled_in_by(node)));
                    }
                    Some(true) if found.is_none() => {
                        let from = path.iter().position(|(on_path, _)| *on_path == node).unwrap_or(0);
                        let field = |(node, _): &(Filled, _)| match *node {
                            Filled::Field(field) => Some(field),
                            Filled::Object(_) => None,
                        };
                        found = Some(path[from..].iter().filter_map(field).collect());
                    }
                    Some(_) => {}
                }
            }
            let Some((node, rest)) = path.last_mut() else { return found };
            enter = rest.pop();
            if enter.is_none() {
                self.state.insert(*node, false);
                path.pop();
            }
        }
    }

    /// What is filled in along with a default, the last first.
    fn filled_in_by(&mut self, node: Filled) -> Vec<Filled> {
        let mut filled = Vec::new();
        match node {
            Filled::Object(ty) => filled.extend(self.with_default(ty).iter().copied().map(Filled::Field)),
            Filled::Field(field) => {
                let value = self.schema.input_value(field);
                if let Some(default) = value.default() {
                    self.gather(default, value.ty.named, &mut filled);
                }
            }
        }
        filled.reverse();
        filled
    }

    fn with_default(&mut self, ty: TypeId) -> &[InputValueId] {
        let schema = self.schema;
        self.by_type.entry(ty).or_insert_with(|| {
            let fields = schema.input_fields_of(ty).map(|(id, _)| id);
            fields.filter(|&id| fills_in_object(schema, id)).collect()
        })
    }

    /// The parser bounds how deep values nest.
    fn gather(&mut self, value: &Value<'_>, ty: TypeId, filled: &mut Vec<Filled>) {
        let schema = self.schema;
        match value.kind {
            ValueKind::List(values) => {
                for value in values {
                    self.gather(value, ty, filled);
                }
            }
            ValueKind::Object(given) => {
                let mut own: HashSet<InputValueId> = HashSet::new();
                for field in given {
                    let Some(id) = schema.input_field_named(ty, field.name.text) else { continue };
                    let named = schema.input_value(id).ty.named;
                    if schema.ty(named).kind == TypeKind::InputObject {
                        self.gather(&field.value, named, filled);
                    }
                    if fills_in_object(schema, id) {
                        own.insert(id);
                    }
                }
                if own.is_empty() {
                    filled.push(Filled::Object(ty));
                    return;
                }
                let work = self.with_default(ty).len();
                self.work = self.work.saturating_sub(work as u32);
                if self.work > 0 {
                    let others = self.with_default(ty).iter().filter(|id| !own.contains(*id));
                    filled.extend(others.copied().map(Filled::Field));
                }
            }
            _ => {}
        }
    }
}

/// Whether the field has a default value and holds an input object.
fn fills_in_object(schema: &Schema<'_>, field: InputValueId) -> bool {
    let field = schema.input_value(field);
    field.default().is_some() && schema.ty(field.ty.named).kind == TypeKind::InputObject
}

fn report(cx: &mut Context<'_, '_>, circle: &[InputValueId]) {
    const SHOWN: usize = 5;
    let Some(&first) = circle.first() else { return };
    let schema = cx.schema;
    let place = |id: InputValueId| schema.input_value(id).definition.name.span;
    let shown = &circle[..circle.len().min(SHOWN)];
    let names: Vec<_> = shown.iter().map(|&id| schema.input_value(id).name).collect();
    let more = if circle.len() > SHOWN { ", …" } else { "" };
    let names = names.join(", ");
    let message = format!("the default values of input fields lead into a circle: {names}{more}");
    let mut diagnostic = Diagnostic::error(ID, place(first), message)
        .warning()
        .help("give one of the fields in the default value of another, or take a default value away");
    if let Some((_, ty)) = schema.types().find(|(_, ty)| ty.input_fields.contains(&first.0)) {
        diagnostic = diagnostic.at(SchemaCoordinate::member(ty.name, schema.input_value(first).name));
    }
    for &field in &shown[1..] {
        diagnostic = diagnostic.related(place(field), "through this");
    }
    cx.report(diagnostic);
}
