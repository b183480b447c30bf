//! GraphQL text to meaning: lexer, parser, schema, validation of operations, schema coordinates.
//!
//! This crate knows one schema and one document at a time and nothing of change: what differs between two schemas is
//! the business of its neighbour, `schemacheck`. It does no I/O: texts come in through [`source::Sources`].

pub mod ast;
pub mod coordinate;
pub mod diagnostic;
pub mod lexer;
pub mod normal_form;
pub mod parser;
pub mod print;
#[doc(hidden)]
pub mod rule_id;
pub mod schema;
pub mod source;
pub mod suggestion;
pub mod usage;
pub mod validation;
pub mod value;
