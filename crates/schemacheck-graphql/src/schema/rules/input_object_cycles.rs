//! An input object does not require itself: a circle of fields has one that is nullable or a list (specification,
//! section 3.10, `Circular References`).
//!
//! Error, for no operation could ever give such a value.

use super::Context;
use crate::ast::TypeKind;
use crate::coordinate::SchemaCoordinate;
use crate::diagnostic::Diagnostic;
use crate::schema::{InputValueId, Schema, TypeId};

pub(super) const ID: &str = crate::rule_id!();

pub(super) fn check(cx: &mut Context<'_, '_>) {
    let schema = cx.schema;
    let mut state = vec![State::New; schema.types.len()];
    // The way from the start to the type at hand, with the fields of each type that are still to be followed.
    let mut path: Vec<Step> = Vec::new();
    for (start, _) in cx.types().filter(|(_, ty)| ty.kind == TypeKind::InputObject) {
        if state[start.index()] == State::New {
            state[start.index()] = State::OnPath(0);
            path.push(Step::new(schema, start));
        }
        while let Some(step) = path.last_mut() {
            let Some(field) = step.rest.next().map(InputValueId) else {
                state[step.ty.index()] = State::Done;
                path.pop();
                continue;
            };
            let Some(next) = required_object(schema, field) else { continue };
            step.field = Some(field);
            match state[next.index()] {
                State::New => {
                    state[next.index()] = State::OnPath(path.len());
                    path.push(Step::new(schema, next));
                }
                State::OnPath(from) => report(cx, &path[from..]),
                State::Done => {}
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    OnPath(usize),
    Done,
}

struct Step {
    ty: TypeId,
    rest: std::ops::Range<u32>,
    /// The field that leads to the next step.
    field: Option<InputValueId>,
}

impl Step {
    fn new(schema: &Schema<'_>, ty: TypeId) -> Self {
        Step { ty, rest: schema.ty(ty).input_fields.clone(), field: None }
    }
}

/// The input object that a value of the field must hold.
fn required_object(schema: &Schema<'_>, field: InputValueId) -> Option<TypeId> {
    let ty = schema.input_value(field).ty;
    let required = ty.wrappers.is_non_null() && !ty.wrappers.is_list();
    (required && schema.ty(ty.named).kind == TypeKind::InputObject).then_some(ty.named)
}

fn report(cx: &mut Context<'_, '_>, circle: &[Step]) {
    const SHOWN: usize = 5;
    let schema = cx.schema;
    let fields: Vec<_> = circle.iter().filter_map(|step| Some((step.ty, step.field?))).collect();
    let Some(&(ty, field)) = fields.first() else { return };
    let name = schema.ty(ty).name;
    let shown = fields
        .iter()
        .take(SHOWN)
        .map(|&(ty, field)| format!("{}.{}", schema.ty(ty).name, schema.input_value(field).name));
    let mut way = shown.collect::<Vec<_>>().join(", ");
    if fields.len() > SHOWN {
        way = format!("{way} and {} more", fields.len() - SHOWN);
    }
    let coordinate = SchemaCoordinate::member(name, schema.input_value(field).name);
    let message = format!("no value of {name} can be given, for it requires itself through {way}");
    let mut diagnostic = Diagnostic::error(ID, schema.input_value(field).definition.name.span, message)
        .help("make one of the fields nullable or a list")
        .at(coordinate);
    for &(_, field) in fields.iter().take(SHOWN).skip(1) {
        diagnostic = diagnostic.related(schema.input_value(field).definition.name.span, "through this");
    }
    cx.report(diagnostic);
}
