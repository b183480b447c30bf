//! The gate before a deploy: may this schema, or this client, go live in an environment?
//!
//! A schema is held against all operations of all client versions that are live there, beside each schema that is live
//! there; a client against every live schema. The verdicts are those of [`check_diff`] and [`check_validate`]; the gate
//! says what they mean for each client version and for the order of the deploy.

use std::collections::BTreeMap;
use std::fmt::Write;

use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema::{Schema, Valid};
use schemacheck_graphql::source::{SourceId, Sources};
use serde::Serialize;

use crate::check::{DiffRequest, check_diff, check_validate};
use crate::impact::{Verdict, check_against};
use crate::operation::{Client, StoredDocument};
use crate::partition::Verdicts;
use crate::policy::Policy;
use crate::report::{FailOn, Report, ReportedOperation, SchemaSource, State, count};
use crate::rolling::Order;

/// A schema that is or was live, under its name.
#[derive(Clone, Copy, Debug)]
pub struct NamedSchema<'r, 's> {
    /// Where it came from.
    pub source: &'r SchemaSource,
    /// The schema.
    pub schema: &'s Valid<Schema<'s>>,
    /// Its texts, which a patch edits.
    pub texts: &'r [SourceId],
}

/// What is to go live.
#[derive(Clone, Copy, Debug)]
pub enum Candidate<'r, 's> {
    /// A schema; the documents are those of all live clients.
    Schema(NamedSchema<'r, 's>),
    /// A client; the documents are its own. The schemas that were live before, the newest first, tell what it was built
    /// for.
    Client(&'r Client, &'r [NamedSchema<'r, 's>]),
}

/// What a gate needs to know.
#[derive(Debug)]
pub struct GateRequest<'r, 's> {
    /// The texts of the run.
    pub sources: &'r Sources,
    /// The environment.
    pub environment: &'r str,
    /// What is to go live there.
    pub candidate: Candidate<'r, 's>,
    /// The schemas that are live there, in the order of their deploys.
    pub live: &'r [NamedSchema<'r, 's>],
    /// The operations.
    pub documents: &'r [StoredDocument],
    /// From where on a schema fails.
    pub fail_on: FailOn,
    /// What the team decided.
    pub policy: &'r Policy,
    /// The bounds on texts.
    pub limits: Limits,
    /// Where the verdicts come from; those of a client are always computed.
    pub verdicts: &'r Verdicts,
}

/// What the gate says beside the report.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Gate {
    /// The environment.
    pub environment: String,
    /// `schema`: a schema against the live clients; `client`: a client against the live schemas.
    pub direction: &'static str,
    /// What is to go live.
    pub candidate: String,
    /// Each live schema, with what happened beside it. The report is about one of them: the worst, else the newest.
    pub schemas: Vec<GatedSchema>,
    /// Each client version.
    pub clients: Vec<GatedClient>,
    /// What to deploy first.
    pub order: Order,
    /// What that means, in one line.
    pub message: String,
    /// Whether the answer counts for nothing yet: the run passes whatever it says.
    pub dry_run: bool,
}

/// One live schema.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GatedSchema {
    /// As the report names it.
    pub source: String,
    /// What the check beside it ended as.
    pub state: State,
    /// Operations that break: those of the clients on the candidate, or those of the candidate on this schema.
    pub broken: usize,
    /// Operations of live clients that this schema refuses and the candidate takes.
    pub needing_candidate: usize,
}

/// One client version.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GatedClient {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: Option<String>,
    /// How many operations it sends.
    pub operations: usize,
    /// How many of them break.
    pub broken: usize,
    /// How many of them may be hurt.
    pub at_risk: usize,
    /// pass, fail, or error where an operation could not be checked.
    pub verdict: State,
}

/// Judges whether the candidate may go live.
pub fn check_gate(request: &GateRequest<'_, '_>) -> Report {
    match request.candidate {
        Candidate::Schema(candidate) => gate_schema(request, candidate),
        Candidate::Client(client, earlier) => gate_client(request, client, earlier),
    }
}

