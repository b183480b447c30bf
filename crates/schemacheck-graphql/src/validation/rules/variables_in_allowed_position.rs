//! A variable stands only where every value that it can have fits (specification, section 5.8.5).

use crate::ast::{OperationDefinition, ValueKind, VariableDefinition, Wrappers};
use crate::diagnostic::Diagnostic;
use crate::validation::{Context, Expected, Rule, VariableUsage};

pub(super) struct This;

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    #[inline]
    fn variable_usage<'d>(
        cx: &mut Context<'_, 'd>,
        _: &'d OperationDefinition<'d>,
        usage: VariableUsage<'d>,
        variable: Option<&'d VariableDefinition<'d>>,
    ) {
        if let (Some(variable), Some(expected)) = (variable, usage.expected) {
            let name = variable.ty.name.text;
            let fits = name == cx.schema.ty(expected.ty.named).name && wrappers_fit(variable, expected);
            // An unknown type is another rule's business.
            if !fits && cx.schema.type_named(name).is_some() {
                report(cx, usage, variable, expected);
            }
        }
    }
}

/// Whether lists and non-null fit. A default value of either side stands in for a missing value.
#[inline]
fn wrappers_fit(variable: &VariableDefinition<'_>, expected: Expected) -> bool {
    let given = variable.ty.wrappers;
    if expected.in_one_of && !given.is_non_null() {
        return false;
    }
    let mut place = expected.ty.wrappers;
    if place.is_non_null() && !given.is_non_null() && (expected.has_default || has_default(variable)) {
        place = place.nullable();
    }
    is_subtype(given, place)
}

fn has_default(variable: &VariableDefinition<'_>) -> bool {
    variable.default.is_some_and(|default| !matches!(default.kind, ValueKind::Null))
}

/// Whether every value within the one wrappers fits the other: the same lists, non-null where that is asked.
#[inline]
fn is_subtype(given: Wrappers, place: Wrappers) -> bool {
    given.list_depth == place.list_depth && place.non_null & !given.non_null == 0
}

#[cold]
fn report(
    cx: &mut Context<'_, '_>,
    usage: VariableUsage<'_>,
    variable: &VariableDefinition<'_>,
    expected: Expected,
) {
    let (name, ty) = (variable.name.text, variable.ty);
    let same_name = ty.name.text == cx.schema.ty(expected.ty.named).name;
    let found = ty.wrappers.write(ty.name.text);
    let mut wanted = expected.ty;
    if expected.in_one_of {
        wanted.wrappers = wanted.wrappers.required();
    }
    let coordinate = expected.place.coordinate(cx.schema);
    let place = coordinate.as_ref().map_or_else(String::new, |coordinate| format!(" {coordinate}"));
    let wanted_text = cx.schema.type_text(wanted);
    let message =
        format!("the variable ${name} is {found}, which does not fit{place}: it takes {wanted_text}");
    let help = if same_name && is_subtype(ty.wrappers.required(), wanted.wrappers) && !expected.in_one_of {
        format!(
            "declare it as ${name}: {}, or give it a default value",
            ty.wrappers.required().write(ty.name.text)
        )
    } else {
        format!("declare it as ${name}: {wanted_text}")
    };
    let diagnostic =
        Diagnostic::error(This::ID, variable.span, message).related(usage.span, "used here").help(help);
    cx.report(match coordinate {
        Some(coordinate) => diagnostic.at(coordinate),
        None => diagnostic,
    });
}
