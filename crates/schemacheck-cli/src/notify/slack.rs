//! `slack:env:NAME`: an incoming webhook of Slack. It is told of runs that fail or end as an error.

use reqwest::Url;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use serde_json::json;

use super::{Finding, Kind, Message, post};

pub(super) const KIND: Kind = Kind { name: "slack", told_of_pass: false, send };

/// Slack refuses a longer section.
const SECTION_CHARS: usize = 2_900;
/// Slack refuses a longer header.
const HEADER_CHARS: usize = 145;

fn send(message: &Message, address: &str) -> Result<(), String> {
    let url = Url::parse(address).map_err(|error| error.to_string())?;
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let body = body(message).to_string();
    let secrets = vec![address.to_owned(), url.path().to_owned()];
    post(&url, headers, body, secrets)
}

fn body(message: &Message) -> serde_json::Value {
    let mut lines: Vec<String> =
        message.reasons.iter().map(|reason| format!("• {}", escaped(reason))).collect();
    let mut list = |title: &str, findings: &[Finding], all: usize| {
        if findings.is_empty() {
            return;
        }
        lines.push(format!("*{title}*"));
        lines.extend(
            findings.iter().map(|finding| format!("`{}` {}", code(&finding.what), escaped(&finding.text))),
        );
        if all > findings.len() {
            lines.push(format!("and {} more", all - findings.len()));
        }
    };
    list("Breaking changes", &message.changes, message.breaking);
    list("Broken operations", &message.operations, message.operations_broken);
    if let Some(url) = &message.run.url {
        lines.push(format!("<{}|The run>", escaped(url).replace('|', "%7C")));
    }
    // Whole lines, so that no escape is cut in two.
    let mut section = String::new();
    for line in lines {
        if section.chars().count() + line.chars().count() > SECTION_CHARS {
            section.push('…');
            break;
        }
        section.push_str(&line);
        section.push('\n');
    }
    let header: String = message.title.chars().take(HEADER_CHARS).collect();
    json!({
        // The text is what a notification on a phone shows.
        "text": escaped(&message.title),
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": header, "emoji": false}},
            {"type": "section", "text": {"type": "mrkdwn", "text": section, "verbatim": true}},
        ],
    })
}

/// A text that cannot mention anybody, link anywhere or format anything.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    // A word joiner takes the meaning from marks of formatting and keeps them readable.
    text.replace('*', "\u{2060}*\u{2060}").replace('~', "\u{2060}~\u{2060}").replace('`', "'")
}

/// A text between backticks.
fn code(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('`', "'")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notify::Run;

    #[test]
    fn a_message_mentions_nobody_and_stays_within_the_limits() {
        let hostile = "<!channel> `*x*` & <https://evil|here>".to_owned();
        let finding = || Finding { what: hostile.clone(), text: hostile.repeat(6) };
        let message = Message {
            title: hostile.repeat(9),
            state: "fail",
            command: "diff".into(),
            old: None,
            new: None,
            reasons: vec![hostile.clone()],
            changes: (0..20).map(|_| finding()).collect(),
            operations: (0..20).map(|_| finding()).collect(),
            breaking: 25,
            operations_broken: 20,
            run: Run { id: String::new(), url: Some("https://ci/run|1>".into()) },
            key: String::new(),
        };
        let body = body(&message);
        let section = body["blocks"][1]["text"]["text"].as_str().unwrap();
        assert!(!section.contains('<') && !body["text"].as_str().unwrap().contains('<'), "{section}");
        assert!(section.chars().count() <= 3_000 && section.ends_with('…'));
        assert!(body["blocks"][0]["text"]["text"].as_str().unwrap().chars().count() <= 150);
        let short = Message { changes: Vec::new(), operations: Vec::new(), ..message };
        let body = super::body(&short);
        let section = body["blocks"][1]["text"]["text"].as_str().unwrap();
        assert_eq!(section.lines().last(), Some("<https://ci/run%7C1&gt;|The run>"));
    }
}