fn gate_schema(request: &GateRequest<'_, '_>, candidate: NamedSchema<'_, '_>) -> Report {
    let GateRequest { sources, documents, limits, .. } = *request;
    let mut checks: Vec<(String, Report)> = Vec::new();
    for live in request.live.iter().rev() {
        let comparison = DiffRequest {
            sources,
            old: live.schema,
            new: candidate.schema,
            new_texts: candidate.texts,
            documents: Some(documents),
            new_documents: None,
            allow_empty: false,
            fail_on: request.fail_on,
            frameworks: &[],
            policy: request.policy,
            limits,
            verdicts: request.verdicts,
        };
        let mut report = check_diff(&comparison, "gate").report;
        report.old = Some(live.source.clone());
        checks.push((live.source.source.clone(), report));
    }
    if checks.is_empty() {
        let mut report =
            check_validate(sources, candidate.schema, documents, false, limits, request.verdicts);
        let note =
            "no schema is live there yet: the operations were only validated, and nothing was compared";
        report.reasons.push(note.to_owned());
        checks.push((candidate.source.source.clone(), report));
    }
    let compared = !request.live.is_empty();
    let schemas: Vec<GatedSchema> = checks.iter().map(|(name, report)| gated_schema(name, report)).collect();
    let clients = gated_clients(documents, checks.iter().map(|(_, report)| report));
    let waiting = schemas.iter().map(|schema| schema.needing_candidate).max().unwrap_or_default();
    let hurt: Vec<&GatedClient> = clients.iter().filter(|client| client.verdict == State::Fail).collect();
    let dying = hurt.len();
    let mut report = worst(checks);
    let clients_hurt = count(dying, "live client version", "live client versions");
    let order = Order::of(dying, waiting);
    let message = match order {
        _ if report.state == State::Error => "nothing can be said before the errors are gone".to_owned(),
        Order::Either | Order::ServerFirst if report.state == State::Fail => {
            "no live client breaks, but there are changes above the bar: approve them, or take --fail-on affected".to_owned()
        }
        Order::Either => "deploy the schema: every live client works with it".to_owned(),
        Order::ServerFirst => format!(
            "deploy the schema: {} already live wait for it; do not roll it back below them",
            count(waiting, "operation", "operations")
        ),
        Order::ClientFirst => {
            format!("do not deploy it yet: add the aliases, or first deploy clients that live without and retire {clients_hurt}")
        }
        Order::Neither => format!(
            "no order is safe: {clients_hurt} break on it, and {} already live wait for it; add the aliases",
            count(waiting, "operation", "operations")
        ),
    };
    if !hurt.is_empty() && report.state == State::Fail {
        report.reasons.push(format!("breaks {}: {}", clients_hurt, named(&hurt)));
    }
    report.command = "gate";
    report.new = Some(candidate.source.clone());
    report.gate = Some(Gate {
        environment: request.environment.to_owned(),
        direction: "schema",
        candidate: candidate.source.source.clone(),
        schemas: if compared { schemas } else { Vec::new() },
        clients,
        order,
        message,
        dry_run: false,
    });
    report
}

fn gate_client(request: &GateRequest<'_, '_>, client: &Client, earlier: &[NamedSchema<'_, '_>]) -> Report {
    let GateRequest { sources, documents, limits, .. } = *request;
    let mut checks: Vec<(String, Report)> = Vec::new();
    let mut built_for = None;
    for live in request.live.iter().rev() {
        let mut report = check_validate(sources, live.schema, documents, false, limits, request.verdicts);
        // A client that an earlier schema takes was built for it: then the changes since say why it breaks.
        if report.state == State::Fail
            && let Some(earlier) = earlier.iter().find(|earlier| takes(request, earlier))
        {
            let comparison = DiffRequest {
                sources,
                old: earlier.schema,
                new: live.schema,
                new_texts: live.texts,
                documents: Some(documents),
                new_documents: None,
                allow_empty: false,
                fail_on: FailOn::Affected,
                frameworks: &[],
                // The live schema refuses the operations, whoever accepted the change.
                policy: &Policy::default(),
                limits,
                verdicts: request.verdicts,
            };
            report = check_diff(&comparison, "gate").report;
            report.old = Some(earlier.source.clone());
            built_for = Some(earlier.source.source.as_str());
        }
        report.new = Some(live.source.clone());
        checks.push((live.source.source.clone(), report));
    }
    let schemas: Vec<GatedSchema> = checks.iter().map(|(name, report)| gated_schema(name, report)).collect();
    let clients = gated_clients(documents, checks.iter().map(|(_, report)| report));
    let refusing: Vec<&str> = schemas
        .iter()
        .filter(|schema| schema.state == State::Fail)
        .map(|schema| schema.source.as_str())
        .collect();
    let mut report = worst(checks);
    let (order, message) = match (report.state, built_for) {
        (State::Pass, _) => (Order::Either, "deploy the client: every live schema takes it".to_owned()),
        (State::Error, _) => (Order::Neither, "nothing can be said before the errors are gone".to_owned()),
        (State::Fail, Some(earlier)) => (
            Order::Neither,
            format!(
                "do not deploy it: it was built for {earlier}; rebuild it, or first put the aliases into the schema"
            ),
        ),
        (State::Fail, None) => (
            Order::ServerFirst,
            "do not deploy it yet: no schema that was live here takes it; deploy one that does first"
                .to_owned(),
        ),
    };
    if !refusing.is_empty() {
        report.reasons.push(format!("refused by {}", refusing.join(", ")));
    }
    report.command = "gate";
    report.gate = Some(Gate {
        environment: request.environment.to_owned(),
        direction: "client",
        candidate: name_of(client),
        schemas,
        clients,
        order,
        message,
        dry_run: false,
    });
    report
}

