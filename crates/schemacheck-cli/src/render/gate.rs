//! What a gate says, for a person.

use std::fmt::Write;

use schemacheck::gate::{Gate, GatedClient, name_of};
use schemacheck::operation::Client;
use schemacheck::report::{Report, State, count};
use unicode_width::UnicodeWidthStr;

use crate::terminal::{Palette, clean};

/// How many client versions are listed one by one, the failing ones first; the rest is counted.
const MOST_CLIENTS: usize = 20;

/// Each client version, what it stands beside, and what to do; nothing where the report is no gate's.
pub(crate) fn lines(report: &Report, palette: Palette) -> String {
    let Some(gate) = &report.gate else { return String::new() };
    let mut text = String::new();
    let title = format!("Gate of {}: {} {}", gate.environment, gate.direction, gate.candidate);
    let _ = writeln!(text, "  {}", palette.bold(&clean(&title)));
    let mut clients: Vec<(String, &GatedClient)> =
        gate.clients.iter().map(|client| (clean(&name(client)), client)).collect();
    clients.sort_by_key(|(_, client)| match client.verdict {
        State::Fail => 0,
        State::Error => 1,
        State::Pass => 2,
    });
    let shown = &clients[..clients.len().min(MOST_CLIENTS)];
    let width = shown.iter().map(|(name, _)| name.width()).max().unwrap_or_default();
    for (name, client) in shown {
        let mark = match client.verdict {
            State::Pass => palette.green("✓"),
            State::Fail => palette.red("✗"),
            State::Error => palette.yellow("!"),
        };
        let gap = " ".repeat(width - name.width());
        let operations = count(client.operations, "operation", "operations");
        let mut line = match client.broken {
            0 => operations,
            broken => format!("{broken} of {operations} broken"),
        };
        if client.broken > 0 && client.verdict == State::Pass {
            line.push_str(", accepted");
        }
        if client.at_risk > 0 {
            let _ = write!(line, ", {} at risk", client.at_risk);
        }
        let _ = writeln!(text, "    {mark} {name}{gap}   {line}");
    }
    if clients.len() > shown.len() {
        let rest = &clients[shown.len()..];
        let failing = rest.iter().filter(|(_, client)| client.verdict != State::Pass).count();
        let more = count(rest.len(), "more client version", "more client versions");
        let _ = writeln!(text, "      and {more}, {failing} of them not passing");
    }
    beside(gate, &mut text);
    for change in report.changes.iter().flatten() {
        let Some(approval) = &change.approved else { continue };
        let by = clean(&format!("{} until {}: {}", approval.by, approval.expires, approval.reason));
        let _ = writeln!(text, "    accepted {} by {by}   {}", change.fingerprint, clean(&change.message));
    }
    let _ = writeln!(text, "    {}", clean(&gate.message));
    if gate.dry_run {
        let _ = writeln!(text, "    {}", palette.yellow("dry run: the answer stops nothing"));
    }
    text.push('\n');
    text
}

/// The live schemas, where there are several or where clients wait for the candidate.
fn beside(gate: &Gate, text: &mut String) {
    for schema in &gate.schemas {
        if gate.schemas.len() == 1 && schema.needing_candidate == 0 {
            continue;
        }
        let waiting = match schema.needing_candidate {
            0 => String::new(),
            waiting => format!(", {waiting} wait for the candidate"),
        };
        let broken = count(schema.broken, "operation", "operations");
        let _ = writeln!(text, "    live {}   {broken} broken{waiting}", clean(&schema.source));
    }
}

fn name(client: &GatedClient) -> String {
    name_of(&Client { name: client.name.clone(), version: client.version.clone() })
}
