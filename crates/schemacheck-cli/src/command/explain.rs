//! `schemacheck explain`: the rules.

use std::fmt::Write;

use schemacheck::rules::{RULES, Rule};
use schemacheck_graphql::suggestion::closest;
use serde_json::json;

use crate::args::{ExplainArgs, ListFormat};
use crate::output::{complain, print};

/// Runs the command; gives the exit code.
pub(crate) fn run(args: &ExplainArgs) -> u8 {
    let rules: Vec<&Rule> = match &args.rule {
        None => RULES.to_vec(),
        Some(id) => {
            let Some(rule) = Rule::by_id(id) else {
                let close = closest(id, RULES.iter().map(|rule| rule.id));
                let hint = close.map_or_else(
                    || "schemacheck explain lists all rules".to_owned(),
                    |close| format!("did you mean {close}?"),
                );
                complain(&format!("{id} is no rule; {hint}"));
                return 2;
            };
            vec![rule]
        }
    };
    match args.format {
        ListFormat::Json => {
            let list: Vec<_> = rules.iter().map(|rule| as_json(rule)).collect();
            let text = serde_json::to_string_pretty(&list).unwrap_or_default();
            print(&format!("{text}\n"));
        }
        ListFormat::Human if args.rule.is_some() => print(&in_full(rules[0])),
        ListFormat::Human => print(&as_list(&rules)),
    }
    0
}

fn as_json(rule: &Rule) -> serde_json::Value {
    json!({
        "id": rule.id,
        "severity": rule.severity,
        "breaks": rule.breaks,
        "summary": rule.summary(),
        "graphqlJs": rule.graphql_js,
        "graphqlInspector": rule.graphql_inspector,
        "since": rule.since,
        "spec": rule.spec,
    })
}

fn in_full(rule: &Rule) -> String {
    let breaks: Vec<&str> = rule.breaks.iter().map(|breaks| breaks.name()).collect();
    let breaks = if breaks.is_empty() { "nothing".to_owned() } else { breaks.join(", ") };
    let (id, severity, docs, spec) = (rule.id, rule.severity.name(), rule.text(), rule.spec);
    format!("{id}   {severity}   breaks: {breaks}\n\n{docs}\n\nSpecification: {spec}\n")
}

fn as_list(rules: &[&Rule]) -> String {
    let mut text = String::new();
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
    for rule in rules {
        let _ = writeln!(text, "{:width$}  {:9}  {}", rule.id, rule.severity.name(), rule.summary());
    }
    text
}