/// Whether a schema takes all of the documents.
fn takes(request: &GateRequest<'_, '_>, schema: &NamedSchema<'_, '_>) -> bool {
    let operations = check_against(request.sources, schema.schema, request.documents, request.limits);
    operations.iter().all(|operation| operation.verdict == Verdict::Valid)
}

fn gated_schema(name: &str, report: &Report) -> GatedSchema {
    let of = |wanted: &[Verdict]| {
        let operations = report.operations.iter().flatten();
        operations.filter(|operation| wanted.contains(&operation.verdict)).count()
    };
    GatedSchema {
        source: name.to_owned(),
        state: report.state,
        broken: of(&[Verdict::Broken, Verdict::Invalid]),
        needing_candidate: of(&[Verdict::Fixed]),
    }
}

/// What becomes of each client version, at its worst over all checks.
fn gated_clients<'r>(
    documents: &[StoredDocument],
    reports: impl Iterator<Item = &'r Report>,
) -> Vec<GatedClient> {
    let mut worst: BTreeMap<&Client, GatedClient> = BTreeMap::new();
    for client in documents.iter().flat_map(|document| &document.clients) {
        worst.entry(client).or_insert_with(|| blank(client));
    }
    for report in reports {
        let mut clients: BTreeMap<&Client, GatedClient> = BTreeMap::new();
        let accepted = accepted(report);
        for operation in report.operations.iter().flatten() {
            for client in &operation.clients {
                clients.entry(client).or_insert_with(|| blank(client)).add(operation, &accepted);
            }
        }
        for (client, here) in clients {
            let there = worst.entry(client).or_insert_with(|| blank(client));
            there.operations = there.operations.max(here.operations);
            there.broken = there.broken.max(here.broken);
            there.at_risk = there.at_risk.max(here.at_risk);
            if weight(here.verdict) > weight(there.verdict) {
                there.verdict = here.verdict;
            }
        }
    }
    worst.into_values().collect()
}

fn blank(client: &Client) -> GatedClient {
    let (name, version) = (client.name.clone(), client.version.clone());
    GatedClient { name, version, operations: 0, broken: 0, at_risk: 0, verdict: State::Pass }
}

impl GatedClient {
    fn add(&mut self, operation: &ReportedOperation, accepted: &dyn Fn(&ReportedOperation) -> bool) {
        self.operations += 1;
        match operation.verdict {
            Verdict::Broken | Verdict::Invalid => {
                self.broken += 1;
                if !accepted(operation) {
                    self.verdict = State::Fail;
                }
            }
            Verdict::AtRisk => self.at_risk += 1,
            Verdict::Unparsable if self.verdict == State::Pass => self.verdict = State::Error,
            _ => {}
        }
    }
}

/// Whether an operation breaks by accepted changes alone.
fn accepted(report: &Report) -> impl Fn(&ReportedOperation) -> bool {
    let changes = report.changes.iter().flatten();
    let approved: Vec<&str> =
        changes.filter(|change| change.approved.is_some()).map(|change| change.id.as_str()).collect();
    move |operation| {
        let errors = operation.errors.iter().map(|error| error.change.as_deref());
        let impacts = operation.impacts.iter().filter(|impact| impact.certain);
        let mut causes = errors.chain(impacts.map(|impact| Some(impact.change.as_str())));
        causes.all(|cause| cause.is_some_and(|cause| approved.contains(&cause)))
    }
}

/// The report to show: the worst, of equal ones the first.
fn worst(checks: Vec<(String, Report)>) -> Report {
    let reports = checks.into_iter().map(|(_, report)| report);
    let worse =
        |one: Report, other: Report| if weight(other.state) > weight(one.state) { other } else { one };
    reports.reduce(worse).unwrap_or_else(|| {
        let mut report = Report::new("gate");
        report.error("nothing was checked");
        report
    })
}

/// Fail wins over error, error over pass.
fn weight(state: State) -> u8 {
    match state {
        State::Pass => 0,
        State::Error => 1,
        State::Fail => 2,
    }
}

