//! All changes between two schemas: every rule on every pair.

use std::cmp::Reverse;

use schemacheck_graphql::ast::{Argument, Directive};
use schemacheck_graphql::schema::{Schema, Valid};
use schemacheck_graphql::value;

use crate::change::{Change, Severity};
use crate::element::{Element, Pair};
use crate::matching::{Matching, Persisting};
use crate::rename::Decisions;
use crate::rules::{Check, Context, Finding, Findings, RULES, Rule};

/// Two schemas side by side and what differs.
#[derive(Debug)]
pub struct Diff<'s> {
    /// Which element is which.
    pub matching: Matching<'s>,
    /// Breaking changes first, then by rule, then by coordinate.
    pub changes: Vec<Change<'s>>,
}

/// Finds all changes between two schemas. What the introspection of one of them does not tell is no change.
pub fn diff<'s>(old: &'s Valid<Schema<'s>>, new: &'s Valid<Schema<'s>>) -> Diff<'s> {
    diff_of(old, new, Decisions::NONE)
}

/// As [`diff`]; `decisions` on renames beat evidence.
pub fn diff_of<'s>(
    old: &'s Valid<Schema<'s>>,
    new: &'s Valid<Schema<'s>>,
    decisions: &'s Decisions,
) -> Diff<'s> {
    let matching = Matching::new(old, new, decisions);
    let mut rules: Vec<&Rule> = RULES.to_vec();
    rules.sort_by_key(|rule| Reverse(rule.severity));
    let mut run =
        Run { context: Context::new(&matching), findings: Findings::default(), changes: Vec::new() };
    macro_rules! judge {
        ($($kind:ident: $list:ident,)*) => {
            $(let $list = ToJudge::of(&matching.$list, &matching);)*
            for rule in rules {
                let first = run.changes.len();
                match rule.check {
                    $(Check::$kind(check) => run.judge(rule, &$list.changed, |pair| *pair, check),)*
                    Check::Description(check) => {
                        run.judge(rule, &matching.schema, Pair::as_dyn, check);
                        $(run.judge(rule, &$list.described, Pair::as_dyn, check);)*
                    }
                    Check::Directives(check) => {
                        run.judge(rule, &matching.schema, Pair::as_dyn, check);
                        $(run.judge(rule, &$list.directed, Pair::as_dyn, check);)*
                    }
                }
                run.changes[first..].sort_by(|one, other| identity(one).cmp(&identity(other)));
            }
        };
    }
    judge! {
        Root: roots,
        Type: types,
        Field: fields,
        Argument: arguments,
        InputField: input_fields,
        EnumValue: enum_values,
        UnionMember: union_members,
        Interface: interfaces,
        Directive: directives,
        DirectiveArgument: directive_arguments,
    }
    let changes = run.changes;
    Diff { matching, changes }
}

/// What the changes of one rule are ordered by.
fn identity<'c>(change: &'c Change<'_>) -> impl Ord + 'c {
    (change.coordinate, change.member, &change.details)
}

/// The pairs of one kind of element that rules can have something to say of: most elements persist as they are.
struct ToJudge<E> {
    /// Those of which the meaning can differ.
    changed: Vec<Pair<E>>,
    /// Those that both schemas have, described otherwise.
    described: Vec<Pair<E>>,
    /// Those that both schemas have, with other directives on them.
    directed: Vec<Pair<E>>,
}

impl<'s, E: Persisting<'s> + Element<'s> + Copy> ToJudge<E> {
    fn of(pairs: &[Pair<E>], matching: &Matching<'s>) -> Self {
        ToJudge {
            changed: pairs.iter().copied().filter(|pair| can_differ(pair, matching)).collect(),
            described: pairs.iter().copied().filter(is_described_anew).collect(),
            directed: pairs.iter().copied().filter(is_directed_anew).collect(),
        }
    }
}

