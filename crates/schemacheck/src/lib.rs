//! What a change of a GraphQL schema does to every stored operation, and the aliases that keep old clients alive.
//!
//! Two schemas are matched element by element ([`matching`]), renames included; [`rules`] judge each pair; the changes are
//! held against every operation; what can be softened becomes a compatibility patch that is proven before it is shown.
//! The result is a [`report`]. This crate does no I/O and reads no clock: `schemacheck-cli` brings the texts and
//! shows the report.

pub mod change;
pub mod check;
pub mod default_value;
pub mod diff;
pub mod element;
pub mod gate;
pub mod excerpt;
pub mod framework;
pub mod impact;
pub mod matching;
pub mod operation;
mod pairs;
pub mod partition;
pub mod policy;
pub mod reachability;
pub mod rename;
pub mod report;
pub mod rolling;
pub mod rules;
mod shape;
pub mod suggest;
mod sunset;
