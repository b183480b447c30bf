//! Asks a server of Rust. Arguments: the server's file, requests.json, the folder of the documents.

pub mod async_graphql;
pub mod juniper;

use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use serde_json::{Value, json};

/// A request to a server.
pub struct Asked {
    pub document: String,
    pub operation: String,
    pub variables: Value,
    /// How many events are expected, of a subscription.
    pub events: Option<usize>,
}

/// Prints what a server says: its schema and its answer to each request.
async fn ask(sdl: String, answer: impl AsyncFn(Asked) -> Value) {
    let [_, _, requests, documents]: [String; 4] =
        std::env::args().collect::<Vec<_>>().try_into().expect("three arguments");
    let read = |path: &str| std::fs::read_to_string(path).expect(path);
    let requests: Vec<Value> = serde_json::from_str(&read(&requests)).expect("requests");
    let mut answers = Vec::new();
    for request in &requests {
        let document = request["document"].as_str().expect("a document");
        let asked = Asked {
            document: read(&format!("{documents}/{document}.graphql")),
            operation: request["operation"].as_str().expect("an operation").to_owned(),
            variables: request.get("variables").cloned().unwrap_or_else(|| json!({})),
            events: request["events"].as_array().map(Vec::len),
        };
        // Both frameworks panic where a document names a type that they do not know.
        let answered = AssertUnwindSafe(answer(asked)).catch_unwind().await;
        answers.push(answered.unwrap_or_else(|_| json!({"errors": [{"message": "The server panicked."}]})));
    }
    println!("{}", json!({"sdl": sdl, "answers": answers}));
}
