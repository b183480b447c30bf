//! All changes between two schemas: every rule on every pair.

use hashbrown::HashMap;
use schemacheck_graphql::coordinate::SchemaCoordinate;
use schemacheck_graphql::schema::{Schema, Valid};

use crate::change::{Change, Severity, fingerprint};
use crate::element::{Element, Pair};
use crate::matching::{Matching, Persisting};
use crate::rename::Decisions;
use crate::rules::{Check, Context, Findings, RULES, Rule};

/// Two schemas side by side and what differs.
#[derive(Debug)]
pub struct Diff<'s> {
    /// Which element is which.
    pub matching: Matching<'s>,
    /// Breaking changes first, then by rule, then by coordinate.
    pub changes: Vec<Change>,
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
    let mut run =
        Run { context: Context::new(&matching), findings: Findings::default(), changes: Vec::new() };
    macro_rules! judge {
        ($($kind:ident: $list:ident,)*) => {
            $(
                let annotated: Vec<_> = matching.$list.iter().copied().filter(is_annotated_anew).collect();
                let changed: Vec<_> =
                    matching.$list.iter().copied().filter(|pair| can_differ(pair, &matching)).collect();
                for rule in RULES {
                    match rule.check {
                        Check::$kind(check) => run.judge(rule, &changed, |pair| *pair, check),
                        Check::Element(check) => run.judge(rule, &annotated, Pair::as_dyn, check),
                        _ => {}
                    }
                }
            )*
        };
    }
    for rule in RULES {
        if let Check::Element(check) = rule.check {
            run.judge(rule, &matching.schema, Pair::as_dyn, check);
        }
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
    let mut changes = run.changes;
    let ranks: HashMap<&str, usize> = RULES.iter().enumerate().map(|(at, rule)| (rule.id, at)).collect();
    let rank = |change: &Change| (std::cmp::Reverse(change.rule.severity), ranks[change.rule.id]);
    changes.sort_by(|one, other| {
        fn identity(change: &Change) -> (&SchemaCoordinate, &Option<String>, &String) {
            (&change.coordinate, &change.member, &change.fingerprint)
        }
        rank(one).cmp(&rank(other)).then_with(|| identity(one).cmp(&identity(other)))
    });
    Diff { matching, changes }
}

/// Whether the rules on the meaning of an element can have something to say of a pair: most elements persist as they are.
fn can_differ<'s, E: Persisting<'s>>(pair: &Pair<E>, matching: &Matching<'s>) -> bool {
    match pair {
        Pair::Persisted { old, new } => E::can_differ(old, new, matching),
        _ => true,
    }
}

/// Whether the rules on descriptions and directives can have something to say of a pair: most elements have the same
/// description to the letter and no directive at all.
fn is_annotated_anew<E: Element>(pair: &Pair<E>) -> bool {
    let Some((old, new)) = pair.as_dyn().both() else { return true };
    let same_description = match (old.description(), new.description()) {
        (None, None) => true,
        (Some(old), Some(new)) => old.raw == new.raw && old.block == new.block,
        _ => false,
    };
    !same_description || !old.directives().is_empty() || !new.directives().is_empty()
}

struct Run<'s, 'm> {
    context: Context<'s, 'm>,
    findings: Findings,
    changes: Vec<Change>,
}

impl<'s, 'm> Run<'s, 'm> {
    /// Shows all pairs of one kind to a rule.
    fn judge<'p, E: Element + Copy, P>(
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
    fn collect<E: Element + Copy>(&mut self, rule: &'static Rule, pair: &Pair<E>) {
        if self.findings.is_empty() {
            return;
        }
        let (old, new) = (pair.before(), pair.after());
        let Some(coordinate) = old.or(new).map(|element| element.coordinate()) else { return };
        let renamed_to = new.map(|new| new.coordinate()).filter(|new| *new != coordinate);
        let key = old.map(|old| old.id());
        let rename = match pair {
            Pair::Renamed { .. } if rule.id.ends_with("-renamed") => {
                key.and_then(|key| self.context.matching.rename(key)).cloned()
            }
            _ => None,
        };
        let hint = match pair {
            Pair::Removed(_) => key.and_then(|key| self.context.matching.hint(key)).map(str::to_owned),
            _ => None,
        };
        let member = old.or(new).and_then(|element| element.member());
        let remark = match self.context.unreachable_type(&coordinate, old.is_some()) {
            Some(ty) if rule.severity > Severity::Safe => format!("; {ty} is unreachable from the roots"),
            _ => String::new(),
        };
        let mut seen: Vec<String> = Vec::new();
        for finding in self.findings.drain() {
            // What is found several times at one place is told apart by its order.
            let before = seen.iter().filter(|details| **details == finding.details).count();
            let details = match before {
                0 => finding.details.clone(),
                before => format!("{} {before}", finding.details),
            };
            seen.push(finding.details);
            let mut coordinates: Vec<String> = vec![coordinate.to_string()];
            coordinates.extend(renamed_to.as_ref().map(SchemaCoordinate::to_string));
            coordinates.extend(member.clone());
            self.changes.push(Change {
                rule,
                coordinate: coordinate.clone(),
                new_coordinate: renamed_to.clone(),
                member: member.clone(),
                fingerprint: fingerprint(rule.id, &coordinates, &details),
                message: finding.message + &remark,
                old: old.map(|old| old.span()),
                new: new.map(|new| new.span()),
                near: if new.is_none() { self.context.matching.near(&coordinate) } else { None },
                old_id: key,
                new_id: new.map(|new| new.id()),
                rename: rename.clone(),
                hint: hint.clone(),
            });
        }
    }
}
