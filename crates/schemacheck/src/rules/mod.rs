//! The rules: what each difference between two schemas means.
//!
//! A rule is one file: a record made by `rule!` above its `check` function, and one line in the list below, whose order is the
//! order of the report. `docs/rules.md`, `schemacheck explain` and the keys of the configuration come from the list.
//! A rule gets a matched pair and judges it; it never searches.

mod annotations;
mod input;
mod roots;
mod text;

use std::fmt::{self, Write};

use schemacheck_graphql::coordinate::SchemaCoordinate;

use crate::change::{Breaks, Severity};
use crate::element::{
    ArgumentElement, DirectiveArgumentElement, DirectiveElement, Element, EnumValueElement, FieldElement,
    InputFieldElement, MembershipElement, Pair, RootElement, TypeElement,
};
use crate::matching::Matching;
use crate::reachability::Reachability;

/// One kind of change and how it is recognised.
#[derive(Debug)]
pub struct Rule {
    /// The id: the name of its file in kebab case.
    pub id: &'static str,
    /// Constant for a rule.
    pub severity: Severity,
    /// Where it hurts; empty for a safe change.
    pub breaks: &'static [Breaks],
    /// What changed, why it breaks and what to do, with an executed example, in Markdown. The first line is the summary.
    pub docs: &'static str,
    /// The section of the specification that it rests on.
    pub spec: &'static str,
    /// The version that brought the rule.
    pub since: &'static str,
    /// The name of the change in graphql-js, where it has one.
    pub graphql_js: Option<&'static str>,
    /// The name of the change in graphql-inspector, where it has one.
    pub graphql_inspector: Option<&'static str>,
    /// Which pairs it judges and how.
    pub check: Check,
}

impl Rule {
    /// The first line of the documentation.
    pub fn summary(&self) -> &'static str {
        self.docs.trim_start().lines().next().unwrap_or_default().trim()
    }

    /// The documentation as Markdown, without the indentation of comments.
    pub fn text(&self) -> String {
        let lines = self.docs.trim().lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The rule with this id.
    pub fn by_id(id: &str) -> Option<&'static Rule> {
        RULES.iter().copied().find(|rule| rule.id == id)
    }
}

/// The kinds of pair, each with the function that judges one.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each is the kind of element that it is named after")]
pub enum Check {
    /// Elements of every kind and their descriptions.
    Description(fn(Pair<&dyn Element<'_>>, &Context<'_, '_>, &mut Findings)),
    /// Elements of every kind and the directives on them.
    Directives(fn(Pair<&dyn Element<'_>>, &Context<'_, '_>, &mut Findings)),
    Root(for<'s> fn(Pair<RootElement<'s>>, &Context<'s, '_>, &mut Findings)),
    Type(for<'s> fn(Pair<TypeElement<'s>>, &Context<'s, '_>, &mut Findings)),
    Field(for<'s> fn(Pair<FieldElement<'s>>, &Context<'s, '_>, &mut Findings)),
    Argument(for<'s> fn(Pair<ArgumentElement<'s>>, &Context<'s, '_>, &mut Findings)),
    InputField(for<'s> fn(Pair<InputFieldElement<'s>>, &Context<'s, '_>, &mut Findings)),
    EnumValue(for<'s> fn(Pair<EnumValueElement<'s>>, &Context<'s, '_>, &mut Findings)),
    UnionMember(for<'s> fn(Pair<MembershipElement<'s>>, &Context<'s, '_>, &mut Findings)),
    Interface(for<'s> fn(Pair<MembershipElement<'s>>, &Context<'s, '_>, &mut Findings)),
    Directive(for<'s> fn(Pair<DirectiveElement<'s>>, &Context<'s, '_>, &mut Findings)),
    DirectiveArgument(for<'s> fn(Pair<DirectiveArgumentElement<'s>>, &Context<'s, '_>, &mut Findings)),
}

/// What a rule may ask beyond its pair.
#[derive(Debug)]
pub struct Context<'s, 'm> {
    /// Which types of the two schemas are the same.
    pub matching: &'m Matching<'s>,
    /// Which types of the old schema operations get to.
    pub old_types: Reachability,
    /// Which types of the new schema operations get to.
    pub new_types: Reachability,
    /// What directives that are applied in the old schema are called in the new one.
    directive_renames: annotations::Renames<'s>,
}

impl<'s, 'm> Context<'s, 'm> {
    pub(crate) fn new(matching: &'m Matching<'s>) -> Self {
        Context {
            matching,
            old_types: Reachability::new(matching.old),
            new_types: Reachability::new(matching.new),
            directive_renames: annotations::Renames::of(matching),
        }
    }

    /// The type that a coordinate of the old or new schema lies in, where no operation gets to it.
    pub(crate) fn unreachable_type<'c>(
        &self,
        coordinate: &'c SchemaCoordinate<&str>,
        in_old: bool,
    ) -> Option<&'c str> {
        let name = coordinate.type_name()?;
        let (schema, types) =
            if in_old { (self.matching.old, &self.old_types) } else { (self.matching.new, &self.new_types) };
        (!types.reaches(schema.type_named(name)?)).then_some(name)
    }
}

