//! `schemacheck json-schema`: the form of the report.

use crate::output::print;

/// The JSON Schema of the report; a test holds every report of the suite against it.
pub(crate) const SCHEMA: &str = include_str!("report.schema.json");

/// Runs the command; gives the exit code.
pub(crate) fn run() -> u8 {
    print(SCHEMA);
    0
}