/// Whether the rules on the meaning of an element can have something to say of a pair.
fn can_differ<'s, E: Persisting<'s>>(pair: &Pair<E>, matching: &Matching<'s>) -> bool {
    match pair {
        Pair::Persisted { old, new } => E::can_differ(old, new, matching),
        _ => true,
    }
}

/// Whether the rules on descriptions can have something to say of a pair: most are the same to the letter.
fn is_described_anew<'s, E: Element<'s> + Copy>(pair: &Pair<E>) -> bool {
    let Some((old, new)) = pair.both() else { return false };
    match (old.description(), new.description()) {
        (None, None) => false,
        (Some(old), Some(new)) => old.raw != new.raw || old.block != new.block,
        _ => true,
    }
}

/// Whether the rules on directives can have something to say of a pair: most are the same to the letter.
fn is_directed_anew<'s, E: Element<'s> + Copy>(pair: &Pair<E>) -> bool {
    let Some((old, new)) = pair.both() else { return false };
    !are_same(&old.directives(), &new.directives())
}

/// Whether two lists of directives are the same in order.
fn are_same(old: &[Directive<'_>], new: &[Directive<'_>]) -> bool {
    let same_argument = |(old, new): (&Argument<'_>, &Argument<'_>)| {
        old.name.text == new.name.text && value::same(&old.value, &new.value)
    };
    let same = |(old, new): (&Directive<'_>, &Directive<'_>)| {
        old.name.text == new.name.text
            && old.arguments.len() == new.arguments.len()
            && old.arguments.iter().zip(new.arguments).all(same_argument)
    };
    old.len() == new.len() && old.iter().zip(new).all(same)
}

struct Run<'s, 'm> {
    context: Context<'s, 'm>,
    findings: Findings,
    changes: Vec<Change<'s>>,
}

impl<'s, 'm> Run<'s, 'm> {
    /// Shows all pairs of one kind to a rule.
    fn judge<'p, E: Element<'s> + Copy, P>(
        &mut self,
        rule: &'static Rule,
        pairs: &'p [Pair<E>],
        seen_as: impl Fn(&'p Pair<E>) -> P,
        check: impl Fn(P, &Context<'s, 'm>, &mut Findings),
    ) {
        for pair in pairs {
            check(seen_as(pair), &self.context, &mut self.findings);
            self.collect(rule, pair);
        }
    }

    /// Makes changes of what a rule found on a pair.
    #[inline]
    fn collect<E: Element<'s> + Copy>(&mut self, rule: &'static Rule, pair: &Pair<E>) {
        if self.findings.is_empty() {
            return;
        }
        let (old, new) = (pair.before(), pair.after());
        let Some(element) = old.or(new) else { return };
        let coordinate = element.coordinate();
        let new_coordinate = new.as_ref().map(Element::coordinate).filter(|new| *new != coordinate);
        let key = old.map(|old| old.id());
        let rename = match pair {
            Pair::Renamed { .. } if rule.id.ends_with("-renamed") => {
                key.and_then(|key| self.context.matching.rename(key)).cloned()
            }
            _ => None,
        };
        let hint = match pair {
            Pair::Removed(_) => key.and_then(|key| self.context.matching.hint(key)),
            _ => None,
        };
        let member = element.member();
        let unreachable = (rule.severity > Severity::Safe)
            .then(|| self.context.unreachable_type(&coordinate, old.is_some()))
            .flatten();
        let remark =
            unreachable.map(|ty| format!("; {ty} is unreachable from the roots")).unwrap_or_default();
        for Finding { message, details } in self.findings.drain() {
            self.changes.push(Change {
                rule,
                coordinate,
                new_coordinate,
                member,
                details,
                message: message + &remark,
                old: old.map(|old| old.span()),
                new: new.map(|new| new.span()),
                near: if new.is_none() { self.context.matching.near(coordinate) } else { None },
                old_id: key,
                new_id: new.map(|new| new.id()),
                rename: rename.clone(),
                hint,
            });
        }
    }
}
