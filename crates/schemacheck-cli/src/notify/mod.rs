//! Who is told how a run ended. A kind of route is one file here and one line in [`KINDS`].
//!
//! That nobody was told is an incident of its own, so a message that could not be delivered is an error of the run,
//! unless the run failed already.

mod slack;
mod webhook;

use std::process;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::HeaderMap;
use reqwest::{Method, Url};
use schemacheck::change::Severity;
use schemacheck::impact::Verdict;
use schemacheck::report::{Report, State, sha256};

use crate::http::{ATTEMPTS, Request, address, send, variable_of};

/// How long one message may take, all attempts together.
const TIMEOUT: Duration = Duration::from_secs(30);
/// How many findings of a kind a message names.
const FINDINGS: usize = 20;
/// How long a text in a message may be.
const TEXT_CHARS: usize = 300;

/// A kind of route.
struct Kind {
    /// What stands before the first colon.
    name: &'static str,
    /// Whether it is told of a run that passed, too.
    told_of_pass: bool,
    /// Delivers a message to an address.
    send: fn(&Message, &str) -> Result<(), String>,
}

const KINDS: &[Kind] = &[slack::KIND, webhook::KIND];

/// A way to tell somebody.
pub(crate) struct Route {
    kind: &'static Kind,
    /// Where messages go. It is a secret: who knows it can send.
    url: String,
    /// As messages show it.
    pub(crate) shown: String,
}

/// What is told.
struct Message {
    /// One line.
    title: String,
    /// How the run ended, or `test`.
    state: &'static str,
    command: String,
    old: Option<String>,
    new: Option<String>,
    reasons: Vec<String>,
    changes: Vec<Finding>,
    operations: Vec<Finding>,
    breaking: usize,
    operations_broken: usize,
    run: Run,
    /// The same for every attempt to tell of one run, and another one for another run.
    key: String,
}

/// A finding in one line.
struct Finding {
    /// A schema coordinate, or the name of an operation.
    what: String,
    text: String,
}

/// What started the program.
struct Run {
    id: String,
    url: Option<String>,
}

impl Route {
    /// Reads `KIND:env:NAME`, where a variable of the environment holds the address, or `KIND:URL`.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let names = KINDS.iter().map(|kind| kind.name).collect::<Vec<_>>().join(" or ");
        let form = format!("write it as {names}, and behind a colon env:NAME or an address");
        let (name, place) = text.split_once(':').ok_or_else(|| format!("--notify {text}: {form}"))?;
        let kind = KINDS.iter().find(|kind| kind.name == name);
        let kind = kind.ok_or_else(|| format!("--notify {name}: there is no such route; {form}"))?;
        let (url, shown) = match place.strip_prefix("env:") {
            Some(variable) => {
                let url = variable_of(variable).map_err(|what| format!("--notify {text}: {what}"))?;
                (url, text.to_owned())
            }
            None => (place.to_owned(), format!("{name}:{}", origin_of(place))),
        };
        address(&url).map_err(|what| format!("--notify {shown}: {what}"))?;
        Ok(Route { kind, url, shown })
    }

    /// Tells how a run ended, where this route is to know.
    pub(crate) fn tell(&self, report: &Report) -> Result<(), String> {
        if report.state == State::Pass && !self.kind.told_of_pass {
            return Ok(());
        }
        self.deliver(&Message::of(report))
    }

    /// Sends a message that says it is a test.
    pub(crate) fn test(&self) -> Result<(), String> {
        let mut report = Report::new("doctor");
        report.reasons.push("This is a test of schemacheck doctor; nothing is wrong.".to_owned());
        let title = "schemacheck can send messages here".to_owned();
        self.deliver(&Message { state: "test", title, ..Message::of(&report) })
    }

    fn deliver(&self, message: &Message) -> Result<(), String> {
        let sent = (self.kind.send)(message, &self.url);
        sent.map_err(|what| format!("{}: the message was not delivered: it {what}", self.shown))
    }
}

