//! What fields and variables hold.

use super::schema;

/// A point in time, made elsewhere.
#[derive(serde::Serialize, serde::Deserialize, Clone, Debug)]
pub struct Timestamp(pub String);

cynic::impl_scalar!(Timestamp, schema::Instant);

#[derive(cynic::Enum, Clone, Copy, Debug)]
#[cynic(schema_path = "schema.graphql")]
pub enum Kind {
    Plain,
    Html,
}

#[derive(cynic::InputObject, Clone, Debug)]
#[cynic(schema_path = "schema.graphql", graphql_type = "ThreadFilter")]
pub struct Filter {
    pub title: Option<String>,
    pub kinds: Option<Vec<Kind>>,
    pub before: Option<Timestamp>,
}
