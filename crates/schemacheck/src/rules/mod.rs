//! The rules: what each difference between two schemas means.
//!
//! A rule is one file: a record made by `rule!` above its `check` function, and one line in the list below, whose order is the
//! order of the report. `docs/rules.md`, `schemacheck explain` and the keys of the configuration come from the list.
//! A rule gets a matched pair and judges it; it never searches.

use crate::change::{Breaks, Severity};
use crate::element::{
    ArgumentElement, DirectiveArgumentElement, DirectiveElement, EnumValueElement, FieldElement,
    InputFieldElement, MembershipElement, Pair, RootElement, TypeElement,
};
use crate::matching::Matching;

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

    /// The rule with this id.
    pub fn by_id(id: &str) -> Option<&'static Rule> {
        RULES.iter().copied().find(|rule| rule.id == id)
    }
}

/// The kinds of pair, each with the function that judges one.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each is the kind of element that it is named after")]
pub enum Check {
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
}

/// Where a rule reports.
#[derive(Debug, Default)]
pub struct Findings {
    list: Vec<Finding>,
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
    pub fn add(&mut self, message: String, details: String) {
        self.list.push(Finding { message, details });
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(crate) fn drain(&mut self) -> std::vec::Drain<'_, Finding> {
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
    field_renamed,
    field_removed,
    field_nullability_loosened,
    argument_renamed,
    argument_became_required,
}
