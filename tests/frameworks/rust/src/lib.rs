//! Asks a server of Rust. Arguments: the server's file, requests.json, the folder of the documents.

use async_graphql::{ObjectType, Request, Schema, SubscriptionType, Variables};
use futures_util::StreamExt;
use serde_json::{Value, json};

pub async fn run<Q, M, S>(schema: Schema<Q, M, S>)
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    let [_, _, requests, documents]: [String; 4] =
        std::env::args().collect::<Vec<_>>().try_into().expect("three arguments");
    let read = |path: &str| std::fs::read_to_string(path).expect(path);
    let requests: Vec<Value> = serde_json::from_str(&read(&requests)).expect("requests");
    let mut answers = Vec::new();
    for request in &requests {
        let document = request["document"].as_str().expect("a document");
        let asked = Request::new(read(&format!("{documents}/{document}.graphql")))
            .operation_name(request["operation"].as_str().expect("an operation"))
            .variables(Variables::from_json(request.get("variables").cloned().unwrap_or_default()));
        let answer = match request["events"].as_array() {
            Some(events) => {
                let answers: Vec<_> = schema.execute_stream(asked).take(events.len()).collect().await;
                match &answers[..] {
                    // There is no stream.
                    [rejected] if rejected.is_err() => json!(rejected),
                    answers => json!(answers),
                }
            }
            None => json!(schema.execute(asked).await),
        };
        answers.push(answer);
    }
    println!("{}", json!({"sdl": schema.sdl(), "answers": answers}));
}
