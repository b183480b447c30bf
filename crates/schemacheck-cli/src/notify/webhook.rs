//! `webhook:URL`: a signed message in JSON, told of every run.
//!
//! `X-Schemacheck-Signature` is `sha256=` and the HMAC-SHA256, in hexadecimal, of the value of
//! `X-Schemacheck-Timestamp`, a point and the body; the key is `SCHEMACHECK_WEBHOOK_SECRET`. `Idempotency-Key` is the
//! same for every attempt to tell of one run.

use std::fmt::Write;

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use reqwest::Url;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use serde_json::json;
use sha2::Sha256;

use super::{Finding, Kind, Message, post};
use crate::http::variable_of;

pub(super) const KIND: Kind = Kind { name: "webhook", told_of_pass: true, send };

const SECRET: &str = "SCHEMACHECK_WEBHOOK_SECRET";

fn send(message: &Message, address: &str) -> Result<(), String> {
    let secret = variable_of(SECRET).map_err(|what| format!("cannot be signed: {what}"))?;
    let url = Url::parse(address).map_err(|error| error.to_string())?;
    let body = body(message).to_string();
    let timestamp = Timestamp::now().as_second().to_string();
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    for (name, value) in [
        ("x-schemacheck-timestamp", timestamp.clone()),
        ("x-schemacheck-signature", format!("sha256={}", signature(&secret, &timestamp, &body))),
        ("idempotency-key", message.key.clone()),
    ] {
        headers.insert(name, HeaderValue::from_str(&value).map_err(|error| error.to_string())?);
    }
    let secrets = vec![address.to_owned(), url.path().to_owned(), secret];
    post(&url, headers, body, secrets)
}

fn body(message: &Message) -> serde_json::Value {
    let list = |findings: &[Finding], key: &str| -> Vec<serde_json::Value> {
        findings.iter().map(|finding| json!({key: finding.what, "text": finding.text})).collect()
    };
    json!({
        "schemacheck": env!("CARGO_PKG_VERSION"),
        "webhookVersion": 1,
        "state": message.state,
        "title": message.title,
        "command": message.command,
        "old": message.old,
        "new": message.new,
        "reasons": message.reasons,
        "breaking": message.breaking,
        "operationsBroken": message.operations_broken,
        "changes": list(&message.changes, "coordinate"),
        "operations": list(&message.operations, "name"),
        "run": message.run.url,
    })
}

fn signature(secret: &str, timestamp: &str, body: &str) -> String {
    // A key of any length is one.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    for part in [timestamp, ".", body] {
        mac.update(part.as_bytes());
    }
    mac.finalize().into_bytes().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
