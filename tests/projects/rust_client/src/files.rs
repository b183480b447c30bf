//! Documents in files of their own.

use graphql_client::GraphQLQuery;

const CARD: &str = include_str!("../graphql/card.graphql");
const BOARD: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/graphql/board.graphql"));

pub fn board() -> String {
    format!("{BOARD}{CARD}")
}

#[derive(GraphQLQuery)]
#[graphql(schema_path = "schema.graphql", query_path = "graphql/persona.graphql")]
pub struct Personas;
