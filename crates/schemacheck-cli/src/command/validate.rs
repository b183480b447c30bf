//! `schemacheck validate`: every operation against one schema.

use bumpalo::Bump;
use schemacheck::check::check_validate;
use schemacheck::report::Report;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::source::Sources;

use super::registry_of;
use crate::args::ValidateArgs;
use crate::schemas::Problems;
use crate::{operations, output, schemas};

/// Runs the command; gives the exit code.
pub(crate) fn run(args: &ValidateArgs) -> u8 {
    let Ok(registry) = registry_of(&args.operations.registry, None) else { return 2 };
    let mut sources = Sources::new();
    let texts = schemas::read(&args.schema, &registry, &mut sources);
    let operations = operations::read(&args.operations, &registry, &mut sources);
    let limits = Limits::default();
    let arena = Bump::new();
    let mut problems = Problems::default();
    let schema = texts.load(&arena, &sources, limits, &mut problems);
    let mut report = match (&schema, operations) {
        (Some(schema), Some(operations)) => {
            problems.unread(&operations.unread);
            check_validate(&sources, schema, &operations.documents, operations.allow_empty, limits)
        }
        (_, operations) => {
            let mut report = Report::new("validate");
            if operations.is_none() {
                report.error("no operations were named; name them with --operations");
            }
            report
        }
    };
    report.new = Some(texts.source(&sources));
    problems.into_report(&mut report);
    output::write(&report, &sources, &args.output, "")
}
