//! `schemacheck validate`: every operation against one schema.

use std::time::Instant;

use bumpalo::Bump;
use schemacheck::check::check_validate;
use schemacheck::report::Report;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::source::Sources;

use super::{end, unanswered};
use crate::args::ValidateArgs;
use crate::config::{self, Config};
use crate::http::Access;
use crate::schemas::Problems;
use crate::{operations, schemas};

/// Runs the command; gives the exit code.
pub(crate) fn run(args: &ValidateArgs) -> u8 {
    let started = Instant::now();
    let mut sources = Sources::new();
    let report = config::read(&args.config, None)
        .and_then(|config| check(args, config, &mut sources).map_err(|error| vec![error]))
        .unwrap_or_else(|errors| unanswered("validate", errors));
    end(report, &args.after, &args.output, started)
}

fn check(args: &ValidateArgs, mut config: Config, sources: &mut Sources) -> Result<Report, String> {
    let names = config.schema(args.schema.as_ref(), "SCHEMA")?;
    let access =
        Access::new(&args.http, std::mem::take(&mut config.headers), names.iter().map(String::as_str))?;
    let texts = schemas::read(&names, &access, sources);
    let operations = operations::read(&args.operations, &config, sources);
    let limits = Limits::default();
    let arena = Bump::new();
    let mut problems = Problems::default();
    let schema = texts.load(&arena, sources, limits, &mut problems);
    let mut report = match (&schema, &operations) {
        (Some(schema), Some(operations)) => {
            problems.unread(&operations.unread);
            let (documents, allow_empty) = (&operations.documents, operations.allow_empty);
            check_validate(sources, schema, documents, allow_empty, limits)
        }
        (_, operations) => {
            let mut report = Report::new("validate");
            if operations.is_none() {
                let hint = config.undecided.map_or(String::new(), |undecided| format!(" ({undecided})"));
                report.error(format!("no operations were named; name them with --operations{hint}"));
            }
            report
        }
    };
    if let Some(operations) = &operations {
        operations.tell_unknown(&mut report);
    }
    report.operation_sources.clone_from(&args.operations.operations);
    report.new = Some(texts.source(sources));
    problems.into_report(&mut report);
    Ok(report)
}
