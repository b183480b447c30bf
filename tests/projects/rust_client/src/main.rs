//! A client: prints the documents that it sends, by the names of their operations.

mod files;
mod live;
mod threads;
mod types;

mod schema {
    cynic::use_schema!("schema.graphql");
}

use cynic::QueryBuilder;
use graphql_client::GraphQLQuery;
use serde_json::json;

fn main() {
    let filter = threads::queries::ThreadsVariables {
        with_kind: true,
        filter: None,
        first_of: Some(5),
        kinds: vec![types::Kind::Html],
        unused: None,
    };
    let threads = threads::queries::ThreadsQuery::build(filter).query;
    let found = threads::queries::FoundQuery::build(()).query;
    let (send, sent) = live::documents();
    let personas = files::Personas::build_query(files::personas::Variables {}).query;
    let sent = json!({
        "ThreadsQuery": threads,
        "FoundQuery": found,
        "SendMessage": send,
        "MessageSent": sent,
        "Board": files::board(),
        "Personas": personas,
    });
    println!("{sent}");
}
