//! What GitHub Actions wants beside the log: the summary of the job, the outputs of the step, and one comment on the pull
//! request. None of it decides anything: what cannot be written is told in the log, and the verdict stays what it is.

use std::collections::BTreeSet;
use std::env::{var, var_os};
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::Write as _;
use std::time::Duration;

use reqwest::{Client, Method, StatusCode, Url, redirect};
use schemacheck::report::{Report, State};
use serde_json::{Value, json};

use crate::args::OutputArgs;
use crate::output::print;
use crate::render::{markdown, words};
use crate::terminal::clean;

/// A summary of more than 1 MiB is dropped whole.
const SUMMARY: usize = 900 << 10;
/// A request and its answer take no longer.
const DEADLINE: Duration = Duration::from_secs(30);
/// The largest answer: a page of comments.
const MOST_BYTES: usize = 32 << 20;
/// So many pages of comments are searched, 100 comments each.
const MOST_PAGES: usize = 30;

/// Writes what the environment has a place for.
pub(crate) fn publish(report: &Report, args: &OutputArgs) {
    let mut problems = Vec::new();
    let summary = markdown::within(report, SUMMARY);
    problems.extend(append("GITHUB_STEP_SUMMARY", &format!("{summary}\n")).err());
    problems.extend(append("GITHUB_OUTPUT", &outputs(report, args)).err());
    if args.comment {
        match comment(report) {
            Ok(done) => print(&format!("{done}\n")),
            Err(problem) => problems.push(format!("the comment could not be written: {problem}")),
        }
    }
    for problem in problems {
        // Fixed texts and those of the system; `clean` leaves no line end in them.
        print(&format!("::warning title=schemacheck::{}\n", clean(&problem).replace('%', "%25")));
    }
}

/// The labels of the pull request that the event is about.
pub(crate) fn labels() -> BTreeSet<String> {
    let event = event().unwrap_or_default();
    let labels = event["pull_request"]["labels"].as_array().cloned().unwrap_or_default();
    labels.iter().filter_map(|label| label["name"].as_str()).map(str::to_owned).collect()
}

fn event() -> Option<Value> {
    let text = std::fs::read_to_string(var_os("GITHUB_EVENT_PATH")?).ok()?;
    serde_json::from_str(&text).ok()
}

/// Appends to the file that a variable names; nothing where it names none.
fn append(variable: &str, text: &str) -> Result<(), String> {
    let Some(path) = var_os(variable).filter(|path| !path.is_empty()) else { return Ok(()) };
    let file = OpenOptions::new().create(true).append(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| format!("{variable}: {error}"))
}

/// The outputs of the step. What is not known is empty.
fn outputs(report: &Report, args: &OutputArgs) -> String {
    let changes = report.changes.as_ref().map(|_| report.summary);
    let operations = report.operations.as_ref().filter(|_| report.coverage.operations > 0);
    let number = |known: Option<usize>| known.map_or(String::new(), |number| number.to_string());
    let path = args.output.iter().find(|(format, _)| format.name == "json");
    let mut text = String::new();
    for (name, value) in [
        ("state", words::state(report.state).to_owned()),
        ("breaking", number(changes.map(|summary| summary.breaking))),
        ("dangerous", number(changes.map(|summary| summary.dangerous))),
        ("safe", number(changes.map(|summary| summary.safe))),
        ("operations-checked", number(operations.map(|_| report.coverage.operations))),
        ("operations-broken", number(operations.map(|_| report.summary.operations_broken))),
        ("report-path", path.map_or(String::new(), |(_, path)| path.display().to_string())),
    ] {
        let end = delimiter(&value);
        let _ = writeln!(text, "{name}<<{end}\n{value}\n{end}");
    }
    text
}

/// A word that nobody can guess and that is not in the value.
fn delimiter(value: &str) -> String {
    loop {
        // The standard library keys its hash tables with random numbers of the system.
        let random = || RandomState::new().build_hasher().finish();
        let word = format!("schemacheck-{:016x}{:016x}", random(), random());
        if !value.contains(&word) {
            return word;
        }
    }
}