/// Where a rule reports.
#[derive(Debug, Default)]
pub struct Findings {
    list: Vec<Finding>,
    /// A buffer for the message that is being written.
    text: String,
}

/// One finding of a rule on one pair.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    /// What changed, whom it breaks, in one line.
    pub(crate) message: String,
    /// What tells it apart from another finding of the rule at this place: types, values.
    pub(crate) details: String,
}

impl Findings {
    /// Reports a change. `details` are the types or values that changed, where there are any.
    pub fn add(&mut self, message: fmt::Arguments<'_>, details: &str) {
        self.text.clear();
        let _ = self.text.write_fmt(message);
        self.list.push(Finding { message: self.text.clone(), details: details.to_owned() });
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Takes what was found. What was found several times is told apart by its order.
    pub(crate) fn drain(&mut self) -> std::vec::Drain<'_, Finding> {
        for at in (1..self.list.len()).rev() {
            let (earlier, rest) = self.list.split_at_mut(at);
            let before = earlier.iter().filter(|finding| finding.details == rest[0].details).count();
            if before > 0 {
                let _ = write!(rest[0].details, " {before}");
            }
        }
        self.list.drain(..)
    }
}

/// Makes the record of a rule; its id is the name of the file.
macro_rules! rule {
    (
        $(#[doc = $doc:literal])+
        severity: $severity:ident,
        breaks: [$($breaks:ident),*],
        spec: $spec:literal,
        since: $since:literal,
        graphql_js: $js:expr,
        graphql_inspector: $inspector:expr,
        on: $kind:ident,
    ) => {
        /// The record of this rule.
        pub(crate) static RULE: crate::rules::Rule = crate::rules::Rule {
            id: schemacheck_graphql::rule_id!(),
            severity: crate::change::Severity::$severity,
            breaks: &[$(crate::change::Breaks::$breaks),*],
            docs: concat!($($doc, "\n"),+),
            spec: concat!("https://spec.graphql.org/September2025/", $spec),
            since: $since,
            graphql_js: $js,
            graphql_inspector: $inspector,
            check: crate::rules::Check::$kind(check),
        };
    };
}

macro_rules! rules {
    ($($module:ident,)*) => {
        $(mod $module;)*

        /// All rules, in the order of the report.
        pub static RULES: &[&Rule] = &[$(&$module::RULE,)*];
    };
}

rules! {
    query_root_changed,
    mutation_root_removed,
    mutation_root_changed,
    subscription_root_removed,
    subscription_root_changed,
    type_renamed,
    type_removed,
    type_kind_changed,
    field_renamed,
    field_removed,
    field_type_changed,
    field_nullability_loosened,
    argument_renamed,
    argument_removed,
    required_argument_added,
    argument_became_required,
    argument_default_removed_from_required,
    argument_type_changed,
    input_field_renamed,
    input_field_removed,
    required_input_field_added,
    input_field_became_required,
    input_field_default_removed_from_required,
    input_field_type_changed,
    one_of_added,
    enum_value_renamed,
    output_enum_value_renamed,
    enum_value_removed,
    union_member_removed,
    interface_removed_from_type,
    directive_renamed,
    directive_removed,
    directive_location_removed,
    directive_repeatable_removed,
    directive_argument_renamed,
    directive_argument_removed,
    required_directive_argument_added,
    directive_argument_became_required,
    directive_argument_default_removed_from_required,
    directive_argument_type_changed,

    argument_default_changed,
    argument_default_added,
    argument_default_removed,
    input_field_default_changed,
    input_field_default_added,
    input_field_default_removed,
    enum_value_added,
    union_member_added,
    interface_added_to_type,
    implementation_added,
    specified_by_changed,
    directive_argument_default_changed,
    directive_argument_default_added,
    directive_argument_default_removed,
    type_system_directive_renamed,
    type_system_directive_removed,
    type_system_directive_location_removed,
    type_system_directive_repeatable_removed,
    type_system_directive_argument_changed,
    applied_directive_removed,
    applied_directive_arguments_changed,
    applied_directive_added,

    mutation_root_added,
    subscription_root_added,
    type_added,
    field_added,
    field_type_narrowed,
    optional_argument_added,
    argument_became_optional,
    argument_type_loosened,
    optional_input_field_added,
    input_field_became_optional,
    input_field_type_loosened,
    one_of_removed,
    output_enum_value_removed,
    input_enum_value_added,
    new_interface_added_to_type,
    directive_added,
    directive_location_added,
    directive_repeatable_added,
    optional_directive_argument_added,
    directive_argument_became_optional,
    directive_argument_type_loosened,
    deprecated_added,
    deprecated_removed,
    deprecated_reason_changed,
    description_added,
    description_removed,
    description_changed,
}
