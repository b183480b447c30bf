//! Servers of async-graphql.

use async_graphql::{ObjectType, Request, SDLExportOptions, Schema, SubscriptionType, Variables};
use futures::StreamExt;
use serde_json::json;

use crate::Asked;

pub async fn run<Q, M, S>(schema: Schema<Q, M, S>)
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    let answer = async |Asked { document, operation, variables, events }: Asked| {
        let asked =
            Request::new(document).operation_name(operation).variables(Variables::from_json(variables));
        match events {
            Some(events) => {
                let answers: Vec<_> = schema.execute_stream(asked).take(events).collect().await;
                match &answers[..] {
                    // There is no stream.
                    [rejected] if rejected.is_err() => json!(rejected),
                    answers => json!(answers),
                }
            }
            None => json!(schema.execute(asked).await),
        }
    };
    let sdl = schema.sdl_with_options(SDLExportOptions::new().include_specified_by());
    crate::ask(sdl, answer).await;
}
