//! What a change of a GraphQL schema does to every stored operation, and the aliases that keep old clients alive.
//!
//! Two schemas are matched element by element ([`matching`]), renames included; [`rules`] judge each pair; the changes are
//! held against every operation; what can be softened becomes a compatibility patch that is proven before it is shown.
//! The result is a [`report`]. This crate does no I/O and reads no clock: `schemacheck-cli` brings the texts and
//! shows the report.
//!
//! Three lines to a report; [`check::check_diff`] is the long way, with policies, rolling deploys and server code:
//!
//! ```
//! let (old, new) = ("type Query { a: Int b: Int }", "type Query { b: Int }");
//! let report = schemacheck::check::check_texts(old, new, ["query Q { a }", "query R { b }"]);
//! println!("{} of {} operations break", report.summary.operations_broken, report.coverage.operations);
//! # assert_eq!((report.summary.operations_broken, report.coverage.operations), (1, 2));
//! # let invalid = schemacheck::check::check_texts("type Query { a: Int }", "type Query {", ["{ a }"]);
//! # assert_eq!(invalid.state, schemacheck::report::State::Error);
//! ```

pub mod change;
pub mod check;
mod client_only;
pub mod default_value;
pub mod diff;
pub mod element;
pub mod excerpt;
pub mod fragments;
pub mod framework;
pub mod gate;
pub mod impact;
pub mod matching;
pub mod migrate;
pub mod operation;
mod pairs;
pub mod partition;
pub mod policy;
mod presence;
pub mod reachability;
pub mod rename;
pub mod report;
pub mod rolling;
pub mod rules;
mod shape;
pub mod suggest;
mod sunset;
mod untold;