impl Message {
    fn of(report: &Report) -> Self {
        let state = match report.state {
            State::Pass => "pass",
            State::Fail => "fail",
            State::Error => "error",
        };
        let named =
            |source: Option<&schemacheck::report::SchemaSource>| source.map(|source| source.source.clone());
        let new = named(report.new.as_ref());
        let title = match &new {
            Some(new) => format!("schemacheck {}: {state} for {new}", report.command),
            None => format!("schemacheck {}: {state}", report.command),
        };
        let changes = report.changes.iter().flatten();
        let changes =
            changes.filter(|change| change.severity == Severity::Breaking && change.approved.is_none());
        let operations = report.operations.iter().flatten();
        let operations =
            operations.filter(|operation| matches!(operation.verdict, Verdict::Broken | Verdict::Invalid));
        let run = Run::of_environment();
        let json = serde_json::to_string(report).unwrap_or_default();
        Message {
            title: shortened(&title),
            state,
            command: report.command.to_owned(),
            old: named(report.old.as_ref()),
            new,
            reasons: report.reasons.iter().take(FINDINGS).map(|reason| shortened(reason)).collect(),
            changes: changes
                .take(FINDINGS)
                .map(|change| Finding {
                    what: shortened(&change.coordinate),
                    text: shortened(&change.message),
                })
                .collect(),
            operations: operations
                .take(FINDINGS)
                .map(|operation| Finding {
                    what: shortened(operation.name.as_deref().unwrap_or("anonymous")),
                    text: shortened(&clients(operation)),
                })
                .collect(),
            breaking: report.summary.breaking,
            operations_broken: report.summary.operations_broken + report.summary.operations_invalid,
            key: sha256([run.id.as_str(), "\n", json.as_str()])[..32].to_owned(),
            run,
        }
    }
}

fn clients(operation: &schemacheck::report::ReportedOperation) -> String {
    let names = operation.clients.iter().take(FINDINGS).map(|client| match &client.version {
        Some(version) => format!("{}@{version}", client.name),
        None => client.name.clone(),
    });
    let names: Vec<String> = names.collect();
    if names.is_empty() { operation.source.file.clone() } else { names.join(", ") }
}

impl Run {
    /// The run of a CI system, by its own variables; elsewhere every start of the program is a run of its own.
    fn of_environment() -> Self {
        let variable = |name: &str| variable_of(name).ok();
        let together = |names: &[&str]| {
            let values: Option<Vec<String>> = names.iter().map(|name| variable(name)).collect();
            values.map(|values| values.join("/"))
        };
        let github = ["GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID"];
        let url = match (github.map(variable), variable("CI_JOB_URL")) {
            ([Some(server), Some(repository), Some(run)], _) => {
                Some(format!("{server}/{repository}/actions/runs/{run}"))
            }
            (_, url) => url,
        };
        let id = together(&["SCHEMACHECK_RUN"])
            .or_else(|| together(&["GITHUB_REPOSITORY", "GITHUB_RUN_ID", "GITHUB_RUN_ATTEMPT", "GITHUB_JOB"]))
            .or_else(|| together(&["CI_PROJECT_PATH", "CI_JOB_ID"]))
            .or_else(|| together(&["BUILD_TAG"]))
            .unwrap_or_else(|| format!("{} {}", Timestamp::now(), process::id()));
        Run { id, url: url.filter(|url| url.starts_with("https://") || url.starts_with("http://")) }
    }
}

/// Posts a message; an answer that does not say it arrived is an error.
fn post(url: &Url, headers: HeaderMap, body: String, secrets: Vec<String>) -> Result<(), String> {
    let answer = send(&Request {
        method: Method::POST,
        url,
        headers,
        body,
        secrets,
        timeout: TIMEOUT,
        timeout_flag: None,
        attempts: ATTEMPTS,
    })?;
    if answer.status.is_success() {
        return Ok(());
    }
    Err(format!("answers {}: {}", answer.status, shortened(&answer.text)))
}

/// Scheme and host: the path of such an address is often the secret.
fn origin_of(text: &str) -> String {
    Url::parse(text).map_or_else(|_| "…".to_owned(), |url| crate::http::origin(&url))
}

/// A text in one line of bounded length.
fn shortened(text: &str) -> String {
    let line = crate::terminal::clean(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    if line.chars().count() <= TEXT_CHARS {
        return line;
    }
    line.chars().take(TEXT_CHARS).chain(['…']).collect()
}
