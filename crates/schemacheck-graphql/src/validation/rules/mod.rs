//! The rules of the specification, one file and one line each.

use super::{Callee, Context, Expected, Rule, Spread, VariableUsage};
use crate::ast::{
    Argument, Directive, DirectiveLocation, Field, FragmentDefinition, InlineFragment, OperationDefinition,
    Value, VariableDefinition,
};
use crate::schema::{FieldId, TypeId, TypeRef};

macro_rules! rules {
    ($($module:ident,)*) => {
        $(mod $module;)*

        /// The ids of all rules, in the order of the specification.
        pub const RULE_IDS: &[&str] = &[$(<$module::This as Rule>::ID,)*];

        /// All rules as one: each hook calls that of every rule.
        pub(super) struct Rules;

        impl Rule for Rules {
            const ID: &'static str = "all";

            fn document(cx: &mut Context<'_, '_>) {
                $($module::This::document(cx);)*
            }

            fn operation<'d>(cx: &mut Context<'_, 'd>, node: &'d OperationDefinition<'d>) {
                $($module::This::operation(cx, node);)*
            }

            fn fragment<'d>(cx: &mut Context<'_, 'd>, node: &'d FragmentDefinition<'d>, ty: Option<TypeId>) {
                $($module::This::fragment(cx, node, ty);)*
            }

            fn variable<'d>(cx: &mut Context<'_, 'd>, node: &'d VariableDefinition<'d>, ty: Option<TypeRef>) {
                $($module::This::variable(cx, node, ty);)*
            }

            #[inline]
            fn field<'d>(
                cx: &mut Context<'_, 'd>,
                node: &'d Field<'d>,
                parent: Option<TypeId>,
                definition: Option<FieldId>,
            ) {
                $($module::This::field(cx, node, parent, definition);)*
            }

            fn fragment_spread<'d>(cx: &mut Context<'_, 'd>, spread: Spread<'d>, parent: Option<TypeId>) {
                $($module::This::fragment_spread(cx, spread, parent);)*
            }

            fn inline_fragment<'d>(
                cx: &mut Context<'_, 'd>,
                node: &'d InlineFragment<'d>,
                parent: Option<TypeId>,
                ty: Option<TypeId>,
            ) {
                $($module::This::inline_fragment(cx, node, parent, ty);)*
            }

            fn directives<'d>(cx: &mut Context<'_, 'd>, nodes: &'d [Directive<'d>], location: DirectiveLocation) {
                $($module::This::directives(cx, nodes, location);)*
            }

            #[inline]
            fn arguments<'d>(cx: &mut Context<'_, 'd>, callee: Callee<'d>, nodes: &'d [Argument<'d>]) {
                $($module::This::arguments(cx, callee, nodes);)*
            }

            fn value<'d>(cx: &mut Context<'_, 'd>, node: &'d Value<'d>, expected: Option<Expected>) {
                $($module::This::value(cx, node, expected);)*
            }

            fn variable_usage<'d>(
                cx: &mut Context<'_, 'd>,
                operation: &'d OperationDefinition<'d>,
                usage: VariableUsage<'d>,
                variable: Option<&'d VariableDefinition<'d>>,
            ) {
                $($module::This::variable_usage(cx, operation, usage, variable);)*
            }

            fn unused_variable<'d>(
                cx: &mut Context<'_, 'd>,
                operation: &'d OperationDefinition<'d>,
                variable: &'d VariableDefinition<'d>,
            ) {
                $($module::This::unused_variable(cx, operation, variable);)*
            }

            fn unused_fragment<'d>(cx: &mut Context<'_, 'd>, node: &'d FragmentDefinition<'d>) {
                $($module::This::unused_fragment(cx, node);)*
            }

            fn end(cx: &mut Context<'_, '_>) {
                $($module::This::end(cx);)*
            }
        }
    };
}

rules! {
    executable_definitions,
    known_operation_types,
    unique_operation_names,
    lone_anonymous_operation,
    single_field_subscriptions,
    fields_on_correct_type,
    overlapping_fields_can_be_merged,
    scalar_leafs,
    known_argument_names,
    unique_argument_names,
    provided_required_arguments,
    unique_fragment_names,
    known_type_names,
    fragments_on_composite_types,
    no_unused_fragments,
    known_fragment_names,
    no_fragment_cycles,
    possible_fragment_spreads,
    values_of_correct_type,
    unique_input_field_names,
    known_directives,
    unique_directives_per_location,
    unique_variable_names,
    variables_are_input_types,
    no_undefined_variables,
    no_unused_variables,
    variables_in_allowed_position,
}