/// How many client versions a line names.
const MOST_NAMED: usize = 10;

fn named(clients: &[&GatedClient]) -> String {
    let names = clients.iter().take(MOST_NAMED).map(|client| {
        let id = name_of(&Client { name: client.name.clone(), version: client.version.clone() });
        format!("{id} ({} of {} operations)", client.broken, client.operations)
    });
    let mut line = names.collect::<Vec<_>>().join(", ");
    if clients.len() > MOST_NAMED {
        let _ = write!(line, " and {} more", clients.len() - MOST_NAMED);
    }
    line
}

/// `NAME@VERSION`.
pub fn name_of(client: &Client) -> String {
    match &client.version {
        Some(version) => format!("{}@{version}", client.name),
        None => client.name.clone(),
    }
}

/// Which client versions work with which schemas.
#[derive(Clone, Debug, Serialize)]
pub struct Matrix {
    /// The environment.
    pub environment: String,
    /// The columns: schemas that are or were live there, in the order of their deploys.
    pub schemas: Vec<MatrixSchema>,
    /// The rows: client versions that are live there.
    pub clients: Vec<MatrixClient>,
}

/// A column.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixSchema {
    /// The schema.
    pub name: String,
    /// Whether it is live.
    pub live: bool,
}

/// A row.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixClient {
    /// The client.
    pub name: String,
    /// Its version.
    pub version: Option<String>,
    /// One for each schema.
    pub cells: Vec<Cell>,
}

/// A client version on a schema.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Cell {
    /// pass, fail, or unknown where an operation or the schema could not be read.
    pub verdict: &'static str,
    /// How many operations it sends.
    pub operations: usize,
    /// How many of them the schema refuses.
    pub invalid: usize,
}

/// Holds each client version against each schema. A schema that cannot be loaded has no answer.
pub fn check_matrix(
    sources: &Sources,
    environment: &str,
    schemas: &[(MatrixSchema, Option<&Valid<Schema<'_>>>)],
    documents: &[StoredDocument],
    limits: Limits,
) -> Report {
    let mut report = Report::new("matrix");
    let mut rows: BTreeMap<&Client, Vec<Cell>> = BTreeMap::new();
    let blank = |verdict| Cell { verdict, operations: 0, invalid: 0 };
    for client in documents.iter().flat_map(|document| &document.clients) {
        rows.entry(client).or_insert_with(|| vec![blank("unknown"); schemas.len()]);
    }
    for (at, (_, schema)) in schemas.iter().enumerate() {
        let Some(schema) = schema else { continue };
        for operation in check_against(sources, schema, documents, limits) {
            for client in &documents[operation.document].clients {
                let Some(cell) = rows.get_mut(client).map(|cells| &mut cells[at]) else { continue };
                cell.operations += 1;
                match operation.verdict {
                    Verdict::Invalid => (cell.invalid, cell.verdict) = (cell.invalid + 1, "fail"),
                    Verdict::Unparsable if cell.verdict != "fail" => cell.verdict = "unknown",
                    _ if cell.operations == 1 => cell.verdict = "pass",
                    _ => {}
                }
            }
        }
    }
    report.coverage.operations = documents.len();
    report.coverage.clients = rows.len();
    let live: Vec<usize> =
        schemas.iter().enumerate().filter(|(_, (schema, _))| schema.live).map(|(at, _)| at).collect();
    let on_live = |verdict: &str| {
        rows.values().filter(|cells| live.iter().any(|&at| cells[at].verdict == verdict)).count()
    };
    if rows.is_empty() || schemas.is_empty() {
        report.error("there are no client versions and schemas to hold against each other");
    }
    match (on_live("fail"), on_live("unknown")) {
        (0, 0) => {}
        (0, unknown) => {
            report.error(format!(
                "{} no answer",
                count(unknown, "live client version has", "live client versions have")
            ));
        }
        (failing, _) => report.fail(format!(
            "{} with a schema that is live",
            count(failing, "live client version does not work", "live client versions do not work")
        )),
    }
    if report.state == State::Pass {
        report.reasons.push("every live client version works with every live schema".to_owned());
    }
    report.matrix = Some(Matrix {
        environment: environment.to_owned(),
        schemas: schemas.iter().map(|(schema, _)| schema.clone()).collect(),
        clients: rows
            .into_iter()
            .map(|(client, cells)| {
                let (name, version) = (client.name.clone(), client.version.clone());
                MatrixClient { name, version, cells }
            })
            .collect(),
    });
    report
}
