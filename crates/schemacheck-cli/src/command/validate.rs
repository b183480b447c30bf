//! `schemacheck validate`: every operation against one schema.

use bumpalo::Bump;
use schemacheck::check::check_validate;
use schemacheck::partition::Verdicts;
use schemacheck::report::Report;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::source::Sources;

use super::merge::{Answer, hash_of, run_part};
use crate::args::ValidateArgs;
use crate::schemas::Problems;
use crate::{config, operations, schemas};

/// Runs the command; gives the exit code.
pub(crate) fn run(args: &ValidateArgs) -> u8 {
    run_part(args.partition.partition, &args.output, |verdicts| answer(args, verdicts))
}

/// The report and what goes with it.
pub(super) fn answer(args: &ValidateArgs, verdicts: &Verdicts) -> Answer {
    let mut problems = Problems::default();
    let registry = config::registry(&args.operations.registry, None, &mut problems.reasons);
    let mut sources = Sources::new();
    let texts = schemas::read(&args.schema, &registry, &mut sources);
    let operations = operations::read(&args.operations, &registry, &mut sources);
    let inputs = hash_of(&sources, &(&texts, &operations));
    let limits = Limits::default();
    let arena = Bump::new();
    let schema = texts.load(&arena, &sources, limits, &mut problems);
    let mut report = match (&schema, operations) {
        (Some(schema), Some(operations)) => {
            problems.unread(&operations.unread);
            check_validate(&sources, schema, &operations.documents, operations.allow_empty, limits, verdicts)
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
    drop(schema);
    Answer { report, sources, arguments: String::new(), inputs, today: None, dry_run: false }
}
