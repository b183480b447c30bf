//! The default value of an input field does not lead back to itself (specification, section 3.10,
//! `InputObjectDefaultValueHasCycle`).
//!
//! Warning, for an operation only asks whether there is a default value; the service would never finish it.

use hashbrown::HashMap;

use super::{Context, LISTED};
use crate::ast::{TypeKind, Value, ValueKind};
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::schema::{InputValueId, Schema, TypeId};

pub(super) const ID: &str = crate::rule_id!();

/// How many fields may be looked at in all, far more than a schema written by people needs.
const WORK: u32 = 20_000_000;

pub(super) fn check(cx: &mut Context<'_, '_>) {
    let schema = cx.schema;
    let mut search = Search { schema, by_type: HashMap::new(), state: HashMap::new(), work: WORK };
    let mut circles = Vec::new();
    for (id, ty) in cx.types().filter(|(_, ty)| ty.kind == TypeKind::InputObject) {
        for (field, value) in schema.input_fields_of(id) {
            if value.default().is_some()
                && schema.ty(value.ty.named).kind == TypeKind::InputObject
                && let Some(circle) = search.circle_from(field)
            {
                circles.push((SchemaCoordinate::member(ty.name, value.name), circle));
            }
        }
    }
    for (coordinate, circle) in circles {
        report(cx, coordinate, &circle);
    }
    if search.work == 0 {
        let message = "the default values of input fields refer to each other too often to be followed";
        cx.report(Diagnostic::error("limit", cx.start, message).help("is this the right file?"));
    }
}

struct Search<'s, 'a> {
    schema: &'s Schema<'a>,
    /// Of each input object, the fields that have a default value and hold input objects.
    by_type: HashMap<TypeId, Vec<InputValueId>>,
    /// Fields that were begun (`true` while on the path).
    state: HashMap<InputValueId, bool>,
    work: u32,
}

impl Search<'_, '_> {
    /// The first circle that is found when the defaults are filled in from this field on.
    fn circle_from(&mut self, start: InputValueId) -> Option<Vec<InputValueId>> {
        let mut path: Vec<(InputValueId, Vec<InputValueId>)> = Vec::new();
        let mut found = None;
        let mut enter = Some(start);
        loop {
            if let Some(field) = enter.take() {
                match self.state.get(&field) {
                    None => {
                        self.state.insert(field, true);
                        path.push((field, self.filled_in_by(field)));
                    }
                    Some(true) if found.is_none() => {
                        let from = path.iter().position(|(on_path, _)| *on_path == field).unwrap_or(0);
                        found = Some(path[from..].iter().map(|(field, _)| *field).collect());
                    }
                    Some(_) => {}
                }
            }
            let Some((field, rest)) = path.last_mut() else { return found };
            match rest.pop() {
                Some(next) => enter = Some(next),
                None => {
                    self.state.insert(*field, false);
                    path.pop();
                }
            }
        }
    }

    /// The fields whose defaults are filled in where the default of `field` is used.
    fn filled_in_by(&mut self, field: InputValueId) -> Vec<InputValueId> {
        let value = self.schema.input_value(field);
        let mut fields = Vec::new();
        if let Some(default) = value.default() {
            self.gather(default, value.ty.named, &mut fields);
        }
        fields.reverse();
        fields
    }

    /// The parser bounds how deep values nest.
    fn gather(&mut self, value: &Value<'_>, ty: TypeId, fields: &mut Vec<InputValueId>) {
        let schema = self.schema;
        match value.kind {
            ValueKind::List(values) => {
                for value in values {
                    self.gather(value, ty, fields);
                }
            }
            ValueKind::Object(given) => {
                for field in given {
                    let Some(id) = schema.input_field_named(ty, field.name.text) else { continue };
                    let named = schema.input_value(id).ty.named;
                    if schema.ty(named).kind == TypeKind::InputObject {
                        self.gather(&field.value, named, fields);
                    }
                }
                let with_default = self.by_type.entry(ty).or_insert_with(|| {
                    let holds_object = |id: TypeId| schema.ty(id).kind == TypeKind::InputObject;
                    schema
                        .input_fields_of(ty)
                        .filter(|(_, field)| field.default().is_some() && holds_object(field.ty.named))
                        .map(|(id, _)| id)
                        .collect()
                });
                for &id in &*with_default {
                    self.work = self.work.saturating_sub(1 + given.len() as u32);
                    if self.work == 0 {
                        return;
                    }
                    let name = schema.input_value(id).name;
                    if !given.iter().any(|field| field.name.text == name) {
                        fields.push(id);
                    }
                }
            }
            _ => {}
        }
    }
}

fn report(cx: &mut Context<'_, '_>, begun_at: SchemaCoordinate, circle: &[InputValueId]) {
    let schema = cx.schema;
    let place = |id: InputValueId| schema.input_value(id).definition.name.span;
    let names: Vec<_> = circle.iter().take(LISTED).map(|&id| schema.input_value(id).name).collect();
    let more = if circle.len() > LISTED { ", …" } else { "" };
    let message =
        format!("the default value of {begun_at} leads into a circle: {}{more}", names.join(", "));
    let mut diagnostic = Diagnostic::error(ID, place(circle[0]), message)
        .warning()
        .at(begun_at)
        .help("give one of the fields in the default value of another, or take a default value away");
    for &field in circle.iter().take(LISTED).skip(1) {
        diagnostic = diagnostic.related(place(field), "through this");
    }
    cx.report(diagnostic);
}
