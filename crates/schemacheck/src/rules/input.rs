//! What the rules on arguments, input fields and arguments of directives share.

use schemacheck_graphql::ast::Wrappers;

use super::Context;
use crate::element::{DirectiveElement, InputElement};
use crate::matching::InputTypeChange;

/// Whether the new type does not take all that the old one took, other than by being required now.
pub(super) fn type_changed<'s, E: InputElement<'s>>(old: E, new: E, cx: &Context<'_, '_>) -> bool {
    match cx.matching.input_type_change(old.ty, new.ty) {
        InputTypeChange::Changed => true,
        InputTypeChange::BecameNonNull => !new.is_required(),
        InputTypeChange::None | InputTypeChange::Loosened => false,
    }
}

/// What a change of the type means for operations.
pub(super) fn consequence<'s, E: InputElement<'s>>(old: E, new: E, cx: &Context<'_, '_>) -> &'static str {
    let same = cx.matching.new_type(old.ty.named) == Some(new.ty.named);
    if cx.matching.input_type_change(old.ty, new.ty) == InputTypeChange::BecameNonNull {
        "operations that give null are rejected"
    } else if same && old.ty.wrappers.list_depth == new.ty.wrappers.list_depth {
        "operations with null there or inside and variables of the old type are rejected"
    } else if literals_still_fit(old, new, cx) {
        "literals still fit, variables of the old type are rejected"
    } else {
        "operations that give the old type are rejected"
    }
}

/// Whether every literal of the old type is coerced to the new one: a single value to a list, a whole number to `Float`
/// or `ID`, a string to `ID` (specification, sections 3.5 and 3.11).
fn literals_still_fit<'s, E: InputElement<'s>>(old: E, new: E, cx: &Context<'_, '_>) -> bool {
    let (from, to) = (old.schema().ty(old.ty.named), new.schema().ty(new.ty.named));
    let same = cx.matching.new_type(old.ty.named) == Some(new.ty.named);
    let coerced = from.built_in
        && to.built_in
        && matches!((from.name, to.name), ("Int", "Float") | ("Int" | "String", "ID"));
    (same || coerced) && wrappers_still_fit(old.ty.wrappers, new.ty.wrappers)
}

fn wrappers_still_fit(old: Wrappers, new: Wrappers) -> bool {
    if old.list_depth == new.list_depth {
        return new.non_null & !old.non_null == 0;
    }
    let null_fits = old.is_non_null() || !new.is_non_null();
    old.list_depth == 0 && null_fits
}

/// Whether operations could apply a directive of the new schema in the old one.
pub(super) fn was_executable(directive: DirectiveElement<'_>, cx: &Context<'_, '_>) -> bool {
    cx.matching.old_directive(directive.id).is_some_and(|old| old.is_executable())
}
