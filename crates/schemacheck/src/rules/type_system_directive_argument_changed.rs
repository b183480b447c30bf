use super::input;
use super::{Context, Findings};
use crate::default_value::{DefaultChange, default_change};
use crate::element::{DirectiveArgumentElement, Element, InputElement, Pair};
use crate::matching::InputTypeChange;

rule! {
    /// An argument of a directive that only schemas have changed so that old uses no longer fit.
    ///
    /// **Why it may hurt.** No operation can apply the directive. Tools that read the schema (gateways, code generators)
    /// may still expect the old form.
    /// **What to do.** Tell those who write the directive or read it.
    ///
    /// ```graphql old
    /// directive @owner(team: String) on OBJECT
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```graphql new
    /// directive @owner(team: String!) on OBJECT
    /// type Query {
    ///   a: Int
    /// }
    /// ```
    /// ```text report
    /// dangerous type-system-directive-argument-changed @owner(team:)
    /// ```
    severity: Dangerous,
    breaks: [],
    spec: "#sec-Type-System.Directives",
    since: "0.1.0",
    graphql_js: Some("ARG_CHANGED_KIND"),
    graphql_inspector: Some("DIRECTIVE_ARGUMENT_TYPE_CHANGED"),
    on: DirectiveArgument,
}

fn check(argument: Pair<DirectiveArgumentElement<'_>>, cx: &Context<'_, '_>, findings: &mut Findings) {
    let executable = match (argument.before(), argument.after()) {
        (Some(old), _) => old.parent().is_executable(),
        (None, new) => new.is_some_and(|new| input::was_executable(new.parent(), cx)),
    };
    let Some(element) = argument.before().or(argument.after()).filter(|_| !executable) else { return };
    let (what, details) = match argument {
        Pair::Removed(old) => ("was removed".to_owned(), old.type_text()),
        Pair::Added(new) if new.is_required() => {
            (format!("is new and required: {}", new.type_text()), new.type_text())
        }
        Pair::Added(_) => return,
        Pair::Renamed { new, .. } => (format!("is now {}", new.name), String::new()),
        Pair::Persisted { old, new } => {
            let (from, to) = (old.type_text(), new.type_text());
            let stricter = cx.matching.input_type_change(old.ty, new.ty) == InputTypeChange::BecameNonNull;
            if stricter || input::type_changed(old, new, cx) {
                (format!("was {from} and is {to} now"), format!("{from} {to}"))
            } else if default_change(old, new, cx.matching) == DefaultChange::RemovedFromRequired {
                ("is required now: it lost its default".to_owned(), to)
            } else {
                return;
            }
        }
    };
    let (coordinate, directive) = (element.coordinate(), element.parent().name);
    findings.add(
        format_args!("{coordinate} {what}; @{directive} belongs to schemas, no operation can notice"),
        &details,
    );
}
