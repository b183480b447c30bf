//! What GitHub Actions wants beside the log: the summary of the job, the outputs of the step, and one comment on the pull
//! request. None of it decides anything: what cannot be written is told in the log, and the verdict stays what it is.

use std::collections::BTreeSet;
use std::env::{var, var_os};
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::Write as _;
use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Method, StatusCode, Url};
use schemacheck::report::{Report, State};
use serde_json::{Value, json};

use crate::args::OutputArgs;
use crate::http::{self, ATTEMPTS, Request};
use crate::output::print;
use crate::render::{markdown, words};
use crate::terminal::clean;

/// A summary of more than 1 MiB is dropped whole.
const SUMMARY: usize = 900 << 10;
/// A request and its answer take no longer, all attempts together.
const DEADLINE: Duration = Duration::from_secs(30);
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
    let api = Api { token };
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
    token: String,
}

impl Api {
    /// The comment that begins with the marker, written by a program or by somebody of the project: anybody else could
    /// paste the marker to own what is shown.
    fn own_comment(&self, comments: &str, marker: &str) -> Result<Option<u64>, Refusal> {
        for page in 1..=MOST_PAGES {
            let found = self.send(Method::GET, &format!("{comments}?per_page=100&page={page}"), None)?;
            let Some(found) = found.as_array() else {
                return Err(Refusal::Other("GitHub answers what is no list of comments".to_owned()));
            };
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

    /// Asks GitHub. What makes something is sent once: an answer that got lost must not make a second comment.
    fn send(&self, method: Method, url: &str, body: Option<&Value>) -> Result<Value, Refusal> {
        let url: Url = url.parse().map_err(|_| Refusal::Other("GITHUB_API_URL is no address".to_owned()))?;
        let here = matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"));
        if url.scheme() != "https" && !here {
            return Err(Refusal::Other("the token is only sent over https".to_owned()));
        }
        let mut authorization = HeaderValue::from_str(&format!("Bearer {}", self.token))
            .map_err(|_| Refusal::Other("GITHUB_TOKEN has characters that no header can have".to_owned()))?;
        authorization.set_sensitive(true);
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, authorization);
        headers.insert(ACCEPT, HeaderValue::from_static("application/vnd.github+json"));
        headers.insert("x-github-api-version", HeaderValue::from_static("2022-11-28"));
        if body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        let answer = http::send(&Request {
            attempts: if method == Method::POST { 1 } else { ATTEMPTS },
            method,
            url: &url,
            headers,
            body: body.map_or_else(String::new, Value::to_string),
            secrets: vec![self.token.clone()],
            timeout: DEADLINE,
            timeout_flag: None,
        });
        let answer = answer.map_err(|what| Refusal::Other(format!("GitHub {what}")))?;
        match answer.status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND => Err(Refusal::NoRight),
            status if status.is_success() => serde_json::from_str(&answer.text)
                .map_err(|_| Refusal::Other(format!("GitHub answers {status} with what is no JSON"))),
            status => Err(Refusal::Other(format!("GitHub answers {status}"))),
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