/// Writes the one comment of this workflow and job: made where there is something to tell, changed ever after. Says
/// what was done.
fn comment(report: &Report) -> Result<String, String> {
    let Some(number) = event().and_then(|event| event["pull_request"]["number"].as_u64()) else {
        return Ok("no comment: the event is about no pull request".to_owned());
    };
    let token = var("GITHUB_TOKEN").unwrap_or_default();
    if token.is_empty() {
        return Ok("no comment: there is no token; the summary of the job has the report".to_owned());
    }
    let of =
        |name: &str| var(name).ok().filter(|value| !value.is_empty()).ok_or(format!("{name} is not set"));
    let issues = format!("{}/repos/{}/issues", of("GITHUB_API_URL")?, of("GITHUB_REPOSITORY")?);
    let api = Api::new(token)?;
    let marker = marker(&of("GITHUB_WORKFLOW")?, &of("GITHUB_JOB")?);
    let body = format!("{marker}\n{}", markdown::within(report, markdown::COMMENT));
    let existing = match api.own_comment(&format!("{issues}/{number}/comments"), &marker) {
        Ok(existing) => existing,
        Err(Refusal::NoRight) => return Ok(NO_RIGHT.to_owned()),
        Err(Refusal::Other(problem)) => return Err(problem),
    };
    let (method, url, done) = match existing {
        Some(id) => (Method::PATCH, format!("{issues}/comments/{id}"), "comment brought up to date"),
        None if report.state == State::Pass => return Ok("no comment: there is nothing to tell".to_owned()),
        None => (Method::POST, format!("{issues}/{number}/comments"), "comment written"),
    };
    match api.send(method, &url, Some(&json!({ "body": body }))) {
        Ok(_) => Ok(done.to_owned()),
        Err(Refusal::NoRight) => Ok(NO_RIGHT.to_owned()),
        Err(Refusal::Other(problem)) => Err(problem),
    }
}

const NO_RIGHT: &str = "no comment: the token has no right to write one, as on pull requests from forks; \
                        the summary of the job has the report";

/// The first line of the comment, by which it is found again; invisible on the page.
fn marker(workflow: &str, job: &str) -> String {
    let plain = |text: &str| -> String {
        text.chars()
            .map(|char| if char.is_ascii_alphanumeric() || "._ ".contains(char) { char } else { '_' })
            .collect()
    };
    format!("<!-- schemacheck {}:{} -->", plain(workflow), plain(job))
}

/// Why GitHub did not do it.
enum Refusal {
    /// The token may not.
    NoRight,
    Other(String),
}

struct Api {
    runtime: tokio::runtime::Runtime,
    client: Client,
    token: String,
}

impl Api {
    fn new(token: String) -> Result<Self, String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .timeout(DEADLINE)
            .user_agent(concat!("schemacheck/", env!("CARGO_PKG_VERSION")))
            .build();
        match (runtime, client) {
            (Ok(runtime), Ok(client)) => Ok(Api { runtime, client, token }),
            _ => Err("there is no network".to_owned()),
        }
    }

    /// The comment that begins with the marker, written by a program or by somebody of the project: anybody else could
    /// paste the marker to own what is shown.
    fn own_comment(&self, comments: &str, marker: &str) -> Result<Option<u64>, Refusal> {
        for page in 1..=MOST_PAGES {
            let found = self.send(Method::GET, &format!("{comments}?per_page=100&page={page}"), None)?;
            let found = found.as_array().cloned().unwrap_or_default();
            let own = found.iter().find(|comment| {
                let trusted = ["OWNER", "MEMBER", "COLLABORATOR"].map(Value::from);
                (comment["user"]["type"] == "Bot" || trusted.contains(&comment["author_association"]))
                    && comment["body"].as_str().is_some_and(|body| body.starts_with(marker))
            });
            if let Some(id) = own.and_then(|comment| comment["id"].as_u64()) {
                return Ok(Some(id));
            }
            if found.len() < 100 {
                break;
            }
        }
        Ok(None)
    }

    fn send(&self, method: Method, url: &str, body: Option<&Value>) -> Result<Value, Refusal> {
        let url: Url = url.parse().map_err(|_| Refusal::Other("GITHUB_API_URL is no address".to_owned()))?;
        let here = matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"));
        if url.scheme() != "https" && !here {
            return Err(Refusal::Other("the token is only sent over https".to_owned()));
        }
        let mut request = self
            .client
            .request(method, url)
            .bearer_auth(&self.token)
            .header("Accept", "application/vnd.github+json")
            .header("X-GitHub-Api-Version", "2022-11-28");
        if let Some(body) = body {
            request = request.header("Content-Type", "application/json").body(body.to_string());
        }
        let answer = self.runtime.block_on(async {
            let mut response = request.send().await?;
            let status = response.status();
            let mut bytes = Vec::new();
            while let Some(chunk) = response.chunk().await? {
                if bytes.len() + chunk.len() > MOST_BYTES {
                    break;
                }
                bytes.extend_from_slice(&chunk);
            }
            Ok::<_, reqwest::Error>((status, bytes))
        });
        // An error of the client can repeat the address, which holds no secret; the token is in a header.
        let (status, bytes) = answer.map_err(|error| Refusal::Other(error.without_url().to_string()))?;
        match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND => Err(Refusal::NoRight),
            status if status.is_success() => Ok(serde_json::from_slice(&bytes).unwrap_or_default()),
            status => Err(Refusal::Other(format!("GitHub answered {status}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_holds_nothing_that_ends_it() {
        assert_eq!(marker("a --> b", "c:d"), "<!-- schemacheck a ___ b:c_d -->");
    }

    #[test]
    fn delimiters_differ_and_are_not_in_the_value() {
        assert_ne!(delimiter("x"), delimiter("x"));
        assert_eq!(delimiter("x").len(), "schemacheck-".len() + 32);
    }
}
